"""From a field on the grid to polygons in degrees, generalised so that what stands still keeps its vertices."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely
from contourpy import FillType, contour_generator
from shapely.geometry import MultiPolygon, Polygon

from twofronts.build.grid import CELL_M, TILE_CELLS, Floats, Window, to_lonlat
from twofronts.build.overlay import as_polygons

TOLERANCE_M = 1700.0
SMALLEST_KM2 = 30.0


def positive_ground(values: Floats, window: Window) -> MultiPolygon:
    """Return where the field is positive, as polygons in lon, lat (4 decimals).

    Specks under two cells (30 km2 on the grid of the fronts) are left out: they are smaller than the grid can tell.
    """
    smallest = SMALLEST_KM2 * (window.cell_m / CELL_M) ** 2
    generator = contour_generator(window.xs, window.ys, values, fill_type=FillType.OuterOffset)
    points, offsets = cast(tuple[list[Floats], list[npt.NDArray[np.uint32]]], generator.filled(0.0, 1e12)[:2])
    polygons = []
    for ring_points, ring_offsets in zip(points, offsets, strict=True):
        rings = [ring_points[start:stop] for start, stop in pairwise(ring_offsets)]
        if _area_km2(rings[0]) <= smallest:
            continue
        shell, *holes = [_degrees(generalise(ring, window)) for ring in rings if _area_km2(ring) > smallest]
        polygons.append(Polygon(shell, holes))
    return as_polygons(shapely.make_valid(MultiPolygon(polygons)))


def generalise(ring: Floats, window: Window) -> Floats:
    """Thin a closed ring (EPSG:3035 metres) between the points where it crosses tile borders.

    Every stretch is thinned on its own, so a change in one tile moves no vertex in another.
    """
    cells = np.column_stack([ring[:, 0] - window.left, ring[:, 1] - window.bottom]) / window.cell_m
    remainder = np.abs(cells - np.rint(cells / TILE_CELLS) * TILE_CELLS)
    corners = np.flatnonzero((remainder < 1e-6).any(axis=1)[:-1])
    if len(corners) < 2:
        start = int(np.lexsort((ring[:-1, 1], ring[:-1, 0]))[0])
        # two fixed points keep a closed ring from collapsing
        corners = np.array(sorted({start, (start + (len(ring) - 1) // 2) % (len(ring) - 1)}))
        if len(corners) < 2:
            return ring
    opened = np.roll(ring[:-1], -corners[0], axis=0)
    opened = np.vstack([opened, opened[:1]])
    # both ends of a stretch belong to it: the point between two of them comes twice, once in each
    copies = np.ones(len(opened), dtype=np.int64)
    inner = (corners - corners[0])[1:]
    copies[inner] = 2
    owner = np.zeros(len(opened), dtype=np.int64)
    owner[inner] = 1
    owner = np.repeat(np.cumsum(owner), copies)
    owner[np.flatnonzero(np.repeat(copies, copies) == 2)[::2]] -= 1
    lines = shapely.linestrings(np.repeat(opened, copies, axis=0), indices=owner)
    tolerance_m = TOLERANCE_M * window.cell_m / CELL_M
    thinned, owner = shapely.get_coordinates(shapely.simplify(lines, tolerance_m, preserve_topology=False), return_index=True)
    return np.vstack([thinned[np.append(owner[1:] == owner[:-1], False)], thinned[-1:]])


def _degrees(ring: Floats) -> Floats:
    return np.round(to_lonlat(ring), 4)


def _area_km2(ring: Floats) -> float:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2e6
