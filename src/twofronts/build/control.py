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
from twofronts.build.parallel import spread
from twofronts.build.theatres import BOX

HOLDERS = ("axis", "western", "soviet", "partisan")
TILE_DEG = 2.0
CRUMB_KM2 = 2.0
MARGIN_DEG = 0.1


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
    frame: Polygon
    reach: tuple[float, float, float, float]
    transfers: list[tuple[int, str, str, shapely.Geometry]] = field(default_factory=list)
    closed: list[tuple[str, int, int, MultiPolygon]] = field(default_factory=list)
    gains: list[tuple[int, str, str, float]] = field(default_factory=list)

    def settle(self, last: int) -> tuple[list[tuple[str, int, int, MultiPolygon]], list[tuple[int, str, str, float]]]:
        """Carry out every transfer in order, close all pieces on the last day; return them and what each transfer brought."""
        for transfer in self.transfers:
            self._transfer(*transfer)
        for holder, pieces in self.pieces.items():
            self.closed += [(holder, since, last, land) for since, land in pieces]
        return self.closed, self.gains

    def _transfer(self, day: int, loser: str, winner: str, part: shapely.Geometry) -> None:
        if not self.pieces[loser]:
            return
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
            if crumbs:
                taken = unite([taken, *crumbs])
            if since < day:
                self.closed.append((loser, since, day - 1, taken))
            self.pieces[winner].append((day, taken))
            size += area_km2(taken)
        self.pieces[loser] = kept
        self.gains.append((day, loser, winner, size))


def _without_crumbs(land: MultiPolygon, beside: MultiPolygon) -> tuple[MultiPolygon, list[Polygon]]:
    """Split off the slivers that rounding leaves along a moving front: they go with the ground beside them."""
    parts = shapely.get_parts(land)
    # a square degree is never more than 12,400 km2: only what may be a crumb is measured in full
    small = parts[shapely.area(parts) < 10 * CRUMB_KM2 / 12_400]
    crumbs = [part for part in small if area_km2(part) < CRUMB_KM2 and part.intersects(beside)]
    return (MultiPolygon([part for part in land.geoms if part not in crumbs]), crumbs) if crumbs else (land, [])


def _clipped(area: shapely.Geometry, reach: tuple[float, float, float, float]) -> shapely.Geometry:
    inside = shapely.clip_by_rect(area, *reach)
    # the quick way now and then leaves an outline that touches itself
    return inside if shapely.is_valid(inside) else shapely.intersection(area, box(*reach))


def _joined(lands: list[MultiPolygon]) -> MultiPolygon:
    land = shapely.set_precision(shapely.union_all(lands), PRECISION_DEG)
    # every cut leaves vertices on straight edges: what lies within the last decimal of them says nothing
    return as_polygons(shapely.set_precision(shapely.simplify(land, PRECISION_DEG / 2), PRECISION_DEG))


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
            reach = (lon - MARGIN_DEG, lat - MARGIN_DEG, lon + TILE_DEG + MARGIN_DEG, lat + TILE_DEG + MARGIN_DEG)
            pieces = {holder: [] if area.is_empty else [(day, area)] for holder, area in held.items()}
            self._tiles.append(_Tile(pieces, frame, reach))
        self._index = shapely.STRtree(frames)

    def enter(self, changed: Iterable[Change], day: int) -> None:
        """Enter what changes hands on a day; days come in order."""
        for loser, winner, area in changed:
            for part in area.geoms:
                shapely.prepare(part)
                for number in self._index.query(part, predicate="intersects"):
                    tile = self._tiles[number]
                    # clipped, a long strip of ground costs each tile no more than its own share
                    inside = part if shapely.covers(tile.frame, part) else _clipped(part, tile.reach)
                    tile.transfers.append((day, loser, winner, inside))

    def settle(self, last: int) -> tuple[list[Holding], Gains]:
        """Close the account on the last day: return every holding, sorted, and what each day brought."""
        pieces: dict[tuple[str, int, int], list[shapely.Geometry]] = defaultdict(list)
        gains: Gains = defaultdict(lambda: dict.fromkeys(HOLDERS, 0.0))
        # busy tiles first: the processes then end together
        order = sorted(range(len(self._tiles)), key=lambda number: (-len(self._tiles[number].transfers), number))
        settled = dict(zip(order, spread(lambda number: self._tiles[number].settle(last), order), strict=True))
        for number in range(len(self._tiles)):
            closed, brought = settled[number]
            for holder, since, until, land in closed:
                pieces[holder, since, until].append(land)
            for day, loser, winner, size in brought:
                gains[day][winner] += size
                gains[day][loser] -= size
        found = [Holding("neutral", self._first, last, as_polygons(self._neutral))]
        joined = spread(lambda key: _joined(pieces[key]), list(pieces))
        found += [Holding(*key, land) for key, land in zip(pieces, joined, strict=True)]
        return sorted((item for item in found if not item.geometry.is_empty), key=lambda item: (item.start, item.end, item.holder)), gains
