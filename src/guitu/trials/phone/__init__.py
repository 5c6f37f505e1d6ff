"""`guitu trial phone`: a worker's phone in a real browser, its page killed while it sends, again and again.
Every entry that was written is at the office afterwards, once."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from guitu.cli.main import say
from guitu.cli.opening import amount
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the trial."""
    about = Label(
        "真浏览器中的手机：发送途中反复杀掉页面，核对一条不丢、一条不重",
        "a phone in a real browser, killed again and again while it sends: nothing lost, nothing doubled",
    )
    parser = tasks.add_parser("phone", help=say(about), description=say(about))
    parser.add_argument(
        "--kills", type=amount, default=200, help=say(Label("杀多少次", "how often it is killed"))
    )
    parser.add_argument("--seed", type=int, default=1, help=say(Label("随机种子", "the seed")))
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it and say what came of it; 1 where an entry was lost or doubled."""
    try:
        from guitu.trials.phone.running import killing
    except ImportError as missing:
        raise GuituError(
            Label(
                f"缺少试验所需的依赖（{missing.name}），请先 make setup-test。",
                f"a dependency is missing ({missing.name}); run make test once.",
            )
        ) from missing
    with tempfile.TemporaryDirectory(prefix="guitu-trial-") as folder:
        told: dict[str, Any] = killing(Path(folder), options.kills, options.seed, _progress)
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(
            say(
                Label(
                    f"杀 {told['kills']} 次，写 {told['written']} 条："
                    f"丢 {told['lost']}，重 {told['doubled']}",
                    f"{told['kills']} kills, {told['written']} entries written:"
                    f" {told['lost']} lost, {told['doubled']} doubled",
                )
            )
        )
    return 1 if told["lost"] or told["doubled"] or told["complaints"] else 0


def _progress(done: int) -> None:
    if done % 10 == 0:
        print(f"… {done}", file=sys.stderr, flush=True)
