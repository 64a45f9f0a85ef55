"""Who holds what, on every day: all land exactly once, and nothing changes hands where no front moved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from twofronts.build.run import COAST_DEG, Country
from twofronts.days import to_iso, to_number

SPOTS = 150_000
COAST = 2 * COAST_DEG
"""Coasts and borders are thinned before the land is shared out: so near to them a spot may be counted with its neighbour."""


def km2(shapes: np.ndarray) -> np.ndarray:
    """Area of small lon, lat shapes, flat at their middle latitude."""
    south, north = shapely.bounds(shapes)[:, 1], shapely.bounds(shapes)[:, 3]
    return shapely.area(shapes) * 111.2**2 * np.cos(np.radians((south + north) / 2))


@pytest.fixture(scope="module")
def days(control: Any) -> tuple[int, int]:
    return int(control.start.min()), int(control.end.max())


@pytest.fixture(scope="module")
def spots() -> np.ndarray:
    """The same points all over the map every time, evenly strewn (a lattice without rows)."""
    number = np.arange(1, SPOTS + 1)
    lon, lat = -12 + 57 * (number * 0.7548776662466927 % 1), 34 + 37.5 * (number * 0.5698402909980532 % 1)
    return np.column_stack([lon, lat])


@pytest.fixture(scope="module")
def holders_of_spots(control: Any, spots: np.ndarray, days: tuple[int, int]) -> dict[str, np.ndarray]:
    """For each holder: how many of its pieces cover each spot on each day."""
    first, last = days
    tree = shapely.STRtree(shapely.points(spots))
    piece, spot = tree.query(control.geometry, predicate="contains")
    found = {}
    for holder in np.unique(control.holder):
        mine = control.holder[piece] == holder
        steps = np.zeros((len(spots), last - first + 2), dtype=np.int8)
        np.add.at(steps, (spot[mine], control.start[piece[mine]] - first), 1)
        np.add.at(steps, (spot[mine], control.end[piece[mine]] + 1 - first), -1)
        found[str(holder)] = np.cumsum(steps, axis=1, dtype=np.int8)[:, :-1]
    return found


@pytest.fixture(scope="module")
def told(countries: dict[str, Country]) -> list[shapely.Geometry]:
    """The land of which the map tells who held it."""
    return [country.geometry for country in countries.values() if country.status != "outside"]


@pytest.fixture(scope="module")
def ashore(told: list[shapely.Geometry], spots: np.ndarray) -> np.ndarray:
    land = shapely.union_all(told)
    shapely.prepare(land)
    return shapely.contains_xy(land, spots[:, 0], spots[:, 1])


def test_every_spot_of_land_has_exactly_one_holder_on_every_day(holders_of_spots: dict[str, np.ndarray], ashore: np.ndarray) -> None:
    covered = sum(holders_of_spots.values())[ashore]
    assert (covered == 0).mean() < 1e-4, "uncovered land"
    assert (covered > 1).mean() < 1e-4, "land held twice"


def test_no_spot_at_sea_is_held(
    holders_of_spots: dict[str, np.ndarray], ashore: np.ndarray, spots: np.ndarray, told: list[shapely.Geometry]
) -> None:
    wet = spots[~ashore & (sum(holders_of_spots.values()) > 0).any(axis=1)]
    land = shapely.union_all(told)
    assert shapely.dwithin(land, shapely.points(wet), COAST).all()


def test_the_pieces_of_every_day_add_up_to_all_land(control: Any, days: tuple[int, int], told: list[shapely.Geometry]) -> None:
    first, last = days
    land = sum(shapely.area(told))
    steps = np.zeros(last - first + 2)
    area = shapely.area(control.geometry)
    np.add.at(steps, control.start - first, area)
    np.add.at(steps, control.end + 1 - first, -area)
    assert np.abs(np.cumsum(steps)[:-1] / land - 1).max() < 1e-4


def test_the_pieces_of_a_day_neither_overlap_nor_gape_and_meet_vertex_by_vertex(control: Any, days: tuple[int, int]) -> None:
    first, last = days
    for day in (*range(first, last, 20), to_number("1945-04-25"), last):
        now = control.geometry[control.on(day)]
        assert shapely.coverage_is_valid(now), f"{to_iso(day)}: {shapely.coverage_invalid_edges(now)[:5]}"


def test_neutral_states_are_held_by_nobody_else(
    control: Any, countries: dict[str, Country], holders_of_spots: dict[str, np.ndarray], spots: np.ndarray
) -> None:
    neutral = shapely.union_all([country.geometry for country in countries.values() if country.status == "neutral"])
    shapely.prepare(neutral)
    within = shapely.contains_xy(neutral, spots[:, 0], spots[:, 1])
    assert within.sum() > 1000
    wrong = spots[((holders_of_spots["neutral"] == 1) != within[:, None]).any(axis=1)]
    assert shapely.dwithin(neutral.boundary, shapely.points(wrong), COAST).all()
    sides = control.geometry[(control.holder != "neutral")]
    inner = neutral.buffer(-COAST)
    assert not shapely.intersects(inner, sides).any()


def test_every_piece_has_a_known_holder_and_days_in_order(control: Any, days: tuple[int, int]) -> None:
    assert set(control.holder) == {"axis", "western", "soviet", "partisan", "neutral"}
    assert (control.start <= control.end).all()
    assert [to_iso(day) for day in days] == ["1944-01-01", "1945-05-09"]


def test_no_crumbs_of_axis_ground_stay_behind_the_fronts(control: Any) -> None:
    for iso in ("1945-02-20", "1945-04-15", "1945-05-09"):
        now = control.on(to_number(iso))
        axis = shapely.get_parts(shapely.union_all(control.geometry[now[control.holder[now] == "axis"]], grid_size=1e-4))
        others = shapely.union_all(control.geometry[now[np.isin(control.holder[now], ("western", "soviet", "partisan"))]])
        shapely.prepare(others)
        small = axis[km2(axis) < 1]
        # an island in the sea is no crumb: a crumb lies in the middle of other ground
        middle = shapely.get_coordinates(shapely.centroid(small))
        beside = [shapely.covers(others, shapely.points(middle + np.array([aside, 0.0]))) for aside in (-0.02, 0.02)]
        crumbs = small[beside[0] & beside[1]]
        told = [f"{size:.3f} km2 at {spot.x:.2f}, {spot.y:.2f}" for spot, size in zip(shapely.centroid(crumbs), km2(crumbs), strict=True)]
        assert len(crumbs) < 20, f"{iso}: {len(crumbs)} crumbs, " + ", ".join(told[:20])


def test_courland_stands_still_between_its_battles(control: Any) -> None:
    # between the fourth battle of Courland, which ended in early February 1945, and the capitulation the line hardly moved;
    # its heart between Libau, Goldingen and Windau never did
    heart = shapely.box(21.2, 56.75, 22.4, 57.5)
    pieces = control.tree.query(heart, predicate="intersects")
    area = shapely.area(shapely.intersection(control.geometry[pieces], heart))
    changed = (control.start[pieces] > to_number("1944-12-01")) & (control.start[pieces] < to_number("1945-05-09"))
    assert area[changed].sum() == 0
