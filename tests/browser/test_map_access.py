"""Who cannot see well, cannot hold a mouse or has a small screen: the exported map must do for them too."""

from __future__ import annotations

import re

import pytest
from driver import AtlasMap, OpenMap, frames_pass, until, violations
from playwright.sync_api import expect

SCREENS = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
LONGEST = {"de": "1944-09-28", "en": "1944-09-27"}
"""Donnerstag, 28. September 1944; Wednesday, 27 September 1944."""


def screen(name: str) -> dict[str, object]:
    width, height = SCREENS[name]
    return {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["desk", "phone"])
def test_axe_finds_nothing(open_map: OpenMap, name: str, scheme: str) -> None:
    atlas = open_map("#event=tedder-stalin", color_scheme=scheme, **screen(name))
    expect(atlas.card).to_be_visible()
    assert violations(atlas.frame) == []
    atlas.page.keyboard.press("Escape")
    atlas.frame.locator(".legend summary").click()
    atlas.frame.locator(".credits summary").click()
    assert violations(atlas.frame) == []
    atlas.open_panel()
    assert violations(atlas.frame) == []


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_overlaps_and_nothing_scrolls_sideways(open_map: OpenMap, name: str) -> None:
    atlas = open_map(**screen(name))
    for lang in ("de", "en"):
        atlas.frame.evaluate("(lang) => twofronts.setLang(lang)", lang)
        atlas.go("1945-01-20")
        assert atlas.overlaps() == []
        atlas.frame.evaluate("() => twofronts.select('yalta')")
        frames_pass(atlas.frame)
        assert atlas.overlaps() == [], "with a card"
        atlas.frame.evaluate("() => twofronts.select(null)")
        atlas.open_panel()
        assert atlas.overlaps() == [], "with the panel of layers"
        atlas.page.keyboard.press("Escape")
        assert not atlas.scrolls_sideways()


@pytest.mark.parametrize("name", SCREENS)
def test_the_longest_date_and_the_figures_are_written_out(open_map: OpenMap, name: str) -> None:
    atlas = open_map(**screen(name))
    for lang, iso in LONGEST.items():
        atlas.frame.evaluate("(lang) => twofronts.setLang(lang)", lang)
        for day in (iso, "1944-12-24"):
            atlas.go(day)
            cut = atlas.frame.evaluate(
                """() => ['.date', '.facts'].filter((name) => {
                    const node = document.querySelector(name);
                    return node.scrollWidth > node.clientWidth;
                })"""
            )
            assert cut == [], f"{lang} {day}: cut off"


