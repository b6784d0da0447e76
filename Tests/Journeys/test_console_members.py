"""The secretariat at work on the members: finding, editing, tagging, merging, exporting, and two at one record."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.eyes import Watched, picture, watched
from support.forms import post
from support.looks import assert_accessible, assert_fits, assert_quiet
from support.places import Place
from support.program import RECORDS, Answer, hansa
from support.rooms import Visitor, quoted

pytestmark = pytest.mark.console

HOSTILE = "<script>alert('x')</script>"
# Mail that was written waits for good, so that it can be stopped.
SETTINGS = {"HANSA_MAIL_TRANSPORT": "none"}


@pytest.fixture
def officer(place: Place) -> Visitor:
    return place.person("officer", name="Olga Officer")


@pytest.fixture
def seen(browser: Browser, place: Place, officer: Visitor) -> Iterator[Watched]:
    with watched(browser, place.server) as one:
        officer.enter(one.page.context, place.server)
        yield one


def names(page: Page) -> list[str]:
    return page.locator("table.members tbody th a").all_inner_texts()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the changes").click()


# ---- The table ----


def test_filters_order_and_columns_are_links_and_a_view_keeps_them(seen: Watched) -> None:
    seen.open("/console/members")
    page = seen.page
    expect(page.locator("table.members tbody tr")).to_have_count(100)
    page.locator("#region").select_option("africa")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Tags", exact=True).check()
    page.get_by_role("checkbox", name="People", exact=True).check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Tags")).to_be_visible()
    page.get_by_role("columnheader", name="Population").get_by_role("link").click()
    page.wait_for_url(re.compile("sort=-population"))
    assert "region=africa" in page.url and "cols=" in page.url
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Population")
    first = names(page)
    page.get_by_text("Keep this list as a view").click()
    page.get_by_label("Name of the view").fill("African cities by size")
    page.get_by_role("button", name="Keep the view").click()
    expect(page.locator(".notice.done")).to_contain_text("African cities by size")
    page.goto(seen.server.url + "/console/members")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="African cities by size").click()
    assert names(page) == first
    expect(page.get_by_role("columnheader", name="Tags")).to_be_visible()
    page.get_by_text("Change or delete this view").click()
    page.get_by_role("button", name="Delete the view").click()
    expect(page.locator(".notice.done")).to_contain_text("deleted")
    assert_quiet(seen)


def test_many_are_tagged_and_it_is_undone(seen: Watched) -> None:
    seen.open("/console/members?region=europe")
    page = seen.page
    page.get_by_label("Choose all on this page").check()
    expect(page.locator(".bulk-count")).to_have_text(re.compile(r"\d+ chosen"))
    count = int(page.locator(".bulk-count").inner_text().split()[0])
    page.get_by_role("textbox", name="Tag", exact=True).last.fill("Port-Cities")
    page.get_by_role("button", name="Add", exact=True).click()
    notice = page.locator(".notice.done")
    picture(seen, "undo-1280-light")
    expect(notice).to_contain_text(f"The tag “port-cities” was added to {count} members.")
    page.goto(seen.server.url + "/console/members?tag=port-cities")
    assert len(names(page)) == count
    page.go_back()
    notice.get_by_role("button", name="Undo").click()
    expect(page.locator(".notice.done").first).to_contain_text(f"Undone for {count} members.")
    page.goto(seen.server.url + "/console/members?tag=port-cities")
    expect(page.get_by_role("heading", name="Nobody fits all of that")).to_be_visible()
    assert_quiet(seen)


def test_all_that_match_is_more_than_the_page_shows(seen: Watched) -> None:
    seen.open("/console/members?status=any")
    page = seen.page
    total = int(page.locator(".result-bar b").inner_text().split()[0].replace(",", ""))
    assert total > 100
    page.get_by_text(re.compile("that match, not only the ticked")).click()
    page.get_by_role("textbox", name="Tag", exact=True).last.fill("everybody")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".notice.done")).to_contain_text(f"added to {total} members")
    page.locator(".notice.done").get_by_role("button", name="Undo").click()
    assert_quiet(seen)


def test_members_people_are_written_to_and_what_waits_is_stopped(place: Place, seen: Watched) -> None:
    place.person("representative", "kigali", name="Keza of Kigali")
    seen.open("/console/members?q=kigali")
    page = seen.page
    page.get_by_label("Choose Kigali").check()
    page.get_by_role("button", name="Write to their people").click()
    page.get_by_role("button", name="Send the mails").click()
    expect(page.locator("#problems")).to_contain_text("Say in a few words what the mail is about.")
    page.get_by_label("Subject").fill("The assembly <of> 2026")
    page.get_by_label("Text").fill("Dear members,\n\nplease come.")
    page.get_by_role("button", name="Send the mails").click()
    expect(page.locator(".notice.done").first).to_contain_text("1 mail waits to be sent.")
    page.get_by_role("button", name="Stop what has not left").click()
    expect(page.locator(".notice.done").first).to_contain_text("1 mail was stopped.")
    states = place.store.query("SELECT state FROM mail WHERE subject = 'The assembly <of> 2026'")
    assert [row[0] for row in states] == ["stopped"]


def test_what_is_listed_comes_as_csv_json_and_workbook(place: Place, officer: Visitor) -> None:
    query = "region=europe&cols=status,country,tags&sort=name"

    def take(kind: str) -> Answer:
        return post(place.server, "/console/export", officer, {"list": query, "format": kind})

    answer = take("csv")
    assert answer.headers["cache-control"] == "private, no-store"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows and set(rows[0]) == {"key", "name", "other_names", "status", "country", "tags"}
    listed = json.loads(take("json").text)
    assert [row["key"] for row in listed] == [row["key"] for row in rows]
    book = zipfile.ZipFile(io.BytesIO(take("xlsx").body))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(rows) + 1
    assert take("pdf").status == 422
    # What only looks writes nothing: there is no way to take the list out by an address.
    assert place.get(officer, f"/console/export?{query}&format=csv").status in (404, 405)
    outsider = place.person("representative")
    assert post(place.server, "/console/export", outsider, {"format": "csv"}).status == 403
    told = place.store.query(
        "SELECT after FROM journal_entry WHERE action = 'members.exported' AND actor = "
        + quoted(f"person:{officer.person_id}") + " ORDER BY id")
    assert [json.loads(row[0])["format"] for row in told] == ["csv", "json", "xlsx"]
    assert {json.loads(row[0])["rows"] for row in told} == {len(rows)}


def test_a_file_is_taken_with_the_keyboard_and_the_journal_says_so(seen: Watched) -> None:
    seen.open("/console/members?region=africa")
    page = seen.page
    picture(seen, "members-1280-light")
    count = int(page.locator(".result-bar b").inner_text().split()[0])
    button = page.get_by_role("button", name="Export as JSON")
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".json")
    assert len(json.loads(Path(download.value.path()).read_text())) == count
    page.goto(seen.server.url + "/console/journal?action=members.exported")
    entry = page.locator("[data-row]").first
    expect(entry).to_contain_text("Olga Officer")
    entry.get_by_role("link", name="Members exported").click()
    expect(page.get_by_role("row", name=re.compile("^selection"))).to_contain_text("region africa")
    expect(page.get_by_role("row", name=re.compile("^rows"))).to_contain_text(str(count))
    # A download is a request that the page itself does not finish.
    assert seen.errors == [] and seen.elsewhere == []


# ---- One member ----


def test_a_new_member_is_added_after_a_look_at_what_may_be_the_same(place: Place, seen: Watched) -> None:
    seen.open("/console/members")
    page = seen.page
    page.keyboard.press("Control+k")
    page.keyboard.type("add a new")
    expect(page.locator("#palette li").first).to_contain_text("Add a new member")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a member")
    page.get_by_label("Name", exact=True).fill("Seoull")
    page.get_by_label("Joined").fill("tomorrow")
    page.get_by_role("button", name="Add the member").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems li")).to_have_count(4)
    picture(seen, "new-problems-1280-light")
    page.get_by_label("Category").select_option("local-government")
    page.get_by_label("Country").select_option("KR")
    page.get_by_label("Joined").fill("2026-02")
    page.get_by_label("Grounds").fill("Application of February")
    page.get_by_role("button", name="Add the member").click()
    notice = page.get_by_role("alert")
    expect(notice).to_be_focused()
    expect(notice).to_contain_text("Nothing was added yet")
    expect(notice.get_by_role("link", name="Seoul")).to_have_attribute("href", "/console/members/seoul")
    expect(page.get_by_label("Grounds")).to_have_value("Application of February")
    picture(seen, "new-doubles-1280-light")
    assert_accessible(page)
    assert place.store.query("SELECT key FROM member WHERE name = 'Seoull'") == []
    page.get_by_role("button", name="It is another one: add it").click()
    expect(page.locator(".notice.done")).to_have_text("Seoull is a member now.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Seoull")
    expect(page.locator(".changes > li").first).to_contain_text("Member added by Olga Officer")
    assert "seoull,Seoull," in place.server.get("/members.csv?on=2026-03-01&q=seoull").text
    # A second one begins with an empty form.
    seen.open("/console/members/new")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


def test_a_new_member_without_javascript(browser: Browser, place: Place, officer: Visitor) -> None:
    with watched(browser, place.server, scripts=False) as seen:
        officer.enter(seen.page.context, place.server)
        page = seen.page
        page.goto(place.server.url + "/console/members")
        page.get_by_role("link", name="Add a member").click()
        page.get_by_label("Name", exact=True).fill("Kuressaare")
        page.get_by_label("Its language").fill("et")
        page.get_by_label("Other name", exact=True).fill("Arensburg")
        page.get_by_label("Language of the other name").fill("de")
        page.get_by_label("Category").select_option("local-government")
        page.get_by_label("Country").select_option("EE")
        page.get_by_label("Joined").fill("2026-03-01")
        page.get_by_label("Population").fill("13,185")
        page.get_by_label("Of the year").fill("2023")
        page.get_by_label("Grounds").fill("Application of 1 March")
        page.get_by_role("button", name="Add the member").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kuressaare")
        expect(page.locator("main")).to_contain_text("Arensburg")
    public = place.server.get("/members/kuressaare").text
    assert "13,185" in public and "Europe" in public
    hansa(place.store.setting, "journal", "verify").must_succeed()


def test_a_name_is_changed_from_a_day_and_the_story_says_so(place: Place, seen: Watched) -> None:
    seen.open("/console/members?q=anyang")
    page = seen.page
    page.get_by_role("link", name="Anyang", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Great Anyang")
    page.get_by_label("In effect from").fill("2024-03-01")
    page.get_by_label("Population").fill("many")
    save(page)
    # Both mistakes at once, and nothing that was typed is lost.
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems li")).to_have_count(2)
    picture(seen, "problems-1280-light")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Great Anyang")
    page.locator("#problems").get_by_role("link", name=re.compile("Say why")).click()
    expect(page.get_by_label("Grounds")).to_be_focused()
    page.get_by_label("Population").fill("550 000")
    page.get_by_label("Of the year").fill("2024")
    page.get_by_label("Grounds").fill("Letter of the mayor")
    save(page)
    expect(page.locator(".notice.done")).to_have_text("Saved: name and population.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Great Anyang")
    picture(seen, "story-1280-light")
    change = page.locator(".changes > li").first
    expect(change).to_contain_text("Member edited by Olga Officer")
    expect(change).to_contain_text("Letter of the mayor")
    before = place.server.get("/members.csv?on=2024-02-29&q=anyang").text
    after = place.server.get("/members.csv?on=2024-03-01&q=anyang").text
    assert "anyang,Anyang," in before and "anyang,Great Anyang," in after
    assert seen.errors == ["error: Failed to load resource: the server responded with a status of 422 "
                           "(Unprocessable Entity)"] and seen.elsewhere == []


def test_two_who_edit_one_member_see_both_versions(browser: Browser, place: Place) -> None:
    ada, berit = place.person("officer", name="Ada First"), place.person("administrator", name="Berit Second")
    with watched(browser, place.server) as one, watched(browser, place.server) as two:
        ada.enter(one.page.context, place.server)
        berit.enter(two.page.context, place.server)
        for seen in (one, two):
            seen.open("/console/members/kigali/edit")
        one.page.get_by_label("Website").fill("https://ada.example.org")
        one.page.get_by_label("Area in km²").fill("730")
        one.page.get_by_label("Grounds").fill("From their letter")
        save(one.page)
        expect(one.page.locator(".notice.done")).to_have_text("Saved: website and area.")
        two.page.get_by_label("Website").fill("https://berit.example.org")
        two.page.get_by_label("Description").fill("Capital.")
        two.page.get_by_label("Grounds").fill("From a call")
        save(two.page)
        page = two.page
        expect(page.get_by_role("alert")).to_contain_text("Nothing was overwritten")
        picture(two, "conflict-1280-light")
        page.set_viewport_size({"width": 390, "height": 900})
        assert_fits(two)
        picture(two, "conflict-390-light")
        assert_accessible(page)
        website = page.get_by_role("group", name="Website")
        expect(website).to_contain_text("Now, by Ada First")
        expect(website).to_contain_text("https://ada.example.org")
        expect(website.get_by_role("radio").first).not_to_be_checked()
        expect(page.get_by_role("group", name="Area").get_by_role("radio").first).to_be_checked()
        expect(page.get_by_role("group", name="Description").get_by_role("radio").last).to_be_checked()
        # The browser does not send a form in which a choice is missing.
        page.get_by_role("button", name="Save what is chosen").click()
        expect(page.get_by_role("alert")).to_be_visible()
        website.get_by_role("radio").last.check()
        page.get_by_role("button", name="Save what is chosen").click()
        expect(page.locator(".notice.done")).to_have_text("Saved: website and description.")
    row = place.store.query("SELECT website, area_km2, description FROM member WHERE key = 'kigali'")[0]
    assert (row[0], float(row[1]), row[2]) == ("https://berit.example.org", 730.0, "Capital.")


def test_a_status_follows_the_charter(place: Place, seen: Watched) -> None:
    seen.open("/console/members/accra/status")
    page = seen.page
    options = page.get_by_label("New status").locator("option").all_inner_texts()
    assert "Member" not in options and "Suspended" in options
    page.get_by_label("New status").select_option("suspended")
    page.get_by_label("In effect from").fill("2009-01-01")
    page.get_by_label("Grounds").fill("Four years without a word")
    page.get_by_role("button", name="Record the status").click()
    expect(page.locator("#problems")).to_contain_text("this one would come before it")
    expect(page.get_by_label("Grounds")).to_have_value("Four years without a word")
    page.get_by_label("In effect from").fill("2026-01-31")
    page.get_by_role("button", name="Record the status").click()
    expect(page.locator(".notice.done")).to_contain_text("Suspended, in effect from 2026-01-31.")


def test_another_name_is_added_and_ended(place: Place, seen: Watched) -> None:
    seen.open("/console/members/accra/names")
    page = seen.page
    page.get_by_label("Name", exact=True).fill("Ga Mashie")
    page.get_by_role("textbox", name="Language").fill("gaa")
    page.get_by_label("What it is").select_option("alias")
    page.get_by_label("Grounds").first.fill("Their website")
    page.get_by_role("button", name="Add the name").click()
    expect(page.locator(".notice.done")).to_contain_text("“Ga Mashie” was added.")
    assert "accra" in place.server.get("/members.csv?q=ga+mashie").text
    page.get_by_label("Name that is no longer in use").select_option(label="Ga Mashie (alias, gaa)")
    page.get_by_label("Grounds").last.fill("Not used any more")
    page.get_by_role("button", name="End the name").click()
    expect(page.locator(".notice.done")).to_contain_text("The name ended")
    assert_quiet(seen)


def test_two_records_become_one_and_the_old_address_leads_on(place: Place, seen: Watched) -> None:
    place.store.change(
        "INSERT INTO member (id, key, category, country, region, name, website, source, origin) VALUES "
        "('double-1', 'agra-city', 'local-government', 'IN', 'asia-pacific', 'Agra', 'https://agra.example.org', 'AR2021', 'import')")
    seen.open("/console/merge")
    page = seen.page
    page.get_by_role("link", name="Agra and Agra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merge Agra into Agra")
    page.get_by_role("button", name=re.compile("Merge Agra")).click()
    expect(page.locator("#problems")).to_contain_text("Say why")
    page.get_by_label("Grounds").fill("One city, entered twice")
    page.get_by_role("button", name=re.compile("Merge Agra")).click()
    expect(page.locator(".notice.done")).to_contain_text("its address leads here")
    expect(page.locator(".changes")).to_contain_text("One city, entered twice")
    old = place.server.get("/members/agra-city")
    assert old.status == 308 and old.headers["location"] == "/members/agra"
    page.goto(seen.server.url + "/console/members/agra-city")
    assert page.url.endswith("/console/members/agra")
    again = hansa(place.store.setting, "import", str(RECORDS)).must_succeed()
    assert "agra-city" not in again.output
    hansa(place.store.setting, "journal", "verify").must_succeed()


# ---- What must not happen ----


def test_a_script_in_a_name_is_text_everywhere(place: Place, seen: Watched) -> None:
    place.store.change(f"UPDATE member SET name = {quoted(HOSTILE)} WHERE key = 'bhadrapur'")
    place.store.change(f"UPDATE roll_span SET name = {quoted(HOSTILE)} WHERE key = 'bhadrapur'")
    for path in ("?country=np", "/bhadrapur", "/bhadrapur/edit", "/bhadrapur/status", "/bhadrapur/names"):
        seen.open(f"/console/members{path}")
        assert HOSTILE in seen.page.content().replace("&lt;", "<").replace("&gt;", ">")
        assert seen.page.locator("main script").count() == 0
        assert_quiet(seen)
    seen.open("/console/merge?kept=bhadrapur&merged=agra")
    expect(seen.page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    assert_quiet(seen)


def test_forged_ids_and_fields_are_refused(place: Place, officer: Visitor) -> None:
    before = place.store.fingerprint("member"), place.store.fingerprint("bulk_action")
    forged = "01890000-0000-7000-8000-000000000000"
    for path, fields, status in [
        ("bulk/tag", {"list": "", "tag": "x", "change": "tag", "member": forged}, 404),
        ("bulk/tag", {"list": "", "tag": "<b>", "change": "tag", "all": "on"}, 422),
        ("bulk/tag", {"list": "sort=evil", "tag": "x", "change": "tag"}, 400),
        ("bulk/undo", {"action": forged}, 404),
        ("views/delete", {"view": forged}, 404),
        ("merge", {"kept": "agra", "merged": "nobody", "grounds": "why"}, 404),
        ("merge", {"kept": "agra", "merged": "accra", "grounds": "why", "kept-revision": "999", "merged-revision": "1"}, 409),
    ]:
        assert post(place.server, f"/console/{path}", officer, fields).status == status, (path, fields)
    assert place.get(officer, "/console/members/nobody/edit").status == 404
    # The member is the one that the address names, whatever else the form says.
    sent = post(place.server, "/console/members/agra/edit", officer,
                {"id": "other", "revision": "x", "grounds": "why", "name": ""})
    assert sent.status in (409, 422)
    assert (place.store.fingerprint("member"), place.store.fingerprint("bulk_action")) == before


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_who_may_only_read_finds_no_way_to_change(place: Place, browser: Browser, role: str) -> None:
    reader = place.person(role)
    with watched(browser, place.server) as seen:
        reader.enter(seen.page.context, place.server)
        seen.open("/console/members/accra")
        assert seen.page.get_by_role("link", name="Edit", exact=True).count() == 0
        seen.open("/console/members")
        assert seen.page.locator("input[name=member]").count() == 0
    assert place.get(reader, "/console/members/accra/edit").status == 403
    assert place.get(reader, "/console/members/new").status == 403
    assert post(place.server, "/console/members/new", reader, {"name": "Nowhere"}).status == 403
    assert post(place.server, "/console/bulk/tag", reader, {"list": "", "tag": "x", "change": "tag", "all": "on"}).status == 403


def test_the_table_is_worked_from_the_keyboard(seen: Watched) -> None:
    seen.open("/console/members?region=africa")
    page = seen.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".bulk-count")).to_have_text("2 chosen")
    second = names(page)[1]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(second)


def test_the_edit_form_keeps_what_was_typed_in_the_tab(seen: Watched) -> None:
    seen.open("/console/members/seoul/edit")
    page = seen.page
    page.get_by_label("Description").fill("Typed and not yet sent.")
    seen.open("/console/members/seoul")
    seen.open("/console/members/seoul/edit")
    expect(page.get_by_label("Description")).to_have_value("Typed and not yet sent.")
    page.get_by_role("button", name="Drop it").click()
    expect(page.get_by_label("Description")).not_to_have_value("Typed and not yet sent.")
    assert_quiet(seen)
