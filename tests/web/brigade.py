"""A brigade for tests: people under compulsory isolation for whom it answers, whose names have initials of
their own or share them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.test import Client

from guitu.access import house
from guitu.casefile import Entry
from guitu.kernel.zone import CHINA
from guitu.store import gate, unitfiles
from guitu.store.read import PersonLine, file_view, people
from guitu.store.units import tree
from tests.store.writing import CENTRE, Pen

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


def of_unit(kind: str, code: str = BRIGADE) -> list[Entry]:
    """The entries of a kind in a unit's own file that count."""
    return [e for e in unitfiles.unit_file(tree().find(code)).counted() if e.kind == kind]


def of(line: PersonLine, kind: str) -> list[Entry]:
    """Those in a person's file."""
    view = file_view(line.file)
    assert view is not None
    return [e for e in view.case_file.counted() if e.kind == kind]


def call(
    client: Client, lines: tuple[PersonLine, ...], marks: str = "", at: str = "06:40", **chosen: str
) -> Any:
    """Call a roll: the marks as they are typed, or as they are chosen."""
    listed = "-".join(str(line.no) for line in lines)
    return client.post(f"/daily/{BRIGADE}/roll/", {"at": at, "list": listed, "marks": marks, **chosen})


def named(lines: tuple[PersonLine, ...], name: str) -> PersonLine:
    """The person of that name."""
    return next(line for line in lines if line.name == name)


def record(kind: str, line: PersonLine, day: str, /, **fields: Any) -> None:
    """Something that stands in a person's file already."""
    pen = Pen(900 + line.no, author="doctor", unit=CENTRE)
    pen.next += len(file_view(line.file).entries)  # type: ignore[union-attr]
    entry = pen.entry(kind, day, **fields)
    gate.record(replace(entry, file=line.file), actor=house(), now=datetime(2026, 11, 23, 9, tzinfo=CHINA))
