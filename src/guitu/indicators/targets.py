"""Reads a targets file: published figures, each with its place, its period and how exactly it was printed.

A targets file is TOML: `[period.NAME]` tables with `label`, `from`, `until`; and `[[figure]]` tables:

    key           the indicator's key
    label         the words it was printed with
    scope         the code of the unit it is about
    period        the name of a period; or `from` and `until`; or `on`, one day; or none of them: unstated
    value         as printed; `unit` what it counts (`counting.COUNTING_UNITS`); `exact` whether the text says
                  so much and no more (default true)
    printed_unit  the unit that was printed, where it is another than is meant
    imported      true for an aggregate that others published: never worked out from persons (default false)
    conflict      another value printed elsewhere for the same thing
    note          anything else that must be said

Any file of that form is read, ours or another office's; whatever is wrong is one sentence that names the
figure and the word. Pure but for reading the one file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from guitu.indicators.counting import COUNTING_UNITS, CountingUnit, Number, rounded
from guitu.indicators.periods import Period
from guitu.kernel.errors import GuituError, machine_reason, unknown_key
from guitu.kernel.labels import Label

FIGURE_WORDS: Final = (
    "key", "label", "scope", "period", "from", "until", "on", "value", "unit", "exact", "printed_unit",
    "imported", "conflict", "note",
)  # fmt: skip
PERIOD_WORDS: Final = ("label", "from", "until")
TOP_WORDS: Final = ("period", "figure")
MOST_BYTES: Final = 4_000_000


class BadTargets(GuituError):
    """A targets file that cannot be read; the sentence names the figure and the word."""


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period that figures name, and what it is called."""

    name: str
    label: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One published figure. `period` is None where the print states none; `where` says which figure of the
    file it is."""

    key: str
    label: str
    scope: str
    value: Decimal
    unit: str
    exact: bool = True
    period: Period | None = None
    printed_unit: str = ""
    imported: bool = False
    conflict: Decimal | None = None
    note: str = ""
    where: str = ""

    @property
    def counting(self) -> CountingUnit:
        """What it counts."""
        return COUNTING_UNITS[self.unit]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that its scope may have in the tree of units, the longest first: a division's national
        code ends in noughts that the tree leaves out (460000 is 46)."""
        found = [self.scope]
        while len(found[-1]) > 2 and found[-1].isdigit() and found[-1].endswith("00"):
            found.append(found[-1][:-2])
        return tuple(found)

    @property
    def places(self) -> int:
        """How many places after the point were printed."""
        return _places(self.value)

    def as_printed(self, number: Number) -> Decimal:
        """A number of ours, rounded as the figure was printed."""
        return rounded(number, self.places)

    def agrees(self, number: Number | None) -> bool:
        """Whether a number of ours is what was printed, as exactly as it was printed."""
        return number is not None and self.as_printed(number) == self.value

    def difference(self, number: Number | None) -> Decimal | None:
        """Ours less the printed one, as exactly as it was printed; None where we have none."""
        return None if number is None else self.as_printed(number) - self.value


@dataclass(frozen=True, slots=True)
class Targets:
    """A whole file."""

    periods: Mapping[str, NamedPeriod]
    figures: tuple[Target, ...]

    @property
    def span(self) -> Period:
        """From the first day to the last that any figure or period of the file names."""
        known = [p.period for p in self.periods.values()]
        known += [t.period for t in self.figures if t.period is not None]
        if not known:
            raise BadTargets(
                Label("目标文件没有写明任何期间", "the targets file names no period at all"),
            )
        return Period.span(min(p.first for p in known), max(p.last for p in known))

    def when(self, target: Target) -> Period:
        """The period to count a figure for: its own, or the span of the file where the print states none."""
        return target.period or self.span


def read(path: Path) -> Targets:
    """The targets in a file. Raises BadTargets with one sentence."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise BadTargets(Label("目标文件过大", "the targets file is too large"), where=path.name)
        return parse(content.decode("utf-8-sig"), where=path.name)
    except OSError as problem:
        why = machine_reason(problem)
        raise _bad(str(path), f"不能读取目标文件：{why.zh}", f"the file cannot be read: {why.en}") from None
    except UnicodeDecodeError:
        raise BadTargets(Label("目标文件不是 UTF-8 编码", "the file is not UTF-8"), where=path.name) from None


def parse(text: str, *, where: str = "targets") -> Targets:
    """The targets in a text. Raises BadTargets with one sentence."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise _bad(where, f"不是 TOML：{problem}", f"it is not TOML: {problem}") from None
    _known(content, TOP_WORDS, where)
    periods = {
        name: _period(name, said, f"{where}, period.{name}")
        for name, said in _table(content.get("period", {}), f"{where}, period").items()
    }
    listed = content.get("figure", [])
    if not isinstance(listed, list) or not listed:
        raise _bad(where, "没有任何 [[figure]]", "there is no [[figure]]")
    figures = tuple(_figure(n, said, periods, where) for n, said in enumerate(listed, 1))
    _no_twins(figures)
    return Targets(periods, figures)


