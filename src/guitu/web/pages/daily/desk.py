"""One request about one brigade: who asks, which day, its file and its people. A brigade that the reader
does not come to is not there (404)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest

from guitu import access
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import unitfiles
from guitu.store.centre import brigade, rolls
from guitu.store.centre.brigade import Member
from guitu.store.centre.standing import Lately
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.periods.component import Step
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.days import in_words
from guitu.web.fresh import fresh_id
from guitu.web.noted import noted_list
from guitu.web.pages.record import day as typed_day
from guitu.web.who import Who, who

BRIGADE: Final = "brigade"
TABS: Final = (
    ("", Label("今日", "Today")),
    ("timetable", Label("一日生活规范", "Timetable")),
    ("work", Label("劳动", "Work")),
    ("pay", Label("报酬", "Pay")),
    ("contact", Label("会见、通话、信件", "Visits, calls, letters")),
    ("leave", Label("外出探视", "Leave")),
)


def reader_of(request: HttpRequest) -> tuple[Who, Unit]:
    """Who asks, and the unit of the post."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    assert reader.post is not None, "a page of the access table opens to a post"
    return reader, tree().find(reader.post.unit)


def brigades(home: Unit) -> tuple[Unit, ...]:
    """The brigades at or under a unit."""
    return tuple(unit for unit in tree().subtree(home) if unit.level == BRIGADE)


class Desk:
    """The brigade, its file and its reader."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        self.reader, _ = reader_of(request)
        unit = tree().get(code)
        actor = self.reader.actor
        if unit is None or unit.level != BRIGADE or not unitfiles.may_read(actor, unit).allowed:
            raise Http404(code)
        self.request = request
        self.actor = actor
        self.unit: Unit = unit
        self.now = clock.now()
        self.today: date = store_clock.office_day(self.now)
        self.file: Lately = rolls.lately(unit, min(self.on(), self.month(), self.today))

    @property
    def minute(self) -> int:
        """The minute of the day it is now."""
        at = self.now.astimezone(CHINA)
        return at.hour * 60 + at.minute

    @property
    def office(self) -> str:
        """The unit in whose name the reader writes: the post's that lies nearest to the brigade."""
        mine = [post.unit for post in self.actor.posts if post.unit in self.unit.path]
        return max(mine, key=self.unit.path.index)

    def on(self) -> date:
        """The day that the address asks about; today without one."""
        found = typed_day.read(self.request.GET.get("on", ""), self.today)
        return found if isinstance(found, date) else self.today

    def month(self) -> date:
        """The first day of the month that the address asks about; without one that of the last month that is
        over."""
        try:
            return date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            return (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)

    def href(self, part: str = "", **query: str) -> str:
        """The address of a page of this brigade."""
        path = f"/daily/{self.unit.code}/" + (f"{part}/" if part else "")
        pairs = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{path}?{pairs}" if pairs else path

    def members(
        self, more: Collection[str] = (), *, on: date | None = None, unseal: bool = False
    ) -> tuple[Member, ...]:
        """Its people, with entries of these kinds."""
        return brigade.members(self.actor, self.unit, on or self.today, more, unseal=unseal)

    def note(self, shown: Iterable[Member], detail: str) -> None:
        """Note that these people are shown, before they are."""
        noted_list(self.request, "list", list(shown), self.unit, f"daily {detail}")

    def may(self, kind: str) -> bool:
        """Whether the reader's post records that kind: of the brigade, or of its people."""
        known = kinds()[kind]
        target = access.Target(self.unit.path, known.recorded_by, known.label, compartment=known.compartment)
        return access.decide(self.actor, "record", target).allowed

    def opens(self, page: str) -> bool:
        """Whether the reader's post opens that page."""
        return access.may_see_page(self.actor, page).allowed

    def tabs(self, here: str) -> Tabs:
        """The pages of the brigade."""
        tabs = [Tab(label, self.href(part), part == here) for part, label in TABS]
        if self.opens("daily_box"):
            tabs.append(Tab(Label("意见箱", "Complaints box"), "/daily/box/", here == "box"))
        return Tabs(tuple(tabs), Label(f"{self.unit.name}日常", f"Day of {self.unit.name}"))

    def title(self, what: Label) -> Label:
        """What the page is about, and whose."""
        return Label(f"{what.zh} · {self.unit.name}", f"{what.en} · {self.unit.name}")

    def days(self, on: date, part: str, step: int = 1) -> tuple[Step, ...]:
        """The way to the day before, today and the day after; `step` 7 goes by weeks."""
        before, after = on - timedelta(days=step), on + timedelta(days=step)
        names = ("前一天", "后一天", "the day before", "the day after")
        if step == 7:
            names = ("前一周", "后一周", "the week before", "the week after")
        return (
            Step(Label(names[0], names[2]), self.href(part, on=before.isoformat())),
            Step(Label("今天", "today"), self.href(part), on == self.today),
            Step(Label(names[1], names[3]), self.href(part, on=after.isoformat())),
            Step(in_words(on)),
        )

    def identifier(self) -> UUID:
        """The id that a form was given when it was opened; a new one on opening."""
        return new_id(self.request, self.now)


def new_id(request: HttpRequest, now: datetime) -> UUID:
    """The id that a form was given when it was opened; a new one on opening."""
    try:
        found = UUID(request.POST.get("id", ""))
    except ValueError:
        found = UUID(int=0)
    if found.version == 7:
        return found
    return fresh_id(now)
