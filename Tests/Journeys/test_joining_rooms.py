"""Joining and leaving behind sign-in: the secretariat's way with an application, letters of members, what a member asks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from support.eyes import Watched, picture, watched
from support.forms import post, upload
from support.keyboard import Hands, walk, without_mouse
from support.looks import assert_looks_right, assert_still
from support.pages import parse
from support.places import Place
from support.program import Answer
from support.rooms import ROLES, SECRETARIAT, Visitor, instant
from support.town import Town

JOINING = "/console/joining"
BODY = "executive-committee"
ADDRESS = "office@nordhamn.example"
RECEIVED = "2025-09-01"
LETTER = b"We want to join. Nordhamn, the mayor."
# A form with a mistake in it is an answer of its own (422).
MISTAKE = re.compile(r"Failed to load resource: .*422")


def application_page(identifier: str, *below: str) -> str:
    return "/".join([f"{JOINING}/applications/{identifier}", *below])


def notice(page: Page, text: str) -> None:
    expect(page.locator(".notice.done")).to_contain_text(text)


def unfold(page: Page, name: str) -> None:
    page.locator("summary").filter(has_text=re.compile(f"^{name}$")).click()


def button(page: Page, name: str) -> Locator:
    """Not what a part is folded under, which may be called the same."""
    return page.locator("button").filter(has_text=re.compile(f"^{name}$"))


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


# ---- What the secretariat does, without a browser


def entered(place: Place, officer: Visitor, **changed: str) -> str:
    """An application that came by letter; returns its id."""
    fields = {"category": "local-government", "name": "Nordhamn", "country": "SE", "contact_name": "Elin Berg",
              "email": ADDRESS, "language": "en", "received_on": RECEIVED, **changed}
    answer = post(place.server, f"{JOINING}/new", officer, fields)
    assert answer.status == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


def did(place: Place, officer: Visitor, identifier: str, form: str, **fields: str) -> Answer:
    """One of the forms of an application's page."""
    named = {f"{form}-{name}": value for name, value in fields.items()}
    return post(place.server, application_page(identifier, form), officer, named)


def correct(place: Place, officer: Visitor, identifier: str, **values: str) -> Answer:
    path = application_page(identifier, "correct")
    document = parse(place.get(officer, path).text)
    seen = {f"seen-{name}": document.first("input", name=f"seen-{name}").attributes["value"] for name in values}
    return post(place.server, path, officer, {**values, **seen, "grounds": "The letter says so"})


def sent(place: Place, officer: Visitor, **changed: str) -> str:
    """An application that is whole and was sent."""
    identifier = entered(place, officer, **changed)
    values = {"population": "60000", "population_year": "2024", "head": "Karin Lund", "head_position": "Mayor"}
    assert correct(place, officer, identifier, **values).status == 303
    answer = upload(place.server, application_page(identifier, "attach"), officer, {"attach-key": "letter-of-intent"},
                    {"attach-document": ("letter.txt", "text/plain", LETTER)})
    assert answer.status == 303, answer.text
    assert did(place, officer, identifier, "send", received_on=RECEIVED, grounds="The letter is whole").status == 303
    return identifier


def put(place: Place, officer: Visitor, matter: str, subject: str) -> str:
    """Puts something before the committee, for a meeting; returns the decision's id."""
    document = parse(place.get(officer, f"/console/decisions/new?matter={matter}&subject={subject}").text)
    once = document.first("input", name="once").attributes["value"]
    answer = post(place.server, "/console/decisions", officer, {
        "once": once, "matter": matter, "subject": subject, "body": BODY, "way": "meeting", "title": matter})
    assert answer.status == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


def ask_the_body(page: Page, words: str) -> str:
    """Goes on from "Put before the body"; returns the address of the decision."""
    page.get_by_role("link", name="Put before the body").click()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_label("Body", exact=True)).to_have_value(BODY)
    page.get_by_label("How it decides").select_option("meeting")
    page.get_by_role("button", name="Ask the body").click()
    notice(page, "Noted. Enter the outcome here once the meeting was held.")
    return page.url


def decide(page: Page, decision: str, outcome: str) -> None:
    page.goto(decision)
    page.get_by_role("group").get_by_label(outcome, exact=True).check()
    page.get_by_label("Day of the meeting").fill(instant()[:10])
    page.get_by_label("Where its minutes are").fill("Minutes of the committee, item 1")
    page.get_by_role("button", name="Record the outcome").click()
    notice(page, "The meeting's outcome is recorded.")


