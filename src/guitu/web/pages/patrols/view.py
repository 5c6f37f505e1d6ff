"""Where was somebody lately, and where was nobody? Coast sections with their two heads, village patrols, the
places on the way, and a map of the rounds."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label, listed
from guitu.levels import ground
from guitu.levels.ground import Seen
from guitu.store import unitfiles
from guitu.store.levels.work import PLACES, Work, below, work
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import asking, choice, holds, page_of, search
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.patrols import words
from guitu.web.pages.patrols.maps import ROUNDS, picture
from guitu.web.pages.patrols.recording import PART

LATELY: Final = timedelta(days=30)
YEAR: Final = timedelta(days=365)
MOST: Final = 12


def looked_at(request: HttpRequest) -> Area:
    """The area, where the reader reads its units' own files."""
    area = Area(request)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(area.unit.code)
    return area


def of_area(area: Area) -> Work:
    """Sections, places, teams and rounds of the area."""
    return work(below(area.unit, PLACES), ground.OF_ROUNDS)


@shows("patrols")
def patrols(request: HttpRequest) -> HttpResponse:
    """The board."""
    area = looked_at(request)
    found = of_area(area)
    since = area.today - LATELY
    walked = ground.rounds(found.of("place_round"), area.today - YEAR, area.today)
    lately = [e for e in walked if e.happened_on >= since]
    sections = [e for e in found.of("coast_section") if ground.stands(e, area.today)]
    some = [e for e in found.of("round_place") if ground.stands(e, area.today)]
    coast = ground.seen(sections, walked, found.first, since)
    places = ground.seen(some, walked, found.first, since)
    late = [one for one in coast if _late(one, area)]
    never = [one for one in places if one.times == 0]
    lead = Label(
        f"近 30 天巡防 {len(lately)} 次；岸段 {len(coast)} 段，逾期未巡 {len(late)} 段；"
        f"登记地点 {len(places)} 处，30 天没有人到过 {len(never)} 处",
        f"{len(lately)} rounds in 30 days; {len(coast)} coast sections, {len(late)} overdue; {len(places)}"
        f" places, {len(never)} that nobody passed in 30 days",
    )
    buttons = (
        *PART.button(area, "place_round", Label("登记巡防", "Record a round"), "primary"),
        *PART.button(area, "coast_section", Label("划定岸段", "Draw a section")),
        *PART.button(area, "round_place", Label("登记地点", "Register a place")),
        *PART.button(area, "patrol_team", Label("登记护村队", "Register a patrol team")),
    )
    page = Board(
        area.title(words.TITLE),
        lead,
        (
            _sections(area, found, coast),
            _map(area, found, lately),
            _unseen(area, found, never),
            _teams(area, found, lately),
        ),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("", area.code),
    )
    return show(request, page)


def _late(one: Seen, area: Area) -> bool:
    every = one.entry.get("walk_every")
    days = one.days(area.today)
    if not isinstance(every, int):
        return False
    since = days if days is not None else (area.today - one.entry.happened_on).days
    return since > every


def correcting(area: Area, found: Work, entry: Entry, text: str) -> Cell:
    """The name of something that was registered, leading to its correction for whoever may."""
    unit = found.unit(entry)
    may = unitfiles.may_record(area.actor, kinds()[entry.kind], unit).allowed and area.opens("unit_record")
    href = f"/units/{unit.code}/file/correct/{entry.id}/" if may else ""
    return Cell(text, href, sub=unit.name if text != unit.name else "")


def _head(entry: Entry, name: str) -> str:
    unit = tree().get(str(entry.get(f"{name}_unit")))
    return unit.name if unit else "—"


