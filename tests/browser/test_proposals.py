"""What takes two people, by two accounts in a browser: one proposes, the other approves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live

pytestmark = pytest.mark.browser


def twins() -> dict[str, str]:
    """One person in two files; both case numbers."""
    from guitu.access import house
    from guitu.store import gate
    from guitu.store.read import file_view
    from tests.conftest import NOW
    from tests.store.writing import VILLAGE, Pen

    found = {}
    for name, pen, number in (
        ("older", Pen(901), "980000850505123"),
        ("newer", Pen(902), "980000198505051230"),
    ):
        who = pen.person("林一帆", "1985-05-05", id_number=number)
        gate.record_many([who, pen.held_by(VILLAGE)], actor=house(), now=NOW)
        view = file_view(pen.file)
        assert view is not None
        found[name] = view.case_no
    return found


@pytest.fixture(scope="module")
def cases(live: Live) -> dict[str, Any]:
    """The invented files, and two of one person."""
    return {**live.call("tests.browser.casefiles:people"), **live.call("tests.browser.test_proposals:twins")}


def out(page: Page) -> None:
    """Sign out."""
    page.locator("form.leave button").click()


def test_an_order_is_proposed_by_the_town_and_approved_by_the_county(
    live: Live, page: Page, sign_in: Callable[..., None], axe: Callable[..., None], cases: dict[str, str]
) -> None:
    case = cases["ended"]
    sign_in("west")
    page.goto(f"{live.url}/files/{case}/record/order/")
    page.get_by_label("社区康复").check()
    page.locator("#f-months").fill("12")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("main")).to_contain_text("须由第二人复核")
    axe(page)
    page.get_by_role("button", name="提交第二人复核").click()
    expect(page.locator("main")).to_contain_text("已提交，等待第二人复核")
    axe(page)
    page.get_by_role("link", name="查看").first.click()
    expect(page.get_by_role("button", name="通过")).to_have_count(0)
    axe(page)
    out(page)
    sign_in("county")
    expect(page.locator("main")).to_contain_text(re.compile(r"有 \d+ 件事项等您复核"))
    page.goto(f"{live.url}/proposals/")
    axe(page)
    page.get_by_role("link", name="登记：决定").first.click()
    expect(page.locator("main")).to_contain_text("新措施：社区康复，待报到")
    axe(page)
    page.get_by_role("button", name="退回并说明").click()
    expect(page.locator(".errors, [role=alert], main")).to_contain_text(["退回时请说明原因"])
    axe(page)
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator("main")).to_contain_text("已通过：登记：决定")
    page.goto(f"{live.url}/files/{case}/history/")
    expect(page.locator("main")).to_contain_text("复核：林县明")


def test_duplicates_are_compared_with_the_keyboard_alone(
    live: Live, page: Page, sign_in: Callable[..., None], axe: Callable[..., None], cases: dict[str, str]
) -> None:
    sign_in("county")
    page.goto(f"{live.url}/people/duplicates/")
    axe(page)
    page.get_by_role("link", name="并排比较").first.focus()
    page.keyboard.press("Enter")
    page.locator("#f-reason").fill("同一人")
    page.get_by_role("button", name="下一步：并排比较").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("两处不同")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
