"""A site at whose door people stand: its mail is read, and browsers come in by every way."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from support.engines import Store
from support.letters import Letters
from support.places import Place
from support.program import Answer, Server, serving
from support.rooms import give, person

PASSWORD = "violet tractor soup lamp"


@dataclass
class Town(Place):
    """A site whose mail goes into a folder."""

    letters: Letters

    def known(self, name: str, address: str, role: str | None = "editor", place: str = "seoul") -> str:
        """Somebody who never signed in; returns the id."""
        identifier = person(self.store, name, address)
        if role:
            give(self.store, identifier, role, place)
        return identifier

    def ask_link(self, page: Page, address: str) -> None:
        page.goto(self.server.url + "/sign-in")
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Send me a link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    def enter_by_link(self, page: Page, address: str, count: int = 1) -> None:
        self.ask_link(page, address)
        page.goto(self.letters.wait(address, "link to sign in", count).link)
        page.get_by_role("button", name="Sign in").click()

    def enter_by_password(self, page: Page, address: str, password: str = PASSWORD) -> None:
        page.goto(self.server.url + "/sign-in")
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Use my password").click()
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()


@contextmanager
def open_town(store: Store, folder: Path, **settings: str) -> Iterator[Town]:
    letters = Letters(folder / "mail")
    with serving(store.setting, folder, **letters.settings, **settings) as server:
        yield Town(store, server, letters)


def cookie(context: BrowserContext, name: str = "hansa") -> str | None:
    return next((item["value"] for item in context.cookies() if item["name"] == name), None)


def visit(server: Server, path: str = "/sign-in", cookies: str = "") -> tuple[dict[str, str], str]:
    """A first look at a page: the headers with which its form is sent, and its token."""
    answer = server.send("GET", path, headers={"Cookie": cookies} if cookies else {})
    token = re.search(r'name="form-token" value="([\w-]+)"', answer.text).group(1)
    given = answer.headers.get("set-cookie", "").split(";")[0] or cookies
    return {"Cookie": given, "Content-Type": "application/x-www-form-urlencoded"}, token


def send(server: Server, path: str, headers: dict[str, str], token: str, **fields: str) -> Answer:
    body = urllib.parse.urlencode({"form-token": token, **fields})
    return server.send("POST", path, headers=headers, body=body)
