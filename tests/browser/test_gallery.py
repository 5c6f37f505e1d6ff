"""Every component, in every named state, language, contrast and size, is free of accessibility faults."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module

import pytest
from playwright.sync_api import Page

from guitu.web import pages
from guitu.web.pages.people.page import STATES
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


def test_a_fault_is_found_on_the_first_look_the_second_and_the_next_page(
    live: Live, page: Page, axe: Callable[..., None]
) -> None:
    """All that stands here, and in every other walk, rests on that."""
    picture = "document.body.insertAdjacentHTML('beforeend', '<img src=/static/none.png>')"
    for _ in range(2):
        page.goto(live.url + "/gallery/page/people/" + STATES[0].name + "/")
        axe(page)
        page.evaluate(picture)
        with pytest.raises(AssertionError, match="image-alt"):
            axe(page)
        axe(page, allow=("image-alt", "region"))


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_in_the_gallery_needs_sideways_scrolling(live: Live, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live.url + "/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_gallery_passes_axe_on_a_phone(live: Live, page: Page, axe: Callable[..., None]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live.url + "/gallery/")
    axe(page, allow=REPEATED)


@pytest.mark.parametrize("folder", sorted(m.name for m in pkgutil.iter_modules(pages.__path__) if m.ispkg))
def test_every_state_of_every_page_passes_axe_and_fits_a_phone(
    live: Live, page: Page, axe: Callable[..., None], folder: str
) -> None:
    for state in import_module(f"guitu.web.pages.{folder}.page").STATES:
        page.set_viewport_size({"width": 1366, "height": 768})
        answer = page.goto(f"{live.url}/gallery/page/{folder}/{state.name}/")
        assert answer is not None, state.name
        assert answer.status < 500, (state.name, answer.status)
        axe(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, state.name
