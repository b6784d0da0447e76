"""Requests that no honest browser sends: each gets an answer, and the next reader does not notice."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from support.eyes import watched
from support.pages import links, member_links, page, parse
from support.program import Server, raw, request, status_of

pytestmark = pytest.mark.hostile

REFUSED = {400, 404, 413, 414, 431}


@pytest.fixture(autouse=True)
def still_serves(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test the same process answers as before."""
    site = request.getfixturevalue("site" if "site" in request.fixturenames else "sqlite_site")
    process = site.process.pid
    yield
    assert site.runs() and site.process.pid == process, f"it died:\n{site.said()[-3000:]}"
    assert site.get("/healthz", seconds=5).status == 200


def get_raw(site: Server, target: bytes, host: str = "127.0.0.1", more: bytes = b"") -> bytes:
    head = b"GET " + target + b" HTTP/1.1\r\nHost: " + host.encode() + b"\r\nConnection: close\r\n" + more + b"\r\n"
    return raw(site.port, head)


def test_query_of_a_megabyte_is_refused(site: Server) -> None:
    received = get_raw(site, b"/members?q=" + b"a" * 1_000_000)
    # Some servers can only close the connection at this point; being told is better.
    assert status_of(received) in {400, 413, 414, 431}, received[:300]


def test_header_of_a_megabyte_is_refused(site: Server) -> None:
    received = get_raw(site, b"/", more=b"X-Long: " + b"a" * 1_000_000 + b"\r\n")
    # The parser does not say whether the address or a header was too long.
    assert status_of(received) in {400, 413, 414, 431}, received[:300]


def test_ten_thousand_parameters_are_no_burden(site: Server) -> None:
    began = time.monotonic()
    answer = site.get("/members?" + "&".join(f"a{number}=b" for number in range(1500)))
    assert answer.status in {200} | REFUSED
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("number", [
    "1000000000000000000", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "0", "-1",
    "-9223372036854775808", "1.5", "1e3", "", "abc", "0x10", "%00", "١", " 1",
])
def test_page_number_that_is_none(site: Server, number: str) -> None:
    answer = site.get(f"/members?page={quote(number, safe='%')}", seconds=5)
    assert answer.status in {200, 400, 404}, answer.text[:300]
    assert answer.headers["content-type"].startswith("text/html")
    if answer.status == 200:
        assert parse(answer.text).first("main").first("h1").text


@pytest.mark.parametrize("day", [
    "2021-02-30", "2021-13-01", "0000-00-00", "9999-12-31", "99999-01-01", "-1", "yesterday", "2021-1-1", "20211231",
    "2021-12-31T00:00:00Z", "%00", "2021-12-31'", "１２３４-０１-０１",
])
def test_day_that_is_none(site: Server, day: str) -> None:
    answer = site.get(f"/members?on={quote(day, safe='%')}", seconds=5)
    assert answer.status in {200, 400, 404, 422}, answer.text[:300]
    if answer.status == 200 and day not in ("9999-12-31",):
        said = parse(answer.text).first("main").text.lower()
        assert re.search(r"date|day", said), "the reader is not told that the date was not understood"


@pytest.mark.parametrize("parameter", ["region", "country", "category", "tag", "status", "sort"])
@pytest.mark.parametrize("value", ["no-such", "'", '"><b>', "%00", "%ff", "a" * 5000, "../../etc/passwd"])
def test_filter_that_does_not_exist(site: Server, parameter: str, value: str) -> None:
    answer = site.get(f"/members?{parameter}={quote(value, safe='%')}", seconds=5)
    assert answer.status in {200, 400, 404, 422}, answer.text[:300]
    assert b'"><b>' not in answer.body


