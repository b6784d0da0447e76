"""What a member pays, worked out from the association's published tables alone.

A second opinion on `hansa fee`: the tables stand here as they are printed (6th General Assembly, activity report,
Annex 3), and nothing is read from the charter. Two things are in no published table and stand apart from those that
are: the amounts for local governments, which no report prints, and what the Secretariat ruled of figures that the
tables leave out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

# Annex 3, Current Statutes: in force since the 5th General Assembly, for the fees of 2022 and 2023.
# Associations and alliances, national and subnational public agencies, academic institutions: by GDP per capita (PPP).
INSTITUTIONS_2021 = """
0 - 1,999          750
2,000 - 4,999      1,000
5,000 - 7,999      1,500
8,000 - 9,999      2,000
10,000 - 14,999    3,000
15,000 - 19,999    4,000
20,000+            5,000
"""
# Non-profit organizations: these are numbers of employees, though the column is headed GDP per capita.
NON_PROFITS_2021 = """
0 - 9              1,000
10 - 49            2,000
50 - 99            3,000
100 - 499          4,000
500+               5,000
"""
# Multinational corporations and small and medium-sized enterprises: by employees worldwide.
CORPORATIONS_2021 = """
2,000 +            8,000
500 - 1,999        5,000
300 - 499          2,500
1 - 229            2,000
"""
START_UPS_2021 = """
21+                2,000
11 - 20            1,500
1 - 10             1,000
"""
# Annex 3, Proposal, which the 6th General Assembly approved: takes effect on members from 2024.
SINCE_2024 = """
More than 50 employees    2,000
Less than 50 employees    1,000
"""
# Printed nowhere: what stands in for the scale of local governments, by inhabitants.
LOCAL_GOVERNMENTS = """
0 - 99,999                 500
100,000 - 499,999          1,000
500,000 - 999,999          2,000
1,000,000 - 4,999,999      3,000
5,000,000+                 5,000
"""

# What decides before 2024: the table and the figure that it goes by, for each kind of member.
BEFORE_2024 = {
    "institution": {
        "association": (INSTITUTIONS_2021, "gdp-per-capita-ppp"),
        "public-agency": (INSTITUTIONS_2021, "gdp-per-capita-ppp"),
        "academic": (INSTITUTIONS_2021, "gdp-per-capita-ppp"),
        "non-profit": (NON_PROFITS_2021, "employees"),
    },
    "corporation": {
        "multinational": (CORPORATIONS_2021, "employees"),
        "sme": (CORPORATIONS_2021, "employees"),
        "start-up": (START_UPS_2021, "employees"),
    },
}


@dataclass(frozen=True)
class Told:
    """A fee and what gives it (`table`, `ruling`, `stand-in`), or what is missing to tell it."""

    fee: int | None = None
    by: str = ""
    missing: frozenset[str] = field(default_factory=frozenset)


def fee(year: int, category: str, kind: str | None, figures: dict[str, Decimal]) -> Told:
    """The fee of a year in US dollars."""
    assert year >= 2022, "the fees before 2022 are not published"
    if category == "local-government":
        return _by(LOCAL_GOVERNMENTS, "population", figures, "stand-in")
    if year >= 2024:
        return _by(SINCE_2024, "employees", figures, "table")
    kinds = BEFORE_2024[category]
    if kind is None:
        # A figure that is needed whatever the kind is missing too.
        measures = {measure for _, measure in kinds.values()}
        return Told(missing=frozenset({"kind", *(measures - figures.keys() if len(measures) == 1 else ())}))
    table, measure = kinds[kind]
    return _by(table, measure, figures, "table")


def _by(table: str, measure: str, figures: dict[str, Decimal], source: str) -> Told:
    if measure not in figures:
        return Told(missing=frozenset({measure}))
    value = figures[measure]
    printed = _printed(table, value)
    if printed is not None:
        return Told(printed, source)
    ruled = _ruled(table, value)
    return Told(ruled, "ruling") if ruled is not None else Told(missing=frozenset({"row"}))


def _printed(table: str, value: Decimal) -> int | None:
    """The fee of the row whose words hold of the value."""
    found = [_number(amount) for words, amount in _rows(table) if _holds(words, value)]
    assert len(found) <= 1, f"{value} is in two rows"
    return found[0] if found else None


def _rows(table: str) -> list[tuple[str, str]]:
    return [tuple(re.split(r"\s{2,}", line.strip())) for line in table.strip().splitlines()]


def _holds(words: str, value: Decimal) -> bool:
    if match := re.fullmatch(r"([\d,]+) - ([\d,]+)", words):
        return _number(match[1]) <= value <= _number(match[2])
    if match := re.fullmatch(r"([\d,]+) ?\+", words):
        return value >= _number(match[1])
    if match := re.fullmatch(r"More than (\d+) employees", words):
        return value > _number(match[1])
    if match := re.fullmatch(r"Less than (\d+) employees", words):
        return value < _number(match[1])
    raise AssertionError(f"a row that is not understood: {words!r}")


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _ruled(table: str, value: Decimal) -> int | None:
    """What the Secretariat ruled on 22 November 2026 of values that the tables leave out."""
    if table is CORPORATIONS_2021 and 230 <= value <= 299:
        return 2000
    if table is SINCE_2024 and value == 50:
        return 1000
    if table is INSTITUTIONS_2021 and value != int(value):
        return _printed(table, Decimal(int(value)))
    return None
