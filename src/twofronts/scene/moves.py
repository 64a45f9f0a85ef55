"""What moves, packed for the map document: lists run along the dated vertices of each line."""

from __future__ import annotations

from typing import Any

from twofronts.days import to_number
from twofronts.scene.arcs import delta, quantise
from twofronts.scene.numbered import Numbered
from twofronts.scene.store import Feature, Scene


def pack_moves(scene: Scene, places: dict[str, int], sources: Numbered) -> dict[str, Any]:
    """Return `formations`, `offensives` and `journeys`; `places` numbers the payload's places."""
    formations = {item["properties"]["id"]: number for number, item in enumerate(scene.movements)}
    return {
        "formations": [_formation(item, formations, places, sources) for item in scene.movements],
        "offensives": [_offensive(item, formations, places, sources) for item in scene.offensives],
        "journeys": [_journey(item, places, sources) for item in scene.journeys],
    }


def _formation(item: Feature, formations: dict[str, int], places: dict[str, int], sources: Numbered) -> dict[str, Any]:
    own = item["properties"]
    dated = [index for index, day in enumerate(own["when"]) if day]
    return {
        "id": own["id"], "name": own["name"], "short": own["short"], "side": own["side"], "branch": own["branch"],
        "echelon": own["echelon"], "life": [to_number(day) for day in own["life"]], "sources": sources.numbers(own["sources"]),
        "line": delta(quantise(item["geometry"]["coordinates"], keep_equal=True)),
        "at": dated,
        "day": [to_number(own["when"][index]) for index in dated],
        "place": [places.get(own["places"][index], -1) for index in dated],
        "stands": "".join(own["stands"][index][:2] for index in dated),
        "by": "".join(own["by"][index][:2] for index in dated),
        "under": [formations.get(own["under"][index], -1) for index in dated],
        "km": [own["uncertainty_km"][index] for index in dated],
        "certainty": "".join(own["certainty"][index][0] for index in dated),
        "evidence": [sources.numbers([own["sources"][work] for work in own["evidence"][index]]) for index in dated],
        "commanders": [
            [to_number(command["start"]), to_number(command["end"]), command["name"], command["certainty"][0],
             sources.numbers(command["sources"])]
            for command in own["commanders"]
        ],
    }  # fmt: skip


def _offensive(item: Feature, formations: dict[str, int], places: dict[str, int], sources: Numbered) -> dict[str, Any]:
    own = item["properties"]
    return {
        "id": own["id"], "name": own["name"], "theatre": own["theatre"], "side": own["side"],
        "start": to_number(own["start"]), "end": to_number(own["end"]), "date": own["date_edtf"],
        "formations": [formations[name] for name in own["formations"] if name in formations],
        "summary": own["summary"], "forces": own["forces"], "losses": own["losses"], "gained": own["gained_km2"],
        "event": own["event"], "certainty": own["certainty"], "sources": sources.cited(own["sources"]),
        "axes": [_way(*parts, places) for parts in zip(item["geometry"]["coordinates"], own["when"], own["places"], strict=True)],
    }  # fmt: skip


def _journey(item: Feature, places: dict[str, int], sources: Numbered) -> dict[str, Any]:
    own = item["properties"]
    return {
        "id": own["id"], "event": own["event"], "kind": own["kind"], "by": own["by"], "name": own["name"],
        "start": to_number(own["start"]), "end": to_number(own["end"]), "certainty": own["certainty"],
        "sources": sources.cited(own["sources"]),
        "ways": [_way(*parts, places) for parts in zip(item["geometry"]["coordinates"], own["when"], own["places"], strict=True)],
        "dates": [date for piece in own["date_edtf"] for date in piece if date],
        "tonnage": [[load["year"], load["tons"], sources.cited(load["sources"])] for load in own["tonnage"]],
    }  # fmt: skip


def _way(line: list[list[float]], when: list[str | None], named: list[str | None], places: dict[str, int]) -> dict[str, Any]:
    """Return a way: its line, the day at each vertex (-1 for a bend) and its place (-1 for none)."""
    return {
        "line": delta(quantise(line, keep_equal=True)),
        "day": [-1 if day is None else to_number(day) for day in when],
        "place": [places.get(name, -1) if name else -1 for name in named],
    }
