"""Problems found in hand-written data: where they are and how to mend them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in `data/` or `geo/`, addressed so that its author finds it at once.

    `row` counts like a text editor (1 is the header, 0 means the file as a whole); `column` is a
    CSV column or a GeoJSON property and may be empty.

    >>> str(Problem("data/events_east.csv", 7, "places", "unknown place 'mosow'", "did you mean 'moscow'?"))
    "data/events_east.csv, row 7, column places: unknown place 'mosow'; did you mean 'moscow'?"
    """

    file: str
    row: int
    column: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")


class DataError(ValueError):
    """Raised once with every problem there is, so that an author mends them in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy naming the known word closest to `word`, or an empty string.

    >>> nearest("conferense", ["conference", "battle"])
    "did you mean 'conference'?"
    """
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean '{match[0]}'?" if match else ""
