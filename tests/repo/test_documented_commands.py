"""Every command that the README and the guides show is one that the command line understands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from guitu.cli.main import parser
from guitu.kernel.errors import GuituError

ROOT = Path(__file__).resolve().parents[2]
SHOWN_IN = (*ROOT.glob("*.md"), *ROOT.glob("docs/how-to/*.md"), *ROOT.glob("docs/explanation/*.md"))
COMMAND = re.compile(r"^\s*(?:[A-Z_]+=\S+ )*(guitu (?![^\n]*…)[^\n]+)$", re.MULTILINE)
BLOCK = re.compile(r"^\s*```[a-z]*\n(.*?)^\s*```", re.DOTALL | re.MULTILINE)


def shown() -> dict[str, list[str]]:
    """The words of each command in a block of its own, by where it stands; what follows a # is a remark."""
    found: dict[str, list[str]] = {}
    for path in SHOWN_IN:
        for block in BLOCK.findall(path.read_text(encoding="utf-8").replace("\\\n", " ")):
            for line in COMMAND.findall(block):
                words = shlex.split(re.split(r"\s[|>;&]", line)[0], comments=True)
                found[f"{path.relative_to(ROOT)}: {' '.join(words)}"] = words[1:]
    return found


def test_commands_are_found_where_they_are_shown() -> None:
    assert len(shown()) > 60
    places = {place.split(":")[0] for place in shown()}
    assert places >= {"README.md", "README.zh.md", "docs/how-to/ledgers.md"}


def refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command line says against these words; "" where it understands them."""
    try:
        parser().parse_args(words)
    except SystemExit as ended:
        return capsys.readouterr().err if ended.code else ""
    except GuituError as fault:
        return fault.say("en")
    return ""


@pytest.mark.parametrize("place", shown())
def test_a_shown_command_is_understood(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(shown()[place], capsys) == ""
