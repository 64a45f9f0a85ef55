"""A formation on its way: there on its days, never off its way, never faster than its dates allow."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from twofronts.build.moves.pace import along, distance_km, length_km, stations
from twofronts.build.moves.records import Spot, WayPoint

EARTH = Geod(ellps="WGS84")
TINY_DEG = 1e-9

inside_europe = st.builds(Spot, st.floats(-10, 45), st.floats(36, 70))
steps = st.tuples(st.floats(-2, 2), st.floats(-1, 1))


def geodesic_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(EARTH.inv(*one, *other)[2]) / 1000


def lonlat(spot: Spot) -> tuple[float, float]:
    return spot.lon, spot.lat


def way_from(start: Spot, moves: list[tuple[float, float]]) -> list[Spot]:
    """A way that goes on by steps of up to about 200 km, in degrees."""
    lons = itertools.accumulate((lon for lon, _ in moves), initial=start.lon)
    lats = itertools.accumulate((lat for _, lat in moves), initial=start.lat)
    return [Spot(lon, min(max(lat, 35.0), 72.0)) for lon, lat in zip(lons, lats, strict=True)]


ways = st.builds(way_from, inside_europe, st.lists(steps, min_size=1, max_size=6))


@st.composite
def marches(draw: st.DrawFn) -> tuple[WayPoint, ...]:
    """Two to six way-points on rising days, with up to three bends before each."""
    at = draw(inside_europe)
    day = draw(st.integers(1000, 1500))
    points = [point(day, at)]
    for _ in range(draw(st.integers(1, 5))):
        day += draw(st.integers(1, 40))
        *via, at = way_from(at, draw(st.lists(steps, min_size=1, max_size=4)))[1:]
        points.append(point(day, at, *via))
    return tuple(points)


def way_to(before: WayPoint, stop: WayPoint) -> list[Spot]:
    return [before.at, *stop.via, stop.at]


def point(day: int, at: Spot, *via: Spot) -> WayPoint:
    return WayPoint("first-army", day, "", at, "hq", via, "", "", 5.0, "certain", (), "data/movements.csv", 2)


@given(marches())
def test_every_day_from_the_first_to_the_last_has_one_position(march: tuple[WayPoint, ...]) -> None:
    assert [day for day, _, _ in stations(march)] == list(range(march[0].day, march[-1].day + 1))


@given(marches())
def test_a_formation_is_at_its_way_point_on_its_day(march: tuple[WayPoint, ...]) -> None:
    where = {day: spot for day, _, spot in stations(march)}
    for stop in march:
        assert where[stop.day] == pytest.approx(lonlat(stop.at), abs=TINY_DEG)


@given(inside_europe, st.floats(-1, 1), st.integers(1, 30))
def test_a_formation_goes_by_the_bends_of_its_way(start: Spot, north: float, days: int) -> None:
    # out to the east, round two corners of a rectangle, and back: at the far side's middle when half the time has passed
    corners = [Spot(start.lon + 1, start.lat), Spot(start.lon + 1, start.lat + north)]
    march = (point(0, start), point(2 * days, Spot(start.lon, start.lat + north), *corners))
    lon, lat = {day: spot for day, _, spot in stations(march)}[days]
    assert geodesic_km((lon, lat), (start.lon + 1, start.lat + north / 2)) < 1.5


@given(marches())
def test_a_day_belongs_to_the_way_point_it_leads_to(march: tuple[WayPoint, ...]) -> None:
    for day, stop, _ in stations(march):
        assert day <= stop.day
        assert all(other.day < day or other.day >= stop.day for other in march)


@given(marches())
def test_a_formation_never_leaves_the_box_of_its_way(march: tuple[WayPoint, ...]) -> None:
    boxes = {march[0].day: [march[0].at]} | {stop.day: way_to(before, stop) for before, stop in itertools.pairwise(march)}
    for _, stop, (lon, lat) in stations(march):
        lons, lats = zip(*map(lonlat, boxes[stop.day]), strict=True)
        assert min(lons) - TINY_DEG <= lon <= max(lons) + TINY_DEG
        assert min(lats) - TINY_DEG <= lat <= max(lats) + TINY_DEG


@given(marches())
def test_in_a_day_a_formation_goes_no_farther_than_its_share_of_the_way(march: tuple[WayPoint, ...]) -> None:
    where = {day: spot for day, _, spot in stations(march)}
    for before, stop in itertools.pairwise(march):
        whole = sum(geodesic_km(lonlat(one), lonlat(other)) for one, other in itertools.pairwise(way_to(before, stop)))
        share = whole / (stop.day - before.day)
        for day in range(before.day, stop.day):
            gone = geodesic_km(where[day], where[day + 1])
            assert gone <= whole + 1e-6
            # 1% for the lengths, and 3% for ways that run north: a degree of longitude shrinks along them
            assert gone <= share * 1.04 + 1e-6


@given(inside_europe, st.integers(1, 400))
def test_what_stands_still_stays(at: Spot, days: int) -> None:
    assert {spot for _, _, spot in stations((point(1000, at), point(1000 + days, at)))} == {lonlat(at)}


@given(inside_europe, steps, st.integers(1, 30), st.integers(1, 30))
def test_what_comes_back_to_a_place_has_been_away(at: Spot, step: tuple[float, float], out: int, back: int) -> None:
    there = way_from(at, [step])[-1]
    where = {day: spot for day, _, spot in stations((point(0, at), point(out, there), point(out + back, at)))}
    for day, spot in ((0, at), (out, there), (out + back, at)):
        assert where[day] == pytest.approx(lonlat(spot), abs=TINY_DEG)


@given(ways)
def test_share_nought_and_one_are_the_ends(way: list[Spot]) -> None:
    assert along(way, 0.0) == pytest.approx(lonlat(way[0]), abs=TINY_DEG)
    assert along(way, 1.0) == pytest.approx(lonlat(way[-1]), abs=TINY_DEG)


@given(ways)
def test_a_bend_is_passed_at_its_share_of_the_length(way: list[Spot]) -> None:
    whole = length_km(way)
    for index, bend in enumerate(way):
        share = length_km(way[: index + 1]) / whole if whole else 0.0
        assert geodesic_km(along(way, share), lonlat(bend)) < 1e-3


@given(ways, st.floats(0, 1), st.floats(0, 1))
def test_the_pace_is_even(way: list[Spot], one: float, other: float) -> None:
    low, high = sorted((one, other))
    passed = [Spot(*along(way, low)), *_bends_between(way, low, high), Spot(*along(way, high))]
    gone = sum(geodesic_km(lonlat(a), lonlat(b)) for a, b in itertools.pairwise(passed))
    whole = sum(geodesic_km(lonlat(a), lonlat(b)) for a, b in itertools.pairwise(way))
    assert gone == pytest.approx((high - low) * whole, abs=0.015 * whole + 1e-6)


def _bends_between(way: list[Spot], low: float, high: float) -> list[Spot]:
    whole = length_km(way)
    return [bend for index, bend in enumerate(way) if low * whole < length_km(way[: index + 1]) < high * whole]


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_way_of_no_length_is_a_place(share: float) -> None:
    berlin = Spot(13.4, 52.5, "berlin")
    assert along((berlin,), share) == along((berlin, berlin, berlin), share) == (13.4, 52.5)
    assert length_km((berlin,)) == length_km((berlin, berlin)) == 0


@given(inside_europe, st.floats(0, 2 * math.pi), st.floats(0.5, 300))
def test_a_short_way_is_as_long_as_the_earth_says(start: Spot, bearing: float, km: float) -> None:
    lon, lat, _ = EARTH.fwd(start.lon, start.lat, math.degrees(bearing), km * 1000)
    assert distance_km(start, Spot(lon, lat)) == pytest.approx(km, rel=0.01)
    assert distance_km(Spot(lon, lat), start) == pytest.approx(distance_km(start, Spot(lon, lat)), rel=1e-12)


@given(ways)
def test_a_way_is_as_long_as_its_steps_and_as_long_backwards(way: list[Spot]) -> None:
    true = sum(geodesic_km(lonlat(one), lonlat(other)) for one, other in itertools.pairwise(way))
    assert length_km(way) == pytest.approx(true, rel=0.01, abs=1e-9)
    assert length_km(way[::-1]) == pytest.approx(length_km(way), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [((13.405, 52.52), (21.012, 52.23), 517), ((2.352, 48.857), (13.405, 52.52), 878), ((24.938, 60.17), (30.336, 59.931), 301)],
    ids=["Berlin to Warsaw", "Paris to Berlin", "Helsinki to Leningrad"],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], km: int) -> None:
    assert distance_km(Spot(*one), Spot(*other)) == pytest.approx(km, rel=0.01)
