"""Civil days: ISO text and day numbers, no clock between them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofronts.days import is_day, to_iso, to_number

CIVIL_DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2000, 12, 31))


def test_the_day_count_starts_on_new_year_1941() -> None:
    assert to_number("1941-01-01") == 0
    assert to_number("1940-12-31") == -1


def test_the_war_has_as_many_days_as_the_calendar_says() -> None:
    # 22 June 1941 to 9 May 1945: the 1418 days every Soviet schoolchild knew, counted with both ends
    assert to_number("1945-05-09") - to_number("1941-06-22") + 1 == 1418


def test_the_leap_day_of_1944_is_a_day_and_that_of_1945_is_not() -> None:
    assert to_number("1944-03-01") - to_number("1944-02-28") == 2
    assert is_day("1944-02-29")
    assert not is_day("1945-02-29")


@given(CIVIL_DAYS)
def test_text_and_number_are_two_names_of_one_day(day: dt.date) -> None:
    assert to_iso(to_number(day.isoformat())) == day.isoformat()


@given(CIVIL_DAYS, st.integers(-5000, 5000))
def test_adding_days_to_the_number_adds_them_to_the_date(day: dt.date, count: int) -> None:
    assert to_iso(to_number(day.isoformat()) + count) == (day + dt.timedelta(days=count)).isoformat()


@given(CIVIL_DAYS, CIVIL_DAYS)
def test_numbers_and_texts_sort_alike(one: dt.date, other: dt.date) -> None:
    assert (to_number(one.isoformat()) < to_number(other.isoformat())) == (one.isoformat() < other.isoformat())


@pytest.mark.parametrize(
    "text",
    ["", "1945", "1945-05", "1945-5-9", "19450509", "1945-02-30", "1999-99-99", "1945-05-09 ", "1945-05-09T00:00", "0000-01-01",
     "yesterday", "1945/05/09", "09-05-1945", "1945-W01-1", "-945-05-09", "<img src=x onerror=alert(1)>"],
)  # fmt: skip
def test_what_is_not_written_yyyy_mm_dd_is_no_day(text: str) -> None:
    assert not is_day(text)
    with pytest.raises(ValueError, match=r"."):
        to_number(text)


@given(st.text(max_size=12))
def test_any_text_is_a_day_only_if_it_reads_back_the_same(text: str) -> None:
    if is_day(text):
        assert to_iso(to_number(text)) == text


def test_no_time_zone_shifts_a_day() -> None:
    code = "from twofronts.days import *; print(to_iso(to_number('1945-04-02')), to_number('1945-05-09'))"
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"):
        told = subprocess.run([sys.executable, "-c", code], env={"TZ": zone}, capture_output=True, text=True, check=True).stdout
        assert told.split() == ["1945-04-02", "1589"]
