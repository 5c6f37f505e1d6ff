"""The ceilings on work, as data with their articles, and what goes beyond them. What does is refused at the
one gate (`store.guards`), whichever way it comes.

Counting words are the law's: 不超过 includes the number. A week is Monday to Sunday. What was really worked
is never refused: it is recorded as it was and counts as against the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from guitu.casefile.entry import Entry
from guitu.casefile.kind import day_word
from guitu.centre.timetable import FIELD_OF, DaySort, hours, read, sums, week_of
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label

PLANS: Final = frozenset({"timetable", "work_plan"})
"""The kinds that plan work."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`most` of its unit and not more. `mark` says how the article was seen: P in a full text of the law, S
    in a secondary copy that an office should check against the official text."""

    name: Literal["day_hours", "week_days", "holidays"]
    most: int
    says: Label
    cites: str
    mark: Literal["P", "S"]

    @property
    def article(self) -> Label:
        """The article, in words."""
        return Citation.parse(self.cites).label


_ART: Final = "司法行政机关强制隔离戒毒工作规定#43"
CEILINGS: Final = (
    Ceiling("day_hours", 6, Label("每天不超过六小时", "six hours a day at most"), _ART, "S"),
    Ceiling("week_days", 5, Label("每周不超过五天", "five days a week at most"), _ART, "S"),
    Ceiling("holidays", 0, Label("法定节假日不得安排劳动", "no work on a statutory holiday"), _ART, "S"),
)
PAID: Final = Ceiling("day_hours", 0, Label("参加劳动应当支付报酬", "work is paid"), "禁毒法#43", "P")
"""Not a ceiling: why there is a slip for every month of work."""
DAY_HOURS, WEEK_DAYS, HOLIDAYS = CEILINGS


@dataclass(frozen=True, slots=True)
class Day:
    """What sort of day it is; `known` False where the holidays of its year are not known here."""

    on: date
    sort: DaySort
    known: bool = True
    name: Label | None = None


def over_timetable(days: Mapping[DaySort, str]) -> tuple[Label, ...]:
    """What in the lines of a timetable, by sort of day, goes beyond the ceilings."""
    found: list[Label] = []
    minutes = {sort: sums(read(days.get(sort, ""))[0]).get("work", 0) for sort in FIELD_OF}
    for sort, label in (("working", "工作日"), ("rest", "周六、周日")):
        planned = minutes[sort]  # type: ignore[index]
        if planned > DAY_HOURS.most * 60:
            english = "working days" if sort == "working" else "Saturdays and Sundays"
            found.append(
                _over(
                    DAY_HOURS,
                    f"{label}劳动 {hours(planned)} 小时",
                    f"{hours(planned)} hours of work on {english}",
                )
            )
    a_week = 5 * bool(minutes["working"]) + 2 * bool(minutes["rest"])
    if a_week > WEEK_DAYS.most:
        found.append(_over(WEEK_DAYS, f"一周劳动 {a_week} 天", f"{a_week} days of work a week"))
    if minutes["holiday"]:
        spent = hours(minutes["holiday"])
        found.append(_over(HOLIDAYS, f"法定节假日劳动 {spent} 小时", f"{spent} hours of work on holidays"))
    return tuple(found)


def over_plan(on: Day, planned: str, others: Iterable[tuple[date, str]]) -> tuple[Label, ...]:
    """What a plan for that day, of so many hours, would go beyond. `others` are the plans there are already,
    each with its day and hours; those of the same day are replaced by it."""
    found: list[Label] = []
    asked = Decimal(planned)
    if not asked:
        return ()
    zh, en = (
        f"{day_word(on.on)}（周{'一二三四五六日'[on.on.weekday()]}）",
        f"{on.on:%A} {day_word(on.on, 'en')}",
    )
    if asked > DAY_HOURS.most:
        found.append(_over(DAY_HOURS, f"{zh}安排劳动 {planned} 小时", f"{planned} hours of work on {en}"))
    if on.sort == "holiday":
        name = on.name or SORT_HOLIDAY
        found.append(_over(HOLIDAYS, f"{zh}是{name.zh}", f"{en} is {name.en}"))
    week = set(week_of(on.on))
    days = {day for day, amount in others if day in week and day != on.on and Decimal(amount)} | {on.on}
    if len(days) > WEEK_DAYS.most:
        said_zh = f"{zh}是这一周的第 {len(days)} 个劳动日"
        found.append(_over(WEEK_DAYS, said_zh, f"{en} would be day {len(days)} of work in its week"))
    return tuple(found)


SORT_HOLIDAY: Final = Label("法定节假日", "a statutory holiday")


def unchecked(on: Day, told: object) -> Label | None:
    """What is to be done before a plan for a year whose holidays are not known here can be saved."""
    if on.known or told == "yes":
        return None
    return Label(
        f"{on.on.year}年的放假安排尚未收录；请查明{day_word(on.on)}不是法定节假日，并选“是”（{HOLIDAYS.article.zh}"
        f"）",
        f"the holidays of {on.on.year} are not known here: check that {day_word(on.on, 'en')} is none,"
        f" and say so"
        f" ({HOLIDAYS.article.en})",
    )


def plans(counted: Iterable[Entry]) -> dict[date, Entry]:
    """The plan that stands for each day: the one recorded last."""
    found: dict[date, Entry] = {}
    for entry in sorted((e for e in counted if e.kind == "work_plan"), key=lambda e: e.recorded_at):
        if isinstance(day := entry.get("on"), date):
            found[day] = entry
    return found


def _over(ceiling: Ceiling, zh: str, en: str) -> Label:
    return Label(
        f"{zh}，超出上限：{ceiling.says.zh}（{ceiling.article.zh}）。没有保存。",
        f"{en}: over the ceiling, {ceiling.says.en} ({ceiling.article.en}). Nothing was saved.",
    )
