"""Civil days without clocks: ISO dates and day numbers, nothing in between.

A day is a closed civil day. It is stored as ISO text in `geo/` and as a day number, counted from
1 January 1941 (day 0), where arithmetic is needed. No time zone can shift either.
"""

from __future__ import annotations

import datetime as dt
import re

DAY_ZERO = dt.date(1941, 1, 1)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def to_number(iso: str) -> int:
    """Return the day number of an ISO date.

    Raises `ValueError` if `iso` is not a calendar day written YYYY-MM-DD.

    >>> to_number("1941-01-01"), to_number("1945-05-09")
    (0, 1589)
    """
    if not _ISO.fullmatch(iso):
        raise ValueError(f"not a day: {iso!r}")
    return (dt.date.fromisoformat(iso) - DAY_ZERO).days


def to_iso(number: int) -> str:
    """Return the ISO date of a day number.

    >>> to_iso(1589)
    '1945-05-09'
    """
    return (DAY_ZERO + dt.timedelta(days=number)).isoformat()


def is_day(text: str) -> bool:
    """Tell whether `text` is a calendar day written YYYY-MM-DD.

    >>> is_day("1945-02-28"), is_day("1945-02-30"), is_day("1999-99-99")
    (True, False, False)
    """
    try:
        to_number(text)
    except ValueError:
        return False
    return True
