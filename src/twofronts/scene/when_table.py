"""Answers for a whole table of places: CSV in, CSV out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from twofronts.days import to_iso
from twofronts.problems import DataError, Problem, nearest
from twofronts.scene.answer import Answer
from twofronts.scene.towns import number

NEEDED = ("id", "lat", "lon")
GIVEN = ("date", "low", "high", "side")


class Answering(Protocol):
    """Whatever answers for many spots (lon, lat) at once."""

    def answers(self, spots: Sequence[tuple[float, float]], /) -> list[Answer]: ...


@dataclass(frozen=True)
class Table:
    """A CSV as it was given: stripped header cells, rows of as many cells as they have, and where the three columns are."""

    header: list[str]
    rows: list[list[str]]
    where: dict[str, int]
    comma: bool


def read_table(content: bytes, name: str) -> Table:
    """Read a CSV (UTF-8, with or without a mark; comma, semicolon or tab). Raises `DataError` that names file, column and remedy."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise DataError([Problem(name, row, "", "is not UTF-8", "save it as CSV UTF-8")]) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        # a bare carriage return inside a cell would part the row in the answer
        header, *rows = [[re.sub(r"\r\n?", "\n", cell) for cell in row] for row in reader if row] or [[]]
    except csv.Error as error:
        raise DataError([Problem(name, reader.line_num, "", f"is no CSV: {error}", "close every quotation mark")]) from error
    header = [cell.strip() for cell in header]
    small = [cell.lower() for cell in header]
    problems = []
    for column in NEEDED:
        if column not in small:
            guess = nearest(column, [cell for cell in header if cell.lower() not in NEEDED])
            problems.append(Problem(name, 1, column, "this column is missing", f"{guess} " * bool(guess) + f"add a column named {column}"))
        elif small.count(column) > 1:
            problems.append(Problem(name, 1, column, "this column is there twice", "keep one"))
    if problems:
        raise DataError(problems)
    return Table(header, rows, {column: small.index(column) for column in NEEDED}, delimiter == ",")


def answer_table(table: Table, passages: Answering) -> str:
    """Return the CSV with the answers: id, date, low, high, side, then the other columns, then reason.

    A row that cannot be answered has an empty date and a reason; a column of the table that bears the name of an answer
    gets `_given` behind it. An empty table gives the header alone.
    """
    spots: list[tuple[float, float]] = []
    reasons: list[str] = []
    for row in table.rows:
        spot, reason = _spot(table, row)
        reasons.append(reason)
        if not reason:
            spots.append(spot)
    answers = iter(passages.answers(spots) if spots else [])
    others = [position for position in range(len(table.header)) if position != table.where["id"]]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *GIVEN, *(_unlike(table.header[position]) for position in others), "reason"])
    for row, reason in zip(table.rows, reasons, strict=True):
        cells = row + [""] * (len(table.header) - len(row))
        given = ["", "", "", "", reason] if reason else _cells(next(answers))
        writer.writerow([cells[table.where["id"]], *given[:4], *(cells[position] for position in others), given[4]])
    return text.getvalue()


def _spot(table: Table, row: list[str]) -> tuple[tuple[float, float], str]:
    """Return lon and lat, or why there are none."""
    if len(row) > len(table.header):
        # most likely a comma inside a text: every cell behind it has slipped
        return (0.0, 0.0), "too_many_cells"
    values = []
    for column, limit in (("lon", 180.0), ("lat", 90.0)):
        cell = row[table.where[column]].strip() if table.where[column] < len(row) else ""
        if not cell:
            return (0.0, 0.0), "no_coordinates"
        value = number(cell if table.comma else cell.replace(",", "."))
        if value is None:
            return (0.0, 0.0), "bad_coordinates"
        if abs(value) > limit:
            return (0.0, 0.0), "coordinates_out_of_range"
        values.append(value)
    return (values[0], values[1]), ""


def _cells(answer: Answer) -> list[str]:
    days = ["" if day is None else to_iso(day) for day in (answer.date, answer.low, answer.high)]
    return [*days, answer.side or "", answer.reason or ""]


def _unlike(column: str) -> str:
    return f"{column}_given" if column in (*GIVEN, "reason", "id") else column
