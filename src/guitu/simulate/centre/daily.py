"""The brigades' days: timetables, thirty days of rolls, work with its plans and counts, a month's pay,
visits, calls, letters, a leave now and then, notes of conduct, the box.

What a roll notes of somebody and what the brigade's entry counts come from the same dice, so that both say
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Final

from guitu.centre import roll, timetable, work
from guitu.centre.times import clock
from guitu.policy import holidays
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import DAYS, chance, told_days

if TYPE_CHECKING:
    from guitu.simulate.centre import Add, Stay

_WORKDAYS: Final = """21:30-06:30 休息 就寝
06:30-06:40 内务 起床、整理内务
06:40-06:50 点名 早点名
06:50-07:20 康复训练 队列、早操
07:20-08:00 用餐 早餐
08:00-08:30 治疗 服药、巡诊
08:30-11:30 劳动 习艺
11:30-11:40 点名 午点名
11:40-12:20 用餐 午餐
12:20-14:00 休息 午休
14:00-16:00 劳动 习艺
16:00-17:20 教育 课堂
17:20-17:30 点名 晚点名
17:30-18:10 用餐 晚餐
18:10-19:00 自由活动
19:00-19:40 教育 新闻、讲评
19:40-21:20 自由活动 读书、棋牌、通话
21:20-21:30 点名 就寝点名"""
_REST: Final = """21:30-07:00 休息 就寝
07:00-07:10 点名 早点名
07:10-08:00 用餐 早餐
08:00-08:30 治疗 服药、巡诊
08:30-11:30 自由活动 会见、洗衣
11:30-11:40 点名 午点名
11:40-12:20 用餐 午餐
12:20-14:00 休息 午休
14:00-17:20 自由活动 文体活动
17:20-17:30 点名 晚点名
17:30-18:10 用餐 晚餐
18:10-21:20 自由活动 电影、读书
21:20-21:30 点名 就寝点名"""
_HOURS: Final = "5"
_RATE: Final = "2.5"
_MARKS: Final = ("late", "unwell", "refused", "elsewhere")
_WEIGHTS: Final = (5, 6, 1, 8)
_NOTED: Final = 0.004
"""Share of people of whom a roll notes something."""
_LEFT_OUT: Final = 0.02
_PAID_FOR: Final = 62
"""Days back whose work is told of: those of the last month that is over."""
_WORK: Final = ("服装缝制", "电子元件装配", "园艺", "食堂帮厨")
_RELATIONS: Final = ("parent", "spouse", "child", "kin")
_PRAISE: Final = (("praise", "主动照看生病的同室", "助人"), ("reward", "教育课结业考试第一", "学习成绩"))
_REMIND: Final = (("reminder", "两次未按时整理内务", "一日生活规范"), ("warning", "与同室争吵", "所规所纪"))


@lru_cache(maxsize=1)
def _day_slots() -> tuple[tuple[timetable.Slot, ...], tuple[timetable.Slot, ...]]:
    return timetable.read(_WORKDAYS)[0], timetable.read(_REST)[0]


def _works(day: date) -> bool:
    """Whether the brigades work on a day: Monday to Friday, and no holiday."""
    name, _ = holidays.holiday(day)
    return name is None and day.weekday() < 5


def _rolls(day: date) -> tuple[int, ...]:
    off = holidays.holiday(day)[0] is not None or not holidays.is_working_day(day)[0]
    return timetable.rolls(_day_slots()[1 if off else 0])


def _dice(stay: Stay, what: str) -> Random:
    """Dice of one person that fall the same whenever they are asked."""
    return Random(_of(stay, what))


def _of(stay: Stay, what: str) -> str:
    return f"{stay.name}/{stay.ordered}/{stay.brigade}/{what}"


def _noted(stay: Stay, day: date, at: int) -> str:
    """What that roll notes of the person, or nothing."""
    what = f"roll {day} {at}"
    if chance(_of(stay, what)) >= _NOTED or not _here(stay, day):
        return ""
    return _dice(stay, what).choices(_MARKS, _WEIGHTS)[0]


def _held(brigade: str, day: date, at: int) -> bool:
    return chance(f"{brigade}/{day}/{at}") >= _LEFT_OUT


@lru_cache(maxsize=16_384)
def _fit(stay: Stay) -> str:
    return _dice(stay, "fit").choices(("full", "light", "none"), (78, 14, 8))[0]


def _first_fit(stay: Stay) -> date:
    """The day of the doctor's word."""
    return stay.transferred + timedelta(days=3)


def _hours(stay: Stay, day: date) -> Decimal:
    """What the person worked on a day; over six hours once in a while, for somebody's order was late."""
    if not _works(day) or not _here(stay, day) or day < _first_fit(stay) or _fit(stay) == "none":
        return Decimal(0)
    told = _exception(stay, day)
    if told is not None:
        return Decimal(told[0])
    return Decimal("3") if _fit(stay) == "light" else Decimal(_HOURS)


