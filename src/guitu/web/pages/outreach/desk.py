"""One request to outreach: who asks, about which unit, and what its area recorded. A unit outside the
reader's area is not there (404)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.http import Http404, HttpRequest

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.levels import outreach as store
from guitu.store.levels.outreach import Told
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Cell, Column
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Section
from guitu.web.pages.outreach import words
from guitu.web.pages.today.choices import whole

T = TypeVar("T")


class Desk(Area):
    """The reader, the unit that is looked at, and what was recorded in it and below it."""

    def __init__(self, request: HttpRequest, code: str = "") -> None:
        super().__init__(request, code)
        if not unitfiles.may_read(self.actor, self.unit).allowed:
            raise Http404(self.unit.code)

    def told(self, kinds: Collection[str]) -> Told:
        """What stands in the files of the area."""
        return store.told(self.unit, kinds)

    def href(self, part: str = "", **query: str) -> str:
        """A page about this unit."""
        return words.address(part, self.code, **query)

    def tabs(self, here: str) -> Tabs:
        """The parts of outreach."""
        some = tuple(Tab(label, self.href(part), part == here) for part, label in words.TABS)
        return Tabs(some, words.TITLE)

    def new(self, kind: str, label: Label, look: str = "primary", **query: str) -> tuple[Button, ...]:
        """The button that records a kind for this unit; none for who may not."""
        if not (self.opens("outreach_record") and self.may(kind)):
            return ()
        return (Button(label, words.record(self.unit.code, kind, **query), look),)

    def act(self, unit: Unit, kind: str, label: Label, describes: str, **query: str) -> Cell | str:
        """The small button that records a kind in the file of a unit, for a list's row."""
        if not (self.opens("outreach_record") and self.may(kind, unit)):
            return ""
        return Cell(part=Button(label, words.record(unit.code, kind, **query), "small", describes=describes))

    def mend(self, unit: Unit, entry: Entry, describes: str) -> Cell | str:
        """The small button that corrects an entry."""
        label = Label("更正", "Correct")
        return self.act(unit, entry.kind, label, describes, corrects=str(entry.id))

    def name(self, unit: Unit) -> str:
        """A unit's name with those above it that lie below the reader's unit."""
        way = [u.name for u in tree().ancestors(unit) if u.depth > max(self.unit.depth, 1)]
        return " ".join(way) or unit.name

    def place(self, told: Told, entry: Entry) -> str:
        """Where something was, in words: the town or village, and the venue."""
        venue = str(entry.get("venue") or "")
        return " ".join(part for part in (self.name(told.place(entry)), venue) if part)

    def search(self, part: str, hint: Label, more: Iterable[Field] = ()) -> Section:
        """A box to search a list by words."""
        hidden = (("unit", self.code),) if self.code else ()
        box = Field("q", Label("查找", "Search"), value=self.asked("q")[:60], hint=hint, optional=True)
        return Section(
            "search",
            Label("查找", "Search"),
            ask=Ask(words.address(part), (box, *more), Button(Label("查找", "Search")), hidden, method="get"),
            on_paper=False,
        )

    def matches(self, *said: object) -> bool:
        """Whether these words hold everything that was searched for."""
        text = " ".join(str(one) for one in said if one).lower()
        return all(part in text for part in self.asked("q").lower().split())

    def ordered(self, rows: Iterable[T], keys: Mapping[str, Callable[[T], Any]]) -> list[T]:
        """The rows in the order that was asked for (`sort`, with a minus the other way round); as they come
        without one. What has no such figure stands last."""
        name = self.asked("sort")
        key = keys.get(name.removeprefix("-"))
        some = list(rows)
        if key is None:
            return some
        there = sorted((r for r in some if key(r) is not None), key=key, reverse=name.startswith("-"))
        return [*there, *(r for r in some if key(r) is None)]

    def head(self, column: Column, name: str, part: str, **query: str) -> Column:
        """A column whose head sorts the list by it: first the largest or latest, then the other way round."""
        now = self.asked("sort")
        to = name if now == f"-{name}" else f"-{name}"
        asked = {"q": self.asked("q")[:60], **query, "sort": to}
        sorted_ = "ascending" if now == name else "descending" if now == f"-{name}" else ""
        return replace(column, href=self.href(part, **asked), sorted=sorted_)

    def page_of(self, rows: list[T], part: str, **query: str) -> tuple[list[T], Pager]:
        """The rows of the page that was asked for, and the pager."""
        size = whole(self.asked("size"), SIZES[0])
        size = size if size in SIZES else SIZES[0]
        last = max(1, -(-len(rows) // size))
        number = min(max(1, whole(self.asked("page"), 1)), last)
        asked = {"unit": self.code, "q": self.asked("q"), **query, "sort": self.asked("sort")[:20]}
        pairs = tuple((name, value) for name, value in asked.items() if value)
        shown = rows[(number - 1) * size : number * size]
        return shown, Pager(number, size, len(rows), pairs, words.address(part))


def options(entries: Iterable[Entry], name: str = "name") -> tuple[Option, ...]:
    """Entries as answers to choose from."""
    return tuple(Option(str(e.id), str(e.get(name) or "—")) for e in entries)
