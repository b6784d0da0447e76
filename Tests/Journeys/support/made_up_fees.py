"""Figures for fees that are made up, for a roll whose reports print almost none; and which of several counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from support.program import RECORDS

# The last and the first value of rows, and what lies between two: those that most likely go wrong come first.
EMPLOYEES = [50, 49, 51, 230, 229, 299, 300, 1999, 2000, 0, 10, 11, 20, 21, 1, 9, 99, 100, 499, 500]
INCOMES = ["1999.50", "1999", "2000", "0", "4999.99", "5000", "7999", "8000", "10000", "19999.5", "20000"]
INHABITANTS = [0, 99_999, 100_000, 499_999, 500_000, 999_999, 1_000_000, 4_999_999, 5_000_000]
INSTITUTIONS = ["association", "non-profit", "public-agency", "academic"]

HEADINGS = ["member", "country", "measure", "value", "as_of", "source", "locator", "note", "invented"]


@dataclass(frozen=True)
class Input:
    member: str
    country: str
    measure: str
    value: str
    as_of: str


def read(name: str) -> list[dict[str, str]]:
    """A file of the association's records."""
    with open(RECORDS / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


MEMBERS = {row["member"]: row for row in read("members.csv")}


def made_up(roll: Iterable[str], left: Iterable[str]) -> list[Input]:
    """Figures for the members of a roll, then for those who left before it; some are left without any."""
    return _corporations(roll, left) + _institutions(roll, left) + _local_governments(roll)


def _of(category: str, members: Iterable[str]) -> list[str]:
    return [key for key in sorted(members) if MEMBERS[key]["category"] == category]


def _corporations(roll: Iterable[str], left: Iterable[str]) -> list[Input]:
    inputs = []
    for number, key in enumerate(_of("corporation", roll) + _of("corporation", left)):
        employees = EMPLOYEES[number % len(EMPLOYEES)]
        kind = "multinational" if employees >= 2000 else "start-up" if 1 <= employees <= 30 else "sme"
        if number % 9 != 8:
            inputs.append(Input(key, "", "kind", kind, "2021"))
        if number % 11 != 10:
            inputs.append(Input(key, "", "employees", str(employees), "2021-12-31"))
        # Older, and so of no account where there is a later one.
        if number % 3 == 0:
            inputs.append(Input(key, "", "employees", str(employees + 1000), "2019-06"))
    return inputs


def _institutions(roll: Iterable[str], left: Iterable[str]) -> list[Input]:
    inputs, countries = [], set()
    for number, key in enumerate(_of("institution", roll) + _of("institution", left)):
        country, income = MEMBERS[key]["country"], INCOMES[number % len(INCOMES)]
        if number % 7 != 6:
            inputs.append(Input(key, "", "kind", INSTITUTIONS[number % len(INSTITUTIONS)], "2021-01"))
        if number % 8 != 7:
            inputs.append(Input(key, "", "employees", str(EMPLOYEES[(number * 3) % len(EMPLOYEES)]), "2021"))
        if country in countries or number % 5 == 4:
            # Its own figure, which counts before that of its country even where it is older.
            inputs.append(Input(key, "", "gdp-per-capita-ppp", income, "2018"))
        elif number % 6 != 5:
            inputs += [Input("", country, "gdp-per-capita-ppp", income, "2021"),
                       Input("", country, "gdp-per-capita-ppp", "33333.33", "2020-12-31")]
            countries.add(country)
    return inputs


def _local_governments(roll: Iterable[str]) -> list[Input]:
    printed = {row["member"]: row for row in read("figures.csv") if row["kind"] == "population"}
    inputs = []
    for number, key in enumerate(_of("local-government", roll)):
        people = str(INHABITANTS[number % len(INHABITANTS)])
        if key not in printed:
            if number % 5 != 4:
                inputs.append(Input(key, "", "population", people, "2022"))
        elif number % 2 == 0:
            # Of the year of the printed one, which it corrects; or of an earlier year.
            year = int(printed[key]["year_latest"]) - (number % 4) // 2 * 7
            inputs.append(Input(key, "", "population", people, str(year)))
    return inputs


def as_csv(inputs: list[Input]) -> str:
    """As `hansa fees inputs import` reads it."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADINGS)
    for number, each in enumerate(inputs, 1):
        rows.writerow([each.member, each.country, each.measure, each.value, each.as_of, "Made up for a test",
                       f"row {number}", "", "yes"])
    return out.getvalue()


@dataclass(frozen=True)
class Facts:
    category: str
    kind: str | None
    figures: dict[str, Decimal]


class Known:
    """What counts of each member: the latest figure; of one time what was entered, then what is printed exactly."""

    def __init__(self, inputs: list[Input]) -> None:
        self.found: dict[tuple[str, str], tuple[tuple, str]] = {}
        for row in read("figures.csv"):
            # A note says that a figure is printed as "nearly" or "more than".
            self._take(row["member"], row["kind"], row["value"], (f"{row['year_latest']}-01-01", 0, row["note"] == ""))
        for number, each in enumerate(inputs):
            first = each.as_of + "-01-01"[(len(each.as_of) - 4):]
            self._take(each.member or each.country, each.measure, each.value, (first, 1, number))

    def _take(self, of: str, measure: str, value: str, rank: tuple) -> None:
        if (of, measure) not in self.found or self.found[of, measure][0] < rank:
            self.found[of, measure] = (rank, value)

    def facts(self, member: str) -> Facts:
        country = MEMBERS[member]["country"]
        kind = self.found.get((member, "kind"))
        figures = {}
        for measure in ("population", "employees", "gdp-per-capita-ppp"):
            found = self.found.get((member, measure)) or self.found.get((country, measure))
            if found is not None:
                figures[measure] = Decimal(found[1])
        return Facts(MEMBERS[member]["category"], kind[1] if kind else None, figures)
