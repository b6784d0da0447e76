"""What a reader does: each story from the first click to the answer."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from support.eyes import watched
from support.pages import (
    KINDS, Addresses, all_member_links, first_link, links, member_links, option_values, page, parse, rows_of_csv,
)
from support.program import Server

pytestmark = pytest.mark.stories


def names(server: Server, query: str) -> list[str]:
    return [name for _, name in member_links(page(server, f"/members?q={quote(query)}"))]


def search_field(shown: Page):
    return shown.locator('main input[name="q"]').first


def table_keys(shown: Page) -> list[str]:
    """The keys of the members in the table, in order, as the browser shows them."""
    hrefs = shown.eval_on_selector_all(
        "main tbody tr", "rows => rows.map(r => r.querySelector('a[href^=\"/members/\"]')?.getAttribute('href'))")
    return [href.removeprefix("/members/") for href in hrefs if href]


@pytest.mark.parametrize(("typed", "found"), [
    pytest.param("Nur-Sultan", "Astana", id="the-name-it-had"),
    pytest.param("Astana", "Astana", id="the-name-it-has"),
    pytest.param("서울", "Seoul", id="hangul"),
    pytest.param("Sao Paulo", "São Paulo", id="without-accents"),
    pytest.param("são paulo", "São Paulo", id="lower-case"),
    pytest.param("SÃO PAULO", "São Paulo", id="upper-case"),
    pytest.param("Beyoglu", "Beyoğlu", id="turkish"),
    pytest.param("Wellingtn", "Wellington", id="a-letter-left-out"),
    pytest.param("Wellinghton", "Wellington", id="a-letter-too-many"),
    pytest.param("Wellimgton", "Wellington", id="a-wrong-letter"),
    pytest.param("Welli", "Wellington", id="beginning"),
    pytest.param("ulaan", "Ulaanbaatar", id="beginning-of-a-long-name"),
])
def test_member_is_found_by_any_of_its_names(site: Server, typed: str, found: str) -> None:
    assert any(found in name for name in names(site, typed)), names(site, typed)


def test_exact_name_comes_first(site: Server) -> None:
    assert names(site, "Wellington")[0] == "Wellington"


def test_name_that_nobody_has_finds_nothing_and_says_so(site: Server) -> None:
    document = page(site, "/members?q=Xyzzyqqq")
    assert member_links(document) == []
    said = document.first("main").text
    assert "Xyzzyqqq" in said or "no member" in said.lower(), said[:300]
    assert "/members" in links(document), "no way back to all members"


def test_old_name_stands_on_the_members_page(site: Server) -> None:
    key = member_links(page(site, "/members?q=Nur-Sultan"))[0][0]
    document = page(site, f"/members/{key}")
    assert document.first("h1").text.startswith("Astana")
    assert "Nur-Sultan" in document.first("main").text


def test_reader_filters_by_region_and_date_and_shares_the_address(browser: Browser, site: Server) -> None:
    with watched(browser, site) as mine:
        mine.open("/members")
        chooser = mine.page.locator('main select[name="region"]')
        region = option_values(parse(mine.page.content()), "region")[0]
        chooser.select_option(region)
        mine.page.locator('main input[name="on"]').fill("2020-12-31")
        mine.page.locator('main input[name="on"]').press("Enter")
        mine.page.wait_for_url(re.compile(r"on=2020-12-31"))
        expect(mine.page.locator("main tbody tr").first).to_be_visible()
        mine.page.wait_for_load_state("networkidle")
        address, rows = mine.page.url, table_keys(mine.page)
    assert parse_qs(urlsplit(address).query)["region"] == [region]
    assert rows

    with watched(browser, site) as yours:
        yours.page.goto(address)
        assert table_keys(yours.page) == rows
        assert yours.page.locator('main select[name="region"]').input_value() == region
        assert yours.page.locator('main input[name="on"]').input_value() == "2020-12-31"


def test_roll_of_two_days_differs_as_the_reports_do(site: Server) -> None:
    """154 named local governments at the end of 2020 (the report counts 155), 160 at the end of 2021."""
    local = next(value for value in option_values(page(site, "/members"), "category") if "local" in value.lower())
    for day, count in (("2020-12-31", 154), ("2021-12-31", 160)):
        listed = all_member_links(site, f"/members?category={quote(local)}&on={day}")
        assert len(listed) == len(set(listed)) == count, f"on {day}"


def test_pages_of_the_list_together_are_the_list(site: Server) -> None:
    listed = [key for key, _ in all_member_links(site, "/members")]
    assert len(listed) == len(set(listed))
    assert sorted(listed) == sorted(row["key"] for row in rows_of_csv(site, "/members.csv"))


@pytest.mark.parametrize("query", ["", "?q=dhaka", "?on=2020-12-31&sort=name", "?q=seoul&on=2021-12-31"])
def test_csv_is_the_table(site: Server, query: str) -> None:
    listed = all_member_links(site, f"/members{query}")
    rows = rows_of_csv(site, f"/members.csv{query}")
    assert [(row["key"], row["name"]) for row in rows] == listed


def test_csv_link_keeps_the_filters(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/members?q=dhaka&on=2021-12-31")
        link = seen.page.locator('main a[href^="/members.csv"]').first
        asked = parse_qs(urlsplit(link.get_attribute("href")).query)
        assert asked["q"] == ["dhaka"] and asked["on"] == ["2021-12-31"]


def test_csv_cells_are_not_formulas(site: Server) -> None:
    answer = site.get("/members.csv")
    for line in rows_of_csv(site, "/members.csv"):
        for name, cell in line.items():
            if cell[:1] in ("=", "+", "@", "\t", "\r"):
                raise AssertionError(f"a spreadsheet would calculate {name} of {line}")
    assert "attachment" in answer.headers.get("content-disposition", "")


def test_each_sort_order_is_a_link_and_sorts(site: Server) -> None:
    document = page(site, "/members")
    orders = {parse_qs(urlsplit(link).query)["sort"][0] for link in links(document) if "sort=" in link}
    assert orders, "no column can be sorted"
    listed = {order: [key for key, _ in all_member_links(site, f"/members?sort={quote(order)}")] for order in orders}
    assert len({tuple(sorted(keys)) for keys in listed.values()}) == 1, "sorting changed who is listed"
    assert len({tuple(keys) for keys in listed.values()}) > 1 or len(orders) == 1, "all orders are the same"


def test_published_figure_leads_to_the_rows_that_it_was_counted_from(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/figures")
        link = seen.page.locator('main a[href^="/figures/"]:visible').first
        target = link.get_attribute("href")
        link.click()
        seen.page.wait_for_url("**" + target)
        said = seen.page.locator("main").inner_text()
        assert re.search(r"\d", said)
        assert re.search(r"\b(GA5|GA6|AR2020|AR2021|AB10)\b|report|assembly|book", said, re.IGNORECASE), "no source"
        counted = seen.page.locator("main tbody tr")
        assert counted.count() > 0 or "not named" in said.lower()


def test_every_figure_page_opens(sqlite_site: Server) -> None:
    paths = {link.split("#")[0] for link in links(page(sqlite_site, "/figures")) if link.startswith("/figures/")}
    assert len(paths) >= 10, paths
    for path in sorted(paths):
        page(sqlite_site, path)


def test_charts_have_a_name_and_a_table(sqlite_site: Server) -> None:
    main = page(sqlite_site, "/figures").first("main")
    charts = [each for each in main.all("svg") if each.attributes.get("role") == "img"]
    assert len(charts) >= 3
    for chart in charts:
        named = chart.attributes.get("aria-labelledby") or chart.attributes.get("aria-label")
        assert named, "a chart without a name"
    assert len(main.all("table")) >= len(charts)


def test_keyboard_alone_goes_from_home_to_a_member(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/")
        keys = seen.page.keyboard

        def tab_to(description: str, condition: str) -> None:
            for _ in range(80):
                keys.press("Tab")
                if seen.page.evaluate(f"(() => {{ const e = document.activeElement; return {condition}; }})()"):
                    return
            raise AssertionError(f"the keyboard does not reach {description}")

        keys.press("Tab")
        first = seen.page.evaluate("document.activeElement.getAttribute('href')")
        assert first and first.startswith("#"), "the first stop is not the way past the navigation"
        tab_to("the list of members", "e.getAttribute('href') === '/members'")
        keys.press("Enter")
        seen.page.wait_for_url("**/members")
        tab_to("the search field", "e.name === 'q' && e.closest('main') !== null")
        keys.type("Wellington")
        keys.press("Enter")
        seen.page.wait_for_url(re.compile("q=Wellington"))
        seen.page.wait_for_load_state("networkidle")
        tab_to("the member", "e.textContent.trim() === 'Wellington' && e.closest('tbody') !== null")
        keys.press("Enter")
        seen.page.wait_for_url(re.compile(r"/members/[^?]+$"))
        assert seen.page.locator("h1").inner_text().startswith("Wellington")


def test_results_follow_what_is_typed_and_the_address_with_them(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/members")
        before = table_keys(seen.page)
        search_field(seen.page).press_sequentially("ulaanb", delay=40)
        expect(seen.page.locator("main tbody tr")).to_have_count(1)
        assert "Ulaanbaatar" in seen.page.locator("main tbody").inner_text()
        expect(seen.page).to_have_url(re.compile("q=ulaanb"))
        assert search_field(seen.page).evaluate("e => e === document.activeElement"), "the field lost the focus"
        assert search_field(seen.page).input_value() == "ulaanb"
        announced = seen.page.locator('[role="status"], [aria-live="polite"]').all_inner_texts()
        assert any(re.search(r"\b1\b", text) for text in announced), "a screen reader is not told how many were found"

        search_field(seen.page).fill("")
        expect(seen.page.locator("main tbody tr")).to_have_count(len(before))
        assert seen.errors == []


def test_search_survives_a_server_that_is_slow_to_answer(browser: Browser, sqlite_site: Server) -> None:
    """The first answer arrives last; the page must show the last question's."""
    with watched(browser, sqlite_site) as seen:
        seen.open("/members")
        delayed = []

        def hold(route: object) -> None:
            asked = parse_qs(urlsplit(route.request.url).query).get("q", [""])[0]
            if asked in ("s", "se", "seo"):
                delayed.append(route)
            else:
                route.continue_()

        seen.page.route(re.compile(r"/members(\.\w+)?\?.*q="), hold)
        search_field(seen.page).press_sequentially("seo", delay=250)
        search_field(seen.page).fill("wellington")
        expect(seen.page.locator("main tbody tr")).to_have_count(1)
        for route in delayed:
            try:
                route.continue_()
            except Exception:  # noqa: BLE001  Cancelled by the page: even better.
                pass
        seen.page.wait_for_timeout(500)
        assert "Wellington" in seen.page.locator("main tbody").inner_text()


