"""Every component, in every named state, language, contrast and size, is free of accessibility faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live, show_as

pytestmark = pytest.mark.browser

REPEATED = ("landmark-unique", "heading-order")
"""In the gallery the same piece stands many times, out of its place."""

LOOKS = [
    {"language": "zh-hans"},
    {"language": "en"},
    {"language": "zh-hans", "contrast": "high"},
    {"language": "en", "contrast": "dark"},
    {"language": "zh-hans", "size": "large"},
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
def test_the_whole_gallery_passes_axe(
    live: Live, page: Page, axe: Callable[..., None], look: dict[str, str]
) -> None:
    show_as(page.context, live, **look)
    page.goto(live.url + "/gallery/")
    axe(page, allow=REPEATED)


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_in_the_gallery_needs_sideways_scrolling(live: Live, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live.url + "/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_gallery_passes_axe_on_a_phone(live: Live, page: Page, axe: Callable[..., None]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live.url + "/gallery/")
    axe(page, allow=REPEATED)
