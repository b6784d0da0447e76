"""The console's first page and the proposals: what waits for whom, and who moves it on."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from support.engines import Store
from support.eyes import Watched
from support.forms import post
from support.pages import parse
from support.places import Place, enter
from support.rooms import ROLES, SECRETARIAT, instant, member_id, quoted

pytestmark = pytest.mark.stories


def propose(place: Place, member: str, fact: str, value: str, detail: str = "") -> str:
    """A proposal of a representative; returns its id."""
    person = place.person("representative", member, name=f"Rep of {member}")
    answer = post(place.server, f"/portal/{member}/facts/{fact}", person,
                  {"value": value, "detail": detail, "effective": "2026-01-15", "grounds": "Official gazette"})
    assert answer.status == 303, answer.text[:2000]
    return place.store.query(
        f"SELECT id FROM proposal WHERE member_id = {quoted(member_id(place.store, member))} AND state = 'waiting' "
        f"AND fact = {quoted(fact)}")[0][0]


def fail_mail(store: Store) -> None:
    """A mail that nobody took, since a month."""
    then = quoted(instant(-30))
    store.change(
        "INSERT INTO mail (id, cause, recipient, is_confidential, subject, search, state, queued_at, due_at, settled_at, "
        "problem) VALUES ('lost', 'test:lost', 'a@b.example', 0, 'A lost letter', 'lost', 'failed', "
        f"{then}, {then}, {then}, 'no such host')")


def test_what_waits_stands_oldest_first_and_for_whom(place: Place, seen: Watched) -> None:
    fail_mail(place.store)
    propose(place, "abuja", "area", "770.1")
    page = enter(seen, place, place.person("officer"), "/console")
    rows = page.locator(".rows li")
    expect(rows.first).to_contain_text("A lost letter")
    expect(rows.nth(1)).to_contain_text("Abuja: area")
    expect(rows.first.locator(".late")).to_be_visible()
    page = enter(seen, place, place.person("communication"), "/console")
    expect(page.locator(".rows li")).to_have_count(1)
    page.get_by_role("link", name="Everyone 2").click()
    expect(page.locator(".rows li")).to_have_count(2)
    expect(page.get_by_role("link", name=re.compile("Look.*Abuja: area"))).to_be_visible()
    page = enter(seen, place, place.person("auditor"), "/console")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    assert seen.errors == []


def test_what_was_done_this_week_is_told_with_who_and_what(place: Place, seen: Watched) -> None:
    proposal = propose(place, "baku", "area", "1062.3")
    officer = place.person("officer", name="Oh Done")
    page = enter(seen, place, officer, f"/console/proposals/{proposal}")
    page.get_by_label("In effect from").fill("2026-01-10")
    page.get_by_role("button", name="Accept and write it").click()
    expect(page.locator(".notice.done")).to_contain_text("Accepted and written.")
    seen.open("/console?show=done")
    row = page.locator(".rows li", has_text="Proposal accepted")
    expect(row.first).to_contain_text("Baku: area")
    expect(row.first).to_contain_text("Oh Done")
    row.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposal accepted")
    decided = place.store.query(f"SELECT decided_effective_on FROM proposal WHERE id = {quoted(proposal)}")
    assert decided == [("2026-01-10",)]


def test_a_proposal_whose_fact_changed_shows_all_values(place: Place, seen: Watched) -> None:
    proposal = propose(place, "astana", "population", "3000000", "2025")
    page = enter(seen, place, place.person("officer"), f"/console/proposals/{proposal}")
    expect(page.get_by_text("The record changed after this was proposed.")).to_have_count(0)
    place.store.change(
        "UPDATE member_figure SET value = value + 7 WHERE kind = 'population' AND member_id = "
        + quoted(member_id(place.store, "astana")))
    page.get_by_role("button", name="Accept and write it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It has changed meanwhile")
    seen.open(f"/console/proposals/{proposal}")
    expect(page.get_by_text("The record changed after this was proposed.")).to_be_visible()
    expect(page.get_by_role("heading", name="When it was proposed")).to_be_visible()
    page.get_by_role("button", name="Accept and write it").click()
    expect(page.locator(".notice.done")).to_contain_text("Accepted and written.")


def test_of_two_who_decide_the_second_learns_it(place: Place) -> None:
    proposal = propose(place, "bucharest", "area", "883.7")
    first, second = place.person("officer", name="Oh First"), place.person("officer")
    shown = parse(place.server.get(f"/console/proposals/{proposal}", Cookie=first.cookie).text)
    seen_mark = shown.first("input", name="seen").attributes["value"]
    path = f"/console/proposals/{proposal}"
    assert post(place.server, path + "/decline", first, {"seen": seen_mark, "reason": "Not so."}).status == 303
    late = post(place.server, path + "/accept", second, {"seen": seen_mark})
    assert late.status == 409 and "declined by Oh First" in late.text
    assert len(place.store.query(f"SELECT id FROM mail WHERE cause LIKE 'proposal-%:{proposal}'")) == 1


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_and_decides_what_the_table_allows(place: Place, role: str) -> None:
    proposal = propose(place, "berlin", "area", "501.2")
    person = place.person(role, "berlin")
    may_read = role in ("administrator", "officer", "communication", "auditor")
    may_decide = role in ("administrator", "officer")
    assert place.server.get("/console", Cookie=person.cookie).status == (200 if role in SECRETARIAT else 403)
    for path in ["/console/proposals", f"/console/proposals/{proposal}"]:
        assert place.server.get(path, Cookie=person.cookie).status == (200 if may_read else 403), path
    if may_read:
        page = place.server.get(f"/console/proposals/{proposal}", Cookie=person.cookie).text
        assert ("Accept and write it" in page) == may_decide
    answer = post(place.server, f"/console/proposals/{proposal}/decline", person, {"seen": "", "reason": "No."})
    # An old mark is a conflict: whoever may decide is told to look again.
    assert answer.status == (409 if may_decide else 403)
    assert place.store.query(f"SELECT state FROM proposal WHERE id = {quoted(proposal)}") == [("waiting",)]


def test_a_proposals_words_are_text(place: Place, seen: Watched) -> None:
    hostile = "<img src=x onerror=window.__broken=1> & Sons"
    proposal = propose(place, "seoul", "name", hostile)
    for path in ["/console", "/console/proposals", f"/console/proposals/{proposal}"]:
        page = enter(seen, place, place.person("officer"), path)
        assert page.evaluate("window.__broken") is None and seen.errors == [] and seen.failed == [], path
        expect(page.locator("main")).to_contain_text(hostile)


@pytest.mark.parametrize("id_", ["x", "%00", "..", "01890000-0000-7000-8000-000000000000", "' OR 1=1 --"])
def test_a_proposal_that_is_none_is_not_found(place: Place, id_: str) -> None:
    person = place.person("officer")
    assert place.server.get(f"/console/proposals/{quote(id_, safe='%.')}", Cookie=person.cookie).status in (400, 404)
