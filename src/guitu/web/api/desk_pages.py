"""Kinds of a unit's file that desks record on pages of their own: safety and advice. Where those pages
are, for `own_pages`; and of those that stay a page, why, for `person_pages`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from guitu.kernel.labels import Label
from guitu.store.units import Unit
from guitu.web.api.calling import id_in, see_today
from guitu.web.pages.record.form import DAY

Fields = Mapping[str, str]
Page = tuple[str, Callable[[Unit, str, Fields], tuple[Any, ...]]]

COMPLAINT: Final = Label(
    "投诉不经上下级：只由收到它的岗位在自己的页面上办理，不属于单位档案。",
    "Complaints run outside the chain of command and stand in no unit's file: only the post that received one"
    " deals with it, on its page.",
)
PLANNED: Final = Label(
    "由页面为整个行动逐站逐周排出，没有人填写。",
    "The page works it out for a whole campaign, station by station and week by week; nobody types it.",
)


def _code_and_kind(unit: Unit, kind: str, _sent: Fields) -> tuple[Any, ...]:
    return (unit.code, kind)


def _question(unit: Unit, _kind: str, sent: Fields) -> tuple[Any, ...]:
    """The question in the file of the unit that asked; its answer is of today, as on the page."""
    see_today(sent.get(DAY, ""))
    return (unit.code, id_in(sent, "to"))


_SAFETY: Final = "incident_reported hazard_moved hazard_closed meeting_task meeting_task_done"

PAGES: Final[Mapping[str, Page]] = {
    **dict.fromkeys(_SAFETY.split(), ("safety_record", _code_and_kind)),
    "advice_given": ("help_answer", _question),
}
"""The name of a page's address, and what stands in that."""

WHY: Final[Mapping[Label, str]] = {
    COMPLAINT: "complaint_received complaint_forwarded complaint_answer",
    PLANNED: "follow_up_plan",
}
