"""A membership from end to end: a city comes from the public page to its own room, a corporation loses its membership
and gets it back. Each in English and in Korean, with all who have a part in it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.engines import Store
from support.eyes import watched
from support.letters import Letter
from support.pages import member_links
from support.pages import page as read
from support.program import hansa
from support.rooms import committee, give, instant, member_id, person, quoted
from support.town import Town
from support.words import ASSOCIATION, Words
from test_decisions import BODY
from test_joining import PDF, box, status
from test_joining_rooms import notice, region, unfold
from test_standing import row

pytestmark = pytest.mark.stories

ENGLISH, KOREAN = Words("en"), Words("ko")
LETTER_OF_INTENT = "Letter of intent signed by the head of government"
TITLE = "Admissions of this season"
QUESTION = "The letter bears no signature. Which office signs it?"
ANSWER = "The mayor's office. The signed letter is added."

CORPORATION, KEY = "Lumenward", "lumenward"
INACTIVE = "membership.grounds.inactive-corporation"
ASSEMBLY = "general-assembly"
# By the charter's membership.appeal.
DAYS_TO_APPEAL = 60


@pytest.fixture(params=[ENGLISH, KOREAN], ids=["en", "ko"])
def say(request: pytest.FixtureRequest) -> Words:
    """The words that the journey meets."""
    return request.param


def today() -> datetime.date:
    return datetime.date.fromisoformat(instant()[:10])


def days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def go(page: Page, town: Town, say: Words, path: str) -> None:
    """Goes to a page in the journey's language."""
    page.goto(town.server.url + say.prefix + path)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def text(within: Page | Locator, label: str) -> Locator:
    """A box to write in."""
    return within.get_by_role("textbox", name=label, exact=True)


def choice(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def press(within: Page | Locator, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()


def holds(letter: Letter, words: str) -> bool:
    """Whether a letter has these words, wherever its lines end."""
    return "".join(words.split()) in "".join(letter.text.split())


def reads(store: Store, address: str, words: Words) -> None:
    """That person reads that language."""
    store.change(f"UPDATE person SET language = {quoted(words.language)} WHERE email = {quoted(address)}")


def assert_journal(desk: Page, town: Town, say: Words, about: str, *deeds: str) -> None:
    """The journal tells what was done to a subject, the latest first, and nothing else."""
    go(desk, town, say, f"/console/journal?about={about}")
    told = desk.locator("[data-row] a[href*='/console/journal/']").all_inner_texts()
    assert told == [say(each, context="an entry of the journal") for each in reversed(deeds)]
    hansa(town.store.setting, "journal", "verify").must_succeed()


# ---- A city becomes a member


@dataclass(frozen=True)
class Applicant:
    city: str
    country: str
    contact: str
    address: str
    head: tuple[str, str]
    reason: str


APPLICANTS = {
    "en": Applicant("Visby", "SE", "Kaja Lund", "kaja@visby.example", ("Maja Ek", "Mayor"), "We want to learn."),
    "ko": Applicant("가온누리시", "KR", "김하늘", "haneul@gaonnuri.example", ("이한별", "시장"), "배우고 싶습니다."),
}


def choose(page: Page, say: Words, name: str, content: bytes) -> None:
    """Chooses the file of the letter that the charter asks for."""
    chooser = page.get_by_label(say.name(LETTER_OF_INTENT))
    chooser.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})


def begin(page: Page, town: Town, say: Words, who: Applicant, reference: str) -> None:
    """From the public page to the application that the mailed link opens."""
    go(page, town, say, "/join")
    expect(heading(page)).to_have_text(say("Join {0}", ASSOCIATION))
    category = say.name("Local government")
    page.get_by_role("link", name=say("Apply as {0}", say.within(category))).click()
    expect(page.get_by_role("radio", name=re.compile("^" + re.escape(category)))).to_be_checked()
    text(page, say("Name")).fill(who.city)
    choice(page, say("Country")).select_option(who.country)
    text(page, say("Contact person")).fill(who.contact)
    text(page, say("E-mail address")).fill(who.address)
    press(page, say("Send me the link"))
    expect(heading(page)).to_have_text(say("Look into your mail"))
    page.goto(town.letters.wait(who.address, say.subject("application-link", reference=reference)).link)
    assert urlsplit(page.url).path == f"{say.prefix}/join/application"
    expect(heading(page)).to_have_text(who.city)


