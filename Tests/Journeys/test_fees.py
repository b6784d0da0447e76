"""Fees at the command line, and a second program that works them out from the published tables alone."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from support import published_fees
from support.engines import Store
from support.made_up_fees import EMPLOYEES, MEMBERS, Input, Known, as_csv, made_up
from support.program import hansa
from support.published_fees import Told

pytestmark = pytest.mark.commands

YEARS = [2022, 2023, 2024]
# Where rows begin and end, and what lies between two of them.
EDGES = {"employees": {229, 230, 299, 300, 49, 50, 51, 1999, 2000, 0}, "gdp-per-capita-ppp": {1999.5, 1999, 2000}}


def listed(store: Store, year: int, *more: str) -> dict[str, dict]:
    """What the program tells of everybody on the roll, by key."""
    said = hansa(store.setting, "fees", "list", "--year", str(year), *more, "--json").must_succeed().output
    return {line["member"]: line for line in json.loads(said)}


def on_roll(store: Store, day: str) -> set[str]:
    said = hansa(store.setting, "members", "--as-of", day, "--format", "json").must_succeed().output
    return {member["key"] for member in json.loads(said)}


def told(line: dict) -> Told:
    """What the program tells, as the second program would put it."""
    if line["outcome"] == "fee":
        assert line["currency"] == "USD"
        by = "ruling" if line["rulings"] else "stand-in" if "unpublished" in line else "table"
        assert ("row" in line) == (line["rulings"] == [] or line["rulings"][-1]["key"] == "fractions"), line
        return Told(line["fee"], by)
    assert line["outcome"] == "missing" and "fee" not in line, line
    missing: set[str] = set()
    for each in line["missing"]:
        missing |= {"kind": {"kind"}, "no-row": {"row"}}.get(each["code"]) or set(each["of"])
    return Told(missing=frozenset(missing))


def expected(known: Known, member: str, year: int) -> Told:
    facts = known.facts(member)
    return published_fees.fee(year, facts.category, facts.kind, facts.figures)


def differences(lines: dict[str, dict], known: Known, year: int) -> dict[str, tuple[Told, Told, str]]:
    """Where the two programs disagree: this one's answer, that one's, and its words."""
    found = {key: (expected(known, key, year), told(line), line["words"]) for key, line in lines.items()}
    return {key: each for key, each in found.items() if each[0] != each[1]}


@pytest.fixture
def invented(loaded: Store, tmp_path: Path) -> tuple[Store, list[Input]]:
    """The records with figures that are made up, for members of all three rolls."""
    rolls = [on_roll(loaded, f"{year}-01-01") for year in YEARS]
    inputs = made_up(rolls[-1], (rolls[0] | rolls[1]) - rolls[-1])
    file = tmp_path / "made-up.csv"
    file.write_text(as_csv(inputs), encoding="utf-8")
    said = hansa(loaded.setting, "fees", "inputs", "import", str(file)).must_succeed().output
    assert f"{len(inputs)} entered" in said
    return loaded, inputs


def test_without_figures_both_say_what_is_missing(loaded: Store) -> None:
    known = Known([])
    for year in YEARS:
        lines = listed(loaded, year)
        assert set(lines) == on_roll(loaded, f"{year}-01-01"), "the roll of the day on which fees are decided"
        assert differences(lines, known, year) == {}
        fees = {key for key, line in lines.items() if line["outcome"] == "fee"}
        assert fees and {MEMBERS[key]["category"] for key in fees} == {"local-government"}, "only these have figures"
        assert not any(line["invented"] for line in lines.values())


def test_both_programs_agree_on_the_fee_of_every_member(invented: tuple[Store, list[Input]]) -> None:
    store, inputs = invented
    known = Known(inputs)
    seen: dict[str, set[float]] = {measure: set() for measure in EDGES}
    ways: set[tuple[int, str]] = set()
    for year in YEARS:
        lines = listed(store, year)
        assert differences(lines, known, year) == {}
        for line in lines.values():
            answer = told(line)
            ways.add((year, answer.by or "missing"))
            for measure, fact in line["facts"]["figures"].items():
                if measure in seen:
                    seen[measure].add(fact["value"])
                    assert fact["isInvented"] and fact["source"] == "Made up for a test"
            if line["category"] != "local-government" and answer.fee is not None:
                assert line["invented"] and "made up" in line["words"]
            for ruling in line["rulings"]:
                assert ruling["day"] == "2026-11-22" and ruling["madeBy"] == "Secretariat" and ruling["grounds"]
                assert "By ruling of 22 Nov 2026" in line["words"]
            if year == 2024 and answer.by in ("table", "ruling"):
                # The other statement of the same report stands beside the one that is followed.
                assert [each["inForce"] for each in line["statements"]] == [False, True]
                assert line["statements"][0]["fee"] == 1000 and line["statements"][0]["why"]
    for measure, values in EDGES.items():
        assert values <= seen[measure], f"the figures that were made up have no {values - seen[measure]} {measure}"
    assert ways == {(year, way) for year in YEARS for way in ("table", "ruling", "stand-in", "missing")}


def test_one_member_and_the_whole_roll_are_told_the_same(invented: tuple[Store, list[Input]]) -> None:
    store, _ = invented
    lines = listed(store, 2023)
    for key in ["seoul", "kisa", "becloud", "nita-u"]:
        said = hansa(store.setting, "fee", key, "--year", "2023", "--json").must_succeed().output
        assert json.loads(said) == lines[key]
        words = hansa(store.setting, "fee", key, "--year", "2023").must_succeed().output
        assert lines[key]["words"] in words


def test_the_comparison_is_the_sum_of_its_fees(invented: tuple[Store, list[Input]]) -> None:
    store, inputs = invented
    known = Known(inputs)
    found = json.loads(hansa(store.setting, "fees", "compare", "--from", "2023", "--to", "2024", "--json")
                       .must_succeed().output)
    assert found["day"] == "2024-01-01"
    roll = on_roll(store, "2024-01-01")
    pairs = {key: (expected(known, key, 2023).fee, expected(known, key, 2024).fee) for key in roll}
    assert {line["member"]: (line["before"].get("fee"), line["after"].get("fee")) for line in found["members"]} == pairs
    both = [(before, after) for before, after in pairs.values() if before is not None and after is not None]
    assert found["summary"]["members"] == len(roll)
    assert found["summary"]["before"] == [{"currency": "USD", "amount": sum(before for before, _ in both)}]
    assert found["summary"]["after"] == [{"currency": "USD", "amount": sum(after for _, after in both)}]
    counts = found["summary"]["counts"]
    assert counts["less"] == sum(after < before for before, after in both) > 0
    assert counts.get("more", 0) == sum(after > before for before, after in both)
    assert counts["cannot-tell"] == len(roll) - len(both) > 0
    table = hansa(store.setting, "fees", "compare", "--from", "2023", "--to", "2024").must_succeed().output
    assert f"All: {len(roll)} members" in table


@pytest.mark.parametrize(("year", "member", "assumed"), [
    *[(2022, "becloud", {"kind": "sme", "employees": str(count)}) for count in (0, 1, 229, 230, 299, 300, 1999)],
    (2022, "becloud", {"kind": "multinational", "employees": "2000"}),
    (2023, "becloud", {"kind": "start-up", "employees": "21"}),
    *[(2024, "becloud", {"employees": str(count)}) for count in (0, 49, 50, 51)],
    *[(2022, "kisa", {"kind": "academic", "gdp-per-capita-ppp": value}) for value in ("0", "1999.50", "2000")],
    (2024, "kisa", {"employees": "50"}),
    (2024, "seoul", {"population": "99999"}),
], ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else str(value))
def test_what_if(sqlite: Store, year: int, member: str, assumed: dict[str, str]) -> None:
    flags = [flag for name, value in assumed.items() for flag in ("--what-if", f"{name}={value}")]
    line = json.loads(hansa(sqlite.setting, "fee", member, "--year", str(year), *flags, "--json").must_succeed().output)
    figures = {name: Decimal(value) for name, value in assumed.items() if name != "kind"}
    assert told(line) == published_fees.fee(year, MEMBERS[member]["category"], assumed.get("kind"), figures)
    assert line["assumed"] == (line["outcome"] == "fee")
    if line["outcome"] == "fee":
        assert "(assumed)" in line["words"]
    assert int(sqlite.query("SELECT count(*) FROM fee_input")[0][0]) == 0, "what is assumed is not kept"


def test_the_tables_are_read_as_printed() -> None:
    """The second program by itself: rows meet or leave out what the charter's lint says that they leave out."""
    left_out = {value for value in range(0, 2100)
                if published_fees._printed(published_fees.CORPORATIONS_2021, Decimal(value)) is None}
    assert left_out == {0, *range(230, 300)}
    assert published_fees._printed(published_fees.SINCE_2024, Decimal(50)) is None
    assert published_fees._printed(published_fees.INSTITUTIONS_2021, Decimal("1999.50")) is None
    assert set(EMPLOYEES) >= {int(value) for value in EDGES["employees"]}


