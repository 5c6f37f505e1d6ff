"""Loading many whole files: a demonstration, a benchmark, a restore. The same gate, some thousand files at a
time."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate, chain

from guitu.access import house
from guitu.casefile import Entry
from guitu.store.gate import Outcome, record_many

FILES_AT_ONCE = 2000
"""Files of one transaction: enough that starting other processors for it does not count, few enough that
their entries stay small in memory."""

ENTRIES_AT_ONCE = 120_000
"""Entries of one transaction, about: files of a whole year in a centre have hundreds each."""


def load(
    files: Iterable[Sequence[Entry]],
    now: datetime,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Record these files, each with all its entries, in the house's name; what came of them together.

    Some thousand files are one transaction: a stopped load is started again and skips what is there.
    `progress` is told files and entries done.
    """
    new = repeated = done = 0
    with _collected_between():
        for some in _in_lots(files):
            sums = list(accumulate(len(entries) for entries in some))
            outcome = record_many(
                list(chain.from_iterable(some)),
                actor=house("load"),
                now=now,
                progress=_told(progress, sums, done, new + repeated),
            )
            new += outcome.new
            repeated += outcome.repeated
            done += len(some)
            gc.collect(0)
            if progress is not None:
                progress(done, new + repeated)
    return Outcome(new, repeated, done)


def _in_lots(files: Iterable[Sequence[Entry]]) -> Iterator[list[Sequence[Entry]]]:
    """The files in lists of as many as one transaction takes."""
    lot: list[Sequence[Entry]] = []
    entries = 0
    for file in files:
        lot.append(file)
        entries += len(file)
        if len(lot) == FILES_AT_ONCE or entries >= ENTRIES_AT_ONCE:
            yield lot
            lot, entries = [], 0
    if lot:
        yield lot


def _told(
    progress: Callable[[int, int], None] | None, sums: Sequence[int], files: int, entries: int
) -> Callable[[int], None] | None:
    """What tells of a transaction under way how many files of it are done."""
    if progress is None:
        return None
    return lambda done: progress(files + bisect_right(sums, done), entries + done)


@contextmanager
def _collected_between() -> Iterator[None]:
    """Within it Python looks for circles of garbage only where it is told to: entries make none, and looking
    through some hundred thousand of them again and again is an eighth of a load."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
