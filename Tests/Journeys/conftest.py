"""The fixtures: databases on both engines, sites of one's own and in common, and one browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.engines import Store, new_store
from support.eyes import Watched, watched
from support.pages import Addresses
from support.places import ENGINES, Originals, Place, open_place
from support.program import Server, binary
from support.town import Town, open_town


def pytest_sessionstart(session: pytest.Session) -> None:
    # SIGTERM ends a run as Ctrl-C does: fixtures stop their servers and unmount their disks.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if session.config.option.collectonly:
        return
    if not binary().is_file():
        pytest.exit(f"There is no program at {binary()}: run `make test`, or set HANSA_BINARY.", returncode=3)
    if "HANSA_TEST_POSTGRES" not in os.environ:
        pytest.exit("No PostgreSQL: run `make test-journeys`, or put scripts/with-postgres before pytest.", returncode=3)


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database of the test's own; the test runs once on each engine."""
    made = new_store(request.param, tmp_path / "store")
    yield made
    made.remove()


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Originals]:
    made = Originals(tmp_path_factory.mktemp("originals"))
    yield made
    made.remove()


@pytest.fixture(params=ENGINES)
def loaded(request: pytest.FixtureRequest, originals: Originals, tmp_path: Path) -> Iterator[Store]:
    """A database of the test's own with the association's records in it; the test runs once on each engine."""
    made = originals.copy(request.param, tmp_path / "store")
    yield made
    made.remove()


@pytest.fixture
def sqlite(originals: Originals, tmp_path: Path) -> Store:
    """The same on SQLite alone."""
    return originals.copy("sqlite", tmp_path / "store")


@pytest.fixture(scope="session")
def sqlite_site(originals: Originals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A loaded site on SQLite, for all tests that only read and cannot depend on the engine."""
    with open_place(originals, "sqlite", tmp_path_factory.mktemp("sqlite")) as made:
        yield made.server


@pytest.fixture(scope="session")
def postgres_site(originals: Originals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same on PostgreSQL."""
    with open_place(originals, "postgres", tmp_path_factory.mktemp("postgres")) as made:
        yield made.server


@pytest.fixture(scope="session", params=ENGINES)
def site(request: pytest.FixtureRequest) -> Server:
    """The loaded site for all tests that only read, once on each engine."""
    return request.getfixturevalue(f"{request.param}_site")


@pytest.fixture(scope="module", params=ENGINES)
def place(
    request: pytest.FixtureRequest, originals: Originals, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A loaded site for the tests of one file, which may write to it; once on each engine. SETTINGS are the file's own."""
    settings = getattr(request.module, "SETTINGS", {})
    with open_place(originals, request.param, tmp_path_factory.mktemp(f"place-{request.param}"), **settings) as made:
        yield made


@pytest.fixture(scope="module")
def sqlite_place(originals: Originals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The same on SQLite alone, for what cannot depend on the engine: how pages look."""
    with open_place(originals, "sqlite", tmp_path_factory.mktemp("place")) as made:
        yield made


@pytest.fixture
def seen(browser: Browser, place: Place) -> Iterator[Watched]:
    """A page in a browser that looks at that site, nobody signed in."""
    with watched(browser, place.server) as page:
        yield page
    assert page.elsewhere == [], "a request to another host"


@pytest.fixture
def town(loaded: Store, tmp_path: Path) -> Iterator[Town]:
    """A loaded site of the test's own, whose mail is read; once on each engine."""
    with open_town(loaded, tmp_path) as made:
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; one process for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("HANSA_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def addresses(sqlite_site: Server) -> Addresses:
    """The path of one page of every kind."""
    return Addresses(sqlite_site)
