"""The ways in, as people walk them, and what attackers try at the door."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from postgres_cluster import die_with_parent, free_port
from support import qr
from support.engines import Store
from support.letters import App, Letters
from support.program import Server, hansa
from support.rooms import blob, give, person, quoted, session, visitor
from test_looks import GUIDELINES

pytestmark = pytest.mark.people

PASSWORD = "violet tractor soup lamp"


@dataclass
class Town:
    store: Store
    server: Server
    letters: Letters

    def ask_link(self, page: Page, address: str) -> None:
        page.goto(self.server.url + "/sign-in")
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Send me a link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    def enter_by_link(self, page: Page, address: str, count: int = 1) -> None:
        self.ask_link(page, address)
        page.goto(self.letters.wait(address, "link to sign in", count).link)
        page.get_by_role("button", name="Sign in").click()

    def enter_by_password(self, page: Page, address: str, password: str = PASSWORD) -> None:
        page.goto(self.server.url + "/sign-in")
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Use my password").click()
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def town(loaded: Store, tmp_path: Path) -> Iterator[Town]:
    letters = Letters(tmp_path / "mail")
    server = Server(loaded.setting, tmp_path, **letters.settings).start()
    yield Town(loaded, server, letters)
    assert server.stop() == 0


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def known(town: Town, name: str, address: str, role: str | None = "editor", place: str = "seoul") -> str:
    identifier = person(town.store, name, address)
    if role:
        give(town.store, identifier, role, place)
    return identifier


def cookie(context: BrowserContext, name: str = "hansa") -> str | None:
    return next((item["value"] for item in context.cookies() if item["name"] == name), None)


# ---- Journeys ----


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
    ana = known(town, "Ana Souza", "ana.souza+hansa@seoul.test")
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
    look(page)
    page.get_by_label("Code").fill(App(secret).code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    context.close()


def test_somebody_signs_out_everywhere(town: Town, browser: Browser) -> None:
    ana = known(town, "Ana Souza", "ana@seoul.test")
    bob = known(town, "Bob", "bob@seoul.test")
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
    look(pages[0])
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
    known(town, "Ana Souza", "ana@seoul.test")
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
    known(town, "Ana Souza", "ana@seoul.test")
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
    known(town, "Ana Souza", "ana@seoul.test")
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


def test_the_pages_at_the_door_are_accessible(town: Town, browser: Browser) -> None:
    ana = known(town, "Ana Souza", "ana@seoul.test")
    secured = person(town.store, "Rui", "rui@seoul.test")
    made = hansa(
        town.store.setting, "person", "add", "--name", "New", "--email", "new@seoul.test", "--role", "editor", "--member",
        "seoul", HANSA_BASE_URL=town.server.url).must_succeed()
    link = re.search(r"http://\S+", made.output).group()
    invited = town.letters.wait("new@seoul.test", "invitation").link.replace("http://127.0.0.1:8080", town.server.url)
    factor = "UPDATE person SET totp_secret = " + blob(town.store, b"x" * 20)
    town.store.change(f"{factor}, totp_confirmed_at = created_at WHERE id = {quoted(secured)}")
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})
        page = context.new_page()
        for path in ("/sign-in", "/sign-in/sent", "/sign-in/ended", link, invited, "/sign-in/link?key=" + "a" * 43):
            page.goto(urllib.parse.urljoin(town.server.url, path))
            look(page)
        page.goto(town.server.url + "/sign-in")
        page.get_by_label("E-mail address").fill("ana@seoul.test")
        page.get_by_role("button", name="Use my password").click()
        look(page)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        look(page)
        for who, path in ((ana, "/account"), (ana, "/account/second-factor"), (secured, "/sign-in/second-factor")):
            context.clear_cookies()
            token = session(town.store, who, second_factor=False)
            context.add_cookies([{"name": "hansa", "value": token, "url": town.server.url}])
            page.goto(town.server.url + path)
            look(page)
            if path == "/account/second-factor":
                page.get_by_role("button", name="Begin").click()
                look(page)
        context.close()


def look(page: Page) -> None:
    found = Axe().run(page, options=GUIDELINES)
    assert found.violations_count == 0, page.url + "\n" + found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


# ---- A real provider ----


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    claims = [
        {"sub": "ana-7", "email": "ana@seoul.test", "email_verified": True, "name": "Ana"},
        {"sub": "eve-9", "email": "ana@seoul.test", "email_verified": False, "name": "Eve"},
        {"sub": "bob-1", "email": "bob@nowhere.test", "email_verified": True},
    ]
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "-p", str(port), "-n", "true"]
    for claim in claims:
        command += ["--user-claims", json.dumps(claim)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
    issuer = f"http://127.0.0.1:{port}"
    wait_for(issuer + "/.well-known/openid-configuration")
    yield issuer
    process.terminate()
    process.wait(timeout=10)


def wait_for(address: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def through_provider(page: Page, server: Server, subject: str, path: str = "/sign-in") -> None:
    page.goto(server.url + path)
    page.get_by_role("button", name="Sign in with City ID").click()
    page.wait_for_url(re.compile("/oauth2/authorize|/authorize"))
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name=re.compile("Authorize|Sign in", re.IGNORECASE)).first.click()


def test_with_an_account_elsewhere(loaded: Store, tmp_path: Path, provider: str, page: Page, context: BrowserContext) -> None:
    settings = {
        "HANSA_OPENID_ISSUER": provider, "HANSA_OPENID_CLIENT_ID": "hansa", "HANSA_OPENID_CLIENT_SECRET": "not-so-secret",
        "HANSA_OPENID_NAME": "City ID", "HANSA_OPENID_ALLOW_PRIVATE": "true"}
    letters = Letters(tmp_path / "mail")
    server = Server(loaded.setting, tmp_path, **settings, **letters.settings).start()
    town = Town(loaded, server, letters)
    known(town, "Ana Souza", "ana@seoul.test")
    # An address that the provider has not verified, and somebody whom nobody invited, stay outside.
    for stranger in ("eve-9", "bob-1"):
        through_provider(page, server, stranger)
        expect(page.get_by_role("heading", level=1)).to_have_text("That did not work")
        assert cookie(context) is None
        context.clear_cookies()
    through_provider(page, server, "ana-7", "/sign-in?to=/account")
    expect(page).to_have_url(server.url + "/account")
    expect(page.get_by_text(provider)).to_be_visible()
    # Leaving through the history and coming back with the same answer does nothing.
    callback = f"{server.url}/sign-in/openid/callback?code=x&state={'a' * 43}"
    page.goto(callback)
    expect(page.get_by_text("was not begun in this browser")).to_be_visible()
    assert "not-so-secret" not in server.said()
    assert "not-so-secret" not in hansa(loaded.setting, "config", **settings).must_succeed().words
    assert server.stop() == 0


def elsewhere(issuer: str, folder: Path) -> dict[str, str]:
    return {
        "HANSA_OPENID_ISSUER": issuer, "HANSA_OPENID_CLIENT_ID": "hansa", "HANSA_OPENID_CLIENT_SECRET": "s",
        **Letters(folder / "mail").settings}


def test_a_provider_within_the_network_is_not_reached(sqlite: Store, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        for issuer in (f"https://127.0.0.1:{port}", f"https://localhost:{port}", f"https://0.0.0.0:{port}", "https://10.0.0.1",
                       "https://169.254.169.254", f"https://[::ffff:127.0.0.1]:{port}"):
            server = Server(sqlite.setting, tmp_path, **elsewhere(issuer, tmp_path)).start()
            headers, token = visit(server)
            answer = post(server, "/sign-in/openid", headers, token)
            assert answer.status == 502, issuer
            assert "cannot be reached" in answer.text or "did not answer as it should" in answer.text
            assert server.stop() == 0
        with pytest.raises(TimeoutError):
            trap.accept()


def test_a_provider_that_is_no_safe_address_is_refused_at_start(sqlite: Store, tmp_path: Path) -> None:
    for issuer in ("http://169.254.169.254/latest", "http://127.0.0.1:1", "http://[::1]:1", "file:///etc/passwd",
                   "gopher://127.0.0.1:70", "https://user:pass@id.test", "https://id.test?x=1"):
        settings = elsewhere(issuer, tmp_path)
        hansa(sqlite.setting, "serve", "--port", "0", seconds=20, **settings).must_refuse("issuer")


# ---- Attacks ----


def visit(server: Server, path: str = "/sign-in", cookies: str = "") -> tuple[dict[str, str], str]:
    """A first look at a page: the headers with which its form is sent, and its token."""
    answer = server.send("GET", path, headers={"Cookie": cookies} if cookies else {})
    token = re.search(r'name="form-token" value="([\w-]+)"', answer.text).group(1)
    given = answer.headers.get("set-cookie", "").split(";")[0] or cookies
    return {"Cookie": given, "Content-Type": "application/x-www-form-urlencoded"}, token


def post(server: Server, path: str, cookies: dict[str, str], token: str, **fields: str):
    body = urllib.parse.urlencode({"form-token": token, **fields})
    return server.send("POST", path, headers=cookies, body=body)


def test_a_session_planted_before_sign_in_is_worth_nothing(town: Town, context: BrowserContext, page: Page) -> None:
    known(town, "Ana Souza", "ana@seoul.test")
    planted = "p" * 43
    for name in ("hansa", "hansa-visit"):
        context.add_cookies([{"name": name, "value": planted, "url": town.server.url}])
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(town.server.url + "/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert cookie(context) != planted
    answer = town.server.send("GET", "/account", headers={"Cookie": f"hansa={planted}"})
    assert answer.status == 303 and answer.headers["location"].startswith("/sign-in")


def test_signing_in_over_a_session_ends_it(town: Town, context: BrowserContext, page: Page) -> None:
    known(town, "Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    old = cookie(context)
    page.goto(town.server.url + "/account")
    town.letters.wait("ana@seoul.test", "link to sign in")
    headers, token = visit(town.server, "/account", f"hansa={old}")
    post(town.server, "/sign-in", headers, token, email="ana@seoul.test", way="link")
    page.goto(town.letters.wait("ana@seoul.test", "link to sign in", 2).link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    assert cookie(context) != old
    assert town.server.send("GET", "/account", headers={"Cookie": f"hansa={old}"}).status == 303


def test_a_link_works_once_and_scanners_do_not_use_it_up(town: Town, page: Page, browser: Browser) -> None:
    known(town, "Ana Souza", "ana@seoul.test")
    town.ask_link(page, "ana@seoul.test")
    link = town.letters.wait("ana@seoul.test", "link to sign in").link
    path = link.removeprefix(town.server.url)
    for method in ("GET", "HEAD", "GET"):
        assert town.server.send(method, path).status == 200
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    for _ in range(2):
        again = browser.new_context()
        other = again.new_page()
        assert other.goto(link).status == 410
        expect(other.get_by_role("heading", level=1)).to_have_text("This link does nothing any more")
        again.close()
    key = path.split("key=")[1]
    headers, token = visit(town.server)
    assert post(town.server, "/sign-in/link", headers, token, key=key).status == 410
    assert post(town.server, "/sign-in/invitation", headers, token, key=key).status == 410
    assert post(town.server, "/sign-in/address", headers, token, key=key).status == 410
    assert key not in town.server.said(), "a secret stands in the log"


ELSEWHERE = [
    "https://evil.test/", "//evil.test", "/\\evil.test", "\\\\evil.test", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1",
    "/\t/evil.test", "https:evil.test", "/sign-in", "/account\r\nX: 1",
]


def test_sign_in_leads_nowhere_else(sqlite: Store, tmp_path: Path, browser: Browser) -> None:
    letters = Letters(tmp_path / "mail")
    server = Server(sqlite.setting, tmp_path, **letters.settings).start()
    town = Town(sqlite, server, letters)
    known(town, "Ana Souza", "ana@seoul.test")
    context = browser.new_context()
    page = context.new_page()
    town.enter_by_link(page, "ana@seoul.test")
    page.goto(server.url + "/account")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("button", name="Sign out").click()
    context.close()
    for path in ELSEWHERE:
        headers, token = visit(server, "/sign-in?to=" + urllib.parse.quote(path, safe=""))
        answer = post(server, "/sign-in/password", headers, token, email="ana@seoul.test", password=PASSWORD, to=path)
        assert answer.status == 303, path
        where = urllib.parse.urlsplit(answer.headers["location"])
        assert (where.scheme, where.netloc) == ("", ""), path
        assert re.match(r"/[^/\\]", answer.headers["location"]), path
        assert "x" not in answer.headers and "evil" not in answer.headers["location"], path
    assert server.stop() == 0


def test_brute_force_across_two_processes(loaded: Store, tmp_path: Path) -> None:
    letters = Letters(tmp_path / "mail")
    servers = [Server(loaded.setting, tmp_path, **letters.settings).start() for _ in range(2)]
    person(loaded, "Ana Souza", "ana@seoul.test")
    statuses: dict[str, list[int]] = {}
    for address in ("ana@seoul.test", "nobody@seoul.test"):
        statuses[address] = []
        for attempt in range(8):
            server = servers[attempt % 2]
            headers, token = visit(server)
            answer = post(server, "/sign-in/password", headers, token, email=address, password=f"wrong {attempt}")
            statuses[address].append(answer.status)
    assert statuses["ana@seoul.test"] == [422] * 5 + [429] * 3
    assert statuses["nobody@seoul.test"] == statuses["ana@seoul.test"]
    # Another network does not help against the account's own limit, and X-Forwarded-For is nobody's word.
    headers, token = visit(servers[0])
    answer = post(
        servers[0], "/sign-in/password", {**headers, "X-Forwarded-For": "198.51.100.1"}, token, email="ana@seoul.test",
        password="wrong")
    assert answer.status == 429
    for server in servers:
        assert server.stop() == 0


def test_behind_a_proxy_its_last_word_counts(sqlite: Store, tmp_path: Path) -> None:
    server = Server(sqlite.setting, tmp_path, HANSA_HTTP_TRUST_PROXY="true", **Letters(tmp_path / "mail").settings).start()
    headers, token = visit(server)

    def ask(number: int, forwarded: str) -> int:
        sent = {**headers, "X-Forwarded-For": forwarded}
        return post(server, "/sign-in", sent, token, email=f"person{number}@seoul.test", way="link").status

    # Readers behind the proxy are told apart, whatever they claim to stand before it.
    assert [ask(number, f"203.0.113.{number}") for number in range(31)] == [303] * 31
    assert [ask(100 + number, f"203.0.113.{number}, 198.51.100.7") for number in range(31)] == [303] * 30 + [429]
    assert server.stop() == 0


def test_an_unknown_address_looks_and_lasts_like_a_known_one(town: Town) -> None:
    identifier = known(town, "Ana Souza", "ana@seoul.test")
    assert identifier
    answers, seconds = {}, {}
    for number in range(4):
        for address in ("ana@seoul.test", f"nobody{number}@seoul.test"):
            sort = "known" if address.startswith("ana") else "unknown"
            headers, token = visit(town.server)
            began = time.monotonic()
            answer = post(town.server, "/sign-in", headers, token, email=address, way="link")
            seconds.setdefault(("link", sort), []).append(time.monotonic() - began)
            answers.setdefault(("link", sort), set()).add((answer.status, answer.headers["location"]))
            began = time.monotonic()
            answer = post(town.server, "/sign-in/password", headers, token, email=address, password="wrong wrong wrong")
            seconds.setdefault(("password", sort), []).append(time.monotonic() - began)
            words = re.sub(r'(form-token" value="|nonce=")[\w-]+', "", answer.text).replace(address, "ADDRESS")
            answers.setdefault(("password", sort), set()).add((answer.status, words))
    for way in ("link", "password"):
        assert answers[way, "known"] == answers[way, "unknown"], way
        fastest = {sort: min(seconds[way, sort]) for sort in ("known", "unknown")}
        # The same work is done; a missing scrypt would show as a factor of ten and more. What takes milliseconds only is
        # left to the busy machine's noise.
        apart = abs(fastest["known"] - fastest["unknown"])
        assert apart < 0.1 or 0.25 < fastest["known"] / fastest["unknown"] < 4, (way, seconds)
    town.letters.wait("ana@seoul.test", "link to sign in", 4)
    assert {letter.to for letter in town.letters.all()} == {"ana@seoul.test"}


def test_forms_of_sign_in_need_their_token(town: Town) -> None:
    headers, token = visit(town.server)
    other_headers, _ = visit(town.server)
    for sent, given in ((other_headers, token), (headers, ""), (headers, "x" * 43)):
        answer = post(town.server, "/sign-in", sent, given, email="ana@seoul.test", way="link")
        assert answer.status == 403
    crossing = {**headers, "Sec-Fetch-Site": "cross-site"}
    assert post(town.server, "/sign-in", crossing, token, email="ana@seoul.test", way="link").status == 403


@pytest.mark.parametrize("address", [
    "ana@seoul.test\r\nBcc: all@world.test", "ana@seoul.test%0aBcc:x@y.test", "a b@seoul.test", "<ana@seoul.test>",
    "ana@seoul.test,eve@evil.test", "ana@[127.0.0.1]", "", "x" * 300 + "@seoul.test",
])
def test_no_header_comes_in_with_an_address(town: Town, address: str) -> None:
    known(town, "Ana Souza", "ana@seoul.test")
    headers, token = visit(town.server)
    assert post(town.server, "/sign-in", headers, token, email=address, way="link").status == 422
    admin = visitor(town.store, "administrator")
    headers = {"Cookie": admin.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    invite = {"name": "Eve", "email": address, "language": "en", "role": "editor", "place": "Seoul"}
    answer = post(town.server, "/console/people/invite", headers, admin.form_token, **invite)
    assert answer.status == 422
    named = {**invite, "name": "Eve\r\nBcc: all@world.test", "email": "eve@seoul.test"}
    assert post(town.server, "/console/people/invite", headers, admin.form_token, **named).status == 422
    assert town.letters.all() == []


def test_cookies_are_kept_from_scripts_and_other_sites(town: Town, page: Page, context: BrowserContext) -> None:
    known(town, "Ana Souza", "ana@seoul.test")
    town.enter_by_link(page, "ana@seoul.test")
    page.wait_for_url(re.compile("/portal|/account|/rooms"))
    for item in context.cookies():
        assert item["httpOnly"] and item["sameSite"] == "Lax" and item["path"] == "/", item
    assert page.evaluate("document.cookie") == ""


def test_behind_tls_cookies_are_bound_to_the_host(sqlite: Store, tmp_path: Path) -> None:
    server = Server(sqlite.setting, tmp_path, HANSA_BASE_URL="https://hansa.test", **Letters(tmp_path / "mail").settings)
    server.start()
    given = server.send("GET", "/sign-in").headers["set-cookie"]
    assert given.startswith("__Host-hansa-visit=")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in given.split(";")}
    assert server.stop() == 0


