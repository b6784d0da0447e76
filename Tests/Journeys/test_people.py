"""People and their roles, as the secretariat keeps them, and what somebody tries who wants more than theirs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.engines import Store
from support.eyes import watched
from support.forms import post
from support.looks import assert_accessible, assert_fits
from support.program import Answer, hansa
from support.rooms import Visitor, give, instant, member_id, person, quoted, session, visitor
from support.town import Town, open_town

pytestmark = pytest.mark.people


class Office(Town):
    """A site with an administrator at work."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.store, town.server, town.letters)
        self.admin = self.person("administrator", name="Jiwon Park")

    def post(self, who: Visitor, path: str, **fields: str) -> Answer:
        return post(self.server, path, who, fields)

    def roles(self, identifier: str) -> list[str]:
        rows = self.store.query(
            f"SELECT role FROM role_grant WHERE person_id = {quoted(identifier)} AND ended_at IS NULL ORDER BY role")
        return [row[0] for row in rows]

    def id_of(self, address: str) -> str:
        return self.store.query(f"SELECT id FROM person WHERE email = {quoted(address)}")[0][0]


@pytest.fixture
def office(town: Town) -> Office:
    return Office(town)


@pytest.fixture
def page(context: BrowserContext, office: Office) -> Page:
    """Signed in as the administrator."""
    office.admin.enter(context, office.server)
    return context.new_page()


def invite(page: Page, office: Office, name: str, address: str, role: str, place: str) -> None:
    page.goto(office.server.url + "/console/people/invite")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_label("Member or body").fill(place)
    page.get_by_role("button", name="Invite", exact=True).click()


# ---- Journeys ----


def test_somebody_is_invited_comes_in_and_is_ended(office: Office, page: Page, browser: Browser) -> None:
    invite(page, office, "Ana Souza", "ana@seoul.test", "Member's editor", "Soul")
    expect(page.get_by_role("alert")).to_contain_text("No member is called so")
    # Nothing that was typed is lost.
    expect(page.get_by_label("Name")).to_have_value("Ana Souza")
    page.get_by_label("Member or body").fill("Seoul")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Souza")
    expect(page.locator(".notice.done")).to_have_text("ana@seoul.test gets a mail about the role.")

    theirs = browser.new_context()
    other = theirs.new_page()
    other.goto(office.letters.wait("ana@seoul.test", "invitation").link)
    expect(other.get_by_role("heading", level=1)).to_have_text("You are invited to WeGO")
    expect(other.locator("dl.facts")).to_contain_text("Member's editor")
    expect(other.locator("dl.facts")).to_contain_text("Seoul")
    expect(other.locator("dl.facts")).to_contain_text("Jiwon Park")
    other.get_by_role("button", name="Accept and sign in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Your account")
    other.goto(office.server.url + "/portal/seoul")
    expect(other.locator("main")).to_contain_text("Seoul")

    page.reload()
    expect(page.get_by_text("Invitations that wait")).to_have_count(0)
    page.locator("summary", has_text="End").click()
    page.get_by_role("button", name="End Member's editor").click()
    expect(page.get_by_text("Ended by Jiwon Park")).to_be_visible()
    # At once, in the browser that is open.
    assert other.goto(office.server.url + "/portal/seoul").status == 403
    theirs.close()


def test_an_administrator_signs_somebody_out_everywhere(office: Office, page: Page, browser: Browser) -> None:
    ana = visitor(office.store, "editor", "seoul", name="Ana Souza")
    session(office.store, ana.person_id)
    theirs = browser.new_context()
    ana.enter(theirs, office.server)
    other = theirs.new_page()
    assert other.goto(office.server.url + "/portal/seoul").url.endswith("/portal/seoul")
    page.goto(f"{office.server.url}/console/people/{ana.person_id}")
    page.get_by_role("button", name="Sign Ana Souza out everywhere").click()
    expect(page.locator(".notice.done")).to_have_text("Their 2 sign-ins have ended.")
    other.reload()
    expect(other).to_have_url(re.compile("/sign-in"))
    page.get_by_role("button", name="Sign Ana Souza out everywhere").click()
    expect(page.locator(".notice.done")).to_have_text("They were signed in nowhere.")
    page.get_by_role("link", name="What was changed about them").click()
    expect(page.get_by_text("Sessions ended")).to_have_count(1)
    # Their account stays open, and an officer cannot do this.
    again = visitor(office.store, "officer")
    assert office.post(again, f"/console/people/{ana.person_id}/sign-out").status == 403
    theirs.close()


