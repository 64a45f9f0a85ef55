"""What the tests share: the committed products, the tables, and copies of both to damage."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import configuration, settings

from twofronts.build.overlay import POLYGON
from twofronts.build.records import Tables
from twofronts.build.run import Country, read_countries, read_tables
from twofronts.build.theatres import Theatre, read_theatres
from twofronts.days import to_number
from twofronts.scene import Scene, load_scene

ROOT = Path(__file__).resolve().parents[1]

# the same examples on every machine, and nothing left behind in the repository
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "twofronts-hypothesis")
settings.register_profile("twofronts", derandomize=True, database=None, deadline=None)
settings.load_profile("twofronts")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the one full build at once, if any test wants it: it takes a minute of the other core."""
    if not session.config.option.collectonly and any("build_check" in getattr(item, "fixturenames", ()) for item in session.items):
        session.config.stash[BUILD] = subprocess.Popen(
            [sys.executable, "-m", "twofronts.cli", "--root", str(ROOT), "build", "--check"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no build behind when the run is broken off."""
    build = config.stash.get(BUILD, None)
    if build is not None and build.poll() is None:
        build.kill()


BUILD: pytest.StashKey[subprocess.Popen[str]] = pytest.StashKey()


LONG = ("east_*.geojson", "*_1944.geojson", "risings.geojson", "west.geojson")
"""Key-frame files that bad-input tests do without, to be quick."""


@pytest.fixture(scope="session")
def build_check(request: pytest.FixtureRequest) -> subprocess.CompletedProcess[str]:
    """The finished `twofronts build --check` on the repository."""
    build = request.config.stash[BUILD]
    out, err = build.communicate(timeout=600)
    return subprocess.CompletedProcess(build.args, build.returncode, out, err)


@pytest.fixture(scope="session")
def repo() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def geo(repo: Path) -> Path:
    """The committed products."""
    return repo / "geo"


@pytest.fixture(scope="session")
def scene(geo: Path) -> Scene:
    """The committed products as the draw half reads them."""
    return load_scene(geo)


@pytest.fixture(scope="session")
def countries(geo: Path) -> dict[str, Country]:
    """The territories of 1937."""
    return read_countries(geo)


@pytest.fixture(scope="session")
def theatres(repo: Path) -> dict[str, Theatre]:
    """How each theatre's line is closed."""
    return read_theatres(repo / "data")


@pytest.fixture(scope="session")
def tables(repo: Path, countries: dict[str, Country], theatres: dict[str, Theatre]) -> Tables:
    """Everything in data/, which must be without problems."""
    found, problems = read_tables(repo / "data", countries, theatres)
    assert [str(problem) for problem in problems] == []
    return found


@dataclass(frozen=True)
class Control:
    """control.geojson: each piece of land with its holder and days (closed, as day numbers)."""

    geometry: np.ndarray
    holder: np.ndarray
    start: np.ndarray
    end: np.ndarray
    tree: shapely.STRtree

    def holders(self, lon: float, lat: float, iso: str) -> set[str]:
        """Who holds a point on the evening of a day; two holders only right on a border, none at sea."""
        day = to_number(iso)
        hits = self.tree.query(shapely.Point(lon, lat), predicate="intersects")
        return {str(self.holder[hit]) for hit in hits if self.start[hit] <= day <= self.end[hit]}

    def on(self, day: int) -> np.ndarray:
        """Indices of the pieces held on a day."""
        return np.flatnonzero((self.start <= day) & (day <= self.end))


@pytest.fixture(scope="session")
def control(geo: Path) -> Control:
    """Who holds what, one row a polygon."""
    features = json.loads((geo / "control.geojson").read_text("utf-8"))["features"]
    shapes = shapely.from_geojson([json.dumps(item["geometry"]) for item in features])
    # an outline that is not sound is for test_products to tell; here it must not hide everything else
    parts, owner = shapely.get_parts(shapely.make_valid(shapes, method="structure"), return_index=True)
    areas = shapely.get_type_id(parts) == POLYGON
    parts, owner = parts[areas], owner[areas]
    told = [item["properties"] for item in features]
    holder, start, end = (np.array(values)[owner] for values in (
        [row["holder"] for row in told], [to_number(row["start"]) for row in told], [to_number(row["end"]) for row in told]))  # fmt: skip
    return Control(parts, holder, start, end, shapely.STRtree(parts))


class Damaged:
    """A copy of data/ in which a test may break one thing."""

    def __init__(self, folder: Path, read: Callable[[Path], list[str]]) -> None:
        self.folder, self._read = folder, read

    def problems(self) -> list[str]:
        """Every problem the reading functions find, as `twofronts check` prints it."""
        return self._read(self.folder)

    def cell(self, file: str, row: int, column: str, text: str) -> None:
        """Write a cell; rows count as in an editor, the header is row 1."""
        rows = self.rows(file)
        rows[row - 1][rows[0].index(column)] = text
        self.write(file, rows)

    def rows(self, file: str) -> list[list[str]]:
        """A table as lists of cells, header first."""
        return list(csv.reader(io.StringIO((self.folder / file).read_text("utf-8"))))

    def write(self, file: str, rows: list[list[str]]) -> None:
        """Write a table back."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        (self.folder / file).write_text(text.getvalue(), "utf-8")

    def fronts(self, file: str, *features: dict[str, Any]) -> None:
        """Replace a file of key frames, one feature a line."""
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in features)
        (self.folder / "fronts" / file).write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", "utf-8")


@pytest.fixture(scope="session")
def joined_countries(countries: dict[str, Country]) -> dict[str, Country]:
    """The same ground in one piece and true to 500 m: joining the exact coasts takes longer than reading the tables."""
    fought = shapely.union_all([country.geometry for country in countries.values() if country.status != "neutral"]).simplify(0.005)
    shapes = {"germany": fought}
    return {
        name: country if country.status == "neutral" else replace(country, geometry=shapes.get(name, shapely.Polygon()))
        for name, country in countries.items()
    }


@pytest.fixture
def broken_data(repo: Path, tmp_path: Path, joined_countries: dict[str, Country], theatres: dict[str, Theatre]) -> Iterator[Damaged]:
    """A copy of data/ without the longest key-frame files, which would double the time it takes to read."""
    copy = tmp_path / "data"
    shutil.copytree(repo / "data", copy, ignore=shutil.ignore_patterns(*LONG))

    def read(folder: Path) -> list[str]:
        return [str(problem) for problem in sorted(set(read_tables(folder, joined_countries, theatres)[1]))]

    yield Damaged(copy, read)
