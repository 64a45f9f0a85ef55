"""Edges and arcs: outlines cut into lines that are stored once, and chained back to what they were."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from twofronts.build.edges import Edge, trace
from twofronts.build.ground import Ground
from twofronts.build.overlay import unite
from twofronts.scene.arcs import UNITS_PER_DEGREE, Line, chain, delta, quantise

SIDES = ("western", "soviet", "partisan")
points = st.tuples(st.integers(-40_000, 80_000), st.integers(18_000, 82_000))
degrees = st.tuples(st.floats(-40, 80, allow_nan=False), st.floats(18, 82, allow_nan=False))
boards = st.lists(st.lists(st.sampled_from(("axis", *SIDES)), min_size=4, max_size=4), min_size=4, max_size=4)


def undo(run: list[int]) -> Line:
    """Read a flat run back, as the map document does."""
    return list(zip(itertools.accumulate(run[0::2]), itertools.accumulate(run[1::2]), strict=True))


@given(st.lists(points))
def test_differences_add_up_to_the_line(line: Line) -> None:
    assert undo(delta(line)) == line


@given(st.lists(degrees, min_size=1))
def test_rounding_moves_no_point_by_more_than_half_a_thousandth(line: list[tuple[float, float]]) -> None:
    whole = quantise(line)
    assert all(one != other for one, other in itertools.pairwise(whole))
    kept = {(x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE) for x, y in whole}
    for lon, lat in line:
        assert any(abs(lon - x) <= 0.00051 and abs(lat - y) <= 0.00051 for x, y in kept)


@given(st.lists(points))
def test_rounding_twice_changes_nothing(line: Line) -> None:
    once = quantise([(x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE) for x, y in line])
    assert quantise([(x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE) for x, y in once]) == once


@given(st.integers(3, 12), st.integers(1, 11), st.randoms(use_true_random=False))
def test_a_ring_cut_anywhere_and_shuffled_chains_to_itself(corners: int, cuts: int, chance: object) -> None:
    ring = [(round(1000 * np.cos(a)), round(1000 * np.sin(a))) for a in 2 * np.pi * np.arange(corners) / corners]
    stops = sorted({0, *(chance.randrange(corners) for _ in range(cuts))})  # type: ignore[attr-defined]
    pieces = []
    for number, (start, stop) in enumerate(itertools.pairwise([*stops, stops[0] + corners])):
        pieces.append((number, ring[start % corners], ring[stop % corners]))
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    [found] = chain(pieces)
    turn = found.index(0)
    assert found[turn:] + found[:turn] == list(range(len(pieces)))


def test_pieces_that_do_not_close_are_left_out() -> None:
    assert chain([(0, (0, 0), (4, 0)), (1, (4, 0), (8, 0))]) == []


@settings(max_examples=60)
@given(boards)
def test_the_edges_of_any_division_chain_to_the_ground_they_came_from(board: list[list[str]]) -> None:
    ground = divide(board)
    edges = list(trace([(5, 9, ground)]))
    for side in SIDES:
        assert outline(edges, side, 7).symmetric_difference(ground.held[side]).area < 1e-9
    assert all((edge.start, edge.end) == (5, 9) for edge in edges)


@settings(max_examples=60)
@given(boards)
def test_each_edge_has_the_right_holder_on_either_hand(board: list[list[str]]) -> None:
    ground = divide(board)
    parts = {**ground.held, "axis": ground.axis}
    for edge in trace([(0, 0, ground)]):
        (x0, y0), (x1, y1) = edge.geometry.coords[:2]
        size = np.hypot(x1 - x0, y1 - y0)
        aside = np.array([-(y1 - y0), x1 - x0]) / size * 0.01
        middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        assert parts[edge.left].contains(shapely.Point(middle + aside))
        assert parts[edge.right].contains(shapely.Point(middle - aside))


@settings(max_examples=40)
@given(boards, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(("axis", *SIDES))), max_size=3))
def test_what_stands_still_is_one_line_over_all_its_days(board: list[list[str]], taken: list[tuple[int, int, str]]) -> None:
    later = [list(row) for row in board]
    for row, column, side in taken:
        later[row][column] = side
    before, after = divide(board), divide(later)
    edges = list(trace([(0, 3, before), (4, 6, after)]))
    for side in SIDES:
        assert outline(edges, side, 2).symmetric_difference(before.held[side]).area < 1e-9
        assert outline(edges, side, 5).symmetric_difference(after.held[side]).area < 1e-9
    for one, other in itertools.combinations(edges, 2):
        together = one.start <= other.end and other.start <= one.end
        assert not together or one.geometry.intersection(other.geometry).length == 0
    if not taken:
        assert {(edge.start, edge.end) for edge in edges} <= {(0, 6)}


def divide(board: list[list[str]]) -> Ground:
    """A small plane of squares, each held by one side."""
    cells: dict[str, list[Polygon]] = {side: [] for side in ("axis", *SIDES)}
    for row, column in itertools.product(range(4), range(4)):
        cells[board[row][column]].append(box(10 + column, 50 + row, 11 + column, 51 + row))
    held = {side: unite(cells[side]) for side in SIDES}
    around = box(0, 40, 30, 60).difference(shapely.union_all([area for area in held.values()]))
    return Ground(held, MultiPolygon(list(shapely.get_parts(around))), MultiPolygon())


def outline(edges: list[Edge], side: str, day: int) -> shapely.Geometry:
    """Chain the edges of a side on a day as the map document does, filled by the even-odd rule."""
    arcs, pieces = [], []
    for edge in edges:
        if edge.start <= day <= edge.end and side in (edge.left, edge.right):
            line = quantise(edge.geometry.coords)
            pieces.append((len(arcs), line[0], line[-1]) if edge.left == side else (~len(arcs), line[-1], line[0]))
            arcs.append(line)
    area: shapely.Geometry = Polygon()
    for ring in chain(pieces):
        walked = [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
        face = shapely.make_valid(Polygon(np.array(walked) / UNITS_PER_DEGREE))
        area = area.symmetric_difference(face)
    return area