# ---- Applications


@pytest.mark.stories
def test_the_secretariat_takes_an_application_from_letter_to_member(
    town: Town, browser: Browser, context: BrowserContext
) -> None:
    officer = town.person("officer", name="Oh Ji-woo")
    with watched(browser, town.server, scripts=False) as office:
        officer.enter(office.page.context, town.server)
        page = office.page
        page.goto(town.server.url + JOINING)
        expect(region(page, "Applications")).to_contain_text("There is none.")
        page.get_by_role("link", name="Enter an application that came by letter").click()
        page.get_by_label("Category", exact=True).select_option("local-government")
        page.get_by_label("Name", exact=True).fill("Nordhamn")
        page.get_by_label("Country", exact=True).select_option("SE")
        page.get_by_label("Contact person", exact=True).fill("Elin Berg")
        page.get_by_label("E-mail address", exact=True).fill("office@nordhamn")
        page.get_by_label("Received on", exact=True).fill(RECEIVED)
        page.get_by_role("button", name="Enter the application").click()
        expect(page.get_by_role("alert")).to_contain_text("This is no e-mail address")
        expect(page.get_by_label("Name", exact=True)).to_have_value("Nordhamn")
        page.get_by_label("E-mail address", exact=True).fill(ADDRESS)
        page.get_by_role("button", name="Enter the application").click()
        notice(page, "The application is entered")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d{4}-1 Nordhamn$"))
        expect(page.get_by_text("Still missing by the charter:")).to_be_visible()
        address = page.url

        # What the letter says is written down, with where it comes from.
        page.get_by_role("link", name="Correct what it says").click()
        page.get_by_label("Population", exact=True).fill("60000")
        page.get_by_label("Year of the population", exact=True).fill("2024")
        page.get_by_label("Head of government", exact=True).fill("Karin Lund")
        page.get_by_label("Position of the head of government", exact=True).fill("Mayor")
        page.get_by_role("button", name="Keep the correction").click()
        expect(page.get_by_role("alert")).to_contain_text("Say it in a few words")
        expect(page.get_by_label("Head of government", exact=True)).to_have_value("Karin Lund")
        page.get_by_label("Grounds", exact=True).fill("The letter of 1 September")
        page.get_by_role("button", name="Keep the correction").click()
        notice(page, "The correction is kept.")
        expect(region(page, "What it says")).to_contain_text("Karin Lund")

        # It is not sent before it is whole; nothing that was typed is lost.
        unfold(page, "Send it for the applicant")
        page.get_by_label("Grounds", exact=True).fill("The letter is whole")
        button(page, "Send it for the applicant").click()
        expect(page.get_by_role("alert")).to_contain_text("These documents are missing")
        expect(page.get_by_label("Grounds", exact=True)).to_have_value("The letter is whole")
        unfold(page, "Add a document that came on paper")
        page.get_by_label("File", exact=True).set_input_files({"name": "letter.txt", "mimeType": "text/plain", "buffer": LETTER})
        page.get_by_role("button", name="Add the document").click()
        notice(page, "The document is added.")
        paper = region(page, "Documents").get_by_role("link", name="letter.txt").get_attribute("href")
        download = town.get(officer, paper)
        assert download.body == LETTER and download.headers["content-disposition"].startswith("attachment;")
        unfold(page, "Send it for the applicant")
        page.get_by_label("Grounds", exact=True).fill("The letter is whole")
        button(page, "Send it for the applicant").click()
        notice(page, "Sent for the applicant")
        expect(page.locator(".brief")).to_contain_text("1 Sept 2025")
        town.letters.wait(ADDRESS, "we have your application")

        # A note is for colleagues; a question goes to the applicant, who answers from the letter.
        unfold(page, "Note something")
        page.get_by_label("Note", exact=True).fill("Ask Oh about the harbour")
        page.get_by_role("button", name="Keep the note").click()
        notice(page, "The note is kept.")
        expect(region(page, "What happened")).to_contain_text("not shown to the applicant")
        unfold(page, "Ask the applicant")
        page.get_by_label("What you ask", exact=True).fill("Which office will write to us?")
        page.get_by_role("button", name="Ask by mail").click()
        notice(page, "The applicant is asked by mail.")
        expect(page.locator(".lede")).to_contain_text("has not answered yet")
        guest = context.new_page()
        guest.goto(town.letters.wait(ADDRESS, "a question on your application").link)
        expect(guest.get_by_text("Which office will write to us?")).to_be_visible()
        assert "Ask Oh about the harbour" not in guest.content() and "Oh Ji-woo" not in guest.content()
        guest.locator("textarea[name=words]").fill("The harbour office.")
        guest.get_by_role("button", name="Send the answer").click()
        expect(guest.locator(".notice.done")).to_contain_text("Your answer is sent.")
        page.goto(address)
        expect(region(page, "What happened")).to_contain_text("The harbour office.")

        # Against admission needs words; taken back, the recommendation is made again.
        unfold(page, "Recommend")
        page.get_by_label("Against admission", exact=True).check()
        button(page, "Recommend").click()
        expect(page.get_by_role("alert")).to_contain_text("Say it in a few words")
        page.get_by_label("For admission", exact=True).check()
        page.get_by_label("Why", exact=True).fill("A port of the network's own kind.")
        button(page, "Recommend").click()
        notice(page, "Recommended.")
        unfold(page, "Take the recommendation back")
        page.get_by_label("Reason", exact=True).first.fill("Too early")
        page.get_by_role("button", name="Take it back").click()
        notice(page, "The recommendation is taken back.")
        unfold(page, "Recommend")
        page.get_by_label("For admission", exact=True).check()
        button(page, "Recommend").click()
        notice(page, "Recommended.")

        page.goto(town.server.url + "/console")
        item = page.locator("[data-row]").filter(has_text="Nordhamn")
        expect(item).to_contain_text("Put it before the body that decides.")
        item.get_by_role("link").click()
        decision = ask_the_body(page, "Admit Nordhamn")
        page.goto(address)
        expect(page.locator(".lede")).to_have_text("The Executive Committee has it before it.")
        page.locator(".brief").get_by_role("link", name=re.compile(r"^\d{4}-\d+$")).click()
        expect(page).to_have_url(decision)
        decide(page, decision, "adopted")
        page.goto(address)
        expect(page.locator(".lede")).to_have_text("The Executive Committee admitted the applicant.")
        expect(region(page, "What to do next")).to_have_count(0)
        page.locator(".brief").get_by_role("link", name="Nordhamn").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nordhamn")
        page.goto(town.server.url + f"{JOINING}?state=admitted")
        expect(region(page, "Applications").locator("[data-row]")).to_contain_text("Nordhamn")
        town.letters.wait(ADDRESS, "welcome")
    joined = town.store.query(
        "SELECT s.status, s.earliest FROM member_status s JOIN member m ON m.id = s.member_id WHERE m.name = 'Nordhamn'")
    assert joined == [("member", RECEIVED)]
    done = {row[0] for row in town.store.query("SELECT action FROM journal_entry WHERE action LIKE 'application.%'")}
    assert done >= {f"application.{each}" for each in (
        "started", "corrected", "document-added", "submitted", "noted", "asked", "answered", "recommended", "taken-back", "put",
        "admitted")}
    told = town.get(officer, "/console/journal?action=application").text
    assert "Application recommended on" in told and "application recommended" not in told


