"""A long run in several sittings: what is done stands in a file, and the next sitting goes on from there.

Each process has a store of its own and works on a hundred schedules at a time. A part counts when it is whole
and stands in the file: a sitting that ends in the middle, by Ctrl-C or by a power cut, loses a few seconds of
work and no schedule.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from importlib.resources import files
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType
from typing import Any, Final

import guitu
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.trials.sync.report import Report

AT_ONCE: Final = 100
"""Schedules that a process works on before it says what came of them."""

Part = tuple[int, int]
"""The number of its first schedule, and how many there are."""


class OtherRun(GuituError):
    """The file holds a run of other schedules, or is none of ours."""


class Ended(GuituError):
    """A process ended in the middle of its work."""


@dataclass
class Run:
    """How far a run has come. `done` are the numbers of schedules that are done, as spans from one number up
    to another that is not in it; `editions` says how many were run by which edition of the code."""

    seed: int
    first: int
    schedules: int
    done: list[tuple[int, int]] = field(default_factory=list)
    sittings: int = 0
    editions: Counter[str] = field(default_factory=Counter)
    report: Report = field(default_factory=lambda: Report(0, 0))

    @classmethod
    def kept(cls, path: Path | None, seed: int, first: int, schedules: int) -> Run:
        """The run in that file, or a new one. It may be given more schedules than before. Raises OtherRun."""
        run = cls(seed, first, schedules, report=Report(seed, first))
        if path is None or not path.exists():
            return run
        try:
            told: dict[str, Any] = json.loads(path.read_text("utf-8"))
            run.done = [(int(a), int(b)) for a, b in told["done"]]
            run.sittings = int(told["sittings"])
            run.editions = Counter({str(k): int(n) for k, n in told["editions"].items()})
            run.report = Report.read(json.dumps(told["report"]))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise OtherRun(
                Label("读不懂这份进度文件。", "This is no file of a run's progress."), where=str(path)
            ) from wrong
        if (run.report.seed, run.report.first) != (seed, first):
            raise OtherRun(
                Label(
                    f"文件里是种子 {run.report.seed}、从第 {run.report.first} 个场景起的试验；请换一个文件。",
                    f"the file holds a run of seed {run.report.seed} from schedule {run.report.first} on;"
                    " name another file.",
                ),
                where=str(path),
            )
        return run

    def keep(self, path: Path | None) -> None:
        """Write it: whole, or not at all."""
        if path is None:
            return
        told = {
            "about": "guitu trial sync",
            "schedules": self.schedules,
            "done": self.done,
            "sittings": self.sittings,
            "editions": dict(self.editions),
            "report": json.loads(self.report.text()),
        }
        beside = path.with_name(f"{path.name}.new")
        with beside.open("w", encoding="utf-8") as new:
            json.dump(told, new, ensure_ascii=False, indent=1)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(path)

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return next(self.left(), None) is None

    def left(self) -> Iterator[Part]:
        """What is not done yet, in parts."""
        end = self.first + self.schedules
        place = self.first
        for begins, ends in [*self.done, (end, end)]:
            stop = min(begins, end)
            while place < stop:
                many = min(AT_ONCE, stop - place)
                yield place, many
                place += many
            place = max(place, ends)

    def take(self, part: Report, edition: str) -> None:
        """A part is done."""
        self.report.add(part)
        self.report.broken.sort()
        self.editions[edition] += part.schedules
        spans: list[tuple[int, int]] = []
        for begins, ends in sorted([*self.done, (part.first, part.first + part.schedules)]):
            if spans and begins <= spans[-1][1]:
                spans[-1] = spans[-1][0], max(ends, spans[-1][1])
            else:
                spans.append((begins, ends))
        self.done = spans


def edition() -> str:
    """What is being tried: the version, and a checksum of all its code, the phone's too."""
    root = files("guitu")
    assert isinstance(root, Path)
    found = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.js")]):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{guitu.__version__} {found.hexdigest()[:12]}"


@contextmanager
def own_store() -> Iterator[None]:
    """A store of this process's own, in a folder that goes with it. Once in a process, before Django is
    there."""
    with tempfile.TemporaryDirectory(prefix="guitu-trial-") as folder:
        os.environ["GUITU_HOME"] = folder
        os.environ.pop("GUITU_DATABASE_URL", None)
        os.environ.pop("GUITU_TODAY", None)
        from guitu.cli.opening import open_store

        with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
            open_store()
        from guitu.store.scope import be_the_house

        be_the_house()
        yield


def sit(run: Run, path: Path | None, workers: int, told: Callable[[Run, Sitting], None]) -> bool:
    """Go on with a run until it is whole or somebody stops it (Ctrl-C, SIGTERM); whether it is whole. `told`
    hears how far it is after each part. Raises Ended."""
    parts = run.left()
    run.sittings += 1
    which = edition()
    with _processes(run.seed, workers) as pipes, _stopping() as asked:
        sitting = Sitting(time.monotonic(), run.report.seconds)
        busy = [pipe for pipe in pipes if _given(pipe, parts)]
        while busy:
            for pipe in wait(busy, timeout=1):
                assert isinstance(pipe, Connection)
                try:
                    part = Report.read(pipe.recv_bytes().decode())
                except EOFError as gone:
                    raise Ended(
                        Label(
                            "一个试验进程中途结束；已完成的部分已保存，请重新运行以继续。",
                            "a process of the trial ended; what was done is kept: run it again to go on.",
                        )
                    ) from gone
                run.take(part, which)
                run.report.seconds = sitting.before + time.monotonic() - sitting.began
                sitting.schedules += part.schedules
                run.keep(path)
                told(run, sitting)
                if asked or not _given(pipe, parts):
                    busy.remove(pipe)
    return run.whole


@dataclass
class Sitting:
    """When this sitting began (by the steady clock), the seconds of those before it, and how many schedules
    it has done."""

    began: float
    before: float
    schedules: int = 0


def _given(pipe: Connection, parts: Iterator[Part]) -> bool:
    """Hand a process the next part, if there is one."""
    part = next(parts, None)
    if part is not None:
        pipe.send(part)
    return part is not None


@contextmanager
def _processes(seed: int, workers: int) -> Iterator[list[Connection]]:
    """Processes at work, each at the other end of a pipe; all gone afterwards."""
    context = multiprocessing.get_context("spawn")  # each opens a store of its own: nothing is shared
    started = []
    for _ in range(workers):
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there, seed), daemon=True)
        process.start()
        there.close()
        started.append((process, here))
    try:
        yield [pipe for _, pipe in started]
    finally:
        for process, pipe in started:
            pipe.close()
            process.join(timeout=10)
            if process.is_alive():
                process.kill()


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """A list that is no longer empty once somebody asks to stop. Who asks twice will not wait for the parts
    that are under way."""
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _work(pipe: Connection, seed: int) -> None:
    """Run the parts that come through the pipe, until it is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # whoever began the run decides when it stops
        signal.signal(number, signal.SIG_IGN)
    with own_store():
        from guitu.trials.sync import running

        with running.world():
            while True:
                try:
                    first, many = pipe.recv()
                except EOFError:
                    return
                report = Report(seed, first)
                running.some(report, many)
                pipe.send_bytes(report.text().encode())
