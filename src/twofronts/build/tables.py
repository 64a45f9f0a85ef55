"""Read the tables of `data/`: every row is checked, every problem collected, nothing dropped in silence."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twofronts.build import cells
from twofronts.build.records import (
    CERTAINTIES,
    KINDS,
    SIDES,
    SOURCE_KINDS,
    THEATRES,
    Capture,
    Event,
    Holder,
    Place,
    Source,
)  # fmt: skip
from twofronts.problems import Problem, nearest

Reader = Callable[[str], Any]

SOURCES: dict[str, Reader] = {
    "id": cells.identifier, "title": cells.filled, "author": cells.plain, "publisher": cells.plain, "year": cells.plain,
    "url": cells.optional_url, "kind": cells.one_of(SOURCE_KINDS), "note": cells.plain,
}  # fmt: skip
PLACES: dict[str, Reader] = {
    "id": cells.identifier, "de": cells.filled, "en": cells.filled, "local": cells.filled, "today": cells.filled,
    "wikidata": cells.wikidata, "lon": cells.number(-180, 180), "lat": cells.number(-85, 85),
    "rank": cells.optional_rank, "source": cells.filled,
}  # fmt: skip
EVENTS: dict[str, Reader] = {
    "id": cells.identifier, "date": cells.interval, "kind": cells.one_of(KINDS), "theatre": cells.one_of(THEATRES),
    "sides": cells.several_of(SIDES), "places": cells.items, "title_de": cells.filled, "title_en": cells.filled,
    "summary_de": cells.filled, "summary_en": cells.filled, "note_de": cells.plain, "note_en": cells.plain,
    "certainty": cells.one_of(CERTAINTIES), "sources": cells.citations, "statements": cells.items,
    "paragraph": cells.optional_paragraph,
}  # fmt: skip
CAPTURES: dict[str, Reader] = {
    "id": cells.identifier, "place": cells.filled, "date": cells.interval, "side": cells.one_of(SIDES),
    "by": cells.plain, "certainty": cells.one_of(CERTAINTIES), "sources": cells.citations, "note": cells.plain,
}  # fmt: skip
UNITS: dict[str, Reader] = {"en": cells.filled, "de": cells.filled}
HOLDERS: dict[str, Reader] = {
    "territory": cells.identifier, "side": cells.one_of(SIDES[:3]), "ground": cells.one_of(("freed", "rest")),
    "date": cells.interval, "source": cells.filled, "note": cells.plain,
}  # fmt: skip

TITLE_LIMIT = 60
SUMMARY_WORDS = (40, 90)


@dataclass(frozen=True)
class Row:
    """One row: where it stands, its cells as text and as read values."""

    file: str
    number: int
    text: dict[str, str]
    value: dict[str, Any]


class Notebook:
    """Collects problems while the tables are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, row: Row, column: str, message: str, remedy: str = "") -> None:
        """Note a problem with one cell of a row."""
        self.problems.append(Problem(row.file, row.number, column, message, remedy))

    def rows(self, path: Path, readers: dict[str, Reader]) -> Iterator[Row]:
        """Yield every row of a table whose cells can all be read; note what is wrong with the others."""
        name = f"data/{path.name}"
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 0, "", "is not UTF-8", "save the file as UTF-8"))
            return
        lines = csv.reader(text.splitlines())
        header = next(lines, [])
        missing = [column for column in readers if column not in header]
        unknown = [column for column in header if column not in readers]
        for column in missing:
            self.problems.append(Problem(name, 1, column, "column is missing", "expected header: " + ",".join(readers)))
        for column in unknown:
            self.problems.append(Problem(name, 1, column, "column is not known", nearest(column, readers)))
        if missing or unknown:
            return
        for line in lines:
            if not line:
                continue
            row = Row(name, lines.line_num, dict(zip(header, line, strict=False)), {})
            if len(line) != len(header):
                self.add(row, "", f"has {len(line)} cells instead of {len(header)}", "quote text that holds commas")
                continue
            for column, read in readers.items():
                try:
                    row.value[column] = read(row.text[column])
                except cells.CellError as error:
                    self.add(row, column, str(error), error.remedy)
            if len(row.value) == len(readers):
                yield row

    def unique(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Yield the rows whose `id` has not been seen; note the others."""
        seen: dict[str, Row] = {}
        for row in rows:
            first = seen.setdefault(row.value["id"], row)
            if first is row:
                yield row
            else:
                self.add(row, "id", f"'{row.value['id']}' is already in {first.file}, row {first.number}", "ids are unique")


def read_all(data: Path, pattern: str, readers: dict[str, Reader], notebook: Notebook) -> list[Row]:
    """Read every table that matches a file pattern, in order of file name."""
    paths = sorted(data.glob(pattern))
    if not paths:
        notebook.problems.append(Problem(f"data/{pattern}", 0, "", "no such table", "restore it from the repository"))
    rows = (row for path in paths for row in notebook.rows(path, readers))
    return list(notebook.unique(rows) if "id" in readers else rows)


def read_sources(data: Path, notebook: Notebook) -> dict[str, Source]:
    """Read `sources*.csv`, keyed by id; a work without an address needs author, publisher and year."""
    found = {}
    for row in read_all(data, "sources*.csv", SOURCES, notebook):
        source = Source(**row.value)
        if not source.url and not (source.publisher and source.year):
            notebook.add(row, "url", "is empty", "a work without an address needs publisher and year")
        found[source.id] = source
    return found


def read_places(data: Path, sources: dict[str, Source], notebook: Notebook) -> dict[str, Place]:
    """Read `places*.csv`, keyed by id."""
    found = {}
    for row in read_all(data, "places*.csv", PLACES, notebook):
        note_unknown(row, "source", (row.value["source"],), sources, "source", notebook)
        found[row.value["id"]] = Place(**row.value)
    return found


def read_events(data: Path, places: dict[str, Place], sources: dict[str, Source], notebook: Notebook) -> tuple[Event, ...]:
    """Read `events*.csv`, sorted by first day, then id."""
    found = []
    for row in read_all(data, "events*.csv", EVENTS, notebook):
        value = row.value
        note_unknown(row, "places", value["places"], places, "place id", notebook)
        note_unknown(row, "sources", [item.source for item in value["sources"]], sources, "source", notebook)
        if not value["places"]:
            notebook.add(row, "places", "is empty", "the first place is where the marker stands")
        if bool(value["note_de"]) != bool(value["note_en"]):
            notebook.add(row, "note_en" if value["note_de"] else "note_de", "is empty", "a note needs both languages")
        for language in ("de", "en"):
            check_text(row, f"title_{language}", f"summary_{language}", notebook)
        start, end = value["date"]
        found.append(
            Event(
                value["id"], row.text["date"], start, end, value["kind"], value["theatre"], value["sides"], value["places"],
                {"de": value["title_de"], "en": value["title_en"]},
                {"de": value["summary_de"], "en": value["summary_en"]},
                {"de": value["note_de"], "en": value["note_en"]} if value["note_de"] else None,
                value["certainty"], value["sources"], value["statements"], value["paragraph"],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda event: (event.start, event.id)))


def read_units(data: Path, notebook: Notebook) -> dict[str, str]:
    """Read `units.csv`: the German of every wording of who took a place, by its English."""
    units: dict[str, str] = {}
    for row in read_all(data, "units.csv", UNITS, notebook):
        if row.value["en"] in units:
            notebook.add(row, "en", f"'{row.value['en']}' is already in the table", "one row for each wording")
        units.setdefault(row.value["en"], row.value["de"])
    return units


def read_captures(data: Path, places: dict[str, Place], sources: dict[str, Source], notebook: Notebook) -> tuple[Capture, ...]:
    """Read `captures*.csv`, sorted by first day, then id."""
    found = []
    units = read_units(data, notebook)
    for row in read_all(data, "captures*.csv", CAPTURES, notebook):
        value = row.value
        start, end = value["date"]
        note_unknown(row, "place", (value["place"],), places, "place id", notebook)
        note_unknown(row, "sources", [item.source for item in value["sources"]], sources, "source", notebook)
        by = value["by"]
        if by and by not in units:
            notebook.add(row, "by", f"'{by}' has no German name", "; ".join(filter(None, ("add it to data/units.csv", nearest(by, units)))))
        found.append(
            Capture(value["id"], value["place"], start, end, value["side"], {"de": units.get(by, by), "en": by} if by else None,
                    value["certainty"], value["sources"], value["note"])
        )  # fmt: skip
    return tuple(sorted(found, key=lambda capture: (capture.start, capture.id)))


def read_holders(data: Path, territories: set[str], sources: dict[str, Source], notebook: Notebook) -> tuple[Holder, ...]:
    """Read `holders.csv`: exceptions to "freed ground belongs to the side whose line freed it"."""
    found = []
    for row in read_all(data, "holders.csv", HOLDERS, notebook):
        value = row.value
        note_unknown(row, "territory", (value["territory"],), territories, "territory", notebook)
        note_unknown(row, "source", (value["source"],), sources, "source", notebook)
        start, end = value["date"]
        found.append(Holder(value["territory"], value["side"], value["ground"], start, end, value["source"]))
    return tuple(found)


def words_of_basemap(data: Path) -> set[str]:
    """Return every word in the tables of the basemap, whose sources `twofronts.build.basemap` reads for itself."""
    drawn = ("borders_1937.geojson", "rivers.geojson", "lakes.geojson", "territories.csv", "waters.csv")
    return {word for name in drawn if (data / name).is_file() for word in re.split(r'[",;\n\r]', (data / name).read_text("utf-8"))}


def note_unknown(row: Row, column: str, ids: Any, known: Any, what: str, notebook: Notebook) -> None:
    """Note every id in a cell that is not known, with the nearest that is."""
    for item in ids:
        if item not in known:
            notebook.add(row, column, f"unknown {what} '{item}'", nearest(item, known))


def check_text(row: Row, title: str, summary: str, notebook: Notebook) -> None:
    """Note a title or summary of unfit length."""
    characters, words = len(row.value[title]), len(row.value[summary].split())
    if characters >= TITLE_LIMIT:
        notebook.add(row, title, f"has {characters} characters", f"keep it under {TITLE_LIMIT}")
    if not SUMMARY_WORDS[0] <= words <= SUMMARY_WORDS[1]:
        notebook.add(row, summary, f"has {words} words", "write {} to {}".format(*SUMMARY_WORDS))
