"""The exported map and its time line: every way to change the day, and what it draws."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from driver import AtlasMap, OpenMap, Watch, frames_pass, until
from playwright.sync_api import expect

from twofronts.days import to_iso, to_number
from twofronts.scene import Scene


def after(iso: str, days: int) -> str:
    return (date.fromisoformat(iso) + timedelta(days)).isoformat()


def test_the_file_opens_without_a_network_on_christmas_eve_1944(atlas: AtlasMap) -> None:
    assert atlas.date == "1944-12-24"
    assert atlas.words == "Sunday, 24 December 1944"
    expect(atlas.frame.get_by_role("heading", name="Two Fronts")).to_be_visible()
    assert atlas.events_shown()


def test_the_slider_is_native_spans_the_data_and_says_its_day_in_words(atlas: AtlasMap, scene: Scene) -> None:
    assert atlas.slider.evaluate("(node) => [node.localName, node.type]") == ["input", "range"]
    assert int(str(atlas.slider.get_attribute("min"))) == scene.first
    assert int(str(atlas.slider.get_attribute("max"))) == scene.last
    expect(atlas.slider).to_have_attribute("aria-valuetext", "Sunday, 24 December 1944")
    expect(atlas.slider).to_have_accessible_name("Day")


def test_every_step_of_a_drag_is_drawn_and_only_the_release_settles(atlas: AtlasMap) -> None:
    atlas.button("Days with fronts").click()
    atlas.go("1945-01-10")
    atlas.has_drawn()
    atlas.keep_picture()
    atlas.frame.evaluate(
        """() => {
            for (const list of Object.values(heard)) list.length = 0;
            window.asked = [];
            document.querySelector(".slider").addEventListener("input", () => asked.push(twofronts.date));
        }"""
    )
    mouse = atlas.page.mouse
    mouse.move(*atlas.thumb())
    mouse.down()
    words = []
    for day in range(to_number("1945-01-11"), to_number("1945-02-01"), 2):
        mouse.move(*atlas.thumb(day))
        frames_pass(atlas.frame)
        words.append(atlas.words)
    frames_pass(atlas.frame, milliseconds=400)
    drawn = [day for day, _ in groupby(atlas.frame.evaluate("() => asked"))]
    assert len(drawn) >= 10, "the mouse did not drag the slider"
    assert atlas.heard("day") == drawn, "a day under the mouse was not drawn"
    assert len(set(words)) == len(words)
    assert atlas.heard("settled") == [], "a day settled while the mouse was down"
    assert atlas.share_changed() > 0.005, "the front did not move in the picture"
    mouse.up()
    atlas.shows(drawn[-1])
    frames_pass(atlas.frame, milliseconds=400)
    assert atlas.heard("settled") == [drawn[-1]]


def test_the_same_day_gives_the_same_picture(atlas: AtlasMap) -> None:
    atlas.has_drawn()
    before = atlas.picture()
    atlas.go("1945-01-31")
    assert atlas.picture() != before
    atlas.go("1944-12-24")
    assert atlas.picture() == before


def test_arrows_step_days_and_with_shift_weeks(atlas: AtlasMap) -> None:
    for focus in (atlas.frame.locator(".folium-map").blur, atlas.slider.focus):
        focus()
        for key, days in (("ArrowRight", 1), ("Shift+ArrowRight", 7), ("ArrowLeft", -1), ("Shift+ArrowLeft", -7)):
            start = atlas.date
            atlas.page.keyboard.press(key)
            atlas.shows(after(start, days))


def test_home_end_and_space(atlas: AtlasMap, scene: Scene) -> None:
    atlas.page.keyboard.press("End")
    atlas.shows(to_iso(scene.last))
    atlas.page.keyboard.press("Home")
    atlas.shows(to_iso(scene.first))
    atlas.page.keyboard.press("Space")
    expect(atlas.button("Pause (space)")).to_be_visible()
    until(atlas.frame, "(first) => twofronts.date > first", to_iso(scene.first))
    atlas.page.keyboard.press("Space")
    expect(atlas.button("Play (space)")).to_be_visible()
    atlas.shows(atlas.date)


def test_buttons_step_days_and_weeks(atlas: AtlasMap) -> None:
    steps = {
        "One day forward (right arrow)": 1, "One week forward (shift + right arrow)": 7,
        "One day back (left arrow)": -1, "One week back (shift + left arrow)": -7,
    }  # fmt: skip
    for name, days in steps.items():
        start = atlas.date
        atlas.button(name).click()
        atlas.shows(after(start, days))


def test_next_and_previous_event_open_it_on_a_day_of_its_own(atlas: AtlasMap, scene: Scene) -> None:
    seen = []
    for name in ("Next event", "Next event", "Previous event"):
        atlas.button(name).click()
        seen.append(atlas.frame.evaluate("() => twofronts.selected"))
        event = scene.events_by_id[seen[-1]]["properties"]
        expect(atlas.title).to_have_text(event["title"]["en"])
        assert event["start"] <= atlas.date <= event["end"]
    first, second, third = (scene.events_by_id[name]["properties"]["start"] for name in seen)
    assert "1944-12-24" < first <= second
    assert seen[2] == seen[0] and first == third


def test_a_typed_date_is_jumped_to_and_one_out_of_range_comes_to_rest_at_the_end(atlas: AtlasMap, scene: Scene) -> None:
    field = atlas.frame.get_by_label("Jump to a day")
    field.fill("1945-01-12")
    atlas.shows("1945-01-12")
    assert atlas.words == "Friday, 12 January 1945"
    field.fill("1950-01-01")
    atlas.shows(to_iso(scene.last))
    expect(field).to_have_value(to_iso(scene.last))


def test_a_click_on_the_track_goes_there(atlas: AtlasMap) -> None:
    atlas.page.mouse.click(*atlas.thumb(to_number("1944-06-06")))
    until(atlas.frame, "() => heard.settled.length > 0")
    assert abs(to_number(atlas.date) - to_number("1944-06-06")) <= 2


def test_playing_goes_on_by_days_and_ends_on_the_last(atlas: AtlasMap, scene: Scene) -> None:
    atlas.go(after(to_iso(scene.last), -4))
    atlas.button("Play (space)").click()
    atlas.shows(to_iso(scene.last))
    expect(atlas.button("Play (space)")).to_be_visible()
    assert atlas.heard("day")[-4:] == [after(to_iso(scene.last), back) for back in (-3, -2, -1, 0)]
    atlas.button("Play (space)").click()
    until(atlas.frame, "(iso) => twofronts.date < iso", "1941-08-01")
    atlas.button("Pause (space)").click()


def test_three_speeds_do_what_they_say(atlas: AtlasMap) -> None:
    atlas.go("1945-01-01")
    atlas.button("Play (space)").click()
    for speed in (7, 14, 2):
        chip = atlas.frame.get_by_role("button", name=f"Speed: {speed} days per second")
        expect(chip).to_have_text(f"{speed} days/s")
        until(atlas.frame, "() => heard.day.length > 0")
        share = atlas.frame.evaluate(
            """async (speed) => {
                const due = Math.max(2, Math.round(speed * 0.7));
                const steps = [];
                const stop = twofronts.on("day", (iso) => steps.push([performance.now(), Date.parse(iso) / 86400000]));
                await new Promise((done) => { const look = () => (steps.length > due ? done() : requestAnimationFrame(look)); look(); });
                stop();
                const [[from, first], [to, last]] = [steps[0], steps.at(-1)];
                return ((last - first) * 1000) / (to - from) / speed;
            }""",
            speed,
        )
        assert 0.7 < share < 1.2, f"{share * speed:.1f} days per second instead of {speed}"
        chip.click()
    atlas.button("Pause (space)").click()


def test_the_lens_spans_the_days_with_fronts_and_back(atlas: AtlasMap, scene: Scene) -> None:
    atlas.button("Days with fronts").click()
    low, high = scene.front_days
    expect(atlas.slider).to_have_attribute("min", str(low))
    expect(atlas.slider).to_have_attribute("max", str(high))
    assert atlas.date == "1944-12-24"
    atlas.button("Whole war").click()
    expect(atlas.slider).to_have_attribute("min", str(scene.first))
    atlas.button("Days with fronts").click()
    atlas.frame.get_by_label("Jump to a day").fill("1942-06-01")
    atlas.shows("1942-06-01")
    expect(atlas.slider).to_have_attribute("min", str(scene.first))


def test_before_the_first_front_the_map_says_when_there_are_fronts(atlas: AtlasMap, scene: Scene) -> None:
    if scene.front_days[0] == scene.first:
        pytest.skip("there are fronts from the first day")
    atlas.go(to_iso(scene.front_days[0] - 1))
    expect(atlas.frame.locator(".facts")).to_have_text(f"Front lines from {date.fromisoformat(to_iso(scene.front_days[0])):%-d %B %Y}")


def test_the_settled_day_is_announced(atlas: AtlasMap) -> None:
    live = atlas.frame.locator("[aria-live=polite]")
    atlas.page.keyboard.press("Shift+ArrowRight")
    expect(live).to_have_text("Sunday, 31 December 1944")


def test_a_reader_who_wants_stillness_gets_no_animation(open_map: OpenMap) -> None:
    watch = """() => new Promise((done) => {
        const zoom = twofronts.view[2];
        let [moved, frames] = [false, 0];
        document.querySelector("[aria-label='Zoom in']").click();
        const look = () => {
            moved ||= !!document.querySelector(".leaflet-zoom-anim") || document.getAnimations().length > 0;
            if (++frames < 12) requestAnimationFrame(look);
            else done({ moved, steps: twofronts.view[2] - zoom });
        };
        look();
    })"""
    assert open_map(reduced_motion="no-preference").frame.evaluate(watch) == {"moved": True, "steps": 1}
    still = open_map(reduced_motion="reduce")
    assert still.frame.evaluate(watch) == {"moved": False, "steps": 1}
    still.page.keyboard.press("Space")
    until(still.frame, "() => twofronts.date > '1944-12-25'")


def test_a_finger_sets_the_day(open_map: OpenMap) -> None:
    phone = open_map(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.page.touchscreen.tap(*phone.thumb(to_number("1943-02-02")))
    until(phone.frame, "() => heard.settled.length > 0")
    assert abs(to_number(phone.date) - to_number("1943-02-02")) <= 4


@pytest.mark.parametrize("slant", [0, 30], ids=["along", "across"])
def test_a_finger_settles_the_day_only_when_it_is_lifted(open_map: OpenMap, slant: int) -> None:
    phone = open_map(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.go("1944-06-06")
    touch = phone.page.context.new_cdp_session(phone.page)
    phone.frame.evaluate("() => { heard.settled.length = 0; }")
    x, y = phone.thumb()
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        # a finger that goes across scrolls: the slider loses it long before it is lifted
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + 10 * step, "y": y - slant * step}]})
        frames_pass(phone.frame, milliseconds=200)
    frames_pass(phone.frame, milliseconds=600)
    assert phone.heard("settled") == [], "a day settled under the finger"
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.shows(phone.date)


def test_a_page_around_the_map_hears_nothing_while_the_slider_is_held(watch: Watch, exported: Path, tmp_path: Path) -> None:
    host = tmp_path / "host.html"
    listen = "<script>window.told = []; addEventListener('message', ({ data }) => told.push(data.type));</script>"
    frame = f"<iframe src='{exported.as_uri()}' width='900' height='700'></iframe>"
    host.write_text(f"<!doctype html><title>host</title>{listen}{frame}", "utf-8")
    page = watch.page(offline=True)
    page.goto(host.as_uri())
    until(page, "() => told.includes('day')")
    held = AtlasMap(page, page.frames[1])
    page.evaluate("() => { told.length = 0; }")
    page.mouse.move(*held.thumb())
    page.mouse.down()
    held.frame.evaluate("() => { twofronts.view = [48, 20, 6]; }")
    page.mouse.move(*held.thumb(to_number("1943-01-01")))
    frames_pass(page, milliseconds=900)
    # let go outside the window
    page.mouse.move(450, -40)
    frames_pass(page, milliseconds=300)
    assert page.evaluate("() => told") == []
    page.mouse.up()
    until(page, "() => told.includes('day') && told.includes('view')")
    frames_pass(page, milliseconds=500)
    assert sorted(page.evaluate("() => told")) == ["day", "view"]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_no_time_zone_shifts_a_day(open_map: OpenMap, zone: str) -> None:
    atlas = open_map("#date=1945-05-07", timezone_id=zone)
    assert (atlas.date, atlas.words) == ("1945-05-07", "Monday, 7 May 1945")
    expect(atlas.frame.get_by_label("Jump to a day")).to_have_value("1945-05-07")
