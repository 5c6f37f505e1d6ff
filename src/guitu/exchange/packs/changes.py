"""Why a number of a fixed pack is another one today: records that came late, corrections and withdrawals,
another definition, another law. Per figure, with counts; nothing is changed in the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from guitu import compose
from guitu.exchange.packs.content import Amount, Line, Pack
from guitu.indicators import Indicator
from guitu.indicators.measures import Change, tables
from guitu.kernel.labels import Label
from guitu.store.pack_since import Since

Why = Literal["late", "corrected", "withdrawn", "definition", "law", "unknown"]

WHYS: Final[dict[Why, Label]] = {
    "late": Label("补录 {n} 条", "{n} late records"),
    "corrected": Label("更正 {n} 条", "{n} corrections"),
    "withdrawn": Label("作废 {n} 条", "{n} withdrawals"),
    "definition": Label("口径由第 {was} 版改为第 {now} 版", "definition {was} became definition {now}"),
    "law": Label("规则有变动", "the rules have changed"),
    "unknown": Label("没有找到原因，请运行 guitu verify", "no reason was found; run guitu verify"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, in words."""

    why: Why
    label: Label


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that is another one today."""

    key: str
    label: Label
    unit: str
    was: Amount
    now: Amount
    causes: tuple[Cause, ...]


def changed(fixed: Pack, today: Pack, since: Since) -> tuple[Changed, ...]:
    """The figures of a fixed pack that count otherwise today, each with why. `since` is what came after."""
    law = fixed.policy != today.policy
    found: list[Changed] = []
    for name, label, was, now in _flow(fixed, today):
        if was.value != now.value:
            causes = _causes(since, _read_kinds(), law=law)
            found.append(Changed(f"flow.{name}", label, "person", was, now, causes))
    lines = {line.key: line for line in today.lines}
    for line in fixed.lines:
        other = lines.get(line.key)
        now = other.now if other is not None else Amount("0")
        if not _differs(line.now, now):
            continue
        kinds = kinds_behind(line.key)
        worked_out = bool(kinds & _read_kinds()) and _is_worked_out(line.key)
        causes = _definition(line, other) + _causes(since, kinds, law=law and worked_out)
        causes = tuple(c for c in causes if len(causes) == 1 or c.why != "unknown")
        found.append(Changed(line.key, line.label, line.unit, line.now, now, causes))
    return tuple(found)


def same_numbers(fixed: Pack, again: Pack) -> tuple[str, ...]:
    """The figures that a recount as of the same entry gives otherwise; () if it gives the very same."""
    lines = {line.key: line.now for line in again.lines}
    odd = [line.key for line in fixed.lines if _differs(line.now, lines.get(line.key, Amount("0")))]
    odd += [f"flow.{name}" for name, _, was, now in _flow(fixed, again) if was.value != now.value]
    return tuple(odd)


def kinds_behind(key: str) -> frozenset[str]:
    """The kinds of entries from which an indicator is counted; for what is worked out, every kind that an
    assessment reads."""
    found: set[str] = set()
    for indicator in _versions(key):
        for of in tables(_real(indicator).value):
            found |= {of} if of in compose.kinds() else _read_kinds()
    return frozenset(found)


def _is_worked_out(key: str) -> bool:
    return any(of not in compose.kinds() for i in _versions(key) for of in tables(_real(i).value))


def _versions(key: str) -> Iterable[Indicator]:
    return compose.indicator_versions().get(key, ())


def _real(indicator: Indicator) -> Indicator:
    """What a change is a change of."""
    while isinstance(indicator.value, Change):
        indicator = compose.indicators()[indicator.value.of]
    return indicator


def _read_kinds() -> frozenset[str]:
    return frozenset(name for name, kind in compose.kinds().items() if kind.general)


def _differs(was: Amount, now: Amount) -> bool:
    return (was.value or "0", was.over or 0, was.under or 0) != (
        now.value or "0",
        now.over or 0,
        now.under or 0,
    )


def _definition(line: Line, other: Line | None) -> tuple[Cause, ...]:
    if other is None or other.version == line.version:
        return ()
    return (Cause("definition", WHYS["definition"].fill(was=line.version, now=other.version)),)


def _causes(since: Since, kinds: frozenset[str], *, law: bool) -> tuple[Cause, ...]:
    parts: tuple[tuple[Why, Mapping[str, int]], ...] = (
        ("late", since.late), ("corrected", since.corrected), ("withdrawn", since.withdrawn),
    )  # fmt: skip
    found = [
        Cause(why, WHYS[why].fill(n=n))
        for why, counts in parts
        if (n := sum(counts.get(kind, 0) for kind in kinds))
    ]
    if law:
        found.append(Cause("law", WHYS["law"]))
    return tuple(found) or (Cause("unknown", WHYS["unknown"]),)


def _flow(fixed: Pack, today: Pack) -> list[tuple[str, Label, Amount, Amount]]:
    was, now = fixed.flow, today.flow
    rows = [("opening", Label("期初在册", "Opening"), was.opening, now.opening)]
    for side, old, new in (("in", was.into, now.into), ("out", was.out, now.out)):
        after = {m.name: m for m in new}
        before = {m.name: m for m in old}
        for name in dict.fromkeys([*before, *after]):
            move = before.get(name) or after[name]
            rows.append(
                (
                    f"{side}.{name}", move.label,
                    before[name].amount if name in before else Amount("0"),
                    after[name].amount if name in after else Amount("0"),
                )
            )  # fmt: skip
    rows.append(("closing", Label("期末在册", "Closing"), was.closing, now.closing))
    return rows
