"""The answers of `guitu sweep` as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from guitu.cli.main import language, say
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.pathway.sweep.comparing import Changes
    from guitu.pathway.sweep.counting import Counts
    from guitu.pathway.sweep.swept import Swept

ASPECTS: Final = {
    "measure": Label("措施", "measure"),
    "state": Label("状态", "state"),
    "ends_on": Label("期满日", "last day"),
    "duties": Label("应办事项", "duties"),
    "findings": Label("提示", "findings"),
    "notcovered": Label("没有规则可依", "not covered"),
}
_ENDS: Final = {
    "earlier": Label("提前", "earlier"),
    "later": Label("推后", "later"),
    "appears": Label("由无到有", "none before"),
    "disappears": Label("由有到无", "none any more"),
}


def lines(swept: Swept, counts: Counts) -> Iterator[str]:
    """A table of counts."""
    yield from _head(swept, counts.people)
    yield from _body(counts)


def changed(swept: Swept, changes: Changes) -> Iterator[str]:
    """What a draft would change."""
    yield from _head(swept, changes.people)
    n = len(changes.affected)
    yield say(
        Label(
            f"草案与现行规则比较：{n:,} 人受影响",
            f"The draft beside the rules in force: {n:,} people affected",
        )
    )
    for name, keys in changes.by_aspect.items():
        yield f"  {_wide(say(ASPECTS[name]))} {len(keys):>10,}"
    for name, number in changes.ends.items():
        if number:
            yield f"    {say(ASPECTS['ends_on'])} {say(_ENDS[name])} {number:,}"
    yield from _pairs(changes)


def _pairs(changes: Changes) -> Iterator[str]:
    """The counts that differ, before and after."""
    before, after = changes.before, changes.after
    yield say(Label("数字变化（现行 → 草案）", "Counts that differ (in force → draft)"))
    same = True
    words = _Words()
    for name, one, other in (
        *(
            (words.status(*key), before.status[key], after.status[key])
            for key in {**before.status, **after.status}
        ),
        *(
            (words.duty(*key), before.duties[key], after.duties[key])
            for key in {**before.duties, **after.duties}
        ),
        *(
            (words.finding(key), before.findings[key], after.findings[key])
            for key in {**before.findings, **after.findings}
        ),
    ):
        if one != other:
            same = False
            yield f"  {_wide(name)} {one:>10,} → {other:,}"
    if same:
        yield say(Label("  没有", "  none"))


def _head(swept: Swept, people: int) -> Iterator[str]:
    known = f"，按 {swept.known_at:%Y-%m-%d %H:%M} 所知" if swept.known_at else ""
    known_en = f", as known at {swept.known_at:%Y-%m-%d %H:%M}" if swept.known_at else ""
    yield say(
        Label(
            f"{swept.on}{known}：{people:,} 人（快照截至第 {swept.seq:,} 号记录）",
            f"{swept.on}{known_en}: {people:,} people (the snapshot goes up to entry {swept.seq:,})",
        )
    )
    hand = swept.tally.by_hand
    if hand:
        yield say(Label(f"其中逐人计算 {hand:,} 人", f"{hand:,} of them were worked out one by one"))


def _body(counts: Counts) -> Iterator[str]:
    words = _Words()
    yield say(Label("措施和状态", "Measure and state"))
    for key, n in sorted(counts.status.items()):
        yield f"  {_wide(words.status(*key))} {n:>10,}"
    yield say(Label("待办和逾期的事项", "Duties open and overdue"))
    for key, n in sorted(counts.duties.items()):
        yield f"  {_wide(words.duty(*key))} {n:>10,}"
    yield say(Label("提示（人）", "Findings (people)"))
    for name, n in sorted(counts.findings.items()):
        yield f"  {_wide(words.finding(name))} {n:>10,}"
    if counts.not_covered:
        yield f"  {_wide(say(ASPECTS['notcovered']))} {counts.not_covered:>10,}"
    if counts.provisional:
        yield say(
            Label(
                f"期满日为推算的 {counts.provisional:,} 人",
                f"{counts.provisional:,} people whose last day is provisional",
            )
        )


class _Words:
    """The labels of what the tables name."""

    def __init__(self) -> None:
        from guitu import policy

        self.names = policy.names()

    def status(self, measure: str, state: str) -> str:
        if not measure:
            return say(Label("没有任何决定", "no order"))
        return f"{self.names.measures[measure].say(language())} · {self.names.states[state].say(language())}"

    def duty(self, name: str, state: str) -> str:
        return f"{self.names.duties[name].say(language())} · {self.names.duty_states[state].say(language())}"

    def finding(self, name: str) -> str:
        return self.names.findings[name].say(language())


_WIDTH: Final = 44


def _wide(text: str) -> str:
    """The text padded to one width; Chinese characters take two columns."""
    taken = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
    return text + " " * max(1, _WIDTH - taken)