def _exception(stay: Stay, day: date) -> tuple[str, str] | None:
    what = f"work {day}"
    if chance(_of(stay, what)) >= 0.03 or not _here(stay, day):
        return None
    return _dice(stay, what).choices(
        (("0", "unwell"), ("2.5", "class"), ("0", "visit"), ("6.5", "longer")), (6, 6, 4, 1)
    )[0]


def of_stay(stay: Stay) -> None:
    """What stands in one person's file."""
    add, rng, brigade = stay.life.add, _dice(stay, "daily"), stay.brigade
    officer = ("brigade_officer", brigade)
    fit = _fit(stay)
    more = {"most_hours": "3"} if fit == "light" else {}
    add(_first_fit(stay), "work_fitness", "doctor", stay.centre, fit=fit, **more)
    days = tuple(stay.lately())
    for day in days:
        for at in _rolls(day):
            if _held(brigade, day, at) and (what := _noted(stay, day, at)):
                add(day, "roll_exception", *officer, at=clock(at), what=what)
    for day in stay.lately(max(_PAID_FOR, stay.days)):
        told = _exception(stay, day)
        if told is not None and _works(day) and day >= _first_fit(stay) and fit != "none":
            add(day, "work_exception", *officer, hours=told[0], why=told[1])
    _contacts(stay, rng, days)
    _conduct(stay, rng, days)
    _pay(stay)


def _contacts(stay: Stay, rng: Random, days: Sequence[date]) -> None:
    add, officer = stay.life.add, ("brigade_officer", stay.brigade)
    relation = rng.choices(_RELATIONS, (5, 3, 2, 2))[0]
    for day in days:
        dice = rng.random()
        if day.weekday() >= 5 and dice < 0.12:
            outcome = rng.choices(("held", "not_come", "refused", "declined"), (88, 7, 3, 2))[0]
            more: dict[str, str | int] = {"identity_checked": "yes"} if outcome in ("held", "refused") else {}
            if outcome == "held":
                more["minutes"] = rng.choice((25, 30, 30, 40))
            if outcome == "refused":
                more |= {"identity_checked": "no", "reason": "来人没有带身份证件，已约下周"}
            add(
                day - timedelta(days=3),
                "visit_booked",
                *officer,
                on=day,
                at="14:30",
                visitor="某某",
                relation=relation,
            )
            add(day, "visit", *officer, visitor="某某", relation=relation, outcome=outcome, **more)
        elif dice < 0.16:
            add(day, "call", *officer, with_whom="某某", relation=relation, minutes=rng.randrange(4, 11))
        elif dice < 0.19:
            add(
                day,
                "letter",
                *officer,
                way=rng.choice(("in", "out")),
                found="nothing",
                checked_1=staff_name("brigade_officer", stay.brigade),
                checked_2=staff_name("intake_officer", stay.centre),
            )
    tomorrow = stay.today + timedelta(days=rng.randrange(0, 3))
    if stay.until is None and rng.random() < 0.06 and days:
        add(
            days[-1],
            "visit_booked",
            *officer,
            on=tomorrow,
            at=rng.choice(("09:30", "10:30", "14:30")),
            visitor="某某",
            relation=relation,
        )
    leave = _leave(stay)
    if leave is not None:
        going, back, returned = leave
        add(
            going - timedelta(days=2),
            "home_leave",
            *officer,
            going=going,
            back_by=back,
            relation="parent",
            cause="父亲住院",
        )
        if returned < stay.today:
            outcome = "late" if returned > back else "in_time"
            add(returned, "home_leave_back", *officer, outcome=outcome)


@lru_cache(maxsize=16_384)
def _leave(stay: Stay) -> tuple[date, date, date] | None:
    """Going, the day to be back by, and the day of coming back, of the few who had leave to see relatives."""
    dice = _dice(stay, "leave")
    if stay.until is not None or dice.random() >= 0.08:
        return None
    going = stay.today - timedelta(days=dice.randrange(2, 20))
    back = going + timedelta(days=dice.randrange(1, 4))
    returned = back + timedelta(days=2 if dice.random() < 0.15 else 0)
    inside = all(
        stay.inside(going + timedelta(days=n)) for n in range(-3, (min(returned, stay.today) - going).days)
    )
    return (going, back, returned) if inside else None


def _here(stay: Stay, day: date) -> bool:
    """Whether the person was in the centre on a day: inside, and not on leave."""
    leave = _leave(stay)
    return stay.inside(day) and not (leave is not None and leave[0] <= day < leave[2])


def _conduct(stay: Stay, rng: Random, days: Sequence[date]) -> None:
    add, officer = stay.life.add, ("brigade_officer", stay.brigade)
    for first in range(0, len(days), DAYS):
        some = days[first : first + DAYS]
        if rng.random() < 0.15:
            sort, what, reason = rng.choice(_PRAISE)
            add(
                rng.choice(some), "conduct_note", *officer, sort=sort, what=what, reason=reason,
                objects="agrees",
            )  # fmt: skip
        if rng.random() < 0.08:
            sort, what, reason = rng.choice(_REMIND)
            objects = rng.choices(("agrees", "objects", "not_told"), (7, 2, 1))[0]
            answer = {"answer": "那天我值日，事先说过"} if objects == "objects" else {}
            add(
                rng.choice(some), "conduct_note", *officer, sort=sort, what=what, reason=reason,
                objects=objects, **answer,
            )  # fmt: skip