def test_search_works_without_javascript(browser: Browser, site: Server) -> None:
    with watched(browser, site, scripts=False) as seen:
        seen.page.goto(site.url + "/members")
        search_field(seen.page).fill("Nur-Sultan")
        search_field(seen.page).press("Enter")
        seen.page.wait_for_url(re.compile("q=Nur-Sultan"))
        seen.page.get_by_role("link", name=re.compile("Astana")).first.click()
        assert seen.page.locator("h1").inner_text().startswith("Astana")


def test_back_button_returns_to_the_same_list(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/members?q=dhaka")
        listed = table_keys(seen.page)
        seen.page.locator('main tbody a[href^="/members/"]').first.click()
        seen.page.wait_for_url(re.compile(r"/members/[^?]+$"))
        seen.page.go_back()
        seen.page.wait_for_url(re.compile(r"q=dhaka"))
        assert table_keys(seen.page) == listed
        assert search_field(seen.page).input_value() == "dhaka"


def test_member_leads_to_its_country_its_region_and_its_likes(site: Server) -> None:
    key = member_links(page(site, "/members?q=Wellington"))[0][0]
    document = page(site, f"/members/{key}")
    found = links(document.first("main"))
    country = next(link for link in found if link.startswith("/countries/"))
    region = next(link for link in found if link.startswith("/regions/"))
    assert country == "/countries/nz"
    others = {link for link in found if link.startswith("/members/") and link != f"/members/{key}"}
    assert len(others) >= 3, "nearest and most similar members"
    for path in (country, region):
        assert f"/members/{key}" in links(page(site, path)), f"{path} does not lead back"


def test_member_is_described_for_search_engines(site: Server) -> None:
    key, name = member_links(page(site, "/members?q=Wellington"))[0]
    data = page(site, f"/members/{key}").first("script", type="application/ld+json").children[0]
    described = json.loads(data)
    texts = json.dumps(described, ensure_ascii=False)
    assert described["@context"].rstrip("/") == "https://schema.org"
    assert name in texts


def test_what_a_report_counts_but_does_not_name_is_shown_as_such(site: Server) -> None:
    pages = [page(site, path).text.lower() for path in ("/", "/members", "/figures")]
    assert any(re.search(r"\d+ (are |is )?not named", text) for text in pages)


def test_map_offers_the_same_without_seeing_it(browser: Browser, site: Server) -> None:
    with watched(browser, site) as seen:
        seen.open("/map")
        listed = {link for link in links(parse(seen.page.content())) if link.startswith("/members/")}
        assert len(listed) >= 150, "the list beside the map"
        zoom = seen.page.get_by_role("button", name=re.compile("zoom in|closer|larger", re.IGNORECASE))
        view_before = seen.page.locator("main svg").first.evaluate("e => e.outerHTML.length + e.getAttribute('viewBox')")
        zoom.first.focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_timeout(600)
        view_after = seen.page.locator("main svg").first.evaluate("e => e.outerHTML.length + e.getAttribute('viewBox')")
        assert view_before != view_after, "the keyboard does not move the map"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "not-found"])
def test_both_engines_tell_the_same(sqlite_site: Server, postgres_site: Server, addresses: Addresses, kind: str) -> None:
    def told(server: Server) -> str:
        text = page(server, addresses[kind]).first("main").text
        text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}", "…", text.replace(server.url, ""))
        return re.sub(r"\d\d:\d\d(:\d\d)?", "…", text)

    assert told(sqlite_site) == told(postgres_site)


def test_home_gives_a_number_and_leads_to_members(site: Server) -> None:
    assert first_link(site, "/", "/members/"), "home names no member"
    assert re.search(r"\d{2,}", page(site, "/").first("main").text), "home says no number"
