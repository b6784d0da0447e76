#!/usr/bin/env python3
"""Counts from the records what the reports state, and prints both.

    python3 Data/tools/derive.py [folder of the CSV files]

The roll on a day holds each member whose last status in force by that day is
`member` or `suspended`. A status is in force from its `latest` day on: what is
only known to have happened within bounds counts when the bounds have passed.
"""
import csv
import math
import sys
from pathlib import Path

ON_THE_ROLL = {"member", "suspended"}
CATEGORY_OF_SUBJECT = {
    "local-governments": "local-government",
    "institutions": "institution",
    "corporations": "corporation",
}
STATUS_OF_SUBJECT = {
    "joins": "member",
    "withdrawals": "withdrawn",
    "suspensions": "suspended",
    "terminations": "terminated",
}


def read(folder, name):
    with open(Path(folder) / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Records:
    def __init__(self, folder):
        self.members = {row["member"]: row for row in read(folder, "members")}
        self.statuses = read(folder, "statuses")
        self.rolls = read(folder, "rolls")
        self.events = read(folder, "events")
        self.participations = read(folder, "participations")
        self.figures = read(folder, "figures")
        self.statements = read(folder, "statements")
        self.explanations = read(folder, "explanations")

    def roll(self, day, category="", region=""):
        """Keys of the members on the roll on an ISO day."""
        last = {}
        for row in sorted(self.statuses, key=lambda row: row["latest"]):
            if row["latest"] <= day:
                last[row["member"]] = row["status"]
        return {
            key
            for key, status in last.items()
            if status in ON_THE_ROLL and self.matches(key, category, region)
        }

    def matches(self, key, category, region):
        member = self.members[key]
        return (not category or member["category"] == category) and (
            not region or member["region"] == region
        )

    def changes(self, status, first, last, category=""):
        """Keys of the members that took a status within a period, both ends included."""
        return {
            row["member"]
            for row in self.statuses
            if row["status"] == status
            and first <= row["earliest"]
            and row["latest"] <= last
            and self.matches(row["member"], category, "")
        }

    def present(self, day, capacities, category=""):
        events = {
            event["event"]
            for event in self.events
            if event["date_from"] <= day <= event["date_to"]
        }
        return {
            row["member"]
            for row in self.participations
            if row["event"] in events
            and row["capacity"] in capacities
            and self.matches(row["member"], category, "")
        }

    def derive(self, statement):
        """The figure that the records give, or None where they cannot give one."""
        subject = statement["subject"]
        first, last = statement["as_of"], statement["as_of_latest"]
        category = statement["category"] or CATEGORY_OF_SUBJECT.get(subject, "")
        if subject in {"members", "members-in-region", *CATEGORY_OF_SUBJECT}:
            return len(self.roll(last, category, statement["region"]))
        if subject == "founders":
            return sum(row["roll"] == "founders" for row in self.rolls)
        if subject in STATUS_OF_SUBJECT:
            return len(self.changes(STATUS_OF_SUBJECT[subject], first, last, category))
        if subject == "growth-percent-category":
            joined = sum(
                row["roll"] == f"joined-{last[:4]}" and row["category"] == category
                for row in self.rolls
            )
            before = len(self.roll(last, category)) - joined
            return round(100 * joined / before)
        if subject == "quorum":
            return math.ceil(len(self.roll(last, "local-government")) / 4)
        if subject == "members-present":
            return len(self.present(last, {"delegate", "observer"}, category))
        if subject == "votes-cast":
            return sum(row["capacity"] == "voter" for row in self.participations)
        if subject == "population-represented":
            present = self.present(last, {"delegate"}, category)
            return sum(
                int(row["value"])
                for row in self.figures
                if row["member"] in present
                and row["kind"] == "population"
                and row["source"] == statement["source"]
                and row["locator"] == statement["locator"]
            )
        return None


def table(records):
    """(statement, published, derived or None, difference or None, kinds of explanation)"""
    kinds = {}
    for row in records.explanations:
        kinds.setdefault(row["statement"], []).append(row["kind"])
    for statement in records.statements:
        published = int(statement["value"])
        derived = records.derive(statement)
        difference = None if derived is None else derived - published
        yield statement, published, derived, difference, kinds.get(statement["statement"], [])


def main():
    default = Path(__file__).resolve().parent.parent / "wego"
    folder = sys.argv[1] if len(sys.argv) > 1 else default
    print(f"{'statement':42} {'published':>12} {'derived':>12} {'difference':>11}  explanation")
    for statement, published, derived, difference, kinds in table(Records(folder)):
        shown = "-" if derived is None else derived
        gap = "-" if difference is None else difference
        line = f"{statement['statement']:42} {published:>12} {shown:>12} {gap:>11}  {' '.join(kinds)}"
        print(line.rstrip())


if __name__ == "__main__":
    main()
