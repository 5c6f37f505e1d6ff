"""Scripts in every free text of a file, in a real browser: none runs, and the policy refuses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.security.test_scripts import SCRIPT

pytestmark = pytest.mark.browser


def test_no_script_runs_and_the_policy_has_nothing_to_refuse(
    live: Live, page: Page, sign_in: Callable[..., None]
) -> None:
    """The `page` fixture fails if the security policy refused anything, or a script complained."""
    case = live.call("tests.security.test_scripts:poison")
    sign_in("town")
    for address in (
        f"/files/{case}/",
        f"/files/{case}/history/?size=100",
        f"/files/{case}/record/remark/",
        f"/people/?q={SCRIPT}",
        "/people/?list=all",
        "/today/print/",
        f"/units/?q={SCRIPT}",
    ):
        page.goto(live.url + address)
        assert page.evaluate("window.ran") is None, address
        assert page.evaluate("document.querySelectorAll('[onerror],[onload],img[src=x]').length") == 0, (
            address
        )
    page.goto(f"{live.url}/files/{case}/history/?size=100")
    assert SCRIPT in page.inner_text("main")


def test_the_server_does_not_say_what_it_is(live: Live, page: Page) -> None:
    answer = page.goto(live.url + "/sign-in/")
    assert answer is not None
    assert answer.headers["server"] == "-"
    assert "x-powered-by" not in answer.headers