@pytest.mark.stories
def test_who_the_applicant_was_is_looked_at(town: Town, browser: Browser) -> None:
    officer = town.person("officer")
    identifier = entered(town, officer, name="Amsterdam", country="NL")
    with watched(browser, town.server, scripts=False) as office:
        officer.enter(office.page.context, town.server)
        page = office.page
        page.goto(town.server.url + application_page(identifier))
        known = region(page, "In the records")
        expect(known.get_by_role("link", name="Amsterdam")).to_have_attribute("href", "/console/members/amsterdam")
        known.get_by_role("button", name="It is this one: Amsterdam").click()
        notice(page, "Noted: admission continues that membership.")
        expect(known).to_contain_text("It is this one: admission is its reinstatement.")
        expect(page.locator(".brief")).to_contain_text("Former member")
        known.get_by_role("button", name="It is none of these").click()
        notice(page, "Noted: the applicant is none of these.")
        expect(known).to_contain_text("Looked at: the applicant is another one.")
        expect(known.get_by_role("button", name="It is none of these")).to_have_count(0)
    # Who is on the roll needs no admission.
    answer = post(town.server, application_page(identifier, "match"), officer, {"member": "seoul"})
    assert answer.status == 409
    assert town.count("application", "member_id IS NULL") == 1


@pytest.mark.stories
def test_what_cannot_be_put_before_the_body_is_closed_with_a_reason(town: Town, browser: Browser) -> None:
    officer = town.person("officer")
    identifier = entered(town, officer)
    with watched(browser, town.server, scripts=False) as office:
        officer.enter(office.page.context, town.server)
        page = office.page
        page.goto(town.server.url + application_page(identifier))
        unfold(page, "Close the application")
        page.get_by_role("button", name="Close it").click()
        expect(page.get_by_role("alert")).to_contain_text("Say it in a few words")
        page.get_by_label("Reason", exact=True).fill("A <b>company</b> of another name applied for it.")
        page.get_by_role("button", name="Close it").click()
        notice(page, "Closed. The applicant is told by mail.")
        expect(region(page, "What happened")).to_contain_text("A <b>company</b> of another name applied for it.")
    assert "company" in town.letters.wait(ADDRESS, "is closed").text
    assert did(town, officer, identifier, "note", words="Too late").status == 409
    assert did(town, officer, identifier, "close", reason="Again").status == 409
    assert town.count("application_step", "kind = 'closed'") == 1


