"""Dates in words, with their uncertainty."""

from __future__ import annotations

import datetime as dt
import re

from twofronts.words import page_words


def day_in_words(iso: str, lang: str, weekday: bool = False) -> str:
    """Return a day as a reader says it.

    >>> day_in_words("1944-12-24", "de", weekday=True), day_in_words("1945-05-07", "en")
    ('Sonntag, 24. Dezember 1944', '7 May 1945')
    """
    say = page_words(lang)
    date = dt.date.fromisoformat(iso)
    month = say["date.months"].split(",")[date.month - 1]
    name = say["date.weekdays"].split(",")[date.weekday()]
    return say["date.full" if weekday else "date.day"].format(weekday=name, day=date.day, month=month, year=date.year)


def edtf_in_words(edtf: str, lang: str) -> str:
    """Return an EDTF date in words, its doubts included.

    >>> edtf_in_words("1945-01-01~/1945-01-14", "de"), edtf_in_words("1941-08/1945", "en")
    ('um den 1. Januar 1945 bis 14. Januar 1945', 'August 1941 to 1945')
    """
    say = page_words(lang)
    parts = [_part_in_words(part, lang) for part in edtf.split("/")]
    return parts[0] if len(parts) == 1 or parts[0] == parts[1] else say["date.span"].format(start=parts[0], end=parts[1])


def _part_in_words(part: str, lang: str) -> str:
    say = page_words(lang)
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)", part)
    if not match:
        return part
    year, month, day, doubt = match.groups()
    if day:
        text = day_in_words(f"{year}-{month}-{day}", lang)
    elif month:
        text = say["date.month"].format(month=say["date.months"].split(",")[int(month) - 1], year=year)
    else:
        text = year
    if doubt == "?":
        return say["date.perhaps"].format(date=text)
    if doubt:
        return say["date.about_day" if day else "date.about"].format(date=text)
    return text
