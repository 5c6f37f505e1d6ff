"""Tests besides the drawn days: asked for with a reason, counted apart, and set beside what was drawn.

A test that is asked for outside the draw is chosen by somebody: that is why the reason stands first, and
why such a test neither stands for the drawn one nor moves it. What a person has had of both, against the
preset, is worked out here for the officer and for the person alike; nothing is decided. No law names a number
of extra tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.kernel.labels import Label

ASKED: Final = "extra_test"
TEST: Final = "urine_test"
EXTRA: Final = "extra"
KINDS: Final = frozenset({ASKED, TEST})
REASONS: Final = {
    "missed": Label("抽到的那天没有检测", "Not tested on the day that was drawn"),
    "unusable": Label("上次的样本不能检测", "The last sample could not be tested"),
    "sign": Label("出现需要核实的情况", "Something is to be looked into"),
    "back": Label("外出返回", "Back from an absence"),
    "wish": Label("本人要求", "The person asked for it"),
    "police": Label("公安机关要求", "The police asked for it"),
    "other": Label("其他", "Something else"),
}
"""Why a test is asked for besides the draw: our list, no law's."""

NOT_ASKED: Final = Label(
    "加测要先登记加测决定和理由，检测日期不早于决定所写的那一天。",
    "An extra test takes a decision with its reason first, and is not before the day that it names.",
)
State = Literal["ahead", "open", "done", "not_taken"]


@dataclass(frozen=True, slots=True)
class Extra:
    """A test that was asked for besides the draw, and the one that came of it, if any yet. `ahead` while
    its day lies ahead."""

    asked: Entry
    test: Entry | None
    state: State


@dataclass(frozen=True, slots=True)
class Burden:
    """How often somebody was tested in a measure: periods of the preset that have begun (`due`; None where
    the office has chosen none), how many of them were tested in, and the extra tests that were asked for and
    taken. `more` says that more extra ones were asked for than the preset has asked for at all."""

    due: int | None
    drawn: int
    asked: int
    taken: int

    @property
    def more(self) -> bool:
        """Whether the chosen tests outweigh the drawn ones."""
        return self.due is not None and self.asked > self.due


def extras(counted: Iterable[Entry], on: date) -> tuple[Extra, ...]:
    """Every extra test, the latest first. Each test goes with the first decision that is open on its day."""
    known = sorted(
        (e for e in counted if e.kind in KINDS and e.happened_on <= on),
        key=lambda e: (e.happened_on, e.recorded_at),
    )
    tests = [e for e in known if e.kind == TEST and e.get("occasion") == EXTRA]
    found = []
    for asked in (e for e in known if e.kind == ASKED):
        day = _day(asked)
        test = next((t for t in tests if t.happened_on >= day), None)
        if test is not None:
            tests.remove(test)
        state: State = "ahead" if day > on else "open"
        if test is not None:
            state = "done" if test.get("outcome") == "taken" else "not_taken"
        found.append(Extra(asked, test, state))
    return tuple(reversed(found))


def burden(counted: Iterable[Entry], duties: Sequence[tuple[str, bool]], since: date, on: date) -> Burden:
    """What somebody has had since a day. `duties` are those of the measure: the name of each and whether a
    test was taken for it; a period counts once it has begun."""
    routine = [taken for name, taken in duties if name == "routine_test"]
    some = [e for e in extras(counted, on) if e.asked.happened_on >= since]
    return Burden(
        len(routine) if routine else None,
        sum(routine),
        len(some),
        sum(one.state == "done" for one in some),
    )


def unfounded(test: Entry, counted: Iterable[Entry], on: date) -> Label | None:
    """Why an extra test cannot be recorded: nobody has asked for one, or each that was asked for has had its
    test. `counted` are the entries of the file so far; one that is corrected has given its place back."""
    if test.kind != TEST or test.get("occasion") != EXTRA:
        return None
    before = [e for e in counted if e.id not in (test.id, test.corrects)]
    free = [one for one in extras(before, max(on, test.happened_on)) if one.test is None]
    return None if any(_day(one.asked) <= test.happened_on for one in free) else NOT_ASKED


def _day(asked: Entry) -> date:
    day = asked.get("for_day")
    return day if isinstance(day, date) else asked.happened_on
