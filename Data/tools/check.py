#!/usr/bin/env python3
"""Checks Data/wego: that the files agree with each other, and with the reports.

    python3 Data/tools/check.py [--data FOLDER] [--reports FOLDER]

Without --reports only the files are checked against each other. With it, every
name of a roll, every name of a member, every person and every participant must
stand in the text of its report. Prints each problem and exits 1 if there is one.
"""
import argparse
import csv
import datetime
import html
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import derive  # noqa: E402

REPORT_TITLES = {
    "AB10": "10th Anniversary Commemorative Book",
    "AR2020": "MEMBER OVERVIEW\n\n209 Members as of December 2020",
    "AR2021": "2021 ANNUAL REPORT",
    "GA5": "Memorandum of the 5th WeGO General Assembly",
    "GA6": "ACTIVITY REPORT\n\n## 6<sup>th</sup> WeGO General Assembly 2023",
}
VOCABULARY = {
    ("members", "category"): {"local-government", "institution", "corporation"},
    ("members", "region"): {"africa", "americas", "asia-pacific", "europe", "middle-east", ""},
    ("names", "kind"): {"name", "alias", "printed"},
    ("statuses", "status"): {"member", "withdrawn", "suspended", "terminated", "left"},
    ("decisions", "body"): {"general-assembly", "executive-committee", "secretariat"},
    ("figures", "kind"): {"population", "area", "employees"},
    ("people", "role"): {"head-of-government", "representative"},
    ("offices", "office"): {
        "president-city", "executive-vice-president-city", "vice-president-city",
        "executive-committee", "regional-office", "host-city",
    },
    ("events", "kind"): {"general-assembly", "executive-committee"},
    ("participations", "capacity"): {"delegate", "voter", "observer"},
    ("participations", "mode"): {"on-site", "online", "ballot"},
    ("circumstances", "circumstance"): {"inactive", "defunct", "withdrawal-letter-pending"},
    ("circumstances", "comparison"): {"more-than", "at-least", ""},
    ("rolls", "category"): {"local-government", "institution", "corporation"},
    ("statements", "subject"): {
        "members", "local-governments", "institutions", "corporations", "members-in-region",
        "founders", "countries", "joins", "withdrawals", "suspensions", "terminations",
        "growth-percent", "growth-percent-category", "quorum", "members-present",
        "population-represented", "votes-cast", "votes-for-host", "participants", "viewers",
        "cities", "fees-approved",
    },
    ("explanations", "kind"): {"adds", "removes", "unknown", "unexplained"},
}
KEYS = {  # the columns that make a row the only one of its kind
    "sources": ["code"],
    "members": ["member"],
    "decisions": ["decision"],
    "events": ["event"],
    "statements": ["statement"],
    "names": ["member", "name", "language", "kind", "from"],
    "statuses": ["member", "status", "earliest"],
    "figures": ["member", "kind", "value", "year_earliest", "source", "locator"],
    "people": ["member", "person", "date"],
    "offices": ["member", "office", "detail", "from"],
    "participations": ["event", "member", "capacity"],
    "circumstances": ["member", "circumstance", "as_of", "source"],
    "rolls": ["roll", "position"],
    "explanations": ["statement", "member", "kind", "explanation"],
    "contradictions": ["member", "topic", "reading_a", "reading_b", "locator_b"],
}
DATES = {
    "decisions": [("date_earliest", "date_latest")],
    "statuses": [("earliest", "latest")],
    "offices": [("from", "to")],
    "names": [("from", "to")],
    "events": [("date_from", "date_to")],
    "statements": [("as_of", "as_of_latest")],
    "people": [("date", "date")],
    "circumstances": [("as_of", "as_of")],
}
REGION_COUNTS = {  # roll, region -> names that the print holds
    ("2020-12-31", "africa"): 47, ("2020-12-31", "europe"): 17,
    ("2020-12-31", "middle-east"): 8, ("2020-12-31", "asia-pacific"): 73,
    ("2020-12-31", "americas"): 9,  # ten are printed, nine named
    ("2021-12-31", "africa"): 47, ("2021-12-31", "europe"): 17,
    ("2021-12-31", "middle-east"): 8, ("2021-12-31", "asia-pacific"): 74,
    ("2021-12-31", "americas"): 14, ("2021-12-31", ""): 16,
}
ROLL_COUNTS = {
    "founders": 50, "joined-2020": 26, "joined-2021": 8, "approved-2021": 5,
    "withdrawn-2021": 4, "joined-2021-2023": 18, "withdrawn-2021-2023": 6,
    "suspended-2023": 22, "terminated-2023": 20,
}