@pytest.mark.stories
def test_two_who_correct_one_box_do_not_overwrite_each_other(town: Town, browser: Browser) -> None:
    officer = town.person("officer")
    identifier = entered(town, officer)
    with watched(browser, town.server, scripts=False) as office:
        officer.enter(office.page.context, town.server)
        page = office.page
        page.goto(town.server.url + application_page(identifier, "correct"))
        page.get_by_label("Contact person", exact=True).fill("Elin Borg")
        page.get_by_label("Website", exact=True).fill("https://nordhamn.example")
        page.get_by_label("Grounds", exact=True).fill("A telephone call")
        assert correct(town, officer, identifier, contact_name="Elin Bergh").status == 303
        page.get_by_role("button", name="Keep the correction").click()
        expect(page.get_by_role("alert")).to_contain_text("Somebody else changed this meanwhile: Contact person.")
        expect(page.get_by_text("It says now: Elin Bergh")).to_be_visible()
        expect(page.get_by_label("Contact person", exact=True)).to_have_value("Elin Borg")
        page.get_by_role("button", name="Keep the correction").click()
        notice(page, "The correction is kept.")
        expect(region(page, "What it says")).to_contain_text("Elin Borg")
        expect(region(page, "What it says")).to_contain_text("https://nordhamn.example")


@pytest.mark.stories
def test_words_of_applicants_are_text(town: Town, browser: Browser) -> None:
    hostile = "<img src=x onerror=alert(1)> & Sons"
    officer = town.person("officer")
    identifier = entered(town, officer, name=hostile, contact_name=hostile)
    with watched(browser, town.server) as office:
        officer.enter(office.page.context, town.server)
        for path in (JOINING + "?state=draft", application_page(identifier), application_page(identifier, "correct"), "/console"):
            office.open(path)
            assert office.page.locator("main img").count() == 0, path
            assert office.errors == [], path
        office.open(application_page(identifier))
        expect(office.page.get_by_role("heading", level=1)).to_contain_text(hostile)


# ---- Letters and requests of members


