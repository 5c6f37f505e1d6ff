"""Ledgers in a real browser: with the keyboard alone, while it runs, killed with its server, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Live, show_as

pytestmark = pytest.mark.browser

FIXTURES = ROOT / "tests" / "exchange" / "fixtures"
ROSTER = FIXTURES / "facility_roster.xlsx"

Axe = Callable[..., None]


@pytest.fixture
def intake(live: Live, page: Page, sign_in: Callable[..., None]) -> Page:
    """The intake officer on Ledgers."""
    sign_in("intake")
    page.goto(live.url + "/ledgers/")
    return page


@pytest.fixture
def checked(intake: Page) -> Page:
    """The roster sent in, its check on the page."""
    intake.set_input_files("#f-file", ROSTER)
    intake.click("button:has-text('上传并核对')")
    expect(intake.locator("h1")).to_have_text("核对台账")
    return intake


def test_a_file_that_cannot_be_read_takes_the_focus_to_its_sentence(
    intake: Page, axe: Axe, tmp_path: Path
) -> None:
    broken = tmp_path / "花名册.xlsx"
    broken.write_bytes(ROSTER.read_bytes()[:4000])
    intake.set_input_files("#f-file", broken)
    intake.click("button:has-text('上传并核对')")
    expect(intake.locator("#error-summary")).to_be_focused()
    expect(intake.locator("#error-summary")).to_contain_text("文件已损坏")
    expect(intake).to_have_title(re.compile("^有误："))
    intake.click("#error-summary a")
    expect(intake.locator("#f-file")).to_be_focused()
    axe(intake)


def test_the_next_fault_brings_its_row_into_sight_and_marks_it(checked: Page, axe: Axe) -> None:
    checked.click(".chip:has-text('全部行')")
    checked.click("a:has-text('下一处有误')")
    row = checked.locator("tr.now")
    expect(row).to_have_attribute("id", "r20")
    expect(row).to_be_in_viewport()
    checked.click("a:has-text('下一处有误')")
    expect(checked.locator("tr.now")).to_have_attribute("id", "r32")
    expect(checked.locator("tr.now")).to_be_in_viewport()
    axe(checked)


def test_all_columns_scroll_in_a_region_of_their_own(checked: Page, axe: Axe) -> None:
    checked.click("a:has-text('看全部 18 列')")
    expect(checked.locator("#rows [role=region]")).to_be_visible()
    assert checked.evaluate("document.documentElement.scrollWidth") <= 1366
    axe(checked)


def test_on_paper_the_check_is_a_table_with_every_column_on_the_sheet(checked: Page) -> None:
    checked.click("a:has-text('看全部')")
    expect(checked.locator(".list.wide")).to_be_visible()
    checked.set_viewport_size({"width": 1062, "height": 794})  # A4 lying, without its margins
    checked.emulate_media(media="print")
    table = checked.locator("#rows table")
    assert table.evaluate("e => getComputedStyle(e).display") == "table"
    assert table.evaluate("e => getComputedStyle(e.tHead).display") == "table-header-group"
    assert checked.evaluate("document.documentElement.scrollWidth") <= 1062
    assert checked.locator("body").evaluate("e => getComputedStyle(e).page") == "wide"
    expect(checked.locator(".ledger-tools")).to_be_hidden()
    checked.go_back()
    checked.set_viewport_size({"width": 794, "height": 1123})
    assert table.evaluate("e => getComputedStyle(e).display") == "table"


def test_how_the_sheet_was_read_unfolds(checked: Page, axe: Axe) -> None:
    checked.click("summary:has-text('这张表是怎么读的')")
    expect(checked.locator("#reading")).to_contain_text("身份证号码")
    axe(checked)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1366])
def test_nothing_needs_sideways_scrolling(
    live: Live, checked: Page, language: str, size: str, width: int
) -> None:
    show_as(checked.context, live, language=language, size=size)
    checked.set_viewport_size({"width": width, "height": 800})
    for where in (
        checked.url,
        checked.url + "?show=all",
        checked.url + "?columns=all",
        live.url + "/ledgers/",
    ):
        checked.goto(where)
        assert checked.evaluate("document.documentElement.scrollWidth") <= width, where


def test_from_the_file_to_the_result_with_the_keyboard_alone(checked: Page, axe: Axe) -> None:
    for _ in range(40):
        if checked.locator("button:focus").count() and "导入可用的" in checked.locator(":focus").inner_text():
            break
        checked.keyboard.press("Tab")
    checked.keyboard.press("Enter")
    expect(checked.locator("h1")).to_have_text("导入结果")
    expect(checked.locator(".notice.fresh")).to_contain_text("已导入 115 行")
    axe(checked)
    # The tests' clock stands still: every file was sent "now", so look at all of them, not at a page.
    checked.goto(checked.url.partition("/ledgers/")[0] + "/ledgers/?size=100")
    expect(checked.locator("#batches tbody tr").filter(has_text="已导入")).to_have_count(1)
    axe(checked)
