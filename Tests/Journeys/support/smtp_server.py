"""A real mail server on loopback that keeps what it takes and can be told to misbehave."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
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
    # Offers STARTTLS and then refuses it.
    refuses_starttls: bool = False


@dataclass
class Handler:
    manners: Manners
    received: list[Received] = field(default_factory=list)
    # How often somebody began to hand a message over.
    attempts: int = 0
    recipients_seen: list[str] = field(default_factory=list)
    data_began: threading.Event = field(default_factory=threading.Event)
    # Every byte that came without encryption.
    in_the_clear: bytearray = field(default_factory=bytearray)

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

    def data_received(self, data: bytes) -> None:
        if self.transport.get_extra_info("sslcontext") is None:
            self.event_handler.in_the_clear += data
        super().data_received(data)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if self.event_handler.manners.refuses_starttls:
            await self.push("454 4.7.0 not now")
        else:
            await super().smtp_STARTTLS(arg)

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
        from_the_start: bool = False, host: str = "127.0.0.1",
    ) -> None:
        """With `tls`, encryption is demanded: by STARTTLS, or `from_the_start` of each connection."""
        self.manners = Manners()
        self.seen = Handler(self.manners)
        self.account = (user, password)
        options: dict = {"decode_data": False}
        if user is not None:
            options |= {"authenticator": self._check, "auth_required": True, "auth_require_tls": False}
        if tls is not None and not from_the_start:
            options |= {"tls_context": tls, "require_starttls": True}
        self._options = options
        super().__init__(self.seen, hostname=host, port=free_port(), ssl_context=tls if from_the_start else None)

    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            # It warns of sign-in without TLS, which is what some tests are about.
            warnings.simplefilter("ignore")
            return Session(self.handler, hostname="mail.test", enable_SMTPUTF8=False, **self._options)

    def _check(self, server, session, envelope, mechanism, data) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == self.account
        return AuthResult(success=right, handled=False)

    def _trigger_server(self) -> None:
        # aiosmtpd looks at its own server with the server's side of TLS, which Python refuses.
        if self.ssl_context is None:
            return super()._trigger_server()
        anybody = ssl._create_unverified_context()
        with socket.create_connection((self.hostname, self.port), 5) as plain, anybody.wrap_socket(plain) as connection:
            connection.recv(1024)

    @property
    def url(self) -> str:
        return f"{'smtps' if self.ssl_context else 'smtp'}://{self.hostname}:{self.port}"

    @property
    def received(self) -> list[Received]:
        return self.seen.received

    def __enter__(self) -> "MailServer":
        self.start()
        return self

    def url_of(self, user: str, password: str) -> str:
        return self.url.replace("://", f"://{user}:{password}@")

    def __exit__(self, *_: object) -> None:
        self.stop()
