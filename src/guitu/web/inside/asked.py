"""One request to a page inside a centre: who asks, for which centre, on which day; and recording for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu import access
from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate, unitfiles
from guitu.store.centre import reading, residents
from guitu.store.centre.reading import Person
from guitu.store.centre.stays import centre_of
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.fresh import id_of_form, source_of
from guitu.web.inside.shown import Board, Section
from guitu.web.noted import noted, noted_write
from guitu.web.page import show
from guitu.web.pages.record import day
from guitu.web.who import Who, who

ID: Final = "id"
ON: Final = "on"
_LISTED: Final = ("identity", "support")


@dataclass(frozen=True)
class Inside:
    """The reader at work in `centre`, now."""

    request: HttpRequest
    reader: Who
    centre: Unit
    now: datetime

    @property
    def actor(self) -> Actor:
        """Who the gate sees."""
        return self.reader.actor

    @property
    def office(self) -> str:
        """The unit in whose name the reader writes."""
        assert self.reader.post is not None
        return self.reader.post.unit

    @cached_property
    def today(self) -> date:
        """The office's day."""
        return store_clock.office_day(self.now)

    @cached_property
    def on(self) -> date:
        """The day that is looked at: `on` of the address, today without one or where it cannot be read."""
        read = day.read(self.asked.get(ON, ""), self.today)
        return read if isinstance(read, date) else self.today

    @property
    def asked(self) -> Mapping[str, str]:
        """What was sent, or stands in the address."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def identifier(self) -> UUID:
        """The id the form was given when it was first opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def persons(self, numbers: Iterable[int], of: Iterable[str]) -> tuple[Person, ...]:
        """These people as far as the reader may see them."""
        return reading.persons(numbers, frozenset(of), self.actor, self.now, granted=self.reader.granted)

    def residents(self, of: Iterable[str], unit: Unit | None = None) -> tuple[Person, ...]:
        """Everybody held in the centre (or one brigade of it) whom the reader may see."""
        where = unit or self.centre
        if not access.decide(self.actor, "find", access.Target(where.path)).allowed:
            raise Http404(where.code)
        return self.persons(residents.numbers(where), of)

    @property
    def brigades(self) -> tuple[Unit, ...]:
        """The brigades of the centre."""
        return tuple(u for u in tree().children(self.centre) if u.level == "brigade")

    def short(self, brigade: Unit) -> str:
        """A brigade's name without the centre's before it."""
        return brigade.name.removeprefix(self.centre.name).strip() or brigade.name

    def brigade(self, code: str) -> Unit | None:
        """The brigade of that code, if it is one of this centre."""
        return next((u for u in self.brigades if u.code == code), None)

    def list_noted(self, people: Iterable[Person], detail: str) -> None:
        """Note that these people are shown in a list."""
        some = list(people)
        if some:
            noted(
                self.request,
                "list",
                [p.no for p in some],
                _LISTED,
                some[0].sight.decision,
                detail=f"{detail} {self.centre.code}",
            )

    def work_entry(
        self,
        kind: str,
        on: date,
        fields: Mapping[str, Value],
        identifier: UUID,
        corrects: UUID | None = None,
        reason: str = "",
        unit: str = "",
    ) -> Entry:
        """An entry for the centre's own file."""
        return unitfiles.new_entry(
            unit or self.centre.code,
            kind,
            on,
            _said(fields),
            now=self.now,
            author=self.actor.name,
            office=self.office,
            identifier=identifier,
            corrects=corrects,
            reason=reason,
            source=source_of(self.request),
        )

    def entry(
        self,
        person: UUID,
        kind: str,
        on: date,
        fields: Mapping[str, Value],
        identifier: UUID,
        corrects: UUID | None = None,
        reason: str = "",
    ) -> Entry:
        """An entry for a person's file."""
        return Entry(
            id=identifier,
            file=person,
            kind=kind,
            happened_on=on,
            recorded_at=self.now,
            version=kinds()[kind].version,
            author=self.actor.name,
            unit=self.office,
            fields=_said(fields),
            corrects=corrects,
            reason=reason,
            source=source_of(self.request),
        )

    def record(self, entries: Iterable[Entry], people: Iterable[Person] = ()) -> ErrorSummary | None:
        """Record all of these or none, and note what was written about whom; what is wrong, if anything
        is."""
        every = list(entries)
        try:
            gate.record_many(every, actor=self.actor, now=self.now)
        except NotAllowed as wrong:
            return ErrorSummary((Fault(wrong.decision.reason),))
        except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
            return ErrorSummary((Fault(wrong.label),))
        by_file = {p.id: p for p in people}
        for entry in every:
            if (person := by_file.get(entry.file)) is not None:
                noted_write(self.request, person.no, entry.id, entry.kind, person.view.area)
        return None


def _said(fields: Mapping[str, Value]) -> dict[str, Value]:
    """What was answered: an empty answer is none."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def derived(identifier: UUID, part: str) -> UUID:
    """The id of a further entry of the same form: the same each time the form is sent."""
    ms = identifier.int >> 80
    return uuid7(ms, sha256(identifier.bytes + part.encode()).digest()[:10])


def inside(request: HttpRequest) -> Inside | None:
    """The request as one inside a centre; None where the reader's post is in none. Raises Http404 where the
    centre's own file is not the reader's to read."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    centre = centre_of(tree().find(reader.post.unit))
    if centre is None:
        return None
    if not unitfiles.may_read(reader.actor, centre).allowed:
        raise Http404(centre.code)
    return Inside(request, reader, centre, clock.now())


def nowhere(request: HttpRequest, title: Label) -> HttpResponse:
    """What a reader is shown whose post is in no centre."""
    return show(
        request,
        Board(
            title,
            Label("您的岗位不在戒毒所。", "Your post is not in a centre."),
            (
                Section(
                    "none",
                    Label("这里是戒毒所的工作", "This is the work of a centre"),
                    empty=Empty(
                        Label("换到戒毒所的岗位后再来。", "Change to a post in a centre and come back."),
                        (Button(Label("回到今日", "Back to Today"), href="/"),),
                    ),
                ),
            ),
        ),
    )


def refused(problem: GuituError | Label) -> ErrorSummary:
    """One sentence as a summary."""
    return ErrorSummary((Fault(problem if isinstance(problem, Label) else problem.label),))
