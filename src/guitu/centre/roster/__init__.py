"""Duty rosters: what is asked for, who there is, by which rules; a checker of its own; and how good one is.

Nothing here looks for a roster: that is `guitu.rostering`. `check` shares no code with it, so that a mistake
there is found here. The limits are a site's settings, not law: none of them is taken from an instrument.
"""

from guitu.centre.roster.checking import Breach, around, check
from guitu.centre.roster.closed import Closed, Phase
from guitu.centre.roster.model import (
    Demand,
    Limits,
    Person,
    Post,
    Problem,
    Roster,
    Rules,
    Shift,
    Slot,
    Weights,
    Wish,
)
from guitu.centre.roster.scoring import Score, score

__all__ = [
    "Breach",
    "Closed",
    "Demand",
    "Limits",
    "Person",
    "Phase",
    "Post",
    "Problem",
    "Roster",
    "Rules",
    "Score",
    "Shift",
    "Slot",
    "Weights",
    "Wish",
    "around",
    "check",
    "score",
]
