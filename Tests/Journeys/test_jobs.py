"""Jobs with two processes on one store: each run is one's, and what a killed process left half done the other finishes."""

from __future__ import annotations

import hashlib
import os
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.engines import Store
from support.looks import assert_accessible
from support.program import Server
from support.rooms import Visitor, instant, quoted, visitor

pytestmark = pytest.mark.faults

JOBS = {
    "decisions", "dues-reminders", "invoices", "leftovers", "orphans", "retention", "sign-in-requests", "standing",
}
ORPHANS = "Removes files that nothing refers to"
# Enough that removing them takes a while; a collection is killed after the first.
FILES = 50_000


class Pair:
    """Two processes that serve one store, and share the folder of its files."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.files = folder / "files"
        self.servers = [Server(store.setting, folder).start() for _ in range(2)]
        self.admin: Visitor = visitor(store, "administrator")

    def ask(self, server: Server, job: str) -> None:
        """Presses "Run now"."""
        headers = {"Cookie": self.admin.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode({"form-token": self.admin.form_token})
        assert server.send("POST", f"/console/jobs/{job}/run", headers, body).status == 303

    def runs(self, job: str) -> list[dict[str, str]]:
        """Every run of a job, the oldest first."""
        names = ("holder", "outcome", "words", "began_at", "ended_at")
        rows = self.store.query(f"SELECT {', '.join(names)} FROM job_run WHERE job = {quoted(job)} ORDER BY began_at, id")
        return [dict(zip(names, row)) for row in rows]

    def is_idle(self) -> bool:
        rows = self.store.query("SELECT name FROM job WHERE holder IS NULL AND requested_at IS NULL")
        return {row[0] for row in rows} == JOBS

    def worker(self) -> Server:
        """The process that collects files: it holds the folder's lock."""
        lock = os.path.realpath(self.files / ".lock")
        for server in self.servers:
            held = Path(f"/proc/{server.process.pid}/fd")
            if any(os.path.realpath(each) == lock for each in held.iterdir()):
                return server
        raise AssertionError("no process holds the lock of the files")


@pytest.fixture
def pair(loaded: Store, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(loaded, tmp_path)
    wait_until(lambda: made.is_idle() and all(made.runs(job) for job in JOBS), "the first runs to end")
    yield made
    for server in made.servers:
        if server.runs():
            assert server.stop() == 0


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 30, pause: float = 0.1) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(pause)


def test_of_two_processes_one_does_each_run(pair: Pair) -> None:
    rounds = 6
    began = time.monotonic()
    for round_ in range(rounds):
        for job in JOBS:
            pair.ask(pair.servers[round_ % 2], job)
        wait_until(pair.is_idle, "all jobs to end")
        # The two look once a second, each at its own moment; so that each is the first now and then.
        time.sleep(0.37 * round_ % 1)
    minutes = 1 + int((time.monotonic() - began) // 60)
    for job in JOBS:
        runs = pair.runs(job)
        assert {run["outcome"] for run in runs} == {"done"}
        # The first, one each time that it was asked for, and those of one that is planned for every minute.
        planned = len(runs) - 1 - rounds
        assert 0 <= planned <= (minutes if job == "sign-in-requests" else 0), f"{job} ran {len(runs)} times"
        assert all(before["ended_at"] <= after["began_at"] for before, after in zip(runs, runs[1:])), job
    assert len({run["holder"] for job in JOBS for run in pair.runs(job)}) <= len(pair.servers)


def orphans(folder: Path) -> list[Path]:
    """Many files of last week that no record names, and one of today. Returns their folders."""
    week_ago = time.time() - 7 * 86_400
    for number in range(FILES):
        name = hashlib.sha256(str(number).encode()).hexdigest()
        path = folder / name[:2] / name[2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        os.utime(path, (week_ago, week_ago))
    return sorted(path for path in folder.iterdir() if len(path.name) == 2)


def count(folders: list[Path]) -> int:
    return sum(len(list(folder.iterdir())) for folder in folders)


def test_a_job_whose_process_was_killed_is_finished_by_the_other(pair: Pair, browser: Browser) -> None:
    folders = orphans(pair.files)
    young = folders[0] / hashlib.sha256(b"young").hexdigest()[2:]
    young.touch()
    before = [folder.stat().st_mtime_ns for folder in folders]
    known = len(pair.runs("orphans"))
    pair.ask(pair.servers[0], "orphans")
    wait_until(lambda: [folder.stat().st_mtime_ns for folder in folders] != before, "the first file to go", pause=0.001)
    killed = pair.worker()
    killed.kill()
    [survivor] = [server for server in pair.servers if server is not killed]

    left = count(folders) - 1
    assert 0 < left < FILES, "it was not killed in the middle"
    [run] = pair.runs("orphans")[known:]
    assert run["outcome"] == "running"
    [(holder, lease_until)] = pair.store.query("SELECT holder, lease_until FROM job WHERE name = 'orphans'")
    assert holder == run["holder"] and lease_until > instant()
    # The other goes on with what is its own, and leaves this alone as long as the lease lasts.
    others = len(pair.runs("sign-in-requests"))
    pair.ask(survivor, "sign-in-requests")
    wait_until(lambda: [each["outcome"] for each in pair.runs("sign-in-requests")[others:]][:1] == ["done"], "another job")
    assert count(folders) == left + 1

    # A lease lasts a minute, and no setting shortens it.
    wait_until(lambda: len(pair.runs("orphans")) > known + 1, "the lease to end", seconds=90)
    wait_until(pair.is_idle, "the other to finish")
    broken, done = pair.runs("orphans")[known:]
    assert broken["outcome"] == "broken off" and "Its process ended." in broken["words"]
    assert done["outcome"] == "done"
    assert done["began_at"] >= lease_until and broken["ended_at"] == done["began_at"]
    assert done["holder"] != broken["holder"]
    assert done["holder"] == pair.runs("sign-in-requests")[others]["holder"]
    assert count(folders) == 1 and young.exists()

    context = browser.new_context()
    pair.admin.enter(context, survivor)
    page = context.new_page()
    page.goto(survivor.url + "/console/jobs")
    rows = page.locator("h2:has-text('Latest runs') + ul > li").filter(has_text=ORPHANS)
    expect(rows.nth(0).locator(".who")).to_have_text("done")
    expect(rows.nth(0)).to_contain_text(done["holder"][-6:])
    expect(rows.nth(0)).to_contain_text(f"Files: {left:,}. Broken-off uploads: 0.")
    expect(rows.nth(1)).to_contain_text("Its process ended.")
    expect(rows.nth(1).locator(".who")).to_have_text("broken off")
    expect(rows.nth(1)).to_contain_text(broken["holder"][-6:])
    assert_accessible(page)
    context.close()
