"""Where a formation stands on each day: on its way from way-point to way-point, at an even pace."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from twofronts.build.moves.records import Spot, WayPoint

KM_PER_DEGREE = 111.195


def distance_km(one: Spot, other: Spot) -> float:
    """Return the distance in km of two spots at most some hundred km apart; the map document reckons alike.

    >>> round(distance_km(Spot(13.4, 52.5), Spot(14.4, 52.5)))
    68
    """
    across = (other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return KM_PER_DEGREE * math.hypot(across, other.lat - one.lat)


def length_km(way: Sequence[Spot]) -> float:
    """Return the length of a way in km, 0 for a single spot."""
    return sum(map(distance_km, way, way[1:]))


def along(way: Sequence[Spot], share: float) -> tuple[float, float]:
    """Return the point (lon, lat) at a share (0 to 1) of the length of a way.

    >>> along((Spot(10, 50), Spot(12, 50), Spot(12, 50)), 0.5)
    (11.0, 50.0)
    """
    left = share * length_km(way)
    for one, other in itertools.pairwise(way):
        step = distance_km(one, other)
        if step > 0 and left <= step:
            return one.lon + (other.lon - one.lon) * left / step, one.lat + (other.lat - one.lat) * left / step
        left -= step
    return way[-1].lon, way[-1].lat


def leg(before: WayPoint, point: WayPoint) -> tuple[Spot, ...]:
    """Return the way from one way-point to the next, both ends included."""
    return (before.at, *point.via, point.at)


def stations(march: Sequence[WayPoint]) -> Iterator[tuple[int, WayPoint, tuple[float, float]]]:
    """Yield for every day from the first way-point to the last: the day, the way-point it is on the way to, and where it stands."""
    yield march[0].day, march[0], (march[0].at.lon, march[0].at.lat)
    for before, point in itertools.pairwise(march):
        way = leg(before, point)
        for day in range(before.day + 1, point.day + 1):
            yield day, point, along(way, (day - before.day) / (point.day - before.day))
