"""What came of a run, or of a part of one: apart from the work, so that it is read without a store."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Report:
    """What came of it. `broken` names the schedules in which something was lost, doubled or not shown, each
    with one sentence; the same seed and number give the same schedule again. `seconds` passed meanwhile, of
    which `processor` counts those of all processes."""

    seed: int
    first: int
    schedules: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    counted: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing doubled, and every difference shown."""
        return not self.broken

    def add(self, other: Report) -> None:
        """Take another part of the same run in."""
        self.schedules += other.schedules
        self.counted += other.counted
        self.broken += other.broken
        self.processor += other.processor

    def text(self) -> str:
        """As JSON."""
        return json.dumps({**asdict(self), "counted": dict(self.counted)}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Report:
        """From JSON."""
        told: dict[str, Any] = json.loads(text)
        broken = [(int(n), str(why)) for n, why in told["broken"]]
        return cls(**{**told, "counted": Counter(told["counted"]), "broken": broken})
