"""One question of a form, for every type a kind can ask: label above, hint, box, and its fault."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from guitu.casefile import Ask
from guitu.casefile.kind import day_word
from guitu.kernel.labels import Label
from guitu.web.component import State, Text, say

FieldKind = Literal[
    "text",
    "long_text",
    "day",
    "whole",
    "decimal",
    "choice",
    "unit",
    "identity_number",
    "phone",
    "password",
    "file",
    "hidden",
]
MOST_RADIOS: Final = 7
NOT_ASKED: Final = Label("不清楚／未问", "Not known / not asked")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: Text
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `value` is what was typed, kept exactly as typed; `error` is one sentence.

    `shown` is the readable form of `value` (a day in words, a unit's name). `only_when` hides the question
    until the named answers are given; without script it is shown with a note. `options_url` searches units.
    """

    name: str
    label: Text
    kind: FieldKind = "text"
    value: str = ""
    hint: Text = ""
    error: Text = ""
    optional: bool = False
    options: tuple[Option, ...] = ()
    unit: Text = ""
    shown: Text = ""
    only_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    only_when_words: Text = ""
    options_url: str = ""
    autocomplete: str = "off"
    focus: bool = False
    accept: str = ""
    several: bool = False
    SAYS_THE_SAME: ClassVar = True

    @property
    def id(self) -> str:
        """The box's id; the error summary links to it."""
        return f"f-{self.name}"

    @property
    def radios(self) -> bool:
        """Whether the choices are few enough to see at once."""
        return self.kind == "choice" and len(self.options) <= MOST_RADIOS

    @property
    def described_by(self) -> str:
        """The ids of the hint, the note and the error, for screen readers."""
        parts = [f"{self.id}-{part}" for part, there in (("hint", self.hint), ("error", self.error)) if there]
        return " ".join(parts)

    @property
    def condition(self) -> str:
        """`only_when` as JSON for the script."""
        return json.dumps(dict(self.only_when), ensure_ascii=False) if self.only_when else ""

    @property
    def input_mode(self) -> str:
        """Which keyboard a phone shows."""
        return {"day": "numeric", "whole": "numeric", "decimal": "decimal", "phone": "tel"}.get(
            self.kind, "text"
        )

    @property
    def length(self) -> int | None:
        """The longest answer."""
        return {
            "day": 20,
            "whole": 10,
            "decimal": 20,
            "phone": 20,
            "identity_number": 24,
            "long_text": 4000,
        }.get(self.kind, 200)

    @property
    def echo(self) -> str:
        """The words under a date box: the day that was understood."""
        return say(self.shown)


def field_of(
    ask: Ask, value: object = None, error: Text = "", *, asks: Iterable[Ask] = (), shown: Text = ""
) -> Field:
    """The question that a kind declares. `value` may be what was typed or what is stored; `asks` are the
    kind's other questions, to say in words when this one applies."""
    if isinstance(value, date):
        shown = shown or Label(day_word(value, "zh"), day_word(value, "en"))
    options = tuple(Option(c.value, c.label) for c in ask.choices)
    if options and not ask.required and len(options) < MOST_RADIOS:
        options += (Option("", NOT_ASKED),)
    return Field(
        name=ask.name,
        label=ask.label,
        kind=ask.type,
        value="" if value is None else value.isoformat() if isinstance(value, date) else str(value),
        hint=ask.help or "",
        error=error,
        optional=not ask.required,
        options=options,
        unit=ask.unit or "",
        shown=shown,
        only_when=tuple(ask.only_when.items()),
        only_when_words=_when(ask, {a.name: a for a in asks}),
    )


def _when(ask: Ask, asks: dict[str, Ask]) -> Text:
    parts: list[Label] = []
    for name, values in ask.only_when.items():
        other = asks.get(name)
        if other is None:
            return ""
        chosen = [found.label for v in values if (found := other.choice(v))]
        zh, en = "、".join(c.zh for c in chosen), " or ".join(c.en for c in chosen)
        parts.append(Label(f"{other.label.zh}为{zh}", f"{other.label.en} is {en}"))
    if not parts:
        return ""
    return Label(
        "只在" + "且".join(p.zh for p in parts) + "时填写", "Only when " + " and ".join(p.en for p in parts)
    )


_RESULT: Final = (
    Option("negative", Label("阴性", "Negative")),
    Option("positive", Label("阳性", "Positive")),
)
_MANY: Final = tuple(Option(str(n), Label(f"第 {n} 种", f"Number {n}")) for n in range(1, 12))
_DAY: Final = Label("检测日期", "Day of the test")

STATES: Final = (
    State("text", Label("文字", "Text"), Field("tester_1", Label("检测人1", "First tester"), value="李晓梅")),
    State(
        "long_text",
        Label("长文字", "Long text"),
        Field(
            "note",
            Label("备注", "Note"),
            "long_text",
            optional=True,
            hint=Label("不写第三人的姓名。", "Name no third person."),
        ),
    ),
    State(
        "day",
        Label("日期", "Day"),
        Field(
            "happened_on",
            _DAY,
            "day",
            value="2026-11-23",
            shown=Label("2026年11月23日 周一", "Mon 23 November 2026"),
            hint=Label("可写 20261123、1123、今天、-1", "20261123, 1123, today, -1 all work"),
        ),
    ),
    State(
        "day_wrong",
        Label("日期有误", "Day, wrong"),
        Field(
            "happened_on_2",
            _DAY,
            "day",
            value="2026.13.5",
            error=Label("没有 13 月，请改日期", "There is no month 13: mend the day"),
        ),
    ),
    State(
        "whole",
        Label("整数", "Whole number"),
        Field("months", Label("期限", "Length"), "whole", value="36", unit=Label("个月", "months")),
    ),
    State(
        "radios",
        Label("单选", "Radios"),
        Field(
            "result",
            Label("检测结果", "Result"),
            "choice",
            value="negative",
            options=_RESULT,
            only_when_words=Label("只在检测情况为已检时填写", "Only when Outcome is Taken"),
        ),
    ),
    State(
        "radios_wrong",
        Label("单选有误", "Radios, wrong"),
        Field(
            "result_2",
            Label("检测结果", "Result"),
            "choice",
            options=_RESULT,
            error=Label("请选择检测结果", "Choose the result"),
        ),
    ),
    State(
        "select",
        Label("下拉", "Select"),
        Field("ground", Label("情形", "Ground"), "choice", value="3", options=_MANY),
    ),
    State(
        "unit",
        Label("单位", "Unit"),
        Field(
            "town",
            Label("执行地", "Place"),
            "unit",
            value="469023100",
            shown="示例省 示例县 河西镇",
            options_url="#",
        ),
    ),
    State(
        "identity_number",
        Label("证件号", "Identity number"),
        Field(
            "identity_number",
            Label("证件号", "Identity number"),
            "identity_number",
            value="98101019850101002X",
        ),
    ),
    State(
        "phone",
        Label("电话", "Telephone"),
        Field("phone", Label("联系电话", "Telephone"), "phone", optional=True),
    ),
    State(
        "password",
        Label("密码", "Password"),
        Field("password", Label("密码", "Password"), "password", autocomplete="current-password"),
    ),
    State(
        "file",
        Label("文件", "File"),
        Field(
            "file",
            Label("台账文件", "Ledger file"),
            "file",
            hint=Label(".xlsx、.xls、.csv，不超过 20 MB", ".xlsx, .xls or .csv, up to 20 MB"),
            accept=".xlsx,.xls,.csv",
        ),
    ),
)
