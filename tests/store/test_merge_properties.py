"""Undoing a merge restores everything, whatever stood in the two files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guitu.casefile import Entry
from guitu.store import gate, read, rebuild, verify
from guitu.store.read.desk import holder_of_number
from tests.conftest import NOW
from tests.store.dumping import projections
from tests.store.test_records import HOUSE, two_people
from tests.store.writing import OTHER_VILLAGE, VILLAGE, WEST_VILLAGE, Pen, id_number

pytestmark = pytest.mark.usefixtures("places")

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

EVENTS = (
    ("order", {"measure": "community_treatment"}),
    ("order", {"measure": "compulsory_isolation"}),
    ("order", {"measure": "community_recovery", "months": 24}),
    ("served", {}),
    ("reporting_in", {}),
    ("agreement", {}),
    ("urine_test", {"outcome": "refused"}),
    ("urine_test", {"outcome": "taken", "result": "negative"}),
    ("release", {}),
    ("detained", {}),
    ("relapse", {}),
    ("monitoring_ended", {}),
    ("remark", {"text": "记"}),
)

histories = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.integers(0, 2400), st.booleans()), min_size=0, max_size=9
)
places_ = st.sampled_from((VILLAGE, OTHER_VILLAGE, WEST_VILLAGE))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written(place: int, unit: str, history: list) -> Pen:
    """A file with these events, some of them withdrawn again."""
    pen = Pen(place)
    found: list[Entry] = [pen.person("王小明", "1990-03-05"), pen.held_by(unit, "2020-01-01")]
    for (kind, fields), days, withdrawn in history:
        day = (date(2020, 1, 2) + timedelta(days=days)).isoformat()
        found.append(pen.entry(kind, day, **fields))
        if withdrawn:
            found.append(pen.entry("void", day, corrects=found[-1].id, reason="误登"))
    gate.record_many(found, actor=HOUSE, now=NOW)
    return pen


def everything() -> dict[str, list]:
    return projections(ignore=("n", "last_ms"))


@FEW
@given(histories, histories, places_, places_, st.booleans())
def test_a_merge_undone_leaves_everything_worked_out_as_it_was(
    one: list, other: list, here: str, there: str, back: bool
) -> None:
    with undone():
        first, second = written(1, here, one), written(2, there, other)
        before = everything()
        entries = {f: len(read.file_view(f).entries) for f in (first.file, second.file)}
        into, away = (second, first) if back else (first, second)
        two_people("merge", {"other": str(away.file)}, into.file, NOW)
        assert len(read.file_view(into.file).entries) == sum(entries.values()) + 2
        later = NOW + timedelta(hours=1)
        two_people("split", {"other": str(away.file)}, into.file, later)
        assert everything() == before
        assert verify.verify().good


@FEW
@given(histories, histories, places_)
def test_what_a_merged_file_means_does_not_depend_on_which_one_shows_it(
    one: list, other: list, unit: str
) -> None:
    answers = []
    for turned in (False, True):
        with undone():
            files = [written(1, unit, one), written(2, unit, other)]
            into, away = reversed(files) if turned else files
            two_people("merge", {"other": str(away.file)}, into.file, NOW)
            view = read.file_view(into.file)
            answer = read.assessment(view, date(2026, 11, 23))
            answers.append(
                (
                    [(m.name, m.state, m.ends_on) for m in answer.measures],
                    sorted((d.name, d.state, str(d.due)) for d in answer.duties),
                    sorted(f.name for f in answer.findings),
                )
            )
    assert answers[0] == answers[1]


@pytest.mark.parametrize("named_is_shown", [True, False])
def test_a_file_that_says_who_somebody_is_and_one_that_does_not_are_merged_and_split(
    named_is_shown: bool,
) -> None:
    named, nameless = written(1, VILLAGE, []), Pen(2)
    found = [nameless.held_by(VILLAGE, "2020-01-01"), nameless.entry("remark", "2020-01-02", text="记")]
    gate.record_many(found, actor=HOUSE, now=NOW)
    before = everything()
    into, away = (named, nameless) if named_is_shown else (nameless, named)
    two_people("merge", {"other": str(away.file)}, into.file, NOW)
    found = holder_of_number(id_number(date(1990, 3, 5), 1))
    assert found is not None
    assert found.file == into.file
    told = everything()
    rebuild.rebuild(NOW.date())
    assert everything() == told
    two_people("split", {"other": str(away.file)}, into.file, NOW + timedelta(hours=1))
    assert everything() == before
