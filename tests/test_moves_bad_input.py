"""What an author of formations, offensives and journeys is told: file, row, column, what is wrong and how to mend it, all at once."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import shapely

from twofronts.build.moves.honesty import check_marches
from twofronts.build.moves.tables import read_moves
from twofronts.build.records import Event, Place, Source
from twofronts.build.tables import Notebook

PLACES = {
    name: Place(name, name, name, name, name, "", lon, 52.0, None, "book")
    for name, lon in (("westport", 3.9), ("eastbridge", 4.83), ("inland", 6.0), ("farland", 8.9))
}
SOURCES = {"book": Source("book", "A book", "An author", "A publisher", "1950", "", "scholarly", "")}
EVENTS = (
    Event("landing", "1944-06-06", 1252, 1252, "landing", "west", ("western",), ("westport",), {}, {}, None, "certain", (), (), None),
)
STRAIT_EAST = 4.73
LANDS = [shapely.box(0, 50, 4, 54), shapely.box(STRAIT_EAST, 50, 9, 54)]
"""Two lands with a strait of 50 km between them."""
WORDS = " ".join(["word"] * 40)

# header and rows, the header being row 1; none of them has a problem
TABLES: dict[str, list[list[str]]] = {
    "formations": [
        ["id", "name_de", "name_en", "short_de", "short_en", "side", "branch", "echelon", "date", "sources"],
        ["first-army", "Erste Armee", "First Army", "1. A", "1st A", "western", "infantry", "army", "1944-06-01/1945-05-09", "book"],
        ["second-army", "Zweite Armee", "Second Army", "2. A", "2nd A", "axis", "armour", "army", "1944-06/1945-05", "book|chapter 2"],
        ["third-group", "Dritte Gruppe", "Third Group", "3. HGr", "3rd AGp", "soviet", "", "group", "1943/1945", "book"],
    ],
    "commanders": [
        ["formation", "date", "name", "certainty", "sources"],
        ["first-army", "1944-06-01/1944-12-31", "Ann Adams", "certain", "book"],
        ["first-army", "1945-01-01/1945-03-31", "Bob Brown", "certain", "book"],
        ["first-army", "1945-04-01/1945-05-09", "Cy Clark", "probable", "book"],
    ],
    "movements": [
        ["formation", "date", "at", "stands", "via", "by", "under", "uncertainty_km", "certainty", "sources"],
        ["first-army", "1944-06-06", "westport", "hq", "", "", "", "5", "certain", "book"],
        ["first-army", "1944-06-08", "eastbridge", "hq", "", "sea", "", "5", "certain", "book"],
        ["first-army", "1944-06-20~", "inland", "spearhead", "5 52.1;5.5 52", "", "", "10", "probable", "book"],
        ["second-army", "1944-06-06", "farland", "sector", "", "", "", "20", "certain", "book"],
        ["second-army", "1944-07-06", "6.5 52.25", "sector", "", "road", "", "20", "approximate", "book|map 3"],
    ],
    "offensives": [
        ["id", "name_de", "name_en", "theatre", "side", "date", "formations", "axes", "forces_de", "forces_en", "losses_de", "losses_en",
         "summary_de", "summary_en", "event", "certainty", "sources"],
        ["push", "Der Stoß", "The Push", "west", "western", "1944-06-06/1944-06-20", "first-army;second-army",
         "westport@1944-06-06>4.4 52>eastbridge@1944-06-08;eastbridge@1944-06-09>inland@1944-06-20", "Viele.", "Many.", "Wenige.", "Few.",
         WORDS, WORDS, "landing", "certain", "book"],
    ],
    "journeys": [
        ["id", "event", "kind", "path", "by", "date", "name_de", "name_en", "certainty", "sources"],
        ["visit", "landing", "journey", "westport@1944-06-06~>4.4 52>eastbridge@1944-06-07", "surface", "1944-06-06/1944-06-07",
         "Besuch", "Visit", "certain", "book"],
        ["convoys", "landing", "supply", "westport>eastbridge", "surface", "1944/1945", "Geleitzüge", "Convoys", "probable", "book"],
    ],
    "tonnage": [
        ["journey", "year", "tons", "sources"],
        ["convoys", "1944", "1000", "book|table 1"],
    ],
}  # fmt: skip


class Desk:
    """A folder with the six tables, in which a test may break one thing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = {name: [list(row) for row in rows] for name, rows in TABLES.items()}

    def cell(self, table: str, row: int, column: str, text: str) -> None:
        """Write a cell; rows count as in an editor, the header is row 1."""
        self.tables[table][row - 1][self.tables[table][0].index(column)] = text

    def problems(self) -> list[str]:
        """Every problem, as `twofronts check` prints it."""
        for name, rows in self.tables.items():
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        notebook = Notebook()
        moves = read_moves(self.folder, PLACES, SOURCES, EVENTS, notebook)
        return [str(problem) for problem in sorted(set(notebook.problems + check_marches(moves, LANDS)))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


NO_DAY = "write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~"
DAMAGE = [
    # formations
    ("formations", 4, "id", "Third Group", "'Third Group' is not an id; use lower-case letters, digits and single hyphens"),
    ("formations", 4, "name_de", "", "is empty; every row needs it"),
    ("formations", 4, "name_en", "<b>Third</b>", "markup '<b' in text; write plain text"),
    ("formations", 4, "short_de", "Heeresgruppe 33", "is longer than 14 characters; it stands beside a symbol"),
    ("formations", 4, "short_en", "", "is empty; every row needs it"),
    ("formations", 4, "side", "sowjet", "'sowjet' is not allowed; did you mean 'soviet'?"),
    ("formations", 4, "branch", "armor", "'armor' is not allowed; did you mean 'armour'?"),
    ("formations", 4, "echelon", "division", "'division' is not allowed; allowed: group, army, corps"),
    ("formations", 4, "date", "1945/1943", f"'1945/1943' ends before it starts; {NO_DAY}"),
    ("formations", 4, "sources", "", "has no source; name at least one id from a sources table"),
    ("formations", 4, "sources", "boook", "unknown source 'boook'; did you mean 'book'?"),
    # commanders
    ("commanders", 3, "formation", "frist-army", "unknown formation 'frist-army'; did you mean 'first-army'?"),
    ("commanders", 3, "date", "1944-12-31/1945-03-31", "overlaps the command of Ann Adams; end the earlier row sooner"),
    ("commanders", 3, "date", "1945-02-30", f"'1945-02-30' is no date: no such calendar day; {NO_DAY}"),
    ("commanders", 3, "name", "<script>alert(1)</script>", "markup '<s' in text; write plain text"),
    ("commanders", 3, "name", " ", "is empty; every row needs it"),
    ("commanders", 3, "certainty", "certian", "'certian' is not allowed; did you mean 'certain'?"),
    ("commanders", 3, "sources", "boook|p. 3", "unknown source 'boook'; did you mean 'book'?"),
    # movements
    ("movements", 4, "formation", "frist-army", "unknown formation 'frist-army'; did you mean 'first-army'?"),
    ("movements", 4, "date", "1944-06-20/1944-06-21",
     "'1944-06-20/1944-06-21' is not one day; write the day, with ~ where it is approximate"),
    ("movements", 4, "date", "1944-06", "'1944-06' is not one day; write the day, with ~ where it is approximate"),
    ("movements", 4, "date", "1944-06-08", "'first-army' stands twice on 1944-06-08; keep one of the two rows"),
    ("movements", 2, "date", "1944-05-31", "1944-05-31 is outside the life of 'first-army'; it lasted from 1944-06-01 to 1945-05-09"),
    ("movements", 4, "date", "1945-05-10", "1945-05-10 is outside the life of 'first-army'; it lasted from 1944-06-01 to 1945-05-09"),
    ("movements", 4, "at", "inlnad", "unknown place id 'inlnad'; did you mean 'inland'?"),
    ("movements", 4, "at", "6,0 52", "'6,0 52' is not an id; use lower-case letters, digits and single hyphens"),
    ("movements", 4, "at", "6 85.5", "85.5 is out of range; allowed: -85 to 85"),
    ("movements", 4, "at", "", "'' is not an id; use lower-case letters, digits and single hyphens"),
    ("movements", 4, "stands", "head", "'head' is not allowed; did you mean 'spearhead'?"),
    ("movements", 4, "via", "5 52.1;estbridge", "unknown place id 'estbridge'; did you mean 'eastbridge'?"),
    ("movements", 4, "by", "rial", "'rial' is not allowed; did you mean 'rail'?"),
    ("movements", 4, "by", "foot", "'foot' is not allowed; allowed: road, rail, sea, air, or empty"),
    ("movements", 4, "under", "third-gruop", "unknown formation 'third-gruop'; did you mean 'third-group'?"),
    ("movements", 4, "uncertainty_km", "", "'' is not a number"),
    ("movements", 4, "uncertainty_km", "-1", "-1 is out of range; allowed: 0 to 200"),
    ("movements", 4, "uncertainty_km", "nan", "nan is out of range; allowed: 0 to 200"),
    ("movements", 4, "certainty", "", "'' is not allowed; allowed: certain, probable, approximate, disputed"),
    ("movements", 4, "sources", "", "has no source; name at least one id from a sources table"),
    # offensives
    ("offensives", 2, "name_en", "x" * 60, "has 60 characters; keep it under 60"),
    ("offensives", 2, "theatre", "eastt", "'eastt' is not allowed; did you mean 'east'?"),
    ("offensives", 2, "side", "axes", "'axes' is not allowed; did you mean 'axis'?"),
    ("offensives", 2, "formations", "first-army;scond-army", "unknown formation 'scond-army'; did you mean 'second-army'?"),
    ("offensives", 2, "axes", "westport@1944-06-06>inlnad@1944-06-08", "unknown place id 'inlnad'; did you mean 'inland'?"),
    ("offensives", 2, "axes", "", "is empty; write place@date>place@date"),
    ("offensives", 2, "axes", "westport@1944-06-06", "'westport@1944-06-06' has one station; write at least two, > between"),
    ("offensives", 2, "axes", "westport@1944-06-06>inland", "begins or ends without a date; write place@YYYY-MM-DD at both ends"),
    ("offensives", 2, "axes", "westport>inland@1944-06-08", "begins or ends without a date; write place@YYYY-MM-DD at both ends"),
    ("offensives", 2, "axes", "westport@1944-06-08>inland@1944-06-06",
     "'westport@1944-06-08>inland@1944-06-06' runs backwards in time; put the stations in the order of their days"),
    ("offensives", 2, "axes", "westport@1944-06-05>inland@1944-06-08",
     "leaves the days of the offensive; stay within 1944-06-06/1944-06-20"),
    ("offensives", 2, "axes", "westport@1944-06-06>inland@1944-06-08;eastbridge@1944-06-08>inland@1944-06-21",
     "leaves the days of the offensive; stay within 1944-06-06/1944-06-20"),
    ("offensives", 2, "axes", "westport@1944-06-31>inland@1944-07-08", f"'1944-06-31' is no date: no such calendar day; {NO_DAY}"),
    ("offensives", 2, "summary_de", "Zu kurz.", "has 2 words; write 40 to 90"),
    ("offensives", 2, "summary_en", WORDS + " <img src=x onerror=alert(1)>", "markup '<i' in text; write plain text"),
    ("offensives", 2, "event", "landign", "unknown event 'landign'; did you mean 'landing'?"),
    ("offensives", 2, "certainty", "safe", "'safe' is not allowed; allowed: certain, probable, approximate, disputed"),
    ("offensives", 2, "sources", "boook", "unknown source 'boook'; did you mean 'book'?"),
    # journeys
    ("journeys", 2, "event", "landign", "unknown event 'landign'; did you mean 'landing'?"),
    ("journeys", 2, "event", "", "is empty; every row needs it"),
    ("journeys", 2, "kind", "leter", "'leter' is not allowed; did you mean 'letter'?"),
    ("journeys", 2, "path", "westport@1944-06-06>estbridge@1944-06-07", "unknown place id 'estbridge'; did you mean 'eastbridge'?"),
    ("journeys", 2, "path", "westport>eastbridge@1944-06-07", "begins or ends without a date; write place@YYYY-MM-DD at both ends"),
    ("journeys", 2, "path", "westport@1944-06-07>eastbridge@1944-06-06",
     "'westport@1944-06-07>eastbridge@1944-06-06' runs backwards in time; put the stations in the order of their days"),
    ("journeys", 2, "path", "westport@1944-06-06>eastbridge@1944-06-08",
     "leaves the days of the journey; stay within 1944-06-06/1944-06-07"),
    ("journeys", 2, "by", "sea", "'sea' is not allowed; allowed: air, surface"),
    ("journeys", 2, "name_en", "<script>alert(1)</script>", "markup '<s' in text; write plain text"),
    # tonnage
    ("tonnage", 2, "journey", "convyos", "unknown journey 'convyos'; did you mean 'convoys'?"),
    ("tonnage", 2, "year", "1940", "1940 is out of range; allowed: 1941 to 1945"),
    ("tonnage", 2, "tons", "1.000,0", "'1.000,0' is not a number"),
    ("tonnage", 2, "tons", "-1", "-1 is out of range; allowed: 0 to 2e+07"),
    ("tonnage", 2, "sources", "", "has no source; name at least one id from a sources table"),
]  # fmt: skip


def test_tables_without_slips_have_no_problems(desk: Desk) -> None:
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("table", "row", "column", "text", "message"), DAMAGE, ids=[f"{case[0]} {case[2]} {case[3][:40]}" for case in DAMAGE]
)
def test_a_slip_is_named_and_nothing_else(desk: Desk, table: str, row: int, column: str, text: str, message: str) -> None:
    desk.cell(table, row, column, text)
    assert desk.problems() == [f"data/{table}.csv, row {row}, column {column}: {message}"]


