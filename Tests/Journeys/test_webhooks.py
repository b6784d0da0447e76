"""Webhooks to a receiver that nobody here wrote the verifier of."""

from __future__ import annotations

import http.server
import json
import re
import threading
import time
from collections.abc import Iterator

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from support.forms import post
from support.places import Place
from support.program import Answer
from support.tokens import token

pytestmark = pytest.mark.api

SETTINGS = {"HANSA_WEBHOOKS_ALLOW_PRIVATE": "true"}


class Receiver:
    """Answers with the statuses given, then with 204, and keeps what came."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.seen = list(statuses), []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.seen.append((body, {key.lower(): value for key, value in self.headers.items()}))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    def wait_for(self, count: int, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while len(self.seen) < count:
            assert time.monotonic() < deadline, f"{len(self.seen)} of {count} messages came"
            time.sleep(0.05)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver(503)
    yield made
    made.stop()


def test_messages_are_signed_retried_and_sent_again_from_the_console(place: Place, receiver: Receiver) -> None:
    administrator = place.person("administrator")
    added = post(place.server, "/console/webhooks", administrator, {"name": "Partner", "url": receiver.url, "kinds": "member.changed"})
    secret = re.search(r"whsec_[\w+/=]+", added.text)[0]
    page = re.search(r"/console/webhooks/[\w-]+", added.text)[0]
    assert secret not in place.get(administrator, page).text

    bearer = {"Authorization": f"Bearer {token(place.store, 'officer')}", "Content-Type": "application/json"}
    tag = place.server.get("/api/v1/members/seoul").headers["etag"]
    changed = place.server.send(
        "PATCH", "/api/v1/members/seoul", {**bearer, "If-Match": tag},
        json.dumps({"website": "https://seoul.example", "grounds": "Their letter"}))
    assert changed.status == 200, changed.text

    # The first attempt was refused with 503, the second comes about five seconds later under the same id.
    receiver.wait_for(2)
    assert len({headers["webhook-id"] for _, headers in receiver.seen}) == 1
    for body, headers in receiver.seen:
        message = Webhook(secret).verify(body, headers)
        assert message["type"] == "member.changed" and message["data"]["member"] == "seoul"
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body.replace(b"seoul", b"busan"), headers)

    deadline = time.monotonic() + 10
    while "arrived" not in (shown := place.get(administrator, page).text):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    replay = re.search(rf"{page}/deliveries/[\w-]+/replay", shown)[0]
    assert post(place.server, replay, administrator, {}).status == 303
    receiver.wait_for(3)
    assert Webhook(secret).verify(*receiver.seen[2])["type"] == "member.changed"
    assert receiver.seen[2][1]["webhook-id"] == receiver.seen[0][1]["webhook-id"]


def test_a_program_adds_tries_replays_and_removes_a_webhook(place: Place) -> None:
    receiver = Receiver()
    bearer = {"Authorization": f"Bearer {token(place.store, 'administrator')}", "Content-Type": "application/json"}

    def sent(method: str, path: str, body: object = None, **headers: str) -> Answer:
        fields = {**bearer, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return place.server.send(method, path, fields, "" if body is None else json.dumps(body))

    added = sent("POST", "/api/v1/webhooks", {"name": "Ferry office", "url": receiver.url, "kinds": ["member.changed"]})
    assert added.status == 201, added.text
    secret, path = json.loads(added.body)["secret"], added.headers["location"]
    assert secret not in sent("GET", path).text + sent("GET", "/api/v1/webhooks").text
    assert sent("POST", f"{path}/tests").status == 201
    receiver.wait_for(1)
    assert Webhook(secret).verify(*receiver.seen[0])["type"] == "webhook.test"
    deadline = time.monotonic() + 10
    while (delivery := json.loads(sent("GET", f"{path}/deliveries").body)["data"][0])["state"] != "arrived":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    again = sent("POST", f"{path}/deliveries/{delivery['id']}/replay", If_Match=delivery["etag"])
    assert again.status == 200, again.text
    receiver.wait_for(2)
    assert receiver.seen[1][1]["webhook-id"] == delivery["id"]
    assert sent("DELETE", path, If_Match=sent("GET", path).headers["etag"]).status == 200
    assert sent("GET", path).status == 404
    administrator = place.person("administrator")
    assert "Ferry office" not in place.get(administrator, "/console/webhooks").text
    receiver.stop()


def test_an_endpoint_is_changed_and_removed_in_the_console(place: Place) -> None:
    administrator = place.person("administrator")
    added = post(
        place.server, "/console/webhooks", administrator,
        {"name": "Partner", "url": "https://receiver.example/hook", "kinds": "member.changed"})
    page = re.search(r"/console/webhooks/[\w-]+", added.text)[0]
    wrong = post(place.server, f"{page}/change", administrator, {"name": "", "url": "ftp://receiver.example"})
    assert wrong.status == 422 and 'href="#field-kinds"' in wrong.text
    changed = {"name": "Neighbour", "url": "https://receiver.example/other", "kinds": "member.added"}
    assert post(place.server, f"{page}/change", administrator, changed).status == 303
    shown = place.get(administrator, page).text
    assert "Neighbour" in shown and "https://receiver.example/other" in shown
    auditor = place.person("auditor")
    assert post(place.server, f"{page}/remove", auditor, {}).status == 403
    assert post(place.server, f"{page}/remove", administrator, {}).status == 303
    assert place.get(administrator, page).status == 404


def test_a_receiver_that_is_gone_is_told_nothing_more(place: Place) -> None:
    gone = Receiver(410)
    administrator = place.person("administrator")
    added = post(place.server, "/console/webhooks", administrator, {"name": "Gone", "url": gone.url, "kinds": "member.changed"})
    page = re.search(r"/console/webhooks/[\w-]+", added.text)[0]
    assert post(place.server, f"{page}/try", administrator, {}).status == 303
    gone.wait_for(1)
    deadline = time.monotonic() + 10
    while "410" not in place.get(administrator, page).text:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert post(place.server, f"{page}/try", administrator, {}).status == 409
    # Told in the reader's language, and not as the database keeps it.
    deadline = time.monotonic() + 10
    while "gone for good" not in place.get(administrator, page).text:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "gone for good" not in place.get(administrator, "/ko" + page).text
    gone.stop()


def test_a_private_address_is_not_reached_unless_a_setting_allows_it(sqlite_place: Place) -> None:
    administrator = sqlite_place.person("administrator")
    inside = Receiver()
    refused = post(
        sqlite_place.server, "/console/webhooks", administrator, {"name": "Inside", "url": inside.url, "kinds": "member.changed"})
    assert refused.status == 422, "without TLS"
    added = post(
        sqlite_place.server, "/console/webhooks", administrator,
        {"name": "Inside", "url": inside.url.replace("http:", "https:"), "kinds": "member.changed"})
    page = re.search(r"/console/webhooks/[\w-]+", added.text)[0]
    post(sqlite_place.server, f"{page}/try", administrator, {})
    deadline = time.monotonic() + 15
    while "private network" not in sqlite_place.get(administrator, page).text:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert inside.seen == []
    inside.stop()
