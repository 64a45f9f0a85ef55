"""What `twofronts check` says to an author: file, row, column, what is wrong and how to mend it, all at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from twofronts.build.records import Tables
from twofronts.cli import main

ROUTE = [[9.5, 43.8], [10.3, 44.05], [11.3, 44.2], [12.2, 44.4], [12.8, 44.5]]
"""A front across Italy, from the Ligurian Sea to the Adriatic, the Axis to the north."""

CSV_DAMAGE = [
    pytest.param("captures_west.csv", "place", "bastonge",
                 "unknown place id 'bastonge'; did you mean 'bastogne'?", id="unknown place"),
    pytest.param("captures_west.csv", "date", "1945-01-05/1945-01-03",
                 "'1945-01-05/1945-01-03' ends before it starts; write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~",
                 id="end before start"),
    pytest.param("captures_west.csv", "date", "1945-02-30",
                 "'1945-02-30' is no date: no such calendar day; write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~",
                 id="no such day"),
    pytest.param("captures_west.csv", "date", "spring",
                 "'spring' is no date: not an EDTF date; "
                 "write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~", id="no date"),
    pytest.param("captures_west.csv", "by", "US Thrid Army",
                 "'US Thrid Army' has no German name; add it to data/units.csv; did you mean 'US Third Army'?", id="unit"),
    pytest.param("captures_west.csv", "side", "westren", "'westren' is not allowed; did you mean 'western'?", id="side"),
    pytest.param("captures_west.csv", "sources", "", "has no source; name at least one id from a sources table", id="no source"),
    pytest.param("captures_west.csv", "sources", "quite-another-work-9999",
                 "unknown source 'quite-another-work-9999'", id="unknown source"),
    pytest.param("captures_west.csv", "id", "Bastogne 1944",
                 "'Bastogne 1944' is not an id; use lower-case letters, digits and single hyphens", id="id"),
    pytest.param("places_towns.csv", "lon", "190.5", "190.5 is out of range; allowed: -180 to 180", id="longitude"),
    pytest.param("places_towns.csv", "lat", "-85.01", "-85.01 is out of range; allowed: -85 to 85", id="latitude"),
    pytest.param("places_towns.csv", "lat", "nan", "nan is out of range; allowed: -85 to 85", id="not a number"),
    pytest.param("places_towns.csv", "lat", "50,8", "'50,8' is not a number", id="comma"),
    pytest.param("places_towns.csv", "rank", "7", "'7' is not a rank; allowed: 1 to 6, or empty", id="rank"),
    pytest.param("places_towns.csv", "rank", "12", "'12' is not a rank; allowed: 1 to 6, or empty", id="two ranks"),
    pytest.param("places_towns.csv", "wikidata", "64", "'64' is not a Wikidata id; write Q and digits, or leave it empty", id="wikidata"),
    pytest.param("events_west.csv", "title_en", "<script>alert(1)</script>", "markup '<s' in text; write plain text", id="script"),
    pytest.param("events_west.csv", "title_de", "Köln &lt;b&gt;", "markup '&lt;' in text; write plain text", id="entity"),
    pytest.param("events_west.csv", "title_de", "", "is empty; every row needs it", id="empty title"),
    pytest.param("events_west.csv", "title_en", "x" * 60, "has 60 characters; keep it under 60", id="long title"),
    pytest.param("events_west.csv", "summary_en", "Too short.", "has 2 words; write 40 to 90", id="short summary"),
    pytest.param("events_west.csv", "places", "", "is empty; the first place is where the marker stands", id="no place"),
    pytest.param("events_west.csv", "kind", "confrence", "'confrence' is not allowed; did you mean 'conference'?", id="kind"),
    pytest.param("sources_west.csv", "url", "javascript:alert(1)",
                 "'javascript:alert(1)' is not a web address; start with https:// and leave out spaces, quotes and brackets",
                 id="javascript address"),
    pytest.param("holders.csv", "territory", "denmrak", "unknown territory 'denmrak'; did you mean 'denmark'?", id="territory"),
]  # fmt: skip


def test_the_tables_as_they_are_have_no_problems(tables: Tables) -> None:
    assert tables.events  # the fixture itself fails on any problem


@pytest.mark.parametrize(("file", "column", "text", "message"), CSV_DAMAGE)
def test_a_damaged_cell_is_named(broken_data: Any, file: str, column: str, text: str, message: str) -> None:
    broken_data.cell(file, 2, column, text)
    found = broken_data.problems()
    assert f"data/{file}, row 2, column {column}: {message}" in found
    # a row that cannot be read may leave others without what they name, but nothing else is wrong
    assert all("unknown" in problem for problem in found if not problem.startswith(f"data/{file}, row 2, column {column}: "))


def test_a_missing_column_is_named_with_the_whole_header(broken_data: Any) -> None:
    rows = broken_data.rows("captures_west.csv")
    gone = rows[0].index("certainty")
    broken_data.write("captures_west.csv", [row[:gone] + row[gone + 1 :] for row in rows])
    assert broken_data.problems() == [
        "data/captures_west.csv, row 1, column certainty: column is missing; expected header: id,place,date,side,by,certainty,sources,note"
    ]


def test_a_misspelt_column_is_named_with_its_nearest(broken_data: Any) -> None:
    rows = broken_data.rows("captures_west.csv")
    rows[0][rows[0].index("certainty")] = "certanty"
    broken_data.write("captures_west.csv", rows)
    assert broken_data.problems() == [
        "data/captures_west.csv, row 1, column certainty: column is missing; expected header: id,place,date,side,by,certainty,sources,note",
        "data/captures_west.csv, row 1, column certanty: column is not known; did you mean 'certainty'?",
    ]


def test_an_id_used_twice_is_named_with_the_row_that_has_it_first(broken_data: Any) -> None:
    rows = broken_data.rows("captures_west.csv")
    broken_data.write("captures_west.csv", [*rows, rows[1]])
    assert broken_data.problems() == [
        f"data/captures_west.csv, row {len(rows) + 1}, column id: "
        f"'{rows[1][0]}' is already in data/captures_west.csv, row 2; ids are unique"
    ]


def test_an_id_used_in_two_tables_is_found_too(broken_data: Any) -> None:
    taken = broken_data.rows("captures_east_1.csv")[1]
    rows = broken_data.rows("captures_west.csv")
    broken_data.write("captures_west.csv", [*rows, taken])
    assert broken_data.problems() == [
        f"data/captures_west.csv, row {len(rows) + 1}, column id: "
        f"'{taken[0]}' is already in data/captures_east_1.csv, row 2; ids are unique"
    ]


def test_a_row_with_too_many_cells_is_named(broken_data: Any) -> None:
    rows = broken_data.rows("captures_west.csv")
    rows[1].append("a comma, perhaps")
    broken_data.write("captures_west.csv", rows)
    assert broken_data.problems() == ["data/captures_west.csv, row 2: has 9 cells instead of 8; quote text that holds commas"]


def test_a_table_that_is_not_utf8_is_named(broken_data: Any) -> None:
    path = broken_data.folder / "captures_west.csv"
    path.write_bytes("id,place,date,side,by,certainty,sources,note\nköln,".encode("latin-1"))
    assert broken_data.problems() == ["data/captures_west.csv: is not UTF-8; save the file as UTF-8"]


def test_a_table_saved_with_a_byte_order_mark_is_read(broken_data: Any) -> None:
    # spreadsheets write one when they are told to save as UTF-8
    path = broken_data.folder / "captures_west.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert broken_data.problems() == []


def test_a_note_in_one_language_only_is_named(broken_data: Any) -> None:
    broken_data.cell("events_west.csv", 2, "note_de", "Die Zahl der Flugzeuge schwankt.")
    broken_data.cell("events_west.csv", 2, "note_en", "")
    assert broken_data.problems() == ["data/events_west.csv, row 2, column note_en: is empty; a note needs both languages"]


def test_a_book_without_publisher_or_address_is_named(broken_data: Any) -> None:
    for column in ("url", "publisher", "year"):
        broken_data.cell("sources_west.csv", 2, column, "")
    assert broken_data.problems() == [
        "data/sources_west.csv, row 2, column url: is empty; a work without an address needs publisher and year"
    ]


def test_all_tables_of_a_kind_missing_is_said(broken_data: Any) -> None:
    for path in broken_data.folder.glob("captures*.csv"):
        path.unlink()
    assert broken_data.problems() == ["data/captures*.csv: no such table; restore it from the repository"]


def test_every_problem_is_reported_at_once(broken_data: Any) -> None:
    broken_data.cell("captures_west.csv", 2, "date", "1945-02-30")
    broken_data.cell("captures_west.csv", 2, "side", "westren")
    broken_data.cell("captures_west.csv", 3, "place", "bastonge")
    broken_data.cell("holders.csv", 2, "territory", "denmrak")
    assert [problem.partition(": ")[0] for problem in broken_data.problems()] == [
        "data/captures_west.csv, row 2, column date",
        "data/captures_west.csv, row 2, column side",
        "data/captures_west.csv, row 3, column place",
        "data/holders.csv, row 2, column territory",
    ]


def test_the_command_prints_every_problem_and_fails(
    broken_data: Any, repo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "geo").symlink_to(repo / "geo", target_is_directory=True)
    broken_data.cell("captures_west.csv", 2, "place", "bastonge")
    broken_data.cell("events_west.csv", 2, "title_en", "<script>alert(1)</script>")
    broken_data.fronts("italy.geojson", frame("italy-1944-12-01", "1944-12-01", ROUTE[:-1]))
    for command in ("check", "build"):
        assert main(["--root", str(tmp_path), command]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.splitlines() == [
            "data/captures_west.csv, row 2, column place: unknown place id 'bastonge'; did you mean 'bastogne'?",
            "data/events_west.csv, row 2, column title_en: markup '<s' in text; write plain text",
            "data/fronts/italy.geojson, row 2, column coordinates: line is not anchored: its last point 12.2, 44.4 lies on contested land; "
            "end the line in open water or in a neutral state",
            "3 problem(s)",
        ]


def frame(name: str, date: str, coordinates: list[list[float]], /, **changed: Any) -> dict[str, Any]:
    """A key-frame line for Italy."""
    properties = {"id": name, "kind": "line", "theatre": "italy", "date": date, "uncertainty_km": 5, "certainty": "probable",
                  "sources": ["weinberg-world-at-arms"], "note": "", **changed}  # fmt: skip
    return json.loads(json.dumps(
        {"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": coordinates}}))  # fmt: skip
