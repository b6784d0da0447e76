"""The command line: what it prints, and how it says no."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import secrets
import subprocess

import pytest

from support.engines import Store, records_in
from support.pages import rows_of_csv
from support.program import RECORDS, ROOT, Server, binary, environment, hansa

pytestmark = pytest.mark.commands

COMMANDS = [
    ["serve"], ["db"], ["db", "migrate"], ["db", "status"], ["db", "backup"], ["db", "restore"], ["db", "check"], ["import"],
    ["demo"], ["reconcile"], ["members"], ["member"], ["roll"], ["growth"], ["charter"], ["charter", "lint"],
    ["charter", "explain"], ["journal"], ["journal", "verify"], ["journal", "proof"], ["journal", "check"], ["mail"], ["mail", "list"],
    ["mail", "show"], ["mail", "send"], ["mail", "test"], ["mail", "bounce"], ["files"], ["files", "check"],
    ["config"], ["events"], ["events", "add"], ["participation"], ["participation", "import"], ["standing"], ["standing", "find"],
    *[["standing", name] for name in ("list", "history")], ["points"], *[["points", name] for name in ("of", "add", "withdraw")],
    ["ranking"], ["entitlements"], *[["entitlements", name] for name in ("of", "offices")],
    ["applications"], *[["applications", name] for name in (
        "list", "show", "enter", "set", "attach", "documents", "send", "ask", "note", "match", "recommend", "take-back", "close", "erase")],
    ["requests"], *[["requests", name] for name in ("list", "show", "file", "take-back")],
    ["fee"], ["fees"], *[["fees", name] for name in ("list", "compare", "inputs")],
    *[["fees", "inputs", name] for name in ("list", "add", "withdraw", "import")],
]


def test_version() -> None:
    assert re.search(r"\d+\.\d+", hansa("sqlite:/none", "--version").must_succeed().output)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=lambda command: " ".join(command) or "hansa")
def test_help_teaches(command: list[str]) -> None:
    said = hansa("sqlite:/none", *command, "--help").must_succeed().output
    assert "USAGE:" in said and len(said) > 150
    assert all(len(line) <= 120 for line in said.splitlines()), "wider than a terminal"


def test_unknown_command_is_answered_with_what_to_do() -> None:
    hansa("sqlite:/none", "membres").must_refuse("membres", "help")


def test_formats_tell_the_same(loaded: Store) -> None:
    as_csv = list(csv.DictReader(io.StringIO(
        hansa(loaded.setting, "members", "--as-of", "2021-12-31", "--format", "csv").must_succeed().output)))
    as_json = json.loads(hansa(loaded.setting, "members", "--as-of", "2021-12-31", "--format", "json").must_succeed().output)
    as_table = hansa(loaded.setting, "members", "--as-of", "2021-12-31", "--format", "table").must_succeed().output
    listed = as_json if isinstance(as_json, list) else as_json["members"]
    assert [row["name"] for row in as_csv] == [row["name"] for row in listed]
    assert all(row["name"] in as_table for row in as_csv)
    assert len(as_csv) >= 160


@pytest.mark.parametrize(("day", "count"), [("2020-12-31", 154), ("2021-12-31", 160)])
def test_roll_of_a_day(sqlite: Store, day: str, count: int) -> None:
    said = hansa(sqlite.setting, "roll", "--as-of", day).must_succeed().output
    assert re.search(rf"\b{count}\b", said), said[:2000]


def test_member_is_found_by_an_old_name(sqlite: Store) -> None:
    said = hansa(sqlite.setting, "member", "Nur-Sultan").must_succeed().output
    assert "Astana" in said and "Nur-Sultan" in said


def test_member_that_is_none_comes_with_a_suggestion(sqlite: Store) -> None:
    hansa(sqlite.setting, "member", "Wellingtn Cty").must_refuse("Wellingt")


@pytest.mark.parametrize("arguments", [
    ["--as-of", "2021-02-30"], ["--as-of", "soon"], ["--region", "atlantis"], ["--country", "xx"], ["--category", "pirates"],
    ["--format", "xml"],
], ids=lambda arguments: " ".join(arguments))
def test_members_refuses_what_it_does_not_know(sqlite: Store, arguments: list[str]) -> None:
    hansa(sqlite.setting, "members", *arguments).must_refuse(arguments[1])


def test_reconcile_explains_every_difference(loaded: Store) -> None:
    table = hansa(loaded.setting, "reconcile").must_succeed().output
    figures = json.loads(hansa(loaded.setting, "reconcile", "--json").must_succeed().output)
    figures = figures if isinstance(figures, list) else next(value for value in figures.values() if isinstance(value, list))
    assert len(figures) >= 20
    assert "155" in table and "160" in table and "41" in table


def test_growth_and_charter(sqlite: Store) -> None:
    assert "2021" in hansa(sqlite.setting, "growth").must_succeed().output
    hansa(sqlite.setting, "charter", "lint").must_succeed()


def test_config_lists_settings_with_their_origin_and_no_secret() -> None:
    secret = secrets.token_hex(8)
    said = hansa(f"postgres://hansa:{secret}@db.example/hansa", "config", HANSA_HTTP_PORT="4711").must_succeed().output
    assert "4711" in said and "db.example" in said and secret not in said
    assert re.search(r"environment", said, re.IGNORECASE)


def test_setting_that_is_no_number_is_named() -> None:
    hansa("sqlite:/none", "serve", HANSA_HTTP_PORT="eighty", seconds=20).must_refuse("eighty")


def test_colour_only_on_a_terminal(sqlite: Store) -> None:
    arguments = [str(binary()), "members", "--search", "Wellington"]
    settings = {**environment(sqlite.setting), "TERM": "xterm-256color"}
    settings.pop("NO_COLOR", None)
    assert "\x1b[" not in hansa(sqlite.setting, *arguments[1:]).must_succeed().output

    def on_terminal(**more: str) -> str:
        master, slave = pty.openpty()
        process = subprocess.Popen(arguments, cwd=ROOT, env={**settings, **more}, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 65536):
                said += chunk
        except OSError:
            pass  # The other end of a terminal ends with an error.
        os.close(master)
        assert process.wait(30) == 0
        return said.decode()

    assert "Wellington" in on_terminal()
    assert "\x1b[" not in on_terminal(NO_COLOR="1")


def test_output_into_a_closed_pipe_is_no_crash(sqlite: Store) -> None:
    done = subprocess.run(
        f"'{binary()}' members --format csv | head -n 1", shell=True, cwd=ROOT, env=environment(sqlite.setting),
        capture_output=True, text=True)
    assert done.returncode == 0 and "Fatal" not in done.stderr and "Broken pipe" not in done.stderr


def test_site_and_command_line_list_the_same(site: Server) -> None:
    printed = csv.DictReader(io.StringIO(
        hansa(site.database, "members", "--as-of", "2021-12-31", "--format", "csv").must_succeed().output))
    shown = rows_of_csv(site, "/members.csv?on=2021-12-31")
    assert sorted(row["name"] for row in printed) == sorted(row["name"] for row in shown)


def test_a_member_is_added_and_a_likely_double_is_asked_about(store: Store) -> None:
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    facts = ["--category", "local-government", "--country", "nz", "--joined", "2026-03", "--grounds", "Application"]
    hansa(store.setting, "member", "add", "Wellingtn", *facts).must_refuse("--despite wellington")
    hansa(store.setting, "member", "add", "Wellingtn", *facts, "--despite", "wellington").must_succeed()
    hansa(store.setting, "member", "add", "Kuressaare", *facts, "--joined", "someday").must_refuse("joined:")
    assert "asia-pacific · NZ" in hansa(store.setting, "member", "wellingtn").must_succeed().output
    hansa(store.setting, "journal", "verify").must_succeed()


def test_demo_members_are_marked_as_invented(store: Store) -> None:
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "demo", "--members", "500").must_succeed()
    listed = list(csv.DictReader(io.StringIO(
        hansa(store.setting, "members", "--format", "csv").must_succeed().output)))
    assert len(listed) == 500
    first = records_in(store)
    hansa(store.setting, "journal", "verify").must_succeed()
    assert first
    shown = hansa(store.setting, "member", listed[0]["name"]).must_succeed().output
    assert re.search(r"invented|demo", shown, re.IGNORECASE)


def test_made_up_dues_are_marked_count_for_nothing_and_stand_beside_no_others(loaded: Store) -> None:
    before = hansa(loaded.setting, "reconcile", "--json").must_succeed().output
    assert re.search(r"\b\d{3} invoices", hansa(loaded.setting, "demo", "--dues").must_succeed().output)
    for table in ("fee_input", "dues_run", "invoice", "account_entry", "payment", "bank_statement", "relief_request",
                  "document_proof", "activity"):
        (count, marked), = loaded.query(f"SELECT COUNT(*), SUM(invented) FROM {table}")
        assert int(count) == int(marked) > 0, table
    assert hansa(loaded.setting, "reconcile", "--json").must_succeed().output == before
    runs = json.loads(hansa(loaded.setting, "dues", "runs", "--json").must_succeed().output)
    assert len(runs) == 2 and all(run["invented"] for run in runs)
    kept = records_in(loaded)
    hansa(loaded.setting, "demo", "--dues").must_succeed()
    assert records_in(loaded) == kept, "a second time it changes nothing"
    hansa(loaded.setting, "journal", "verify").must_succeed()

    hansa(loaded.setting, "dues", "run", "2024").must_succeed()
    kept = records_in(loaded)
    hansa(loaded.setting, "demo", "--dues").must_refuse("not made up")
    hansa(loaded.setting, "demo", "--members", "5").must_refuse("not made up")
    assert records_in(loaded) == kept
    hansa(loaded.setting, "demo", "--members", "5", "--no-dues").must_succeed()


def test_nothing_is_made_up_where_people_have_accounts(loaded: Store) -> None:
    hansa(loaded.setting, "person", "add", "--name", "Rui", "--email", "rui@x.test", "--role", "administrator").must_succeed()
    kept = records_in(loaded)
    hansa(loaded.setting, "demo", "--dues").must_refuse("have accounts", "database of its own")
    hansa(loaded.setting, "demo", "--members", "5").must_refuse("have accounts")
    assert records_in(loaded) == kept
    assert int(loaded.query("SELECT COUNT(*) FROM invoice")[0][0]) == 0


def test_a_run_beside_made_up_invoices_says_whom_it_left_out(store: Store) -> None:
    hansa(store.setting, "demo", "--members", "40").must_succeed()
    year = str(store.query("SELECT MAX(year) FROM invoice")[0][0])
    (billed,), = store.query(f"SELECT COUNT(*) FROM invoice WHERE year = {year}")
    assert int(billed) > 20
    told = f"No invoice for {billed} whose invoice of the year is made up"
    assert told in hansa(store.setting, "dues", "plan", year).must_succeed().output
    assert told in hansa(store.setting, "dues", "run", year).must_succeed().output
    twice = f"SELECT member_id FROM invoice WHERE year = {year} GROUP BY member_id HAVING COUNT(*) > 1"
    assert store.query(twice) == []


def test_invented_members_come_with_dues_or_without(store: Store) -> None:
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "demo", "--members", "20", "--no-dues").must_succeed()
    assert int(store.query("SELECT COUNT(*) FROM invoice")[0][0]) == 0
    hansa(store.setting, "demo", "--members", "40").must_succeed()
    listed = hansa(store.setting, "dues", "invoices").must_succeed().output
    assert len(listed.splitlines()) > 20 and all(line.endswith("made up") for line in listed.splitlines() if line[:2] == "20")
    (count, marked), = store.query("SELECT COUNT(*), SUM(invented) FROM invoice")
    assert int(count) == int(marked) > 40


def test_debug_log_has_each_query_with_its_time_and_rows_but_no_values(loaded: Store) -> None:
    outcome = hansa(loaded.setting, "members", "--search", "Wellington", "--log-level", "debug").must_succeed()
    queries = [line for line in outcome.words.splitlines() if "FROM name_word" in line and "microseconds" in line]
    assert queries and all(re.search(r"rows=\d", line) for line in queries)
    assert not any("wellington" in line.lower() for line in queries), "what people search for is theirs"
