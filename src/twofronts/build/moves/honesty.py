"""What no formation can do: stand behind the enemy's front, outrun its engines, live before its birth or walk on water."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from twofronts.build.grid import Floats
from twofronts.build.moves.pace import KM_PER_DEGREE, leg, length_km, stations
from twofronts.build.moves.records import Formation, Moves, Spot, WayPoint
from twofronts.days import to_iso, to_number
from twofronts.problems import Problem

Ints = npt.NDArray[np.int_]

FASTEST_KM_A_DAY = {"": 80, "road": 80, "rail": 400, "sea": 500, "air": 3000}
WATER_KM = 15.0
"""A way by road or rail may cut a bay or a wide river's mouth by so much."""
FRIENDS = {
    "western": ("western", "partisan"),
    "soviet": ("soviet", "partisan"),
    "partisan": ("partisan", "soviet", "western"),
    "axis": ("axis",),
}
REACH_DEG = 1.5


def check_marches(moves: Moves, lands: Sequence[shapely.Geometry]) -> list[Problem]:
    """Return every way-point out of its formation's life, too soon, too far, or across the sea; `lands` in lon, lat."""
    found: list[Problem] = []
    land = _Land(lands)
    for name, march in moves.marches.items():
        found += _of_life(moves.formations[name], march)
        for before, point in itertools.pairwise(march):
            found += _of_leg(before, point, land)
    return found


def _of_life(formation: Formation, march: Sequence[WayPoint]) -> Iterator[Problem]:
    if len(march) == 1:
        yield _problem(march[0], "date", f"is the only way-point of '{formation.id}'", "a formation needs its first and its last day")
    for point in march:
        if not formation.start <= point.day <= formation.end:
            life = f"{to_iso(formation.start)} to {to_iso(formation.end)}"
            yield _problem(point, "date", f"{to_iso(point.day)} is outside the life of '{formation.id}'", f"it lasted from {life}")


def _of_leg(before: WayPoint, point: WayPoint, land: _Land) -> Iterator[Problem]:
    days = point.day - before.day
    if days == 0:
        yield _problem(point, "date", f"'{point.formation}' stands twice on {to_iso(point.day)}", "keep one of the two rows")
        return
    way = leg(before, point)
    pace, limit = length_km(way) / days, FASTEST_KM_A_DAY[point.by]
    if pace > limit:
        how = point.by or "road"
        yield _problem(point, "at", f"{pace:.0f} km a day are too fast by {how}, at most {limit}", "mend a date, a place or `by`")
    if point.by in ("sea", "air") or length_km(way) == 0:
        return
    line = shapely.LineString([(spot.lon, spot.lat) for spot in way])
    longest = max(map(_km, land.off(line)), default=0.0)
    if longest > WATER_KM:
        how = point.by or "road"
        yield _problem(point, "via", f"crosses {longest:.0f} km of water by {how}", "name the bends of the way, or write sea")


class _Land:
    """All land, by state: most ways lie in one or two."""

    def __init__(self, lands: Sequence[shapely.Geometry]) -> None:
        shapely.prepare(lands)
        self._tree = shapely.STRtree(lands)

    def off(self, line: shapely.LineString) -> list[shapely.LineString]:
        """Return the pieces of a line that cross water."""
        left: shapely.Geometry = line
        around = shapely.bounds(shapely.buffer(line, 0.01))
        near = self._tree.query(line)
        # most ways stay within one state, which its prepared outline tells at once
        if shapely.covers(self._tree.geometries[near], line).any():
            return []
        for number in near:
            left = shapely.difference(left, shapely.clip_by_rect(self._tree.geometries[number], *around))
        return [part for part in shapely.get_parts(left) if not part.is_empty]


def _km(line: shapely.Geometry) -> float:
    return length_km([Spot(lon, lat) for lon, lat in shapely.get_coordinates(line)])


