"""A member's own room: what is due and why, how it is paid and shown on paper, how it stands, what it may use."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.eyes import Watched, picture, watched
from support.forms import post
from support.keyboard import walk
from support.looks import assert_looks_right, assert_still
from support.pages import parse
from support.places import Place, enter
from support.program import hansa
from support.qr import read
from support.rooms import Visitor, day, member_id, quoted

pytestmark = pytest.mark.stories

YEAR = int(day()[:4])
# A company of which no report prints how many people it employs, and an institution.
COMPANY, INSTITUTION = "dohwa-engineering", "kisa"
# A form with a mistake in it is an answer of its own (422).
MISTAKE = re.compile(r"Failed to load resource: .*422")


def region(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("region", name=name, exact=isinstance(name, str))


def notice(page: Page, text: str) -> None:
    expect(page.locator(".notice.done")).to_contain_text(text)


def money(text: str) -> re.Pattern[str]:
    """An amount as a page writes it: nothing breaks the line within it."""
    return re.compile(re.escape(text).replace("\\ ", r"\s"))


def camt(reference: str, amount: str) -> str:
    """A statement with one transfer of today, which bears the reference."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
  <Id>MADE-UP-{reference}</Id>
  <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>USD</Ccy></Acct>
  <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
    <Dt><Dt>{day()}</Dt></Dt></Bal>
  <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
    <Dt><Dt>{day()}</Dt></Dt></Bal>
  <Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>{day()}</Dt></BookgDt><AcctSvcrRef>B-{reference}</AcctSvcrRef>
    <NtryDtls><TxDtls><RltdPties><Dbtr><Nm>A company that is made up</Nm></Dbtr></RltdPties>
      <RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""


def codes(pdf: Path, folder: Path) -> list[str]:
    """The texts of the QR codes on the sheets of a PDF."""
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(pdf), str(folder / "sheet")], check=True, timeout=60)
    return [text for sheet in sorted(folder.glob("sheet*.png")) for text in read(sheet)]


def invoice(place: Place, member: str, year: int) -> tuple[str, str]:
    """The number and the reference of a member's invoice."""
    return place.store.query(
        "SELECT i.number, i.reference FROM invoice i JOIN member m ON m.id = i.member_id "
        f"WHERE m.key = {quoted(member)} AND i.year = {year} ORDER BY i.issue DESC")[0]


@pytest.fixture
def plain(browser: Browser, place: Place) -> Iterator[Watched]:
    """A browser without JavaScript."""
    with watched(browser, place.server, scripts=False) as seen:
        yield seen


