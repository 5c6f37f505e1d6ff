"""病残, of one person: worked out from the conditions a doctor recorded, by a rule that has a version.

The indicator counts by the same rule (`capabilities/health`), so that what stands beside a name and what
stands in a report cannot part. No national definition is known; the rule is ours, and an office that has
another one declares the next version (docs/decisions/0021, 0027).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

VERSION: Final = 1
EFFECTS: Final = ("treatment", "dependent", "danger")
"""Version 1: what a condition does to somebody who counts."""

WHY: Final = {
    "treatment": Label("须持续治疗", "needs continuing treatment"),
    "dependent": Label("生活不能自理", "cannot look after themselves"),
    "danger": Label("可能危及生命", "may endanger life"),
}
CERTIFIED: Final = Label("持残疾人证", "holds a disability certificate")


@dataclass(frozen=True, slots=True)
class Sick:
    """That somebody is 病残 by that version of the rule, because of these entries."""

    version: int
    reasons: tuple[Label, ...]
    entries: tuple[UUID, ...]

    @property
    def sentence(self) -> Label:
        """In words, with the version."""
        zh = "、".join(reason.zh for reason in self.reasons)
        en = ", ".join(reason.en for reason in self.reasons)
        return Label(
            f"病残（规则第 {self.version} 版）：{zh}",
            f"Sick or disabled (rule, version {self.version}): {en}",
        )


def sick_or_disabled(counted: Sequence[Entry]) -> Sick | None:
    """Whether the conditions among the entries that count make somebody 病残; None if not."""
    reasons: dict[Label, None] = {}
    entries = []
    for entry in counted:
        if entry.kind != "health_condition":
            continue
        effect = str(entry.get("effect") or "")
        found = [WHY[effect]] if effect in EFFECTS else []
        if entry.get("disability") == "yes":
            found.append(CERTIFIED)
        if found:
            entries.append(entry.id)
            reasons.update(dict.fromkeys(found))
    return Sick(VERSION, tuple(reasons), tuple(entries)) if reasons else None
