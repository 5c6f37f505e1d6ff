"""Who asks, for which centre, and how much of it: its people, and, where the post reads it, its own file."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from django.http import Http404, HttpRequest

from guitu import access
from guitu.access.compartments import reads
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.centre import epidemic, residents
from guitu.store.centre.epidemic import Flow, Stores
from guitu.store.centre.stays import centre_of
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.notice.component import Notice
from guitu.web.inside.asked import Inside
from guitu.web.pages.people.view import findable
from guitu.web.who import who

SAVED: Final = {
    "entries": Label("已登记进所人次", "The counts are saved"),
    "supply_moved": Label("已登记物资出入", "The movement is saved"),
    "checklist_filled": Label("检查表已填", "The checklist is filled in"),
    "epidemic_supply": Label("已保存物资品种", "The supply is saved"),
    "checklist": Label("已保存检查表", "The checklist is saved"),
    "epidemic_case": Label("已登记病例", "The cases are saved"),
}


class Desk:
    """One request. A brigade's officer sees the brigade's people and nothing of the centre's file."""

    def __init__(self, asked: Inside, home: Unit) -> None:
        self.asked = asked
        self.home = home
        self.works = unitfiles.may_read(asked.actor, asked.centre).allowed

    @property
    def medical(self) -> bool:
        """Whether the post reads medical records."""
        post = self.asked.reader.post
        return post is not None and reads(post.role, "medical")

    @cached_property
    def flow(self) -> Flow:
        """The people of the page."""
        lines = findable(self.asked.reader, residents.inside(self.home))
        return epidemic.flow(
            lines, self.asked.actor, self.asked.today, self.asked.now,
            medical=self.medical, granted=self.asked.reader.granted,
        )  # fmt: skip

    @cached_property
    def stores(self) -> Stores:
        """What the centre's own file says."""
        return epidemic.stores(self.asked.centre, self.asked.today)

    def may(self, kind: str) -> bool:
        """Whether the post records that kind: about a person of the centre, or in the centre's file."""
        known = kinds()[kind]
        if known.about == "unit":
            return unitfiles.may_record(self.asked.actor, known, self.asked.centre).allowed
        target = access.Target(self.home.path, known.recorded_by, known.label, compartment=known.compartment)
        return access.decide(self.asked.actor, "record", target).allowed

    def saved(self) -> tuple[Notice, ...]:
        """What was just saved."""
        said = SAVED.get(self.asked.request.GET.get("saved", ""))
        return (Notice("fresh", said),) if said else ()


def desk_of(request: HttpRequest) -> Desk | None:
    """The request as one inside a centre; None where the reader's post is in none."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    home = tree().find(reader.post.unit)
    centre = centre_of(home)
    return Desk(Inside(request, reader, centre, clock.now()), home) if centre is not None else None


def work_desk(request: HttpRequest, what: str) -> Desk:
    """The same for what stands in the centre's own file. Raises Http404 where that is not the reader's."""
    desk = desk_of(request)
    if desk is None or not desk.works:
        raise Http404(what)
    return desk
