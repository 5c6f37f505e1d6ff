"""Who is to be tried in one week by one station: calls, and visits in the order of the round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.home import plan as plans
from guitu.home.campaign import OUTCOMES
from guitu.home.geography import Roads
from guitu.kernel.labels import Label, many, spanned
from guitu.store.centre.reading import Person
from guitu.store.home import followups, positions
from guitu.store.home.followups import Declared, Member
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.saved import receipt
from guitu.web.pages.follow_ups import words
from guitu.web.pages.follow_ups.one import NO_STATION, opened
from guitu.web.pages.today.choices import size_of, whole


@shows("follow_ups")
def week(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """The lists."""
    area, found = opened(request, campaign)
    monday = _monday(area, found)
    cohort = followups.cohort(found, area.unit, area.today)
    station = area.asked("station")
    codes = sorted({m.station for m in cohort.members if m.station})
    if not station and area.home.level != "province" and len(codes) == 1:
        station = codes[0]
    mine = [
        m
        for m in cohort.members
        if followups.in_week(m, monday)
        and (not station or m.station == ("" if station == "none" else station))
    ]
    calls = [m for m in mine if _way(m) == "phone"]
    visits = [m for m in mine if _way(m) == "visit"]
    lists = {"visit": _on_the_way(visits, found), "phone": sorted(calls, key=_when)}
    only = area.asked("way")
    sections = tuple(
        _list(area, found, monday, way, some, station)
        for way, some in lists.items()
        if only not in lists or way == only
    )
    page = Board(
        Label(f"{monday} 一周 · {found.campaign.name}", f"Week of {monday} · {found.campaign.name}"),
        Label(
            f"上门 {len(visits)} 人，电话 {len(calls)} 人",
            f"{len(visits)} to visit, {len(calls)} to call",
        ),
        (_choose(area, found, monday, station, codes), *sections),
        crumbs=Crumbs(
            (
                Crumb(words.TITLE, words.ROOT),
                Crumb(found.campaign.name, words.address(found.campaign.id, unit=area.code)),
                Crumb(Label(f"{monday} 一周", f"Week of {monday}")),
            )
        ),
        tabs=words.tabs(found.campaign.id, "week", area.code),
        notices=(told,) if (told := receipt(request, area.reader, area.today)) else (),
    )
    return show(request, page)


def _monday(area: Area, found: Declared) -> date:
    weeks = found.campaign.weeks()
    try:
        asked = date.fromisoformat(area.asked("week"))
    except ValueError:
        asked = area.today
    monday = asked - timedelta(days=asked.weekday())
    return min(max(monday, weeks[0]), weeks[-1])


def _way(member: Member) -> str:
    return member.standing.next.way if member.standing.next else member.way


def _when(member: Member) -> tuple[date, int, int]:
    nxt, slot = member.standing.next, member.slot
    assert nxt is not None
    return nxt.due, slot.stop if slot else 0, member.no


def _on_the_way(some: list[Member], found: Declared) -> list[Member]:
    """Visits in the order in which they are made: first ones as planned, repeated ones in a round of their
    own behind them."""
    first = [m for m in some if not m.standing.tries and m.slot is not None]
    again = [m for m in some if m.standing.tries or m.slot is None]
    units = tree()
    places = sorted({m.place for m in again})
    known = positions.points([u for code in places if (u := units.get(code))])
    campaign = found.campaign
    order = plans.in_order(
        None, places, known, Roads(campaign.setting("detour", 30), campaign.setting("speed", 30))
    )
    at = {code: n for n, code in enumerate(order)}
    return [
        *sorted(first, key=lambda m: (m.slot.day.on, m.slot.day.team, m.slot.stop, m.no) if m.slot else ()),
        *sorted(again, key=lambda m: (at[m.place], m.no)),
    ]


def _choose(area: Area, found: Declared, monday: date, station: str, codes: list[str]) -> Section:
    weeks = tuple(Option(str(day), spanned(day, day + timedelta(days=6))) for day in found.campaign.weeks())
    stations = (
        Option("", Label("全部", "All")),
        *(Option(code, words.unit_name(code, NO_STATION)) for code in codes),
        Option("none", NO_STATION),
    )
    return Section(
        "choose",
        Label("哪一周、哪个站", "Which week, which station"),
        ask=Ask(
            words.address(found.campaign.id, "week"),
            (
                Field("week", Label("哪一周", "Week"), "choice", value=str(monday), options=weeks),
                Field("station", Label("指导站", "Station"), "choice", value=station, options=stations),
            ),
            Button(Label("看", "Show")),
            (("unit", area.code),) if area.code else (),
            method="get",
        ),
        on_paper=False,
    )


def _list(area: Area, found: Declared, monday: date, way: str, some: list[Member], station: str) -> Section:
    heading = words.WAYS[way]
    if not some:
        nothing = Label("这一周没有。", "Nobody this week.")
        return Section(way, heading, empty=Empty(nothing))
    shown, pager = _page_of(area, found, monday, way, some, station)
    people = {p.no: p for p in area.persons([m.no for m in shown], {"person", "follow_up"})}
    area.list_noted(people.values(), f"follow-up {found.campaign.id}")
    records = access.may_see_page(area.actor, "record").allowed
    here = words.address(
        found.campaign.id,
        "week",
        unit=area.code,
        week=str(monday),
        station=station,
        way=way if area.asked("way") == way else "",
        page=str(pager.number) if pager.number > 1 else "",
        size=str(pager.size) if pager.size != SIZES[0] else "",
    )
    rows = tuple(_row(member, people[member.no], records, here) for member in shown if member.no in people)
    hidden = len(shown) - len(rows)
    says = []
    if hidden:
        says.append(Label(f"另有 {hidden} 人不由您办理，没有列出。", f"{hidden} more are not yours to see."))
    rounds = [d for d in found.days if d.way == "visit" and any(m.slot and m.slot.day is d for m in shown)]
    for day in rounds if way == "visit" else ():
        says.append(
            Label(
                f"{day.on} 第 {day.team} 组：{len(day.stops)} 个村，{day.people} 人，约 {day.minutes} 分钟、"
                f"{day.metres / 1000:.0f} 公里",
                f"{day.on}, team {day.team}: {many(len(day.stops), 'village')},"
                f" {many(day.people, 'person', 'people')}, about {many(day.minutes, 'minute')},"
                f" {day.metres / 1000:.0f} km",
            )
        )
    table = Table(
        heading,
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(Label("村（社区）", "Village")),
            Column(Label("应于", "Due")),
            Column(Label("第几次", "Attempt"), numeric=True),
            Column(Label("上次结果", "Last result")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(some)} 人", many(len(some), "person", "people")), *pager.spans),
        pager=pager,
        id=f"{way}-list",
    )
    return Section(way, heading, table, says=tuple(says))


def _row(member: Member, person: Person, records: bool, here: str) -> Row:
    nxt = member.standing.next
    assert nxt is not None
    last = member.standing.tries[-1] if member.standing.tries else None
    result = OUTCOMES.get(str(last.get("result")), None) if last else None  # type: ignore[call-overload]
    act = Button(
        Label("登记", "Record"),
        addresses.record(person.case_no, "follow_up", (("mode", nxt.way), ("from", "list"), ("row", here))),
        "small",
    )
    return Row(
        (
            Cell(person.name, addresses.file(person.case_no)),
            words.unit_name(member.place, Label("—", "—")),
            str(nxt.due),
            str(nxt.number),
            Cell(result or "—", sub=str(last.happened_on) if last else ""),
            Cell(part=act) if records else "",
        )
    )


def _page_of(
    area: Area, found: Declared, monday: date, way: str, some: list[Member], station: str
) -> tuple[Sequence[Member], Pager]:
    """The page of one list, and the way to the others: a further one shows that list alone."""
    query = (("unit", area.code), ("week", str(monday)), ("station", station), ("way", way))
    path, given = words.address(found.campaign.id, "week"), area.request.GET
    number = whole(given.get("page"), 1)
    return paged(some, number, size_of(given), tuple(pair for pair in query if pair[1]), path)
