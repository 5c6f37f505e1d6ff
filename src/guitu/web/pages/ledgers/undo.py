"""Taking a whole batch back, within a day: each entry it wrote is withdrawn by a new one, or none is.

Nothing is deleted. It is refused as a whole where somebody has since recorded more in one of the files: what
was built on the batch would hang in the air.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.chain import sm3
from guitu.casefile.file import VOID
from guitu.exchange.ledgers.importing import TAKEN_BACK
from guitu.kernel.ids import uuid7
from guitu.store import clock, engine
from guitu.store.gate import record_many
from guitu.store.shown import shown
from guitu.web.models import ImportBatch

WITHIN: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Written:
    """One entry that a batch wrote: in which file (number and id), at which place, when it happened."""

    file: int
    file_id: UUID
    n: int
    id: UUID


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A file in which something was recorded after the batch: what it is called, and whose it is."""

    case_no: str
    name: str


def written_by(batch: ImportBatch) -> list[Written]:
    """The entries of a batch, by file and place."""
    found: dict[UUID, Written] = {}
    for run in batch.runs:
        for file, file_id, n, identifier in engine.rows(
            "SELECT e.file, f.id, e.n, e.id FROM store_entry e JOIN store_casefile f ON f.no = e.file"
            " WHERE e.seq > %s AND e.seq <= %s AND e.stored_ms = %s AND e.author = %s AND e.unit = %s"
            " AND e.source LIKE %s AND e.kind <> %s",
            [
                run["from"],
                run["upto"] if run["upto"] is not None else 1 << 62,
                run["at_ms"],
                batch.username,
                batch.unit,
                "%· %",
                VOID,
            ],
        ):
            identifier = engine.uuid_of(identifier)
            found[identifier] = Written(file, engine.uuid_of(file_id), n, identifier)
    return sorted(found.values(), key=lambda w: (w.file, w.n))


def in_the_way(entries: list[Written]) -> list[InTheWay]:
    """The files in which something that still counts was recorded after the batch."""
    first: dict[int, int] = {}
    for one in entries:
        first.setdefault(one.file, one.n)
    ours = {one.id for one in entries}
    later: dict[int, set[UUID]] = {}
    withdrawn: set[UUID] = set()
    for file, n, identifier, kind, corrects in engine.rows_for(
        "SELECT file, n, id, kind, corrects FROM store_entry WHERE file IN ({})", first
    ):
        identifier = engine.uuid_of(identifier)
        if kind == VOID:
            withdrawn.add(engine.uuid_of(corrects))
        elif n > first[file] and identifier not in ours:
            later.setdefault(file, set()).add(identifier)
    files = [file for file, some in later.items() if some - withdrawn]
    return [
        InTheWay(case_no, shown(sealed).name or case_no)
        for case_no, sealed in engine.rows_for(
            "SELECT f.case_no, p.sealed FROM store_casefile f LEFT JOIN store_person p ON p.file = f.no"
            " WHERE f.no IN ({})",
            files,
        )
    ]


def undo(
    batch: ImportBatch,
    entries: list[Written],
    *,
    actor: Actor,
    now: datetime,
    on: date,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Withdraw these entries; how many there were. All or none.

    Raises NotAllowed if a file has since left the actor's area, or StoreUnavailable.
    """
    withdrawn = {
        engine.uuid_of(r[0])
        for r in engine.rows_for(
            f"SELECT corrects FROM store_entry WHERE kind = '{VOID}' AND file IN ({{}})",
            {one.file for one in entries},
        )
    }
    ms = clock.milliseconds(now)
    made = [
        Entry(
            id=uuid7(ms, sm3(batch.pk.bytes + one.id.bytes)[:10]),
            file=one.file_id,
            kind=VOID,
            happened_on=on,
            recorded_at=now,
            author=actor.name,
            unit=actor.posts[0].unit,
            fields={"reason": f"撤销整批导入：{batch.file_name}"[:200]},
            corrects=one.id,
            source=f"{TAKEN_BACK}{batch.pk}",
        )
        for one in sorted(entries, key=lambda w: (w.file, -w.n))
        if one.id not in withdrawn
    ]
    record_many(made, actor=actor, now=now, progress=progress)
    return len(made)
