"""The rooms behind sign-in as a browser shows them: every kind of page, light and dark, wide and narrow; keys; the palette."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from support.eyes import Watched, picture, watched
from support.forms import post
from support.keyboard import walk
from support.looks import assert_looks_right
from support.pages import parse
from support.places import Place
from support.rooms import ROLES, Visitor

pytestmark = pytest.mark.looks

MEMBER = "seoul"

# One page of every kind, with the role that looks at it.
PAGES = {
    "today": ("administrator", "/console"),
    "members": ("administrator", "/console/members"),
    "members-search": ("administrator", "/console/members?q=seoul"),
    "members-columns": (
        "administrator", "/console/members?cols=status,country,tags,website,changed,people,head&status=any"),
    "members-none": ("administrator", "/console/members?q=qqqqqq"),
    "member": ("administrator", f"/console/members/{MEMBER}"),
    "member-edit": ("administrator", f"/console/members/{MEMBER}/edit"),
    "member-status": ("administrator", f"/console/members/{MEMBER}/status"),
    "member-names": ("administrator", f"/console/members/{MEMBER}/names"),
    "member-new": ("administrator", "/console/members/new"),
    "doubles": ("administrator", "/console/merge"),
    "merge-choose": ("administrator", f"/console/merge?kept={MEMBER}&q=seo"),
    "merge": ("administrator", f"/console/merge?kept={MEMBER}&merged=anyang"),
    "bulk": ("administrator", "/console/bulk"),
    "proposals": ("administrator", "/console/proposals"),
    "joining": ("administrator", "/console/joining"),
    "joining-ended": ("administrator", "/console/joining?state=admitted&request=adopted"),
    "application-new": ("administrator", "/console/joining/new"),
    "member-letter": ("administrator", f"/console/members/{MEMBER}/letter"),
    "decisions": ("administrator", "/console/decisions"),
    "decision-new": ("administrator", "/console/decisions/new"),
    "decisions-own": ("representative", "/decisions"),
    "events": ("administrator", "/console/events"),
    "event": ("administrator", "/console/events/ga6"),
    "event-new": ("administrator", "/console/events/new"),
    "event-edit": ("administrator", "/console/events/excom-2022/edit"),
    "event-add": ("administrator", "/console/events/excom-2022/add"),
    "event-list-not-whole": ("administrator", "/console/events/excom-2022"),
    "event-file": ("administrator", "/console/events/excom-2022/file"),
    "participation": ("administrator", f"/console/events/ga6/members/{MEMBER}/delegate"),
    "member-participation": ("administrator", f"/console/members/{MEMBER}/participation"),
    "dues": ("administrator", "/console/dues"),
    "dues-2023": ("administrator", "/console/dues?year=2023"),
    "dues-plan": ("administrator", "/console/dues/plan?year=2023"),
    "dues-plan-missing": ("administrator", "/console/dues/plan?year=2024&show=missing"),
    "invoices": ("administrator", "/console/dues/invoices"),
    "invoices-none": ("administrator", "/console/dues/invoices?q=qqqqqq"),
    "payments": ("administrator", "/console/dues/payments"),
    "payment-new": ("administrator", f"/console/dues/payments/new?member={MEMBER}"),
    "refund": ("administrator", f"/console/dues/payments/refund?member={MEMBER}"),
    "rates": ("administrator", "/console/dues/rates"),
    "bank-lines": ("administrator", "/console/dues/queue"),
    "statements": ("administrator", "/console/dues/statements"),
    "statement-new": ("administrator", "/console/dues/statements/new"),
    "mappings": ("administrator", "/console/dues/statements/mappings"),
    "mapping-new": ("administrator", "/console/dues/statements/mappings/new"),
    "fee-figures": ("administrator", "/console/dues/figures?all=1"),
    "fee-figure-new": ("administrator", f"/console/dues/figures/new?member={MEMBER}"),
    "fee-figures-file": ("administrator", "/console/dues/figures/file"),
    "fees-compared": ("administrator", "/console/dues/comparison?from=2023&to=2024"),
    "relief": ("administrator", "/console/dues/relief"),
    "member-dues": ("administrator", f"/console/members/{MEMBER}/dues"),
    "member-relief": ("administrator", f"/console/members/{MEMBER}/relief"),
    "member-standing": ("administrator", f"/console/members/{MEMBER}/standing"),
    "member-points": ("administrator", f"/console/members/{MEMBER}/points?from=2021-01-01"),
    "standing": ("administrator", "/console/standing"),
    "standing-untold": ("administrator", "/console/standing?show=cannot-tell"),
    "standing-members": ("administrator", "/console/standing/members?on=2023-12-31"),
    "ranking": ("administrator", "/console/standing/ranking?from=2021-01-01"),
    "people": ("administrator", "/console/people"),
    "invite": ("administrator", "/console/people/invite"),
    "rights": ("administrator", "/console/rights"),
    "imports": ("administrator", "/console/imports"),
    "import-new": ("administrator", "/console/imports/new"),
    "mail": ("administrator", "/console/mail"),
    "journal": ("administrator", "/console/journal"),
    "journal-narrowed": ("administrator", "/console/journal?action=member"),
    "jobs": ("administrator", "/console/jobs"),
    "settings": ("administrator", "/console/settings"),
    "find": ("administrator", "/console/find?q=seo"),
    "tokens": ("administrator", "/console/tokens"),
    "webhooks": ("administrator", "/console/webhooks"),
    "account": ("administrator", "/account"),
    "account-tokens": ("administrator", "/account/tokens"),
    "portal": ("representative", f"/portal/{MEMBER}"),
    "portal-dues": ("representative", f"/portal/{MEMBER}/dues"),
    "portal-dues-if": ("representative", f"/portal/{MEMBER}/dues?year=2023&if-population=120000"),
    "portal-account": ("representative", f"/portal/{MEMBER}/dues/account"),
    "portal-relief": ("representative", f"/portal/{MEMBER}/dues/relief"),
    "portal-standing": ("representative", f"/portal/{MEMBER}/standing?from=2021-01-01"),
    "portal-profile": ("representative", f"/portal/{MEMBER}/profile"),
    "portal-facts": ("representative", f"/portal/{MEMBER}/facts"),
    "portal-membership": ("representative", f"/portal/{MEMBER}/membership"),
    "portal-people": ("representative", f"/portal/{MEMBER}/people"),
    "portal-tokens": ("representative", f"/portal/{MEMBER}/tokens"),
}

every_page = pytest.mark.parametrize("kind", list(PAGES))


class House(Place):
    """A site with somebody of every role signed in."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.store, place.server)
        self.people: dict[str, Visitor] = {role: self.person(role, MEMBER) for role in ROLES}