def fill_and_send(page: Page, town: Town, say: Words, who: Applicant, reference: str) -> None:
    values = {"population": "61000", "population_year": "2024", "head": who.head[0], "head_position": who.head[1],
              "reason": who.reason}
    for field, value in values.items():
        box(page, field).fill(value)
    page.locator("h1").click()
    expect(status(page)).to_have_text(say("Saved."))
    page.goto(page.url)
    for field, value in values.items():
        expect(box(page, field)).to_have_value(value)
    choose(page, say, "letter.pdf", PDF)
    press(page, say("Upload what is chosen"))
    expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()
    expect(page.get_by_text(say("Everything that is needed is there."))).to_be_visible()
    press(page, say("Send the application"))
    notice(page, say("Your application is sent. A letter that confirms it is on its way."))
    expect(page.locator(".lede")).to_contain_text(say("sent; the secretariat looks at it."))
    town.letters.wait(who.address, say.subject("application-submitted", reference=reference))


def ask(desk: Page, town: Town, say: Words, who: Applicant, reference: str) -> str:
    """The secretariat finds it among its work and asks the applicant; returns the address of its page."""
    go(desk, town, say, "/console")
    waiting = row(desk, who.city)
    expect(waiting).to_contain_text(say("Look at it: ask the applicant, or recommend."))
    waiting.get_by_role("link").click()
    expect(heading(desk)).to_have_text(f"{reference} {who.city}")
    unfold(desk, say("Ask the applicant"))
    text(desk, say("What you ask")).fill(QUESTION)
    desk.get_by_role("checkbox", name=say.name(LETTER_OF_INTENT), exact=True).check()
    press(desk, say("Ask by mail"))
    notice(desk, say("The applicant is asked by mail."))
    return desk.url


def answer_the_secretariat(page: Page, town: Town, say: Words, who: Applicant, reference: str) -> None:
    letter = town.letters.wait(who.address, say.subject("application-asked", reference=reference))
    assert holds(letter, QUESTION) and holds(letter, say.name(LETTER_OF_INTENT)), letter.text
    page.goto(letter.link)
    questions = region(page, say("Questions"))
    expect(questions).to_contain_text(QUESTION)
    expect(questions).to_contain_text(say("Missing: {0}", say.name(LETTER_OF_INTENT)))
    text(page, say("Your answer")).fill(ANSWER)
    choose(page, say, "signed.pdf", PDF.replace(b"1 0 obj", b"2 0 obj"))
    press(page, say("Send the answer"))
    notice(page, say("Your answer is sent."))
    expect(page.get_by_role("link", name="signed.pdf")).to_be_visible()


def put(desk: Page, say: Words, who: Applicant, applied: datetime.date) -> None:
    """Recommends it and asks the committee; the desk is then at the decision."""
    expect(region(desk, say("What happened", context="to an application"))).to_contain_text(ANSWER)
    expect(region(desk, say("Documents")).get_by_role("link", name="signed.pdf")).to_be_visible()
    unfold(desk, say("Recommend"))
    desk.get_by_role("radio", name=say("For admission"), exact=True).check()
    text(desk, say("Why")).fill("A city that shares its data.")
    press(desk, say("Recommend"))
    notice(desk, say("Recommended. Put it before the body next."))
    desk.get_by_role("link", name=say("Put before the body")).click()
    asked = desk.locator("#field-items")
    expect(asked).to_contain_text(who.city)
    expect(asked).to_contain_text(say("Applied on {0}.", say.day(applied)))
    expect(asked).to_contain_text("A city that shares its data.")
    # The body that the charter names, and the way in which it decides between its meetings.
    expect(choice(desk, say("Body"))).to_have_value(BODY)
    expect(choice(desk, say("How it decides"))).to_have_value("circulation")
    text(desk, say("What it is about")).fill(TITLE)
    press(desk, say("Ask the body"))
    notice(desk, say("Asked. Whoever answers for a seat has a letter with a link."))


def approve(browser: Browser, town: Town, say: Words, address: str, city: str, outcome: str) -> None:
    """Somebody of the committee answers from the link in their letter, without signing in."""
    letter = town.letters.wait(address, TITLE)
    with watched(browser, town.server, width=390) as seen:
        page = seen.page
        page.goto(letter.link)
        assert urlsplit(page.url).path == f"{say.prefix}/decisions/answer"
        asked = region(page, say("What is decided"))
        expect(asked).to_contain_text(city)
        expect(asked).to_contain_text(say("The secretariat recommends to admit it."))
        page.get_by_role("radio", name=say("Approve"), exact=True).check()
        press(page, say("Give this answer"))
        expect(heading(page)).to_have_text(say("Thank you"))
        expect(page.locator("main")).to_contain_text(say(outcome))
        assert seen.elsewhere == []


