"""What is put into the places of a paper: from the file as it was known at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.centre.way_out import ITEMS, Package
from guitu.kernel.zone import CHINA
from guitu.store.units import Unit, tree
from guitu.web.pages.casefile.opened import Opened

MEASURE: Final = "compulsory_isolation"
SEXES: Final = {"male": "男", "female": "女"}
LISTED: Final = frozenset({*ITEMS, "belongings", "assessment"})
"""The lines of a package that a hand-over letter names where they are missing."""


def unit_of(code: str) -> Unit:
    """The unit of that code."""
    return tree().find(code)


def ends_on(opened: Opened, today: date, at: datetime | None) -> date | None:
    """The last day of the isolation as known at a moment."""
    assessed = opened.assessed(today, at)
    found = [m for m in assessed.measures if m.name == MEASURE]
    return found[-1].ends_on if found else None


def values(
    opened: Opened, package: Package, ends: date | None, centre: Unit, at: datetime | None, *, number: str,
    on: datetime,
) -> Mapping[str, str]:  # fmt: skip
    """Every value that is known, in words; days as prose."""
    counted = opened.shown.counted(at)
    about = _last(counted, "person")
    order = _last([e for e in counted if e.get("measure") == MEASURE], "order")
    decided = _last([e for e in counted if e.get("effect") == "early_release"], "decision")
    sent = _last([e for e in counted if not str(e.get("to_unit")).startswith(centre.code)], "handover_sent")
    town = tree().get(str(sent.get("to_unit"))) if sent else None
    missing = [line.label.zh for line in package.missing if line.name in LISTED]
    found: dict[str, str] = {
        "centre": centre.name,
        "number": number,
        "made_on": day_word(on.astimezone(CHINA).date()),
        "ends_on": day_word(ends) if ends else "",
        "how": "提前解除" if decided else "期满",
        "town": town.name if town else "",
        "missing": "、".join(missing) or "无",
    }
    if about is not None:
        birth = about.get("birth")
        found |= {
            "name": str(about.get("name") or ""),
            "sex": SEXES.get(str(about.get("sex")), ""),
            "birth": day_word(birth) if isinstance(birth, date) else "",
            "id_number": str(about.get("id_number") or ""),
            "household_place": str(about.get("household_place") or ""),
        }
    if order is not None:
        found |= {
            "organ": str(order.get("authority") or ""),
            "decision_no": str(order.get("document_no") or ""),
            "decided_on": day_word(order.happened_on),
            "starts_on": day_word(order.happened_on),
        }
    return found


def _last(counted: list[Entry] | tuple[Entry, ...], kind: str) -> Entry | None:
    found = [e for e in counted if e.kind == kind]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)
