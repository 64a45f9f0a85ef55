"""The front of a day as lines: the shared edge of Axis and Allied ground, each stretch with how it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, MultiLineString

from twofronts.build.course import Course
from twofronts.build.grid import Floats, to_metres
from twofronts.build.ground import Ground, Pocket
from twofronts.build.overlay import PRECISION_DEG

STILL_KM = 4.0
"""A stretch this near to both key frames counts as observed: they agree on it."""
SHORTEST_RUN_KM = 12.0
ROUGH_KM = (1, 2, 3, 5, 8, 12, 20, 30, 40, 60)
CRUMB_DEG = 0.005
"""Lines shorter than this (some 400 m) are where a front grazes an islet."""


@dataclass(frozen=True)
class Stretch:
    """One piece of the front (lon, lat): whose drawing it is, how it is known, how wrong it may be."""

    geometry: LineString
    theatre: str
    sides: tuple[str, ...]
    status: str
    from_keyframes: tuple[str, ...]
    uncertainty_km: int


Known = tuple[int, bool, str]
"""Which drawing a segment follows, whether the key frames before and after agree on it, and the side behind it."""


@dataclass(frozen=True)
class _Drawing:
    """A course that may have drawn a stretch."""

    theatre: str
    course: Course


class Surveyor:
    """Cuts each day's front to land that was fought over and tells what is known of each stretch."""

    def __init__(self, courses: Mapping[str, Course], pockets: Sequence[Pocket], land: shapely.Geometry) -> None:
        """`land` is all land that was fought over (lon, lat)."""
        self.courses, self.pockets, self.land = courses, pockets, land
        shapely.prepare(land)
        self._cut: dict[bytes, list[LineString]] = {}

    def lines(self, ground: Ground, day: int) -> list[Stretch]:
        """Return the stretches of the front on a day, contact lines between the Allies included."""
        drawings = [_Drawing(name, course) for name, course in self.courses.items()]
        drawings += [_Drawing(pocket.frames[0].theatre, pocket.course) for pocket in self.pockets if pocket.first <= day <= pocket.last]
        found = []
        # rings wound so that Axis ground lies on the right hand: the map draws teeth towards it
        border = shapely.orient_polygons(ground.axis, exterior_cw=True).boundary
        for line in _simple_lines(self._ashore(border), CRUMB_DEG):
            found.extend(self._stretches(line, drawings, day, ground))
        west = [drawing for drawing in drawings if drawing.course in (self.courses.get("west"), self.courses.get("italy"))]
        for line in _simple_lines(self._ashore(ground.contact), CRUMB_DEG):
            found.extend(self._stretches(line, west, day, None))
        return found

    def _ashore(self, lines: shapely.Geometry) -> shapely.Geometry:
        """Cut lines to land, tile by tile; what did not move since another day is not cut again."""
        pieces: list[shapely.Geometry] = []
        for part in shapely.get_parts(lines):
            if part.geom_type != "LineString":
                continue
            for chunk in _chunks(shapely.get_coordinates(part)):
                key = chunk.wkb
                if key not in self._cut:
                    self._cut[key] = self._cut_to_land(chunk)
                pieces.extend(self._cut[key])
        return shapely.line_merge(MultiLineString(pieces), directed=True)

    def _cut_to_land(self, chunk: LineString) -> list[LineString]:
        if shapely.contains_properly(self.land, chunk):
            return [chunk]
        return _simple_lines(shapely.intersection(chunk, self.land)) if shapely.intersects(self.land, chunk) else []

    def _stretches(self, line: LineString, drawings: Sequence[_Drawing], day: int, ground: Ground | None) -> list[Stretch]:
        """Cut a line where its drawing, its status or the side behind it changes; without `ground` it is a contact line."""
        points = shapely.get_coordinates(line)
        metres = to_metres(points)
        middles = (metres[:-1] + metres[1:]) / 2
        lengths = np.hypot(*np.diff(metres, axis=0).T)
        drawings = [drawing for drawing in drawings if drawing.course.window.meets(middles)] or drawings
        distance = np.array([np.abs(_sample(drawing, day, middles)) for drawing in drawings])
        nearest = distance.argmin(axis=0)
        agreed, error = np.zeros(len(middles), dtype=bool), np.zeros(len(middles))
        for index in np.unique(nearest):
            mine = nearest == index
            agreed[mine], error[mine] = self._known(drawings[index], day, middles[mine])
        behind = ["western"] * len(middles) if ground is None else _sides_behind(ground, (points[:-1] + points[1:]) / 2)
        known = zip(nearest.tolist(), agreed.tolist(), behind, strict=True)
        keys = _smooth(list(known), lengths)
        found, start = [], 0
        for stop in [*(number for number in range(1, len(keys)) if keys[number] != keys[number - 1]), len(keys)]:
            index, stood, side = keys[start]
            bracket = drawings[index].course.bracket(day)
            uncertainty = np.average(error[start:stop], weights=lengths[start:stop] + 1e-9)
            piece = LineString(np.round(points[start : stop + 1], 4))
            sides = ("soviet", "western") if ground is None else tuple(sorted(("axis", side)))
            drawn_today = bracket.share == 1
            status = "observed" if stood or drawn_today else "interpolated"
            frames = (bracket.after,) if drawn_today and not stood else tuple(dict.fromkeys((bracket.before, bracket.after)))
            if piece.length > 0:
                found.append(Stretch(piece, drawings[index].theatre, sides, status, frames, _rough(float(uncertainty))))
            start = stop
        return found

    def _known(self, drawing: _Drawing, day: int, middles: Floats) -> tuple[npt.NDArray[np.bool_], Floats]:
        """Return where the key frames agree, and the uncertainty in km, for each point."""
        course = drawing.course
        bracket, span = course.bracket(day), course.span(day)
        before, after = (np.abs(span.sample(field, middles)) / 1000 for field in (span.before, span.after))
        drawn = (1 - bracket.share) * bracket.uncertainty_km[0] + bracket.share * bracket.uncertainty_km[1]
        agreed = np.maximum(before, after) < STILL_KM
        # between two fixed ends a path is least known in the middle, and the more the farther it had to go
        between = drawn + 0.4 * (before + after) * (bracket.share * (1 - bracket.share)) ** 0.5
        # where nothing moved the line is as good as the worse of the two drawings says
        return agreed, np.where(agreed, max(bracket.uncertainty_km), np.minimum(60.0, between))


