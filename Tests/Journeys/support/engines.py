"""A database of one's own on either engine, and looking into it past the program."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import secrets
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from postgres_cluster import program_folder

# A document that is kept is longer than what a reader of CSV takes for one value.
csv.field_size_limit(1 << 30)

# The journal's bookkeeping moves by itself: places, tree heads, the sealer's lease. Its entries do not.
STEADY_JOURNAL = ("journal_entry", "journal_personal")
# A server that runs notes which jobs it knows and did, and what the night found of standing.
SCHEDULE = ("job", "job_run", "standing_summary")


class SQLiteStore:
    """A database in a file."""

    engine = "sqlite"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "hansa.sqlite"
        self.setting = f"sqlite:{self.path}"

    def query(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            return connection.execute(sql).fetchall()

    def change(self, sql: str) -> None:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            connection.execute(sql)
            connection.commit()

    def copied(self, folder: Path) -> SQLiteStore:
        """Another database with the same rows, in a folder of its own."""
        made = SQLiteStore(folder)
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(made.path)) as target:
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target)
        return made

    def tables(self) -> list[str]:
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        # The inner tables of a full-text index repeat what the index holds.
        virtual = [row[0] for row in self.query("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")]
        return sorted(row[0] for row in rows if not any(row[0].startswith(name) for name in virtual))

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self.query(f"PRAGMA table_info({table})")]

    def fingerprint(self, table: str) -> tuple[int, str]:
        rows = sorted(repr(row) for row in self.query(f"SELECT * FROM {table}"))
        return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]

    def remove(self) -> None:
        for path in self.path.parent.glob(self.path.name + "*"):
            path.unlink()


class PostgresStore:
    """A database in the throw-away cluster that HANSA_TEST_POSTGRES names, or in another one."""

    engine = "postgres"

    def __init__(self, cluster_url: str | None = None, template: str = "template1") -> None:
        self.cluster_url = cluster_url or os.environ["HANSA_TEST_POSTGRES"]
        self.name = f"journey_{secrets.token_hex(6)}"
        self._psql(self.cluster_url, f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')
        parts = urlsplit(self.cluster_url)
        self.setting = f"{parts.scheme}://{parts.netloc}/{self.name}"

    @staticmethod
    def _psql(url: str, sql: str) -> str:
        command = [program_folder() / "psql", "-X", "-qt", "--csv", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]
        done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 0, f"{sql}\n{done.stderr}"
        return done.stdout

    def query(self, sql: str) -> list[tuple]:
        # One empty value alone is an empty line, which a reader of CSV takes for no row.
        return [tuple(row) or ("",) for row in csv.reader(io.StringIO(self._psql(self.setting, sql), newline=""))]

    def change(self, sql: str) -> None:
        self._psql(self.setting, sql)

    def copied(self, _folder: Path) -> PostgresStore:
        """Another database with the same rows. Nobody may be connected to this one."""
        return PostgresStore(self.cluster_url, template=self.name)

    def tables(self) -> list[str]:
        return sorted(row[0] for row in self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))

    def columns(self, table: str) -> list[str]:
        return [row[0] for row in self.query(
            "SELECT column_name FROM information_schema.columns "
            f"WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position")]

    def fingerprint(self, table: str) -> tuple[int, str]:
        count, digest = self.query(
            f"SELECT count(*), coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') FROM {table} t")[0]
        return int(count), digest

    def remove(self) -> None:
        self._psql(self.cluster_url, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


Store = SQLiteStore | PostgresStore


def new_store(engine: str, folder: Path) -> Store:
    return SQLiteStore(folder) if engine == "sqlite" else PostgresStore()


def records_in(store: Store) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of them; without what moves by itself."""
    return {
        table: store.fingerprint(table) for table in store.tables()
        if table in STEADY_JOURNAL or not (table.startswith("journal_") or table in SCHEDULE)
    }
