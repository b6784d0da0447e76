"""Pictures and documents on disk: whether they are whole, and whether a backup brings them back."""

from __future__ import annotations

import hashlib
import stat
import uuid
from pathlib import Path

import pytest

from support.engines import Store, new_store
from support.program import Outcome, hansa
from support.rooms import instant, quoted

pytestmark = pytest.mark.files


class Folder:
    """The folder of the files of one installation, filled as the program fills it."""

    def __init__(self, store: Store, path: Path) -> None:
        self.store, self.path = store, path

    def run(self, *arguments: str) -> Outcome:
        return hansa(self.store.setting, *arguments, HANSA_FILES_FOLDER=str(self.path))

    def place(self, digest: str) -> Path:
        return self.path / digest[:2] / digest[2:]

    def put(self, content: bytes, name: str = "letter.pdf") -> str:
        digest = self.record(content, name)
        self.place(digest).parent.mkdir(parents=True, exist_ok=True)
        self.place(digest).write_bytes(content)
        return digest

    def record(self, content: bytes, name: str) -> str:
        """What the database knows of a file, without the file."""
        digest = hashlib.sha256(content).hexdigest()
        now = quoted(instant())
        self.store.change(f"INSERT INTO file (hash, size, touched_at) VALUES ('{digest}', {len(content)}, {now})")
        self.store.change(
            "INSERT INTO file_use (id, hash, type, owner_kind, owner_id, label, name, added_at) VALUES "
            f"('{uuid.uuid4()}', '{digest}', 'pdf', 'member', 'wellington', 'attachment', {quoted(name)}, {now})")
        return digest

    def contents(self) -> dict[str, bytes]:
        return {
            folder.name + file.name: file.read_bytes()
            for folder in self.path.glob("??") for file in folder.iterdir()
        }


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Folder:
    hansa(store.setting, "db", "migrate").must_succeed()
    return Folder(store, tmp_path / "files")


def test_check_finds_what_is_missing_and_altered(folder: Folder) -> None:
    assert "0 file(s)" in folder.run("files", "check").must_succeed().output
    whole = folder.put(b"%PDF whole")
    assert "Nothing is missing" in folder.run("files", "check").must_succeed().output
    altered = folder.put(b"%PDF altered", "Budget\u202e 2026.pdf")
    folder.place(altered).write_bytes(b"%PDF Altered")
    missing = folder.record(b"%PDF missing", "minutes.pdf")
    (folder.path / "aa").mkdir(exist_ok=True)
    (folder.path / "aa" / ("b" * 62)).write_bytes(b"nobody's")
    said = folder.run("files", "check").must_refuse(missing, altered, "minutes.pdf", "wellington").output
    assert whole not in said and "3 file(s) in the records, 1 more" in said
    assert f"missing  {missing}" in said and f"altered  {altered}" in said


def test_backup_brings_files_back(folder: Folder, tmp_path: Path) -> None:
    for number in range(5):
        folder.put(f"%PDF {number}".encode() * 50_000)
    backup = tmp_path / "backup"
    said = folder.run("db", "backup", str(backup)).must_succeed().output
    assert "backup.files" in said
    copied = tmp_path / "backup.files"
    assert stat.S_IMODE(copied.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in copied.glob("??/*"))
    other = new_store(folder.store.engine, tmp_path / "other")
    try:
        restored = Folder(other, tmp_path / "other-files")
        restored.run("db", "restore", str(backup)).must_succeed()
        assert restored.contents() == folder.contents() and len(restored.contents()) == 5
        assert "5 file(s)" in restored.run("files", "check").must_succeed().output
        # Once more over itself changes nothing.
        restored.run("db", "restore", str(backup)).must_succeed()
        assert restored.contents() == folder.contents()
    finally:
        other.remove()


def test_restore_mends_what_was_damaged_since(folder: Folder, tmp_path: Path) -> None:
    damaged, lost = folder.put(b"%PDF one"), folder.put(b"%PDF two")
    folder.run("db", "backup", str(tmp_path / "backup")).must_succeed()
    folder.place(damaged).write_bytes(b"tampered")
    folder.place(lost).unlink()
    folder.run("db", "restore", str(tmp_path / "backup")).must_succeed()
    assert folder.contents() == {damaged: b"%PDF one", lost: b"%PDF two"}
    assert [file.read_bytes() for file in (folder.path / "damaged").iterdir()] == [b"tampered"]


def test_damaged_backup_is_told_and_the_rest_restored(folder: Folder, tmp_path: Path) -> None:
    good, bad = folder.put(b"%PDF good"), folder.put(b"%PDF bad")
    folder.run("db", "backup", str(tmp_path / "backup")).must_succeed()
    (tmp_path / "backup.files" / bad[:2] / bad[2:]).write_bytes(b"%PDF rotten")
    other = new_store(folder.store.engine, tmp_path / "other")
    try:
        restored = Folder(other, tmp_path / "other-files")
        said = restored.run("db", "restore", str(tmp_path / "backup")).must_refuse("database is restored", bad)
        assert good not in said.words
        assert restored.contents() == {good: b"%PDF good"}
    finally:
        other.remove()


def test_backup_names_what_is_damaged_and_keeps_the_rest(folder: Folder, tmp_path: Path) -> None:
    good, bad = folder.put(b"%PDF good"), folder.put(b"%PDF bad")
    folder.place(bad).write_bytes(b"%PDF rotten")
    said = folder.run("db", "backup", str(tmp_path / "backup")).must_refuse(bad, "hansa files check")
    assert good not in said.words and (tmp_path / "backup").is_file()
    assert [file.read_bytes() for file in (tmp_path / "backup.files").glob("??/*")] == [b"%PDF good"]


def test_backup_overwrites_no_folder_and_leaves_no_half(folder: Folder, tmp_path: Path) -> None:
    folder.put(b"%PDF one")
    (tmp_path / "backup.files").mkdir()
    folder.run("db", "backup", str(tmp_path / "backup")).must_refuse("backup.files")
    assert not (tmp_path / "backup").exists()
    assert list((tmp_path / "backup.files").iterdir()) == []


def test_backup_without_files_is_one_file(folder: Folder, tmp_path: Path) -> None:
    folder.run("db", "backup", str(tmp_path / "backup")).must_succeed()
    assert not (tmp_path / "backup.files").exists()
    assert not folder.path.exists(), "looking makes no folder"
