"""Other processors at work on a large batch: they seal, chain and assess files that are new, while this
process reads the source and writes the database.

Only where it is safe and worth it: a command with a single thread, more than one processor, a system that can
copy a process. Everywhere else the same work is done in place.
"""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import pickle
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final
from uuid import UUID

from guitu.store.casefiles import Held
from guitu.store.preparing import Frame, Laid, Lot, Unmade, lay_out
from guitu.store.sealing import FileKeys

WORTH_IT: Final = 2000
"""Entries of a batch after which a crew is started."""
AHEAD: Final = 4
"""Lots that each worker may have in hand; further ones are done in place."""
PROTOCOL: Final = 5

Job = tuple[Lot, Mapping[UUID, Held]]


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

    def give(self, lot: Lot, held: Mapping[UUID, Held]) -> None:
        """Hand a lot to the worker that has least to do."""
        load = {id(pipe): 0 for _, pipe in self._workers}
        for _, pipe in self._waiting:
            load[id(pipe)] += 1
        pipe = min((pipe for _, pipe in self._workers), key=lambda p: load[id(p)])
        files = [(h.no, h.id.bytes, h.about, h.case_no, h.opened_ms, h.head) for h in held.values()]
        sent = replace(lot, files=()) if isinstance(lot, Unmade) else lot
        pipe.send_bytes(pickle.dumps((files, sent), PROTOCOL))
        self._waiting.append(((lot, held), pipe))

    def take(self) -> tuple[Lot, Mapping[UUID, Held], Laid | None]:
        """The oldest lot, its files as they were given, and what is to be written; None if there is a fault
        in it, which is found again where the work is done once more in place."""
        (lot, held), pipe = self._waiting.popleft()
        answer = marshal.loads(pipe.recv_bytes())
        return lot, held, None if answer is None else Laid(*answer)

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
    takes in the next lots, else both ends could wait for each other with full pipes; a third hands back what
    is done, else the worker would rest whenever its parent is busy with the tables.
    """
    for end in not_ours:
        end.close()
    gc.freeze()  # what the parent made is not looked through again, and stays shared
    lots: SimpleQueue[bytes | None] = SimpleQueue()
    done: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take_in, args=(pipe, lots), daemon=True).start()
    threading.Thread(target=_hand_back, args=(pipe, done, lots), daemon=True).start()
    while (lot := lots.get()) is not None:
        done.put(marshal.dumps(_laid_out(*pickle.loads(lot), frame)))


def _hand_back(pipe: Connection, done: SimpleQueue[bytes], lots: SimpleQueue[bytes | None]) -> None:
    try:
        while True:
            pipe.send_bytes(done.get())
    except OSError:
        lots.put(None)


def _take_in(pipe: Connection, lots: SimpleQueue[bytes | None]) -> None:
    try:
        while True:
            lots.put(pipe.recv_bytes())
    except (EOFError, OSError):
        lots.put(None)


def _laid_out(files: Sequence[tuple[Any, ...]], lot: Lot, frame: Frame) -> Any:
    """What a worker answers, as plain values; None if there is any fault."""
    held = {
        file: Held(no, file, about, case_no, opened, 0, head, None, FileKeys(file, frame.keys), fresh=True)
        for no, file, about, case_no, opened, head in ((no, UUID(bytes=i), *rest) for no, i, *rest in files)
    }
    try:
        laid = lay_out(lot, held, frame)
    except Exception:  # whatever it is, it is found again and raised where it can be told
        return None
    return laid.entries, laid.twice, laid.files, laid.tables, laid.counted
