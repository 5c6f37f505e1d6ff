"""Collects wards and who lies in them, and hands a placement to the one gate. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.centre import beds
from guitu.centre.beds import Place, Resident, Ward
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import excerpts, gate, unitfiles
from guitu.store.centre import placements, residents
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.read import PersonLine
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.fresh import id_of_form, source_of
from guitu.web.noted import noted_list, noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile.build import identity
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.gate.view import notices, reader_of
from guitu.web.pages.people.view import findable
from guitu.web.pages.record import day as record_day
from guitu.web.pages.wards import build
from guitu.web.pages.wards.build import Lying
from guitu.web.pages.wards.page import BedPage, WardsPage
from guitu.web.unchanged import while_unchanged
from guitu.web.who import Who

KIND: Final = placements.PLACED
ID: Final = "id"
NOT_MINE: Final = Label("您的岗位不安排床位", "Your post gives no beds")


def units_of(reader: Who, centre: Unit) -> tuple[Unit, ...]:
    """The centre and its brigades whose own files the reader reads, brigades first."""
    units = [unit for unit in tree().subtree(centre) if unitfiles.may_read(reader.actor, unit).allowed]
    return tuple(sorted(units, key=lambda unit: (unit.no == centre.no, unit.code)))


def lying_in(
    reader: Who, unit: Unit, centre: Unit, today: date
) -> tuple[tuple[Lying, ...], tuple[PersonLine, ...]]:
    """Everybody under a unit whom the reader may find, with their places."""
    lines = findable(reader, residents.inside(unit))
    found = excerpts.counted((line.no for line in lines), placements.KINDS)
    lying = []
    for line in lines:
        entries = found.get(line.no, ())
        if residents.arrival(entries, centre.code) is None:
            continue
        lying.append(
            Lying(
                line.name or line.case_no, line.case_no,
                Resident(line.sex, _born(line), beds.advice(entries, today)),
                placements.place_of(entries, centre.code), line.unit_name,
            )
        )  # fmt: skip
    return tuple(lying), lines


def _born(line: PersonLine) -> date | None:
    """By the year a list knows: the middle of it. Whether a placement is allowed is asked with the day."""
    return date(line.birth_year, 7, 1) if line.birth_year else None


@shows("wards")
@while_unchanged()
def wards(request: HttpRequest) -> HttpResponse:
    """The wards of the centre, and one unit's room by room."""
    reader, centre = reader_of(request)
    assert reader.post is not None
    today = clock.today()
    units = units_of(reader, centre)
    known = placements.wards_of(units, today)
    mine = {unit.code: unit for unit in units if known[unit.code]}
    chosen = _chosen(request.GET.get("unit", ""), reader, mine)
    root = tree().find(reader.post.unit)
    lying, lines = lying_in(reader, root, centre, today)
    noted_list(request, "list", lines, root, "wards")
    names = {unit.code: unit.name.removeprefix(centre.name) or unit.name for unit in units}
    here = known[chosen] if chosen else ()
    page = WardsPage(
        lead=_lead(known, lying),
        overview=build.overview({c: known[c] for c in mine}, names, lying) if mine else None,
        tabs=_tabs(mine, names, chosen),
        wards=build.plan(here, lying, today),
        no_bed=build.no_bed(lying),
        acts=_acts(reader.actor, tree().find(chosen) if chosen else root),
        empty=None if mine else Empty(
            Label("还没有设置病区。先在单位档案里设置病区和房间。",
                  "No ward yet: set up wards and rooms in the unit's file.")
        ),
    )  # fmt: skip
    return show(request, page)


def _chosen(asked: str, reader: Who, mine: Mapping[str, Unit]) -> str:
    if asked in mine:
        return asked
    own = reader.post.unit if reader.post else ""
    return own if own in mine else next(iter(mine), "")


def _lead(known: Mapping[str, Sequence[Ward]], lying: Sequence[Lying]) -> Label:
    there = sum(ward.beds for some in known.values() for ward in some)
    without = sum(1 for one in lying if one.place is None)
    inside = len(lying) - without
    return Label(
        f"床位 {there} 张，在住 {inside} 人，没有床位 {without} 人",
        f"{there} beds, {inside} people in them, {without} without a bed",
    )


def _tabs(mine: Mapping[str, Unit], names: Mapping[str, str], chosen: str) -> Tabs | None:
    if len(mine) < 2:
        return None
    tabs = tuple(Tab(names[code], f"/wards/?unit={code}", here=code == chosen) for code in mine)
    return Tabs(tabs, Label("大队", "Brigades"))


def _acts(actor: Actor, unit: Unit) -> tuple[Button, ...]:
    return tuple(
        Button(kinds()[kind].label, href=f"/units/{unit.code}/file/record/{kind}/", look="link")
        for kind in ("ward", "room", "ward_closed")
        if unitfiles.may_record(actor, kinds()[kind], unit).allowed
    )