@pytest.mark.parametrize("name", SCREENS)
def test_panel_and_card_never_lie_on_each_other(open_map: OpenMap, name: str) -> None:
    atlas = open_map("#event=tedder-stalin", **screen(name))
    title = atlas.title.inner_text()
    button = atlas.frame.locator("[aria-controls=layer-panel]")
    atlas.open_panel()
    expect(atlas.card).to_be_hidden()
    assert atlas.overlaps() == []
    atlas.page.keyboard.press("Escape")
    expect(atlas.title).to_have_text(title)
    atlas.open_panel()
    atlas.button("Next event").click()
    expect(atlas.panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(atlas.title).not_to_have_text(title)
    expect(atlas.card).to_be_visible()


def test_controls_are_big_enough_for_a_finger(open_map: OpenMap) -> None:
    phone = open_map(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    small = phone.frame.evaluate(
        """() => [...document.querySelectorAll("button, summary, input")].filter((node) => node.checkVisibility()).flatMap((node) => {
            const { width, height } = node.getBoundingClientRect();
            return Math.min(width, height) < 36 ? [`${node.getAttribute("aria-label") || node.textContent}: ${width}x${height}`] : [];
        })"""
    )
    assert small == []


def test_markers_are_at_least_24_pixels_wide_and_free(atlas: AtlasMap) -> None:
    atlas.go("1945-01-14")
    sizes = atlas.frame.evaluate(
        """() => [...document.querySelectorAll('.marker')].filter((marker) => marker.checkVisibility()).map((marker) => {
            const { width, height } = marker.getBoundingClientRect();
            return [width, height];
        })"""
    )
    assert len(sizes) > 3
    assert all(min(size) >= 24 for size in sizes)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(atlas: AtlasMap) -> None:
    reached: list[str] = []
    for _ in range(80):
        atlas.page.keyboard.press("Tab")
        name, outlined, seen = atlas.frame.evaluate(
            """() => {
                const node = document.activeElement;
                const style = getComputedStyle(node);
                const { x, y, width, height } = node.getBoundingClientRect();
                const inside = x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight;
                const name = node.getAttribute("aria-label") || node.textContent.trim();
                return [name, style.outlineStyle !== "none" || node === document.body, inside || node === document.body];
            }"""
        )
        if reached and name == reached[0]:
            break
        assert outlined, f"no outline on {name}"
        assert seen, f"{name} has the focus out of sight"
        reached.append(name)
    wanted = [
        "Map of Europe with fronts and events", "Zoom in", "Zoom out", "Layers and filters", "Light or dark", "Deutsch", "Map sources",
        "Legend", "Previous event", "One week back (shift + left arrow)", "One day back (left arrow)", "Play (space)",
        "One day forward (right arrow)", "One week forward (shift + right arrow)", "Next event", "Speed: 7 days per second",
        "Days with fronts", "Jump to a day", "Copy a link to this view", "Day",
    ]  # fmt: skip
    assert [name for name in wanted if name not in reached] == []
    assert any(re.search(r", .*19\d\d", name) for name in reached), "no marker reached"


def test_an_event_can_be_read_and_left_with_the_keyboard_alone(atlas: AtlasMap) -> None:
    name = atlas.clickable_events()[0]
    atlas.marker(name).focus()
    atlas.page.keyboard.press("Enter")
    expect(atlas.title).to_be_focused()
    close = atlas.card.get_by_role("button", name="Close the card")
    for _ in range(30):
        atlas.page.keyboard.press("Shift+Tab")
        if close.evaluate("(node) => node === document.activeElement"):
            break
    expect(close).to_be_focused()
    atlas.page.keyboard.press("Enter")
    expect(atlas.card).to_be_hidden()
    expect(atlas.marker(name)).to_be_focused()


def test_the_map_moves_by_keyboard_without_moving_the_day(atlas: AtlasMap) -> None:
    atlas.frame.locator(".folium-map").focus()
    before = atlas.view
    atlas.page.keyboard.press("ArrowRight")
    until(atlas.frame, "(lon) => twofronts.view[1] > lon", before[1])
    assert atlas.date == "1944-12-24"
    atlas.page.keyboard.press("Equal")
    until(atlas.frame, "(zoom) => twofronts.view[2] > zoom", before[2])


# Notes the texts that stand on the two canvases with names: what was cleared or painted over does not count.
# Without a worker the same modules paint on the page, where the texts of each picture can be noted.
NOTE_TEXTS = """
delete window.Worker;
window.painted = { names: [], scene: [] };
const texts = new Map();
const paint = OffscreenCanvasRenderingContext2D.prototype.fillText;
OffscreenCanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const box = this.measureText(text);
    const [left, right] = [box.actualBoundingBoxLeft, box.actualBoundingBoxRight];
    const [up, down] = [box.actualBoundingBoxAscent, box.actualBoundingBoxDescent];
    const at = this.getTransform();
    const corners = [[x - left, y - up], [x + right, y - up], [x + right, y + down], [x - left, y + down]]
        .map(([a, b]) => at.transformPoint({ x: a, y: b })).map((point) => [point.x, point.y]);
    texts.set(this.canvas, [...(texts.get(this.canvas) ?? []), { text, corners }]);
    return paint.call(this, text, x, y);
};
const finish = OffscreenCanvas.prototype.transferToImageBitmap;
OffscreenCanvas.prototype.transferToImageBitmap = function () {
    const picture = finish.call(this);
    texts.set(picture, texts.get(this) ?? []);
    texts.delete(this);
    return picture;
};
const show = ImageBitmapRenderingContext.prototype.transferFromImageBitmap;
ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (picture) {
    const [, pane] = /leaflet-(names|scene)-pane/.exec(this.canvas.parentElement.className);
    painted[pane] = texts.get(picture);
    return show.call(this, picture);
};
"""
# Two slanted boxes overlap unless one of their four directions parts them.
CLASHES = """() => {
    const texts = ["names", "scene"].flatMap((pane) => {
        const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
        const box = canvas.getBoundingClientRect();
        const density = canvas.width / box.width;
        const place = ([x, y]) => [x / density + box.x, y / density + box.y];
        return painted[pane].map(({ text, corners }) => ({ text, corners: corners.map(place) }));
    });
    const span = (corners, [dx, dy]) => {
        const along = corners.map(([x, y]) => x * dx + y * dy);
        return [Math.min(...along), Math.max(...along)];
    };
    const direction = (from, to) => {
        const [x, y] = [to[0] - from[0], to[1] - from[1]];
        const length = Math.hypot(x, y) || 1;
        return [x / length, y / length];
    };
    const sides = ([a, b, , d]) => [direction(a, b), direction(a, d)];
    const clash = (p, q) => [...sides(p), ...sides(q)].every((axis) => {
        const [a, b] = span(p, axis), [c, d] = span(q, axis);
        return Math.min(b, d) - Math.max(a, c) > 1.5;
    });
    const clashing = (a, i) => texts.slice(i + 1).filter((b) => clash(a.corners, b.corners));
    const found = texts.flatMap((a, i) => clashing(a, i).map((b) => `${a.text} / ${b.text}`));
    return [painted.names.length, painted.scene.length, found];
}"""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_names_on_the_map_never_overlap(open_map: OpenMap, lang: str) -> None:
    atlas = open_map(f"#lang={lang}&date=1945-02-10", before=NOTE_TEXTS, **screen("desk"))
    atlas.has_drawn()
    names = pockets = 0
    for lat, lon in ((51, 11), (53.5, 20.5), (47.5, 17)):
        for zoom in (4, 4.5, 5, 5.5, 6, 6.5, 7, 8, 9):
            atlas.look_at(lat, lon, zoom)
            still, moving, clashes = atlas.frame.evaluate(CLASHES)
            assert clashes == [], f"at zoom {zoom} around {lat}, {lon}"
            names, pockets = names + still, pockets + moving
    assert names > 1000
    assert pockets > 20
