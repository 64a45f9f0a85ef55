"""What `geo/manifest.json` says: schema, range, counts, licences, and the hashes of all that went in and came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twofronts.build import products
from twofronts.build.records import Tables
from twofronts.days import to_iso

SCHEMA_VERSION = 1
INTERVAL = {"r0_km": 4.0, "r1": 0.2, "a_days": 1}
"""How far around a spot its low and high are sought: fitted by leave-one-out, so that they hold in nine of ten cases."""
LICENCES = {
    "data/, and every product here unless named below": "CC BY 4.0, Two Fronts",
    "basemap/land.geojson, land_world.geojson, lakes.geojson": "Natural Earth, public domain",
    "basemap/rivers.geojson": "Natural Earth, public domain; names and small rivers by Two Fronts, CC BY 4.0",
    "basemap/far_states.geojson": "Natural Earth, public domain; borders of 1944 by Two Fronts, CC BY 4.0",
    "basemap/borders.geojson, territories.geojson": "Natural Earth, public domain; borders of 1937 by Two Fronts, CC BY 4.0",
    "basemap/relief.webp": "Natural Earth shaded relief by Tom Patterson, public domain",
    "basemap/towns.csv.xz": "GeoNames, CC BY 4.0 (https://www.geonames.org/), cut to the contested ground",
    "places.geojson": "positions partly GeoNames, CC BY 4.0; names by Two Fronts, CC BY 4.0",
    "map document: Leaflet 1.9": "BSD-2-Clause, Volodymyr Agafonkin and contributors",
    "map document: Atlas Sans, Atlas Serif": "Source Sans and Source Serif, Adobe, SIL Open Font License 1.1",
}


def describe(data: Path, geo: Path, basemap: Path, tables: Tables, names: list[str]) -> dict[str, Any]:
    """Return the manifest of a build: `names` are the products written into `geo`; `basemap` is where the basemap lies."""
    fronts = [frame.day for frame in tables.keyframes]
    # what began in the range may end after it: the slider ends with the last beginning
    event_days = [event.start for event in tables.events]
    inputs = sorted(path for path in data.rglob("*") if path.suffix in (".csv", ".geojson"))
    outputs = [geo / name for name in names] + sorted(path for path in (basemap / "basemap").iterdir() if path.is_file())
    return {
        "schema": SCHEMA_VERSION,
        "range": {"first": to_iso(min(fronts + event_days)), "last": to_iso(max(fronts + event_days))},
        "fronts": {"first": to_iso(min(fronts)), "last": to_iso(max(fronts))},
        "counts": {
            "events": len(tables.events), "places": len(tables.places), "sources": len(tables.sources),
            "captures": len(tables.captures), "keyframes": len(tables.keyframes), "pocket_outlines": len(tables.pockets),
            "formations": len(tables.moves.marches), "way_points": sum(map(len, tables.moves.marches.values())),
            "offensives": len(tables.moves.offensives), "journeys": len(tables.moves.journeys),
        },
        "interval": INTERVAL,
        "licences": LICENCES,
        "inputs": {path.relative_to(data).as_posix(): products.digest(path) for path in inputs},
        "outputs": {
            (path.name if path.parent == geo else f"basemap/{path.name}"): products.digest(path) for path in outputs
        },
    }  # fmt: skip