@pytest.mark.stories
def test_a_letter_is_recorded_and_the_member_leaves_and_comes_back(town: Town, browser: Browser) -> None:
    officer = town.person("officer", name="Oh Ji-woo")
    town.known("Aroha Rangi", "aroha@people.example", "representative", "wellington")
    with watched(browser, town.server, scripts=False) as office:
        officer.enter(office.page.context, town.server)
        page = office.page
        page.goto(town.server.url + "/console/members/wellington")
        page.get_by_role("link", name="Record a letter").click()
        expect(page.get_by_text(re.compile("^Reinstatement: "))).to_be_visible()
        page.get_by_role("radio", name=re.compile("^Appeal")).check()
        page.get_by_label("Day of the letter", exact=True).fill(RECEIVED)
        page.get_by_label("Who signed it", exact=True).fill("The mayor")
        page.get_by_label("What it says", exact=True).fill("We leave the network.")
        page.get_by_role("button", name="Record the letter").click()
        expect(page.get_by_role("alert")).to_contain_text("gives no appeal")
        expect(page.get_by_label("What it says", exact=True)).to_have_value("We leave the network.")
        page.get_by_role("radio", name=re.compile("^Withdrawal")).check()
        page.get_by_label(re.compile("^The letter itself")).set_input_files(
            {"name": "scan.txt", "mimeType": "text/plain", "buffer": LETTER})
        page.get_by_role("button", name="Record the letter").click()
        notice(page, "The letter is recorded.")
        expect(page.get_by_role("heading", level=1)).to_have_text("Wellington: Withdrawal")
        expect(page.get_by_text("A member withdraws by letter.")).to_be_visible()
        scan = page.get_by_role("link", name="scan.txt").get_attribute("href")
        assert town.get(officer, scan).body == LETTER
        town.letters.wait("aroha@people.example", "received")
        request = page.url
        page.goto(town.server.url + JOINING)
        expect(region(page, "Requests of members").locator("[data-row]")).to_contain_text("Wellington: Withdrawal")
        page.goto(request)
        decision = ask_the_body(page, "Wellington withdraws")
        page.goto(request)
        expect(page.locator(".lede")).to_have_text("The Executive Committee has it before it.")
        decide(page, decision, "adopted")
        page.goto(town.server.url + "/members/wellington")
        expect(page.locator("main")).to_contain_text("Withdrawn")
        page.goto(request)
        expect(page.locator(".lede")).to_have_text("The Executive Committee adopted it.")
        expect(page.get_by_role("link", name="Put before the body")).to_have_count(0)

        # What is possible follows the standing.
        page.goto(town.server.url + "/console/members/wellington/letter")
        expect(page.get_by_text(re.compile("^Withdrawal: The member is not on the roll"))).to_be_visible()
        expect(region(page, "Requests so far")).to_contain_text("Adopted")
        expect(page.get_by_role("radio", name=re.compile("^Reinstatement"))).to_be_visible()
    statuses = town.store.query(
        "SELECT s.status FROM member_status s JOIN member m ON m.id = s.member_id WHERE m.key = 'wellington' ORDER BY s.latest")
    assert statuses[-1] == ("withdrawn",)


@pytest.mark.stories
def test_a_representative_asks_to_leave_and_takes_it_back(town: Town, browser: Browser) -> None:
    seoul, officer = town.person("representative", "seoul", name="Kim Seo-yun"), town.person("officer")
    with watched(browser, town.server, scripts=False) as room:
        seoul.enter(room.page.context, town.server)
        page = room.page
        page.goto(town.server.url + "/portal/seoul")
        page.get_by_role("link", name="Membership", exact=True).first.click()
        expect(region(page, "How you stand")).to_contain_text("AB10")
        expect(region(page, "Appeal")).to_contain_text("gives no appeal")
        unfold(page, "Ask to leave")
        page.get_by_label(re.compile("our membership ends")).check()
        button(page, "Ask to leave").click()
        expect(page.get_by_role("alert")).to_contain_text("Say what is asked")
        page.get_by_label("Why, in your words", exact=True).fill("We have <i>other</i> plans.")
        button(page, "Ask to leave").click()
        notice(page, "The secretariat has your request. Its number is")
        expect(region(page, "What you have asked")).to_contain_text("We have <i>other</i> plans.")
        expect(region(page, "Withdrawal")).to_contain_text("A request of this kind is under way")
        town.letters.wait(seoul.email, "received")
        page.goto(town.server.url + "/portal/seoul")
        region(page, "Coming").get_by_role("link", name=re.compile("^Withdrawal")).click()
        expect(page).to_have_url(town.server.url + "/portal/seoul/membership")
        # Sent twice, the first stands and the second says so.
        again = post(town.server, "/portal/seoul/membership/requests", seoul,
                     {"kind": "withdrawal", "withdrawal-words": "Again", "withdrawal-confirmed": "on"})
        assert again.status == 409 and town.count("membership_request") == 1
        assert "Request of a member" in town.get(officer, "/console").text
        page.locator("summary").filter(has_text="Take back request").click()
        page.get_by_role("button", name="Take back the request").click()
        expect(page.get_by_role("alert")).to_contain_text("Say why")
        page.get_by_label("Reason", exact=True).fill("The council changed its mind.")
        page.get_by_role("button", name="Take back the request").click()
        notice(page, "The request is taken back.")
    assert town.count("membership_request", "state = 'taken-back'") == 1
    unconfirmed = post(town.server, "/portal/seoul/membership/requests", seoul,
                       {"kind": "withdrawal", "withdrawal-words": "We go"})
    assert unconfirmed.status == 422 and "check the box" in unconfirmed.text and "We go" in unconfirmed.text
    none = post(town.server, "/portal/seoul/membership/requests", seoul, {"kind": "holiday"})
    assert none.status == 422
    assert town.count("membership_request") == 1


