"""One request about one file: who asks, what of it they see, and what they may record."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store.centre import psychology
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.fresh import id_of_form, source_of
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole, recordable
from guitu.web.pages.psychology import words
from guitu.web.who import Who, who

ID = "id"
SUPPORT = "support"


class Desk:
    """The file and its reader. Opening it is noted."""

    def __init__(self, request: HttpRequest, case: str, detail: str = "psychology") -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        self.request = request
        self.reader: Who = reader
        self.opened: Opened = open_whole(case, reader)
        self.now = clock.now()
        self.today: date = store_clock.office_day(self.now)
        noted_file(request, self.opened, detail=detail)

    @property
    def case_no(self) -> str:
        """The number in the address."""
        return self.opened.case_no

    @property
    def office(self) -> str:
        """The unit in whose name the reader writes."""
        return self.reader.post.unit if self.reader.post else ""

    @property
    def identity(self) -> Identity:
        """Whose file it is."""
        return identity(self.opened, self.today, kinds())

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The entries that count now and that this reader may see."""
        return tuple(e for e in self.opened.counted if self.opened.shows(e))

    @cached_property
    def may(self) -> frozenset[str]:
        """The kinds that this reader may record in the form of one kind."""
        return recordable(self.reader.actor, self.opened.sight.target)

    def may_write(self, kind: str) -> bool:
        """Whether this reader may record the kind, on whatever page."""
        return self.opened.may_record(self.reader.actor, kinds()[kind]).allowed

    @cached_property
    def find(self) -> psychology.screening.Find:
        """Finds instruments, an office's own among them."""
        return psychology.finder(self.opened.view.unit)

    def crumbs(self, *more: Crumb) -> Crumbs:
        """The way from the day to this page."""
        person = Crumb(Label("心理档案", "Psychological file"), words.address(self.case_no) if more else "")
        return Crumbs((Crumb(Label("心理中心", "Psychology centre"), words.address()), person, *more))

    def identifier(self) -> UUID:
        """The id the form was given when it was first opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def entry(self, kind: str, identifier: UUID, on: date, **fields: str | int) -> Entry:
        """An entry of this file, written now by this reader, not yet recorded."""
        return Entry(
            id=identifier,
            file=self.opened.view.id,
            kind=kind,
            version=kinds()[kind].version,
            happened_on=on,
            recorded_at=self.now,
            author=self.reader.username,
            unit=self.office,
            fields=fields,
            source=source_of(self.request),
        )

    def record(self, kind: str, label: Label | None = None, look: str = "plain") -> Button | None:
        """The way to the form of a kind, if this reader may record it."""
        if kind not in self.may:
            return None
        return Button(label or kinds()[kind].label, href=addresses.record(self.case_no, kind), look=look)

    def saved(self) -> Notice | None:
        """The receipt of what was just saved here."""
        try:
            identifier = UUID(self.request.GET.get("saved", ""))
        except ValueError:
            return None
        saved, receipt = self.opened.entry(identifier), self.opened.view.receipts.get(identifier)
        if saved is None or receipt is None or not self.opened.shows(saved):
            return None
        kind, at = kinds()[saved.kind].label, receipt.stored_at.astimezone(CHINA)
        return Notice(
            "fresh",
            Label(
                f"已保存：{kind.zh} · {at:%Y-%m-%d %H:%M} · 回执 {receipt.short}",
                f"Saved: {kind.en} · {at:%Y-%m-%d %H:%M} · receipt {receipt.short}",
            ),
        )
