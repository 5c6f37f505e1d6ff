"""A person on a phone: signs in, reads, asks, complains; somebody answers; the person reads the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live
from tests.browser.seed import PASSWORD

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def own(live: Live) -> dict[str, str]:
    found: dict[str, str] = live.call("tests.browser.people_with_accounts:person")
    return found


def enter(page: Page, live: Live, username: str) -> None:
    page.goto(live.url + "/sign-in/")
    page.fill("#f-username", username)
    page.fill("#f-password", PASSWORD)
    page.click(".signin-form button.primary")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_on_a_phone_a_person_asks_and_reads_the_answer(
    live: Live, browser: Browser, page: Page, axe: Callable[..., None], own: dict[str, str]
) -> None:
    page.set_viewport_size(PHONE)
    enter(page, live, own["username"])
    expect(page).to_have_url(re.compile(r"/mine/$"))
    expect(page).to_have_title("我的事项")
    expect(page.locator("h1")).to_contain_text("您现在：社区戒毒")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    axe(page)
    page.click("text=怎么算的？")
    expect(page.locator("details.because[open]").first).to_contain_text("＋ 3年")

    page.click("text=我认为有错")
    page.fill("#f-text", "户籍地写错了")
    axe(page)
    page.click("text=提出更正")
    expect(page.locator(".notice")).to_contain_text("已收到，编号")

    page.click("text=对检测结果有异议")
    page.check("input[name=entry]")
    page.click("button:has-text('提出异议')")
    expect(page.locator(".notice")).to_contain_text("已收到，编号")

    page.click("text=我要投诉")
    page.check("input[name=against] >> nth=0")
    page.fill("#f-text", "报到那天没有人在")
    page.check("input[name=named][value=no]")
    page.click("text=提交投诉")
    expect(page.locator(".notice")).to_contain_text("已收到，编号")

    desk = browser.new_context(viewport={"width": 1366, "height": 768})
    inspector = desk.new_page()
    enter(inspector, live, "inspector")
    inspector.goto(live.url + "/remedies/")
    inspector.click("table a >> nth=0")
    expect(inspector.locator("main")).to_contain_text("报到那天没有人在")
    axe(inspector)
    inspector.check("input[name=outcome][value=upheld]")
    inspector.fill("#f-text", "已要求改正。")
    inspector.click("section:has(h2:has-text('答复本人')) button")
    expect(inspector.locator(".notice")).to_contain_text("答复")
    desk.close()

    page.goto(live.url + "/mine/")
    expect(page.locator("#asked")).to_be_visible()
    expect(page.locator("main")).to_contain_text("已要求改正。")
    axe(page)


def test_leaving_quickly_shows_the_date_and_nothing_else(live: Live, page: Page, own: dict[str, str]) -> None:
    page.set_viewport_size(PHONE)
    enter(page, live, own["username"])
    page.click("text=快速离开")
    expect(page).to_have_title("日历")
    page.goto(live.url + "/mine/")
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_five_minutes_without_a_touch_leave_by_themselves(
    live: Live, page: Page, own: dict[str, str]
) -> None:
    page.clock.install()
    enter(page, live, own["username"])
    expect(page).to_have_title("我的事项")
    page.clock.fast_forward("06:00")
    expect(page).to_have_title("日历")


def test_everything_works_without_script(live: Live, browser: Browser, own: dict[str, str]) -> None:
    plain = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = plain.new_page()
    enter(page, live, own["username"])
    page.click("text=我需要帮助")
    page.check("input[name=need][value=work]")
    page.click("button:has-text('请求帮助')")
    expect(page.locator(".notice")).to_contain_text("已收到，编号")
    expect(page.locator("main")).to_contain_text("请求帮助：工作")
    plain.close()


def test_large_type_is_larger_and_still_fits(live: Live, page: Page, own: dict[str, str]) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    enter(page, live, own["username"])
    page.click("text=大字")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 22
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_printed_sheet_is_one_page(live: Live, page: Page, own: dict[str, str]) -> None:
    enter(page, live, "town")
    page.goto(f"{live.url}/people/{own['case_no']}/sheet/")
    expect(page).to_have_title("我的事项")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
