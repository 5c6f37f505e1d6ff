"""`guitu trial draw`: many people's test days over a whole term, asked whether anything about them can be
known beforehand and whether anybody is tested more than others."""

from __future__ import annotations

import argparse

from guitu.kernel.labels import Label


def add_parser(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the trial."""
    from guitu.cli.main import say
    from guitu.cli.opening import amount

    about = Label(
        "许多人三年的检测日期：能否预测，负担是否相同",
        "the test days of many people over three years: can they be foretold, is the burden the same",
    )
    parser = tasks.add_parser("draw", help=say(about), description=say(about))
    parser.add_argument("--people", type=amount, default=2000, help=say(Label("人数", "how many people")))
    parser.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "seed")))
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it; 1 if any test says that the days are not what they should be."""
    from guitu.kernel.errors import GuituError
    from guitu.trials.draw.running import MOST_PEOPLE, try_it

    if not 1 <= options.people <= MOST_PEOPLE:
        raise GuituError(
            Label(f"人数应在 1 到 {MOST_PEOPLE:,} 之间", f"people must be from 1 to {MOST_PEOPLE:,}")
        )
    found = try_it(options.people, options.seed)
    found.tell(as_json=options.json)
    return 0 if found.good else 1
