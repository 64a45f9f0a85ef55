"""The answer to "when did the front pass here?" in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twofronts.days import DAY_ZERO, to_number
from twofronts.scene.answer import Answer, Witness
from twofronts.scene.summary import SIDES, THEATRES
from twofronts.words import page_words


@dataclass(frozen=True)
class Told:
    """An answer in one language: the sentences, the spells, and each piece of evidence with the sources it cites."""

    title: str
    sentences: tuple[str, ...]
    spells: tuple[str, ...]
    evidence: tuple[tuple[str, tuple[dict[str, str], ...]], ...]


def tell(answer: Answer, lang: str, title: str, name_of: Callable[[str], str], works: Mapping[str, dict[str, str]]) -> Told:
    """Return the answer in words; `name_of` gives the name of one of our places by its id, `works` are the sources by theirs."""
    say = page_words(lang)
    spells = tuple(
        say["when.spell"].format(start=_day(spell.start, lang), end=_day(spell.end, lang), holder=SIDES[spell.holder][lang])
        for spell in answer.spells
        if spell.holder in SIDES
    )
    position = say["when.spot"].format(lat=f"{answer.lat:.4f}", lon=f"{answer.lon:.4f}")
    heading = f"{title} ({position})" if title else position
    if answer.date is None:
        span = {"first": _day(answer.spells[0].start, lang), "last": _day(answer.spells[-1].end, lang)} if answer.spells else {}
        return Told(heading, (say[f"when.{answer.reason}"].format(**span),), spells, ())
    sentences = [say["when.freed"].format(date=_day(answer.date, lang), side=SIDES[str(answer.side)][lang])]
    if answer.low is not None and answer.high is not None:
        sentences.append(say["when.range"].format(low=_day(answer.low, lang), high=_day(answer.high, lang)))
    evidence = [_witness(witness, lang, name_of, works) for witness in answer.captures] or [(say["when.no_capture"], ())]
    if answer.front:
        own = answer.front["properties"]
        line = say["when.front"].format(
            theatre=THEATRES[own["theatre"]][lang], status=say[f"when.{own['status']}"], km=round(own["uncertainty_km"])
        )
        evidence.append((line, ()))
    return Told(heading, tuple(sentences), spells, tuple(evidence))


def in_lines(told: Told, lang: str) -> str:
    """Return what was told as plain lines."""
    say = page_words(lang)
    rows = [told.title, *told.sentences]
    if told.spells:
        rows += [f"{say['when.spells']}:", *(f"- {spell}" for spell in told.spells)]
    if told.evidence:
        rows.append(f"{say['when.evidence']}:")
    for line, sources in told.evidence:
        rows.append(f"- {line}")
        rows += [f"    {_cited(source)}" for source in sources]
    return "\n".join(rows)


def _witness(
    witness: Witness, lang: str, name_of: Callable[[str], str], works: Mapping[str, dict[str, str]]
) -> tuple[str, tuple[dict[str, str], ...]]:
    say, own = page_words(lang), witness.capture["properties"]
    first, last = (_day(to_number(own[end]), lang) for end in ("start", "end"))
    facts: dict[str, Any] = {
        "place": name_of(own["place"]), "km": f"{witness.km:.1f}".replace(".", say["when.decimal"]),
        "side": SIDES[own["side"]][lang], "by": own["by"] and own["by"][lang],
        "date": first if first == last else say["date.span"].format(start=first, end=last),
        "certainty": say[f"certainty.{own['certainty']}"],
    }  # fmt: skip
    cited = tuple(works[key] for key in own["sources"] if key in works)
    return say["when.capture_by" if own["by"] else "when.capture"].format(**facts), cited


def _cited(source: dict[str, str]) -> str:
    return ", ".join(source[key] for key in ("author", "title", "publisher", "year", "locator", "url") if source.get(key))


def _day(number: int, lang: str) -> str:
    say, ordinal = page_words(lang), DAY_ZERO.toordinal() + number
    date = DAY_ZERO.fromordinal(ordinal)
    return say["date.day"].format(day=date.day, month=say["date.months"].split(",")[date.month - 1], year=date.year)
