"""Units: the tree unfolds with the keyboard, fits a phone one level at a time, and passes axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live, show_as

pytestmark = pytest.mark.browser


@pytest.fixture
def units(live: Live, page: Page, sign_in: Callable[..., None]) -> Page:
    """The province's Units."""
    live.call("tests.browser.desk:busy")
    sign_in("province")
    page.goto(live.url + "/units/")
    return page


def test_branches_unfold_with_the_keyboard_down_to_the_village(units: Page, axe: Callable[..., None]) -> None:
    for name in ("示例县", "河东镇"):
        summary = units.locator(f"summary:has-text('{name}的下级')")
        summary.focus()
        units.keyboard.press("Enter")
        expect(summary).to_be_focused()
    expect(units.get_by_role("link", name="东坡村")).to_be_visible()
    expect(units.get_by_role("status")).to_have_text("河东镇：2 个下级单位")
    axe(units)
    edges = units.evaluate(
        "[...document.querySelectorAll('.unit-tree .unit-line')].filter((e) => e.offsetParent)"
        ".map((e) => Math.round(e.querySelector('.unit-count').getBoundingClientRect().right))"
    )
    assert len(edges) > 3
    assert len(set(edges)) == 1
    units.get_by_role("link", name="东坡村").click()
    expect(units.locator("h1")).to_have_text("东坡村")
    expect(units.locator(".crumbs")).to_contain_text("示例县")


def test_a_branch_unfolded_the_moment_it_appears_is_fetched_all_the_same(units: Page) -> None:
    units.evaluate(
        """new MutationObserver(() => {
          const early = [...document.querySelectorAll("details.unit-below summary")]
            .find((s) => s.textContent.includes("河东镇"));
          if (early) early.parentElement.open = true;
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    units.locator("summary:has-text('示例县的下级')").click()
    expect(units.get_by_role("link", name="东坡村")).to_be_visible()


def test_a_search_jumps_to_a_unit(units: Page) -> None:
    units.locator("#unit-q").fill("nanyuan")
    units.keyboard.press("Enter")
    expect(units.locator("h1")).to_have_text("南园村")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_phone_shows_one_level_and_needs_no_sideways_scrolling(
    live: Live, units: Page, language: str, size: str, width: int
) -> None:
    show_as(units.context, live, language=language, size=size)
    units.set_viewport_size({"width": width, "height": 800})
    units.goto(live.url + "/units/469023/")
    assert units.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        expect(units.locator(".unit-below").first).to_be_hidden()


@pytest.mark.parametrize("contrast", ["normal", "high", "dark"])
def test_it_passes_axe_in_every_contrast(
    live: Live, units: Page, axe: Callable[..., None], contrast: str
) -> None:
    show_as(units.context, live, contrast=contrast)
    for address in ("/units/", "/units/469023100/", "/units/?q=po"):
        units.goto(live.url + address)
        axe(units)
