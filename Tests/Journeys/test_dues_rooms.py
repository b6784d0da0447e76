"""The console's dues: from the figure that a fee lacks to the receipt, and all that is refused on the way."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.dues import (
    ACCOUNT, CITY, CITY_NAME, COMPANY, COMPANY_NAME, DUES, MAPPING, YEAR, button, entered, figure, home, invoice, money, notice,
    paid, region, rows, tab, table, take, unfold,
)
from support.engines import Store
from support.eyes import watched
from support.forms import post, upload
from support.pages import parse
from support.places import Place, enter
from support.program import Answer, hansa
from support.rooms import ROLES, Visitor, day, quoted
from support.town import Town, open_town

pytestmark = pytest.mark.stories


# ---- From the figure to the receipt


def test_finance_takes_a_year_from_a_missing_figure_to_the_receipt(town: Town, browser: Browser) -> None:
    finance, chief = town.person("finance", name="Park Min-ji"), town.person("administrator")
    member = town.person("representative", COMPANY, name="Seo Yu-na")
    with watched(browser, town.server, scripts=False) as office:
        page = enter(office, town, finance, DUES)
        give_the_figure(page)
        write_the_invoices(page, town, chief)
        number, reference = invoice(town, COMPANY)
        assert number in town.letters.wait(member.email, f"invoice {number}").text
        find_the_invoice(page, number, reference)
        bring_in_the_statement(page, reference)
        match_what_waits(page, number)

        # What is left of it came in cash.
        page.goto(f"{town.server.url}{DUES}/invoices/{number}")
        expect(page.locator(".lede")).to_contain_text(money("USD 450.00 is open"))
        page.get_by_role("link", name="Enter a payment of it").click()
        expect(page.get_by_label("Amount", exact=True)).to_have_value("450.00")
        expect(page.locator("[name=invoice-1]")).to_have_value(number)
        page.get_by_label("How it came").select_option("cash")
        button(page, "Record the payment").click()
        notice(page, "The payment is recorded.")
        region(page, "What it is for").get_by_role("link", name=re.compile(number)).click()
        expect(page.locator(".lede")).to_have_text("It is paid.")
        expect(region(page, "How it is paid")).to_have_count(0)
        expect(region(page, "What stands on the account").locator("tbody tr")).to_have_count(4)

        button(page, "Write a receipt").first.click()
        notice(page, re.compile(rf"Receipt R\d{{4}}-\d{{4}} for {COMPANY_NAME} is written\."))
        receipt = page.url.rsplit("/", 1)[1]
        paper = town.get(finance, f"{DUES}/documents/{receipt}/document.html?language=ko")
        assert paper.status == 200 and paper.headers["content-disposition"].startswith("attachment;")
        document = parse(paper.text)
        assert document.first("html").attributes["lang"] == "ko" and receipt in document.text and COMPANY_NAME in document.text

        # The year, and the member's account, say the same.
        page.goto(f"{town.server.url}{DUES}?year={YEAR}")
        stands = region(page, f"Where the dues of {YEAR} stand")
        expect(stands).to_contain_text(money("USD 120,000.00"))
        expect(stands.get_by_role("link", name="2 invoices", exact=True)).to_have_attribute(
            "href", f"{DUES}/invoices?year={YEAR}&state=paid")
        page.goto(f"{town.server.url}/console/members/{COMPANY}/dues")
        expect(page.locator("main tbody").last.locator("tr")).to_have_count(4)
        button(page, "Write a certificate").click()
        notice(page, re.compile(rf"Certificate \S+ for {COMPANY_NAME} is written\."))
        page.goto(f"{town.server.url}/console/members/{COMPANY}")
        expect(region(page, "Standing by its dues")).to_contain_text("Good record of payment")

        undo_the_statement(page, town, number)
        assert office.failed == [] and office.elsewhere == []
    done = {row[0] for row in town.store.query("SELECT DISTINCT action FROM journal_entry")}
    assert done >= {"fee-input.entered", "dues-run.started", "dues-run.finished", "bank-statement.imported", "payment.recorded",
                    "bank-line.ignored", "payment.undone", "bank-statement.undone"}


def give_the_figure(page: Page) -> None:
    missing = region(page, "What is missing for the fees")
    expect(missing).to_contain_text("No figure is known: employees.")
    missing.get_by_role("link", name="enter a figure").click()
    page.get_by_label("Member", exact=True).fill(COMPANY_NAME)
    page.get_by_label("What the figure is about", exact=True).select_option("employees")
    page.get_by_label("Value", exact=True).fill("240")
    page.get_by_label("As of", exact=True).fill(str(YEAR - 1))
    button(page, "Enter it").click()
    expect(page.get_by_role("alert")).to_contain_text("Say where this is from")
    expect(page.get_by_label("Value", exact=True)).to_have_value("240")
    page.get_by_label("Source", exact=True).fill("Annual report")
    button(page, "Enter it").click()
    notice(page, "Entered. Fees go by it from now on.")
    expect(rows(page, COMPANY_NAME)).to_contain_text("Annual report")


def write_the_invoices(page: Page, town: Town, chief: Visitor) -> None:
    tab(page, "The year").click()
    expect(page.get_by_text("A run today would write 50 invoices")).to_contain_text(money("USD 120,000.00"))
    page.get_by_role("link", name="Look at the dry run").click()
    tab(page, "Something is missing").click()
    expect(rows(page)).to_have_count(100)
    expect(page.get_by_role("link", name=re.compile("^Enter what is missing of")).first).to_be_visible()
    tab(page, "Would get an invoice").click()
    line = rows(page, COMPANY_NAME)
    expect(line).to_contain_text(money("USD 2,000.00"))
    expect(line).to_contain_text("240 employees")
    assert town.count("invoice") == 0, "looking writes nothing"
    button(page, "Write 50 invoices").click()
    notice(page, "The run is started.")
    # Every minute a process looks; somebody who may does not wait for it.
    assert post(town.server, "/console/jobs/invoices/run", chief, {}).status == 303
    expect(page.locator(".lede")).to_have_text("The run is at its end: 50 invoices were written.", timeout=60_000)
    assert town.count("invoice") == 50 and town.count("dues_run", "finished_at IS NULL") == 0
    page.goto(f"{town.server.url}{DUES}/plan?year={YEAR}")
    expect(page.locator(".lede")).to_have_text("No invoice would be written.")
    expect(button(page, "Write")).to_have_count(0)


def find_the_invoice(page: Page, number: str, reference: str) -> None:
    invoices = f"{home(page)}{DUES}/invoices"
    for typed in (number, reference):
        page.goto(invoices)
        page.get_by_label("Number, reference or member").fill(typed)
        button(page, "Show").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Invoice {number}")
    page.goto(invoices)
    page.get_by_label("Number, reference or member").fill(COMPANY_NAME)
    button(page, "Show").click()
    expect(rows(page)).to_have_count(1)
    page.get_by_role("link", name=number).click()
    expect(region(page, "How the amount came about")).to_contain_text("240 employees")
    expect(region(page, "How it is paid")).to_contain_text(" ".join(reference[at:at + 4] for at in range(0, len(reference), 4)))


def bring_in_the_statement(page: Page, reference: str) -> None:
    """What is sure is booked; the same file again changes nothing."""
    file = {"name": "harbour.csv", "mimeType": "text/csv", "buffer": table(
        ("1500.00", "A company", "Dues, first part", reference),
        ("2000.00", f"City of {CITY_NAME}", "Annual contribution", ""),
        ("77.00", "Somebody", "Transfer 12", ""),
        ("-15.00", "Harbour bank", "Charges of the month", ""))}
    page.goto(f"{home(page)}{DUES}/statements/new")
    page.get_by_label("File", exact=True).set_input_files(file)
    button(page, "Look at it").click()
    # Nobody told yet what its columns hold.
    page.get_by_label("Name of the mapping").fill("Harbour bank")
    page.get_by_label("Account of the table").fill(ACCOUNT)
    page.get_by_label("Day of the booking").fill("Date")
    button(page, "Keep it and look at the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which column holds the amount")
    expect(page.get_by_label("Day of the booking")).to_have_value("Date")
    for field, heading in (("Amount with its sign", "Amount"), ("Payer or payee", "Name"), ("Text", "Text"),
                           ("Reference", "Reference")):
        page.get_by_label(field, exact=True).fill(heading)
    button(page, "Keep it and look at the file").click()
    notice(page, "The mapping “Harbour bank” is kept.")

    expect(page.get_by_role("heading", level=1)).to_have_text("Dry run of “harbour.csv”")
    expect(page.locator(".lede")).to_have_text("4 new lines would be taken, 1 booked by itself, 0 left out as known")
    expect(rows(page, "A company")).to_contain_text("97% sure")
    expect(rows(page, CITY_NAME)).to_contain_text("90% sure")
    tab(page, "Booked by itself").click()
    expect(rows(page)).to_have_count(1)
    button(page, "Take 4 lines").click()
    notice(page, "Taken. Booked by themselves: 1;")
    expect(rows(page)).to_have_count(4)

    page.goto(f"{home(page)}{DUES}/statements/new")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("What the columns of a table hold").select_option("Harbour bank")
    button(page, "Look at it").click()
    expect(page.locator(".lede")).to_have_text("Nothing is new: every line is on record already.")
    expect(button(page, "Take")).to_have_count(0)


def match_what_waits(page: Page, number: str) -> None:
    queue = f"{home(page)}{DUES}/queue"
    page.goto(home(page) + "/console")
    expect(rows(page, "Somebody")).to_have_count(1)
    page.goto(queue)
    expect(rows(page)).to_have_count(2)
    rows(page, CITY_NAME).locator("button").click()
    notice(page, "Booked as you said.")
    expect(region(page, "What it is for")).to_contain_text(CITY_NAME)
    expect(page.locator("main")).to_contain_text("Matched, 90% sure")

    # Money of which nothing tells whose it is: over an invoice and another member's credit.
    page.goto(queue)
    rows(page, "Somebody").get_by_role("link").first.click()
    expect(region(page, "What it can be")).to_contain_text("Nothing on record fits it.")
    page.locator("[name=invoice-1]").fill(number)
    page.locator("[name=amount-1]").fill("50")
    button(page, "Book it like this").click()
    expect(page.get_by_role("alert")).to_contain_text("The shares make")
    expect(page.locator("[name=invoice-1]")).to_have_value(number)
    button(page, "One more share").click()
    expect(page.locator("[name=amount-1]")).to_have_value("50")
    page.locator("[name=member-2]").fill(CITY_NAME)
    page.locator("[name=credit-2]").check()
    button(page, "Book it like this").click()
    notice(page, "Booked as you said.")
    expect(rows(page, CITY_NAME)).to_contain_text(money("USD 27.00"))
    page.goto(queue)
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()

    # What went out has to do with nobody's dues.
    tab(page, "Went out").click()
    rows(page, "Harbour bank").get_by_role("link").first.click()
    expect(page.get_by_role("link", name="It is a refund to a member: record it")).to_be_visible()
    unfold(page, "It has to do with nobody's dues")
    button(page, "Leave it aside").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Grounds", exact=True).fill("The bank's own charges")
    button(page, "Leave it aside").click()
    notice(page, "The line is left aside.")


def undo_the_statement(page: Page, town: Town, number: str) -> None:
    """All that came of it is taken back, and what was entered by hand stays."""
    page.goto(f"{town.server.url}{DUES}/statements")
    rows(page).get_by_role("link").first.click()
    unfold(page, "Undo the import")
    page.get_by_label("Grounds", exact=True).fill("The bank sent it by mistake")
    button(page, "Undo the import of").click()
    notice(page, "Undone: 4 lines, and 3 payments that came of them.")
    assert town.count("payment", "undone_at IS NULL") == 1
    page.goto(f"{town.server.url}{DUES}/invoices/{number}")
    expect(page.locator(".lede")).to_contain_text(money("USD 1,550.00 is open"))


# ---- Credit notes, disputes, payments that were wrong


@dataclass
class Billed:
    """A site on which the invoices of a year are written; those of the company are made up, and past due."""

    place: Place
    finance: Visitor
    company: str
    city: str

    def open(self, path: str) -> str:
        """What a page of the console says."""
        answer = self.place.get(self.finance, path)
        assert answer.status == 200, answer.text
        return parse(answer.text).first("main").text

    def send(self, path: str, **fields: str) -> Answer:
        return post(self.place.server, path, self.finance, {name.replace("__", "-"): value for name, value in fields.items()})


@pytest.fixture(scope="module")
def billed(place: Place) -> Billed:
    finance = place.person("finance", name="Park Min-ji")
    entered(post(place.server, f"{DUES}/figures/new", finance, figure(COMPANY, "240", invented="on")))
    hansa(place.store.setting, "dues", "run", str(YEAR - 1), "--issued-on", f"{YEAR - 1}-02-01").must_succeed()
    entered(post(place.server, f"{DUES}/statements/mappings/new", finance, MAPPING))
    numbers = [invoice(place, member, YEAR - 1)[0] for member in (COMPANY, CITY)]
    return Billed(place, finance, *numbers)


def test_what_is_made_up_says_so_beside_it(billed: Billed) -> None:
    place, company = billed.place, billed.company
    account = place.get(billed.finance, f"/console/members/{COMPANY}/dues").text
    assert "Made up" in parse(account).first("main").text
    assert "nothing is owed by it" in billed.open(f"{DUES}/invoices/{company}")
    assert "Made up" not in billed.open(f"{DUES}/invoices/{billed.city}")
    for path in (f"{DUES}?year={YEAR - 1}", f"{DUES}/figures", f"{DUES}/invoices?member={COMPANY}", f"/console/members/{COMPANY}",
                 f"{DUES}/comparison?from={YEAR - 1}&to={YEAR}", f"{DUES}/plan?year={YEAR}&show=invoice"):
        assert "Made up" in billed.open(path), path
    made = entered(billed.send(f"{DUES}/payments/new", **paid(company, "1.00", invented="on")))
    assert "no money came or went" in billed.open(made) and "Made up" in billed.open(f"{DUES}/payments")
    entered(billed.send(f"{made}/undo", undo__grounds="It was only an example"))


def test_a_credit_note_needs_grounds_and_no_more_than_was_asked(billed: Billed) -> None:
    place = billed.place
    number = invoice(place, "abuja", YEAR - 1)[0]
    path = f"{DUES}/invoices/{number}"
    empty = billed.send(f"{path}/credit", credit__amount="12.50")
    assert empty.status == 422 and "Say why" in empty.text and 'value="12.50"' in empty.text
    for amount in ("99999", "-5", "0", "ten"):
        refused = billed.send(f"{path}/credit", credit__amount=amount, credit__grounds="Too much")
        assert refused.status == 422 and "Too much" in refused.text, amount
    part = billed.send(f"{path}/credit", credit__amount="5", credit__grounds="Half", credit__anew="on")
    assert part.status == 422 and place.count("credit_note") == 0
    entered(billed.send(f"{path}/credit", credit__amount="1000", credit__grounds="<b>Wrong</b> figure"))
    shown = place.get(billed.finance, path).text
    assert "&lt;b&gt;Wrong&lt;/b&gt; figure" in shown and "<b>Wrong" not in shown
    note = place.value("SELECT number FROM credit_note")
    assert "Credit note" in place.get(billed.finance, f"{DUES}/documents/{note}/document.html").text
    # Credited whole and asked for anew, the next run writes another.
    entered(billed.send(f"{path}/credit", credit__grounds="All of it", credit__anew="on"))
    assert "Nothing of it is asked for any more." in billed.open(path)
    assert place.get(billed.finance, f"{DUES}/invoices?year={YEAR - 1}&state=credited").text.count(number) >= 1
    plan = billed.open(f"{DUES}/plan?year={YEAR - 1}&show=invoice")
    assert "1 invoice would be written" in plan and "Abuja" in plan
    assert billed.send(f"{DUES}/invoices/1999-0001/credit", credit__grounds="None such").status == 404


def test_a_dispute_is_ended_with_what_came_of_it(billed: Billed, browser: Browser) -> None:
    place = billed.place
    member = place.person("representative", CITY)
    asked = post(place.server, f"/portal/{CITY}/dues/invoices/{billed.city}/dispute", member, {"words": "We were fewer."})
    assert asked.status == 303
    with watched(browser, place.server, scripts=False) as office:
        page = enter(office, place, billed.finance, "/console")
        rows(page, billed.city).get_by_role("link").first.click()
        expect(region(page, "What the member disputes")).to_contain_text("We were fewer.")
        button(page, "End the dispute").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_label("What came of it", exact=True).fill("The report prints the higher figure.")
        button(page, "End the dispute").click()
        notice(page, "The dispute is ended.")
        expect(region(page, "What the member disputes")).to_contain_text("The report prints the higher figure.")
    again = billed.send(f"{DUES}/invoices/{billed.city}/end-dispute", **{"end-dispute-outcome": "Again"})
    assert again.status == 409


def test_payments_are_shared_out_anew_undone_and_paid_back(billed: Billed) -> None:
    place, company = billed.place, billed.company
    for changed, field in (({"amount": "ten"}, "amount"), ({"received_on": day(2)}, "received_on"),
                           ({"currency": "US"}, "currency"),
                           ({"invoice-1": "1999-0001"}, "invoice-1"), ({"invoice-1": ""}, "member-1")):
        refused = billed.send(f"{DUES}/payments/new", **{**paid(company, "100"), **changed})
        assert refused.status == 422 and f'href="#field-{field}"' in refused.text, (field, refused.text)
    wrong = billed.send(f"{DUES}/payments/new", **paid(company, "100", **{"amount-1": "90"}))
    assert wrong.status == 422 and "The shares make" in parse(wrong.text).text
    before = place.count("payment")
    payment = entered(billed.send(f"{DUES}/payments/new", **paid(company, "100")))
    again = billed.send(f"{DUES}/payments/new", **paid(company, "100"))
    assert again.status == 422 and 'name="is_another"' in again.text
    second = entered(billed.send(f"{DUES}/payments/new", **paid(company, "100", is_another="on")))
    assert place.count("payment") == before + 2

    # Of one of the two all goes to the city's credit, which is used for its invoice in part and paid back in part.
    split = {"split-shares": "1", "split-member-1": CITY_NAME, "split-credit-1": "on"}
    assert billed.send(f"{payment}/split", **split).status == 422
    entered(billed.send(f"{payment}/split", **split, **{"split-grounds": "It was the city's"}))
    account = f"/console/members/{CITY}/dues"
    assert "Record a refund of USD 100.00" in billed.open(account)
    use = f"{DUES}/invoices/{billed.city}/use-credit"
    assert billed.send(use, **{"use-credit-currency": "USD", "use-credit-amount": "101"}).status == 422
    entered(billed.send(use, **{"use-credit-currency": "USD", "use-credit-amount": "60"}))
    refund = {"member": CITY, "currency": "USD", "amount": "50", "paid_on": day(), "grounds": "Paid twice"}
    too_much = billed.send(f"{DUES}/payments/refund", **refund)
    assert too_much.status == 422 and "40.00" in too_much.text
    refunded = entered(billed.send(f"{DUES}/payments/refund", **{**refund, "amount": "40"}))
    used = billed.send(f"{payment}/undo", **{"undo-grounds": "It never came"})
    assert used.status == 409 and "was used or paid back since" in used.text
    assert "Record a refund of" not in billed.open(account)
    entered(billed.send(f"{refunded}/undo", **{"undo-grounds": "The bank sent it back"}))
    twice = billed.send(f"{refunded}/undo", **{"undo-grounds": "Once more"})
    assert twice.status == 409
    entered(billed.send(f"{second}/undo", **{"undo-grounds": "Entered twice"}))
    assert "It was undone" in billed.open(second)


def test_another_currency_goes_by_the_rate_of_its_day(billed: Billed) -> None:
    place = billed.place
    number = invoice(place, "bangkok", YEAR - 1)[0]
    euros = paid(number, "1000", currency="EUR")
    refused = billed.send(f"{DUES}/payments/new", **euros)
    assert refused.status == 422 and "No rate between EUR and USD" in parse(refused.text).text
    rate = {"from": "EUR", "to": "USD", "day": day(), "rate": "1.0835", "source": "A central bank"}
    for field, value in (("rate", "much"), ("day", day(3)), ("from", "EURO"), ("source", "")):
        assert billed.send(f"{DUES}/rates", **{**rate, field: value}).status == 422, field
    entered(billed.send(f"{DUES}/rates", **rate))
    assert "EUR → USD" in billed.open(f"{DUES}/rates") and "1.0835" in billed.open(f"{DUES}/rates")
    payment = entered(billed.send(f"{DUES}/payments/new", **euros))
    assert "It settles USD 1,083.50 of the invoice." in billed.open(payment)
    assert "USD 3,916.50" in billed.open(f"{DUES}/invoices/{number}")


# ---- What is refused


def test_files_that_cannot_be_taken_change_nothing(billed: Billed) -> None:
    place, finance = billed.place, billed.finance
    before = {each: place.count(each) for each in ("fee_input", "bank_statement", "bank_line", "payment")}
    bad = b"member,measure,value,as_of,source\nkisa,employees,50,2020,A letter\nnobody,employees,many,,\n"
    for content, said in ((bad, "1 row cannot be taken"), (b"who,what\n1,2\n", "means nothing here"),
                          (b"", "No file was chosen")):
        answer = upload(place.server, f"{DUES}/figures/file", finance, {}, {"file": ("figures.csv", "text/csv", content)})
        assert answer.status == 422 and said in parse(answer.text).text, said
    new = f"{DUES}/statements/new"
    empty = upload(place.server, new, finance, {}, {"file": ("bank.csv", "text/csv", b"")})
    assert empty.status == 422 and "No file was chosen" in empty.text
    for name, content, said in (
        ("bank.xml", b"<Document xmlns='urn:other'><a/></Document>", ""),
        ("bank.csv", table(("ten", "A", "B", "")), "no amount as the mapping has it"),
        ("bank.csv", b"Day,Sum\n2024-01-01,5\n", "has no column"),
    ):
        sent = entered(upload(place.server, new, finance, {"mapping": "Harbour bank"}, {"file": (name, "text/csv", content)}))
        preview = place.get(finance, sent)
        assert preview.status == 422 and said in parse(preview.text).text, (name, preview.text)
        told = post(place.server, sent.split("?")[0], finance, {"name": name, "mapping": "Harbour bank", "book": "on"})
        assert told.status == 422
    # A file that is not kept any more, and addresses that name none.
    for name in ("0" * 64, "A" * 64, "x"):
        answer = place.get(finance, f"{new}/{name}?name=a.csv")
        assert answer.status == 303 and answer.headers["location"] == new, name
        assert post(place.server, f"{new}/{name}", finance, {"name": "a.csv", "book": "on"}).status == 303
    assert post(place.server, f"{DUES}/statements/mappings/new", finance, {}).status == 422
    assert {each: place.count(each) for each in before} == before


def test_what_is_not_there_or_not_right_is_told(billed: Billed) -> None:
    place, finance = billed.place, billed.finance
    for path in ("invoices/1999-0001", "payments/none", "lines/none", "statements/none", "relief/none", "runs/none",
                 "documents/9", "documents/9/document.pdf", "documents/9/document.html"):
        assert place.get(finance, f"{DUES}/{path}").status == 404, path
    for path in ("?year=soon", "/plan?show=some", "/plan?issued_on=May", "/invoices?state=lost", "/queue?state=lost",
                 "/comparison?change=some", f"/documents/{billed.city}/document.html?language=xx", "/payments?page=0"):
        assert place.get(finance, DUES + path).status == 400, path
    # A year before the charter says how dues are billed is told, and so is a run for a day to come.
    assert "does not say how dues of 2021 are billed" in parse(place.get(finance, f"{DUES}/plan?year=2021").text).text
    before = place.count("dues_run")
    for fields in ({"year": "soon"}, {"year": str(YEAR + 5)}, {"year": str(YEAR), "issued_on": day(2)}, {"year": "2021"}):
        answer = post(place.server, f"{DUES}/plan", finance, fields)
        assert answer.status == 422, (fields, answer.text)
    assert place.count("dues_run") == before
    for changed, field in (({"value": "many"}, "value"), ({"as_of": "soon"}, "as_of"), ({"member": "Nowhere at all"}, "member"),
                           ({"measure": ""}, "measure"), ({"source": ""}, "source"), ({"country": "KR"}, "country")):
        answer = post(place.server, f"{DUES}/figures/new", finance, {**figure("kisa", "50"), **changed})
        assert answer.status == 422 and f'href="#field-{field}"' in answer.text, (field, answer.text)
    kind = post(place.server, f"{DUES}/figures/new", finance, {**figure("kisa", ""), "measure": "kind", "kind": "castle"})
    assert kind.status == 422 and 'href="#field-kind"' in kind.text
    one = place.value("SELECT id FROM fee_input WHERE withdrawn_at IS NULL")
    unsaid = post(place.server, f"{DUES}/figures/withdraw", finance, {"input": str(one)})
    assert unsaid.status == 422 and f'href="#field-withdraw-{one}-grounds"' in unsaid.text


def test_a_line_that_was_dealt_with_is_not_booked_again(billed: Billed) -> None:
    place, finance = billed.place, billed.finance
    statement = take(place, finance, table(("500.00", "City of Baguio", "Dues", "")))
    line = place.value(f"SELECT id FROM bank_line WHERE statement_id = {quoted(statement)}")
    path = f"{DUES}/lines/{line}"
    assert billed.send(f"{path}/match", suggestion="9").status == 404
    payment = entered(billed.send(f"{path}/match", suggestion="1"))
    for form, fields in (("match", {"suggestion": "1"}), ("shares", {"shares": "1", "member-1": CITY_NAME}),
                         ("ignore", {"ignore-grounds": "Not ours"})):
        answer = post(place.server, f"{path}/{form}", finance, fields)
        assert answer.status == 409 and "was dealt with already" in answer.text, form
    entered(billed.send(f"{payment}/undo", **{"undo-grounds": "Another city's"}))
    # A person decided on it: matched anew, it still waits.
    entered(billed.send(f"{DUES}/queue/match"))
    assert "City of Baguio" in billed.open(f"{DUES}/queue")
    entered(post(place.server, f"{path}/ignore", finance, {"ignore-grounds": "Not for us"}))
    assert "Not for us" in billed.open(f"{DUES}/queue?state=ignored")
    entered(post(place.server, f"{path}/ignore", finance, {"ignore-grounds": "It is for us", "ignore-open": "1"}))
    assert place.value(f"SELECT state FROM bank_line WHERE id = {quoted(str(line))}") == "open"


def test_a_letter_about_relief_comes_before_the_body(billed: Billed, browser: Browser) -> None:
    place, office = billed.place, billed.place.person("officer", name="Oh Ji-woo")
    path = "/console/members/almaty/relief"
    assert "Choose what the member asks" in post(place.server, path, office, {"kind": "gift"}).text
    asked = {"kind": "reduction", "reduction-from_year": str(YEAR - 1), "reduction-percent": "50",
             "reduction-words": "The harbour burnt.", "reduction-letter_day": day(-3)}
    unsigned = post(place.server, path, office, asked)
    assert unsigned.status == 422 and "The harbour burnt." in unsigned.text and "#field-reduction-signed_by" in unsigned.text
    request = entered(post(place.server, path, office, {**asked, "reduction-signed_by": "The mayor"}))
    with watched(browser, place.server, scripts=False) as room:
        page = enter(room, place, office, f"{DUES}/relief")
        rows(page, "Almaty").get_by_role("link").first.click()
        expect(page).to_have_url(place.server.url + request)
        expect(page.locator("main")).to_contain_text("The harbour burnt.")
        page.get_by_role("link", name="Put before the body").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "matter=relief" in page.url
    assert post(place.server, f"{request}/take-back", office, {"reason": ""}).status == 422
    entered(post(place.server, f"{request}/take-back", office, {"reason": "The mayor wrote again"}))
    assert place.value("SELECT state FROM relief_request") == "taken-back"


# ---- Papers


def test_without_the_program_for_pdfs_the_page_says_what_to_do(sqlite: Store, tmp_path: Path) -> None:
    with open_town(sqlite, tmp_path, HANSA_DOCUMENTS_PROGRAM="/nowhere/weasyprint") as town:
        finance = town.person("finance")
        hansa(town.store.setting, "dues", "run", str(YEAR)).must_succeed()
        number = invoice(town, CITY)[0]
        answer = town.get(finance, f"{DUES}/documents/{number}/document.pdf")
        assert answer.status == 503
        document = parse(answer.text)
        assert "Install the package weasyprint" in document.text
        way = document.first("a", href=f"{DUES}/documents/{number}/document.html").attributes["href"]
        paper = town.get(finance, way)
        assert paper.status == 200 and number in paper.text
        assert town.server.runs()


@pytest.mark.skipif(shutil.which("weasyprint") is None, reason="weasyprint is not installed, so no PDF can be made")
def test_an_invoice_is_a_pdf_in_each_language(billed: Billed) -> None:
    for language in ("", "?language=ko", "?language=es"):
        answer = billed.place.get(billed.finance, f"{DUES}/documents/{billed.city}/document.pdf{language}")
        assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
        assert answer.body.startswith(b"%PDF-") and billed.city in answer.headers["content-disposition"]


def test_two_years_are_compared_and_taken_along(billed: Billed) -> None:
    place, finance = billed.place, billed.finance
    # Between these two years no rule changed: whoever's fee can be told pays the same.
    shown = billed.open(f"{DUES}/comparison?from={YEAR - 1}&to={YEAR}")
    assert "Why fees cannot be told" in shown and "No figure is known: employees." in shown
    answer = place.get(finance, f"{DUES}/comparison/members.csv?from={YEAR - 1}&to={YEAR}")
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    by_member = {line["member"]: line for line in lines}
    assert by_member[CITY]["fee_before"] == by_member[CITY]["fee_after"] == "2000" and by_member[CITY]["difference"] == "0"
    assert by_member["kisa"]["fee_after"] == "" and "No figure is known" in by_member["kisa"]["why_after"]
    assert f"all {len(lines)}" in shown
    assert place.get(finance, f"{DUES}/comparison?from=1990&to=1991").status == 422


# ---- Who may what


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_and_changes_what_the_table_allows(billed: Billed, role: str) -> None:
    place, server = billed.place, billed.place.server
    person = place.person(role, CITY)
    reads = role in ("administrator", "officer", "finance", "auditor")
    reads_money = role in ("administrator", "finance", "auditor")
    enters, issues = role in ("administrator", "officer", "finance"), role in ("administrator", "finance")

    def seen(path: str, right: bool) -> None:
        assert place.get(person, path).status == (200 if right else 403), path

    def sent(path: str, right: bool, **fields: str) -> None:
        """Nothing of what is sent can be taken."""
        assert post(server, path, person, fields).status in ((404, 409, 422) if right else (403,)), path

    for below in ("", f"/plan?year={YEAR}", "/invoices", f"/invoices/{billed.city}", f"/documents/{billed.city}",
                  f"/documents/{billed.city}/document.html", "/figures", f"/comparison?from={YEAR - 1}&to={YEAR}",
                  "/comparison/members.csv", "/relief"):
        seen(DUES + below, reads)
    seen(f"/console/members/{CITY}/dues", reads)
    for below in ("/payments", "/queue", "/statements", "/statements/mappings", "/rates"):
        seen(DUES + below, reads_money)
    for below in ("/figures/new", "/figures/file"):
        seen(DUES + below, enters)
        sent(DUES + below, enters)
    for path in (f"/console/members/{CITY}/certificate", f"{DUES}/payments/none/receipt"):
        sent(path, enters)
    seen(f"/console/members/{CITY}/relief", enters)
    sent(f"/console/members/{CITY}/relief", enters)
    for below in ("/payments/new", "/payments/refund", "/statements/new", "/statements/mappings/new"):
        seen(DUES + below, issues)
        sent(DUES + below, issues)
    for form in ("credit", "end-dispute"):
        sent(f"{DUES}/invoices/{billed.city}/{form}", issues)
    for below in ("/plan", "/rates", "/invoices/1999-0001/use-credit", "/lines/none/match", "/lines/none/ignore", "/payments/none/undo", "/payments/none/split",
                  "/statements/none/undo"):
        sent(DUES + below, issues)
    if reads:
        page = place.get(person, f"{DUES}/invoices/{billed.city}").text
        assert ("Write a credit note" in page) == issues and ("Enter a payment of it" in page) == issues
        ways = [each.attributes["href"] for each in parse(place.get(person, DUES).text).all("a")]
        assert (f"{DUES}/queue" in ways) == reads_money
