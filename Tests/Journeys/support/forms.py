"""Forms sent without a browser: what no page would send, but anybody can."""

from __future__ import annotations

import http.client
import uuid
from urllib.parse import urlencode

from support.program import Answer, Server
from support.rooms import Visitor


def post(server: Server, path: str, person: Visitor | None, fields: dict[str, str], token: str | None = None,
         **headers: str) -> Answer:
    """A form with its token, or with another one."""
    if person is not None:
        fields = {"form-token": person.form_token if token is None else token, **fields}
        headers["Cookie"] = person.cookie
    return _send(server, path, urlencode(fields).encode(), "application/x-www-form-urlencoded", headers)


def upload(server: Server, path: str, person: Visitor, fields: dict[str, str],
           files: dict[str, tuple[str, str, bytes]]) -> Answer:
    """A form with files: by field, the name that it has, what it says that it is, and its bytes."""
    boundary = uuid.uuid4().hex
    parts: list[bytes] = []
    for name, value in {"form-token": person.form_token, **fields}.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (file_name, kind, data) in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(f"{head}Content-Type: {kind}\r\n\r\n".encode() + data + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return _send(server, path, body, f"multipart/form-data; boundary={boundary}", {"Cookie": person.cookie})


def header_values(server: Server, path: str, name: str) -> list[str]:
    """Every value of a header field that may come more than once."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.headers.get_all(name) or []
    finally:
        connection.close()


def _send(server: Server, path: str, body: bytes, kind: str, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request("POST", path, body=body, headers={"Content-Type": kind, **sent})
        response = connection.getresponse()
        content = response.read()
        return Answer(response.status, {key.lower(): value for key, value in response.getheaders()}, content)
    finally:
        connection.close()
