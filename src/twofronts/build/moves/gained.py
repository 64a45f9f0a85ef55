"""The ground an offensive gained, read off the account of the land."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from twofronts.build.control import Holding
from twofronts.build.grid import to_metres
from twofronts.build.moves.records import Offensive, Way
from twofronts.build.overlay import area_km2

REACH_M = 150_000.0
"""Ground farther than this from every axis is not the offensive's."""
STEP_DEG = 0.05
"""Ground is counted by points this far apart; a piece too small to hold one is counted whole."""


def ground_gained(offensives: Sequence[Offensive], holdings: Iterable[Holding], first: int, last: int) -> dict[str, int | None]:
    """Return km2 by offensive: ground that came to the attacker on its days, and stayed his to its end, nearest to its axes.

    Where several offensives of one side could have gained it, the one with the nearest axis has. None outside the days
    with fronts (`first` to `last`).
    """
    gained: dict[str, float] = {item.id: 0.0 for item in offensives}
    axes = {item.id: shapely.MultiLineString([_in_metres(axis) for axis in item.axes]) for item in offensives}
    for holding in holdings:
        rivals = [
            item.id for item in offensives
            if item.side == holding.holder and max(item.start, first + 1) <= holding.start <= item.end
            and holding.end >= min(item.end, last)
        ]  # fmt: skip
        if not rivals:
            continue
        for part in shapely.get_parts(holding.geometry):
            spots = _points_in(part)
            distances = np.array([shapely.distance(axes[name], spots) for name in rivals])
            near = distances.min(axis=0) <= REACH_M
            shares = np.bincount(distances.argmin(axis=0)[near], minlength=len(rivals)) / len(spots)
            for name, share in zip(rivals, shares, strict=True):
                gained[name] += area_km2(part) * float(share)
    return {item.id: round(gained[item.id]) if first <= item.end and item.start <= last else None for item in offensives}


def _points_in(part: shapely.Polygon) -> Any:
    """Return points (EPSG:3035) spread evenly over a piece of land in lon, lat; at least one."""
    west, south, east, north = (round(edge / STEP_DEG) for edge in part.bounds)
    lon, lat = np.meshgrid(np.arange(west, east + 1) * STEP_DEG, np.arange(south, north + 1) * STEP_DEG)
    inside = shapely.contains_xy(part, lon.ravel(), lat.ravel())
    spots = np.column_stack([lon.ravel()[inside], lat.ravel()[inside]])
    return shapely.points(to_metres(spots if len(spots) else shapely.get_coordinates(shapely.point_on_surface(part))))


def _in_metres(axis: Way) -> shapely.LineString:
    return shapely.LineString(to_metres(np.array([(station.spot.lon, station.spot.lat) for station in axis])))
