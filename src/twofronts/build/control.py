"""Who holds what as pieces of land, each with the days it was held: a coverage of all land on every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, box

from twofronts.build.ground import Ground
from twofronts.build.outline import PRECISION_DEG, as_polygons
from twofronts.build.theatres import BOX

HOLDERS = ("axis", "western", "soviet", "partisan")
TILE_DEG = 4.0


@dataclass(frozen=True)
class Holding:
    """A piece of land (lon, lat) and who held it from `start` to `end`, both included."""

    holder: str
    start: int
    end: int
    geometry: MultiPolygon


def _parts(ground: Ground) -> dict[str, MultiPolygon]:
    return {"axis": ground.axis, **ground.held}


def changes(before: Ground, after: Ground) -> Iterator[tuple[str, str, MultiPolygon]]:
    """Yield (loser, winner, plane area) for all ground that changed hands between two days."""
    old, new = _parts(before), _parts(after)
    lost = {side: as_polygons(shapely.difference(old[side], new[side], grid_size=PRECISION_DEG)) for side in HOLDERS}
    for loser in HOLDERS:
        if lost[loser].is_empty:
            continue
        for winner in HOLDERS:
            if winner == loser:
                continue
            area = as_polygons(shapely.intersection(lost[loser], new[winner], grid_size=PRECISION_DEG))
            if not area.is_empty:
                yield loser, winner, area


class Ledger:
    """Keeps the account of every piece of land from the first day on."""

    def __init__(self, land: shapely.Geometry, neutral: shapely.Geometry, ground: Ground, day: int) -> None:
        """`land` is all land; `neutral` the part of it in neutral states (lon, lat)."""
        self._closed: dict[tuple[str, int, int], list[shapely.Geometry]] = defaultdict(list)
        self._neutral, self._first = neutral, day
        fought = shapely.difference(land, neutral, grid_size=PRECISION_DEG)
        # small tiles keep every cut small
        self._tiles: list[tuple[shapely.Geometry, list[tuple[str, int, shapely.Geometry]]]] = []
        west, south, east, north = BOX
        for lon in np.arange(west, east, TILE_DEG):
            for lat in np.arange(south, north, TILE_DEG):
                frame = box(lon, lat, lon + TILE_DEG, lat + TILE_DEG)
                part = shapely.intersection(fought, frame, grid_size=PRECISION_DEG)
                if part.is_empty:
                    continue
                pieces = []
                for holder, area in _parts(ground).items():
                    held = as_polygons(shapely.intersection(part, area, grid_size=PRECISION_DEG))
                    if not held.is_empty:
                        pieces.append((holder, day, held))
                self._tiles.append((frame, pieces))
        self._index = shapely.STRtree([frame for frame, _ in self._tiles])

    def turn(self, before: Ground, after: Ground, day: int) -> dict[str, float]:
        """Enter what changed hands on a day; return km2 gained, net, by holder."""
        gained = dict.fromkeys(HOLDERS, 0.0)
        for loser, winner, area in changes(before, after):
            for part in area.geoms:
                for number in self._index.query(part, predicate="intersects"):
                    frame, pieces = self._tiles[number]
                    kept: list[tuple[str, int, shapely.Geometry]] = []
                    for holder, since, piece in pieces:
                        taken = MultiPolygon()
                        if holder == loser and piece.intersects(part):
                            taken = as_polygons(shapely.intersection(piece, part, grid_size=PRECISION_DEG))
                        if taken.is_empty:
                            kept.append((holder, since, piece))
                            continue
                        rest = as_polygons(shapely.difference(piece, part, grid_size=PRECISION_DEG))
                        if not rest.is_empty:
                            kept.append((holder, since, rest))
                        if since < day:
                            self._closed[holder, since, day - 1].append(taken)
                        kept.append((winner, day, taken))
                        size = area_km2(taken)
                        gained[winner] += size
                        gained[loser] -= size
                    self._tiles[number] = (frame, kept)
        return gained

    def close(self, day: int) -> list[Holding]:
        """Close the account on the last day and return every holding, sorted."""
        for _, pieces in self._tiles:
            for holder, since, piece in pieces:
                self._closed[holder, since, day].append(piece)
        found = [Holding("neutral", self._first, day, as_polygons(self._neutral))]
        for (holder, start, end), pieces_ in self._closed.items():
            found.append(Holding(holder, start, end, _merge(pieces_)))
        return sorted((item for item in found if not item.geometry.is_empty), key=lambda item: (item.start, item.end, item.holder))


def _merge(pieces: Sequence[shapely.Geometry]) -> MultiPolygon:
    return as_polygons(shapely.union_all(list(pieces), grid_size=PRECISION_DEG))


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the area of lon, lat polygons on a sphere of Earth's authalic radius (6371.007 km)."""
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        for sign, ring in ((1, polygon.exterior), *((-1, hole) for hole in polygon.interiors)):
            lon, lat = np.radians(np.array(ring.coords)).T
            total += sign * abs(float(np.sum(np.diff(lon) * (np.sin(lat[:-1]) + np.sin(lat[1:]))))) / 2
    return total * 6371.007**2
