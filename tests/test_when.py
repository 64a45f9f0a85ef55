"""When did the front pass here? Famous towns, reasons without a date, intervals, evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twofronts.days import to_iso, to_number
from twofronts.problems import DataError
from twofronts.scene.when import Answer, Passages

GEO = Path(__file__).resolve().parents[1] / "geo"
FAMOUS = {
    "Novgorod": (31.275, 58.521, "1944-01-20"),
    "Rome": (12.4964, 41.9028, "1944-06-04"),
    "Bayeux": (-0.7028, 49.2764, "1944-06-07"),
    "Minsk": (27.5667, 53.9, "1944-07-03"),
    "Paris": (2.3488, 48.8534, "1944-08-25"),
    "Brussels": (4.3517, 50.8466, "1944-09-03"),
    "Tallinn": (24.7535, 59.437, "1944-09-22"),
    "Belgrade": (20.4651, 44.804, "1944-10-20"),
    "Strasbourg": (7.7455, 48.5839, "1944-11-23"),
    "Warsaw": (21.0118, 52.2298, "1945-01-17"),
    "Cologne": (6.95, 50.9333, "1945-03-06"),
    "Vienna": (16.3721, 48.2085, "1945-04-13"),
    "Nuremberg": (11.0775, 49.4542, "1945-04-20"),
}


@pytest.fixture(scope="module")
def passages() -> Passages:
    return Passages(GEO)


@pytest.mark.parametrize("town", FAMOUS)
def test_a_famous_town_falls_on_its_day(passages: Passages, town: str) -> None:
    lon, lat, day = FAMOUS[town]
    answer = passages.answer(lon, lat)
    assert answer.date is not None
    assert abs(answer.date - to_number(day)) <= 1, f"{town}: {to_iso(answer.date)}"
    assert answer.low is not None and answer.high is not None
    assert answer.low <= to_number(day) <= answer.high


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [(3.0, 56.5, "sea"), (8.55, 47.37, "neutral"), (37.6, 55.75, "free_before"), (-30.0, 45.0, "sea"), (51.42, 35.69, "sea")],
    ids=["North Sea", "Zurich", "Moscow", "Atlantic", "Tehran"],
)
def test_without_a_passage_there_is_a_reason(passages: Passages, lon: float, lat: float, reason: str) -> None:
    answer = passages.answer(lon, lat)
    assert (answer.date, answer.low, answer.high, answer.side) == (None, None, None, None)
    assert answer.reason == reason


def test_a_town_taken_twice_has_all_its_days(passages: Passages) -> None:
    # Clervaux: freed in September 1944, lost in the Ardennes, freed again in January
    answer = passages.answer(6.03, 50.055)
    holders = [spell.holder for spell in answer.spells]
    assert holders == ["axis", "western", "axis", "western"]
    assert answer.date is not None and to_iso(answer.date).startswith("1945-01")


def test_a_capital_that_changed_sides_has_both_days(passages: Passages) -> None:
    # Romania turned in the night of 23 August 1944; the Red Army entered Bucharest on the 31st
    told = [(spell.holder, to_iso(spell.start)) for spell in passages.answer(26.1, 44.43).spells]
    assert told == [("axis", "1944-01-01"), ("partisan", "1944-08-24"), ("soviet", "1944-08-31")]


def test_a_port_whose_coordinates_lie_in_its_harbour_is_answered(passages: Passages) -> None:
    venice = passages.answer(12.3358, 45.4371)
    assert venice.date is not None


@settings(max_examples=60, deadline=None)
@given(st.floats(-5, 40), st.floats(36, 70))
def test_spells_follow_one_another_and_the_interval_holds_the_day(lon: float, lat: float) -> None:
    answer = _PASSAGES.answer(lon, lat)
    for before, after in zip(answer.spells, answer.spells[1:], strict=False):
        assert after.start == before.end + 1
        assert before.start <= before.end
        assert before.holder != after.holder
    assert (answer.date is None) == (answer.reason is not None)
    if answer.date is not None:
        assert answer.low is not None and answer.high is not None
        assert answer.low <= answer.date <= answer.high
        assert answer.side in ("western", "soviet", "partisan")
        assert all(witness.km <= 60 for witness in answer.captures)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 40), st.floats(36, 70)), max_size=8))
def test_many_answers_are_the_same_as_one_by_one(spots: list[tuple[float, float]]) -> None:
    together = _PASSAGES.answers(np.array(spots).reshape(-1, 2))
    assert [_told(answer) for answer in together] == [_told(_PASSAGES.answer(*spot)) for spot in spots]


def _told(answer: Answer) -> tuple[object, ...]:
    return answer.reason, answer.date, answer.low, answer.high, answer.spells


def test_a_missing_product_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        Passages(tmp_path)
    assert "geo/manifest.json" in str(caught.value.problems[0])
    assert "twofronts build" in str(caught.value.problems[0])


_PASSAGES = Passages(GEO)
