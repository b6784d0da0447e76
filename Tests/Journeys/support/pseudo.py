"""Finding text that no translator could reach: what stays English on a page in the language of the tests, en-XA.

There each message has other letters (`[Ṁéɱɱƀéŕŕš]`), so an English word is either from the records or was written into the code.
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


class Records:
    """Every text that pages show as it stands: of the database, the charter and the table of countries."""

    def __init__(self, store: Store) -> None:
        texts = {text for table in store.tables() for text in _column_texts(store, table)}
        texts |= set(_strings(yaml.safe_load(CHARTER.read_text(encoding="utf-8"))))
        with open(ROOT / "Data" / "world" / "countries.csv", encoding="utf-8", newline="") as file:
            texts |= {cell for row in csv.reader(file) for cell in row}
        # A single small word ("member", "name") is a key and would hide that word wherever code says it.
        plain = {" ".join(text.split()) for text in texts}
        self.values = plain
        self.texts = {text for text in plain if len(text) > 1 and WORD.search(text) and not re.fullmatch(r"[a-z]+", text)}
        varied = {change(text[0]) + text[1:] for text in self.texts for change in (str.lower, str.upper)}
        varied |= {text.rstrip(".") for text in self.texts}
        self.longest_first = sorted(self.texts | {text for text in varied if len(text) > 3}, key=len, reverse=True)

    def is_row(self, text: str) -> bool:
        """Whether it is values of the records side by side, as `delegate · ga6 · Seoul`, with or without what a page calls them."""
        parts = text.split(" · ")
        return len(parts) > 1 and all(part in self.values or not WORD.search(part) for part in parts)

    def without(self, text: str) -> str:
        """The text without what is from the records."""
        for known in self.longest_first:
            if known in text:
                text = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", " ", text)
                if not WORD.search(text):
                    break
        return text


def _column_texts(store: Store, table: str) -> Iterator[str]:
    columns = ", ".join(f'"{name}"' for name in store.columns(table))
    for row in store.query(f"SELECT {columns} FROM {table}"):
        for value in row:
            if isinstance(value, str):
                yield value
                yield from value.splitlines()
                if value[:1] in '[{"':
                    try:
                        yield from _strings(json.loads(value))
                    except ValueError:
                        pass


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


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
        rest = records.without(rest)
        for code in CODES:
            rest = code.sub(" ", rest)
        words = [word for word in WORD.findall(rest) if word not in FORMATS and word not in allowed]
        if words:
            left.append(f"{place} {' '.join(text.split())[:160]!r}: {', '.join(words[:8])}")
    return left
