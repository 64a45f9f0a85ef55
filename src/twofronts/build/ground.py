"""Who holds what on a day: the courses of all fronts and pockets put together."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import shapely
from shapely.geometry import MultiPolygon, box

from twofronts.build.course import Course
from twofronts.build.overlay import Area, intersect, subtract, unite
from twofronts.build.records import Holder, PocketFrame
from twofronts.build.theatres import BOX, Theatre


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

        Between those two the line already sweeps over ground that was still held.
        """
        born = frames[0].day
        earlier = bisect.bisect_left(line_days, born)
        first = line_days[earlier - 1] + 1 if earlier > 0 else born
        last = frames[-1].end if frames[-1].end is not None else frames[-1].day
        return cls(tuple(frames), course, min(first, born), last)


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
        keys = [tuple(id(part) for parts in (lines.values(), pockets, rules) for part in parts) for lines, pockets, rules in inputs]
        wanted = dict(zip(keys, inputs, strict=True))
        grounds = {key: self._divide(*parts) for key, parts in wanted.items()}
        return [grounds[key] for key in keys]

    def _inputs(self, day: int) -> tuple[dict[str, MultiPolygon], list[MultiPolygon], list[Holder]]:
        lines = {name: course.ground(day) for name, course in self.courses.items()}
        pockets = [pocket.course.ground(day) for pocket in self.pockets if pocket.first <= day <= pocket.last]
        return lines, pockets, [holder for holder in self.holders if holder.start <= day <= holder.end]

    def _divide(self, lines: dict[str, MultiPolygon], pockets: Sequence[MultiPolygon], rules: Sequence[Holder]) -> Ground:
        cut_off = unite(pockets)
        west = subtract(unite([area for name, area in lines.items() if self.theatres[name].side == "western"]), cut_off)
        east = unite([area for name, area in lines.items() if self.theatres[name].side == "soviet"])
        # where both lines have passed, the ground stays with the west, whose halt line is drawn as held
        east = subtract(subtract(east, cut_off), west)
        contact = shapely.intersection(west.boundary, east.boundary)
        held: dict[str, MultiPolygon] = {"western": west, "soviet": east, "partisan": MultiPolygon()}
        for (ground, side), names in groupby(sorted(rules, key=_rule), key=_rule):
            zone = self._zone(tuple(holder.territory for holder in names))
            moved: list[Area] = [zone] if ground == "whole" else []
            for other in held:
                if other != side and shapely.intersects(zone, held[other]):
                    moved.append(intersect(held[other], zone))
                    held[other] = subtract(held[other], zone)
            if side != "axis":
                held[side] = unite([held[side], *moved])
        axis = reduce(subtract, held.values(), self._plane)
        return Ground(held, axis, contact)

    def _zone(self, names: tuple[str, ...]) -> MultiPolygon:
        if names not in self._zones:
            self._zones[names] = unite([self.zones[name] for name in names])
            shapely.prepare(self._zones[names])
        return self._zones[names]


def _rule(holder: Holder) -> tuple[str, str]:
    return holder.ground, holder.side
