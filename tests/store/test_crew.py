"""Other processors at work on a large batch change nothing but the time it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from uuid import UUID

import pytest
from django.db import transaction

from guitu.access import Actor, house
from guitu.casefile import Entry
from guitu.kernel.errors import GuituError
from guitu.store import appending, crew, engine, gate
from guitu.store.crew import Crew
from guitu.store.preparing import Frame
from guitu.store.rebuild import rebuild
from guitu.store.verify import verify
from tests.store.dumping import PROJECTIONS, WRITTEN, dump
from tests.store.writing import CLERK, VILLAGE, WEST_VILLAGE, Pen, number

FILES = 60


@pytest.fixture
def lots(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Lots of about twenty entries go to two workers; how many each time is noted here."""
    given: list[int] = []
    give = Crew.give

    def noting(self: Crew, entries: list[Entry], held: object) -> None:
        given.append(len(entries))
        give(self, entries, held)  # type: ignore[arg-type]

    monkeypatch.setattr(gate, "AT_ONCE", 20)
    monkeypatch.setattr(appending, "WORTH_IT", 10)
    monkeypatch.setattr(appending, "raise_crew", lambda frame: Crew(frame, 2))
    monkeypatch.setattr(Crew, "give", noting)
    return given


def histories() -> list[list[Entry]]:
    """Sixty people in two villages, some of whom have reported in."""
    found = []
    for place in range(1, FILES + 1):
        pen = Pen(place)
        unit = VILLAGE if place % 2 else WEST_VILLAGE
        entries = pen.on_community_treatment(name=f"赵{place}", unit=unit, served="2026-11-10")
        if place % 3 == 0:
            entries.append(pen.entry("reporting_in", "2026-11-12"))
        found.append(entries)
    return found


