"""Lakes, rivers and the names of the seas as they were: no reservoir that was filled after the war."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon, box

from twofronts.build.linework import GRID_DEG, Points, area_km2, single_lines, thin

NATURAL_EARTH = "Natural Earth (public domain)"
OWN = "Two Fronts (CC BY 4.0)"

Detail = Callable[[Points], NDArray[np.float64]]
Item = tuple[dict[str, Any], shapely.Geometry]


@dataclass(frozen=True)
class RiverName:
    """A row of `river_names.csv`: Natural Earth's number, near a point if several bear it, and our names.

    The number is used because the package has lost the accents of the names. `-` as a name leaves a canal out.
    """

    number: int
    near: shapely.Point | None
    id: str
    de: str
    en: str
    rank: float | None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw_lakes(data: Path, lakes: Sequence[Polygon], detail: Detail) -> list[Item]:
    """Return the lakes of the time: Natural Earth's and a few small ones of ours (`lakes.geojson`).

    `lakes.csv` names some of the former and marks the younger ones `gone`; nameless lakes stay nameless.
    """
    rows = _rows(data / "lakes.csv")
    spots = shapely.points([(float(row["lon"]), float(row["lat"])) for row in rows])
    found: list[Item] = []
    for lake in lakes:
        named = [row for row, spot in zip(rows, spots, strict=True) if Polygon(lake.exterior).distance(spot) < 0.03]
        if any(row["state"] == "gone" for row in named):
            continue
        rings = [thin(LineString(ring.coords), detail) for ring in (lake.exterior, *lake.interiors)]
        drawn = shapely.make_valid(Polygon(rings[0].coords, [ring.coords for ring in rings[1:]]))
        drawn = shapely.set_precision(drawn, GRID_DEG)
        drawn = max(shapely.get_parts(drawn), key=shapely.area)
        spot = lake.representative_point()
        row = named[0] if named else {"id": f"lake-{spot.x * 100:.0f}-{spot.y * 100:.0f}", "de": "", "en": ""}
        found.append(({"id": row["id"], "de": row["de"], "en": row["en"], "km2": round(area_km2(drawn)), "licence": NATURAL_EARTH}, drawn))
    for item in json.loads((data / "lakes.geojson").read_text("utf-8"))["features"]:
        told, own = item["properties"], shapely.from_geojson(json.dumps(item["geometry"]))
        found.append(({"id": told["id"], "de": told["de"], "en": told["en"], "km2": round(area_km2(own)), "licence": OWN}, own))
    return found


def read_river_names(path: Path) -> list[RiverName]:
    """Read `river_names.csv`."""
    return [
        RiverName(
            int(row["number"]), shapely.Point(float(row["lon"]), float(row["lat"])) if row["lon"] else None,
            row["id"], row["de"], row["en"], float(row["rank"]) if row["rank"] else None,
        )
        for row in _rows(path)
    ]  # fmt: skip


def draw_rivers(data: Path, natural: Any, lakes: shapely.Geometry, frame: tuple[float, float, float, float], detail: Detail) -> list[Item]:
    """Return rivers by name: Natural Earth's inside the frame and our own (`rivers.geojson`), cut out of lakes.

    Rivers that `river_names.csv` does not know stay, without a name.
    """
    names = read_river_names(data / "river_names.csv")
    groups: dict[str, tuple[dict[str, Any], list[shapely.Geometry]]] = {}
    for number, rank, line in zip(natural.rivernum, natural.scalerank, natural.geometry, strict=True):
        piece = shapely.intersection(line, box(*frame))
        if piece.is_empty:
            continue
        fits = [name for name in names if name.number == int(number) and (name.near is None or name.near.distance(line) < 0.7)]
        place = shapely.Point(shapely.get_coordinates(piece)[0])
        known = fits[0] if fits else RiverName(int(number), None, f"river-{place.x * 100:.0f}-{place.y * 100:.0f}", "", "", None)
        if known.de == "-":
            continue
        properties = {"id": known.id, "de": known.de, "en": known.en, "scalerank": known.rank or float(rank), "licence": NATURAL_EARTH}
        group = groups.setdefault(known.id, (properties, []))
        group[0]["scalerank"] = min(group[0]["scalerank"], properties["scalerank"])
        group[1].append(piece)
    for item in json.loads((data / "rivers.geojson").read_text("utf-8"))["features"]:
        told = item["properties"]
        properties = {"id": told["id"], "de": told["de"], "en": told["en"], "scalerank": float(told["scalerank"]), "licence": OWN}
        groups[told["id"]] = (properties, [LineString(item["geometry"]["coordinates"])])
    return [(properties, course) for properties, lines in groups.values() if (course := _course(lines, lakes, detail)) is not None]


def _course(lines: Iterable[shapely.Geometry], lakes: shapely.Geometry, detail: Detail) -> shapely.Geometry | None:
    merged = shapely.line_merge(shapely.union_all(list(lines)))
    pieces = [thin(piece, detail) for piece in single_lines([shapely.difference(merged, lakes)])]
    pieces = [piece for piece in (shapely.set_precision(piece, GRID_DEG) for piece in pieces) if piece.length > 0.02]
    return shapely.multilinestrings(sorted(single_lines(pieces), key=lambda piece: piece.bounds)) if pieces else None


def draw_waters(path: Path) -> list[Item]:
    """Return the names of seas and bays as points, with the angle (degrees, anticlockwise) and size of the lettering."""
    return [
        (
            {"id": row["id"], "de": row["de"], "en": row["en"], "angle": float(row["angle"]), "size": float(row["size"]), "licence": OWN},
            shapely.Point(float(row["lon"]), float(row["lat"])),
        )
        for row in _rows(path)
    ]