def _pay(stay: Stay) -> None:
    """The slips of the months that are told of and over: the last one at least."""
    last = stay.today.replace(day=1) - timedelta(days=1)
    while last > stay.transferred:
        _slip(stay, last)
        last = last.replace(day=1) - timedelta(days=1)
        if last < stay.today - timedelta(days=stay.days):
            return


def _slip(stay: Stay, last: date) -> None:
    first = last.replace(day=1)
    paid = last + timedelta(days=5)
    spent = [_hours(stay, first + timedelta(days=n)) for n in range((last - first).days + 1)]
    days = [one for one in spent if one]
    hours = sum(days, Decimal(0))
    if days and stay.inside(min(paid, stay.today - timedelta(days=1))):
        amount = work.plain(work.pay(hours, Decimal(_RATE)))
        stay.life.add(
            paid,
            "work_pay",
            "brigade_officer",
            stay.brigade,
            month=first,
            days=len(days),
            hours=work.plain(hours),
            rate=_RATE,
            amount=amount,
        )


# ── the units ─────────────────────────────────────────────────────────────────────────────────────


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """What stands in the files of the centre and of its brigades."""
    add(
        centre,
        date(today.year - 1, 1, 4),
        "work_rate",
        "centre_head",
        rate=_RATE,
        basis="本所劳动报酬发放规定",
    )
    rng = Random(f"{centre}/box")
    for weeks in range(told_days(stays) // 7, 0, -1):
        papers = rng.choice((0, 0, 1, 2))
        add(
            centre,
            today - timedelta(days=7 * weeks - 1),
            "box_opened",
            "centre_head",
            papers=papers,
            unsigned=0,
            opener_1=staff_name("centre_head", centre),
            opener_2=staff_name("intake_officer", centre),
        )
    for brigade in sorted({stay.brigade for stay in stays}):
        _brigade(brigade, tuple(s for s in stays if s.brigade == brigade), today, add)


def _brigade(brigade: str, stays: Sequence[Stay], today: date, add: Add) -> None:
    working, rest = (timetable.kept(slots) for slots in _day_slots())
    slots = _day_slots()[0]
    add(
        brigade,
        date(today.year - 1, 1, 4),
        "timetable",
        "brigade_officer",
        from_day=date(today.year - 1, 1, 4),
        workdays=working,
        rest_days=rest,
        holidays=rest,
        rolls=len(timetable.rolls(slots)),
        work_minutes=timetable.sums(slots)["work"],
    )
    waiting = 0
    told = today - timedelta(days=told_days(stays))
    first = min(told, (today.replace(day=1) - timedelta(days=1)).replace(day=1))
    day = first
    rng = Random(f"{brigade}/work")
    while day < today:
        inside = [stay for stay in stays if _listed(stay, day)]
        if day >= told:
            waiting = _roll_day(brigade, inside, day, waiting, add)
        if _works(day):
            _work_day(brigade, inside, day, rng.choice(_WORK), add)
        day += timedelta(days=1)
    for n in range(14 - today.weekday()):
        ahead = today + timedelta(days=n)
        if _works(ahead) and holidays.holiday(ahead)[1]:  # a year that is not known is for a human to check
            _plan(brigade, ahead, today - timedelta(days=1), rng.choice(_WORK), add)


def _plan(brigade: str, on: date, made: date, what: str, add: Add) -> None:
    add(brigade, made, "work_plan", "brigade_officer", on=on, hours=_HOURS, what=what, safety="yes")


def _listed(stay: Stay, day: date) -> bool:
    """Whether the brigade answers for the person on that day, in or out."""
    return stay.transferred <= day and (stay.until is None or day <= stay.until)


def _roll_day(brigade: str, stays: Sequence[Stay], day: date, waiting: int, add: Add) -> int:
    for at in _rolls(day):
        waiting += 1
        if not _held(brigade, day, at):
            continue
        out = [n for n, stay in enumerate(stays) if not _here(stay, day)]
        marked = {n: what for n, stay in enumerate(stays) if n not in out and (what := _noted(stay, day, at))}
        numbers = roll.counts(range(len(stays)), out, marked)
        add(
            brigade,
            day,
            "roll_call",
            "brigade_officer",
            at=clock(at),
            scheduled="yes",
            due=waiting,
            people=numbers.people,
            present=numbers.present,
            out=numbers.out,
            elsewhere=numbers.elsewhere,
            missing=numbers.missing,
            late=numbers.late,
            unwell=numbers.unwell,
            refused=numbers.refused,
        )
        waiting = 0
    return waiting


def _work_day(brigade: str, stays: Sequence[Stay], day: date, what: str, add: Add) -> None:
    _plan(brigade, day, day - timedelta(days=1), what, add)
    spent = [hours for stay in stays if (hours := _hours(stay, day))]
    within = sum(1 for hours in spent if hours <= 6)
    add(brigade, day, "work_day", "brigade_officer", worked=len(spent), within=within)
