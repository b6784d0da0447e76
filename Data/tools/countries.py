#!/usr/bin/env python3
"""Makes Data/world/countries.csv and Data/world/country-population.csv.

    pip install Babel pycountry
    python3 Data/tools/countries.py PATH/TO/country-population.csv

Names come from the CLDR tables in Babel, the list of countries from pycountry
(ISO 3166-1). The population table of the World Bank mixes regions with countries:
only rows whose code is an ISO 3166 alpha-3 code are kept, each with its latest year.
"""
import csv
import sys
from pathlib import Path

import pycountry
from babel import Locale

TARGET = Path(__file__).resolve().parent.parent / "world"
LANGUAGES = ["en", "ko", "es", "zh"]


def write(name, header, rows):
    with open(TARGET / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def names():
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    rows = [
        [country.alpha_2, country.alpha_3, *(table[country.alpha_2] for table in territories)]
        for country in pycountry.countries
    ]
    return sorted(rows)


def populations(path):
    codes = {country.alpha_3 for country in pycountry.countries}
    latest = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, year = row["Country Code"], int(row["Year"])
            if code in codes and row["Value"] and year >= latest.get(code, (0, 0))[0]:
                latest[code] = (year, round(float(row["Value"])))
    return [[code, *latest[code]] for code in sorted(latest)]


def main():
    TARGET.mkdir(exist_ok=True)
    write("countries.csv", ["a2", "a3", *(f"name_{language}" for language in LANGUAGES)], names())
    write("country-population.csv", ["a3", "year", "population"], populations(sys.argv[1]))


if __name__ == "__main__":
    main()
