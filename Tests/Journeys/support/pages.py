"""Reading pages without a browser, and finding one page of every kind."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from support.program import Server

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """One element: its name, its attributes, its children (elements and texts)."""

    name: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, name: str | None = None, /, **attributes: str) -> list["Element"]:
        """The elements under this one with that name and those attributes, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                fits = name is None or child.name == name
                if fits and all(child.attributes.get(key) == value for key, value in attributes.items()):
                    found.append(child)
                found += child.all(name, **attributes)
        return found

    def first(self, name: str, /, **attributes: str) -> "Element":
        found = self.all(name, **attributes)
        assert found, f"no <{name}> {attributes} in <{self.name}>"
        return found[0]

    @property
    def text(self) -> str:
        """All text in it, white space folded."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> list[str]:
        if self.name in ("script", "style", "template"):
            return []
        return [text for child in self.children for text in ([child] if isinstance(child, str) else child._texts())]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


def page(server: Server, path: str) -> Element:
    """A page that must be there."""
    answer = server.get(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    assert answer.headers["content-type"].replace(" ", "").lower() == "text/html;charset=utf-8", path
    return parse(answer.text)


def links(document: Element) -> list[str]:
    return [element.attributes["href"] for element in document.all("a") if "href" in element.attributes]


def member_links(document: Element) -> list[tuple[str, str]]:
    """The members that the page's main table lists, as (key, name), in order."""
    found = []
    for body in document.first("main").all("tbody"):
        for row in body.all("tr"):
            for anchor in row.all("a"):
                path = urlsplit(anchor.attributes.get("href", "")).path
                if path.startswith("/members/"):
                    found.append((path.removeprefix("/members/"), anchor.text))
                    break
    return found


def all_member_links(server: Server, path: str) -> list[tuple[str, str]]:
    """The same through all pages of a list, following rel=next."""
    found, seen = [], set()
    while path not in seen:
        seen.add(path)
        document = page(server, path)
        found += member_links(document)
        following = [a for a in document.all("a") + document.all("link") if "next" in a.attributes.get("rel", "").split()]
        if not following:
            return found
        address = urlsplit(urljoin(path, following[0].attributes["href"]))
        path = address.path + (f"?{address.query}" if address.query else "")
    raise AssertionError(f"rel=next goes in a circle at {path}")


def rows_of_csv(server: Server, path: str) -> list[dict[str, str]]:
    answer = server.get(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    assert answer.headers["content-type"].startswith("text/csv"), answer.headers["content-type"]
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def first_link(server: Server, path: str, prefix: str) -> str:
    """The first link on a page that starts with `prefix` and goes further."""
    found = [link for link in links(page(server, path)) if link.startswith(prefix) and len(link) > len(prefix)]
    assert found, f"no link to {prefix}… on {path}"
    return found[0].split("#")[0]


def option_values(document: Element, select: str) -> list[str]:
    """What a filter offers, without its empty choice."""
    chooser = document.first("main").first("select", name=select)
    return [option.attributes["value"] for option in chooser.all("option") if option.attributes.get("value")]


# One page of every kind: a name for the test's report, and how to find it.
KINDS = {
    "home": lambda server: "/",
    "members": lambda server: "/members",
    "search": lambda server: "/members?q=seoul",
    "search-without-result": lambda server: "/members?q=qqqqqqqq",
    "filtered": lambda server: "/members?on=2020-12-31&sort=name&page=1",
    "member": lambda server: "/members/" + member_links(page(server, "/members?q=seoul"))[0][0],
    "countries": lambda server: "/countries",
    "country": lambda server: first_link(server, "/countries", "/countries/"),
    "region": lambda server: "/regions/" + option_values(page(server, "/members"), "region")[0],
    "map": lambda server: "/map",
    "figures": lambda server: "/figures",
    "figure": lambda server: first_link(server, "/figures", "/figures/"),
    "about": lambda server: "/about",
    "join": lambda server: "/join",
    "dues": lambda server: "/dues",
    "dues-asked": lambda server: "/dues?year=2022&with=2024&category=corporation&kind=sme&employees=240",
    "dues-figures": lambda server: "/dues/figures",
    "developers": lambda server: "/developers",
    "not-found": lambda server: "/there-is-no-such-page",
}


class Addresses(dict):
    """The path of one page of every kind, looked for when it is asked for: one page that is missing fails its own tests."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    def __missing__(self, kind: str) -> str:
        self[kind] = KINDS[kind](self.server)
        return self[kind]
