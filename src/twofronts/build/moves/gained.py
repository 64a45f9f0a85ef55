"""The ground an offensive gained, read off the account of the land."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from twofronts.build.control import Holding
from twofronts.build.grid import to_metres
from twofronts.build.moves.records import Offensive, Way
from twofronts.build.overlay import area_km2

REACH_M = 150_000.0
"""Ground farther than this from every axis is not the offensive's."""


def ground_gained(offensives: Sequence[Offensive], holdings: Iterable[Holding], first: int, last: int) -> dict[str, int | None]:
    """Return km2 by offensive: ground that came to the attacker on its days, and stayed his to its end, nearest to its axes.

    Where several offensives of one side could have gained it, the one with the nearest axis has. None outside the days
    with fronts (`first` to `last`).
    """
    gained: dict[str, float] = {item.id: 0.0 for item in offensives}
    axes = {item.id: shapely.MultiLineString([_in_metres(axis) for axis in item.axes]) for item in offensives}
    for holding in holdings:
        rivals = [
            item for item in offensives
            if item.side == holding.holder and max(item.start, first + 1) <= holding.start <= item.end
            and holding.end >= min(item.end, last)
        ]  # fmt: skip
        if not rivals:
            continue
        for part in shapely.get_parts(holding.geometry):
            spot = shapely.Point(to_metres(shapely.get_coordinates(shapely.point_on_surface(part)))[0])
            distance, name = min((float(shapely.distance(axes[item.id], spot)), item.id) for item in rivals)
            if distance <= REACH_M:
                gained[name] += area_km2(part)
    return {item.id: round(gained[item.id]) if first <= item.end and item.start <= last else None for item in offensives}


def _in_metres(axis: Way) -> shapely.LineString:
    return shapely.LineString(to_metres(np.array([(station.spot.lon, station.spot.lat) for station in axis])))
