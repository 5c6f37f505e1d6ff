"""Who is to be reminded of what, can it go, and did it go? The page has the shape of `guitu.web.inside`; here
are the states in which gallery and tests show it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.home.messages import Due, Setting, composed
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.home.messages import DECLINED, NOT_ASKED, Gone, Waiting
from guitu.store.read import PersonLine
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.pages.messages import words
from guitu.web.pages.messages.words import Asked

__all__ = ["STATES", "Board"]

_ON: Final = date(2026, 11, 24)
_SETTING: Final = Setting(
    date(2026, 9, 1), frozenset({"appointment", "visit", "report_in"}), 1, 830, 2000, "村委会一楼",
    "089812345678", "河东镇便民服务",
)  # fmt: skip
_FILES: Final = Label("写成文件，由人送出", "written as files, carried on by somebody")


def _line(no: int, name: str) -> PersonLine:
    return PersonLine(
        UUID(int=no), f"469023-2026-{no:05d}", name, "male", 1990, "1234", "community_treatment", "in_force",
        date(2028, 3, 20), 1, 0, (), False, "469023100200", "东坡村", "李某某", "", None, no,
    )  # fmt: skip


def _due(no: int, name: str, what: Any, why_not: Label | None = None) -> Waiting:
    due = Due(what, _ON, str(no), 900 if what != "report_in" else 0)
    text = "" if why_not else composed(due, _SETTING, "zh").text
    return Waiting(_line(no, name), due, _SETTING, str(no), text, "13876541402", why_not)


_DUE: Final = (
    _due(1, "符某某", "appointment"),
    _due(2, "王某某", "visit"),
    _due(3, "李某某", "report_in"),
    _due(4, "陈某", "appointment", NOT_ASKED),
    _due(5, "周某某", "visit", DECLINED),
)


def _sent(no: int, name: str, state: str) -> Gone:
    entry = Entry(
        id=UUID(int=no), file=UUID(int=no), kind="reminder_sent", happened_on=date(2026, 11, 20),
        recorded_at=datetime(2026, 11, 20, 9, tzinfo=CHINA), author="li", unit="469023100",
        fields={"what": "visit", "for_day": date(2026, 11, 21), "state": state, "key": str(no),
                "reason": "短信网关拒绝（404）" if state == "refused" else ""},
    )  # fmt: skip
    return Gone(_line(no, name), entry)


_GONE: Final = (_sent(1, "符某某", "taken"), _sent(6, "郑某某", "refused"))


def _board(view: str = "", rows: Any = None, **more: Any) -> Board:
    asked = Asked(view)
    lists: dict[str, Any] = {"": _DUE[:3], "cannot": _DUE[3:], "sent": _GONE}
    sections = [words.list_of(asked, lists[view] if rows is None else rows)]
    if not view and rows is None:
        button = Button(Label("发送这 3 条", "Send these 3"), look="primary")
        sections.append(Section("send", Label("发送", "Send"), ask=Ask("#", (), button)))
    sections += [
        words.search(asked),
        words.setting(more.pop("stands", _SETTING), "469023100", "金江镇", may=True, gateway=_FILES),
    ]
    due = _DUE if rows is None else ()
    return Board(
        Label("短信提醒 · 河东镇", "Messages · 河东镇"),
        words.lead(due, quiet=False),
        tuple(sections),
        tabs=words.tabs(asked, due, len(_GONE) if rows is None else 0),
        **more,
    )


STATES: Final = (
    State("due", Label("有可发送的", "Some can go"), _board()),
    State("cannot", Label("不能发送的", "Those that cannot"), _board("cannot")),
    State(
        "sent", Label("已发的", "Sent"),
        _board("sent", notices=(Notice("fresh", Label("已发送 3 条", "3 sent")),)),
    ),
    State(
        "none", Label("没有要提醒的，还没有设置", "Nothing due, and no setting"),
        _board(rows=(), stands=Setting()),
    ),
    State(
        "stopped", Label("网关没有回答", "The gateway did not answer"),
        _board(summary=ErrorSummary((Fault(Label(
            "短信网关 sms.example 没有收下（503）；稍后再发，不会重复。",
            "The gateway sms.example did not take it (503); send again later, nothing goes twice.",
        )),))),
    ),
)  # fmt: skip
