"""People for the browser tests of Today, People and Units."""

from __future__ import annotations

from datetime import datetime


def busy() -> int:
    """A dozen people with something due in the villages; calling it again adds nobody. How many duties."""
    from guitu.kernel.zone import CHINA
    from guitu.store import read
    from tests.browser.seed import TODAY
    from tests.web import desk

    desk.busy(datetime.fromisoformat(f"{TODAY}T09:00:00").replace(tzinfo=CHINA), people=12)
    return read.today("469023100", desk.TODAY).total
