"""A brigade for tests: people under compulsory isolation for whom it answers, whose names have initials of
their own or share them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import gate, unitfiles
from guitu.store.read import PersonLine, people
from tests.store.writing import Pen

BRIGADE: Final = "46J0101"
NAMES: Final = ("王小明", "吴晓梅", "李建国", "陈红", "赵一")
WORKDAYS: Final = """21:30-06:30 休息 就寝
06:30-06:40 内务
06:40-06:50 点名 早点名
07:00-07:30 用餐 早餐
08:30-11:30 劳动 缝纫
11:30-12:00 用餐 午餐
14:00-17:00 劳动 缝纫
17:30-17:40 点名 晚点名
19:00-20:00 教育 新闻"""


def peopled(now: datetime, names: tuple[str, ...] = NAMES) -> tuple[PersonLine, ...]:
    """The people, in the order of the list."""
    made: list[Entry] = []
    for place, name in enumerate(names, 1):
        pen = Pen(place)
        made += [
            pen.person(name),
            pen.entry(
                "order", "2026-01-05", measure="compulsory_isolation", document_no=f"示例〔2026〕{place}号"
            ),
            pen.entry("served", "2026-01-05"),
            pen.entry("admission", "2026-01-06", place="justice_centre", centre="46J01"),
            pen.held_by(BRIGADE, on="2026-01-07"),
        ]
    gate.record_many(made, actor=house(), now=now)
    return people(BRIGADE, measure="compulsory_isolation", current=True, sort="name", size=400)[0]


def planned(now: datetime, workdays: str = WORKDAYS) -> Entry:
    """A timetable in force since January."""
    from guitu.centre import timetable

    slots, _ = timetable.read(workdays)
    entry = unitfiles.new_entry(
        BRIGADE,
        "timetable",
        date(2026, 1, 5),
        {
            "from_day": date(2026, 1, 5),
            "workdays": timetable.kept(slots),
            "rolls": len(timetable.rolls(slots)),
            "work_minutes": timetable.sums(slots).get("work", 0),
        },
        now=now,
        author="brigade",
        office=BRIGADE,
    )
    unitfiles.record(entry, actor=house(), now=now)
    return entry
