"""Rules about the source tree that no compiler checks."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from support.program import ROOT

pytestmark = pytest.mark.repository

SOURCES = sorted((ROOT / "Sources").rglob("*.swift"))
TESTS = sorted((ROOT / "Tests").rglob("*.swift"))

# What a door knows and a capability must not.
DOORS = re.compile(r"^(?:\w+ )?import (Hummingbird\w*|HTTPTypes|NIO\w*|HTML|Web|Site|ArgumentParser)\b", re.MULTILINE)


def test_there_are_sources() -> None:
    assert len(SOURCES) > 30 and len(TESTS) > 10


def test_files_hold_one_idea() -> None:
    """Past 300 lines there usually is a second one; tables of facts are the exception."""
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


def test_names_come_from_the_field() -> None:
    vague = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Utilities)\b")
    names = [str(path.relative_to(ROOT)) for path in SOURCES + TESTS if vague.search(path.stem)]
    types = [
        f"{path.relative_to(ROOT)}: {found[0]}" for path in SOURCES
        for found in re.finditer(r"\b(?:struct|class|actor|enum|protocol) \w*(?:Manager|Helper|Utils?)\b", path.read_text())
    ]
    assert names + types == []


def test_capabilities_know_no_door_and_the_kernel_no_capability() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in SOURCES if "Domain" in path.parts for found in DOORS.finditer(path.read_text())
    ]
    domains = "|".join(sorted(path.name for path in (ROOT / "Sources/Domain").iterdir() if path.is_dir()))
    capability = re.compile(rf"^(?:\w+ )?import ({domains})\b", re.MULTILINE)
    wrong += [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in SOURCES if "Kernel" in path.parts for found in capability.finditer(path.read_text())
    ]
    assert wrong == []


def test_rules_read_no_clock_and_no_database() -> None:
    forbidden = re.compile(r"^(?:\w+ )?import (Database|Journal)\b|\bDate\(\)|\.now\b|\bClock\b", re.MULTILINE)
    rules = [path for path in SOURCES if path.stem.endswith("Rules") or "Charter" in path.parts]
    assert [
        f"{path.relative_to(ROOT)}: {found[0]}" for path in rules for found in forbidden.finditer(path.read_text())
    ] == []


def test_every_capability_opens_with_a_readme() -> None:
    folders = [path for path in (ROOT / "Sources" / "Domain").iterdir() if path.is_dir()]
    assert [str(path.relative_to(ROOT)) for path in folders if not (path / "README.md").is_file()] == []


def test_style_sheets_close_what_they_open() -> None:
    """A block left open makes browsers read all that follows as part of it, and none complains."""
    wrong = []
    for path in sorted((ROOT / "Sources").rglob("*.css")):
        sheet, depth = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(), flags=re.DOTALL), 0
        for number, line in enumerate(sheet.splitlines(), 1):
            if line.startswith("@media") and depth:
                wrong.append(f"{path.name}:{number}: a block before this line is still open")
            depth += line.count("{") - line.count("}")
        if depth:
            wrong.append(f"{path.name}: {depth} blocks are open at its end")
    assert wrong == []


def test_unchecked_promises_say_why() -> None:
    bare = []
    for path in SOURCES:
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if re.search(r"@unchecked Sendable|nonisolated\(unsafe\)", line):
                around = lines[max(0, number - 6):number + 1]
                if not any("//" in each for each in around):
                    bare.append(f"{path.relative_to(ROOT)}:{number + 1}")
    assert bare == []


def test_no_force() -> None:
    forced = re.compile(r"\btry!|\bas!")
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}" for path in SOURCES for line in path.read_text().splitlines()
        if forced.search(line.split("//")[0])
    ] == []


def test_nothing_about_one_association_is_in_code() -> None:
    named = re.compile(r"\bWeGO\b|\bwego\b|\bSeoul\b", re.IGNORECASE)
    found = []
    for path in SOURCES:
        if "Domain" not in path.parts and "Kernel" not in path.parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if named.search(line.split("//")[0]):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []


def test_documents_link_to_what_is_there() -> None:
    documents = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *(ROOT / "Documentation").glob("*.md")]
    broken = []
    for document in documents:
        text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")
    assert broken == []


def test_what_is_built_is_not_kept() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [path for path in kept if re.match(r"(\.build|\.venv|var)/|Package\.resolved$|.*__pycache__", path)] == []


def test_records_are_whole() -> None:
    """Keys, dates, sources and the counts of the printed rolls; against the reports themselves where they are at hand."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "Data" / "tools" / "check.py")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_each_text_can_be_given_to_translators() -> None:
    """Every `say` holds a literal that the translators' template can be made from."""
    listed = subprocess.run(
        [sys.executable, ROOT / "scripts" / "phrases.py"], capture_output=True, text=True, timeout=120)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert int(listed.stdout.split()[0]) > 1000
