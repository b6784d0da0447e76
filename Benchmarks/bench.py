"""make bench: how fast and how large, as ratios inside one run; a report that never fails.

The unit is an empty route of the same process in the same minute, so that figures from different machines can be laid
side by side. Only the standard library; PostgreSQL comes from scripts/with-postgres through HANSA_TEST_POSTGRES.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import io
import json
import os
import platform
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "scripts"))

sys.path.insert(0, str(ROOT / "Tests" / "Journeys"))

from postgres_cluster import die_with_parent, free_port, program_folder  # noqa: E402
from support.engines import PostgresStore, SQLiteStore, Store  # noqa: E402
from support.rooms import visitor  # noqa: E402
from support.tokens import token  # noqa: E402

BINARY = Path(os.environ.get("HANSA_BINARY", ROOT / ".build" / "release" / "hansa"))
ROTATE = Path(__file__).with_name("rotate.lua")

CONNECTIONS = 16
SMALL = 210
LARGE = 100_000

# The goals: ratios of requests a second.
WARM_TO_EMPTY = 1 / 3
UNCACHED_TO_EMPTY = 1 / 10
API_TO_EMPTY = 1 / 8
LARGE_TO_SMALL = 1 / 2
IMPORT_TO_BARE = 4.0
# Of all work on everybody's dues, standing and points: its seconds to those of the bare SQL on the very same rows.
WORK_TO_BARE = 3.0
RESIDENT_MEGABYTES = 200
FIRST_ANSWER_SECONDS = 1.0

ROUTES = ["empty", "directory", "search", "member"]
# Behind sign-in nothing is ever cached.
ROOM_ROUTES = ["session", "console", "console search"]
# 100 members a page, asked for with a token.
API_ROUTE = "api list"
SIGN_INS = 8


@dataclass
class Measure:
    """What wrk saw on one kind of page."""

    rate: float
    p50: float
    p99: float
    size: float
    faults: int


@dataclass
class Row:
    """One line of the table."""

    engine: str
    members: int
    cached: bool
    route: str
    measure: Measure
    ratio: float


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def settings(database: str, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HANSA_")}
    charter = str(ROOT / "Charters" / "wego.yaml")
    return {**kept, "HANSA_DATABASE": database, "HANSA_CHARTER": charter, "HANSA_LOG_LEVEL": "warning", **more}


def hansa(database: str, *arguments: str) -> str:
    done = subprocess.run([BINARY, *arguments], cwd=ROOT, env=settings(database), stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"hansa {' '.join(arguments)} ended with {done.returncode}")
    return done.stdout


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


class Server:
    """`hansa serve` with the empty route on; knows how long the first answer took and how large it is."""

    def __init__(self, database: str, cached: bool, folder: Path) -> None:
        self.port = free_port()
        environment = settings(
            database, HANSA_HTTP_HOST="127.0.0.1", HANSA_HTTP_PORT=str(self.port), HANSA_METRICS_PORT=str(free_port()),
            HANSA_API_TOKEN_RATE="100000000", HANSA_BENCH="true", HANSA_CACHE_PAGES="true" if cached else "false")
        began = time.monotonic()
        with open(folder / "serve.log", "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log,
                preexec_fn=lambda: die_with_parent(signal.SIGKILL))
        while True:
            if self.process.poll() is not None or time.monotonic() - began > 60:
                self.stop()
                raise RuntimeError(f"the server did not start:\n{(folder / 'serve.log').read_text()[-2000:]}")
            try:
                if get(self.port, "/")[0] == 200:
                    break
            except OSError:
                time.sleep(0.005)
        self.first_answer = time.monotonic() - began

    def resident(self) -> tuple[float, float]:
        """Megabytes in memory now, and at most so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def store_of(database: str) -> Store:
    """The same database, as the journeys look into it."""
    if database.startswith("sqlite:"):
        store = SQLiteStore.__new__(SQLiteStore)
        store.path = Path(database.removeprefix("sqlite:"))
    else:
        store = PostgresStore.__new__(PostgresStore)
    store.setting = database
    return store


