"""Nothing is shown here: these addresses speak with phones (docs/reference/phone-sync.md)."""

from __future__ import annotations

from typing import Final

from guitu.web.component import State

STATES: Final[tuple[State, ...]] = ()
