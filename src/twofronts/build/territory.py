"""The states of 1937: which face of the map belonged to whom, and the borders between them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import LineString, Polygon

from twofronts.build.linework import arcs_between, area_km2
from twofronts.problems import DataError, Problem

ORPHAN_KM2 = 700.0


@dataclass(frozen=True)
class Seed:
    """A row of `territories.csv`: a point that says to whom the ground around it belonged."""

    id: str
    de: str
    en: str
    label: tuple[float, float] | None
    spot: tuple[float, float]
    status: str
    note: str
    source: str

    @property
    def unit(self) -> tuple[str, str]:
        """Rows with the same names are one territory."""
        return (self.de, self.en)


@dataclass(frozen=True)
class Territory:
    """One territory of 1937, named by the row that carries its label."""

    seed: Seed
    area: shapely.Geometry


@dataclass(frozen=True)
class Border:
    """A stretch between two territories, without branches."""

    between: tuple[Territory, Territory]
    line: LineString


def read_seeds(path: Path) -> list[Seed]:
    """Read `territories.csv`. An empty label position: another row carries the label, or the map shows none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Seed(
            row["id"], row["de"], row["en"],
            (float(row["label_lon"]), float(row["label_lat"])) if row["label_lon"] else None,
            (float(row["seed_lon"]), float(row["seed_lat"])), row["status"], row["note"], row["source"],
        )
        for row in rows
    ]  # fmt: skip


def name_faces(faces: Sequence[Polygon], seeds: Sequence[Seed]) -> list[Territory]:
    """Give every face to the territory of the seed in it, the rest to the neighbour with the longest common border or,
    for islands, to the nearest seeded face.

    Raises `DataError` if a seed lies in no face, if two territories claim one face, or if a large face
    on the mainland has no seed.
    """
    tree = shapely.STRtree(faces)
    problems: list[Problem] = []
    owner: dict[int, tuple[str, str]] = {}
    claimed: dict[int, Seed] = {}
    for row, seed in enumerate(seeds, start=2):
        hits = tree.query(shapely.Point(seed.spot), predicate="intersects")
        if len(hits) != 1:
            problems.append(Problem("territories.csv", row, "seed_lon", f"{seed.id} lies in {len(hits)} areas", "move it onto land"))
            continue
        face = int(hits[0])
        if face in claimed and claimed[face].unit != seed.unit:
            repair = f"move the seed or close the border to {claimed[face].id}"
            problems.append(Problem("territories.csv", row, "seed_lon", f"{seed.id} shares an area with {claimed[face].id}", repair))
        owner[face], claimed[face] = seed.unit, seed
    seeded = sorted(owner)
    seeded_tree = shapely.STRtree([faces[index] for index in seeded])
    for index, face in enumerate(faces):
        if index in claimed:
            continue
        shared = {int(other): shapely.intersection(face.boundary, faces[other].boundary).length for other in tree.query(face, "intersects")}
        shared = {other: length for other, length in shared.items() if other != index and length > 0 and other in claimed}
        if shared:
            owner[index] = owner[max(shared, key=lambda other: (shared[other], -other))]
            if area_km2(face) > ORPHAN_KM2:
                spot = face.representative_point()
                text = f"no seed in {area_km2(face):.0f} km2 at {spot.x:.2f}, {spot.y:.2f}"
                problems.append(Problem("territories.csv", 0, "seed_lon", text, "add a row"))
        else:
            owner[index] = owner[seeded[int(seeded_tree.nearest(face))]]
    if problems:
        raise DataError(problems)
    parts: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    for index, unit in owner.items():
        parts[unit].append(faces[index])
    # the row with the label speaks for its territory, else the first
    named = {seed.unit: seed for seed in sorted(reversed(seeds), key=lambda seed: seed.label is not None)}
    return sorted(
        (Territory(named[unit], shapely.union_all(group)) for unit, group in parts.items()), key=lambda territory: territory.seed.id
    )


def name_again(faces: Sequence[Polygon], territories: Sequence[Territory]) -> list[Territory]:
    """Give thinned faces back to the territories they came from; faces that were mostly sea are left out."""
    areas = [territory.area for territory in territories]
    tree = shapely.STRtree(areas)
    parts: dict[int, list[Polygon]] = defaultdict(list)
    for face in faces:
        hits = tree.query(face.representative_point(), predicate="intersects")
        if len(hits) == 1 and face.area > 0.02:
            parts[int(hits[0])].append(face)
            continue
        shares = {int(index): shapely.intersection(face, areas[index]).area for index in tree.query(face, predicate="intersects")}
        if shares and sum(shares.values()) > face.area / 2:
            parts[max(shares, key=lambda index: (shares[index], -index))].append(face)
    return [Territory(territory.seed, shapely.union_all(parts[index])) for index, territory in enumerate(territories) if index in parts]


def borders_of(territories: Sequence[Territory]) -> list[Border]:
    """Return the stretches that separate two territories; coasts are left out."""
    areas = [territory.area for territory in territories]
    tree = shapely.STRtree(areas)
    found: dict[tuple[int, int], list[LineString]] = defaultdict(list)
    for arc in arcs_between(areas):
        touching = sorted(int(index) for index in tree.query(arc.interpolate(0.5, normalized=True), predicate="dwithin", distance=1e-7))
        if len(touching) == 2:
            found[(touching[0], touching[1])].append(arc)
    return [
        Border((territories[first], territories[second]), line)
        for (first, second), lines in sorted(found.items())
        for line in sorted(lines, key=lambda arc: arc.bounds)
    ]
