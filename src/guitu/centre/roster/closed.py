"""Closed duty: batches that take turns at duty, isolation on standby and standby at home, 14 + 14 + 14.

How long anybody serves without a break and how many days in all are two things: ninety days may be six blocks
with rest between them, or one stay that should never have been. They are limited apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["duty", "isolation", "home"]


@dataclass(frozen=True, slots=True)
class Closed:
    """The turn: how many days of each phase, and the day (counted from the first of the roster, may be
    before it) on which batch 0 begins its duty. Each later batch begins `duty` days after the one before."""

    duty: int = 14
    isolation: int = 14
    home: int = 14
    begins: int = 0
    most_row: int | None = 14
    """Most days of closed duty without a break; None leaves it open."""
    most_sum: int | None = None
    """Most days of closed duty over the whole roster, together with those of `Person.closed_sum`."""

    @property
    def cycle(self) -> int:
        """Days until a batch is on duty again."""
        return self.duty + self.isolation + self.home

    @property
    def batches(self) -> int:
        """How many batches there are: as many as make the duty pass from one to the next without a gap."""
        return max(1, self.cycle // self.duty)

    def phase(self, batch: int, day: int) -> Phase:
        """The phase of a batch on a day."""
        at = (day - self.begins - batch * self.duty) % self.cycle
        if at < self.duty:
            return "duty"
        return "isolation" if at < self.duty + self.isolation else "home"

    def spans(self, batch: int, days: int) -> list[tuple[Phase, int, int]]:
        """The phases of a batch over the roster: phase, first and last day, cut at both ends."""
        found: list[tuple[Phase, int, int]] = []
        for day in range(days):
            phase = self.phase(batch, day)
            if found and found[-1][0] == phase and found[-1][2] == day - 1:
                found[-1] = (phase, found[-1][1], day)
            else:
                found.append((phase, day, day))
        return found
