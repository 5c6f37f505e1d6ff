"""What a pack holds, once it is fixed: every figure with what it is bound to, and no name of anybody.

The content is plain data: it is kept as canonical JSON, its digest is SM3 over that, and the Word, PDF and
Excel papers are made of it and of nothing else. Amounts hold the true count beside `hidden`: who renders one
prints `※不足10` or `※` for a hidden amount, never the number.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from guitu.casefile.chain import sm3
from guitu.indicators import Period
from guitu.kernel.labels import Label

FORMAT: Final = 1
PackKind = Literal["month", "quarter", "year"]
KINDS: Final[dict[str, Label]] = {
    "month": Label("月调度", "Monthly dispatch"),
    "quarter": Label("季小结", "Quarterly summary"),
    "year": Label("年总结", "Annual report"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One count: `value` is a decimal number as text, "" where nothing was or could be counted. `over` and
    `under` are the two sides of a ratio, `n` how many persons are behind it. `hidden` ones are small, or
    would give a small one away: those are hidden `along`, and say nothing of how many they are."""

    value: str = ""
    over: int | None = None
    under: int | None = None
    n: int | None = None
    hidden: bool = False
    along: bool = False

    @property
    def number(self) -> Decimal | None:
        """The count, or None."""
        return Decimal(self.value) if self.value else None


@dataclass(frozen=True, slots=True)
class Place:
    """The unit that a pack is of: code, name and level."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Move:
    """One way into or out of the register, with how many went it."""

    name: str
    label: Label
    amount: Amount


@dataclass(frozen=True, slots=True)
class Flow:
    """在册: at the beginning, in, out, at the end. `last_closing` is what the last fixed pack of the unit
    closed with, where there is one."""

    opening: Amount
    into: tuple[Move, ...]
    out: tuple[Move, ...]
    closing: Amount
    last_closing: Amount | None = None

    @property
    def adds_up(self) -> bool:
        """Whether opening + in − out = closing, on the true counts."""
        return _sum(self.opening, *(m.amount for m in self.into)) == _sum(
            self.closing, *(m.amount for m in self.out)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: the indicator and its version, in words and by definition, for this period, the one before
    and the same of the year before."""

    key: str
    version: int
    label: Label
    unit: str
    definition: Label
    now: Amount
    before: Amount | None = None
    year_before: Amount | None = None
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together, under a heading."""

    label: Label
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One place along a trend."""

    label: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over periods, the latest last."""

    key: str
    version: int
    label: Label
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column of a table by unit."""

    name: str
    label: Label
    unit: str = "person"
    version: int = 0


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit below, with an amount for each column."""

    code: str
    name: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class ByUnit:
    """A table by unit; the last row is the whole where `total` is there."""

    columns: tuple[Column, ...] = ()
    rows: tuple[UnitRow, ...] = ()
    total: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """How many people a finding is about; `rights` when a right of theirs is at risk."""

    name: str
    label: Label
    rights: bool
    amount: Amount


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One thing about the records themselves: what came late, what is missing, what is held."""

    name: str
    label: Label
    amount: Amount
    unit: str = "entry"
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What was decided: when, what, whose it is, by when, and how far it is (`open`, `late`, `done`,
    `dropped`)."""

    id: str
    decided_on: date
    text: str
    owner: str
    due: date | None
    state: str
    closed_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One difference found while the figures were put together. `blocks` stops the pack from being sent."""

    name: str
    label: Label
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `seq` is the last entry that was counted, `known_at` up to when (ISO), `counted_on` the
    day for which everybody was assessed, `policy` the digest of the rules, `replaces` the number of
    the pack that this one corrects and `why` for what reason."""

    kind: str
    first: date
    last: date
    unit: Place
    number: str
    made_on: date
    seq: int
    known_at: str
    counted_on: date
    policy: str
    flow: Flow
    groups: tuple[Group, ...] = ()
    trends: tuple[Trend, ...] = ()
    below: ByUnit = ByUnit()
    overdue: ByUnit = ByUnit()
    findings: tuple[FindingRow, ...] = ()
    quality: tuple[QualityRow, ...] = ()
    actions: tuple[Action, ...] = ()
    checks: tuple[Check, ...] = ()
    missing: tuple[Label, ...] = ()
    threshold: int = 10
    replaces: str = ""
    why: str = ""
    format: int = FORMAT

    @property
    def period(self) -> Period:
        """What it is about."""
        return Period.span(self.first, self.last)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every figure, in order."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def blocked(self) -> tuple[Check, ...]:
        """What stops it from being sent."""
        return tuple(check for check in self.checks if check.blocks)

    def canonical(self) -> str:
        """The content as canonical JSON: the same content is the same text, always."""
        return json.dumps(plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def digest(self) -> bytes:
        """SM3 over the canonical text."""
        return sm3(self.canonical().encode())


def read(text: str) -> Pack:
    """The pack of a canonical text."""
    found = _made(Pack, json.loads(text))
    assert isinstance(found, Pack)
    return found


def plain(value: Any) -> Any:
    """Dataclasses and labels as objects, days as ISO text, tuples as lists. What is as it is by default is
    left out: a field that is added later changes no text, and no digest, of what was fixed before."""
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en}
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: plain(v) for f, v in shown if f.default is MISSING or v != f.default}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value


def _made(wanted: Any, value: Any) -> Any:
    """The inverse of `plain`, by the declared types."""
    if isinstance(wanted, UnionType):
        if value is None:
            return None
        wanted = next(a for a in get_args(wanted) if a is not type(None))
    if get_origin(wanted) is tuple:
        return tuple(_made(get_args(wanted)[0], v) for v in value)
    if wanted is date:
        return date.fromisoformat(value)
    if is_dataclass(wanted) and isinstance(wanted, type):
        hints = get_type_hints(wanted)
        return wanted(**{name: _made(hints[name], v) for name, v in value.items()})
    return value


def _sum(*amounts: Amount) -> Decimal:
    return sum((a.number or Decimal(0) for a in amounts), Decimal(0))
