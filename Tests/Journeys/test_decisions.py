"""Decisions: a body is asked, its seats answer from their letters and rooms, a meeting decides the rest."""

from __future__ import annotations

import re
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from support.engines import Store
from support.eyes import picture, watched
from support.forms import post
from support.letters import Letter
from support.looks import assert_looks_right, assert_still
from support.pages import parse
from support.places import Place
from support.program import finish, hansa, start
from support.rooms import Visitor, committee, give, person, quoted
from support.town import Town, send, visit

BODY = "executive-committee"
TITLE = "Minutes of 4 September"
PAST = "2026-01-01T00:00:00.000000Z"


@pytest.fixture
def loaded(loaded: Store) -> Store:
    """The records, in which the committee sits on whatever day."""
    committee(loaded)
    return loaded


def open_by_command(store: Store, *items: str, title: str = TITLE) -> str:
    """Asks the committee; returns the decision's id."""
    arguments = [part for item in items or ("The minutes as sent",) for part in ("--item", item)]
    hansa(store.setting, "decisions", "open", "--body", BODY, "--title", title, *arguments).must_succeed()
    return store.query(f"SELECT id FROM circular WHERE title = {quoted(title)} ORDER BY number DESC LIMIT 1")[0][0]


def path_of(letter: Letter) -> str:
    """Where a letter leads, whatever the program that wrote it takes for the site's address."""
    return "/decisions/" + letter.link.split("/decisions/", 1)[1]


def seat(store: Store, identifier: str, member: str) -> str:
    return store.query(
        f"SELECT s.id FROM circular_seat s JOIN member m ON m.id = s.member_id "
        f"WHERE s.circular_id = {quoted(identifier)} AND m.key = {quoted(member)}")[0][0]


def items(store: Store, identifier: str) -> list[str]:
    return [row[0] for row in store.query(
        f"SELECT id FROM circular_item WHERE circular_id = {quoted(identifier)} ORDER BY position")]


def end(store: Store, identifier: str) -> None:
    """Lets the time to answer be over."""
    store.change(f"UPDATE circular SET closes_at = {quoted(PAST)} WHERE id = {quoted(identifier)}")