class Check:
    def __init__(self, folder):
        self.problems = []
        self.tables = {
            path.stem: self.load(path) for path in sorted(Path(folder).glob("*.csv"))
        }
        for name in sorted(set(KEYS) - set(self.tables)):
            self.problem(f"{name}.csv is missing")
            self.tables[name] = []
        self.folder = folder

    def problem(self, text):
        self.problems.append(text)

    def load(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows, 2):
            row["#"] = f"{path.name}:{number}"
            for column, value in row.items():
                if value is None or column is None:
                    self.problem(f"{path.name}:{number}: wrong number of fields")
                elif value != value.strip() or value != unicodedata.normalize("NFC", value):
                    self.problem(f"{path.name}:{number}: {column}: stray space or not NFC: {value!r}")
        return rows

    # -- the files among themselves

    def internal(self):
        members = {row["member"] for row in self.tables["members"]}
        sources = {row["code"] for row in self.tables["sources"]}
        decisions = {row["decision"] for row in self.tables["decisions"]} | {""}
        statements = {row["statement"] for row in self.tables["statements"]}
        events = {row["event"] for row in self.tables["events"]}
        for name, rows in self.tables.items():
            if name not in KEYS:
                self.problem(f"{name}.csv is not known to this check")
                continue
            seen = Counter(tuple(row[column] for column in KEYS[name]) for row in rows)
            for key, count in seen.items():
                if count > 1:
                    self.problem(f"{name}.csv: {count} rows with the same {KEYS[name]}: {key}")
            for row in rows:
                self.references(name, row, members, sources, decisions, statements, events)
                self.vocabulary(name, row)
                self.dates(name, row)
        self.member_rules(members)

    def references(self, name, row, members, sources, decisions, statements, events):
        at = row["#"]
        optional = name in {"explanations", "contradictions"}
        if "member" in row and row["member"] not in members and not (optional and not row["member"]):
            self.problem(f"{at}: no such member: {row['member']!r}")
        for column in ("source", "source_a", "source_b"):
            if column in row and row[column] not in sources:
                self.problem(f"{at}: no such source: {row[column]!r}")
        if row.get("source") not in {None, "HAND", "GEONAMES"} and not row.get("locator"):
            self.problem(f"{at}: no locator")
        if name != "decisions" and row.get("decision", "") not in decisions:
            self.problem(f"{at}: no such decision: {row['decision']!r}")
        if name == "explanations" and row["statement"] not in statements:
            self.problem(f"{at}: no such statement: {row['statement']!r}")
        if name == "participations" and row["event"] not in events:
            self.problem(f"{at}: no such event: {row['event']!r}")
        if name == "members" and row["coordinates_source"] not in sources | {""}:
            self.problem(f"{at}: no such source of coordinates: {row['coordinates_source']!r}")

    def vocabulary(self, name, row):
        for (table, column), words in VOCABULARY.items():
            if table == name and row[column] not in words:
                self.problem(f"{row['#']}: {column} is {row[column]!r}, not one of {sorted(words)}")

    def dates(self, name, row):
        for first, last in DATES.get(name, []):
            days = []
            for column in (first, last):
                if not row[column] and name in {"names", "offices"}:
                    continue
                try:
                    days.append(datetime.date.fromisoformat(row[column]))
                except ValueError:
                    self.problem(f"{row['#']}: {column} is not a date: {row[column]!r}")
            if len(days) == 2 and days[0] > days[1]:
                self.problem(f"{row['#']}: {first} lies after {last}")

    def member_rules(self, members):
        first = {}
        for row in self.tables["statuses"]:
            first.setdefault(row["member"], row["status"])
        named = {row["member"] for row in self.tables["names"] if row["kind"] == "name"}
        for row in self.tables["members"]:
            key, at = row["member"], row["#"]
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
                self.problem(f"{at}: key is no lower-case ASCII slug: {key}")
            if first.get(key) != "member":
                self.problem(f"{at}: {key} has no status, or its first is not member")
            if key not in named:
                self.problem(f"{at}: {key} has no name in names.csv")
            if row["country"] and not re.fullmatch(r"[A-Z]{2}", row["country"]):
                self.problem(f"{at}: country is not ISO 3166 alpha-2: {row['country']!r}")
            self.coordinates(row)
        for row in self.tables["circumstances"]:
            if (row["circumstance"] == "inactive") != (row["years"].isdecimal() and row["comparison"] != ""):
                self.problem(f"{row['#']}: inactivity, and it alone, has years and how they are meant")
        categories = {row["member"]: row["category"] for row in self.tables["members"]}
        for row in self.tables["rolls"]:
            if categories.get(row["member"]) != row["category"]:
                self.problem(f"{row['#']}: category differs from members.csv: {row['member']}")

    def coordinates(self, row):
        parts = [row["latitude"], row["longitude"], row["coordinates_source"]]
        if any(parts) and not all(parts):
            self.problem(f"{row['#']}: coordinates are incomplete")
        if all(parts) and not (-90 <= float(parts[0]) <= 90 and -180 <= float(parts[1]) <= 180):
            self.problem(f"{row['#']}: coordinates out of range")

    def counts(self):
        printed = Counter((row["roll"], row["region"]) for row in self.tables["rolls"])
        for key, expected in REGION_COUNTS.items():
            if printed[key] != expected:
                self.problem(f"rolls.csv: {key} holds {printed[key]} names, not {expected}")
        rolls = Counter(row["roll"] for row in self.tables["rolls"])
        for roll, expected in ROLL_COUNTS.items():
            if rolls[roll] != expected:
                self.problem(f"rolls.csv: {roll} holds {rolls[roll]} names, not {expected}")
        regions = {row["member"]: row["region"] for row in self.tables["members"]}
        for row in self.tables["rolls"]:
            if row["region"] and regions.get(row["member"]) != row["region"]:
                self.problem(f"{row['#']}: region differs from members.csv: {row['member']}")
        for statement, published, derived, difference, kinds in derive.table(derive.Records(self.folder)):
            if difference != 0 and not kinds:
                self.problem(
                    f"statements.csv: {statement['statement']}: published {published}, derived {derived},"
                    " and nothing in explanations.csv"
                )
            if difference == 0 and kinds:
                self.problem(f"explanations.csv: {statement['statement']} needs no explanation")

    # -- the files against the reports

    def against(self, folder):
        texts = {}
        for path in sorted(Path(folder).glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            for code, mark in REPORT_TITLES.items():
                if mark in text:
                    texts[code] = fold(text)
        for code in sorted(set(REPORT_TITLES) - set(texts)):
            self.problem(f"{folder}: no text of {code} found")
            return
        for row in self.tables["rolls"]:
            self.stands(texts, row, row["name_printed"])
            if row["country_printed"]:
                self.stands(texts, row, row["country_printed"])
        found = set()
        for row in self.tables["names"]:
            if row["source"] in texts:
                self.stands(texts, row, row["name"])
                found.add(row["member"])
        for row in self.tables["members"]:
            if row["member"] not in found:
                self.problem(f"{row['#']}: {row['member']} has no name from a report")
        for row in self.tables["people"]:
            for word in row["person"].split():
                self.stands(texts, row, word)
        for row in self.tables["participations"]:
            self.stands(texts, row, row["printed"])
        for row in self.tables["figures"]:
            if row["kind"] == "population" and not row["note"].startswith("Printed as"):
                self.stands(texts, row, f"{int(row['value']):,}")

    def stands(self, texts, row, name):
        if not standing(texts[row["source"]], name):
            self.problem(f"{row['#']}: {row['source']} does not hold {name!r}")


def fold(text):
    """The text in readings with broken words joined, without them, and white space as one blank."""
    text = unicodedata.normalize("NFC", html.unescape(re.sub(r"</?(?:b|i|sup|p|ul|li)[^>]*>", "", text)))
    joined = re.sub(r"-\n\s*", "-", text)
    unbroken = re.sub(r"-\n\s*", "", text)
    return " \n ".join(re.sub(r"\s+", " ", reading) for reading in (text, joined, unbroken))


def standing(text, name):
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def main():
    parser = argparse.ArgumentParser(description="Checks Data/wego.")
    parser.add_argument("--data", default=Path(__file__).resolve().parent.parent / "wego")
    parser.add_argument("--reports", help="folder with the texts of the five reports")
    options = parser.parse_args()
    check = Check(options.data)
    check.internal()
    if not check.problems:
        check.counts()
    if options.reports:
        check.against(options.reports)
    for problem in check.problems:
        print(problem)
    rows = sum(len(rows) for rows in check.tables.values())
    print(f"{rows} rows in {len(check.tables)} files, {len(check.problems)} problems")
    sys.exit(1 if check.problems else 0)


if __name__ == "__main__":
    main()
