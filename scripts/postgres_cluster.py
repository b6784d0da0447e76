"""A throw-away PostgreSQL cluster on loopback, for the tests and the measurements. Standard library only."""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1

# What is safe to give up when nothing in the cluster is meant to outlive the run.
FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class ClusterError(Exception):
    """The cluster could not be made or started; the text says why."""


def free_port() -> int:
    """A TCP port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """For Popen's preexec_fn: the kernel sends this signal to the child when its parent dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def program_folder() -> Path:
    """The folder of the newest installed PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise ClusterError("PostgreSQL's initdb was not found: run scripts/install-test-packages")


class PostgresCluster:
    """One cluster in a folder of its own, as a user that is not root (PostgreSQL refuses root).

    The server is a direct child, told by the kernel to stop when this process dies, however it dies.
    """

    def __init__(self, durable: bool = False, locale: str = "C.UTF-8") -> None:
        self.programs = program_folder()
        self.durable = durable
        self.user = self._system_user()
        self.port = free_port()
        self.password = secrets.token_hex(12)
        self.process: subprocess.Popen | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="hansa-postgres-"))
        # For an interrupt in the middle of a clean-up.
        atexit.register(self.remove)
        try:
            self._create(locale)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    @staticmethod
    def _system_user() -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise ClusterError("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")

    def url(self, database: str = "postgres") -> str:
        """The setting for HANSA_DATABASE."""
        return f"postgres://hansa:{self.password}@127.0.0.1:{self.port}/{database}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def _become_user(self) -> None:
        if self.user is not None:
            os.setgroups([])
            os.setgid(self.user.pw_gid)
            os.setuid(self.user.pw_uid)

    def _become_server(self) -> None:
        # Its own session: Ctrl-C on the terminal reaches the tests first, which then stop it in order.
        os.setsid()
        self._become_user()
        # After the change of user, which would clear it. SIGINT is PostgreSQL's fast shutdown.
        die_with_parent(signal.SIGINT)

    def _create(self, locale: str) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        if self.user is not None:
            for path in (self.folder, password_file):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        # The locale decides what pg_trgm takes for a letter: under plain C it would drop every Hangul syllable.
        command = [
            self.programs / "initdb", "--pgdata", self.folder / "data", "--username=hansa", f"--pwfile={password_file}",
            "--auth=scram-sha-256", "--encoding=UTF8", f"--locale={locale}", "--no-sync", "--no-instructions",
        ]
        done = subprocess.run(
            command, cwd="/", preexec_fn=self._become_user, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise ClusterError(f"initdb failed:\n{done.stdout}")
        password_file.unlink()

    def start(self, seconds: float = 60) -> None:
        """Starts the server and waits until it answers. Raises ClusterError with its log when it does not."""
        # A socket's path may have 107 bytes; in a deeper folder the server goes without, loopback is enough.
        socket_folder = str(self.folder) if len(str(self.folder)) < 80 else ""
        settings = [
            "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={socket_folder}",
            "max_connections=1600", "max_locks_per_transaction=256", "shared_buffers=128MB", "log_min_messages=warning",
            "lc_messages=C", "jit=off",
        ]
        if not self.durable:
            settings += FORGETFUL
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        for setting in settings:
            command += ["-c", setting]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, cwd="/", preexec_fn=self._become_server, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if self.answers():
                return
            time.sleep(0.05)
        self.stop("immediate")
        raise ClusterError(f"PostgreSQL did not start on port {self.port}:\n{self.log.read_text(errors='replace')}")

    def answers(self) -> bool:
        check = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "2"]
        return subprocess.run(check, cwd="/").returncode == 0

    def stop(self, mode: str = "fast") -> None:
        """Stops the server: `fast` ends its connections in order, `immediate` is a crash."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(30)
        self.process = None

    def remove(self) -> None:
        """Stops the server and removes the folder."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.remove)

    def psql(self, sql: str, database: str = "postgres") -> str:
        """What psql prints for `sql`, unaligned, without headings. Raises CalledProcessError."""
        command = [self.programs / "psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c", sql]
        return subprocess.run(command, cwd="/", check=True, stdout=subprocess.PIPE, text=True).stdout


def started_cluster(durable: bool = False, locale: str = "C.UTF-8") -> PostgresCluster:
    """A cluster that runs. Another program may take the port between choosing and using it, so there are three tries."""
    for attempt in range(3):
        cluster = PostgresCluster(durable=durable, locale=locale)
        try:
            cluster.start()
            return cluster
        except BaseException as error:
            cluster.remove()
            if attempt == 2 or not isinstance(error, ClusterError):
                raise
    raise AssertionError("unreachable")
