"""How the pages of accounts can look: their named states."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.accounts.listing import Line
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.pages.account.page import PhoneLine
from guitu.web.pages.accounts.build import (
    NOTICES,
    SECURITY,
    SYSTEM,
    acts_for,
    fields_for,
    list_page,
    state_of,
)
from guitu.web.pages.accounts.page import Given, NewAccount, OneAccount, PostLine
from guitu.web.pages.accounts.view import NO_UNIT, TAKEN
from guitu.web.who import Post

_AT: Final = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_TOWN: Final = Post(1, "469023101", "河西镇", "town_office", Label("乡镇禁毒办", "Town anti-drug office"))
_LINE: Final = Line(7, "li.xm", "李晓梅", True, _AT, False, True, (_TOWN,), _AT.timestamp())
_LINES: Final = (
    _LINE,
    Line(8, "wang.jg", "王建国", True, None, True, False),
    Line(9, "zhao.old", "", False, _AT, False, False, (_TOWN,)),
)


def _one(role: str, *, own: bool = False) -> OneAccount:
    facts = (
        (Label("姓名", "Name"), _LINE.name),
        (Label("状态", "State"), state_of(_LINE)),
        (Label("第二步验证", "Second factor"), Label("有", "Yes")),
        (Label("上次登录", "Last sign-in"), "2026-11-23 09:05"),
    )
    security = role == SECURITY and not own
    post = PostLine(1, _TOWN.role_label, _TOWN.unit_name, _TOWN.unit, security)
    acts = acts_for(role, _LINE, own=own)
    return OneAccount(
        7, "li.xm", "李晓梅", facts, (post,), acts, fields_for(("", ""), "") if security else ()
    )


def page_in_state(name: str) -> object:
    """The page in that state."""
    match name:
        case "list":
            return list_page(SYSTEM, "", _LINES, Pager(1, 20, 57))
        case "none":
            return list_page(SECURITY, "某某", (), Pager(1, 20, 0))
        case "new":
            return NewAccount()
        case "new_fault":
            return NewAccount("li.xm", "李晓梅", TAKEN)
        case "given":
            return Given(8, "wang.jg", "abcde-fghjk-mnpqr", True)
        case "system":
            kept = PhoneLine("2", "旧手机", "wiped", _AT, _AT, 0)
            return replace(_one(SYSTEM), phones=(PhoneLine("1", "李晓梅的手机", "open", _AT, _AT, 3), kept))
        case "security":
            return replace(_one(SECURITY), notice=Notice("fresh", NOTICES["factor"]))
        case "fault":
            fields = fields_for(("town_office", "河西"), NO_UNIT, "unit")
            return replace(_one(SECURITY), fields=fields, fault=NO_UNIT, box="unit")
        case _:
            return _one(SECURITY, own=True)
