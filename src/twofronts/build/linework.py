"""Lines into ground: join borders to coasts, cut the plane into faces, thin shared outlines.

Every outline is thinned once and then shared, so that neighbours meet without gaps and a border is one line.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon

KM_PER_DEGREE = 111.2
GRID_DEG = 0.001

Points = NDArray[np.float64]


def single_lines(geometries: Iterable[shapely.Geometry]) -> list[LineString]:
    """Return the lines inside any geometries, points and areas left out."""
    parts = shapely.get_parts(list(geometries))
    parts = shapely.get_parts(parts)
    return [part for part in parts if part.geom_type == "LineString" and part.length > 0]


def join_ends(lines: Sequence[LineString], network: Sequence[LineString], reach_deg: float) -> list[LineString]:
    """Lengthen both ends of each line to what lies nearest in `network` or among the other lines.

    Ends with nothing within `reach_deg` stay as they are. The joint overshoots by a hair: only lines that
    truly cross are noded.
    """
    everything = [*lines, *network]
    tree = shapely.STRtree(everything)
    joined = []
    for own, line in enumerate(lines):
        points = list(line.coords)
        for at_start in (True, False):
            end = shapely.Point(points[0] if at_start else points[-1])
            near = [index for index in tree.query(end, predicate="dwithin", distance=reach_deg) if index != own]
            if not near:
                continue
            target = min((shapely.shortest_line(end, everything[index]) for index in near), key=shapely.length)
            (x0, y0), (x1, y1) = target.coords[0], target.coords[-1]
            length = max(target.length, 1e-9)
            beyond = (x1 + (x1 - x0) / length * 2e-5, y1 + (y1 - y0) / length * 2e-5)
            points = [beyond, *points] if at_start else [*points, beyond]
        joined.append(LineString(points))
    return joined


def faces_between(lines: Iterable[LineString], grid_deg: float = 0.0) -> list[Polygon]:
    """Return all areas enclosed by the lines; with a grid, every corner lies on it."""
    noded = shapely.union_all(list(lines), grid_size=grid_deg or None)
    return [face for face in shapely.get_parts(shapely.polygonize(single_lines([noded]))) if face.area > 0]


def arcs_between(areas: Sequence[shapely.Geometry]) -> list[LineString]:
    """Return the outlines of adjoining areas as lines that end only where three or more meet, each once."""
    noded = shapely.union_all([area.boundary for area in areas])
    return single_lines([shapely.line_merge(noded)])


def thin(line: LineString, least_km2: Callable[[Points], NDArray[np.float64]]) -> LineString:
    """Leave out corners whose triangle with their neighbours is small (Visvalingam and Whyatt 1993).

    `least_km2` gives, for points as (n, 2) lon-lat, the smallest triangle worth keeping there. Ends stay;
    a closed line keeps at least four corners.
    """
    points = np.asarray(line.coords, dtype=float)
    count = len(points)
    fewest = 5 if line.is_closed else 2
    if count <= fewest:
        return line
    east = points[:, 0] * KM_PER_DEGREE * np.cos(np.radians(points[:, 1]))
    north = points[:, 1] * KM_PER_DEGREE
    least = least_km2(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive = [True] * count

    def weight(index: int) -> float:
        a, b = before[index], after[index]
        doubled = (east[a] - east[index]) * (north[b] - north[index]) - (east[b] - east[index]) * (north[a] - north[index])
        return float(abs(doubled) / 2 / least[index])

    weights = [0.0, *(weight(index) for index in range(1, count - 1)), 0.0]
    queue = [(weights[index], index) for index in range(1, count - 1)]
    heapq.heapify(queue)
    left = count
    while queue and left > fewest:
        found, index = heapq.heappop(queue)
        if found >= 1:
            break
        if not alive[index] or found != weights[index]:
            continue
        alive[index] = False
        left -= 1
        a, b = before[index], after[index]
        after[a], before[b] = b, a
        for neighbour in (a, b):
            if 0 < neighbour < count - 1:
                # a corner never becomes cheaper than the one that fell before it
                weights[neighbour] = max(weight(neighbour), found)
                heapq.heappush(queue, (weights[neighbour], neighbour))
    return LineString(points[alive])


def area_km2(area: shapely.Geometry) -> float:
    """Return the size of a small area in square kilometres, flat-earth at its middle latitude."""
    _, south, _, north = area.bounds
    return float(area.area * KM_PER_DEGREE**2 * np.cos(np.radians((south + north) / 2)))
