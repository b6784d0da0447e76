"""Joining and leaving from the command line alone: from an application on paper to the roll, and from a letter to a status."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.engines import Store
from support.program import Outcome, hansa
from support.rooms import committee, day, give, person, quoted

pytestmark = pytest.mark.commands

COMMITTEE, ASSEMBLY = "executive-committee", "general-assembly"
PAPER = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
# What the charter asks of a city, as the form on paper has it.
ANSWERS = [
    "population=13200", "population_year=2025", "head=Mari Tamm", "head_position=Mayor", "contact_position=Head of office",
    "website=www.kuressaare.example", "reason=We want to learn from other cities.",
]


@dataclass
class Office:
    """The command line on a database, with a folder for files."""

    store: Store
    folder: Path

    def __call__(self, *arguments: str) -> Outcome:
        return hansa(self.store.setting, *arguments, HANSA_FILES_FOLDER=str(self.folder / "files"))

    def says(self, *arguments: str) -> str:
        return self(*arguments).must_succeed().output

    def json(self, *arguments: str):
        return json.loads(self.says(*arguments, "--json"))

    def paper(self, name: str = "paper.pdf", content: bytes = PAPER) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def enter(self, name: str, country: str = "EE", *more: str) -> str:
        """Begins an application of a city; returns its reference."""
        said = self.says("applications", "enter", "--name", name, "--category", "local-government", "--country", country,
                         "--contact-name", "Mari Tamm", "--email", "mari@applicants.example", *more)
        return said.split(" ")[0]

    def complete(self, reference: str) -> None:
        """Gives it all that the charter asks for."""
        self("applications", "set", reference, *ANSWERS, "--grounds", "The form on paper").must_succeed()
        for key in self.json("applications", "show", reference)["missing"]:
            self("applications", "attach", reference, self.paper(), "--as", key).must_succeed()

    def ready(self, name: str, country: str = "EE", *more: str) -> str:
        """An application that was sent and recommended."""
        reference = self.enter(name, country, *more)
        self.complete(reference)
        self("applications", "send", reference, "--grounds", "The form on paper").must_succeed()
        self("applications", "recommend", reference, "--for").must_succeed()
        return reference

    def state(self, reference: str) -> str:
        return self.json("applications", "show", reference)["application"]["state"]

    def put(self, matter: str, subject: str, body: str = COMMITTEE, *way: str) -> str:
        """Asks the body; returns the decision's reference."""
        return self.says("decisions", "open", "--body", body, "--matter", matter, "--title", matter.capitalize(),
                         "--subject", subject, *way).split(":")[0]

    def meets(self, matter: str, subject: str, body: str = COMMITTEE, outcome: str = "--adopted") -> None:
        """A meeting of the body decides."""
        decision = self.put(matter, subject, body, "--meeting")
        self("decisions", "record", decision, outcome, "1", "--day", day(), "--minutes", "Minutes, item 1").must_succeed()

    def file(self, kind: str, member: str, *more: str) -> str:
        """Records a letter of a member; returns the request's reference."""
        said = self.says("requests", "file", kind, member, "--letter-day", day(-3), "--signed-by", "Its mayor",
                         "--words", "By our council's decision.", *more)
        return said.split(":")[0]

    def request(self, reference: str) -> dict:
        return self.json("requests", "show", reference)

    def status(self, key: str) -> str:
        """The last status on record."""
        return self.store.query(
            f"SELECT s.status FROM member_status s JOIN member m ON m.id = s.member_id WHERE m.key = {quoted(key)} "
            "ORDER BY s.latest DESC LIMIT 1")[0][0]

    def written(self, cause: str, address: str) -> bool:
        """Whether a letter of that kind waits for somebody."""
        return address in self.says("mail", "list", "--search", cause)


@pytest.fixture
def office(loaded: Store, tmp_path: Path) -> Office:
    committee(loaded)
    return Office(loaded, tmp_path)