def test_figures_are_entered_corrected_and_withdrawn(loaded: Store) -> None:
    def add(*arguments: str):
        return hansa(loaded.setting, "fees", "inputs", "add", *arguments, "--source", "Its letter")

    add("beCloud", "--measure", "kind", "--value", "sme", "--as-of", "2022").must_succeed()
    employees = ["beCloud", "--measure", "employees", "--as-of", "2022-12-31", "--value"]
    first = add(*employees, "240").must_succeed().output.split()[-1]
    said = hansa(loaded.setting, "fee", "beCloud", "--year", "2023").must_succeed().output
    assert "USD\u00a02,000" in said and "240 employees (31 Dec 2022, Its letter)" in said and "By ruling of" in said
    add(*employees, "240").must_refuse("on record already")
    second = add(*employees, "300").must_succeed().output.split()[-1]
    assert "USD\u00a02,500" in hansa(loaded.setting, "fee", "beCloud", "--year", "2023").must_succeed().output
    add("--country", "KR", "--measure", "gdp-per-capita-ppp", "--value", "50,070.5", "--as-of", "2022").must_succeed()

    inputs = json.loads(hansa(loaded.setting, "fees", "inputs", "list", "--all", "--json").must_succeed().output)
    states = {each["id"]: each["state"] for each in inputs}
    assert states[first] == "corrected" and states[second] == "in-force" and len(states) == 4
    assert [each["value"] for each in inputs if each.get("country") == "KR"] == ["50070.5"]
    hansa(loaded.setting, "fees", "inputs", "withdraw", second, "--grounds", "Another firm").must_succeed()
    hansa(loaded.setting, "fees", "inputs", "withdraw", second, "--grounds", "Another firm").must_refuse("already")
    said = hansa(loaded.setting, "fee", "beCloud", "--year", "2023").must_succeed().output
    assert "cannot be told" in said and "No figure is known: employees." in said


