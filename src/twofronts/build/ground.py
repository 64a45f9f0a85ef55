"""Who holds what on a day: the courses of all fronts and pockets put together."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import shapely
from shapely.geometry import MultiPolygon, box

from twofronts.build.course import Course
from twofronts.build.overlay import Area, area_km2, intersect, subtract, unite
from twofronts.build.records import Holder, PocketFrame
from twofronts.build.theatres import BOX, Theatre

SPECK_KM2 = 150.0
"""Axis ground smaller than this, and no pocket, only shows where two drawings do not quite meet; so does such ground of others
beside a rising."""


@dataclass(frozen=True)
class Ground:
    """The plane (lon, lat, not cut to the coast) divided between the sides on one day.

    The parts do not overlap and share their borders; what none of `held` covers is Axis ground.
    `contact` is where the ground freed from the west meets that freed from the east.
    """

    held: dict[str, MultiPolygon]
    axis: MultiPolygon
    contact: shapely.Geometry


@dataclass(frozen=True)
class Pocket:
    """A pocket's course and the days on which it is cut off (both included)."""

    frames: tuple[PocketFrame, ...]
    course: Course
    first: int
    last: int

    @classmethod
    def of(cls, frames: Sequence[PocketFrame], course: Course, line_days: Sequence[int]) -> Pocket:
        """Make a pocket; its first outline holds back to the key frame before the one that cut it off.

        Between those two the line already sweeps over ground that was still held. Ground the Allies hold behind the
        Axis front was never swept: it begins on the day of its first outline.
        """
        born = frames[0].day
        if frames[0].side != "axis":
            line_days = ()
        earlier = bisect.bisect_left(line_days, born)
        first = line_days[earlier - 1] + 1 if earlier > 0 else born
        last = frames[-1].end if frames[-1].end is not None else frames[-1].day
        return cls(tuple(frames), course, min(first, born), last)


@dataclass(frozen=True)
class _Inputs:
    """What a day's ground is made of: freed from either side, cut off, and (ground, side, zone) rules."""

    western: tuple[MultiPolygon, ...]
    soviet: tuple[MultiPolygon, ...]
    pockets: tuple[MultiPolygon, ...]
    risings: tuple[tuple[str, MultiPolygon], ...]
    rules: tuple[tuple[str, str, MultiPolygon], ...]

    @property
    def areas(self) -> tuple[MultiPolygon, ...]:
        """Return all areas: a day with the same ones is divided the same."""
        return (*self.western, *self.soviet, *self.pockets, *(area for _, area in self.risings), *(zone for *_, zone in self.rules))


class Divider:
    """Divides the plane between the sides."""

    def __init__(self, theatres: dict[str, Theatre], courses: dict[str, Course], pockets: Sequence[Pocket],
                 holders: Sequence[Holder], zones: dict[str, Area]) -> None:  # fmt: skip
        """`zones` are the territories named by `holders`, grown out over the sea (lon, lat)."""
        self.theatres, self.courses, self.pockets, self.holders, self.zones = theatres, courses, pockets, holders, zones
        self._plane = box(*BOX)
        self._zones: dict[tuple[str, ...], MultiPolygon] = {}

    def each(self, days: Sequence[int]) -> list[Ground]:
        """Return the division of the plane on the evening of each day; equal days share one object."""
        inputs = [self._inputs(day) for day in days]
        keys = [tuple(map(id, parts.areas)) for parts in inputs]
        wanted = dict(zip(keys, inputs, strict=True))
        grounds = {key: _divide(parts, self._plane) for key, parts in wanted.items()}
        return [grounds[key] for key in keys]

    def _inputs(self, day: int) -> _Inputs:
        lines = [(self.theatres[name].side, course.ground(day)) for name, course in self.courses.items()]
        standing = [(pocket.frames[0].side, pocket.course.ground(day)) for pocket in self.pockets if pocket.first <= day <= pocket.last]
        ruling = sorted((holder for holder in self.holders if holder.start <= day <= holder.end), key=_rule)
        rules = [(*rule, self._zone(tuple(holder.territory for holder in same))) for rule, same in groupby(ruling, key=_rule)]
        return _Inputs(
            tuple(area for side, area in lines if side == "western"), tuple(area for side, area in lines if side == "soviet"),
            tuple(area for side, area in standing if side == "axis"),
            tuple((side, area) for side, area in standing if side != "axis"), tuple(rules),
        )  # fmt: skip

    def _zone(self, names: tuple[str, ...]) -> MultiPolygon:
        if names not in self._zones:
            self._zones[names] = unite([self.zones[name] for name in names])
        return self._zones[names]


def _divide(parts: _Inputs, plane: Area) -> Ground:
    cut_off = unite(parts.pockets)
    west = subtract(unite(parts.western), cut_off)
    # where both lines have passed, the ground stays with the west, whose halt line is drawn as held
    east = subtract(subtract(unite(parts.soviet), cut_off), west)
    contact = shapely.intersection(west.boundary, east.boundary)
    held: dict[str, MultiPolygon] = {"western": west, "soviet": east, "partisan": MultiPolygon()}
    for ground, side, zone in parts.rules:
        others = {name: area for name, area in held.items() if name != side and shapely.intersects(zone, area)}
        if ground == "rest":
            held[side] = unite([held[side], reduce(subtract, [cut_off, *others.values()], zone)])
            continue
        for other, area in others.items():
            held[other] = subtract(area, zone)
        held[side] = unite([held[side], *(intersect(area, zone) for area in others.values())])
    for side, area in parts.risings:
        held = _rise(held, side, area)
    axis = reduce(subtract, held.values(), plane)
    specks = [part for part in axis.geoms if area_km2(part) < SPECK_KM2 and not part.intersects(cut_off)]
    beside: dict[str, list[Area]] = defaultdict(list)
    for speck in specks:
        beside[max(held, key=lambda side: float(shapely.length(shapely.intersection(held[side], speck.boundary))))].append(speck)
    held |= {side: unite([held[side], unite(mine)]) for side, mine in beside.items()}
    return Ground(held, subtract(axis, MultiPolygon(specks)), contact)


def _rise(held: dict[str, MultiPolygon], side: str, area: MultiPolygon) -> dict[str, MultiPolygon]:
    """Give the ground of a rising to its side, with the specks it leaves of other ground beside it."""
    risen = [held[side], area]
    left = {side: MultiPolygon()}
    for name, ground in held.items():
        if name != side:
            rest = subtract(ground, area)
            specks = [part for part in rest.geoms if part.intersects(area) and area_km2(part) < SPECK_KM2]
            left[name] = MultiPolygon([part for part in rest.geoms if part not in specks]) if specks else rest
            risen += specks
    return {name: unite(risen) if name == side else left[name] for name in held}


def _rule(holder: Holder) -> tuple[str, str]:
    return holder.ground, holder.side
