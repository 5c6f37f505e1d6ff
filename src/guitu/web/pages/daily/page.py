"""The day of a brigade: who is here, who is not and why, and what comes next?"""

from __future__ import annotations

from typing import Final

from guitu.web.component import State
from guitu.web.pages.daily.examples import EXAMPLES
from guitu.web.pages.daily.shown import BoardPage, LinesPage, SlipPage

__all__ = ["STATES", "BoardPage", "LinesPage", "SlipPage"]

STATES: Final[tuple[State, ...]] = EXAMPLES