def wrk(port: int, paths: list[str], seconds: int, folder: Path, header: str = "") -> Measure:
    listed = folder / "paths.txt"
    listed.write_text("\n".join(paths) + "\n")
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", *(["-H", header] if header else []),
         "-s", ROTATE, f"http://127.0.0.1:{port}", "--",
         listed],
        stdout=subprocess.PIPE, text=True, check=True)
    seen = json.loads(re.search(r"^MEASURED (.*)$", done.stdout, re.MULTILINE)[1])
    passed = seen["microseconds"] / 1_000_000
    requests = max(seen["requests"], 1)
    return Measure(seen["requests"] / passed, seen["p50"] / 1000, seen["p99"] / 1000, seen["bytes"] / requests,
                   seen["bad"] + seen["broken"])


def paths_to_ask(port: int, rows: int) -> dict[str, list[str]]:
    """For each route the paths to ask in turn: many enough that a database's own cache is not all that is measured."""
    status, body = get(port, "/members.csv")
    if status != 200:
        raise RuntimeError(f"/members.csv answered {status}")
    members = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    chance = random.Random(2010)
    chosen = chance.sample(members, min(len(members), 2000))
    words = [word for member in chosen for word in re.findall(r"\w{4,}", member["name"])[:1]]
    # As people type: whole words, beginnings, and a letter left out.
    typed = [chance.choice([word, word[:4], word[:2] + word[3:]]) for word in words]
    pages = max(1, len(members) // rows)
    room_pages = max(1, len(members) // 100)
    return {
        "session": ["/empty/signed-in"],
        "console": [f"/console/members?page={number}" for number in chance.sample(range(1, room_pages + 1), min(room_pages, 500))],
        "console search": [f"/console/members?q={quote(word)}" for word in typed],
        API_ROUTE: api_paths(port, chance),
        "empty": ["/empty"],
        "directory": [f"/members?page={number}" for number in chance.sample(range(1, pages + 1), min(pages, 500))],
        "search": [f"/members?q={quote(word)}" for word in typed],
        "member": [f"/members/{quote(member['key'])}" for member in chosen],
    }


def api_paths(port: int, chance: random.Random) -> list[str]:
    """Pages of the API's list of members, each found by the cursor of the one before."""
    paths, path = [], "/api/v1/members?limit=100"
    while path and len(paths) < 500:
        paths.append(path)
        following = json.loads(get(port, path)[1])["next"]
        path = following and f"/api/v1/members?limit=100&cursor={following}"
    # A last page that is short would count as a fast one.
    whole = paths[:-1] or paths
    chance.shuffle(whole)
    return whole


def rows_on_a_page(port: int) -> int:
    _, body = get(port, "/members")
    return max(1, len(re.findall(rb"<tr", body.partition(b"<tbody")[2].partition(b"</tbody")[0])))


def works(name: str, told: dict[str, float]) -> list[tuple[str, float, float, str]]:
    """What one `hansa bench` told: what was done, its seconds, those of the bare SQL, and what else is to be said."""
    worked, bare = told["seconds"], told["bare_seconds"]
    if name == "dues":
        return [(f"{told['invoices']:,} invoices of a year to reading and writing the same rows alone", worked, bare, "")]
    if name == "matching":
        what = f"{told['lines']:,} lines of a statement matched with {told['invoices']:,} invoices"
        return [(f"{what} to reading and writing the same rows alone", worked, bare, "")]
    if name == "ranking":
        what = f"the ranking of {told['members']:,} members over {told['participations']:,} participations"
        return [(f"{what} to reading the same rows alone", worked, bare, "")]
    members = f"{told['members']:,} members"
    night = f"; the night's work {told['night_seconds']:.2f} s"
    return [
        (f"the standing of {members} on a day to reading the same rows alone", worked, bare, ""),
        (f"the rule on standing for {members} to reading their facts alone", told["rule_seconds"],
         told["rule_bare_seconds"], night),
    ]


class Bench:
    """One run: collects the table and the single figures."""

    def __init__(self, engines: list[str], seconds: int, large: int, folder: Path) -> None:
        self.engines, self.seconds, self.large, self.folder = engines, seconds, large, folder
        self.rows: list[Row] = []
        self.first_answers: list[tuple[str, float]] = []
        self.residents: list[tuple[str, float, float]] = []
        self.imports: list[tuple[str, float, float]] = []
        # What `hansa bench` told of standing, ranking, dues and matching, by its name.
        self.works: list[tuple[str, str, dict[str, float]]] = []
        self.passwords: dict[str, float] = {}
        self.page_rows = 0
        self.troubles: list[str] = []

    def database(self, engine: str, name: str) -> str:
        if engine == "sqlite":
            return f"sqlite:{self.folder / name}.sqlite"
        cluster = os.environ["HANSA_TEST_POSTGRES"]
        made = f"bench_{name}_{secrets.token_hex(4)}"
        command = [program_folder() / "psql", "-X", "-q", "-d", cluster, "-c", f"CREATE DATABASE {made}"]
        subprocess.run(command, check=True, cwd="/")
        parts = urlsplit(cluster)
        return f"{parts.scheme}://{parts.netloc}/{made}"

    def run(self) -> None:
        for engine in self.engines:
            for members in (SMALL, self.large):
                self.attempt(f"{engine}, {members:,} members", lambda: self.size(engine, members))
            self.attempt(f"{engine}, import", lambda: self.imported(engine))
            for name, sizes in {
                "standing": ["--members", self.large],
                "ranking": ["--members", self.large, "--participations", 10 * self.large],
                "dues": ["--members", self.large],
                "matching": ["--lines", self.large],
            }.items():
                self.attempt(f"{engine}, {name}", lambda: self.worked(engine, name, sizes))
        self.attempt("passwords", self.checked_passwords)

    def attempt(self, what: str, work) -> None:
        say(f"{what} …")
        try:
            work()
        except Exception as error:  # noqa: BLE001  A report never fails; it says what is missing.
            self.troubles.append(f"{what}: {error}")
            say(f"  {error}")

    def size(self, engine: str, members: int) -> None:
        database = self.database(engine, f"m{members}")
        hansa(database, "db", "migrate")
        if members == SMALL:
            hansa(database, "import", "Data/wego")
        else:
            hansa(database, "demo", "--members", str(members), "--no-dues")
        for cached in (True, False):
            self.serve(engine, members, database, cached)

    def serve(self, engine: str, members: int, database: str, cached: bool) -> None:
        server = Server(database, cached, self.folder)
        name = f"{engine}, {members:,} members, {'cache' if cached else 'no cache'}"
        try:
            self.first_answers.append((name, server.first_answer))
            self.page_rows = rows_on_a_page(server.port)
            asked = paths_to_ask(server.port, self.page_rows)
            measured: dict[str, Measure] = {}
            for route in ROUTES:
                for path in asked[route]:
                    if cached or route == "empty":
                        get(server.port, path)
                wrk(server.port, asked[route], 1, self.folder)
                measured[route] = wrk(server.port, asked[route], self.seconds, self.folder)
            if not cached:
                self.rooms(database, server, asked, measured)
            for route, measure in measured.items():
                self.rows.append(
                    Row(engine, members, cached, route, measure, measure.rate / max(measured["empty"].rate, 1)))
            self.residents.append((name, *server.resident()))
        finally:
            server.stop()

    def rooms(self, database: str, server: Server, asked: dict[str, list[str]], measured: dict[str, Measure]) -> None:
        """What somebody signed in asks for, and what a session costs alone."""
        cookie = f"Cookie: {visitor(store_of(database), 'officer').cookie}"
        bearer = f"Authorization: Bearer {token(store_of(database), 'officer')}"
        for route in [*ROOM_ROUTES, API_ROUTE]:
            header = bearer if route == API_ROUTE else cookie
            wrk(server.port, asked[route], 1, self.folder, header)
            measured[route] = wrk(server.port, asked[route], self.seconds, self.folder, header)

    def imported(self, engine: str) -> None:
        database = self.database(engine, "import")
        hansa(database, "db", "migrate")
        told = json.loads(hansa(database, "bench", "import", "--rows", str(LARGE)).strip().splitlines()[-1])
        self.imports.append((engine, float(told["import_seconds"]), float(told["bare_seconds"])))

    def worked(self, engine: str, name: str, sizes: list[str | int]) -> None:
        database = self.database(engine, name)
        hansa(database, "db", "migrate")
        told = hansa(database, "bench", name, *[str(size) for size in sizes])
        self.works.append((engine, name, json.loads(told.strip().splitlines()[-1])))

    def checked_passwords(self) -> None:
        told = hansa(self.database("sqlite", "passwords"), "bench", "password", "--count", str(SIGN_INS))
        self.passwords = json.loads(told.strip().splitlines()[-1])

    # The report

    def goal(self, row: Row) -> float | None:
        if row.route in ("empty", "session"):
            return None
        if row.route == API_ROUTE:
            return API_TO_EMPTY
        return WARM_TO_EMPTY if row.cached else UNCACHED_TO_EMPTY

    def report(self) -> str:
        lines = [
            f"Measured {time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores, {platform.system()} {platform.release()}; "
            f"wrk with {CONNECTIONS} connections on the same machine, {self.seconds} s each; {self.page_rows} rows on a "
            "directory page. The ratio is to the empty route of the same process.",
            "",
            "| engine | members | pages | route | requests/s | ratio | goal | p50 ms | p99 ms | kB | errors |",
            "|---|--:|---|---|--:|--:|---|--:|--:|--:|--:|",
        ]
        for row in self.rows:
            goal = self.goal(row)
            verdict = "" if goal is None else f"{'met' if row.ratio >= goal else 'MISSED'} ({goal:.2f})"
            seen = row.measure
            lines.append(
                f"| {row.engine} | {row.members:,} | {'warm' if row.cached else 'uncached'} | {row.route} | {seen.rate:,.0f} | "
                f"{row.ratio:.2f} | {verdict} | {seen.p50:.1f} | {seen.p99:.1f} | {seen.size / 1000:.1f} | {seen.faults} |")
        lines += ["", "| what | measured | goal |", "|---|---|---|", *self.single_figures()]
        if self.troubles:
            lines += ["", "Not measured:", *[f"- {trouble}" for trouble in self.troubles]]
        met = sum("| met" in line for line in lines)
        missed = sum("| MISSED" in line for line in lines)
        lines += ["", f"Goals met: {met}. Missed: {missed}. Not measured: {len(self.troubles)}."]
        return "\n".join(lines)

    def single_figures(self) -> list[str]:
        def line(what: str, measured: str, met: bool, goal: str) -> str:
            return f"| {what} | {measured} | {'met' if met else 'MISSED'} ({goal}) |"

        lines = []
        by_key = {(row.engine, row.members, row.cached, row.route): row.measure.rate for row in self.rows}
        for (engine, members, cached, route), rate in by_key.items():
            if members != self.large or route in ("empty", "session"):
                continue
            small = by_key.get((engine, SMALL, cached, route))
            if small:
                lines.append(line(
                    f"{engine}, {route}, {'warm' if cached else 'uncached'}: rate with {members:,} to rate with {SMALL}",
                    f"{rate / small:.2f}", rate / small >= LARGE_TO_SMALL, f"{LARGE_TO_SMALL:.2f}"))
        for engine, imported, bare in self.imports:
            lines.append(line(
                f"{engine}, import of {LARGE:,} rows to a bare insert loop",
                f"{imported:.1f} s / {bare:.1f} s = {imported / bare:.1f}",
                imported <= IMPORT_TO_BARE * bare, f"{IMPORT_TO_BARE:.0f}"))
        for engine, name, told in self.works:
            for what, worked, bare, more in works(name, told):
                lines.append(line(
                    f"{engine}, {what}", f"{worked:.2f} s / {bare:.2f} s = {worked / bare:.1f}{more}",
                    worked <= WORK_TO_BARE * bare, f"{WORK_TO_BARE:.0f}"))
        for row in self.rows:
            if row.route == "session":
                empty = by_key[row.engine, row.members, row.cached, "empty"]
                cost = 1000 / max(row.measure.rate, 1) - 1000 / max(empty, 1)
                lines.append(
                    f"| {row.engine}, {row.members:,} members: what a session adds to a request | {cost:.2f} ms | |")
        if self.passwords:
            alone, together = self.passwords["seconds_alone"], self.passwords["seconds_together"]
            lines.append(f"| a password checked (scrypt N=2^17) | {alone:.2f} s alone, {together:.2f} s each of four at once | |")
        for name, now, most in self.residents:
            lines.append(line(
                f"{name}: resident memory after all of it", f"{now:.0f} MB (at most {most:.0f})", now < RESIDENT_MEGABYTES,
                f"{RESIDENT_MEGABYTES} MB"))
        for name, seconds in self.first_answers:
            lines.append(line(
                f"{name}: start to first answer", f"{seconds:.2f} s", seconds < FIRST_ANSWER_SECONDS,
                f"{FIRST_ANSWER_SECONDS:.0f} s"))
        return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"], help="one engine only; may be repeated")
    parser.add_argument("--seconds", type=int, default=6, help="how long wrk asks each route")
    parser.add_argument("--members", type=int, default=LARGE, help="how many invented members the large network has")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hansa-bench-"))
    try:
        bench = Bench(options.engine or ["sqlite", "postgres"], options.seconds, options.members, folder)
        bench.run()
        print(bench.report())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
