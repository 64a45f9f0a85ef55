"""Read the products in `geo/`; everything that is drawn or said comes from here."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from twofronts.days import to_iso, to_number
from twofronts.problems import DataError, Problem

SCHEMA_VERSION = 1
REPAIR = "run `twofronts build`, or restore it from the repository"

FIRST_LOOK = "1944-12-24"
"""Christmas Eve 1944, where the article begins: the bulge at its widest, the letters to Moscow written."""

Feature = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """All products, as read: features keep their GeoJSON form, with `start` and `end` as ISO days (closed)."""

    manifest: dict[str, Any]
    events: tuple[Feature, ...]
    places: dict[str, Feature]
    fronts: tuple[Feature, ...]
    edges: tuple[Feature, ...]
    captures: tuple[Feature, ...]
    sources: dict[str, dict[str, str]]
    keyframes: dict[str, Feature]
    days: tuple[dict[str, Any], ...]
    movements: tuple[Feature, ...]
    offensives: tuple[Feature, ...]
    journeys: tuple[Feature, ...]
    basemap: dict[str, Any]

    @property
    def first(self) -> int:
        """Return the first day of the slider's range as a day number."""
        return to_number(self.manifest["range"]["first"])

    @property
    def last(self) -> int:
        """Return the last day of the slider's range."""
        return to_number(self.manifest["range"]["last"])

    @property
    def front_days(self) -> tuple[int, int]:
        """Return the first and last day that has front lines."""
        fronts = self.manifest["fronts"]
        return to_number(fronts["first"]), to_number(fronts["last"])

    @property
    def first_look(self) -> str:
        """Return the day a reader without a link sees first."""
        return to_iso(min(max(to_number(FIRST_LOOK), self.first), self.last))

    @cached_property
    def events_by_id(self) -> dict[str, Feature]:
        """Return the events keyed by id."""
        return {event["properties"]["id"]: event for event in self.events}

    @cached_property
    def _troops(self) -> dict[str, dict[str, Feature]]:
        known = {"formation": self.movements, "offensive": self.offensives}
        return {kind: {item["properties"]["id"]: item for item in items} for kind, items in known.items()}

    def troop(self, kind: str, name: str) -> Feature | None:
        """Return a "formation" or "offensive" by its id, or None."""
        return self._troops[kind].get(name)

    def offensives_on(self, iso: str) -> list[Feature]:
        """Return the offensives under way on a day, the latest begun first."""
        found = [item for item in self.offensives if item["properties"]["start"] <= iso <= item["properties"]["end"]]
        return sorted(found, key=lambda item: (item["properties"]["start"], item["properties"]["id"]), reverse=True)

    def events_on(self, iso: str) -> Iterator[Feature]:
        """Yield the events going on on a day, the shortest (most particular) first."""
        found = [event for event in self.events if event["properties"]["start"] <= iso <= event["properties"]["end"]]
        yield from sorted(found, key=_length)

    def fronts_on(self, iso: str) -> Iterator[Feature]:
        """Yield the stretches of front on a day."""
        yield from (item for item in self.fronts if item["properties"]["start"] <= iso <= item["properties"]["end"])

    def figures_on(self, iso: str) -> dict[str, Any] | None:
        """Return the day's distances and gains, or None outside the days with fronts."""
        index = to_number(iso) - self.front_days[0]
        return self.days[index] if 0 <= index < len(self.days) else None


def _length(event: Feature) -> tuple[int, str]:
    properties = event["properties"]
    return to_number(properties["end"]) - to_number(properties["start"]), properties["id"]


def _read(geo: Path, name: str) -> Any:
    try:
        packed = (geo / name).read_bytes()
        return json.loads((lzma.decompress(packed) if name.endswith(".xz") else packed).decode("utf-8"))
    except OSError as error:
        raise DataError([Problem(f"geo/{name}", 0, "", "is missing", REPAIR)]) from error
    except (ValueError, EOFError, lzma.LZMAError) as error:
        raise DataError([Problem(f"geo/{name}", getattr(error, "lineno", 0), "", "is damaged", REPAIR)]) from error


def _features(geo: Path, name: str, required: tuple[str, ...] = ()) -> tuple[Feature, ...]:
    content = _read(geo, name)
    try:
        features = content["features"]
        for item in features:
            for key in required:
                item["properties"][key]
            item["geometry"]["coordinates"]
    except (KeyError, TypeError) as error:
        raise DataError([Problem(f"geo/{name}", 0, "", "is damaged", REPAIR)]) from error
    return tuple(features)


def read_sources(geo: Path) -> dict[str, dict[str, str]]:
    """Return every work cited, by its id. Raises `DataError`."""
    try:
        return {key: {"id": key, **work} for key, work in _read(geo, "sources.json").items()}
    except (AttributeError, TypeError) as error:
        raise DataError([Problem("geo/sources.json", 0, "", "is damaged", REPAIR)]) from error


def load_scene(geo: Path) -> Scene:
    """Read every product. Raises `DataError` naming the file and the command that repairs it."""
    manifest = _read(geo, "manifest.json")
    if not isinstance(manifest, dict):
        raise DataError([Problem("geo/manifest.json", 0, "", "is damaged", REPAIR)])
    if manifest.get("schema") != SCHEMA_VERSION:
        raise DataError([Problem("geo/manifest.json", 0, "schema", f"is {manifest.get('schema')} instead of {SCHEMA_VERSION}", REPAIR)])
    problems: list[Problem] = []
    parts: dict[str, tuple[Feature, ...]] = {}
    wanted: dict[str, tuple[str, ...]] = {
        "events": ("id", "start", "end", "title", "summary", "places"),
        "places": ("id", "name"),
        "fronts": ("start", "end", "status", "theatre"),
        "edges": ("left", "right", "start", "end"),
        "captures": ("id", "place", "start", "end", "side"),
        "keyframes": ("id", "kind", "date"),
        "movements": ("id", "when", "side", "commanders"),
        "offensives": ("id", "when", "start", "end", "formations"),
        "journeys": ("id", "when", "event", "kind"),
    }
    for name, required in wanted.items():
        try:
            parts[name] = _features(geo, f"{name}.geojson{'.xz' if name == 'edges' else ''}", required)
        except DataError as error:
            problems += error.problems
    basemap: dict[str, Any] = {}
    for name in ("land", "land_world", "far_states", "lakes", "rivers", "borders", "territories", "waters"):
        try:
            basemap[name] = _features(geo, f"basemap/{name}.geojson")
        except DataError as error:
            problems += error.problems
    try:
        basemap["relief"] = _read(geo, "basemap/relief.json")
        basemap["relief_image"] = (geo / "basemap" / "relief.webp").read_bytes()
        days = _read(geo, "days.json")
        if not isinstance(days, list) or not all(isinstance(day, dict) and "berlin_km" in day for day in days):
            problems.append(Problem("geo/days.json", 0, "", "is damaged", REPAIR))
    except DataError as error:
        problems += error.problems
    except OSError:
        problems.append(Problem("geo/basemap/relief.webp", 0, "", "is missing", REPAIR))
    sources: dict[str, dict[str, str]] = {}
    try:
        sources = read_sources(geo)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)
    return Scene(
        manifest, parts["events"], {item["properties"]["id"]: item for item in parts["places"]}, parts["fronts"], parts["edges"],
        parts["captures"], sources, {item["properties"]["id"]: item for item in parts["keyframes"]}, tuple(days),
        parts["movements"], parts["offensives"], parts["journeys"], basemap,
    )  # fmt: skip
