"""Joining: a city finds out what membership means, applies from a telephone, and loses nothing on the way."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from support.engines import Store
from support.eyes import picture, watched
from support.keyboard import walk
from support.letters import Letter
from support.looks import assert_accessible, assert_fits, assert_looks_right, assert_still
from support.pages import Element, parse
from support.pictures import DISGUISED
from support.places import Originals, Place, open_place
from support.program import Answer, Server
from support.pseudo import Records, english_left
from support.rooms import blob, instant, quoted
from support.town import Town, send, visit

START = "/join/start"
APPLICATION = "/join/application"
LINK_LETTER = "link to your application"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OF_APPLICATIONS = "owner_kind = 'application'"
LETTER_OF_INTENT = "Letter of intent signed by the head of government"

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def path_of(letter: Letter) -> str:
    """Where a letter leads, whatever the program that wrote it takes for the site's address."""
    parts = urlsplit(letter.link)
    return f"{parts.path}?{parts.query}"


def key_of(path: str) -> str:
    return path.split("key=", 1)[1]


def ask(server: Server, address: str = "kaja@visby.example", prefix: str = "", **changed: str) -> Answer:
    """Begins an application, as the form of the site does."""
    headers, token = visit(server, prefix + START)
    fields = {"category": "institution", "name": "Visby Institute", "country": "SE", "contact_name": "Kaja Lund",
              "email": address, **changed}
    return send(server, prefix + START, headers, token, **fields)


def begin(town: Town, address: str = "kaja@visby.example", count: int = 1, **changed: str) -> str:
    """Begins an application and returns the path of its page, out of the letter."""
    answer = ask(town.server, address, **changed)
    assert (answer.status, answer.headers["location"]) == (303, "/join/sent")
    return path_of(town.letters.wait(address, LINK_LETTER, count))


def look(server: Server, path: str) -> tuple[dict[str, str], str, Element]:
    """A look at an application: the headers with which its form is sent, its token, and the page."""
    headers, token = visit(server, path)
    return headers, token, parse(server.get(path).text)


def mark(document: Element, field: str) -> str:
    return document.first("input", name=f"seen-{field}").attributes["value"]


def box(page: Page, field: str):
    return page.locator(f"[data-box][name={field}]")


def status(page: Page):
    return page.locator(".save-bar [role=status]")


def keep(page: Page, scripts: bool) -> None:
    """Waits until the script has saved what was typed, or saves it by the button."""
    if scripts:
        page.locator("h1").click()
        expect(status(page)).to_have_text("Saved.")
    else:
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".notice.done")).to_have_text("Saved.")


# ---- From the first page to the application that is sent


