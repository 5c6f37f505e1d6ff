"""The one gate: every entry, from page, phone, ledger, partner or API, is recorded here and nowhere else.

schema → access, with its reason → guards → append to the chain → projections, in one transaction. The entry
row itself is the log of the write: who, for which office, when the store took it.

While it writes, the gate is the house (`guitu.store.scope`): it must know every identity number and the whole
of each file. What it answers with is receipts and refusals; whether the actor may, it has asked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent, Receipt
from guitu.casefile.second import needs_second
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision
from guitu.store import casefiles, engine
from guitu.store.appending import Batch, NotAllowed
from guitu.store.guards import NotAccepted, SameIdentity
from guitu.store.preparing import Lot, Maker, Unmade

__all__ = [
    "DifferentContent", "NeedsSecond", "NotAccepted", "NotAllowed", "Outcome", "SameIdentity", "Unmade",
    "record", "record_many", "waits",
]  # fmt: skip

AT_ONCE = 1000
"""Entries that are worked on together: enough to be fast, few enough to stay small in memory."""

RECENT_KEPT = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of many entries: how many are new, how many were there already, how many files they
    touched."""

    new: int
    repeated: int
    files: int
    receipts: tuple[Receipt, ...] = ()


class NeedsSecond(GuituError):
    """The entry restricts liberty or changes it: it is proposed to a second officer. Nothing was written."""


def record(
    entry: Entry, *, actor: Actor, now: datetime, second: str = "", decided: Decision | None = None
) -> Receipt:
    """Record one entry and bring its file's projections up to date. `second` is the account of the second
    officer who approved it, where one must (`casefile.second`); proposals give it, nobody else. `decided` is
    the answer of the access question where it is not one of posts and areas: of a person to their own file
    (`store.personal`).

    Raises NotAccepted (schema, guards), NotAllowed (access), NeedsSecond, DifferentContent (the id is taken
    by an entry that says something else) or StoreUnavailable; then nothing was written.
    """
    if not (second and second != actor.name) and not actor.is_house and waits(entry):
        raise NeedsSecond(
            Label(
                "限制或变更人身自由的记录须由第二人复核；请提交复核。",
                "What restricts or changes liberty takes a second officer: put it forward for approval.",
            ),
            where=entry.source,
        )
    outcome = record_many([entry], actor=actor, now=now, keep_receipts=True, decided=decided)
    return outcome.receipts[0]


def record_many(
    entries: Iterable[Entry | Unmade],
    *,
    actor: Actor,
    now: datetime,
    make: Maker | None = None,
    progress: Callable[[int], None] | None = None,
    keep_receipts: bool = False,
    decided: Decision | None = None,
) -> Outcome:
    """Record many entries in one transaction: all or none. Files come out as if they were recorded one by
    one. They are copied from papers that bear their own signatures (a ledger, a bundle): no second officer
    is asked for.

    Fastest when the entries of one file stand together. New files may come unmade, without receipts: `make`
    makes their entries, perhaps in another process that has what this one had at its start.

    `progress` is told how many are done: entries, and files that came unmade. Receipts are kept only on
    request: there may be a million. If somebody else opened one of the files at the same moment, or an id or
    identity number is taken, a list is tried once more, carefully; an iterator cannot be.
    """
    again = isinstance(entries, list | tuple)
    while True:
        try:
            begin = partial(Batch, actor, now, careful=not again, make=make, decided=decided)
            return _record(entries, begin, progress, keep_receipts=keep_receipts, decided=decided)
        except (IntegrityError, SameIdentity, engine.StoreUnavailable) as problem:
            if not again or (isinstance(problem, engine.StoreUnavailable) and not problem.passing):
                if isinstance(problem, GuituError):
                    raise
                raise engine.taken() from problem
            again = False


def waits(entry: Entry) -> bool:
    """Whether the entry takes a second officer, by its kind and what it corrects."""
    known = kinds()
    if entry.kind not in known:
        return False
    if entry.corrects is None:
        return needs_second(entry, known, {})
    file = casefiles.by_ids([entry.file])
    casefiles.fill(file.values(), unseal=frozenset())
    earlier = {e.id: e for held in file.values() for e in held.entries}
    return entry.id not in earlier and needs_second(entry, known, earlier)


def _record(
    entries: Iterable[Entry | Unmade],
    begin: Callable[[], Batch],
    progress: Callable[[int], None] | None,
    *,
    keep_receipts: bool,
    decided: Decision | None,
) -> Outcome:
    kept: list[Receipt] = []
    done = 0
    with engine.house(), engine.writing(), begin() as batch:
        for chunk in _whole_files(entries, AT_ONCE):
            if not isinstance(chunk, Unmade) and (keep_receipts or len(chunk) == 1):
                kept.extend(batch.add(chunk))
            else:
                batch.add_unseen(chunk)
            done += len(chunk)
            if progress is not None:
                progress(done)
        batch.finish()
        if not batch.actor.is_house and decided is None and batch.new + batch.repeated == 1:
            _remember(batch.actor.name, batch.last_file, batch.frame.now_ms)
    return Outcome(batch.new, batch.repeated, len(batch.touched), tuple(kept))


def _whole_files(entries: Iterable[Entry | Unmade], size: int) -> Iterator[Lot]:
    """Chunks of about `size`, cut only where the next entry belongs to another file; what is unmade as it
    is."""
    chunk: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Unmade):
            if chunk:
                yield chunk
            yield entry
            chunk = []
            continue
        if len(chunk) >= size and entry.file != chunk[-1].file:
            yield chunk
            chunk = []
        chunk.append(entry)
    if chunk:
        yield chunk


def _remember(user: str, file: int, at_ms: int) -> None:
    """Put the file first among those the account worked on last."""
    engine.insert(
        "store_recentfile",
        ("user", "file", "at_ms") if not engine.is_postgresql() else ('"user"', "file", "at_ms"),
        [(user, file, at_ms)],
        more='ON CONFLICT ("user", file) DO UPDATE SET at_ms = excluded.at_ms',
    )
