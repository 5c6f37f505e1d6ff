"""Loading many files at once, with other processors and in any portions, writes what one entry after the
other would have written: the same rows, digests and projections. Files of people and of units alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.simulate.targets import writing
from guitu.store import appending, bulk, engine, gate, keys, sealing
from guitu.store.crew import Crew
from guitu.store.verify import verify
from tests.conftest import NOW
from tests.simulate.files import planned
from tests.store.dumping import PROJECTIONS, WRITTEN, dump

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=6,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
BY_FILE = {"casestatus", "duty", "person", "entry", "casefile", "filekey"}


@pytest.fixture
def everything(db: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Entry, ...]]:
    """Every file of a small province with its places; chance gives always the same, so that ciphertext and
    digests can be compared."""
    plan = planned()
    writing.add_places(plan)
    steady = SimpleNamespace(urandom=lambda n: b"\x07" * n, environ=keys.os.environ)
    monkeypatch.setattr(sealing, "os", steady)
    return [tuple(entries) for _, entries, _ in writing.files(plan)]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def all_rows() -> dict[str, list[Any]]:
    """Every row that came of it, files counted from the first, digests and sealed parts included."""
    columns = {**PROJECTIONS, **WRITTEN, "filekey": "file, compartment, cipher"}
    tables = dump(columns)
    least = min(int(row[0]) for row in tables["casefile"])
    tables = {
        name: sorted((int(row[0]) - least, *row[1:]) if name in BY_FILE else row for row in rows)
        for name, rows in tables.items()
    }
    tables["personkey"] = sorted((row[0], int(row[1]) - least) for row in tables["personkey"])
    tables["chain"] = [
        (row[0] - least, row[1], bytes(row[2]).hex(), bytes(row[3]).hex())
        for row in engine.rows("SELECT file, n, digest, sealed FROM store_entry ORDER BY file, n")
    ]
    tables["heads"] = [
        (row[0] - least, bytes(row[1]).hex())
        for row in engine.rows("SELECT no, head FROM store_casefile ORDER BY no")
    ]
    return tables


@FEW
@given(
    chosen=st.sets(st.integers(0, 150), min_size=5, max_size=14),
    portion=st.integers(1, 60),
    at_once=st.integers(2, 12),
    worth_it=st.integers(1, 40),
    workers=st.sampled_from((0, 1, 2)),
)
def test_a_load_is_the_same_as_one_entry_after_the_other(
    everything: list[tuple[Entry, ...]],
    chosen: set[int],
    portion: int,
    at_once: int,
    worth_it: int,
    workers: int,
) -> None:
    files = [everything[at % len(everything)] for at in sorted(chosen)]
    with undone():
        for entries in files:
            for entry in entries:
                gate.record(entry, actor=house(), now=NOW)
        one_by_one = all_rows()
    with undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "AT_ONCE", portion)
        patch.setattr(bulk, "FILES_AT_ONCE", at_once)
        patch.setattr(appending, "WORTH_IT", worth_it)
        patch.setattr(appending, "raise_crew", lambda frame: Crew(frame, workers) if workers else None)
        outcome = bulk.load(files, NOW)
        at_once_rows = all_rows()
        assert verify().good
    assert outcome.new == sum(map(len, files))
    for name, rows in one_by_one.items():
        assert at_once_rows[name] == rows, name


def test_the_files_compared_hold_every_sort_of_record(everything: list[tuple[Entry, ...]]) -> None:
    """What the comparison rests on: unit files and people's, and the kinds behind published figures."""
    written = {entry.kind for entries in everything for entry in entries}
    about = {kinds()[kind].about for kind in written}
    assert about == {"person", "unit"}
    assert written >= {
        "outreach_event", "patrol_team", "staffing", "survey_result", "spending", "published_figure",
        "follow_up", "training_enrolled", "training_certificate", "service", "job_placement",
        "health_condition", "handover_accepted", "transfer", "order",
    }  # fmt: skip


def test_a_load_told_how_far_it_is_counts_files_and_entries(everything: list[tuple[Entry, ...]]) -> None:
    told: list[tuple[int, int]] = []
    bulk.load(everything[:9], NOW, progress=lambda files, entries: told.append((files, entries)))
    assert told == sorted(told)
    assert told[-1] == (9, sum(map(len, everything[:9])))
