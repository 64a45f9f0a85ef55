"""Drives the map and the page as a reader does, and looks at what a reader sees."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Frame, Locator, Page, Request, Route, expect

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 60
# how fast it opens is for the benchmarks; a busy machine takes its time
OPENING_SECONDS = 30
STREAMLIT = (sys.executable, "-m", "streamlit")
FOREIGN = re.compile(r"^(?!(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|file:|data:|blob:|about:)")


def chromium() -> str | None:
    """The browser to drive, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def until(frame: Page | Frame, test: str, argument: Any = None, seconds: float = 10) -> Any:
    """Wait until a JavaScript arrow function gives something true; look once per frame of the screen.

    `wait_for_function` is no way here: the document's content policy forbids it to compile its test.
    """
    return frame.evaluate(
        f"""(argument) => new Promise((done, fail) => {{
            const test = {test};
            const end = performance.now() + {seconds * 1000};
            const look = () => {{
                const found = test(argument);
                if (found) done(found);
                else if (performance.now() > end) fail(new Error("waited in vain for " + test + " of " + JSON.stringify(argument)));
                else requestAnimationFrame(look);
            }};
            look();
        }})""",
        argument,
    )


def frames_pass(frame: Page | Frame, count: int = 2, milliseconds: float = 0) -> None:
    """Let some frames of the screen (and at least some time) go by."""
    frame.evaluate(
        """([count, milliseconds]) => new Promise((done) => {
            const start = performance.now();
            const look = () => (count-- > 0 || performance.now() < start + milliseconds ? requestAnimationFrame(look) : done());
            look();
        })""",
        [count, milliseconds],
    )


def violations(frame: Page | Frame) -> list[str]:
    """What axe finds wrong in one document, frames inside it left to a run of their own."""
    frame.evaluate(AXE_SCRIPT)
    found: list[str] = frame.evaluate(
        """async () => {
            const { violations } = await axe.run(document, { iframes: false, resultTypes: ["violations"] });
            return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
        }"""
    )
    return found