@pytest.mark.parametrize("column", ["forces", "losses"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_figures_in_one_language_are_named(desk: Desk, column: str, lang: str) -> None:
    desk.cell("offensives", 2, f"{column}_{lang}", "")
    assert desk.problems() == [f"data/offensives.csv, row 2, column {column}: is in one language only; write both or neither"]
    desk.cell("offensives", 2, f"{column}_{'en' if lang == 'de' else 'de'}", "")
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("by", "days", "pace"), [("", 1, "93"), ("road", 1, "93"), ("rail", 1, ""), ("", 2, "")], ids=["road", "named", "rail", "two days"]
)
def test_a_march_is_too_fast_by_road_and_not_by_rail_nor_in_two_days(desk: Desk, by: str, days: int, pace: str) -> None:
    desk.cell("movements", 4, "via", "5 52.1;5.5 51.9")
    desk.cell("movements", 4, "date", f"1944-06-{8 + days:02d}")
    desk.cell("movements", 4, "by", by)
    told = f"data/movements.csv, row 4, column at: {pace} km a day are too fast by road, at most 80; mend a date, a place or `by`"
    assert desk.problems() == ([told] if pace else [])


@pytest.mark.parametrize(("by", "how"), [("", "road"), ("road", "road"), ("rail", "rail")])
def test_fifty_kilometres_of_water_are_crossed_neither_by_road_nor_by_rail(desk: Desk, by: str, how: str) -> None:
    desk.cell("movements", 3, "by", by)
    assert desk.problems() == [
        f"data/movements.csv, row 3, column via: crosses 50 km of water by {how}; name the bends of the way, or write sea"
    ]


@pytest.mark.parametrize("by", ["sea", "air"])
def test_water_may_be_crossed_by_sea_and_by_air(desk: Desk, by: str) -> None:
    desk.cell("movements", 3, "by", by)
    assert desk.problems() == []


@pytest.mark.parametrize(("bend", "wet"), [("4.3 54.5", "47"), ("4.3 55", ""), ("4.3 49", "")])
def test_the_bends_are_what_crosses_water(desk: Desk, monkeypatch: pytest.MonkeyPatch, bend: str, wet: str) -> None:
    # a bridge of land far north and one far south: whoever bends that way stays dry
    monkeypatch.setitem(globals(), "LANDS", [*LANDS, shapely.box(0, 54.75, 9, 56), shapely.box(0, 48, 9, 50.1), shapely.box(0, 54, 4, 55),
                                             shapely.box(STRAIT_EAST, 54, 9, 55)])  # fmt: skip
    desk.cell("movements", 3, "via", f"3.9 {bend.split()[1]};{bend};4.83 {bend.split()[1]}")
    desk.cell("movements", 3, "by", "rail")
    expected = [f"data/movements.csv, row 3, column via: crosses {wet} km of water by rail; name the bends of the way, or write sea"]
    assert [problem for problem in desk.problems() if "water" in problem] == (expected if wet else [])


@pytest.mark.parametrize(("km", "flagged"), [(14.0, False), (16.0, True)])
def test_a_bay_may_be_cut_by_fifteen_kilometres(desk: Desk, monkeypatch: pytest.MonkeyPatch, km: float, flagged: bool) -> None:
    east = 4 + km / (111.195 * 0.61566)  # the cosine of 52 degrees
    monkeypatch.setitem(globals(), "LANDS", [shapely.box(0, 50, 4, 54), shapely.box(east, 50, 9, 54)])
    desk.cell("movements", 3, "by", "road")
    assert bool(desk.problems()) is flagged


def test_a_formation_with_one_way_point_is_named(desk: Desk) -> None:
    del desk.tables["movements"][5]
    assert desk.problems() == [
        "data/movements.csv, row 5, column date: is the only way-point of 'second-army'; a formation needs its first and its last day"
    ]


def test_way_points_need_not_be_in_order(desk: Desk) -> None:
    header, *rows = desk.tables["movements"]
    desk.tables["movements"] = [header, *reversed(rows)]
    assert desk.problems() == []


def test_a_way_point_of_an_unknown_formation_is_not_missed_by_its_own(desk: Desk) -> None:
    desk.cell("movements", 6, "formation", "scond-army")
    assert desk.problems() == [
        "data/movements.csv, row 5, column date: is the only way-point of 'second-army'; a formation needs its first and its last day",
        "data/movements.csv, row 6, column formation: unknown formation 'scond-army'; did you mean 'second-army'?",
    ]


def test_every_command_that_lies_within_another_is_named(desk: Desk) -> None:
    desk.cell("commanders", 2, "date", "1944-06-01/1945-05-09")
    assert desk.problems() == [
        f"data/commanders.csv, row {row}, column date: overlaps the command of Ann Adams; end the earlier row sooner" for row in (3, 4)
    ]


def test_commands_of_two_formations_may_overlap(desk: Desk) -> None:
    desk.cell("commanders", 2, "formation", "second-army")
    desk.cell("commanders", 2, "date", "1944-06-01/1945-05-09")
    assert desk.problems() == []


def test_an_id_used_twice_is_named_with_the_row_that_has_it_first(desk: Desk) -> None:
    desk.cell("formations", 4, "id", "second-army")
    assert desk.problems() == [
        "data/formations.csv, row 4, column id: 'second-army' is already in data/formations.csv, row 3; ids are unique"
    ]


def test_every_unknown_place_of_every_axis_is_named(desk: Desk) -> None:
    desk.cell("offensives", 2, "axes", "wstport@1944-06-06>inlnad@1944-06-08;westport@1944-06-06>frland>inland@1944-06-08")
    assert desk.problems() == [
        f"data/offensives.csv, row 2, column axes: unknown place id '{wrong}'; did you mean '{right}'?"
        for wrong, right in (("frland", "farland"), ("inlnad", "inland"), ("wstport", "westport"))
    ]


def test_slips_in_all_six_tables_are_told_at_once(desk: Desk) -> None:
    desk.cell("formations", 4, "short_de", "Heeresgruppe 33")
    desk.cell("formations", 4, "short_en", "Army Group 3333")
    desk.cell("commanders", 3, "name", "<script>alert(1)</script>")
    desk.cell("movements", 3, "by", "")
    desk.cell("movements", 3, "under", "thrid-group")
    desk.cell("movements", 6, "date", "1944-07")
    desk.cell("offensives", 2, "losses_de", "")
    desk.cell("offensives", 2, "event", "landign")
    desk.cell("journeys", 2, "path", "westport>eastbridge")
    desk.cell("tonnage", 2, "journey", "convyos")
    assert [problem.partition(": ")[0] for problem in desk.problems()] == [
        "data/commanders.csv, row 3, column name",
        "data/formations.csv, row 4, column short_de",
        "data/formations.csv, row 4, column short_en",
        "data/journeys.csv, row 2, column path",
        "data/movements.csv, row 3, column under",
        "data/movements.csv, row 3, column via",
        "data/movements.csv, row 5, column date",  # with row 6 unreadable it is its formation's only one
        "data/movements.csv, row 6, column date",
        "data/offensives.csv, row 2, column event",
        "data/offensives.csv, row 2, column losses",
        "data/tonnage.csv, row 2, column journey",
    ]


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_named(desk: Desk, table: str) -> None:
    desk.problems()
    (desk.folder / f"{table}.csv").unlink()
    notebook = Notebook()
    read_moves(desk.folder, PLACES, SOURCES, EVENTS, notebook)
    assert f"data/{table}*.csv: no such table; restore it from the repository" in map(str, notebook.problems)


def test_the_check_of_the_repository_reads_all_six_tables(broken_data: Any) -> None:
    slips = {
        "formations_west.csv": ("short_en", "x" * 15), "commanders_west.csv": ("name", "<script>alert(1)</script>"),
        "movements_west.csv": ("at", "protsmuoth-harbour"), "offensives.csv": ("event", "no-such-event-at-all"),
        "journeys.csv": ("event", "no-such-event-at-all"), "tonnage.csv": ("journey", "no-such-journey-at-all"),
    }  # fmt: skip
    for file, (column, text) in slips.items():
        broken_data.cell(file, 2, column, text)
    assert [problem.partition(": ")[0] for problem in broken_data.problems()] == sorted(
        f"data/{file}, row 2, column {column}" for file, (column, _) in slips.items()
    )
