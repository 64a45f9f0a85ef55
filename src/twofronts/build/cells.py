"""One CSV cell at a time: each reader returns a value or raises `ValueError` with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from twofronts.build.dates import to_interval
from twofronts.build.records import Citation
from twofronts.problems import nearest

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARKUP = re.compile(r"<\s*[a-zA-Z/!?]|javascript:|&#?\w+;", re.IGNORECASE)


class CellError(ValueError):
    """What is wrong with a cell, and a remedy."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def identifier(text: str) -> str:
    """Read an id: lower-case ascii words joined by hyphens."""
    if not _ID.fullmatch(text):
        raise CellError(f"'{text}' is not an id", "use lower-case letters, digits and single hyphens")
    return text


def plain(text: str) -> str:
    """Read text that must not carry markup: the map shows every cell as text, so a tag is a mistake or an attack."""
    found = _MARKUP.search(text)
    if found:
        raise CellError(f"markup '{found.group()}' in text", "write plain text")
    return text.strip()


def filled(text: str) -> str:
    """Read plain text that must not be empty."""
    if not text.strip():
        raise CellError("is empty", "every row needs it")
    return plain(text)


def one_of(choices: Collection[str]) -> Callable[[str], str]:
    """Make a reader for a closed vocabulary."""

    def read(text: str) -> str:
        if text not in choices:
            allowed = ", ".join(filter(None, choices)) + (", or empty" if "" in choices else "")
            raise CellError(f"'{text}' is not allowed", nearest(text, choices) or f"allowed: {allowed}")
        return text

    return read


def items(text: str) -> tuple[str, ...]:
    """Read a list whose items are separated by `;`."""
    return tuple(item.strip() for item in text.split(";") if item.strip())


def several_of(choices: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """Make a reader for a non-empty list from a closed vocabulary."""
    single = one_of(choices)

    def read(text: str) -> tuple[str, ...]:
        found = items(text)
        if not found:
            raise CellError("is empty", "allowed: " + ", ".join(choices))
        return tuple(single(item) for item in found)

    return read


def citations(text: str) -> tuple[Citation, ...]:
    """Read `source-id|locator;source-id`: at least one source."""
    found = items(text)
    if not found:
        raise CellError("has no source", "name at least one id from a sources table")
    return tuple(Citation(head.strip(), plain(locator)) for head, _, locator in (item.partition("|") for item in found))


def number(low: float, high: float) -> Callable[[str], float]:
    """Make a reader for a number in the closed range `low`..`high`."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise CellError(f"'{text}' is not a number") from None
        if not low <= value <= high:
            raise CellError(f"{text} is out of range", f"allowed: {low:g} to {high:g}")
        return value

    return read


def optional_rank(text: str) -> int | None:
    """Read a label rank 1-6, empty for none."""
    if not text:
        return None
    if len(text) != 1 or text not in "123456":
        raise CellError(f"'{text}' is not a rank", "allowed: 1 to 6, or empty")
    return int(text)


def optional_paragraph(text: str) -> int | None:
    """Read the number of a paragraph of the article, empty for none."""
    if not text:
        return None
    return int(number(1, 99)(text))


def optional_url(text: str) -> str:
    """Read a web address, empty for none; only http and https become links."""
    if text and not re.fullmatch(r"https?://[^\s\"'<>]+", text):
        raise CellError(f"'{text}' is not a web address", "start with https:// and leave out spaces, quotes and brackets")
    return text


def wikidata(text: str) -> str:
    """Read a Wikidata id such as Q64, empty where unknown."""
    if text and not re.fullmatch(r"Q[1-9]\d*", text):
        raise CellError(f"'{text}' is not a Wikidata id", "write Q and digits, or leave it empty")
    return text


def interval(text: str) -> tuple[int, int]:
    """Read an EDTF date as a closed interval of day numbers."""
    try:
        return to_interval(text)
    except ValueError as error:
        raise CellError(f"'{text}' {error}" if "ends" in str(error) else f"'{text}' is no date: {error}",
                        "write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~") from None  # fmt: skip
