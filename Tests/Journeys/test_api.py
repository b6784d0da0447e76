"""The API as programs see it that nobody here wrote: checkers, a generated client, a validator of data packages."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.forms import post
from support.pages import page
from support.pictures import png
from support.places import Place
from support.program import Answer, hansa
from support.tokens import token

pytestmark = pytest.mark.api

# Nobody asks so much in earnest.
SETTINGS = {"HANSA_API_RATE": "1000000", "HANSA_API_TOKEN_RATE": "1000000"}

EXAMPLES = os.environ.get("HANSA_API_EXAMPLES", "6")


def tool(name: str, *arguments: str, cwd: Path, seconds: float = 170) -> subprocess.CompletedProcess:
    """A command of the tests' own Python packages."""
    programs = Path(sys.executable).parent
    environment = {
        **os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(cwd / "hypothesis")}
    return subprocess.run(
        [str(programs / name), *arguments], cwd=cwd, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=seconds, check=False)


def asked(place: Place, method: str, path: str, bearer: str | None = None, body: object = None, **headers: str) -> Answer:
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    if bearer:
        sent["Authorization"] = f"Bearer {bearer}"
    if body is not None:
        sent["Content-Type"] = "application/json"
    return place.server.send(method, path, sent, "" if body is None else json.dumps(body))


def read(place: Place, path: str, bearer: str | None = None) -> dict:
    answer = asked(place, "GET", path, bearer)
    assert answer.status == 200, f"{path}: {answer.status} {answer.text[:500]}"
    return json.loads(answer.body)


@pytest.mark.timeout(700)
@pytest.mark.parametrize("role", [None, "administrator", "representative"])
def test_every_answer_is_as_the_document_says(place: Place, role: str | None, tmp_path: Path) -> None:
    """All checks of schemathesis against the served document, with hundreds of requests, right ones and wrong ones."""
    arguments = [
        "run", f"{place.server.url}/api/v1/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful",
        "--max-examples", EXAMPLES, "--seed", "1", "--continue-on-failure", "--request-timeout", "10"]
    if role:
        bearer = token(place.store, role, "seoul" if role == "representative" else "")
        arguments += ["-H", f"Authorization: Bearer {bearer}"]
    done = tool("schemathesis", *arguments, cwd=tmp_path, seconds=680)
    assert done.returncode == 0, done.stdout[-12000:]
    counted = re.search(r"(\d+) generated", done.stdout)
    assert counted and int(counted[1]) > 300, done.stdout[-3000:]


