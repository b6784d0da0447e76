"""What members took part in and what the rule on standing makes of it: from an event to a proposal that is put forward."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.engines import Store
from support.eyes import Watched, watched
from support.forms import post
from support.places import Place
from support.program import RECORDS, hansa
from support.rooms import ROLES, Visitor, day, member_id, quoted

pytestmark = pytest.mark.stories


@pytest.fixture(scope="module")
def officer(place: Place) -> Visitor:
    return place.person("officer", name="Olga Officer")


@pytest.fixture
def plain(browser: Browser, place: Place, officer: Visitor) -> Iterator[Watched]:
    """The officer's browser, without JavaScript."""
    with watched(browser, place.server, scripts=False) as watching:
        officer.enter(watching.page.context, place.server)
        yield watching


def row(page: Page, name: str):
    return page.locator("[data-row]").filter(has_text=name)


def notice(page: Page, text: str) -> None:
    expect(page.locator(".notice.done")).to_contain_text(text)


def test_an_event_and_who_took_part_in_it(place: Place, plain: Watched) -> None:
    page = plain.page
    page.goto(place.server.url + "/console/events")
    page.get_by_role("link", name="Add an event").click()
    page.get_by_label("Name", exact=True).fill("Smart City Training")
    page.get_by_label("What it is", exact=True).select_option("training")
    page.get_by_label("First day", exact=True).fill("2026-05-04")
    page.get_by_label("Last day", exact=True).fill("2026-05-08")
    page.get_by_label("Place", exact=True).fill("Seoul")
    page.get_by_role("button", name="Record the event").click()
    expect(page.locator(".field.wrong")).to_contain_text("Say why")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Smart City Training")
    page.get_by_label("Grounds", exact=True).fill("Programme of the training")
    page.get_by_role("button", name="Record the event").click()
    notice(page, "The event is recorded.")
    expect(page.get_by_text("Not whole: who is not in it may have been there.")).to_be_visible()

    # By one of its former names.
    page.get_by_role("link", name="Add a member").click()
    page.get_by_label("Member", exact=True).fill("Nur-Sultan")
    page.get_by_label("Position of who came", exact=True).fill("Deputy Mayor")
    page.get_by_label("Grounds", exact=True).fill("Attendance sheet")
    page.get_by_role("button", name="Record it").click()
    expect(row(page, "Astana")).to_contain_text("Deputy Mayor")
    row(page, "Astana").get_by_role("link", name="Correct").click()
    page.get_by_label("How", exact=True).select_option("online")
    page.get_by_label("Grounds", exact=True).fill("They could not travel")
    page.get_by_role("button", name="Correct it").click()
    expect(row(page, "Astana")).to_contain_text("Online")
    expect(page.locator(".timeline")).to_contain_text("Delegate, On site, Deputy Mayor → Delegate, Online, Deputy Mayor")
    row(page, "Astana").get_by_role("link", name="Correct").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".field.wrong")).to_contain_text("Say why")
    page.get_by_label("Why it is removed", exact=True).fill("It was Almaty")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Nobody is recorded yet.")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("It was Almaty")

    # From the member's side.
    page.goto(place.server.url + "/console/members/almaty")
    page.get_by_role("link", name="Record more").click()
    page.get_by_label("Event", exact=True).select_option("smart-city-training")
    page.get_by_label("Grounds", exact=True).fill("Attendance sheet")
    page.get_by_role("button", name="Record it").click()
    expect(row(page, "Smart City Training")).to_be_visible()
    page.goto(place.server.url + "/members/almaty")
    expect(page.locator("main")).to_contain_text("Smart City Training")
    # What is missing in a form is an answer of its own (422), and nothing else went wrong.
    assert [each for each in plain.errors if "422" not in each] == []


