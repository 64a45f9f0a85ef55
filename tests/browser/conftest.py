"""A browser that cannot leave this machine, the exported map, and servers of the page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import FLAGS, AtlasMap, OpenMap, OpenSite, Server, Site, Watch, chromium, serving
from playwright.sync_api import Browser, expect

HERE = Path(__file__).resolve().parent
# how fast it is, is for the benchmarks; a machine that builds beside the tests takes its time
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; what installs packages runs in CI, or when asked for with `-m network`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if os.environ.get("CI") != "true" and not config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("network")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium; where tests must not be left out (CI=true), its lack is a failure."""
    path = chromium()
    if path is None:
        complaint = "no chromium: apt-get install chromium, or set CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Pages that are watched: no request to elsewhere, no error in the console."""
    watch = Watch(browser)
    yield watch
    watch.close()
    assert watch.foreign == []
    assert watch.errors == []


@pytest.fixture(scope="session")
def exported(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map as `twofronts export` writes it."""
    file = tmp_path_factory.mktemp("exported") / "map.html"
    subprocess.run([sys.executable, "-m", "twofronts.cli", "--root", str(repo), "export", str(file)], check=True, capture_output=True)
    return file


@pytest.fixture
def open_map(watch: Watch, exported: Path) -> OpenMap:
    """Open the exported file: open_map(link, file=another, before=a script to run first, **options of the browser)."""

    def opened(link: str = "", file: Path = exported, before: str = "", **options: Any) -> AtlasMap:
        page = watch.page(offline=True, **options)
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri() + link)
        return AtlasMap(page, page.main_frame)

    return opened


@pytest.fixture
def atlas(open_map: OpenMap) -> AtlasMap:
    """The exported file, open on the day it chooses."""
    return open_map()


@pytest.fixture(scope="session")
def server(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page, served from the repository."""
    with serving(repo, tmp_path_factory.mktemp("server") / "log") as server:
        yield server


@pytest.fixture(scope="session")
def prefixed_server(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page under a path, as a cloud serves it."""
    log = tmp_path_factory.mktemp("prefixed") / "log"
    with serving(repo, log, "--server.baseUrlPath", "two-fronts", path="/two-fronts") as server:
        yield server


@pytest.fixture
def open_site(watch: Watch, server: Server) -> OpenSite:
    """Open the served page: open_site("?date=...", at=another server, **options of the browser)."""

    def opened(link: str = "", at: Server = server, **options: Any) -> Site:
        return Site.at(watch.page(**options), at.address + link)

    return opened


@pytest.fixture(scope="session")
def visit(browser: Browser) -> Iterator[Watch]:
    """One long visit to the served page, of which each test that asks for `site` is a part."""
    watch = Watch(browser)
    yield watch
    watch.close()


@pytest.fixture
def site(visit: Watch, server: Server) -> Iterator[Site]:
    """The served page in English, on its usual day, nothing chosen; opened anew only if the test before left it otherwise."""
    site = visit.site
    if site is None or not site.begins_again():
        visit.close()
        visit.site = site = Site.at(visit.page(), server.address)
    yield site
    foreign, errors, visit.foreign, visit.errors = visit.foreign, visit.errors, [], []
    assert foreign == []
    assert errors == []
