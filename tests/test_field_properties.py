"""Between two dated lines the front passes every point once, on the day its distances say, or on a capture's day."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon

from twofronts.build.field import CREEP_M, EXACT_WITHIN_M, Pull, Span, signed_distance
from twofronts.build.grid import CELL_M, Floats, Window, to_lonlat, to_metres

SIZE = 48
WINDOW = Window(4_320_000.0, 3_200_000.0, SIZE + 1, SIZE + 1)
"""A block of 192 km round Göttingen."""
LEFT, BOTTOM, WIDTH = WINDOW.left, WINDOW.bottom, SIZE * CELL_M
TOP = WINDOW.ys[-1]

knots = st.lists(st.integers(-12, 12), min_size=5, max_size=5)


def fronts_at(offsets: list[float], base_m: float) -> Floats:
    """A line across the window (metres) that stands `base_m` from its western rim, give or take the offsets (km)."""
    ys = np.linspace(BOTTOM - 40_000, TOP + 40_000, len(offsets))
    return np.column_stack([LEFT + base_m + 1000 * np.array(offsets, dtype=float), ys])


def ground(line: Floats) -> Polygon:
    """All that lies west of a line, in degrees, with straight edges in metres."""
    far = LEFT - 400_000
    ring = np.vstack([line, [[far, line[-1, 1]], [far, line[0, 1]]]])
    return Polygon(to_lonlat(shapely.get_coordinates(shapely.segmentize(Polygon(ring).exterior, 3000))))


def exact(line: Floats, metres: Floats) -> Floats:
    """Distance to the line, positive west of it."""
    far = LEFT - 400_000
    area = Polygon(np.vstack([line, [[far, line[-1, 1]], [far, line[0, 1]]]]))
    spots = shapely.points(metres)
    distance = shapely.distance(spots, LineString(line))
    return np.where(shapely.contains(area, spots), distance, -distance)


def cells(margin: int = 6) -> Floats:
    """The cell centres away from the rim."""
    xs, ys = np.meshgrid(WINDOW.xs[margin:-margin], WINDOW.ys[margin:-margin])
    return np.column_stack([xs.ravel(), ys.ravel()])


def inner(values: Floats, margin: int = 6) -> Floats:
    return values[margin:-margin, margin:-margin].ravel()


@settings(max_examples=25)
@given(knots)
def test_the_distance_is_right_to_a_few_metres_near_the_line(offsets: list[int]) -> None:
    line = fronts_at([float(value) for value in offsets], WIDTH / 2)
    told, true = inner(signed_distance(ground(line), WINDOW)), exact(line, cells())
    near = np.abs(true) < EXACT_WITHIN_M - CELL_M
    assert np.abs(told - true)[near].max() < 30
    assert np.abs(told - true).max() < 1.5 * CELL_M
    assert ((told > 0) == (true > 0))[np.abs(true) > 30].all()


def test_an_edge_outside_the_window_counts_as_far_away() -> None:
    nowhere = Polygon([(20, 60), (21, 60), (21, 61), (20, 61)])
    everywhere = Polygon([(-20, 20), (50, 20), (50, 70), (-20, 70)])
    assert (signed_distance(nowhere, WINDOW) < -1e6).all()
    assert (signed_distance(everywhere, WINDOW) > 1e6).all()


@settings(max_examples=25)
@given(knots, knots, st.integers(28, 36), st.integers(2, 20))
def test_a_point_falls_when_its_distances_to_both_lines_say(one: list[int], other: list[int], advance_km: int, days: int) -> None:
    early = fronts_at([float(value) for value in one], 50_000)
    late = fronts_at([float(value) for value in other], 50_000 + 1000 * advance_km)
    span = Span(100, 100 + days, signed_distance(ground(early), WINDOW), signed_distance(ground(late), WINDOW), WINDOW)
    spots = cells()
    d1, d2 = -exact(early, spots), exact(late, spots)
    # both lines within the reach of exact distances, the point clearly between them
    sure = (d1 > 500) & (d2 > 500) & (d1 < EXACT_WITHIN_M - CELL_M) & (d2 < EXACT_WITHIN_M - CELL_M)
    assume(sure.any())
    expected = 100 + days * d1 / np.where(sure, d1 + d2, 1)
    passage = span.passage(spots)
    assert np.abs(passage - expected)[sure].max(initial=0) < 0.01 * days
    # a front slower than a kilometre a day is redrawn in steps of one to two kilometres
    speed = (d1 + d2) / days
    coarse = np.where(speed < 1.01 * CREEP_M, 2 * CREEP_M / speed, 0.01 * days)
    for moment in (100 + 0.25 * days, 100 + 0.7 * days):
        fallen = inner(span.on(moment)) > 0
        clear = sure & (np.abs(expected - moment) > coarse)
        assert (fallen == (expected < moment))[clear].all()


@settings(max_examples=25)
@given(knots, knots, st.lists(st.tuples(st.floats(0.1, 0.9), st.floats(0.2, 0.8), st.floats(0.05, 0.95)), max_size=3))
def test_the_blend_meets_both_key_frames_exactly(one: list[int], other: list[int], wanted: list[tuple[float, float, float]]) -> None:
    span, _ = bent(one, other, 60, 8, wanted)
    assert np.array_equal(span.on(span.first), span.before)
    assert np.array_equal(span.on(span.last), span.after)
    assert np.array_equal(span.on(span.first - 3), span.before)
    assert np.array_equal(span.on(span.last + 3), span.after)


@settings(max_examples=25)
@given(knots, knots, st.lists(st.tuples(st.floats(0.1, 0.9), st.floats(0.2, 0.8), st.floats(0.05, 0.95)), max_size=3))
def test_ground_gained_in_an_advance_never_flips_back(one: list[int], other: list[int], wanted: list[tuple[float, float, float]]) -> None:
    span, _ = bent(one, other, 60, 8, wanted)
    held = [span.on(day) > 0 for day in np.arange(span.first, span.last + 0.1, 0.5)]
    for earlier, later in itertools.pairwise(held):
        assert not (earlier & ~later).any()


@settings(max_examples=40)
@given(knots, knots, st.floats(0.1, 0.9), st.floats(0.15, 0.85), st.floats(0.05, 0.95))
def test_a_capture_makes_the_front_pass_within_half_a_day_of_its_date(
    one: list[int], other: list[int], along: float, across: float, moment: float
) -> None:
    span, [pull] = bent(one, other, 60, 10, [(along, across, moment)])
    spot = np.array([[pull.x, pull.y]])
    assert span.sample(span.on(pull.day - 0.5), spot)[0] < 0 < span.sample(span.on(pull.day + 0.5), spot)[0]


@settings(max_examples=15)
@given(knots, knots, st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_two_captures_far_apart_both_hold_their_day(one: list[int], other: list[int], south_moment: float, north_moment: float) -> None:
    span, pulls = bent(one, other, 60, 10, [(0.05, 0.5, south_moment), (0.95, 0.5, north_moment)])
    for pull in pulls:
        spot = np.array([[pull.x, pull.y]])
        assert span.sample(span.on(pull.day - 0.5), spot)[0] < 0 < span.sample(span.on(pull.day + 0.5), spot)[0]


def test_a_capture_leaves_ground_far_from_it_alone() -> None:
    flat = [0, 0, 0, 0, 0]
    free, _ = bent(flat, flat, 60, 10, [])
    pulled, [pull] = bent(flat, flat, 60, 10, [(0.0, 0.5, 0.9)])
    far = WINDOW.ys > pull.y + 125_000
    assert far.any()
    assert np.array_equal((free.on(105) > 0)[far], (pulled.on(105) > 0)[far])


@pytest.mark.parametrize("days", [0, 7])
def test_equal_frames_stand_still(days: int) -> None:
    field = signed_distance(ground(fronts_at([0.0, 5.0, -5.0, 3.0, 0.0], 60_000)), WINDOW)
    span = Span(100, 100 + days, field, field.copy(), WINDOW)
    assert span.still
    assert all(span.on(day) is field for day in range(100, 101 + max(days - 1, 0)))


def bent(one: list[int], other: list[int], advance_km: int, days: int, wanted: list[tuple[float, float, float]]) -> tuple[Span, list[Pull]]:
    """An advance with captures at shares (along, across, in time) of it."""
    early = fronts_at([float(value) for value in one], 50_000)
    late = fronts_at([float(value) for value in other], 50_000 + 1000 * advance_km)
    before, after = signed_distance(ground(early), WINDOW), signed_distance(ground(late), WINDOW)
    pulls = []
    for along, across, moment in wanted:
        y = BOTTOM + along * WIDTH
        x1, x2 = (float(np.interp(y, line[:, 1], line[:, 0])) for line in (early, late))
        # a capture lies in the band between the lines: 3 km off either, where no rounding can put it behind them
        x = x1 + 3000 + across * (x2 - x1 - 6000)
        pulls.append(Pull(x, y, 100 + moment * days))
    return Span(100, 100 + days, before, after, WINDOW, pulls), pulls


def test_metres_and_degrees_are_inverse() -> None:
    spots = np.array([[5.6, 50.0], [20.5, 54.7], [33.0, 69.0], [14.5, 36.0]])
    assert np.abs(to_lonlat(to_metres(spots)) - spots).max() < 1e-7  # a centimetre
