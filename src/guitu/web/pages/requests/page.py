"""What a person asked for, for the worker who answers; writing down what the person says or hands in; the way
to their own page; the sheet for those who have no telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.pages.mine.page import Asked, AskPage, MinePage


@dataclass(frozen=True, slots=True)
class Line:
    """One request: as the person's page shows it, the person's own words, and where it is answered."""

    asked: Asked
    said: str = ""
    href: str = ""
    act: Text = ""


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """All requests, the latest first, and what else can be done for the person."""

    case_no: str
    identity: Identity
    lines: tuple[Line, ...]
    forms: tuple[tuple[Label, str], ...]
    account: str = ""
    access_href: str = ""
    sheet_href: str = ""
    notice: Notice | None = None
    title: Label = Label("本人的请求", "What the person asks")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class WritePage:
    """Writing down what the person says: the person's own form, in the office's frame."""

    TEMPLATE: ClassVar = "write"

    case_no: str
    identity: Identity
    ask: AskPage
    title: Label = Label("替本人记下请求", "Write down a request")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class AccessPage:
    """The way to the own page: not given yet, just given (with the one-time password, shown once), or given
    before under a name."""

    TEMPLATE: ClassVar = "access"

    case_no: str
    identity: Identity
    account: str = ""
    password: str = ""
    address: str = ""
    office: str = ""
    phone: str = ""
    fault: Text = ""
    title: Label = Label("给本人一个账号", "Give the person an account")  # noqa: RUF009 - Label is frozen


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The person's own page on one sheet of A4, for a person without a telephone. Neutral title, no
    account."""

    TEMPLATE: ClassVar = "sheet"

    mine: MinePage
    made_on: date
    back: str = ""
    office: str = ""
    phone: str = ""
    title: Label = Label("我的事项", "My matters")  # noqa: RUF009 - Label is frozen


def _states() -> tuple[State, ...]:
    from guitu.web.pages.mine import examples

    mine = {state.name: state for state in examples.STATES}
    who = Identity("符某某", (Label("责任：东坡村", "Responsible: Dongpo village"),))
    day = date(2026, 11, 10)
    waiting = Asked(
        "8F2K90",
        Label("请求帮助：工作", "Help asked for: Work"),
        day,
        Word("open", Label("等待答复", "Waiting")),
        Label("答复期限由本单位规定", "The office sets the days"),
    )
    done = Asked(
        "7A11C2",
        Label("请求更正", "Correction asked for"),
        day,
        Word("done"),
        Label("2026年11月12日", "12 November 2026"),
        Label("不更正", "Not corrected"),
        "与户口簿一致。",
    )
    lines = (Line(waiting, "想学修车。", "#", Label("答复", "Answer")), Line(done))
    given = AccessPage(
        "1", who, "my-8f2k90", "abcde-fghjk-mnpqr", "https://example.invalid/mine/", "东坡村", "0000-12345678"
    )
    forms = ((Label("我需要帮助", "I need help"), "#"), (Label("我要投诉", "I want to complain"), "#"))
    return (
        State("none", Label("没有请求", "No requests"), RequestsPage("1", who, (), forms, "", "#", "#")),
        State("waiting", Label("待答复", "Waiting"),
              RequestsPage("1", who, lines, forms, "my-8f2k90", "", "#")),
        State("write", Label("替本人记下", "Writing down"),
              lambda: WritePage("1", who, mine["ask_help"].shown)),
        State("give", Label("尚未开通", "Not given"), AccessPage("1", who)),
        State("given", Label("刚开通", "Just given"), given),
        State("had", Label("已有账号", "Given before"), AccessPage("1", who, "my-8f2k90")),
        State("sheet", Label("纸质单页", "Printed sheet"),
              lambda: SheetPage(mine["in_custody"].shown, date(2026, 11, 23), "#", "示范强制隔离戒毒所")),
    )  # fmt: skip


STATES: Final = _states()