@pytest.mark.stories
def test_a_committee_answers_from_letters_and_rooms_and_a_meeting_decides_the_rest(
    town: Town, browser: Browser, context: BrowserContext
) -> None:
    town.known("Kim Seo-yun", "seoul@people.example", "representative", "seoul")
    wellington = town.person("representative", "wellington", name="Aroha Rangi")
    alone = person(town.store, "Tove Lind", "tove@people.example")
    give(town.store, alone, "committee", BODY)
    officer = town.person("officer", name="Oh Ji-woo")

    with watched(browser, town.server) as office:
        officer.enter(office.page.context, town.server)
        desk = office.page
        office.open("/console/decisions")
        desk.get_by_role("link", name="Ask a body for a decision").click()
        expect(desk.get_by_text(re.compile("Executive Committee, .*Tove Lind"))).to_be_visible()
        desk.get_by_label("Body", exact=True).select_option(label="General Assembly")
        desk.get_by_label("What it is about").fill(TITLE)
        desk.get_by_role("button", name="More items").click()
        expect(desk.get_by_role("group", name="Item 6")).to_be_visible()
        desk.get_by_role("button", name="Ask the body").click()
        expect(desk.get_by_role("alert")).to_contain_text("decides without a meeting")
        expect(desk.get_by_role("alert")).to_contain_text("Nothing is to be decided")
        desk.get_by_label("Body", exact=True).select_option(label="Executive Committee")
        first, second = desk.get_by_role("group", name="Item 1"), desk.get_by_role("group", name="Item 2")
        first.get_by_label("What is to be adopted").fill("The minutes as sent")
        second.get_by_label("What is to be adopted").fill("The plan <b>for</b> next year")
        desk.get_by_role("button", name="Ask the body").click()
        expect(desk.locator(".notice.done")).to_contain_text("Asked.")
        expect(desk.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(desk.get_by_text("Nobody can answer: give a role in the member or the body.").first).to_be_visible()
        console = desk.url.split("?")[0]

        # From the letter, without signing in. Looking changes nothing, however often scanners look.
        letter = town.letters.wait("seoul@people.example", TITLE)
        path = path_of(letter)
        for _ in range(3):
            looked = town.server.get(path)
            assert looked.status == 200 and "The minutes as sent" in looked.text
            assert looked.headers["referrer-policy"] == "no-referrer"
        assert town.count("circular_answer") == 0
        guest = context.new_page()
        guest.goto(letter.link)
        expect(guest.get_by_text("Your answer for Seoul")).to_be_visible()
        guest.get_by_role("button", name="Give this answer").click()
        expect(guest.get_by_role("alert")).to_contain_text("No answer was chosen")
        guest.get_by_role("group", name="The same answer to all items").get_by_label("Approve").check()
        guest.get_by_role("button", name="Give this answer").click()
        expect(guest.get_by_role("heading", level=1)).to_have_text("Thank you")
        guest.goto(letter.link)
        expect(guest.get_by_role("heading", level=1)).to_have_text("This link does nothing any more")

        # From the member's room.
        with watched(browser, town.server) as room:
            wellington.enter(room.page.context, town.server)
            page = room.page
            room.open("/portal/wellington")
            page.get_by_role("region", name="Due").get_by_role("link", name=TITLE).click()
            page.get_by_role("group", name="1. The minutes as sent").get_by_label("Approve").check()
            page.get_by_role("group", name="2. The plan").get_by_label("Object").check()
            page.get_by_label("A remark for the secretariat").fill("Too costly.")
            page.get_by_role("button", name="Give this answer").click()
            expect(page.locator(".notice.done")).to_contain_text("Your answer is recorded.")
            # Somebody else's letter answers nothing in this browser.
            theirs = town.letters.wait("tove@people.example", TITLE)
            page.goto(theirs.link)
            expect(page.get_by_role("heading", level=1)).to_have_text("This link is somebody else's")
            assert room.errors == [] or all("403" in error for error in room.errors)

        # On paper, at the console.
        desk.goto(console)
        expect(desk.get_by_text("2 of ")).to_be_visible()
        desk.get_by_text("Enter an answer that came on paper").click()
        desk.get_by_label("Seat", exact=True).select_option(label="Abuja")
        desk.get_by_role("group", name="The same answer to all items").get_by_label("Abstain").check()
        desk.get_by_label("Where it came from").fill("Letter of 3 May")
        desk.get_by_role("button", name="Record the answer").click()
        expect(desk.locator(".notice.done")).to_have_text("The answer is recorded.")
        expect(desk.get_by_text("Entered by Oh Ji-woo: Letter of 3 May")).to_be_visible()
        expect(desk.get_by_text("Aroha Rangi: “Too costly.”")).to_be_visible()

        # Three of the seats are no quorum; a meeting decides.
        identifier = console.rsplit("/", 1)[1]
        end(town.store, identifier)
        hansa(town.store.setting, "decisions", "close").must_succeed()
        town.letters.wait("seoul@people.example", "result of decision")
        desk.goto(town.server.url + "/console")
        row = desk.locator(".rows li", has_text=TITLE)
        expect(row).to_contain_text("2 items were left undecided")
        row.get_by_role("link", name=re.compile("Look")).click()
        expect(desk.get_by_role("region", name="For the minutes")).to_contain_text("not decided for want of a quorum")
        desk.get_by_role("group", name="1. The minutes as sent").get_by_label("adopted").check()
        desk.get_by_role("group", name="2. The plan").get_by_label("rejected").check()
        desk.get_by_role("button", name="Record the outcome").click()
        expect(desk.get_by_role("alert")).to_contain_text("This is no day.")
        desk.get_by_label("Day of the meeting").fill(town.store.query("SELECT substr(opened_at, 1, 10) FROM circular")[0][0])
        desk.get_by_label("Where its minutes are").fill("Minutes of the committee, item 2")
        desk.get_by_role("button", name="Record the outcome").click()
        expect(desk.locator(".notice.done")).to_have_text("The meeting's outcome is recorded.")
        expect(desk.get_by_text(re.compile(r"Recorded as decision-\d{4}-1-1"))).to_be_visible()
        # Who reads Korean reads what became of it in Korean; what somebody typed stays as it was typed.
        desk.goto(f"{town.server.url}/ko/console/decisions/{identifier}")
        told = desk.locator("[aria-labelledby=for-the-minutes]")
        expect(told).to_contain_text("집행위원회")
        expect(told).to_contain_text("The minutes as sent")
        for english in ("Executive Committee", "want of a quorum", "adopted", "in its meeting"):
            expect(told).not_to_contain_text(english)
        assert office.elsewhere == []
    assert town.store.query("SELECT title, origin FROM decision WHERE key LIKE 'decision-%'") == [("The minutes as sent", "entry")]


@pytest.mark.stories
def test_a_committee_member_alone_is_led_to_what_waits_for_them(town: Town, browser: Browser) -> None:
    identifier = person(town.store, "Tove Lind", "tove@people.example")
    give(town.store, identifier, "committee", BODY)
    open_by_command(town.store)
    with watched(browser, town.server) as seen:
        page = seen.page
        town.enter_by_link(page, "tove@people.example")
        expect(page).to_have_url(town.server.url + "/decisions")
        page.get_by_role("link", name=TITLE).click()
        page.get_by_label("Object").check()
        page.get_by_role("button", name="Give this answer").click()
        expect(page.locator(".notice.done")).to_contain_text("Your answer is recorded.")
        page.get_by_label("Approve").check()
        page.get_by_role("button", name="Give this answer").click()
        expect(page.locator(".notice.done")).to_contain_text("Your answer is recorded.")
        page.get_by_role("link", name="Your decisions").first.click()
        expect(page.locator(".rows")).to_contain_text("Answered; can be changed until")
        given = town.store.query("SELECT answer, is_current FROM circular_answer ORDER BY number")
        assert [(answer, int(current)) for answer, current in given] == [("object", 0), ("approve", 1)]


@pytest.mark.stories
def test_what_nobody_may_is_refused(town: Town) -> None:
    identifier, other = open_by_command(town.store), open_by_command(town.store, title="Other")
    seoul = town.person("representative", "seoul")
    mine, theirs = seat(town.store, identifier, "seoul"), seat(town.store, identifier, "wellington")
    item, foreign = items(town.store, identifier)[0], items(town.store, other)[0]
    path = f"/decisions/{identifier}"

    def answer(who: Visitor, chosen_seat: str, chosen_item: str, value: str = "approve") -> int:
        return post(town.server, path, who, {"seat": chosen_seat, f"answer-{chosen_item}": value}).status

    assert answer(seoul, theirs, item) == 403, "another's seat"
    assert answer(seoul, mine, foreign) == 404, "an item of another decision"
    assert answer(seoul, mine, "x" * 5000) == 404, "an item that is none"
    assert answer(seoul, mine, item, "yes") == 422
    assert answer(seoul, "nothing", item) == 403
    assert answer(town.person("representative", "goyang"), mine, item) == 403
    assert answer(town.person("editor", "seoul"), mine, item) == 403
    assert answer(town.person("officer"), mine, item) == 403
    assert town.get(town.person("representative", "goyang"), path).status == 404, "whoever is not asked learns nothing"
    assert town.count("circular_answer") == 0
    assert answer(seoul, mine, item) == 303
    assert answer(seoul, mine, item) == 303, "the same form sent twice"
    assert town.count("circular_answer") == 1
    end(town.store, identifier)
    assert answer(seoul, mine, item, "object") == 409, "too late"
    assert town.count("circular_answer") == 1

    town.known("Lee Guest", "lee@people.example", "delegate", "abuja")
    # The letters went out before; ask anew for one to this person.
    third = open_by_command(town.store, title="Third")
    key = town.letters.wait("lee@people.example", "Third").link.rsplit("=", 1)[1]
    headers, token = visit(town.server, f"/decisions/answer?key={key}")
    chosen = items(town.store, third)[0]
    wrong = send(town.server, "/decisions/answer", headers, token, key=key, seat=seat(town.store, third, "seoul"),
                 **{f"answer-{chosen}": "approve"})
    assert wrong.status == 403 and town.count("circular_answer") == 1
    bare = send(town.server, "/decisions/answer", headers, "x", key=key, seat=seat(town.store, third, "abuja"))
    assert bare.status == 403, "a form without its token"
    for times, status in [(1, 200), (2, 410)]:
        sent = send(town.server, "/decisions/answer", headers, token, key=key, seat=seat(town.store, third, "abuja"),
                    **{f"answer-{chosen}": "approve"})
        assert sent.status == status, times
    assert town.server.get("/decisions/answer?key=" + "A" * 43).status == 410
    assert town.count("circular_answer") == 2


@pytest.mark.commands
def test_the_command_line_does_it_all(loaded: Store) -> None:
    def run(*arguments: str):
        return hansa(loaded.setting, "decisions", *arguments)

    run("open", "--body", "general-assembly", "--title", "T", "--item", "One").must_refuse("decides without a meeting")
    run("open", "--body", BODY, "--title", "", "--item", "One").must_refuse("title:")
    first = run("open", "--body", BODY, "--title", "Plan", "--item", "One", "--item", "Two").must_succeed().output
    reference = first.split(":")[0]
    assert "Nobody can answer for Seoul" in first
    assert reference in run("list", "--state", "open").must_succeed().output
    run("answer", reference, "--seat", "seoul", "--approve").must_refuse("--grounds")
    run("answer", reference, "--seat", "goyang", "--approve", "--grounds", "Letter").must_refuse("has no one seat")
    run("answer", reference, "--seat", "seoul", "--object", "--item", "3", "--grounds", "Letter").must_refuse("has no item 3")
    run("answer", reference, "--seat", "seoul", "--object", "--item", "2", "--grounds", "Letter").must_succeed()
    run("answer", reference, "--seat", "seoul", "--approve", "--grounds", "Letter").must_succeed()
    shown = run("show", reference).must_succeed().output
    assert "1 of " in shown and "1 approve, 2 approve" in shown
    run("close", reference).must_refuse("Time is left")
    loaded.change(f"UPDATE circular SET closes_at = {quoted(PAST)}")
    assert "1 closed" in run("close").must_succeed().output
    assert "0 closed" in run("close").must_succeed().output
    run("withdraw", reference, "--reason", "Late").must_refuse("decided already")
    again = run("again", reference, "--meeting").must_succeed().output
    meeting = again.split(" ")[0]
    today = loaded.query("SELECT substr(max(opened_at), 1, 10) FROM circular")[0][0]
    run("record", meeting, "--adopted", "1", "--rejected", "1", "--day", today, "--minutes", "M").must_refuse("given twice")
    run("record", meeting, "--adopted", "1", "--rejected", "2", "--day", today, "--minutes", "M").must_succeed()
    assert "adopted" in run("show", meeting).must_succeed().output
    run("show", "2020-9").must_refuse("There is no decision 2020-9")
    other = run("open", "--body", BODY, "--title", "Wrong", "--item", "One").must_succeed().output.split(":")[0]
    run("withdraw", other, "--reason", "A slip").must_succeed()
    assert "withdrawn" in run("list").must_succeed().output
    hansa(loaded.setting, "journal", "verify").must_succeed()
    rule = hansa(loaded.setting, "charter", "explain", f"bodies.{BODY}.circulation").must_succeed().output
    assert "14 days to answer" in rule and "HOUSE" in rule


@pytest.mark.faults
def test_of_two_processes_that_close_at_once_one_does(loaded: Store) -> None:
    identifiers = [open_by_command(loaded, title=f"Decision {number}") for number in range(5)]
    loaded.change(f"UPDATE circular SET closes_at = {quoted(PAST)}")
    processes = [start(loaded.setting, "decisions", "close") for _ in range(3)]
    counts = [int(finish(process).must_succeed().output.split(" ")[0]) for process in processes]
    assert sum(counts) == 5
    closings = loaded.query("SELECT count(*) FROM journal_entry WHERE action = 'decision.closed'")
    assert int(closings[0][0]) == 5 == len(identifiers)


@pytest.fixture(scope="module")
def filled(sqlite_place: Place) -> list[tuple[str, Visitor]]:
    """Decisions in every state; the paths of their pages, and who looks at each."""
    place = sqlite_place
    committee(place.store)
    officer, seoul = place.person("officer", name="Oh Ji-woo"), place.person("representative", "seoul", name="Kim Seo-yun")
    both = place.person("representative", "wellington", name="Aroha Rangi")
    give(place.store, both.person_id, "delegate", "abuja")
    long = "A rather long line on what the committee should know about the matter before it decides. " * 5
    asked = open_by_command(place.store, "The minutes as sent", long[:300])
    alone = open_by_command(place.store, title="One question")
    for value in ("approve", "object"):
        fields = {"seat": seat(place.store, asked, "seoul"), "answer-all": value, "comment": long,
                  "item": items(place.store, asked)[0]}
        assert post(place.server, f"/decisions/{asked}", seoul, fields).status == 303
    over = open_by_command(place.store, title="Over")
    end(place.store, over)
    hansa(place.store.setting, "decisions", "close").must_succeed()
    withdrawn = open_by_command(place.store, title="Withdrawn")
    post(place.server, f"/console/decisions/{withdrawn}/withdraw", officer, {"reason": "A slip."})
    hansa(place.store.setting, "decisions", "open", "--body", "general-assembly", "--meeting", "--title", "Assembly",
          "--item", "Suspend").must_succeed()
    meeting = place.store.query("SELECT id FROM circular WHERE way = 'meeting'")[0][0]
    stuck = open_by_command(place.store, title="Stuck")
    end(place.store, stuck)
    hansa(place.store.setting, "decisions", "close").must_succeed()
    place.store.change(f"UPDATE circular_item SET problem = 'The record changed.' WHERE circular_id = {quoted(stuck)}")
    console = [f"/console/decisions/{each}" for each in (asked, alone, over, withdrawn, meeting, stuck)]
    own = [f"/decisions/{each}" for each in (asked, alone, over, withdrawn)]
    return (
        [(path, officer) for path in ["/console", "/console/decisions", "/console/decisions?state=open", "/console/decisions/new", *console]]
        + [(path, who) for who in (seoul, both) for path in ["/decisions", *own]] + [("/portal/seoul", seoul)])


@pytest.mark.looks
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_decisions_are_accessible_quiet_and_fit(
    sqlite_place: Place, filled: list[tuple[str, Visitor]], browser: Browser, scheme: str, width: int
) -> None:
    with watched(browser, sqlite_place.server, width=width, scheme=scheme) as seen:
        for number, (path, who) in enumerate(filled):
            who.enter(seen.page.context, sqlite_place.server)
            seen.open(path)
            picture(seen, f"decisions-{number}-{width}-{scheme}")
            assert_still(seen)
            assert_looks_right(seen, scheme)


@pytest.mark.looks
def test_what_decisions_send_is_good_html(sqlite_place: Place, filled: list[tuple[str, Visitor]]) -> None:
    for path, who in filled:
        answer = sqlite_place.get(who, path)
        assert answer.status == 200, path
        document = parse(answer.text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (path, label.attributes)


@pytest.mark.looks
def test_the_letters_page_is_accessible_and_works_without_javascript(town: Town, browser: Browser) -> None:
    town.known("Kim Seo-yun", "seoul@people.example", "representative", "seoul")
    open_by_command(town.store, "One", "Two")
    link = path_of(town.letters.wait("seoul@people.example", TITLE))
    for scheme in ("light", "dark"):
        with watched(browser, town.server, width=390, scheme=scheme) as seen:
            seen.open(link)
            picture(seen, f"decision-letter-{scheme}")
            assert_looks_right(seen, scheme)
    with watched(browser, town.server, scripts=False) as seen:
        seen.page.goto(town.server.url + link)
        seen.page.get_by_role("group", name="The same answer to all items").get_by_label("Abstain").check()
        seen.page.get_by_role("button", name="Give this answer").click()
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("Thank you")
