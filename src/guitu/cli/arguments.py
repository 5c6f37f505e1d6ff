"""The parser of the command line: help and faults in the language of the command, a fault as one sentence."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Final, NoReturn

from guitu.kernel.labels import Label

_HEADS: Final = {
    "usage: ": "用法：",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "show this help message and exit": "显示本说明后退出",
}
"""The parser's own words in a help text."""

_FAULTS: Final = (
    (r"the following arguments are required: (.*)", r"还缺少：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 没有“\2”，可选：\3"),
    (r"argument (\S+): invalid int value: '(.*?)'", r"\1 应为整数，现为“\2”"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一个值"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 不明确，可能是：\2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)
"""What the parser says of a mistake, and the same in Chinese; what is not here stays as it is."""


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one sentence and exit code 2. Its subcommands are such parsers too."""

    chinese = True

    def error(self, message: str) -> NoReturn:
        """Say the mistake, and where help is."""
        print(_fault(message, self.prog).say("zh" if self.chinese else "en"), file=sys.stderr)
        sys.exit(2)

    def format_help(self) -> str:
        """The help text, with the parser's own words in the language of the command."""
        return self._own_words(super().format_help())

    def _own_words(self, text: str) -> str:
        for english, chinese in _HEADS.items() if self.chinese else ():
            text = text.replace(english, chinese, 1)
        return text


def _fault(message: str, prog: str) -> Label:
    zh = message
    for pattern, chinese in _FAULTS:
        if re.fullmatch(pattern, message, re.DOTALL):
            zh = re.sub(pattern, chinese, message, count=1, flags=re.DOTALL)
            break
    return Label(f"{prog}：{zh}。用法见 {prog} --help", f"{prog}: {message}; see {prog} --help")
