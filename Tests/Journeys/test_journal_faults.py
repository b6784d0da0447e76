"""A record changed past the program: `hansa journal verify` finds it and names it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.engines import Store
from support.places import ENGINES, Originals
from support.program import hansa, serving

pytestmark = pytest.mark.faults

TABLE = "journal_entry"


@pytest.fixture(scope="module", params=ENGINES)
def sealed_once(
    request: pytest.FixtureRequest, originals: Originals, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Records whose entries have their place in the log."""
    folder = tmp_path_factory.mktemp("sealed")
    made = originals.copy(request.param, folder)
    with serving(made.setting, folder):
        hansa(made.setting, "journal", "verify").must_succeed()
    assert made.query(f"SELECT count(*) FROM {TABLE}") == made.query("SELECT count(*) FROM journal_sealed")
    yield made
    made.remove()


@pytest.fixture
def sealed(sealed_once: Store, tmp_path: Path) -> Iterator[Store]:
    """The same, to be altered by one test."""
    made = sealed_once.copied(tmp_path / "sealed")
    yield made
    made.remove()


def identities(store: Store) -> list[str]:
    """The entries' ids, oldest first."""
    return [row[0] for row in store.query(f"SELECT id FROM {TABLE} ORDER BY id")]


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def zeros(store: Store) -> str:
    """32 bytes of nothing, in the engine's words."""
    return "zeroblob(32)" if store.engine == "sqlite" else "decode(repeat('00', 32), 'hex')"


def test_journal_without_a_fault_verifies(sealed: Store) -> None:
    outcome = hansa(sealed.setting, "journal", "verify").must_succeed()
    assert str(len(identities(sealed))) in outcome.words.replace(",", ""), "it does not say how many it verified"


def test_every_column_of_an_entry_is_under_the_hash(sealed: Store) -> None:
    chosen = random.Random(1).choice(identities(sealed))
    unnoticed = []
    for column in sealed.columns(TABLE):
        if column in ("id", "leaf_hash"):
            continue
        old = sealed.query(f"SELECT coalesce({column}, '') FROM {TABLE} WHERE id = {literal(chosen)}")[0]
        text = old[0] if old else ""
        changed = ("2" if text[:1] != "2" else "1") + text[1:]
        sealed.change(f"UPDATE {TABLE} SET {column} = {literal(changed)} WHERE id = {literal(chosen)}")
        outcome = hansa(sealed.setting, "journal", "verify")
        if outcome.status == 0 or chosen not in outcome.words:
            unnoticed.append(column)
        back = literal(text) if text else "NULL"
        sealed.change(f"UPDATE {TABLE} SET {column} = {back} WHERE id = {literal(chosen)}")
        hansa(sealed.setting, "journal", "verify").must_succeed()
    assert unnoticed == []


def test_changed_hash_of_an_entry_is_named(sealed: Store) -> None:
    chosen = identities(sealed)[1]
    sealed.change(f"UPDATE {TABLE} SET leaf_hash = {zeros(sealed)} WHERE id = {literal(chosen)}")
    hansa(sealed.setting, "journal", "verify").must_refuse(chosen)


def test_added_entry_is_named(sealed: Store) -> None:
    added = "01900000-0000-7000-8000-000000000000"
    others = [column for column in sealed.columns(TABLE) if column != "id"]
    sealed.change(
        f"INSERT INTO {TABLE} (id, {', '.join(others)}) "
        f"SELECT {literal(added)}, {', '.join(others)} FROM {TABLE} WHERE id = {literal(identities(sealed)[0])}")
    hansa(sealed.setting, "journal", "verify").must_refuse(added)


def test_entries_that_changed_places_are_named(sealed: Store) -> None:
    (first, at), (second, other) = sealed.query("SELECT entry_id, position FROM journal_sealed ORDER BY position LIMIT 2")
    for entry, position in ((first, -1), (second, at), (first, other)):
        sealed.change(f"UPDATE journal_sealed SET position = {position} WHERE entry_id = {literal(entry)}")
    hansa(sealed.setting, "journal", "verify").must_refuse(first)


def test_changed_tree_head_is_found(sealed: Store) -> None:
    sealed.change(f"UPDATE journal_head SET root = {zeros(sealed)}")
    hansa(sealed.setting, "journal", "verify").must_refuse("head")


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_removed_entry_is_named(sealed: Store, which: str) -> None:
    all_ids = identities(sealed)
    chosen = {"first": all_ids[0], "middle": all_ids[len(all_ids) // 2], "last": all_ids[-1]}[which]
    sealed.change(f"DELETE FROM {TABLE} WHERE id = {literal(chosen)}")
    hansa(sealed.setting, "journal", "verify").must_refuse(chosen)


def test_proof_of_an_entry_is_checked_without_a_database(sealed: Store, tmp_path: Path) -> None:
    chosen = identities(sealed)[3]
    proof = tmp_path / "proof.json"
    proof.write_text(hansa(sealed.setting, "journal", "proof", chosen).must_succeed().output, encoding="utf-8")
    nowhere = "sqlite:/nowhere/at/all.sqlite"
    hansa(nowhere, "journal", "check", str(proof)).must_succeed()

    text = proof.read_text(encoding="utf-8")
    json.loads(text)
    digits = [at for at, character in enumerate(text) if character in "0123456789abcdef"]
    random.Random(2).shuffle(digits)
    accepted = []
    for at in digits[:40]:
        other = "1" if text[at] != "1" else "2"
        proof.write_text(text[:at] + other + text[at + 1:], encoding="utf-8")
        if hansa(nowhere, "journal", "check", str(proof)).status == 0:
            accepted.append(text[max(0, at - 30):at + 10])
    # A letter in a name of a field or in a comment may change nothing; a digit of a hash, an id or a place must.
    assert len(accepted) <= 4, accepted

    proof.write_text("{", encoding="utf-8")
    hansa(nowhere, "journal", "check", str(proof)).must_refuse()
    hansa(nowhere, "journal", "check", str(tmp_path / "missing")).must_refuse("missing")


def test_proof_of_an_entry_that_is_not_there(sealed: Store) -> None:
    hansa(sealed.setting, "journal", "proof", "01999999-0000-7000-8000-000000000000").must_refuse("01999999")
