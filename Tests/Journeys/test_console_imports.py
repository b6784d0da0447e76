"""Spreadsheets that the secretariat brings in, from the file to its undoing, in a browser and on both engines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect

from support.engines import Store
from support.eyes import Watched, picture, watched
from support.looks import assert_accessible, assert_colours, assert_fits, assert_quiet
from support.places import Place
from support.program import Server, hansa
from support.rooms import Visitor

pytestmark = pytest.mark.stories

# One row of every outcome: a change, one matched by a former name, a new member, two that need a choice, one refused.
ROWS = [
    ["City", "Type", "Country", "Population 2024", "Web", "Member since", "E-mail of the mayor"],
    ["Seoul", "", "대한민국", "9331828", "https://english.seoul.go.kr", "", "mayor@example.org"],
    ["Nur-Sultan", "", "Kazakhstan", "1423726", "", "", ""],
    ["Visby", "Local government", "Suecia", "24330", "www.gotland.se", "2025-03-01", ""],
    ["Jakart", "", "Indonesia", "", "", "", ""],
    ["Wellington", "Local government", "Canada", "", "", "2025", ""],
    ["Atlantis", "Sunken city", "Nowhere", "many", "", "someday", ""],
]


BESIDE_THE_BOX = """() => {
    const row = document.querySelector('.import-rows > li');
    return row.querySelector('.what').getBoundingClientRect().left - row.getBoundingClientRect().left;
}"""


def records(place: Place) -> dict[str, list]:
    """What an import can touch, without the numbers of states, which only grow."""
    tables = {
        "member": "key, name, category, country, region, website, tags, description, origin, entered",
        "member_name": "member_id, name, kind, source", "member_status": "member_id, status, earliest, latest",
        "member_figure": "member_id, kind, value, year_latest", "member_person": "member_id, person, shown_on",
        "source": "code", "roll_span": "member_id, valid_from, name", "name_word": "member_id, word",
    }
    return {table: sorted(map(tuple, place.store.query(f"SELECT {columns} FROM {table}"))) for table, columns in tables.items()}


@pytest.fixture(scope="module")
def officer(place: Place) -> Visitor:
    return place.person("officer", name="Olga Officer")


@pytest.fixture
def seen(browser: Browser, place: Place, officer: Visitor) -> Iterator[Watched]:
    with watched(browser, place.server) as watching:
        officer.enter(watching.page.context, place.server)
        yield watching


@pytest.fixture
def plain(browser: Browser, place: Place, officer: Visitor) -> Iterator[Watched]:
    """The same in a browser without JavaScript."""
    with watched(browser, place.server, scripts=False) as watching:
        officer.enter(watching.page.context, place.server)
        yield watching


def csv(rows: list[list[str]], separator: str = ",") -> bytes:
    quoted = [[f'"{cell}"' if separator in cell or '"' in cell else cell for cell in row] for row in rows]
    return "\r\n".join(separator.join(row) for row in quoted).encode() + b"\r\n"


def send(page: Page, server: Server, name: str, content: bytes, kind: str = "text/csv", sheet: str = "") -> None:
    page.goto(f"{server.url}/console/imports")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("File").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    if sheet:
        page.get_by_label("Sheet").fill(sheet)
    page.get_by_role("button", name="Read the file").click()


def compare(page: Page) -> None:
    page.get_by_role("button", name="Compare with the records").click()


def row(page: Page, name: str):
    return page.locator("[data-row]").filter(has=page.locator(".what", has_text=name))


def applied(page: Page) -> None:
    """Waits for the end by looking again, as somebody without JavaScript does."""
    expect(page.locator(".lede")).to_contain_text("Applied:", timeout=20_000)


def undo(page: Page, server: Server, import_url: str) -> None:
    page.goto(import_url)
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.locator(".lede")).to_have_text("This import was undone.")


def test_a_file_from_its_columns_to_its_undoing_without_javascript(place: Place, plain: Watched) -> None:
    page, before = plain.page, records(place)
    send(page, place.server, "spring 2026.csv", csv(ROWS, ";"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Columns of spring 2026.csv")
    expect(page.get_by_text("CSV, UTF-8, parted by semicolons")).to_be_visible()
    expect(page.get_by_label("Population 2024", exact=True)).to_have_value("population")
    expect(page.get_by_label("E-mail of the mayor", exact=True)).to_have_value("ignore")
    compare(page)

    assert records(place) == before, "the dry run wrote something"
    expect(page.locator(".lede")).to_have_text("Applying would create 1 member and change 2 members.")
    seoul = row(page, "Seoul")
    expect(seoul).to_contain_text("2 changes")
    expect(seoul.locator(".change-fields div").first).to_contain_text("https://english.seoul.go.kr")
    expect(row(page, "Nur-Sultan")).to_contain_text("Is Astana, Kazakhstan, by an official name")
    expect(row(page, "Visby")).to_contain_text("new member")
    refused = row(page, "Atlantis")
    expect(refused).to_contain_text("Country: \"Nowhere\" is no ISO 3166 code of a country")
    expect(refused).to_contain_text("Population 2024: \"many\" is no number of people")

    # Two rows are chosen, one is left out, in one go.
    row(page, "Jakart").get_by_label("Jakarta").check()
    row(page, "Wellington").get_by_label("A new member").check()
    row(page, "Nur-Sultan").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Keep ticks and choices of this page").click()
    expect(page.locator(".lede")).to_have_text("Applying would create 2 members and change 2 members.")
    expect(row(page, "Nur-Sultan")).to_contain_text("left out")
    page.get_by_role("link", name="Left out 1").click()
    expect(page.locator("[data-row]")).to_have_count(1)

    page.get_by_role("link", name="Apply…").click()
    expect(page.get_by_text("Refused, not written: 1 row.")).to_be_visible()
    assert records(place) == before
    page.get_by_role("button", name="Create 2 and change 2").click()
    import_url = page.url
    applied(page)
    expect(page.locator(".lede")).to_have_text("Applied: 2 members created, 2 changed.")
    expect(page.locator(".facts")).to_contain_text("by Olga Officer")

    public = place.server.get("/members/visby").text
    assert "24,330" in public and "https://www.gotland.se" in public
    assert "Spreadsheet spring 2026.csv" in place.server.get("/about").text
    assert "mayor@example.org" not in json.dumps(place.store.query("SELECT cells FROM upload_row")), "kept what was left out"

    undo(page, place.server, import_url)
    assert records(place) == before
    assert place.server.get("/members/visby").status == 404


def test_a_workbook_with_dates_and_columns_told_by_hand_that_are_remembered(place: Place, seen: Watched) -> None:
    page, book = seen.page, Workbook()
    book.active.title = "Read me"
    book.active.append(["Kept by the secretariat"])
    sheet = book.create_sheet("Cities")
    sheet.append(["Wer", "Was", "Land", "Seit", "Einwohner", "Stand"])
    sheet.append(["Lübeck", "Local government", "Germany", date(2024, 5, 17), 216_530, 2023])
    sheet.append(["Łódź", "Local government", "Poland", date(2025, 1, 2), 664_071.0, 2022])
    content = io.BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    send(page, place.server, "Städte.xlsx", content.getvalue(), kind)

    expect(page.get_by_text("Excel workbook, sheet \"Cities\"")).to_be_visible()
    compare(page)
    expect(page.locator("#problems")).to_contain_text("No column holds the name or the key")
    for heading, field in {"Wer": "name", "Was": "category", "Land": "country", "Seit": "joined", "Einwohner": "population",
                           "Stand": "population_year"}.items():
        page.get_by_label(heading, exact=True).select_option(field)
    compare(page)
    expect(page.locator(".lede")).to_have_text("Applying would create 2 members.")
    expect(row(page, "Łódź")).to_contain_text("2025-01-02")
    page.get_by_role("link", name="Apply…").click()
    page.get_by_role("button", name="Create 2 members").click()
    import_url = page.url
    applied(page)
    assert place.value("SELECT key FROM member WHERE name = 'Łódź'") == "lodz"

    # The same headings again: told already. The same file again: nothing new, and it says so.
    send(page, place.server, "Städte.xlsx", content.getvalue(), kind)
    expect(page.get_by_text("These headings are known")).to_be_visible()
    expect(page.get_by_text("This very file was applied already")).to_be_visible()
    expect(page.get_by_label("Wer", exact=True)).to_have_value("name")
    compare(page)
    expect(page.locator(".lede")).to_have_text("Nothing to do: the records hold all of this already.")
    expect(page.get_by_role("link", name="Apply…")).to_have_count(0)
    undo(page, place.server, import_url)


@pytest.mark.parametrize("name, content, words", [
    ("empty.csv", b"", "No file was chosen, or it is empty"),
    ("nul.csv", b"name\nLi\x00ma and so on\n", "zero bytes"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
    ("bomb.xlsx", b"PK\x03\x04" + b"\x00" * 200, "cannot be read as an Excel workbook"),
    ("wide.csv", b"," * 100_000, "200 are allowed"),
    ("page.csv", b"<html><script>alert(1)</script>", "no rows below it"),
])
def test_a_file_that_is_no_table_is_refused_on_the_form(
    place: Place, seen: Watched, name: str, content: bytes, words: str
) -> None:
    uploads = place.value("SELECT COUNT(*) FROM upload")
    send(seen.page, place.server, name, content)
    expect(seen.page.locator("#error-file")).to_contain_text(words)
    assert place.value("SELECT COUNT(*) FROM upload") == uploads


def test_what_was_changed_since_stands_in_the_way_and_the_rest_can_be_undone(place: Place, seen: Watched) -> None:
    page = seen.page
    send(page, place.server, "two.csv", csv([["name", "website"], ["Agra", "https://b.example"], ["Jakarta", "https://j.example"]]))
    compare(page)
    page.get_by_role("link", name="Apply…").click()
    page.get_by_role("button", name="Change 2 members").click()
    import_url = page.url
    applied(page)
    place.store.change("UPDATE member SET website = 'https://by-hand.example', revision = revision + 1 WHERE key = 'agra'")

    page.goto(import_url + "/undo")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2 (Agra): the website was changed since")
    assert place.value("SELECT website FROM member WHERE key = 'jakarta'") == "https://j.example"
    page.get_by_role("button", name="Undo the rest").click()
    expect(page.locator(".facts")).to_contain_text("lines 2")
    assert place.value("SELECT website FROM member WHERE key = 'agra'") == "https://by-hand.example"
    assert not place.value("SELECT website FROM member WHERE key = 'jakarta'")
    place.store.change("UPDATE member SET website = NULL WHERE key = 'agra'")


def test_a_dry_run_that_no_longer_holds_writes_nothing_and_says_which_rows(place: Place, seen: Watched) -> None:
    page = seen.page
    send(page, place.server, "late.csv", csv([["name", "website"], ["Agra", "https://late.example"]]))
    compare(page)
    place.store.change("UPDATE member SET revision = revision + 1 WHERE key = 'agra'")
    page.get_by_role("link", name="Apply…").click()
    page.get_by_role("button", name="Change 1 member").click()
    expect(page.get_by_role("alert")).to_contain_text("line 2 (Agra)", timeout=20_000)
    assert not place.value("SELECT website FROM member WHERE key = 'agra'")
    page.get_by_role("button", name="Compare again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Forget this file").click()
    expect(page.get_by_text("The file is forgotten")).to_be_visible()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_records_as_a_sheet_come_back_in_as_the_same(place: Place, seen: Watched, format: str) -> None:
    page = seen.page
    page.goto(f"{place.server.url}/console/imports/new")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Export as {format.upper()}").click()
    with TemporaryDirectory() as folder:
        path = Path(folder) / download.value.suggested_filename
        download.value.save_as(path)
        content = path.read_bytes()
    if format == "xlsx":
        assert load_workbook(io.BytesIO(content)).active["A1"].value == "key"
    send(page, place.server, f"members.{format}", content)
    compare(page)
    expect(page.locator(".lede")).to_have_text("Nothing to do: the records hold all of this already.")
    page.get_by_role("link", name="Same").click()
    expect(page.locator("[data-row]")).to_have_count(50)
    told = place.value("SELECT after FROM journal_entry WHERE action = 'members.exported' ORDER BY id DESC LIMIT 1")
    assert json.loads(told)["format"] == format and json.loads(told)["selection"] == "all that ever were"


def test_five_thousand_rows_are_compared_applied_and_undone(place: Place, seen: Watched) -> None:
    page, before = seen.page, records(place)
    rows = [["name", "category", "country", "joined", "population", "population_year"]]
    rows += [[f"Ort {number:04}", "local-government", "DE", "2025", str(1000 + number), "2024"] for number in range(5000)]
    send(page, place.server, "many.csv", csv(rows))
    compare(page)
    expect(page.locator(".lede")).to_have_text("Applying would create 5,000 members.", timeout=60_000)
    page.get_by_role("link", name="Apply…").click()
    page.get_by_role("button", name="Create 5,000 members").click()
    import_url = page.url
    expect(page.locator(".lede")).to_contain_text("Applied: 5,000", timeout=120_000)
    page.context.set_default_timeout(120_000)
    undo(page, place.server, import_url)
    assert records(place) == before


def test_only_who_may_import_finds_and_reaches_it(place: Place, browser: Browser) -> None:
    finance = place.person("finance")
    with watched(browser, place.server) as seen:
        finance.enter(seen.page.context, place.server)
        seen.page.goto(f"{place.server.url}/console/journal")
        expect(seen.page.get_by_role("link", name="Imports")).to_have_count(0)
        answer = seen.page.goto(f"{place.server.url}/console/imports")
        assert answer is not None and answer.status == 403


@pytest.fixture(scope="module")
def clerk(sqlite_place: Place) -> Visitor:
    return sqlite_place.person("officer", name="Olga Officer")


@pytest.fixture(scope="module")
def shown(sqlite_place: Place, clerk: Visitor, browser: Browser) -> dict[str, str]:
    """One page of every kind, by its path."""
    with watched(browser, sqlite_place.server) as watching:
        clerk.enter(watching.page.context, sqlite_place.server)
        page, server, own = watching.page, sqlite_place.server, len(sqlite_place.server.url)
        paths = {"list": "/console/imports", "new": "/console/imports/new"}
        send(page, server, "done.csv", csv([["name", "category", "joined"], ["Bergen", "Local government", "2025"]]))
        compare(page)
        page.get_by_role("link", name="Apply…").click()
        page.get_by_role("button", name="Create 1 member").click()
        applied(page)
        paths |= {"result": page.url[own:], "undo": page.url[own:] + "/undo"}
        send(page, server, "spring 2026.csv", csv(ROWS))
        paths["columns"] = page.url[own:]
        compare(page)
        paths |= {"rows": page.url[own:], "to-choose": page.url[own:] + "?rows=ambiguous", "apply": page.url[own:] + "/apply"}
        return paths


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    sqlite_place: Place, clerk: Visitor, browser: Browser, shown: dict[str, str], scheme: str
) -> None:
    with watched(browser, sqlite_place.server, scheme=scheme) as seen:
        clerk.enter(seen.page.context, sqlite_place.server)
        for kind, path in shown.items():
            for width in (1280, 390, 320):
                seen.open(path, width=width)
                picture(seen, f"imports-{kind}-{width}-{scheme}")
                assert_accessible(seen.page)
                assert_fits(seen)
                assert_quiet(seen)
                assert_colours(seen.page, scheme)
                if kind == "rows":
                    left = seen.page.evaluate(BESIDE_THE_BOX)
                    assert left < 60, f"the rows are not laid out at {width}: their text begins {left} px from its box"


@pytest.mark.commands
def test_the_same_on_the_command_line(loaded: Store, tmp_path: Path) -> None:
    count = "SELECT COUNT(*) FROM member"
    members, file = loaded.query(count), tmp_path / "towns.csv"
    file.write_bytes(csv([["Stadt", "category", "joined"], ["Bergen", "Local government", "2025"]]))
    hansa(loaded.setting, "upload", str(file)).must_refuse("No column holds the name or the key")
    hansa(loaded.setting, "upload", str(file), "--mapping", "Stadt=nothing").must_refuse("names no field")
    tried = hansa(loaded.setting, "upload", str(file), "--mapping", "Stadt=name", "--dry-run").must_succeed()
    assert "line 2  create  Bergen" in tried.words and "Would create 1 and change 0" in tried.words
    assert loaded.query(count) == members

    # The mapping is remembered.
    done = hansa(loaded.setting, "upload", str(file), "--apply").must_succeed()
    assert "Applied: 1 created, 0 changed" in done.words
    assert "Nothing would change" in hansa(loaded.setting, "upload", str(file), "--apply").must_succeed().words
    identifier = done.words.split("hansa upload undo ")[1].split()[0]
    assert "1 removed" in hansa(loaded.setting, "upload", "undo", identifier).must_succeed().words
    hansa(loaded.setting, "upload", "undo", identifier).must_refuse("was undone already")
    assert loaded.query(count) == members
    hansa(loaded.setting, "journal", "verify").must_succeed()