@pytest.mark.parametrize(("arguments", "words"), [
    (["fee", "Atlantis", "--year", "2024"], ["atlantis"]),
    (["fee", "seoul", "--year", "1999"], ["1999", "another year"]),
    (["fee", "seoul", "--year", "2024", "--what-if", "population"], ["--what-if"]),
    (["fee", "seoul", "--year", "2024", "--what-if", "population=many"], ["population", "number"]),
    (["fee", "seoul", "--year", "2024", "--what-if", "trees=4"], ["trees", "population"]),
    (["fees", "list", "--year", "2024", "--as-of", "soon"], ["soon"]),
    (["fees", "compare", "--from", "1999", "--to", "2024"], ["1999"]),
    (["fees", "inputs", "add", "seoul", "--measure", "employees", "--value", "1.5", "--as-of", "2022", "--source", "S"],
     ["value", "whole number"]),
    (["fees", "inputs", "add", "seoul", "--measure", "kind", "--value", "sme", "--as-of", "2022", "--source", "S"],
     ["value", "no kinds"]),
    (["fees", "inputs", "import", "/none.csv"], ["/none.csv"]),
], ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else str(value))
def test_what_is_not_known_is_refused(sqlite: Store, arguments: list[str], words: list[str]) -> None:
    hansa(sqlite.setting, *arguments).must_refuse(*words)
    assert int(sqlite.query("SELECT count(*) FROM fee_input")[0][0]) == 0


def test_a_file_is_taken_whole_or_not_at_all(loaded: Store, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    good = as_csv([Input("becloud", "", "employees", "240", "2022"),
                   Input("", "KR", "gdp-per-capita-ppp", "1999.50", "2022")])
    file.write_text(good + "atlantis,,employees,1,2022,S,,,\nbecloud,,employees,many,2023,S,,,\n", encoding="utf-8")
    refused = hansa(loaded.setting, "fees", "inputs", "import", str(file))
    refused.must_refuse("2 rows cannot be taken", "line 4, member", "line 5, value")
    assert int(loaded.query("SELECT count(*) FROM fee_input")[0][0]) == 0
    file.write_text(good, encoding="utf-8")
    taken = hansa(loaded.setting, "fees", "inputs", "import", str(file)).must_succeed().output
    assert "2 entered, 0 corrected, 0 on record already" in taken
    again = hansa(loaded.setting, "fees", "inputs", "import", str(file)).must_succeed().output
    assert "0 entered, 0 corrected, 2 on record already" in again
    assert int(loaded.query("SELECT count(*) FROM fee_input")[0][0]) == 2
    file.write_bytes(good.encode() + b"\xff\xfe\x00")
    hansa(loaded.setting, "fees", "inputs", "import", str(file)).must_refuse("CSV")
