"""`guitu trial sync`: phones and a server with everything that can go wrong between them."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from collections import Counter

    from guitu.trials.sync.report import Report
    from guitu.trials.sync.sittings import Run

STOPPED: Final = 130
"""What the command ends with when somebody stopped it, as shells have it."""
MOST_SHOWN: Final = 20
"""Broken schedules that are printed; all of them stand in the JSON."""


def add_parser(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the trial."""
    from guitu.cli.main import say
    from guitu.cli.opening import amount

    about = Label(
        "手机与服务器同步，随机断电、重复、乱序、时钟错误、存满、令牌过期、升级、服务器恢复备份：不丢、不重，分歧全部显示",
        "phones and a server with power cuts, repeats, late calls, wrong clocks, full stores, ended tokens,"
        " upgrades and a restored server: nothing lost, nothing doubled, every difference shown",
    )
    parser = tasks.add_parser("sync", help=say(about), description=say(about))
    parser.add_argument(
        "--schedules", type=amount, default=1000, help=say(Label("多少个场景", "how many schedules"))
    )
    parser.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "seed")))
    parser.add_argument(
        "--first", type=int, default=0, help=say(Label("从第几个场景开始", "number of the first one"))
    )
    parser.add_argument(
        "--workers",
        type=amount,
        help=say(
            Label(
                "并行进程数；默认一个，有 --resume 时用全部处理器",
                "processes; one without it, all processors with --resume",
            )
        ),
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar=say(Label("文件", "FILE")),
        help=say(
            Label(
                "把进度写入此文件，可用 Ctrl-C 停下；同一命令再次运行就从停下处继续",
                "write the progress to this file; stop with Ctrl-C, and the same command goes on from there",
            )
        ),
    )
    parser.add_argument(
        "--trace", action="store_true", help=say(Label("逐步打印第一个场景", "print the steps of the first"))
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it; 1 if anything was lost, doubled or not shown, 130 if it was stopped."""
    from guitu.cli.main import say
    from guitu.trials.sync.sittings import Run

    workers = options.workers or (os.cpu_count() or 1 if options.resume else 1)
    kept = Run.kept(options.resume, options.seed, options.first, options.schedules)
    if options.trace or (workers == 1 and not options.resume):
        found, whole = _alone(options), True
    else:
        found, whole = _together(options, kept, workers)
    if options.json:
        print(found.text())
    else:
        _tell(found)
        if options.resume and len(kept.editions) > 1:
            print(say(_editions(kept.editions)))
        if not whole:
            print(say(_stopped(options.resume)))
    return 0 if found.good and whole else 1 if not found.good else STOPPED


def _stopped(path: Path | None) -> Label:
    if path is None:
        return Label("已停下。", "Stopped.")
    return Label(
        f"已停下；同一命令再次运行就从 {path} 继续。", f"Stopped; the same command goes on from {path}."
    )


def _editions(editions: Counter[str]) -> Label:
    """A run whose code changed between two sittings says so: it tried no single edition as often as it
    counts."""
    told = [f"{name} {many:,}" for name, many in editions.most_common()]
    return Label(
        f"两次运行之间代码有改动，各版本的场景数：{'，'.join(told)}",
        f"The code changed between sittings; schedules of each edition: {', '.join(told)}",
    )


def _alone(options: argparse.Namespace) -> Report:
    """In this process, on a store of its own."""
    from guitu.trials.sync.sittings import own_store

    with own_store():
        from guitu.trials.sync import running

        if options.trace:
            return _traced(options)
        return running.run(
            options.seed, options.first, options.schedules, None if options.json else _progress
        )


def _traced(options: argparse.Namespace) -> Report:
    from guitu.trials.sync import running
    from guitu.trials.sync.phones import Phones
    from guitu.trials.sync.report import Report

    report = Report(options.seed, options.first)
    with running.world():
        wrong, schedule = running.one(options.seed, options.first, Phones())
    if not options.json:
        print("\n".join(schedule.trace))
    report.schedules, report.counted = 1, schedule.counted
    report.broken = [(options.first, wrong)] if wrong else []
    return report


def _together(options: argparse.Namespace, kept: Run, workers: int) -> tuple[Report, bool]:
    """In several processes, from where it stands; what came of it, and whether it is whole."""
    from guitu.trials.sync.sittings import Sitting, sit

    def told(run: Run, sitting: Sitting) -> None:
        if not options.json:
            rate = sitting.schedules / max(run.report.seconds - sitting.before, 0.001)
            _progress(run.report, rate, run.schedules)

    whole = sit(kept, options.resume, workers, told)
    return kept.report, whole


def _progress(report: Report, rate: float = 0.0, goal: int = 0) -> None:
    """How far it is, on one line: how many are done, of how many, and how long the rest will take."""
    from guitu.cli.main import say

    rate = rate or report.schedules / max(report.seconds, 0.001)
    done = f"{report.schedules:,}" + (f" / {goal:,}" if goal else "")
    rest = round(max(goal - report.schedules, 0) / rate / 60) if goal else 0
    text = Label(
        f"已运行 {done} 个场景，每秒 {rate:.0f} 个，有误 {len(report.broken)} 个，约还需 {rest:,} 分钟",
        f"{done} schedules, {rate:.0f} a second, {len(report.broken)} wrong, about {rest:,} minutes to go",
    )
    print(f"\r{say(text)}  ", end="", file=sys.stderr, flush=True)


def _tell(report: Report) -> None:
    from guitu.cli.main import say

    print(file=sys.stderr)
    counted = report.counted
    faults = sum(n for name, n in counted.items() if name not in ("entries", "differences"))
    rate = report.schedules / max(report.seconds, 0.001)
    each = 1000 * report.processor / max(report.schedules, 1)
    print(
        say(
            Label(
                f"{report.schedules:,} 个场景（每秒 {rate:.0f} 个，每个用处理器 {each:.0f} 毫秒），"
                f"{counted['entries']:,} 条记录，{faults:,} 次故障，"
                f"{counted['differences']:,} 处分歧全部显示；有误的场景 {len(report.broken)} 个。",
                f"{report.schedules:,} schedules ({rate:.0f} a second, {each:.0f} ms of processor each),"
                f" {counted['entries']:,} entries, {faults:,} faults, {counted['differences']:,} differences,"
                f" all shown; {len(report.broken)} schedules went wrong.",
            )
        )
    )
    for name, n in sorted(counted.items()):
        print(f"  {name}: {n:,}")
    for place, why in report.broken[:MOST_SHOWN]:
        print(f"  --seed {report.seed} --first {place} --trace: {why}")
    if len(report.broken) > MOST_SHOWN:
        print(f"  … {len(report.broken) - MOST_SHOWN:,}")
