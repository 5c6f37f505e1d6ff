"""A call between two browsers on one closed network: both see the other's moving picture, nothing leaves the
house."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import TIMEOUT, Live
from tests.browser.seed import PASSWORD
from tests.prerequisites import CHROMIUM_FLAGS

pytestmark = pytest.mark.browser

LONG: Final = 3 * TIMEOUT * 1000
"""Milliseconds: two browsers and a server on one busy machine."""

CAMERA: Final = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""Chromium's own test picture in place of a camera, and its leave without asking."""

WATCH: Final = """
window.peers = [];
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...told) { super(...told); window.peers.push(this); window.asked = told[0]; }
};
"""
"""Keeps the connections that the page makes, so that the test may ask them what came in."""

FRAMES: Final = """async () => {
  for (const peer of window.peers) {
    for (const one of (await peer.getStats()).values()) {
      if (one.type !== 'inbound-rtp' || one.kind !== 'video') continue;
      if (one.framesDecoded > 5) return one.framesDecoded;
    }
  }
  return 0;
}"""

KINDS: Final = """async () => {
  const found = [];
  for (const peer of window.peers) {
    for (const one of (await peer.getStats()).values()) {
      if (/candidate$/.test(one.type)) found.push(one.candidateType);
    }
  }
  return found;
}"""


def until(page: Page, question: str) -> None:
    """Wait until the page answers yes. Playwright's own way of waiting evaluates text inside the page, which
    its security policy forbids."""
    end = time.monotonic() + LONG / 1000
    while not page.evaluate(question):
        assert time.monotonic() < end, f"{question}\n{page.inner_text('[data-state]')}"
        page.wait_for_timeout(200)


@pytest.fixture(scope="module")
def seeing(browser: Browser, chromium_path: Path) -> Iterator[tuple[Browser, Browser]]:
    """Two browsers, each a program of its own, with a test picture for a camera."""
    found = [
        browser.browser_type.launch(
            executable_path=str(chromium_path), args=[*CHROMIUM_FLAGS, *CAMERA], timeout=TIMEOUT * 2000
        )
        for _ in range(2)
    ]
    yield found[0], found[1]
    for one in found:
        one.close()


def opened(browser: Browser, live: Live, account: str, complaints: list[str]) -> Page:
    """A tab in which that account is signed in. What the security policy refuses is a complaint."""
    context: BrowserContext = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(LONG)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(live.url) else complaints.append(r.url))
    page.goto(live.url + "/sign-in/")
    page.fill("#f-username", account)
    page.fill("#f-password", PASSWORD)
    page.click(".signin-form button.primary")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


@pytest.fixture
def pair(live: Live, seeing: tuple[Browser, Browser]) -> Iterator[Callable[[], tuple[Page, Page]]]:
    """`pair()` gives the tabs of the centre's doctor and of the hospital's; nothing may be complained of."""
    complaints: list[str] = []
    pages: list[Page] = []

    def do() -> tuple[Page, Page]:
        pages.extend(
            opened(browser, live, name, complaints)
            for browser, name in zip(seeing, ("doctor", "hospital"), strict=True)
        )
        return pages[0], pages[1]

    yield do
    for page in pages:
        page.context.close()
    assert complaints == []


def test_two_browsers_see_each_other_and_the_room_is_empty_afterwards(
    live: Live, pair: Callable[[], tuple[Page, Page]], axe: Callable[..., None]
) -> None:
    where = live.call("tests.browser.consulting:accepted")["where"]
    centre, hospital = pair()
    for page in (centre, hospital):
        page.goto(f"{live.url}{where}")
        page.get_by_role("link", name="进入会诊室").click()
        axe(page)
        page.get_by_role("button", name="用画面和声音进入").click()
    for page in (centre, hospital):
        expect(page.locator("[data-state]")).to_have_text("已接通。", timeout=LONG)
        expect(page.locator("[data-present] li")).to_have_count(2, timeout=LONG)
        until(page, "() => document.querySelector('[data-there]').videoWidth > 0")
        until(page, FRAMES)
        assert page.evaluate("window.asked.iceServers") == []
        kinds = set(page.evaluate(KINDS))
        assert kinds
        assert kinds <= {"host", "prflx"}, "nobody outside was asked for an address"
    centre.fill("#f-text", "请再量一次血压")
    centre.keyboard.press("Enter")
    expect(hospital.locator("[data-words]")).to_contain_text("请再量一次血压", timeout=LONG)
    expect(hospital.locator("[data-words]")).to_contain_text("周医生", timeout=LONG)
    hospital.get_by_role("button", name="离开会诊室").click()
    expect(centre.locator("[data-present] li")).to_have_count(1, timeout=LONG)
    centre.get_by_role("button", name="离开会诊室").click()
    expect(centre.locator("[data-state]")).to_have_text("您已离开。", timeout=LONG)
    assert live.call("tests.browser.consulting:left_in_rooms") == [0, 0]


def test_a_browser_that_comes_back_is_called_again(live: Live, pair: Callable[[], tuple[Page, Page]]) -> None:
    where = live.call("tests.browser.consulting:accepted", place=802)["where"]
    centre, hospital = pair()
    for page in (centre, hospital):
        page.goto(f"{live.url}{where}room/")
        page.get_by_role("button", name="用画面和声音进入").click()
    for page in (centre, hospital):
        until(page, FRAMES)
    hospital.reload()
    hospital.get_by_role("button", name="用画面和声音进入").click()
    until(hospital, FRAMES)
    until(centre, "() => window.peers.length > 1")
    until(centre, FRAMES)


def test_without_a_camera_the_call_goes_on_in_words_and_says_why(
    live: Live, pair: Callable[[], tuple[Page, Page]]
) -> None:
    where = live.call("tests.browser.consulting:accepted", place=803)["where"]
    centre, hospital = pair()
    refuse = (
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }"
    )
    for page in (centre, hospital):
        page.goto(f"{live.url}{where}room/")
    hospital.evaluate(f"() => {{ {refuse} }}")
    hospital.get_by_role("button", name="用画面和声音进入").click()
    expect(hospital.locator("[data-state]")).to_contain_text("没有得到使用摄像头、麦克风的许可", timeout=LONG)
    centre.get_by_role("button", name="用画面和声音进入").click()
    expect(centre.locator("[data-present]")).to_contain_text("只有文字", timeout=LONG)
    hospital.fill("#f-text", "我这边没有摄像头，改打电话")
    hospital.keyboard.press("Enter")
    expect(centre.locator("[data-words]")).to_contain_text("改打电话", timeout=LONG)
    centre.get_by_label("电话").check()
    centre.fill("#f-call-why", "医院没有摄像头")
    centre.fill("#f-call-present", "医生、护士、本人")
    centre.get_by_role("button", name="登记通话").click()
    expect(centre.locator("main")).to_contain_text("医院没有摄像头", timeout=LONG)


def test_camera_and_microphone_are_open_to_this_page_alone(
    live: Live, pair: Callable[[], tuple[Page, Page]]
) -> None:
    where = live.call("tests.browser.consulting:accepted", place=804, video="no")["where"]
    centre, _ = pair()
    centre.goto(f"{live.url}{where}room/")
    may = "document.featurePolicy.allowedFeatures().filter((f) => /^(camera|microphone)$/.test(f)).sort()"
    assert centre.evaluate(may) == ["camera", "microphone"]
    expect(centre.get_by_role("button", name="用画面和声音进入")).to_be_hidden()  # no consent to video
    centre.goto(f"{live.url}{where}")
    assert centre.evaluate(may) == []
    assert re.search("本人同意，不同意视频", centre.inner_text("main"))
