"""The mail that a server has written into its folder, and the codes of an authenticator app."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import re
import struct
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    raw: str

    @property
    def link(self) -> str:
        """The address of its button."""
        found = re.search(r"https?://\S+\?key=[\w-]{43}", self.text)
        assert found, self.text
        return found.group()


class Letters:
    """The folder into which a server writes mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def settings(self) -> dict[str, str]:
        return {"HANSA_MAIL_TRANSPORT": "folder", "HANSA_MAIL_FOLDER": str(self.folder)}

    def all(self, to: str | None = None) -> list[Letter]:
        """The oldest first: ids sort by time."""
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            address = message["To"].addresses[0].addr_spec
            if to in (None, address):
                text = message.get_body(["plain"]).get_content()
                found.append(Letter(address, message["Subject"], text, path.read_text()))
        return found

    def wait(self, to: str, subject: str, count: int = 1, seconds: float = 20) -> Letter:
        """The newest of at least `count` letters to an address whose subject has these words."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [letter for letter in self.all(to) if subject in letter.subject]
            if len(found) >= count:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"no {subject!r} to {to}; there is {[(m.to, m.subject) for m in self.all()]}")


class App:
    """An authenticator app with one account (RFC 6238)."""

    def __init__(self, key: str) -> None:
        self.secret = base64.b32decode(key.replace(" ", ""))
        self.last = 0

    def code(self) -> str:
        """A code that was not used yet; the server takes a neighbour of the present one too, and each only once."""
        step = max(int(time.time()) // 30, self.last + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.2)
        self.last = step
        digest = hmac.new(self.secret, struct.pack(">Q", step), hashlib.sha1).digest()
        offset = digest[-1] & 0xF
        number = struct.unpack(">I", digest[offset:offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"
