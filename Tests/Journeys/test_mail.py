"""Mail that leaves through a real mail server, a rude one too: each mail once, or not at all, and never twice."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postgres_cluster import free_port
from support.engines import Store
from support.program import Outcome, finish, hansa, start
from support.smtp_server import MailServer

pytestmark = pytest.mark.mail

TO = "minji@example.com"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def settings(server: MailServer, **more: str) -> dict[str, str]:
    return {
        "HANSA_MAIL_TRANSPORT": "smtp", "HANSA_MAIL_SERVER": server.url,
        "HANSA_MAIL_FROM": "Office of the Cities <office@example.org>", **more}


def queue(store: Store, count: int = 1) -> None:
    for _ in range(count):
        hansa(store.setting, "mail", "test", TO).must_succeed()


def send(store: Store, server: MailServer, **more: str) -> Outcome:
    return hansa(store.setting, "mail", "send", **settings(server, **more))


def states(store: Store) -> list[str]:
    return [row[0] for row in store.query("SELECT state FROM mail ORDER BY queued_at, id")]


def make_due(store: Store) -> None:
    """Lets all pauses and leases pass."""
    store.change("UPDATE mail SET due_at = '2000-01-01T00:00:00.000000Z'")
    store.change("UPDATE mail SET lease_until = '2000-01-01T00:00:00.000000Z' WHERE lease_until IS NOT NULL")


def only_id(store: Store) -> str:
    rows = store.query("SELECT id FROM mail")
    assert len(rows) == 1
    return rows[0][0]


def report_for(message_id: str, action: str = "failed") -> str:
    return "\r\n".join([
        "From: MAILER-DAEMON@mail.test", "To: office@example.org", "Subject: Undelivered", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"', "", "--b1",
        "Content-Type: text/plain", "", "Sorry.", "--b1", "Content-Type: message/delivery-status", "",
        "Reporting-MTA: dns; mail.test", "", f"Final-Recipient: rfc822; {TO}", f"Action: {action}", "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 no such user", "", "--b1", "Content-Type: text/rfc822-headers", "",
        f"Message-ID: {message_id}", "Subject: Welcome", "", "--b1--", ""])


def test_delivered_once_with_both_parts(store: Store, server: MailServer) -> None:
    queue(store)
    assert "1 sent" in send(store, server).must_succeed().output
    assert "0 sent" in send(store, server).must_succeed().output
    [received] = server.received
    assert (received.sender, received.recipients) == ("office@example.org", [TO])
    message = received.message
    assert message["Subject"] == "Mail works · Les courriels fonctionnent · 메일이 됩니다"
    assert message["From"] == "Office of the Cities <office@example.org>"
    assert message["To"] == TO
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{only_id(store)}@example.org>"
    assert message["Date"].datetime is not None and not message.defects
    plain, html = message.get_body(["plain"]), message.get_body(["html"])
    assert message.get_content_type() == "multipart/alternative"
    assert "- If you can read this, mail leaves and arrives." in plain.get_content()
    assert "<li" in html.get_content() and "Nothing needs to be done." in html.get_content()
    assert all(len(line) <= 78 for line in received.raw.split(b"\r\n"))
    assert states(store) == ["sent"]
    listed = hansa(store.setting, "mail", "list", "--state", "sent", "--search", "minji").must_succeed().output
    assert only_id(store) in listed
    shown = hansa(store.setting, "mail", "show", only_id(store)).must_succeed().output
    assert "mail leaves and arrives" in shown and re.search(r"Try 1 .* sent", shown)


def test_refused_permanently_is_bounced_at_once(store: Store, server: MailServer) -> None:
    server.manners.at_recipient = "550 5.1.1 no such user"
    queue(store)
    assert "1 refused" in send(store, server).must_succeed().output
    assert states(store) == ["bounced"]
    make_due(store)
    send(store, server).must_succeed()
    assert server.seen.recipients_seen == [TO]
    assert "no such user" in hansa(store.setting, "mail", "show", only_id(store)).must_succeed().output


def test_message_refused_permanently_is_bounced_and_the_next_is_sent(store: Store, server: MailServer) -> None:
    server.manners.at_message = "554 5.7.1 looks like spam"
    queue(store)
    assert "1 refused" in send(store, server).must_succeed().output
    server.manners.at_message = None
    queue(store)
    assert "1 sent" in send(store, server).must_succeed().output
    assert states(store) == ["bounced", "sent"]


def test_refused_for_now_waits_and_is_sent_later(store: Store, server: MailServer) -> None:
    server.manners.at_recipient = "451 4.7.1 greylisted, come back"
    queue(store)
    assert "1 to be tried again" in send(store, server).must_succeed().output
    assert states(store) == ["waiting"]
    assert "0 to be tried again" in send(store, server).must_succeed().output
    assert len(server.seen.recipients_seen) == 1, "it was tried again before its pause had passed"
    server.manners.at_recipient = None
    make_due(store)
    assert "1 sent" in send(store, server).must_succeed().output
    assert len(server.received) == 1


def test_server_that_is_away_costs_one_attempt(store: Store, server: MailServer) -> None:
    queue(store, 3)
    send(store, server, HANSA_MAIL_SERVER=f"smtp://127.0.0.1:{free_port()}").must_refuse("127.0.0.1")
    assert sorted(str(row[0]) for row in store.query("SELECT attempts FROM mail")) == ["0", "0", "1"]
    make_due(store)
    assert "3 sent" in send(store, server).must_succeed().output


@pytest.mark.parametrize("manner", ["drops_in_data", "drops_after_data"])
def test_dropped_connection_sends_nothing_twice(store: Store, server: MailServer, manner: str) -> None:
    setattr(server.manners, manner, True)
    queue(store)
    assert "1 uncertain" in send(store, server).must_succeed().output
    setattr(server.manners, manner, False)
    make_due(store)
    send(store, server).must_succeed()
    assert states(store) == ["uncertain"]
    assert server.seen.attempts == 1


def test_two_that_send_at_once_send_each_mail_once(store: Store, server: MailServer) -> None:
    queue(store, 12)
    server.manners.slowness = 0.05
    processes = [start(store.setting, "mail", "send", **settings(server)) for _ in range(2)]
    outcomes = [finish(process).must_succeed() for process in processes]
    assert len(server.received) == 12
    assert len({received.message["Message-ID"] for received in server.received}) == 12
    assert set(states(store)) == {"sent"}
    assert sum(int(re.match(r"(\d+) sent", outcome.output)[1]) for outcome in outcomes) == 12


def test_killed_while_sending_sends_nothing_twice(store: Store, server: MailServer) -> None:
    """kill -9 while the server has the mail and has not said so yet: it is taken, and we cannot know."""
    queue(store, 3)
    server.manners.slowness = 1.5
    process = start(store.setting, "mail", "send", **settings(server))
    try:
        assert server.seen.data_began.wait(30)
        time.sleep(0.2)
    finally:
        process.kill()
        process.communicate()
    assert sorted(states(store)) == ["sending", "waiting", "waiting"]
    server.manners.slowness = 0
    assert "2 sent" in send(store, server).must_succeed().output
    assert sorted(states(store)) == ["sending", "sent", "sent"], "its lease had not ended"
    make_due(store)
    assert "1 uncertain" in send(store, server).must_succeed().output
    make_due(store)
    send(store, server).must_succeed()
    assert sorted(states(store)) == ["sent", "sent", "uncertain"]
    assert server.seen.attempts == 3
    identities = [received.message["Message-ID"] for received in server.received]
    assert len(identities) == len(set(identities))
    lost = store.query("SELECT id FROM mail WHERE state = 'uncertain'")[0][0]
    assert "uncertain" in hansa(store.setting, "mail", "show", lost).must_succeed().output


def test_killed_again_and_again_sends_nothing_twice(store: Store, server: MailServer) -> None:
    queue(store, 8)
    server.manners.slowness = 0.05
    for round_ in range(6):
        process = start(store.setting, "mail", "send", **settings(server))
        time.sleep(0.15 + 0.07 * round_)
        process.kill()
        process.communicate()
    server.manners.slowness = 0
    make_due(store)
    send(store, server).must_succeed()
    identities = [received.message["Message-ID"] for received in server.received]
    assert len(identities) == len(set(identities))
    assert set(states(store)) <= {"sent", "uncertain"}
    assert states(store).count("sent") <= len(identities) <= 8


def test_bounce_that_comes_back_is_noted_once(store: Store, server: MailServer, tmp_path: Path) -> None:
    queue(store)
    send(store, server).must_succeed()
    message_id = server.received[0].message["Message-ID"]
    late = tmp_path / "late.eml"
    late.write_text(report_for(message_id, "delayed"), newline="")
    assert "delay" in hansa(store.setting, "mail", "bounce", str(late)).must_succeed().output
    assert states(store) == ["sent"]
    report = tmp_path / "report.eml"
    report.write_text(report_for(message_id), newline="")
    assert "is noted as bounced" in hansa(store.setting, "mail", "bounce", str(report)).must_succeed().output
    assert "was noted" in hansa(store.setting, "mail", "bounce", str(report)).must_succeed().output
    assert states(store) == ["bounced"]
    assert "5.1.1" in hansa(store.setting, "mail", "show", only_id(store)).must_succeed().output
    assert len(store.query("SELECT id FROM journal_entry WHERE action = 'mail.bounced'")) == 1
    hansa(store.setting, "journal", "verify").must_succeed()
    other = tmp_path / "other.eml"
    other.write_text(report_for("<somebody@else.example>"), newline="")
    hansa(store.setting, "mail", "bounce", str(other)).must_refuse("no mail somebody")
    hansa(store.setting, "mail", "bounce", str(Path(__file__))).must_refuse("no report")


def test_folder_gets_a_file_that_mail_programs_open(store: Store, tmp_path: Path) -> None:
    queue(store)
    folder = tmp_path / "mail"
    said = hansa(store.setting, "mail", "send", HANSA_MAIL_FOLDER=str(folder)).must_succeed().output
    assert "1 sent" in said
    [file] = folder.iterdir()
    assert file.name == f"{only_id(store)}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert file.read_bytes().startswith(b"From: ")


def test_mail_waits_where_none_is_sent(store: Store) -> None:
    queue(store)
    hansa(store.setting, "mail", "send", HANSA_MAIL_TRANSPORT="none").must_refuse("mail.transport")
    assert states(store) == ["waiting"]


def test_user_and_password_are_given_and_never_shown(store: Store, tmp_path: Path) -> None:
    with MailServer(user="office", password="p@ss:w0rd") as server:
        right = server.url.replace("://", "://office:p%40ss%3Aw0rd@")
        wrong = server.url.replace("://", "://office:wr0ng@")
        queue(store)
        said = send(store, server, HANSA_MAIL_SERVER=wrong, HANSA_LOG_LEVEL="trace").must_refuse("user and password")
        assert "wr0ng" not in said.words and server.received == []
        assert states(store) == ["waiting"], "a wrong password is not the mail's fault"
        make_due(store)
        said = send(store, server, HANSA_MAIL_SERVER=right, HANSA_LOG_LEVEL="trace").must_succeed()
        assert "w0rd" not in said.words and len(server.received) == 1
        said = hansa(store.setting, "config", **settings(server, HANSA_MAIL_SERVER=right)).must_succeed()
        assert "w0rd" not in said.words and "smtp://office:•••@127.0.0.1" in said.output
    for bad in ["office:s3cret@mail.example.org", "smtp://office:s3cret@", "http://office:s3cret@mail.example.org"]:
        said = hansa(store.setting, "mail", "list", HANSA_MAIL_TRANSPORT="smtp", HANSA_MAIL_SERVER=bad)
        assert "s3cret" not in said.must_refuse("mail.server").words


@pytest.mark.parametrize("address", ["", "a", "a@b@c", "a@example.org\r\nBcc: b@example.org", "<a@example.org>", "é@example.org"])
def test_address_that_is_none_is_refused(store: Store, address: str) -> None:
    hansa(store.setting, "mail", "test", "--", address).must_refuse("address")
    assert states(store) == []


def test_state_that_is_none_is_refused(store: Store) -> None:
    hansa(store.setting, "mail", "list", "--state", "lost").must_refuse("lost", "waiting")
    hansa(store.setting, "mail", "show", "nothing").must_refuse("no mail nothing")
