"""A line that says how far a long command is, shown once it has taken two seconds and only to a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from guitu.cli.main import say
from guitu.kernel.labels import Label

QUIET_FOR = 2.0
EVERY = 0.5


class Progress:
    """Used as `with Progress(label) as p: work(p.at)`; the label has the places {done} and, if known,
    {total}."""

    def __init__(self, label: Label) -> None:
        self.label = label
        self._began = self._shown = time.monotonic()
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def stage(self, label: Label) -> None:
        """Another thing begins, of which nothing is counted."""
        self.label = label
        self.at(0)

    def at(self, done: int, total: int | None = None) -> None:
        """So much is done."""
        now = time.monotonic()
        if now - self._began < QUIET_FOR or now - self._shown < EVERY:
            return
        self._shown = now
        text = say(self.label.fill(done=f"{done:,}", total=f"{total:,}" if total is not None else "?"))
        if sys.stderr.isatty():
            print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)
            self._drawn = True
        else:
            print(text, file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
