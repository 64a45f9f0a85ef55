"""Dates as a reader says them, in both languages, doubts included."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofronts.build.dates import to_interval
from twofronts.build.records import Tables
from twofronts.page.dates import day_in_words, edtf_in_words
from twofronts.words import page_words


@pytest.mark.parametrize(
    ("iso", "german", "english"),
    [
        ("1944-12-24", "Sonntag, 24. Dezember 1944", "Sunday, 24 December 1944"),
        ("1945-01-12", "Freitag, 12. Januar 1945", "Friday, 12 January 1945"),
        ("1945-03-07", "Mittwoch, 7. März 1945", "Wednesday, 7 March 1945"),
        ("1945-05-09", "Mittwoch, 9. Mai 1945", "Wednesday, 9 May 1945"),
    ],
)
def test_a_day_has_its_weekday_and_month(iso: str, german: str, english: str) -> None:
    assert (day_in_words(iso, "de", weekday=True), day_in_words(iso, "en", weekday=True)) == (german, english)


@pytest.mark.parametrize(
    ("edtf", "german", "english"),
    [
        ("1945-04-25", "25. April 1945", "25 April 1945"),
        ("1944-12-16/1945-01-25", "16. Dezember 1944 bis 25. Januar 1945", "16 December 1944 to 25 January 1945"),
        ("1945-02", "Februar 1945", "February 1945"),
        ("1941", "1941", "1941"),
        ("1945-01~", "um Januar 1945", "about January 1945"),
        ("1945-01-01~", "um den 1. Januar 1945", "about 1 January 1945"),
        ("1945-04-30?", "vermutlich 30. April 1945", "perhaps 30 April 1945"),
        ("1941-07~/1945-09", "um Juli 1941 bis September 1945", "about July 1941 to September 1945"),
        ("1945-04-25/1945-04-25", "25. April 1945", "25 April 1945"),
    ],
)
def test_doubt_and_length_are_said(edtf: str, german: str, english: str) -> None:
    assert (edtf_in_words(edtf, "de"), edtf_in_words(edtf, "en")) == (german, english)


@given(st.dates(dt.date(1939, 1, 1), dt.date(1946, 12, 31)), st.sampled_from(("de", "en")))
def test_every_day_is_said_with_its_own_number_month_and_year(day: dt.date, lang: str) -> None:
    text = day_in_words(day.isoformat(), lang)
    number, month, year = re.fullmatch(r"(\d+)\.? (\w+) (\d+)", text).groups()  # type: ignore[union-attr]
    assert (int(number), page_words(lang)["date.months"].split(",").index(month) + 1, int(year)) == (day.day, day.month, day.year)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_date_in_the_tables_can_be_said(tables: Tables, lang: str) -> None:
    for event in tables.events:
        assert not re.search(r"\d{4}-\d|[~?%/\[\]{}X]", edtf_in_words(event.date_edtf, lang)), event.id


@pytest.mark.parametrize(
    "edtf", ["1945-21", "1945-XX", "194X", "1945-01-XX", "[1945-01-01,1945-01-03]", "1945-01-01T10:00:00", "1945-01-12 "]
)
def test_a_date_the_checks_let_through_is_never_shown_as_code(edtf: str) -> None:
    try:
        to_interval(edtf)
    except ValueError:
        return
    for lang in ("de", "en"):
        words = edtf_in_words(edtf, lang)
        assert words != edtf, words
        assert not re.search(r"\d-\d|[~?%/\[\]{}X]", words), words