def _sections(area: Area, found: Work, coast: tuple[Seen, ...]) -> Section:
    heading = Label("岸段", "Coast sections")
    if not coast:
        nothing = Label(
            "还没有划定岸段。由乡镇或者县级划定，每段写明两名负责人的单位和岗位。",
            "No section is drawn yet. A town or the county draws them, each with two responsible heads.",
        )
        return Section("coast", heading, empty=Empty(nothing))
    rows = []
    for one in sorted(coast, key=lambda s: (not _late(s, area), -(s.days(area.today) or 0))):
        entry, days = one.entry, one.days(area.today)
        said = Label(f"{days} 天前", f"{days} days ago") if days is not None else ""
        word = (
            Word("late", Label("逾期未巡", "Overdue"))
            if _late(one, area)
            else Word("done", Label("按期", "In time"))
            if entry.get("walk_every")
            else Word("open", Label("没有定期限", "No interval set"))
        )
        rows.append(
            Row(
                (
                    correcting(area, found, entry, str(entry.get("name"))),
                    Cell(f"{entry.get('begins')} — {entry.get('ends')}", sub=f"{entry.get('km') or '—'} km"),
                    Cell(_head(entry, "first"), sub=words.choice(entry, "first_post")),
                    Cell(_head(entry, "second"), sub=words.choice(entry, "second_post")),
                    str(one.times),
                    Cell(str(one.last) if one.last else "—", sub=said),
                    Cell(part=word),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("岸段", "Section"), phone="lead"),
            Column(Label("起止", "From and to")),
            Column(Label("第一负责人", "First head")),
            Column(Label("第二负责人", "Second head")),
            Column(Label("30 天内巡", "Rounds in 30 days"), numeric=True),
            Column(Label("上次", "Last")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"共 {len(rows)} 段", f"{len(rows)} in all"),),
        id="coast-list",
        hide_caption=True,
    )
    says = Label(
        "负责人是岗位，不是姓名。双岸长各做什么，由本单位写进自己的清单。",
        "A head is a post and not a name. What each of the two does, the office writes into its checklist.",
    )
    return Section("coast", heading, table, says=(says,))


def _unseen(area: Area, found: Work, never: list[Seen]) -> Section:
    heading = Label("30 天没有人到过的地点", "Places nobody passed in 30 days")
    if not never:
        return Section("unseen", heading, empty=Empty(Label("没有。", "None.")))
    never.sort(key=lambda one: one.last or one.entry.happened_on.min)
    rows = tuple(
        Row(
            (
                correcting(area, found, one.entry, str(one.entry.get("name"))),
                words.choice(one.entry, "sort"),
                str(one.last) if one.last else Label("一年内没有", "Not within a year"),
            )
        )
        for one in never[:MOST]
    )
    table = Table(
        heading,
        (
            Column(Label("地点", "Place"), phone="lead"),
            Column(Label("种类", "Sort")),
            Column(Label("上次到过", "Last passed")),
        ),
        rows,
        (Label(f"共 {len(never)} 处，列出 {len(rows)} 处", f"{len(never)} in all, {len(rows)} listed"),),
        id="unseen-list",
        hide_caption=True,
    )
    return Section("unseen", heading, table)


def _teams(area: Area, found: Work, lately: list[Entry]) -> Section:
    heading = Label("护村队", "Village patrol teams")
    teams = [e for e in found.of("patrol_team") if ground.stands(e, area.today)]
    if not teams:
        nothing = Label("还没有登记护村队。", "No patrol team is registered yet.")
        return Section("teams", heading, empty=Empty(nothing))
    times: dict[str, int] = {}
    for entry in lately:
        if entry.get("by") == "village_team":
            code = found.unit(entry).code
            times[code] = times.get(code, 0) + 1
    teams.sort(key=lambda e: (times.get(found.unit(e).code, 0), found.unit(e).code))
    members = sum(m for e in teams if isinstance(m := e.get("members"), int))
    rows = tuple(
        Row(
            (
                correcting(area, found, e, found.unit(e).name),
                str(e.get("members") or "—"),
                str(times.get(found.unit(e).code, 0)),
            )
        )
        for e in teams[:MOST]
    )
    table = Table(
        heading,
        (
            Column(Label("村（社区）", "Village"), phone="lead"),
            Column(Label("队员", "Members"), numeric=True),
            Column(Label("30 天内巡", "Rounds in 30 days"), numeric=True),
        ),
        rows,
        (
            Label(f"共 {len(teams)} 支、{members} 人", f"{len(teams)} teams, {members} members"),
            Label(f"巡得少的在前，列出 {len(rows)} 支", f"{len(rows)} listed, fewest rounds first"),
        ),
        id="team-list",
        hide_caption=True,
    )
    return Section("teams", heading, table)


