"""A round of patrol on a phone: codes scanned by the camera, one read from an NFC tag, one typed; and without
script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Live
from tests.browser.rounds import CODES
from tests.browser.seed import PASSWORD

TAG = """
window.NDEFReader = class extends EventTarget {
  async scan() {
    const data = new TextEncoder().encode("http://elsewhere.invalid/safety/at/CODE/");
    setTimeout(() => {
      const event = new Event("reading");
      event.message = { records: [{ recordType: "url", data }] };
      this.dispatchEvent(event);
    }, 50);
  }
};
"""


def planned(live: Live) -> None:
    if not live.call("tests.browser.rounds:hanging"):
        live.call("tests.browser.rounds:planned")


def wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_a_round_is_walked_with_one_thumb(
    live: Live, page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], None]
) -> None:
    planned(live)
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(TAG.replace("CODE", CODES["食堂"]))
    sign_in("centre")
    page.goto(f"{live.url}/safety/")
    assert wide(page) <= 390
    axe(page)
    page.goto(f"{live.url}/safety/at/{CODES['大门']}/")  # what the camera opens
    axe(page)
    button = page.get_by_role("button", name="开始巡查并到点")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.click()
    page.wait_for_url("**/safety/round/**")
    assert page.get_by_text("已到：大门，还有 2 处").is_visible()
    axe(page)
    assert wide(page) <= 390
    page.get_by_role("button", name="读 NFC 标签").click()
    page.wait_for_url(f"**/safety/at/{CODES['食堂']}/")  # of the tag's address only the path counts
    page.get_by_role("button", name="到点", exact=True).click()
    page.wait_for_url("**/safety/round/**")
    page.get_by_label("巡查码").fill("cccc 4444")
    page.get_by_role("button", name="到点", exact=True).click()
    page.wait_for_url("**marked=CCCC4444")
    page.get_by_role("button", name="结束巡查").click()
    page.wait_for_url("**saved=patrol_round")
    one = live.call("tests.browser.rounds:walked")[0]
    told = {name: one[name] for name in ("points", "visited", "missed", "typed")}
    assert told == {"points": "3", "visited": "3", "missed": "0", "typed": "1"}
    page.goto(f"{live.url}/safety/points/codes/")
    assert page.locator(".safety-codes svg").count() == len(CODES)
    assert wide(page) <= 390
    axe(page)


def test_a_round_is_walked_without_script_at_320_pixels(live: Live, browser: Browser) -> None:
    planned(live)
    before = len(live.call("tests.browser.rounds:walked"))
    with browser.new_context(
        viewport={"width": 320, "height": 640}, locale="zh-CN", java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto(f"{live.url}/sign-in/")
        page.fill("input[name=username]", "centre")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.goto(f"{live.url}/safety/patrol/")
        page.get_by_role("button", name="开始巡查").click()
        page.goto(f"{live.url}/safety/at/{CODES['大门']}/")
        page.get_by_role("button", name="到点", exact=True).click()
        assert not page.locator("[data-nfc]").is_visible()
        page.get_by_role("button", name="结束巡查").click()
        assert page.get_by_text("漏了 2 处，请写为什么").first.is_visible()
        page.get_by_label("为什么漏").fill("门锁着")
        page.get_by_role("button", name="结束巡查").click()
        assert page.get_by_text("已保存：巡查").is_visible()
    assert len(live.call("tests.browser.rounds:walked")) == before + 1
