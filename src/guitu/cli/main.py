"""The `guitu` command: finds its subcommands, runs one, and turns a fault into one sentence.

A subcommand is a module in this package with `add_parser(subparsers)` that sets `run`, a function of the
parsed arguments that returns the exit code. Modules import what is heavy inside `run`, so that `guitu --help`
is quick.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

from guitu import cli
from guitu.cli.arguments import Parser
from guitu.kernel.errors import GuituError, machine_reason
from guitu.kernel.labels import Label

BAD_INPUT = 2

_ABOUT = Label(
    "归途：戒毒康复个案管理。每个命令都有 --help。",
    "Guitu: case management for drug rehabilitation. Every command has --help.",
)


def language() -> str:
    """The language that commands speak: GUITU_LANG, Chinese without it."""
    return os.environ.get("GUITU_LANG") or "zh"


def say(label: Label) -> str:
    """The sentence in the command's language."""
    return label.say(language())


def parser() -> Parser:
    """The whole command line, with every subcommand found in this package."""
    Parser.chinese = not language().startswith("en")
    top = Parser(prog="guitu", description=say(_ABOUT))
    top.add_argument("--lang", choices=("zh", "en"), help=say(Label("输出语言", "language of the output")))
    subparsers = top.add_subparsers(metavar=say(Label("命令", "COMMAND")), required=True)
    for found in sorted(pkgutil.iter_modules(cli.__path__), key=lambda m: m.name):
        if found.name in {"main", "opening", "arguments"}:
            continue
        module = import_module(f"guitu.cli.{found.name}")
        if hasattr(module, "add_parser"):
            module.add_parser(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done; 1: done, and something is wrong with what was checked; 2: it could not be
    done."""
    arguments = _language_first(sys.argv[1:] if arguments is None else list(arguments))
    _choose_language(arguments)
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options) or 0)
    except GuituError as fault:
        print(fault.say(language()), file=sys.stderr)
        return BAD_INPUT
    except OSError as fault:
        if isinstance(fault, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(say(_unusable(fault)), file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print(say(Label("已中断。", "Interrupted.")), file=sys.stderr)
        return 130


def _unusable(fault: OSError) -> Label:
    """The sentence for a file or a folder that cannot be read or written."""
    return Label("不能使用 {place}（{reason}）。", "Cannot use {place} ({reason}).").fill(
        place=fault.filename or "—", reason=machine_reason(fault)
    )


def _language_first(arguments: list[str]) -> list[str]:
    """The arguments with `--lang` in front: it may stand before or after the command."""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            return [word, arguments[place + 1], *arguments[:place], *arguments[place + 2 :]]
        if word.startswith("--lang="):
            return [word, *arguments[:place], *arguments[place + 1 :]]
    return arguments


def _choose_language(arguments: Sequence[str]) -> None:
    """`--lang` counts wherever it stands, before the help texts are made."""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            os.environ["GUITU_LANG"] = arguments[place + 1]
        elif word.startswith("--lang="):
            os.environ["GUITU_LANG"] = word.partition("=")[2]


if __name__ == "__main__":
    sys.exit(main())