def _map(area: Area, found: Work, lately: list[Entry]) -> Section:
    shown = picture(area, found, lately, ROUNDS)
    heading = Label("各地近 30 天的巡防", "Rounds of 30 days by place")
    if shown is None:
        nothing = Label("下面没有可比的单位。", "Nothing below to compare.")
        return Section("map", heading, empty=Empty(nothing), says=(words.ONLY_PLACES,))
    return Section("map", heading, picture=shown, says=(words.ONLY_PLACES,))


@shows("patrols")
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of a year, the newest first."""
    area = looked_at(request)
    found = of_area(area)
    names = {found.first(e.id): str(e.get("name")) for e in found.of("coast_section", "round_place")}
    by, what = area.asked("by"), area.asked("found")
    some = [
        e
        for e in ground.rounds(found.of("place_round"), area.today - YEAR, area.today)
        if by in ("", e.get("by"))
        and what in ("", e.get("found"))
        and holds(area, found.unit(e).name, names.get(found.first(e.get("section"))))
    ]
    path = f"{words.ROOT}rounds/"
    shown, pager = page_of(area, some, path, "q", "by", "found")
    rows = tuple(_round(area, found, names, e) for e in shown)
    empty = None
    if not rows:
        asked = area.asked("q") or by or what
        empty = Empty(
            Label("没有符合条件的巡防。换个条件再查。", "No round fits. Look for something else.")
            if asked
            else Label("一年内没有登记过巡防。", "No round was recorded within a year."),
            (Button(Label("全部", "All"), words.at("rounds", area.code)),) if asked else (),
        )
    table = Table(
        Label("一年内的巡防", "Rounds of a year"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("单位", "Unit")),
            Column(Label("谁巡", "By")),
            Column(Label("岸段、地点", "Section and places")),
            Column(Label("用时", "Length"), numeric=True, unit=Label("分钟", "minutes")),
            Column(Label("发现", "Found"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(some)} 次", f"{len(some)} in all"),),
        pager,
        id="round-list",
    )
    look = asking(
        area, path, search(area, Label("单位或者岸段", "Unit or section")),
        choice(area, "by", Label("谁巡", "By"), words.options("place_round", "by")),
        choice(area, "found", Label("发现", "Found"), words.options("place_round", "found")),
    )  # fmt: skip
    page = Board(
        area.title(Label("巡防记录", "Rounds")),
        Label(f"一年内 {len(some)} 次", f"{len(some)} within a year"),
        (
            Section("look", Label("查找", "Find"), ask=look, on_paper=False),
            Section(
                "rounds",
                Label("巡防", "Rounds"),
                table if rows else None,
                empty=empty,
                says=(words.ONLY_PLACES,),
            ),
        ),
        buttons=PART.button(area, "place_round", Label("登记巡防", "Record a round"), "primary"),
        notices=area.saved(),
        tabs=words.tabs("rounds", area.code),
    )
    return show(request, page)


def _round(area: Area, found: Work, names: dict[str, str], entry: Entry) -> Row:
    unit = found.unit(entry)
    section = names.get(found.first(entry.get("section")), "")
    seen = [names[n] for one in ground.passed(entry) if (n := found.first(one)) in names]
    more = listed((*seen[:6], "…") if len(seen) > 6 else seen) if seen else ""
    may = unitfiles.may_record(area.actor, kinds()["place_round"], unit).allowed and area.opens("unit_record")
    href = f"/units/{unit.code}/file/withdraw/{entry.id}/" if may else ""
    calm = entry.get("found") == "nothing"
    told = ""
    if entry.get("reported"):
        told = (
            Label("已报公安机关", "Reported to the police")
            if entry.get("reported") == "yes"
            else Label("没有报告", "Not reported")
        )
    return Row(
        (
            f"{entry.happened_on} {words.clock(entry.get('started'))}",
            unit.name,
            words.choice(entry, "by"),
            Cell(section or more or "—", sub=more if section else ""),
            str(entry.get("minutes")),
            Cell(part=Word("done" if calm else "gap", _label(words.choice(entry, "found"))), sub=told),
            Cell(Label("作废", "Withdraw") if href else "", href),
        )
    )


def _label(text: object) -> Label:
    return text if isinstance(text, Label) else Label(str(text), str(text))
