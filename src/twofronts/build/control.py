"""Who holds what as pieces of land, each with the days it was held: a coverage of all land on every day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from twofronts.build.ground import Ground
from twofronts.build.overlay import PRECISION_DEG, area_km2, as_polygons, intersect, subtract, unite
from twofronts.build.theatres import BOX

HOLDERS = ("axis", "western", "soviet", "partisan")
TILE_DEG = 2.0
CRUMB_KM2 = 0.5


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


def changes(before: Ground, after: Ground) -> list[Change]:
    """Return all ground that changed hands between two days."""
    old, new = _parts(before), _parts(after)
    found = []
    lost = {side: subtract(old[side], new[side]) for side in HOLDERS}
    for loser in HOLDERS:
        if lost[loser].is_empty:
            continue
        for winner in HOLDERS:
            if winner == loser:
                continue
            area = intersect(lost[loser], new[winner])
            if not area.is_empty:
                found.append((loser, winner, area))
    return found


Gains = dict[int, dict[str, float]]
"""Net km2 gained by each holder, by day."""


@dataclass
class _Tile:
    """The land of one tile: pieces by holder with the day since when, and what is to change hands."""

    pieces: dict[str, list[tuple[int, MultiPolygon]]]
    transfers: list[tuple[int, str, str, shapely.Geometry]] = field(default_factory=list)
    closed: list[tuple[str, int, int, MultiPolygon]] = field(default_factory=list)
    gains: list[tuple[int, str, str, float]] = field(default_factory=list)

    def settle(self, last: int) -> None:
        """Carry out every transfer in order, then close all pieces on the last day."""
        for transfer in self.transfers:
            self._transfer(*transfer)
        for holder, pieces in self.pieces.items():
            self.closed += [(holder, since, last, land) for since, land in pieces]

    def _transfer(self, day: int, loser: str, winner: str, part: shapely.Geometry) -> None:
        touched = shapely.intersects(part, [land for _, land in self.pieces[loser]])
        kept, size = [piece for piece, hit in zip(self.pieces[loser], touched, strict=True) if not hit], 0.0
        for since, land in itertools.compress(self.pieces[loser], touched):
            taken = intersect(land, part)
            if taken.is_empty:
                kept.append((since, land))
                continue
            rest, crumbs = _without_crumbs(subtract(land, part), taken)
            if not rest.is_empty:
                kept.append((since, rest))
            taken = unite([taken, *crumbs])
            if since < day:
                self.closed.append((loser, since, day - 1, taken))
            self.pieces[winner].append((day, taken))
            size += area_km2(taken)
        self.pieces[loser] = kept
        self.gains.append((day, loser, winner, size))


def _without_crumbs(land: MultiPolygon, beside: MultiPolygon) -> tuple[MultiPolygon, list[Polygon]]:
    """Split off the slivers that rounding leaves along a moving front: they go with the ground beside them."""
    crumbs = [part for part in land.geoms if area_km2(part) < CRUMB_KM2 and part.intersects(beside)]
    return (MultiPolygon([part for part in land.geoms if part not in crumbs]), crumbs) if crumbs else (land, [])


class Ledger:
    """Keeps the account of every piece of land from the first day on."""

    def __init__(self, land: shapely.Geometry, neutral: shapely.Geometry, ground: Ground, day: int) -> None:
        """`land` is all land; `neutral` the part of it in neutral states (lon, lat)."""
        self._neutral, self._first = neutral, day
        fought = subtract(land, neutral)
        frames, self._tiles = [], []
        west, south, east, north = BOX
        # small tiles keep every cut small
        for lon, lat in itertools.product(np.arange(west, east, TILE_DEG), np.arange(south, north, TILE_DEG)):
            frame = box(lon, lat, lon + TILE_DEG, lat + TILE_DEG)
            part = intersect(fought, frame)
            if part.is_empty:
                continue
            held = {holder: intersect(part, area) for holder, area in _parts(ground).items()}
            frames.append(frame)
            self._tiles.append(_Tile({holder: [] if area.is_empty else [(day, area)] for holder, area in held.items()}))
        self._index = shapely.STRtree(frames)

    def enter(self, changed: Iterable[Change], day: int) -> None:
        """Enter what changes hands on a day; days come in order."""
        for loser, winner, area in changed:
            for part in area.geoms:
                for number in self._index.query(part, predicate="intersects"):
                    self._tiles[number].transfers.append((day, loser, winner, part))

    def settle(self, last: int) -> tuple[list[Holding], Gains]:
        """Close the account on the last day: return every holding, sorted, and what each day brought."""
        pieces: dict[tuple[str, int, int], list[shapely.Geometry]] = defaultdict(list)
        gains: Gains = defaultdict(lambda: dict.fromkeys(HOLDERS, 0.0))
        for tile in self._tiles:
            tile.settle(last)
            for holder, since, until, land in tile.closed:
                pieces[holder, since, until].append(land)
            for day, loser, winner, size in tile.gains:
                gains[day][winner] += size
                gains[day][loser] -= size
        found = [Holding("neutral", self._first, last, as_polygons(self._neutral))]
        found += [
            Holding(*key, as_polygons(shapely.set_precision(shapely.union_all(lands), PRECISION_DEG))) for key, lands in pieces.items()
        ]
        return sorted((item for item in found if not item.geometry.is_empty), key=lambda item: (item.start, item.end, item.holder)), gains
