"""One request to a page about an area outside the centres: who asks, about which unit, and whom they may see
there. A unit that is not the reader's own or below it is not there (404)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from guitu import access
from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import gate, unitfiles
from guitu.store.centre import reading
from guitu.store.centre.reading import Person
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import fresh_id, given_id, source_of
from guitu.web.noted import noted, noted_write
from guitu.web.who import Who, who

LISTED = ("identity", "support")


class Area:
    """The reader, the unit that is looked at, and the day."""

    def __init__(self, request: HttpRequest, code: str = "") -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        assert reader.post is not None, "a page of the access table opens to a post"
        self.request = request
        self.reader: Who = reader
        self.actor = reader.actor
        self.home: Unit = tree().find(reader.post.unit)
        self.unit: Unit = self._unit(code or self.asked("unit"))
        self.now: datetime = clock.now()
        self.today: date = store_clock.office_day(self.now)

    def _unit(self, code: str) -> Unit:
        unit = tree().get(code) if code else self.home
        if unit is None or not tree().within(unit, self.home):
            raise Http404(code)
        return unit

    def asked(self, name: str) -> str:
        """What was sent, or stands in the address."""
        found = self.request.POST.get(name) if self.request.method == "POST" else None
        return (self.request.GET.get(name, "") if found is None else found).strip()

    @property
    def code(self) -> str:
        """What stands in addresses for the unit: nothing where it is the reader's own."""
        return "" if self.unit.no == self.home.no else self.unit.code

    @property
    def source(self) -> str:
        """What an entry that is written here says of where it came from: nothing for a page's own form."""
        return source_of(self.request)

    def opens(self, page: str) -> bool:
        """Whether the reader's post opens that page."""
        return access.may_see_page(self.actor, page).allowed

    def reads(self, code: str) -> bool:
        """Whether a unit lies in the reader's area and its own file is the reader's to read."""
        unit = tree().get(code)
        return (
            unit is not None
            and tree().within(unit, self.home)
            and unitfiles.may_read(self.actor, unit).allowed
        )

    def may(self, kind: str, unit: Unit | None = None) -> bool:
        """Whether the reader records that kind in a unit's own file."""
        return unitfiles.may_record(self.actor, kinds()[kind], unit or self.unit).allowed

    def persons(self, numbers: Iterable[int], of: Collection[str]) -> tuple[Person, ...]:
        """These people, by the numbers of their files, as far as the reader may see them."""
        return reading.persons(numbers, frozenset(of), self.actor, self.now, granted=self.reader.granted)

    def list_noted(self, people: Iterable[Person], detail: str) -> None:
        """Note that these people are shown in a list, before they are."""
        some = list(people)
        if some:
            noted(
                self.request, "list", [p.no for p in some], LISTED, some[0].sight.decision,
                detail=f"{detail} {self.unit.code}",
            )  # fmt: skip

    def new_id(self) -> UUID:
        """A new id of this moment."""
        return fresh_id(self.now)

    def identifier(self) -> UUID:
        """The id that a form was given when it was opened."""
        return given_id(self.request)

    def title(self, what: Label) -> Label:
        """What the page is about, and whose."""
        return Label(f"{what.zh} · {self.unit.name}", f"{what.en} · {self.unit.name}")

    def saved(self) -> tuple[Notice, ...]:
        """What was just saved."""
        kind = kinds().get(self.request.GET.get("saved", ""))
        if kind is None:
            return ()
        return (Notice("fresh", Label(f"已保存：{kind.label.zh}", f"Saved: {kind.label.en}")),)


def entry_of(
    file: UUID,
    kind: str,
    on: date,
    fields: dict[str, Value],
    *,
    identifier: UUID,
    now: datetime,
    author: str,
    office: str,
) -> Entry:  # fmt: skip """An entry for a person's file; an empty answer is none."""
    said = {name: value for name, value in fields.items() if value is not None and value != ""}
    made = Entry(
        id=identifier, file=file, kind=kind, happened_on=on, recorded_at=now, author=author, unit=office,
        fields=said,
    )  # fmt: skip
    return replace(made, version=kinds()[kind].version)


def recorded(request: HttpRequest, entry: Entry, no: int, path: tuple[str, ...]) -> ErrorSummary | None:
    """Record it through the gate and note the writing; what is wrong, if anything is."""
    reader = who(request)
    assert reader is not None
    try:
        gate.record(entry, actor=reader.actor, now=entry.recorded_at)
    except NotAllowed as wrong:
        return ErrorSummary((Fault(wrong.decision.reason),))
    except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
        return ErrorSummary((Fault(wrong.label),))
    noted_write(request, no, entry.id, entry.kind, path)
    return None
