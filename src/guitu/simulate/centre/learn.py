"""Education inside a centre, as the demonstration tells it: seven classes, who is on their lists, who
was absent in the last weeks, results, certificates, and what became of the first ones outside.

What a class's register counts follows from what the files of its people say: both ask the same dice, of the
person, the class and the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from guitu.kernel.days import add_months
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import DAYS, Add, Stay, chance, told_days

SCHOOL: Final = "示例县中等职业学校"
TRADES: Final = "示例省技工学校"
_EXCUSES: Final = ("ill", "care", "visit", "leave", "other")
_LEVELS: Final = ("none", "some", "primary", "junior", "senior", "higher")
_LEVEL_WEIGHTS: Final = (3, 12, 33, 40, 10, 2)


@dataclass(frozen=True, slots=True)
class Planned:
    """One class of a centre: its first and last day as days from today, when it meets, who comes onto it."""

    key: str
    title: str
    sort: str
    first: int
    last: int
    hours: int
    weekdays: tuple[str, ...]
    starts: str
    ends: str
    room: str
    share: float
    school: str = ""
    teacher: str = "teacher"

    def days(self, today: date) -> tuple[date, date]:
        """Its first and its last day."""
        return today + timedelta(days=self.first), today + timedelta(days=self.last)


PLANNED: Final = (
    Planned("law", "法律常识", "law", -60, 30, 24, ("tue",), "08:30", "10:10", "一教室", 0.25),
    Planned(
        "culture",
        "文化补习（小学）",
        "culture",
        -90,
        60,
        80,
        ("mon", "wed"),
        "19:00",
        "20:30",
        "二教室",
        0.18,
    ),
    Planned("mind", "情绪管理", "psychology", -45, 15, 12, ("thu",), "08:30", "10:10", "一教室", 0.2),
    Planned("family", "家庭关系修复", "family", -30, 30, 12, ("fri",), "08:30", "10:10", "一教室", 0.15),
    Planned(
        "baker",
        "中式面点（初级）",
        "vocational",
        -170,
        -52,
        120,
        ("mon", "thu"),
        "14:30",
        "16:10",
        "烘焙室",
        0.22,
        TRADES,
    ),
    Planned(
        "electric",
        "电工（初级）",
        "vocational",
        -40,
        80,
        120,
        ("tue", "fri"),
        "14:30",
        "16:10",
        "实训室",
        0.2,
        TRADES,
    ),
    Planned(
        "school",
        "金不换职教中专班",
        "school",
        -200,
        160,
        600,
        ("mon", "wed", "fri"),
        "10:30",
        "11:50",
        "三教室",
        0.14,
        SCHOOL,
    ),
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


_GROUP: Final = 2
"""Brigades that have their classes together, where a whole year is told."""


def group_of(brigade: str) -> int:
    """The group of brigades to which one belongs, from 0."""
    return (int(brigade[-2:]) - 1) // _GROUP


def planned(days: int, group: int) -> tuple[Planned, ...]:
    """The classes of a group of brigades: those of the demonstration, all of whose brigades learn together;
    where more is told of, each class again and again as far as the days reach, in rooms and by teachers of
    the group's own."""
    return PLANNED if days <= DAYS else _again(days, group)


@lru_cache(maxsize=64)
def _again(days: int, group: int) -> tuple[Planned, ...]:
    found = []
    for one in PLANNED:
        length, number = one.last - one.first + 1, 0
        while one.last - number * length >= -days:
            found.append(
                replace(
                    one, key=f"{one.key}-{group}-{number}", first=one.first - number * length,
                    last=one.last - number * length, title=f"{one.title}（{group + 1}组，前{number}期）",
                    room=f"{one.room}（{group + 1}）", teacher=f"teacher-{group}" if group else "teacher",
                )
            )  # fmt: skip
            number += 1
    return tuple(found)


def course_id(centre: str, key: str) -> UUID:
    """The id by which entries name a class: the same in every province that is made."""
    return uuid5(NAMESPACE_URL, f"guitu:class/{centre}/{key}")


def dice(stay: Stay, what: str) -> Random:
    """This person's dice for one thing."""
    return Random(f"learn/{stay.centre}/{stay.name}/{stay.born}/{stay.transferred}/{what}")


@lru_cache(maxsize=262_144)
def joined(stay: Stay, course: Planned) -> date | None:
    """The day this person came onto the list of a class; None for who never did."""
    first, last = course.days(stay.today)
    on = max(first, stay.transferred + timedelta(days=35))  # after entry education
    if on > min(last, stay.today - timedelta(days=1)) or not stay.inside(on):
        return None
    return on if dice(stay, course.key).random() < course.share else None


def on_list(stay: Stay, course: Planned, day: date) -> bool:
    """Whether the person is on the list that day: nobody is after leaving the centre."""
    on = joined(stay, course)
    return on is not None and on <= day and (stay.until is None or day <= stay.until)


