"""Where operations are put: one router for all, so that those of one address answer together."""

from __future__ import annotations

from typing import Final

from ninja import Router

router: Final = Router()
