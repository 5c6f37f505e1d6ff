"""`guitu trial`: break things on purpose, by a seed, and see that nothing is lost.

Every module or package of `guitu.trials` that has `add_parser(tasks)` is one trial; it imports what is heavy
inside `run`. A trial works in folders of its own and leaves the office's data alone.
"""

from __future__ import annotations

import argparse
import pkgutil
from importlib import import_module

from guitu import trials
from guitu.cli.main import say
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command, with every trial found."""
    about = Label(
        "按随机种子制造故障，核对有无丢失", "break things on purpose, by a seed, and see that nothing is lost"
    )
    trial = subparsers.add_parser("trial", help=say(about), description=say(about))
    tasks = trial.add_subparsers(dest="task", metavar=say(Label("项目", "TRIAL")), required=True)
    for found in sorted(pkgutil.iter_modules(trials.__path__), key=lambda m: m.name):
        module = import_module(f"guitu.trials.{found.name}")
        if hasattr(module, "add_parser"):
            module.add_parser(tasks)
