"""A long run of the trial of phones and a server in several sittings: what is done is not done again, nothing
is left out, and whoever stops it loses nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from guitu.trials.sync import sittings
from guitu.trials.sync.report import Report
from guitu.trials.sync.sittings import AT_ONCE, OtherRun, Run


def part(first: int, many: int, broken: tuple[int, ...] = ()) -> Report:
    told = Report(3, first, schedules=many, processor=1.5, counted=Counter(entries=many))
    told.broken = [(place, "lost") for place in broken]
    return told


def test_parts_that_are_done_are_not_done_again(tmp_path: Path) -> None:
    run = Run.kept(None, 3, 0, 1000)
    assert list(run.left()) == [(place, AT_ONCE) for place in range(0, 1000, AT_ONCE)]
    run.take(part(500, 100, broken=(555,)), "one")
    run.take(part(0, 100), "one")
    run.take(part(100, 100, broken=(150,)), "two")
    run.keep(tmp_path / "run.json")

    again = Run.kept(tmp_path / "run.json", 3, 0, 1050)
    assert again.done == [(0, 200), (500, 600)]
    left = list(again.left())
    assert left == [
        (200, 100),
        (300, 100),
        (400, 100),
        *((n, 100) for n in range(600, 1000, 100)),
        (1000, 50),
    ]
    assert again.report.schedules == 300
    assert again.report.counted == Counter(entries=300)
    assert again.report.broken == [(150, "lost"), (555, "lost")]
    assert again.report.processor == 4.5
    assert again.editions == Counter(one=200, two=100)
    for first, many in left:
        again.take(part(first, many), "two")
    assert again.whole
    assert again.done == [(0, 1050)]
    assert not list(tmp_path.glob("*.new"))


def test_a_file_of_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    run = Run.kept(None, 3, 0, 1000)
    run.keep(tmp_path / "run.json")
    with pytest.raises(OtherRun, match="seed 3"):
        Run.kept(tmp_path / "run.json", 4, 0, 1000)
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(OtherRun):
        Run.kept(tmp_path / "other.json", 3, 0, 1000)


def test_the_edition_is_one_of_the_code() -> None:
    assert re.fullmatch(r"\S+ [0-9a-f]{12}", sittings.edition())


@pytest.mark.slow
def test_a_run_is_stopped_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    command = [
        sys.executable, "-m", "guitu", "--lang", "en", "trial", "sync", "--seed", "5", "--schedules", "250",
        "--workers", "2", "--resume", str(path),
    ]  # fmt: skip
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    while not path.exists() and first.poll() is None:
        time.sleep(0.1)
    os.kill(first.pid, signal.SIGINT)
    said, _ = first.communicate(timeout=300)
    kept = json.loads(path.read_text("utf-8"))
    assert 100 <= kept["report"]["schedules"] <= 250
    if kept["report"]["schedules"] < 250:
        assert first.returncode == 130
        assert "the same command goes on from" in said

    then = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert then.returncode == 0, then.stderr
    assert "250 schedules" in then.stdout
    assert json.loads(path.read_text("utf-8"))["done"] == [[0, 250]]
