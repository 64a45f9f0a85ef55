"""The house's walls: which half imports what, where disk is touched, no clock, no chance, no network, words complete."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import twofronts
from twofronts.build.records import CERTAINTIES, KINDS, THEATRES

SOURCE = Path(twofronts.__file__).parent
MODULES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
DRAW = ("scene/", "mapdoc/", "page/")
READS_OR_WRITES = {
    "cli.py",  # writes the exported file
    "build/basemap.py", "build/cells.py", "build/gazetteer.py", "build/keyframes.py", "build/products.py", "build/relief.py",
    "build/run.py", "build/tables.py", "build/territory.py", "build/theatres.py", "build/water.py",
    "scene/gazetteer.py", "scene/store.py", "scene/when.py",
    "mapdoc/document.py", "mapdoc/scripts.py", "page/app.py", "page/bridge.py", "words/__init__.py",  # files of the package itself
}  # fmt: skip


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module an import statement or `import_module("...")` names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def users_of(*names: str) -> set[str]:
    def uses(tree: ast.AST) -> bool:
        return any(f"{found}.".startswith(f"{name}.") for found in imports(tree) for name in names)

    return {file for file, tree in MODULES.items() if uses(tree)}


def test_the_drawing_half_never_imports_the_building_half() -> None:
    assert [file for file in users_of("twofronts.build") if file.startswith(DRAW)] == []


def test_the_building_half_never_imports_the_drawing_half() -> None:
    assert [file for file in users_of("twofronts.scene", "twofronts.mapdoc", "twofronts.page") if file.startswith("build/")] == []


def test_the_map_document_knows_nothing_of_the_page_nor_the_scene_of_either() -> None:
    assert [file for file in users_of("twofronts.page") if not file.startswith("page/")] == []
    assert [file for file in users_of("twofronts.mapdoc") if file.startswith("scene/")] == []


def test_streamlit_is_imported_by_the_page_alone() -> None:
    assert all(file.startswith("page/") for file in users_of("streamlit"))


def test_folium_is_imported_by_the_map_document_alone() -> None:
    assert all(file.startswith("mapdoc/") for file in users_of("folium", "branca", "xstatic"))


def test_geometry_libraries_stay_in_the_building_half() -> None:
    heavy = users_of("geopandas", "shapely", "scipy", "contourpy", "edtf", "PIL", "numpy")
    # the one question the page cannot answer from ready-made text: when did the front pass here?
    assert all(file.startswith("build/") or file == "scene/when.py" for file in heavy)


def test_there_is_no_clock_no_chance_and_no_network() -> None:
    assert users_of("random", "secrets", "uuid", "requests", "urllib.request", "urllib3", "http.client", "httpx", "socket", "time") == set()
    for file, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in ("now", "today", "utcnow", "fromtimestamp", "default_rng", "urlopen"), (
                    f"{file}: {node.func.attr}"
                )


def test_disk_is_touched_only_where_tables_and_products_are_read_and_written() -> None:
    touching = set()
    for file, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("open", "read_text", "write_text", "read_bytes", "write_bytes", "read_file", "to_file", "unlink", "mkdir"):
                    touching.add(file)
    assert touching <= READS_OR_WRITES


def test_modules_are_short_enough_to_be_read() -> None:
    lengths = {path.relative_to(SOURCE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py")}
    assert {file: count for file, count in lengths.items() if count > 250} == {}


def test_no_module_is_imported_in_a_circle() -> None:
    for file, tree in MODULES.items():
        name = "twofronts." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        assert name.removesuffix(".__init__") not in [found for found in imports(tree)], file
    assert "twofronts" in sys.modules


PAIRS = [("de.json", "en.json"), ("page_de.json", "page_en.json")]


def words(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((SOURCE / "words" / name).read_text("utf-8"), object_pairs_hook=_once)
    return found


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    assert len({key for key, _ in pairs}) == len(pairs), "a key is there twice"
    return dict(pairs)


@pytest.mark.parametrize(("german", "english"), PAIRS)
def test_both_languages_have_the_same_texts_with_the_same_gaps_to_fill(german: str, english: str) -> None:
    de, en = words(german), words(english)
    assert sorted(de) == sorted(en)
    assert [key for key in de if not de[key].strip() or not en[key].strip()] == []
    gaps = re.compile(r"\{\w+\}")
    assert [key for key in de if sorted(gaps.findall(de[key])) != sorted(gaps.findall(en[key]))] == []


@pytest.mark.parametrize("name", ["page_de.json", "page_en.json"])
def test_the_page_has_a_word_for_every_kind_theatre_and_certainty(name: str) -> None:
    wanted = {f"kind.{kind}" for kind in KINDS} | {f"theatre.{theatre}" for theatre in THEATRES}
    wanted |= {f"certainty.{how}" for how in CERTAINTIES}
    assert wanted - set(words(name)) == set()
    assert len(words(name)["date.months"].split(",")) == 12
    assert len(words(name)["date.weekdays"].split(",")) == 7


@pytest.mark.parametrize("name", ["de.json", "en.json"])
def test_the_map_has_a_word_for_every_kind_theatre_and_certainty(name: str) -> None:
    wanted = {f"map.kind.{kind}" for kind in KINDS} | {f"map.theatre.{theatre}" for theatre in THEATRES}
    wanted |= {f"map.certainty.{how}" for how in CERTAINTIES}
    assert wanted - set(words(name)) == set()


def test_every_text_the_map_script_names_is_there() -> None:
    script = "\n".join(path.read_text("utf-8") for path in sorted((SOURCE / "mapdoc" / "static").glob("*.js")))
    named = set(re.findall(r"""["'`](map\.[a-z_]+(?:\.[a-z_]+)*)["'`]""", script))
    assert named
    assert named - set(words("en.json")) == set()


def test_every_text_the_page_names_is_there() -> None:
    script = "\n".join(path.read_text("utf-8") for path in sorted((SOURCE / "page").glob("*.py")))
    named = set(re.findall(r"""["'](page\.[a-z_]+|date\.[a-z_]+)["']""", script))
    assert {name for name in named if not name.endswith((".css", ".js"))} - set(words("page_en.json")) == set()
