"""People with the keyboard alone, on a phone, and through axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live, show_as

pytestmark = pytest.mark.browser


@pytest.fixture
def people(live: Live, page: Page, sign_in: Callable[..., None]) -> Page:
    """The town office's People."""
    live.call("tests.browser.desk:busy")
    sign_in("town")
    page.goto(live.url + "/people/")
    return page


def test_a_person_is_found_with_the_keyboard_from_any_page(live: Live, people: Page) -> None:
    people.goto(live.url + "/about/")
    people.keyboard.press("/")
    people.keyboard.type("zyj")
    people.keyboard.press("Enter")
    people.wait_for_url("**/people/?q=zyj")
    expect(people.locator("h1")).to_have_text("人员")
    expect(people.locator(".heading p").first).to_contain_text("找到")
    name = people.locator("tbody th a").first
    name.focus()
    people.keyboard.press("Enter")
    people.wait_for_url("**/files/**")


def test_adding_a_person_with_the_keyboard_alone(live: Live, people: Page, axe: Callable[..., None]) -> None:
    people.goto(live.url + "/people/?q=诸葛新人")
    axe(people)
    people.get_by_role("link", name="新建人员").focus()
    people.keyboard.press("Enter")
    expect(people.locator("#f-name")).to_have_value("诸葛新人")
    expect(people.locator("#f-name")).to_be_focused()
    people.keyboard.press("Control+Enter")
    expect(people.locator(".error-summary")).to_be_focused()
    assert people.title().startswith("有误：")
    axe(people)
    people.locator("#f-sex").focus()
    people.keyboard.press("2")
    people.keyboard.press("Control+Enter")
    people.wait_for_url("**/files/**saved=**")
    people.goto(live.url + "/people/?q=zhugexinren")
    expect(people.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 390, 1366])
def test_nothing_needs_sideways_scrolling(
    live: Live, people: Page, language: str, size: str, width: int
) -> None:
    show_as(people.context, live, language=language, size=size)
    people.set_viewport_size({"width": width, "height": 800})
    for address in ("/people/?list=all", "/people/?q=zhao", "/people/new/"):
        people.goto(live.url + address)
        assert people.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_row_is_three_lines_on_a_phone(live: Live, people: Page) -> None:
    people.set_viewport_size({"width": 390, "height": 844})
    people.goto(live.url + "/people/?list=all")
    box = people.locator("tbody tr").first.bounding_box()
    assert box is not None
    assert box["height"] < 130


@pytest.mark.parametrize("contrast", ["normal", "high", "dark"])
def test_lists_pass_axe_screened_and_not(
    live: Live, people: Page, axe: Callable[..., None], contrast: str
) -> None:
    show_as(people.context, live, contrast=contrast)
    people.goto(live.url + "/people/?list=all")
    axe(people)
    people.get_by_role("button", name="遮挡").click()
    expect(people.get_by_role("button", name="取消遮挡")).to_have_attribute("aria-pressed", "true")
    axe(people)
    people.get_by_role("button", name="取消遮挡").click()


def test_printed_people_are_the_list_and_nothing_to_press(live: Live, people: Page) -> None:
    people.emulate_media(media="print")
    for gone in (".top", ".people-find", ".filters", ".pager", ".actions"):
        assert people.locator(gone).first.is_hidden(), gone
    expect(people.locator("tbody tr").first).to_be_visible()


def test_paper_says_of_which_unit_it_is_who_printed_it_and_when(people: Page) -> None:
    foot = people.locator(".foot")
    expect(foot.get_by_role("link").first).to_be_visible()
    assert "打印时间" not in foot.inner_text()
    people.emulate_media(media="print")
    assert foot.inner_text().strip() == "河东镇 · 制表人：李晓梅 · 打印时间：2026-11-23 10:00"
