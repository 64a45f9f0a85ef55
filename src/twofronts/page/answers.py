"""The panel that says when the front passed a place, and the one that offers places to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import streamlit as st

from twofronts.names import fold
from twofronts.page.panels import escape, plain_label, source_html
from twofronts.scene import Scene
from twofronts.scene.gazetteer import Gazetteer
from twofronts.scene.towns import Town, meant, read_position
from twofronts.scene.when import Passages
from twofronts.scene.when_text import Told, tell
from twofronts.words import page_words

NEAR_DEG = 0.001
OFFERED = 8


class Books:
    """What answers are looked up in; each is opened when it is first needed, for all readers."""

    def __init__(self, geo: Path) -> None:
        """`geo` is the folder of the products."""
        self.gazetteer = Gazetteer(geo)
        self._geo = geo

    @cached_property
    def passages(self) -> Passages:
        """Return who held what when. Raises `DataError`."""
        return Passages(self._geo)


@dataclass(frozen=True)
class Sought:
    """What a text typed into the search means: one place, an event, or what may have been meant instead."""

    text: str
    town: Town | None = None
    event: str | None = None
    choices: tuple[Town, ...] = ()
    known: bool = False


def seek(scene: Scene, gazetteer: Gazetteer, text: str, lang: str) -> Sought:
    """Return what a reader looks for: a position, a town of that name, an event with these words, or towns of a like name."""
    try:
        spot = read_position(text)
    except ValueError:
        return Sought(text)
    if spot:
        return Sought(text, Town("", *spot), known=True)
    towns = gazetteer.exact(text)
    if towns:
        return Sought(text, meant(towns), choices=tuple(towns), known=True)
    wanted = fold(text)
    titled = [event["properties"]["id"] for event in scene.events if wanted and wanted in fold(event["properties"]["title"][lang])]
    return Sought(text, event=titled[0]) if titled else Sought(text, choices=tuple(gazetteer.similar(text, OFFERED)))


def is_at(town: Town, lon: float, lat: float) -> bool:
    """Tell whether a spot of the map is the one the town was asked for."""
    return abs(town.lon - lon) < NEAR_DEG and abs(town.lat - lat) < NEAR_DEG


def answer_card(scene: Scene, passages: Passages, town: Town, lang: str) -> None:
    """Draw the answer for a place with its evidence."""
    told = tell(passages.answer(town.lon, town.lat), lang, town.label(lang) if town.name else "",
                lambda key: _place_name(scene, key, lang), scene.sources)  # fmt: skip
    st.html(answer_html(told, lang))


def answer_html(told: Told, lang: str) -> str:
    """Return the answer as HTML; whatever comes from data is text in it."""
    say = page_words(lang)
    first, *more = told.sentences
    parts = [f'<p class="tf-kicker">{say["page.asked"]}</p><h2>{escape(told.title)}</h2><p class="tf-date">{escape(first)}</p>']
    parts += [f"<p>{escape(sentence)}</p>" for sentence in more]
    if told.spells:
        parts.append(f"<h3>{say['when.spells']}</h3><ul>{''.join(f'<li>{escape(spell)}</li>' for spell in told.spells)}</ul>")
    if told.evidence:
        items = "".join(
            f"<li>{escape(line)}{''.join(f'<br>{source_html(source)}' for source in sources)}</li>" for line, sources in told.evidence
        )
        parts.append(f"<h3>{say['when.evidence']}</h3><ul>{items}</ul>")
    return f'<article class="tf-card">{"".join(parts)}</article>'


def choices(sought: Sought, lang: str, visit: Callable[[Town], None]) -> None:
    """Draw a button for each place that may have been meant; nothing if the place was clear."""
    say = page_words(lang)
    others: Sequence[Town] = [town for town in sought.choices if town != sought.town][:OFFERED]
    if sought.town and not others:
        return
    if sought.town:
        text = say["when.others"]
    elif sought.known:
        text = say["page.ask_choose"].format(name=sought.text)
    else:
        text = " ".join([say["page.ask_none"].format(name=sought.text), *([say["page.ask_similar"]] if others else [])])
    st.html(f'<p class="tf-notice" role="status">{escape(text)}</p>')
    for position, town in enumerate(others):
        st.button(plain_label(town.line(lang)), key=f"choice-{position}", type="tertiary", on_click=partial(visit, town))


def _place_name(scene: Scene, place_id: str, lang: str) -> str:
    return str(scene.places[place_id]["properties"]["name"][lang]) if place_id in scene.places else place_id
