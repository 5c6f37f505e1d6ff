"""How one's own account can look: the pages' named states."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.accounts.device import words_of
from guitu.web.accounts.opening import FACTOR_WORDS
from guitu.web.pages.account import words
from guitu.web.pages.account.page import (
    Account,
    ChangePassword,
    Codes,
    Confirm,
    KeyLine,
    PhoneLine,
    PostLine,
    SessionLine,
    SetUp,
)
from guitu.web.pages.account.view import picture_of

_AT: Final = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_POST: Final = PostLine(Label("乡镇禁毒办", "Town anti-drug office"), "河西镇")
_KEYS: Final = (KeyLine(1, "办公室电脑", _AT, _AT), KeyLine(2, "我的手机", _AT, None))
_SESSIONS: Final = (
    SessionLine("1", words_of("chrome windows"), "192.0.2.17", FACTOR_WORDS["totp"], _AT, _AT, True),
    SessionLine("2", words_of("safari iphone"), "192.0.2.80", FACTOR_WORDS["passkey"], _AT, _AT, False),
    SessionLine("3", words_of(""), "203.0.113.9", FACTOR_WORDS[""], _AT, _AT, False),
)
_PHONES: Final = (
    PhoneLine("1", "李晓梅的手机", "open", _AT, _AT, 3),
    PhoneLine("2", "旧手机", "wipe_keep", _AT, _AT, 0),
)
_SECRET: Final = "ABCD EFGH 2345 6723 ABCD EFGH 2345 6723"
_CODES: Final = tuple(f"example-code{n}-hgfed" for n in range(10))
_LOCKED: Final = Label("已锁定 15 分钟，10:32 可再试", "Locked for 15 minutes; try again at 10:32")


def _set_up(must: bool = False, fault: bool = False, has: bool = False, can: bool = True) -> SetUp:
    said = words.WRONG_CODE if fault else ""
    return SetUp("li.xm", picture_of("otpauth://totp/example"), _SECRET, must, has, can, said)


EXAMPLES: Final = {
    "full": lambda: Account(
        "li.xm", "李晓梅", (_POST,), True, _KEYS, 8, sessions=_SESSIONS, phones=_PHONES, tokens=True
    ),
    "none": lambda: Account(
        "li.xm", "李晓梅", (_POST,), demanded=False, can_passkey=False, sessions=_SESSIONS[:1]
    ),
    "last_factor": lambda: Account(
        "li.xm", "李晓梅", (_POST,), True, sessions=_SESSIONS[:1], notice=words.NOTICES["last"]
    ),
    "password": lambda: ChangePassword("li.xm"),
    "password_wrong": lambda: ChangePassword("li.xm", words.WRONG_PASSWORD.fill(left=3)),
    "set_up": lambda: _set_up(has=True),
    "set_up_must": lambda: _set_up(must=True),
    "set_up_wrong": lambda: _set_up(fault=True, can=False),
    "codes": lambda: Codes("li.xm", "示例县禁毒委员会办公室", _CODES, _AT),
    "confirm": lambda: Confirm("li.xm", by=("totp", "passkey")),
    "confirm_wrong": lambda: Confirm(
        "li.xm",
        by=("password",),
        fault=Label("密码不对，还可试 3 次", "The password is wrong, 3 tries left"),
    ),
    "confirm_locked": lambda: Confirm("li.xm", fault=_LOCKED, locked=True),
    "confirm_none": lambda: Confirm("li.xm", by=()),
}


def page_in_state(name: str) -> object:
    """The page in that state."""
    return EXAMPLES[name]()
