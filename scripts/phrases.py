#!/usr/bin/env python3
"""The program's texts for its readers, for translators: finds each `say("…")` in Sources and writes the template.

    scripts/phrases.py            says whether the template and the catalogues fit the code
    scripts/phrases.py --write    writes the template, and merges it into each catalogue (gettext's msgmerge)
    scripts/phrases.py --missing ko    prints what a catalogue lacks, as JSON

A text is known by its English words. A gap `\\(…)` becomes `{0}`, `{1}` …, as Kernel/Languages/Phrase.swift numbers them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "Sources" / "Delivery" / "Site" / "Catalogues"
TEMPLATE = FOLDER / "hansa.pot"
PLURAL_FORMS = {
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "ko": "nplurals=1; plural=0;",
    "zh": "nplurals=1; plural=0;",
}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\", "'": "'"}


class Unreadable(Exception):
    """A `say` that the translators' template cannot be made from."""


@dataclass
class Literal:
    """A Swift string literal: `pieces` around the expressions of its gaps."""

    pieces: list[str]
    gaps: list[str]
    end: int

    @property
    def key(self) -> str:
        key = escaped(self.pieces[0])
        for number, piece in enumerate(self.pieces[1:]):
            key += "{%d}%s" % (number, escaped(piece))
        return key


@dataclass
class Message:
    """One text with every place that says it."""

    id: str
    plural: str | None
    context: str | None
    gaps: list[str]
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return (self.context or "", self.id)


def escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def skip_blank(source: str, at: int) -> int:
    while at < len(source):
        if source[at].isspace():
            at += 1
        elif source.startswith("//", at):
            at = source.index("\n", at)
        else:
            break
    return at


def expression_end(source: str, at: int) -> int:
    """Behind the parenthesis that closes the one before `at`."""
    depth = 1
    while depth:
        if source[at] == '"':
            at = read_literal(source, at).end
            continue
        depth += {"(": 1, ")": -1}.get(source[at], 0)
        at += 1
    return at


def read_literal(source: str, at: int) -> Literal:
    """The literal whose opening quote is at `at`."""
    if source.startswith('"""', at):
        return read_block(source, at)
    pieces, gaps, text = [], [], ""
    at += 1
    while source[at] != '"':
        if source[at] == "\n":
            raise Unreadable("a literal without its end")
        if source[at] != "\\":
            text += source[at]
            at += 1
        elif source[at + 1] == "(":
            end = expression_end(source, at + 2)
            pieces.append(text)
            gaps.append(source[at + 2 : end - 1])
            text, at = "", end
        elif source[at + 1] == "u":
            end = source.index("}", at)
            text += chr(int(source[at + 3 : end], 16))
            at = end + 1
        else:
            text += ESCAPES[source[at + 1]]
            at += 2
    return Literal(pieces + [text], gaps, at + 1)


def read_block(source: str, at: int) -> Literal:
    """A literal of several lines; its indent is that of the closing quotes, and `\\` at an end joins two lines."""
    end = source.index('"""', at + 3)
    body = source[source.index("\n", at) + 1 : end]
    lines = body.split("\n")
    indent = len(lines.pop())
    text = "\n".join(line[indent:] for line in lines).replace("\\\n", "")
    line = '"' + re.sub(r'(?<!\\)"', '\\"', text).replace("\n", "\\n") + '"'
    inner = read_literal(line, 0)
    return Literal(inner.pieces, inner.gaps, end + 3)


def read_text(source: str, at: int) -> Literal:
    """One literal, or several with `+` between them."""
    at = skip_blank(source, at)
    if source[at] != '"':
        raise Unreadable("say(…) takes a literal, so that it can be translated: put say() around each one")
    literal = read_literal(source, at)
    while True:
        next_at = skip_blank(source, literal.end)
        if source[next_at] != "+":
            return literal
        more = read_literal(source, skip_blank(source, next_at + 1))
        pieces = literal.pieces[:-1] + [literal.pieces[-1] + more.pieces[0]] + more.pieces[1:]
        literal = Literal(pieces, literal.gaps + more.gaps, more.end)