def test_a_known_address_looks_the_same_to_whoever_invites(office: Office, page: Page) -> None:
    known = person(office.store, "Ana Known", "ana@seoul.test")
    office.store.change(f"UPDATE person SET signed_in_at = created_at WHERE id = {quoted(known)}")
    invite(page, office, "Somebody", "ana@seoul.test", "Voting delegate", "Seoul")
    expect(page.locator(".notice.done")).to_have_text("ana@seoul.test gets a mail about the role.")
    assert "invitation" not in office.letters.wait("ana@seoul.test", "new role").subject
    assert office.roles(known) == ["delegate"]
    invite(page, office, "Somebody", "ana@seoul.test", "Voting delegate", "Seoul")
    expect(page.get_by_role("alert")).to_contain_text("in that period already")


def test_an_invitation_is_sent_again_and_taken_back(office: Office, page: Page, browser: Browser) -> None:
    invite(page, office, "Ana Souza", "ana@seoul.test", "Juror", "Executive Committee")
    first = office.letters.wait("ana@seoul.test", "invitation").link
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Too often")
    office.store.change("UPDATE invitation SET sent_at = '2026-01-01T00:00:00.000000Z'")
    page.go_back()
    page.get_by_role("button", name="Send again").click()
    expect(page.locator(".notice.done")).to_contain_text("sent again")
    second = office.letters.wait("ana@seoul.test", "invitation", 2).link
    assert first != second
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".notice.done")).to_have_text("The invitation is taken back.")
    theirs = browser.new_context()
    for link in (first, second):
        assert theirs.new_page().goto(link).status == 410
    theirs.close()
    # Who never came leaves nothing personal behind.
    assert office.store.query("SELECT COUNT(*) FROM person WHERE email = 'ana@seoul.test'")[0][0] in (0, "0")


def test_closing_an_account_ends_what_is_open(office: Office, page: Page) -> None:
    editor = visitor(office.store, "editor", "seoul", name="Ana Souza")
    assert office.server.get("/account", Cookie=editor.cookie).status == 200
    page.goto(f"{office.server.url}/console/people/{editor.person_id}")
    page.get_by_role("button", name="Close the account of Ana Souza").click()
    expect(page.locator(".notice.done")).to_contain_text("closed")
    assert office.server.get("/account", Cookie=editor.cookie).status == 303
    page.goto(office.server.url + "/console/people?state=closed")
    expect(page.get_by_role("link", name="Ana Souza")).to_be_visible()
    page.get_by_role("link", name="Ana Souza").click()
    page.get_by_role("button", name="Open the account again").click()
    assert office.server.get("/account", Cookie=editor.cookie).status == 303, "an ended session stays ended"


def test_erasure_from_the_wish_to_the_tombstone(office: Office, page: Page) -> None:
    editor = visitor(office.store, "editor", "seoul", name="Xiomara Quispe")
    assert office.post(editor, "/account/erasure").status == 303
    page.goto(office.server.url + "/console?scope=everyone")
    expect(page.get_by_text("Erase Xiomara Quispe").first).to_be_visible()
    page.goto(f"{office.server.url}/console/people/{editor.person_id}")
    expect(page.get_by_text("asked that their data be erased")).to_be_visible()
    page.get_by_role("link", name="Erase their data").click()
    page.get_by_label("Write the name to confirm").fill("Xiomara")
    page.get_by_role("button", name="Erase Xiomara Quispe").click()
    expect(page.locator("#error-name")).to_be_visible()
    page.get_by_label("Write the name to confirm").fill("Xiomara Quispe")
    page.get_by_role("button", name="Erase Xiomara Quispe").click()
    expect(page.locator(".notice.done")).to_have_text("Everything personal is erased.")
    office.letters.wait(editor.email, "erased")
    assert office.server.get("/account", Cookie=editor.cookie).status == 303
    page.goto(f"{office.server.url}/console/people/{editor.person_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Erased person")
    expect(page.get_by_text("Member's editor")).to_be_visible()
    for table in ("person", "journal_personal", "journal_entry", "session", "one_time_link", "invitation"):
        assert "Quispe" not in str(office.store.query(f"SELECT * FROM {table}")), table
    hansa(office.store.setting, "journal", "seal").must_succeed()
    hansa(office.store.setting, "journal", "verify").must_succeed()