def _period(name: str, said: Any, where: str) -> NamedPeriod:
    said = _table(said, where)
    _known(said, PERIOD_WORDS, where)
    label = _text(said, "label", where, name)
    return NamedPeriod(name, label, _span(_day(said, "from", where), _day(said, "until", where), where))


def _figure(n: int, said: Any, periods: Mapping[str, NamedPeriod], file: str) -> Target:
    said = _table(said, f"{file}, figure {n}")
    key = _text(said, "key", f"{file}, figure {n}")
    where = f"{file}, figure {n} ({key})"
    _known(said, FIGURE_WORDS, where)
    unit = _unit(said, "unit", where)
    assert unit
    return Target(
        key=key,
        label=_text(said, "label", where),
        scope=_text(said, "scope", where),
        value=_number(said, "value", where),
        unit=unit,
        exact=_flag(said, "exact", where, default=True),
        period=_when(said, periods, where),
        printed_unit=_unit(said, "printed_unit", where) if "printed_unit" in said else "",
        imported=_flag(said, "imported", where, default=False),
        conflict=_number(said, "conflict", where) if "conflict" in said else None,
        note=_text(said, "note", where, ""),
        where=where,
    )


def _when(said: Mapping[str, Any], periods: Mapping[str, NamedPeriod], where: str) -> Period | None:
    ways = [way for way in ("period", "from", "on") if way in said or (way == "from" and "until" in said)]
    if len(ways) > 1:
        raise _bad(
            where,
            f"期间只能用一种写法，现有 {'、'.join(ways)}",
            f"say the period in one way only; there are {', '.join(ways)}",
        )
    if not ways:
        return None
    if ways == ["on"]:
        return Period.day(_day(said, "on", where))
    if ways == ["from"]:
        return _span(_day(said, "from", where), _day(said, "until", where), where)
    name = _text(said, "period", where)
    if name not in periods:
        raise _as_bad(unknown_key(name, periods, where=f"{where}, period"))
    return periods[name].period


def _no_twins(figures: tuple[Target, ...]) -> None:
    """No figure stands twice for one place and period: one of them could never agree."""
    seen: dict[tuple[str, str, Period | None], str] = {}
    for one in figures:
        asked = (one.key, one.scope, one.period)
        if asked in seen:
            raise _bad(
                one.where,
                f"与 {seen[asked]} 重复；两处不一致的，用 conflict",
                f"the same figure as {seen[asked]}; for a second print use conflict",
            )
        seen[asked] = one.where


# ── one word ──────────────────────────────────────────────────────────────────────────────────────


def _bad(where: str, zh: str, en: str) -> BadTargets:
    return BadTargets(Label(zh, en), where=where)


def _as_bad(problem: GuituError) -> BadTargets:
    return BadTargets(problem.label, where=problem.where)


def _known(said: Mapping[str, Any], words: tuple[str, ...], where: str) -> None:
    for word in said:
        if word not in words:
            raise _as_bad(unknown_key(word, words, where=where))


def _table(said: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise _bad(where, "应为一个表", "this should be a table")
    return said


def _present(said: Mapping[str, Any], word: str, where: str) -> Any:
    if word not in said:
        raise _bad(where, f"缺少 {word}", f"{word} is missing")
    return said[word]


def _text(said: Mapping[str, Any], word: str, where: str, default: str | None = None) -> str:
    if default is not None and word not in said:
        return default
    found = _present(said, word, where)
    if not isinstance(found, str) or not (found.strip() or default == ""):
        raise _bad(where, f"{word} 应为文字", f"{word} should be text")
    return found.strip()


def _flag(said: Mapping[str, Any], word: str, where: str, *, default: bool) -> bool:
    found = said.get(word, default)
    if not isinstance(found, bool):
        raise _bad(where, f"{word} 应为 true 或 false", f"{word} should be true or false")
    return found


def _number(said: Mapping[str, Any], word: str, where: str) -> Decimal:
    found = _present(said, word, where)
    if isinstance(found, bool) or not isinstance(found, int | Decimal) or not Decimal(found).is_finite():
        raise _bad(where, f"{word} 应为数字，不加引号", f"{word} should be a number, without quotes")
    return Decimal(found)


def _day(said: Mapping[str, Any], word: str, where: str) -> date:
    found = _present(said, word, where)
    if not isinstance(found, date) or isinstance(found, datetime):
        raise _bad(where, f"{word} 应为日期，如 2019-10-31", f"{word} should be a day, such as 2019-10-31")
    return found


def _span(first: date, last: date, where: str) -> Period:
    try:
        return Period.span(first, last)
    except GuituError as problem:
        raise BadTargets(problem.label, where=where) from None


def _unit(said: Mapping[str, Any], word: str, where: str) -> str:
    name = _text(said, word, where)
    if name not in COUNTING_UNITS:
        raise _as_bad(unknown_key(name, COUNTING_UNITS, where=f"{where}, {word}"))
    return name


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def keys_missing(targets: Targets, declared: Mapping[str, object]) -> Iterator[Target]:
    """The figures for which no indicator is declared."""
    return (target for target in targets.figures if target.key not in declared)
