"""`guitu cases`: run worked cases against the rules."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from guitu.cli.main import language, say
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    about = Label(
        "用规则核对案例文件；逐条列出不符之处，有不符时以 1 退出",
        "run worked cases against the rules; prints each failure and exits with 1 if there is one",
    )
    parser = subparsers.add_parser("cases", help=say(about), description=say(about))
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=say(Label("案例文件 *.cases.yaml", "worked cases, *.cases.yaml")),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run every case of every file."""
    from guitu import compose, policy
    from guitu.pathway.cases import Failure, read_cases, run_case

    cases = [
        case for name in options.files for case in read_cases(Path(name), compose.kinds(), policy.names())
    ]
    failed = 0
    failures: list[Failure] = []
    for case in cases:
        missed = run_case(case, compose.policy(case.region, case.presets))
        failed += bool(missed)
        failures += missed
    passed = len(cases) - failed
    if options.json:
        print(
            json.dumps(
                {
                    "passed": passed,
                    "failed": failed,
                    "failures": [
                        {
                            "file": f.source,
                            "case": f.case,
                            "expectation": f.expectation,
                            "expected": f.expected,
                            "got": f.got,
                            "why": f.why.say(language()),
                        }
                        for f in failures
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 1 if failed else 0
    for f in failures:
        print(f"✕ {f.source}: {f.case}")
        print(
            say(
                Label(
                    f"    {f.expectation}：应为 {f.expected}，得到 {f.got}\n    理由：{f.why.zh}",
                    f"    {f.expectation}: expected {f.expected}, got {f.got}\n    because: {f.why.en}",
                )
            )
        )
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
