"""The site in several languages: nothing stays English, nobody loses their language or their page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from support.engines import Store
from support.eyes import watched
from support.forms import post
from support.looks import assert_accessible, assert_fits
from support.pages import KINDS, Addresses, Element, parse
from support.places import Originals, Place, open_place
from support.program import Server, hansa, serving
from support.pseudo import Records, english_left
from support.rooms import Visitor
from support.town import open_town
from test_rooms import PAGES

pytestmark = pytest.mark.languages

# The address and the `lang` of each language; en-XA is for these tests alone.
TAGS = {"": "en", "/ko": "ko", "/es": "es", "/zh": "zh-Hans", "/en-XA": "en-XA"}
ENDONYMS = {"": "English", "/ko": "한국어", "/es": "Español", "/zh": "中文", "/en-XA": "Pseudo"}
SETTINGS = {"HANSA_LANGUAGES": "en,ko,es,zh,en-XA"}

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"

every_language = pytest.mark.parametrize("prefix", list(TAGS))


@pytest.fixture(scope="module")
def house(originals: Originals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(originals, "sqlite", tmp_path_factory.mktemp("languages"), **SETTINGS) as made:
        yield made


@pytest.fixture(scope="module")
def people(house: Place) -> dict[str, Visitor]:
    return {role: house.person(role) for role in sorted({role for role, _ in PAGES.values()})}


@pytest.fixture(scope="module")
def records(house: Place, people: dict[str, Visitor]) -> Records:
    assert people
    return Records(house.store)


@pytest.fixture(scope="module")
def public(house: Place) -> Addresses:
    return Addresses(house.server)


def shown(server: Server, path: str, person: Visitor | None = None, status: int = 200) -> Element:
    answer = server.get(path, **({"Cookie": person.cookie} if person else {}))
    assert answer.status == status, f"{path}: {answer.status}"
    return parse(answer.text)


def switch(document: Element) -> dict[str, Element]:
    """The links to the page in each language, by what they are called."""
    return {each.text: each for each in document.first("nav", **{"class": "languages"}).all("a")}


# ---- Nothing stays English

CREDITS = {"GeoNames", "Natural", "Earth"}
LANGUAGES = {"en", "ko", "ja", "zh"}
# What is the same in every language and has no element of its own: codes of languages in a choice, the name of a browser.
IN_ROOMS = {"member-names": LANGUAGES, "account": {"journey"}}


def assert_translated(document: Element, records: Records, allowed: set[str]) -> None:
    left = english_left(document, records, allowed | CREDITS)
    assert not left, "in English:\n" + "\n".join(left)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_public_page_says_nothing_that_translators_cannot_reach(
    house: Place, public: Addresses, records: Records, kind: str
) -> None:
    status = 404 if kind == "not-found" else 200
    document = shown(house.server, "/en-XA" + public[kind], status=status)
    # What was searched for.
    assert_translated(document, records, {"qqqqqqqq"} if kind == "search-without-result" else set())


@pytest.mark.parametrize("kind", list(PAGES))
def test_a_room_says_nothing_that_translators_cannot_reach(
    house: Place, people: dict[str, Visitor], records: Records, kind: str
) -> None:
    role, path = PAGES[kind]
    document = shown(house.server, "/en-XA" + path, people[role])
    assert_translated(document, records, IN_ROOMS.get(kind, set()))


@pytest.mark.parametrize("path", [
    "/sign-in", "/sign-in/sent", "/sign-in/ended", "/join/start", "/join/sent", "/join/link",
])
def test_the_door_says_nothing_that_translators_cannot_reach(house: Place, records: Records, path: str) -> None:
    assert_translated(shown(house.server, "/en-XA" + path), records, set())


def test_prose_of_the_records_and_of_the_charter_is_marked_or_found(records: Records) -> None:
    note = "Founder; only the year is printed."
    assert note in records.prose
    marked = f'<html lang="en-XA"><title>{note}</title><p><span lang="en">{note}</span></p><a title="{note}">12</a></html>'
    assert english_left(parse(marked), records, set()) == []
    for text in (note, "Turkey and the whole of Russia are printed under Europe.", "Host city of the General Assembly"):
        assert english_left(parse(f'<html lang="en-XA"><p>{text}</p></html>'), records, set()), text


@every_language
def test_the_feed_is_in_its_language_and_each_page_leads_to_it(house: Place, prefix: str) -> None:
    feed = ElementTree.fromstring(house.server.get(prefix + "/feed.atom").body)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == TAGS[prefix]
    assert urlsplit(feed.findtext(ATOM + "id")).path == prefix + "/feed.atom"
    links = [urlsplit(link.get("href")).path for link in feed.iter(ATOM + "link")]
    assert len(links) > 10 and all(link.startswith(prefix + "/") for link in links)
    english = ElementTree.fromstring(house.server.get("/feed.atom").body)
    assert len(feed.findall(ATOM + "entry")) == len(english.findall(ATOM + "entry"))
    assert (feed.findtext(ATOM + "title") == english.findtext(ATOM + "title")) == (prefix == "")
    page = shown(house.server, prefix + "/")
    named = [link.attributes["href"] for link in page.all("link", type="application/atom+xml")]
    assert named == [prefix + "/feed.atom"]
    assert prefix + "/feed.atom" in [link.attributes.get("href") for link in page.first("footer").all("a")]


def test_a_feed_says_nothing_that_translators_cannot_reach(house: Place, records: Records) -> None:
    feed = ElementTree.fromstring(house.server.get("/en-XA/feed.atom").body)
    for title in [entry.findtext(ATOM + "title") for entry in feed.iter(ATOM + "entry")]:
        assert english_left(parse(f"<p>{escape(title)}</p>"), records, set()) == [], title
    said = [part for element in feed.iter(XHTML + "p") for part in (element.text, *(each.tail for each in element)) if part]
    assert said
    for part in said:
        assert english_left(parse(f"<p>{escape(part)}</p>"), records, set()) == [], part


def test_a_word_in_english_would_be_found(records: Records) -> None:
    """The test above must be able to fail."""
    page = parse('<html lang="en-XA"><h1>Sign in here</h1><a title="Open it">[Ṁéɱɱƀéŕŕš]</a><b>Seoul</b> 12 Mar 2021</html>')
    assert [each.split(" ", 1)[0] for each in english_left(page, records, set())] == ["<h1>", "<a"]


# ---- The languages on a page


@every_language
@pytest.mark.parametrize("path", [
    "/", "/members?category=local-government&status=any&sort=-name", "/members?q=seoul", "/map?on=2021-12-31", "/figures",
    "/sign-in?to=%2Faccount",
])
def test_each_language_leads_to_the_same_page_with_its_query(house: Place, prefix: str, path: str) -> None:
    document = shown(house.server, prefix + path)
    assert document.first("html").attributes["lang"] == TAGS[prefix]
    links = switch(document)
    assert {name: each.attributes["href"] for name, each in links.items()} == {
        ENDONYMS[other]: other + path for other in TAGS}
    assert all(each.attributes["lang"] == each.attributes["hreflang"] for each in links.values())
    assert [name for name, each in links.items() if "aria-current" in each.attributes] == [ENDONYMS[prefix]]


@every_language
def test_rooms_have_them_too(house: Place, people: dict[str, Visitor], prefix: str) -> None:
    path = "/console/members?q=seoul"
    document = shown(house.server, prefix + path, people["administrator"])
    assert document.first("html").attributes["lang"] == TAGS[prefix]
    assert {each.attributes["href"] for each in switch(document).values()} == {other + path for other in TAGS}


@every_language
def test_search_engines_are_told_of_each_language(house: Place, prefix: str) -> None:
    document = shown(house.server, prefix + "/countries")
    told = {each.attributes["hreflang"]: urlsplit(each.attributes["href"]).path
            for each in document.all("link", rel="alternate") if "hreflang" in each.attributes}
    assert told == {tag: other + "/countries" for other, tag in TAGS.items()} | {"x-default": "/countries"}
    canonical = document.first("link", rel="canonical").attributes["href"]
    assert urlsplit(canonical).path == prefix + "/countries"


def test_one_language_is_no_choice(sqlite: Store, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path, HANSA_LANGUAGES="en") as server:
        document = shown(server, "/members")
        assert document.all("nav", **{"class": "languages"}) == []
        assert [each for each in document.all("link") if "hreflang" in each.attributes] == []
        assert server.get("/ko/members").status == 404


@pytest.mark.parametrize("given", ["", "ko", "en,klingon", "en,en", "en,,ko"])
def test_languages_that_are_none_are_refused_at_the_start(given: str) -> None:
    # An empty value in the environment is a value.
    hansa("sqlite:/none", "serve", "--set", f"languages={given}", seconds=20).must_refuse("languages", "en, ko, es, zh")


def test_it_works_on_a_phone_without_javascript(browser: Browser, house: Place, people: dict[str, Visitor]) -> None:
    with watched(browser, house.server, width=390, scripts=False) as seen:
        seen.page.goto(house.server.url + "/members?q=seoul")
        seen.page.get_by_role("link", name="한국어", exact=True).click()
        seen.page.wait_for_url("**/ko/members?q=seoul")
        people["administrator"].enter(seen.page.context, house.server)
        seen.page.goto(house.server.url + "/ko/console/members")
        seen.page.locator("[data-side-menu] > summary").click()
        seen.page.get_by_role("link", name="Español", exact=True).click()
        seen.page.wait_for_url("**/es/console/members")


@every_language
@pytest.mark.parametrize("width", [1280, 800, 390, 320])
def test_the_header_fits_in_each_language(browser: Browser, house: Place, prefix: str, width: int) -> None:
    """The pseudo-language is a third longer than English."""
    with watched(browser, house.server) as seen:
        seen.open(prefix + "/members", width=width)
        assert_fits(seen)
        for link in seen.page.locator(".site-header a").all():
            assert link.is_visible()
        if width in (1280, 390):
            assert_accessible(seen.page)


# ---- Names


@pytest.mark.parametrize("prefix, country, category, region, association", [
    ("", "South Korea", "Local governments", "Africa", "World Smart Sustainable Cities Organization"),
    ("/ko", "대한민국", "지방정부", "아프리카", "세계스마트시티기구"),
    ("/es", "Corea del Sur", "Gobiernos locales", "África", "Organización Mundial de Ciudades Inteligentes y Sostenibles"),
    ("/zh", "韩国", "地方政府", "非洲", "世界智慧可持续城市组织"),
])
def test_the_directory_names_countries_and_categories_in_its_language(
    house: Place, prefix: str, country: str, category: str, region: str, association: str
) -> None:
    document = shown(house.server, prefix + "/members?q=seoul")
    main = document.first("main")

    def offered(name: str) -> list[str]:
        return [each.text for each in main.first("select", name=name).all("option")]

    assert country in offered("country") and category in offered("category")
    assert any(each.startswith(region) for each in offered("region"))
    assert association in document.first("footer").text
    row = main.first("tbody").first("tr").text
    assert country in row
    page = shown(house.server, prefix + "/countries/kr")
    assert page.first("h1").text == country
    assert country in page.first("title").text


def test_countries_are_in_the_order_of_their_language(house: Place) -> None:
    def offered(prefix: str) -> list[str]:
        chooser = shown(house.server, prefix + "/members").first("main").first("select", name="country")
        return [each.text for each in chooser.all("option")][1:]

    korean = offered("/ko")
    assert len(korean) > 40 and korean == sorted(korean)
    # An accent does not put a name behind all others.
    spanish = offered("/es")
    assert spanish.index("Alemania") < spanish.index("México") < spanish.index("Mongolia")


# ---- On the way


def test_the_language_is_kept_through_sign_in_and_forms(browser: Browser, sqlite: Store, tmp_path: Path) -> None:
    with open_town(sqlite, tmp_path) as town, watched(browser, town.server) as seen:
        page: Page = seen.page
        town.known("Kim Ha-neul", "haneul@seoul.test")
        page.goto(town.server.url + "/ko/account")
        page.wait_for_url("**/ko/sign-in?to=*")
        page.locator("input[name=email]").fill("haneul@seoul.test")
        page.locator("button[name=way][value=link]").click()
        page.wait_for_url("**/ko/sign-in/sent")
        link = urlsplit(town.letters.wait("haneul@seoul.test", "link to sign in").link)
        page.goto(f"{town.server.url}/ko{link.path}?{link.query}")
        page.locator("main button").click()
        page.wait_for_url("**/ko/portal**")
        page.goto(town.server.url + "/ko/account")
        details = page.locator("form[action='/ko/account/details']")
        details.locator("input[name=name]").fill("Kim Haneul")
        details.locator("button").click()
        expect(page.locator(".notice.done")).to_be_visible()
        expect(details.locator("input[name=name]")).to_have_value("Kim Haneul")
        assert page.locator("html").get_attribute("lang") == "ko"
        with page.expect_navigation():
            page.locator("form[action='/ko/sign-out'] button").click()
        assert urlsplit(page.url).path.startswith("/ko/")


@pytest.mark.parametrize("kind", list(PAGES))
def test_every_way_on_from_a_room_keeps_the_language(house: Place, people: dict[str, Visitor], kind: str) -> None:
    role, path = PAGES[kind]
    document = shown(house.server, "/ko" + path, people[role])
    others = {id(each) for each in switch(document).values()}
    ways = [each.attributes[name] for each in document.all() for name in ("href", "action", "formaction")
            if name in each.attributes and each.name in ("a", "form", "button") and id(each) not in others]
    assert len(ways) > 5
    assert [way for way in ways if way.startswith("/") and way != "/ko" and not way.startswith(("/ko/", "/assets/"))] == []


def test_a_form_is_answered_in_its_language(house: Place) -> None:
    person = house.person("editor")
    answer = post(house.server, "/ko/account/details", person, {"name": "Test Person", "language": "ko"})
    assert (answer.status, answer.headers["location"]) == (303, "/ko/account")
    refused = post(house.server, "/ko/account/details", person, {"name": "", "language": "ko"})
    document = parse(refused.text)
    assert refused.status == 422 and document.first("html").attributes["lang"] == "ko"
    # What was typed is on this page alone: no link leads to it in another language.
    assert document.all("nav", **{"class": "languages"}) == []
