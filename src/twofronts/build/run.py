"""`twofronts build`: checked tables in, products out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from twofronts.build import products
from twofronts.build.chronicle import write_chronicle
from twofronts.build.control import settle
from twofronts.build.course import Course, front_course, pocket_courses, pockets_by_name
from twofronts.build.edges import trace
from twofronts.build.grid import to_metres
from twofronts.build.ground import Divider, Ground, Pocket
from twofronts.build.keyframes import read_keyframes
from twofronts.build.lines import Stretch, Surveyor
from twofronts.build.manifest import describe
from twofronts.build.mosaic import lay
from twofronts.build.moves import products as moves_products
from twofronts.build.moves.gained import ground_gained
from twofronts.build.moves.honesty import check_marches
from twofronts.build.moves.tables import read_moves
from twofronts.build.overlay import unite
from twofronts.build.parallel import spread
from twofronts.build.records import Tables
from twofronts.build.standing import standing
from twofronts.build.tables import Notebook, read_captures, read_events, read_holders, read_places, read_sources
from twofronts.build.theatres import Theatre, read_theatres
from twofronts.build.zones import over_sea
from twofronts.days import to_iso
from twofronts.problems import DataError, Problem

COAST_DEG = 0.01
BERLIN = (13.3777, 52.5163)


@dataclass(frozen=True)
class Country:
    """A territory of 1937 (lon, lat) and whether it was neutral, contested, allied or outside the map of fronts."""

    id: str
    status: str
    geometry: shapely.Geometry


def read_features(geo: Path, name: str, remedy: str) -> list[dict[str, Any]]:
    """Read a product's features. Raises `DataError` with the remedy if it is missing or damaged."""
    try:
        features: list[dict[str, Any]] = json.loads((geo / name).read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            [Problem(f"geo/{name}", 0, "", f"cannot be read: {error}", f"{remedy}, or restore it from the repository")]
        ) from error
    return features


def read_countries(geo: Path) -> dict[str, Country]:
    """Read the territories of the basemap. Raises `DataError` if the basemap is missing or damaged."""
    features = read_features(geo, "basemap/territories.geojson", "run `twofronts build --basemap`")
    found = [
        Country(item["properties"]["id"], item["properties"]["status"], shapely.from_geojson(json.dumps(item["geometry"])))
        for item in features
    ]
    return {country.id: country for country in found}


def read_tables(data: Path, countries: dict[str, Country], theatres: dict[str, Theatre]) -> tuple[Tables, list[Problem]]:
    """Read and check everything in `data/`; return what could be read and every problem found."""
    notebook = Notebook()
    sources = read_sources(data, notebook)
    places = read_places(data, sources, notebook)
    fought = shapely.union_all([country.geometry for country in countries.values() if country.status != "neutral"])
    shapely.prepare(fought)

    def anchored(lon: float, lat: float) -> bool:
        return not bool(shapely.contains_xy(fought, lon, lat))

    lines, pockets = read_keyframes(data, sources, theatres, anchored, notebook.problems)
    events = read_events(data, places, sources, notebook)
    moves = read_moves(data, places, sources, events, notebook)
    notebook.problems += check_marches(moves, [country.geometry for country in countries.values()])
    tables = Tables(
        sources, places, events,
        read_captures(data, places, sources, notebook),
        read_holders(data, set(countries), sources, notebook),
        lines, pockets, moves,
    )  # fmt: skip
    return tables, notebook.problems


def front_courses(tables: Tables, theatres: dict[str, Theatre], countries: dict[str, Country]) -> tuple[dict[str, Course], list[str]]:
    """Return the course of every theatre that has key frames, and the captures that contradict them."""
    courses, contradicted = {}, []
    abroad = _abroad(tables, countries)
    for name, theatre in sorted(theatres.items()):
        frames = [frame for frame in tables.keyframes if frame.theatre == name]
        if not frames:
            continue
        mine = ("western", "partisan", "axis") if theatre.side == "western" else ("soviet", "partisan", "axis")
        captures = [capture for capture in tables.captures if capture.side in mine or capture.id in abroad]
        courses[name], against = front_course(theatre, frames, captures, tables.places)
        contradicted += [(capture_id, name) for capture_id in against]
    # a capture that no line passes is only wrong if no theatre has it right
    counts: dict[str, int] = defaultdict(int)
    for capture_id, _ in contradicted:
        counts[capture_id] += 1
    sides = {capture.id: capture.side for capture in tables.captures}
    meant = {"western": ("west", "italy"), "soviet": ("east", "north"), "partisan": tuple(courses), "axis": tuple(courses)}
    asked = {capture_id: tuple(courses) if capture_id in abroad else meant[side] for capture_id, side in sides.items()}
    return courses, sorted(name for name, count in counts.items() if count >= sum(theatre in courses for theatre in asked[name]))


def _abroad(tables: Tables, countries: dict[str, Country]) -> set[str]:
    """Return the captures by a side that holds whatever any front frees there, as the British did in Greece."""
    found = set()
    for holder in tables.holders:
        if holder.ground == "freed":
            ground = countries[holder.territory].geometry
            shapely.prepare(ground)
            for capture in tables.captures:
                place = tables.places[capture.place]
                if capture.side == holder.side and shapely.dwithin(ground, shapely.Point(place.lon, place.lat), 0.1):
                    found.add(capture.id)
    return found


