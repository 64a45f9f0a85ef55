"""All land as a mosaic: cut along every front of every day, each piece has one history.

Cut once and along everything, neighbours keep one common border on every day; cut day by day, they would drift apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from twofronts.build.chronicle import Page
from twofronts.build.overlay import PRECISION_DEG
from twofronts.build.slivers import absorb

SIMPLER_DEG = 0.005
"""Borders are thinned by this much, all together: an eighth of the grid the fronts are computed on."""

History: TypeAlias = tuple[tuple[int, str], ...]
"""Who held a piece from which day on, in order; no holder comes twice in a row."""


@dataclass(frozen=True)
class Tessera:
    """A piece of land (lon, lat, 4 decimals) and its history."""

    geometry: Polygon
    history: History


def lay(land: shapely.Geometry, neutral: shapely.Geometry, pages: Sequence[Page]) -> list[Tessera]:
    """Return the mosaic of `land`, of which `neutral` is held by neutral states, over the days of `pages`, in order.

    The pieces are a valid coverage: they neither overlap nor gape, and meet vertex by vertex.
    """
    grounds = {id(page.ground): page.ground for page in pages}.values()
    faces, spots = _cut(land, [neutral, *(area for ground in grounds for area in ground.held.values())])
    whole = _joined(zip(faces, _histories(spots, neutral, pages), strict=True))
    kept = absorb([piece.geometry for piece in whole])
    larger = _joined((piece.geometry, whole[into].history) for piece, into in zip(whole, kept, strict=True))
    thinned = shapely.coverage_simplify([piece.geometry for piece in larger], SIMPLER_DEG)
    rounded = shapely.transform(thinned, lambda points: np.round(points, 4))
    return [Tessera(shape, piece.history) for shape, piece in zip(rounded, larger, strict=True)]


def _cut(land: shapely.Geometry, areas: Iterable[shapely.Geometry]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Cut land along the borders of all areas; return the pieces and a point in each."""
    lines = [*_segments(areas), *shapely.get_parts(shapely.boundary(land))]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=PRECISION_DEG)]))
    spots = shapely.point_on_surface(faces)
    shapely.prepare(land)
    ashore = shapely.contains(land, spots)
    return faces[ashore], spots[ashore]


def _segments(areas: Iterable[shapely.Geometry]) -> npt.NDArray[np.object_]:
    """Return every segment of the outlines once: what stood still for a month is one line, not thirty."""
    found = []
    for area in areas:
        points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(area)), return_index=True)
        ends = np.rint(points / PRECISION_DEG).astype(np.int64)
        pairs = np.hstack([ends[:-1], ends[1:]])[ring[1:] == ring[:-1]]
        backwards = (pairs[:, 0] > pairs[:, 2]) | ((pairs[:, 0] == pairs[:, 2]) & (pairs[:, 1] > pairs[:, 3]))
        pairs[backwards] = pairs[backwards][:, [2, 3, 0, 1]]
        found.append(pairs)
    unique = np.unique(np.vstack(found), axis=0) * PRECISION_DEG
    return np.asarray(shapely.linestrings(unique.reshape(-1, 2, 2)))


def _histories(spots: npt.NDArray[np.object_], neutral: shapely.Geometry, pages: Sequence[Page]) -> list[History]:
    histories: list[list[tuple[int, str]]] = [[] for _ in spots]
    tree = shapely.STRtree(spots)
    for day, holder, area in _turns(pages):
        for number in tree.query(area, predicate="contains"):
            if not histories[number] or histories[number][-1][1] != holder:
                histories[number].append((day, holder))
    for number in tree.query(neutral, predicate="contains"):
        histories[number] = [(pages[0].day, "neutral")]
    return [tuple(history) for history in histories]


def _turns(pages: Sequence[Page]) -> Iterable[tuple[int, str, shapely.Geometry]]:
    """Yield from which day on who holds which ground: all of it on the first day, then what changed hands."""
    opening = pages[0]
    for holder, area in {"axis": opening.ground.axis, **opening.ground.held}.items():
        yield opening.day, holder, area
    for page in pages:
        for winner, area in page.changed:
            yield page.day, winner, area


def _joined(pieces: Iterable[tuple[Polygon, History]]) -> list[Tessera]:
    """Join neighbours that have one history."""
    alike: dict[History, list[Polygon]] = defaultdict(list)
    for shape, history in pieces:
        alike[history].append(shape)
    return [
        Tessera(part, history)
        for history, shapes in sorted(alike.items())
        for part in shapely.get_parts(shapely.coverage_union_all(shapes))
    ]
