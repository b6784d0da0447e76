"""A member's room: what its people do there, and what nobody else can do to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.engines import Store, new_store
from support.eyes import Watched, watched
from support.forms import header_values, post, upload
from support.pages import parse
from support.pictures import DISGUISED, png, text_chunk
from support.program import RECORDS, Server, hansa
from support.rooms import Visitor, give, member_id, quoted, visitor
from test_looks import GUIDELINES

pytestmark = pytest.mark.stories

PICTURES = "/portal/{}/profile/pictures"


@dataclass
class Place:
    """A site of a test's own with people in it."""

    store: Store
    server: Server

    def person(self, role: str, member: str = "seoul", name: str | None = None) -> Visitor:
        return visitor(self.store, role, member if role in ("representative", "editor", "delegate") else "", name=name)

    def count(self, table: str, condition: str = "1 = 1") -> int:
        return int(self.store.query(f"SELECT count(*) FROM {table} WHERE {condition}")[0][0])


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("portal")
    store = new_store(request.param, folder)
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    server = Server(
        store.setting, folder, HANSA_FILES_FOLDER=str(folder / "files"), HANSA_MAIL_FOLDER=str(folder / "mail"),
        HANSA_JOURNAL_KEY=str(folder / "journal.key")).start()
    try:
        yield Place(store, server)
    finally:
        status = server.stop()
        store.remove()
    assert status == 0


@pytest.fixture
def seen(browser: Browser, place: Place) -> Iterator[Watched]:
    with watched(browser, place.server) as page:
        yield page
    assert page.elsewhere == [], "a request to another host"


def enter(seen: Watched, place: Place, person: Visitor, path: str) -> Page:
    person.enter(seen.page.context, place.server)
    seen.open(path)
    return seen.page


def save(page: Page, words: str) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".notice.done")).to_have_text(words)


# ---- What a member's people do ----


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


@pytest.fixture(scope="module")
def filled(place: Place) -> dict[str, str]:
    """A member with all that a room can show; the paths of its pages, and whose they are."""
    person = place.person("representative", "seoul", name="Park Min-ji")
    long = "A rather long line of words about the city and its systems for air, water and transport. " * 4
    for path, fields in [
        ("description", {"language": "en", "text": long + "\n\n" + long, "seen": ""}),
        ("contacts", {
            "contacts.0.kind": "email", "contacts.0.value": "a-rather-long-address.of-an-office@seoul.example",
            "contacts.0.label": "Smart City Division", "contacts.0.public": "on", "contacts.1.kind": "address",
            "contacts.1.value": "110 Sejong-daero\nJung-gu", "contacts.1.label": "", "seen": ""}),
    ]:
        shown = parse(place.server.get(f"/portal/seoul/profile/{path}", Cookie=person.cookie).text)
        fields["seen"] = shown.first("input", name="seen").attributes["value"]
        assert post(place.server, f"/portal/seoul/profile/{path}", person, fields).status == 303
    for kind, alt in [("logo", "Houses"), ("photo", "A river"), ("photo", "A palace")]:
        answer = upload(place.server, PICTURES.format("seoul"), person, {"kind": kind, "alt": alt, "caption": "In spring"},
                        {"picture": ("p.png", "image/png", png(1200, 500, (len(alt) * 9, 90, 120)))})
        assert answer.status == 303
    for fact, value, detail in [("name", "Seoul Special City of many more words than usual", ""), ("population", "9400000", "2025")]:
        fields = {"value": value, "detail": detail, "effective": "2026-01-01", "grounds": "Register"}
        assert upload(place.server, f"/portal/seoul/facts/{fact}", person, fields,
                      {"document": ("Decision of the council on its name, 2026.txt", "text/plain", b"yes")}).status == 303
    place.person("editor", "seoul", name="Lee Seo-yeon")
    proposal = place.store.query("SELECT id FROM proposal WHERE fact = 'name' AND state = 'waiting'")[0][0]
    officer = place.person("officer", name="Oh Ji-woo")
    rooms = ["", "/profile", "/profile/description", "/profile/contacts", "/profile/website", "/profile/tags",
             "/profile/pictures", "/facts", "/facts/name", "/facts/head-of-government", "/people", "/people/invite"]
    return {f"/portal/seoul{below}": person.token for below in rooms} | {
        path: officer.token for path in ["/members/seoul", "/portal/seoul", "/console", "/console?show=everyone",
                                         "/console?show=done", "/console/proposals", f"/console/proposals/{proposal}"]}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_filled_room_is_accessible_quiet_and_fits(
    place: Place, filled: dict[str, str], browser: Browser, scheme: str, width: int
) -> None:
    with watched(browser, place.server, width=width, scheme=scheme) as seen:
        for path, token in filled.items():
            seen.page.context.add_cookies([{"name": "hansa", "value": token, "url": place.server.url}])
            seen.open(path)
            found = Axe().run(seen.page, options=GUIDELINES).response["violations"]
            assert not found, (path, [(each["id"], each["nodes"][0]["html"][:200]) for each in found])
            document, window = seen.widest()
            assert document <= window, f"{path} scrolls sideways: {document} > {window}"
            assert seen.errors == [] and seen.failed == [] and seen.elsewhere == [], path
            assert seen.page.evaluate("window.__brokenPolicies") == [], path
            assert seen.page.evaluate("window.__shift") < 0.01, f"{path} moved while it loaded"


