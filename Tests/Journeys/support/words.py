"""What the program says in a language: by its catalogue, the charter's translations and the templates of its mail.

A journey in several languages looks for the words that the code has in English, as `say("Send me the link")`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import phrases
import yaml
from babel import Locale, dates

from support.cldr import LOCALES
from support.program import CHARTER, ROOT

ASSOCIATION = "WeGO"


@cache
def _catalogue(language: str) -> dict[tuple[str, str], list[str]]:
    return phrases.entries(phrases.FOLDER / f"{language}.po")


@cache
def _names(language: str) -> dict[str, str]:
    return yaml.safe_load(CHARTER.read_text(encoding="utf-8"))["translations"][language]


@dataclass(frozen=True)
class Words:
    """The words of one language; `en` is what stands in the code."""

    language: str

    @property
    def prefix(self) -> str:
        """With what the addresses of its pages begin."""
        return "" if self.language == "en" else f"/{self.language}"

    def __call__(self, text: str, *gaps: str, context: str = "") -> str:
        """What the code says with `text`, whose gaps are written `{0}`, `{1}` …"""
        if self.language != "en":
            known = _catalogue(self.language)
            assert (context, text) in known, f"{self.language}.po lacks {text!r} ({context!r})"
            text = known[context, text][0]
        return text.format(*gaps)

    def name(self, name: str) -> str:
        """A name of the charter."""
        return name if self.language == "en" else _names(self.language)[name]

    def country(self, code: str) -> str:
        """A country by its ISO 3166 code."""
        return self._locale.territories[code]

    def within(self, name: str) -> str:
        """The same within a sentence."""
        return name[0].lower() + name[1:] if self.language == "en" else name

    def day(self, day: datetime.date) -> str:
        return dates.format_skeleton("yMMMd", day, locale=self._locale)

    def long_day(self, day: datetime.date) -> str:
        return dates.format_date(day, "long", locale=self._locale)

    def subject(self, letter: str, **gaps: str) -> str:
        """The subject of a letter, by the name of its template."""
        [template] = (ROOT / "Sources" / "Domain").glob(f"*/MailTemplates/{self.language}/{letter}.txt")
        line = template.read_text(encoding="utf-8").split("\n", 1)[0]
        return line.removeprefix("Subject: ").format(association=ASSOCIATION, **gaps)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(LOCALES[self.language])
