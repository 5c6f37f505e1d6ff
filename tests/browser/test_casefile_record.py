"""A caseworker at the keyboard: from the file to a saved entry and back, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live, show_as

pytestmark = pytest.mark.browser

SignIn = Callable[..., None]
Axe = Callable[..., None]


@pytest.fixture(scope="module")
def cases(live: Live) -> dict[str, str]:
    """The invented files, in the live store."""
    found: dict[str, str] = live.call("tests.browser.casefiles:people")
    return found


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until that is focused, as somebody without a mouse does."""
    wanted = page.locator(selector)
    expect(wanted).to_be_visible()
    for _ in range(most):
        if wanted.evaluate("box => box === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def test_a_test_is_recorded_from_the_file_by_keyboard_alone(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['late']}/")
    tab_to(page, ".identity .button.primary")
    page.keyboard.press("Enter")
    tab_to(page, f"a[href='/files/{cases['late']}/record/urine_test/']")
    page.keyboard.press("Enter")
    expect(page.locator("#f-happened_on")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("-1")
    expect(page.locator("#f-happened_on-echo")).to_have_text("2026年11月22日 周日")
    page.keyboard.press("Enter")
    expect(page.locator("#f-outcome")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("#f-result")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#f-result")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator(".effects")).to_contain_text("只记入经历")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"\?saved="))
    expect(page.locator(".notice.fresh")).to_contain_text("已保存：检测")
    expect(page.locator(".moment-day").first).to_contain_text("2026-11-22")


def test_the_effect_follows_the_answers_without_moving_the_focus(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['in_force']}/record/detained/")
    expect(page.locator(".effects")).to_contain_text("执行中 → 中止")
    page.fill("#f-happened_on", "20261113")
    expect(page.locator(".effects")).to_contain_text("改为 2028-03-30")
    expect(page.locator("#f-happened_on")).to_be_focused()
    page.fill("#f-happened_on", "2026-13-01")
    expect(page.locator(".effects")).to_contain_text("填好必填项后")


def test_a_question_that_is_not_asked_is_not_shown_and_not_sent(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['suspended']}/record/urine_test/")
    expect(page.locator("#f-result")).to_be_hidden()
    page.check("input[name=outcome][value=taken]")
    page.check("input[name=result][value=positive]")
    page.check("input[name=outcome][value=refused]")
    expect(page.locator("#f-result")).to_be_hidden()
    page.click("button.primary")
    page.wait_for_url(re.compile(r"\?saved="))
    expect(page.locator(".moment-line").first).to_have_text("检测：拒检")


def test_faults_take_the_focus_and_lead_to_their_boxes(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['in_force']}/record/absence/")
    page.fill("#f-days", "许多")
    page.click("button.primary")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^有误："))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-authorised")).to_be_focused()
    expect(page.locator("#f-days")).to_have_value("许多")


