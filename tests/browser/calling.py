"""A process beside a server that does in the server's store what a test asks of it.

It starts once and splits a child off for each call, so that a call costs what it does, and not Django's start
as well, and finds nothing in memory that a call before it left there.

    python -m tests.browser.calling        reads a call a line, writes an answer a line; ends with its input
"""

from __future__ import annotations

import importlib
import json
import os
import select
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PATIENCE: Final = 60.0
"""Seconds after which a call has failed."""


class Calls:
    """The process, as the tests see it; it starts with the first call."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._process: subprocess.Popen[str] | None = None

    def call(self, function: str, arguments: Mapping[str, Any]) -> Any:
        """What `module:function` answers; arguments and answer are JSON. AssertionError with its traceback
        where it fails."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.calling"],
                cwd=ROOT, env=dict(self.environment), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        print(json.dumps([function, arguments]), file=asked, flush=True)
        ready, _, _ = select.select([answers], [], [], PATIENCE)
        assert ready, f"{function} has not answered for {PATIENCE:.0f} seconds"
        line = answers.readline()
        assert line, f"the process that was asked for {function} has ended"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer["answer"]

    def stop(self) -> None:
        """End it."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            if self._process.stdout is not None:
                self._process.stdout.close()


def answer_to(function: str, arguments: Mapping[str, Any]) -> str:
    """One line: what the function answered, or how it failed."""
    module, _, name = function.partition(":")
    try:
        return json.dumps({"answer": getattr(importlib.import_module(module), name)(**arguments)})
    except BaseException:
        return json.dumps({"failed": traceback.format_exc()})


def main() -> None:
    """Answer until there is nobody to ask."""
    import django

    django.setup()
    from guitu.compose import kinds

    kinds()
    answers = os.dup(1)
    os.dup2(2, 1)  # what a function prints is no answer
    for line in sys.stdin:
        function, arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            os.write(answers, f"{answer_to(function, arguments)}\n".encode())
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
