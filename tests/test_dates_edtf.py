"""Uncertain dates: EDTF in the tables becomes a closed interval of days, or is refused with a reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twofronts.build.cells import CellError, interval
from twofronts.build.dates import to_interval
from twofronts.days import to_iso

WAR_DAYS = st.dates(dt.date(1939, 9, 1), dt.date(1945, 9, 2))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1944-12-24", "1944-12-24", "1944-12-24"),
        ("1944-12-16/1945-01-25", "1944-12-16", "1945-01-25"),
        ("1945-01", "1945-01-01", "1945-01-31"),
        ("1944-02", "1944-02-01", "1944-02-29"),
        ("1945-02~", "1945-02-01", "1945-02-28"),
        ("1941", "1941-01-01", "1941-12-31"),
        ("1944-12-31~", "1944-12-31", "1944-12-31"),
        ("1945-01-01?", "1945-01-01", "1945-01-01"),
        ("1945-01-01%", "1945-01-01", "1945-01-01"),
        ("1941-07~/1945-09", "1941-07-01", "1945-09-30"),
        ("1944-12/1945-01-05~", "1944-12-01", "1945-01-05"),
    ],
)
def test_a_date_covers_every_day_it_may_mean(edtf: str, first: str, last: str) -> None:
    assert tuple(map(to_iso, to_interval(edtf))) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "reason"),
    [
        ("1945-02-30", "no such calendar day"),
        ("1999-99-99", "no such calendar day"),
        ("1945-02-01/1945-02-30", "no such calendar day"),
        ("1945-02-29~", "not an EDTF date"),
        ("1945-13", "not an EDTF date"),
        ("12 January 1945", "not an EDTF date"),
        ("", "not an EDTF date"),
        ("1945/open", "not an EDTF date"),
        ("1945-01-01/..", "open intervals are not allowed"),
        ("../1945-01-01", "open intervals are not allowed"),
        ("1945-01-01/", "open intervals are not allowed"),
        ("1945-01-02/1945-01-01", "ends before it starts"),
        ("1945-02~/1945-01~", "ends before it starts"),
        ("1945-XX", "not an EDTF date"),
        ("1945-21", "not an EDTF date"),
        ("<script>alert(1)</script>", "not an EDTF date"),
    ],
)
def test_what_is_no_closed_date_is_refused_with_the_reason(edtf: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        to_interval(edtf)


def test_a_cell_names_the_date_and_how_to_write_one() -> None:
    with pytest.raises(CellError) as caught:
        interval("1945-02-30")
    assert (str(caught.value), caught.value.remedy) == (
        "'1945-02-30' is no date: no such calendar day",
        "write YYYY-MM-DD, or YYYY-MM-DD/YYYY-MM-DD, or 1945-01~",
    )


@given(WAR_DAYS, WAR_DAYS)
def test_two_days_make_the_interval_between_them(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    assert tuple(map(to_iso, to_interval(f"{start}/{end}"))) == (str(start), str(end))


@given(WAR_DAYS, st.sampled_from("~?%"))
def test_a_doubt_moves_no_day(day: dt.date, doubt: str) -> None:
    assert to_interval(f"{day}{doubt}") == to_interval(str(day))
