"""What attackers try at the door."""

from __future__ import annotations

import re
import time
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.engines import Store
from support.program import serving
from support.rooms import person, visitor
from support.town import PASSWORD, Town, cookie, open_town, send, visit

pytestmark = pytest.mark.people


def test_a_session_planted_before_sign_in_is_worth_nothing(town: Town, context: BrowserContext, page: Page) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    planted = "p" * 43
    for name in ("hansa", "hansa-visit"):
        context.add_cookies([{"name": name, "value": planted, "url": town.server.url}])
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(town.server.url + "/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert cookie(context) != planted
    answer = town.server.send("GET", "/account", headers={"Cookie": f"hansa={planted}"})
    assert answer.status == 303 and answer.headers["location"].startswith("/sign-in")


def test_signing_in_over_a_session_ends_it(town: Town, context: BrowserContext, page: Page) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    old = cookie(context)
    page.goto(town.server.url + "/account")
    town.letters.wait("ana@seoul.test", "link to sign in")
    headers, token = visit(town.server, "/account", f"hansa={old}")
    send(town.server, "/sign-in", headers, token, email="ana@seoul.test", way="link")
    page.goto(town.letters.wait("ana@seoul.test", "link to sign in", 2).link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    assert cookie(context) != old
    assert town.server.send("GET", "/account", headers={"Cookie": f"hansa={old}"}).status == 303


def test_a_link_works_once_and_scanners_do_not_use_it_up(town: Town, page: Page, browser: Browser) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    town.ask_link(page, "ana@seoul.test")
    link = town.letters.wait("ana@seoul.test", "link to sign in").link
    path = link.removeprefix(town.server.url)
    for method in ("GET", "HEAD", "GET"):
        assert town.server.send(method, path).status == 200
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    for _ in range(2):
        again = browser.new_context()
        other = again.new_page()
        assert other.goto(link).status == 410
        expect(other.get_by_role("heading", level=1)).to_have_text("This link does nothing any more")
        again.close()
    key = path.split("key=")[1]
    headers, token = visit(town.server)
    assert send(town.server, "/sign-in/link", headers, token, key=key).status == 410
    assert send(town.server, "/sign-in/invitation", headers, token, key=key).status == 410
    assert send(town.server, "/sign-in/address", headers, token, key=key).status == 410
    assert key not in town.server.said(), "a secret stands in the log"


ELSEWHERE = [
    "https://evil.test/", "//evil.test", "/\\evil.test", "\\\\evil.test", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1",
    "/\t/evil.test", "https:evil.test", "/sign-in", "/account\r\nX: 1",
]


def test_sign_in_leads_nowhere_else(sqlite: Store, tmp_path: Path, browser: Browser) -> None:
    with open_town(sqlite, tmp_path) as town:
        server = town.server
        town.known("Ana Souza", "ana@seoul.test")
        context = browser.new_context()
        page = context.new_page()
        town.enter_by_link(page, "ana@seoul.test")
        page.goto(server.url + "/account")
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_role("button", name="Set the password").click()
        page.get_by_role("button", name="Sign out").click()
        context.close()
        for path in ELSEWHERE:
            headers, token = visit(server, "/sign-in?to=" + urllib.parse.quote(path, safe=""))
            answer = send(server, "/sign-in/password", headers, token, email="ana@seoul.test", password=PASSWORD, to=path)
            assert answer.status == 303, path
            where = urllib.parse.urlsplit(answer.headers["location"])
            assert (where.scheme, where.netloc) == ("", ""), path
            assert re.match(r"/[^/\\]", answer.headers["location"]), path
            assert "x" not in answer.headers and "evil" not in answer.headers["location"], path


def test_brute_force_across_two_processes(loaded: Store, tmp_path: Path) -> None:
    with (
        serving(loaded.setting, tmp_path, HANSA_MAIL_TRANSPORT="folder") as first,
        serving(loaded.setting, tmp_path, HANSA_MAIL_TRANSPORT="folder") as second,
    ):
        servers = [first, second]
        person(loaded, "Ana Souza", "ana@seoul.test")
        statuses: dict[str, list[int]] = {}
        for address in ("ana@seoul.test", "nobody@seoul.test"):
            statuses[address] = []
            for attempt in range(8):
                server = servers[attempt % 2]
                headers, token = visit(server)
                answer = send(server, "/sign-in/password", headers, token, email=address, password=f"wrong {attempt}")
                statuses[address].append(answer.status)
        assert statuses["ana@seoul.test"] == [422] * 5 + [429] * 3
        assert statuses["nobody@seoul.test"] == statuses["ana@seoul.test"]
        # Another network does not help against the account's own limit, and X-Forwarded-For is nobody's word.
        headers, token = visit(servers[0])
        answer = send(
            servers[0], "/sign-in/password", {**headers, "X-Forwarded-For": "198.51.100.1"}, token, email="ana@seoul.test",
            password="wrong")
        assert answer.status == 429


def test_behind_a_proxy_its_last_word_counts(sqlite: Store, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path, HANSA_HTTP_TRUST_PROXY="true", HANSA_MAIL_TRANSPORT="folder") as server:
        headers, token = visit(server)

        def ask(number: int, forwarded: str) -> int:
            sent = {**headers, "X-Forwarded-For": forwarded}
            return send(server, "/sign-in", sent, token, email=f"person{number}@seoul.test", way="link").status

        # Readers behind the proxy are told apart, whatever they claim to stand before it.
        assert [ask(number, f"203.0.113.{number}") for number in range(31)] == [303] * 31
        assert [ask(100 + number, f"203.0.113.{number}, 198.51.100.7") for number in range(31)] == [303] * 30 + [429]


def test_an_unknown_address_looks_and_lasts_like_a_known_one(town: Town) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    answers, seconds = {}, {}
    for number in range(4):
        for address in ("ana@seoul.test", f"nobody{number}@seoul.test"):
            sort = "known" if address.startswith("ana") else "unknown"
            headers, token = visit(town.server)
            began = time.monotonic()
            answer = send(town.server, "/sign-in", headers, token, email=address, way="link")
            seconds.setdefault(("link", sort), []).append(time.monotonic() - began)
            answers.setdefault(("link", sort), set()).add((answer.status, answer.headers["location"]))
            began = time.monotonic()
            answer = send(town.server, "/sign-in/password", headers, token, email=address, password="wrong wrong wrong")
            seconds.setdefault(("password", sort), []).append(time.monotonic() - began)
            words = re.sub(r'(form-token" value="|nonce=")[\w-]+', "", answer.text).replace(address, "ADDRESS")
            answers.setdefault(("password", sort), set()).add((answer.status, words))
    for way in ("link", "password"):
        assert answers[way, "known"] == answers[way, "unknown"], way
        fastest = {sort: min(seconds[way, sort]) for sort in ("known", "unknown")}
        # The same work is done; a missing scrypt would show as a factor of ten and more. What takes milliseconds only is
        # left to the busy machine's noise.
        apart = abs(fastest["known"] - fastest["unknown"])
        assert apart < 0.1 or 0.25 < fastest["known"] / fastest["unknown"] < 4, (way, seconds)
    town.letters.wait("ana@seoul.test", "link to sign in", 4)
    assert {letter.to for letter in town.letters.all()} == {"ana@seoul.test"}


def test_forms_of_sign_in_need_their_token(town: Town) -> None:
    headers, token = visit(town.server)
    other_headers, _ = visit(town.server)
    for sent, given in ((other_headers, token), (headers, ""), (headers, "x" * 43)):
        answer = send(town.server, "/sign-in", sent, given, email="ana@seoul.test", way="link")
        assert answer.status == 403
    crossing = {**headers, "Sec-Fetch-Site": "cross-site"}
    assert send(town.server, "/sign-in", crossing, token, email="ana@seoul.test", way="link").status == 403


@pytest.mark.parametrize("address", [
    "ana@seoul.test\r\nBcc: all@world.test", "ana@seoul.test%0aBcc:x@y.test", "a b@seoul.test", "<ana@seoul.test>",
    "ana@seoul.test,eve@evil.test", "ana@[127.0.0.1]", "", "x" * 300 + "@seoul.test",
])
def test_no_header_comes_in_with_an_address(town: Town, address: str) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    headers, token = visit(town.server)
    assert send(town.server, "/sign-in", headers, token, email=address, way="link").status == 422
    admin = visitor(town.store, "administrator")
    headers = {"Cookie": admin.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    invite = {"name": "Eve", "email": address, "language": "en", "role": "editor", "place": "Seoul"}
    answer = send(town.server, "/console/people/invite", headers, admin.form_token, **invite)
    assert answer.status == 422
    named = {**invite, "name": "Eve\r\nBcc: all@world.test", "email": "eve@seoul.test"}
    assert send(town.server, "/console/people/invite", headers, admin.form_token, **named).status == 422
    assert town.letters.all() == []


def test_cookies_are_kept_from_scripts_and_other_sites(town: Town, page: Page, context: BrowserContext) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    for item in context.cookies():
        assert item["httpOnly"] and item["sameSite"] == "Lax" and item["path"] == "/", item
    assert page.evaluate("document.cookie") == ""


def test_behind_tls_cookies_are_bound_to_the_host(sqlite: Store, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path, HANSA_BASE_URL="https://hansa.test", HANSA_MAIL_TRANSPORT="folder") as server:
        given = server.send("GET", "/sign-in").headers["set-cookie"]
    assert given.startswith("__Host-hansa-visit=")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in given.split(";")}
