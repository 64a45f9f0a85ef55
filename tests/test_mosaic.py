"""The mosaic of the land: slivers go to a neighbour, nothing is lost, every piece keeps one history."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from twofronts.build.changes import changes
from twofronts.build.chronicle import Page
from twofronts.build.control import settle
from twofronts.build.ground import Ground
from twofronts.build.mosaic import lay
from twofronts.build.overlay import area_km2, as_polygons
from twofronts.build.slivers import SMALLEST_KM2, absorb

PLANE = box(10, 50, 14, 52)
NEUTRAL = as_polygons(box(13.5, 50, 14, 52))


def ground(border: float) -> Ground:
    """The plane divided at a meridian: the West holds what lies west of it."""
    west, axis = (as_polygons(box(*corners)) for corners in ((10, 50, border, 52), (border, 50, 14, 52)))
    nothing = as_polygons(shapely.Polygon())
    return Ground({"western": west, "soviet": nothing, "partisan": nothing}, axis, shapely.Point())


def pages(borders: list[float]) -> list[Page]:
    grounds = [ground(border) for border in borders]
    return [Page(day, now, [], [] if day == 0 else changes(grounds[day - 1], now)) for day, now in enumerate(grounds)]


meridians = st.lists(st.integers(101_000, 134_000).map(lambda number: number / 10_000), min_size=1, max_size=6)


@given(meridians)
def test_the_land_is_covered_once_on_every_day_whatever_moved(borders: list[float]) -> None:
    mosaic = lay(PLANE, NEUTRAL, pages(borders))
    assert shapely.coverage_is_valid([piece.geometry for piece in mosaic])
    assert sum(area_km2(piece.geometry) for piece in mosaic) == pytest.approx(area_km2(PLANE), rel=1e-6)
    holdings, _ = settle(mosaic, len(borders) - 1)
    for day in range(len(borders)):
        now = [item for item in holdings if item.start <= day <= item.end]
        assert sum(area_km2(item.geometry) for item in now) == pytest.approx(area_km2(PLANE), rel=1e-6)


@given(meridians)
def test_what_the_west_holds_is_what_its_line_says(borders: list[float]) -> None:
    holdings, gains = settle(lay(PLANE, NEUTRAL, pages(borders)), len(borders) - 1)
    western = [item for item in holdings if item.holder == "western"]
    held = [sum(area_km2(item.geometry) for item in western if item.start <= day <= item.end) for day in range(len(borders))]
    for day, border in enumerate(borders):
        # a strip thinner than 150 m may have gone to its neighbour, once for each line
        slack = len(borders) * 0.15 * 223
        assert held[day] == pytest.approx(area_km2(box(10, 50, border, 52)), abs=slack)
        if day:
            assert gains.get(day, {}).get("western", 0.0) == pytest.approx(held[day] - held[day - 1], abs=1e-6 * held[day])


def test_ground_lost_and_retaken_has_all_its_days() -> None:
    holdings, _ = settle(lay(PLANE, NEUTRAL, pages([11.0, 12.0, 11.0])), 2)
    told = {(item.holder, item.start, item.end) for item in holdings}
    assert told == {("western", 0, 2), ("axis", 0, 2), ("axis", 0, 0), ("western", 1, 1), ("axis", 2, 2), ("neutral", 0, 2)}


def test_an_islet_stays_and_a_sliver_goes_to_its_longest_neighbour() -> None:
    sliver = shapely.Polygon([(11, 50), (11.001, 50), (11.001, 50.5), (11.001, 51), (11, 51)])
    left, right, above = box(10, 50, 11, 51), box(11.001, 50, 11.5, 50.5), box(11.001, 50.5, 12, 51)
    islet = box(13, 50, 13.001, 50.001)
    assert area_km2(islet) < SMALLEST_KM2
    assert absorb([left, sliver, right, islet, above]) == [0, 0, 2, 3, 4]


def test_a_chain_of_slivers_goes_to_ground_that_stays() -> None:
    chain = [box(11 + number / 1000, 50, 11.001 + number / 1000, 50.02) for number in range(3)]
    stays = shapely.Polygon([(10, 50), (11, 50), (11, 50.02), (11, 51), (10, 51)])
    assert set(absorb([stays, *chain])) == {0}