def _rough(km: float) -> int:
    """Round an uncertainty as far as it can be known: 14.2 km is a claim, 15 km an estimate."""
    return min(ROUGH_KM, key=lambda step: abs(step - km))


def _sample(drawing: _Drawing, day: int, metres: Floats) -> Floats:
    course, span = drawing.course, drawing.course.span(day)
    rows, columns = course.window.indices(metres)
    outside = (rows < 0) | (columns < 0) | (rows > course.window.rows - 1) | (columns > course.window.columns - 1)
    return np.where(outside, 1e9, span.sample(course.field(day), metres))


def _sides_behind(ground: Ground, middles: Floats) -> list[str]:
    """Return which Allied side holds the other bank of each point (lon, lat) on the edge of Axis ground."""
    spots = shapely.points(middles)
    sides = np.full(len(spots), "soviet", dtype=object)
    for side, area in ground.held.items():
        shapely.prepare(area)
        sides[shapely.dwithin(area, spots, PRECISION_DEG)] = side
    return [str(side) for side in sides]


def _smooth(keys: list[Known], lengths: Floats) -> list[Known]:
    """Give runs too short to be read to their longer neighbour."""
    runs: list[list[int]] = []
    for number, key in enumerate(keys):
        if runs and keys[runs[-1][0]] == key:
            runs[-1].append(number)
        else:
            runs.append([number])
    smoothed = list(keys)
    for position, run in enumerate(runs):
        if len(runs) > 1 and lengths[run].sum() < SHORTEST_RUN_KM * 1000:
            beside = [runs[other] for other in (position - 1, position + 1) if 0 <= other < len(runs)]
            longest = max(beside, key=lambda other: lengths[other].sum())
            for number in run:
                smoothed[number] = keys[longest[0]]
    return smoothed


def _chunks(points: Floats) -> Iterator[LineString]:
    """Cut a line where its own coordinates say so, so that a stretch that stands still yields the same pieces every day."""
    marks = np.rint(points.sum(axis=1) * 1e4).astype(np.int64) % 16 == 0
    stops = [0, *(int(index) for index in np.flatnonzero(marks[1:-1]) + 1), len(points) - 1]
    return (LineString(points[start : stop + 1]) for start, stop in pairwise(stops))


def _simple_lines(geometry: shapely.Geometry, shortest_deg: float = 0.0) -> list[LineString]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString" and part.length > shortest_deg]
