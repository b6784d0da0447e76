"""What anybody may know of dues: the fees, what became of what was billed, and whether a document is genuine."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support import published_fees
from support.engines import Store
from support.eyes import picture, watched
from support.looks import assert_fits, assert_looks_right, assert_still
from support.made_up_fees import MEMBERS, as_csv, made_up
from support.pages import Element, page, parse
from support.places import Place
from support.program import hansa, serving
from support.pseudo import Records, english_left
from support.rooms import day
from support.town import Town
from test_joining import begin, box

pytestmark = pytest.mark.stories

SETTINGS = {"HANSA_LANGUAGES": "en,ko,es,zh,en-XA"}
THIS_YEAR = int(day()[:4])
ASKED = "/dues?year=2022&with=2024&category=corporation&kind=sme&employees=240"
CREDITS = {"GeoNames", "Natural", "Earth"}


@dataclass(frozen=True)
class Invoice:
    number: str
    member: str
    region: str
    minor: int
    invented: bool


@dataclass
class Billed:
    """A site whose members were billed for 2024 and for this year, and some of whom paid."""

    place: Place
    invoices: dict[int, list[Invoice]]
    # In minor units, by the invoice's number.
    paid: dict[str, int]
    credited: dict[str, int]

    def sums(self, year: int, invented: bool) -> tuple[int, int, int]:
        """How many members were billed, how much, and what was received."""
        chosen = [each for each in self.invoices[year] if each.invented == invented]
        minor = sum(each.minor - self.credited.get(each.number, 0) for each in chosen)
        return len(chosen), minor, sum(self.paid.get(each.number, 0) for each in chosen)


def invoices(store: Store, year: int) -> list[Invoice]:
    rows = store.query(
        "SELECT i.number, m.key, COALESCE(m.region, ''), i.amount_minor, i.invented "
        f"FROM invoice i JOIN member m ON m.id = i.member_id WHERE i.year = {year} ORDER BY i.number")
    return [Invoice(number, member, region, int(minor), int(invented) == 1)
            for number, member, region, minor, invented in rows]


@pytest.fixture(scope="module")
def billed(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Billed:
    setting = place.store.setting
    roll = {member["key"] for member in json.loads(
        hansa(setting, "members", "--as-of", "2024-01-01", "--format", "json").must_succeed().output)}
    file = tmp_path_factory.mktemp("figures") / "made-up.csv"
    file.write_text(as_csv(made_up(roll, set())), encoding="utf-8")
    hansa(setting, "fees", "inputs", "import", str(file)).must_succeed()
    hansa(setting, "dues", "run", "2024", "--issued-on", "2024-01-15").must_succeed()
    hansa(setting, "dues", "run", str(THIS_YEAR)).must_succeed()
    made = Billed(place, {year: invoices(place.store, year) for year in (2024, THIS_YEAR)}, {}, {})
    last = made.invoices[2024][-1].number
    hansa(setting, "dues", "credit", last, "--amount", "100", "--grounds", "Half a year").must_succeed()
    made.credited[last] = 10_000
    asian = [each for each in made.invoices[2024] if each.region == "asia-pacific" and each.number != last]
    for invented in (False, True):
        payers = [each for each in asian if each.invented == invented][:4]
        assert len(payers) == 4
        for number, each in enumerate(payers):
            amount = str(Decimal(each.minor) / 100)
            hansa(setting, "payments", "add", each.member, "--invoice", each.number, "--amount", amount, "--currency",
                  "USD", "--on", f"2024-02-{10 + number}", *(["--invented"] if invented else [])).must_succeed()
            made.paid[each.number] = each.minor
    return made


def section(document: Element, name: str) -> Element:
    return document.first("main").first("section", **{"aria-labelledby": name})


def own_words(cell: Element) -> str:
    """Without what stands beneath it."""
    return " ".join(" ".join(each for each in cell.children if isinstance(each, str)).split())


@dataclass(frozen=True)
class Line:
    """A row of a table of amounts."""

    name: str
    invented: bool
    cells: list[str]


def lines(table: Element) -> list[Line]:
    found = []
    for row in [row for part in ("tbody", "tfoot") for body in table.all(part) for row in body.all("tr")]:
        head = row.first("th")
        name = head.all("a")[0].text if head.all("a") else own_words(head)
        invented = [each.text for each in head.all("span", **{"class": "tag"})] == ["Made up"]
        found.append(Line(name, invented, [cell.text for cell in row.all("td")]))
    return found


def usd(minor: int) -> str:
    """As a page says it once white space is folded."""
    return f"USD {minor // 100:,}.{minor % 100:02}"


# ---- What membership costs


@pytest.mark.parametrize("year", [2022, 2023, 2024, THIS_YEAR])
def test_every_row_of_a_year_is_printed_with_its_source(billed: Billed, year: int) -> None:
    document = page(billed.place.server, f"/dues?year={year}")
    for category, tables in {
        "corporation": [published_fees.SINCE_2024] if year >= 2024 else
        [published_fees.CORPORATIONS_2021, published_fees.START_UPS_2021],
        "institution": [published_fees.SINCE_2024] if year >= 2024 else
        [published_fees.INSTITUTIONS_2021, published_fees.NON_PROFITS_2021],
    }.items():
        part = section(document, f"fees-{category}")
        found = [row for table in part.all("table") for row in table.first("tbody").all("tr")]
        said = [(own_words(row.first("th")).lower(), row.first("td").text) for row in found]
        printed = [
            (words.lower(), f"USD {amount}") for table in tables for words, amount in published_fees._rows(table)]
        assert sorted(said) == sorted(printed)
        assert "GA6, Annex 3" in part.text
    local = section(document, "fees-local-government")
    assert "Not published." in local.text and "These amounts stand in for it:" in local.text and "HOUSE" in local.text
    corporations = section(document, "fees-corporation").text
    assert "By ruling of 22 Nov 2026 (Secretariat):" in corporations
    assert ("Employees: 0. Not settled:" in corporations) == (year < 2024)
    assert ("This is not in force." in corporations) == (year >= 2024)
    rules = section(document, "rules").text
    assert "60 days after its invoice" in rules and "-14, 7, 30, 60" in rules and "quarter of joining" in rules
    assert "The account is made up: nothing can be paid to it." in rules
    assert "The Executive Committee decides." in section(document, "relief").text


@pytest.mark.parametrize(("year", "category", "assumed"), [
    *[(2022, "corporation", {"kind": "sme", "employees": str(count)}) for count in (0, 1, 229, 230, 299, 300, 1999)],
    (2022, "corporation", {"kind": "multinational", "employees": "2000"}),
    (2023, "corporation", {"kind": "start-up", "employees": "21"}),
    *[(2024, "corporation", {"employees": str(count)}) for count in (0, 49, 50, 51)],
    *[(2022, "institution", {"kind": "academic", "gdp-per-capita-ppp": value}) for value in ("0", "1999.50", "2000")],
    (2023, "institution", {"kind": "non-profit", "employees": "500"}), (2022, "institution", {"employees": "12"}),
    (2024, "local-government", {"population": "99999"}), (2024, "local-government", {}),
], ids=lambda value: "-".join(value.values()) or "nothing" if isinstance(value, dict) else str(value))
def test_what_would_we_pay(billed: Billed, year: int, category: str, assumed: dict[str, str]) -> None:
    query = "&".join(f"{name}={value}" for name, value in assumed.items())
    document = page(billed.place.server, f"/dues?year={year}&category={category}&{query}")
    figures = {name: Decimal(value) for name, value in assumed.items() if name != "kind"}
    told = published_fees.fee(year, category, assumed.get("kind"), figures)
    answer = section(document, "ask-title").first("div", **{"class": "notice"})
    expected = "No fee can be told" if told.fee is None else f"USD {told.fee:,} a year"
    assert answer.first("p", **{"class": "fee"}).text == expected
    assert ("By ruling of" in answer.text) == (told.by == "ruling")
    assert ("not published" in answer.text) == (told.by == "stand-in")
    if told.fee is not None:
        assert "(assumed)" in answer.text
    assert document.first("meta", name="robots").attributes["content"] == "noindex"


def test_a_mistake_is_told_beside_its_box(billed: Billed) -> None:
    server = billed.place.server
    answer = server.get("/dues?year=2024&category=corporation&employees=many")
    assert answer.status == 422
    field = parse(answer.text).first("input", name="employees")
    assert field.attributes["value"] == "many" and field.attributes["aria-invalid"] == "true"
    assert server.get("/dues?employees=12").status == 422
    for query in ("year=next", "year=12", "with=2300", "year=2023&year=2024"):
        assert server.get(f"/dues?{query}").status == 400, query
    assert "There are no rules for 1999" in page(server, "/dues?year=1999").text


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_years_are_compared_on_a_telephone(browser: Browser, billed: Billed, scripts: bool) -> None:
    with watched(browser, billed.place.server, width=390, scripts=scripts) as seen:
        seen.page.goto(billed.place.server.url + "/join")
        seen.page.get_by_role("link", name="When it is due, how it is paid, and the fees of other years").first.click()
        form = seen.page.locator("#ask form")
        form.locator("[name=year]").select_option("2022")
        form.locator("[name=category]").select_option("corporation")
        form.locator("[name=kind]").select_option("sme")
        form.locator("[name=employees]").fill("500")
        form.locator("[name=with]").select_option("2024")
        form.get_by_role("button", name="What would we pay?").click()
        fees = seen.page.locator(".fee")
        expect(fees).to_have_text([re.compile(r"^USD\s5,000 a year$"), re.compile(r"^USD\s2,000 a year$")])
        expect(seen.page.get_by_text(re.compile(r"That is USD\s3,000 less than for 2022\."))).to_be_visible()
        # What was typed is still in the form, and the row of the table is marked.
        expect(form.locator("[name=employees]")).to_have_value("500")
        expect(seen.page.get_by_role("row", name=re.compile("500 - 1,999"))).to_contain_text("by what you entered")


def test_the_page_on_joining_asks_for_the_category_alone(browser: Browser, billed: Billed) -> None:
    with watched(browser, billed.place.server, scripts=False) as seen:
        seen.page.goto(billed.place.server.url + "/join")
        form = seen.page.locator("form:has(input[name=category][value=corporation])")
        form.locator("[name=employees]").fill("50")
        form.get_by_role("button", name="What would we pay?").click()
        expect(seen.page.locator(".fee")).to_have_text(re.compile(r"^USD\s1,000 a year$"))


def test_an_applicant_sees_the_fee_of_its_own_figure(town: Town, browser: Browser) -> None:
    path = begin(town)
    with watched(browser, town.server, scripts=False) as seen:
        seen.page.goto(town.server.url + path)
        expect(seen.page.locator(".fee")).to_have_text("No fee can be told")
        box(seen.page, "employees").fill("51")
        seen.page.get_by_role("button", name="Save", exact=True).click()
        expect(seen.page.locator(".fee")).to_have_text(re.compile(r"^USD\s2,000 a year$"))


def test_the_tables_are_data_too(billed: Billed) -> None:
    server = billed.place.server
    data = list(csv.DictReader(io.StringIO(server.get("/data/fees.csv").text)))
    assert data == [{name: "" if value is None else str(value) for name, value in line.items()}
                    for line in json.loads(server.get("/data/fees.json").body)]
    assert {int(line["year"]) for line in data} == set(range(2022, THIS_YEAR + 1))
    of_2022 = [line for line in data if line["year"] == "2022" and line["schedule"] == "corporations"]
    assert [(line["basis"], line["from"], line["to"], line["fee"]) for line in of_2022] == [
        ("published", "1", "229", "2000"), ("published", "300", "499", "2500"), ("published", "500", "1999", "5000"),
        ("published", "2000", "", "8000"), ("ruling", "230", "299", "2000"), ("open", "", "", "")]
    assert {line["basis"] for line in data if line["category"] == "local-government"} == {"stand-in"}
    assert {line["basis"] for line in data if line["year"] == "2024"} == {
        "published", "stand-in", "ruling", "followed", "not-in-force"}
    earlier = csv.DictReader(io.StringIO(server.get("/data/fees.csv?as_of=2023-05-01").text))
    assert {int(line["year"]) for line in earlier} == {2022, 2023}


# ---- What became of what was billed


def test_years_add_up_and_what_is_made_up_stands_apart(billed: Billed) -> None:
    document = page(billed.place.server, "/dues/figures")
    told = {(line.name, line.invented): line.cells for line in lines(section(document, "years").first("table"))}
    for year in (2024, THIS_YEAR):
        for invented in (False, True):
            members, minor, received = billed.sums(year, invented)
            assert members >= 3
            expected = [f"{members:,}", usd(minor), usd(received), usd(0), usd(minor - received)]
            assert told[str(year), invented] == expected


def test_regions_make_the_total_and_none_shows_one_or_two_members(billed: Billed) -> None:
    document = page(billed.place.server, "/dues/figures?year=2024")
    tables = section(document, "regions-title").all("table")
    assert len(tables) == 2, "what is made up has a table of its own"
    for table in tables:
        *parts, total = lines(table)
        invented = total.invented
        assert all(line.invented == invented for line in parts)
        members, minor, received = billed.sums(2024, invented)
        assert total.cells == [f"{members:,}", *map(usd, (minor, received, 0, minor - received))]
        amounts = [[int(re.sub(r"\D", "", cell)) for cell in line.cells] for line in parts]
        assert [sum(column) for column in zip(*amounts)] == [int(re.sub(r"\D", "", cell)) for cell in total.cells]
        assert all(line[0] >= 3 for line in amounts)
        # Whoever stands by itself has enough members behind what was paid and what is open.
        behind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for each in billed.invoices[2024]:
            if each.invented == invented:
                behind[each.region][0 if each.number in billed.paid else 1] += 1
        apart = [line for line in parts if line.name != "Other regions"]
        assert 0 < len(apart) <= sum(all(count == 0 or count >= 3 for count in counts) for counts in behind.values())


def test_arrears_are_told_by_age_in_a_table_and_in_a_picture(billed: Billed) -> None:
    part = section(page(billed.place.server, "/dues/figures"), "open")
    for table, figure in zip(part.all("table"), part.all("figure"), strict=True):
        invented = lines(table)[-1].invented
        _, billed_2024, received = billed.sums(2024, invented)
        _, billed_now, _ = billed.sums(THIS_YEAR, invented)
        amounts = {line.name: line.cells[-1] for line in lines(table)}
        assert amounts["not yet due"] == usd(billed_now)
        assert amounts["more than a year"] == usd(billed_2024 - received)
        assert amounts["31 to 90 days"] == usd(0)
        assert amounts["All"] == usd(billed_2024 - received + billed_now)
        drawn = figure.first("svg", role="img").attributes["aria-label"].replace("\u00a0", " ")
        assert all(f"{name} {amounts[name]}" in drawn for name in ("not yet due", "more than a year"))


def test_what_the_fees_pay_for_is_what_reports_say(billed: Billed) -> None:
    part = section(page(billed.place.server, "/dues/figures"), "uses")
    assert "KRW 363,100,000" in part.text and "USD 330,090" in part.text
    assert "GA5, Executive Committee Meeting 2021, Agenda 6" in part.text
    assert "What was spent, and on what, is in none of the reports on record." in part.text
    assert "USD" in page(billed.place.server, "/figures/ga5-fees-2022-usd").first("main").text


def test_without_an_invoice_it_says_so(sqlite: Store, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path) as server:
        assert "No invoice is on record yet." in page(server, "/dues/figures").first("main").text


# ---- Whether a document is genuine


def code(place: Place, number: str) -> str:
    return str(place.value(f"SELECT code FROM document_proof WHERE number = '{number}'"))


def test_a_code_tells_what_was_issued_and_what_became_of_it(billed: Billed) -> None:
    place, invoice = billed.place, billed.invoices[2024][0]
    path = "/proof/" + code(place, invoice.number)
    answer = place.server.get(path)
    said = parse(answer.text).first("main").text
    name = MEMBERS[invoice.member]["name"]
    for fact in (f"Invoice {invoice.number}", name, usd(invoice.minor), "15 Jan 2024", "This document is genuine"):
        assert fact in said, fact
    assert ("Made up" in said) == invoice.invented
    assert parse(answer.text).first("meta", name="robots").attributes["content"] == "noindex"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    [lowered] = billed.credited
    said = parse(place.server.get("/proof/" + code(place, lowered)).text).first("main").text
    assert "Of this amount, USD 100.00 was taken off since, by a credit note or by relief." in said


def test_a_wrong_code_proves_nothing_and_cannot_be_tried_for_ever(sqlite: Store, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path) as server:
        wrong = server.get("/proof/" + "0" * 32)
        assert wrong.status == 404 and "No document was issued with this code." in wrong.text
        assert parse(wrong.text).first("meta", name="robots").attributes["content"] == "noindex"
        statuses = [server.get(f"/proof/{number:032}").status for number in range(1, 62)]
        assert statuses == [404] * 59 + [429] * 2


def test_a_code_can_be_typed_as_it_stands_on_paper(browser: Browser, billed: Billed) -> None:
    invoice = billed.invoices[2024][1]
    right = code(billed.place, invoice.number)
    with watched(browser, billed.place.server, width=390, scripts=False) as seen:
        seen.page.goto(billed.place.server.url + "/proof")
        grouped = " ".join(right[start:start + 4] for start in range(0, len(right), 4))
        seen.page.get_by_label("Code").fill(grouped.upper())
        seen.page.get_by_role("button", name="Check it").click()
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("This document is genuine")
        expect(seen.page.get_by_text(invoice.number)).to_be_visible()


# ---- How it looks


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_look_right(browser: Browser, billed: Billed, scheme: str, width: int) -> None:
    proof = "/proof/" + code(billed.place, billed.invoices[2024][2].number)
    with watched(browser, billed.place.server, scheme=scheme) as seen:
        for name, path in {"dues": "/dues", "dues-asked": ASKED, "dues-figures": "/dues/figures", "proof": "/proof",
                           "proof-of": proof}.items():
            seen.open(path, width=width)
            picture(seen, f"{name}-{scheme}-{width}")
            assert_still(seen)
            assert_looks_right(seen, scheme)


@pytest.mark.languages
@pytest.mark.parametrize("prefix", ["", "/ko", "/es", "/zh", "/en-XA"])
def test_the_pages_fit_in_each_language(browser: Browser, billed: Billed, prefix: str) -> None:
    proof = "/proof/" + code(billed.place, billed.invoices[2024][2].number)
    with watched(browser, billed.place.server) as seen:
        for path in ("/dues", ASKED, "/dues/figures", proof):
            for width in (1280, 390, 320):
                seen.open(prefix + path, width=width)
                assert_fits(seen)
            expected = {"": "en", "/zh": "zh-Hans"}.get(prefix, prefix[1:])
            assert seen.page.locator("html").get_attribute("lang") == expected


@pytest.mark.languages
def test_the_pages_say_nothing_that_translators_cannot_reach(billed: Billed) -> None:
    proof = "/proof/" + code(billed.place, billed.invoices[2024][2].number)
    records = Records(billed.place.store)
    for path in ("/dues", "/dues?year=2023", ASKED, "/dues/figures", "/dues/figures?year=2024", "/proof", proof):
        left = english_left(page(billed.place.server, "/en-XA" + path), records, CREDITS)
        assert not left, "\n".join([path, *left])
