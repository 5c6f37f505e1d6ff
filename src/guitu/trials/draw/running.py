"""Runs the trial: draws every day of three years for many people, months and offices, and asks of the days
what a person, a colleague or a clerk could have known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from random import Random
from time import perf_counter
from typing import Final

import numpy as np

from guitu.home.draw import Drawn, Keyed, Sheet, Terms, Window, check, commitment, day_of, lot_of
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.trials.draw import asked
from guitu.trials.draw.asked import Array

MOST_PEOPLE: Final = 1_000_000
OFFICES: Final = 40
STARTS: Final = date(2026, 1, 1)
POINTS: Final = (*range(13), *range(14, 25, 2), *range(27, 37, 3))
"""Months at which the periods of a term begin: 12, 6 and 4 in three years (preset FRQ-A, a local
practice)."""
ODD: Final = 1e-6
"""What chance alone brings once in a million asks is taken for a fault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, the answer as a probability, and whether it passes."""

    name: str
    label: Label
    p: float

    @property
    def good(self) -> bool:
        """Whether chance alone explains it."""
        return self.p >= ODD


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it. `burden` is the most by which two people who began together ever differed; `span` the
    most by which anybody's tests from some day to the end of a year differ from the preset; `wrong` the days
    that a check found wrong; `free` the share of days on which somebody already tested knows that they are
    free until the next period."""

    people: int
    days: int
    seconds: float
    answers: tuple[Answer, ...]
    burden: int
    span: int
    wrong: int
    free: float

    @property
    def good(self) -> bool:
        """Whether everything passed."""
        return all(a.good for a in self.answers) and self.burden <= 1 and self.span <= 1 and not self.wrong

    def tell(self, *, as_json: bool) -> None:
        """Print it."""
        from guitu.cli.main import say

        if as_json:
            told = {
                "people": self.people,
                "days": self.days,
                "seconds": round(self.seconds, 1),
                "good": self.good,
                "p": {a.name: float(f"{a.p:.4g}") for a in self.answers},
                "burden": self.burden,
                "span": self.span,
                "wrong": self.wrong,
                "free": round(self.free, 4),
            }
            print(json.dumps(told, ensure_ascii=False))
            return
        head = Label(
            f"{self.people:,} 人，{self.days:,} 个抽定日，{self.seconds:.0f} 秒",
            f"{self.people:,} people, {self.days:,} days drawn, {self.seconds:.0f} s",
        )
        print(say(head))
        for answer in self.answers:
            print(f"  {'✓' if answer.good else '✕'} p={answer.p:<10.3g} {say(answer.label)}")
        for good, label in (
            (
                self.burden <= 1,
                Label(
                    f"同日开始的人，次数至多相差 {self.burden}",
                    f"people who began together differ by at most {self.burden}",
                ),
            ),
            (
                self.span <= 1,
                Label(
                    f"第一年内从任一天算起，与频次相差至多 {self.span}",
                    f"from any day to the year's end nobody is off the preset by more than {self.span}",
                ),
            ),
            (
                not self.wrong,
                Label(f"事后核验：{self.wrong} 处不符", f"checked afterwards: {self.wrong} wrong"),
            ),
        ):
            print(f"  {'✓' if good else '✕'} {say(label)}")
        print(
            say(
                Label(
                    f"不能避免的：已检的人知道本周期不再检，占全部日子的 {self.free:.0%}",
                    "what cannot be hidden: whoever was tested is free until the next period:"
                    f" {self.free:.0%} of days",
                )
            )
        )


@lru_cache(maxsize=4096)
def windows(start: date) -> tuple[tuple[date, date], ...]:
    """The periods of a term that begins on that day."""
    points = [add_months(start, m) for m in POINTS]
    return tuple((first, after - timedelta(days=1)) for first, after in pairwise(points))