@pytest.mark.stories
@with_and_without_scripts
def test_a_city_applies_from_a_telephone(town: Town, browser: Browser, scripts: bool) -> None:
    with watched(browser, town.server, width=390, scripts=scripts) as seen:
        page = seen.page
        page.goto(town.server.url + "/")
        page.get_by_role("navigation", name="Places").get_by_role("link", name="Join", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Join WeGO")
        expect(page.get_by_text("The Executive Committee decides.")).to_be_visible()
        page.get_by_role("link", name="Apply as local government").click()
        expect(page.get_by_role("radio", name="Local government")).to_be_checked()

        # A mistake is told, and what was typed stays.
        page.get_by_label("Name", exact=True).fill("Visby")
        page.get_by_label("Country").select_option(label="Sweden")
        page.get_by_label("Contact person").fill("Kaja Lund")
        page.get_by_label("E-mail address").fill("kaja@visby")
        page.get_by_role("button", name="Send me the link").click()
        expect(page.get_by_role("alert")).to_contain_text("This is no e-mail address")
        expect(page.get_by_label("Name", exact=True)).to_have_value("Visby")
        page.get_by_label("E-mail address").fill("kaja@visby.example")
        page.get_by_role("button", name="Send me the link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

        page.goto(town.letters.wait("kaja@visby.example", LINK_LETTER).link)
        expect(page.get_by_role("heading", level=1)).to_have_text("Visby")
        expect(box(page, "employees")).to_have_count(0)
        box(page, "population").fill("61000")
        box(page, "population_year").fill("2024")
        box(page, "reason").fill("We want to learn\nfrom others.")
        keep(page, scripts)
        page.goto(page.url)
        expect(box(page, "population")).to_have_value("61000")
        expect(box(page, "reason")).to_have_value("We want to learn\nfrom others.")

        # Not whole yet: it says what is missing, and each line leads to its box.
        page.get_by_role("button", name="Send the application").click()
        expect(page.get_by_role("alert")).to_contain_text("It is not sent yet. What you typed is saved.")
        expect(page.get_by_role("alert")).to_contain_text(LETTER_OF_INTENT)
        page.get_by_role("alert").get_by_role("link").first.click()
        assert "#field-" in page.url
        assert town.count("application", "state <> 'draft'") == 0

        # A page that says that it is a document is none; what was typed meanwhile is kept all the same.
        box(page, "head").fill("Maja Ek")
        box(page, "head_position").fill("Mayor")
        upload = page.get_by_label(LETTER_OF_INTENT)
        upload.set_input_files({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": DISGUISED["html"]})
        page.get_by_role("button", name="Upload what is chosen").click()
        expect(page.get_by_role("alert")).to_contain_text("holds a web page or a script")
        expect(box(page, "head")).to_have_value("Maja Ek")
        assert town.count("file_use", OF_APPLICATIONS) == 0
        page.get_by_label(LETTER_OF_INTENT).set_input_files(
            {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF})
        page.get_by_role("button", name="Upload what is chosen").click()
        expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()
        expect(page.get_by_text("Everything that is needed is there.")).to_be_visible()

        page.get_by_role("button", name="Send the application").click()
        expect(page.locator(".notice.done")).to_contain_text("Your application is sent.")
        expect(page.locator(".lede")).to_contain_text("the secretariat looks at it.")
        expect(page.get_by_text("Maja Ek")).to_be_visible()
        expect(page.get_by_role("link", name="letter.pdf")).to_be_visible()
        town.letters.wait("kaja@visby.example", "we have your application")
        assert town.count("application", "state = 'submitted' AND category = 'local-government'") == 1
        assert seen.elsewhere == []


@pytest.mark.stories
def test_of_a_form_sent_twice_the_second_changes_nothing(town: Town) -> None:
    path = begin(town)
    key = key_of(path)
    headers, token, document = look(town.server, path)
    fields = {"key": key, "then": "send", "employees": "40", "seen-employees": mark(document, "employees")}
    first = send(town.server, APPLICATION, headers, token, **fields)
    assert (first.status, first.headers["location"]) == (303, f"{APPLICATION}?key={key}")
    again = send(town.server, APPLICATION, headers, token, **fields)
    assert again.status == 200 and "It was sent already, so nothing was changed." in again.text
    assert town.count("application_step", "kind = 'submitted'") == 1
    # An old page that is still open saves nothing, and shows what was typed on it.
    late = send(town.server, APPLICATION, headers, token, **{**fields, "then": "save", "employees": "41 or more"})
    assert late.status == 409 and "41 or more" in late.text and "it was not saved" in late.text
    saved = send(town.server, f"{APPLICATION}/save", headers, token, **{**fields, "employees": "41"})
    assert saved.status == 409
    assert town.count("application_field", "field = 'employees' AND value = '40'") == 1


@pytest.mark.stories
def test_another_category_asks_other_things(town: Town, browser: Browser) -> None:
    path = begin(town)
    with watched(browser, town.server, scripts=False) as seen:
        page = seen.page
        page.goto(town.server.url + path)
        box(page, "employees").fill("40")
        page.get_by_role("radio", name="Local government").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(box(page, "population")).to_be_visible()
        expect(box(page, "employees")).to_have_count(0)
        page.get_by_role("radio", name="Institution").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(box(page, "employees")).to_have_value("40")
        # The fee that would follow, by the figure.
        expect(page.get_by_role("row", name=re.compile("less than 50 employees"))).to_contain_text("by what you entered")


@pytest.mark.stories
def test_a_former_member_is_known_and_says_so(town: Town, browser: Browser) -> None:
    path = begin(town, name="Danfoss", country="KR", category="corporation")
    with watched(browser, town.server, scripts=False) as seen:
        page = seen.page
        page.goto(town.server.url + path)
        known = page.get_by_role("region", name="Is this you?")
        expect(known.get_by_role("link", name="Danfoss")).to_be_visible()
        expect(page.get_by_text("Say whether it is the applicant or another one.")).to_be_visible()
        box(page, "employees").fill("90")
        known.get_by_role("button", name="This is us").click()
        expect(known.get_by_text("You are on record as Danfoss.")).to_be_visible()
        expect(box(page, "employees")).to_have_value("90")
        known.get_by_role("button", name="No, that is not us").click()
        expect(known.get_by_text("Noted: this is not you.")).to_be_visible()
        # That was a slip, and it is taken back.
        known.get_by_role("button", name="This is us").click()
        expect(known.get_by_text("You are on record as Danfoss.")).to_be_visible()
        known.get_by_role("button", name="No, that is not us").click()
        expect(known.get_by_text("Noted: this is not you.")).to_be_visible()
        expect(known.get_by_role("button", name="None of these is us")).to_have_count(0)
    assert town.count("application", "member_id IS NULL AND looked_at <> ''") == 1


@pytest.mark.stories
def test_a_question_of_the_secretariat_is_answered(town: Town, browser: Browser) -> None:
    path = begin(town)
    headers, token, document = look(town.server, path)
    send(town.server, APPLICATION, headers, token, key=key_of(path), then="send", employees="40",
         **{"seen-employees": mark(document, "employees")})
    asked(town.store, "Which office signs?")
    with watched(browser, town.server, scripts=False) as seen:
        page = seen.page
        page.goto(town.server.url + path)
        expect(page.get_by_text("Which office signs?")).to_be_visible()
        page.get_by_role("textbox", name="Your answer").fill("The second one.")
        # Saving the boxes loses no answer that was begun.
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".notice.done")).to_contain_text("Your answer is not sent yet.")
        expect(page.get_by_role("textbox", name="Your answer")).to_have_value("The second one.")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.locator(".notice.done")).to_have_text("Your answer is sent.")
        expect(page.get_by_text("The second one.")).to_be_visible()
    assert town.count("application", "state = 'submitted'") == 1


@pytest.mark.stories
def test_an_application_is_withdrawn_after_one_question(town: Town, browser: Browser) -> None:
    path = begin(town)
    with watched(browser, town.server, width=390, scripts=False) as seen:
        page = seen.page
        page.goto(town.server.url + path)
        page.get_by_role("link", name="Withdraw the application").click()
        page.get_by_role("link", name="Keep it").click()
        expect(box(page, "name")).to_be_visible()
        page.get_by_role("link", name="Withdraw the application").click()
        page.get_by_label("Why").fill("Too early.")
        page.get_by_role("button", name="Withdraw it").click()
        expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
        expect(page.get_by_text("Too early.")).to_be_visible()
        expect(page.get_by_role("link", name="Withdraw the application")).to_have_count(0)
    assert town.count("application", "state = 'withdrawn'") == 1


# ---- Saving as one types


@pytest.mark.stories
def test_two_devices_do_not_overwrite_each_other(town: Town, browser: Browser) -> None:
    link = town.server.url + begin(town)
    with watched(browser, town.server) as first, watched(browser, town.server, width=390) as second:
        desk, phone = first.page, second.page
        desk.goto(link)
        phone.goto(link)
        box(desk, "reason").fill("From the desk")
        keep(desk, True)
        # Another box is in nobody's way.
        box(phone, "website").fill("https://visby.example")
        keep(phone, True)
        box(phone, "reason").fill("From the phone")
        conflict = phone.locator("[data-conflict=reason]")
        expect(conflict).to_contain_text("From the desk")
        expect(status(phone)).to_contain_text("changed on another device")
        expect(box(phone, "reason")).to_have_value("From the phone")
        conflict.get_by_label("Take this instead").click()
        expect(conflict).to_have_count(0)
        expect(box(phone, "reason")).to_have_value("From the desk")

        box(phone, "reason").fill("From the phone again")
        keep(phone, True)
        box(desk, "reason").fill("From the desk again")
        conflict = desk.locator("[data-conflict=reason]")
        expect(conflict).to_contain_text("From the phone again")
        conflict.get_by_label("Keep what stands in the box").click()
        expect(status(desk)).to_have_text("Saved.")
        expect(conflict).to_have_count(0)
        assert first.elsewhere == [] and second.elsewhere == []
    assert town.count("application_field", "field = 'reason' AND value = 'From the desk again'") == 1
    assert town.count("application_field", "field = 'website' AND value = 'https://visby.example'") == 1


@pytest.mark.stories
def test_two_devices_without_scripts_choose_too(town: Town, browser: Browser) -> None:
    link = town.server.url + begin(town)
    with watched(browser, town.server, scripts=False) as first, watched(browser, town.server, scripts=False) as second:
        desk, phone = first.page, second.page
        desk.goto(link)
        phone.goto(link)
        box(desk, "reason").fill("From the desk")
        keep(desk, False)
        box(phone, "reason").fill("From the phone")
        box(phone, "website").fill("https://visby.example")
        phone.get_by_role("button", name="Send the application").click()
        expect(phone.get_by_role("alert")).to_contain_text("Why you want to join")
        expect(phone.locator("[data-conflict=reason]")).to_contain_text("From the desk")
        expect(box(phone, "reason")).to_have_value("From the phone")
        assert town.count("application", "state = 'draft'") == 1, "nothing is sent that somebody has not seen"
        phone.get_by_label("Take this instead").check()
        keep(phone, False)
        expect(box(phone, "reason")).to_have_value("From the desk")
        expect(box(phone, "website")).to_have_value("https://visby.example")


@pytest.mark.stories
def test_a_network_that_fails_costs_nothing(town: Town, browser: Browser) -> None:
    with watched(browser, town.server, width=390) as seen:
        page = seen.page
        page.goto(town.server.url + begin(town))
        page.route("**/join/application/save", lambda route: route.abort())
        box(page, "reason").fill("Typed in a tunnel")
        expect(status(page)).to_contain_text("Not saved: the network does not answer.")
        expect(box(page, "reason")).to_have_value("Typed in a tunnel")
        expect(box(page, "reason")).to_be_focused()
        before = box(page, "reason").bounding_box()["y"]
        page.unroute("**/join/application/save")
        expect(status(page)).to_have_text("Saved.")
        expect(box(page, "reason")).to_be_focused()
        assert abs(box(page, "reason").bounding_box()["y"] - before) < 4, "the page moved under whoever typed"

        # And when the page is opened again before the network comes back.
        page.route("**/join/application/save", lambda route: route.abort())
        box(page, "reason").fill("Typed in another tunnel")
        expect(status(page)).to_contain_text("Not saved")
        page.goto(page.url)
        expect(box(page, "reason")).to_have_value("Typed in another tunnel")
        page.unroute("**/join/application/save")
        deadline = time.monotonic() + 15
        while town.count("application_field", "value = 'Typed in another tunnel'") == 0:
            assert time.monotonic() < deadline, "it was not tried again"
            page.wait_for_timeout(100)


@pytest.mark.stories
def test_what_is_missing_follows_what_is_typed(town: Town, browser: Browser) -> None:
    with watched(browser, town.server) as seen:
        page = seen.page
        page.goto(town.server.url + begin(town))
        missing = page.locator("[data-missing]")
        expect(missing.get_by_role("link")).to_have_count(1)
        box(page, "employees").fill("forty")
        keep(page, True)
        expect(missing.get_by_role("link")).to_contain_text("Enter a number")
        box(page, "employees").fill("40")
        keep(page, True)
        expect(missing.get_by_role("link")).to_have_count(0)
        expect(missing.get_by_text("Everything that is needed is there.")).to_be_visible()


# ---- Links, and what nobody may


@pytest.mark.people
def test_a_lost_link_is_sent_again_and_nobody_learns_who_applied(town: Town) -> None:
    first = begin(town)
    answers = []
    for address in ("kaja@visby.example", "nobody@visby.example"):
        headers, token = visit(town.server, "/join/link")
        answers.append(send(town.server, "/join/link", headers, token, email=address))
    assert [each.status for each in answers] == [303, 303]
    assert len({each.headers["location"] for each in answers}) == 1 and answers[0].body == answers[1].body
    second = path_of(town.letters.wait("kaja@visby.example", LINK_LETTER, 2))
    assert first != second
    for path in (first, second):
        assert town.server.get(path).status == 200, "each link is good"
    assert town.letters.all("nobody@visby.example") == []
    headers, token = visit(town.server, "/join/link")
    wrong = send(town.server, "/join/link", headers, token, email="kaja")
    assert wrong.status == 422 and 'value="kaja"' in wrong.text


@pytest.mark.people
def test_nobody_is_written_to_without_end(town: Town) -> None:
    for _ in range(5):
        assert ask(town.server).status == 303
    sixth = ask(town.server, name="Visby Sixth")
    assert sixth.status == 429 and "Visby Sixth" in sixth.text
    assert town.count("application") == 5
    assert ask(town.server, "other@visby.example").status == 303


@pytest.mark.people
def test_a_link_opens_one_application_and_nothing_else(town: Town, browser: Browser) -> None:
    mine, theirs = begin(town), begin(town, "tove@lund.example", name="Lund Institute")
    with watched(browser, town.server, scripts=False) as seen:
        seen.page.goto(town.server.url + theirs)
        seen.page.get_by_label("Another document").set_input_files(
            {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF})
        seen.page.get_by_role("button", name="Upload what is chosen").click()
        expect(seen.page.get_by_role("link", name="plan.pdf")).to_be_visible()
    document = town.store.query(f"SELECT id FROM file_use WHERE {OF_APPLICATIONS}")[0][0]
    own = town.server.get(f"{APPLICATION}/document?key={key_of(theirs)}&document={document}")
    assert own.status == 200 and own.body == PDF
    assert own.headers["content-disposition"].startswith("attachment;")
    assert town.server.get(f"{APPLICATION}/document?key={key_of(mine)}&document={document}").status == 404
    assert town.server.get(f"{APPLICATION}/document?document={document}").status == 410

    headers, token, _ = look(town.server, mine)
    removed = send(town.server, APPLICATION, headers, token, key=key_of(mine), remove=document)
    assert removed.status == 404 and town.count("file_use", OF_APPLICATIONS) == 1
    for path, fields in [(APPLICATION, {"then": "send"}), (f"{APPLICATION}/save", {"reason": "x"}), (f"{APPLICATION}/withdraw", {})]:
        for forged in ("x", ""):
            assert send(town.server, path, headers, forged, key=key_of(mine), **fields).status == 403, path
        body = urlencode({"form-token": token, "key": key_of(mine), **fields})
        crossing = town.server.send("POST", path, headers={**headers, "Sec-Fetch-Site": "cross-site"}, body=body)
        assert crossing.status == 403, path
        for key in ("A" * 43, "short", ""):
            assert send(town.server, path, headers, token, key=key, **fields).status == 410, (path, key)
    assert town.count("application", "state <> 'draft'") == 0

    town.store.change(f"UPDATE application_link SET expires_at = {quoted(instant())}")
    gone = town.server.get(mine)
    assert gone.status == 410 and parse(gone.text).first("main").all("a", href="/join/link")


@pytest.mark.people
def test_the_secret_is_told_to_nobody(town: Town) -> None:
    path = begin(town)
    answer = town.server.get(path)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert parse(answer.text).first("meta", name="robots").attributes["content"] == "noindex"
    headers, token, document = look(town.server, path)
    saved = send(town.server, f"{APPLICATION}/save", headers, token, key=key_of(path), reason="<b>Why</b>",
                 **{"seen-reason": mark(document, "reason")})
    assert saved.headers["content-type"] == "application/json" and saved.headers["cache-control"] == "private, no-store"
    told = json.loads(saved.text)
    assert told["conflicts"] == {} and [each["name"] for each in told["problems"]] == ["employees"]
    stale = send(town.server, f"{APPLICATION}/save", headers, token, key=key_of(path), reason="Other",
                 **{"seen-reason": mark(document, "reason")})
    assert json.loads(stale.text)["conflicts"] == {"reason": {"value": "<b>Why</b>", "words": "<b>Why</b>"}}
    assert "&lt;b>Why" in town.server.get(path).text.replace("&gt;", ">")
    assert key_of(path) not in town.server.said()
    assert key_of(path) not in str(town.store.query("SELECT * FROM application_link")), "only its hash is kept"


# ---- How it looks, in each language


def asked(store: Store, words: str) -> None:
    """The secretariat asks the one applicant something."""
    identifier = store.query("SELECT id FROM application WHERE state = 'submitted'")[0][0]
    step(store, identifier, "asked", words, "secretariat")
    store.change(f"UPDATE application SET state = 'asked' WHERE id = {quoted(identifier)}")


def step(store: Store, application: str, kind: str, words: str, side: str) -> None:
    number = store.query(f"SELECT max(number) FROM application_step WHERE application_id = {quoted(application)}")[0][0]
    store.change(
        "INSERT INTO application_step (id, application_id, number, at, kind, side, author_name, words, missing) VALUES "
        f"({quoted(secrets.token_hex(8))}, {quoted(application)}, {int(number or 0) + 1}, {quoted(instant())}, {quoted(kind)}, "
        f"{quoted(side)}, '', {quoted(words)}, '')")


def link_to(store: Store, application: str) -> str:
    """A further link, as if it had been mailed."""
    key = secrets.token_urlsafe(32)
    store.change(
        "INSERT INTO application_link (token_hash, application_id, made_at, expires_at) VALUES "
        f"({blob(store, hashlib.sha256(key.encode()).digest())}, {quoted(application)}, {quoted(instant())}, "
        "'2199-01-01T00:00:00.000000Z')")
    return f"{APPLICATION}?key={key}"


STATES = {
    "draft": "state = 'draft'",
    "asked": f"state = 'asked', submitted_at = {quoted(instant())}",
    "submitted": f"state = 'submitted', submitted_at = {quoted(instant())}",
    "put": f"state = 'put', submitted_at = {quoted(instant())}",
    "declined": f"state = 'declined', submitted_at = {quoted(instant())}, ended_at = {quoted(instant())}",
    "closed": f"state = 'closed', ended_at = {quoted(instant())}",
}


def fill(place: Place) -> dict[str, str]:
    """Applications in every state; the path of the page of each, and of the pages around them."""
    long = "A rather long line on what the city works on, and on what it hopes to learn from others. " * 4
    paths = {"start": START, "start-chosen": f"{START}?category=corporation", "sent": "/join/sent", "lost": "/join/link"}
    for number, (state, change) in enumerate(STATES.items()):
        category = ["local-government", "institution", "corporation"][number % 3]
        assert ask(place.server, f"{state}@visby.example", name=f"Visby {state}", category=category).status == 303
        application = place.store.query(f"SELECT id FROM application WHERE email = {quoted(state + '@visby.example')}")[0][0]
        place.store.change(
            "INSERT INTO application_field (application_id, field, value) VALUES "
            f"({quoted(application)}, 'reason', {quoted(long)})")
        if state in ("asked", "closed"):
            step(place.store, application, state, long, "secretariat")
        place.store.change(f"UPDATE application SET {change} WHERE id = {quoted(application)}")
        paths[state] = link_to(place.store, application)
    assert ask(place.server, "known@danfoss.example", name="Danfoss", country="KR", category="corporation").status == 303
    known = place.store.query("SELECT id FROM application WHERE email = 'known@danfoss.example'")[0][0]
    paths["known"] = link_to(place.store, known)
    paths["withdraw"] = paths["draft"].replace(APPLICATION, f"{APPLICATION}/withdraw")
    return paths


@pytest.fixture(scope="module")
def filled(sqlite_place: Place) -> dict[str, str]:
    return fill(sqlite_place)


@pytest.mark.looks
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_joining_is_accessible_quiet_and_fits(
    sqlite_place: Place, filled: dict[str, str], browser: Browser, scheme: str, width: int
) -> None:
    with watched(browser, sqlite_place.server, width=width, scheme=scheme) as seen:
        for kind, path in filled.items():
            seen.open(path)
            picture(seen, f"joining-{kind}-{width}-{scheme}")
            assert_still(seen)
            assert_looks_right(seen, scheme)
        seen.open(f"{APPLICATION}?key={'A' * 43}")
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("This link opens nothing any more")
        assert_looks_right(seen, scheme, re.compile(r"Failed to load resource: .*410"))


@pytest.mark.looks
@pytest.mark.parametrize("width", [320, 768])
def test_joining_never_scrolls_sideways(sqlite_place: Place, filled: dict[str, str], browser: Browser, width: int) -> None:
    with watched(browser, sqlite_place.server, width=width) as seen:
        for path in ["/join", *filled.values()]:
            seen.open(path)
            assert_fits(seen)


@pytest.mark.looks
def test_joining_reads_in_korean(sqlite_place: Place, filled: dict[str, str], browser: Browser) -> None:
    with watched(browser, sqlite_place.server, width=390) as seen:
        for path in ["/join", *filled.values()]:
            seen.open("/ko" + path)
            assert seen.page.locator("html").get_attribute("lang") == "ko"
            assert_accessible(seen.page)
            assert_fits(seen)


@pytest.mark.looks
def test_what_two_devices_see_is_accessible(sqlite_place: Place, filled: dict[str, str], browser: Browser) -> None:
    headers, token, document = look(sqlite_place.server, filled["draft"])
    key = key_of(filled["draft"])
    with watched(browser, sqlite_place.server, width=390) as seen:
        seen.open(filled["draft"])
        send(sqlite_place.server, f"{APPLICATION}/save", headers, token, key=key, website="https://one.example",
             **{"seen-website": mark(document, "website")})
        box(seen.page, "website").fill("https://two.example")
        expect(seen.page.locator("[data-conflict=website]")).to_be_visible()
        assert_accessible(seen.page)
        # The button, before anybody has chosen: the page comes again with both.
        seen.page.get_by_role("button", name="Save", exact=True).click()
        expect(seen.page.locator("#conflict")).to_be_visible()
        expect(seen.page.locator("[data-conflict=website]")).to_contain_text("https://one.example")
        assert_accessible(seen.page)
        assert_fits(seen)


@pytest.mark.looks
def test_everything_is_reached_with_the_keyboard(sqlite_place: Place, filled: dict[str, str], browser: Browser) -> None:
    with watched(browser, sqlite_place.server) as seen:
        for kind in ("start", "draft", "known", "asked", "submitted"):
            seen.open(filled[kind])
            walked = walk(seen.page)
            assert walked.missed == [] and walked.invisible == [], kind
            assert walked.ends, kind


@pytest.mark.looks
def test_what_joining_sends_is_good_html(sqlite_place: Place, filled: dict[str, str]) -> None:
    for kind, path in filled.items():
        answer = sqlite_place.server.get(path)
        assert answer.status == 200, kind
        document = parse(answer.text)
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), (kind, sorted(each for each in set(ids) if ids.count(each) > 1))
        for label in document.all("label"):
            assert label.attributes.get("for", ids[0]) in ids, (kind, label.attributes)
        for form in document.all("form", method="post"):
            assert form.all("input", name="form-token"), kind


