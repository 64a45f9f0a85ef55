"""Who holds what as pieces of land, each with the days it was held: a coverage of all land on every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import MultiPolygon

from twofronts.build.mosaic import Tessera
from twofronts.build.overlay import area_km2, as_polygons


@dataclass(frozen=True)
class Holding:
    """A piece of land (lon, lat) and who held it from `start` to `end`, both included."""

    holder: str
    start: int
    end: int
    geometry: MultiPolygon


Gains = dict[int, dict[str, float]]
"""Net km2 gained by each holder, by day."""


def settle(mosaic: Iterable[Tessera], last: int) -> tuple[list[Holding], Gains]:
    """Return every holding up to the last day, sorted, and what each day brought."""
    pieces: dict[tuple[int, int, str], list[shapely.Geometry]] = defaultdict(list)
    gains: Gains = defaultdict(lambda: defaultdict(float))
    for tessera in mosaic:
        size = area_km2(tessera.geometry)
        for (start, holder), (until, winner) in pairwise([*tessera.history, (last + 1, "")]):
            pieces[start, until - 1, holder].append(tessera.geometry)
            if winner:
                gains[until][winner] += size
                gains[until][holder] -= size
    found = [
        Holding(holder, start, end, as_polygons(shapely.coverage_union_all(shapes)))
        for (start, end, holder), shapes in sorted(pieces.items())
    ]
    return found, gains
