"""`guitu trial sync`: phones and a server with everything that can go wrong between them."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.trials.sync.running import Report


def add_parser(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the trial."""
    from guitu.cli.main import say

    about = Label(
        "手机与服务器同步，随机断电、重复、乱序、时钟错误、存满、令牌过期、升级、服务器恢复备份：不丢、不重，分歧全部显示",
        "phones and a server with power cuts, repeats, late calls, wrong clocks, full stores, ended tokens,"
        " upgrades and a restored server: nothing lost, nothing doubled, every difference shown",
    )
    parser = tasks.add_parser("sync", help=say(about), description=say(about))
    parser.add_argument(
        "--schedules", type=int, default=1000, help=say(Label("多少个场景", "how many schedules"))
    )
    parser.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "seed")))
    parser.add_argument(
        "--first", type=int, default=0, help=say(Label("从第几个场景开始", "number of the first one"))
    )
    parser.add_argument("--workers", type=int, default=1, help=say(Label("并行进程数", "processes")))
    parser.add_argument(
        "--trace", action="store_true", help=say(Label("逐步打印第一个场景", "print the steps of the first"))
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it; 1 if anything was lost, doubled or not shown."""
    found = _alone(options) if options.workers < 2 else _together(options)
    if options.json:
        print(found.text())
    else:
        _tell(found)
    return 0 if found.good else 1


def _alone(options: argparse.Namespace) -> Report:
    """In this process, on a store of its own in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="guitu-trial-") as folder:
        os.environ["GUITU_HOME"] = folder
        os.environ.pop("GUITU_DATABASE_URL", None)
        os.environ.pop("GUITU_TODAY", None)
        from guitu.cli.opening import open_store

        sys.stderr = open(os.devnull, "w") if options.json else sys.stderr  # noqa: SIM115 - as long as we live
        open_store()
        from guitu.store.scope import be_the_house
        from guitu.trials.sync import running

        be_the_house()
        if options.trace:
            return _traced(options)
        return running.run(
            options.seed, options.first, options.schedules, None if options.json else _progress
        )


def _traced(options: argparse.Namespace) -> Report:
    from guitu.trials.sync import running
    from guitu.trials.sync.phones import Phones

    report = running.Report(options.seed, options.first)
    with running.world():
        wrong, report.counted, trace = running.one(options.seed, options.first, Phones())
    print("\n".join(trace))
    report.schedules, report.broken = 1, [(options.first, wrong)] if wrong else []
    return report


def _together(options: argparse.Namespace) -> Report:
    """In several processes, each with its part."""
    from guitu.trials.sync.running import Report

    share = -(-options.schedules // options.workers)
    parts = []
    for n in range(options.workers):
        first, many = options.first + n * share, min(share, options.schedules - n * share)
        if many > 0:
            call = [
                sys.executable, "-m", "guitu", "trial", "sync", "--json", "--seed", str(options.seed),
                "--first", str(first), "--schedules", str(many),
            ]  # fmt: skip
            parts.append(subprocess.Popen(call, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()))
    whole = Report(options.seed, options.first)
    for part in parts:
        text, _ = part.communicate()
        one = Report.read(text.strip().splitlines()[-1])
        whole.add(one)
        whole.seconds = max(whole.seconds, one.seconds)
    return whole


def _progress(report: Report) -> None:
    from guitu.cli.main import say

    rate = report.schedules / max(report.seconds, 0.001)
    text = Label(
        f"已运行 {report.schedules:,} 个场景，每秒 {rate:.0f} 个，有误 {len(report.broken)} 个",
        f"{report.schedules:,} schedules, {rate:.0f} a second, {len(report.broken)} wrong",
    )
    print(f"\r{say(text)}", end="", file=sys.stderr, flush=True)


def _tell(report: Report) -> None:
    from guitu.cli.main import say

    print(file=sys.stderr)
    counted = report.counted
    faults = sum(n for name, n in counted.items() if name not in ("entries", "differences"))
    rate = report.schedules / max(report.seconds, 0.001)
    print(
        say(
            Label(
                f"{report.schedules:,} 个场景（每秒 {rate:.0f} 个），{counted['entries']:,} 条记录，"
                f"{faults:,} 次故障，{counted['differences']:,} 处分歧全部显示；"
                f"有误的场景 {len(report.broken)} 个。",
                f"{report.schedules:,} schedules ({rate:.0f} a second), {counted['entries']:,} entries,"
                f" {faults:,} faults, {counted['differences']:,} differences, all shown;"
                f" {len(report.broken)} schedules went wrong.",
            )
        )
    )
    for name, n in sorted(counted.items()):
        print(f"  {name}: {n:,}")
    for place, why in report.broken[:20]:
        print(f"  --first {place}: {why}")
