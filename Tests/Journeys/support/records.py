"""Copies of the association's records that are broken in one place."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from support.program import RECORDS

DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


@dataclass
class Spot:
    """One cell of one file: rows count from 0 without the heading."""

    file: Path
    row: int
    column: int


class Copy:
    """A copy of Data/wego in a folder of one's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "records"
        shutil.copytree(RECORDS, self.folder)

    def files(self) -> list[Path]:
        found = sorted(self.folder.glob("*.csv"))
        assert found, f"no CSV files in {RECORDS}"
        return found

    @staticmethod
    def read(file: Path) -> tuple[list[str], list[list[str]]]:
        lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        return lines[0], lines[1:]

    @staticmethod
    def write(file: Path, heading: list[str], rows: list[list[str]]) -> None:
        with open(file, "w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([heading, *rows])

    def members_file(self) -> Path:
        """The file that the members come from: `member` is their key, `name` the name in use."""
        return self.folder / "members.csv"

    def dated_spot(self) -> Spot:
        """The last cell of the status history that holds a day."""
        file = self.folder / "statuses.csv"
        heading, rows = self.read(file)
        column = heading.index("earliest")
        return max(
            (Spot(file, number, column) for number, row in enumerate(rows) if DAY.match(row[column])),
            key=lambda spot: spot.row)

    def put(self, spot: Spot, text: str) -> None:
        heading, rows = self.read(spot.file)
        rows[spot.row][spot.column] = text
        self.write(spot.file, heading, rows)
