"""A register of thirty by keyboard, counted in strokes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page

from tests.browser.conftest import Live

MOST: Final = 30
COUNT: Final = """addEventListener("keydown", () => sessionStorage.strokes = 1 +
Number(sessionStorage.strokes || 0), true)"""


def test_thirty_people_with_three_absent_take_fewer_than_thirty_strokes(
    live: Live, page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], None]
) -> None:
    register = live.call("tests.browser.classes:thirty")
    sign_in("centre")
    page.add_init_script(COUNT)
    page.goto(live.url + register)
    axe(page)
    page.keyboard.type("3=1 17=2 30=6")  # the box has the focus
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**saved=register")
    strokes = int(page.evaluate("Number(sessionStorage.strokes || 0)"))
    assert strokes <= MOST, f"{strokes} strokes"
    (held,) = live.call("tests.browser.classes:held_classes")
    told = [held[name] for name in ("enrolled", "present", "excused", "unexcused")]
    assert told == ["30", "27", "2", "1"]
    axe(page)
