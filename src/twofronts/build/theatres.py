"""Theatres: how a front line is closed, over the sea, into the ground behind it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import Point, Polygon

from twofronts.problems import DataError, Problem

BOX = (-40.0, 18.0, 80.0, 82.0)
"""West, south, east, north of the plane on which ground is divided (degrees)."""

Coordinates = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Theatre:
    """One front: `start` and `end` lead from its ends over water to the edge of the plane.

    `start` runs from the edge towards the line's first vertex, `end` from its last vertex to the edge;
    `side` is whose ground lies on the right hand, and `rear` a point that always does.
    """

    id: str
    side: str
    start: tuple[tuple[float, float], ...]
    end: tuple[tuple[float, float], ...]
    rear: tuple[float, float]

    def close(self, line: Coordinates) -> Polygon:
        """Return the ground on the right hand of a line (lon, lat), out to the edge of the plane."""
        path = [*self.start, *line, *self.end]
        west, south, east, north = BOX
        corners = [(west, north), (east, north), (east, south), (west, south)]
        first, last = _along_edge(path[0]), _along_edge(path[-1])
        # from the end of the path walk clockwise round the plane back to its start
        span = (first - last) % 4 or 4
        turns = sorted(((corner - last) % 4, corners[corner]) for corner in range(4) if 0 < (corner - last) % 4 < span)
        return Polygon([*path, *(corner for _, corner in turns)])

    def keeps_right(self, line: Coordinates) -> bool:
        """Tell whether the line runs from its start to its end and so has the ground in the rear on its right hand."""
        forwards = _apart(self.start[-1], line[0]) + _apart(line[-1], self.end[0])
        backwards = _apart(self.start[-1], line[-1]) + _apart(line[0], self.end[0])
        return forwards < backwards and bool(self.close(line).buffer(0).contains(Point(self.rear)))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(one, other)


def _along_edge(point: tuple[float, float]) -> float:
    """Return how far round the plane's edge a point lies, clockwise from the north-west corner, 0 to 4."""
    west, south, east, north = BOX
    lon, lat = point
    if lat >= north:
        return (lon - west) / (east - west)
    if lon >= east:
        return 1 + (north - lat) / (north - south)
    if lat <= south:
        return 2 + (east - lon) / (east - west)
    if lon <= west:
        return 3 + (lat - south) / (north - south)
    raise ValueError(f"{point} does not lie on the edge of the plane {BOX}")


def read_theatres(data: Path) -> dict[str, Theatre]:
    """Read `theatres.geojson`, keyed by id. Raises `DataError` if it is damaged."""
    path = data / "theatres.geojson"
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        found = {}
        for feature in features:
            start, end = ([(float(lon), float(lat)) for lon, lat in part] for part in feature["geometry"]["coordinates"])
            properties = feature["properties"]
            lon, lat = properties["rear"]
            found[properties["id"]] = Theatre(properties["id"], properties["side"], tuple(start), tuple(end), (lon, lat))
            _along_edge(start[0]), _along_edge(end[-1])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError([Problem("data/theatres.geojson", 0, "", f"cannot be read: {error}", "restore it from the repository")]) from error
    return found
