"""Other processors at work on a large batch: they seal, chain and assess files that are new, while this
process reads the source and writes the database.

Only where it is safe and worth it: a command with a single thread, more than one processor, a system that can
copy a process. Everywhere else the same work is done in place.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.store.casefiles import Held
from guitu.store.preparing import Frame, Prepared, check, prepare
from guitu.store.sealing import FileKeys

WORTH_IT: Final = 2000
"""Entries in a batch from which on a crew is started."""
AHEAD: Final = 2
"""Lots that each worker may have in hand; further ones are done in place."""

Job = tuple[Sequence[Entry], dict[UUID, Held]]


class Crew:
    """Worker processes with a copy of the frame. Lots come back in the order in which they were given."""

    def __init__(self, frame: Frame, workers: int) -> None:
        self.frame = frame
        self._waiting: deque[tuple[Job, Connection]] = deque()
        self._workers: list[tuple[Any, Connection]] = []
        context = multiprocessing.get_context("fork")
        for _ in range(workers):
            here, there = context.Pipe()
            ours = [here, *(pipe for _, pipe in self._workers)]
            process = context.Process(target=_work, args=(there, ours, frame), daemon=True)
            process.start()
            there.close()
            self._workers.append((process, here))

    @property
    def busy(self) -> bool:
        """Whether every worker has as much in hand as it may."""
        return len(self._waiting) >= AHEAD * len(self._workers)

    @property
    def waiting(self) -> int:
        """How many lots have not been taken back."""
        return len(self._waiting)

    def give(self, entries: Sequence[Entry], held: dict[UUID, Held]) -> None:
        """Hand a lot to the worker that has least to do."""
        load = {id(pipe): 0 for _, pipe in self._workers}
        for _, pipe in self._waiting:
            load[id(pipe)] += 1
        pipe = min((pipe for _, pipe in self._workers), key=lambda p: load[id(p)])
        files = [(h.no, h.id.bytes, h.about, h.case_no, h.opened_ms) for h in held.values()]
        pipe.send((files, [_packed(e) for e in entries]))
        self._waiting.append(((entries, held), pipe))

    def take(self) -> tuple[Job, Prepared]:
        """The oldest lot, prepared. A fault in it is raised here, as if it had been worked on in place."""
        (entries, held), pipe = self._waiting.popleft()
        answer = pipe.recv()
        if answer is None:
            check(entries, self.frame)
            return (entries, held), prepare(entries, held, self.frame)
        for entry in entries:
            file = held[entry.file]
            file.entries.append(entry)
            file.new += 1
        return (entries, held), _taken_back(answer, held)

    def ready(self) -> bool:
        """Whether the oldest lot has come back."""
        return bool(self._waiting) and self._waiting[0][1].poll()

    def dismiss(self) -> None:
        """End the workers."""
        for process, pipe in self._workers:
            pipe.close()
            process.terminate()
            process.join()
        self._workers.clear()
        self._waiting.clear()


def raise_crew(frame: Frame) -> Crew | None:
    """A crew for this machine, or None where there can or need be none."""
    spare = len(os.sched_getaffinity(0)) - 1 if hasattr(os, "sched_getaffinity") else 0
    if spare < 1 or threading.active_count() > 1 or "fork" not in multiprocessing.get_all_start_methods():
        return None
    if multiprocessing.current_process().daemon:
        return None
    return Crew(frame, min(spare, 4))


def _work(pipe: Connection, not_ours: Sequence[Connection], frame: Frame) -> None:
    """A worker's life: prepare what comes, until nothing more does. It never touches the database.

    It lets go of the ends that belong to its parent: if that is killed, nothing more comes. A second thread
    takes in the next lots, else both ends could wait for each other with full pipes.
    """
    for end in not_ours:
        end.close()
    lots: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_take_in, args=(pipe, lots), daemon=True).start()
    while (lot := lots.get()) is not None:
        try:
            pipe.send(_prepared(*lot, frame))
        except OSError:
            return


def _take_in(pipe: Connection, lots: SimpleQueue[Any]) -> None:
    try:
        while True:
            lots.put(pipe.recv())
    except (EOFError, OSError):
        lots.put(None)


def _prepared(files: Sequence[tuple[Any, ...]], packed: Sequence[tuple[Any, ...]], frame: Frame) -> Any:
    """What a worker answers: rows, files and projections as plain values; None if there is any fault."""
    from guitu.casefile.chain import GENESIS

    held: dict[UUID, Held] = {}
    for no, identifier, about, case_no, opened_ms in files:
        file = UUID(bytes=identifier)
        keys = FileKeys(file, frame.keys)
        held[file] = Held(no, file, about, case_no, opened_ms, 0, GENESIS, None, keys, fresh=True)
    try:
        entries = [_unpacked(e) for e in packed]
        check(entries, frame)
        done = prepare(entries, held, frame)
    except Exception:  # whatever it is, it is found again and raised where it can be told
        return None
    if len(done.rows) != len(entries):
        return None
    stood = [(f.id.bytes, f.n, f.head, f.unit, f.last_ms, f.keys.new) for f in done.files]
    return done.rows, stood, done.projections


def _taken_back(answer: Any, held: dict[UUID, Held]) -> Prepared:
    rows, stood, projections = answer
    done = Prepared(rows=rows)
    for identifier, n, head, unit, last_ms, new in stood:
        file = held[UUID(bytes=identifier)]
        file.n, file.head, file.unit, file.last_ms = n, head, unit, last_ms
        file.keys.new = new
        done.files.append(file)
    done.projections = projections
    return done


def _packed(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.id.bytes, entry.file.bytes, entry.kind, entry.happened_on, entry.recorded_at, entry.version,
        entry.author, entry.unit, dict(entry.fields), entry.corrects.bytes if entry.corrects else None,
        entry.source, entry.reason,
    )  # fmt: skip


def _unpacked(packed: tuple[Any, ...]) -> Entry:
    (
        identifier,
        file,
        kind,
        happened_on,
        recorded_at,
        version,
        author,
        unit,
        fields,
        corrects,
        source,
        reason,
    ) = packed
    return Entry(
        id=UUID(bytes=identifier),
        file=UUID(bytes=file),
        kind=kind,
        happened_on=happened_on,
        recorded_at=recorded_at,
        version=version,
        author=author,
        unit=unit,
        fields=fields,
        corrects=UUID(bytes=corrects) if corrects else None,
        source=source,
        reason=reason,
    )
