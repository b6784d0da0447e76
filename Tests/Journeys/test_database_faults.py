"""What happens to the database under the program: two processes, a full disk, a cut file, a server that goes away."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres_cluster import PostgresCluster, free_port, started_cluster
from support.engines import PostgresStore, SQLiteStore, Store, new_store, records_in
from support.pages import all_member_links, member_links, page
from support.program import RECORDS, Server, finish, hansa, serving, start

pytestmark = pytest.mark.faults


def flip(store: Store, table: str, column: str, where: str) -> None:
    store.change(f"UPDATE {table} SET {column} = '{'0' * 64}' WHERE {where}")


# Two processes

def test_second_process_on_one_database_serves_the_same(loaded: Store, tmp_path: Path) -> None:
    with serving(loaded.setting, tmp_path) as first, serving(loaded.setting, tmp_path) as second:
        assert all_member_links(first, "/members") == all_member_links(second, "/members")
        hansa(loaded.setting, "import", str(RECORDS)).must_succeed()
        assert all_member_links(first, "/members") == all_member_links(second, "/members")


def test_two_imports_at_once_end_as_one(store: Store) -> None:
    hansa(store.setting, "db", "migrate").must_succeed()
    outcomes = [finish(process) for process in [start(store.setting, "import", str(RECORDS)) for _ in range(2)]]
    assert any(outcome.status == 0 for outcome in outcomes), outcomes[0].words[-2000:]
    for outcome in outcomes:
        if outcome.status != 0:
            outcome.must_refuse()
    before = records_in(store)
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    assert records_in(store) == before
    hansa(store.setting, "journal", "verify").must_succeed()


def test_two_processes_may_migrate_at_once(store: Store) -> None:
    for outcome in [finish(process) for process in [start(store.setting, "db", "migrate") for _ in range(4)]]:
        outcome.must_succeed()
    hansa(store.setting, "db", "status").must_succeed()


def test_page_shows_what_another_process_has_written(store: Store, tmp_path: Path) -> None:
    """A cache that is not told would show an empty roll for ever."""
    hansa(store.setting, "db", "migrate").must_succeed()
    with serving(store.setting, tmp_path, HANSA_CACHE_PAGES="true") as server:
        assert member_links(page(server, "/members")) == []
        hansa(store.setting, "import", str(RECORDS)).must_succeed()
        deadline = time.monotonic() + 10
        while not member_links(page(server, "/members")) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert member_links(page(server, "/members"))


# A damaged or missing database

@pytest.mark.parametrize("command", [["serve"], ["db", "check"], ["db", "status"], ["members"], ["import", str(RECORDS)]],
                         ids=lambda command: " ".join(command[:2]))
def test_database_file_cut_short(sqlite: SQLiteStore, command: list[str]) -> None:
    with open(sqlite.path, "r+b") as file:
        file.truncate(sqlite.path.stat().st_size // 2 // 4096 * 4096 + 100)
    for name in ("-wal", "-shm"):
        Path(f"{sqlite.path}{name}").unlink(missing_ok=True)
    size = sqlite.path.stat().st_size
    hansa(sqlite.setting, *command, seconds=30, HANSA_HTTP_PORT=str(free_port()),
          HANSA_METRICS_PORT=str(free_port())).must_refuse("damaged", "restore")
    assert sqlite.path.stat().st_size == size, "the damaged file was changed"


def test_file_that_is_no_database(tmp_path: Path) -> None:
    store = new_store("sqlite", tmp_path)
    store.path.write_text("Minutes of the 6th General Assembly\n" * 500)
    before = store.path.read_bytes()
    hansa(store.setting, "serve", seconds=30).must_refuse(str(store.path))
    assert store.path.read_bytes() == before


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    hansa(f"sqlite:{tmp_path}/no/such/folder/hansa.sqlite", "members", seconds=30).must_refuse("folder")


@pytest.mark.parametrize("setting", ["", "mysql://a/b", "sqlite:", "hansa.sqlite", "postgres://"])
def test_database_setting_that_is_none(setting: str) -> None:
    hansa(setting, "db", "status", seconds=30).must_refuse("HANSA_DATABASE")


def test_postgres_that_is_not_there() -> None:
    secret = secrets.token_hex(8)
    outcome = hansa(f"postgres://hansa:{secret}@127.0.0.1:{free_port()}/hansa", "serve", seconds=60).must_refuse()
    assert secret not in outcome.words, "a password stands in the message"


def test_commands_ask_for_the_migration_of_an_empty_database(store: Store) -> None:
    if store.engine == "sqlite":
        store.path.touch()
    outcome = hansa(store.setting, "members", seconds=30)
    if outcome.status != 0:
        outcome.must_refuse("hansa db migrate")


# Migrations

@pytest.mark.parametrize("command", [["serve"], ["db", "status"], ["db", "migrate"], ["import", str(RECORDS)]],
                         ids=lambda command: " ".join(command[:2]))
def test_changed_migration_stops_the_program(loaded: Store, command: list[str]) -> None:
    name = loaded.query("SELECT name FROM schema_migration ORDER BY name LIMIT 1")[0][0]
    flip(loaded, "schema_migration", "hash", f"name = '{name}'")
    hansa(loaded.setting, *command, seconds=30, HANSA_HTTP_PORT=str(free_port()),
          HANSA_METRICS_PORT=str(free_port())).must_refuse(name, "another wording")


def test_unknown_migration_stops_the_program(loaded: Store) -> None:
    loaded.change("INSERT INTO schema_migration (name, hash, applied_at) "
                  "VALUES ('9999-from-the-future', 'x', '2099-01-01T00:00:00Z')")
    hansa(loaded.setting, "serve", seconds=30).must_refuse("9999-from-the-future", "newer")


# Full disk

@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; test_file_size_limit_in_mid_import_is_a_full_disk stands in")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "hansa-test", folder], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"this machine mounts nothing: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, leave: int) -> Path:
    """Fills the disk but for `leave` bytes."""
    space = os.statvfs(folder)
    filler = folder / "filler"
    try:
        filler.write_bytes(b"\0" * max(0, space.f_bavail * space.f_frsize - leave))
    except OSError as error:
        # The program wrote meanwhile: the disk is full all the same.
        if error.errno != errno.ENOSPC:
            raise
    return filler


@pytest.mark.parametrize("leave", [40_000, 200_000])
def test_full_disk_in_mid_import(small_disk: Path, leave: int) -> None:
    store = SQLiteStore(small_disk)
    hansa(store.setting, "db", "migrate").must_succeed()
    filler = fill(small_disk, leave)
    hansa(store.setting, "import", str(RECORDS)).must_refuse("disk is full")
    filler.unlink()
    hansa(store.setting, "db", "check").must_succeed()
    hansa(store.setting, "journal", "verify").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    hansa(store.setting, "journal", "verify").must_succeed()


def test_site_reads_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    store = SQLiteStore(small_disk)
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    with serving(store.setting, tmp_path, HANSA_CACHE_PAGES="false") as server:
        fill(small_disk, 0)
        assert member_links(page(server, "/members?q=Wellington"))


def test_backup_onto_a_full_disk_leaves_no_half_file(sqlite: SQLiteStore, small_disk: Path) -> None:
    fill(small_disk, 100_000)
    target = small_disk / "backup"
    hansa(sqlite.setting, "db", "backup", str(target)).must_refuse()
    assert not target.exists(), "a half backup looks like a whole one"


# Backup and restore

def test_backup_while_serving_is_consistent_and_restores(loaded: Store, tmp_path: Path) -> None:
    backups = []
    with serving(loaded.setting, tmp_path) as server:
        writing = threading.Event()
        wrong: list[str] = []

        def write() -> None:
            while not writing.is_set():
                outcome = hansa(loaded.setting, "import", str(RECORDS))
                if outcome.status != 0:
                    wrong.append(outcome.words)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(3):
                backup = tmp_path / f"backup-{number}"
                hansa(loaded.setting, "db", "backup", str(backup)).must_succeed()
                assert server.get("/members").status == 200
                backups.append(backup)
        finally:
            writing.set()
            writer.join()
        assert wrong == []
        expected = all_member_links(server, "/members")

    for number, backup in enumerate(backups):
        restored = new_store(loaded.engine, tmp_path / f"restored-{number}")
        try:
            hansa(restored.setting, "db", "restore", str(backup)).must_succeed()
            hansa(restored.setting, "db", "check").must_succeed()
            hansa(restored.setting, "journal", "verify").must_succeed()
            with serving(restored.setting, tmp_path) as server:
                assert all_member_links(server, "/members") == expected
        finally:
            restored.remove()


def test_backup_does_not_overwrite_a_file(loaded: Store, tmp_path: Path) -> None:
    target = tmp_path / "minutes.txt"
    target.write_text("irreplaceable")
    hansa(loaded.setting, "db", "backup", str(target)).must_refuse("minutes.txt")
    assert target.read_text() == "irreplaceable"


def test_restore_of_something_else_changes_nothing(loaded: Store, tmp_path: Path) -> None:
    before = records_in(loaded)
    other = tmp_path / "other"
    other.write_bytes(b"not a backup" * 1000)
    hansa(loaded.setting, "db", "restore", str(other)).must_refuse("other")
    hansa(loaded.setting, "db", "restore", str(tmp_path / "missing")).must_refuse("missing")
    assert records_in(loaded) == before


def test_restore_of_a_backup_cut_short_changes_nothing(loaded: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    hansa(loaded.setting, "db", "backup", str(backup)).must_succeed()
    with open(backup, "r+b") as file:
        file.truncate(backup.stat().st_size // 2)
    before = records_in(loaded)
    hansa(loaded.setting, "db", "restore", str(backup)).must_refuse()
    assert records_in(loaded) == before


# A PostgreSQL that goes away

@pytest.fixture
def own_cluster() -> Iterator[PostgresCluster]:
    """A cluster that this test may stop."""
    cluster = started_cluster(durable=True)
    try:
        yield cluster
    finally:
        cluster.remove()


def wait_for(server: Server, path: str, status: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    last: object = None
    while time.monotonic() < deadline:
        try:
            last = server.get(path, seconds=10).status
        except OSError as error:
            last = error
        if last == status:
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} did not become {status} within {seconds} s: {last}\n{server.said()[-3000:]}")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgres_stops_under_load_and_comes_back(own_cluster: PostgresCluster, tmp_path: Path, mode: str) -> None:
    store = PostgresStore(own_cluster.url())
    hansa(store.setting, "db", "migrate").must_succeed()
    hansa(store.setting, "import", str(RECORDS)).must_succeed()
    expected = records_in(store)
    with serving(store.setting, tmp_path, HANSA_CACHE_PAGES="false") as server:
        statuses: set[int] = set()
        broken: list[str] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                try:
                    answer = server.get("/members?q=Wellington", seconds=30)
                    statuses.add(answer.status)
                    if answer.status == 200 and b"Wellington" not in answer.body:
                        broken.append("200 with an empty list")
                    if answer.status == 503 and "retry-after" not in answer.headers:
                        broken.append("503 without Retry-After")
                except OSError as error:
                    broken.append(repr(error))

        readers = [threading.Thread(target=read) for _ in range(6)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        own_cluster.stop(mode)
        wait_for(server, "/readyz", 503, 20)
        assert server.get("/healthz").status == 200, "it lives, though it is not ready"
        answer = server.get("/members?q=Wellington", seconds=30)
        assert answer.status == 503 and "password" not in answer.text and own_cluster.password not in answer.text
        own_cluster.start()
        wait_for(server, "/readyz", 200, 30)
        wait_for(server, "/members?q=Wellington", 200, 30)
        done.set()
        for reader in readers:
            reader.join()
        assert broken == []
        assert statuses <= {200, 503}
        assert own_cluster.password not in server.said()
    assert records_in(store) == expected


@pytest.mark.timeout(240)
def test_postgres_connection_lost_in_mid_transaction(own_cluster: PostgresCluster) -> None:
    whole = PostgresStore(own_cluster.url())
    hansa(whole.setting, "db", "migrate").must_succeed()
    began = time.monotonic()
    hansa(whole.setting, "import", str(RECORDS)).must_succeed()
    took = time.monotonic() - began
    expected = hansa(whole.setting, "members", "--format", "csv").must_succeed().output

    cut = 0
    for part in (0.3, 0.5, 0.7, 0.9):
        store = PostgresStore(own_cluster.url())
        hansa(store.setting, "db", "migrate").must_succeed()
        process = start(store.setting, "import", str(RECORDS))
        time.sleep(took * part)
        ended = own_cluster.psql(
            f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{store.name}'").strip()
        outcome = finish(process)
        if outcome.status != 0:
            outcome.must_refuse("connection")
        cut += ended != "0"
        hansa(store.setting, "import", str(RECORDS)).must_succeed()
        assert hansa(store.setting, "members", "--format", "csv").must_succeed().output == expected
        hansa(store.setting, "journal", "verify").must_succeed()
    assert cut >= 1, "no connection was cut"


# The end of a process

def test_requests_in_flight_are_finished_at_the_end(loaded: Store, tmp_path: Path) -> None:
    server = Server(loaded.setting, tmp_path, HANSA_CACHE_PAGES="false").start()
    answers: list[int] = []
    wrong: list[str] = []

    def read() -> None:
        while True:
            try:
                answer = server.get("/members.csv", seconds=20)
            except ConnectionRefusedError:
                return
            except OSError as error:
                # A connection that was taken just before the end, and closed without a word of ours.
                if "RemoteDisconnected" not in repr(error) and not isinstance(error, ConnectionResetError):
                    wrong.append(repr(error))
                return
            answers.append(answer.status)
            if not answer.body.endswith(b"\n"):
                wrong.append("a body cut short")

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    assert server.stop() == 0
    for reader in readers:
        reader.join()
    assert wrong == [] and set(answers) == {200}


def test_idle_connection_does_not_delay_the_end(loaded: Store, tmp_path: Path) -> None:
    import socket
    server = Server(loaded.setting, tmp_path).start()
    with socket.create_connection(("127.0.0.1", server.port)):
        began = time.monotonic()
        assert server.stop(seconds=30) == 0
        assert time.monotonic() - began < 15


def test_kill_while_serving_loses_nothing(loaded: Store, tmp_path: Path) -> None:
    before = records_in(loaded)
    server = Server(loaded.setting, tmp_path).start()
    assert server.get("/members").status == 200
    server.kill()
    assert records_in(loaded) == before
    with serving(loaded.setting, tmp_path) as again:
        assert member_links(page(again, "/members"))
    hansa(loaded.setting, "journal", "verify").must_succeed()


def test_port_that_is_taken(sqlite: SQLiteStore, tmp_path: Path) -> None:
    with serving(sqlite.setting, tmp_path) as server:
        hansa(sqlite.setting, "serve", seconds=30, HANSA_HTTP_PORT=str(server.port),
              HANSA_METRICS_PORT=str(free_port())).must_refuse(str(server.port), "port")


def test_copy_of_the_file_beside_its_log_opens(sqlite: SQLiteStore, tmp_path: Path) -> None:
    """Whoever copies all files of a database that is at rest has a backup."""
    folder = tmp_path / "copied"
    folder.mkdir()
    for path in sqlite.path.parent.glob("hansa.sqlite*"):
        shutil.copy(path, folder)
    copied = SQLiteStore(folder)
    hansa(copied.setting, "db", "check").must_succeed()
    assert records_in(copied) == records_in(sqlite)