def absent(stay: Stay, course: Planned, day: date) -> str:
    """Why the person missed that class; nothing for who was there."""
    if not stay.inside(day):
        return "care"
    thrown = chance(f"{stay.life.person.id_number}/{course.key}/{day}")
    if thrown < 0.008:
        return "unexcused"
    return dice(stay, f"{course.key}/{day}").choice(_EXCUSES) if thrown < 0.06 else ""


def held(course: Planned, today: date, days: int = DAYS) -> Iterator[date]:
    """The days on which the class met in the last weeks before today."""
    first, last = course.days(today)
    for back in range(days, 0, -1):
        day = today - timedelta(days=back)
        if first <= day <= last and _WEEKDAYS[day.weekday()] in course.weekdays:
            yield day


def of_stay(stay: Stay) -> None:
    """What stands in one person's file."""
    _arrival(stay)
    for course in planned(stay.days, group_of(stay.brigade)):
        on = joined(stay, course)
        if on is not None:
            _learn(stay, course, on)


def _arrival(stay: Stay) -> None:
    rng = dice(stay, "arrival")
    officer = ("brigade_officer", stay.brigade)
    begun = stay.transferred + timedelta(days=rng.randint(1, 3))
    stay.life.add(begun, "entry_education_begun", *officer)
    level = rng.choices(_LEVELS, _LEVEL_WEIGHTS)[0]
    stay.life.add(begun, "literacy_level", "teacher", stay.centre, level=level, occasion="entry", how="test")
    end = add_months(begun, 1) + timedelta(days=rng.randint(0, 6))
    if rng.random() < 0.04:  # ended too soon, and taken up again
        stay.life.add(
            begun + timedelta(days=20), "entry_education_done", *officer, result="not_held", hours=20
        )
    stay.life.add(end, "entry_education_done", *officer, result="passed", hours=rng.randint(40, 60))


def _learn(stay: Stay, course: Planned, on: date) -> None:
    life, teacher = stay.life, ("teacher", stay.centre)
    identity = str(course_id(stay.centre, course.key))
    trained = course.sort in ("vocational", "school")
    named = {"course": course.sort} if trained else {"sort": course.sort}
    life.add(
        on,
        "training_enrolled" if trained else "course_enrolled",
        *teacher,
        **named,
        subject=course.title,
        course_id=identity,
    )
    for day in held(course, stay.today, stay.days):
        if on_list(stay, course, day) and (why := absent(stay, course, day)):
            life.add(
                day,
                "class_absence",
                *teacher,
                sort=course.sort,
                why=why,
                starts=course.starts,
                course_id=identity,
            )
    _, last = course.days(stay.today)
    if stay.until is not None and stay.until < last:
        life.add(stay.until, "course_left", *teacher, sort=course.sort, why="released", course_id=identity)
        return
    if last >= stay.today:
        return
    _finish(stay, course, last, named, identity, trained=trained)


def _finish(
    stay: Stay, course: Planned, last: date, named: dict[str, str], identity: str, *, trained: bool
) -> None:
    rng, life, teacher = dice(stay, f"{course.key}/exam"), stay.life, ("teacher", stay.centre)
    exam = "training_exam" if trained else "course_exam"
    marks = rng.randint(45, 96)
    passed = marks >= 60
    life.add(
        last,
        exam,
        *teacher,
        **named,
        subject=course.title,
        result="passed" if passed else "failed",
        score=str(marks),
        sitting="first",
        course_id=identity,
    )
    if not passed and rng.random() < 0.7:
        passed = True
        life.add(
            last + timedelta(days=5),
            exam,
            *teacher,
            **named,
            subject=course.title,
            result="passed",
            score=str(rng.randint(60, 75)),
            sitting="resit",
            course_id=identity,
        )
    life.add(last, "course_left", *teacher, sort=course.sort, why="completed", course_id=identity)
    if trained and passed:
        issued = last + timedelta(days=8)
        life.add(
            issued,
            "training_certificate",
            *teacher,
            **named,
            subject=course.title,
            school=course.school,
            number=f"示例{issued:%Y%m}{rng.randint(100, 999)}",
            level="五级",
            course_id=identity,
        )
        if stay.until is not None and stay.until >= issued:
            _outside(stay, rng)


