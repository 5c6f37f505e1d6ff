"""Today with the keyboard alone, on a phone, in large type, and through axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live, show_as

pytestmark = pytest.mark.browser


@pytest.fixture
def today(live: Live, page: Page, sign_in: Callable[..., None]) -> Page:
    """The town office's Today, with work on it."""
    live.call("tests.browser.desk:busy")
    sign_in("town")
    page.goto(live.url + "/?duty=report_in")
    return page


def focused(page: Page) -> str:
    """The words of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def test_tab_goes_from_the_name_to_the_basis_to_the_press(today: Page) -> None:
    line = today.locator("li.due").first
    line.locator(".due-who a").focus()
    name = focused(today)
    today.keyboard.press("Tab")
    assert focused(today).startswith("依据")
    today.keyboard.press("Tab")
    assert focused(today) == f"登记：{name} 报到"
    today.keyboard.press("Tab")
    assert focused(today) == f"更多：{name} 报到"
    today.keyboard.press("Tab")
    assert focused(today) == today.locator("li.due").nth(1).locator(".due-who a").inner_text()


def test_the_basis_opens_in_its_place_with_the_sum_of_days(today: Page, axe: Callable[..., None]) -> None:
    line = today.locator("li.due").first
    line.locator(".due-why > summary").focus()
    today.keyboard.press("Enter")
    expect(line.locator(".why-body")).to_contain_text("戒毒条例")
    expect(line.locator(".why-steps")).to_contain_text("15天")
    assert focused(today).startswith("依据")
    axe(today)


def test_recording_with_the_keyboard_alone_goes_on_to_the_next_line(
    today: Page, axe: Callable[..., None]
) -> None:
    lines = today.locator("li.due")
    first = lines.first
    identifier = first.get_attribute("id")
    second = lines.nth(1).get_attribute("id")
    number = int(today.locator(".due-group .due").count())
    first.locator(".due-do").focus()
    today.keyboard.press("Enter")
    expect(first.locator(".record")).to_be_visible()
    expect(first.locator(".record-act")).to_be_focused()
    axe(today)
    first.locator("form button.primary").focus()
    today.keyboard.press("Enter")
    expect(today.locator(f"#{identifier}.done")).to_contain_text("已办")
    expect(today.locator("#status")).to_contain_text("已登记，还剩")
    expect(today.locator(f"#{second} .due-do")).to_be_focused()
    assert today.locator("li.due").count() == number
    axe(today)


def test_cancelling_gives_the_focus_back_to_the_press(today: Page) -> None:
    press = today.locator("li.due:not(.done) .due-do").last
    press.focus()
    today.keyboard.press("Enter")
    today.locator("[data-close-record]").click()
    expect(press).to_be_focused()
    expect(today.locator("li.due .record")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_nothing_needs_sideways_scrolling_and_no_words_overlap(
    live: Live, today: Page, language: str, size: str, width: int
) -> None:
    show_as(today.context, live, language=language, size=size)
    today.set_viewport_size({"width": width, "height": 800})
    today.goto(live.url + "/")
    assert today.evaluate("document.documentElement.scrollWidth") <= width
    for fold in today.locator(".filter-fold > summary").all():
        fold.click()
        assert today.evaluate("document.documentElement.scrollWidth") <= width
        fold.click()
    overlapping = today.evaluate(
        """() => {
          const parts = [...document.querySelectorAll("li.due")].slice(0, 6).map((line) =>
            [...line.querySelectorAll(".due-line > *, .due-do, .due-why > summary, .due-more > summary")]
            .map((e) => {
              const range = document.createRange(); range.selectNodeContents(e);
              const box = e.matches("a, summary") ? e.getBoundingClientRect() : range.getBoundingClientRect();
              return [e.className || e.tagName, box];
            }));
          const bad = [];
          for (const line of parts) for (const [a, x] of line) for (const [b, y] of line) {
            if (a >= b || !x.width || !y.width) continue;
            if (x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 2 && y.top < x.bottom - 2)
              bad.push(`${a} over ${b}`);
          }
          return bad;
        }"""
    )
    assert overlapping == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_in_large_type_on_a_small_phone_what_is_due_has_the_whole_line(
    live: Live, today: Page, language: str
) -> None:
    show_as(today.context, live, language=language, size="large")
    today.set_viewport_size({"width": 320, "height": 700})
    today.goto(live.url + "/")
    for what in today.locator("li.due .due-what").all()[:4]:
        box = what.bounding_box()
        assert box is not None
        assert box["width"] >= 200


@pytest.mark.parametrize("contrast", ["high", "dark"])
def test_high_contrast_passes_axe(live: Live, today: Page, axe: Callable[..., None], contrast: str) -> None:
    show_as(today.context, live, contrast=contrast)
    today.goto(live.url + "/")
    axe(today)


def test_the_reason_for_not_coming_is_given_from_the_line_with_the_keyboard(
    today: Page, axe: Callable[..., None]
) -> None:
    line = today.locator("li.due").first
    line.locator(".due-more > summary").focus()
    today.keyboard.press("Enter")
    today.keyboard.press("Tab")
    assert focused(today).startswith("说明原因：")
    axe(today)
    today.keyboard.press("Enter")
    form = line.locator(".due-form form")
    expect(form.locator("input[name=of][value=report_in]")).to_be_checked()
    form.locator("[data-close-record]").click()
    expect(form).to_have_count(0)


def test_hits_on_a_phone_are_large_enough(live: Live, today: Page) -> None:
    today.set_viewport_size({"width": 390, "height": 844})
    today.goto(live.url + "/")
    for box in today.locator("li.due:not(.done) .due-do").all()[:3]:
        assert (box.bounding_box() or {"height": 0})["height"] >= 44


def test_the_printed_sheet_holds_the_table_and_none_of_the_frame(live: Live, today: Page) -> None:
    today.goto(live.url + "/today/print/")
    today.emulate_media(media="print")
    expect(today.locator(".top")).to_be_hidden()
    expect(today.locator(".no-print")).to_be_hidden()
    expect(today.locator(".sheet table")).to_be_visible()
    pdf = today.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
