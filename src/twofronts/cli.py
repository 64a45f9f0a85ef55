"""The command `twofronts`."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from twofronts.problems import DataError, Problem


def find_root() -> Path:
    """Return the repository: the working directory if it holds `data/` or `geo/`, else where this package lies."""
    here = Path.cwd()
    return here if (here / "geo").is_dir() or (here / "data").is_dir() else Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 if something is wrong with the data, 2 if the call is."""
    given = sys.argv[1:] if arguments is None else arguments
    # a southern latitude is no option: with a blank before it argparse takes it for what it is
    options = _parser().parse_args([f" {item}" if re.match(r"-\.?\d", item) else item for item in given])
    try:
        code = int(_COMMANDS[options.command](options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # whoever read has heard enough (`| head`): nothing is left to be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DataError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"{len(error.problems)} problem(s)", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twofronts", description=sys.modules["twofronts"].__doc__)
    parser.add_argument("--root", type=Path, default=None, help="the folder that holds data/ and geo/")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make geo/ from data/")
    build.add_argument("--check", action="store_true", help="write nothing; fail if geo/ differs from what data/ gives")
    build.add_argument("--basemap", action="store_true", help="redraw geo/basemap too (needs `pip install twofronts[basemap]`)")
    check = commands.add_parser("check", help="report every problem in data/")
    check.add_argument("--accuracy", action="store_true", help="leave out each capture in turn and tell how well the rest foretell it")
    at = commands.add_parser("at", help="tell what is true on a day")
    at.add_argument("date", help="YYYY-MM-DD")
    at.add_argument("--json", action="store_true", help="for programs")
    at.add_argument("--lang", choices=("de", "en"), default="en")
    when = commands.add_parser("when", help="tell who held a place when, and when the front passed it")
    when.add_argument("place", nargs="?", help="a position as latitude,longitude (51.11,17.03) or a name (Breslau)")
    when.add_argument("--csv", type=Path, default=None, metavar="FILE", help="answer for every row with id, lat, lon; prints a CSV")
    when.add_argument("--json", action="store_true", help="for programs")
    when.add_argument("--lang", choices=("de", "en"), default="en")
    export = commands.add_parser("export", help="write the map as one file that opens without a network")
    export.add_argument("file", type=Path)
    export.add_argument("--lang", choices=("de", "en"), default=None, help="default: the reader's browser decides")
    export.add_argument("--date", default=None, help="the day it opens on, YYYY-MM-DD")
    serve = commands.add_parser("serve", help="open the page")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--headless", action="store_true", help="do not open a browser")
    return parser


def _root(options: argparse.Namespace) -> Path:
    return options.root.resolve() if options.root else find_root()


def _build(options: argparse.Namespace) -> int:
    # the build half is loaded only when it is asked for: the page never needs it
    run = import_module("twofronts.build.run")
    root = _root(options)
    data, geo = root / "data", root / "geo"
    if options.check:
        return _compare(data, geo, options.basemap)
    if options.basemap:
        import_module("twofronts.build.basemap").build_basemap(data, geo / "basemap")
    manifest = run.build(data, geo, geo)
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in manifest["counts"].items()))
    print("fronts from {first} to {last}".format(**manifest["fronts"]))
    return 0


def _compare(data: Path, geo: Path, basemap: bool) -> int:
    run = import_module("twofronts.build.run")
    content = import_module("twofronts.build.products").content
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "geo"
        if basemap:
            import_module("twofronts.build.basemap").build_basemap(data, fresh / "basemap")
        run.build(data, fresh, fresh if basemap else geo)
        names = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
        kept = {path.relative_to(geo) for path in geo.rglob("*") if path.is_file() and (basemap or path.parent == geo)}
        differing = sorted(
            name for name in names | kept
            if not (fresh / name).is_file() or not (geo / name).is_file() or content(fresh / name) != content(geo / name)
        )  # fmt: skip
    for name in differing:
        print(f"geo/{name.as_posix()}: differs from what data/ gives; run `twofronts build`", file=sys.stderr)
    print("geo/ is what data/ gives" if not differing else f"{len(differing)} file(s) differ")
    return 1 if differing else 0


def _check(options: argparse.Namespace) -> int:
    root = _root(options)
    if options.accuracy:
        print("\n".join(import_module("twofronts.build.accuracy").report(root / "data", root / "geo")))
        return 0
    report = import_module("twofronts.build.report")
    problems, remarks = report.examine(root / "data", root / "geo")
    for remark in remarks:
        print(remark)
    if problems:
        raise DataError(problems)
    print("no problems" if not remarks else f"no problems, {len(remarks)} remark(s)")
    return 0


def _at(options: argparse.Namespace) -> int:
    scene = import_module("twofronts.scene")
    summary = import_module("twofronts.scene.summary")
    try:
        found = summary.summarise(scene.load_scene(_root(options) / "geo"), options.date)
    except ValueError as error:
        if isinstance(error, DataError):
            raise
        print(f"twofronts at: {error}", file=sys.stderr)
        return 2
    print(json.dumps(found.record(), ensure_ascii=False, indent=1) if options.json else found.text(options.lang))
    return 0


def _when(options: argparse.Namespace) -> int:
    asking = import_module("twofronts.asking")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # names of half of Europe: a console's own encoding has not all of them
        sys.stdout.reconfigure(encoding="utf-8")
    if (options.place is None) == (options.csv is None):
        print("twofronts when: give a position, a name, or --csv with a file", file=sys.stderr)
        return 2
    if options.csv is None:
        return int(asking.ask(_root(options) / "geo", options.place, options.lang, options.json))
    try:
        content = options.csv.read_bytes()
    except OSError as error:
        raise DataError([Problem(str(options.csv), 0, "", f"cannot be read: {error.strerror}", "give a CSV file")]) from error
    sys.stdout.write(asking.answer_file(_root(options) / "geo", content, str(options.csv)))
    return 0


def _export(options: argparse.Namespace) -> int:
    scene = import_module("twofronts.scene")
    mapdoc = import_module("twofronts.mapdoc")
    days = import_module("twofronts.days")
    loaded = scene.load_scene(_root(options) / "geo")
    if options.date and not (days.is_day(options.date) and loaded.first <= days.to_number(options.date) <= loaded.last):
        print("twofronts export: no such day; from {first} to {last}".format(**loaded.manifest["range"]), file=sys.stderr)
        return 2
    text = mapdoc.render(loaded, host="file", lang=options.lang, date=options.date)
    options.file.write_text(text, "utf-8", newline="\n")
    print(f"{options.file}: {len(text.encode()) / 1e6:.1f} MB")
    return 0


def _serve(options: argparse.Namespace) -> int:
    root = _root(options)
    command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py"), "--server.port", str(options.port)]
    if options.headless:
        command += ["--server.headless", "true"]
    return subprocess.run(command, cwd=root, check=False).returncode


_COMMANDS = {"build": _build, "check": _check, "at": _at, "when": _when, "export": _export, "serve": _serve}

if __name__ == "__main__":
    sys.exit(main())