def test_what_was_typed_survives_a_lost_page_until_it_is_saved(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    where = f"{live.url}/files/{cases['corrected']}/record/remark/"
    page.goto(where)
    page.fill("#f-text", "家属来访")
    page.wait_for_timeout(600)  # what is typed is kept after a short pause
    page.goto(live.url + "/about/")
    page.goto(where)
    expect(page.locator("#f-text")).to_have_value("家属来访")
    page.click("button.primary")
    page.wait_for_url(re.compile(r"\?saved="))
    page.goto(where)
    expect(page.locator("#f-text")).to_have_value("")


def test_from_today_the_form_opens_in_its_line_and_leaves_the_line_done(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(live.url + "/")
    press = page.locator(f"a[href*='{cases['not_covered']}/record/agreement']")
    press.click()
    expect(page.locator(".record-act")).to_be_focused()
    page.locator(".record-inline [data-close-record]").click()
    expect(page.locator(".record-inline")).to_have_count(0)
    expect(press).to_be_focused()
    press.click()
    page.fill(".record-inline #f-happened_on", "2026-13-45")
    page.locator(".record-inline button.primary").click()
    expect(page.locator(".record-inline #error-summary")).to_be_focused()
    page.fill(".record-inline #f-happened_on", "今天")
    page.locator(".record-inline button.primary").click()
    expect(page.locator(".due.done")).to_contain_text("签订协议")
    expect(page.locator("#status")).to_contain_text("已登记，还剩")


def test_a_unit_is_found_while_its_name_is_typed(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['not_covered']}/record/change_of_place/")
    page.locator("#f-to_unit").press_sequentially("坡村")
    options = page.locator("#f-to_unit-options input[type=radio]")
    expect(options).to_have_count(2)
    expect(page.locator("#status")).to_have_text("找到 2 个")
    page.check("#f-to_unit-options input[value='469023101200']")
    expect(page.locator(".effects-body")).not_to_contain_text("填好必填项后")
    page.click("button.primary")
    page.wait_for_url(re.compile(r"\?saved="))
    expect(page.locator(".moments")).to_contain_text("西坡村")


def test_what_touches_liberty_is_checked_and_can_be_changed_before_it_is_saved(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['ended']}/record/order/")
    page.check("input[name=measure][value=community_recovery]")
    page.fill("#f-months", "24")
    page.click("button.primary")
    expect(page.locator("h1")).to_have_text("核对后再保存")
    page.click("button[name=change][value=months]")
    expect(page.locator("#f-months")).to_be_focused()
    expect(page.locator("#f-months")).to_have_value("24")
    page.fill("#f-months", "36")
    page.click("button.primary")
    expect(page.locator(".answers")).to_contain_text("36 个月")
    page.click("button.grave")
    page.wait_for_url(re.compile(r"\?proposed="))
    expect(page.locator(".notice").first).to_contain_text("复核")


def test_a_correction_withdraws_the_finding_and_says_so(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['late']}/")
    page.click(".finding .why > summary")
    page.locator(".finding .why-sources a").first.click()
    page.locator(".moment:target a", has_text="更正").click()
    page.check("input[name=outcome][value=taken]")
    page.check("input[name=result][value=negative]")
    page.fill("#f-correction_reason", "录错情况")
    expect(page.locator(".effects")).to_contain_text("“严重违反协议”撤销")
    page.click("button.primary")
    page.wait_for_url(re.compile(r"\?saved="))
    expect(page.locator(".notice.fresh")).to_contain_text("提示“严重违反协议”撤销")
    expect(page.locator("#findings")).to_have_count(0)


def test_other_pages_of_the_history_come_in_place_and_back_gives_the_page(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['in_force']}/history/")
    page.click(".pager a[rel=next]")
    expect(page.locator("#history-title")).to_be_focused()
    expect(page.locator("#status")).to_have_text(re.compile("第 21–"))
    assert "page=2" in page.url
    page.go_back()
    expect(page.locator(".moment-day").first).to_contain_text("2026-")
    expect(page.locator("h1")).to_have_text("符某某")
    page.click(".chip:has-text('检测')")
    expect(page.locator("#status")).to_have_text(re.compile("经历 1\\d 条"))
    assert "kind=urine_test" in page.url


def test_the_number_is_shown_in_its_place_and_said(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['in_force']}/")
    button = page.locator(".identity-number button")
    button.click()
    expect(page.locator("#identity-number")).to_have_text("981010198506030010")
    expect(page.locator("#status")).to_have_text("证件号已显示，已记入查阅记录")
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_nothing_needs_sideways_scrolling(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str], width: int
) -> None:
    sign_in("west")
    page.set_viewport_size({"width": width, "height": 800})
    for part in ("", "history/", "measures/", "record/", "record/urine_test/"):
        page.goto(f"{live.url}/files/{cases['rights']}/{part}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part


@pytest.mark.parametrize("size", ["normal", "large"])
def test_on_a_phone_what_is_due_comes_before_the_rest_and_can_be_pressed(
    live: Live, page: Page, context: BrowserContext, sign_in: SignIn, cases: dict[str, str], size: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("west")
    show_as(context, live, size=size)
    page.goto(f"{live.url}/files/{cases['rights']}/")
    press = page.locator(".duty-do a").first
    box = press.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    assert page.locator("#duties").bounding_box()["y"] < page.locator("#history").bounding_box()["y"]  # type: ignore[index]
    expect(page.locator(".moment:visible")).to_have_count(5)
    expect(page.locator(".earlier a")).to_be_visible()


def test_the_printed_file_keeps_its_words_and_leaves_out_what_is_pressed(
    live: Live, page: Page, sign_in: SignIn, cases: dict[str, str]
) -> None:
    sign_in("west")
    page.goto(f"{live.url}/files/{cases['rights']}/")
    page.emulate_media(media="print")
    for gone in (".top", ".tabs", ".identity .actions", ".duty-do", ".look", ".identity-number form"):
        assert page.locator(gone).first.is_hidden(), gone
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".duty-word").first).to_contain_text("逾期 6 天")
    expect(page.locator(".moment").first).to_be_visible()


@pytest.mark.parametrize("look", [{}, {"language": "en"}, {"contrast": "high"}, {"contrast": "dark"}])
def test_real_files_and_forms_pass_axe(
    live: Live, page: Page, context: BrowserContext, sign_in: SignIn, axe: Axe, cases: dict[str, str],
    look: dict[str, str],
) -> None:  # fmt: skip
    sign_in("west")
    show_as(context, live, **look)
    for name in ("rights", "corrected"):
        for part in ("", "duties/", "measures/", "history/", "record/", "record/order/"):
            page.goto(f"{live.url}/files/{cases[name]}/{part}")
            for folded in page.locator("details:not([open]) > summary").all():
                if folded.is_visible():
                    folded.click()
            axe(page)
