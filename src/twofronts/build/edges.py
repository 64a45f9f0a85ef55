"""The edges between the sides' ground as lines, each with who stands on either hand and for how long.

What stood still for a month is one line, not thirty copies; chained, the edges of a side on a day are the
outline of its ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString

from twofronts.build.ground import Ground

Ints: TypeAlias = npt.NDArray[np.int64]
Told: TypeAlias = tuple[int, int, int, int]
"""Holder on the left, holder on the right (numbers in `HOLDERS`), first and last day."""

HOLDERS = ("axis", "partisan", "soviet", "western")
AXIS = 0
UNITS = 10_000
"""Units of a degree: the products carry four decimals."""


@dataclass(frozen=True)
class Edge:
    """A line (lon, lat, not cut to the coast) with the holder on its left and right hand from `start` to `end`."""

    left: str
    right: str
    start: int
    end: int
    geometry: LineString


def trace(sheets: Sequence[tuple[int, int, Ground]]) -> Iterator[Edge]:
    """Yield the edges of consecutive (first day, last day, ground), longest lines that share one history."""
    alike: dict[tuple[Told, ...], list[Ints]] = defaultdict(list)
    for segment, history in _histories(sheets):
        # turn every segment so that a chain has one side on one hand throughout
        if history[0][0] > history[0][1]:
            alike[tuple((right, left, start, end) for left, right, start, end in history)].append(segment[[2, 3, 0, 1]])
        else:
            alike[tuple(history)].append(segment)
    for told, segments in sorted(alike.items(), key=lambda item: item[0]):
        ends = np.array(sorted(map(tuple, segments))).reshape(-1, 2, 2) / UNITS
        for line in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)), directed=True)):
            for left, right, start, end in told:
                yield Edge(HOLDERS[left], HOLDERS[right], start, end, line)


def _histories(sheets: Sequence[tuple[int, int, Ground]]) -> Iterator[tuple[Ints, list[Told]]]:
    """Yield every segment (in units of the fourth decimal) with who stood left and right of it, and when, in order."""
    rows = np.vstack([_segments(ground, first, last) for first, last, ground in sheets])
    if not len(rows):
        return
    rows = rows[np.lexsort((rows[:, 6], *rows[:, 3::-1].T))]
    same = (rows[1:, :6] == rows[:-1, :6]).all(axis=1) & (rows[1:, 6] == rows[:-1, 7] + 1)
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    ends = np.append(starts[1:], len(rows)) - 1
    runs = np.column_stack([rows[starts, :7], rows[ends, 7]])
    breaks = np.flatnonzero(np.concatenate([[True], (runs[1:, :4] != runs[:-1, :4]).any(axis=1), [True]]))
    for start, stop in pairwise(breaks.tolist()):
        yield runs[start, :4], [(left, right, first, last) for left, right, first, last in runs[start:stop, 4:].tolist()]


def _segments(ground: Ground, first: int, last: int) -> Ints:
    """Return every segment between two sides: its ends in one direction, holder left and right, first and last day (n, 8)."""
    found = []
    for holder, area in ground.held.items():
        for polygon in shapely.get_parts(shapely.orient_polygons(area)):
            for ring in (polygon.exterior, *polygon.interiors):
                points = np.rint(shapely.get_coordinates(ring) * UNITS).astype(np.int64)
                found.append(np.column_stack([points[:-1], points[1:], np.full(len(points) - 1, HOLDERS.index(holder))]))
    if not found:
        return np.empty((0, 8), dtype=np.int64)
    segments = np.vstack(found)
    forwards = (segments[:, 0] < segments[:, 2]) | ((segments[:, 0] == segments[:, 2]) & (segments[:, 1] < segments[:, 3]))
    standing = ~forwards & (segments[:, :2] != segments[:, 2:4]).any(axis=1)
    sides = [
        np.column_stack([segments[forwards][:, :4], segments[forwards][:, 4], np.full(forwards.sum(), AXIS)]),
        np.column_stack([segments[standing][:, [2, 3, 0, 1]], np.full(standing.sum(), AXIS), segments[standing][:, 4]]),
    ]
    keyed = np.vstack(sides)
    keyed = keyed[np.lexsort(keyed[:, 3::-1].T)]
    fresh = np.concatenate([[True], (keyed[1:, :4] != keyed[:-1, :4]).any(axis=1)])
    heads = np.flatnonzero(fresh)
    # where two sides meet the segment comes twice, each time with one of them: the Axis has the lowest number
    joined = np.column_stack([keyed[heads, :4], np.maximum.reduceat(keyed[:, 4:], heads)])
    return np.column_stack([joined, np.full(len(joined), first), np.full(len(joined), last)])