def approve_on_paper(desk: Page, say: Words, seat: str) -> None:
    unfold(desk, say("Enter an answer that came on paper"))
    choice(desk, say("Seat")).select_option(label=seat)
    desk.get_by_role("radio", name=say("Approve"), exact=True).check()
    text(desk, say("Where it came from")).fill("Letter of 3 May")
    press(desk, say("Record the answer"))
    notice(desk, say("The answer is recorded."))


def assert_on_the_roll(page: Page, town: Town, say: Words, city: str, applied: datetime.date) -> str:
    """The public sees the new member, from the day of its application on; returns its key."""
    key = str(town.value(f"SELECT key FROM member WHERE name = {quoted(city)}"))
    search = f"/members?q={quote(city)}"
    assert (key, city) in member_links(read(town.server, f"{search}&on={applied}"))
    assert (key, city) not in member_links(read(town.server, f"{search}&on={applied - days(1)}"))
    go(page, town, say, f"/members/{key}")
    expect(heading(page)).to_have_text(city)
    since = region(page, say("In brief")).locator("dl > div").filter(has_text=say("Member since"))
    expect(since).to_contain_text(say.day(applied))
    return key


def welcome(
    page: Page, town: Town, say: Words, who: Applicant, reference: str, decision: str, applied: datetime.date
) -> None:
    """The letter that tells the applicant, and how its application ended."""
    letter = town.letters.wait(who.address, say.subject("application-admitted", reference=reference))
    assert holds(letter, say.name("Executive Committee")) and holds(letter, say.long_day(applied)), letter.text
    page.goto(letter.link)
    expect(page.locator(".lede")).to_contain_text(say("admitted.", context="an application"))
    story = region(page, say("What was done so far"))
    expect(story).to_contain_text(say("Decision {0}: a member since {1}.", decision, say.day(applied)))
    # What the secretariat says among itself and to the body is not the applicant's.
    expect(page.locator("main")).not_to_contain_text("A city that shares its data.")


def enter_the_room(page: Page, town: Town, say: Words, who: Applicant, key: str, applied: datetime.date) -> None:
    """The contact accepts the invitation, and sees how the new member stands, by which decision and which rule."""
    letter = town.letters.wait(who.address, say.subject("invitation"))
    page.goto(letter.link)
    expect(heading(page)).to_have_text(say("You are invited to {0}", ASSOCIATION))
    expect(page.locator("dl.facts")).to_contain_text(say("Member's representative"))
    expect(page.locator("dl.facts")).to_contain_text(who.city)
    press(page, say("Accept and sign in"))
    expect(heading(page)).to_have_text(say("Your account"))
    go(page, town, say, "/portal")
    expect(page).to_have_url(f"{town.server.url}{say.prefix}/portal/{key}")
    expect(heading(page)).to_have_text(who.city)
    member = say.name("Member")
    expect(page.locator(".lede")).to_contain_text(
        say("{0}, {1} since {2}.", say.name("Local government"), say.within(member), say.day(applied)))
    page.goto(f"{page.url}/membership")
    expect(page.locator(".lede")).to_have_text(say("{0} since {1}.", member, say.day(applied)))
    title = say("Admit {0}, {1}", who.city, say.country(who.country))
    expect(region(page, say("How you stand"))).to_contain_text(say("By the decision “{0}”", title))
    expect(region(page, say("By which rules"))).to_contain_text("membership.admission")


