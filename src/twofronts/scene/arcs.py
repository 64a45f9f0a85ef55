"""Share repeated pieces of outline: what stands still for a month is stored once, not thirty times.

This is TopoJSON's idea with time as one more neighbour: a ring is cut wherever the set of rings that
run along it changes, and each piece ("arc") is stored once. A reference `i` walks arc `i` forwards,
`~i` backwards; consecutive arcs of a ring share their end points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[int, int]
Ring = list[Point]

UNITS_PER_DEGREE = 1000


def quantise(coordinates: Iterable[Sequence[float]]) -> Ring:
    """Return coordinates as whole thousandths of a degree, repeated points left out.

    >>> quantise([[13.37771, 52.51632], [13.37774, 52.51634], [13.4, 52.5]])
    [(13378, 52516), (13400, 52500)]
    """
    points: Ring = []
    for lon, lat, *_ in coordinates:
        point = (round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE))
        if not points or points[-1] != point:
            points.append(point)
    return points


def delta(points: Sequence[Point]) -> list[int]:
    """Return a flat run: the first point, then differences.

    >>> delta([(13378, 52516), (13400, 52500)])
    [13378, 52516, 22, -16]
    """
    if not points:
        return []
    run = [*points[0]]
    for (x, y), (next_x, next_y) in pairwise(points):
        run += [next_x - x, next_y - y]
    return run


class ArcPool:
    """Collects rings, then hands out their arcs. Rings are closed: first point equals last."""

    def __init__(self) -> None:
        self._signature: dict[tuple[Point, Point], int] = {}
        self._numbers: dict[tuple[Point, ...], int] = {}
        self.arcs: list[list[int]] = []

    def survey(self, ring: Ring, owner: int) -> None:
        """Note that `owner` (any number that tells rings apart) runs along this ring."""
        for start, end in pairwise(ring):
            edge = (start, end) if start < end else (end, start)
            self._signature[edge] = hash((self._signature.get(edge, 0), owner))

    def references(self, ring: Ring) -> list[int]:
        """Return the arcs a surveyed ring is made of; an empty list for a ring that is no area."""
        if len(ring) < 4:
            return []
        marks = [self._signature[(a, b) if a < b else (b, a)] for a, b in pairwise(ring)]
        corners = [index for index in range(len(marks)) if marks[index] != marks[index - 1]]
        if not corners:
            corners = [min(range(len(marks)), key=lambda index: ring[index])]
        opened = ring[corners[0] : -1] + ring[: corners[0]]
        stops = [corner - corners[0] for corner in corners] + [len(opened)]
        closed = [*opened, opened[0]]
        return [self.add(closed[start : stop + 1]) for start, stop in pairwise(stops)]

    def add(self, points: Ring) -> int:
        """Store one line, or find it again in either direction; return its reference."""
        forwards, backwards = tuple(points), tuple(reversed(points))
        if forwards in self._numbers:
            return self._numbers[forwards]
        if backwards in self._numbers:
            return ~self._numbers[backwards]
        self._numbers[forwards] = len(self.arcs)
        self.arcs.append(delta(points))
        return len(self.arcs) - 1
