"""A member's room: what nobody else can do to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.eyes import Watched, watched
from support.forms import post, upload
from support.pages import parse
from support.pictures import DISGUISED, png
from support.places import Place, enter
from support.rooms import member_id, quoted

pytestmark = pytest.mark.stories

PICTURES = "/portal/{}/profile/pictures"


def test_another_members_room_stays_shut(place: Place) -> None:
    """Every address of the room, with somebody of another member."""
    for role in ("representative", "editor", "delegate"):
        stranger = place.person(role, "abuja")
        for below in ["", "/profile", "/profile/description", "/profile/contacts", "/profile/website", "/profile/tags",
                      "/profile/pictures", "/facts", "/facts/name", "/dues", "/dues/account", "/dues/relief",
                      "/standing", "/people", "/people/invite"]:
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