@pytest.fixture(scope="module")
def house(sqlite_place: Place) -> House:
    return House(sqlite_place)


@pytest.fixture(scope="module")
def light(browser: Browser, house: House) -> Iterator[Watched]:
    with watched(browser, house.server) as seen:
        yield seen


@pytest.fixture(scope="module")
def dark(browser: Browser, house: House) -> Iterator[Watched]:
    with watched(browser, house.server, scheme="dark") as seen:
        yield seen


def enter(seen: Watched, house: House, kind: str, width: int | None = None) -> None:
    role, path = PAGES[kind]
    house.people[role].enter(seen.page.context, house.server)
    seen.open(path, width=width)
    assert seen.page.url.split("?")[0] == house.server.url + path.split("?")[0], "sent elsewhere"


@every_page
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_room_is_accessible_quiet_and_fits(
    light: Watched, dark: Watched, house: House, kind: str, scheme: str, width: int
) -> None:
    seen = light if scheme == "light" else dark
    enter(seen, house, kind, width)
    picture(seen, f"{kind}-{width}-{scheme}")
    assert_looks_right(seen, scheme)


@every_page
def test_room_is_kept_by_nobody_and_says_what_it_is(house: House, kind: str) -> None:
    role, path = PAGES[kind]
    answer = house.server.get(path, Cookie=house.people[role].cookie)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-store"
    document = parse(answer.text)
    assert len(document.first("title").text) >= 5
    assert [bool(each.text) for each in document.all("h1")] == [True]
    ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
    assert len(ids) == len(set(ids)), sorted(each for each in set(ids) if ids.count(each) > 1)
    for form in document.all("form", method="post"):
        assert form.all("input", name="form-token"), f"a form without its token: {form.attributes}"


