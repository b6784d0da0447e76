#!/usr/bin/env python3
"""Makes Data/world/outlines.json, the land of each country as one SVG path.

    pip install shapely==2.2.0 pycountry
    python3 Data/tools/outlines.py PATH/TO/countries-50m.geojson

The source is Natural Earth 1:50m (public domain). Country borders are simplified
together, so that neighbours still meet. The projection is in project(); it is
described in Data/world/README.md and done again wherever a point is put on the map.
"""
import json
import math
import sys
from pathlib import Path

import pycountry
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box, shape

TARGET = Path(__file__).resolve().parent.parent / "world" / "outlines.json"

WIDTH = 1000.0
CENTRAL_MERIDIAN = 11.0  # the cut runs through the Bering Strait and the Pacific
NORTH, SOUTH = 84.0, -56.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2

TOLERANCE = 1.7  # of the simplification, in units of the map
SMALLEST = 0.15  # area below which an island is left out
DOT = 0.5  # half the width of the shape of a country too small for the map
LEFT_OUT = {"ATA", "ATC", "IOA"}
ALPHA_2 = {"FRA": "FR", "NOR": "NO", "KOS": "XK"}  # where iso_a2 is -99 or none


def equal_earth(longitude, latitude):
    """Equal Earth (Šavrič, Patterson and Jenny, 2018) on the unit sphere; degrees in."""
    wrapped = (longitude - CENTRAL_MERIDIAN + 180.0) % 360.0 - 180.0
    theta = math.asin(M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = math.radians(wrapped) * math.cos(theta) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return x, y


SCALE = WIDTH / (2 * math.pi / (M * A1))  # the equator is as long as the map is wide
TOP = equal_earth(CENTRAL_MERIDIAN, NORTH)[1]
HEIGHT = round(SCALE * (TOP - equal_earth(CENTRAL_MERIDIAN, SOUTH)[1]), 1)


def project(longitude, latitude):
    """Degrees to units of the map: x to the right from 0 to 1000, y down from 0."""
    x, y = equal_earth(longitude, latitude)
    return WIDTH / 2 + SCALE * x, SCALE * (TOP - y)


def uncut(geometry):
    """The geometry between 169 W and 191 E, without the seam at 180 degrees."""
    edge = CENTRAL_MERIDIAN - 180.0
    if geometry.bounds[0] >= edge:
        return geometry
    west = geometry.intersection(box(-180.0, -90.0, edge, 90.0))
    east = geometry.intersection(box(edge, -90.0, 180.0, 90.0))
    return MultiPolygon(polygons(shapely.union_all([east, translate(west, xoff=360.0)])))


def projected(geometry):
    margin = 1e-9  # a point on the right edge must not wrap to the left one
    right = CENTRAL_MERIDIAN + 180.0 - margin
    return shapely.transform(
        geometry,
        lambda points: [project(min(longitude, right), latitude) for longitude, latitude in points],
    )


def polygons(geometry):
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def path_of_ring(ring):
    """Relative moves in tenths of a unit: M x y l dx dy ... z, as short as SVG allows."""
    points = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
    kept = [point for index, point in enumerate(points) if point != points[index - 1]]
    if len(kept) < 3:
        return ""
    numbers = []
    for (x0, y0), (x1, y1) in zip(kept, kept[1:]):
        numbers += [x1 - x0, y1 - y0]
    return f"M{joined([*kept[0]])}l{joined(numbers)}Z"


def joined(tenths):
    text = ""
    for value in tenths:
        digits = f"{abs(value) / 10:g}"
        digits = digits[1:] if digits.startswith("0.") else digits
        text += ("-" if value < 0 else " " if text else "") + digits
    return text


def path(geometry):
    rings = []
    for part in sorted(polygons(geometry), key=lambda part: -part.area):
        rings += [path_of_ring(part.exterior), *(path_of_ring(hole) for hole in part.interiors)]
    return "".join(rings)


def dot(geometry):
    centre = max(polygons(geometry), key=lambda part: part.area).centroid
    x, y = round(centre.x, 1), round(centre.y, 1)
    return Polygon([(x, y - DOT), (x + DOT, y), (x, y + DOT), (x - DOT, y)])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        features = json.load(file)["features"]
    features = [f for f in features if f["properties"]["adm0_a3"] not in LEFT_OUT]
    full = [projected(uncut(shape(f["geometry"]).buffer(0))) for f in features]
    simple = shapely.coverage_simplify(full, TOLERANCE)
    countries = []
    for feature, exact, rough in zip(features, full, simple):
        large = MultiPolygon([part for part in polygons(rough) if part.area >= SMALLEST])
        d = path(large) or path(dot(exact))
        properties = feature["properties"]
        a2 = properties["iso_a2"] or "-99"
        a2 = ALPHA_2.get(properties["adm0_a3"], "" if a2 == "-99" else a2)
        country = pycountry.countries.get(alpha_2=a2) if a2 else None
        a3 = country.alpha_3 if country else properties["adm0_a3"]
        countries.append({"a2": a2, "a3": a3, "name": properties["name_long"] or properties["name"], "d": d})
    countries.sort(key=lambda country: country["a3"])
    result = {"width": int(WIDTH), "height": HEIGHT, "countries": countries}
    lines = ",\n".join(json.dumps(country, ensure_ascii=False) for country in countries)
    head = json.dumps({key: result[key] for key in ("width", "height")})[:-1]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(f'{head}, "countries": [\n{lines}\n]}}\n', encoding="utf-8")
    data = sum(len(country["d"]) for country in countries)
    print(f"{len(countries)} countries, {data} bytes of path data, height {HEIGHT}, scale {SCALE}")


if __name__ == "__main__":
    main()
