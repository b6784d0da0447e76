"""What journeys through the console's dues share: its places, its forms, and a bank's table."""

from __future__ import annotations

import csv
import io
import re

from playwright.sync_api import Locator, Page, expect

from support.forms import post, upload
from support.places import Place
from support.program import Answer
from support.rooms import Visitor, day, quoted

DUES = "/console/dues"
YEAR = int(day()[:4])
# A company of which no report prints how many people it employs, and a city of which the inhabitants are printed.
COMPANY, COMPANY_NAME = "dohwa-engineering", "Dohwa Engineering"
CITY, CITY_NAME = "wellington", "Wellington"
ACCOUNT = "SE45 5000 0000 0583 9825 7466"


def notice(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator(".notice.done")).to_contain_text(text)


def money(text: str) -> re.Pattern[str]:
    """An amount as a page writes it: nothing breaks the line within it."""
    return re.compile(re.escape(text).replace("\\ ", r"\s"))


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def rows(page: Page, text: str | re.Pattern[str] | None = None) -> Locator:
    every = page.locator("main [data-row]")
    return every if text is None else every.filter(has_text=text)


def unfold(page: Page, name: str) -> None:
    page.locator("summary").filter(has_text=re.compile(f"^{name}$")).click()


def button(page: Page, name: str) -> Locator:
    """Not what a part is folded under, which may be called the same."""
    return page.locator("main button").filter(has_text=re.compile(f"^{name}"))


def home(page: Page) -> str:
    """The address of the site that a page of the console is of."""
    return page.url.split("/console")[0]


def tab(page: Page, name: str) -> Locator:
    return page.locator("main .tabs").get_by_role("link", name=re.compile(f"^{name}"))


def table(*bookings: tuple[str, str, str, str]) -> bytes:
    """A bank's table of today: amount, name, text and reference of each booking."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Amount", "Name", "Text", "Reference"])
    writer.writerows([day(), *booking] for booking in bookings)
    return out.getvalue().encode()


MAPPING = {
    "name": "Harbour bank", "account": ACCOUNT, "currency": "USD", "delimiter": "comma", "decimal": "point",
    "thousands": "none", "days": "yyyy-mm-dd", "encoding": "automatic", "header": "on", "skipped_lines": "0",
    "column-booked": "Date", "column-amount": "Amount", "column-name": "Name", "column-text": "Text",
    "column-reference": "Reference",
}


def invoice(place: Place, member: str, year: int = YEAR) -> tuple[str, str]:
    """The number and the reference of a member's latest invoice of a year."""
    return place.store.query(
        "SELECT i.number, i.reference FROM invoice i JOIN member m ON m.id = i.member_id "
        f"WHERE m.key = {quoted(member)} AND i.year = {year} ORDER BY i.issue DESC")[0]


def entered(answer: Answer) -> str:
    """Where a form that was taken leads; the last part is an id or a number."""
    assert answer.status == 303, answer.text
    return answer.headers["location"]


def figure(member: str, value: str, **changed: str) -> dict[str, str]:
    return {"member": member, "measure": "employees", "value": value, "as_of": str(YEAR - 2), "source": "Its letter", **changed}


def paid(number: str, amount: str, **changed: str) -> dict[str, str]:
    """The form in which a payment for one invoice is entered by hand."""
    return {"received_on": day(), "method": "bank", "amount": amount, "currency": "USD", "shares": "1",
            "invoice-1": number, **changed}


def take(place: Place, person: Visitor, data: bytes, name: str = "bank.csv", **fields: str) -> str:
    """Brings in a bank's table by the mapping of this file; returns the statement's id."""
    fields = {"mapping": MAPPING["name"], **fields}
    preview = entered(upload(place.server, f"{DUES}/statements/new", person, fields, {"file": (name, "text/csv", data)}))
    assert place.get(person, preview).status == 200
    told = {"name": name, "book": "on", **fields}
    return entered(post(place.server, preview.split("?")[0], person, told)).rsplit("/", 1)[1]
