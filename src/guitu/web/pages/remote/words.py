"""Addresses and words of these pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.consulting import STATES, State
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.word.component import Word

TITLE: Final = Label("远程医疗", "Remote medicine")
WORD: Final[dict[State, str]] = {
    "asked": "today",
    "accepted": "open",
    "advised": "today",
    "declined": "barred",
    "withdrawn": "barred",
    "closed": "done",
    "lapsed": "late",
}
SEX: Final = {"male": Label("男", "Male"), "female": Label("女", "Female")}
TO_US: Final = Label(
    "医院不在本系统的，下载文件送去，把答复的文件导入。",
    "A hospital that does not work here gets the file and sends one back.",
)


def one(identifier: UUID, anchor: str = "") -> str:
    """One consultation."""
    return f"/remote/{identifier}/{anchor}"


def room(identifier: UUID) -> str:
    """The room of its call."""
    return f"/remote/{identifier}/room/"


def new(case_no: str) -> str:
    """Asking for one."""
    return f"/remote/new/{case_no}/"


def crumbs(*more: Crumb) -> Crumbs:
    """The way from the worklist."""
    return Crumbs((Crumb(TITLE, "/remote/"), *more))


def state_word(state: State) -> Word:
    """How far a consultation is."""
    return Word(WORD[state], STATES[state])


def about(sex: str, age: int | None) -> Label:
    """男 41 岁."""
    who = SEX.get(sex, Label("性别不详", "sex not known"))
    if age is None:
        return who
    return Label(f"{who.zh} {age} 岁", f"{who.en}, {age}")


def moment(at: datetime) -> str:
    """2026-11-23 14:05."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def lasted(span: timedelta) -> Label:
    """20 分钟, 3 小时 5 分, 2 天 3 小时."""
    minutes = max(0, int(span.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        days, hours = divmod(hours, 24)
        return Label(f"{days} 天 {hours} 小时", f"{days} d {hours} h")
    if hours:
        return Label(f"{hours} 小时 {rest} 分", f"{hours} h {rest} min")
    return Label(f"{rest} 分钟", f"{rest} min")


def answers(entry: Entry, leave_out: frozenset[str] = frozenset()) -> Label:
    """What an entry says, question by question, in one line."""
    kind = kinds()[entry.kind]
    told = [
        a for a in kind.fields if entry.get(a.name) is not None and not a.internal and a.name not in leave_out
    ]
    return Label(
        "；".join(f"{a.label.zh} {a.show(entry.get(a.name))}{a.unit.zh if a.unit else ''}" for a in told)
        or "—",
        "; ".join(
            f"{a.label.en} {a.show(entry.get(a.name), 'en')}{' ' + a.unit.en if a.unit else ''}" for a in told
        )
        or "—",
    )


def day(value: object) -> str:
    """A day as it is shown, or a dash."""
    return value.isoformat() if isinstance(value, date) else "—"
