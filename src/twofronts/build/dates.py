"""Uncertain dates: EDTF in `data/` becomes a closed interval of days."""

from __future__ import annotations

import re
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from twofronts.days import is_day, to_number

# what the page and the map can say in words: years, months and days, each perhaps in doubt
_SPOKEN = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?[~?%]?(/\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?[~?%]?)?", re.ASCII)
_PLAIN = re.compile(r"(\d{4}-\d{2}-\d{2})[~?%]?(?:/(\d{4}-\d{2}-\d{2})[~?%]?)?", re.ASCII)


@lru_cache(maxsize=4096)
def to_interval(edtf: str) -> tuple[int, int]:
    """Return the first and last day (both inclusive, as day numbers) that an EDTF date may mean.

    Approximate dates (`1945-01-01~`) keep the days they name; how unsure they are stays in the
    EDTF text. Open intervals are refused. Raises `ValueError` with the reason.

    >>> from twofronts.days import to_iso
    >>> [to_iso(day) for day in to_interval("1945-01~")]
    ['1945-01-01', '1945-01-31']
    """
    # plain days are nearly all of them, and the grammar takes 7-50 ms for each
    plain = _PLAIN.fullmatch(edtf)
    parts = [part for part in plain.groups() if part] if plain else []
    if plain and not plain[0].strip("0123456789-/") and not all(map(is_day, parts)):
        raise ValueError("no such calendar day")
    if plain and all(map(is_day, parts)):
        start, end = to_number(parts[0]), to_number(parts[-1])
    else:
        if ".." in edtf or edtf.startswith("/") or edtf.endswith("/"):
            raise ValueError("open intervals are not allowed")
        if not _SPOKEN.fullmatch(edtf):
            raise ValueError("not an EDTF date")
        try:
            parsed = parse_edtf(edtf)
            low, high = parsed.lower_strict(), parsed.upper_strict()
            start, end = (to_number("{:04d}-{:02d}-{:02d}".format(*moment[:3])) for moment in (low, high))
        except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError("not an EDTF date") from error
    if end < start:
        raise ValueError("ends before it starts")
    return start, end
