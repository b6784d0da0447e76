"""Every kind of page as a browser shows it: light and dark, wide and narrow, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from support.eyes import Watched, watched
from support.keyboard import walk
from support.looks import assert_fits, assert_looks_right, assert_still, paper_and_ink
from support.pages import KINDS, Addresses, page, parse
from support.program import Server

pytestmark = pytest.mark.looks

# A page that cannot be found is an error in the browser's console, rightly.
EXPECTED_ERRORS = {"not-found": re.compile(r"Failed to load resource: .*404")}

# The first page that anybody sees, cold, with everything that it needs.
FIRST_PAGE_BYTES = 100_000
FIRST_PAGES = ["home", "members", "member", "country", "figures"]

every_kind = pytest.mark.parametrize("kind", list(KINDS))


@pytest.fixture(scope="module")
def light(browser: Browser, sqlite_site: Server) -> Iterator[Watched]:
    """One page for many tests: making a new context takes longer than looking."""
    with watched(browser, sqlite_site) as seen:
        yield seen


@pytest.fixture(scope="module")
def dark(browser: Browser, sqlite_site: Server) -> Iterator[Watched]:
    """The same for a reader who prefers dark."""
    with watched(browser, sqlite_site, scheme="dark") as seen:
        yield seen


@every_kind
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_quiet_and_fits(
    light: Watched, dark: Watched, addresses: Addresses, kind: str, scheme: str, width: int
) -> None:
    seen = light if scheme == "light" else dark
    seen.open(addresses[kind], width=width)
    assert_still(seen)
    assert_looks_right(seen, scheme, EXPECTED_ERRORS.get(kind))


@every_kind
# 320 px is what a window of 1280 px shows at 400 % (WCAG 1.4.10).
@pytest.mark.parametrize("width", [320, 360, 768, 2000])
def test_page_never_scrolls_sideways(light: Watched, addresses: Addresses, kind: str, width: int) -> None:
    light.open(addresses[kind], width=width)
    assert_fits(light)


@every_kind
def test_page_says_what_it_is(sqlite_site: Server, addresses: Addresses, kind: str) -> None:
    document = parse(sqlite_site.get(addresses[kind]).text)
    assert document.first("html").attributes["lang"].startswith("en")
    assert len(document.first("title").text) >= 5
    assert len(document.all("main")) == 1
    assert [bool(each.text) for each in document.all("h1")] == [True]
    if kind == "not-found":
        return
    description = document.first("meta", name="description").attributes["content"]
    assert 20 <= len(description) <= 300, description
    canonical = document.first("link", rel="canonical").attributes["href"]
    assert canonical.split("?")[0].endswith(addresses[kind].split("?")[0]), canonical


def test_titles_and_descriptions_differ_from_page_to_page(sqlite_site: Server, addresses: Addresses) -> None:
    kinds = ["home", "members", "member", "countries", "country", "region", "map", "figures", "figure", "about"]
    documents = {kind: page(sqlite_site, addresses[kind]) for kind in kinds}
    titles = {kind: document.first("title").text for kind, document in documents.items()}
    descriptions = {
        kind: document.first("meta", name="description").attributes["content"] for kind, document in documents.items()
    }
    assert len(set(titles.values())) == len(kinds), titles
    assert len(set(descriptions.values())) == len(kinds), descriptions


@pytest.fixture(scope="module")
def without_scripts(browser: Browser, sqlite_site: Server) -> Iterator[Watched]:
    """A page of a browser with JavaScript turned off."""
    with watched(browser, sqlite_site, scripts=False) as seen:
        yield seen


@every_kind
def test_page_reads_without_javascript(
    light: Watched, without_scripts: Watched, addresses: Addresses, kind: str
) -> None:
    light.open(addresses[kind], width=1280)
    without_scripts.page.goto(without_scripts.server.url + addresses[kind], wait_until="load")
    plain = without_scripts.page.locator("main").inner_text()
    assert without_scripts.page.locator("h1").is_visible()
    # Scripts may add controls; they may not be needed for what the page says.
    assert len(plain) >= 0.8 * len(light.page.locator("main").inner_text())
    assert not re.search(r"(enable|turn on|requires?|needs?) JavaScript", plain, re.IGNORECASE)


@pytest.mark.parametrize("kind", FIRST_PAGES)
def test_first_page_weighs_under_100_kilobytes(
    browser: Browser, sqlite_site: Server, addresses: Addresses, kind: str
) -> None:
    with watched(browser, sqlite_site) as seen:
        seen.open(addresses[kind])
        seen.page.wait_for_load_state("networkidle")
        assert 0 < seen.received < FIRST_PAGE_BYTES, f"{seen.received} bytes"


def test_page_prints_on_paper_colours(browser: Browser, sqlite_site: Server, addresses: Addresses) -> None:
    with watched(browser, sqlite_site, scheme="dark") as seen:
        seen.open(addresses["member"])
        seen.page.emulate_media(media="print", color_scheme="dark")
        paper, ink = paper_and_ink(seen.page)
        assert paper > 0.9 and ink < 0.2, "a dark page would be printed as black paper"
        assert not seen.page.locator("header nav").first.is_visible(), "navigation is of no use on paper"


@pytest.mark.parametrize("kind", ["home", "members", "map"])
def test_everything_is_reached_with_the_keyboard_and_focus_is_always_visible(
    light: Watched, addresses: Addresses, kind: str
) -> None:
    light.open(addresses[kind], width=1280)
    walked = walk(light.page)
    assert walked.missed == [] and walked.invisible == []
    assert walked.stops > 5 and walked.ends, "Tab does not lead out of the page"
