"""A round at the keyboard: one key a dose."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live

pytestmark = pytest.mark.browser


def test_three_people_are_given_their_medicine_with_three_keys(
    live: Live, page: Page, sign_in: Callable[[str], None]
) -> None:
    cases = live.call("tests.browser.ward:three")["cases"]
    sign_in("doctor")
    page.goto(f"{live.url}/medical/rounds/?unit=46J0101&round=1")
    for left, case in enumerate(cases):
        expect(page.locator("button:focus")).to_have_attribute("value", re.compile(re.escape(case)))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".med-said")).to_contain_text(f"还有 {len(cases) - 1 - left} 份")
    expect(page.locator("button[name=given]")).to_have_count(0)
