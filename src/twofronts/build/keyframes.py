"""Read and check the dated key-frame lines and pocket outlines in `data/fronts/`."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.validation import explain_validity

from twofronts.build.cells import CellError, citations, identifier, number, one_of, plain
from twofronts.build.grid import to_metres
from twofronts.build.records import CERTAINTIES, SIDES, KeyFrame, PocketFrame, Source
from twofronts.build.theatres import Theatre
from twofronts.days import is_day, to_iso, to_number
from twofronts.problems import Problem, nearest

LINE_THEATRES = ("west", "italy", "east", "north")
POCKET_THEATRES = (*LINE_THEATRES, "balkans")
JUMP_LIMIT_KM = 200.0

Anchored = Callable[[float, float], bool]


def read_keyframes(
    data: Path, sources: dict[str, Source], theatres: dict[str, Theatre], anchored: Anchored, problems: list[Problem]
) -> tuple[tuple[KeyFrame, ...], tuple[PocketFrame, ...]]:
    """Read every key frame, sorted by theatre and day; what is wrong goes to `problems`.

    `anchored` tells whether a point (lon, lat) lies in open water or in a neutral state, where alone a
    line may end.
    """
    lines: list[KeyFrame] = []
    pockets: list[PocketFrame] = []
    places: dict[str, tuple[str, int]] = {}
    paths = sorted((data / "fronts").glob("*.geojson"))
    if not paths:
        problems.append(Problem("data/fronts", 0, "", "no key frames", "restore the folder from the repository"))
    for path in paths:
        name = f"data/fronts/{path.name}"
        for row, feature in _features(path, name, problems):
            reader = _Feature(name, row, feature, sources, problems)
            if reader.id in places:
                reader.wrong("id", f"'{reader.id}' is already in {places[reader.id][0]}, row {places[reader.id][1]}", "ids are unique")
                continue
            places[reader.id] = (name, row)
            if reader.properties.get("kind") == "pocket":
                if pocket := reader.pocket():
                    pockets.append(pocket)
            elif line := reader.line(theatres, anchored):
                lines.append(line)
    lines.sort(key=lambda line: (line.theatre, line.day))
    pockets.sort(key=lambda pocket: (pocket.pocket, pocket.day))
    problems.extend(_sequence_problems(lines, places, anchored))
    problems.extend(_pocket_problems(pockets, places))
    return tuple(lines), tuple(pockets)


def _features(path: Path, name: str, problems: list[Problem]) -> list[tuple[int, dict[str, Any]]]:
    """Return each feature with the row its id stands in."""
    remedy = "one feature per line helps to find the slip"
    try:
        text = path.read_text("utf-8-sig")
        features = json.loads(text)["features"]
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "", "is not UTF-8", "save the file as UTF-8"))
        return []
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        problems.append(Problem(name, getattr(error, "lineno", 0), "", "is not a GeoJSON FeatureCollection", remedy))
        return []
    if not isinstance(features, list):
        problems.append(Problem(name, 0, "", "is not a GeoJSON FeatureCollection", remedy))
        return []
    rows: dict[str, list[int]] = defaultdict(list)
    for row, line in enumerate(text.splitlines(), 1):
        if match := re.search(r'"id"\s*:\s*"([^"]+)"', line):
            rows[match[1]].append(row)
    found = []
    for position, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not all(isinstance(feature.get(part), dict) for part in ("properties", "geometry")):
            problems.append(Problem(name, 0, "", f"feature {position} has no properties or no geometry", remedy))
            continue
        standing = rows[str(feature["properties"].get("id", ""))]
        found.append((standing.pop(0) if standing else 0, feature))
    return found


class _Feature:
    """Reads the properties of one feature and says what is wrong with them."""

    def __init__(self, file: str, row: int, feature: dict[str, Any], sources: dict[str, Source], problems: list[Problem]):
        self.file, self.row, self.sources, self.problems = file, row, sources, problems
        self.properties: dict[str, Any] = feature.get("properties") or {}
        self.geometry: dict[str, Any] = feature.get("geometry") or {}
        self.id = str(self.properties.get("id", ""))
        self.failed = False

    def wrong(self, column: str, message: str, remedy: str = "") -> None:
        self.failed = True
        self.problems.append(Problem(self.file, self.row, column, message, remedy))

    def read(self, column: str, reader: Callable[[str], Any]) -> Any:
        value = self.properties.get(column)
        try:
            return reader("" if value is None else str(value))
        except CellError as error:
            self.wrong(column, str(error), error.remedy)
            return None

    def day(self, column: str) -> int:
        value = str(self.properties.get(column, ""))
        if not is_day(value):
            self.wrong(column, f"'{value}' is no date", "write YYYY-MM-DD")
            return 0
        return to_number(value)

    def evidence(self) -> dict[str, Any]:
        cited = self.properties.get("sources")
        found = self.read("sources", lambda _: citations(";".join(map(str, cited if isinstance(cited, list) else []))))
        for item in found or ():
            if item.source not in self.sources:
                self.wrong("sources", f"unknown source '{item.source}'", nearest(item.source, self.sources))
        return {
            "uncertainty_km": self.read("uncertainty_km", number(0.5, 100)),
            "certainty": self.read("certainty", one_of(CERTAINTIES)),
            "sources": found,
            "note": self.read("note", plain),
        }

    def coordinates(self, kind: str) -> tuple[tuple[float, float], ...]:
        raw = self.geometry.get("coordinates") or []
        if self.geometry.get("type") != kind:
            self.wrong("", f"is a {self.geometry.get('type')} instead of a {kind}")
            return ()
        try:
            points = tuple((float(lon), float(lat)) for lon, lat, *_ in (raw[0] if kind == "Polygon" else raw))
        except (ValueError, TypeError, IndexError, KeyError):
            self.wrong("coordinates", "are not pairs of numbers", "write [[lon, lat], ...] in degrees")
            return ()
        for lon, lat in points:
            if not (-180 <= lon <= 180 and -85 <= lat <= 85):
                self.wrong("coordinates", f"{lon}, {lat} is out of range", "write lon, lat in degrees")
                return ()
        if len(points) < (4 if kind == "Polygon" else 2):
            self.wrong("coordinates", "has too few points")
            return ()
        return points

    def line(self, theatres: dict[str, Theatre], anchored: Anchored) -> KeyFrame | None:
        self.read("id", identifier)
        theatre = self.read("theatre", one_of(LINE_THEATRES))
        day, evidence, points = self.day("date"), self.evidence(), self.coordinates("LineString")
        if self.failed:
            return None
        for which, (lon, lat) in (("first", points[0]), ("last", points[-1])):
            if not anchored(lon, lat):
                self.wrong("coordinates", f"line is not anchored: its {which} point {lon}, {lat} lies on contested land",
                           "end the line in open water or in a neutral state")  # fmt: skip
        if not LineString(points).is_simple:
            where = explain_validity(Polygon([*points, points[0]]))
            self.wrong("coordinates", "line crosses itself", f"look near {_where(points) or where}")
        elif theatre in theatres and not theatres[theatre].keeps_right(points):
            self.wrong("coordinates", "line runs the wrong way", "draw it with the ground held by the Axis on its left hand")
        leap = self.properties.get("leap", False)
        if leap not in (True, False):
            self.wrong("leap", f"'{leap}' is neither true nor false")
        if leap and not evidence["note"]:
            self.wrong("note", "is empty, but the front leaps", "say who changed sides")
        return None if self.failed else KeyFrame(self.id, theatre, day, points, leap=bool(leap), **evidence)

    def pocket(self) -> PocketFrame | None:
        self.read("id", identifier)
        pocket, theatre = self.read("pocket", identifier), self.read("theatre", one_of(POCKET_THEATRES))
        day, evidence, points = self.day("date"), self.evidence(), self.coordinates("Polygon")
        end = self.day("end") if self.properties.get("end") else None
        name = self.properties.get("name")
        if not isinstance(name, dict) or not all(isinstance(name.get(language), str) for language in ("de", "en")):
            self.wrong("name", "needs a German and an English name", 'write {"de": "...", "en": "..."}')
        if self.failed:
            return None
        if end is not None and end < day:
            self.wrong("end", f"'{to_iso(end)}' ends before it starts", "give the last day it was held")
        if not Polygon(points).is_valid:
            self.wrong("coordinates", "outline crosses itself", explain_validity(Polygon(points)))
        side = self.read("side", one_of(SIDES)) if "side" in self.properties else "axis"
        return None if self.failed else PocketFrame(self.id, pocket, theatre, dict(name or {}), day, end, points, **evidence, side=side)


def _where(points: tuple[tuple[float, float], ...]) -> str:
    pieces = [LineString(pair) for pair in pairwise(points)]
    for index, piece in enumerate(pieces):
        for other in pieces[index + 2 :]:
            if piece.crosses(other):
                spot = piece.intersection(other).centroid
                return f"{spot.x:.2f}, {spot.y:.2f}"
    return ""


def _sequence_problems(lines: list[KeyFrame], places: dict[str, tuple[str, int]], anchored: Anchored) -> list[Problem]:
    """Two frames on one day, and jumps that no army made."""
    found = []
    for before, after in pairwise(lines):
        if before.theatre != after.theatre:
            continue
        file, row = places[after.id]
        if before.day == after.day:
            found.append(Problem(file, row, "date", f"two key frames of '{after.theatre}' on {to_iso(after.day)}", "keep one a day"))
            continue
        ashore = [point for point in after.coordinates if not anchored(*point)]
        if not ashore or after.leap:
            continue
        distance = shapely.distance(shapely.points(to_metres(np.array(ashore))), LineString(to_metres(np.array(before.coordinates))))
        far = int(np.argmax(distance))
        if distance[far] > JUMP_LIMIT_KM * 1000:
            lon, lat = ashore[far]
            found.append(
                Problem(file, row, "coordinates", f"key frame jumps {distance[far] / 1000:.0f} km at {lon}, {lat} from {before.id}",
                        f"put frames between them; {JUMP_LIMIT_KM:.0f} km is the limit")
            )  # fmt: skip
    return found


def _pocket_problems(pockets: list[PocketFrame], places: dict[str, tuple[str, int]]) -> list[Problem]:
    groups: dict[str, list[PocketFrame]] = defaultdict(list)
    for pocket in pockets:
        groups[pocket.pocket].append(pocket)
    found = []
    for frames in groups.values():
        last = frames[-1]
        if last.end is None:
            found.append(Problem(*places[last.id], "end", f"pocket '{last.pocket}' never ends", "give its last outline an end"))
        for before, after in pairwise(frames):
            if before.day == after.day:
                found.append(
                    Problem(*places[after.id], "date", f"two outlines of '{after.pocket}' on {to_iso(after.day)}", "keep one a day")
                )
            if before.end is not None:
                found.append(
                    Problem(*places[before.id], "end", f"pocket '{before.pocket}' ends before its last outline", "only the last has an end")
                )
    return found
