"""What a kind asks: the declared fields, from which form, messages, ledger columns and schema are derived."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from guitu.casefile.entry import Value
from guitu.kernel.errors import DeclarationError, GuituError
from guitu.kernel.labels import Label

FieldType = Literal[
    "text", "long_text", "day", "whole", "decimal", "choice", "unit", "identity_number", "phone"
]

TYPES: Final = frozenset(
    {"text", "long_text", "day", "whole", "decimal", "choice", "unit", "identity_number", "phone"}
)
TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that turn the direction of writing: with one, a name or a number reads otherwise than it is."""
TYPED: Final = frozenset({"text", "long_text", "identity_number", "phone"})
"""Types of what is typed freely: nobody knows what will stand there."""
MAX_TEXT: Final = 200
MAX_LONG_TEXT: Final = 4000
MAX_PLACES: Final = 4
"""The most places after the point that a decimal number may be kept with."""
MAX_DIGITS: Final = 14
"""The most digits before its point. With both it fits a DECIMAL(18, 4) of any table."""
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice field. `ledger` lists the other ways clerks write it (已检, 男性, 1 …)."""

    value: str
    label: Label
    ledger: tuple[str, ...] = ()


def read_decimal(typed: str) -> str | None:
    """A decimal number as it is kept, from how it is typed: full-width digits, grouping commas, a leading
    plus and needless zeros before the point are put right; places after the point stay as they were printed.
    None for what is no number. It is kept as its digits, for a binary fraction would not give them back."""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").replace("−", "-").strip().removeprefix("+")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, places = digits.partition(".")
    number = sign + (whole.lstrip("0") or "0" if whole.isdigit() else whole) + point + places
    return number if _DECIMAL.fullmatch(number) else None


YES_NO: Final = (
    Choice("yes", Label("是", "Yes"), ledger=("是", "已", "有")),
    Choice("no", Label("否", "No"), ledger=("否", "未", "无")),
)
"""The two answers of a question that any capability may ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a kind.

    `sealed` fields are encrypted at rest; so is, unasked, whatever is typed freely, and all that an identity
    or medical kind asks (`Kind.sealed_fields`). `plain` is for the few answers that lists or tallies need in
    the open, and only where they tell nothing that the kind does not. `only_when` names another field and the
    values for which this question applies; outside them it must be empty, inside them `required` is enforced.
    `ledger` lists the column headings under which clerks keep it. `least`/`most` bound a number, both
    included: beyond them it is impossible and refused; `usual` is the range outside which it is asked about
    once. A decimal one is kept as its digits (`read_decimal`) with `places` after the point at most.
    `internal` ones are for the system, which fills them in, and are shown to nobody. `of_others` marks what
    tells of somebody else (a tester, a relative): the person's own page and copy leave it out.
    `to_person` marks free text that is written to the person or by them. `check` says in one sentence what is
    wrong with a text that its type alone would let pass (a code that is none), or gives None. `close` answers
    are shown where the work is done that they belong to, not on the file's timeline, which more posts read.
    A whole number that is a `clock` is a time of day: 1405 for five past two, typed as 14:05 just as well.
    """

    name: str
    label: Label
    type: FieldType = "text"
    required: bool = False
    help: Label | None = None
    choices: tuple[Choice, ...] = ()
    unit: Label | None = None
    sealed: bool = False
    plain: bool = False
    only_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    usual: tuple[int, int] | None = None
    places: int = 2
    clock: bool = False
    internal: bool = False
    of_others: bool = False
    to_person: bool = False
    close: bool = False
    check: Callable[[str], Label | None] | None = None
    _by_value: dict[str, Choice] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise DeclarationError(
                Label(f"字段类型“{self.type}”不存在", f"no field type “{self.type}”"), where=self.name
            )
        if (self.type == "choice") != bool(self.choices):
            raise DeclarationError(
                Label(
                    "选项字段必须有选项，其他字段不得有",
                    "a choice field needs choices and no other may have them",
                ),
                where=self.name,
            )
        if not 0 < self.places <= MAX_PLACES:
            raise DeclarationError(
                Label(f"小数位数应在 1 到 {MAX_PLACES} 之间", f"places are from 1 to {MAX_PLACES}"),
                where=self.name,
            )
        self._by_value.update((c.value, c) for c in self.choices)

    def unusual(self, value: Value) -> bool:
        """Whether a number lies outside what is usual."""
        if self.usual is None or value is None or isinstance(value, date) or check_value(self, value):
            return False
        low, high = self.usual
        return not low <= Decimal(value) <= high

    def applies(self, fields: Mapping[str, Value]) -> bool:
        """Whether this question is asked, given the other answers."""
        return not self.only_when or all(fields.get(o) in values for o, values in self.only_when.items())

    def choice(self, value: Value) -> Choice | None:
        """The declared choice with that value, or None."""
        return self._by_value.get(value) if isinstance(value, str) else None

    def show(self, value: Value, language: str = "zh") -> str:
        """The value as a reader sees it: a choice by its label, a day as ISO, a time of day as 14:05, nothing
        as an empty string."""
        if value is None:
            return ""
        if self.type == "choice":
            found = self.choice(value)
            return found.label.say(language) if found else str(value)
        if self.clock and isinstance(value, int):
            return f"{value // 100:02d}:{value % 100:02d}"
        return value.isoformat() if isinstance(value, date) else str(value)


def time_of_day(label: Label, *, name: str = "time", required: bool = True) -> Ask:
    """A question for a time of day, typed and kept as four digits: 1405 for five past two."""
    hint = Label("四位数字，如 1405", "Four digits, such as 1405")
    return Ask(
        name=name, label=label, type="whole", required=required, least=0, most=2359, clock=True, help=hint
    )


class FieldFault(GuituError):
    """One wrong answer: `field` is its name, `code` a word of the ledger check's closed list."""

    def __init__(self, field_name: str, code: str, label: Label) -> None:
        self.field = field_name
        self.code = code
        super().__init__(label)