def _problem(point: WayPoint, column: str, message: str, remedy: str) -> Problem:
    return Problem(point.file, point.row, column, message, remedy)


class Holdings:
    """Who held which ground when, as `control.geojson` tells."""

    def __init__(self, features: Sequence[dict[str, Any]]) -> None:
        """`features` are those of `control.geojson`."""
        self._holder = np.array([item["properties"]["holder"] for item in features])
        self._start = np.array([to_number(item["properties"]["start"]) for item in features])
        self._end = np.array([to_number(item["properties"]["end"]) for item in features])
        self._tree = shapely.STRtree(shapely.from_geojson([json.dumps(item["geometry"]) for item in features]))

    def off_km(self, days: Ints, spots: Floats, holders: Sequence[str]) -> Floats:
        """Return how far each spot (n, 2; lon, lat) is from ground of these holders on its day; 0 on it, and at sea."""
        points = shapely.points(spots)
        off = np.zeros(len(points))
        number, ground = self._tree.query(points, predicate="intersects")
        then = (self._start[ground] <= days[number]) & (days[number] <= self._end[ground])
        friendly = then & np.isin(self._holder[ground], holders)
        for index in set(number[then]) - set(number[friendly]):
            off[index] = self._to_nearest(int(days[index]), points[index], holders)
        return off

    def _to_nearest(self, day: int, spot: shapely.Point, holders: Sequence[str]) -> float:
        near = self._tree.query(shapely.buffer(spot, REACH_DEG), predicate="intersects")
        own = near[(self._start[near] <= day) & (day <= self._end[near]) & np.isin(self._holder[near], holders)]
        ways = shapely.shortest_line(spot, self._tree.geometries[own])
        return min(map(_km, ways), default=REACH_DEG * KM_PER_DEGREE)


def find_trespasses(moves: Moves, holdings: Holdings, line_km: float) -> list[str]:
    """Return the worst day of each way on which a formation stands behind the enemy's front.

    Its own uncertainty, and `line_km` for the line's, are allowed for.
    """
    found = []
    for name, march in moves.marches.items():
        slack = dict(zip((point.day for point in march), _slacks(march), strict=True))
        steps = [(day, point, spot) for day, point, spot in stations(march) if point.by not in ("sea", "air")]
        off = holdings.off_km(
            np.array([day for day, _, _ in steps]), np.array([spot for _, _, spot in steps]), FRIENDS[moves.formations[name].side]
        )
        wrong: dict[WayPoint, list[tuple[float, int, tuple[float, float]]]] = {}
        for (day, point, spot), km in zip(steps, off, strict=True):
            if km > slack[point.day] + line_km:
                wrong.setdefault(point, []).append((float(km), day, spot))
        for point, days in wrong.items():
            km, day, (lon, lat) = max(days)
            found.append(
                f"{point.file}, row {point.row}: '{name}' stands {km:.0f} km behind the other side's front on {to_iso(day)} "
                f"at {lon:.2f} {lat:.2f} ({len(days)} day(s) on the way to this row); give a way-point before, or mend this one"
            )
    return found


def _slacks(march: Sequence[WayPoint]) -> Iterator[float]:
    yield march[0].uncertainty_km
    for before, point in itertools.pairwise(march):
        yield max(before.uncertainty_km, point.uncertainty_km)


def find_gaps(moves: Moves) -> list[str]:
    """Return the formations without way-points, and the days on which a formation on the map has no commander."""
    found = [f"formation '{name}': has no way-points" for name in moves.formations if name not in moves.marches]
    for name, march in moves.marches.items():
        commanded = {day for command in moves.commands if command.formation == name for day in range(command.start, command.end + 1)}
        bare = [day for day in range(march[0].day, march[-1].day + 1) if day not in commanded]
        if bare:
            since = to_iso(bare[0])
            found.append(f"formation '{name}': nobody commands it on {len(bare)} day(s) from {since}; add a row to a commanders table")
    return found
