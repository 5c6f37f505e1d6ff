"""Kinds of a unit's file with a page of their own, recorded through that page: its view is asked as if its
form had been filled in, so that whatever the page checks is checked here, by the same lines.

What two people sign, what is drawn, published or counted from paper, and photos are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from guitu.casefile import Kind
from guitu.casefile.protocol import Receipt
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.units import Unit
from guitu.web.api import centre_pages, desk_pages
from guitu.web.api.calling import id_in
from guitu.web.api.centre_pages import Sheet
from guitu.web.api.through import through
from guitu.web.noted import noted
from guitu.web.who import Who

Fields = Mapping[str, str]
OTHER: Final = Label("更正须用同一种记录。", "A correction is of the same kind as what it corrects.")


@dataclass(frozen=True, slots=True)
class Way:
    """The page of a kind: the name of its address, what stands in that, and what it is told beside the kind's
    own answers (which other unit, which place)."""

    name: str
    args: Callable[[Unit, str, Fields], tuple[Any, ...]]
    beside: frozenset[str] = frozenset()


def _kind_only(_unit: Unit, kind: str, _sent: Fields) -> tuple[Any, ...]:
    return (kind,)


def _code_and_kind(unit: Unit, kind: str, _sent: Fields) -> tuple[Any, ...]:
    return (unit.code, kind)


def _nothing(_unit: Unit, _kind: str, _sent: Fields) -> tuple[Any, ...]:
    return ()


def _answered(unit: Unit, _kind: str, sent: Fields) -> tuple[Any, ...]:
    """What is answered stands in the file of the unit `at`, of the same unit without it."""
    return (sent.get("at") or unit.code, id_in(sent, "to"))


def _ways(name: str, args: Callable[..., tuple[Any, ...]], kinds: str, *beside: str) -> dict[str, Way]:
    return {kind: Way(name, args, frozenset(beside)) for kind in kinds.split()}


WAYS: Final[Mapping[str, Way | Sheet]] = {
    **_ways("organisation_record", _kind_only,
            "leading_group group_member staff_duty staff_qualification watch_status model_programme"
            " unit_change"),
    **_ways("organisation_record", _kind_only, "model_applied", "by"),
    **_ways("organisation_record", _kind_only, "model_judged", "by", "place"),
    **_ways("outreach_record", _code_and_kind,
            "lecturer_training talk_request_declined talk_planned talk_cancelled material_given"),
    **_ways("resources_record", _code_and_kind, "equipment_check"),
    **_ways("patrols_record", _code_and_kind, "place_round venue_inspection venue_closure venue_reopened"),
    **_ways("site_write", _kind_only, "site_about site_article site_help_place site_quiz"),
    **_ways("dispatch_task_new", _nothing, "action_decided"),
    **_ways("dispatch_task_report", _answered, "action_report", "at"),
    **_ways("dispatch_task_close", _answered, "action_closed"),
    **_ways("dispatch_campaign_new", _nothing, "campaign"),
    **_ways("dispatch_target", _answered, "campaign_target"),
    **_ways("dispatch_terms", _nothing, "dispatch_terms"),
    **centre_pages.SHEETS,
    **{kind: Way(*page) for kind, page in desk_pages.PAGES.items()},
}  # fmt: skip
"""The kinds that a program records through their pages, and where those are."""


def recordable(reader: Who, unit: Unit) -> frozenset[str]:
    """Which of these kinds the reader records in that unit's file."""
    from guitu.compose import kinds

    return frozenset(name for name in WAYS if unitfiles.may_record(reader.actor, kinds()[name], unit).allowed)


def fill_in(
    request: HttpRequest, reader: Who, unit: Unit, kind: Kind, typed: Fields, identifier: UUID, source: str
) -> Receipt:
    """Fill in the page's form with these answers, as its boxes are called; the receipt of what it recorded.
    Raises Refused with the page's own faults, Http404 where the page is not the reader's."""
    way = WAYS[kind.name]
    if isinstance(way, Sheet):
        return centre_pages.fill_in(request, reader, unit, kind, typed, identifier, source)
    boxes = {**typed, "id": str(identifier), "unit": unit.code, "in": unit.code}
    if kind.name == "place_round":  # its page has a box for each place
        boxes |= {f"p{place}": "1" for place in typed.get("seen", "").split()}
    answered = through(request, reader, kind, way.name, way.args(unit, kind.name, typed), boxes, source)
    receipt = unitfiles.receipt_of(unit, identifier)
    if receipt is None:
        raise answered.refusal()
    noted(request, "record", (), detail=f"api {kind.name} {identifier}")
    return receipt


def needs(kind: Kind) -> tuple[str, ...]:
    """What must be sent so that the page is found: the id of what is answered, and what stands beside it."""
    way = WAYS.get(kind.name)
    if way is None:
        return ()
    if isinstance(way, Sheet):
        return way.must
    internal = tuple(a.name for a in kind.fields if a.internal and a.required)
    beside = tuple(sorted(way.beside - {"at"}))
    return tuple(dict.fromkeys((*((kind.answers,) if kind.answers else ()), *internal, *beside)))


def names_of(kind: Kind) -> frozenset[str]:
    """What may be sent as answers of a kind: its questions and what its page is told beside them."""
    way = WAYS.get(kind.name)
    beside = way.sent if isinstance(way, Sheet) else way.beside if way is not None else ()
    return frozenset(beside) | {ask.name for ask in kind.fields}
