"""Outlines are thinned tile by tile: what stands still keeps its vertices, whatever moves elsewhere."""

from __future__ import annotations

import numpy as np
import shapely
from contourpy import contour_generator
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter
from shapely.geometry import LineString

from twofronts.build.grid import CELL_M, TILE_CELLS, Floats, Window, to_lonlat
from twofronts.build.outline import TOLERANCE_M, generalise, positive_ground

TILE_M = CELL_M * TILE_CELLS
TILES = max(3, 96 // TILE_CELLS)
WINDOW = Window(31 * 128_000.0, 23 * 128_000.0, TILES * TILE_CELLS + 1, TILES * TILE_CELLS + 1)
"""At least 96 cells square and 3 tiles wide, aligned to tiles as `Window.around` does it."""

seeds = st.integers(0, 10_000)


def landscape(seed: int, roughness: float = 5.0) -> Floats:
    """A smooth field with hills and hollows."""
    noise = np.random.default_rng(seed).standard_normal((WINDOW.rows, WINDOW.columns))
    return gaussian_filter(noise, roughness) * 1e5


def rings(field: Floats) -> list[Floats]:
    """The closed outlines of the positive ground."""
    lines = contour_generator(WINDOW.xs, WINDOW.ys, field).lines(0.0)
    return [line for line in lines if len(line) > 4 and np.array_equal(line[0], line[-1])]


def on_tile_border(points: Floats) -> Floats:
    cells = (points - [WINDOW.left, WINDOW.bottom]) / CELL_M
    return points[(np.abs(cells - np.rint(cells / TILE_CELLS) * TILE_CELLS) < 1e-6).any(axis=1)]


def vertices(points: Floats) -> set[tuple[float, float]]:
    return {(float(x), float(y)) for x, y in np.round(points, 3)}


@settings(max_examples=40)
@given(seeds)
def test_a_thinned_outline_keeps_its_vertices_on_tile_borders(seed: int) -> None:
    for ring in rings(landscape(seed)):
        thin = generalise(ring, WINDOW)
        assert np.array_equal(thin[0], thin[-1])
        assert vertices(thin) <= vertices(ring)
        if len(vertices(on_tile_border(ring))) >= 2:
            assert vertices(on_tile_border(ring)) <= vertices(thin)


@settings(max_examples=40)
@given(seeds)
def test_a_thinned_outline_stays_within_its_tolerance(seed: int) -> None:
    for ring in rings(landscape(seed)):
        assert LineString(ring).hausdorff_distance(LineString(generalise(ring, WINDOW))) <= TOLERANCE_M + 1


@settings(max_examples=40)
@given(seeds, seeds)
def test_a_change_in_one_tile_leaves_the_other_tiles_their_vertices(seed: int, other: int) -> None:
    chance = np.random.default_rng(other)
    for ring in rings(landscape(seed)):
        if len(vertices(on_tile_border(ring))) < 2:
            continue
        tile = tile_of(ring)[chance.integers(len(ring))]
        # push about what lies inside the tile, and leave out every third vertex of it
        moved = ring + np.where(inside(ring, tile)[:, None], chance.uniform(-0.4, 0.4, ring.shape) * CELL_M, 0)
        moved = np.where(inside(moved, tile)[:, None], moved, ring)
        keep = ~inside(moved, tile) | (chance.random(len(ring)) > 1 / 3)
        keep[[0, -1]], moved[-1] = True, moved[0]
        before, after = generalise(ring, WINDOW), generalise(moved[keep], WINDOW)
        assert vertices(before[~inside(before, tile)]) == vertices(after[~inside(after, tile)])


def tile_of(points: Floats) -> Floats:
    return np.floor((points - [WINDOW.left, WINDOW.bottom]) / TILE_M)


def inside(points: Floats, tile: Floats) -> Floats:
    """Which points lie inside a tile, its border left out."""
    share = (points - [WINDOW.left, WINDOW.bottom]) / TILE_M - tile
    within: Floats = ((share > 1e-6) & (share < 1 - 1e-6)).all(axis=1)
    return within


@settings(max_examples=25)
@given(seeds)
def test_positive_ground_is_the_ground_where_the_field_is_positive(seed: int) -> None:
    field = landscape(seed)
    ground = positive_ground(field, WINDOW)
    assert ground.is_valid
    # away from the line by more than the outline may be thinned, in or out is never in doubt
    slope = np.hypot(*np.gradient(field, CELL_M))
    clear = np.abs(field) > 1.5 * CELL_M * slope.max()
    xs, ys = np.meshgrid(WINDOW.xs, WINDOW.ys)
    inner = np.zeros_like(clear)
    inner[2:-2, 2:-2] = True
    spots = np.column_stack([xs[clear & inner], ys[clear & inner]])
    lonlat = to_lonlat(spots)
    assert np.array_equal(shapely.contains_xy(ground, lonlat[:, 0], lonlat[:, 1]), (field > 0)[clear & inner])


def test_a_speck_is_left_out_and_a_town_is_kept() -> None:
    xs, ys = np.meshgrid(WINDOW.xs, WINDOW.ys)
    middle = (WINDOW.xs[50], WINDOW.ys[50])
    distance = np.hypot(xs - middle[0], ys - middle[1])
    assert positive_ground(2500.0 - distance, WINDOW).is_empty
    assert not positive_ground(9000.0 - distance, WINDOW).is_empty
