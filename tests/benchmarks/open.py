"""How long the map takes to open and what travels: `python tests/benchmarks/open.py`, on a machine that is otherwise idle."""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from setting import ROOT, browsing, exported, table

TIMES = 5
# The moment the document shows its first front, which it marks itself, on a clock that pages and frames share.
FIRST_FRONT = "() => { const [mark] = performance.getEntriesByName('front'); return mark && performance.timeOrigin + mark.startTime; }"


def main() -> int:
    from driver import Site, frames_pass, serving, until

    from twofronts.days import to_number

    rows: list[tuple[str, str, str]] = []
    with exported() as file, browsing() as open_page, tempfile.TemporaryDirectory() as scratch:
        rows.append(("document, gzip", f"{len(gzip.compress(file.read_bytes(), 9)) / 1e6:.2f} MB", "1.5 MB"))
        disk = []
        for _ in range(TIMES):
            page = open_page(viewport={"width": 1440, "height": 900})
            page.goto(file.as_uri())
            disk.append(until(page, FIRST_FRONT) - page.evaluate("() => performance.timeOrigin"))
            page.context.close()
        rows.append(("from disk to the first front", times(disk), "1500 ms"))
        with serving(ROOT, Path(scratch) / "log") as server:
            served = []
            for attempt in range(TIMES + 1):
                page = open_page(viewport={"width": 1440, "height": 900})
                heard: list[int] = []
                page.on("websocket", lambda socket, heard=heard: socket.on("framereceived", lambda payload: heard.append(len(payload))))
                site = Site.at(page, server.address)
                front = until(site.map.frame, FIRST_FRONT)
                # the first page warms the server
                if attempt:
                    served.append(front - page.evaluate("() => performance.timeOrigin"))
                if attempt < TIMES:
                    page.context.close()
            rows.append(("from navigation to the first front, warm server", times(served), "2500 ms"))
            rows.append(("received on opening", f"{sum(heard) / 1e6:.2f} MB", ""))
            site.is_idle()
            frames_pass(page, milliseconds=1000)
            sent, received = len(site.sent), len(heard)
            page.mouse.move(*site.map.thumb())
            page.mouse.down()
            for day in range(to_number("1944-10-01"), to_number("1945-03-01")):
                page.mouse.move(*site.map.thumb(day))
            frames_pass(page, milliseconds=500)
            rows.append(("sent during a drag", f"{sum(site.sent[sent:])} B", "0 B"))
            start = time.perf_counter()
            page.mouse.up()
            until(site.map.frame, "() => heard.settled.length > 0")
            site.has_param("date", site.map.date)
            settled = time.perf_counter() - start
            frames_pass(page, milliseconds=1500)
            rows.append(("sent when it settles", f"{sum(site.sent[sent:])} B", "2000 B"))
            rows.append(("received when it settles", f"{sum(heard[received:])} B", ""))
            rows.append(("from release to the new address", f"{settled * 1000:.0f} ms", ""))
    rows.append(("page script per rerun", times(script_times()), "150 ms"))
    table(("", "measured", "at most"), rows)
    return 0


def script_times() -> list[float]:
    """Milliseconds of the page's script with all its panels, run again and again without a browser."""
    from streamlit.testing.v1 import AppTest

    from twofronts.page import bridge

    def show_standing_map(*arguments: Any) -> bool:
        # no browser, so none that tells the map stands
        show_map(*arguments)
        return True

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    show_map = bridge.show_map
    with mock.patch.object(bridge, "show_map", show_standing_map):
        app.run()
        assert app.button, "no panels"
        found = []
        for _ in range(10):
            start = time.perf_counter()
            app.run()
            found.append((time.perf_counter() - start) * 1000)
    return found


def times(found: list[float]) -> str:
    return f"{median(found):.0f} ms (worst {max(found):.0f})"


if __name__ == "__main__":
    sys.exit(main())