@every_page
def test_everything_in_a_room_is_reached_with_the_keyboard(light: Watched, house: House, kind: str) -> None:
    enter(light, house, kind, 1280)
    walked = walk(light.page)
    assert walked.missed == [] and walked.invisible == []
    assert walked.stops > 5 and walked.ends, "Tab does not lead out of the page"


def test_ctrl_k_finds_a_member_and_enter_opens_it(light: Watched, house: House) -> None:
    enter(light, house, "journal", 1280)
    page = light.page
    page.keyboard.press("Control+k")
    page.keyboard.type("ulaanbaa")
    expect(page.get_by_role("option").first).to_contain_text("Ulaanbaatar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/members/ulaanbaatar*")


def test_ctrl_k_finds_actions_and_escape_closes(light: Watched, house: House) -> None:
    enter(light, house, "journal", 1280)
    page = light.page
    page.keyboard.press("Control+k")
    page.keyboard.type("import a")
    expect(page.get_by_role("option").first).to_contain_text("Import a spreadsheet")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_command_field_works_without_javascript(browser: Browser, house: House) -> None:
    with watched(browser, house.server, scripts=False) as seen:
        house.people["administrator"].enter(seen.page.context, house.server)
        seen.page.goto(house.server.url + "/console/journal")
        seen.page.get_by_role("searchbox", name="Find a member, person or action").fill("seou")
        seen.page.keyboard.press("Enter")
        expect(seen.page.get_by_role("link", name="Seoul", exact=True)).to_be_visible()


def test_question_mark_shows_the_keys_and_g_goes(light: Watched, house: House) -> None:
    enter(light, house, "journal", 1280)
    page = light.page
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/console/people")


def test_j_and_k_move_between_rows(light: Watched, house: House) -> None:
    enter(light, house, "journal", 1280)
    page = light.page
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("k")
    assert first and second and first != second
    assert page.evaluate("document.activeElement.getAttribute('href')") == first


def test_the_places_are_a_menu_on_a_phone(light: Watched, house: House) -> None:
    enter(light, house, "journal", 390)
    page = light.page
    expect(page.get_by_role("link", name="People and roles")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="People and roles").click()
    page.wait_for_url("**/console/people")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_its_own_places_and_no_others(house: House, role: str) -> None:
    """What the side bar shows is what opens; what it does not show does not open."""
    person = house.people[role]
    places = ["/console", "/console/members", "/console/proposals", "/console/joining", "/console/decisions", "/console/events",
              "/console/dues", "/console/standing", "/console/people", "/console/mail", "/console/imports", "/console/journal",
              "/console/jobs", "/console/tokens", "/console/webhooks", "/console/settings"]
    opened = [path for path in places if house.server.get(path, Cookie=person.cookie).status == 200]
    if not opened:
        assert role not in ("administrator", "officer", "finance", "communication", "auditor")
        return
    document = parse(house.server.get(opened[0], Cookie=person.cookie).text)
    shown = [each.attributes["href"] for each in document.first("nav").all("a")]
    assert shown == opened


def test_signing_out_ends_the_session(house: House) -> None:
    person = house.person("officer")
    page = parse(house.server.get("/console/members", Cookie=person.cookie).text)
    assert page.all("form", action="/sign-out")
    answer = post(house.server, "/sign-out", person, {})
    assert answer.status == 303 and "hansa=;" in answer.headers["set-cookie"].replace("hansa=\"\"", "hansa=")
    assert house.server.get("/console/members", Cookie=person.cookie).status == 303
