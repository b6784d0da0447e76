"""People for journeys behind sign-in: put into the database directly, so that a journey need not walk through mail first.

How sign-in itself works has journeys of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from playwright.sync_api import BrowserContext

from support.engines import Store
from support.program import Server

SECRETARIAT = ("administrator", "officer", "finance", "communication", "auditor")
IN_BODIES = ("committee", "regional-office", "juror")
IN_MEMBERS = ("representative", "editor", "delegate")
ROLES = SECRETARIAT + IN_BODIES + IN_MEMBERS


def instant(days: int = 0) -> str:
    """Now, or so many days from now, as the program writes it."""
    return (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(offset: int = 0) -> str:
    """Today, or so many days from it, in UTC as the program counts days."""
    return instant(offset)[:10]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in: what a browser or a plain request needs."""

    person_id: str
    name: str
    email: str
    token: str

    @property
    def cookie(self) -> str:
        return f"hansa={self.token}"

    @property
    def form_token(self) -> str:
        """What each form of this session carries."""
        code = hmac.new(self.token.encode(), b"form", hashlib.sha256).digest()
        return base64.urlsafe_b64encode(code).decode().rstrip("=")

    def enter(self, context: BrowserContext, server: Server) -> None:
        """Signs a browser in."""
        context.add_cookies([{"name": "hansa", "value": self.token, "url": server.url, "httpOnly": True, "sameSite": "Lax"}])


def blob(store: Store, data: bytes) -> str:
    """Bytes as a literal of the store's engine."""
    return f"X'{data.hex()}'" if store.engine == "sqlite" else f"'\\x{data.hex()}'::bytea"


def member_id(store: Store, key: str) -> str:
    return store.query(f"SELECT id FROM member WHERE key = {quoted(key)}")[0][0]


def person(store: Store, name: str, email: str | None = None) -> str:
    """A person without any role; returns the id."""
    identifier = str(uuid.uuid4())
    email = email or f"{identifier[:8]}@people.example"
    store.change(
        "INSERT INTO person (id, name, email, language, created_at) VALUES "
        f"({quoted(identifier)}, {quoted(name)}, {quoted(email)}, 'en', {quoted(instant())})")
    return identifier


def give(store: Store, person_id: str, role: str, place: str = "") -> str:
    """A role from long ago, open-ended: in the member with the key `place`, in the body `place`, or in the association."""
    identifier = str(uuid.uuid4())
    kind = "member" if role in IN_MEMBERS else "body" if role in IN_BODIES else "association"
    place_id = member_id(store, place) if kind == "member" else place
    store.change(
        "INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at) VALUES "
        f"({quoted(identifier)}, {quoted(person_id)}, {quoted(role)}, {quoted(kind)}, {quoted(place_id)}, '2020-01-01', "
        f"{quoted(instant())})")
    return identifier


def committee(store: Store, *members: str) -> None:
    """Lets the Executive Committee sit on whatever day it is, since the terms on record end with the assembly of 2026.

    Of those who sit in it by an office, these alone do; all of them, when none is named.
    """
    keys = ", ".join(quoted(key) for key in members)
    sits = f"member_id IN (SELECT id FROM member WHERE key IN ({keys}))" if members else "1 = 1"
    store.change(
        f"UPDATE member_office SET valid_to = CASE WHEN {sits} THEN NULL ELSE valid_from END "
        "WHERE valid_to >= '2026-01-01' AND office IN "
        "('president-city', 'executive-vice-president-city', 'vice-president-city', 'executive-committee')")


def session(store: Store, person_id: str, second_factor: bool = True) -> str:
    """A session of that person; returns the secret of its cookie."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    now = instant()
    store.change(
        "INSERT INTO session (token_hash, id, person_id, began_at, seen_at, second_factor_at, address, agent, method) VALUES "
        f"({blob(store, digest)}, {quoted(str(uuid.uuid4()))}, {quoted(person_id)}, {quoted(now)}, {quoted(now)}, "
        f"{quoted(now) if second_factor else 'NULL'}, '127.0.0.1', 'journey', 'link')")
    return token


def visitor(store: Store, role: str | None, place: str = "", name: str | None = None, second_factor: bool = True) -> Visitor:
    """Somebody with one role, signed in."""
    if role in IN_BODIES and not place:
        place = "executive-committee"
    name = name or (f"Test {role.replace('-', ' ').capitalize()}" if role else "Test Person")
    identifier = person(store, name)
    if role:
        give(store, identifier, role, place)
    email = store.query(f"SELECT email FROM person WHERE id = {quoted(identifier)}")[0][0]
    return Visitor(identifier, name, email, session(store, identifier, second_factor))
