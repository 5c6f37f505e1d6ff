"""The lines of a sum, as a reader follows them: what was counted from which day, and where it led."""

from __future__ import annotations

from datetime import date
from functools import cache

from guitu.kernel.labels import Label

MONTHS_A_YEAR = 12


@cache
def months(number: int) -> Label:
    """3年, 18个月 / 3 years, 18 months."""
    if number and number % MONTHS_A_YEAR == 0:
        years = number // MONTHS_A_YEAR
        return Label(f"{years}年", f"{years} year" + ("s" if years != 1 else ""))
    return Label(f"{number}个月", f"{number} month" + ("s" if number != 1 else ""))


def days(number: int) -> str:
    """1 day, 15 days."""
    return f"{number} day" + ("s" if number != 1 else "")


@cache
def in_days(number: int) -> Label:
    """15天 / 15 days."""
    return Label(f"{number}天", days(number))


@cache
def in_working_days(number: int) -> Label:
    """7个工作日 / 7 working days."""
    return Label(f"{number}个工作日", f"{number} working day" + ("s" if number != 1 else ""))


@cache
def in_hours(number: int) -> Label:
    """24小时 / 24 hours."""
    return Label(f"{number}小时", f"{number} hours")


def term(what: Label, first: date, length: int, last: date, inclusive: bool) -> Label:
    """The sum of a term: 报到 2022-11-20 ＋ 3年 → 2025-11-19（首日计入）."""
    run = months(length)
    how_zh, how_en = ("首日计入", "first day counted") if inclusive else ("首日不计", "first day not counted")
    return Label(
        f"{what.zh} {first} ＋ {run.zh} → {last}（{how_zh}）",
        f"{what.en} {first} + {run.en} → {last} ({how_en})",
    )


def printed(last: date) -> Label:
    """The printed end stands."""
    return Label(
        f"决定书载明期满日 {last}，以载明的为准", f"the order prints {last} as the last day, which stands"
    )


def printed_unusable(last: date, first: date) -> Label:
    """A printed end before the term begins is not used."""
    return Label(
        f"决定书载明期满日 {last} 早于起始日 {first}，不采用",
        f"the printed last day {last} is before the first day {first} and is not used",
    )


def pushed(what: Label, since: date, until: date, number: int, last: date) -> Label:
    """A pause: its days are added after the last day."""
    return Label(
        f"{what.zh} {since} 至 {until}（不含）{number} 天 → {last}",
        f"{what.en} from {since} up to, not including, {until}: {days(number)} → {last}",
    )


def provisional(what: Label, since: date, on: date, number: int, last: date) -> Label:
    """A pause that lasts: the end is computed as if it stopped on the day asked about."""
    return Label(
        f"{what.zh}自 {since} 起仍在继续，推算至 {on} 已 {number} 天 → {last}（暂定，逐日后延）",
        f"{what.en} since {since} goes on; up to {on} {days(number)} → {last} (provisional, moves daily)",
    )


def extended(decided: date, length: int, last: date) -> Label:
    """An extension added after the last day."""
    run = months(length)
    return Label(
        f"{decided} 决定延长 {run.zh} → {last}", f"extension of {run.en} decided on {decided} → {last}"
    )


def shortened(decided: date, last: date) -> Label:
    """Early release: the day it takes effect is the last."""
    return Label(
        f"{decided} 决定提前解除，{last} 生效 → {last}",
        f"early release decided on {decided}, in effect on {last} → {last}",
    )


def changed(decided: date, effect: date, last: date) -> Label:
    """A change of measure: the day before it takes effect is the last."""
    return Label(
        f"{decided} 决定变更措施，{effect} 生效 → {last}",
        f"change decided on {decided}, in effect on {effect} → {last}",
    )


def credited(number: int, since: date, until: date, last: date) -> Label:
    """Time served, set off."""
    return Label(
        f"已执行 {since} 至 {until}（不含）共 {number} 天，折抵 → {last}",
        f"served from {since} up to, not including, {until}: {days(number)} set off → {last}",
    )


def deadline(what: Label, day: date, length: Label, due: date) -> Label:
    """A deadline: the day itself is not counted."""
    return Label(
        f"{what.zh} {day} ＋ {length.zh} → {due}（次日起算）",
        f"{what.en} {day} + {length.en} → {due} (counted from the next day)",
    )


def rolled(day: date, to: date) -> Label:
    """A last day that is a holiday."""
    return Label(f"{day} 为休息日，顺延至 {to}", f"{day} is a day off, moved to {to}")


def on_last_day(last: date) -> Label:
    """A deadline that is the last day itself."""
    return Label(f"最后一日 {last}（不顺延）", f"the last day is {last} (never moved on)")


def ahead(last: date, length: Label, due: date) -> Label:
    """A deadline before the last day."""
    return Label(
        f"最后一日 {last} － {length.zh} → {due}（不顺延）",
        f"last day {last} − {length.en} → {due} (never moved on)",
    )


def done(day: date, late: bool) -> Label:
    """When it was done."""
    return Label(f"{day} 已办" + ("（逾期）" if late else ""), f"done on {day}" + (" (late)" if late else ""))