def test_a_city_that_applied_on_paper_is_admitted_by_the_committee_in_circulation(office: Office) -> None:
    came = day(-20)
    reference = office.enter("Kuressaare", "EE", "--received-on", came)
    assert office.written("application-link", "mari@applicants.example")
    listed = office.says("applications")
    assert reference in listed and "Kuressaare" in listed and "1 draft" in listed
    office("applications", "recommend", reference, "--for").must_refuse("not sent yet")
    office("applications", "send", reference, "--grounds", "The form").must_refuse("population:", "head:", "documents:")

    shown = office.says("applications", "show", reference)
    assert "Wanted document letter-of-intent" in shown and "Not in order, population:" in shown
    office.complete(reference)
    found = office.json("applications", "show", reference)
    assert found["problems"] == [] and found["missing"] == []
    assert found["says"]["population"] == "13200" and found["email"] == "mari@applicants.example"
    assert "Nothing differs" in office.says(
        "applications", "set", reference, "population=13200", "--grounds", "The form on paper")
    assert "letter-of-intent" in office.says("applications", "documents", reference)
    folder = office.folder / "copies"
    folder.mkdir()
    office("applications", "documents", reference, "--into", str(folder)).must_succeed()
    assert [path.read_bytes() for path in folder.iterdir()] == [PAPER]
    office("applications", "documents", reference, "--into", str(folder)).must_refuse("was not written")

    office("applications", "send", reference, "--grounds", "The signed form").must_succeed()
    assert office.written("application-submitted", "mari@applicants.example")
    office("applications", "send", reference, "--grounds", "The signed form").must_refuse("nothing was changed")
    office("applications", "note", reference, "--words", "Its partner city asked twice.").must_succeed()
    office("applications", "recommend", reference, "--for", "--words", "A city that shares its data.").must_succeed()
    office("applications", "take-back", reference, "--reason", "The wrong file").must_succeed()
    assert office.state(reference) == "submitted"
    office("applications", "recommend", reference, "--for", "--words", "A city that shares its data.").must_succeed()

    identifier = office.json("applications", "show", reference)["application"]["id"]
    assert f"--matter admission --title WORDS --subject {identifier}" in office.says("applications", "show", reference)
    office("decisions", "open", "--body", ASSEMBLY, "--meeting", "--matter", "admission", "--title", "Admission",
           "--subject", identifier).must_refuse("by the charter")
    decision = office.put("admission", identifier)
    assert office.state(reference) == "put"
    assert decision in office.says("applications", "show", reference)
    told = office.says("decisions", "show", decision)
    assert "Admit Kuressaare" in told
    office("applications", "close", reference, "--reason", "No longer wanted").must_refuse("before it")
    seats = [key for key, in office.store.query(
        "SELECT m.key FROM circular_seat s JOIN member m ON m.id = s.member_id ORDER BY m.key")]
    assert len(seats) > 3
    for seat in seats[:len(seats) // 2 + 1]:
        office("decisions", "answer", decision, "--seat", seat, "--approve", "--grounds", "Its letter").must_succeed()
    office.store.change("UPDATE circular SET closes_at = '2026-01-01T00:00:00.000000Z'")
    assert "1 closed" in office.says("decisions", "close")

    assert office.state(reference) == "admitted"
    member = office.says("member", "Kuressaare")
    assert came in member and "13200" in member
    assert "Kuressaare" in office.says("members", "--search", "Kuressaare", "--as-of", came)
    assert "Kuressaare" not in office.says("members", "--search", "Kuressaare", "--as-of", day(-21))
    people = office.says("person", "list", "--role", "representative")
    assert "Mari Tamm" in people and "mari@applicants.example" in people
    assert office.written("application-admitted", "mari@applicants.example")
    assert reference not in office.says("applications", "list").split()
    assert reference in office.says("applications", "list", "--all").split()
    kinds = [step["kind"] for step in office.json("applications", "show", reference)["steps"]]
    assert [kind for kind in kinds if kind != "corrected"] == [
        "started", "submitted", "note", "recommended", "taken-back", "recommended", "put", "admitted"]
    office("applications", "note", reference, "--words", "Too late").must_refuse("was admitted")
    office("files", "check").must_succeed()
    office("journal", "verify").must_succeed()


def test_a_former_member_that_applies_again_goes_on_in_its_own_record(office: Office) -> None:
    members = office.store.query("SELECT count(*) FROM member")
    reference = office.enter("Amsterdam", "NL")
    office.complete(reference)
    assert "Perhaps amsterdam" in office.says("applications", "show", reference)
    office("applications", "send", reference, "--grounds", "The form").must_refuse("member:", "Amsterdam")
    office("applications", "match", reference, "--member", "Wellington").must_refuse("a member already")
    office("applications", "match", reference, "--none").must_succeed()
    assert "Is not amsterdam" in office.says("applications", "show", reference)
    office("applications", "match", reference, "--member", "Amsterdam").must_succeed()
    assert "Was amsterdam" in office.says("applications", "show", reference)
    office("applications", "send", reference, "--grounds", "The form").must_succeed()
    office("applications", "recommend", reference, "--for").must_succeed()
    office.meets("admission", office.json("applications", "show", reference)["application"]["id"])
    assert office.state(reference) == "admitted" and office.status("amsterdam") == "member"
    assert office.store.query("SELECT count(*) FROM member") == members
    office("journal", "verify").must_succeed()


def test_an_application_is_asked_about_declined_or_closed(office: Office) -> None:
    asked = office.enter("Kuressaare")
    office.complete(asked)
    office("applications", "send", asked, "--grounds", "The form").must_succeed()
    office("applications", "ask", asked).must_refuse("--words")
    office("applications", "ask", asked, "--words", "").must_refuse("Nothing is asked")
    office("applications", "ask", asked, "--words", "The letter again.", "--missing", "poem").must_refuse("missing:")
    office("applications", "ask", asked, "--words", "The letter again, please.", "--missing", "letter-of-intent").must_succeed()
    assert office.state(asked) == "asked" and office.written("application-asked", "mari@applicants.example")
    office("applications", "recommend", asked, "--for").must_refuse("has not answered")
    office("applications", "close", asked, "--reason", "no").must_refuse("reason:")
    office("applications", "close", asked, "--reason", "It never answered.").must_succeed()
    assert office.state(asked) == "closed" and office.written("application-closed", "mari@applicants.example")

    declined = office.ready("Haapsalu")
    office("applications", "take-back", declined, "--reason", "Another look").must_succeed()
    office("applications", "recommend", declined, "--against").must_refuse("words:")
    office("applications", "recommend", declined, "--against", "--words", "It is part of a member.").must_succeed()
    office.meets("admission", office.json("applications", "show", declined)["application"]["id"], outcome="--rejected")
    assert office.state(declined) == "declined" and office.written("application-declined", "mari@applicants.example")
    over = {line["reference"]: line["state"] for line in office.json("applications", "list", "--all")}
    assert over == {asked: "closed", declined: "declined"}
    assert [line["reference"] for line in office.json("applications", "list", "--state", "declined")] == [declined]
    assert office.store.query("SELECT count(*) FROM member WHERE name IN ('Kuressaare', 'Haapsalu')") in ([(0,)], [("0",)])


def test_a_letter_of_withdrawal_is_filed_and_decided(office: Office) -> None:
    give(office.store, person(office.store, "Aroha Rangi", "aroha@people.example"), "representative", "wellington")
    possible = office.says("requests", "list", "--member", "Wellington")
    assert "withdrawal leads to withdrawn" in possible and "membership.withdrawal" in possible
    assert "no appeal:" in possible and "no reinstatement:" in possible
    reference = office.file("withdrawal", "Wellington", "--document", office.paper("letter.pdf"))
    assert office.written("request-received", "aroha@people.example")
    office("requests", "file", "withdrawal", "Wellington", "--letter-day", day(), "--signed-by", "Its mayor", "--words",
           "Once more").must_refuse("under way already", reference)
    found = office.request(reference)
    assert (found["state"], found["member"], found["documents"]) == ("received", "wellington", ["letter.pdf"])
    assert found["letterDay"] == day(-3) and found["by"] == "Its mayor"
    office("requests", "show", reference, "--into", str(office.folder)).must_succeed()
    assert (office.folder / "1-letter.pdf").read_bytes() == PAPER
    assert reference in office.says("requests", "list", "--state", "received")
    assert f"--matter withdrawal --title WORDS --subject {found['id']}" in office.says("requests", "show", reference)
    assert office.status("wellington") == "member"

    decision = office.put("withdrawal", found["id"], COMMITTEE, "--meeting")
    assert office.request(reference)["state"] == "put"
    office("requests", "take-back", reference, "--reason", "A slip").must_refuse("has the request before it")
    office("decisions", "record", decision, "--adopted", "1", "--day", day(), "--minutes", "Minutes, item 4").must_succeed()
    found = office.request(reference)
    assert found["state"] == "adopted" and found["decidedOn"] == day()
    assert office.status("wellington") == "withdrawn"
    assert "Wellington" in office.says("members", "--search", "Wellington", "--as-of", day(-1))
    assert office.written("standing-changed", "aroha@people.example")
    assert "no withdrawal:" in office.says("requests", "list", "--member", "Wellington")
    office("journal", "verify").must_succeed()


def test_a_suspended_member_is_reinstated(office: Office) -> None:
    assert office.status("donga") == "suspended"
    office("requests", "file", "appeal", "donga", "--letter-day", day(), "--signed-by", "Its mayor", "--words",
           "We did answer.").must_refuse("time to appeal is over")
    slip = office.file("reinstatement", "donga")
    office("requests", "take-back", slip, "--reason", "It was another member's letter.").must_succeed()
    office("requests", "take-back", slip, "--reason", "It was another member's letter.").must_refuse("was taken back")
    reference = office.file("reinstatement", "donga")
    office.meets("reinstatement", office.request(reference)["id"])
    assert office.request(reference)["state"] == "adopted" and office.status("donga") == "member"
    states = {line["reference"]: line["state"] for line in office.json("requests", "list")}
    assert states == {slip: "taken-back", reference: "adopted"}


def test_an_appeal_is_upheld_or_not(office: Office) -> None:
    for member in ("wellington", "goyang"):
        office("member", "status", member, "suspended", "--on", day(-5), "--grounds", "Decision of the assembly").must_succeed()
    upheld, rejected = office.file("appeal", "wellington"), office.file("appeal", "goyang")
    assert office.request(upheld)["against"] == {"day": day(-5), "status": "suspended"}
    office("decisions", "open", "--body", COMMITTEE, "--matter", "appeal", "--title", "Appeal", "--subject",
           office.request(upheld)["id"]).must_refuse("by the charter")
    office.meets("appeal", office.request(upheld)["id"], ASSEMBLY)
    office.meets("appeal", office.request(rejected)["id"], ASSEMBLY, "--rejected")
    assert office.request(upheld)["state"] == "adopted" and office.status("wellington") == "member"
    assert office.request(rejected)["state"] == "rejected" and office.status("goyang") == "suspended"


WRONG_APPLICATIONS = [
    (["show", "2020-9"], ["no application 2020-9"]),
    (["show", "soon"], ["no application soon"]),
    (["list", "--state", "lost"], ["lost", "admitted"]),
    (["enter", "--name", "X"], ["--category"]),
    (["set", "REF", "colour=red", "--grounds", "Why not"], ["colour", "population_year"]),
    (["set", "REF", "population", "--grounds", "Why not"], ["FIELD=VALUE"]),
    (["set", "REF", "population=many", "--grounds", "The form"], ["population:"]),
    (["set", "REF", "population=5000"], ["--grounds"]),
    (["set", "REF", "reason=We like it", "--grounds", "x"], ["grounds:"]),
    (["attach", "REF", "/nowhere/letter.pdf"], ["no file"]),
    (["attach", "REF", "SCRIPT"], ["a web page or a script"]),
    (["attach", "REF", "PAPER", "--as", "poem"], ["document:"]),
    (["documents", "2020-9"], ["no application"]),
    (["send", "REF"], ["--grounds"]),
    (["send", "REF", "--received-on", "someday", "--grounds", "The form"], ["received_on:"]),
    (["match", "REF"], ["--member NAME or --none"]),
    (["match", "REF", "--none", "--member", "Wellington"], ["--member NAME or --none"]),
    (["match", "REF", "--member", "Atlantis"], ["Atlantis"]),
    (["note", "REF", "--words", ""], ["words:"]),
    (["recommend", "REF", "--words", "Good"], ["--for"]),
    (["take-back", "REF", "--reason", "A slip"], ["not sent yet"]),
    (["close", "REF"], ["--reason"]),
    (["admit", "REF"], ["admit"]),
]


def test_each_wrong_use_of_applications_is_answered_with_words(office: Office) -> None:
    reference = office.enter("Kuressaare")
    script = office.paper("letter.pdf", b"<!doctype html><script>alert(1)</script>")
    names = {"REF": reference, "SCRIPT": script, "PAPER": office.paper("true.pdf")}
    for arguments, expected in WRONG_APPLICATIONS:
        office("applications", *[names.get(word, word) for word in arguments]).must_refuse(*expected)
    known = ["--category", "local-government", "--country", "EE", "--contact-name", "Mari Tamm"]
    for wrong, field in [
        (["--name", "", *known, "--email", "mari@applicants.example"], "name:"),
        (["--name", "Tartu", *known, "--email", "mari"], "email:"),
        (["--name", "Tartu", *known, "--email", "mari@applicants.example", "--language", "tlh"], "language:"),
        (["--name", "Tartu", *known, "--email", "mari@applicants.example", "--received-on", day(2)], "received_on:"),
        (["--name", "Tartu", "--category", "pirates", *known[2:], "--email", "mari@applicants.example"], "category:"),
    ]:
        office("applications", "enter", *wrong).must_refuse(field)
    office("decisions", "open", "--body", COMMITTEE, "--matter", "admission", "--title", "Admission", "--subject",
           office.json("applications", "show", reference)["application"]["id"]).must_refuse("not sent yet")
    assert [line["reference"] for line in office.json("applications", "list", "--all")] == [reference]
    assert [step["kind"] for step in office.json("applications", "show", reference)["steps"]] == ["started"]
    office("journal", "verify").must_succeed()


def test_each_wrong_use_of_requests_is_answered_with_words(office: Office) -> None:
    letter = ["--letter-day", day(), "--signed-by", "Its mayor", "--words", "We leave."]
    script = office.paper("letter.pdf", b"<!doctype html><script>alert(1)</script>")
    for arguments, expected in [
        (["file", "divorce", "Wellington", *letter], ["divorce", "withdrawal"]),
        (["file", "withdrawal", "Atlantis", *letter], ["Atlantis"]),
        (["file", "withdrawal", "Wellington"], ["--letter-day"]),
        (["file", "withdrawal", "Wellington", "--letter-day", day(2), *letter[2:]], ["letter_day:"]),
        (["file", "withdrawal", "Wellington", "--letter-day", "May", *letter[2:]], ["letter_day:"]),
        (["file", "withdrawal", "Wellington", *letter[:2], "--signed-by", "", *letter[4:]], ["signed_by:"]),
        (["file", "withdrawal", "Wellington", *letter[:4]], ["words:"]),
        (["file", "withdrawal", "Wellington", *letter, "--document", "/nowhere/letter.pdf"], ["no file"]),
        (["file", "withdrawal", "Wellington", *letter, "--document", script], ["a web page or a script"]),
        (["file", "reinstatement", "Wellington", *letter], ["reinstates nobody"]),
        (["file", "withdrawal", "Amsterdam", *letter], ["not on the roll"]),
        (["show", "2020-9"], ["no such request"]),
        (["list", "--state", "lost"], ["lost", "taken-back"]),
        (["list", "--member", "Atlantis"], ["Atlantis"]),
        (["take-back", "2020-9", "--reason", "A slip"], ["no such request"]),
        (["take-back", "2020-9"], ["--reason"]),
    ]:
        office("requests", *arguments).must_refuse(*expected)
    assert office.json("requests", "list") == []
    office("decisions", "open", "--body", COMMITTEE, "--matter", "withdrawal", "--title", "Withdrawal", "--subject",
           "nothing").must_refuse("no such request")
