"""The one time zone of the country, by which an office tells its day and people write times without one."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "CST")
"""China Standard Time, the same all year and everywhere; worked out, so no table of zones is needed."""
