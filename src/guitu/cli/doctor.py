"""`guitu doctor`: what is unsafe in this deployment, why, and what to do. Changes nothing."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Final

from guitu.cli.main import language, say
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.cli.doctor_checks import Finding

MARKS: Final = {
    "grave": Label("✕ 严重", "✕ grave"),
    "warning": Label("▲ 注意", "▲ warning"),
    "unknown": Label("◇ 未知", "◇ unknown"),
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "检查本次部署有哪些不安全之处、为什么、怎么办；有严重问题时以 1 退出",
        "say what is unsafe in this deployment, why, and what to do; exits with 1 if anything is grave",
    )
    parser = subparsers.add_parser("doctor", help=say(about), description=say(about))
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look everywhere; 1 if anything grave was found."""
    from guitu.cli.opening import start_django

    start_django()
    from guitu.cli.doctor_checks import look

    found = look()
    grave = sum(one.state == "grave" for one in found)
    if options.json:
        print(json.dumps(_as_data(found), ensure_ascii=False, indent=1))
        return 1 if grave else 0
    for state, mark in MARKS.items():
        for one in found:
            if one.state == state:
                print(f"{say(mark)}  {say(one.what)}")
                print(f"    {_sentence(one.why)}{_sentence(one.do)}")
    good = sum(one.state == "good" for one in found)
    print(
        say(
            Label(
                f"{grave} 处严重，{len(found) - grave - good} 处要注意或没有查成，{good} 项没有问题。",
                f"{grave} grave, {len(found) - grave - good} to be looked at or not known, {good} good.",
            )
        )
    )
    return 1 if grave else 0


def _sentence(label: Label | None) -> str:
    if label is None:
        return ""
    return f"{label.zh}。" if language() == "zh" else f"{label.en}. "


def _as_data(found: list[Finding]) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "grave": sum(one.state == "grave" for one in found),
        "checks": [
            {
                "check": one.check,
                "state": one.state,
                "what": say(one.what),
                "why": say(one.why) if one.why else "",
                "do": say(one.do) if one.do else "",
            }
            for one in found
        ],
    }
