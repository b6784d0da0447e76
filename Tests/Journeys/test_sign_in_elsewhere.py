"""Signing in with an account elsewhere, at a real OpenID provider and at those that are none."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from postgres_cluster import die_with_parent, free_port
from support.engines import Store
from support.letters import Letters
from support.program import Server, hansa, serving
from support.town import cookie, open_town, send, visit

pytestmark = pytest.mark.people


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
    with open_town(loaded, tmp_path, **settings) as town:
        server = town.server
        town.known("Ana Souza", "ana@seoul.test")
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
            with serving(sqlite.setting, tmp_path, **elsewhere(issuer, tmp_path)) as server:
                headers, token = visit(server)
                answer = send(server, "/sign-in/openid", headers, token)
                assert answer.status == 502, issuer
                assert "cannot be reached" in answer.text or "did not answer as it should" in answer.text
        with pytest.raises(TimeoutError):
            trap.accept()


def test_a_provider_that_is_no_safe_address_is_refused_at_start(sqlite: Store, tmp_path: Path) -> None:
    for issuer in ("http://169.254.169.254/latest", "http://127.0.0.1:1", "http://[::1]:1", "file:///etc/passwd",
                   "gopher://127.0.0.1:70", "https://user:pass@id.test", "https://id.test?x=1"):
        settings = elsewhere(issuer, tmp_path)
        hansa(sqlite.setting, "serve", "--port", "0", seconds=20, **settings).must_refuse("issuer")
