"""No formation stands behind the enemy's front, none is without a commander, and every position says how sure it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from twofronts.build.moves.honesty import FRIENDS, Holdings, find_gaps, find_trespasses
from twofronts.build.moves.records import Command, Formation, Moves, Spot, WayPoint
from twofronts.build.records import CERTAINTIES, Citation, Tables
from twofronts.build.report import LINE_KM
from twofronts.days import to_iso, to_number

BOOK = (Citation("book", ""),)

# formation and where it stands behind the enemy's front, and why it may; an entry that no longer holds fails
TRESPASSES: dict[tuple[str, str], str] = {}
LANDED: dict[tuple[str, str], str] = {}
BARE: dict[str, str] = {}


@pytest.fixture(scope="module")
def holdings(geo: Path) -> Holdings:
    return Holdings(json.loads((geo / "control.geojson").read_text("utf-8"))["features"])


def test_every_formation_stands_on_friendly_ground_on_every_day(tables: Tables, holdings: Holdings) -> None:
    remarks = find_trespasses(tables.moves, holdings, LINE_KM)
    found = {}
    for remark in remarks:
        match = re.search(r"'([a-z0-9-]+)' stands \d+ km behind the other side's front on [\d-]+ at (\S+ \S+) \(", remark)
        assert match, remark
        found[match[1], match[2]] = remark
    assert [remark for key, remark in found.items() if key not in TRESPASSES] == []
    assert [key for key in TRESPASSES if key not in found] == [], "no longer so: take it out of the list"


def test_every_way_point_lies_on_friendly_ground_however_it_was_reached(tables: Tables, holdings: Holdings) -> None:
    # what comes by sea or by air may cross the enemy, but not end among him
    points = [point for march in tables.moves.marches.values() for point in march]
    found = {}
    for side, friends in FRIENDS.items():
        own = [point for point in points if tables.moves.formations[point.formation].side == side]
        spots = np.array([(point.at.lon, point.at.lat) for point in own])
        off = holdings.off_km(np.array([point.day for point in own]), spots, friends)
        for point, km in zip(own, off, strict=True):
            if km > point.uncertainty_km + LINE_KM:
                key = (point.formation, to_iso(point.day))
                found[key] = f"{point.file}, row {point.row}: {key} lies {km:.0f} km behind the front"
    assert [remark for key, remark in found.items() if key not in LANDED] == []
    assert [key for key in LANDED if key not in found] == [], "no longer so: take it out of the list"


def test_somebody_commands_every_formation_on_every_day(tables: Tables) -> None:
    found = {}
    for remark in find_gaps(tables.moves):
        match = re.search(r"formation '([a-z0-9-]+)':", remark)
        assert match, remark
        found[match[1]] = remark
    assert [remark for key, remark in found.items() if key not in BARE] == []
    assert [key for key in BARE if key not in found] == [], "no longer so: take it out of the list"


def test_every_way_point_has_a_source_a_certainty_and_an_uncertainty(tables: Tables) -> None:
    for march in tables.moves.marches.values():
        for point in march:
            where = f"{point.file}, row {point.row}"
            assert point.sources and all(cited.source in tables.sources for cited in point.sources), where
            assert point.certainty in CERTAINTIES, where
            # a headquarters in a named house is still only known to the kilometre
            assert 1 <= point.uncertainty_km <= 200, where


def test_what_is_only_approximate_is_not_exact_to_a_mile(tables: Tables) -> None:
    exact = [
        f"{point.file}, row {point.row}" for march in tables.moves.marches.values() for point in march
        if point.certainty == "approximate" and point.uncertainty_km < 2
    ]  # fmt: skip
    assert exact == []


# the checks themselves, on a plain with one front: the axis east of 10 degrees, the western side west of it, until 20 June


def land(holder: str, west: float, east: float, start: str, end: str) -> dict[str, Any]:
    return {"properties": {"holder": holder, "start": start, "end": end},
            "geometry": json.loads(shapely.to_geojson(shapely.box(west, 50, east, 54)))}  # fmt: skip


PLAIN = Holdings(
    [
        land("western", 6, 10, "1944-06-01", "1944-06-30"),
        land("axis", 10, 14, "1944-06-01", "1944-06-20"),
        land("partisan", 10, 12, "1944-06-21", "1944-06-30"),
        land("axis", 12, 14, "1944-06-21", "1944-06-30"),
    ]
)
KM_PER_DEGREE = 68.5
"""Of longitude, at 52 degrees."""


def moves(side: str, *stops: tuple[str, float, str, float]) -> Moves:
    """One formation with way-points (day, degrees of longitude, how it came, uncertainty) and a commander for part of June."""
    life = (to_number("1944-06-01"), to_number("1944-06-30"))
    formation = Formation("first-army", {}, {}, side, "", "army", *life, BOOK)
    march = tuple(
        WayPoint("first-army", to_number(day), day, Spot(lon, 52.0), "hq", (), by, "", km, "certain", BOOK, "data/movements.csv", row)
        for row, (day, lon, by, km) in enumerate(stops, start=2)
    )
    return Moves({"first-army": formation}, (), {"first-army": march}, (), (), ())


@pytest.mark.parametrize(
    ("side", "lon", "found"),
    [("western", 10 + 12.5 / KM_PER_DEGREE, False), ("western", 10 + 13.5 / KM_PER_DEGREE, True), ("western", 8, False),
     ("axis", 10 - 12.5 / KM_PER_DEGREE, False), ("axis", 10 - 13.5 / KM_PER_DEGREE, True), ("axis", 13, False),
     ("soviet", 8, True), ("partisan", 8, False)],
)  # fmt: skip
def test_a_formation_may_stand_as_far_behind_the_front_as_it_and_the_line_are_uncertain(side: str, lon: float, found: bool) -> None:
    marching = moves(side, ("1944-06-02", lon, "", 5), ("1944-06-04", lon, "", 5))
    assert bool(find_trespasses(marching, PLAIN, 8.0)) is found


def test_a_trespass_is_told_with_its_worst_day_and_how_many_there_are() -> None:
    marching = moves("western", ("1944-06-02", 9.0, "", 5), ("1944-06-12", 11.0, "", 5))
    assert find_trespasses(marching, PLAIN, 8.0) == [
        "data/movements.csv, row 3: 'first-army' stands 68 km behind the other side's front on 1944-06-12 at 11.00 52.00 "
        "(5 day(s) on the way to this row); give a way-point before, or mend this one"
    ]


def test_ground_counts_from_the_day_it_changed_hands() -> None:
    still = [("1944-06-19", 11.0, "", 5), ("1944-06-30", 11.0, "", 5)]
    [early] = find_trespasses(moves("western", *still), PLAIN, 8.0)[1:]
    assert "(1 day(s) on the way to this row)" in early  # the 20th; partisans are friends
    [late] = find_trespasses(moves("axis", *still), PLAIN, 8.0)
    assert "(10 day(s) on the way to this row)" in late  # the 21st to the 30th


@pytest.mark.parametrize(("by", "found"), [("", True), ("rail", True), ("sea", False), ("air", False)])
def test_only_who_travels_over_land_is_held_up_by_the_enemy(by: str, found: bool) -> None:
    marching = moves("western", ("1944-06-02", 9.0, "", 5), ("1944-06-12", 15.5, by, 5))
    assert bool(find_trespasses(marching, PLAIN, 8.0)) is found


def test_days_without_a_commander_are_told_and_formations_without_way_points() -> None:
    marching = moves("western", ("1944-06-02", 9.0, "", 5), ("1944-06-12", 9.5, "", 5))
    told = "formation 'first-army': nobody commands it on {} day(s) from {}; add a row to a commanders table"
    assert find_gaps(marching) == [told.format(11, "1944-06-02")]

    def commanded(*spans: tuple[str, str]) -> list[str]:
        commands = tuple(Command("first-army", to_number(start), to_number(end), "Ann Adams", "certain", BOOK) for start, end in spans)
        return find_gaps(Moves(marching.formations, commands, marching.marches, (), (), ()))

    assert commanded(("1944-06-01", "1944-06-30")) == commanded(("1944-06-02", "1944-06-08"), ("1944-06-09", "1944-06-12")) == []
    assert commanded(("1944-06-02", "1944-06-05"), ("1944-06-08", "1944-06-11")) == [told.format(3, "1944-06-06")]
    assert find_gaps(Moves(marching.formations, (), {}, (), (), ())) == ["formation 'first-army': has no way-points"]
