"""A member's room: what its people do there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from support.eyes import Watched, watched
from support.forms import header_values, post, upload
from support.pictures import png, text_chunk
from support.places import Place, enter
from support.rooms import give, member_id, quoted

pytestmark = pytest.mark.stories

PICTURES = "/portal/{}/profile/pictures"


def save(page: Page, words: str) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notice.done")).to_have_text(words)


def test_an_editor_keeps_the_profile_and_everybody_sees_it(place: Place, seen: Watched) -> None:
    page = enter(seen, place, place.person("editor", "goyang"), "/portal/goyang")
    expect(page.get_by_role("heading", level=1)).to_have_text("Goyang")
    expect(page.get_by_text("of 6 parts are there")).to_be_visible()
    page.get_by_role("link", name="Say in a few sentences what your city is and works on.").click()
    page.get_by_label("What you are and work on").fill("Flowers grow here.\n\nAnd data.")
    save(page, "The description is saved.")
    page.goto(place.server.url + "/portal/goyang/profile/description?language=ko")
    page.get_by_label("What you are and work on").fill("꽃의 도시")
    save(page, "The description is saved.")

    page.goto(place.server.url + "/portal/goyang/profile/contacts")
    page.locator("[name='contacts.0.value']").fill("Office@Goyang.Example")
    page.locator("[name='contacts.0.label']").fill("Smart city office")
    page.locator("[name='contacts.1.kind']").select_option("phone")
    page.locator("[name='contacts.1.value']").fill("+82 31 000 1234")
    page.locator("[name='contacts.1.public']").uncheck()
    save(page, "The contacts are saved.")
    page.goto(place.server.url + "/portal/goyang/profile/website")
    page.get_by_label("Address of your web site").fill("goyang.example")
    save(page, "The web site's address is saved.")
    page.goto(place.server.url + "/portal/goyang/profile/tags")
    page.get_by_label("Words by which others shall find you").fill("Open Data, flowers")
    save(page, "The tags are saved.")

    page.goto(place.server.url + PICTURES.format("goyang"))
    page.locator("#logo-picture").set_input_files({"name": "l.png", "mimeType": "image/png", "buffer": png(60, 30)})
    page.locator("#logo-alt").fill("A flower")
    page.get_by_role("button", name="Set the logo").click()
    expect(page.locator(".notice.done")).to_have_text("The logo is shown from now on.")
    for name, colour in [("Market", (200, 60, 30)), ("Lake", (30, 60, 200))]:
        page.locator("#photo-picture").set_input_files(
            {"name": "p.png", "mimeType": "image/png", "buffer": png(90, 60, colour, text_chunk(b"GPS 37.6N"))})
        page.locator("#photo-alt").fill(name)
        page.get_by_role("button", name="Add the photo").click()
        expect(page.locator(".notice.done")).to_have_text("The photo is added.")
    page.get_by_role("button", name=re.compile("Move up.*Lake")).click()
    expect(page.locator(".notice.done")).to_have_text("The photo is moved up.")

    seen.open("/portal/goyang")
    expect(page.get_by_text("Complete.")).to_be_visible()
    page.context.clear_cookies()
    seen.open("/members/goyang")
    own = page.get_by_role("region", name="In its own words")
    expect(own).to_contain_text("Flowers grow here.")
    expect(own.get_by_role("link", name="office@goyang.example")).to_have_attribute("href", "mailto:office@goyang.example")
    expect(page.locator("body")).not_to_contain_text("31 000 1234")
    page.get_by_text("In Korean").click()
    expect(own.locator("[lang=ko]")).to_have_text("꽃의 도시")
    assert [image.get_attribute("alt") for image in own.locator("img").all()] == ["Lake", "Market"]
    expect(page.get_by_role("link", name="goyang.example", exact=True)).to_be_visible()
    seen.open("/members?tag=open-data")
    expect(page.locator("main tbody").get_by_role("link", name="Goyang")).to_be_visible()
    assert seen.failed == [] and seen.errors == []


def test_a_picture_is_made_anew_and_served_as_one(place: Place) -> None:
    person = place.person("editor", "anyang")
    sent = png(90, 60, (1, 2, 3), text_chunk(b"GPS 37.39N 126.95E"))
    fields = {"kind": "photo", "alt": "A street", "caption": ""}
    answer = upload(place.server, PICTURES.format("anyang"), person, fields, {"picture": ("s.png", "image/png", sent)})
    assert answer.status == 303
    picture_hash = place.store.query("SELECT hash FROM profile_picture WHERE alt = 'A street'")[0][0]
    shown = place.server.get(f"/files/{picture_hash}.jpg")
    assert shown.status == 200 and shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert any("sandbox" in policy for policy in header_values(place.server, f"/files/{picture_hash}.jpg", "content-security-policy"))
    assert b"GPS" not in shown.body and shown.body != sent
    assert place.server.get(f"/files/{picture_hash}.jpg", If_None_Match=shown.headers["etag"]).status == 304
    for other in [f"{picture_hash}.png", f"{picture_hash}.html", picture_hash, picture_hash.upper() + ".jpg", "x.jpg",
                  "..%2f..%2fjournal.key", f"{'0' * 64}.jpg"]:
        assert place.server.get(f"/files/{other}").status == 404, other
    picture = place.store.query("SELECT id FROM profile_picture WHERE alt = 'A street'")[0][0]
    assert post(place.server, f"{PICTURES.format('anyang')}/{picture}/remove", person, {}).status == 303
    assert place.server.get(f"/files/{picture_hash}.jpg").status == 404


def test_the_second_of_two_editors_sees_both_versions_and_chooses(place: Place, browser: Browser) -> None:
    first, second = place.person("editor", "gimpo", name="Ahn First"), place.person("representative", "gimpo")
    path = "/portal/gimpo/profile/description"
    with watched(browser, place.server) as mine, watched(browser, place.server) as theirs:
        enter(mine, place, second, path)
        page = enter(theirs, place, first, path)
        page.get_by_label("What you are and work on").fill("Theirs: an airport.")
        save(page, "The description is saved.")
        page = mine.page
        page.get_by_label("What you are and work on").fill("Mine: a river.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Ahn First changed this while you were writing")
        expect(page.locator(".beside")).to_contain_text("Theirs: an airport.")
        expect(page.get_by_label("What you are and work on")).to_have_value("Mine: a river.")
        assert place.store.query("SELECT text FROM profile_text WHERE text LIKE 'Theirs%'")
        page.get_by_role("button", name="Save mine over it").click()
        expect(page.locator(".notice.done")).to_have_text("The description is saved.")
        assert place.store.query(
            f"SELECT text FROM profile_text WHERE member_id = {quoted(member_id(place.store, 'gimpo'))}"
        ) == [("Mine: a river.",)]


def test_a_representative_proposes_and_the_officer_decides(place: Place, browser: Browser) -> None:
    representative = place.person("representative", "seongnam", name="Han Ji-min")
    officer = place.person("officer", name="Oh Ji-woo")
    with watched(browser, place.server) as seen, watched(browser, place.server) as office:
        page = enter(seen, place, representative, "/portal/seongnam/facts")
        page.get_by_role("link", name=re.compile("Propose a change.*population")).click()
        page.get_by_label("Population").fill("915,000")
        page.get_by_label("Year of the figure").fill("2025")
        page.get_by_label("Where it can be checked").fill("City statistics 2025")
        page.get_by_label("Document (if you like)").set_input_files(
            {"name": "통계 2025.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"})
        page.get_by_role("button", name="Propose").click()
        expect(page.locator(".notice.done")).to_contain_text("Proposed.")
        expect(page.locator(".rows")).to_contain_text("Waiting")

        desk = enter(office, place, officer, "/console")
        row = desk.locator(".rows li", has_text="Seongnam: population")
        expect(row).to_contain_text("915,000 (2025)")
        row.get_by_role("link", name="Accept or decline").click()
        expect(desk.locator(".beside")).to_contain_text("Proposed")
        with desk.expect_download() as download:
            desk.get_by_role("link", name="통계 2025.pdf").click()
        assert download.value.suggested_filename == "통계 2025.pdf"
        desk.get_by_role("button", name="Decline").click()
        expect(desk.get_by_role("alert")).to_contain_text("Say why.")
        desk.get_by_label("Reason").fill("The table is of 2024.")
        desk.get_by_role("button", name="Decline").click()
        expect(desk.locator(".notice.done")).to_contain_text("Declined.")

        seen.open("/portal/seongnam/facts")
        expect(page.locator(".rows")).to_contain_text("The table is of 2024.")
        page.get_by_role("link", name=re.compile("Propose a change.*population")).click()
        page.get_by_label("Population").fill("913000")
        page.get_by_label("Year of the figure").fill("2024")
        page.get_by_label("Where it can be checked").fill("City statistics 2024")
        page.get_by_role("button", name="Propose").click()
        office.open("/console/proposals")
        desk.get_by_role("link", name="Seongnam: population").click()
        desk.get_by_role("button", name="Accept and write it").click()
        expect(desk.locator(".notice.done")).to_contain_text("Accepted and written.")
        office.open("/members/seongnam")
        expect(desk.get_by_role("region", name="Figures")).to_contain_text("913,000")
    mails = place.store.query(f"SELECT subject FROM mail WHERE person_id = {quoted(representative.person_id)} ORDER BY queued_at")
    assert [subject for (subject,) in mails] == ["Not accepted: population of Seongnam", "Accepted: population of Seongnam"]


def test_a_newer_proposal_takes_the_place_of_the_one_that_waits(place: Place, seen: Watched) -> None:
    page = enter(seen, place, place.person("representative", "bucharest"), "/portal/bucharest/facts/area")
    for value, words in [("883.5", "Proposed. The secretariat decides"), ("883.7", "in place of the proposal that was waiting")]:
        page.get_by_label("Area in km²").fill(value)
        page.get_by_label("Where it can be checked").fill("Land register")
        page.get_by_role("button", name="Propose").click()
        expect(page.locator(".notice.done")).to_contain_text(words)
        seen.open("/portal/bucharest/facts/area")
    expect(page.get_by_text("A proposal waits already.")).to_be_visible()
    seen.open("/portal/bucharest/facts")
    page.get_by_role("button", name=re.compile("Withdraw.*Area")).click()
    expect(page.locator(".notice.done")).to_have_text("The proposal is withdrawn.")


def test_a_representative_invites_and_ends(place: Place, seen: Watched) -> None:
    page = enter(seen, place, place.person("representative", "astana", name="Seo Rep"), "/portal/astana/people")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Name").fill("Kim New")
    page.get_by_label("E-mail").fill("new@astana.example")
    page.get_by_label("Role").select_option("editor")
    page.get_by_role("button", name="Invite").click()
    expect(page.locator(".notice.done")).to_have_text("Kim New is invited by mail.")
    row = page.locator(".rows li", has_text="Kim New")
    expect(row).to_contain_text("invited")
    row.get_by_role("button", name="Take back").click()
    expect(page.locator(".notice.done")).to_have_text("The invitation is taken back.")
    place.person("editor", "astana", name="Lim Former")
    seen.open("/portal/astana/people")
    page.get_by_role("link", name=re.compile("End.*Lim Former")).click()
    expect(page.get_by_text("Lim Former will no longer be member's editor of Astana.")).to_be_visible()
    page.get_by_role("button", name="End the role").click()
    expect(page.locator(".notice.done")).to_have_text("The role is ended.")
    expect(page.get_by_role("region", name="Before")).to_contain_text("Lim Former")


def test_somebody_with_two_members_chooses(place: Place, seen: Watched) -> None:
    person = place.person("editor", "calabar")
    give(place.store, person.person_id, "delegate", "caracas")
    page = enter(seen, place, person, "/portal")
    page.get_by_role("link", name="Caracas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Caracas")
    page.get_by_role("link", name="Your members").click()
    page.get_by_role("link", name="Calabar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calabar")


def test_somebody_with_one_member_goes_there_at_once(place: Place, seen: Watched) -> None:
    page = enter(seen, place, place.person("delegate", "abuja"), "/portal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Abuja")
    expect(page.get_by_role("link", name="Invite somebody")).to_have_count(0)
    seen.open("/portal/abuja/profile")
    expect(page.get_by_role("link", name=re.compile("^Change"))).to_have_count(0)
    seen.open("/portal/abuja/facts")
    expect(page.get_by_role("link", name=re.compile("^Propose"))).to_have_count(0)


def test_the_room_works_without_javascript(place: Place, browser: Browser) -> None:
    with watched(browser, place.server, scripts=False) as seen:
        place.person("editor", "brussels").enter(seen.page.context, place.server)
        page = seen.page
        page.goto(place.server.url + "/portal/brussels/profile/website")
        page.get_by_label("Address of your web site").fill("not an address")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("This is no web address.")
        page.get_by_label("Address of your web site").fill("https://brussels.example")
        save(page, "The web site's address is saved.")