def test_files_come_out_the_same_with_and_without_a_crew(
    lasting_places: object, lots: list[int], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = {
        **WRITTEN,
        "casefile": "id, about, case_no, n, unit",
        "entry": WRITTEN["entry"].partition(", ")[2],
    }
    with transaction.atomic():
        gate.record_many(chain.from_iterable(histories()), actor=house(), now=now)
        assert sum(lots) > FILES
        with_crew = dump(
            columns | {"dutytally": PROJECTIONS["dutytally"], "filetally": PROJECTIONS["filetally"]}
        )
        people = [r[1:] for r in dump(PROJECTIONS)["person"]]
        assert verify().good
        transaction.set_rollback(True)
    monkeypatch.setattr(appending, "raise_crew", lambda frame: None)
    gate.record_many(chain.from_iterable(histories()), actor=house(), now=now)
    assert (
        dump(columns | {"dutytally": PROJECTIONS["dutytally"], "filetally": PROJECTIONS["filetally"]})
        == with_crew
    )
    assert sorted(r[1:] for r in dump(PROJECTIONS)["person"]) == sorted(people)


def test_a_file_that_comes_back_in_a_later_lot_goes_on_where_it_was(
    lasting_places: object, lots: list[int], now: datetime, today: date
) -> None:
    pens = [Pen(place) for place in range(1, 31)]
    first = [
        e for pen in pens for e in pen.on_community_treatment(name=f"赵{pen.place}", served="2026-11-10")
    ]
    later = [pen.entry("reporting_in", "2026-11-12") for pen in pens]
    outcome = gate.record_many(iter([*first, *later, *first[:7]]), actor=house(), now=now)
    assert (outcome.new, outcome.repeated, outcome.files) == (150, 7, 30)
    assert lots
    assert engine.rows("SELECT min(n), max(n) FROM store_casefile") == [(5, 5)]
    assert verify().good


@pytest.mark.parametrize("fault", ["malformed", "impossible", "same number", "taken id"])
def test_a_fault_in_a_lot_is_told_as_ever_and_nothing_is_written(
    lasting_places: object, lots: list[int], now: datetime, fault: str
) -> None:
    files = histories()
    pen = Pen(500)
    files.insert(30, {
        "malformed": [pen.entry("person", "2025-01-02", source="名册 / 31", name="王", sex="?")],
        "impossible": [pen.person(), pen.entry("relapse", "1980-01-01", source="名册 / 31")],
        "same number": [pen.person(id_number=files[3][0].get("id_number"))],
        "taken id": [replace(pen.person(), id=files[3][0].id)],
    }[fault])  # fmt: skip
    with pytest.raises(gate.DifferentContent if fault == "taken id" else gate.NotAccepted) as caught:
        gate.record_many(chain.from_iterable(files), actor=house(), now=now)
    if fault in {"malformed", "impossible"}:
        assert caught.value.say("zh").startswith("名册 / 31：")
    assert lots
    assert engine.rows("SELECT count(*) FROM store_entry") == [(0,)]
    assert engine.rows("SELECT count(*) FROM store_casefile") == [(0,)]


def test_who_may_not_record_is_stopped_before_any_work(
    lasting_places: object, lots: list[int], now: datetime
) -> None:
    strange = [Pen(place, unit="469024").person(f"赵{place}") for place in range(1, 40)]
    with pytest.raises(gate.NotAllowed):
        gate.record_many(strange, actor=CLERK, now=now)
    assert lots == []


Maker = Callable[[Iterable[UUID], Sequence[int]], list[Entry]]


def at_one_moment(now: datetime) -> list[list[Entry]]:
    """The same people, all written at once."""
    return [[replace(e, recorded_at=now) for e in entries] for entries in histories()]


def unmade(files: list[list[Entry]], now: datetime, kinds: Iterable[str] = ()) -> list[gate.Unmade]:
    """Twenty people to a lot, whose entries are made of their place in the list."""
    announced = frozenset(kinds) or frozenset(e.kind for entries in files for e in entries)
    return [
        gate.Unmade([files[at][0].file for at in some], list(some), announced, "clerk", files[0][0].unit, now)
        for some in (range(start, start + 20) for start in range(0, len(files), 20))
    ]


def maker(files: list[list[Entry]]) -> Maker:
    """Makes the entries of these people."""

    def make(of: Iterable[UUID], parts: Sequence[int]) -> list[Entry]:
        made = [files[at] for at in parts]
        assert [entries[0].file for entries in made] == list(of)
        return list(chain.from_iterable(made))

    return make


@pytest.mark.parametrize("actor", [house(), CLERK], ids=lambda actor: actor.name)
def test_entries_made_where_they_are_laid_out_are_the_same(
    lasting_places: object, lots: list[int], now: datetime, actor: Actor
) -> None:
    files = at_one_moment(now)
    outcome = gate.record_many(unmade(files, now), actor=actor, now=now, make=maker(files))
    assert (outcome.new, outcome.repeated, outcome.files) == (260, 0, FILES)
    assert lots == [20, 20]
    again = gate.record_many(chain.from_iterable(files), actor=house(), now=now)
    assert (again.new, again.repeated) == (0, 260)
    assert verify().good


def test_files_that_are_there_after_all_are_looked_at(
    lasting_places: object, lots: list[int], now: datetime
) -> None:
    files = at_one_moment(now)
    gate.record_many([*files[7], *files[50][:1]], actor=house(), now=now)
    outcome = gate.record_many(unmade(files, now), actor=house(), now=now, make=maker(files))
    assert (outcome.new, outcome.repeated) == (260 - len(files[7]) - 1, len(files[7]) + 1)
    assert verify().good


@pytest.mark.parametrize(
    ("kind", "on", "told"),
    [("relapse", "1980-01-01", "名册 / 31：“"), ("escape", "2026-11-10", "名册 / 31：不能登记")],
)
def test_a_fault_in_what_was_unmade_is_told_as_ever(
    lasting_places: object, lots: list[int], now: datetime, kind: str, on: str, told: str
) -> None:
    files = at_one_moment(now)
    strange = Pen(31).entry(kind, on, source="名册 / 31")
    files[30].append(replace(strange, id=number(999_999), recorded_at=now))
    with pytest.raises(GuituError) as caught:
        gate.record_many(unmade(files, now), actor=CLERK, now=now, make=maker(files))
    assert caught.value.say("zh").startswith(told)
    assert engine.rows("SELECT count(*) FROM store_entry") == [(0,)]


def test_an_entry_that_was_not_announced_is_not_written(
    lasting_places: object, lots: list[int], now: datetime
) -> None:
    files = at_one_moment(now)
    files[30][1] = replace(files[30][1], author="somebody else")
    with pytest.raises(ValueError, match="not announced"):
        gate.record_many(unmade(files, now), actor=CLERK, now=now, make=maker(files))
    assert engine.rows("SELECT count(*) FROM store_entry") == [(0,)]


def test_words_and_duties_gathered_are_all_written(
    lasting_places: object, lots: list[int], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "MOST_GATHERED", 50)
    gate.record_many(chain.from_iterable(histories()), actor=house(), now=now)
    in_parts = dump(PROJECTIONS)
    rebuild(now.date())
    assert dump(PROJECTIONS) == in_parts
    assert len(in_parts["personkey"]) > 50


def test_the_planner_knows_of_a_large_batch_at_once(places: object, lots: list[int], now: datetime) -> None:
    gate.record_many(chain.from_iterable(histories()), actor=house(), now=now)
    words = engine.row("SELECT count(*) FROM store_personkey")
    known = engine.row(
        "SELECT reltuples FROM pg_class WHERE relname = 'store_personkey'"
        if engine.is_postgresql()
        else "SELECT max(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = 'store_personkey'"
    )
    assert words is not None
    assert known is not None
    assert known[0] == words[0] > FILES


def test_workers_go_home_when_the_batch_is_done_or_broken(places: object, now: datetime) -> None:
    from guitu.store.keys import provider
    from guitu.store.units import tree

    frame = Frame.of(now, tree(), provider())
    team = Crew(frame, 2)
    processes = [process for process, _ in team._workers]
    assert all(process.is_alive() for process in processes)
    team.dismiss()
    assert not any(process.is_alive() for process in processes)


def test_no_crew_is_raised_beside_other_threads(
    places: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guitu.store.keys import provider
    from guitu.store.units import tree

    frame = Frame.of(now, tree(), provider())
    monkeypatch.setattr(crew.threading, "active_count", lambda: 2)
    assert crew.raise_crew(frame) is None
