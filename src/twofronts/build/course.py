"""The course of a front: its field and the ground behind it on every day."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from twofronts.build.field import Field, Pull, Span, signed_distance
from twofronts.build.grid import Window, to_lonlat, to_metres
from twofronts.build.outline import positive_ground
from twofronts.build.overlay import subtract, unite
from twofronts.build.parallel import spread
from twofronts.build.records import Capture, KeyFrame, Place, PocketFrame
from twofronts.build.theatres import Theatre

MARGIN_M = 100_000.0
POCKET_MARGIN_M = 20_000.0
POCKET_CELL_M = 1000.0
"""Pockets end as a few streets round a citadel: they need a finer grid than the fronts."""


@dataclass(frozen=True)
class Bracket:
    """The two dated drawings a day lies between, `share` of the way (1 on the day of the later one); the same one twice at the ends."""

    before: str
    after: str
    uncertainty_km: tuple[float, float]
    share: float


class Course:
    """Dated drawings of one edge, made continuous. `ground(day)` is what its field holds positive."""

    def __init__(self, days: Sequence[int], ids: Sequence[str], uncertainties: Sequence[float], fields: Sequence[Field],
                 window: Window, around: MultiPolygon | None, pulls: Sequence[Sequence[Pull]] = ()) -> None:  # fmt: skip
        """`around` is the ground (lon, lat) outside the window that counts as positive; `pulls` bend each span."""
        self.days, self.ids, self.uncertainties, self.window, self.around = days, ids, uncertainties, window, around
        moments = list(zip(days, fields, strict=True))
        self.spans = [
            Span(first, last, before, after, window, pulls[index] if pulls else ())
            for index, ((first, before), (last, after)) in enumerate(pairwise(moments))
        ] or [Span(days[0], days[0], fields[0], fields[0], window)]
        self._still = {id(field) for field in fields}
        self._grounds: dict[int, MultiPolygon] = {}
        self._latest: tuple[int, Span, Field] | None = None

    def span(self, day: int) -> Span:
        """Return the span a day lies in, the earlier one for the day of a drawing; the first or last one for days outside."""
        index = bisect.bisect_left(self.days, day) - 1
        return self.spans[min(max(index, 0), len(self.spans) - 1)]

    def field(self, day: int) -> Field:
        """Return the signed field on a day, metres at the key frames."""
        if self._latest is not None and self._latest[0] == day:
            return self._latest[2]
        span = self.span(day)
        if self._latest is not None and self._latest[1] is not span:
            self._latest[1].forget()
        field = span.on(min(max(day, self.days[0]), self.days[-1]))
        self._latest = (day, span, field)
        return field

    def ground(self, day: int) -> MultiPolygon:
        """Return the positive ground (lon, lat) on a day; the same object while nothing moves."""
        field = self.field(day)
        key = id(field) if id(field) in self._still else -day
        if key not in self._grounds:
            ground = positive_ground(field.astype(np.float64), self.window)
            self._grounds[key] = ground if self.around is None else unite([ground, self.around])
        return self._grounds[key]

    def bracket(self, day: int) -> Bracket:
        """Return which drawings a day rests on: for the day of a drawing that one and the one before."""
        after = min(bisect.bisect_left(self.days, day), len(self.days) - 1)
        before = max(after - 1, 0) if self.days[after] >= day else after
        share = (day - self.days[before]) / (self.days[after] - self.days[before]) if after != before else 1.0
        return Bracket(self.ids[before], self.ids[after], (self.uncertainties[before], self.uncertainties[after]), share)


def front_course(
    theatre: Theatre, frames: Sequence[KeyFrame], captures: Sequence[Capture], places: dict[str, Place]
) -> tuple[Course, list[str]]:
    """Return the course of a theatre's front, bent to the captures, and the ids of captures that contradict it."""
    grounds = [theatre.close(frame.coordinates) for frame in frames]
    window = Window.around(to_metres(np.vstack([np.array(frame.coordinates) for frame in frames])), MARGIN_M)
    fields = _fields(grounds, window)
    days = [frame.day for frame in frames]
    course = Course(days, [frame.id for frame in frames], [frame.uncertainty_km for frame in frames], fields, window,
                    _outside(grounds[0], window))  # fmt: skip
    pulls, contradicted = _pulls(course, captures, places)
    if any(pulls):
        course = Course(days, course.ids, course.uncertainties, fields, window, course.around, pulls)
    return course, contradicted


