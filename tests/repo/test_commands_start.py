"""Every command gets as far as opening the store in a process that knows nothing of Django yet, as a shell
starts it. What runs inside the tests has Django set up already and would not notice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

APART: Final = frozenset({"bench", "demo", "trial"})
"""They start processes of their own and work for long: their own tests start them."""

SCRIPT: Final = """
import argparse, contextlib, io, json, sys
from guitu.cli import main, opening

class Opened(Exception):
    pass

def opened():
    raise Opened

opening.start_django = opened

def leaves(parser, words):
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield words, parser
    for action in below:
        for name, sub in action.choices.items():
            yield from leaves(sub, [*words, name])

def sample(action):
    if action.choices:
        return str(next(iter(action.choices)))
    for word in ("none", "1", "2026-11-23", "2026-11"):
        try:
            (action.type or str)(word)
        except (ValueError, TypeError, argparse.ArgumentTypeError):
            continue
        return word
    raise AssertionError(action)

def needed(parser):
    for action in parser._actions:
        if action.option_strings:
            if action.required:
                yield from (action.option_strings[0], sample(action))
        elif action.nargs not in ("*", "?"):
            yield sample(action)
    for group in parser._mutually_exclusive_groups:
        if group.required:
            action = group._group_actions[0]
            yield action.option_strings[0]
            if action.nargs != 0:
                yield sample(action)

top, ended = main.parser(), {}
for words, parser in leaves(top, []):
    if words[0] in sys.argv[1].split():
        continue
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            options = top.parse_args([*words, *needed(parser)])
            options.run(options)
            how = "ran"
        except Opened:
            how = "opens"
        except SystemExit as stopped:
            how = "not read: " + told.getvalue()
        except main.GuituError as refused:
            how = "refused: " + refused.say("en")
        except OSError as refused:
            how = "refused: " + str(refused)
        except Exception as fault:
            how = f"fails: {type(fault).__name__}: {fault}"
    ended[" ".join(words)] = how
print(json.dumps(ended))
"""


def test_every_command_starts_in_a_process_of_its_own(tmp_path: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("GUITU_", "DJANGO_", "PYTEST_"))}
    root = Path(__file__).resolve().parent.parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, " ".join(APART)],
        cwd=tmp_path, text=True, capture_output=True, timeout=120, check=False,
        env={**bare, "GUITU_HOME": str(tmp_path / "home"), "PYTHONPATH": str(root / "src")},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    ended: dict[str, str] = json.loads(ran.stdout)
    wrong = {name: how for name, how in ended.items() if how.startswith(("fails", "not read"))}
    assert wrong == {}
    opening = [name for name, how in ended.items() if how == "opens"]
    assert {"handover exchange", "handover card", "verify", "staff add", "serve"} <= set(opening)