TRAVERSALS = [
    "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5c..%5cetc%5cpasswd", "..\\..\\..\\etc\\passwd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd", "....//....//....//etc/passwd", "..;/..;/..;/etc/passwd",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "..%00/..%00/etc/passwd", "/etc/passwd", "//etc/passwd", ".git/config",
    "..", ".", "%2e%2e", "", "~root/.bashrc", "..%2fPackage.swift", "../Package.swift",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_the_assets(site: Server, path: str) -> None:
    style = next(
        each.attributes["href"] for each in page(site, "/").all("link") if "stylesheet" in each.attributes.get("rel", ""))
    folder = style.split("?")[0].rsplit("/", 1)[0] + "/"
    for start in ("/", folder, "/members/", "/countries/", "/regions/", "/figures/"):
        received = get_raw(site, (start + path).encode())
        status = status_of(received)
        assert b"root:" not in received and b"[core]" not in received and b"PackageDescription" not in received
        harmless = {200, 301, 302, 303, 307, 308} if path in ("", ".", "..", "%2e%2e") or "/.." in path else set()
        assert status in REFUSED | harmless or (status == 200 and start == "/" and path == ""), f"{start}{path}: {status}"


def test_assets_folder_is_not_listed(site: Server) -> None:
    style = next(
        each.attributes["href"] for each in page(site, "/").all("link") if "stylesheet" in each.attributes.get("rel", ""))
    folder = style.split("?")[0].rsplit("/", 1)[0] + "/"
    if folder != "/":
        assert site.get(folder).status == 404


SCRIPTS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>", "</title><script>alert(1)//",
    "javascript:alert(1)", "{{7*7}}", "&lt;script&gt;", "\u2028<script>", "<!--", "]]>", "--><script>alert(1)</script>",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_script_in_the_search_is_shown_as_text(site: Server, text: str) -> None:
    answer = site.get(f"/members?q={quote(text)}")
    assert answer.status == 200
    for broken in ("<script>alert", "<img src=x", "<svg onload", "</title><script", "<!-- "):
        assert broken not in answer.text
    shown = [each.attributes.get("value") for each in parse(answer.text).first("main").all("input", name="q")]
    assert shown == [text]
    assert parse(answer.text).first("main").all("script") == []


def test_script_in_the_search_does_not_run(browser: Browser, sqlite_site: Server) -> None:
    with watched(browser, sqlite_site) as seen:
        dialogs = []
        seen.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for text in SCRIPTS:
            seen.open(f"/members?q={quote(text)}")
            seen.page.wait_for_timeout(50)
        assert dialogs == [] and seen.elsewhere == []
        assert seen.page.evaluate("window.__brokenPolicies") == []


@pytest.mark.parametrize("text", [
    "' OR 1=1 --", "'; DROP TABLE member; --", "%", "_", "\\", '"', "*", "a*", '"a" OR "b"', "NEAR(a b)", "a AND b", "NOT a",
    "name:a", "^a", "-a", "+a", "(", ")", "a\tb", "\\%", "$1", "?", ":x", "%s%n", "\x00", "a\x00b", "😀",
    "e\u0301" * 200, "\u202e", "\u200b", "ß", "İ", "ﬁ", "가" * 100, "a " * 400,
])
def test_search_takes_any_text(site: Server, text: str) -> None:
    began = time.monotonic()
    answer = site.get(f"/members?q={quote(text)}", seconds=10)
    assert answer.status in ({200, 400} if "\x00" in text else {200}), answer.text[:300]
    assert time.monotonic() - began < 5
    everybody = len(member_links(page(site, "/members")))
    if "OR 1=1" in text or "DROP" in text:
        assert len(member_links(parse(answer.text))) < everybody, "the quote ended the text"
    assert len(member_links(page(site, "/members"))) == everybody


@pytest.mark.parametrize("bytes_", ["%ff%fe", "%c3", "%c3%28", "%ed%a0%80", "%f8%88%80%80%80", "%", "%zz", "%u0041", "+"])
def test_text_that_is_no_utf8(site: Server, bytes_: str) -> None:
    for target in (f"/members?q={bytes_}", f"/members/{bytes_}", f"/{bytes_}"):
        status = status_of(get_raw(site, target.encode()))
        assert status in {200} | REFUSED, f"{target}: {status}"


def test_raw_bytes_in_the_target_are_refused_or_harmless(site: Server) -> None:
    for target in (b"/members?q=\xff\xfe", b"/\x80", b"/members?q=\xec\x84\x9c", b"/members?q=\x7f"):
        assert status_of(get_raw(site, target)) in {0, 200} | REFUSED, target


@pytest.mark.parametrize("path", ["/", "/members", "/members.csv", "/feed.atom", "/healthz", "/there-is-no-such-page"])
def test_head_is_get_without_the_body(site: Server, path: str) -> None:
    got, head = site.get(path), site.get(path, method="HEAD")
    assert head.status == got.status
    assert head.body == b""
    assert head.headers["content-type"] == got.headers["content-type"]
    if "content-length" in got.headers:
        assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused_with_those_that_are_allowed(site: Server, method: str) -> None:
    target = "127.0.0.1:1" if method == "CONNECT" else "/members"
    sent = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    received = raw(site.port, sent.encode())
    assert status_of(received) in ({400, 404, 405, 501} if method in ("CONNECT", "PROPFIND") else {405}), received[:200]
    if status_of(received) == 405:
        allowed = re.search(rb"(?im)^allow: (.*?)\r$", received)
        assert allowed and b"GET" in allowed[1] and b"HEAD" in allowed[1]


def test_body_that_nobody_asked_for_is_not_swallowed(site: Server) -> None:
    sent = b"POST /members HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 104857600\r\n\r\n" + b"a" * 4_000_000
    assert status_of(raw(site.port, sent, seconds=5)) in {0, 400, 404, 405, 413}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "evil.example/path", '"><evil>'])