def test_the_document_is_valid_openapi(place: Place, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_bytes(place.server.get("/api/v1/openapi.json").body)
    done = tool("openapi-spec-validator", "openapi.json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_data_package_is_valid(place: Place, tmp_path: Path) -> None:
    done = tool("frictionless", "validate", f"{place.server.url}/data/datapackage.json", "--json", cwd=tmp_path)
    report = json.loads(done.stdout[done.stdout.index("{"):])
    assert report["valid"], done.stdout[-4000:]
    assert report["stats"]["tasks"] == 8 and sum(task["type"] == "table" and task["stats"]["rows"] > 5 for task in report["tasks"]) == 4


def test_the_data_set_is_the_roll(place: Place) -> None:
    listed = place.server.get("/data/roll.csv?as_of=2021-12-31").text.strip().split("\r\n")
    assert len(listed) - 1 == read(place, "/api/v1/members?as_of=2021-12-31")["total"]


@pytest.mark.timeout(300)
def test_a_generated_client_lists_creates_and_edits(place: Place, tmp_path: Path) -> None:
    """A client that openapi-python-client makes of the document, without any setting. It knows no body but JSON and forms
    and no answer that is PDF alone, and leaves out what takes or gives such a file; nothing else."""
    url = f"{place.server.url}/api/v1"
    made = tool(
        "openapi-python-client", "generate", "--url", f"{url}/openapi.json", "--output-path", str(tmp_path / "client"),
        "--meta", "none", cwd=tmp_path)
    assert made.returncode == 0, made.stdout[-4000:]
    is_file = {
        (method.upper(), path) for path, methods in read(place, "/api/v1/openapi.json")["paths"].items()
        for method, operation in methods.items()
        if "application/json" not in operation.get("requestBody", {}).get("content", {"application/json": {}})
        or list(operation["responses"].get("200", {}).get("content", {})) == ["application/pdf"]}
    assert set(re.findall(r"WARNING parsing (\w+) (\S+) within", made.stdout)) == is_file, made.stdout[-4000:]
    assert made.stdout.count("WARNING") == len(is_file), made.stdout[-4000:]
    (tmp_path / "use.py").write_text(f"""
from client import AuthenticatedClient, Client
from client.api.members import add_member, edit_member, get_member, list_members
from client.models import MemberChange, NewMember, NewMemberCategory, NewMemberCountry

plain = Client(base_url={url!r})
page = list_members.sync(client=plain, limit=3, q="seoul")
assert page.data[0].key == "seoul", page
seen = []
cursor = None
while True:
    page = list_members.sync(client=plain, limit=100, **({{"cursor": cursor}} if cursor else {{}}))
    seen += [member.key for member in page.data]
    cursor = page.next_
    if not cursor:
        break
assert len(seen) == len(set(seen)) == page.total, (len(seen), page.total)

office = AuthenticatedClient(base_url={url!r}, token={token(place.store, "officer")!r})
new = NewMember(
    grounds="Their application", name="Tidewater Haven", category=NewMemberCategory.LOCAL_GOVERNMENT,
    country=NewMemberCountry.SE, language="en", joined="2026-03-01")
made = add_member.sync_detailed(client=office, body=new, idempotency_key="one")
assert made.status_code == 201, made
again = add_member.sync_detailed(client=office, body=new, idempotency_key="one")
assert again.parsed.key == made.parsed.key

read = get_member.sync_detailed(made.parsed.key, client=plain)
change = MemberChange(grounds="Their letter", website="https://tidewater.example")
edited = edit_member.sync_detailed(made.parsed.key, client=office, body=change, if_match=read.headers["etag"])
assert edited.status_code == 200, edited
assert edited.parsed.website == "https://tidewater.example"
stale = edit_member.sync_detailed(made.parsed.key, client=office, body=change, if_match=read.headers["etag"])
assert stale.status_code == 412, stale
print("done")
""")
    done = subprocess.run(
        [sys.executable, "use.py"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False)
    assert done.stdout.strip().endswith("done"), done.stdout[-4000:]


def test_a_picture_that_a_program_sends_is_shown_to_everybody(place: Place) -> None:
    bearer = token(place.store, "representative", "seoul")
    path = "/api/v1/members/seoul/pictures?kind=photo&alt=The%20river"
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "image/png", "Idempotency-Key": "one"}
    for _ in range(2):
        added = place.server.send("POST", path, headers, png(40, 30))
        assert added.status == 201, added.text
    address = added.headers["location"]
    time.sleep(0.2)  # Pages are kept until the server sees the change.
    shown = place.server.get(address)
    assert shown.status == 200 and shown.headers["content-type"] == "image/jpeg"
    pictures = read(place, "/api/v1/members/seoul")["pictures"]
    assert [(picture["address"], picture["alt"]) for picture in pictures] == [(address, "The river")]
    assert address in place.server.get("/members/seoul").text
    disguised = place.server.send("POST", path, {**headers, "Idempotency-Key": "two"}, b"<!doctype html><script>1</script>")
    assert disguised.status == 409 and json.loads(disguised.body)["errors"][0]["field"] == "body"
    refused = place.server.send("POST", path, {**headers, "Idempotency-Key": "three", "Content-Type": "text/html"}, png(40, 30))
    assert refused.status == 415


def test_anybody_asks_what_a_fee_would_be(place: Place) -> None:
    """The published rows for corporations, and the ruling on what they leave out."""
    asked = "/api/v1/fees/what-if?year=2022&category=corporation&kind=sme&employees="
    for employees, fee in [(1, 2000), (229, 2000), (240, 2000), (300, 2500), (500, 5000), (2000, 8000)]:
        told = read(place, f"{asked}{employees}")
        assert (told["amount"]["currency"], told["amount"]["minor"]) == ("USD", fee * 100), told["sentence"]
        assert bool(told["rulings"]) == (employees == 240), told["sentence"]
    assert read(place, f"{asked}0")["outcome"] == "missing"
    tables = read(place, "/api/v1/fees?year=2022")["data"]
    assert {table["category"] for table in tables} == {"local-government", "institution", "corporation"}


def test_a_file_of_figures_changes_a_fee_and_a_statement_is_tried(place: Place) -> None:
    bearer = token(place.store, "finance")
    fee = "/api/v1/members/seoul/fee?year=2024"
    assert read(place, fee, bearer)["outcome"] == "fee"
    header = b"member,measure,value,as_of,source,invented\n"
    sent = {"Authorization": f"Bearer {bearer}", "Content-Type": "text/csv"}
    path = "/api/v1/fee-input-files?name=figures.csv"
    taken = place.server.send("POST", path, sent, header + b"seoul,population,99999,2023-12-31,A letter,yes\n")
    assert taken.status == 201, taken.text
    small = read(place, fee, bearer)
    assert small["amount"]["minor"] == 50000 and small["is_invented"], small["sentence"]
    refused = place.server.send("POST", path, sent, header + b"atlantis,population,1,2023,A letter,yes\n")
    assert refused.status == 409 and json.loads(refused.body)["code"] == "fees.rows-refused"
    statement = Path(__file__).parents[1] / "DuesTests" / "Fixtures" / "camt053-08.xml"
    tried = place.server.send(
        "POST", "/api/v1/bank-statements?name=march.xml&dry_run=true", {**sent, "Content-Type": "application/xml"},
        statement.read_bytes())
    assert tried.status == 200 and json.loads(tried.body)["is_dry_run"], tried.text
    assert read(place, "/api/v1/bank-statements", bearer)["data"] == []


def test_a_token_is_made_shown_once_used_and_revoked(place: Place) -> None:
    officer = place.person("officer")
    made = post(
        place.server, "/account/tokens", officer, {"name": "Monthly report", "scopes": "proposals:read", "days": "30"})
    text = re.search(r"hansa_[\w-]{43}", made.text)[0]
    assert text not in place.get(officer, "/account/tokens").text
    assert read(place, "/api/v1/token", text)["scopes"] == ["proposals:read"]
    assert "data" in read(place, "/api/v1/proposals", text)
    listed = place.get(officer, "/account/tokens").text
    assert "Monthly report" in listed and "last used" in listed
    revoke = re.search(r"/account/tokens/[\w-]+/revoke", listed)[0]
    assert post(place.server, revoke, officer, {}).status == 303
    ends(place, text)


def ends(place: Place, text: str) -> None:
    """A token opens nothing as soon as the server sees the change: within a tenth of a second."""
    deadline = time.monotonic() + 2
    while asked(place, "GET", "/api/v1/token", text).status != 401:
        assert time.monotonic() < deadline, "it still opens"
        time.sleep(0.05)


def test_the_operator_makes_and_revokes_tokens(place: Place) -> None:
    officer = place.person("officer")
    said = hansa(
        place.store.setting, "token", "make", "--person", officer.email, "--name", "Report", "--scope", "members:read").must_succeed()
    text = said.output.strip()
    identifier = read(place, "/api/v1/token", text)["id"]
    assert identifier in hansa(place.store.setting, "token", "list").must_succeed().output
    hansa(place.store.setting, "token", "revoke", identifier).must_succeed()
    ends(place, text)
    hansa(place.store.setting, "token", "revoke", identifier).must_refuse("revoked already")


def test_a_program_changes_its_holders_name_and_ends_a_sign_in(place: Place) -> None:
    editor = place.person("editor", name="Astrid Berg")
    bearer = hansa(
        place.store.setting, "token", "make", "--person", editor.email, "--name", "Desk", "--scope", "account:read",
        "--scope", "account:write").must_succeed().output.strip()
    assert read(place, "/api/v1/account/data", bearer)["person"]["name"] == "Astrid Berg"
    account = asked(place, "GET", "/api/v1/account", bearer)
    changed = asked(
        place, "PATCH", "/api/v1/account", bearer, {"name": "Astrid Lund"}, If_Match=account.headers["etag"])
    assert changed.status == 200 and json.loads(changed.body)["name"] == "Astrid Lund", changed.text
    assert "Astrid Lund" in place.get(editor, "/account").text
    session, = read(place, "/api/v1/account/sessions", bearer)["data"]
    ended = asked(
        place, "DELETE", f"/api/v1/account/sessions/{session['id']}", bearer, If_Match=session["etag"])
    assert ended.status == 200, ended.text
    assert place.get(editor, "/account").status == 303


def test_an_administrators_program_revokes_a_token_and_makes_none(place: Place) -> None:
    lost, bearer = token(place.store, "officer"), token(place.store, "administrator")
    identifier = read(place, "/api/v1/token", lost)["id"]
    entry = next(entry for entry in read(place, "/api/v1/tokens", bearer)["data"] if entry["id"] == identifier)
    revoked = asked(place, "POST", f"/api/v1/tokens/{identifier}/revocation", bearer, If_Match=entry["etag"])
    assert revoked.status == 200, revoked.text
    ends(place, lost)
    for path in ["/api/v1/tokens", "/api/v1/account/tokens", "/api/v1/members/seoul/tokens"]:
        assert asked(place, "POST", path, bearer, {"name": "Another", "scopes": ["members:read"], "days": 30}).status == 405


def test_the_members_table_is_taken_out_with_its_filter_and_columns(place: Place) -> None:
    bearer = {"Authorization": f"Bearer {token(place.store, 'officer')}"}
    table = "/api/v1/member-table?region=africa&columns=country,tags"
    taken = place.server.send("GET", table, bearer, "")
    assert taken.status == 200 and taken.headers["content-type"].startswith("text/csv"), taken.text
    rows = list(csv.DictReader(io.StringIO(taken.text)))
    assert rows and set(rows[0]) == {"key", "name", "other_names", "country", "tags"}
    listed = read(place, "/api/v1/members?region=africa&limit=200&fields=key")["data"]
    assert {row["key"] for row in rows} == {member["key"] for member in listed}
    book = place.server.send("GET", f"{table}&format=xlsx", bearer, "")
    assert book.body[:2] == b"PK"
    outsider = {"Authorization": f"Bearer {token(place.store, 'representative', 'seoul')}"}
    assert place.server.send("GET", table, outsider, "").status == 403


def test_a_page_of_another_site_may_read_what_is_open(place: Place) -> None:
    answer = place.server.get("/api/v1/members?limit=1", Origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    bearer = token(place.store, "officer")
    private = place.server.get("/api/v1/proposals", Origin="https://elsewhere.example", Authorization=f"Bearer {bearer}")
    assert private.status == 200 and "access-control-allow-origin" not in private.headers


def test_whatever_is_below_the_api_answers_programs(place: Place) -> None:
    for path, status in [("/api/v1/nothing", 404), ("/api/", 404), ("/api/v1/members?q=%ff", 400), ("/api/v1/" + "x" * 9000, 414)]:
        answer = place.server.get(path, Accept="text/html")
        assert answer.status == status, path
        assert answer.headers["content-type"] == "application/problem+json", path
        assert json.loads(answer.body)["status"] == status


def test_the_reference_has_every_operation_of_the_document(place: Place) -> None:
    document = read(place, "/api/v1/openapi.json")
    identifiers = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
    shown = {element.attributes.get("id") for element in page(place.server, "/developers").all("article")}
    assert shown == identifiers
