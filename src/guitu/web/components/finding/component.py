"""A conclusion of the rules that a person must look at: what, since when, and why. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.model import Finding
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.why.component import Source, Why, why_of


@dataclass(frozen=True, slots=True)
class FindingCard:
    """`rights` marks a right of the person at risk: only then it is red. `decides` says who has to decide."""

    id: str
    label: Text
    since: date
    why: Why
    rights: bool = False
    decides: Text = ""
    actions: tuple[Button, ...] = ()


def card_of(
    finding: Finding,
    *,
    source: Callable[[UUID], Source] | None = None,
    decides: Text = "",
    open: bool = False,
) -> FindingCard:
    """The card of a finding; `source` finds the words of the entries that counted."""
    why = why_of(finding.because, source=source, asks=True, open=open)
    return FindingCard(f"finding-{finding.name}", finding.label, finding.since, why, finding.rights, decides)


_BECAUSE: Final = Because(
    Label(
        "拒绝或者逃避检测 3 次以上，为严重违反", "Three or more tests refused or evaded are a serious breach"
    ),
    on=date(2026, 11, 23),
    cites=(Citation("戒毒条例", "20"),),
    steps=(Label("03-01、04-01、05-06 共 3 次 ≥ 3 次", "03-01, 04-01, 05-06: 3 times ≥ 3"),),
)
_BREACH: Final = Finding(
    "serious_breach",
    Label("达到严重违反的次数", "Number for a serious breach reached"),
    date(2026, 5, 6),
    _BECAUSE,
)
_HELD: Final = Finding(
    "held_past_term",
    Label("期满仍未解除", "Held past the end of the term"),
    date(2026, 11, 22),
    Because(
        Label("期满当日应当解除", "Release is due on the last day"),
        on=date(2026, 11, 23),
        cites=(Citation("禁毒法", "47"),),
        steps=(Label("期满日 2026-11-21，无解除记录", "last day 2026-11-21, no release recorded"),),
    ),
    rights=True,
)
_DECIDES: Final = Label("由县级公安机关决定", "Decided by the county public security organ")

STATES: Final = (
    State("finding", Label("提示", "Finding"), card_of(_BREACH, decides=_DECIDES)),
    State("rights", Label("权利有风险", "Right at risk"), card_of(_HELD, open=True)),
)
