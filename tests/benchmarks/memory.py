"""What each further open page costs the server: `python tests/benchmarks/memory.py`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from setting import ROOT, browsing, table

PAGES = 20


def main() -> int:
    from driver import Site, serving

    rows = []
    with browsing() as open_page, tempfile.TemporaryDirectory() as scratch, serving(ROOT, Path(scratch) / "log") as server:
        rows.append(("server, nobody there", f"{resident(server.process.pid):.0f} MB", ""))
        Site.at(open_page(viewport={"width": 640, "height": 480}), server.address).is_idle()
        first = resident(server.process.pid)
        rows.append(("with the first page", f"{first:.0f} MB", ""))
        for _ in range(PAGES):
            Site.at(open_page(viewport={"width": 640, "height": 480}), server.address).is_idle()
        all_pages = resident(server.process.pid)
        rows.append((f"with {PAGES} more", f"{all_pages:.0f} MB", ""))
        rows.append(("each further page", f"{(all_pages - first) / PAGES:.2f} MB", "3 MB"))
    table(("", "measured", "at most"), rows)
    return 0


def resident(pid: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
