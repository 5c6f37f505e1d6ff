"""A scene in a real browser: walked by keyboard to its end, stopped, in a headset, and without a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live

pytestmark = pytest.mark.browser

HEADSET = """
() => {
  const identity = () => Float32Array.from([1,0,0,0, 0,1,0,0, 0,0,1,0, 0,0,0,1]);
  const seen = window.seen = { frames: 0, mode: null, spaces: [], looked: new Set(), ended: false };
  const pose = (x, y) => {
    const matrix = identity(), back = identity();
    matrix[12] = x; matrix[13] = y; back[12] = -x; back[13] = -y;
    return { transform: { position: { x, y, z: 0 }, matrix, inverse: { matrix: back } } };
  };
  const lens = Float32Array.from([1,0,0,0, 0,1,0,0, 0,0,-1.002,-1, 0,0,-0.2002,0]);
  class Session extends EventTarget {
    renderState = {};
    updateRenderState(state) { this.renderState = state; }
    async requestReferenceSpace(name) { seen.spaces.push(name); return {}; }
    requestAnimationFrame(draw) {
      setTimeout(() => {
        if (seen.ended) return;
        seen.frames += 1;
        draw(performance.now(), { getViewerPose: () => ({ views: [-0.03, 0.03].map((x, n) =>
          ({ eye: n ? "right" : "left", projectionMatrix: lens, ...pose(x, 1.5) })) }) });
      }, 40);
    }
    async end() { if (!seen.ended) { seen.ended = true; this.dispatchEvent(new Event("end")); } }
    press(x, y) {
      const event = new Event("select");
      event.inputSource = { targetRaySpace: {} };
      event.frame = { getPose: () => pose(x, y) };
      this.dispatchEvent(event);
    }
  }
  window.XRWebGLLayer = class {
    framebuffer = null;
    constructor(session, gl) { this.gl = gl; }
    getViewport({ eye }) {
      seen.looked.add(eye);
      return { x: eye === "left" ? 0 : 32, y: 0, width: 32, height: 32 };
    }
  };
  WebGL2RenderingContext.prototype.makeXRCompatible = async () => {};
  const xr = { isSessionSupported: async (mode) => mode === "immersive-vr",
    requestSession: async (mode) => { seen.mode = mode; return window.session = new Session(); } };
  Object.defineProperty(navigator, "xr", { value: xr, configurable: true });
}
"""
"""A headset that is none: the calls of the WebXR Device API that a scene makes, answered by the page."""

STOP, NEXT = (0.503, 0.847), (-0.503, 0.847)
"""Where on the board these buttons are, in metres: a ray straight ahead from there meets them."""


@pytest.fixture(scope="module")
def cases(live: Live) -> dict[str, str]:
    found: dict[str, str] = live.call("tests.browser.scenes:two")
    return found


@pytest.fixture
def opened(
    live: Live, page: Page, sign_in: Callable[..., None], cases: dict[str, str]
) -> Callable[[str], None]:
    """`opened("calm_shore")` answers what is asked on the day, all no, and opens that scene."""

    def do(pack: str) -> None:
        sign_in("counsellor")
        page.goto(f"{live.url}/psychology/{cases['may']}/protocol/vr/")
        page.locator(f"a[href$='/scene/{pack}/']").press("Enter")
        for box in page.locator("input[value=no]").all():
            box.check()
        page.fill("#f-craving_before", "40")
        page.locator("button[value=open]").press("Enter")

    return do


def kept(live: Live, cases: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = live.call("tests.browser.scenes:sessions", case_no=cases["may"])
    return found


def begin(page: Page, how: str) -> None:
    button = page.locator(f"[data-open={how}]")
    expect(button).to_be_visible()  # its script has run
    button.press("Enter")


def drawn(page: Page, frames: int) -> None:
    """Wait until the headset has asked for more than so many pictures. Asked from here: the page itself may
    evaluate no text."""
    for _ in range(150):
        if page.evaluate("window.seen.frames") > frames:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{frames} frames were never drawn")


def save(page: Page, **more: str) -> None:
    page.fill("#f-craving_after", "35")
    page.locator("input[name=adverse][value=none]").check()
    for name, value in more.items():
        page.fill(f"#f-{name}", value)
    with page.expect_navigation():
        page.locator("button[value=save]").press("Enter")


def test_a_scene_is_walked_by_keyboard_to_its_end_and_its_session_is_in_the_file(
    live: Live, page: Page, opened: Callable[[str], None], axe: Callable[..., None], cases: dict[str, str]
) -> None:
    opened("on_the_way_home")
    axe(page)
    expect(page.locator("[data-open=headset]")).to_be_hidden()
    begin(page, "screen")
    stage, caption = page.locator(".stage"), page.locator(".stage-caption")
    expect(stage).to_have_attribute("data-drawn", "screen")
    expect(caption).to_contain_text("路灯下")
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": 380})
    assert len(picture) > 20_000, "one colour is not a street"
    page.keyboard.press("Enter")  # on, before the time of the step is up
    expect(caption).to_contain_text("您怎么说")
    axe(page)
    expect(page.locator(".stage-choices button")).to_have_count(4)
    page.keyboard.press("4")  # in one's own words
    expect(caption).to_contain_text("他听了")
    page.keyboard.press("r")
    expect(caption).to_contain_text("歇着")
    for _ in range(2):  # the break is over; on
        page.keyboard.press("Enter")
    expect(caption).to_contain_text("您怎么做")
    for key in ("1", "Enter", "2", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".stage-pace")).to_contain_text("吸气")
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(stage).to_be_hidden()
    expect(page.locator("#after")).to_be_focused()
    assert page.locator("input[name=step]:checked").count() == 3
    save(page)
    (found,) = (one for one in kept(live, cases) if one["scene_pack"] == "on_the_way_home")
    assert (found["way"], found["ended"], found["breaks"]) == ("screen", "completed", 1)
    assert (found["scene_pack"], found["scene_version"], found["steps_of"]) == ("on_the_way_home", 1, 7)
    assert found["steps_done"] == "invited,pressed,leave"
    assert "回家的路上" in page.inner_text("#sessions")


def test_one_key_stops_it_at_once_and_somebody_has_to_be_named(
    live: Live, page: Page, opened: Callable[[str], None], cases: dict[str, str]
) -> None:
    opened("calm_shore")
    begin(page, "screen")
    expect(page.locator(".stage")).to_have_attribute("data-drawn", "screen")
    page.keyboard.press("Escape")
    expect(page.locator(".stage")).to_be_hidden()
    expect(page.locator(".scene-ended")).to_contain_text("停下了")
    save(page)
    expect(page.locator(".error-summary")).to_contain_text("须有专人看望")
    save(page, aftercare_by="康医生")
    (found,) = (one for one in kept(live, cases) if (one["way"], one["ended"]) == ("screen", "stopped"))
    assert found["stop_reason"] == "request"


def test_in_a_headset_both_eyes_are_drawn_and_a_press_on_the_board_counts(
    live: Live, page: Page, opened: Callable[[str], None], cases: dict[str, str]
) -> None:
    page.add_init_script(f"({HEADSET})()")
    opened("calm_shore")
    begin(page, "headset")
    expect(page.locator(".stage")).to_have_attribute("data-drawn", "headset")
    drawn(page, 3)
    seen = page.evaluate("({...seen, looked: [...seen.looked]})")
    assert seen["mode"] == "immersive-vr"
    assert seen["spaces"] == ["local-floor"]
    assert seen["looked"] == ["left", "right"]
    expect(page.locator(".stage-count")).to_have_text("1 / 6")
    page.evaluate("([x, y]) => session.press(x, y)", NEXT)
    expect(page.locator(".stage-count")).to_have_text("2 / 6")
    page.evaluate("([x, y]) => session.press(x, y)", (0, 1.9))  # beside the board: nothing
    expect(page.locator(".stage-count")).to_have_text("2 / 6")
    page.evaluate("([x, y]) => session.press(x, y)", STOP)
    expect(page.locator(".stage")).to_be_hidden()
    assert page.evaluate("seen.ended")
    save(page, aftercare_by="康医生")
    assert [one["scene_pack"] for one in kept(live, cases) if one["way"] == "headset"] == ["calm_shore"]


def test_taking_the_headset_off_stops_it(page: Page, opened: Callable[[str], None]) -> None:
    page.add_init_script(f"({HEADSET})()")
    opened("short_breath")
    begin(page, "headset")
    drawn(page, 1)
    page.evaluate("session.end()")
    expect(page.locator(".stage")).to_be_hidden()
    expect(page.locator("input[name=ended][value=stopped]")).to_be_checked()


def test_without_webgl_the_same_steps_go_on_in_words_and_reduced_motion_is_heeded(
    page: Page, opened: Callable[[str], None], axe: Callable[..., None]
) -> None:
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.emulate_media(reduced_motion="reduce")
    opened("short_breath")
    expect(page.locator("[data-still]")).to_be_checked()
    expect(page.locator(".scene-no-picture")).to_be_visible()
    begin(page, "screen")
    page.keyboard.press("Enter")
    expect(page.locator(".stage-pace")).to_contain_text("吸气")
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator("input[name=way][value=text]")).to_be_checked()


def test_steps_take_their_time_and_the_whole_ends_at_its_limit(
    page: Page, opened: Callable[[str], None]
) -> None:
    """The arithmetic of a scene, asked of its own script."""
    opened("short_breath")
    expect(page.locator("[data-open=screen]")).to_be_visible()
    told = page.evaluate(
        """async () => {
          const { Story, breathAt } = await import(performance.getEntriesByType("resource")
            .map((one) => one.name).find((name) => /scene\\/story/.test(name)));
          const step = (key, seconds) =>
            ({ key, say: key, seconds, figure: "none", breath: null, choices: [] });
          const run = (limit, ...acts) => {
            let why = "";
            const told = { changed() {}, ended(w) { why = w; } };
            const story = new Story([step("a", 20), step("b", 30)], limit, told);
            for (const act of acts) typeof act === "number" ? story.tick(act) : story[act]();
            return [why, [...story.done].join(), story.lasted, story.breaks];
          };
          const breath = { in: 4, hold: 0, out: 6 };
          return [run(99, 19), run(99, 20, 30), run(99, 10, "next", 30),
            run(99, 10, "rest", 15, "rest", 10, 30), run(40, 20, 15, "rest", 5), run(99, 20, "stop", 30),
            [0, 4, 10].map((t) => Math.round(breathAt(breath, t).full * 100)), breathAt(breath, 5).word];
        }"""
    )
    assert told == [
        ["", "", 19, 0],
        ["completed", "a,b", 50, 0],
        ["completed", "b", 40, 0],
        ["completed", "a,b", 65, 1],
        ["limit", "a", 40, 1],
        ["request", "a", 20, 0],
        [0, 100, 0],
        "out",
    ]
