"""The built program: running its commands, and serving."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgres_cluster import die_with_parent, free_port

ROOT = Path(__file__).resolve().parents[3]
RECORDS = ROOT / "Data" / "wego"
CHARTER = ROOT / "Charters" / "wego.yaml"

# Words of a program that crashed, rather than of one that said what is wrong.
CRASH_WORDS = ("Fatal error", "Precondition failed", "Illegal instruction", "Stack dump", "Backtrace", "💣")


def binary() -> Path:
    """The program under test: HANSA_BINARY, or the debug build."""
    return Path(os.environ.get("HANSA_BINARY", ROOT / ".build" / "debug" / "hansa"))


def environment(database: str, **settings: str) -> dict[str, str]:
    """The caller's environment without any HANSA_ setting, then those given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HANSA_")}
    return {**kept, "HANSA_DATABASE": database, "HANSA_CHARTER": str(CHARTER), "HANSA_LOG_LEVEL": "info", **settings}


@dataclass
class Outcome:
    """What a command did. `words` is everything that it said."""

    status: int
    output: str
    errors: str

    @property
    def words(self) -> str:
        return self.output + self.errors

    def must_succeed(self) -> "Outcome":
        assert self.status == 0, f"exit status {self.status}\n{self.words[-4000:]}"
        return self

    def must_refuse(self, *expected: str) -> "Outcome":
        """It failed with words for a person, among them each of `expected` (case aside), and did not crash."""
        assert self.status > 0, f"it should have failed; exit status {self.status}\n{self.words[-4000:]}"
        for word in CRASH_WORDS:
            assert word not in self.words, f"it crashed:\n{self.words[-4000:]}"
        assert self.status < 128, f"it crashed, exit status {self.status}\n{self.words[-4000:]}"
        for word in expected:
            assert word.lower() in self.words.lower(), f"it did not say {word!r}:\n{self.words[-4000:]}"
        return self


def start(database: str, *arguments: str, preexec=None, **settings: str) -> subprocess.Popen:
    """Starts a command without waiting for it."""

    def before() -> None:
        die_with_parent(signal.SIGKILL)
        if preexec is not None:
            preexec()

    # A process group of its own: Ctrl-C is for the tests, which then end what they started in order.
    return subprocess.Popen(
        [str(binary()), *arguments], cwd=ROOT, env=environment(database, **settings), preexec_fn=before, process_group=0,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")


def finish(process: subprocess.Popen, seconds: float = 120) -> Outcome:
    """Waits for a command and collects what it said; kills one that takes too long."""
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        raise AssertionError(f"no end after {seconds} s: {process.args}\n{(output + errors)[-4000:]}") from None
    return Outcome(process.returncode, output, errors)


def hansa(database: str, *arguments: str, seconds: float = 120, preexec=None, **settings: str) -> Outcome:
    """Runs a command to its end."""
    return finish(start(database, *arguments, preexec=preexec, **settings), seconds)


@dataclass
class Answer:
    """One HTTP answer, redirects not followed. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Server:
    """`hansa serve` on free ports of loopback, with its log in a file."""

    def __init__(self, database: str, folder: Path, port: int | None = None, **settings: str) -> None:
        self.database = database
        self.port = port or free_port()
        self.metrics_port = free_port()
        self.log = folder / f"serve-{self.port}.log"
        self.settings = {
            "HANSA_HTTP_HOST": "127.0.0.1", "HANSA_HTTP_PORT": str(self.port),
            "HANSA_METRICS_PORT": str(self.metrics_port), "HANSA_MAIL_FOLDER": str(folder / "mail"),
            "HANSA_FILES_FOLDER": str(folder / "files"), **settings,
        }
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 30) -> "Server":
        """Starts it and waits until /readyz says 200."""
        self.launch()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                if self.get("/readyz", seconds=2).status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.03)
        self.kill()
        raise AssertionError(f"not ready after {seconds} s:\n{self.said()[-4000:]}")

    def launch(self) -> None:
        """Starts it and does not wait."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(binary()), "serve"], cwd=ROOT, env=environment(self.database, **self.settings),
                preexec_fn=lambda: die_with_parent(signal.SIGKILL), process_group=0, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)

    def said(self) -> str:
        """Its log so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, seconds: float = 20) -> int:
        """Asks it to end and returns its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"SIGTERM did not end it within {seconds} s:\n{self.said()[-4000:]}") from None

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def get(self, path: str, method: str = "GET", seconds: float = 20, **headers: str) -> Answer:
        """One request on a connection of its own. In header names, write _ for -."""
        return request(self.port, path, method, seconds, **headers)

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, body: str | bytes = "") -> Answer:
        """One request with a body, such as a form's, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = body if isinstance(body, bytes) else body.encode()
            connection.request(method, path, body=sent or None, headers=headers or {})
            response = connection.getresponse()
            content = response.read()
            return Answer(response.status, {key.lower(): value for key, value in response.getheaders()}, content)
        finally:
            connection.close()


@contextmanager
def serving(database: str, folder: Path, **settings: str) -> Iterator[Server]:
    """A server that must live to the end and end in order."""
    server = Server(database, folder, **settings)
    try:
        yield server.start()
        assert server.runs(), f"it died:\n{server.said()[-3000:]}"
        assert server.stop() == 0
    finally:
        server.kill()


def request(port: int, path: str, method: str = "GET", seconds: float = 20, **headers: str) -> Answer:
    """One request to loopback on a connection of its own. In header names, write _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, path, headers={key.replace("_", "-"): value for key, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, {key.lower(): value for key, value in response.getheaders()}, body)
    except http.client.HTTPException as error:
        raise OSError(f"{method} {path[:200]}: {error!r}") from error
    finally:
        connection.close()


def raw(port: int, sent: bytes, seconds: float = 15) -> bytes:
    """Sends bytes as they are and returns what comes back until the other side closes or is silent for `seconds`.

    An answer whose end is known by its length ends the wait too.
    """
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(sent)
        except (BrokenPipeError, ConnectionResetError):
            pass  # Refused before all was sent; the answer may be there all the same.
        try:
            while chunk := connection.recv(65536):
                received += chunk
                if _is_complete(received):
                    break
        except (TimeoutError, ConnectionResetError):
            pass
    return received


def _is_complete(received: bytes) -> bool:
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator:
        return False
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return len(body) >= int(value)
        if name.strip().lower() == b"transfer-encoding":
            return body.endswith(b"0\r\n\r\n")
    return False


def status_of(received: bytes) -> int:
    """The status of a raw answer, 0 when there is none."""
    parts = received.split(b" ", 2)
    return int(parts[1]) if received.startswith(b"HTTP/1.") and len(parts) > 1 else 0