def labelled(source: str, at: int, label: str) -> Literal | None:
    """The argument `label: "…"` that a comma at or after `at` leads to."""
    at = skip_blank(source, at)
    if source[at] != ",":
        return None
    at = skip_blank(source, at + 1)
    return read_text(source, at + len(label) + 1) if source.startswith(label + ":", at) else None


def read_say(source: str, at: int) -> Message:
    """What the call says whose parenthesis opens before `at`."""
    start = skip_blank(source, at)
    plural = None
    if source[start] == '"':
        literal = read_text(source, start)
    else:
        comma = argument_end(source, start)
        literal = labelled(source, comma, "one")
        if literal is None:
            raise Unreadable("say(…) takes a literal, so that it can be translated: put say() around each one")
        other = labelled(source, literal.end, "other")
        if other is None:
            raise Unreadable("`one:` without `other:`")
        plural, end = other.key, other.end
        gaps = other.gaps
    if plural is None:
        end, gaps = literal.end, literal.gaps
    context = labelled(source, end, "context")
    return Message(literal.key, plural, context.key if context else None, gaps)


def argument_end(source: str, at: int) -> int:
    """The comma, or closing parenthesis, that ends the argument at `at`."""
    depth = 0
    while depth or source[at] not in ",)":
        if source[at] == '"':
            at = read_literal(source, at).end
            continue
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(source[at], 0)
        at += 1
    return at


CALL = re.compile(r"(?<![\w.])say\(")


def messages_in(path: Path) -> list[Message]:
    source = path.read_text(encoding="utf-8")
    found = []
    for match in CALL.finditer(source):
        line_start = source.rfind("\n", 0, match.start()) + 1
        before = source[line_start : match.start()]
        if "//" in before or before.rstrip().endswith("func"):
            continue
        line = source.count("\n", 0, match.start()) + 1
        place = f"{path.relative_to(ROOT)}:{line}"
        try:
            message = read_say(source, match.end())
        except (Unreadable, IndexError, ValueError, KeyError) as problem:
            raise Unreadable(f"{place}: {problem}") from problem
        message.places.append(place)
        found.append(message)
    return found


def messages() -> list[Message]:
    """All texts of the program, each once, in the order of the files."""
    known: dict[tuple[str, str], Message] = {}
    for path in sorted((ROOT / "Sources").rglob("*.swift")):
        if "Kernel/Languages" in str(path):
            continue
        for message in messages_in(path):
            first = known.setdefault(message.key, message)
            if first is message:
                continue
            if message.plural and not first.plural:
                first.plural, first.gaps = message.plural, message.gaps
            elif message.plural and message.plural != first.plural:
                raise Unreadable(f"{message.places[0]} and {first.places[0]}: two plurals of one text")
            first.places += message.places
    return list(known.values())


def quoted(text: str) -> str:
    for plain, mark in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, mark)
    return f'"{text}"'