def test_a_members_story_from_a_missing_figure_to_a_receipt(
    place: Place, plain: Watched, browser: Browser, tmp_path: Path
) -> None:
    person = place.person("representative", COMPANY, name="Seo Yu-na")
    dues, standing = f"/portal/{COMPANY}/dues", f"/portal/{COMPANY}/standing"
    page = enter(plain, place, person, f"/portal/{COMPANY}")
    due = region(page, "Due")
    expect(due).to_contain_text(f"Your fee of {YEAR} cannot be told")
    expect(due).to_contain_text("No figure is known: employees.")
    expect(region(page, "Open to you")).to_contain_text("Your standing: No record of payment")
    expect(region(page, "Open to you")).to_contain_text("You may use in part:")

    # What is missing is told to the secretariat, which accepts it.
    due.get_by_role("link", name=f"Your fee of {YEAR} cannot be told").click()
    fee = region(page, f"Fee of {YEAR}")
    fee.get_by_role("link", name="Tell the secretariat: number of employees").click()
    page.get_by_label("Employees").fill("240")
    page.get_by_label("Year of the figure").fill(str(YEAR - 1))
    page.get_by_label("Where it can be checked").fill("Annual report")
    page.get_by_role("button", name="Propose").click()
    notice(page, "Proposed.")
    plain.open(dues)
    expect(fee).to_contain_text(f"You have proposed 240 ({YEAR - 1}).")
    with watched(browser, place.server, scripts=False) as office:
        desk = enter(office, place, place.person("officer", name="Oh Ji-woo"), "/console/proposals")
        desk.get_by_role("link", name=re.compile("number of employees")).click()
        desk.get_by_role("button", name="Accept and write it").click()
        notice(desk, "Accepted and written.")

    # The fee with all that it follows from, and what it would be with another figure.
    plain.open(dues)
    expect(fee.locator(".figure-value")).to_have_text(money("USD 2,000 a year"))
    expect(fee).to_contain_text("240")
    expect(fee).to_contain_text("more than 50 employees")
    expect(fee).to_contain_text("GA6, Annex 3")
    expect(fee).to_contain_text("fees.corporations")
    expect(fee).to_contain_text("This is not in force.")
    fee.get_by_text("What if?", exact=True).click()
    fee.get_by_label("Employees").fill("50")
    fee.get_by_role("button", name="What would the fee be?").click()
    expect(fee.locator(".beside")).to_contain_text(money("USD 2,000 a year"))
    expect(fee.locator(".beside")).to_contain_text(money("USD 1,000 a year"))
    expect(fee.locator(".beside")).to_contain_text("By ruling of 22 Nov 2026 (Secretariat):")
    expect(fee.locator(".beside")).to_contain_text("assumed")
    assert place.count("fee_input") == 0, "nothing of what is assumed is kept"
    fee.get_by_label("Employees").fill("a lot")
    fee.get_by_role("button", name="What would the fee be?").click()
    expect(fee.get_by_label("Employees")).to_have_value("a lot")
    expect(fee.locator(".field.wrong")).to_be_visible()

    # The invoice, with what a bank needs.
    hansa(place.store.setting, "dues", "run", str(YEAR)).must_succeed()
    number, reference = invoice(place, COMPANY, YEAR)
    plain.open(f"/portal/{COMPANY}")
    expect(due).to_contain_text(money(f"Invoice {number}: USD 2,000.00"))
    expect(due).not_to_contain_text("cannot be told")
    due.get_by_role("link", name=re.compile(number)).click()
    pay = region(page, "How to pay")
    expect(pay).to_contain_text("DE89 3704 0044 0532 0130 00")
    expect(pay).to_contain_text("Made up")
    expect(pay).to_contain_text(" ".join(reference[at:at + 4] for at in range(0, len(reference), 4)))
    expect(pay).to_contain_text("It is due on")
    # The account is made up and the amount is in dollars: no code would send money.
    expect(pay.locator(".qr-code")).to_have_count(0)
    expect(region(page, "How the amount came about")).to_contain_text("240 employees")
    answer = place.get(person, f"{dues}/documents/{number}")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == f'attachment; filename="invoice-{number}.pdf"'

    # It pays; the bank's statement is brought in.
    statement = tmp_path / "statement.xml"
    statement.write_text(camt(reference, "2000.00"), encoding="utf-8")
    said = hansa(place.store.setting, "payments", "import", str(statement)).must_succeed().output
    assert "Booked: 1." in said, said
    plain.open(dues)
    expect(page.locator(".lede")).to_have_text("You owe nothing.")
    expect(region(page, "To pay")).to_contain_text("No invoice asks you for anything.")
    expect(region(page, "Invoices").get_by_role("row", name=re.compile(number))).to_contain_text("paid")
    page.get_by_role("button", name="Show the account").click()
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(money("USD 0.00"))
    plain.open(f"{dues}/account?on={day(-1)}")
    expect(page.get_by_text("Nothing is on your account")).to_be_visible()

    # The receipt shows on paper what anybody can check.
    plain.open(dues)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Receipt for the payment")).click()
    receipt = tmp_path / "receipt.pdf"
    download.value.save_as(receipt)
    assert re.fullmatch(r"receipt-R\d{4}-\d{4}\.pdf", download.value.suggested_filename)
    proofs = [text for text in codes(receipt, tmp_path) if "/proof/" in text]
    assert len(proofs) == 1 and proofs[0].startswith(place.server.url + "/proof/"), proofs
    page.context.clear_cookies()
    page.goto(proofs[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("This document is genuine")
    expect(page.locator("main")).to_contain_text(download.value.suggested_filename[8:18])
    expect(page.locator("main")).to_contain_text(money("USD 2,000.00"))
    certificate = post(place.server, f"{dues}/certificates", person, {"year": str(YEAR)})
    assert certificate.status == 303
    paper = place.get(person, certificate.headers["location"] + "?as=page")
    assert paper.status == 200 and f"dues of {YEAR}" in parse(paper.text).text

    # Its standing is another one, and so is what it may use.
    page = enter(plain, place, person, standing)
    expect(page.locator(".lede")).to_have_text(re.compile(r"^Good record of payment since .+\.$"))
    why = region(page, "Why")
    expect(why).to_contain_text("Nothing is past due.")
    expect(why.get_by_role("link", name="The member's account")).to_have_attribute("href", f"{dues}/account")
    expect(why).to_contain_text("If dues are 1 day past due, its standing is then: In arrears.")
    expect(region(page, "What you may use")).to_contain_text("full access")
    past = region(page, "Through the years")
    label = past.locator("svg.strip").get_attribute("aria-label")
    assert label and "No record of payment from" in label and "Good record of payment from" in label
    points = region(page, "Your points")
    expect(points.get_by_role("row", name=re.compile("^Payment of the membership fee"))).to_contain_text("5")
    points.get_by_role("link", name=f"The fee of {YEAR}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Invoice {number}")
    # That the association's account is made up makes nothing of the member's own records so.
    assert place.count("account_entry", f"invented = 1 AND member_id = {quoted(member_id(place.store, COMPANY))}") == 0

    # Nothing of it stands where everybody reads.
    public = place.server.get(f"/members/{COMPANY}").text
    for private in (number, reference, "2,000.00", "Good record of payment", "Receipt"):
        assert private not in public, private
    assert plain.failed == [] and plain.elsewhere == []


def test_points_lead_to_the_records_that_earned_them(place: Place, plain: Watched) -> None:
    person = place.person("delegate", "seoul")
    page = enter(plain, place, person, "/portal/seoul/standing")
    page.get_by_label("From", exact=True).fill("2021-01-01")
    page.get_by_label("To", exact=True).fill("2023-12-31")
    page.get_by_role("button", name="Count the points").click()
    earned = region(page, "What earned them")
    links = earned.get_by_role("link")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) >= 2 and all(address.startswith("/members/seoul#event-") for address in addresses), addresses
    document = parse(place.server.get("/members/seoul").text)
    ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
    assert all(ids.count(address.split("#")[1]) == 1 for address in addresses), addresses
    total = float(region(page, "Your points").locator("tfoot td").inner_text())
    said = [float(each.inner_text()) for each in earned.locator("li b").all()]
    assert len(said) == len(addresses) and total == sum(said), (total, said)
    page.get_by_label("To", exact=True).fill("2020-12-31")
    page.get_by_role("button", name="Count the points").click()
    expect(page.get_by_role("alert")).to_contain_text("The last day lies before the first.")


def test_relief_is_asked_and_taken_back(place: Place, plain: Watched) -> None:
    person = place.person("representative", "hienergy-codex", name="Min Da-som")
    page = enter(plain, place, person, "/portal/hienergy-codex/dues")
    page.get_by_role("link", name="Ask for relief from dues").click()
    reduction = region(page, "Reduction")
    reduction.locator("summary").click()
    reduction.get_by_label("Lower by this percentage").fill("150")
    reduction.get_by_label("Why, in your words").fill("A flood closed our plant.")
    reduction.locator("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(reduction.get_by_label("Why, in your words")).to_have_value("A flood closed our plant.")
    reduction.get_by_label("Lower by this percentage").fill("50")
    reduction.locator("button").click()
    notice(page, "The secretariat has your request.")
    asked = region(page, "What you have asked")
    expect(asked).to_contain_text(f"the fee of {YEAR} is lowered by 50%")
    expect(asked).to_contain_text("Min Da-som")
    plain.open("/portal/hienergy-codex")
    expect(region(page, "Coming")).to_contain_text("Reduction")
    # Who only edits reads it and asks nothing; another member reads nothing.
    identifier = place.value("SELECT id FROM relief_request WHERE words = 'A flood closed our plant.'")
    editor = place.person("editor", "hienergy-codex")
    assert "A flood closed our plant." in place.get(editor, "/portal/hienergy-codex/dues/relief").text
    path = f"/portal/hienergy-codex/dues/relief/{identifier}/take-back"
    assert post(place.server, path, editor, {f"{identifier}-reason": "No"}).status == 403
    stranger = place.person("representative", "abuja")
    assert place.get(stranger, "/portal/hienergy-codex/dues/relief").status == 403
    assert post(place.server, f"/portal/abuja/dues/relief/{identifier}/take-back", stranger,
                {f"{identifier}-reason": "No"}).status == 404
    plain.open("/portal/hienergy-codex/dues/relief")
    asked.locator("summary").click()
    asked.get_by_label("Reason").fill("The insurance paid.")
    asked.get_by_role("button", name="Take back the request").click()
    notice(page, "The request is taken back.")
    assert place.value(f"SELECT state FROM relief_request WHERE id = {quoted(str(identifier))}") == "taken-back"


@dataclass
class Billed:
    """A member with an invoice of last year that is past due and paid in part; much of it is made up."""

    place: Place
    person: Visitor
    number: str
    payment: str


@pytest.fixture(scope="module")
def billed(place: Place) -> Billed:
    setting = place.store.setting
    hansa(setting, "fees", "inputs", "add", INSTITUTION, "--measure", "employees", "--value", "50", "--as-of",
          f"{YEAR - 2}-12-31", "--source", "Its letter", "--invented").must_succeed()
    hansa(setting, "dues", "run", str(YEAR - 1), "--issued-on", f"{YEAR - 1}-02-01").must_succeed()
    number, _ = invoice(place, INSTITUTION, YEAR - 1)
    said = hansa(setting, "payments", "add", INSTITUTION, "--invoice", number, "--amount", "400", "--currency", "USD",
                 "--on", f"{YEAR - 1}-05-06", "--invented").must_succeed().output
    payment = re.search(r"Recorded: (\S+)", said).group(1)
    return Billed(place, place.person("representative", INSTITUTION), number, payment)


def test_what_is_made_up_says_so_beside_it(billed: Billed) -> None:
    def main(path: str) -> str:
        return parse(billed.place.get(billed.person, path).text).first("main").text

    dues = f"/portal/{INSTITUTION}/dues"
    assert main(dues).count("Made up") >= 4, "the figure, the invoice, the account and the payment"
    assert "it asks for no money" in main(dues)
    assert "It was due on" in main(dues) and "USD 600.00" in main(dues)
    assert "Made up" in main(f"{dues}/account")
    assert "This invoice is an example" in main(f"{dues}/invoices/{billed.number}")
    assert "Made up" in main(f"/portal/{INSTITUTION}/standing")
    assert "Some of the records behind it are made up." in main(f"/portal/{INSTITUTION}")
    assert "In arrears" in main(f"/portal/{INSTITUTION}/standing")


def test_another_member_gets_nothing_by_any_address(billed: Billed) -> None:
    place, number = billed.place, billed.number
    receipt = post(place.server, f"/portal/{INSTITUTION}/dues/receipts", billed.person, {"payment": billed.payment})
    paper = receipt.headers["location"].rsplit("/", 1)[1]
    before = place.count("document_proof")
    for role in ("representative", "editor", "delegate"):
        stranger = place.person(role, "abuja")
        for address in (
            f"/portal/{INSTITUTION}/dues", f"/portal/{INSTITUTION}/dues/account", f"/portal/{INSTITUTION}/standing",
            f"/portal/{INSTITUTION}/dues/relief", f"/portal/{INSTITUTION}/dues/invoices/{number}",
            f"/portal/{INSTITUTION}/dues/documents/{number}", f"/portal/{INSTITUTION}/dues/documents/{paper}?as=page",
            f"/portal/abuja/dues/invoices/{number}", f"/portal/abuja/dues/documents/{number}",
            f"/portal/abuja/dues/documents/{number}?as=page", f"/portal/abuja/dues/documents/{paper}",
            f"/portal/abuja/dues/documents/{paper}?as=page",
        ):
            answer = place.get(stranger, address)
            assert answer.status in (403, 404), (role, address, answer.status)
            assert b"%PDF" not in answer.body and "600.00" not in answer.text, (role, address)
        for address, fields in (
            ("/portal/abuja/dues/receipts", {"payment": billed.payment}),
            (f"/portal/{INSTITUTION}/dues/receipts", {"payment": billed.payment}),
            (f"/portal/{INSTITUTION}/dues/certificates", {"year": str(YEAR - 1)}),
            (f"/portal/abuja/dues/invoices/{number}/dispute", {"words": "Not ours"}),
            (f"/portal/{INSTITUTION}/dues/invoices/{number}/dispute", {"words": "Not ours"}),
        ):
            answer = post(place.server, address, stranger, fields)
            assert answer.status in (403, 404), (role, address, answer.status)
    assert place.count("document_proof") == before and place.count("invoice_dispute") == 0
    assert place.server.get(f"/portal/{INSTITUTION}/dues").headers["location"].startswith("/sign-in")
    # What is still owed is certified to nobody.
    assert post(place.server, f"/portal/{INSTITUTION}/dues/certificates", billed.person,
                {"year": str(YEAR - 1)}).status == 409


@pytest.mark.parametrize("role", ["communication", "delegate"])
def test_who_may_not_read_dues_finds_nothing_of_them_in_the_room(billed: Billed, role: str) -> None:
    person = billed.place.person(role, INSTITUTION)
    for below in ("", "/account", "/relief", f"/invoices/{billed.number}", f"/documents/{billed.number}"):
        assert billed.place.get(person, f"/portal/{INSTITUTION}/dues{below}").status == 403, below
    for below in ("", "/standing"):
        answer = billed.place.get(person, f"/portal/{INSTITUTION}{below}")
        assert answer.status == 200 and f"/portal/{INSTITUTION}/dues" not in answer.text, below


def test_an_invoice_that_is_not_right_is_disputed_once(billed: Billed) -> None:
    path = f"/portal/{INSTITUTION}/dues/invoices/{billed.number}/dispute"
    empty = post(billed.place.server, path, billed.person, {"words": " "})
    assert empty.status == 422 and "Say what is not right." in empty.text
    assert post(billed.place.server, path, billed.person, {"words": "We were 49 <b>then</b>."}).status == 303
    shown = billed.place.get(billed.person, path.removesuffix("/dispute"))
    assert "We were 49 &lt;b&gt;then" in shown.text and "The secretariat looks at it." in shown.text
    assert post(billed.place.server, path, billed.person, {"words": "Again"}).status == 409
    billed.place.store.change("DELETE FROM invoice_dispute")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_rooms_pages_look_right(billed: Billed, browser: Browser, scheme: str, width: int) -> None:
    base = f"/portal/{INSTITUTION}"
    with watched(browser, billed.place.server, width=width, scheme=scheme) as seen:
        billed.person.enter(seen.page.context, billed.place.server)
        for name, path in {
            "home": base, "dues": f"{base}/dues", "dues-if": f"{base}/dues?year={YEAR - 3}&if-kind=academic",
            "dues-wrong": f"{base}/dues?if-employees=many", "invoice": f"{base}/dues/invoices/{billed.number}",
            "account": f"{base}/dues/account", "relief": f"{base}/dues/relief",
            "standing": f"{base}/standing?from=2019-01-01",
        }.items():
            seen.open(path)
            assert_still(seen)
            assert_looks_right(seen, scheme, MISTAKE)
            picture(seen, f"portal-{name}-{scheme}-{width}")
            ids = [each.attributes["id"] for each in parse(seen.page.content()).all() if "id" in each.attributes]
            assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))


