"""Whom the store knows, and whose files an importer may touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from guitu.access import Actor, Target, decide
from guitu.casefile import Entry
from guitu.compose import kind
from guitu.exchange.ledgers.cells import read_name
from guitu.exchange.ledgers.people import Known
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, engine
from guitu.store.keys import provider
from guitu.store.shown import shown
from guitu.store.units import Unit, tree


@dataclass(slots=True)
class Found:
    """A file as the store knows it by its person's number: its number, id and responsible unit."""

    no: int
    id: UUID
    unit: int | None
    name: str


class Area:
    """What one actor may know and touch, asked about many people at once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.tree = tree()
        self._touchable: dict[int | None, bool] = {None: True}
        self._guard = provider()
        self._blinds: dict[str, bytes] = {}

    def find(self, numbers: Iterable[str]) -> dict[str, Found]:
        """The files of the people with these numbers, inside the area or not; for a merged one, that which
        shows it. Of a sealed one no name is told."""
        by_blind = {self.blind(number): number for number in numbers}
        found: dict[str, Found] = {}
        with engine.house():
            there = engine.rows_for(
                "SELECT p.id_blind, coalesce(q.sealed, p.sealed), f.no, f.id, f.unit FROM store_person p"
                " LEFT JOIN store_merged m ON m.file = p.file LEFT JOIN store_casefile i ON i.id = m.into_id"
                " LEFT JOIN store_person q ON q.file = i.no"
                " JOIN store_casefile f ON f.no = coalesce(i.no, p.file) WHERE p.id_blind IN ({})",
                by_blind,
            )
        for blind, sealed, no, identifier, unit in there:
            found[by_blind[bytes(blind)]] = Found(no, engine.uuid_of(identifier), unit, shown(sealed).name)
        return found

    def find_cases(self, numbers: Iterable[str]) -> dict[str, Found]:
        """The files of people with these case numbers, if they lie inside the area."""
        rows = engine.rows_for(
            "SELECT case_no, no, id, unit FROM store_casefile WHERE about = 'person' AND case_no IN ({})",
            numbers,
        )
        return {
            case: Found(no, engine.uuid_of(identifier), unit, "")
            for case, no, identifier, unit in rows
            if self.may_touch(unit)
        }

    def blind(self, number: str) -> bytes:
        """What stands for a number in the store; asked for more than once, worked out once."""
        if number not in self._blinds:
            self._blinds[number] = self._guard.blind(number)
        return self._blinds[number]

    def may_touch(self, unit: int | None) -> bool:
        """Whether files of that unit are inside the actor's area."""
        if unit not in self._touchable:
            place = self.tree.by_no.get(unit) if unit is not None else None
            self._touchable[unit] = self.records(place).allowed
        return self._touchable[unit]

    def records(self, place: Unit | None) -> Decision:
        """Whether the actor records in files of that unit at all, and if not why."""
        said = kind("remark")  # what everybody may record who records: only the area decides
        return decide(self.actor, "record", Target(place.path if place else (), said.recorded_by, said.label))

    def known(self, numbers: Iterable[str]) -> dict[str, Known]:
        """Those of these numbers whose files are inside the area, as the check asks for them."""
        found = self.find(numbers).items()
        inside = {n: one for n, one in found if one.name and self.may_touch(one.unit)}
        by_no = {one.no: n for n, one in inside.items()}
        died = {
            by_no[no]: engine.day_of(day)
            for no, day in engine.rows_for(
                "SELECT file, happened_on FROM store_entry WHERE kind = 'death' AND file IN ({})", by_no
            )
        }
        return {n: Known(str(read_name(one.name)), died.get(n)) for n, one in inside.items()}


def counted_in(files: Iterable[UUID]) -> dict[UUID, tuple[Entry, ...]]:
    """The entries that count in these files, unsealed."""
    with engine.house():
        held = casefiles.by_ids(set(files))
        casefiles.fill(held.values(), unseal=None)
    return {one.id: one.case_file.counted() for one in held.values()}