@pytest.mark.stories
def test_a_suspended_member_has_its_days_to_appeal(town: Town, browser: Browser) -> None:
    abuja, officer = town.person("representative", "abuja"), town.person("officer")
    form = parse(town.get(officer, "/console/members/abuja/status").text)
    revision = form.first("input", name="revision").attributes["value"]
    answer = post(town.server, "/console/members/abuja/status", officer, {
        "revision": revision, "status": "suspended", "day": instant()[:10], "decision": "", "grounds": "No answer for years"})
    assert answer.status == 303, answer.text
    with watched(browser, town.server, scripts=False) as room:
        abuja.enter(room.page.context, town.server)
        page = room.page
        page.goto(town.server.url + "/portal/abuja")
        region(page, "Open to you").get_by_role("link", name="You can appeal against the status Suspended").click()
        expect(region(page, "How you stand")).to_contain_text("No answer for years")
        expect(region(page, "By which rules")).to_contain_text("membership.grounds.inactive-local-government")
        expect(region(page, "Appeal")).to_contain_text("It can be made until the end of")
        unfold(page, "Appeal")
        page.locator("[name=appeal-words]").fill("We did answer.")
        page.get_by_label(re.compile("our status stays as it is")).check()
        button(page, "Appeal").click()
        notice(page, "The secretariat has your request.")
    asked = town.store.query("SELECT kind, state, leads_to, body FROM membership_request")
    assert asked == [("appeal", "received", "member", "general-assembly")]


# ---- Who may what


@pytest.fixture(scope="module")
def waiting(place: Place) -> str:
    """An application that was sent, on the file's own site."""
    return sent(place, place.person("officer", name="Olga Officer"))


@pytest.mark.stories
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_and_changes_what_the_table_allows(place: Place, waiting: str, role: str) -> None:
    person = place.person(role)
    reads, handles = role in SECRETARIAT, role in ("administrator", "officer")
    in_member = role in ("representative", "editor", "delegate")
    assert (place.get(person, JOINING).status == 200) == reads
    page = place.get(person, application_page(waiting))
    assert page.status == (200 if reads else 403)
    assert ("What to do next" in page.text) == handles
    assert ("It was sent." in page.text) == reads
    use = place.value("SELECT id FROM file_use WHERE owner_kind = 'application'")
    assert place.get(person, application_page(waiting, "documents", str(use))).status == (200 if reads else 403)
    for form in ("ask", "note", "recommend", "close", "send"):
        assert did(place, person, waiting, form).status in ((422, 409) if handles else (403,)), form
    assert place.get(person, application_page(waiting, "correct")).status == (200 if handles else 403)
    assert post(place.server, f"{JOINING}/new", person, {"name": ""}).status == (422 if handles else 403)
    assert place.get(person, "/console/members/seoul/letter").status == (200 if handles else 403)
    assert ("Record a letter" in place.get(person, "/console/members/seoul").text) == handles

    room = place.get(person, "/portal/seoul/membership")
    assert room.status == (200 if reads or in_member else 403)
    assert ("Ask to leave" in room.text) == (role == "representative")
    assert ("Record a letter of the member" in room.text) == handles
    answer = post(place.server, "/portal/seoul/membership/requests", person, {"kind": "withdrawal"})
    assert answer.status == (422 if handles or role == "representative" else 403)
    elsewhere = post(place.server, "/portal/abuja/membership/requests", person, {"kind": "withdrawal"})
    assert elsewhere.status == (422 if handles else 403)
    assert place.count("membership_request") == 0 and place.count("application", "state = 'submitted'") == 1