def of_left(stay: Stay) -> None:
    """A trade learnt in a class that is over, and what is known of their work since."""
    rng, life, teacher = dice(stay, "left"), stay.life, ("teacher", stay.centre)
    assert stay.until is not None
    begun = stay.transferred + timedelta(days=rng.randint(36, 70))
    if begun + timedelta(days=150) > stay.until or rng.random() > 0.6:
        return
    sort, subject, school = rng.choices(_TRADES_LEARNT, (3, 3, 2))[0]
    said = {"course": sort, "subject": subject}
    life.add(begun, "training_enrolled", *teacher, **said)
    sat = begun + timedelta(days=rng.randint(110, 140))
    passed = rng.random() < 0.85
    marks = rng.randint(60, 95) if passed else rng.randint(40, 59)
    result = "passed" if passed else "failed"
    life.add(sat, "training_exam", *teacher, **said, result=result, score=str(marks), sitting="first")
    if not passed:
        return
    number = f"示例{sat:%Y%m}{rng.randint(100, 999)}"
    issued = sat + timedelta(days=8)
    life.add(issued, "training_certificate", *teacher, **said, school=school, number=number, level="五级")
    if rng.random() < 0.7:
        _at_work(stay, stay.until + timedelta(days=rng.randint(3, 60)), rng)


def _at_work(stay: Stay, begun: date, rng: Random) -> None:
    """Helped into work, and asked after one, three, six and twelve months, as far as anybody asked: fewer are
    found at work each time, and some are lost."""
    town = ("town_office", stay.life.home.town)
    stay.life.add(begun, "job_placement", *town, how=rng.choice(("employer", "self_employed", "public_post")))
    for months, works in ((1, 0.92), (3, 0.85), (6, 0.85), (12, 0.85)):
        asked = add_months(begun, months) - timedelta(days=rng.randint(3, 20))
        if asked >= stay.today or rng.random() < 0.12:  # not yet; or nobody asked
            continue
        if rng.random() < 0.08:
            stay.life.add(asked, "follow_up", *town, mode="phone", result="no_answer")
            continue
        still = rng.random() < works
        stay.life.add(
            asked, "follow_up", *town, mode=rng.choice(("visit", "phone")), result="reached",
            at_work="yes" if still else "no",
        )  # fmt: skip
        if not still:
            return


_TRADES_LEARNT: Final = (
    ("vocational", "中式面点（初级）", TRADES),
    ("vocational", "电工（初级）", TRADES),
    ("school", "金不换职教中专班", SCHOOL),
)


def _outside(stay: Stay, rng: Random) -> None:
    """The first weeks at work of who left with a certificate."""
    assert stay.until is not None
    town = ("town_office", stay.life.home.town)
    if rng.random() < 0.7:
        begun = stay.until + timedelta(days=rng.randint(3, 15))
        stay.life.add(begun, "job_placement", *town, how=rng.choice(("employer", "self_employed")))
        if rng.random() < 0.8:
            stay.life.add(
                begun + timedelta(days=28),
                "follow_up",
                *town,
                mode="visit",
                result="reached",
                at_work="yes" if rng.random() < 0.85 else "no",
            )


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """The classes, their weekly hours, and those that were held lately."""
    here = [stay for stay in stays if stay.centre == centre]
    days = told_days(here)
    if days <= DAYS:
        _classes(centre, here, planned(days, 0), today, add)
        return
    for group in sorted({group_of(stay.brigade) for stay in here}):
        some = [stay for stay in here if group_of(stay.brigade) == group]
        _classes(centre, some, planned(days, group), today, add)


def _classes(centre: str, here: Sequence[Stay], courses: Sequence[Planned], today: date, add: Add) -> None:
    days = told_days(here)
    for course in courses:
        first, last = course.days(today)
        opened = min(first, today - timedelta(days=1)) - timedelta(days=10)
        identity = str(course_id(centre, course.key))
        add(
            centre,
            opened,
            "course",
            "teacher",
            title=course.title,
            sort=course.sort,
            first=first,
            until=last,
            hours=course.hours,
            teacher=staff_name(course.teacher, centre),
            capacity=60,
            room=course.room,
            course_id=identity,
            **({"school": course.school} if course.school else {}),
        )
        for weekday in course.weekdays:
            add(
                centre,
                opened,
                "course_slot",
                "teacher",
                course_id=identity,
                weekday=weekday,
                since=first,
                starts=course.starts,
                ends=course.ends,
            )
        begins, ends = (60 * int(t[:2]) + int(t[3:]) for t in (course.starts, course.ends))
        for day in held(course, today, days):
            people = [stay for stay in here if on_list(stay, course, day)]
            why = [found for stay in people if (found := absent(stay, course, day))]
            if not people or Random(f"{centre}/{course.key}/{day}").random() < 0.04:
                continue  # nobody was on it; or the register was left unfilled, as in any office
            add(
                centre,
                day,
                "class_held",
                "teacher",
                course_id=identity,
                sort=course.sort,
                starts=course.starts,
                minutes=ends - begins,
                enrolled=len(people),
                present=len(people) - len(why),
                excused=sum(w != "unexcused" for w in why),
                unexcused=why.count("unexcused"),
            )
