"""What `twofronts check` says of key-frame lines and pockets that cannot be: where, what, and how to mend it."""

from __future__ import annotations

from typing import Any

import pytest
from test_bad_input import ROUTE, frame

FILE = "data/fronts/italy.geojson"
BEND = [11.3, 44.2]
JUMPED = [[9.5, 43.8], [10.3, 44.05], [11.3, 44.2], [12.7, 41.7], [13.0, 41.9], [12.3, 44.4], [12.8, 44.5]]
BOW_TIE = [[9.5, 43.8], [11.5, 44.5], [11.5, 43.9], [10.5, 44.5], [12.8, 44.5]]
SQUARE = [[11.0, 44.0], [11.6, 44.0], [11.6, 44.4], [11.0, 44.4], [11.0, 44.0]]


def pocket(name: str, date: str, coordinates: list[list[float]], /, **changed: Any) -> dict[str, Any]:
    """A pocket in Italy."""
    made = frame(name, date, coordinates, kind="pocket", pocket="bologna", name={"de": "Bologna", "en": "Bologna"}, end=None)
    made["properties"].update(changed)
    made["geometry"] = {"type": "Polygon", "coordinates": [coordinates]}
    return made


def test_a_sound_line_and_pocket_are_accepted(broken_data: Any) -> None:
    broken_data.fronts("italy.geojson", frame("italy-1", "1944-12-01", ROUTE), pocket("p-1", "1944-12-05", SQUARE, end="1944-12-09"))
    assert broken_data.problems() == []


LINES = [
    pytest.param(BOW_TIE, {}, "coordinates", "line crosses itself; look near 10.87, 44.28", id="crosses itself"),
    pytest.param(ROUTE[:-1], {}, "coordinates",
                 "line is not anchored: its last point 12.2, 44.4 lies on contested land; end the line in open water or in a neutral state",
                 id="last point ashore"),
    pytest.param([[10.8, 43.9], *ROUTE[1:]], {}, "coordinates",
                 "line is not anchored: its first point 10.8, 43.9 lies on contested land; "
                 "end the line in open water or in a neutral state",
                 id="first point ashore"),
    pytest.param(ROUTE[::-1], {}, "coordinates",
                 "line runs the wrong way; draw it with the ground held by the Axis on its left hand", id="wrong way"),
    pytest.param([[9.5, 43.8], [11.3, 144.2], [12.8, 44.5]], {}, "coordinates",
                 "11.3, 144.2 is out of range; write lon, lat in degrees", id="out of range"),
    pytest.param([[9.5, 43.8]], {}, "coordinates", "has too few points", id="one point"),
    pytest.param(ROUTE, {"date": "1944-12-32"}, "date", "'1944-12-32' is no date; write YYYY-MM-DD", id="no date"),
    pytest.param(ROUTE, {"theatre": "itlay"}, "theatre", "'itlay' is not allowed; did you mean 'italy'?", id="theatre"),
    pytest.param(ROUTE, {"sources": ["weinberg-world-at-war"]}, "sources",
                 "unknown source 'weinberg-world-at-war'; did you mean 'weinberg-world-at-arms'?", id="source"),
    pytest.param(ROUTE, {"sources": []}, "sources", "has no source; name at least one id from a sources table", id="no source"),
    pytest.param(ROUTE, {"uncertainty_km": 0}, "uncertainty_km", "0 is out of range; allowed: 0.5 to 100", id="no uncertainty"),
    pytest.param(ROUTE, {"note": "<img src=x>"}, "note", "markup '<i' in text; write plain text", id="markup"),
]  # fmt: skip


@pytest.mark.parametrize(("coordinates", "changed", "column", "message"), LINES)
def test_a_line_that_cannot_be_is_named(
    broken_data: Any, coordinates: list[list[float]], changed: dict[str, Any], column: str, message: str
) -> None:
    broken_data.fronts("italy.geojson", frame("italy-0", "1944-11-01", ROUTE), frame("italy-1", "1944-12-01", coordinates, **changed))
    assert broken_data.problems() == [f"{FILE}, row 3, column {column}: {message}"]


def test_a_line_that_jumps_300_km_is_named_with_the_place_and_the_frame_before(broken_data: Any) -> None:
    broken_data.fronts("italy.geojson", frame("italy-1944-12-01", "1944-12-01", ROUTE), frame("italy-1944-12-02", "1944-12-02", JUMPED))
    [problem] = broken_data.problems()
    assert problem == (
        f"{FILE}, row 3, column coordinates: key frame jumps 298 km at 12.7, 41.7 from italy-1944-12-01; "
        "put frames between them; 200 km is the limit"
    )


def test_two_lines_on_one_day_are_named(broken_data: Any) -> None:
    broken_data.fronts("italy.geojson", frame("italy-a", "1944-12-01", ROUTE), frame("italy-b", "1944-12-01", ROUTE))
    assert broken_data.problems() == [f"{FILE}, row 3, column date: two key frames of 'italy' on 1944-12-01; keep one a day"]


