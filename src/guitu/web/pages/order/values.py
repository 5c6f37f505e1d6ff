"""What is put into the places of the agreement: from the file as it stands."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.documents.agreement import AGREEMENT, Agreement
from guitu.home.order import MEASURES, MEMBERS
from guitu.store import papers as kept
from guitu.store.home.draws import office_of
from guitu.web.pages.casefile.opened import Opened

SEXES: Final = {"male": "男", "female": "女"}


def told(opened: Opened, on: date) -> Agreement:
    """The agreement of the measure that was ordered last."""
    counted, about = opened.shown.counted(), opened.identity
    order = _last([e for e in counted if e.get("measure") in MEASURES], "order")
    since = order.happened_on if order is not None else date.min
    terms = _last([e for e in counted if e.happened_on >= since], "agreement_terms")
    group = _last([e for e in counted if e.happened_on >= since], "working_group")
    measures = [m for m in opened.assessed(on).measures if order is not None and m.order == order.id]
    measure = measures[-1] if measures else None
    birth, unit = about.get("birth"), opened.view.unit
    office = office_of(unit) or unit
    return Agreement(
        measure=measure.label.zh if measure else "社区戒毒",
        office=office.name if office else "",
        name=str(about.get("name") or ""),
        sex=SEXES.get(str(about.get("sex")), ""),
        born=birth if isinstance(birth, date) else None,
        id_number=str(about.get("id_number") or ""),
        organ=str(order.get("authority") or "") if order else "",
        order_no=str(order.get("document_no") or "") if order else "",
        ordered=order.happened_on if order else None,
        starts_on=measure.starts_on if measure else None,
        ends_on=measure.ends_on if measure else None,
        help=str(terms.get("help") or "") if terms else "",
        measures=str(terms.get("measures") or "") if terms else "",
        other=str(terms.get("other") or "") if terms else "",
        group=_members(group),
        case_no=opened.case_no,
        on=on,
    )


def _members(group: Entry | None) -> tuple[tuple[str, str], ...]:
    if group is None:
        return ()
    kind = kinds()["working_group"]
    return tuple(
        (kind.ask(m).label.zh, str(group.get(m))) for m in MEMBERS if str(group.get(m) or "").strip()
    )


def _last(entries: list[Entry], kind: str) -> Entry | None:
    found = [e for e in entries if e.kind == kind]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def template(opened: Opened) -> bytes | None:
    """The office's own template, if it has brought one."""
    office = office_of(opened.view.unit)
    found = kept.latest(office, AGREEMENT) if office is not None else None
    return found[1] if found else None
