"""What a benchmark says: figures with their units, beside the peer's where there is one, and the machine."""

from __future__ import annotations

import os
import platform
import resource
from dataclasses import dataclass, field
from math import isfinite
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `beside` is the peer's figure in the same unit and run; `ratio` is how many times
    better ours is; `wanted` is the figure to reach, as text. A value of infinity is one that is not known;
    its note says why, and JSON, which has no infinity, leaves it out."""

    name: str
    value: float
    unit: str
    beside: float | None = None
    peer: str = ""
    ratio: float | None = None
    wanted: str = ""
    note: str = ""

    def data(self) -> dict[str, Any]:
        """As JSON holds it, without what is empty."""
        given = {
            "name": self.name,
            "value": round(self.value, 3) if isfinite(self.value) else None,
            "unit": self.unit,
            "peer": self.peer,
            "beside": round(self.beside, 3) if self.beside is not None else None,
            "ratio": round(self.ratio, 2) if self.ratio is not None else None,
            "wanted": self.wanted,
            "note": self.note,
        }
        return {k: v for k, v in given.items() if v not in (None, "")}


@dataclass(slots=True)
class Report:
    """The figures of one run."""

    figures: list[Figure] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"machine": machine(), "figures": [f.data() for f in self.figures]}


def machine() -> dict[str, Any]:
    """What it ran on: enough to judge a ratio by, nothing that names a place."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def peak_mib(*, of_children: bool = False) -> float:
    """The most memory this process has held, or the largest of its children that have ended, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if platform.system() == "Darwin" else 1024)


def percentile(values: list[float], part: float) -> float:
    """The value below which `part` (0-1) of them lie; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(part * len(ordered)) - 1))]
