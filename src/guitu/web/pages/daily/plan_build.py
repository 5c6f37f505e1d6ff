"""The brigade's part of the centre's day: whose classes, which training, which visits, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from guitu.casefile import Entry
from guitu.centre import elsewhere, times
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre.brigade import Around, Member
from guitu.web.component import Text
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.daily.shown import Section

MOST_NAMES: Final = 12
"""Names that are written out for a class; of more the number is enough, the roll has the rest."""
HEADING: Final = Label("全所安排里的本大队", "The brigade in the centre's day")

_Line = tuple[int, Row]


def plan(members: Sequence[Member], around: Around, trained: Sequence[Entry]) -> tuple[Section, ...]:
    """Classes in which somebody of the brigade is on the list, its training, and visits, by the time of day;
    nothing where there is none of them."""
    found = [*_classes(members, around), *_training(around, trained), *_visits(members, around)]
    if not found:
        return ()
    rows = tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))
    table = Table(
        HEADING,
        (
            Column(Label("时间", "Time"), phone="lead"),
            Column(Label("安排", "What")),
            Column(Label("地点", "Where")),
            Column(Label("谁", "Who"), phone="bare"),
        ),
        rows,
        (Label(f"{len(rows)} 项", f"{len(rows)} in all"),),
        id="plan-list",
    )
    return (Section("plan", HEADING, table=table),)


def _classes(members: Sequence[Member], around: Around) -> list[_Line]:
    found = []
    for lesson in around.lessons:
        there = [m for m in members if m.out is None and lesson.has(m.kept, around.on)]
        if not there:
            continue
        compartment = kinds()[lesson.course.enrols].compartment
        names = [m.line.name for m in there if compartment in m.sees]
        teacher = lesson.slot.teacher
        found.append(
            _line(
                lesson.slot.starts,
                lesson.slot.ends,
                Cell(lesson.course.title, sub=Label(f"上课 {teacher}", f"class, {teacher}")),
                lesson.slot.room or "—",
                _people(len(there), names),
            )
        )
    return found


def _training(around: Around, trained: Sequence[Entry]) -> list[_Line]:
    """The training of the brigade's own timetable, and what was held of it."""
    held = {times.minutes_of(e.get("starts")): e for e in trained}
    word = Label("康复训练", "Training")
    found = []
    for slot in around.slots:
        if slot.activity != "training":
            continue
        one = next((e for at, e in held.items() if at is not None and slot.start <= at < slot.end), None)
        found.append(_line(slot.start, slot.end, Cell(slot.words or word, sub=word), "—", _group(one)))
    planned = [slot for slot in around.slots if slot.activity == "training"]
    for at, one in held.items():
        if at is not None and not any(slot.start <= at < slot.end for slot in planned):
            minutes = one.get("minutes")
            end = at + minutes if isinstance(minutes, int) else at
            found.append(_line(at, end, Cell(word), "—", _group(one)))
    return found


def _group(entry: Entry | None) -> Text | Cell:
    if entry is None:
        return Label("全大队", "the brigade")
    there, due = entry.get("present"), entry.get("expected")
    return Cell(part=Word("done", Label(f"已训练，实到 {there}/{due}", f"held, {there} of {due} there")))


def _visits(members: Sequence[Member], around: Around) -> list[_Line]:
    compartment = kinds()["visit_booked"].compartment
    found = []
    for member in members:
        for visit in elsewhere.visits(member.kept, around.on) if compartment in member.sees else ():
            state = (
                Word("done", Label("已登记", "recorded"))
                if visit.over
                else Word("open", Label("已约", "booked"))
            )
            found.append(
                (
                    visit.at,
                    Row(
                        (
                            Cell(times.clock(visit.at), strong=True),
                            Label("会见", "Visit"),
                            Cell(part=state),
                            member.line.name,
                        )
                    ),
                )
            )
    return found


def _people(count: int, names: Sequence[str]) -> Label:
    said = f"{count} 人", f"{count} of the brigade"
    if not names or len(names) > MOST_NAMES:
        return Label(*said)
    return Label(f"{said[0]}：{'、'.join(names)}", f"{said[1]}: {', '.join(names)}")


def _line(starts: int, ends: int, what: Cell, place: Text, who: Text | Cell) -> _Line:
    return starts, Row((Cell(f"{times.clock(starts)}–{times.clock(ends)}", strong=True), what, place, who))