def test_a_city_from_its_application_to_its_own_room(town: Town, browser: Browser, say: Words) -> None:
    who = APPLICANTS[say.language]
    reference = f"{today().year}-1"
    applied = today() - days(5)
    committee(town.store, "seoul", "wellington", "abuja")
    town.known("Kim Seo-yun", "seoyun@people.example", "representative", "seoul")
    reads(town.store, "seoyun@people.example", say)
    town.known("Aroha Rangi", "aroha@people.example", "representative", "wellington")
    give(town.store, person(town.store, "Tove Lind", "tove@people.example"), "committee", BODY)
    officer = town.person("officer", name="Oh Ji-woo")

    with watched(browser, town.server, width=390) as phone, watched(browser, town.server) as office:
        officer.enter(office.page.context, town.server)
        page, desk = phone.page, office.page
        begin(page, town, say, who, reference)
        fill_and_send(page, town, say, who, reference)
        # Five days go by.
        town.store.change(f"UPDATE application SET submitted_at = {quoted(f'{applied}T09:00:00.000000Z')}")
        application = ask(desk, town, say, who, reference)
        answer_the_secretariat(page, town, say, who, reference)
        desk.goto(application)
        put(desk, say, who, applied)
        town.letters.wait(
            who.address, say.subject("application-put", reference=reference, body=say.name("Executive Committee")))

        # Four seats: two members', one on paper, one of somebody who sits for themselves. The last answer decides.
        recorded = "Your answer is recorded. Until the end you can change it."
        approve(browser, town, say, "seoyun@people.example", who.city, recorded)
        decision = desk.url
        approve_on_paper(desk, say, "Abuja")
        approve(browser, town, ENGLISH, "tove@people.example", who.city, recorded)
        assert town.count("circular", "state = 'open'") == 1 and town.count("member", f"name = {quoted(who.city)}") == 0
        approve(browser, town, ENGLISH, "aroha@people.example", who.city,
                "Your answer was the last that was missing: it is decided.")
        desk.goto(decision)
        expect(desk.locator(".lede")).to_have_text(say("Decided."))
        decided = region(desk, say("What is decided"))
        expect(decided).to_contain_text(say("adopted"))
        expect(decided).not_to_contain_text(say("Decided, and not carried out yet:"))
        year, number = town.store.query("SELECT year, number FROM circular")[0]

        key = assert_on_the_roll(page, town, say, who.city, applied)
        welcome(page, town, say, who, reference, f"{year}-{number}", applied)
        enter_the_room(page, town, say, who, key, applied)
        step = town.store.query(
            "SELECT s.status, s.earliest, s.latest, s.decision FROM member_status s JOIN member m ON m.id = s.member_id "
            f"WHERE m.key = {quoted(key)}")
        assert step == [("member", str(applied), str(applied), f"decision-{year}-{number}-1")]

        assert_journal(
            desk, town, say, f"application:{application.rsplit('/', 1)[1]}", "Application begun",
            "Document added to an application", "Application sent", "Applicant asked", "Document added to an application",
            "Application answered", "Application recommended on", "Application put before the body", "Applicant admitted")
        assert phone.elsewhere == [] and office.elsewhere == []
    done = {action for action, in town.store.query("SELECT DISTINCT action FROM journal_entry")}
    assert done >= {"decision.opened", "decision.answered", "decision.answer-recorded", "decision.closed", "member.added",
                    "person.invited", "invitation.accepted"}


# ---- A corporation loses its membership and gets it back


def event(store: Store, name: str, day: datetime.date, *members: str) -> str:
    """An event with those who took part in it; returns its key."""
    said = hansa(store.setting, "events", "add", "--name", name, "--kind", "seminar", "--from", str(day), "--grounds",
                 "Programme").must_succeed().output
    key = re.search(r"Recorded as ([\w-]+)\.", said).group(1)
    for member in members:
        hansa(store.setting, "participation", "add", member, key, "--grounds", "Attendance sheet").must_succeed()
    return key


def night(store: Store) -> str:
    """What the night's work on standing says."""
    return hansa(store.setting, "standing", "night").must_succeed().output


def inactive_corporation(store: Store, joined: datetime.date) -> None:
    """A member that was seen once and not for years: no list of participants has it since, and a source says the rest."""
    hansa(store.setting, "member", "add", CORPORATION, "--category", "corporation", "--country", "KR", "--joined",
          str(joined), "--grounds", "Its application").must_succeed()
    event(store, "City Training", joined + days(300), KEY)
    webinar = event(store, "Webinar", today() - days(90), "seoul")
    hansa(store.setting, "events", "whole", webinar, "--grounds", "Registrations").must_succeed()
    # Nothing is known of payments, so the records alone say nothing.
    assert "Proposed: 0." in night(store)
    store.change(
        "INSERT INTO circumstance (member_id, circumstance, as_of, source, years, comparison, locator, origin) VALUES "
        f"({quoted(member_id(store, KEY))}, 'inactive', {quoted(str(today()))}, 'GA6', 2, 'at-least', 'a list', 'entry')")
    assert "Proposed: 1." in night(store)


def ask_for_a_meeting(desk: Page, say: Words, item: str, body: str) -> str:
    """Puts an item to a meeting of the body that the form suggests, by the charter; returns the address of the decision."""
    expect(desk.locator("#field-items")).to_contain_text(item)
    expect(choice(desk, say("Body"))).to_have_value(body)
    choice(desk, say("How it decides")).select_option("meeting")
    press(desk, say("Ask the body"))
    notice(desk, say("Noted. Enter the outcome here once the meeting was held."))
    return desk.url


