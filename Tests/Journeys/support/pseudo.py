"""Finding text that no translator could reach: what stays English on a page in the language of the tests, en-XA.

There each message has other letters (`[Ṁéɱɱƀéŕŕš]`), and so has each name and text of the charter: an English word is either
from the records or was written into the code. Of the records only names, keys and what members write of themselves may stand
there as they are; prose of the reports says by `lang` that it is in English.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

import yaml

from support.engines import Store
from support.pages import Element
from support.program import CHARTER, ROOT

# What people read or hear beside the text between the tags.
READ_ATTRIBUTES = ("title", "aria-label", "aria-description", "alt", "placeholder", "label")
# Code is code in every language; what has a language of its own is a name in it.
SKIPPED = {"script", "style", "code", "kbd", "pre"}

MONTHS = ("January February March April May June July August September October November December "
          "Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec")
# Days and lists are written as English has them; languages stand by their own names.
FORMATS = {*MONTHS.split(), "and", "or", "English", "Espa", "ol", "Pseudo", "XLSX", "JSON"}

CODES = [
    re.compile(each) for each in (
        r"\bhttps?://\S+", r"\bwww\.\S+", r"\S+@\S+", r"\b\w+:\S+", r"(?<!\w)[/.]\w[\w./-]*", r"\b\w+(?:[._/=-]\w+)+\b",
        r"\b[0-9a-f]{6,}\b", r"\b[A-Z]+[0-9]+\b", r"\b[A-Z]{2,3}\b", r"\b\d+(?:st|nd|rd|th|m|k)\b",
    )
]
WORD = re.compile(r"[A-Za-z]{2,}")

# Columns of prose: what reports say, and what the program kept in its own words. Nothing of it stands unmarked on a page.
PROSE = {
    "source": {"title", "licence", "note"}, "decision": {"title", "note"}, "member": {"description", "note"},
    "member_name": {"note"}, "member_status": {"grounds", "note"}, "member_figure": {"note"}, "member_office": {"note"},
    "statement": {"text", "note"}, "explanation": {"explanation"}, "mail": {"problem"}, "mail_attempt": {"words"},
    "contradiction": {"topic", "reading_a", "reading_b", "note"}, "webhook_delivery": {"last_words"},
    "journal_entry": {"reason"}, "membership_request": {"minutes"}, "relief_request": {"minutes"},
    "standing_proposal": {"reason"},
}
PLACES_IN_SOURCES = {"locator", "locator_a", "locator_b"}
# Where no element can say that it is in another language.
UNMARKABLE = {"<title>", "<option>", "<textarea>", "<meta description>"}
# What of the charter is the same in every language.
CHARTER_CODES = {"key", "short_name", "mark", "website", "code", "article", "holder", "iban"}
RULE_SECTIONS = {"entitlements", "standing"}


class Records:
    """What pages show as it stands: texts of the database, codes of the charter and the table of countries."""

    def __init__(self, store: Store) -> None:
        texts, prose, names = set[str](), set[str](), set[str]()
        for table in store.tables():
            for column, text in _column_texts(store, table):
                # A word or two are a name or a key as well.
                is_prose = column in PROSE.get(table, PLACES_IN_SOURCES) | PLACES_IN_SOURCES and len(WORD.findall(text)) > 2
                (names if column == "name" else prose if is_prose else texts).add(" ".join(text.split()))
        codes = set(_codes(yaml.safe_load(CHARTER.read_text(encoding="utf-8"))))
        # Rules are named by their section and their key, as `entitlements.training`.
        texts |= codes | {f"{section}.{code}" for section in RULE_SECTIONS for code in codes}
        with open(ROOT / "Data" / "world" / "countries.csv", encoding="utf-8", newline="") as file:
            texts |= {cell for row in csv.reader(file) for cell in row}
        # A single small word ("member", "name") is a key and would hide that word wherever code says it.
        # What is a name somewhere, such as an event's, is a name where a source's place is called by it.
        self.prose = prose - names
        self.values = {" ".join(text.split()) for text in texts | names} - self.prose
        self.names = _longest_first(self.values)
        self.everything = _longest_first(self.values | self.prose)

    def is_row(self, text: str) -> bool:
        """Whether it is values of the records side by side, as `delegate · ga6 · Seoul`, with or without what a page calls them."""
        parts = text.split(" · ")
        return len(parts) > 1 and all(part in self.values or not WORD.search(part) for part in parts)

    def without(self, text: str, prose: bool) -> str:
        """The text without what is from the records; with `prose`, also without what would have to be marked elsewhere."""
        for known in self.everything if prose else self.names:
            if known in text:
                text = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", " ", text)
                if not WORD.search(text):
                    break
        return text


def _longest_first(plain: set[str]) -> list[str]:
    texts = {text for text in plain if len(text) > 1 and WORD.search(text) and not re.fullmatch(r"[a-z]+", text)}
    varied = {change(text[0]) + text[1:] for text in texts for change in (str.lower, str.upper)}
    varied |= {text.rstrip(".") for text in texts}
    return sorted(texts | {text for text in varied if len(text) > 3}, key=len, reverse=True)


def _column_texts(store: Store, table: str) -> Iterator[tuple[str, str]]:
    """Each text of a table with its column; of what is kept as JSON, each text in it."""
    names = store.columns(table)
    columns = ", ".join(f'"{name}"' for name in names)
    for row in store.query(f"SELECT {columns} FROM {table}"):
        for name, value in zip(names, row, strict=True):
            if not isinstance(value, str):
                continue
            found = [value, *value.splitlines()]
            if value[:1] in '[{"':
                try:
                    found += _strings(json.loads(value))
                except ValueError:
                    pass
            for text in found:
                yield name, text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # Of a phrase of the program that is kept, what stands in its gaps; the rest must be said in the reader's language.
        for part in ([value.get("gaps", [])] if "say" in value else value.values()):
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _codes(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key in CHARTER_CODES:
                yield str(part)
            else:
                yield from _codes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _codes(part)


def texts(element: Element) -> Iterator[tuple[str, str]]:
    """Each text that people read, with the place where it stands."""
    if element.name in SKIPPED or (element.name != "html" and "lang" in element.attributes):
        return
    if element.attributes.get("translate") == "no":
        return
    for name in READ_ATTRIBUTES:
        if element.attributes.get(name):
            yield f"<{element.name} {name}>", element.attributes[name]
    if element.name == "meta" and element.attributes.get("name") == "description":
        yield "<meta description>", element.attributes.get("content", "")
    if element.name == "input" and element.attributes.get("type") in ("submit", "button", "reset"):
        yield "<input value>", element.attributes.get("value", "")
    for child in element.children:
        if isinstance(child, Element):
            yield from texts(child)
        elif child.strip():
            yield f"<{element.name}>", child


def english_left(document: Element, records: Records, allowed: set[str]) -> list[str]:
    """The places where words of the code stand in English."""
    left = []
    for place, text in texts(document):
        rest = " ".join(text.split())
        if not WORD.search(rest) or records.is_row(rest):
            continue
        rest = records.without(rest, prose=place in UNMARKABLE or " " in place)
        for code in CODES:
            rest = code.sub(" ", rest)
        words = [word for word in WORD.findall(rest) if word not in FORMATS and word not in allowed]
        if words:
            left.append(f"{place} {' '.join(text.split())[:160]!r}: {', '.join(words[:8])}")
    return left
