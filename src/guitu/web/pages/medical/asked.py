"""One request for a medical page: who asks, in which unit of a centre, at what time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from django.http import Http404, HttpRequest

from guitu import access
from guitu.centre.settings import Settings
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.centre import medical
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.noted import noted
from guitu.web.pages.casefile.opened import recordable
from guitu.web.pages.medical import words
from guitu.web.who import Who, who


class Asked:
    """`unit` is the one in the address, else the post's own; outside the post's area it is not there."""

    def __init__(self, request: HttpRequest) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        assert reader.post is not None, "a page of the access table opens to a post"
        self.request = request
        self.reader: Who = reader
        self.actor = reader.actor
        self.home: Unit = tree().find(reader.post.unit)
        code = request.GET.get("unit") or request.POST.get("unit") or self.home.code
        unit = tree().get(code)
        if unit is None or not access.decide(self.actor, "list", access.Target(unit.path)).allowed:
            raise Http404(code)
        self.unit = unit
        self.now: datetime = clock.now()
        self.today: date = store_clock.office_day(self.now)

    @cached_property
    def settings(self) -> Settings:
        """What the centre has laid down."""
        return medical.settings(self.unit, self.today)

    @cached_property
    def brigades(self) -> tuple[Unit, ...]:
        """The brigades of the post's centre; the post's own unit where it has none."""
        return tuple(u for u in tree().children(self.home) if u.level == "brigade") or (self.home,)

    def note(self, what: str, people: tuple[medical.Patient, ...], compartments: tuple[str, ...]) -> None:
        """Note that these people are shown in a list of this sort."""
        decision = access.decide(self.actor, "list", access.Target(self.unit.path))
        shown = ("identity", *compartments)
        noted(
            self.request, "list", [p.no for p in people], shown, decision, detail=f"{what} {self.unit.code}"
        )

    @cached_property
    def records(self) -> frozenset[str]:
        """The kinds that the reader records about people of this unit."""
        return recordable(self.actor, access.Target(self.unit.path))

    def may_see(self, page: str) -> bool:
        """Whether the reader may open that page."""
        return access.may_see_page(self.actor, page).allowed

    def tabs(self, here: str) -> Tabs:
        """The medical centre's own pages, as far as the reader may open them."""
        every = (
            ("medical", words.day(), Label("今天", "Today")),
            ("medical_rounds", words.rounds(), Label("发药", "Rounds")),
            ("medical_restraint", "/medical/restraint/", Label("保护性约束", "Restraint")),
            ("medical_away", "/medical/away/", Label("所外就医", "Medical leave")),
            ("medical_restricted", "/medical/restricted/", Label("特别保密", "Restricted")),
            ("safety_care", "/safety/care/", Label("照护", "Plans of care")),
        )
        return Tabs(
            tuple(Tab(label, href, here == page) for page, href, label in every if self.may_see(page)),
            Label("医疗中心", "Medical centre"),
        )
