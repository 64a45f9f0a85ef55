"""A front line is closed over the sea into the ground behind it, whatever its course."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from twofronts.build.records import KeyFrame, Tables
from twofronts.build.theatres import BOX, Theatre

HEAD, FOOT = (9.0, 43.7), (13.5, 44.0)
"""Open water on either side of Italy."""


@st.composite
def crossings(draw: st.DrawFn) -> list[tuple[float, float]]:
    """A front across Italy that wanders north and south but never back on itself."""
    between = sorted(draw(st.lists(st.integers(98, 130), min_size=1, max_size=12, unique=True)))
    return [HEAD, *((lon / 10, draw(st.integers(4200, 4550)) / 100) for lon in between), FOOT]


@pytest.fixture(scope="module")
def italy(theatres: dict[str, Theatre]) -> Theatre:
    return theatres["italy"]


@given(line=crossings())
def test_the_ground_behind_a_line_is_sound_and_bounded_by_it(italy: Theatre, line: list[tuple[float, float]]) -> None:
    ground = italy.close(line)
    assert ground.is_valid
    assert ground.boundary.covers(LineString(line))
    west, south, east, north = ground.bounds
    assert BOX[0] <= west and BOX[1] <= south and east <= BOX[2] and north <= BOX[3]


@given(line=crossings())
def test_the_ground_lies_on_the_right_hand_all_along(italy: Theatre, line: list[tuple[float, float]]) -> None:
    ground, step = italy.close(line), 0.001
    for (x0, y0), (x1, y1) in pairwise(line):
        size = math.hypot(x1 - x0, y1 - y0)
        aside = ((y1 - y0) / size * step, (x0 - x1) / size * step)
        assert ground.contains(Point((x0 + x1) / 2 + aside[0], (y0 + y1) / 2 + aside[1]))
        assert not ground.intersects(Point((x0 + x1) / 2 - aside[0], (y0 + y1) / 2 - aside[1]))


@given(line=crossings())
def test_a_line_drawn_the_right_way_keeps_the_rear_and_its_reverse_does_not(italy: Theatre, line: list[tuple[float, float]]) -> None:
    assert italy.keeps_right(line)
    assert not italy.keeps_right(line[::-1])


@given(line=crossings(), north=st.floats(0.01, 1.0))
def test_a_line_farther_on_holds_all_the_ground_of_the_line_before(italy: Theatre, line: list[tuple[float, float]], north: float) -> None:
    ahead = [line[0], *((lon, lat + north) for lon, lat in line[1:-1]), line[-1]]
    gained = italy.close(ahead).area - italy.close(line).area
    assert gained > 0
    assert italy.close(line).difference(italy.close(ahead)).area == pytest.approx(0, abs=1e-9)


def test_every_key_frame_closes_to_sound_ground_with_its_rear_inside(tables: Tables, theatres: dict[str, Theatre]) -> None:
    for frame in tables.keyframes:
        ground = theatres[frame.theatre].close(frame.coordinates)
        assert ground.is_valid, frame.id
        assert ground.contains(Point(theatres[frame.theatre].rear)), frame.id


def test_no_key_frame_could_be_drawn_backwards_unnoticed(tables: Tables, theatres: dict[str, Theatre]) -> None:
    def unnoticed(frame: KeyFrame) -> bool:
        return theatres[frame.theatre].keeps_right(frame.coordinates[::-1])

    assert [frame.id for frame in tables.keyframes if unnoticed(frame)] == []


def test_a_way_that_ends_inside_the_plane_is_refused() -> None:
    stray = Theatre("stray", "western", ((10.0, 40.0),), ((12.0, 40.0),), (11.0, 39.0))
    with pytest.raises(ValueError, match="does not lie on the edge of the plane"):
        stray.close([(10.5, 41.0), (11.5, 41.0)])
