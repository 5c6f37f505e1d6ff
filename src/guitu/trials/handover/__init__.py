"""`guitu trial handover`: many releases through two sites, with the link cut at every point."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.trials.handover.running import Report


def add_parser(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the trial."""
    from guitu.cli.main import say
    from guitu.cli.opening import amount

    about = Label(
        "两个站点之间移交许多人，每一步都可能断线：每人恰在一个状态，没有遗留的应办事项",
        "hand many people over between two sites with faults at every step: everybody in exactly one state,"
        " no duty left behind",
    )
    parser = tasks.add_parser("handover", help=say(about), description=say(about))
    parser.add_argument("--people", type=amount, default=200, help=say(Label("人数", "how many people")))
    parser.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "seed")))
    parser.add_argument(
        "--rounds", type=amount, default=6, help=say(Label("两边各办理几天", "days of work on either side"))
    )
    parser.add_argument(
        "--share", type=float, default=0.4,
        help=say(Label("多大一部分往来出故障", "which part of the bundles meets a fault")),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it; 1 if anything was lost, doubled or left behind."""
    from guitu.trials.handover.running import try_it

    found: Report = try_it(
        options.people, options.seed, told=True, rounds=options.rounds, share=options.share
    )  # fmt: skip
    found.tell(as_json=options.json)
    return 0 if found.good else 1
