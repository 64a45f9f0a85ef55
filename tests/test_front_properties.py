"""The lines of a day lie where the ground changes hands, rest on dated drawings, and move only where those differ."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from twofronts.build.course import pockets_by_name
from twofronts.build.outline import SMALLEST_KM2
from twofronts.build.records import KeyFrame, Tables
from twofronts.build.run import Country
from twofronts.build.theatres import Theatre
from twofronts.days import to_iso, to_number
from twofronts.scene import Scene

ASIDE_DEG = 0.003
"""Some 250 m: as near to the line as a step to either side is told apart from rounding."""


@pytest.fixture(scope="module")
def fronts(scene: Scene) -> list[tuple[dict[str, Any], np.ndarray]]:
    return [(item["properties"], np.array(line)) for item in scene.fronts for line in item["geometry"]["coordinates"]]


def test_every_stretch_says_how_it_is_known(scene: Scene) -> None:
    for item in scene.fronts:
        told = item["properties"]
        assert told["status"] in ("observed", "interpolated"), told
        assert 0 < told["uncertainty_km"] <= 60, told
        assert 1 <= len(told["from_keyframes"]) <= 2, told
        assert set(told["from_keyframes"]) <= set(scene.keyframes), told
        assert len(told["sides"]) == 2 and told["sides"] == sorted(set(told["sides"])), told


def test_a_stretch_lies_between_the_drawings_it_rests_on(scene: Scene) -> None:
    for item in scene.fronts:
        told = item["properties"]
        frames = [scene.keyframes[name]["properties"] for name in told["from_keyframes"]]
        assert {frame["theatre"] for frame in frames} == {told["theatre"]}, told
        if len(frames) == 2:
            assert frames[0]["date"] <= told["start"] <= told["end"] <= frames[1]["date"], told


def test_every_day_has_a_line_in_every_theatre_that_fights(scene: Scene) -> None:
    first, last = scene.front_days
    assert (to_iso(first), to_iso(last)) == ("1944-01-01", "1945-05-09")
    for day in range(first, last + 1):
        theatres = {item["properties"]["theatre"] for item in scene.fronts_on(to_iso(day))}
        assert "east" in theatres, to_iso(day)
        assert "west" in theatres or day < to_number("1944-06-06"), to_iso(day)
        assert "italy" in theatres or day >= to_number("1945-05-02"), to_iso(day)


def test_days_have_one_row_each(scene: Scene) -> None:
    first, last = scene.front_days
    assert [row["date"] for row in scene.days] == [to_iso(day) for day in range(first, last + 1)]


@pytest.mark.parametrize(
    "iso", ["1944-12-01", "1944-12-24", "1945-01-15", "1945-02-10", "1945-03-10", "1945-04-04", "1945-04-20", "1945-05-03", "1945-05-09"]
)
def test_a_line_lies_where_axis_ground_meets_other_ground(control: Any, fronts: list[tuple[dict[str, Any], np.ndarray]], iso: str) -> None:
    left, right = [], []
    for told, line in fronts:
        if not told["start"] <= iso <= told["end"] or "axis" not in told["sides"]:
            continue
        step = np.diff(line, axis=0)
        size = np.hypot(*step.T)
        middle = (line[:-1] + line[1:]) / 2
        long = size > 4 * ASIDE_DEG
        aside = np.column_stack([-step[:, 1], step[:, 0]])[long] / size[long, None] * ASIDE_DEG
        left.append(middle[long] + aside)
        right.append(middle[long] - aside)
    hands = [_holders(control, np.vstack(points), iso) for points in (left, right)]
    ashore = [(one, other) for one, other in zip(*hands, strict=True) if one and other]
    assert len(ashore) > 100
    meeting = [one != other and "axis" in (one, other) for one, other in ashore]
    assert np.mean(meeting) > 0.95, f"{1 - np.mean(meeting):.0%} of the line has the same holder on both hands, or no Axis ground"


def _holders(control: Any, points: np.ndarray, iso: str) -> list[str]:
    day, found = to_number(iso), [""] * len(points)
    for number, piece in zip(*control.tree.query(shapely.points(points), predicate="intersects"), strict=True):
        if control.start[piece] <= day <= control.end[piece]:
            found[number] = str(control.holder[piece])
    return found


def test_axis_ground_meets_other_ground_only_where_there_is_a_line(control: Any, scene: Scene) -> None:
    iso = "1945-02-20"
    now = control.on(to_number(iso))
    axis, others = (
        _without_crumbs(shapely.union_all(control.geometry[now[mine]], grid_size=1e-4))
        for mine in (control.holder[now] == "axis", ~np.isin(control.holder[now], ("axis", "neutral")))
    )
    meeting = axis.boundary.intersection(others.buffer(2e-4))
    lines = shapely.union_all([shapely.from_geojson(json.dumps(item["geometry"])) for item in scene.fronts_on(iso)])
    bare = meeting.difference(lines.buffer(0.01))
    assert bare.length < 0.02 * meeting.length, iso


def _without_crumbs(area: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(area)
    return shapely.multipolygons(parts[shapely.area(parts) > 0.004])


def test_nothing_changes_hands_where_no_front_moved(
    control: Any, tables: Tables, theatres: dict[str, Theatre], countries: dict[str, Country]
) -> None:
    swept = _swept(tables, theatres)
    handed = {day: [countries[holder.territory].geometry.buffer(0.6) for holder in tables.holders if day in (holder.start, holder.end + 1)]
              for day in {start for holder in tables.holders for start in (holder.start, holder.end + 1)}}  # fmt: skip
    first, stray = int(control.start.min()), []
    for day in np.unique(control.start):
        if day == first:
            continue
        changed = control.geometry[control.start == day]
        moving = shapely.union_all([*swept.get(int(day), []), *handed.get(int(day), [])])
        shapely.prepare(moving)
        outside = changed[~shapely.covers(moving, changed)]
        stray += [(to_iso(int(day)), round(part.area * 7500, 2), part.centroid.wkt)
                  for part in shapely.difference(outside, moving) if part.area * 7500 > SMALLEST_KM2]  # fmt: skip
    assert not stray, "\n".join(map(str, stray))


def _swept(tables: Tables, theatres: dict[str, Theatre], slack_deg: float = 0.12) -> dict[int, list[shapely.Geometry]]:
    """The ground each day's fronts may sweep: between the drawings before and after it, pockets whole."""
    found: dict[int, list[shapely.Geometry]] = {}

    def note(days: range, area: shapely.Geometry) -> None:
        for day in days:
            found.setdefault(day, []).append(area)

    for name, theatre in theatres.items():
        frames: list[KeyFrame] = [frame for frame in tables.keyframes if frame.theatre == name]
        for before, after in itertools.pairwise(frames):
            between = theatre.close(before.coordinates).symmetric_difference(theatre.close(after.coordinates))
            note(range(before.day + 1, after.day + 1), between.buffer(slack_deg, quad_segs=2))
    line_days = {name: [frame.day for frame in tables.keyframes if frame.theatre == name] for name in theatres}
    for outlines in pockets_by_name(tables.pockets).values():
        born, last = outlines[0].day, outlines[-1].end or outlines[-1].day
        first = max((day for day in line_days.get(outlines[0].theatre, []) if day < born), default=born) + 1
        shape = shapely.union_all([shapely.Polygon(outline.coordinates) for outline in outlines]).buffer(slack_deg, quad_segs=2)
        moving = set(range(min(first, born), born + 1)) | {last + 1}
        for one, other in itertools.pairwise(outlines):
            if one.coordinates != other.coordinates:
                moving |= set(range(one.day + 1, other.day + 1))
        note(range(min(first, born), born + 1), shape)
        for day in moving:
            found.setdefault(day, []).append(shape)
    return found


def test_every_key_frame_is_drawn_on_its_own_day(geo: Path, scene: Scene) -> None:
    """On the day of a drawing the line of that day is the drawing, within the grid it is computed on."""
    missed = {}
    for name, frame in scene.keyframes.items():
        # before the landings the western line runs in the Channel
        own = frame["properties"]
        if own["kind"] != "line" or (own["theatre"] == "west" and own["date"] < "1944-06-06"):
            continue
        day = scene.fronts_on(frame["properties"]["date"])
        lines = [np.array(line) for item in day for line in item["geometry"]["coordinates"] if name in item["properties"]["from_keyframes"]]
        if not lines:
            missed[name] = "no line"
            continue
        drawing = shapely.LineString(frame["geometry"]["coordinates"])
        shapely.prepare(drawing)
        away = shapely.distance(drawing, shapely.points(np.vstack(lines)))
        if np.mean(away > 0.05) > 0.02:
            missed[name] = f"{np.mean(away > 0.05):.1%} of the line is more than 5 km off"
    assert missed == {}
