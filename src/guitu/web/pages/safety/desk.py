"""One request to the safety centre: who asks, about which unit, and what they may record there. A unit whose
own file the reader does not read is not there (404)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest

from guitu import access
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import unitfiles
from guitu.store.centre import safety
from guitu.store.centre.stays import centre_of, centres_under
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.notice.component import Notice
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.fresh import fresh_id, id_of_form
from guitu.web.pages.safety import words
from guitu.web.who import Who, who

_ITSELF: Final = Label("所部", "The centre")


class Desk:
    """The reader, the unit that is looked at, and the units whose files tell of it."""

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
        if not code:
            return self.home
        unit = tree().get(code)
        if unit is None or not tree().within(unit, self.home):
            raise Http404(code)
        return unit

    def readable(self) -> None:
        """Go on only where the reader reads the unit's own file."""
        if not unitfiles.may_read(self.actor, self.unit).allowed:
            raise Http404(self.unit.code)

    def asked(self, name: str) -> str:
        """What was sent, or stands in the address."""
        found = self.request.POST.get(name) if self.request.method == "POST" else None
        return (self.request.GET.get(name, "") if found is None else found).strip()

    @cached_property
    def places(self) -> tuple[Unit, ...]:
        """The units whose files tell of safety here; none where no centre is near."""
        return safety.places(self.unit)

    @property
    def centres(self) -> tuple[Unit, ...]:
        """The centres under the unit, for readers above them; none inside one."""
        return () if centre_of(self.unit) is not None else centres_under(self.unit)

    @cached_property
    def _by_file(self) -> dict[UUID, Unit]:
        return {unitfiles.file_of(unit.code): unit for unit in self.places}

    def unit_of(self, entry: Entry) -> Unit:
        """The unit in whose file an entry stands."""
        return self._by_file.get(entry.file, self.unit)

    def short(self, unit: Unit) -> Text:
        """A unit's name without the centre's before it; the centre itself is just that."""
        centre = centre_of(unit)
        if centre is None or (unit.no == centre.no and self.centres):
            return unit.name
        return unit.name.removeprefix(centre.name).strip() or _ITSELF

    def of_unit(self, unit: Unit, name: str) -> Label:
        """Something of a unit by its name."""
        short = self.short(unit)
        zh, en = (short.zh, short.en) if isinstance(short, Label) else (short, short)
        return Label(f"{zh} · {name}", f"{en} · {name}")

    @property
    def code(self) -> str:
        """What stands in addresses for the unit: nothing where it is the reader's own."""
        return "" if self.unit.no == self.home.no else self.unit.code

    def href(self, part: str = "", **query: str) -> str:
        """A page of the safety centre about this unit."""
        return words.address(part, self.code, **query)

    def may(self, kind: str, unit: Unit | None = None) -> bool:
        """Whether the reader records that kind in the unit's own file."""
        return unitfiles.may_record(self.actor, kinds()[kind], unit or self.unit).allowed

    def opens(self, page: str) -> bool:
        """Whether the reader's post opens that page."""
        return access.may_see_page(self.actor, page).allowed

    def tabs(self, here: str) -> Tabs:
        """The parts of the safety centre that the reader may open."""
        return Tabs(
            tuple(
                Tab(label, self.href(part), part == here)
                for part, page, label in words.TABS
                if self.opens(page)
            ),
            words.TITLE,
        )

    def title(self, what: Label) -> Label:
        """What the page is about, and whose."""
        return Label(f"{what.zh} · {self.unit.name}", f"{what.en} · {self.unit.name}")

    def saved(self) -> tuple[Notice, ...]:
        """What was just saved."""
        kind = kinds().get(self.request.GET.get("saved", ""))
        if kind is None:
            return ()
        return (Notice("fresh", Label(f"已保存：{kind.label.zh}", f"Saved: {kind.label.en}")),)

    def identifier(self) -> UUID:
        """The id that a form was given when it was opened; a new one on opening."""
        return id_of_form(self.request, self.now)

    def new_id(self) -> UUID:
        """A new id of this moment."""
        return fresh_id(self.now)