def test_the_pages_are_worked_without_a_mouse(billed: Billed, browser: Browser) -> None:
    with watched(browser, billed.place.server) as seen:
        billed.person.enter(seen.page.context, billed.place.server)
        for below in ("/dues", f"/dues/invoices/{billed.number}", "/dues/relief", "/standing"):
            seen.open(f"/portal/{INSTITUTION}{below}")
            found = walk(seen.page)
            assert found.missed == [] and found.invisible == [] and found.ends, (below, found)


def test_in_korean_rules_and_names_are_korean(billed: Billed, browser: Browser) -> None:
    with watched(browser, billed.place.server, width=390) as seen:
        page = enter(seen, billed.place, billed.person, f"/ko/portal/{INSTITUTION}/standing")
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        expect(page.locator(".lede")).to_contain_text("회비 체납")
        expect(page.locator("main")).to_contain_text("워크숍과 교육")
        assert_looks_right(seen, "light")
        seen.open(f"/ko/portal/{INSTITUTION}/dues")
        expect(page.locator("main")).to_contain_text("직원 수")
        expect(page.locator("main")).to_contain_text("직원 50명은")
        assert_looks_right(seen, "light")
    paper = billed.place.get(billed.person, f"/ko/portal/{INSTITUTION}/dues/documents/{billed.number}?as=page")
    assert paper.status == 200 and 'lang="ko"' in paper.text