class Watch:
    """Pages of one test, and all they did that they should not."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.site: Site | None = None

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
        while self._contexts:
            self._contexts.pop().close()

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


PICTURE = """() => {
    const panes = [...document.querySelectorAll(".leaflet-scene-pane canvas, .leaflet-names-pane canvas")];
    const { width, height } = document.querySelector(".folium-map").getBoundingClientRect();
    const canvas = new OffscreenCanvas(width, height);
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    for (const pane of panes) {
        const box = pane.getBoundingClientRect();
        ctx.drawImage(pane, box.x, box.y, box.width, box.height);
    }
    return new Uint32Array(ctx.getImageData(0, 0, width, height).data.buffer);
}"""

CONTROLS = """() => {
    const shown = (node) => {
        let { left, top, right, bottom } = node.getBoundingClientRect();
        for (let up = node.parentElement; up; up = up.parentElement) {
            if (getComputedStyle(up).overflow === "visible") continue;
            const box = up.getBoundingClientRect();
            [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
            [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
        }
        [left, top] = [Math.max(0, left), Math.max(0, top)];
        [right, bottom] = [Math.min(innerWidth, right), Math.min(innerHeight, bottom)];
        return { left, top, right, bottom };
    };
    const name = (node) => node.getAttribute("aria-label") || node.textContent.trim().slice(0, 40) || node.className || node.tagName;
    return [...document.querySelectorAll("button, input, select, summary, a[href], .date, .facts")]
        .filter((node) => !node.closest(".marker, .sign, .tag, .traveller") && node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .map((node) => ({ node, name: name(node), box: shown(node) }))
        .filter(({ box }) => box.right - box.left > 2 && box.bottom - box.top > 2);
}"""


class AtlasMap:
    """The map document, alone in its page or in the frame of another."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self.page, self.frame = page, frame
        self.slider = frame.get_by_role("slider")
        self.card = frame.locator("aside.card")
        self.title = self.card.locator("h2")
        self.notice = frame.locator(".notice.is-shown")
        self.panel = frame.locator("#layer-panel")
        # every message of the map, in the order it came
        until(frame, "() => window.twofronts && document.querySelector('.leaflet-names-pane canvas')", seconds=OPENING_SECONDS)
        frame.evaluate(
            """async () => {
                await twofronts.ready;
                window.heard = { day: [], settled: [], select: [], view: [], lang: [] };
                for (const name of Object.keys(heard)) twofronts.on(name, (detail) => heard[name].push(detail));
            }"""
        )

    @property
    def date(self) -> str:
        return str(self.frame.evaluate("() => twofronts.date"))

    @property
    def view(self) -> list[float]:
        return [round(number, 4) for number in self.frame.evaluate("() => twofronts.view")]

    @property
    def words(self) -> str:
        """The large date."""
        return self.frame.locator(".date").inner_text()

    def heard(self, name: str) -> list[Any]:
        """Details of one kind of message since the map opened."""
        return list(self.frame.evaluate("(name) => heard[name]", name))

    def shows(self, iso: str) -> None:
        """Wait for a day to be on show and at rest."""
        until(self.frame, "(iso) => twofronts.date === iso && heard.day.at(-1) === iso && heard.settled.at(-1) === iso", iso)

    def go(self, iso: str) -> None:
        """Show a day by way of the map's own interface for programs."""
        if self.date != iso:
            self.frame.evaluate("(iso) => twofronts.setDate(iso)", iso)
            self.shows(iso)

    def look_at(self, lat: float, lon: float, zoom: float) -> None:
        """Move the map and wait until it is there."""
        self.frame.evaluate("(view) => { heard.view.length = 0; twofronts.view = view; }", [lat, lon, zoom])
        arrived = "heard.view.length > 0 && near(twofronts.view)"
        near = "(view) => Math.abs(view[0] - wanted[0]) + Math.abs(view[1] - wanted[1]) < 0.2 && view[2] === wanted[2]"
        until(self.frame, f"(wanted) => {{ const near = {near}; return {arrived}; }}", [lat, lon, zoom])
        frames_pass(self.frame)

    def has_drawn(self) -> None:
        """Wait until fonts and relief are in the picture."""
        self.is_drawn()
        self.frame.evaluate(
            """() => new Promise((done) => {
                const picture = PICTURE;
                const sum = () => picture().reduce((a, b) => (Math.imul(a, 31) + b) | 0, 0);
                let [before, same] = [sum(), 0];
                const look = () => {
                    const now = sum();
                    same = now === before ? same + 1 : 0;
                    before = now;
                    if (same > 4) done();
                    else setTimeout(look, 60);
                };
                look();
            })""".replace("PICTURE", PICTURE)
        )

    def is_drawn(self) -> None:
        """Wait until the picture has caught up with all that was asked for."""
        frames_pass(self.frame)
        until(self.frame, "() => twofronts.drawn", seconds=OPENING_SECONDS)

    def picture(self) -> int:
        """A fingerprint of the drawn map: ground, plate, lines and names, without markers."""
        self.is_drawn()
        return int(self.frame.evaluate("() => (PICTURE)().reduce((a, b) => (Math.imul(a, 31) + b) | 0, 0)".replace("PICTURE", PICTURE)))

    def sketch(self) -> list[int]:
        """The drawn map on 64 by 48 pixels, as red, green, blue, red, ..."""
        self.is_drawn()
        return list(
            self.frame.evaluate(
                """() => {
                    const [wide, high] = [64, 48];
                    const canvas = new OffscreenCanvas(wide, high);
                    const ctx = canvas.getContext("2d");
                    const map = document.querySelector(".folium-map").getBoundingClientRect();
                    ctx.imageSmoothingQuality = "high";
                    ctx.fillRect(0, 0, wide, high);
                    ctx.scale(wide / map.width, high / map.height);
                    for (const pane of document.querySelectorAll(".leaflet-scene-pane canvas, .leaflet-names-pane canvas")) {
                        const box = pane.getBoundingClientRect();
                        ctx.drawImage(pane, box.x - map.x, box.y - map.y, box.width, box.height);
                    }
                    return [...ctx.getImageData(0, 0, wide, high).data].filter((value, i) => i % 4 < 3);
                }"""
            )
        )

    def keep_picture(self) -> None:
        """Keep the drawn map to compare the next one with."""
        self.is_drawn()
        self.frame.evaluate("() => { window.kept = (PICTURE)(); }".replace("PICTURE", PICTURE))

    def share_changed(self) -> float:
        """Share of the map's pixels that differ from the picture kept."""
        self.is_drawn()
        return float(
            self.frame.evaluate(
                """() => {
                    const now = (PICTURE)();
                    return now.reduce((sum, pixel, i) => sum + (pixel !== kept[i]), 0) / now.length;
                }""".replace("PICTURE", PICTURE)
            )
        )

    def thumb(self, day: float | None = None) -> tuple[float, float]:
        """Where on the screen the slider stands (or would stand on a day number)."""
        box = self.slider.bounding_box()
        assert box is not None
        value, low, high = self.frame.evaluate("() => { const s = document.querySelector('.slider'); return [+s.value, +s.min, +s.max]; }")
        share = ((value if day is None else day) - low) / (high - low)
        return box["x"] + 10 + share * (box["width"] - 20), box["y"] + box["height"] / 2

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    def marker(self, event: str) -> Locator:
        return self.frame.locator(f".marker[data-event='{event}']")

    def events_shown(self) -> set[str]:
        """Ids of the events whose markers are on the map, in or out of sight, not those folded into a stack."""
        return set(
            self.frame.evaluate(
                "() => [...document.querySelectorAll('.marker[data-event]')].filter((m) => m.checkVisibility()).map((m) => m.dataset.event)"
            )
        )

    def clickable_events(self) -> list[str]:
        """Events whose marker's middle is free on the screen."""
        return list(
            self.frame.evaluate(
                """() => [...document.querySelectorAll(".marker[data-event]")].filter((marker) => {
                    if (!marker.checkVisibility()) return false;
                    const { x, y, width, height } = marker.getBoundingClientRect();
                    return marker.contains(document.elementFromPoint(x + width / 2, y + height / 2));
                }).map((marker) => marker.dataset.event)"""
            )
        )

    def open_panel(self) -> Locator:
        self.frame.locator("[aria-controls=layer-panel]").click()
        expect(self.panel).to_be_visible()
        return self.panel

    def overlaps(self) -> list[str]:
        """Pairs of controls that lie on each other."""
        found: list[str] = self.frame.evaluate(
            """() => {
                const all = (CONTROLS)();
                const overlap = (from, to) => (a, b) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]) > 1;
                const [across, down] = [overlap("left", "right"), overlap("top", "bottom")];
                const related = (a, b) => a.contains(b) || b.contains(a);
                const clash = (a, b) => !related(a.node, b.node) && across(a.box, b.box) && down(a.box, b.box);
                return all.flatMap((a, i) => all.slice(i + 1).filter((b) => clash(a, b)).map((b) => `${a.name} / ${b.name}`));
            }""".replace("CONTROLS", CONTROLS)
        )
        return found

    def scrolls_sideways(self) -> bool:
        return bool(self.frame.evaluate("() => document.scrollingElement.scrollWidth > innerWidth"))


class Site:
    """The Streamlit page with the map in it."""

    def __init__(self, page: Page, traffic: list[int]) -> None:
        self.page = page
        self.sent = traffic
        self.holder = page.locator(".twofronts iframe")
        self.holder.wait_for(timeout=OPENING_SECONDS * 1000)
        self.element = self.holder.element_handle()
        frame = self.element.content_frame()
        assert frame is not None
        frame.wait_for_load_state()
        self.map = AtlasMap(page, frame)
        self.map.frame.evaluate("() => { window.untouched = true; window.home = twofronts.view; }")
        self.card = page.locator("article.tf-card")
        self.day = page.locator("section.tf-day")
        self.notice = page.locator(".tf-notice")
        # the panels come when the map stands
        self.day.wait_for(timeout=OPENING_SECONDS * 1000)
        self.is_idle()

    @classmethod
    def at(cls, page: Page, address: str) -> Site:
        """Open the page and count what it sends to the server."""
        sent: list[int] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda payload: sent.append(len(payload))))
        page.goto(address)
        return cls(page, sent)

    def begins_again(self, day: str = "1944-12-24") -> bool:
        """Go back to where a visit begins; False if something is in the way."""
        try:
            self.assert_same_map()
            self.map.frame.evaluate("() => { twofronts.pause(); if (twofronts.selected) twofronts.select(null); twofronts.view = home; }")
            if self.map.date != day:
                self.map.go(day)
            self.has_param("date", day)
            self.has_param("event", None)
            until(self.map.frame, "() => Math.abs(twofronts.view[1] - home[1]) < 0.1 && twofronts.view[2] === home[2]")
            self.is_at_rest()
            self.map.frame.evaluate("() => Object.values(heard).forEach((list) => { list.length = 0; })")
        except (AssertionError, Error):
            return False
        return self.params["lang"] == "en" and self.map.frame.evaluate("() => twofronts.lang") == "en"

    @property
    def params(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def has_param(self, name: str, value: str | None) -> None:
        """Wait for the address to carry a value (None: not to carry the name)."""
        try:
            until(self.page, "([name, value]) => new URLSearchParams(location.search).get(name) === value", [name, value])
        except Error as error:
            raise AssertionError(f"{name} is not {value}: {self.params}") from error

    def assert_same_map(self) -> None:
        """The map is the very element, with the very document, it was when the page opened."""
        assert self.page.evaluate("([a, b]) => a === b && a.isConnected", [self.element, self.holder.element_handle()])
        assert self.map.frame.evaluate("() => window.untouched === true")

    def is_at_rest(self) -> None:
        """Wait until the address tells the map's view (no view: as it opened) and neither side has anything more to say."""
        lat, lon, zoom = self.map.view
        home = self.map.view == [round(number, 4) for number in self.map.frame.evaluate("() => home")]
        told = "new URLSearchParams(location.search).get('view')"
        until(self.page, f"([view, home]) => {told} === view || (home && !{told})", [f"{lat:.4f},{lon:.4f},{zoom:g}", home])
        self.is_idle()

    def is_idle(self) -> None:
        """Wait until the server has nothing more to say."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


OpenMap = Callable[..., AtlasMap]
OpenSite = Callable[..., Site]


@dataclass
class Server:
    """A Streamlit server of our own."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    port: int


@contextlib.contextmanager
def serving(root: Path, log: Path, *options: str, path: str = "", program: Sequence[str] = STREAMLIT) -> Iterator[Server]:
    """Serve the page of `root` on a free port; what the server complains of fails whoever asked for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *program, "run", "app.py", "--server.port", str(port), "--server.headless", "true",
        "--server.address", "127.0.0.1", *options,
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=root, stdout=output, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{port}{path}/", process, log, port)
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)
    complaints = log.read_text("utf-8", "replace")
    assert "Traceback" not in complaints, complaints


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{server.address}_stcore/health", timeout=5) as answer:
            if answer.status == 200:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.process.wait(0.05)
            break
    raise RuntimeError(f"no page from {server.address}: {server.log.read_text('utf-8', 'replace')}")
