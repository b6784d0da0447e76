"""How the console's dues look and sound, in every state; by keys alone; in Korean."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from support.dues import (
    CITY, CITY_NAME, COMPANY, DUES, MAPPING, YEAR, button, entered, figure, invoice, notice, paid, rows, table, take, unfold,
)
from support.eyes import picture, watched
from support.forms import post, upload
from support.keyboard import Hands, walk, without_mouse
from support.looks import assert_looks_right, assert_still
from support.pages import parse
from support.places import Place
from support.program import hansa
from support.rooms import Visitor, day, quoted

pytestmark = pytest.mark.looks

# A form with a mistake in it is an answer of its own (422).
MISTAKE = re.compile(r"Failed to load resource: .*422")


@dataclass
class Filled:
    """A site with dues in every state, and the paths of its pages."""

    place: Place
    finance: Visitor
    paths: list[str]
    line: str


@pytest.fixture(scope="module")
def filled(sqlite_place: Place) -> Filled:
    place, setting = sqlite_place, sqlite_place.store.setting
    finance = place.person("finance", name="Park Min-ji")
    long = "A rather long line on how the money came and what the harbour says of it before the winter. " * 4

    def send(path: str, **fields: str) -> str:
        return entered(post(place.server, path, finance, {key.replace("__", "-"): value for key, value in fields.items()}))

    send(f"{DUES}/figures/new", **figure(COMPANY, "240", invented="on", note=long))
    send(f"{DUES}/figures/new", **figure(COMPANY, "241", invented="on"))
    hansa(setting, "dues", "run", str(YEAR - 1), "--issued-on", f"{YEAR - 1}-02-01").must_succeed()
    hansa(setting, "dues", "run", str(YEAR)).must_succeed()
    run = place.value("SELECT id FROM dues_run ORDER BY id DESC")
    company, city = invoice(place, COMPANY, YEAR - 1)[0], invoice(place, CITY)[0]
    send(f"{DUES}/rates", **{"from": "EUR", "to": "USD", "day": day(), "rate": "1.0835", "source": long[:150]})
    credited = invoice(place, "abuja")[0]
    send(f"{DUES}/invoices/{credited}/credit", credit__grounds=long, credit__amount="500")
    payment = send(f"{DUES}/payments/new", **paid(city, "2500", text=long, payer=f"City of {CITY_NAME}"))
    receipt = send(f"{payment}/receipt", member=CITY).rsplit("/", 1)[1]
    undone = send(f"{DUES}/payments/new", **paid(company, "600", invented="on"))
    send(f"{undone}/undo", undo__grounds=long)
    send(f"{DUES}/payments/new", **paid(invoice(place, "bangkok")[0], "1000", currency="EUR"))
    member = place.person("representative", "bangkok")
    disputed = invoice(place, "bangkok", YEAR - 1)[0]
    entered(post(place.server, f"/portal/bangkok/dues/invoices/{disputed}/dispute", member, {"words": long}))
    send(f"{DUES}/statements/mappings/new", **MAPPING)
    statement = take(place, finance, table(
        ("1500.00", "A company of a rather long name that wants its place", long[:130], invoice(place, COMPANY)[1]),
        ("3000.00", "City of Agra", "Dues", ""), ("77.00", "Somebody", "Transfer 12. " * 10, ""),
        ("-15.00", "Harbour bank", "Charges", "")), invented="on")
    lines = [str(row[0]) for row in place.store.query(
        f"SELECT id FROM bank_line WHERE statement_id = {quoted(statement)} ORDER BY number")]
    waiting = entered(upload(place.server, f"{DUES}/statements/new", finance, {"mapping": "Harbour bank"},
                             {"file": ("next.csv", "text/csv", table(("5.00", "Nobody", "Nothing", ""), ("-5.00", "", "", "")))}))
    untold = entered(upload(place.server, f"{DUES}/statements/new", finance, {},
                            {"file": ("untold.csv", "text/csv", table(("6.00", "Nobody", "Nothing", "")))}))
    told = place.get(finance, untold).headers["location"]
    relief = send("/console/members/almaty/relief", kind="reduction", reduction__from_year=str(YEAR), reduction__percent="50",
                  reduction__words=long, reduction__letter_day=day(-3), reduction__signed_by="The mayor")
    paths = [
        DUES, f"{DUES}?year={YEAR - 1}", f"{DUES}/plan?year={YEAR}", f"{DUES}/plan?year={YEAR + 1}", f"{DUES}/plan?year=2021",
        f"{DUES}/runs/{run}", f"{DUES}/invoices", f"{DUES}/invoices?year={YEAR}&state=open", f"{DUES}/invoices?member={CITY}",
        *(f"{DUES}/invoices/{each}" for each in (company, city, credited, disputed)), f"{DUES}/documents/{receipt}",
        f"{DUES}/payments", f"{DUES}/payments?member={CITY}", payment, undone, f"{DUES}/payments/new?invoice={credited}",
        f"{DUES}/rates", f"{DUES}/queue", f"{DUES}/queue?state=outgoing", f"{DUES}/queue?state=matched",
        *(f"{DUES}/lines/{each}" for each in lines), f"{DUES}/statements", f"{DUES}/statements/{statement}", waiting, told,
        f"{DUES}/statements/mappings", f"{DUES}/statements/mappings/new?mapping=Harbour+bank", f"{DUES}/figures?all=1",
        f"{DUES}/comparison?from={YEAR - 1}&to={YEAR}", f"{DUES}/relief", relief, f"/console/members/{CITY}",
        f"/console/members/{CITY}/dues", f"/console/members/{COMPANY}/dues", f"/console/members/{COMPANY}/standing",
        f"/console/members/{CITY}/points", f"/console/standing/members?on={day()}",
        f"/console/standing/ranking?from={YEAR - 3}-01-01", "/console",
    ]
    return Filled(place, finance, paths, lines[2])


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dues_in_the_console_are_accessible_quiet_and_fit(filled: Filled, browser: Browser, scheme: str, width: int) -> None:
    with watched(browser, filled.place.server, width=width, scheme=scheme) as seen:
        filled.finance.enter(seen.page.context, filled.place.server)
        for number, path in enumerate(filled.paths):
            seen.open(path)
            picture(seen, f"dues-rooms-{number}-{width}-{scheme}")
            assert_still(seen)
            assert_looks_right(seen, scheme)
            # With all that is folded in sight.
            seen.page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
            assert_looks_right(seen, scheme)


def test_what_dues_in_the_console_send_is_good_html(filled: Filled) -> None:
    for path in filled.paths:
        answer = filled.place.get(filled.finance, path)
        assert answer.status == 200, path
        document = parse(answer.text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (path, label.attributes)
        for each in document.all():
            for named in each.attributes.get("aria-labelledby", "").split() + each.attributes.get("aria-describedby", "").split():
                assert named in ids, (path, named)


def test_a_form_with_mistakes_is_accessible(filled: Filled, browser: Browser) -> None:
    """What is wrong stands beside its box, and the list above leads there."""
    place, number = filled.place, invoice(filled.place, "tehran")[0]
    with watched(browser, place.server, width=390) as seen:
        filled.finance.enter(seen.page.context, place.server)
        page = seen.page
        for path, folded, name in (
            (f"{DUES}/figures/new", None, "Enter it"), (f"{DUES}/payments/new", None, "Record the payment"),
            (f"{DUES}/rates", None, "Set the rate"), (f"{DUES}/statements/mappings/new", None, "Keep the mapping"),
            (f"{DUES}/invoices/{number}", "Write a credit note", "Write a credit note for"),
            (f"{DUES}/lines/{filled.line}", "It has to do with nobody's dues", "Leave it aside"),
        ):
            seen.open(path)
            if folded:
                unfold(page, folded)
            button(page, name).click()
            page.wait_for_selector("#problems")
            way = page.locator("#problems a").first.get_attribute("href")
            expect(page.locator(way)).to_be_visible()
            assert_looks_right(seen, "light", MISTAKE)


def test_dues_are_worked_on_by_keys_alone(filled: Filled, browser: Browser) -> None:
    place = filled.place
    with watched(browser, place.server) as seen:
        without_mouse(seen.page.context)
        filled.finance.enter(seen.page.context, place.server)
        for path in filled.paths:
            seen.open(path)
            walked = walk(seen.page)
            assert walked.missed == [] and walked.invisible == [] and walked.ends, (path, walked)
        seen.open(f"{DUES}/lines/{filled.line}")
        page, hands = seen.page, Hands(seen.page)
        hands.write(page.locator("[name=member-1]"), CITY_NAME)
        hands.go_to(page.locator("[name=credit-1]"))
        hands.press("Space")
        hands.use(button(page, "Book it like this"))
        notice(page, "Booked as you said.")
        for key, address in (("d", DUES), ("s", "/console/standing")):
            seen.open("/console/members")
            hands.press("g", key)
            page.wait_for_url(f"**{address}")
        assert seen.errors == []


def test_in_korean_words_and_amounts_are_korean(filled: Filled, browser: Browser) -> None:
    with watched(browser, filled.place.server, width=390) as seen:
        filled.finance.enter(seen.page.context, filled.place.server)
        for path in (DUES, f"{DUES}/plan?year={YEAR + 1}", f"/console/members/{CITY}/dues",
                     f"/console/members/{COMPANY}/standing"):
            seen.open("/ko" + path)
            expect(seen.page.locator("html")).to_have_attribute("lang", "ko")
            assert_looks_right(seen, "light")
        seen.open(f"/ko{DUES}/plan?year={YEAR + 1}")
        # What the charter calls things, and the amounts, as Korean has them.
        expect(rows(seen.page, "Abu Dhabi")).to_contain_text("인구")
        expect(rows(seen.page, "Abu Dhabi")).to_contain_text("3,000.00")
        ways = [each.get_attribute("href") for each in seen.page.locator("main .tabs a").all()]
        assert ways and all(way.startswith(f"/ko{DUES}") for way in ways)
