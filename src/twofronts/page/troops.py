"""The panels of what moves: the chosen formation or offensive, and the offensives under way."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from twofronts.page.dates import day_in_words, edtf_in_words
from twofronts.page.panels import Choose, escape, place_names, plain_label, source_html
from twofronts.scene import Scene
from twofronts.words import page_words

LEAST_KM2 = 50


def troop_card(scene: Scene, kind: str, name: str, iso: str, lang: str) -> None:
    """Draw the chosen formation or offensive as it is on a day."""
    item = scene.troop(kind, name)
    if item is None:
        return
    own = item["properties"]
    say = page_words(lang)
    rows = _formation_rows(scene, own, iso, lang) if kind == "formation" else _offensive_rows(own, lang)
    facts = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in rows if value)
    summary = f"<p>{escape(own['summary'][lang])}</p>" if kind == "offensive" else ""
    cited = own["sources"] if kind == "offensive" else [{"id": source} for source in own["sources"]]
    sources = "".join(f"<li>{source_html({**scene.sources[source['id']], **source})}</li>" for source in cited)
    st.html(
        f'<article class="tf-card"><p class="tf-kicker">{say["troop." + kind]} · {say["side." + own["side"]]}</p>'
        f"<h2>{escape(own['name'][lang])}</h2>{summary}<dl>{facts}</dl><h3>{say['page.sources']}</h3><ul>{sources}</ul></article>"
    )


def offensive_buttons(scene: Scene, iso: str, lang: str, choose: Choose) -> None:
    """Draw a button for each offensive under way on a day."""
    found = scene.offensives_on(iso)
    if not found:
        return
    say = page_words(lang)
    st.html(f'<h3 class="tf-list">{say["troop.under_way"]}</h3>')
    for item in found:
        own = item["properties"]
        st.button(plain_label(own["name"][lang]), key=f"event-offensive-{own['id']}", width="stretch", type="tertiary",
                  on_click=partial(choose, "offensive", own["id"]))  # fmt: skip


def _offensive_rows(own: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    say = page_words(lang)
    gained = own["gained_km2"]
    if gained is None:
        ground = ""
    elif gained < LEAST_KM2:
        ground = say["troop.gained_none"]
    else:
        ground = say["troop.gained_km2"].format(km2=_thousands(gained, lang))
    return [
        (say["page.when"], edtf_in_words(own["date_edtf"], lang)),
        (say["troop.gained"], ground),
        (say["troop.forces"], (own["forces"] or {}).get(lang, "")),
        (say["troop.losses"], (own["losses"] or {}).get(lang, "")),
        (say["page.certainty"], say[f"certainty.{own['certainty']}"]),
    ]


def _formation_rows(scene: Scene, own: dict[str, Any], iso: str, lang: str) -> list[tuple[str, str]]:
    say = page_words(lang)
    commander = next((item["name"] for item in own["commanders"] if item["start"] <= iso <= item["end"]), "")
    known = [(day, place) for day, place in zip(own["when"], own["places"], strict=True) if day and day <= iso and place]
    last = f"{place_names(scene, known[-1][1], lang)}, {day_in_words(known[-1][0], lang)}" if known else ""
    span = say["date.span"].format(start=day_in_words(own["start"], lang), end=day_in_words(own["end"], lang))
    return [(say["troop.commander"], commander), (say["troop.last"], last), (say["troop.shown"], span)]


def _thousands(value: int, lang: str) -> str:
    digits = len(str(value))
    rounded = round(value, 2 - digits)
    return f"{rounded:,}".replace(",", "." if lang == "de" else ",")
