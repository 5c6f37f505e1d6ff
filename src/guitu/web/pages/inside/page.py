"""No page of its own: the three shapes in `shown.py` are shown by the pages that use them."""

from __future__ import annotations

from typing import Final

from guitu.web.component import State

STATES: Final[tuple[State, ...]] = ()
