"""Which venues are in order, and which were never looked at? A list, and each venue with its inspections and
closures."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels import ground
from guitu.levels.ground import Venue
from guitu.store import unitfiles
from guitu.store.levels.work import PLACES, Work, below, work
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.listing import asking, choice, holds, page_of, search
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.patrols import words
from guitu.web.pages.patrols.maps import VENUES, needing_work, picture
from guitu.web.pages.patrols.recording import PART
from guitu.web.pages.patrols.view import looked_at

ORDER: Final = ("late", "mend", "handed", "never", "closed", "open", "gone")


def of_area(area: Area) -> Work:
    """The venues of the area and what was done about them."""
    return work(below(area.unit, PLACES), ground.OF_VENUES)


@shows("patrols")
def venues(request: HttpRequest) -> HttpResponse:
    """The list."""
    area = looked_at(request)
    found = of_area(area)
    every = ground.venues(found.counted, found.first)
    states = {v.entry.id: v.state(area.today) for v in every}
    wanted, sort = area.asked("state"), area.asked("sort")
    some = [
        v
        for v in every
        if (wanted == states[v.entry.id] or (not wanted and states[v.entry.id] != "gone"))
        and sort in ("", v.entry.get("sort"))
        and holds(area, v.entry.get("name"), v.entry.get("where"), found.unit(v.entry).name)
    ]
    some.sort(key=lambda v: (ORDER.index(states[v.entry.id]), _seen(v)))
    path = f"{words.ROOT}venues/"
    shown, pager = page_of(area, some, path, "q", "state", "sort")
    rows = tuple(_row(area, found, v) for v in shown)
    there = [s for s in states.values() if s != "gone"]
    lead = Label(
        f"场所 {len(there)} 家，没有检查过 {there.count('never')} 家，整改逾期 {there.count('late')} 家，"
        f"关停 {there.count('closed')} 家",
        f"{len(there)} venues, {there.count('never')} never inspected, {there.count('late')} overdue in"
        f" putting right, {there.count('closed')} closed",
    )
    empty = None
    if not rows:
        asked = bool(area.asked("q") or wanted or sort)
        empty = Empty(
            Label("没有符合条件的场所。", "No venue fits.")
            if asked
            else Label("还没有登记场所。", "No venue is on record yet."),
            (Button(Label("全部", "All"), words.at("venues", area.code)),)
            if asked
            else PART.button(area, "venue", Label("登记场所", "Register a venue")),
        )
    table = Table(
        Label("场所", "Venues"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("种类", "Sort")),
            Column(Label("单位", "Unit")),
            Column(Label("上次检查", "Last inspection")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(some)} 家", f"{len(some)} in all"), Label("要办的在前", "what needs work first")),
        pager,
        id="venue-list",
    )
    look = asking(
        area, path, search(area, Label("名称、地址或者单位", "Name, address or unit")),
        choice(area, "state", Label("状态", "State"), [(name, words.STATES[name]) for name in ORDER]),  # type: ignore[index]
        choice(area, "sort", Label("种类", "Sort"), words.options("venue", "sort")),
    )  # fmt: skip
    page = Board(
        area.title(Label("场所", "Venues")),
        lead,
        (
            Section("look", Label("查找", "Find"), ask=look, on_paper=False),
            Section("venues", Label("场所", "Venues"), table if rows else None, empty=empty),
            *_map(area, found),
        ),
        buttons=PART.button(area, "venue", Label("登记场所", "Register a venue"), "primary"),
        notices=area.saved(),
        tabs=words.tabs("venues", area.code),
    )
    return show(request, page)


def _map(area: Area, found: Work) -> tuple[Section, ...]:
    shown = picture(area, found, needing_work(found, area.today), VENUES)
    if shown is None:
        return ()
    heading = Label(
        "没有检查过、在整改的场所在哪里", "Where venues were never inspected or are being put right"
    )
    return (Section("map", heading, picture=shown),)


def _seen(venue: Venue) -> str:
    return str(venue.inspected.happened_on) if venue.inspected else ""


def _row(area: Area, found: Work, venue: Venue) -> Row:
    state, last = venue.state(area.today), venue.inspected
    due = last.get("mend_by") if last is not None and state in ("mend", "late") else None
    return Row(
        (
            Cell(
                str(venue.entry.get("name")),
                words.at(f"venues/{found.first(venue.entry.id)}", area.code),
                sub=str(venue.entry.get("where")),
            ),
            words.choice(venue.entry, "sort"),
            found.unit(venue.entry).name,
            str(last.happened_on) if last else "—",
            Cell(part=words.state_word(state), sub=Label(f"期限 {due}", f"by {due}") if due else ""),
        )
    )


@shows("patrols")
def venue(request: HttpRequest, entry: UUID) -> HttpResponse:
    """One venue: what it is, how it stands, and all that was done."""
    area, wanted = looked_at(request), entry
    found = of_area(area)
    one = next(
        (
            v
            for v in ground.venues(found.counted, found.first)
            if found.first(v.entry.id) == found.first(wanted)
        ),
        None,
    )
    if one is None:
        raise Http404(str(wanted))
    unit, it, state = found.unit(one.entry), one.entry, one.state(area.today)

    def act(kind: str, label: Label, look: str = "plain") -> tuple[Button, ...]:
        if not unitfiles.may_record(area.actor, kinds()[kind], unit).allowed:
            return ()
        return (Button(label, f"{PART.record(unit.code, kind)}?to={it.id}", look),)  # type: ignore[arg-type]

    buttons: tuple[Button, ...] = ()
    if state != "gone":
        buttons += act("venue_inspection", Label("登记检查", "Record an inspection"), "primary")
        if state == "closed":
            buttons += act("venue_reopened", Label("登记恢复", "Record the reopening"))
        else:
            buttons += act("venue_closure", Label("登记关停", "Record a closure"))
    if area.opens("unit_record") and unitfiles.may_record(area.actor, kinds()["venue"], unit).allowed:
        correct = f"/units/{unit.code}/file/correct/{it.id}/"
        buttons += (Button(Label("更正或者注销", "Correct, or note its end"), correct, "link"),)
    facts = (
        Fact(Label("种类", "Sort"), words.choice(it, "sort")),
        Fact(Label("地址", "Address"), str(it.get("where"))),
        Fact(Label("登记单位", "On record with"), unit.name),
        Fact(Label("登记日期", "Since"), str(it.happened_on)),
        Fact(Label("状态", "State"), words.STATES[state]),
    )
    page = Board(
        Label(f"场所 · {it.get('name')}", f"Venue · {it.get('name')}"),
        words.STATES[state],
        (
            Section("about", Label("场所", "The venue"), facts=facts, says=(words.ONLY_PLACES,)),
            _log(area, found, one),
        ),
        crumbs=Crumbs(
            (Crumb(Label("场所", "Venues"), words.at("venues", area.code)), Crumb(str(it.get("name"))))
        ),
        buttons=buttons,
        notices=area.saved(),
    )
    return show(request, page)


def _log(area: Area, found: Work, one: Venue) -> Section:
    heading = Label("检查和关停", "Inspections and closures")
    if not one.log:
        return Section("log", heading, empty=Empty(Label("还没有检查过。", "It was never inspected.")))
    unit = found.unit(one.entry)
    rows = []
    for entry in one.log:
        kind = kinds()[entry.kind]
        may = area.opens("unit_record") and unitfiles.may_record(area.actor, kind, unit).allowed
        href = f"/units/{unit.code}/file/correct/{entry.id}/" if may else ""
        rows.append(
            Row(
                (
                    str(entry.happened_on),
                    kind.label,
                    Cell(Label(kind.sentence(entry), kind.sentence(entry, "en")), sub=_more(entry)),
                    Cell(Label("更正", "Correct") if href else "", href),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("登记", "Recorded"), phone="bare"),
            Column(Label("内容", "What"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        tuple(rows),
        id="log-list",
        hide_caption=True,
    )
    return Section("log", heading, table)


def _more(entry: Entry) -> Text:
    """The day and the paper beside an entry, where there are any."""
    zh, en = [], []
    for name in ("mend_by", "until", "document_no"):
        if entry.get(name):
            ask = kinds()[entry.kind].ask(name)
            zh.append(f"{ask.label.zh} {entry.get(name)}")
            en.append(f"{ask.label.en} {entry.get(name)}")
    return Label("；".join(zh), "; ".join(en)) if zh else ""
