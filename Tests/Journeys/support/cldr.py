"""How CLDR writes numbers, days and lists, by Babel: the table that the program's own formats are tested against.

    python Tests/Journeys/support/cldr.py    writes Tests/LanguagesTests/Fixtures/cldr.json anew
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

from babel import Locale, dates, lists, numbers

TABLE = Path(__file__).resolve().parents[2] / "LanguagesTests" / "Fixtures" / "cldr.json"

LOCALES = {"en": "en_GB", "ko": "ko", "es": "es", "zh": "zh_Hans"}
# CLDR's minimumGroupingDigits, which Babel leaves out: 1234, but 12.345.
MINIMUM_GROUPING_DIGITS = {"es": 2}

COUNTS = [*range(201), 1_000_000, 1_000_001, 2_000_000]
NUMBERS = [0, 7, 999, 1000, 1234, 9999, 10_000, 12_345, 130_996_081, -1, -1234, -12_345]
# All of them exact in binary, so that both sides round the same number.
DECIMALS = [(605.0, 2), (0.5, 2), (1234.5, 2), (12_345.75, 2), (-2.25, 2), (0.125, 2), (0.375, 2), (2.5, 0), (3.5, 0), (0.25, 1)]
LARGE = [1_000_000, 1_250_000, 1_500_000, 9_720_000, 9_960_000, 12_345_678, 130_996_081, 999_400_000, 1_260_000_000, 8_000_000_000]
DAYS = [datetime.date(2023, month, day) for month in range(1, 13) for day in (1, 26)] + [datetime.date(1999, 12, 31)]
LISTS = [["Cuenca"], ["Cuenca", "Loja"], ["Cuenca", "Loja", "Ryde"], ["Cuenca", "Loja", "Ryde", "Lima"]]


def table() -> dict[str, dict[str, object]]:
    return {code: of(code, Locale.parse(name)) for code, name in LOCALES.items()}


def of(code: str, locale: Locale) -> dict[str, object]:
    plurals: dict[str, list[int]] = {}
    for number in COUNTS:
        plurals.setdefault(locale.plural_form(number), []).append(number)
    return {
        "plurals": plurals,
        "numbers": [{"number": number, "text": decimal(code, locale, number, 0)} for number in NUMBERS],
        "decimals": [
            {"number": number, "places": places, "text": decimal(code, locale, number, places)} for number, places in DECIMALS
        ],
        "compact": [{"number": number, "text": compact(locale, number)} for number in LARGE],
        "days": [
            {
                "day": day.isoformat(),
                "short": dates.format_skeleton("yMMMd", day, locale=locale),
                "long": dates.format_date(day, "long", locale=locale),
                "month": dates.format_skeleton("yMMM", day, locale=locale),
                "year": dates.format_skeleton("y", day, locale=locale),
            }
            for day in DAYS
        ],
        "lists": [
            {
                "items": items,
                "and": lists.format_list(items, style="standard", locale=locale),
                "or": lists.format_list(items, style="or", locale=locale),
            }
            for items in LISTS
        ],
    }


def decimal(code: str, locale: Locale, number: float, places: int) -> str:
    pattern = "#,##0" + ("." + "#" * places if places else "")
    text = numbers.format_decimal(number, format=pattern, locale=locale)
    if abs(number) < 10 ** (2 + MINIMUM_GROUPING_DIGITS.get(code, 1)):
        text = text.replace(numbers.get_group_symbol(locale), "")
    return text


def compact(locale: Locale, number: int) -> str:
    """CLDR's two significant digits: one decimal below ten of a unit."""
    one = numbers.format_compact_decimal(number, locale=locale, fraction_digits=1)
    amount = re.match(r"[\d.,]+", one)
    assert amount is not None
    return one if float(amount[0].replace(",", ".")) < 10 else numbers.format_compact_decimal(number, locale=locale, fraction_digits=0)


def written() -> str:
    """The table as the file has it: one line for each part of a language."""
    languages = [
        f'"{code}": {{\n' + ",\n".join(f'"{name}": {json.dumps(part, ensure_ascii=False)}' for name, part in parts.items()) + "}"
        for code, parts in table().items()
    ]
    return "{" + ",\n".join(languages) + "}\n"


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(written(), encoding="utf-8")
