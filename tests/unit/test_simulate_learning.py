"""Classes and training of the demonstration: what a register counts is what the files of its people say."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from guitu.casefile import CaseFile, Entry
from guitu.centre import classes, exercise, fitness
from guitu.compose import kinds
from guitu.simulate.centre import Detail
from guitu.simulate.province import population
from guitu.store.divisions import load_province

TODAY = date(2026, 11, 23)
OURS = {"class_held", "course", "course_slot", "training_session"}


@pytest.fixture(scope="module")
def told() -> tuple[list[tuple[Entry, ...]], list[Entry]]:
    """The people's files and the entries of the units' files."""
    detail = Detail(TODAY, 7)
    files = [h.entries for h in population(700, 7, TODAY, load_province("46"), detail)]
    return files, [e for entries in detail.of_units() for e in entries if e.kind in OURS]


Told = tuple[list[tuple[Entry, ...]], list[Entry]]


def test_what_a_register_counts_is_what_the_files_say(told: Told) -> None:
    absent: Counter[tuple[str, date]] = Counter()
    for entries in told[0]:
        for entry in CaseFile(entries[0].file, entries).counted():
            if entry.kind == "class_absence":
                absent[str(entry.get("course_id")), entry.happened_on] += 1
    held = [e for e in told[1] if e.kind == "class_held"]
    assert len(held) > 20
    assert sum(absent.values()) > 0
    for entry in held:
        missed = int(str(entry.get("enrolled"))) - int(str(entry.get("present")))
        assert missed == int(str(entry.get("excused"))) + int(str(entry.get("unexcused")))
        assert missed == absent[str(entry.get("course_id")), entry.happened_on]


def test_every_list_belongs_to_a_class_that_was_opened_and_no_slot_clashes(told: Told) -> None:
    by_file = Counter(e.file for e in told[1] if e.kind == "course")
    for file in by_file:
        mine = [e for e in told[1] if e.file == file]
        known = classes.courses(mine)
        week = classes.slots(mine, known)
        assert len(known) == by_file[file] >= 5
        for slot in week:  # one invented teacher teaches them all
            assert classes.clashes(slot, week, known) == ()
    opened = {str(c) for e in [told[1]] for c in classes.courses(e)}
    named = {str(e.get("course_id")) for es in told[0] for e in es if e.kind == "course_enrolled"}
    assert named
    assert named <= opened


def test_nobody_trains_before_a_doctor_has_examined(told: Told) -> None:
    trained = 0
    for entries in told[0]:
        for entry in entries:
            if entry.kind in ("exercise_prescription", "training_exception"):
                trained += 1
                high = entry.get("high")
                before = [e for e in entries if e.happened_on <= entry.happened_on]
                allowed = exercise.may_prescribe(
                    before, entry.happened_on, high if isinstance(high, int) else None
                )
                assert allowed.allowed, (entry.kind, entry.happened_on, allowed.reason.zh)
    assert trained > 20


def test_its_entries_are_as_their_kinds_ask_and_its_tests_can_be_read(told: Told) -> None:
    tests = 0
    for entry in [e for entries in told[0] for e in entries] + told[1]:
        if entry.kind in OURS | classes.PERSON_KINDS | exercise.KINDS and entry.kind != "void":
            assert not kinds()[entry.kind].faults(entry.fields), entry
            assert entry.version in (1, kinds()[entry.kind].version)
        if entry.kind == "fitness_test":
            battery = fitness.battery(str(entry.get("battery")))
            assert battery is not None
            typed = {k: str(v) for k, v in fitness.values_of(entry.get("results")).items()}
            read = fitness.read_typed(battery, typed)
            assert not read.faults
            tests += 1
    assert tests > 20
