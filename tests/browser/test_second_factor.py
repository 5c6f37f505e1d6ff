"""Signing in as people do it: a code from an authenticator, a passkey in the browser, codes on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Live
from tests.browser.seed import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def here(live: Live) -> str:
    """The server under a name: browsers keep no passkey for a number."""
    return live.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(page: Page) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and knows whose hand it is in."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, made["authenticatorId"]


def password(page: Page, here: str, username: str) -> None:
    page.goto(here + "/sign-in/")
    page.fill("#f-username", username)
    page.fill("#f-password", PASSWORD)
    page.click(".signin-form form[action='/sign-in/'] button.primary")


def leave(page: Page) -> None:
    page.click(".leave button")
    page.wait_for_url("**/sign-in/")


def test_a_passkey_is_added_named_and_signs_in_alone_and_after_the_password(
    live: Live,
    page: Page,
    here: str,
    authenticator: tuple[CDPSession, str],
    axe: Callable[..., None],
) -> None:
    live.call("tests.browser.signing:account", username="keys")
    password(page, here, "keys")
    page.click(".foot a[href='/account/']")
    axe(page)
    page.click("text=设置第二步验证")
    page.fill("#f-name", "办公室电脑")
    axe(page)
    page.click("text=加通行密钥")
    expect(page.locator(".account-codes li")).to_have_count(10)
    axe(page)
    page.click("text=已收好，继续")
    expect(page.locator("#main")).to_contain_text("办公室电脑")

    leave(page)
    axe(page)
    page.click("text=用通行密钥登录")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(here + "/account/")
    expect(page.locator("#main")).to_contain_text("最近使用")

    leave(page)
    password(page, here, "keys")
    page.wait_for_url("**/sign-in/second/")
    axe(page)
    page.click("text=用通行密钥验证")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_a_device_that_refuses_changes_nothing_and_says_so(
    live: Live, page: Page, here: str, authenticator: tuple[CDPSession, str]
) -> None:
    session, number = authenticator
    session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    page.goto(here + "/sign-in/")
    page.click("text=用通行密钥登录")
    expect(page.locator("[data-passkey-said]")).to_contain_text("没有完成")
    expect(page.locator("#f-username")).to_be_visible()


def test_codes_are_set_up_from_the_typed_secret_with_the_keyboard_alone_and_asked_for(
    live: Live, page: Page, here: str, axe: Callable[..., None]
) -> None:
    live.call("tests.browser.signing:account", username="codes")
    password(page, here, "codes")
    page.goto(here + "/account/codes/")
    secret = re.sub(r"\s", "", page.locator(".account-secret").inner_text())
    page.focus("#f-code")
    page.keyboard.type(pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.locator(".account-codes li")).to_have_count(10)
    code = page.locator(".account-codes code").first.inner_text()

    leave(page)
    password(page, here, "codes")
    expect(page.locator("#f-code")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("动态口令不对")
    axe(page)
    page.fill("#f-code", pyotp.TOTP(secret).at(int(time.time()) + 30))  # the one just used is not taken again
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)

    leave(page)
    password(page, here, "codes")
    page.click("text=用备用码")
    page.fill("#f-code", code)
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_another_session_is_ended_from_the_list(live: Live, page: Page, here: str) -> None:
    live.call("tests.browser.signing:account", username="listed")
    browser = page.context.browser
    assert browser is not None
    other = browser.new_context(locale="zh-CN").new_page()
    password(other, here, "listed")
    password(page, here, "listed")
    page.goto(here + "/account/")
    expect(page.locator(".account-this")).to_have_count(1)
    page.click("text=退出这里")
    expect(page.locator(".notice")).to_contain_text("已退出那里的登录")
    other.goto(here + "/account/")
    expect(other.locator("#f-username")).to_be_visible()
    other.context.close()


def test_an_administrator_adds_an_account_and_hands_over_its_password(
    live: Live, page: Page, here: str, axe: Callable[..., None]
) -> None:
    live.call("tests.browser.signing:account", username="sysadmin", role="system_admin", unit="46")
    password(page, here, "sysadmin")
    page.click(".places a[data-page='accounts']")
    axe(page)
    page.click("text=新增账号")
    page.fill("#f-username", "new-one")
    page.fill("#f-name", "新某某")
    page.click("form .button.primary")
    expect(page.locator(".account-once")).to_have_text(re.compile(r"^[a-z2-9]{5}(-[a-z2-9]{5}){2}$"))
    axe(page)
    page.click("text=已告知，继续")
    expect(page.locator("h1")).to_have_text("账号 new-one")
    axe(page)
