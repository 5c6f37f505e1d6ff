"""A unit's own file: opened by its first entry, standing in that unit's area, written through the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from guitu.access import Actor, Post, house
from guitu.casefile import Entry, Kind, Value
from guitu.compose import kinds
from guitu.store import bulk, complaints, engine, gate, read, unitfiles
from guitu.store.apart import file_id
from guitu.store.units import tree
from tests.store.writing import CENTRE, CLERK, COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen

LECTURER = Actor("lecturer", (Post("outreach", CENTRE),))


@pytest.fixture(autouse=True)
def _places(places: object) -> None:
    """Every test here has the tree of units."""


def talk(unit: str, now: datetime, *, audience: Value = 40, by: Actor = CLERK, office: str = "") -> Entry:
    return unitfiles.new_entry(
        unit,
        "outreach_event",
        date(2026, 5, 1),
        {"form": "talk", "given_by": "lecturers", "audience": audience, "topic": "一句主题"},
        now=now,
        author=by.name,
        office=office,
    )


def own_kinds() -> list[Kind]:
    """The kinds that are typed in on the file's own page; rewards take two officers (test_nameless.py)."""
    elsewhere = unitfiles.ELSEWHERE | {"informant_reward_ended"}
    return [kind for kind in unitfiles.work_kinds() if kind.name not in elsewhere and not kind.act]


def opened(code: str) -> unitfiles.UnitFile:
    return unitfiles.unit_file(tree().find(code))


def test_the_first_entry_opens_the_file_in_the_area_of_its_unit_whoever_wrote_it(now: datetime) -> None:
    assert opened(VILLAGE).entries == ()
    unitfiles.record(talk(VILLAGE, now, by=COUNTY, office="469023"), actor=COUNTY, now=now)
    file = opened(VILLAGE)
    assert [e.get("audience") for e in file.entries] == [40]
    assert file.entries[0].get("topic") == "一句主题"
    assert file.view is not None
    assert file.view.unit is not None
    assert (file.view.about, file.view.unit.code, file.entries[0].unit) == ("unit", VILLAGE, "469023")
    assert opened(OTHER_VILLAGE).entries == ()


def test_it_is_corrected_and_withdrawn_like_any_other(now: datetime) -> None:
    first = talk(TOWN, now - timedelta(minutes=2))
    unitfiles.record(first, actor=CLERK, now=now)
    better = unitfiles.new_entry(
        TOWN, "outreach_event", date(2026, 5, 2), dict(first.fields) | {"audience": 45},
        now=now - timedelta(minutes=1), author="clerk", corrects=first.id, reason="数错",
    )  # fmt: skip
    unitfiles.record(better, actor=CLERK, now=now)
    assert [e.get("audience") for e in opened(TOWN).counted()] == [45]
    gone = unitfiles.new_entry(
        TOWN, "void", date(2026, 5, 3), {"reason": "没有举办"}, now=now, author="clerk", corrects=first.id
    )
    unitfiles.record(gone, actor=CLERK, now=now)
    assert opened(TOWN).counted() == ()
    assert len(opened(TOWN).entries) == 3


def refused(entry: Entry, actor: Actor, now: datetime) -> str:
    with pytest.raises((gate.NotAllowed, gate.NotAccepted)) as found:
        gate.record(entry, actor=actor, now=now)
    return found.value.say("zh")


def test_work_stands_in_no_other_file_and_nothing_else_in_this_one(now: datetime) -> None:
    stray = replace(talk(TOWN, now), file=Pen(1).file)
    assert "只能登记在单位自己的档案里" in refused(stray, CLERK, now)
    complaint = unitfiles.new_entry(
        TOWN, "complaint", date(2026, 5, 1),
        {"against": TOWN, "receiver": "469023", "receiver_role": "supervisor", "text": "话", "named": "no"},
        now=now, author="clerk",
    )  # fmt: skip
    assert "单位档案里不登记“投诉”" in refused(complaint, house(), now)
    person = replace(Pen(2).person(), file=unitfiles.file_of(TOWN))
    unitfiles.record(talk(TOWN, now), actor=CLERK, now=now)
    assert "人员的记录不能写进单位档案" in refused(person, CLERK, now)


def test_a_lecturer_who_reads_no_case_records_talks_for_the_own_unit_and_no_other(now: datetime) -> None:
    unitfiles.record(talk(CENTRE, now, by=LECTURER), actor=LECTURER, now=now)
    assert "不在本单位辖区内" in refused(talk(TOWN, now, by=LECTURER, office=CENTRE), LECTURER, now)
    assert "不登记" in refused(
        unitfiles.new_entry(
            CENTRE, "spending", date(2026, 5, 1), {"amount": 5, "purpose": "staff"}, now=now,
            author="lecturer",
        ),
        LECTURER,
        now,
    )  # fmt: skip
    assert unitfiles.may_read(LECTURER, tree().find(CENTRE)).allowed
    assert not unitfiles.may_read(LECTURER, tree().find(TOWN)).allowed
    offered = {kind.name for kind in unitfiles.recordable(LECTURER, tree().find(CENTRE))}
    assert "outreach_event" in offered
    assert all("outreach" in kinds()[name].recorded_by for name in offered)


def test_nobody_below_writes_into_the_file_of_a_unit_above_because_they_wrote_there_first(
    now: datetime,
) -> None:
    written_below = talk("469023", now, by=COUNTY, office=VILLAGE)
    unitfiles.record(written_below, actor=COUNTY, now=now)
    assert "不在本单位辖区内" in refused(talk("469023", now, by=CLERK, office=TOWN), CLERK, now)