def test_a_frame_id_used_twice_is_named(broken_data: Any) -> None:
    broken_data.fronts("italy.geojson", frame("italy-a", "1944-12-01", ROUTE), frame("italy-a", "1944-12-05", ROUTE))
    [problem] = broken_data.problems()
    assert problem.endswith(f"column id: 'italy-a' is already in {FILE}, row 2; ids are unique")
    assert problem.startswith(f"{FILE}, row 3,")


POCKETS = [
    pytest.param({}, "end", "pocket 'bologna' never ends; give its last outline an end", id="no end"),
    pytest.param({"end": "1944-12-04"}, "end", "'1944-12-04' ends before it starts; give the last day it was held", id="ends too early"),
    pytest.param({"end": "soon"}, "end", "'soon' is no date; write YYYY-MM-DD", id="end is no date"),
    pytest.param({"end": "1944-12-09", "name": {"de": "Bologna"}}, "name",
                 'needs a German and an English name; write {"de": "...", "en": "..."}', id="one name"),
    pytest.param({"end": "1944-12-09", "theatre": "pacific"}, "theatre",
                 "'pacific' is not allowed; allowed: west, italy, east, north, balkans", id="theatre"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "column", "message"), POCKETS)
def test_a_pocket_that_cannot_be_is_named(broken_data: Any, changed: dict[str, Any], column: str, message: str) -> None:
    broken_data.fronts("italy.geojson", frame("italy-1", "1944-12-01", ROUTE), pocket("p-1", "1944-12-05", SQUARE, **changed))
    assert broken_data.problems() == [f"{FILE}, row 3, column {column}: {message}"]


def test_a_pocket_whose_outline_crosses_itself_is_named(broken_data: Any) -> None:
    twisted = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    broken_data.fronts("italy.geojson", frame("italy-1", "1944-12-01", ROUTE), pocket("p-1", "1944-12-05", twisted, end="1944-12-09"))
    assert broken_data.problems() == [f"{FILE}, row 3, column coordinates: outline crosses itself; Self-intersection[11.3 44.2]"]


def test_only_the_last_outline_of_a_pocket_ends_it(broken_data: Any) -> None:
    broken_data.fronts(
        "italy.geojson", frame("italy-1", "1944-12-01", ROUTE),
        pocket("p-1", "1944-12-05", SQUARE, end="1944-12-06"), pocket("p-2", "1944-12-09", SQUARE, end="1944-12-12"),
    )  # fmt: skip
    assert broken_data.problems() == [f"{FILE}, row 3, column end: pocket 'bologna' ends before its last outline; only the last has an end"]


@pytest.mark.parametrize("text", ['{"type":"FeatureCollection","features":[\n{"type":"Feature",\n', "", "[]", '{"type":"Feature"}'])
def test_a_damaged_file_of_lines_is_named(broken_data: Any, text: str) -> None:
    (broken_data.folder / "fronts" / "italy.geojson").write_text(text, "utf-8")
    [problem] = broken_data.problems()
    where, _, message = problem.partition(": ")
    assert message == "is not a GeoJSON FeatureCollection; one feature per line helps to find the slip"
    assert where.startswith(FILE)


def test_the_line_of_text_where_a_file_breaks_off_is_told(broken_data: Any) -> None:
    (broken_data.folder / "fronts" / "italy.geojson").write_text(
        '{"type":"FeatureCollection","features":[\n{"type":"Feature",,}\n]}', "utf-8"
    )
    assert broken_data.problems() == [f"{FILE}, row 2: is not a GeoJSON FeatureCollection; one feature per line helps to find the slip"]


ODD = [
    pytest.param(b'{"features":[null]}', id="null feature"),
    pytest.param(b'{"features":{"a":1}}', id="features no list"),
    pytest.param(b'{"features":[{"properties":{"id":"a"},"geometry":{"type":"LineString","coordinates":[["x","y"],[1,2]]}}]}', id="text"),
    pytest.param(b'{"features":[{"properties":{"id":"a"},"geometry":{"type":"LineString","coordinates":[[1],[2]]}}]}', id="half points"),
    pytest.param(b'{"features":[{"properties":{"id":"a"},"geometry":{"type":"LineString","coordinates":[null,null]}}]}', id="null points"),
    pytest.param(b'{"features":[{"properties":null,"geometry":null}]}', id="empty feature"),
    pytest.param("Görz".encode("latin-1"), id="not utf-8"),
]


@pytest.mark.parametrize("content", ODD)
def test_an_odd_file_is_a_problem_with_its_name_not_a_crash(broken_data: Any, content: bytes) -> None:
    (broken_data.folder / "fronts" / "italy.geojson").write_bytes(content)
    found = broken_data.problems()
    assert found
    assert all(problem.startswith(FILE) for problem in found)
