"""One case file, opened: who, where it stands, every entry with its receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.protocol import Receipt
from guitu.casefile.records import merged_into
from guitu.pathway.model import Assessment
from guitu.store import casefiles, engine
from guitu.store.casefiles import Held
from guitu.store.projections.compute import assess, identity, responsible, rules
from guitu.store.units import Unit, tree

__all__ = ["FileView", "assessment", "file_by_case_no", "file_view", "find_file", "rules"]


_KINDS: Final = "SELECT kind, count(*) FROM store_entry WHERE file = %s GROUP BY kind"
_KINDS_OF: Final = "SELECT kind, n FROM store_kinds_of(%s)"
"""The same, counted by PostgreSQL beyond what it gives to whoever asks."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with everything unsealed. `identity` holds the fields of the person entry that counts; `area`
    the responsible unit and those above it, for the access question. `joined` are the files merged into it,
    whose entries it shows too; `into` is the file that it is itself merged into. `worked_out` is for whoever
    works something out of it that is good as long as the file stays as it is; `mark` is this
    reading's alone."""

    no: int
    id: UUID
    about: str
    case_no: str
    n: int
    case_file: CaseFile
    identity: dict[str, Any]
    unit: Unit | None
    worker: str
    receipts: dict[UUID, Receipt]
    erased: frozenset[str] = frozenset()
    """Compartments whose key was destroyed: what was sealed in them is lawfully erased."""
    joined: tuple[Held, ...] = ()
    into: UUID | None = None
    waiting: int | None = None
    """How many acts about it wait for a second officer; None where that was not asked."""
    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    mark: object = field(default_factory=object, compare=False, repr=False)

    @property
    def area(self) -> tuple[str, ...]:
        """The codes that `access.Target` wants."""
        return self.unit.path if self.unit else ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order in which they came in."""
        return self.case_file.entries

    @property
    def case_nos(self) -> dict[UUID, str]:
        """The case numbers of this file and of those merged into it."""
        return {self.id: self.case_no, **{f.id: f.case_no for f in self.joined}}


def file_view(file: UUID) -> FileView | None:
    """The whole file, or None if there is none of that id. Three queries."""
    found = casefiles.by_ids([file]).get(file)
    return view_of(found) if found else None


def find_file(what: str) -> UUID | None:
    """The id of the file with this case number or id, or None."""
    try:
        identifier = UUID(what)
    except ValueError:
        return file_by_case_no(what)
    return identifier if casefiles.by_ids([identifier]) else None


def file_by_case_no(case_no: str) -> UUID | None:
    """The id of the file with this number, or None."""
    found = engine.row("SELECT id FROM store_casefile WHERE case_no = %s", [case_no.strip().upper()])
    return engine.uuid_of(found[0]) if found else None


def assessment(view: FileView, on: date, known_at: datetime | None = None) -> Assessment:
    """Where the person stands on a day, as known at a moment, under the rules of the responsible unit's
    province and this office's presets."""
    return assess(view.case_file, view.unit, on, known_at)


def left_out(view: FileView) -> dict[str, int]:
    """How many entries of which kinds this file has beside those that whoever opened it may read. A query
    only where there are any, and once for as long as the file stays as it is."""
    if view.n <= len(view.entries):
        return {}
    found: dict[str, int] | None = view.worked_out.get("left_out")
    if found is None:
        read = Counter(e.kind for e in view.entries)
        every = engine.rows_again(_KINDS_OF if engine.is_postgresql() else _KINDS, [view.no])
        found = {kind: int(n) - read[kind] for kind, n in every if int(n) > read[kind]}
        view.worked_out["left_out"] = found
    return found


def view_of(held: Held, *, keys: bool = True) -> FileView:
    """The file of this row, with its keys (unless they are there already) and its entries read and unsealed.
    Two queries, more for one that others are merged into."""
    casefiles.fill([held], unseal=None, receipts=True, keys=keys)
    case_file = held.case_file
    counted = case_file.counted()
    units = tree()
    _, worker = responsible(counted, units)
    joined = tuple(held.merged)
    receipts = held.receipts
    for other in joined:
        receipts = {**receipts, **other.receipts}
    return FileView(
        held.no, held.id, held.about, held.case_no, held.n, case_file, identity(held.id, counted),
        units.by_no.get(held.unit) if held.unit is not None else None, worker, receipts,
        frozenset(held.erased), joined, merged_into(held.id, counted),
    )  # fmt: skip