@pytest.mark.parametrize(
    ("role", "reads"),
    [("statistician", True), ("duty_planner", True), ("inspector", True), ("nurse", False),
     ("counsellor", True), ("auditor", False), ("system_admin", False), ("person", False)],
)  # fmt: skip
def test_who_reads_a_unit_s_own_file(role: str, reads: bool) -> None:
    actor = Actor("somebody", (Post(role, "469023"),))
    assert unitfiles.may_read(actor, tree().find(TOWN)).allowed == reads
    assert not unitfiles.may_read(actor, tree().find(CENTRE)).allowed


def many(now: datetime) -> list[list[Entry]]:
    return [
        [
            replace(
                talk(code, now, audience=n),
                id=Pen(place * 10 + n).entry("remark", "2026-05-01", text="x").id,
            )
            for n in range(1, 4)
        ]
        for place, code in enumerate((VILLAGE, OTHER_VILLAGE, WEST_VILLAGE, TOWN, CENTRE), 1)
    ]


def test_many_files_at_once_come_out_as_if_they_were_written_one_by_one(now: datetime) -> None:
    lots = many(now)
    outcome = bulk.load(lots, now)
    assert (outcome.new, outcome.files) == (15, 5)
    for lot in lots:
        file = read.file_view(lot[0].file)
        assert file is not None
        assert [e.id for e in file.entries] == [e.id for e in lot]
        assert file.unit is not None
        assert unitfiles.file_of(file.unit.code) == file.id
    assert bulk.load(lots, now).repeated == 15


def test_every_kind_of_work_can_be_recorded(now: datetime) -> None:
    entries = []
    for n, kind in enumerate(own_kinds()):
        fields: dict[str, Any] = {}
        for ask in kind.fields:
            if ask.required and ask.applies(fields):
                match ask.type:
                    case "choice":
                        fields[ask.name] = ask.choices[0].value
                    case "whole":
                        fields[ask.name] = ask.least or 0
                    case "decimal":
                        fields[ask.name] = "79.159" if ask.most is None else "1.5"
                    case "day":
                        fields[ask.name] = date(2026, 5, 1) + timedelta(days=n)
                    case "unit":
                        fields[ask.name] = TOWN
                    case _ if ask.name == kind.answers:  # the last that asks for something
                        asks = [e for e in entries if not kinds()[e.kind].answers]
                        fields[ask.name] = str(asks[-1].id)
                    case _:
                        fields[ask.name] = ask.name if ask.of_others else "文字"  # each another person
        entries.append(
            unitfiles.new_entry(TOWN, kind.name, date(2026, 5, 1), fields, now=now, author="clerk")
        )
    unitfiles.record_many(entries, actor=house(), now=now)
    kept = {e.kind: e for e in opened(TOWN).entries}
    assert kept.keys() == {kind.name for kind in own_kinds()}
    assert kept["published_figure"].get("value") == "79.159"


def test_a_complaint_that_staff_wrote_down_stands_in_nobody_s_area(now: datetime) -> None:
    pen = Pen(1)
    gate.record_many([pen.person(), pen.held_by(VILLAGE)], actor=CLERK, now=now)
    view = read.file_view(pen.file)
    assert view is not None
    complaints.lodge(
        view, against=tree().find(VILLAGE), text="不给办", named=False, actor=CLERK, now=now, source="口述",
        unit=TOWN,
    )  # fmt: skip
    lodged = read.file_view(file_id(pen.file))
    assert lodged is not None
    assert (lodged.about, lodged.unit) == ("unit", None)


@pytest.fixture
def three(now: datetime) -> None:
    """Something in the files of a village, of a village of another town and of a centre."""
    for code in (VILLAGE, WEST_VILLAGE, CENTRE):
        gate.record(talk(code, now), actor=house(), now=now)


@pytest.mark.usefixtures("three")
def test_the_scope_gives_the_work_of_units_in_it_and_only_with_its_compartment() -> None:
    def seen(units: tuple[str, ...], compartments: tuple[str, ...]) -> set[str]:
        numbers = [tree().find(code).no for code in units]
        with engine.scope(numbers, compartments):
            return {code for code in (VILLAGE, WEST_VILLAGE, CENTRE) if opened(code).entries}

    assert seen((TOWN,), ("work",)) >= {VILLAGE}
    assert seen((TOWN,), ("legal", "support")) == set()
    assert seen((), ()) == set()
    if engine.is_postgresql():  # SQLite has no rows of its own to keep back: there access alone decides
        assert seen((TOWN,), ("work",)) == {VILLAGE}
        assert seen((CENTRE,), ("work",)) == {CENTRE}


def test_the_fields_that_figures_need_are_open_and_free_text_is_sealed() -> None:
    for kind in own_kinds():
        for ask in kind.fields:
            free = ask.type in ("text", "long_text") and not ask.plain
            assert (ask.name in kind.sealed_fields) == free, ask.name
    condition = kinds()["health_condition"]
    assert condition.sealed_fields == {"code", "diagnosis"}


def test_engine_reads_what_is_open_without_any_key(now: datetime) -> None:
    gate.record(talk(TOWN, now), actor=CLERK, now=now)
    found = engine.row("SELECT body FROM store_entry WHERE kind = 'outreach_event'")
    assert found
    assert '"audience":40' in found[0]
    assert "一句主题" not in found[0]
