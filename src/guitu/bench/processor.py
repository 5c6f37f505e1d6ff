"""Processor time of a process and those it started: what a busy machine does not change."""

from __future__ import annotations

import os
from pathlib import Path


def spent(process: int) -> float:
    """Seconds of processor time that a running process and all below it have taken; 0 where the system does
    not say."""
    proc = Path("/proc")
    if not proc.is_dir():
        return 0.0
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    for one in proc.iterdir():
        if not one.name.isdigit():
            continue
        try:
            said = (one / "stat").read_text()
        except OSError:
            continue  # it has just ended
        rest = said.rpartition(")")[2].split()
        parents[int(one.name)] = int(rest[1])
        times[int(one.name)] = (int(rest[11]) + int(rest[12])) / tick
    return sum(t for number, t in times.items() if _below(number, process, parents))


def _below(number: int, process: int, parents: dict[int, int]) -> bool:
    while number > 1:
        if number == process:
            return True
        number = parents.get(number, 0)
    return False