def adopt(desk: Page, say: Words, day: datetime.date) -> None:
    """Enters that a meeting adopted it."""
    desk.get_by_role("radio", name=say("adopted"), exact=True).check()
    desk.get_by_label(say("Day of the meeting"), exact=True).fill(str(day))
    text(desk, say("Where its minutes are")).fill("Minutes, item 1")
    press(desk, say("Record the outcome"))
    notice(desk, say("The meeting's outcome is recorded."))


def terminate(desk: Page, town: Town, say: Words, decided: datetime.date) -> None:
    """From what the night proposed to what the assembly decided."""
    terminated = say.name("Terminated")
    go(desk, town, say, "/console")
    waiting = row(desk, CORPORATION)
    expect(waiting).to_contain_text(say("Put them forward to the body that decides, or drop them with a reason."))
    waiting.get_by_role("link").click()
    proposal = row(desk, CORPORATION)
    expect(proposal).to_contain_text("GA6, a list")
    proposal.get_by_role("link").click()
    item = say("{0}: {1}", CORPORATION, terminated, context="a member and a status")
    expect(heading(desk)).to_have_text(item)
    evidence = desk.locator("main")
    expect(evidence).to_contain_text("City Training")
    expect(evidence).to_contain_text(INACTIVE)
    press(desk, say("Put it forward"))
    decision = ask_for_a_meeting(desk, say, item, ASSEMBLY)
    # Twenty days go by, and the assembly meets.
    town.store.change(
        f"UPDATE circular SET opened_at = {quoted(f'{decided - days(10)}T09:00:00.000000Z')} "
        f"WHERE id = {quoted(decision.rsplit('/', 1)[1])}")
    desk.goto(decision)
    adopt(desk, say, decided)


def ask_to_come_back(page: Page, town: Town, say: Words, decided: datetime.date, number: str) -> None:
    """The representative reads how the member stands and until when it can appeal, and asks for reinstatement."""
    terminated, last = say.name("Terminated"), decided + days(DAYS_TO_APPEAL)
    go(page, town, say, f"/portal/{KEY}")
    chance = region(page, say("Open to you"))
    expect(chance).to_contain_text(
        say("It holds since {0}. The last day to appeal is {1}.", say.day(decided), say.day(last)))
    chance.get_by_role("link", name=say("You can appeal against the status {0}", terminated)).click()
    expect(page.locator(".lede")).to_have_text(say("{0} since {1}.", terminated, say.day(decided)))
    title = say("{0}: {1}", CORPORATION, terminated, context="a member and a status")
    expect(region(page, say("How you stand"))).to_contain_text(say("By the decision “{0}”", title))
    expect(region(page, say("By which rules"))).to_contain_text(INACTIVE)
    expect(region(page, say("Appeal", context="request of a member"))).to_contain_text(
        say("It can be made until the end of {0}.", say.long_day(last)))
    back = region(page, say("Reinstatement", context="request of a member"))
    back.locator("summary").click()
    text(back, say("Why, in your words")).fill("We moved, and no letter reached us.")
    back.get_by_role("checkbox").check()
    press(back, say("Ask to be reinstated"))
    notice(page, say("The secretariat has your request. Its number is {0}.", number))
    expect(region(page, say("What you have asked"))).to_contain_text("We moved, and no letter reached us.")


def reinstate(desk: Page, town: Town, say: Words) -> str:
    """The secretariat puts the request before the committee, which adopts it; returns the request's id."""
    go(desk, town, say, "/console")
    waiting = row(desk, CORPORATION)
    expect(waiting).to_contain_text(say("Put it before the body that decides."))
    waiting.get_by_role("link").click()
    kind = say("Reinstatement", context="request of a member")
    expect(heading(desk)).to_have_text(say("{0}: {1}", CORPORATION, kind, context="a member and what it asks"))
    expect(desk.locator("main")).to_contain_text("We moved, and no letter reached us.")
    request = desk.url.rsplit("/", 1)[1]
    desk.get_by_role("link", name=say("Put before the body")).click()
    ask_for_a_meeting(desk, say, say("{0} is reinstated", CORPORATION), BODY)
    adopt(desk, say, today())
    return request