@pytest.mark.stories
def test_what_nobody_may_is_refused(town: Town) -> None:
    officer, seoul, abuja = town.person("officer"), town.person("representative", "seoul"), town.person("representative", "abuja")
    first, second = sent(town, officer), entered(town, officer, name="Sydhamn", email="office@sydhamn.example")
    use = town.value("SELECT id FROM file_use WHERE owner_kind = 'application'")
    assert town.get(officer, application_page(second, "documents", str(use))).status == 404, "another application's document"
    assert town.get(officer, application_page("x" * 5000)).status in (404, 414)
    assert did(town, officer, second, "ask", words="Why?").status == 409, "nothing was sent yet"
    assert did(town, officer, first, "ask", words="Why?", missing="nothing").status == 422, "a document that nobody asks for"
    fields = {"kind": "withdrawal", "withdrawal-words": "We leave", "withdrawal-confirmed": "on"}
    answer = upload(town.server, "/portal/seoul/membership/requests", seoul, fields,
                    {"withdrawal-document": ("letter.html", "text/plain", b"<!doctype html><script>1</script>")})
    assert answer.status == 422 and "web page or a script" in answer.text
    answer = upload(town.server, "/portal/seoul/membership/requests", seoul, fields,
                    {"withdrawal-document": ("letter.txt", "text/plain", LETTER)})
    assert answer.status == 303
    request, document = town.store.query("SELECT r.id, u.id FROM membership_request r JOIN file_use u ON u.owner_id = r.id")[0]
    below = f"membership/requests/{request}/documents/{document}"
    assert town.get(seoul, f"/portal/seoul/{below}").body == LETTER
    assert town.get(abuja, f"/portal/seoul/{below}").status == 403
    assert town.get(abuja, f"/portal/abuja/{below}").status == 404
    taken = post(town.server, f"/portal/abuja/membership/requests/{request}/take-back", abuja, {f"{request}-reason": "Not ours"})
    assert taken.status == 403
    put(town, officer, "withdrawal", request)
    taken = post(town.server, f"/portal/seoul/membership/requests/{request}/take-back", seoul,
                 {f"{request}-reason": "Too late"})
    assert taken.status == 409, "the body has it before it"
    assert town.count("membership_request", "state = 'put'") == 1
    # What was not recommended on is not put before the body.
    assert town.get(officer, f"/console/decisions/new?matter=admission&subject={first}").status == 409
    assert town.count("circular_item", "subject_kind = 'application'") == 0


# ---- How it looks


@pytest.fixture(scope="module")
def filled(sqlite_place: Place) -> list[tuple[str, Visitor]]:
    """Applications and requests in every state; the paths of their pages, and who looks at each."""
    place = sqlite_place
    officer, auditor = place.person("officer", name="Oh Ji-woo"), place.person("auditor")
    seoul, editor = place.person("representative", "seoul", name="Kim Seo-yun"), place.person("editor", "seoul")
    long = "A rather long line on what the harbour is and why it wants to join before the winter comes. " * 5

    def done(answer: Answer) -> None:
        assert answer.status == 303, answer.text

    draft = entered(place, officer, name="Amsterdam", country="NL", email="a@people.example")
    asked = sent(place, officer, name="Osthamn", email="o@people.example")
    done(did(place, officer, asked, "note", words=long))
    done(did(place, officer, asked, "ask", words=long, missing="letter-of-intent"))
    waits = sent(place, officer, name="Vasthamn of many more words than usual", email="v@people.example")
    ready = sent(place, officer, name="Sydhamn", email="s@people.example")
    before = sent(place, officer, name="Nordhamn", email="n@people.example")
    for each in (ready, before):
        done(did(place, officer, each, "recommend", **{"for": "yes", "words": long}))
    put(place, officer, "admission", before)
    closed = entered(place, officer, name="Uthamn", email="u@people.example")
    done(did(place, officer, closed, "close", reason=long))
    for member, person in (("seoul", seoul), ("abuja", place.person("representative", "abuja"))):
        done(post(place.server, f"/portal/{member}/membership/requests", person,
                  {"kind": "withdrawal", "withdrawal-words": long, "withdrawal-confirmed": "on"}))
    requests = [row[0] for row in place.store.query("SELECT id FROM membership_request ORDER BY id")]
    put(place, officer, "withdrawal", requests[1])
    console = [JOINING, f"{JOINING}?state=draft&request=put", f"{JOINING}?state=closed&request=rejected", f"{JOINING}/new",
               *(application_page(each) for each in (draft, asked, waits, ready, before, closed)),
               application_page(draft, "correct"), *(f"{JOINING}/requests/{each}" for each in requests),
               "/console/members/seoul/letter", "/console/members/wellington/letter", "/console", "/portal/seoul/membership"]
    return ([(path, officer) for path in console] + [(application_page(waits), auditor)]
            + [(path, seoul) for path in ("/portal/seoul", "/portal/seoul/membership")] + [("/portal/seoul/membership", editor)])


