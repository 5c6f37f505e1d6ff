"""An admission walked through at the gate without a mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.conftest import Live

MOST_TABS: Final = 80
"""Presses of Tab to anything on a page; more is no way of working."""
STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    "delivery": {"brought_by": "县公安局", "decision_seen": "yes"},
    "identity_check": {"by": "card", "result": "same"},
    "injury_record": {"injured": "no", "police_signed": "yes", "person_signed": "yes"},
    "belongings_kept": {"searched_by": "male", "anything": "no", "person_signed": "yes"},
    "rights_told": {"written": "yes", "talk": "yes", "person_signed": "yes"},
    "family_letter": {"how": "letter", "recipient": "母亲"},
    "sole_carer": {"sole": "no"},
}
"""The steps of an intake officer, and what is answered in each."""


def tab_to(page: Page, what: str) -> None:
    """Press Tab until the focus is on what the selector means."""
    for _ in range(MOST_TABS):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by {MOST_TABS} presses of Tab on {page.url}")


def answer(page: Page, name: str, value: str) -> None:
    """Give an answer from the keyboard: text is typed, a choice is made with the arrows."""
    tab_to(page, f"[name={name}]")
    kind = page.evaluate("document.activeElement.type")
    if kind not in ("radio", "select-one"):
        page.keyboard.type(value)
        return
    said = "document.activeElement.checked === false ? '' : document.activeElement.value"
    for _ in range(12):
        if page.evaluate(said) == value:
            return
        if kind == "radio" and page.evaluate("document.activeElement.value") == value:
            page.keyboard.press("Space")
        else:
            page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} cannot be set to {value} with the arrows")


def test_an_admission_is_walked_through_by_keyboard(
    live: Live, page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], None]
) -> None:
    case = live.call("tests.browser.gate:came")
    sign_in("intake")
    page.goto(f"{live.url}/gate/")
    axe(page)
    tab_to(page, f"a[href='/gate/{case}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/gate/{case}/")
    axe(page)
    for kind, answers in STEPS.items():
        tab_to(page, f"a[href*='/record/{kind}/']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/record/{kind}/**")
        for name, value in answers.items():
            answer(page, name, value)
        if kind == "delivery":
            axe(page)
        tab_to(page, "main form[data-entry] button.primary")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/gate/{case}/?saved=**")
        expect(page.locator("#steps")).to_be_visible()
    axe(page)
    assert live.call("tests.browser.gate:recorded", case=case) == list(STEPS)
