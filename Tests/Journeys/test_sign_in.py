"""The ways in, as people walk them."""

from __future__ import annotations

import json
import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support import qr
from support.engines import Store
from support.eyes import watched
from support.letters import App
from support.looks import assert_accessible, assert_fits
from support.program import hansa
from support.rooms import blob, person, quoted, session
from support.town import PASSWORD, Town, cookie, open_town

pytestmark = pytest.mark.people


def test_the_first_administrator_comes_in(town: Town, page: Page, context: BrowserContext) -> None:
    made = hansa(
        town.store.setting, "person", "add", "--name", "Jiwon Park", "--email", "jiwon@wego.test", "--role",
        "administrator", HANSA_HTTP_PORT=str(town.server.port)).must_succeed()
    page.goto(re.search(r"http://\S+", made.output).group())
    expect(page.get_by_text("Jiwon Park")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    expect(page.get_by_text("Administrator")).to_be_visible()
    # Until then the console is shut.
    page.goto(town.server.url + "/console/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    page.get_by_role("button", name="Begin").click()
    app = App(page.locator(".secret-key code").first.inner_text())
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong")
    assert App(page.locator(".secret-key code").first.inner_text()).secret == app.secret
    before = cookie(context)
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert cookie(context) != before, "rights grew, so the session has a new secret"
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(town.server.url + "/console/people")
    town.letters.wait("jiwon@wego.test", "second factor")

    page.get_by_role("button", name="Sign out").click()
    town.enter_by_link(page, "jiwon@wego.test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    page.get_by_label("Code").fill(codes[0].upper())
    page.get_by_role("button", name="Go on").click()
    town.letters.wait("jiwon@wego.test", "recovery code")
    page.goto(town.server.url + "/account")
    expect(page.get_by_text("9 recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    town.enter_by_link(page, "jiwon@wego.test", 2)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is wrong, or was used already")
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile("/console|/rooms"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_a_telephone_scans_the_second_factor(town: Town, browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    ana = town.known("Ana Souza", "ana.souza+hansa@seoul.test")
    token = session(town.store, ana, second_factor=False)
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})
    context.add_cookies([{"name": "hansa", "value": token, "url": town.server.url}])
    page = context.new_page()
    page.goto(town.server.url + "/account/second-factor")
    page.get_by_role("button", name="Begin").click()
    picture = page.get_by_role("img", name="To scan with an authenticator app: your account of WeGO")
    expect(picture).to_be_visible()
    address = page.locator("details .secret-key code").text_content()
    assert address.startswith("otpauth://totp/WeGO:ana.souza%2Bhansa%40seoul.test?secret=")
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert qr.read(tmp_path / "page.png") == [address]
    x, y, side, _ = (int(part) for part in picture.get_attribute("viewBox").split())
    assert (x, y) == (-4, -4)
    box = picture.bounding_box()
    assert (box["width"], box["height"]) == (4 * side, 4 * side), "modules are not whole pixels"
    drawn = qr.modules(picture.locator("path").get_attribute("d"), side - 8)
    assert drawn in qr.made_elsewhere(address)
    # What was scanned is what counts.
    secret = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["secret"][0]
    assert_accessible(page)
    page.get_by_label("Code").fill(App(secret).code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    context.close()


def test_somebody_signs_out_everywhere(town: Town, browser: Browser) -> None:
    ana = town.known("Ana Souza", "ana@seoul.test")
    bob = town.known("Bob", "bob@seoul.test")
    contexts = [browser.new_context() for _ in range(4)]
    pages = [each.new_page() for each in contexts]
    for each, who in zip(contexts, (ana, ana, ana, bob)):
        token = session(town.store, who, second_factor=False)
        each.add_cookies([{"name": "hansa", "value": token, "url": town.server.url}])
    for each in pages:
        assert each.goto(town.server.url + "/account").url == town.server.url + "/account"
    pages[0].get_by_role("button", name="End all others").click()
    expect(pages[0].locator(".notice.done")).to_have_text("2 other sign-ins have ended.")
    # Alone, signing out is all that there is to do.
    expect(pages[0].get_by_role("button", name="Sign out everywhere")).to_have_count(0)
    pages[1].reload()
    expect(pages[1]).to_have_url(re.compile("/sign-in"))
    contexts[2].clear_cookies()
    token = session(town.store, ana, second_factor=False)
    contexts[2].add_cookies([{"name": "hansa", "value": token, "url": town.server.url}])
    pages[0].reload()
    pages[0].get_by_role("button", name="Sign out everywhere").click()
    expect(pages[0].get_by_role("heading", level=1)).to_have_text("You are signed out everywhere")
    assert cookie(contexts[0]) is None
    assert_accessible(pages[0])
    for each in (pages[0], pages[2]):
        each.goto(town.server.url + "/account")
        expect(each).to_have_url(re.compile("/sign-in"))
    # Nobody else is.
    pages[3].reload()
    expect(pages[3].get_by_role("heading", level=1)).to_have_text("Your account")
    counts = town.store.query("SELECT subject_id FROM journal_entry WHERE action = 'sessions.ended'")
    assert counts == [(ana,), (ana,)]
    for each in contexts:
        each.close()


def test_an_editor_keeps_their_account(town: Town, page: Page, browser: Browser) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(town.server.url + "/account")
    page.get_by_label("Name").fill("Ana Souza Lima")
    page.get_by_label("Language of your mail").select_option(label="Español")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notice.done")).to_have_text("Your details are saved.")
    expect(page.get_by_label("Name")).to_have_value("Ana Souza Lima")
    # A weak password is refused beside its field, and nothing else is lost.
    page.get_by_label("New password").fill("ana souza 2026")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator("#error-password")).to_be_visible()
    other = browser.new_context()
    second = other.new_page()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".notice.done")).to_contain_text("Your password is set")
    town.letters.wait("ana@seoul.test", "Su contraseña")
    town.enter_by_password(second, "ana@seoul.test")
    second.goto(town.server.url + "/account")
    # The first browser sees the second and ends it.
    page.reload()
    expect(page.get_by_text("This one")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^End the sign-in")).click()
    expect(page.locator(".notice.done")).to_have_text("That sign-in has ended.")
    second.reload()
    expect(second).to_have_url(re.compile("/sign-in"))
    other.close()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download it").click()
    held = json.loads(Path(download.value.path()).read_text())
    assert held["person"]["name"] == "Ana Souza Lima"
    assert {"journal-about", "mail", "roles", "sign-ins", "links"} <= held.keys()
    page.get_by_text("Have it erased").click()
    page.get_by_role("button", name="Ask to erase my data").click()
    expect(page.get_by_role("button", name="Withdraw the request")).to_be_visible()


def test_an_address_changes_at_both_ends(town: Town, page: Page) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(town.server.url + "/account")
    page.get_by_label("New address").fill("ana@busan.test")
    page.get_by_role("button", name="Change the address").click()
    expect(page.get_by_text("Neither address has confirmed yet.")).to_be_visible()
    page.goto(town.letters.wait("ana@busan.test", "new address").link)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Half of it is done")
    page.goto(town.letters.wait("ana@seoul.test", "change of address").link)
    expect(page.get_by_text("ana@busan.test")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your address has changed")
    assert "ana@busan.test" in town.letters.wait("ana@seoul.test", "was changed").text
    assert town.store.query("SELECT email FROM person WHERE name = 'Ana Souza'")[0][0] == "ana@busan.test"


def test_without_a_script_everything_works(town: Town, browser: Browser) -> None:
    town.known("Ana Souza", "ana@seoul.test")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(town.server.url + "/account")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".notice.done")).to_contain_text("Your password is set")
    page.get_by_role("button", name="Sign out").click()
    town.enter_by_password(page, "ana@seoul.test")
    expect(page).not_to_have_url(re.compile("/sign-in"))
    context.close()


def test_the_pages_at_the_door_are_accessible(sqlite: Store, tmp_path: Path, browser: Browser) -> None:
    with open_town(sqlite, tmp_path) as town:
        ana = town.known("Ana Souza", "ana@seoul.test")
        secured = person(town.store, "Rui", "rui@seoul.test")
        made = hansa(
            town.store.setting, "person", "add", "--name", "New", "--email", "new@seoul.test", "--role", "editor", "--member",
            "seoul", HANSA_BASE_URL=town.server.url).must_succeed()
        link = re.search(r"http://\S+", made.output).group()
        invited = town.letters.wait("new@seoul.test", "invitation").link.replace("http://127.0.0.1:8080", town.server.url)
        factor = "UPDATE person SET totp_secret = " + blob(town.store, b"x" * 20)
        town.store.change(f"{factor}, totp_confirmed_at = created_at WHERE id = {quoted(secured)}")
        for scheme, width in (("light", 1280), ("dark", 390)):
            with watched(browser, town.server, width=width, height=844, scheme=scheme) as seen:
                page = seen.page

                def look() -> None:
                    assert_accessible(page)
                    assert_fits(seen)

                for path in ("/sign-in", "/sign-in/sent", "/sign-in/ended", link, invited, "/sign-in/link?key=" + "a" * 43):
                    page.goto(urllib.parse.urljoin(town.server.url, path))
                    look()
                page.goto(town.server.url + "/sign-in")
                page.get_by_label("E-mail address").fill("ana@seoul.test")
                page.get_by_role("button", name="Use my password").click()
                look()
                page.get_by_label("Password").fill("wrong")
                page.get_by_role("button", name="Sign in").click()
                look()
                for who, path in ((ana, "/account"), (ana, "/account/second-factor"), (secured, "/sign-in/second-factor")):
                    page.context.clear_cookies()
                    token = session(town.store, who, second_factor=False)
                    page.context.add_cookies([{"name": "hansa", "value": token, "url": town.server.url}])
                    page.goto(town.server.url + path)
                    look()
                    if path == "/account/second-factor":
                        page.get_by_role("button", name="Begin").click()
                        look()