@pytest.mark.looks
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_joining_in_the_rooms_is_accessible_quiet_and_fits(
    sqlite_place: Place, filled: list[tuple[str, Visitor]], browser: Browser, scheme: str, width: int
) -> None:
    with watched(browser, sqlite_place.server, width=width, scheme=scheme) as seen:
        for number, (path, who) in enumerate(filled):
            who.enter(seen.page.context, sqlite_place.server)
            seen.open(path)
            picture(seen, f"joining-rooms-{number}-{width}-{scheme}")
            assert_still(seen)
            assert_looks_right(seen, scheme)
            # With all that is folded in sight.
            seen.page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
            assert_looks_right(seen, scheme)


@pytest.mark.looks
def test_what_joining_in_the_rooms_sends_is_good_html(sqlite_place: Place, filled: list[tuple[str, Visitor]]) -> None:
    for path, who in filled:
        answer = sqlite_place.get(who, path)
        assert answer.status == 200, path
        document = parse(answer.text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (path, label.attributes)
        for each in document.all():
            for named in each.attributes.get("aria-labelledby", "").split() + each.attributes.get("aria-describedby", "").split():
                assert named in ids, (path, named)


@pytest.mark.looks
def test_a_form_with_mistakes_is_accessible(sqlite_place: Place, filled: list[tuple[str, Visitor]], browser: Browser) -> None:
    """What is wrong stands beside its box, and the list above leads there."""
    assert filled
    officer = sqlite_place.person("officer")
    identifier = sent(sqlite_place, officer, name="Inhamn", email="i@people.example")
    with watched(browser, sqlite_place.server, width=390) as seen:
        officer.enter(seen.page.context, sqlite_place.server)
        page = seen.page
        for form, name in (("Note something", "Keep the note"), ("Close the application", "Close it")):
            seen.open(application_page(identifier))
            unfold(page, form)
            button(page, name).click()
            page.wait_for_selector("#problems")
            way = page.locator("#problems a").get_attribute("href")
            expect(page.locator(way)).to_be_visible()
            expect(page.locator(way)).to_have_attribute("aria-invalid", "true")
            assert_looks_right(seen, "light", MISTAKE)


@pytest.mark.looks
def test_an_application_is_worked_on_by_keys_alone(
    sqlite_place: Place, filled: list[tuple[str, Visitor]], browser: Browser
) -> None:
    assert filled
    officer = sqlite_place.person("officer")
    identifier = sent(sqlite_place, officer, name="Bihamn", email="b@people.example")
    with watched(browser, sqlite_place.server) as seen:
        without_mouse(seen.page.context)
        officer.enter(seen.page.context, sqlite_place.server)
        for path in (JOINING, application_page(identifier)):
            seen.open(path)
            assert_reached(seen)
        seen.open(application_page(identifier))
        page, hands = seen.page, Hands(seen.page)
        hands.use(page.locator("summary").filter(has_text="Note something"))
        hands.write(page.get_by_label("Note", exact=True), "Called the harbour office")
        hands.use(page.get_by_role("button", name="Keep the note"))
        notice(page, "The note is kept.")
        hands.use(page.locator("summary").filter(has_text=re.compile("^Recommend$")))
        hands.go_to(page.get_by_label("For admission", exact=True))
        hands.press("Space")
        hands.use(button(page, "Recommend"))
        notice(page, "Recommended.")
        hands.use(page.get_by_role("link", name="Put before the body"))
        expect(page.get_by_text("Admit Bihamn")).to_be_visible()
        assert seen.errors == []


def assert_reached(seen: Watched) -> None:
    walked = walk(seen.page)
    assert walked.missed == [] and walked.invisible == [], seen.page.url
    assert walked.ends, "Tab does not lead out of the page"