def _invisible(text: str) -> str:
    """The first character that changes how its neighbours are read without being seen, or that is none: what
    turns the direction of writing, controls other than tab and line ends, halves of a pair. Nothing if there
    is none."""
    for letter in text:
        if letter in TURNS or (unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n\r"):
            return letter
    return ""


def _bounded(ask: Ask, number: int | Decimal) -> FieldFault | None:
    """The fault of a number outside its bounds, or None."""
    if (ask.least is None or number >= ask.least) and (ask.most is None or number <= ask.most):
        return None
    low, high = ("…" if bound is None else str(bound) for bound in (ask.least, ask.most))
    return FieldFault(
        ask.name,
        "choice_unknown",
        Label(
            f"{ask.label.zh}应在 {low} 到 {high} 之间，现为 {number}",
            f"{ask.label.en} must be from {low} to {high}; it is {number}",
        ),
    )


def _decimal(ask: Ask, value: Value) -> FieldFault | None:
    """The fault of a decimal number, or None."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        return FieldFault(
            ask.name,
            "choice_unknown",
            Label(f"{ask.label.zh}“{value}”不是数字", f"{ask.label.en} “{value}” is not a number"),
        )
    whole, _, places = value.removeprefix("-").partition(".")
    if len(places) > ask.places or len(whole) > MAX_DIGITS:
        return FieldFault(
            ask.name,
            "choice_unknown",
            Label(
                f"{ask.label.zh}“{value}”最多 {ask.places} 位小数、{MAX_DIGITS} 位整数",
                f"{ask.label.en} “{value}” may have {ask.places} places and {MAX_DIGITS} digits before them",
            ),
        )
    return _bounded(ask, Decimal(value))


def check_value(ask: Ask, value: Value) -> FieldFault | None:
    """The fault of one typed value against its question, or None. Emptiness is judged by `Kind.faults`."""
    if value is None:
        return None
    match ask.type:
        case "choice":
            if ask.choice(value) is None:
                known_zh = "、".join(c.label.zh for c in ask.choices)
                known_en = ", ".join(c.label.en for c in ask.choices)
                return FieldFault(
                    ask.name,
                    "choice_unknown",
                    Label(
                        f"{ask.label.zh}没有“{value}”这个选项，可选：{known_zh}",
                        f"{ask.label.en} has no choice “{value}”; choose one of: {known_en}",
                    ),
                )
        case "day":
            if not isinstance(value, date):
                return FieldFault(
                    ask.name,
                    "date_unreadable",
                    Label(f"{ask.label.zh}“{value}”不是日期", f"{ask.label.en} “{value}” is not a day"),
                )
        case "whole":
            if not isinstance(value, int) or isinstance(value, bool):
                return FieldFault(
                    ask.name,
                    "choice_unknown",
                    Label(
                        f"{ask.label.zh}“{value}”不是整数", f"{ask.label.en} “{value}” is not a whole number"
                    ),
                )
            return _bounded(ask, value)
        case "decimal":
            return _decimal(ask, value)
        case _:
            if not isinstance(value, str):
                return FieldFault(
                    ask.name,
                    "choice_unknown",
                    Label(f"{ask.label.zh}应为文字", f"{ask.label.en} must be text"),
                )
            if not value.isprintable() and (mark := _invisible(value)):
                return FieldFault(
                    ask.name,
                    "choice_unknown",
                    Label(
                        f"{ask.label.zh}含有看不见的控制字符（U+{ord(mark):04X}），请删去后重新填写",
                        f"{ask.label.en} holds an invisible control character (U+{ord(mark):04X}); type it"
                        " again without it",
                    ),
                )
            longest = MAX_LONG_TEXT if ask.type == "long_text" else MAX_TEXT
            if len(value) > longest:
                return FieldFault(
                    ask.name,
                    "choice_unknown",
                    Label(
                        f"{ask.label.zh}最多 {longest} 字，现有 {len(value)} 字",
                        f"{ask.label.en} may have {longest} characters; it has {len(value)}",
                    ),
                )
            if ask.check is not None and (wrong := ask.check(value)) is not None:
                return FieldFault(ask.name, "choice_unknown", wrong)
    return None
