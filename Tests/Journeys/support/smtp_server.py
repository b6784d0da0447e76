"""A real mail server on loopback that keeps what it takes and can be told to misbehave."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
import warnings
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from postgres_cluster import free_port


@dataclass
class Received:
    """One mail that the server has taken, or read to its end before it misbehaved."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)


@dataclass
class Manners:
    """How the server behaves; each may be changed while it runs."""

    # The reply to RCPT, and to the message; None for yes.
    at_recipient: str | None = None
    at_message: str | None = None
    # Closes the connection in the middle of the message, or after its end without a word.
    drops_in_data: bool = False
    drops_after_data: bool = False
    # Seconds before the message is answered.
    slowness: float = 0


@dataclass
class Handler:
    manners: Manners
    received: list[Received] = field(default_factory=list)
    # How often somebody began to hand a message over.
    attempts: int = 0
    recipients_seen: list[str] = field(default_factory=list)
    data_began: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.recipients_seen.append(address)
        if self.manners.at_recipient:
            return self.manners.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        taken = Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        if self.manners.slowness:
            await asyncio.sleep(self.manners.slowness)
        if self.manners.at_message:
            return self.manners.at_message
        self.received.append(taken)
        if self.manners.drops_after_data:
            server.transport.abort()
        return "250 taken"


class Session(SMTP):
    """One connection."""

    async def smtp_DATA(self, arg: str) -> None:
        self.event_handler.attempts += 1
        self.event_handler.data_began.set()
        if self.event_handler.manners.drops_in_data:
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class MailServer(Controller):
    """`with MailServer() as server:` and `server.url` for `mail.server`."""

    def __init__(
        self, user: str | None = None, password: str | None = None, tls: ssl.SSLContext | None = None,
    ) -> None:
        self.manners = Manners()
        self.seen = Handler(self.manners)
        self.account = (user, password)
        options: dict = {"decode_data": False}
        if user is not None:
            options |= {"authenticator": self._check, "auth_required": True, "auth_require_tls": False}
        if tls is not None:
            options |= {"tls_context": tls, "require_starttls": True}
        self._options = options
        super().__init__(self.seen, hostname="127.0.0.1", port=free_port())

    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            # It warns of sign-in without TLS, which is what some tests are about.
            warnings.simplefilter("ignore")
            return Session(self.handler, hostname="mail.test", enable_SMTPUTF8=False, **self._options)

    def _check(self, server, session, envelope, mechanism, data) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == self.account
        return AuthResult(success=right, handled=False)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def received(self) -> list[Received]:
        return self.seen.received

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
