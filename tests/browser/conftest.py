"""A browser that cannot leave this machine, the exported map, and servers of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import FLAGS, AtlasMap, OpenMap, OpenSite, Server, Site, chromium, serving
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

HERE = Path(__file__).resolve().parent
FOREIGN = re.compile(r"^(?!(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|file:|data:|blob:|about:)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


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


class Watch:
    """Pages of one test, and all they did that they should not."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def page(self, **options: Any) -> Page:
        """A page in a browser of its own that reaches this machine only."""
        options = {"viewport": {"width": 1024, "height": 768}, "locale": "en-GB", **options}
        context = self._browser.new_context(**options)
        context.set_default_timeout(10_000)
        context.route(FOREIGN, self._refuse)
        context.on("request", self._note)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self._contexts.append(context)
        page = context.new_page()
        page.on("websocket", lambda socket: self._check(socket.url))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _refuse(self, route: Route) -> None:
        route.abort()

    def _note(self, request: Request) -> None:
        self._check(request.url)

    def _check(self, url: str) -> None:
        if FOREIGN.match(url):
            self.foreign.append(url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


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
        page = watch.page(**options)
        sent: list[int] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda payload: sent.append(len(payload))))
        page.goto(at.address + link)
        return Site(page, sent)

    return opened


@pytest.fixture
def site(open_site: OpenSite) -> Site:
    """The served page, open on the day it chooses."""
    return open_site()
