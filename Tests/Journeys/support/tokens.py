"""Tokens for programs: put into the database directly, as the program writes them."""

from __future__ import annotations

import hashlib
import secrets
import uuid

from support.engines import Store
from support.rooms import blob, give, instant, person, quoted

SCOPES = (
    "members:read", "members:write", "profile:write", "proposals:read", "proposals:write", "joining:read", "joining:write",
    "requests:make", "dues:request", "decisions:read", "decisions:write", "decisions:answer", "events:write", "standing:read",
    "standing:write", "dues:read", "dues:write", "payments:read", "payments:write", "people:read", "people:write", "journal:read", "mail:read", "mail:write", "imports:read", "imports:write",
    "views:write", "jobs:read", "jobs:run", "members:export", "members:mail", "today:read", "settings:read",
    "account:read", "account:write", "tokens:read", "tokens:revoke", "webhooks:read", "webhooks:write")


def token(store: Store, role: str | None, place: str = "", scopes: tuple[str, ...] = SCOPES) -> str:
    """A token of a new person with one role."""
    holder = person(store, f"Program of {role or 'nobody'}")
    if role:
        give(store, holder, role, place)
    secret = secrets.token_urlsafe(32)
    digest = hashlib.sha256(secret.encode()).digest()
    store.change(
        "INSERT INTO api_token (token_hash, id, name, person_id, scopes, second_factor, made_by, made_at, expires_at) VALUES "
        f"({blob(store, digest)}, {quoted(str(uuid.uuid4()))}, 'Journey', {quoted(holder)}, {quoted(' '.join(scopes))}, 1, "
        f"{quoted('person:' + holder)}, {quoted(instant())}, {quoted(instant(1))})")
    return "hansa_" + secret