def assert_told(town: Town, words: Words, address: str, template: str, status: str, *more: str) -> None:
    """Somebody has the letter on the new status, in their language, with the way to their room."""
    subject = words.subject(template, member=CORPORATION, status=words.name(status))
    letter = town.letters.wait(address, subject)
    for each in more:
        assert holds(letter, each), letter.text
    assert re.search(rf":\d+{words.prefix}/portal/{KEY}/membership\b", letter.text), letter.text


def assert_request_told(town: Town, readers: list[tuple[str, Words]], template: str, number: str) -> None:
    """Each of the member's people has the letter on its request."""
    for address, words in readers:
        asked = words("reinstatement", context="request of a member, in a letter")
        body = words.name("Executive Committee")
        town.letters.wait(address, words.subject(template, member=CORPORATION, request=asked, reference=number, body=body))


def assert_history(page: Page, town: Town, say: Words, steps: list[tuple[datetime.date, str]]) -> None:
    """The public page has each step in the member's standing, and the roll of each time is as it was then."""
    go(page, town, say, f"/members/{KEY}")
    told = region(page, say("Membership")).locator(".timeline li")
    for day, words in steps:
        expect(told.filter(has=page.locator(f"time[datetime='{day}']"))).to_contain_text(words)
    expect(page.locator(".member-head .lede")).to_contain_text(say.day(steps[-1][0]))


def on_roll(town: Town, day: datetime.date) -> bool:
    return (KEY, CORPORATION) in member_links(read(town.server, f"/members?q={CORPORATION}&on={day}"))


def test_a_corporation_from_arrears_to_termination_and_back(town: Town, browser: Browser, say: Words) -> None:
    joined, decided = today() - days(2000), today() - days(10)
    number = f"{today().year}-1"
    other = KOREAN if say == ENGLISH else ENGLISH
    inactive_corporation(town.store, joined)
    representative = town.person("representative", KEY, name="Han Bit-na")
    editor = town.person("editor", KEY, name="Rui Costa")
    readers = [(representative.email, say), (editor.email, other)]
    for address, words in readers:
        reads(town.store, address, words)
    officer = town.person("officer", name="Oh Ji-woo")

    with watched(browser, town.server, width=390) as phone, watched(browser, town.server) as office:
        officer.enter(office.page.context, town.server)
        representative.enter(phone.page.context, town.server)
        page, desk = phone.page, office.page
        terminate(desk, town, say, decided)
        for address, words in readers:
            last = words.long_day(decided + days(DAYS_TO_APPEAL))
            assert_told(town, words, address, "standing-changed-appeal", "Terminated", last, INACTIVE)
        assert not on_roll(town, today())

        ask_to_come_back(page, town, say, decided, number)
        assert_request_told(town, readers, "request-received", number)
        request = reinstate(desk, town, say)
        assert_request_told(town, readers, "request-put", number)
        for address, words in readers:
            assert_told(town, words, address, "standing-changed", "Member", "membership.reinstatement")

        go(page, town, say, f"/portal/{KEY}/membership")
        expect(page.locator(".lede")).to_have_text(say("{0} since {1}.", say.name("Member"), say.day(today())))
        expect(region(page, say("How you stand")).locator(".timeline li")).to_have_count(3)
        asked = region(page, say("What you have asked"))
        expect(asked).to_contain_text(say("Adopted", context="state of a request"))
        assert_history(page, town, say, [
            (joined, say("Joined as a {0}.", say.within(say.name("Corporation")))), (decided, say.name("Terminated")),
            (today(), say("Joined again."))])
        assert [on_roll(town, day) for day in (decided - days(1), decided + days(1), today())] == [True, False, True]
        statuses = town.store.query(
            "SELECT s.status, s.latest FROM member_status s JOIN member m ON m.id = s.member_id "
            f"WHERE m.key = {quoted(KEY)} ORDER BY s.latest")
        assert statuses == [("member", str(joined)), ("terminated", str(decided)), ("member", str(today()))]

        assert_journal(
            desk, town, say, f"membership-request:{request}", "Request of a member recorded",
            "Request of a member put before the body", "Request of a member adopted")
        assert phone.elsewhere == [] and office.elsewhere == []
    done = town.store.query(
        f"SELECT action FROM journal_entry WHERE subject_id = {quoted(member_id(town.store, KEY))} "
        "AND (action LIKE 'standing.%' OR action LIKE 'status.%')")
    assert sorted(action for action, in done) == [
        "standing.adopted", "standing.proposed", "standing.put_forward", "status.recorded", "status.recorded"]
