"""Mail is handed over encrypted, by STARTTLS or from the start, to the server whose certificate fits, or not at all.

The mail server listens on 127.0.0.2: encryption is required to every machine but this one's own names, and that is none.
"""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.engines import Store
from support.program import Outcome, hansa
from support.smtp_server import MailServer
from test_mail import make_due, only_id, queue, send, states

pytestmark = pytest.mark.mail

HOST = "127.0.0.2"
USER, PASSWORD = "office", "gingko-lantern"

both_ways = pytest.mark.parametrize("from_the_start", [False, True], ids=["starttls", "smtps"])


@dataclass
class Certificate:
    """One that vouches for itself, in a PEM file, and the server's side of TLS with it."""

    file: Path
    context: ssl.SSLContext


def certificate(folder: Path, host: str = HOST, days: int = 2) -> Certificate:
    folder.mkdir(exist_ok=True)
    file, key = folder / "server.pem", folder / "server.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(days), "-subj", f"/CN={host}", "-addext",
         f"subjectAltName=IP:{host}", "-keyout", key, "-out", file], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    return Certificate(file, context)


def hand_over(store: Store, server: MailServer, authorities: Path | None) -> Outcome:
    more = {"HANSA_MAIL_AUTHORITIES": str(authorities)} if authorities else {}
    return send(store, server, HANSA_MAIL_SERVER=server.url_of(USER, PASSWORD), HANSA_LOG_LEVEL="trace", **more)


def must_have_refused(store: Store, server: MailServer, authorities: Path | None, *words: str) -> None:
    """Nothing was handed over, nothing that matters was sent in the clear, and the outbox says why."""
    queue(store)
    said = hand_over(store, server, authorities).must_refuse(*words)
    assert PASSWORD not in said.words
    assert server.received == [] and server.seen.attempts == 0 and server.seen.recipients_seen == []
    clear = bytes(server.seen.in_the_clear).upper()
    assert b"AUTH" not in clear and b"MAIL FROM" not in clear and b"EXAMPLE.COM" not in clear
    assert states(store) == ["waiting"], "a server that cannot be trusted is not the mail's fault"
    shown = hansa(store.setting, "mail", "show", only_id(store)).must_succeed().output.lower()
    for word in words:
        assert word.lower() in shown, shown


@both_ways
def test_mail_arrives_encrypted(store: Store, tmp_path: Path, from_the_start: bool) -> None:
    trusted = certificate(tmp_path / "trusted")
    with MailServer(USER, PASSWORD, tls=trusted.context, from_the_start=from_the_start, host=HOST) as server:
        queue(store, 2)
        said = hand_over(store, server, trusted.file).must_succeed()
        assert "2 sent" in said.output and PASSWORD not in said.words
        assert len(server.received) == 2 and states(store) == ["sent", "sent"]
        lines = [line.split()[0] for line in bytes(server.seen.in_the_clear).upper().splitlines() if line]
        assert set(lines) == (set() if from_the_start else {b"EHLO", b"STARTTLS"})


@both_ways
def test_a_certificate_that_nobody_vouches_for_is_refused(store: Store, tmp_path: Path, from_the_start: bool) -> None:
    unknown = certificate(tmp_path / "unknown")
    with MailServer(USER, PASSWORD, tls=unknown.context, from_the_start=from_the_start, host=HOST) as server:
        must_have_refused(store, server, None, "certificate", "is not trusted")
        make_due(store)
        assert "1 sent" in hand_over(store, server, unknown.file).must_succeed().output


@both_ways
def test_a_certificate_of_another_server_is_refused(store: Store, tmp_path: Path, from_the_start: bool) -> None:
    other = certificate(tmp_path / "other", host="127.0.0.3")
    with MailServer(USER, PASSWORD, tls=other.context, from_the_start=from_the_start, host=HOST) as server:
        must_have_refused(store, server, other.file, "is not trusted")


def test_a_server_without_encryption_gets_nothing(store: Store) -> None:
    with MailServer(USER, PASSWORD, host=HOST) as server:
        must_have_refused(store, server, None, "offers no encryption (STARTTLS)")


def test_a_server_that_takes_its_offer_back_gets_nothing(store: Store, tmp_path: Path) -> None:
    trusted = certificate(tmp_path / "trusted")
    with MailServer(USER, PASSWORD, tls=trusted.context, host=HOST) as server:
        server.manners.refuses_starttls = True
        must_have_refused(store, server, trusted.file, "refuses encryption (STARTTLS)")


def test_encryption_from_the_start_to_a_server_that_has_none(store: Store) -> None:
    with MailServer(USER, PASSWORD, host=HOST) as server:
        queue(store)
        address = server.url_of(USER, PASSWORD).replace("smtp://", "smtps://")
        send(store, server, HANSA_MAIL_SERVER=address).must_refuse(HOST, "cannot agree on encryption")
        assert server.received == [] and b"AUTH" not in server.seen.in_the_clear
        assert states(store) == ["waiting"]


def test_a_file_of_authorities_that_is_not_there(store: Store, tmp_path: Path) -> None:
    trusted = certificate(tmp_path / "trusted")
    with MailServer(USER, PASSWORD, tls=trusted.context, from_the_start=True, host=HOST) as server:
        must_have_refused(store, server, tmp_path / "none.pem", "none.pem")
