"""Databases and sites with the association's records in them, and the people who come to a site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from support.engines import Store, new_store
from support.eyes import Watched
from support.program import RECORDS, Answer, Server, hansa, serving
from support.rooms import IN_MEMBERS, Visitor, visitor

ENGINES = ["sqlite", "postgres"]


class Originals:
    """The records, imported once on each engine that is asked for; whoever needs a loaded database gets a copy of that one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stores: dict[str, Store] = {}

    def copy(self, engine: str, folder: Path) -> Store:
        if engine not in self.stores:
            made = new_store(engine, self.folder / engine)
            hansa(made.setting, "db", "migrate").must_succeed()
            hansa(made.setting, "import", str(RECORDS)).must_succeed()
            self.stores[engine] = made
        return self.stores[engine].copied(folder)

    def remove(self) -> None:
        for store in self.stores.values():
            store.remove()


@dataclass
class Place:
    """A site that runs, and its database."""

    store: Store
    server: Server

    def person(self, role: str, member: str = "seoul", name: str | None = None) -> Visitor:
        """Somebody signed in, with one role: in `member` when it is one that is held in a member."""
        return visitor(self.store, role, member if role in IN_MEMBERS else "", name=name)

    def get(self, person: Visitor, path: str) -> Answer:
        return self.server.get(path, Cookie=person.cookie)

    def value(self, sql: str) -> object:
        """The first column of the first row."""
        return self.store.query(sql)[0][0]

    def count(self, table: str, condition: str = "1 = 1") -> int:
        return int(self.value(f"SELECT count(*) FROM {table} WHERE {condition}"))


@contextmanager
def open_place(originals: Originals, engine: str, folder: Path, **settings: str) -> Iterator[Place]:
    """A site with a copy of the records."""
    store = originals.copy(engine, folder)
    try:
        with serving(store.setting, folder, **settings) as server:
            yield Place(store, server)
    finally:
        store.remove()


def enter(seen: Watched, place: Place, person: Visitor, path: str, width: int | None = None) -> Page:
    """Goes to a page as that person."""
    person.enter(seen.page.context, place.server)
    seen.open(path, width=width)
    return seen.page
