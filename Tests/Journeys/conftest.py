"""The fixtures: databases on both engines, a loaded site on each, and one browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from support.engines import Store, new_store
from support.pages import Addresses
from support.program import RECORDS, Server, binary, hansa

ENGINES = ["sqlite", "postgres"]


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


@pytest.fixture
def loaded(store: Store) -> Store:
    """The same, with the association's records in it."""
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    return store


@pytest.fixture
def sqlite(tmp_path: Path) -> Store:
    """An SQLite database of the test's own with the association's records in it."""
    made = new_store("sqlite", tmp_path / "store")
    hansa(made.setting, "db", "migrate").must_succeed()
    hansa(made.setting, "import", str(RECORDS)).must_succeed()
    return made


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """One loaded site on each engine, for all tests that only read."""
    stores: list[Store] = []
    servers: dict[str, Server] = {}
    try:
        for engine in ENGINES:
            folder = tmp_path_factory.mktemp(engine)
            made = new_store(engine, folder)
            stores.append(made)
            hansa(made.setting, "db", "migrate").must_succeed()
            hansa(made.setting, "import", str(RECORDS)).must_succeed()
            servers[engine] = Server(made.setting, folder).start()
        yield servers
    finally:
        statuses = {engine: server.stop() for engine, server in servers.items()}
        for made in stores:
            made.remove()
    assert statuses == {engine: 0 for engine in ENGINES}, "a server did not end in order"


@pytest.fixture(scope="session", params=ENGINES)
def site(request: pytest.FixtureRequest, sites: dict[str, Server]) -> Server:
    """The loaded site, once on each engine."""
    return sites[request.param]


@pytest.fixture(scope="session")
def sqlite_site(sites: dict[str, Server]) -> Server:
    """The loaded site on SQLite, for what cannot depend on the engine."""
    return sites["sqlite"]


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
