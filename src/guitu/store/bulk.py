"""Loading many whole files: a demonstration, a benchmark, a restore. The same gate, some hundred files at a
time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain

from guitu.access import house
from guitu.casefile import Entry
from guitu.store import engine
from guitu.store.gate import Outcome, record_many

FILES_AT_ONCE = 5000


def load(
    files: Iterable[Iterable[Entry]],
    now: datetime,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Record these files, each with all its entries, in the house's name; what came of them together.

    Every few hundred files are one transaction: a stopped load is started again and skips what is there.
    `progress` is told files and entries done.
    """
    new = repeated = done = 0
    for some in engine.in_chunks(files, FILES_AT_ONCE):
        outcome = record_many(list(chain.from_iterable(some)), actor=house("load"), now=now)
        new += outcome.new
        repeated += outcome.repeated
        done += len(some)
        if progress is not None:
            progress(done, new + repeated)
    return Outcome(new, repeated, done)
