"""The lines of a sum, as a reader follows them: what was counted from which day, and where it led.

Each is a function of its values, so that a reason can keep the values and compose the line when it is read.
Each day is put into words once for both languages: formatting days is most of what a line costs.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from guitu.kernel.counting import LABELS as COUNTING
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


AGREED: Final = Label("自愿戒毒协议", "Voluntary agreement")
"""What begins voluntary treatment, in the place of an order."""


def term(what: Label, first: date, length: int, last: date, inclusive: bool) -> Label:
    """The sum of a term: 报到 2022-11-20 ＋ 3年 → 2025-11-19（首日计入）."""
    first_iso, last_iso = first.isoformat(), last.isoformat()
    run = months(length)
    how_zh, how_en = ("首日计入", "first day counted") if inclusive else ("首日不计", "first day not counted")
    return Label(
        f"{what.zh} {first_iso} ＋ {run.zh} → {last_iso}（{how_zh}）",
        f"{what.en} {first_iso} + {run.en} → {last_iso} ({how_en})",
    )


def in_effect(what: Label) -> Label:
    """A decision on the day it takes effect, where that is not the day it was made."""
    return Label(f"{what.zh}生效", f"{what.en} in effect")


def printed(last: date) -> Label:
    """The printed end stands."""
    last_iso = last.isoformat()
    return Label(
        f"决定书载明期满日 {last_iso}，以载明的为准",
        f"the order prints {last_iso} as the last day, which stands",
    )


def agreed(last: date) -> Label:
    """The last day that an agreement states."""
    last_iso = last.isoformat()
    return Label(
        f"协议载明期满日 {last_iso}，以协议为准",
        f"the agreement states {last_iso} as the last day, which stands",
    )


def printed_unusable(last: date, first: date) -> Label:
    """A printed end before the term begins is not used."""
    last_iso, first_iso = last.isoformat(), first.isoformat()
    return Label(
        f"载明的期满日 {last_iso} 早于起始日 {first_iso}，不采用",
        f"the printed last day {last_iso} is before the first day {first_iso} and is not used",
    )


def pushed(what: Label, since: date, until: date, number: int, last: date) -> Label:
    """A pause: its days are added after the last day."""
    since_iso, until_iso, last_iso = since.isoformat(), until.isoformat(), last.isoformat()
    return Label(
        f"{what.zh} {since_iso} 至 {until_iso}（不含）{number} 天 → {last_iso}",
        f"{what.en} from {since_iso} up to, not including, {until_iso}: {days(number)} → {last_iso}",
    )


def provisional(what: Label, since: date, on: date, number: int, last: date) -> Label:
    """A pause that lasts: the end is computed as if it stopped on the day asked about."""
    since_iso, on_iso, last_iso = since.isoformat(), on.isoformat(), last.isoformat()
    return Label(
        f"{what.zh}自 {since_iso} 起仍在继续，推算至 {on_iso} 已 {number} 天 → {last_iso}（暂定，逐日后延）",
        f"{what.en} since {since_iso} goes on; up to {on_iso} {days(number)} → {last_iso} (provisional)",
    )


def extended(decided: date, length: int, last: date) -> Label:
    """An extension added after the last day."""
    decided_iso, last_iso = decided.isoformat(), last.isoformat()
    run = months(length)
    return Label(
        f"{decided_iso} 决定延长 {run.zh} → {last_iso}",
        f"extension of {run.en} decided on {decided_iso} → {last_iso}",
    )


def too_long(most: int, last: date) -> Label:
    """A term longer than the law allows: the day stands as it was decided, and this beside it."""
    last_iso = last.isoformat()
    return Label(
        f"超过上限 {months(most).zh}；按条文最迟到 {last_iso}，条文不准许以后的日子，请决定机关立即核对",
        f"more than {months(most).en}; by the article the last day is {last_iso} at the latest and no day"
        " after it is allowed: the deciding organ must check at once",
    )


def beyond(total: int, most: int, last: date) -> Label:
    """An extension that the law does not allow: the day stands as it was decided, and this beside it."""
    last_iso = last.isoformat()
    return Label(
        f"延长合计 {months(total).zh}，超过上限 {months(most).zh}；按条文最迟到 {last_iso}，"
        "条文不准许以后的日子，请决定机关立即核对",
        f"the extensions come to {months(total).en}, more than {months(most).en}; by the article the last day"
        f" is {last_iso} at the latest and no day after it is allowed: the deciding organ must check at once",
    )


def shortened(decided: date, last: date) -> Label:
    """Early release: the day it takes effect is the last."""
    decided_iso, last_iso = decided.isoformat(), last.isoformat()
    return Label(
        f"{decided_iso} 决定提前解除，{last_iso} 生效 → {last_iso}",
        f"early release decided on {decided_iso}, in effect on {last_iso} → {last_iso}",
    )


def changed(decided: date, effect: date, last: date) -> Label:
    """A change of measure: the day before it takes effect is the last."""
    decided_iso, effect_iso, last_iso = decided.isoformat(), effect.isoformat(), last.isoformat()
    return Label(
        f"{decided_iso} 决定变更措施，{effect_iso} 生效 → {last_iso}",
        f"change decided on {decided_iso}, in effect on {effect_iso} → {last_iso}",
    )


def credited(number: int, since: date, until: date, last: date) -> Label:
    """Time served, set off."""
    since_iso, until_iso, last_iso = since.isoformat(), until.isoformat(), last.isoformat()
    return Label(
        f"已执行 {since_iso} 至 {until_iso}（不含）共 {number} 天，折抵 → {last_iso}",
        f"served from {since_iso} up to, not including, {until_iso}: {days(number)} set off → {last_iso}",
    )


def deadline(what: Label, day: date, length: Label, due: date) -> Label:
    """A deadline: the day itself is not counted."""
    day_iso, due_iso = day.isoformat(), due.isoformat()
    return Label(
        f"{what.zh} {day_iso} ＋ {length.zh} → {due_iso}（次日起算）",
        f"{what.en} {day_iso} + {length.en} → {due_iso} (counted from the next day)",
    )


def rolled(day: date, to: date) -> Label:
    """A last day that is a holiday."""
    day_iso, to_iso = day.isoformat(), to.isoformat()
    return Label(f"{day_iso} 为休息日，顺延至 {to_iso}", f"{day_iso} is a day off, moved to {to_iso}")


def put_off(until: date) -> Label:
    """A last day that an excuse puts off."""
    until_iso = until.isoformat()
    return Label(f"有登记的正当理由，延至 {until_iso}", f"a good reason is recorded: put off to {until_iso}")


def held(until: date) -> Label:
    """A last day that days in custody put off."""
    until_iso = until.isoformat()
    return Label(
        f"本人被关押的日子不能报到，不计入（推定）→ {until_iso}",
        f"days on which the person was held do not count (our reading) → {until_iso}",
    )


STILL_HELD = Label(
    "本人仍被关押，不能报到，这些日子不计入（推定）",
    "the person is still held and cannot report: these days do not count (our reading)",
)


def away(until: date) -> Label:
    """A last day that days outside the centre put off."""
    until_iso = until.isoformat()
    return Label(
        f"脱逃或者被羁押、服刑的日子不是在所执行，不计入（推定）→ {until_iso}",
        "days at large, in custody or in prison are no time in the centre and do not count (our reading)"
        f" → {until_iso}",
    )


STILL_AWAY = Label(
    "本人脱逃在外，或者被羁押、服刑，不在所内，这些日子不计入（推定）",
    "the person is at large, in custody or in prison and not in the centre: these days do not count"
    " (our reading)",
)


def on_last_day(last: date) -> Label:
    """A deadline that is the last day itself."""
    last_iso = last.isoformat()
    return Label(f"最后一日 {last_iso}（不顺延）", f"the last day is {last_iso} (never moved on)")


def ahead(last: date, length: Label, due: date) -> Label:
    """A deadline before the last day."""
    last_iso, due_iso = last.isoformat(), due.isoformat()
    return Label(
        f"最后一日 {last_iso} － {length.zh} → {due_iso}（不顺延）",
        f"last day {last_iso} − {length.en} → {due_iso} (never moved on)",
    )


def period(place: int, first: date, last: date) -> Label:
    """One period of a duty that comes again."""
    first_iso, last_iso = first.isoformat(), last.isoformat()
    return Label(f"第{place}期 {first_iso} 至 {last_iso}", f"period {place}: {first_iso} to {last_iso}")


def done(day: date, late: bool) -> Label:
    """When it was done."""
    day_iso = day.isoformat()
    return Label(
        f"{day_iso} 已办" + ("（逾期）" if late else ""), f"done on {day_iso}" + (" (late)" if late else "")
    )


def passed(until: date) -> Label:
    """A right whose last day has passed."""
    until_iso = until.isoformat()
    return Label(f"最后一日 {until_iso} 已过", f"the last day, {until_iso}, has passed")


# ── why a finding holds ───────────────────────────────────────────────────────────────────────────


def reached(says: Label, number: int, word: str, limit: int) -> Label:
    """A count that has reached its limit: 逃避或者拒绝检测（次）：3，达到“3以上”."""
    rule = COUNTING[word]
    zh = rule.zh.format(number=limit, unit="")
    en = " ".join(rule.en.format(number=limit, unit="").split())
    return Label(f"{says.zh}：{number}，达到“{zh}”", f"{says.en}: {number}, which is {en}")


def listed(*kinds: tuple[Label, tuple[date, ...]]) -> Label:
    """Entries by kind and day: 检测 2024-03-01、2024-04-01；追回 2024-05-06."""
    told = [(word, [day.isoformat() for day in days]) for word, days in kinds]
    return Label(
        "；".join(f"{word.zh} {'、'.join(days)}" for word, days in told),
        "; ".join(f"{word.en} {', '.join(days)}" for word, days in told),
    )


def reached_on(number: int, day: date) -> Label:
    """The day on which a count of days was reached."""
    day_iso = day.isoformat()
    return Label(f"第 {number} 日是 {day_iso}", f"day {number} is {day_iso}")


def left_out(spans: tuple[tuple[date, date], ...]) -> Label:
    """Days that excuses take out of what is counted."""
    told = [(since.isoformat(), until.isoformat()) for since, until in spans]
    return Label(
        "有正当理由的日子不算（推定）：" + "、".join(f"{since} 至 {until}" for since, until in told),
        "days with a good reason do not count (our reading): "
        + ", ".join(f"{since} to {until}" for since, until in told),
    )


def no_release(last: date) -> Label:
    """A last day with no release after it."""
    return Label(f"最后一日 {last}，此后没有解除记录", f"last day {last}, and no release after it")


def still_elsewhere(what: Label, since: date) -> Label:
    """Somebody of whom the file says that they are held elsewhere."""
    return Label(
        f"{what.zh} {since}，此后没有释放记录；请先核对本人现在何处",
        f"{what.en} on {since}, and nothing recorded of being freed; check first where the person is now",
    )


def left_late(last: date, left: date, over: int) -> Label:
    """A release after the last day."""
    return Label(
        f"最后一日 {last}，{left} 解除，晚 {over} 天",
        f"last day {last}, released on {left}: {over} days late",
    )


def prints(last: date) -> Label:
    """The last day that the order prints."""
    return Label(f"决定书载明 {last}", f"the order prints {last}")


def printed_beyond(first: date, length: int, longest: date, last: date) -> Label:
    """A printed last day after the longest term."""
    return Label(
        f"{first} ＋ {length}个月 → {longest}，载明 {last}",
        f"{first} + {length} months → {longest}, printed {last}",
    )


def not_before(ordered: date, length: int, allowed: date) -> Label:
    """The day from which something may be proposed."""
    run = months(length)
    return Label(
        f"决定 {ordered} ＋ {run.zh} → {allowed} 起方可提出",
        f"ordered {ordered} + {run.en} → not before {allowed}",
    )


def broken_before(measure: Label, ordered: date, broken: date, relapsed: date, again: date) -> Label:
    """An earlier measure refused or broken, a relapse, and a new order."""
    return Label(
        f"{ordered} 的{measure.zh}自 {broken} 起有“拒绝”或者“严重违反”，{relapsed} 复吸，{again} 再次决定",
        f"{measure.en} of {ordered} was refused or broken from {broken}, "
        f"relapse on {relapsed}, ordered again on {again}",
    )


def clean(what: Label, since: date, length: int, day: date) -> Label:
    """A time that passed without use."""
    run = months(length)
    return Label(
        f"{what.zh} {since} ＋ {run.zh} → {day}，其间没有吸毒的记录",
        f"{what.en} {since} + {run.en} → {day}, with no record of use in between",
    )


# ── what no rule decides ──────────────────────────────────────────────────────────────────────────

UNSTATED_EXTENSION = Label(
    "延长决定没有写明月数，期限不变，须由决定机关明确",
    "the extension states no months; the term stays until the deciding organ says",
)


def no_rule(measure: Label) -> Label:
    """A measure whose term no rule states."""
    return Label(
        f"没有{measure.zh}期限的规则，须由人工决定",
        f"no rule says how long {measure.en} lasts; decide by hand",
    )


def not_in_force(rule: Label, name: str, day: date, not_yet: bool) -> Label:
    """A rule that did not stand on the day it was needed."""
    zh, en = ("尚未生效", "not yet") if not_yet else ("已经失效", "no longer")
    return Label(
        f"{day} 时，“{rule.zh}”（{name}）{zh}，须由人工决定",
        f"on {day} “{rule.en}” ({name}) was {en} in force; decide by hand",
    )
