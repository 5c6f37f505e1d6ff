"""A roll of a hundred people by keyboard, counted in strokes; and on a telephone, by choosing in the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page

from tests.browser.conftest import Live, show_as

MOST: Final = 30
"""Strokes for a hundred people with five exceptions, from the brigade's day until it is saved. At two
strokes a second, which is slow, that is fifteen seconds; a minute leaves room for a hundred and twenty."""
COUNT: Final = """addEventListener("keydown", () => sessionStorage.strokes = 1 +
Number(sessionStorage.strokes || 0), true)"""


def strokes(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.strokes || 0)"))


def test_a_hundred_people_with_five_exceptions_take_thirty_strokes_at_most(
    live: Live, page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], None]
) -> None:
    people = live.call("tests.browser.brigade:hundred")
    assert len(people) == 100
    shared = Counter(initials for _, _, initials in people)
    alone = [initials for _, _, initials in people if shared[initials] == 1]
    marks = [f"{initials}{key}" for initials, key in zip(alone[:3], "124", strict=True)]
    marks += [f"{people[50][0]}.5", f"{people[98][0]}.1"]
    sign_in("centre")
    page.add_init_script(COUNT)
    page.goto(live.url + "/daily/")
    axe(page)
    page.keyboard.press("Enter")  # the roll that is due has the focus
    page.wait_for_url("**/roll/**")
    page.keyboard.type(" ".join(marks))
    heard = page.locator("[data-marks-echo]")
    assert all(f"{people[50][0]} {people[50][1]}" in text for text in heard.all_inner_texts())
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=roll_call")
    assert strokes(page) <= MOST, f"{strokes(page)} strokes"
    (roll,) = live.call("tests.browser.brigade:rolls")
    told = {name: roll[name] for name in ("people", "present", "late", "unwell", "elsewhere", "missing")}
    assert told == {
        "people": "100",
        "present": "98",
        "late": "2",
        "unwell": "1",
        "elsewhere": "1",
        "missing": "1",
    }
    assert page.get_by_role("heading", name="有人不在位、原因不明").is_visible()
    axe(page)


def test_a_telephone_has_a_choice_for_everybody_and_nothing_to_scroll_sideways(
    live: Live, page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], None]
) -> None:
    live.call("tests.browser.brigade:hundred")
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in("centre")
    page.goto(live.url + "/daily/46J0101/roll/?at=17:30")
    assert page.locator("tr[data-number] select").count() == 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)
    page.locator("tr[data-number] select").first.select_option("late")
    page.get_by_role("button", name="保存点名").click()
    page.wait_for_url("**saved=roll_call")
    assert any(roll["at"] == "17:30" for roll in live.call("tests.browser.brigade:rolls"))


def test_in_large_type_on_a_small_telephone_the_choice_does_not_lie_over_the_name(
    live: Live, page: Page, sign_in: Callable[[str], None]
) -> None:
    live.call("tests.browser.brigade:hundred")
    sign_in("centre")
    show_as(page.context, live, size="large")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live.url + "/daily/46J0101/roll/?at=17:30")
    row = page.locator(".daily-list tbody tr").first
    name, choice = row.locator("th, td a").first.bounding_box(), row.locator("select").bounding_box()
    assert name is not None
    assert choice is not None
    assert choice["y"] >= name["y"] + name["height"] - 2 or choice["x"] >= name["x"] + name["width"] - 1
    assert name["width"] >= 40