def build(data: Path, geo: Path, basemap: Path) -> dict[str, Any]:
    """Write every product into `geo`, using the basemap in `basemap`; return the manifest.

    Raises `DataError` with every problem in `data/`.
    """
    countries = read_countries(basemap)
    theatres = read_theatres(data)
    tables, problems = read_tables(data, countries, theatres)
    if problems:
        raise DataError(problems)
    geo.mkdir(parents=True, exist_ok=True)
    files = {
        "events.geojson": products.events(tables.events, tables.places, tables.sources),
        "places.geojson": products.places(tables.places),
        "captures.geojson": products.captures(tables.captures, tables.places),
        "keyframes.geojson": products.keyframes(tables.keyframes, tables.pockets),
        "sources.json": products.sources(tables.sources),
        "movements.geojson": moves_products.movements(tables.moves),
        "journeys.geojson": moves_products.journeys(tables.moves.journeys, tables.moves.tonnages),
        **_fronts(tables, theatres, countries),
    }
    for name, text in files.items():
        (geo / name).write_bytes(products.pack(text) if name.endswith(".xz") else text.encode("utf-8"))
    manifest = describe(data, geo, basemap, tables, list(files))
    (geo / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return manifest


def _fronts(tables: Tables, theatres: dict[str, Theatre], countries: dict[str, Country]) -> dict[str, str]:
    courses, _ = front_courses(tables, theatres, countries)
    outlines = list(pockets_by_name(tables.pockets).values())
    pockets = [
        Pocket.of(frames, course, courses[frames[0].theatre].days if frames[0].theatre in courses else ())
        for frames, course in zip(outlines, pocket_courses(outlines), strict=True)
    ]
    first = min(course.days[0] for course in courses.values())
    last = max(course.days[-1] for course in courses.values())
    # the account of the land needs no finer coast than the fronts have; simplified together, neighbours stay neighbours
    coarse = dict(zip(countries, shapely.coverage_simplify([item.geometry for item in countries.values()], COAST_DEG), strict=True))
    everything = unite([coarse[key] for key, country in countries.items() if country.status != "outside"])
    neutral = unite([coarse[key] for key, country in countries.items() if country.status == "neutral"])
    contested = unite([country.geometry for country in countries.values() if country.status == "contested"])
    zones = {name: over_sea(countries, name) for name in {holder.territory for holder in tables.holders}}
    divider = Divider(theatres, courses, pockets, tables.holders, zones)
    surveyor = Surveyor(courses, pockets, contested)

    chronicle = write_chronicle(divider, surveyor, first, last)
    holdings, gains = settle(lay(everything, neutral, chronicle), last)
    sheets: list[tuple[int, int, Ground]] = []
    days: list[dict[str, Any]] = []
    for page in chronicle:
        days.append(_figures(page.day, page.lines, page.ground, gains.get(page.day, {})))
        start = sheets.pop()[0] if sheets and sheets[-1][2] is page.ground else page.day
        sheets.append((start, page.day, page.ground))
    files: dict[str, Callable[[], str]] = {
        "edges.geojson.xz": lambda: products.edges(trace(sheets)),
        "fronts.geojson": lambda: products.fronts(standing((page.day, page.lines) for page in chronicle)),
        "control.geojson": lambda: products.holdings(holdings),
    }
    gained = ground_gained(tables.moves.offensives, holdings, first, last)
    return {
        "offensives.geojson": moves_products.offensives(tables.moves.offensives, gained),
        **dict(zip(files, spread(lambda name: files[name](), list(files)), strict=True)),
        "days.json": "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in days) + "\n]\n",
    }


def _figures(day: int, lines: list[Stretch], ground: Ground, gained: dict[str, float]) -> dict[str, Any]:
    """Return the day's distances in km and ground gained, net, in km2."""
    main = {
        side: [stretch for stretch in lines if side in stretch.sides and stretch.theatre == theatre]
        for side, theatre in (("western", "west"), ("soviet", "east"))
    }
    berlin = shapely.Point(BERLIN)
    distance = {}
    geometry = {}
    for side, stretches in main.items():
        metres = [shapely.linestrings(to_metres(shapely.get_coordinates(stretch.geometry))) for stretch in stretches]
        geometry[side] = shapely.union_all(metres)
        reached = ground.held[side].contains(berlin)
        spot = shapely.Point(to_metres(np.array([BERLIN]))[0])
        distance[side] = 0 if reached else round(float(shapely.distance(geometry[side], spot)) / 1000) if metres else None
    apart = shapely.distance(geometry["western"], geometry["soviet"])
    touching = any("axis" not in stretch.sides for stretch in lines)
    return {
        "date": to_iso(day),
        "gap_km": 0 if touching else None if np.isnan(apart) else round(float(apart) / 1000),
        "berlin_km": distance,
        "gained_km2": {side: round(value) for side, value in sorted(gained.items()) if abs(value) >= 0.5},
    }