class Seeds:
    """The secret seeds of every office and month, from one seed of the trial."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.keyed = lru_cache(maxsize=None)(self._keyed)

    def bytes_of(self, office: int, month: int) -> bytes:
        """One seed."""
        return Random(f"{self.seed}/{office}/{month}").randbytes(32)

    def _keyed(self, office: int, month: int) -> Keyed:
        return Keyed(self.bytes_of(office, month))


def month_of(day: date) -> int:
    """Months since year nought."""
    return day.year * 12 + day.month


def try_it(people: int, seed: int) -> Report:
    """Draw, ask and check."""
    began = perf_counter()
    seeds, n = Seeds(seed), len(POINTS) - 1
    at, length, day, first = (np.zeros((people, n), dtype=np.int64) for _ in range(4))
    start, sample = np.zeros(people, dtype=np.int64), dict[tuple[int, int], list[Drawn]]()
    kept = (0, month_of(STARTS) + 3)
    for who in range(people):
        begins = STARTS + timedelta(days=(who * 37) % 365)
        start[who] = begins.toordinal()
        office = who % OFFICES
        for place, (opens, closes) in enumerate(windows(begins)):
            key = office, month_of(opens)
            keyed = seeds.keyed(*key)
            window = Window(lot_of(keyed, f"case-{who}"), opens, closes)
            drawn = day_of(keyed, window)
            at[who, place] = (drawn - opens).days
            length[who, place] = (closes - opens).days + 1
            day[who, place], first[who, place] = drawn.toordinal(), opens.toordinal()
            if key == kept:
                sample.setdefault(key, []).append(Drawn(window, drawn))
    wrong = sum(_checked(seeds, key, lots) for key, lots in sample.items())
    return Report(
        people,
        people * n,
        perf_counter() - began,
        _answers(at, length, day, first),
        _burden(day, start),
        _span(day, first),
        wrong,
        float(((length - 1 - at) / length).mean()),
    )


def _answers(at: Array, length: Array, day: Array, first: Array) -> tuple[Answer, ...]:
    place = (at + 0.5) / length
    mirrored = length[:, 1:] - 1 - np.minimum(at[:, :-1], length[:, 1:] - 1)
    same = np.minimum(at[:, :-1], length[:, 1:] - 1)
    chance = 1 / length[:, 1:]
    return (
        Answer(
            "uniform",
            Label("周期内每天机会相同", "every day of a period is as likely"),
            asked.uniform(at.ravel(), length.ravel()),
        ),
        Answer(
            "weekdays",
            Label("星期几不偏", "no weekday is favoured"),
            asked.weekdays(day.ravel(), first.ravel(), length.ravel()),
        ),
        Answer(
            "serial",
            Label("前后两次不相关", "one day says nothing of the next (correlation)"),
            asked.serial(place),
        ),
        Answer(
            "after_one",
            Label("前后两次独立", "one day says nothing of the next (table)"),
            asked.table(place, 1),
        ),
        Answer("after_two", Label("隔一次也独立", "nor of the one after it"), asked.table(place, 2)),
        Answer(
            "people",
            Label("相邻两人不相关", "one person's day says nothing of the neighbour's"),
            _people(at, length),
        ),
        Answer(
            "guess_same",
            Label("猜“与上次一样”不中", "guessing “as last time” does not help"),
            asked.guess(same == at[:, 1:], chance),
        ),
        Answer(
            "guess_mirror",
            Label("猜“与上次相反”不中", "guessing “the other way round” does not help"),
            asked.guess(mirrored == at[:, 1:], chance),
        ),
        Answer(
            "learned",
            Label("从一半人学不到另一半人", "half of the people teach nothing of the others"),
            asked.learned(at, length),
        ),
    )


def _people(at: Array, length: Array) -> float:
    """Neighbours whose periods are equally long: how often they fall on the same place."""
    same = length[:-1] == length[1:]
    return asked.guess((at[:-1] == at[1:])[same], 1 / length[:-1][same])


def _burden(day: Array, start: Array) -> int:
    """The most by which the tests so far of two people who began on one day ever differ."""
    most = 0
    for begun in np.unique(start):
        rows = np.sort(day[start == begun], axis=1)

        # be two ahead
        if rows.shape[0] > 1:
            early, late = rows.min(axis=0), rows.max(axis=0)
            ahead = np.array(
                [(early <= moment).sum() - (late <= moment).sum() for moment in np.unique(early)]
            )
            most = max(most, int(ahead.max()))
    return most


def _span(day: Array, first: Array) -> int:
    """The most by which anybody's tests from some day to the end of the first year differ from the periods
    that begin in that time."""
    most = 0
    for back in range(0, 180, 30):
        begins = first[:, :1] + back
        n = ((day >= begins) & (day < first[:, 12:13])).sum(axis=1)
        owed = 12 - (first[:, :12] < begins).sum(axis=1)
        most = max(most, int(np.abs(n - owed).max()))
    return most


def _checked(seeds: Seeds, key: tuple[int, int], lots: list[Drawn]) -> int:
    """One office's month as anybody checks it afterwards; how much is wrong with it."""
    office, month = key
    first = date((month - 1) // 12, (month - 1) % 12 + 1, 1)
    terms = Terms(f"office-{office}", first, add_months(first, 1) - timedelta(days=1))
    seed = seeds.bytes_of(office, month)
    told = datetime(first.year, first.month, 1, 9, tzinfo=CHINA) - timedelta(days=5)
    return len(check(Sheet(terms, commitment(terms, seed), told, seed.hex(), tuple(lots))))
