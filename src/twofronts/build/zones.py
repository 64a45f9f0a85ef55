"""Territories grown out over the sea: where the ground of `data/holders.csv` ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import shapely

from twofronts.build.overlay import as_polygons, subtract, unite

BORDER_TOLERANCE_DEG = 0.006


class State(Protocol):
    """A territory (lon, lat) and whether it was neutral, contested or allied."""

    @property
    def status(self) -> str: ...
    @property
    def geometry(self) -> shapely.Geometry: ...


def over_sea(countries: Mapping[str, State], name: str, degrees: float = 0.5) -> shapely.Geometry:
    """Return a territory grown out over the sea and neutral states, where nothing is drawn, but over no other land."""
    own = countries[name].geometry
    # the coast is cut elsewhere: only where it meets its neighbours on land does the outline matter
    grown = unite([own, own.simplify(degrees / 10).buffer(degrees, quad_segs=2)])
    others = [
        item.geometry for key, item in countries.items() if key != name and item.status != "neutral" and item.geometry.intersects(grown)
    ]
    zone = as_polygons(subtract(grown, unite(others)).simplify(BORDER_TOLERANCE_DEG))
    return unite([part for part in zone.geoms if part.intersects(own)])
