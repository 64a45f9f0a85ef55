"""What each further open page costs the server: `python tests/benchmarks/memory.py`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect
from setting import ROOT, browsing, table

PAGES = 20
SMALL = {"width": 640, "height": 480}


def main() -> int:
    from driver import serving

    rows = []
    with browsing() as open_page, tempfile.TemporaryDirectory() as scratch, serving(ROOT, Path(scratch) / "log") as server:
        rows.append(("server, nobody there", f"{resident(server.process.pid):.0f} MB", ""))
        visit(open_page(viewport=SMALL), server.address)
        first = resident(server.process.pid)
        rows.append(("with the first page", f"{first:.0f} MB", ""))
        for _ in range(PAGES):
            visit(open_page(viewport=SMALL), server.address)
        all_pages = resident(server.process.pid)
        rows.append((f"with {PAGES} more", f"{all_pages:.0f} MB", ""))
        rows.append(("each further page", f"{(all_pages - first) / PAGES:.2f} MB", "3 MB"))
    table(("", "measured", "at most"), rows)
    return 0


def visit(page: Page, address: str) -> None:
    """Open the page and wait until the server has sent it all."""
    page.goto(address)
    page.locator(".twofronts iframe").wait_for(timeout=60_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def resident(pid: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