@pytest.mark.languages
def test_an_application_is_begun_and_opened_in_korean(town: Town, browser: Browser) -> None:
    answer = ask(town.server, prefix="/ko")
    assert (answer.status, answer.headers["location"]) == (303, "/ko/join/sent")
    path = path_of(town.letters.wait("kaja@visby.example", ""))
    assert path.startswith("/ko" + APPLICATION)
    with watched(browser, town.server, width=390) as seen:
        page = seen.page
        page.goto(town.server.url + path)
        box(page, "reason").fill("배우고 싶습니다.")
        page.locator("h1").click()
        expect(status(page)).not_to_be_empty()
        page.locator("button[name=then][value=save]").first.click()
        page.wait_for_url("**/ko" + APPLICATION + "?key=*")
        expect(box(page, "reason")).to_have_value("배우고 싶습니다.")
        assert page.locator("html").get_attribute("lang") == "ko"
    assert town.count("application", "language = 'ko'") == 1


@pytest.fixture(scope="module")
def disguised(originals: Originals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    settings = {"HANSA_LANGUAGES": "en,en-XA"}
    with open_place(originals, "sqlite", tmp_path_factory.mktemp("joining"), **settings) as made:
        yield made


@pytest.mark.languages
def test_joining_says_nothing_that_translators_cannot_reach(disguised: Place) -> None:
    paths = fill(disguised)
    records = Records(disguised.store)
    for kind, path in paths.items():
        answer = disguised.server.get("/en-XA" + path)
        assert answer.status == 200, kind
        left = english_left(parse(answer.text), records, {"GeoNames", "Natural", "Earth"})
        assert not left, f"{kind}, in English:\n" + "\n".join(left)