def test_host_header_is_not_believed(site: Server, host: str) -> None:
    received = get_raw(site, b"/", host=host)
    assert status_of(received) in {200, 400, 421}
    assert b"evil.example" not in received and b"<evil>" not in received
    assert b"evil.example" not in get_raw(site, b"/sitemap.xml", host=host, more=b"X-Forwarded-Host: evil.example\r\n")


def test_line_breaks_do_not_reach_the_headers(site: Server) -> None:
    broken = "%0d%0aX-Evil:%201"
    for target in (f"/members?q={broken}", f"/members/{broken}", f"/{broken}", "/members?sort=%0aX-Evil:1"):
        head = get_raw(site, target.encode()).partition(b"\r\n\r\n")[0]
        assert b"\r\nx-evil" not in head.lower()


@pytest.mark.parametrize(
    "target", ["//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "/members/", "/members//", "/MEMBERS"])
def test_no_redirect_leaves_the_site(site: Server, target: str) -> None:
    head = get_raw(site, target.encode()).partition(b"\r\n\r\n")[0]
    location = re.search(rb"(?im)^location: (.*?)\r?$", head)
    if location:
        assert re.match(rb"/[^/\\]|/$|http://127\.0\.0\.1", location[1]), location[1]


@pytest.mark.parametrize("sent", [
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    b"GET  HTTP/1.1\r\n\r\n",
    b"\r\n\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    b"GET / HTTP/1.1\r\n Host: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX\x00: b\r\n\r\n",
], ids=[
    "two-lengths", "lengths-differ", "negative", "version", "no-target", "blank", "tls", "http2", "huge-chunk", "fold", "nul",
])
def test_broken_http_is_refused(site: Server, sent: bytes) -> None:
    received = raw(site.port, sent, seconds=2)
    assert status_of(received) in {0, 200, 400, 404, 405, 431, 505}
    assert received.count(b"HTTP/1.1 200") <= 1, "one request, two answers"


def test_request_without_host_is_refused_or_answered(site: Server) -> None:
    assert status_of(raw(site.port, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", seconds=5)) in {200, 400}


def test_policies_are_strict(site: Server) -> None:
    for path in ("/", "/members", "/there-is-no-such-page", "/members?page=abc", "/members.csv"):
        headers = site.get(path).headers
        policy = headers["content-security-policy"]
        for loose in ("unsafe-inline", "unsafe-eval", "data:", "*", "http:"):
            assert loose not in policy.replace("img-src 'self' data:", ""), f"{path}: {policy}"
        assert re.search(r"default-src '(none|self)'", policy), policy
        for directive in ("base-uri", "form-action", "frame-ancestors"):
            assert directive in policy, f"{directive} does not fall back on default-src: {policy}"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]
        assert "set-cookie" not in headers
        assert not re.search(r"\d", headers.get("server", "")), "which version runs is nobody's business"


def test_errors_tell_readers_nothing_about_the_inside(site: Server) -> None:
    for path in ("/there-is-no-such-page", "/members/no-such-member", "/figures/none", "/countries/xx", "/regions/none"):
        answer = site.get(path)
        assert answer.status == 404
        document = parse(answer.text)
        assert document.first("main").first("h1").text
        assert any(link == "/" or link.startswith("/members") for link in links(document)), "no way on"
        for inside in (".swift", "SQLITE", "libpq", "SELECT ", "/Sources/", "Error Domain"):
            assert inside not in answer.text


def test_measures_and_the_empty_route_are_not_public(site: Server) -> None:
    assert site.get("/metrics").status == 404
    assert site.get("/empty").status == 404, "it is for measurements, with HANSA_BENCH=true"
    measures = request(site.metrics_port, "/metrics")
    assert measures.status == 200
    assert re.search(r"(?m)^# TYPE \w+ (counter|gauge|histogram|summary)$", measures.text)
    before = measures.text
    site.get("/members")
    assert request(site.metrics_port, "/metrics").text != before


def test_answer_is_compressed_for_those_who_ask(site: Server) -> None:
    plain = site.get("/members")
    packed = site.get("/members", Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers.get("content-encoding") == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "accept-encoding" in packed.headers.get("vary", "").lower()
    assert len(packed.body) < len(plain.body) / 2


def test_request_id_stands_in_answer_and_log(site: Server) -> None:
    answer = site.get("/members?q=oslo-request")
    identity = answer.headers["x-request-id"]
    time.sleep(0.2)
    assert identity in site.said()
    forged = site.get("/members", X_Request_Id="forged\tvalue {}")
    assert "forged\tvalue" not in site.said() or "forged" not in forged.headers["x-request-id"]


def test_slow_clients_do_not_hold_up_others(site: Server) -> None:
    held = []
    try:
        for _ in range(128):
            connection = socket.create_connection(("127.0.0.1", site.port), timeout=5)
            connection.sendall(b"GET /members HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            held.append(connection)
        for _ in range(5):
            began = time.monotonic()
            assert site.get("/members", seconds=5).status == 200
            assert time.monotonic() - began < 4
            for connection in held:
                try:
                    connection.sendall(b"a")
                except OSError:
                    pass  # Closed by the server: so much the better.
    finally:
        for connection in held:
            connection.close()


def test_reader_that_does_not_read_holds_up_nobody(site: Server) -> None:
    held = []
    try:
        for _ in range(32):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.connect(("127.0.0.1", site.port))
            connection.sendall(b"GET /members.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20)
            held.append(connection)
        assert site.get("/members", seconds=5).status == 200
    finally:
        for connection in held:
            connection.close()


@pytest.mark.timeout(150)
def test_request_that_never_ends_is_dropped(sqlite_site: Server) -> None:
    with socket.create_connection(("127.0.0.1", sqlite_site.port), timeout=100) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Never")
        began = time.monotonic()
        try:
            while connection.recv(4096):
                pass
        except TimeoutError:
            pass
    assert time.monotonic() - began < 75, "a minute is enough for a request"


def test_many_readers_at_once_get_the_same(site: Server) -> None:
    expected = site.get("/members?q=dhaka").body
    wrong: list[object] = []

    def read() -> None:
        for _ in range(10):
            try:
                if site.get("/members?q=dhaka").body != expected:
                    wrong.append("another body")
            except OSError as error:
                wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