def template(found: list[Message]) -> str:
    parts = [
        "# The texts of Hansa in English, for translators. Written by scripts/phrases.py --write.\n"
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Hansa\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    ]
    for message in found:
        lines = []
        for number, gap in enumerate(message.gaps):
            lines.append(f"#. {{{number}}}: {' '.join(gap.split())}")
        lines += sorted({f"#: {place.rsplit(':', 1)[0]}" for place in message.places})
        if message.gaps or "{{" in message.id:
            lines.append("#, python-brace-format")
        if message.context:
            lines.append(f"msgctxt {quoted(message.context)}")
        lines.append(f"msgid {quoted(message.id)}")
        if message.plural:
            lines += [f"msgid_plural {quoted(message.plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
        else:
            lines.append('msgstr ""')
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def entries(catalogue: Path) -> dict[tuple[str, str], list[str]]:
    """What a catalogue says, by context and id; untranslated and fuzzy entries are left out."""
    plain = subprocess.run(
        ["msgattrib", "--translated", "--no-fuzzy", "--no-obsolete", "--no-wrap", str(catalogue)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    known = {}
    for block in re.split(r"\n\s*\n", plain):
        context = field_of(block, "msgctxt")
        texts = [unquoted(text) for text in re.findall(r'^msgstr(?:\[\d\])? (".*(?:\n".*)*)', block, re.M)]
        known[(context or "", field_of(block, "msgid") or "")] = texts
    return known


def field_of(block: str, name: str) -> str | None:
    match = re.search(rf'^{name} (".*(?:\n".*)*)', block, re.M)
    return unquoted(match.group(1)) if match else None


def unquoted(text: str) -> str:
    return "".join(json.loads(line) for line in text.split("\n"))


def problems(found: list[Message]) -> list[str]:
    """Where the template or a catalogue does not fit the code."""
    if not FOLDER.exists():
        return []
    wrong = []
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != template(found):
        wrong.append(f"{TEMPLATE.relative_to(ROOT)} is not what the code says: run scripts/phrases.py --write")
    wanted = {message.key: message for message in found}
    for language in PLURAL_FORMS:
        catalogue = FOLDER / f"{language}.po"
        known = entries(catalogue)
        known.pop(("", ""), None)
        wrong += [f"{language}.po lacks {key[1]!r}" for key in wanted if key not in known]
        wrong += [f"{language}.po has {key[1]!r}, which nothing says" for key in known if key not in wanted]
        for key, texts in known.items():
            if key in wanted:
                wrong += [f"{language}.po: {fault}" for fault in gap_faults(wanted[key], texts)]
    return wrong


def gap_faults(message: Message, texts: list[str]) -> list[str]:
    """A translation says everything that English says: each gap, in each form but those of one number only."""
    wanted = set(re.findall(r"(?<!\{)\{(\d+)\}", message.plural or message.id))
    faults = []
    for form, text in enumerate(texts):
        gaps = set(re.findall(r"(?<!\{)\{(\d+)\}", text))
        mayLack = {"0"} if message.plural and form == 0 and len(texts) > 1 else set()
        if gaps - wanted or wanted - gaps - mayLack:
            faults.append(f"{message.id!r} has the gaps {sorted(wanted)}, {text!r} has {sorted(gaps)}")
    return faults


def write(found: list[Message]) -> None:
    FOLDER.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(found), encoding="utf-8")
    for language, plural in PLURAL_FORMS.items():
        catalogue = FOLDER / f"{language}.po"
        if not catalogue.exists():
            catalogue.write_text(
                'msgid ""\nmsgstr ""\n"Project-Id-Version: Hansa\\n"\n"PO-Revision-Date: 2026-01-01 00:00+0000\\n"\n'
                '"Last-Translator: Hansa\\n"\n"Language-Team: %s\\n"\n"Language: %s\\n"\n"MIME-Version: 1.0\\n"\n'
                '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
                '"Plural-Forms: %s\\n"\n' % (language, language, plural),
                encoding="utf-8",
            )
        subprocess.run(
            ["msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--update", "--backup=none",
             str(catalogue), str(TEMPLATE)], check=True,
        )  # fmt: skip
        subprocess.run(
            ["msgattrib", "--no-obsolete", "--no-wrap", "-o", str(catalogue), str(catalogue)], check=True
        )


def missing(found: list[Message], language: str) -> list[dict[str, object]]:
    known = entries(FOLDER / f"{language}.po")
    return [
        {"context": m.context, "id": m.id, "plural": m.plural, "gaps": m.gaps, "places": m.places[:3]}
        for m in found
        if m.key not in known
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--missing", metavar="LANGUAGE", choices=sorted(PLURAL_FORMS))
    given = parser.parse_args()
    try:
        found = messages()
    except Unreadable as problem:
        print(problem, file=sys.stderr)
        return 1
    if given.write:
        write(found)
    if given.missing:
        print(json.dumps(missing(found, given.missing), ensure_ascii=False, indent=1))
        return 0
    wrong = problems(found)
    whole = "the catalogues are whole" if FOLDER.exists() else "there is no catalogue yet"
    print("\n".join(wrong) or f"{len(found)} texts; {whole}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