def test_what_the_filled_room_sends_is_good_html(place: Place, filled: dict[str, str]) -> None:
    for path, token in filled.items():
        document = parse(place.server.get(path, Cookie=f"hansa={token}").text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (path, label.attributes)
        for image in document.all("img"):
            assert image.attributes["alt"], path


# ---- What nobody does ----


def test_another_members_room_stays_shut(place: Place) -> None:
    """Every address of the room, with somebody of another member."""
    for role in ("representative", "editor", "delegate"):
        stranger = place.person(role, "abuja")
        for below in ["", "/profile", "/profile/description", "/profile/contacts", "/profile/website", "/profile/tags",
                      "/profile/pictures", "/facts", "/facts/name", "/people", "/people/invite"]:
            answer = place.server.get(f"/portal/accra{below}", Cookie=stranger.cookie)
            assert answer.status == 403, (role, below)
            assert "Accra" not in answer.text, (role, below)
        there = place.server.get("/portal/there-is-no-such-member", Cookie=stranger.cookie)
        assert there.status == 404


def test_another_members_record_by_its_id_is_not_touched(place: Place) -> None:
    """The path names one's own member, the id somebody else's picture, proposal, role or invitation."""
    owner, thief = place.person("representative", "agra"), place.person("representative", "abuja")
    upload(place.server, PICTURES.format("agra"), owner, {"kind": "photo", "alt": "A wall"},
           {"picture": ("w.png", "image/png", png(30, 30, (9, 9, 9)))})
    upload(place.server, "/portal/agra/facts/area", owner,
           {"value": "121", "effective": "2026-01-01", "grounds": "Register"},
           {"document": ("secret.txt", "text/plain", b"for the secretariat alone")})
    post(place.server, "/portal/agra/people/invite", owner,
         {"name": "Yoo Guest", "email": "guest@agra.example", "role": "editor", "language": "en"})
    agra = quoted(member_id(place.store, "agra"))
    picture = place.store.query(f"SELECT id FROM profile_picture WHERE member_id = {agra}")[0][0]
    proposal = place.store.query(f"SELECT id FROM proposal WHERE member_id = {agra}")[0][0]
    grant = place.store.query(f"SELECT id FROM role_grant WHERE person_id = {quoted(owner.person_id)}")[0][0]
    invitation = place.store.query("SELECT id FROM invitation ORDER BY made_at DESC LIMIT 1")[0][0]
    before = place.count("profile_picture"), place.count("role_grant", "ended_at IS NULL")
    attempts = [
        (f"{PICTURES.format('abuja')}/{picture}/remove", {}),
        (f"{PICTURES.format('abuja')}/{picture}/up", {}),
        (f"{PICTURES.format('abuja')}/{picture}/describe", {"alt": "Mine", "caption": "", "seen": ""}),
        (f"/portal/abuja/proposals/{proposal}/withdraw", {}),
        (f"/portal/abuja/people/roles/{grant}/end", {}),
        (f"/portal/abuja/people/invitations/{invitation}/revoke", {}),
        (f"/portal/abuja/people/invitations/{invitation}/again", {}),
        ("/console/proposals/" + proposal + "/accept", {"seen": ""}),
    ]
    for path, fields in attempts:
        assert post(place.server, path, thief, fields).status == 403, path
    for path in [f"/portal/abuja/proposals/{proposal}/document", f"/console/proposals/{proposal}",
                 f"/console/proposals/{proposal}/document"]:
        answer = place.server.get(path, Cookie=thief.cookie)
        assert answer.status == 403 and b"secretariat alone" not in answer.body, path
    own = place.server.get(f"/portal/agra/proposals/{proposal}/document", Cookie=owner.cookie)
    assert own.body == b"for the secretariat alone"
    assert own.headers["content-disposition"].startswith("attachment;")
    assert (place.count("profile_picture"), place.count("role_grant", "ended_at IS NULL")) == before
    assert place.store.query(f"SELECT state FROM proposal WHERE id = {quoted(proposal)}") == [("waiting",)]
    # The document is in the store by its hash, and has no address by it.
    stored = place.store.query(f"SELECT hash FROM file_use WHERE owner_id = {quoted(proposal)}")[0][0]
    for ending in ("txt", "jpg", "png"):
        assert place.server.get(f"/files/{stored}.{ending}").status == 404


@pytest.mark.parametrize(("role", "fields"), [
    pytest.param("editor", {"role": "representative"}, id="an-editor-makes-a-representative"),
    pytest.param("delegate", {"role": "editor"}, id="a-delegate-makes-an-editor"),
    pytest.param("representative", {"role": "administrator"}, id="a-representative-makes-an-administrator"),
    pytest.param("representative", {"role": "committee"}, id="a-representative-seats-a-committee"),
])
def test_a_forged_role_is_not_given(place: Place, role: str, fields: dict[str, str]) -> None:
    person = place.person(role, "baku")
    before = place.count("role_grant"), place.count("person")
    answer = post(place.server, "/portal/baku/people/invite", person,
                  {"name": "Mr Forged", "email": "forged@baku.example", "language": "en", **fields})
    assert answer.status in (403, 422), answer.status
    assert (place.count("role_grant"), place.count("person")) == before


def test_a_forged_member_in_a_form_is_not_heard(place: Place) -> None:
    person = place.person("representative", "jeju")
    other = member_id(place.store, "seoul")
    forged = {"member": other, "member_id": other, "memberID": other, "place": other, "key": "seoul"}
    before = place.count("role_grant", f"place_id = {quoted(other)}")
    answer = post(place.server, "/portal/jeju/people/invite", person,
                  {"name": "Mo Ved", "email": "moved@jeju.example", "role": "editor", "language": "en", **forged})
    assert answer.status == 303
    assert place.count("role_grant", f"place_id = {quoted(other)}") == before
    post(place.server, "/portal/jeju/profile/website", person, {"website": "https://jeju.example", "seen": "", **forged})
    assert place.count("member", f"id = {quoted(other)} AND website = 'https://jeju.example'") == 0


@pytest.mark.parametrize("kind", sorted(DISGUISED))
def test_a_disguised_file_is_no_picture(place: Place, kind: str) -> None:
    person = place.person("editor", "bandung")
    before = place.count("profile_picture"), place.count("file")
    answer = upload(place.server, PICTURES.format("bandung"), person, {"kind": "photo", "alt": "Nice"},
                    {"picture": ("holiday.png", "image/png", DISGUISED[kind])})
    assert answer.status == 422, kind
    assert "Nice" in answer.text, "what was typed is lost"
    assert (place.count("profile_picture"), place.count("file")) == before
    assert place.server.runs()


@pytest.mark.parametrize("kind", ["html", "svg", "script", "program"])
def test_a_disguised_document_is_refused(place: Place, kind: str) -> None:
    person = place.person("representative", "bandung")
    answer = upload(place.server, "/portal/bandung/facts/area", person,
                    {"value": "750", "effective": "2026-01-01", "grounds": "Register"},
                    {"document": ("decision.pdf", "application/pdf", DISGUISED[kind])})
    assert answer.status == 422, kind
    assert place.count("proposal", f"member_id = {quoted(member_id(place.store, 'bandung'))}") == 0


def test_too_large_a_file_is_refused(place: Place) -> None:
    person = place.person("editor", "bandung")
    answer = upload(place.server, PICTURES.format("bandung"), person, {"kind": "photo", "alt": "Large"},
                    {"picture": ("large.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * (22 << 20))})
    assert answer.status in (413, 422)
    assert place.server.runs()


HOSTILE = "<script>window.__broken = 1</script><img src=x onerror=\"window.__broken=1\">\"'>"


def test_what_members_write_is_text_and_never_markup(place: Place, seen: Watched) -> None:
    person = place.person("editor", "berlin")
    posts = [
        ("/portal/berlin/profile/description", {"language": "en", "text": HOSTILE, "seen": "0"}),
        ("/portal/berlin/profile/contacts", {
            "contacts.0.kind": "address", "contacts.0.value": HOSTILE, "contacts.0.label": HOSTILE[:70],
            "contacts.0.public": "on", "seen": "0"}),
    ]
    for path, fields in posts:
        shown = post(place.server, path, person, fields)
        # The mark is none that a form had, so where something stood before the form comes again with the right one.
        assert shown.status in (303, 409), path
    upload(place.server, PICTURES.format("berlin"), person, {"kind": "photo", "alt": HOSTILE, "caption": HOSTILE},
           {"picture": (HOSTILE.replace('"', "'") + ".png", "image/png", png(30, 30))})
    for path in ["/members/berlin", "/portal/berlin/profile", "/portal/berlin/profile/contacts",
                 "/portal/berlin/profile/pictures", "/portal/berlin/profile/description"]:
        page = enter(seen, place, person, path)
        assert page.evaluate("window.__broken") is None, path
        assert page.evaluate("window.__brokenPolicies") == [], path
        assert seen.failed == [] and seen.errors == [], path
    seen.open("/members/berlin")
    expect(seen.page.get_by_role("region", name="In its own words")).to_contain_text("<script>window.__broken = 1</script>")


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)//https://x.example", "java\tscript:alert(1)", "data:text/html,<script>1</script>",
    "//evil.example", "https://good.example@evil.example/", "vbscript:x", "https://x.example/\"onmouseover=\"alert(1)",
])
def test_a_link_that_is_none_is_not_kept(place: Place, address: str) -> None:
    person = place.person("editor", "birmingham")
    rows = [
        ("/portal/birmingham/profile/website", {"website": address, "seen": ""}),
        ("/portal/birmingham/profile/contacts", {
            "contacts.0.kind": "social", "contacts.0.value": address, "contacts.0.label": "", "contacts.0.public": "on",
            "seen": ""}),
    ]
    for path, fields in rows:
        assert post(place.server, path, person, fields).status in (400, 409, 422), (path, address)
    document = parse(place.server.get("/members/birmingham").text)
    for link in document.all("a"):
        href = link.attributes.get("href", "")
        assert href.startswith(("/", "#", "https://", "http://", "mailto:")), href
        assert "evil.example" not in href


def test_a_form_of_another_site_changes_nothing(place: Place, browser: Browser, tmp_path: Path) -> None:
    """A page elsewhere posts with the victim's cookies; and the same by hand, with every token but the right one."""
    person, other = place.person("representative", "bishkek"), place.person("representative", "bishkek")
    path = "/portal/bishkek/profile/website"
    fields = {"website": "https://evil.example", "seen": ""}
    assert post(place.server, path, person, fields, token="").status == 403
    assert post(place.server, path, person, fields, token=other.form_token).status == 403
    assert post(place.server, path, person, fields, Sec_Fetch_Site="cross-site").status == 403
    assert post(place.server, path, None, fields).status == 401
    trap = tmp_path / "trap.html"
    trap.write_text(
        f"<form method=post action='{place.server.url}{path}'><input name=website value='https://evil.example'>"
        "<input name=seen></form><script>document.forms[0].submit()</script>")
    with watched(browser, place.server) as seen:
        person.enter(seen.page.context, place.server)
        seen.page.goto(trap.as_uri())
        seen.page.wait_for_url(re.compile(re.escape(place.server.url)))
    assert place.count("member", "website = 'https://evil.example'") == 0
