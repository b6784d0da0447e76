"""A member's room with all in it that it can show, as a browser shows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from support.eyes import watched
from support.forms import post, upload
from support.looks import assert_looks_right, assert_still
from support.pages import parse
from support.pictures import png
from support.places import Place
from support.rooms import Visitor

pytestmark = pytest.mark.looks


@pytest.fixture(scope="module")
def filled(sqlite_place: Place) -> list[tuple[str, Visitor]]:
    """A member with all that a room can show; the paths of its pages, and who looks at each."""
    place = sqlite_place
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
        answer = upload(place.server, "/portal/seoul/profile/pictures", person, {"kind": kind, "alt": alt, "caption": "In spring"},
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
    console = ["/members/seoul", "/portal/seoul", "/console", "/console?show=everyone", "/console?show=done",
               "/console/proposals", f"/console/proposals/{proposal}"]
    return [(f"/portal/seoul{below}", person) for below in rooms] + [(path, officer) for path in console]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_filled_room_is_accessible_quiet_and_fits(
    sqlite_place: Place, filled: list[tuple[str, Visitor]], browser: Browser, scheme: str, width: int
) -> None:
    with watched(browser, sqlite_place.server, width=width, scheme=scheme) as seen:
        for path, person in filled:
            person.enter(seen.page.context, sqlite_place.server)
            seen.open(path)
            assert_still(seen)
            assert_looks_right(seen, scheme)


def test_what_the_filled_room_sends_is_good_html(sqlite_place: Place, filled: list[tuple[str, Visitor]]) -> None:
    for path, person in filled:
        document = parse(sqlite_place.get(person, path).text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (path, label.attributes)
        for image in document.all("img"):
            assert image.attributes["alt"], path
