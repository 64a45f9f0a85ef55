"""The command as its users type it: what it prints, what it returns, what it writes."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from twofronts.cli import main
from twofronts.days import to_iso
from twofronts.problems import DataError
from twofronts.scene import Scene, load_scene
from twofronts.scene.summary import summarise

REPAIR = "run `twofronts build`, or restore it from the repository"


def at(repo: Path, *arguments: str) -> int:
    return main(["--root", str(repo), "at", *arguments])


def test_at_tells_the_day_in_words(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(repo, "1945-01-12") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1945-01-12"
    assert re.fullmatch(r"gap between the two fronts: \d{3} km", lines[1])
    assert re.fullmatch(r"distance to Berlin: West \d{3} km, East \d{3} km", lines[2])
    assert any(line.startswith("Eastern front: ") for line in lines)
    assert any(line.startswith("- ") and "1945-01-12" in line for line in lines), "the Vistula-Oder offensive begins"


def test_at_speaks_german(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(repo, "1945-01-12", "--lang", "de") == 0
    told = capsys.readouterr().out
    assert "Abstand der beiden Fronten" in told and "gap" not in told


def test_at_tells_programs_the_same_day(repo: Path, scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(repo, "1945-01-12", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["date"] == "1945-01-12"
    assert {"west", "east", "italy"} <= set(told["fronts"])
    for line in told["fronts"].values():
        assert line["length_km"] > 0 and 0 <= line["observed"] <= 1 and line["uncertainty_km"] > 0
    assert 700 < told["fronts"]["east"]["length_km"] < 5000
    assert [event["id"] for event in told["events"]] == [event["properties"]["id"] for event in scene.events_on("1945-01-12")]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_week_of_the_war_can_be_told(scene: Scene, lang: str) -> None:
    for day in range(scene.first, scene.last + 1, 7):
        told = summarise(scene, to_iso(day)).text(lang)
        assert told.startswith(to_iso(day))
        assert "None" not in told and "{" not in told


def test_at_a_day_before_the_fronts_says_from_when_there_are_any(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at(repo, "1941-06-22") == 0
    told = capsys.readouterr().out
    assert "There are no front lines for this day (1944-01-01 to 1945-05-09)." in told
    assert "1941-06-22" in told


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("1999-99-99", "twofronts at: '1999-99-99' is no date; write YYYY-MM-DD, from {first} to {last}"),
        ("12.1.1945", "twofronts at: '12.1.1945' is no date; write YYYY-MM-DD, from {first} to {last}"),
        ("1939-09-01", "twofronts at: 1939-09-01 is out of range; from {first} to {last}"),
        ("1945-05-10", "twofronts at: 1945-05-10 is out of range; from {first} to {last}"),
    ],
)
def test_at_a_day_that_is_none_says_which_there_are(
    repo: Path, scene: Scene, capsys: pytest.CaptureFixture[str], date: str, message: str
) -> None:
    assert at(repo, date) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", message.format(**scene.manifest["range"]) + "\n")


def test_export_writes_one_file_that_loads_nothing(repo: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    assert main(["--root", str(repo), "export", str(file), "--lang", "de", "--date", "1945-04-25"]) == 0
    text = file.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and '<html lang="de">' in text
    assert not re.search(r"<(?:script|link|img|iframe|audio|video|source|object|embed)\b[^>]*\b(?:src|href|data)\s*=", text, re.IGNORECASE)
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text)
    assert "default-src 'none'" in text
    assert len(gzip.compress(text.encode())) < 2.5e6


def test_export_is_the_same_file_every_time(repo: Path, tmp_path: Path) -> None:
    files = []
    for seed in ("1", "2"):
        files.append(tmp_path / f"map{seed}.html")
        command = [sys.executable, "-m", "twofronts.cli", "--root", str(repo), "export", str(files[-1])]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("date", ["1999-99-99", "1939-09-01", "soon"])
def test_export_with_a_day_that_is_none_writes_nothing(
    repo: Path, scene: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str], date: str
) -> None:
    file = tmp_path / "map.html"
    assert main(["--root", str(repo), "export", str(file), "--date", date]) == 2
    assert capsys.readouterr().err == "twofronts export: no such day; from {first} to {last}\n".format(**scene.manifest["range"])
    assert not file.exists()


@pytest.fixture
def broken_geo(geo: Path, tmp_path: Path) -> Path:
    """A geo/ with every file of the real one, its collections emptied so that reading it takes no time."""
    copy = tmp_path / "geo"
    for path in sorted(path for path in geo.rglob("*") if path.is_file()):
        target = copy / path.relative_to(geo)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".geojson":
            target.write_text('{"type":"FeatureCollection","features":[]}\n', "utf-8")
        else:
            shutil.copyfile(path, target)
    return copy


def test_a_geo_without_a_single_feature_is_well_formed(broken_geo: Path) -> None:
    assert load_scene(broken_geo).events == ()


FILES = ["manifest.json", "events.geojson", "places.geojson", "fronts.geojson", "edges.geojson.xz", "keyframes.geojson", "days.json",
         "basemap/land.geojson", "basemap/territories.geojson", "basemap/relief.json", "basemap/relief.webp"]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_the_command_that_repairs_it(broken_geo: Path, name: str) -> None:
    (broken_geo / name).unlink()
    with pytest.raises(DataError) as caught:
        load_scene(broken_geo)
    assert str(caught.value) == f"geo/{name}: is missing; {REPAIR}"


DAMAGED = ["manifest.json", "events.geojson", "fronts.geojson", "edges.geojson.xz", "days.json", "basemap/land.geojson"]
DAMAGE = ["", "{", "null", "42", '"text"', '{"features": 7}', '{"features": [null]}', "\x00"]


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("text", DAMAGE)
def test_a_damaged_file_is_named_with_the_command_that_repairs_it(broken_geo: Path, name: str, text: str) -> None:
    (broken_geo / name).write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        load_scene(broken_geo)
    [problem] = caught.value.problems
    assert problem.file == f"geo/{name}"
    assert problem.remedy == REPAIR


@pytest.mark.parametrize("name", ["events", "fronts", "places", "keyframes"])
def test_a_feature_without_its_properties_is_damage(broken_geo: Path, name: str) -> None:
    (broken_geo / f"{name}.geojson").write_text('{"features": [{}]}', "utf-8")
    with pytest.raises(DataError, match=rf"geo/{name}\.geojson: is damaged"):
        load_scene(broken_geo)


def test_a_file_that_is_not_text_is_damaged(broken_geo: Path) -> None:
    (broken_geo / "events.geojson").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"geo/events\.geojson: is damaged"):
        load_scene(broken_geo)


def test_all_broken_files_are_reported_at_once(broken_geo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("events.geojson", "fronts.geojson", "basemap/land.geojson", "days.json"):
        (broken_geo / name).unlink()
    assert main(["--root", str(broken_geo.parent), "at", "1945-01-12"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"geo/basemap/land.geojson: is missing; {REPAIR}",
        f"geo/days.json: is missing; {REPAIR}",
        f"geo/events.geojson: is missing; {REPAIR}",
        f"geo/fronts.geojson: is missing; {REPAIR}",
        "4 problem(s)",
    ]


def test_another_schema_is_said(broken_geo: Path) -> None:
    manifest = json.loads((broken_geo / "manifest.json").read_text("utf-8"))
    (broken_geo / "manifest.json").write_text(json.dumps(manifest | {"schema": 99}), "utf-8")
    with pytest.raises(DataError, match="column schema: is 99 instead of 1"):
        load_scene(broken_geo)


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["conquer"])
    assert caught.value.code == 2


def test_a_reader_who_stops_listening_is_no_error(repo: Path) -> None:
    hearing, speaking = os.pipe()
    os.close(hearing)
    command = [sys.executable, "-m", "twofronts.cli", "--root", str(repo), "when", "Paris"]
    done = subprocess.run(command, stdout=speaking, stderr=subprocess.PIPE, text=True, check=False)
    os.close(speaking)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_committed_products_are_what_the_tables_give(build_check: subprocess.CompletedProcess[str]) -> None:
    assert (build_check.returncode, build_check.stderr, build_check.stdout) == (0, "", "geo/ is what data/ gives\n")