def test_a_wish_to_be_erased_is_declined_with_a_reason(office: Office, page: Page, browser: Browser) -> None:
    editor = visitor(office.store, "editor", "seoul", name="Yaw Mensah")
    assert office.post(editor, "/account/erasure").status == 303
    page.goto(office.server.url + "/console")
    page.get_by_role("link", name=re.compile("Decide.*Erase Yaw Mensah")).click()
    page.get_by_role("link", name="Decline with a reason").click()
    page.get_by_role("button", name="Decline and tell them").click()
    expect(page.locator("#error-reason")).to_be_visible()
    page.get_by_label("Reason").fill("The law of accounts asks us to keep <your> claims until 2035.")
    page.get_by_role("button", name="Decline and tell them").click()
    expect(page.locator(".notice.done")).to_have_text("Declined. They get a mail with the reason.")
    expect(page.locator("main")).to_contain_text("asks us to keep <your> claims until 2035.")
    page.goto(office.server.url + "/console")
    expect(page.get_by_text("Erase Yaw Mensah")).to_have_count(0)
    assert "until 2035" in str(office.letters.wait(editor.email, "request"))
    with watched(browser, office.server) as seen:
        editor.enter(seen.page.context, office.server)
        seen.open("/account")
        expect(seen.page.locator("#data ~ .notice")).to_contain_text("that was declined: The law of accounts")
        seen.page.get_by_text("Ask again to have it erased").click()
        seen.page.get_by_role("button", name="Ask to erase my data").click()
        expect(seen.page.get_by_text("An administrator will decide.")).to_be_visible()
    outsider = office.server.get(f"/console/people/{editor.person_id}/decline-erasure", Cookie=editor.cookie)
    assert outsider.status == 403


def test_the_last_administrator_stays(office: Office, page: Page) -> None:
    page.goto(f"{office.server.url}/console/people/{office.admin.person_id}")
    page.locator("summary", has_text="End").click()
    page.get_by_role("button", name="End Administrator").click()
    expect(page.get_by_text("This is the last administrator")).to_be_visible()
    assert office.roles(office.admin.person_id) == ["administrator"]
    hansa(office.store.setting, "person", "close", office.admin.email).must_refuse("last administrator")