def pocket_courses(pockets: Sequence[Sequence[PocketFrame]]) -> list[Course]:
    """Return the course of each pocket, given as its outlines in order of days; positive on the ground that is cut off."""

    def fields(frames: Sequence[PocketFrame]) -> list[Field]:
        return _fields([Polygon(frame.coordinates) for frame in frames], _pocket_window(frames), map)

    return [
        Course([frame.day for frame in frames], [frame.id for frame in frames], [frame.uncertainty_km for frame in frames],
               drawn, _pocket_window(frames), None)
        for frames, drawn in zip(pockets, spread(fields, pockets), strict=True)
    ]  # fmt: skip


def _pocket_window(frames: Sequence[PocketFrame]) -> Window:
    return Window.around(to_metres(np.vstack([np.array(frame.coordinates) for frame in frames])), POCKET_MARGIN_M, POCKET_CELL_M)


def _fields(grounds: Sequence[Polygon], window: Window, each: Callable[..., Iterable[Field]] = spread) -> list[Field]:
    """Return the field of each drawing; equal drawings are one array, so that standing still is seen by identity and costs nothing."""
    first = {ground.wkb: ground for ground in grounds}
    found = dict(zip(first, each(lambda ground: signed_distance(ground, window), list(first.values())), strict=True))
    return [found[ground.wkb] for ground in grounds]


def _outside(ground: Polygon, window: Window) -> MultiPolygon:
    """Return the part of the ground that lies outside the window, overlapping its rim by a cell."""
    left, bottom = window.left + window.cell_m, window.bottom + window.cell_m
    right, top = window.xs[-1] - window.cell_m, window.ys[-1] - window.cell_m
    rim = shapely.segmentize(box(left, bottom, right, top), 20_000)
    inner = Polygon(np.round(to_lonlat(shapely.get_coordinates(rim)), 4))
    return subtract(ground, inner)


def _pulls(course: Course, captures: Sequence[Capture], places: dict[str, Place]) -> tuple[list[list[Pull]], list[str]]:
    """Sort captures into the spans whose band they lie in; the rest either say what the lines say or contradict them."""
    pulls: list[list[Pull]] = [[] for _ in course.spans]
    contradicted: list[str] = []
    if not captures:
        return pulls, contradicted
    spots = to_metres(np.array([[places[capture.place].lon, places[capture.place].lat] for capture in captures]))
    passed = np.array([~np.isnan(span.passage(spots)) for span in course.spans])
    allied = np.array([span.sample(span.before, spots) > 0 for span in course.spans])
    for number, capture in enumerate(captures):
        # a town taken on a day lies behind that evening's line: the front passed at noon
        day = (capture.start + capture.end) / 2 - 0.5
        if not course.days[0] < day <= course.days[-1]:
            continue
        crossings = np.flatnonzero(passed[:, number] & (allied[:, number] == (capture.side == "axis"))).tolist()
        fitting = [index for index in crossings if course.spans[index].first - 1 <= day <= course.spans[index].last]
        if fitting:
            pulls[fitting[0]].append(Pull(float(spots[number, 0]), float(spots[number, 1]), day))
        else:
            slack = 1 + (capture.end - capture.start)
            if not any(course.spans[i].first - slack <= day <= course.spans[i].last + slack for i in crossings):
                contradicted.append(capture.id)
    return pulls, contradicted


def pockets_by_name(frames: Sequence[PocketFrame]) -> dict[str, list[PocketFrame]]:
    """Group outlines by pocket, each group in order of days."""
    groups: dict[str, list[PocketFrame]] = defaultdict(list)
    for frame in frames:
        groups[frame.pocket].append(frame)
    return {name: sorted(group, key=lambda frame: frame.day) for name, group in sorted(groups.items())}
