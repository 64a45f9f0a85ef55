"""How wrong the fronts are: each town's capture is left out in turn and foretold from all the rest.

The key frames were drawn by people who knew many of these dates, so the true error for a town nobody
looked up is somewhat larger than what is left out here; an independent list tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from twofronts.build.course import Course, pocket_courses, pockets_by_name
from twofronts.build.grid import Floats, to_metres
from twofronts.build.manifest import INTERVAL
from twofronts.build.records import Capture, Tables
from twofronts.build.run import Country, front_courses, read_countries, read_tables
from twofronts.build.theatres import Theatre, read_theatres
from twofronts.days import to_iso
from twofronts.problems import DataError

UNANSWERED = 999.0
NEAR_DAYS = 30
NEAR_KM = 60.0
COMPASS = np.arange(8) * np.pi / 4


@dataclass(frozen=True)
class Trial:
    """A capture left out: days from the recorded to the foretold day, by the full method and by key frames alone.

    `held` tells whether the foretold interval, `width` days wide, contains the recorded day.
    """

    capture: Capture
    theatre: str
    error: float
    plain: float
    held: bool
    width: float


def try_all(tables: Tables, theatres: dict[str, Theatre], countries: dict[str, Country]) -> list[Trial]:
    """Return a trial for each place's last passing out of Axis hands."""
    final = {capture.place: capture for capture in sorted(tables.captures, key=lambda item: (item.start, item.id))}
    captures = [capture for capture in final.values() if capture.side != "axis"]
    spots = to_metres(np.array([[tables.places[item.place].lon, tables.places[item.place].lat] for item in captures]))
    recorded = np.array([(item.start + item.end) / 2 for item in captures])
    courses, _ = front_courses(tables, theatres, countries)
    outlines = [frames for frames in pockets_by_name(tables.pockets).values() if frames[0].side == "axis"]
    ends = [frames[-1].end if frames[-1].end is not None else frames[-1].day for frames in outlines]
    pockets = list(zip(pocket_courses(outlines), ends, strict=True))
    around = _around(spots, recorded)
    plain, _ = _foretell(courses, pockets, spots, spots, bent=False)
    told, theatre = _foretell(courses, pockets, spots, spots, bent=True)
    beside, _ = _foretell(courses, pockets, around.reshape(-1, 2), np.repeat(spots, len(COMPASS), axis=0), bent=True)
    beside = beside.reshape(len(spots), -1)
    rings = np.column_stack([told, np.where(np.abs(beside - told[:, None]) <= NEAR_DAYS, beside, told[:, None])])
    spare = INTERVAL["a_days"]
    low, high = np.floor(rings.min(axis=1)) - spare, np.floor(rings.max(axis=1)) + spare
    errors, plains = (_error(days, recorded) for days in (told, plain))
    return [
        Trial(capture, theatre[number], float(errors[number]), float(plains[number]),
              bool(low[number] <= capture.end and high[number] >= capture.start), float(high[number] - low[number] + 1))
        for number, capture in enumerate(captures)
    ]  # fmt: skip


def _error(days: Floats, recorded: Floats) -> Floats:
    # a town taken on a day lies behind that evening's line: the front passed at noon, half a day before
    return np.where(np.isnan(days), UNANSWERED, np.round(days + 0.5 - recorded))


def _around(spots: Floats, recorded: Floats) -> Floats:
    """Return eight points around each spot, as far off as the nearest other capture of its time makes it doubtful."""
    reach = []
    for spot, day in zip(spots, recorded, strict=True):
        apart = np.hypot(*(spots - spot).T) / 1000
        others = apart[(np.abs(recorded - day) <= NEAR_DAYS) & (apart > 1.5)]
        reach.append(INTERVAL["r0_km"] + INTERVAL["r1"] * min(NEAR_KM, float(others.min(initial=NEAR_KM))))
    ring = np.column_stack([np.sin(COMPASS), np.cos(COMPASS)])
    return np.asarray(spots[:, None, :] + np.array(reach)[:, None, None] * 1000 * ring[None])


def _foretell(courses: dict[str, Course], pockets: Sequence[tuple[Course, int]], metres: Floats, left_out: Floats,
              bent: bool) -> tuple[Floats, list[str]]:  # fmt: skip
    """Return the last day on which each point passes out of Axis hands (nan: never), and by which theatre's front."""
    last = np.full(len(metres), np.nan)
    theatre = np.full(len(metres), "", dtype=object)
    for name, course in courses.items():
        rows = np.flatnonzero(course.window.holds(metres))
        for span in course.spans:
            if span.still:
                continue
            freed = rows[(span.sample(span.before, metres[rows]) <= 0) & (span.sample(span.after, metres[rows]) > 0)]
            if len(freed):
                days = span.passage(metres[freed], bent, left_out[freed])
                later = ~(days <= last[freed])
                last[freed[later]], theatre[freed[later]] = days[later], name
    for course, end in pockets:
        rows = np.flatnonzero(course.window.holds(metres))
        if not len(rows):
            continue
        days = np.full(len(rows), np.nan)
        for span in course.spans:
            lost = (span.sample(span.before, metres[rows]) > 0) & (span.sample(span.after, metres[rows]) <= 0)
            days[lost] = span.passage(metres[rows[lost]])
        days[course.spans[-1].sample(course.spans[-1].after, metres[rows]) > 0] = end + 0.5
        # a pocket only holds what the front has passed
        later = (days > last[rows]) & (last[rows] <= end)
        last[rows[later]] = days[later]
    return last, [str(name) for name in theatre]


def tabulate(trials: Sequence[Trial]) -> list[str]:
    """Return the report as lines of a Markdown table: all, by theatre, by month."""
    head = ["left out", "n", "median", "<= 1", "<= 3", "<= 7", "frames alone: median", "<= 3", "<= 7", "interval holds", "median width"]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), _row("all", trials)]
    keys: list[Callable[[Trial], str]] = [lambda trial: trial.theatre or "none", lambda trial: to_iso(trial.capture.start)[:7]]
    for key in keys:
        lines += [_row(name, list(group)) for name, group in groupby(sorted(trials, key=key), key)]
    return lines


def _row(name: str, trials: Sequence[Trial]) -> str:
    errors, plains = (np.abs([getattr(trial, which) for trial in trials]) for which in ("error", "plain"))
    shares = [*(f"{np.mean(errors <= days):.0%}" for days in (1, 3, 7))]
    naive = [f"{np.median(plains):.1f}", *(f"{np.mean(plains <= days):.0%}" for days in (3, 7))]
    widths = [trial.width for trial in trials if not np.isnan(trial.width)]
    held = f"{np.mean([trial.held for trial in trials]):.0%}"
    cells = [name, len(trials), f"{np.median(errors):.1f}", *shares, *naive, held, f"{np.median(widths):.0f}" if widths else ""]
    return "| " + " | ".join(map(str, cells)) + " |"


def report(data: Path, geo: Path) -> list[str]:
    """Return the lines of `twofronts check --accuracy`. Raises `DataError` if `data/` has problems."""
    countries, theatres = read_countries(geo), read_theatres(data)
    tables, problems = read_tables(data, countries, theatres)
    if problems:
        raise DataError(problems)
    return tabulate(try_all(tables, theatres, countries))
