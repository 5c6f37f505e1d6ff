"""Words and addresses that the medical pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from guitu.centre.medication import Prescription
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import Text
from guitu.web.components.word.component import Word

STATES: Final[Mapping[str, tuple[str, Label]]] = {
    "given": ("done", Label("已服", "Given")),
    "refused": ("gap", Label("拒服", "Refused")),
    "held": ("gap", Label("暂缓", "Held")),
    "later": ("open", Label("未到时间", "Not yet")),
    "due": ("today", Label("现在发", "Now")),
    "late": ("late", Label("迟了", "Late")),
    "missed": ("late", Label("漏发", "Missed")),
}
"""Each state of a dose: its shape and its word."""

DEFAULTS: Final = Label(
    "查看和复核的间隔由本所规定，法律没有规定时长；危险消除立即解除。",
    "The intervals are the centre’s own: the law sets none. A restraint ends as soon as the danger does.",
)


def choice(kind: str, field: str, value: object) -> Label:
    """The label of an answer; the answer itself where it is none of the choices."""
    found = kinds()[kind].ask(field).choice(value if isinstance(value, str) else None)
    text = str(value or "—")
    return found.label if found else Label(text, text)


def use(one: Prescription) -> Label:
    """2 片 · 口服 · 每日两次."""
    route, often = choice("prescription", "route", one.route), choice("prescription", "often", one.often)
    return Label(
        f"每次 {one.dose} {one.dose_unit} · {route.zh} · {often.zh}",
        f"{one.dose} {one.dose_unit} each time · {route.en.lower()} · {often.en.lower()}",
    )


def dose_words(one: Prescription) -> Label:
    """2 片 · 口服."""
    route = choice("prescription", "route", one.route)
    return Label(
        f"{one.dose} {one.dose_unit} · {route.zh}", f"{one.dose} {one.dose_unit} · {route.en.lower()}"
    )


def state(name: str, more: Text = "") -> Word:
    """A dose's state as a word."""
    kind, label = STATES[name]
    if more:
        extra = more if isinstance(more, Label) else Label(more, more)
        label = Label(f"{label.zh} {extra.zh}", f"{label.en} {extra.en}")
    return Word(kind, label)


def minutes(n: int) -> Label:
    """42 分钟, 3 小时 5 分."""
    hours, rest = divmod(n, 60)
    if hours >= 48:
        return Label(f"{hours // 24} 天", f"{hours // 24} days")
    if hours:
        return Label(f"{hours} 小时 {rest} 分", f"{hours} h {rest} min")
    return Label(f"{rest} 分钟", f"{rest} min")


def moment(at: datetime) -> str:
    """2026-11-23 14:05."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def day(**query: str) -> str:
    """The centre's day."""
    return _with("/medical/", query)


def rounds(**query: str) -> str:
    """A round."""
    return _with("/medical/rounds/", query)


def person(case_no: str) -> str:
    """One person's medical page."""
    return f"/medical/people/{case_no}/"


def _with(path: str, query: Mapping[str, str]) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
