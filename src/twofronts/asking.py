"""`twofronts when`: a position, a name or a table in; words, JSON or a table out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from twofronts.scene.answer import Answer
from twofronts.scene.gazetteer import Gazetteer
from twofronts.scene.store import read_sources
from twofronts.scene.towns import Town, meant, read_position
from twofronts.scene.when import Passages
from twofronts.scene.when_table import answer_table, read_table
from twofronts.scene.when_text import in_lines, tell
from twofronts.words import page_words


def ask(geo: Path, place: str, lang: str, for_programs: bool) -> int:
    """Print the answer for a position or a name; return 0, 1 for a name nobody bears, 2 if it is several places' or no position."""
    gazetteer = Gazetteer(geo)
    try:
        spot = read_position(place)
    except ValueError as error:
        print(f"twofronts when: {error}", file=sys.stderr)
        return 2
    if spot:
        return _print_answer(geo, gazetteer, Town("", *spot), [], lang, for_programs)
    towns = gazetteer.exact(place)
    town = meant(towns)
    if town:
        return _print_answer(geo, gazetteer, town, towns[1:], lang, for_programs)
    say = page_words(lang)
    offered = towns or gazetteer.similar(place)
    if for_programs:
        print(json.dumps({"query": place, "choices": [found.record() for found in offered]}, ensure_ascii=False, indent=1))
    trouble = say["when.choose" if towns else "when.unknown"].format(name=place)
    if offered and not towns:
        trouble += f"; {say['when.similar']}"
    print(f"twofronts when: {trouble}", *(f"  {found.line(lang)}" for found in offered), sep="\n", file=sys.stderr)
    return 2 if towns else 1


def answer_file(geo: Path, content: bytes, name: str) -> str:
    """Return the answers for a CSV. Raises `DataError` that names the file, the column and the remedy."""
    return answer_table(read_table(content, name), Passages(geo))


def _print_answer(geo: Path, gazetteer: Gazetteer, town: Town, others: list[Town], lang: str, for_programs: bool) -> int:
    answer = Passages(geo).answer(town.lon, town.lat)
    works = read_sources(geo)
    if for_programs:
        print(json.dumps(_record(answer, town, others, works), ensure_ascii=False, indent=1))
        return 0
    title = town.label(lang) if town.name else ""
    print(in_lines(tell(answer, lang, title, lambda key: _name(gazetteer, key, lang), works), lang))
    if others:
        print(page_words(lang)["when.others"], *(f"- {found.line(lang)}" for found in others), sep="\n")
    return 0


def _record(answer: Answer, town: Town, others: list[Town], works: dict[str, dict[str, str]]) -> dict[str, object]:
    record = answer.record()
    for capture in record["evidence"]["captures"]:
        capture["sources"] = [works.get(key, {"id": key}) for key in capture["sources"]]
    place = {"name": town.found_as or town.name, "id": town.id} if town.name else None
    return {"lat": record.pop("lat"), "lon": record.pop("lon"), "place": place, **record, "others": [found.record() for found in others]}


def _name(gazetteer: Gazetteer, place_id: str, lang: str) -> str:
    town = gazetteer.place(place_id)
    return town.label(lang) if town else place_id
