"""Invented requests for the named states of these pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.grants import Grant
from guitu.web.components.pager.component import Pager
from guitu.web.pages.leave import build, view

TOO_LONG = Label("期限应为 1 至 30 天。", "the term is from 1 to 30 days.")
CASE = "469023-2026-00017"


def _grant(number: int, user: str, name: str, by: str = "") -> Grant:
    asked = datetime(2026, 11, 23, 9, 20, tzinfo=CHINA)
    return Grant(
        number, 17, CASE, user, name, "village_worker", "469023101200", "minor", (), "casework",
        "入户走访，核对监护人联系方式", by, asked, None, None,
    )  # fmt: skip


def page_in_state(name: str) -> Any:
    """The page in one of its named states."""
    match name:
        case "break_glass":
            return build.break_glass("village_worker")
        case "break_glass_known":
            return build.break_glass("nurse", known=view.THE_FOUND, hidden=(("found", "x"),))
        case "break_glass_faults":
            faults = ((build.WHICH, view.WHICH_ONE), (build.REASON, view.REASONLESS))
            return build.break_glass("town_office", faults=faults)
        case "minor":
            return build.minor(CASE, None)
        case "minor_waiting":
            return build.minor(CASE, _grant(1, "village", "李晓梅"))
        case "minor_refused":
            return build.minor(CASE, _grant(1, "village", "李晓梅", "county"))
        case "approvals":
            found = [_grant(1, "village", "李晓梅"), _grant(2, "county", "王建国")]
            return build.approvals(found, "county", Pager(1, 20, 2), error=(1, TOO_LONG))
        case "approvals_paged":
            last = [_grant(41, "village", "李晓梅")]
            return build.approvals(last, "county", Pager(3, 20, 41, (), "/approvals/"))
    return build.approvals([], "county", Pager(1, 20, 0))
