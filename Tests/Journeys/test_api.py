"""The API as programs see it that nobody here wrote: checkers, a generated client, a validator of data packages."""

from __future__ import annotations

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
    assert report["stats"]["tasks"] == 6 and sum(task["type"] == "table" and task["stats"]["rows"] > 5 for task in report["tasks"]) == 3


def test_the_data_set_is_the_roll(place: Place) -> None:
    listed = place.server.get("/data/roll.csv?as_of=2021-12-31").text.strip().split("\r\n")
    assert len(listed) - 1 == read(place, "/api/v1/members?as_of=2021-12-31")["total"]


@pytest.mark.timeout(300)
def test_a_generated_client_lists_creates_and_edits(place: Place, tmp_path: Path) -> None:
    """A client that openapi-python-client makes of the document, without any setting. It knows no body but JSON and forms,
    and leaves out what takes a file; nothing else."""
    url = f"{place.server.url}/api/v1"
    made = tool(
        "openapi-python-client", "generate", "--url", f"{url}/openapi.json", "--output-path", str(tmp_path / "client"),
        "--meta", "none", cwd=tmp_path)
    assert made.returncode == 0, made.stdout[-4000:]
    takes_file = {
        (method.upper(), path) for path, methods in read(place, "/api/v1/openapi.json")["paths"].items()
        for method, operation in methods.items()
        if "application/json" not in operation.get("requestBody", {}).get("content", {"application/json": {}})}
    assert set(re.findall(r"WARNING parsing (\w+) (\S+) within", made.stdout)) == takes_file, made.stdout[-4000:]
    assert made.stdout.count("WARNING") == len(takes_file), made.stdout[-4000:]
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
