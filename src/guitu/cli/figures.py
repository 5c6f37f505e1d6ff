"""`guitu figures`: check the numbers of a draft bulletin 数字核对. Needs no store."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from guitu.cli.main import language, say
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its task."""
    about = Label("数字核对：核对稿件中的数字", "the figures desk: check the numbers of a draft")
    figures = subparsers.add_parser("figures", help=say(about), description=say(about))
    tasks = figures.add_subparsers(metavar=say(Label("做什么", "TASK")), required=True)
    check_about = Label(
        "核对一份稿件：前后矛盾、单位不合理、合计与增减不符，以及没有对应指标的数字；不写入任何内容，"
        "有问题时以 1 退出",
        "check a draft: contradictions, impossible units, sums and changes that do not fit, and numbers no "
        "indicator says; writes nothing, exits with 1 if something is wrong",
    )
    parser = tasks.add_parser("check", help=say(check_about), description=say(check_about))
    parser.add_argument("--lang", choices=("zh", "en"), help=say(Label("输出语言", "language of the output")))
    parser.add_argument(
        "file",
        metavar=say(Label("文件", "FILE")),
        help=say(Label("文本文件或 .docx", "a text file or a .docx")),
    )
    parser.add_argument("--json", action="store_true", help=say(Label("以 JSON 输出", "print JSON")))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check a file. 1 when something in it cannot be right; a number without an indicator alone is no
    fault."""
    from guitu.exchange.figures import CODES, check, read_file

    checked = check(read_file(Path(options.file)))
    faults = [found for found in checked.findings if found.code != "unmatched"]
    open_numbers = [found for found in checked.findings if found.code == "unmatched"]
    if options.json:
        print(json.dumps(checked.as_json(language()), ensure_ascii=False, indent=1))
        return 1 if faults else 0
    print(
        say(
            Label(
                "共 {all} 个数字：{matched} 个有对应指标，{open} 个没有；发现 {faults} 处问题。",
                "{all} numbers: {matched} with an indicator, {open} without; {faults} faults.",
            ).fill(
                all=len(checked.numbers),
                matched=sum(1 for one in checked.numbers if one.key),
                open=len(open_numbers),
                faults=len(faults),
            )
        )
    )
    for found in faults:
        print(f"\n✕ {say(CODES[found.code])} · {say(found.message)}")
        for sentence in found.sentences:
            print(f"    “{sentence}”" if not sentence.startswith("“") else f"    {sentence}")
    if open_numbers:
        print(f"\n◇ {say(CODES['unmatched'])}")
        for found in open_numbers:
            print(f"    {found.numbers[0]}  {_short(found.sentences[0])}")
    return 1 if faults else 0


def _short(sentence: str, most: int = 48) -> str:
    return sentence if len(sentence) <= most else sentence[:most] + "…"
