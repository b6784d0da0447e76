"""What every page must be to the eye and to a screen reader."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from support.eyes import Watched

GUIDELINES = {"resultTypes": ["violations"],
              "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}

COLOURS = """() => {
    const shown = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor);
    return [shown.find(c => c !== 'rgba(0, 0, 0, 0)') ?? 'rgb(255, 255, 255)', getComputedStyle(document.body).color];
}"""


def brightness(colour: str) -> float:
    """0 for black, 1 for white; of `rgb(…)` or of `color(srgb …)`."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    scale = 1 if colour.startswith("color(") else 255
    return sum(part * number / scale for part, number in zip((0.2126, 0.7152, 0.0722), numbers))


def paper_and_ink(page: Page) -> tuple[float, float]:
    """How bright a page's ground and its text are."""
    paper, ink = page.evaluate(COLOURS)
    return brightness(paper), brightness(ink)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=GUIDELINES).response["violations"]
    complaints = [
        f"{each['id']} ({each['impact']}): {each['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for each in found for node in each["nodes"]
    ]
    assert not complaints, "\n".join([page.url, *complaints])


# The innermost elements that reach beyond the window.
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > window.innerWidth + 0.5)
    .filter(each => ![...each.children].some(child => child.getBoundingClientRect().right > window.innerWidth + 0.5))
    .slice(0, 3).map(each => each.outerHTML.slice(0, 200))"""


def assert_fits(seen: Watched) -> None:
    document, window = seen.widest()
    assert document <= window, (
        f"{seen.page.url} scrolls sideways: {document} > {window}: {seen.page.evaluate(STICKING_OUT)}")


def assert_still(seen: Watched) -> None:
    # 0.01 is a hair's breadth of one element; 0.1 is what the web calls good.
    assert seen.page.evaluate("window.__shift") < 0.01, f"{seen.page.url} moved while it loaded"


def assert_quiet(seen: Watched, expected: re.Pattern[str] | None = None) -> None:
    """No error but `expected`, no policy broken, no request that failed or went elsewhere."""
    assert [each for each in seen.errors if not (expected and expected.search(each))] == [], seen.page.url
    assert seen.page.evaluate("window.__brokenPolicies") == [], seen.page.url
    assert seen.failed == [] and seen.elsewhere == [], seen.page.url


def assert_colours(page: Page, scheme: str) -> None:
    paper, ink = paper_and_ink(page)
    assert (paper > 0.8 and ink < 0.2) if scheme == "light" else (paper < 0.2 and ink > 0.6), (page.url, paper, ink)


def assert_looks_right(seen: Watched, scheme: str, expected: re.Pattern[str] | None = None) -> None:
    """All of it but assert_still, of the page that was just opened."""
    assert_accessible(seen.page)
    assert_fits(seen)
    assert_colours(seen.page, scheme)
    assert_quiet(seen, expected)
