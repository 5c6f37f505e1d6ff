"""One request to these pages: on which side the reader stands, and the consultation that is looked at.

The centre's side opens the person's file like every page, and is noted for it. The hospital's side opens no
file: it asks `access.consulting` about the one consultation, and each look is noted as a reading of that
file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest

from guitu.access import may_see_page
from guitu.access.consulting import HOSPITAL, ConsultAct, may_consult
from guitu.casefile import Entry, Value
from guitu.centre.consulting import Consultation, State
from guitu.compose import kinds
from guitu.store import clock as store_clock
from guitu.store.centre import remote
from guitu.store.centre.remote import Consult
from guitu.web import clock
from guitu.web.faults import Outside
from guitu.web.fresh import fresh_id, id_of_form, source_of
from guitu.web.noted import noted
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.who import Who, who

ID = "id"
Side = Literal["centre", "hospital"]


@dataclass(frozen=True)
class Asked:
    """Who asks, now."""

    request: HttpRequest
    reader: Who
    now: datetime

    @cached_property
    def today(self) -> date:
        """The office's day."""
        return store_clock.office_day(self.now)

    @property
    def side(self) -> Side:
        """On which side the reader stands."""
        assert self.reader.post is not None
        return "hospital" if self.reader.post.role == HOSPITAL else "centre"

    @property
    def unit(self) -> str:
        """The code of the reader's unit."""
        assert self.reader.post is not None
        return self.reader.post.unit

    def identifier(self) -> UUID:
        """The id that the form was given when it was opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def fresh(self) -> UUID:
        """A new id."""
        return fresh_id(self.now)

    def entry(self, file: UUID, kind: str, fields: dict[str, Value], identifier: UUID) -> Entry:
        """An entry of a person's file, written by the centre's side now."""
        return Entry(
            id=identifier,
            file=file,
            kind=kind,
            version=kinds()[kind].version,
            happened_on=self.today,
            recorded_at=self.now,
            author=self.reader.username,
            unit=self.unit,
            fields=fields,
            source=source_of(self.request),
        )


def asked(request: HttpRequest) -> Asked:
    """The request."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    return Asked(request, reader, clock.now())


@dataclass(frozen=True)
class Here:
    """One consultation, as this reader may see it. `opened` is the file, on the centre's side only."""

    asked: Asked
    consult: Consult
    opened: Opened | None = None

    @property
    def one(self) -> Consultation:
        """The consultation."""
        return self.consult.consultation

    @property
    def side(self) -> Side:
        """On which side the reader stands."""
        return self.asked.side

    @cached_property
    def state(self) -> State:
        """How far it is today."""
        return self.one.state(self.asked.today)

    def hospital_may(self, act: ConsultAct) -> bool:
        """Whether a hospital's doctor may do that now; False on the centre's side."""
        return may_consult(self.asked.reader.actor, act, self.consult.consulted(self.asked.today)).allowed

    def centre_may(self, kind: str) -> bool:
        """Whether the centre's side may record the kind; False on the hospital's."""
        if self.opened is None:
            return False
        return self.opened.may_record(self.asked.reader.actor, kinds()[kind]).allowed

    @property
    def sees_shared(self) -> bool:
        """Whether the reader sees what is shared, and what came of it."""
        return self.opened is not None or self.hospital_may("read")

    @property
    def sees_question(self) -> bool:
        """Whether the reader sees what is asked."""
        return self.opened is not None or self.hospital_may("answer")

    @property
    def in_call(self) -> bool:
        """Whether the reader may be in the room: the hospital's doctor who accepted, or who treats at the
        centre."""
        if not may_see_page(self.asked.reader.actor, "remote_room").allowed:
            return False
        if self.opened is None:
            return self.hospital_may("advise")
        return self.state in ("accepted", "advised") and self.one.standing


def open_one(request: HttpRequest, identifier: UUID, detail: str = "remote", *, note: bool = True) -> Here:
    """The consultation with that number, for a reader on either side; Http404 for anybody else. `note` False
    is for what shows nothing of anybody: messages of a call that was opened, and noted, before."""
    now = asked(request)
    found = remote.find(identifier)
    if found is None:
        raise Http404(str(identifier))
    if now.side == "centre":
        opened = open_whole(found.view.case_no, now.reader)
        request_entry = opened.entry(identifier)
        if request_entry is None or not opened.shows(request_entry):
            raise Http404(str(identifier))
        if note:
            noted_file(request, opened, detail=detail)
        return Here(now, found, opened)
    actor, what = now.reader.actor, found.consulted(now.today)
    decision = may_consult(actor, "list", what)
    if not decision.allowed:
        raise Outside(found.no, decision, found.view.area)
    if note:
        read = may_consult(actor, "read", what)
        asks = may_consult(actor, "answer", what)
        seen = read if read.allowed else asks if asks.allowed else decision
        shown = ("identity", "medical") if asks.allowed else ("identity",)
        noted(
            request,
            "open" if asks.allowed else "list",
            (found.no,),
            shown,
            seen,
            detail=detail,
            area=found.view.area,
        )
    return Here(now, found)
