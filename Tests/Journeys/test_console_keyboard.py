"""The secretariat's day without a mouse."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import FileChooser, expect

from support.eyes import Watched
from support.keyboard import Hands, without_mouse
from support.places import Place, enter

pytestmark = pytest.mark.console


def test_a_day_of_the_secretariat_by_keys_alone(place: Place, seen: Watched) -> None:
    officer = place.person("officer", name="Olga Officer")
    without_mouse(seen.page.context)
    # From the beginning: a browser that is told only when the dialog is due may open its own.
    choosers: list[FileChooser] = []
    seen.page.on("filechooser", lambda chooser: choosers.append(chooser))
    page, hands = enter(seen, place, officer, "/console"), Hands(seen.page)

    hands.find("anyan", "Anyang")
    page.wait_for_url("**/console/members/anyang*")
    hands.use(page.get_by_role("link", name="Edit", exact=True))
    page.wait_for_url("**/edit")
    hands.write(page.get_by_label("Name", exact=True), "Great Anyang")
    hands.go_to(page.get_by_label("In effect from"))
    # The same whether the browser asks for the day or the month first.
    hands.type("03032024")
    hands.write(page.get_by_label("Grounds"), "Letter of the mayor")
    hands.use(page.get_by_role("button", name="Save the changes"))
    expect(page.locator(".notice.done")).to_have_text("Saved: name.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Great Anyang")
    assert "anyang,Anyang," in place.server.get("/members.csv?on=2024-03-02&q=anyang").text
    assert "anyang,Great Anyang," in place.server.get("/members.csv?on=2024-03-03&q=anyang").text

    hands.press("g", "m")
    page.wait_for_url("**/console/members")
    hands.go_to(page.locator("#region"))
    hands.type("Africa")
    hands.use(page.get_by_role("button", name="Show"))
    page.wait_for_url("**region=africa*")
    hands.press("j", "x", "j", "x", "j", "x")
    expect(page.locator(".bulk-count")).to_have_text("3 chosen")
    hands.go_to(page.get_by_role("textbox", name="Tag", exact=True).last, "Shift+Tab")
    hands.type("harbours")
    hands.press("Enter")
    expect(page.locator(".notice.done")).to_contain_text("The tag “harbours” was added to 3 members.")
    hands.use(page.get_by_role("button", name="Undo"))
    expect(page.locator(".notice.done").first).to_contain_text("Undone for 3 members.")

    hands.find("import a", "Import a spreadsheet")
    page.wait_for_url("**/console/imports/new")
    hands.go_to(page.get_by_label("File"))
    hands.press("Space")
    deadline = time.monotonic() + 15
    while not choosers and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    choosers[0].set_files(
        {"name": "spring.csv", "mimeType": "text/csv", "buffer": b"name,website\r\nAgra,https://agra.example\r\n"})
    hands.use(page.get_by_role("button", name="Read the file"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Columns of spring.csv")
    hands.use(page.get_by_role("button", name="Compare with the records"))
    expect(page.locator(".lede")).to_have_text("Applying would change 1 member.")

    hands.use(page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert place.get(officer, "/console").status == 303
    assert seen.errors == []
