"""The edges between the sides' ground as lines, each with who stands on either hand and for how long.

What stood still for a month is one line, not thirty copies; chained, the edges of a side on a day are the
outline of its ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiLineString

from twofronts.build.ground import Ground

Point = tuple[float, float]


@dataclass(frozen=True)
class Edge:
    """A line (lon, lat, not cut to the coast) with the holder on its left and right hand from `start` to `end`."""

    left: str
    right: str
    start: int
    end: int
    geometry: LineString


def _segments(ground: Ground) -> dict[tuple[Point, Point], tuple[str, str]]:
    """Return every segment between two sides, keyed in one direction, with who stands left and right."""
    found: dict[tuple[Point, Point], tuple[str, str]] = {}
    for holder, area in ground.held.items():
        for polygon in shapely.get_parts(shapely.orient_polygons(area)):
            for ring in (polygon.exterior, *polygon.interiors):
                points = [(round(lon, 4), round(lat, 4)) for lon, lat in ring.coords]
                for start, end in pairwise(points):
                    if start < end:
                        found[start, end] = (holder, found.get((start, end), ("axis", "axis"))[1])
                    elif end < start:
                        found[end, start] = (found.get((end, start), ("axis", "axis"))[0], holder)
    return found


def trace(sheets: Sequence[tuple[int, int, Ground]]) -> Iterator[Edge]:
    """Yield the edges of consecutive (first day, last day, ground), longest lines that share one history."""
    histories: dict[tuple[Point, Point], list[tuple[str, str, int, int]]] = defaultdict(list)
    for first, last, ground in sheets:
        for segment, (left, right) in _segments(ground).items():
            history = histories[segment]
            if history and history[-1][:2] == (left, right) and history[-1][3] == first - 1:
                history[-1] = (left, right, history[-1][2], last)
            else:
                history.append((left, right, first, last))
    alike: dict[tuple[tuple[str, str, int, int], ...], list[tuple[Point, Point]]] = defaultdict(list)
    for segment, history in histories.items():
        # turn every segment so that a chain has one side on one hand throughout
        turned = segment if history[0][0] <= history[0][1] else segment[::-1]
        turned_history = history if turned == segment else [(right, left, start, end) for left, right, start, end in history]
        alike[tuple(turned_history)].append((turned[0], turned[1]))
    for told, segments in sorted(alike.items()):
        for line in shapely.get_parts(shapely.line_merge(MultiLineString(sorted(segments)), directed=True)):
            for left, right, start, end in told:
                yield Edge(left, right, start, end, line)