def test_a_list_is_looked_at_row_by_row_and_brought_in_whole(place: Place, plain: Watched) -> None:
    page, server = plain.page, place.server
    said = hansa(place.store.setting, "events", "add", "--name", "Webinar", "--kind", "seminar", "--from", "2026-03-03",
                 "--grounds", "Programme").must_succeed().output
    assert "webinar" in said
    content = "City,Role,Mode,E-mail\nSeoul,speaker,online,mayor@example.org\nSao Paulo,,,\nAtlantis,,,\n".encode()

    def read() -> None:
        page.goto(server.url + "/console/events/webinar/file")
        page.get_by_label("File", exact=True).set_input_files({"name": "who.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_label("Everybody who took part is in the file", exact=True).check()
        page.get_by_role("button", name="Read the file").click()

    read()
    expect(page.locator(".lede")).to_contain_text("2 would be added · 1 no member")
    expect(row(page, "Atlantis")).to_contain_text("No member bears this name.")
    expect(page.get_by_role("button", name="Write all of it")).to_have_count(0)
    assert place.count("participation", "event = 'webinar'") == 0
    page.get_by_label("Leave out every row that names no member", exact=True).check()
    page.get_by_role("button", name="Keep these choices").click()
    page.get_by_label("Grounds", exact=True).fill("Registrations of the webinar")
    page.get_by_role("button", name="Write all of it").click()
    notice(page, "Brought in: 2 added, 0 corrected.")
    expect(page.get_by_text("Whole, as was said on")).to_be_visible()
    assert "example.org" not in str(place.store.query("SELECT * FROM participant_list"))

    read()
    page.get_by_label("Leave out every row that names no member", exact=True).check()
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.get_by_text("All of it is on record already: nothing would change.")).to_be_visible()
    page.get_by_role("button", name="Forget the file").click()
    assert place.count("participation_step", "event = 'webinar'") == 2


def state_defunct(store: Store, *members: str) -> None:
    """A source says that they do not exist any more."""
    for member in members:
        store.change(
            "INSERT INTO circumstance (member_id, circumstance, as_of, source, comparison, locator, origin) VALUES "
            f"({quoted(member_id(store, member))}, 'defunct', '2026-01-05', 'GA6', '', 'a letter', 'entry')")


def test_a_ground_that_is_met_is_proposed_and_put_forward_or_dropped(place: Place, plain: Watched) -> None:
    page, server = plain.page, place.server
    # Nobody wrote down who came to an event of last month.
    hansa(place.store.setting, "events", "add", "--name", "Forum", "--kind", "seminar", "--from", day(-30), "--grounds",
          "Programme").must_succeed()
    page.goto(server.url + "/console/standing")
    expect(page.get_by_text("Nothing is proposed")).to_be_visible()
    state_defunct(place.store, "becloud", "dwelling")
    assert "Proposed: 2." in hansa(place.store.setting, "standing", "night").must_succeed().output
    assert "Proposed: 0. Kept: 2." in hansa(place.store.setting, "standing", "night").must_succeed().output

    page.goto(server.url + "/console")
    item = row(page, "2 members for whom a ground of the charter is met")
    item.get_by_role("link").click()
    expect(row(page, "beCloud: Terminated")).to_contain_text("GA6, a letter states it")
    page.get_by_role("link", name=re.compile("^Dwelling.*Terminated")).click()
    expect(page.get_by_text("membership.grounds.defunct")).to_be_visible()
    page.get_by_role("button", name="Drop it").click()
    expect(page.locator(".field.wrong")).to_contain_text("Say why")
    page.get_by_label("Grounds", exact=True).fill("It answered the telephone")
    page.get_by_role("button", name="Drop it").click()
    notice(page, "Dropped.")
    page.get_by_label("Choose beCloud", exact=True).check()
    page.get_by_role("button", name="Put the chosen forward").click()
    # The body that the charter names is suggested, and the way in which it decides.
    expect(page.get_by_label("Body", exact=True)).to_have_value("general-assembly")
    expect(page.get_by_label("How it decides", exact=True)).to_have_value("meeting")
    assert place.count("standing_proposal", "state = 'put'") == 0
    page.get_by_role("button", name="Ask the body").click()
    notice(page, "Noted. Enter the outcome here once the meeting was held.")
    decision = page.url
    # Who reads Korean reads all of it in Korean: what is decided, on what it rests, and who decides.
    page.goto(server.url + "/ko" + decision.removeprefix(server.url))
    expect(page.get_by_role("group", name="1. beCloud: 자격 종료")).to_be_visible()
    expect(page.locator("main")).to_contain_text("총회")
    expect(page.locator("[aria-labelledby=items]")).to_contain_text("GA6, a letter")
    expect(page.locator("[aria-labelledby=items]")).not_to_contain_text("states it")
    expect(page.locator("main")).not_to_contain_text("General Assembly")
    page.goto(server.url + "/console/standing")
    page.get_by_role("link", name="Put forward 1").click()
    expect(row(page, "beCloud: Terminated")).to_contain_text("The body that decides has it before it.")
    page.get_by_role("link", name="Settled 1").click()
    expect(row(page, "Dwelling")).to_contain_text("Dropped: It answered the telephone")
    # Nothing changed a status, and what was dropped is not proposed again.
    assert "Proposed: 0." in hansa(place.store.setting, "standing", "night").must_succeed().output
    assert place.count("member_status", "status = 'terminated' AND earliest > '2024'") == 0
    page.goto(decision)
    page.get_by_role("group", name="1. beCloud: Terminated").get_by_label("adopted").check()
    page.get_by_label("Day of the meeting").fill(
        place.store.query("SELECT substr(opened_at, 1, 10) FROM circular")[0][0])
    page.get_by_label("Where its minutes are").fill("Minutes of the assembly, item 2")
    page.get_by_role("button", name="Record the outcome").click()
    notice(page, "The meeting's outcome is recorded.")
    assert place.count("member_status", "status = 'terminated' AND earliest > '2024'") == 1
    page.goto(server.url + "/members/becloud")
    expect(page.locator("main")).to_contain_text("Terminated")

    page.goto(server.url + "/console/standing")
    page.get_by_role("link", name="Cannot be told").click()
    expect(page.locator("main")).to_contain_text("No payment is on record.")
    expect(page.locator("main")).to_contain_text("Who took part in")


def test_the_rule_on_the_day_of_the_sixth_assembly(loaded: Store) -> None:
    said = hansa(loaded.setting, "standing", "--date", "2023-09-26").must_succeed().output
    assert "42 proposed on 2023-09-26, 42 of them on the word of a source, 0 by the records alone" in said
    assert "No payment is on record." in said
    found = json.loads(hansa(loaded.setting, "standing", "--date", "2023-09-26", "--json").must_succeed().output)
    proposed = [each for each in found if each["outcome"] == "proposed"]
    annex = loaded.query(
        "SELECT m.key FROM member_status s JOIN member m ON m.id = s.member_id "
        "WHERE s.decision IN ('ga6-suspensions', 'ga6-terminations')")
    assert sorted(each["member"] for each in proposed) == sorted(key for key, in annex)
    assert all(each["decision"]["rule"].startswith("membership.grounds.") for each in proposed)
    alone = hansa(loaded.setting, "standing", "--date", "2023-09-26", "--records-only").must_succeed().output
    assert "0 proposed on 2023-09-26" in alone


def read(file: str) -> list[dict[str, str]]:
    with (RECORDS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_ranking_counts_what_the_files_say(loaded: Store) -> None:
    """Whoever was at an event of the year has a point for it, however often it is printed there, and shares ranks."""
    held = {row["event"] for row in read("events.csv") if "2021-01-01" <= row["date_to"] <= "2021-12-31"}
    roll = {row["key"] for row in json.loads(
        hansa(loaded.setting, "members", "--as-of", "2021-12-31", "--format", "json").must_succeed().output)}
    was_there = {(row["member"], row["event"]) for row in read("participations.csv") if row["event"] in held}
    wanted: dict[str, int] = {}
    for member, _ in was_there:
        if member in roll:
            wanted[member] = wanted.get(member, 0) + 1
    year = ["--from", "2021-01-01", "--to", "2021-12-31", "--json"]
    found = json.loads(hansa(loaded.setting, "ranking", *year).must_succeed().output)
    assert len(found) > 40
    assert {row["member"]: row["points"] for row in found} == wanted
    for row in found:
        assert row["rank"] == 1 + sum(more > row["points"] for more in wanted.values())
        assert row["shared"] == (list(wanted.values()).count(row["points"]) > 1)
    doubled = json.loads(hansa(loaded.setting, "ranking", *year, "--weight", "participation=2.5").must_succeed().output)
    assert {row["member"]: row["points"] for row in doubled} == {key: 2.5 * points for key, points in wanted.items()}
    hansa(loaded.setting, "ranking", *year, "--weight", "party=2").must_refuse("party=2", "participation")
    seoul = json.loads(hansa(loaded.setting, "points", "Seoul", *year).must_succeed().output)
    assert {each["record"] for each in seoul["earned"]} == {f"event {event}" for key, event in was_there if key == "seoul"}


def test_without_dues_on_record_nobody_has_a_good_record(loaded: Store) -> None:
    said = hansa(loaded.setting, "standing", "Seoul", "--on", "2024-01-01").must_succeed().output
    assert "No record of payment" in said and "Neither an invoice nor a payment of it is on record." in said
    everybody = json.loads(
        hansa(loaded.setting, "standing", "list", "--on", "2024-01-01", "--json").must_succeed().output)
    suspended = loaded.query("SELECT member_id FROM roll_span WHERE status = 'suspended' AND valid_from <= '2024-01-01'"
                             " AND valid_to > '2024-01-01'")
    assert {each["standing"] for each in everybody} == {"suspended", "no-record"}
    assert sum(each["standing"] == "suspended" for each in everybody) == len(suspended) > 0
    may = json.loads(hansa(loaded.setting, "entitlements", "Seoul", "--on", "2024-01-01", "--json").must_succeed().output)
    assert {each["entitlement"] for each in may if each["access"] == "none"} == {"committee", "regional-office"}
    assert "Seoul: president-city" in hansa(
        loaded.setting, "entitlements", "offices", "--on", "2024-01-01").must_succeed().output
    before = hansa(loaded.setting, "standing", "Seoul", "--on", "2021-10-17").must_succeed().output
    assert "says nothing of members' standing" in before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_and_changes_what_the_table_allows(place: Place, role: str) -> None:
    person = place.person(role)
    reads_events = role in ("administrator", "officer", "finance", "communication", "auditor")
    records = role in ("administrator", "officer", "communication")
    reads_standing = role in ("administrator", "officer", "finance", "auditor")
    assert (place.get(person, "/console/events/ga6").status == 200) == reads_events
    assert ("Bring in a list" in place.get(person, "/console/events/ga6").text) == records
    assert (place.get(person, "/console/standing").status == 200) == reads_standing
    answer = post(place.server, "/console/standing/put", person, {"proposal": "none"})
    assert answer.status == (404 if role in ("administrator", "officer") else 403)
    answer = post(place.server, "/console/events/ga6/add", person, {"member": "", "grounds": ""})
    assert answer.status == (422 if records else 403)


def test_words_of_events_are_text(place: Place, plain: Watched) -> None:
    hostile = "<img src=x onerror=alert(1)> & Sons"
    hansa(place.store.setting, "events", "add", "--name", hostile, "--kind", "other", "--from", "2026-02-02", "--place",
          hostile, "--grounds", "A test").must_succeed()
    plain.page.goto(place.server.url + "/console/events")
    expect(plain.page.get_by_role("link", name=hostile)).to_be_visible()
