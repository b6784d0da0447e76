"""The translators' catalogues: sound, whole, and in the forms that CLDR has for their languages."""

from __future__ import annotations

import re
import subprocess
from functools import cache

import phrases
import pytest

from support import cldr

pytestmark = pytest.mark.repository

every_language = pytest.mark.parametrize("language", sorted(phrases.PLURAL_FORMS))

# What is rightly said as English says it. A text without a word, such as "{0} ({1})", need not stand here.
SAME_IN_ENGLISH = {
    "es": {"cheque", "(personal)", "BIC", "CSV", "PDF", "Tokens", "Webhooks", "Ctrl K", "alias", "energy", "no", "token", "{0} km", "{0} km²", "{0}, SHA-256 {1}…", "{0}, {1} UTC"},
    "ko": {"BIC", "CSV", "PDF", "Ctrl K", "energy", "{0} km", "{0} km²", "{0}, SHA-256 {1}…"},
    "zh": {"BIC", "CSV", "PDF", "Ctrl K"},
}


@cache
def said() -> list[phrases.Message]:
    return phrases.messages()


@every_language
def test_gettext_finds_nothing_wrong(language: str) -> None:
    """Its header, its plural forms, its gaps."""
    checked = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", phrases.FOLDER / f"{language}.po"],
        capture_output=True, text=True, timeout=60, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_template_and_each_catalogue_say_what_the_code_says() -> None:
    """No text is missing or left over, and each says everything that English says: all of its gaps."""
    assert phrases.TEMPLATE.is_file()
    assert phrases.problems(said()) == []


@every_language
def test_nothing_is_left_in_english(language: str) -> None:
    left = set()
    for (_, text), translations in phrases.entries(phrases.FOLDER / f"{language}.po").items():
        words = re.search(r"[A-Za-z]{2}", re.sub(r"\{\d+\}", "", text))
        if words and text in translations:
            left.add(text)
    assert left - SAME_IN_ENGLISH[language] == set()
    assert SAME_IN_ENGLISH[language] - left == set(), "listed, and not the same any more"


def test_every_entry_of_the_journal_has_words() -> None:
    """An action without words of its own is shown by its key, which is English in every language."""
    sources = phrases.ROOT / "Sources"
    words = "".join(file.read_text(encoding="utf-8") for file in (sources / "Delivery/Site/Console/Journal").glob("*.swift"))
    known = set(re.findall(r'case "([a-z-]+\.[a-z_-]+)"', words))
    written = {
        action for layer in ("Kernel", "Domain") for file in (sources / layer).rglob("*.swift")
        for action in re.findall(r'\baction: "([a-z-]+\.[a-z_-]+)"', file.read_text(encoding="utf-8"))}
    assert len(written) > 50
    assert written - known == set()


def test_formats_are_compared_with_what_cldr_says_today() -> None:
    """Tests/LanguagesTests compares the program with this table."""
    assert cldr.TABLE.read_text(encoding="utf-8") == cldr.written(), "run Tests/Journeys/support/cldr.py, and look at what changed"
