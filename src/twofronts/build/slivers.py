"""Pieces too small or too thin to mean anything go to the neighbour they share the longest border with."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from twofronts.build.overlay import PRECISION_DEG, area_km2

SMALLEST_KM2 = 1.0
THINNEST_KM = 0.15
"""Less than this between two days' lines is rounding, not an advance."""
DEGREE_KM = 111.2

Floats: TypeAlias = npt.NDArray[np.float64]
Borders: TypeAlias = list[dict[int, float]]
"""For each piece: its neighbours and how many km of border it shares with each."""


def absorb(pieces: Sequence[Polygon]) -> list[int]:
    """Return for each piece (lon, lat, a valid coverage) the number of the piece it becomes part of: its own if it is no sliver.

    An islet has no neighbour and stays.

    >>> from shapely.geometry import box
    >>> absorb([box(10, 50, 11, 51), box(11, 50, 11.001, 51)])
    [0, 0]
    """
    borders, around = _borders(pieces)
    area = [area_km2(piece) for piece in pieces]
    into = list(range(len(pieces)))

    def is_sliver(number: int) -> bool:
        return area[number] < SMALLEST_KM2 or 2 * area[number] / around[number] < THINNEST_KM

    # the smallest first: what grows by its neighbours' slivers may be none any more
    waiting = [(area[number], number) for number in into if is_sliver(number)]
    heapq.heapify(waiting)
    while waiting:
        size, number = heapq.heappop(waiting)
        if size != area[number] or into[number] != number or not borders[number] or not is_sliver(number):
            continue
        heir = max(borders[number], key=lambda other: (borders[number][other], -other))
        into[number] = heir
        area[heir] += size
        around[heir] += around[number] - 2 * borders[number][heir]
        for other, shared in borders[number].items():
            del borders[other][number]
            if other != heir:
                borders[heir][other] += shared
                borders[other][heir] += shared
        if is_sliver(heir):
            heapq.heappush(waiting, (area[heir], heir))
    return [_last(into, number) for number in range(len(into))]


def _last(into: Sequence[int], number: int) -> int:
    while into[number] != number:
        number = into[number]
    return number


def _borders(pieces: Sequence[Polygon]) -> tuple[Borders, Floats]:
    """Return every piece's borders with its neighbours, and the length of its whole outline in km."""
    rings, owners = shapely.get_rings(pieces, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.rint(points / PRECISION_DEG).astype(np.int64)
    within = ring[1:] == ring[:-1]
    one, other, owner = ends[:-1][within], ends[1:][within], owners[ring[:-1][within]]
    swapped = ((one[:, 0] > other[:, 0]) | ((one[:, 0] == other[:, 0]) & (one[:, 1] > other[:, 1])))[:, None]
    rows = np.column_stack([np.where(swapped, other, one), np.where(swapped, one, other), owner])
    rows = rows[np.lexsort(rows.T[::-1])]
    east, north = (rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    middle = np.radians((rows[:, 1] + rows[:, 3]) / 2 * PRECISION_DEG)
    length = np.hypot(east * np.cos(middle), north) * PRECISION_DEG * DEGREE_KM
    around: Floats = np.bincount(rows[:, 4], weights=length, minlength=len(pieces)).astype(np.float64)
    borders: Borders = [defaultdict(float) for _ in pieces]
    # in a coverage a segment of a common border comes twice, once with each neighbour
    for first in np.flatnonzero((rows[1:, :4] == rows[:-1, :4]).all(axis=1)).tolist():
        here, there = int(rows[first, 4]), int(rows[first + 1, 4])
        if here != there:
            borders[here][there] += float(length[first])
            borders[there][here] += float(length[first])
    return borders, around
