"""How smoothly the map follows the date: `python tests/benchmarks/scrub.py`, on a machine that is otherwise idle."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from typing import Any

from setting import browsing, exported, quantile, table

FRAME_MS = 1000 / 60
CATEGORIES = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"]
COUNT_FRAMES = """() => {
    window.frames = [];
    window.counting = true;
    let before = null;
    const look = (now) => {
        if (before !== null) window.frames.push(now - before);
        before = now;
        if (window.counting) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def main() -> int:
    from driver import AtlasMap, frames_pass, until

    rows = []
    with exported() as file, browsing() as open_page:
        for way in ("drag", "play"):
            page = open_page(viewport={"width": 1440, "height": 900})
            page.goto(file.as_uri())
            atlas = AtlasMap(page, page.main_frame)
            atlas.button("Days with fronts").click()
            page.keyboard.press("Home")
            frames_pass(page, milliseconds=3000)
            page.evaluate("() => { heard.day.length = 0; twofronts.on('day', () => performance.mark('day')); }")
            browser = page.context.browser
            browser.start_tracing(page=page, categories=CATEGORIES)
            if way == "drag":
                page.mouse.move(*atlas.thumb())
                page.mouse.down()
                low, high = (int(str(atlas.slider.get_attribute(name))) for name in ("min", "max"))
                places = [atlas.thumb(half / 2) for half in range(low * 2, high * 2)]
                page.evaluate(COUNT_FRAMES)
                for place in places:
                    page.mouse.move(*place)
                page.evaluate("() => { counting = false; }")
                page.mouse.up()
            else:
                page.get_by_role("button", name="Speed: 7 days per second").click()
                page.get_by_role("button", name="Play (space)").click()
                page.evaluate(COUNT_FRAMES)
                until(page, "() => document.querySelector('[aria-label=\"Play (space)\"]')", seconds=60)
                page.evaluate("() => { counting = false; }")
            trace = json.loads(browser.stop_tracing())["traceEvents"]
            frames = page.evaluate("() => frames")
            work = work_per_day(trace)
            ours = [f"{quantile(spent, 0.5):.1f} / {quantile(spent, 0.95):.1f}" for spent in work]
            within = [f"{share(frames, limit):.1%}" for limit in (FRAME_MS + 0.1, FRAME_MS * 1.5)]
            rows.append((way, len(atlas.heard("day")), len(frames), *within, f"{quantile(frames, 0.95):.1f}", *ours))
            page.context.close()
    table(("", "days", "frames", "within 16.7 ms", "not late", "frame p95 ms", "script p50/p95 ms", "with style and paint", "with canvas drawn"), rows)
    return 0


def share(numbers: list[float], limit: float) -> float:
    return sum(number <= limit for number in numbers) / len(numbers)


def work_per_day(trace: list[dict[str, Any]]) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds on the thread that draws, for each day's frame: script; that with style, layout and paint; all.

    The rest of "all" is the commit, in which a browser without a graphics processor draws the canvases.
    """
    marks = [event for event in trace if event["name"] == "day" and "user_timing" in event["cat"]]
    thread = (marks[0]["pid"], marks[0]["tid"])
    spans = sorted(
        (event["ts"], event["ts"] + event.get("dur", 0), event["name"])
        for event in trace
        if event["ph"] == "X" and event["name"] in ("RunTask", "FireAnimationFrame", "Commit") and (event["pid"], event["tid"]) == thread
    )
    tasks = [(start, end) for start, end, name in spans if name == "RunTask"]
    starts = [start for start, _ in tasks]
    script, shown, whole = [], [], []
    for mark in marks:
        start, end = tasks[bisect_right(starts, mark["ts"]) - 1]
        inside = [(name, (last - first) / 1000) for first, last, name in spans if start <= first and last <= end]
        whole.append((end - start) / 1000)
        script.append(sum(spent for name, spent in inside if name == "FireAnimationFrame"))
        shown.append(whole[-1] - sum(spent for name, spent in inside if name == "Commit"))
    return script, shown, whole


if __name__ == "__main__":
    sys.exit(main())