def test_people_are_found_by_name_role_and_state(office: Office, page: Page) -> None:
    for name, role, place in (("Łukasz Żak", "editor", "seoul"), ("김민호", "delegate", "seoul"), ("Rui", "juror", "")):
        visitor(office.store, role, place, name=name)
    page.goto(office.server.url + "/console/people")
    page.get_by_label("Name or address").fill("lukasz zak")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-row] a")).to_have_text(["Łukasz Żak"])
    page.goto(office.server.url + "/console/people?role=delegate")
    expect(page.locator("[data-row] a")).to_have_text(["김민호"])
    page.goto(office.server.url + "/console/people?q=nobody-at-all")
    expect(page.get_by_role("heading", name="Nobody here")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/erase", "/decline-erasure"])
def test_the_pages_of_a_person_are_accessible(sqlite: Store, tmp_path: Path, browser: Browser, path: str) -> None:
    with open_town(sqlite, tmp_path) as town:
        admin, editor = town.person("administrator"), town.person("editor", name="Ana Souza")
        town.store.change(
            f"INSERT INTO erasure_request (person_id, asked_at) VALUES ({quoted(editor.person_id)}, {quoted(instant())})")
        for scheme in ("light", "dark"):
            with watched(browser, town.server, width=390, height=844, scheme=scheme) as seen:
                admin.enter(seen.page.context, town.server)
                seen.open(f"/console/people/{editor.person_id}{path}")
                assert_accessible(seen.page)
                assert_fits(seen)


# ---- Attacks ----


def test_nobody_gives_themselves_or_others_more_than_they_may(office: Office) -> None:
    officer = visitor(office.store, "officer")
    speaker = visitor(office.store, "representative", "seoul")
    editor = visitor(office.store, "editor", "seoul")
    auditor = visitor(office.store, "auditor")
    target = person(office.store, "Target", "target@x.test")
    tries = [
        (officer, target, "administrator", "", 403), (officer, target, "auditor", "", 403),
        (officer, officer.person_id, "juror", "Executive Committee", 403), (speaker, target, "editor", "Busan", 403),
        (speaker, target, "editor", "Seoul", 403), (editor, editor.person_id, "representative", "Seoul", 403),
        (auditor, target, "juror", "Executive Committee", 403),
        (office.admin, office.admin.person_id, "officer", "", 403), (officer, target, "juror", "Executive Committee", 303),
    ]
    for who, whom, role, place, status in tries:
        answer = office.post(who, f"/console/people/{whom}/roles", role=role, place=place)
        assert answer.status == status, (who.name, role, place, answer.status)
    assert office.roles(target) == ["juror"]
    invited = {"name": "Eve", "email": "eve@x.test", "language": "en", "role": "administrator", "place": ""}
    for who in (officer, speaker, editor, auditor):
        assert office.post(who, "/console/people/invite", **invited).status == 403, who.name
    for path in ("edit", "close", "reopen", "reset-second-factor", "erase", "decline-erasure"):
        for who in (officer, speaker, editor, auditor):
            answer = office.post(who, f"/console/people/{target}/{path}", name="Target", email="eve@x.test", language="en")
            assert answer.status == 403, (who.name, path)


def test_a_forged_field_changes_nothing_else(office: Office) -> None:
    editor = visitor(office.store, "editor", "seoul", name="Eve")
    forged = {
        "name": "Eve II", "language": "en", "id": office.admin.person_id, "person": office.admin.person_id,
        "person_id": office.admin.person_id, "role": "administrator", "place": "", "email": "eve@evil.test",
        "second_factor_at": "2026-01-01", "totp_confirmed_at": "", "closed_at": "",
    }
    assert office.post(editor, "/account/details", **forged).status == 303
    rows = office.store.query(f"SELECT name, email FROM person WHERE id = {quoted(editor.person_id)}")
    assert tuple(rows[0]) == ("Eve II", editor.email)
    assert office.store.query(f"SELECT name FROM person WHERE id = {quoted(office.admin.person_id)}")[0][0] == "Jiwon Park"
    assert office.roles(editor.person_id) == ["editor"]


def test_another_persons_sessions_and_roles_cannot_be_ended(office: Office) -> None:
    editor = visitor(office.store, "editor", "seoul")
    session = office.store.query(f"SELECT id FROM session WHERE person_id = {quoted(office.admin.person_id)}")[0][0]
    assert office.post(editor, f"/account/sessions/{session}/end").status == 404
    role = office.store.query(f"SELECT id FROM role_grant WHERE person_id = {quoted(office.admin.person_id)}")[0][0]
    assert office.post(editor, f"/console/roles/{role}/end").status == 403
    assert office.server.get("/console/people", Cookie=office.admin.cookie).status == 200


def test_a_role_that_waits_for_its_second_factor_does_nothing(office: Office) -> None:
    half = visitor(office.store, "administrator", second_factor=False)
    answer = office.post(half, "/console/people/invite", name="Eve", email="eve@x.test", language="en", role="officer")
    assert answer.status == 303 and answer.headers["location"].startswith("/sign-in/second-factor")
    assert office.store.query("SELECT COUNT(*) FROM person WHERE email = 'eve@x.test'")[0][0] in (0, "0")


# ---- The command line ----


def test_the_table_of_rights_is_printed_and_is_what_the_services_ask(office: Office) -> None:
    printed = hansa(office.store.setting, "rights").must_succeed().output
    lines = {line.split()[0]: line.split()[1:12] for line in printed.splitlines() if re.match(r"[a-z-]+\.[a-z-]+ ", line)}
    told = json.loads(hansa(office.store.setting, "rights", "--json").must_succeed().output)
    assert len(told) == len(lines) > 25
    assert lines["person.erase"] == ["all"] + ["·"] * 10
    assert next(line for line in told if line["action"] == "profile.edit")["roles"] == {
        "administrator": "all", "officer": "all", "communication": "all", "representative": "own", "editor": "own"}


def test_people_at_the_command_line(office: Office) -> None:
    setting = office.store.setting
    hansa(setting, "person", "add", "--name", "Rui", "--email", "rui@x.test", "--role", "judge").must_refuse("no role")
    hansa(setting, "person", "add", "--name", "Rui", "--email", "rui@x.test", "--role", "editor").must_refuse("--member")
    hansa(setting, "person", "add", "--name", "Rui", "--email", "rui", "--role", "auditor").must_refuse("e-mail address")
    hansa(
        setting, "person", "add", "--name", "Rui", "--email", "rui@x.test", "--role", "editor", "--member",
        "atlantis").must_refuse("No member has the key")
    made = hansa(
        setting, "person", "add", "--name", "Rui", "--email", "rui@x.test", "--role", "editor", "--member",
        "seoul").must_succeed()
    assert re.search(r"/sign-in/link\?key=[\w-]{43}", made.output)
    assert f"editor in {member_id(office.store, 'seoul')}" in hansa(setting, "person", "list").must_succeed().output
    hansa(setting, "person", "link", "nobody@x.test").must_refuse("Nobody has the address")
    hansa(setting, "person", "close", "rui@x.test").must_succeed()
    hansa(setting, "person", "link", "rui@x.test").must_refuse("closed")
    give(office.store, office.id_of("rui@x.test"), "delegate", "seoul")
    assert "closed" in hansa(setting, "person", "list", "--state", "closed").must_succeed().output
