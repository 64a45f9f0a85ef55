"""Lines as compact runs of whole numbers, and outlines chained from them.

This is TopoJSON's idea with time as one more neighbour: a piece of outline that stands still is stored
once. A reference `i` walks arc `i` forwards, `~i` backwards; arcs of a ring share their end points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[int, int]
Line = list[Point]

UNITS_PER_DEGREE = 1000


def quantise(coordinates: Iterable[Sequence[float]], keep_equal: bool = False) -> Line:
    """Return coordinates as whole thousandths of a degree, repeated points left out unless `keep_equal`.

    >>> quantise([[13.37771, 52.51632], [13.37774, 52.51634], [13.4, 52.5]])
    [(13378, 52516), (13400, 52500)]
    """
    points: Line = []
    for lon, lat, *_ in coordinates:
        point = (round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE))
        if keep_equal or not points or points[-1] != point:
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


def join(pieces: Iterable[tuple[int, Point, Point]]) -> list[list[int]]:
    """Join directed pieces (reference, first point, last point) end to end to lines as long as they get.

    >>> join([(1, (4, 0), (7, 0)), (0, (0, 0), (4, 0)), (2, (9, 9), (9, 8))])
    [[0, 1], [2]]
    """
    pieces = list(pieces)
    leaving: dict[Point, list[tuple[int, Point]]] = defaultdict(list)
    surplus: dict[Point, int] = defaultdict(int)
    for reference, first, last in pieces:
        leaving[first].append((reference, last))
        surplus[first] += 1
        surplus[last] -= 1
    lines = []
    # what nothing leads to begins a line; what is left then runs in a ring
    for start in [first for _, first, _ in pieces if surplus[first] > 0] + [first for _, first, _ in pieces]:
        line, point = [], start
        while leaving[point]:
            reference, point = leaving[point].pop(0)
            line.append(reference)
        if line:
            lines.append(line)
    return lines


def chain(pieces: Iterable[tuple[int, Point, Point]]) -> list[list[int]]:
    """Chain directed pieces (reference, first point, last point) into closed rings of references.

    Where rings touch in a point it does not matter which way they are told apart, as long as they are
    filled by the even-odd rule. Pieces that do not close are left out.

    >>> chain([(0, (0, 0), (4, 0)), (~1, (4, 0), (0, 0)), (2, (9, 9), (9, 9))])
    [[0, -2], [2]]
    """
    leaving: dict[Point, list[tuple[int, Point]]] = defaultdict(list)
    order = []
    for reference, first, last in pieces:
        leaving[first].append((reference, last))
        order.append(first)
    rings = []
    for start in order:
        while leaving[start]:
            reference, point = leaving[start].pop(0)
            ring = [reference]
            while point != start and leaving[point]:
                reference, point = leaving[point].pop(0)
                ring.append(reference)
            if point == start:
                rings.append(ring)
    return rings
