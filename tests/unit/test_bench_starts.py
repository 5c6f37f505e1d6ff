"""A benchmark starts from the command alone, in a process in which nothing was set up before."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_the_bench_of_assessing_runs_from_the_command() -> None:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(
        [sys.executable, "-m", "guitu.cli.main", "bench", "assess", "--people", "20", "--json"],
        env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    (figure,) = json.loads(ran.stdout)["figures"]
    assert (figure["name"], figure["unit"]) == ("assess", "people/s")
    assert figure["value"] > 0