class Asked:
    """One request about one person's bed."""

    def __init__(self, request: HttpRequest, case: str) -> None:
        self.request = request
        self.reader, self.centre = reader_of(request)
        self.actor = self.reader.actor
        self.opened: Opened = open_whole(case, self.reader)
        noted_file(request, self.opened, detail="wards")
        self.now = clock.now()
        self.today = store_clock.office_day(self.now)
        self.counted = self.opened.shown.counted()
        self.kind = kinds()[KIND]

    @property
    def may(self) -> bool:
        """Whether the reader gives beds to this person."""
        return self.opened.may_record(self.actor, self.kind).allowed

    @property
    def head(self) -> bool:
        """Whether the reader may place against advice, with a reason."""
        return any(post.role == placements.HEAD for post in self.actor.posts)

    @property
    def place(self) -> Place | None:
        """Where the person lies."""
        return placements.place_of(self.counted, self.centre.code)

    @property
    def who(self) -> Resident:
        """What a placement looks at."""
        born = self.opened.identity.get("birth")
        return Resident(
            str(self.opened.identity.get("sex") or ""),
            born if isinstance(born, date) else None,
            beds.advice(self.counted, self.today),
        )

    def wards(self) -> tuple[tuple[Ward, ...], dict[str, str]]:
        """The wards that may be chosen from, and the names of their units."""
        units = units_of(self.reader, self.centre)
        known = placements.wards_of(units, self.today)
        names = {unit.code: unit.name.removeprefix(self.centre.name) or unit.name for unit in units}
        mine = self.opened.view.unit
        first = mine.code if mine else ""
        codes = sorted(known, key=lambda code: (code != first, code))
        return tuple(ward for code in codes for ward in known[code]), names

    def others(self) -> list[Place | None]:
        """Where everybody else lies."""
        lines = residents.inside(tree().find(self.reader.post.unit)) if self.reader.post else ()
        found = excerpts.counted(
            (line.no for line in lines if line.no != self.opened.view.no), placements.KINDS
        )
        return [placements.place_of(entries, self.centre.code) for entries in found.values()]

    def identifier(self) -> UUID:
        """The id the form was given when it was first opened."""
        return id_of_form(self.request, self.now)


@shows("wards")
@while_unchanged()
def bed(request: HttpRequest, case: str) -> HttpResponse:
    """One person's bed; and giving one."""
    asked = Asked(request, case)
    if residents.arrival(asked.counted, asked.centre.code) is None:
        raise Http404(case)
    if request.method != "POST":
        return _page(asked, {"happened_on": asked.today.isoformat()}, {})
    if not asked.may:
        return _page(asked, {}, {}, status=403)
    typed = {
        name: request.POST.get(name, "").strip()[:4000]
        for name in ("place", "why", "happened_on", "head_reason")
    }
    entry, faults = _read(asked, typed)
    if entry is None or faults:
        return _page(asked, typed, faults, status=422)
    try:
        gate.record(entry, actor=asked.actor, now=asked.now)
    except NotAccepted as wrong:
        box = next((fault.field for fault in wrong.faults if fault.field in typed), "place")
        return _page(asked, typed, {box: wrong.label}, status=422)
    except NotAllowed as wrong:
        return _page(asked, typed, {"": wrong.label}, status=403)
    except DifferentContent as wrong:
        return _page(asked, typed, {"": wrong.label}, status=409)
    except StoreUnavailable as wrong:
        return _page(asked, typed, {"": wrong.label}, status=503)
    noted_write(request, asked.opened.view.no, entry.id, entry.kind, asked.opened.view.area)
    return HttpResponseRedirect(f"/wards/{asked.opened.case_no}/?saved={entry.id}")


def _read(asked: Asked, typed: Mapping[str, str]) -> tuple[Entry | None, dict[str, Label]]:
    faults: dict[str, Label] = {}
    where = build.read_value(typed["place"])
    if where is None:
        faults["place"] = Label("请选一张床", "Choose a bed")
    on = record_day.read(typed["happened_on"], asked.today)
    if not isinstance(on, date):
        faults["happened_on"] = on or Label("请填写入住日期", "Enter the day")
    fields: dict[str, Value] = {"why": typed["why"]}
    if where is not None:
        fields.update(zip(("unit", "ward", "room", "bed"), where, strict=True))
    if typed["head_reason"] and asked.head:
        fields["head_reason"] = typed["head_reason"]
    for fault in asked.kind.faults(fields):
        if fault.field in ("why", "head_reason"):
            faults.setdefault(fault.field, fault.label)
    if faults or not isinstance(on, date):
        return None, faults
    post = asked.reader.post
    entry = Entry(
        id=asked.identifier(), file=asked.opened.view.id, kind=KIND, version=asked.kind.version,
        happened_on=on, recorded_at=asked.now, author=asked.actor.name,
        unit=post.unit if post else "", fields=fields, source=source_of(asked.request),
    )  # fmt: skip
    return entry, {}


def _page(
    asked: Asked, typed: Mapping[str, str], faults: Mapping[str, Label], *, status: int = 200
) -> HttpResponse:
    wards, names = asked.wards()
    place = asked.place
    now = next((w for w in wards if place and (w.unit, w.name) == (place.unit, place.ward)), None)
    free = build.free_beds(asked.who, wards, asked.others(), names, asked.today)
    summary = None
    if faults:
        summary = ErrorSummary(tuple(Fault(text, f"f-{box}" if box else "") for box, text in faults.items()))
    page = BedPage(
        identity=identity(asked.opened, asked.today, kinds()),
        lead=_where(place),
        action=f"/wards/{asked.opened.case_no}/",
        fields=build.fields(free, typed, faults, head=asked.head) if asked.may else (),
        barred=free.barred if asked.may else (),
        hidden=((ID, str(asked.identifier())),),
        save=Button(Label("安排床位", "Give the bed"), look="primary",
                    extra={"data-busy": Label("正在保存…", "Saving…")}),
        back=Button(Label("回到床位", "Back to the wards"), href="/wards/", look="link"),
        history=build.history(asked.counted),
        against=build.objection_words(beds.objections(asked.who, now, asked.today)) if now else (),
        why_not="" if asked.may else NOT_MINE,
        summary=summary,
        notices=notices(asked.request, asked.opened, asked.today),
    )  # fmt: skip
    return show(asked.request, page, status=status)


def _where(place: Place | None) -> Label:
    if place is None:
        return Label("还没有床位", "No bed yet")
    return Label(f"现住 {place.said}，{place.since} 起", f"Now in {place.said}, since {place.since}")
