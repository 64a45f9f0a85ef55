"""Who holds what as pieces of land, each with the days it was held: a coverage of all land on every day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, box

from twofronts.build.ground import Ground
from twofronts.build.overlay import as_polygons, intersect, subtract, unite
from twofronts.build.theatres import BOX

HOLDERS = ("axis", "western", "soviet", "partisan")
TILE_DEG = 2.0


@dataclass(frozen=True)
class Holding:
    """A piece of land (lon, lat) and who held it from `start` to `end`, both included."""

    holder: str
    start: int
    end: int
    geometry: MultiPolygon


def _parts(ground: Ground) -> dict[str, MultiPolygon]:
    return {"axis": ground.axis, **ground.held}


Change = tuple[str, str, MultiPolygon]
"""Loser, winner and the plane area that changed hands."""


def changes(before: Ground, after: Ground) -> Iterator[Change]:
    """Yield all ground that changed hands between two days."""
    old, new = _parts(before), _parts(after)
    lost = {side: subtract(old[side], new[side]) for side in HOLDERS}
    for loser in HOLDERS:
        if lost[loser].is_empty:
            continue
        for winner in HOLDERS:
            if winner == loser:
                continue
            area = intersect(lost[loser], new[winner])
            if not area.is_empty:
                yield loser, winner, area


Piece = tuple[int, MultiPolygon]
"""The day since when, and the land."""


class Ledger:
    """Keeps the account of every piece of land from the first day on."""

    def __init__(self, land: shapely.Geometry, neutral: shapely.Geometry, ground: Ground, day: int) -> None:
        """`land` is all land; `neutral` the part of it in neutral states (lon, lat)."""
        self._closed: dict[tuple[str, int, int], list[shapely.Geometry]] = defaultdict(list)
        self._neutral, self._first = neutral, day
        fought = subtract(land, neutral)
        # small tiles keep every cut small
        self._tiles: list[dict[str, list[Piece]]] = []
        frames = []
        west, south, east, north = BOX
        for lon in np.arange(west, east, TILE_DEG):
            for lat in np.arange(south, north, TILE_DEG):
                frame = box(lon, lat, lon + TILE_DEG, lat + TILE_DEG)
                part = intersect(fought, frame)
                if part.is_empty:
                    continue
                pieces: dict[str, list[Piece]] = {holder: [] for holder in HOLDERS}
                for holder, area in _parts(ground).items():
                    held = intersect(part, area)
                    if not held.is_empty:
                        pieces[holder].append((day, held))
                frames.append(frame)
                self._tiles.append(pieces)
        self._index = shapely.STRtree(frames)

    def turn(self, changed: Iterable[Change], day: int) -> dict[str, float]:
        """Enter what changed hands on a day; return km2 gained, net, by holder."""
        gained = dict.fromkeys(HOLDERS, 0.0)
        for loser, winner, area in changed:
            for part in area.geoms:
                shapely.prepare(part)
                for number in self._index.query(part, predicate="intersects"):
                    size = self._transfer(self._tiles[number], part, loser, winner, day)
                    gained[winner] += size
                    gained[loser] -= size
        return gained

    def _transfer(self, pieces: dict[str, list[Piece]], part: shapely.Geometry, loser: str, winner: str, day: int) -> float:
        """Hand a part of a tile over; return its km2."""
        touched = shapely.intersects(part, [land for _, land in pieces[loser]])
        kept, size = [piece for piece, hit in zip(pieces[loser], touched, strict=True) if not hit], 0.0
        for since, land in itertools.compress(pieces[loser], touched):
            taken = intersect(land, part)
            if taken.is_empty:
                kept.append((since, land))
                continue
            rest = subtract(land, part)
            if not rest.is_empty:
                kept.append((since, rest))
            if since < day:
                self._closed[loser, since, day - 1].append(taken)
            pieces[winner].append((day, taken))
            size += area_km2(taken)
        pieces[loser] = kept
        return size

    def close(self, day: int) -> list[Holding]:
        """Close the account on the last day and return every holding, sorted."""
        for tile in self._tiles:
            for holder, pieces in tile.items():
                for since, land in pieces:
                    self._closed[holder, since, day].append(land)
        found = [Holding("neutral", self._first, day, as_polygons(self._neutral))]
        found += [Holding(holder, start, end, as_polygons(shapely.union_all(lands))) for (holder, start, end), lands in self._closed.items()]
        return sorted((item for item in found if not item.geometry.is_empty), key=lambda item: (item.start, item.end, item.holder))


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the area of lon, lat polygons on a sphere of Earth's authalic radius (6371.007 km)."""
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        for sign, ring in ((1, polygon.exterior), *((-1, hole) for hole in polygon.interiors)):
            lon, lat = np.radians(np.array(ring.coords)).T
            total += sign * abs(float(np.sum(np.diff(lon) * (np.sin(lat[:-1]) + np.sin(lat[1:]))))) / 2
    return total * 6371.007**2
