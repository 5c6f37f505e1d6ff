"""The lists of outreach: requests, speakers, schools and firms, groups and materials."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.kernel.labels import Label
from guitu.levels.outreach import coverage, diary
from guitu.levels.outreach.chains import over
from guitu.levels.outreach.diary import Request, Speaker
from guitu.store.levels.outreach import Told
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.outreach import words
from guitu.web.pages.outreach.desk import Desk

NAME: Final = Label("名称", "Name")
SORT: Final = Label("类别", "Sort")
ACT: Final = Column(words.ACT, phone="act", hide_label=True)


@shows("outreach")
def requests(request: HttpRequest) -> HttpResponse:
    """Who asked for a talk, those that wait first."""
    desk = Desk(request)
    told = desk.told(diary.OF_DIARY)
    some = [
        r for r in diary.requests(told.chains, desk.today)
        if desk.matches(r.entry.get("asked_by"), r.entry.get("topic"), desk.place(told, r.entry))
    ]  # fmt: skip
    waiting = sum(r.state == "waiting" for r in some)
    shown, pager = desk.page_of(some, "requests")
    new = desk.new("talk_request", Label("登记申请", "Record a request"))
    table = Table(
        Label("宣讲申请", "Requests for talks"),
        (
            Column(Label("申请单位", "Who asks"), phone="lead"),
            Column(SORT),
            Column(words.PLACE),
            Column(Label("收到", "Received")),
            Column(Label("希望", "Wanted")),
            Column(Label("预计人数", "Expected"), numeric=True),
            Column(Label("状态", "State"), phone="bare"),
            ACT,
            Column(Label("不安排", "Decline"), phone="act", hide_label=True),
        ),
        tuple(_request(desk, told, r) for r in shown),
        (
            Label(f"共 {len(some)} 份，待安排 {waiting} 份", f"{len(some)} requests, {waiting} waiting"),
            pager.span,
        ),
        pager,
        Empty(
            Label(
                "没有申请。宣传网站上有申请表可以打印；收到后在这里登记。",
                "No requests. The public site has a form to print; record here what comes in.",
            ),
            new,
        ),
        id="request-list",
    )
    return show(
        request,
        Board(
            desk.title(Label("宣讲申请", "Requests")),
            Label(f"待安排 {waiting} 份", f"{waiting} waiting to be planned"),
            (desk.search("requests", Label("申请单位、主题、地点", "Who asks, topic, place")),
             Section("list", Label("申请", "Requests"), table)),
            buttons=new, notices=desk.saved(), tabs=desk.tabs("requests"),
        ),
    )  # fmt: skip


def _request(desk: Desk, told: Told, one: Request) -> Row:
    entry, unit = one.entry, told.unit(one.entry)
    name, key = str(entry.get("asked_by") or "—"), str(entry.id)
    contact = " ".join(str(entry.get(n)) for n in ("contact", "phone") if entry.get(n))
    plan: Cell | str = ""
    no: Cell | str = ""
    if one.state == "waiting":
        plan = desk.act(unit, "talk_planned", Label("安排", "Plan"), name, request=key)
        no = desk.act(unit, "talk_request_declined", Label("不安排", "Decline"), name, to=key)
    elif one.plan is not None:
        href = words.address(f"plans/{told.unit(one.plan).code}/{one.plan.id}")
        plan = Cell(str(one.plan.get("planned_on")), href)
    wanted = entry.get("wanted_on")
    said = str(one.declined.get("reason") or "") if one.declined else ""
    return Row(
        (
            Cell(name, sub=contact),
            words.choice(entry, "sort"),
            desk.place(told, entry),
            entry.happened_on.isoformat(),
            wanted.isoformat() if isinstance(wanted, date) else "—",
            words.number(entry.get("audience")),
            Cell(part=words.request_word(one.state, one.days), sub=said),
            plan,
            no,
        ),
        id=f"request-{key}",
    )


@shows("outreach")
def speakers(request: HttpRequest) -> HttpResponse:
    """Who gives talks, trained how, and how often."""
    desk = Desk(request)
    told = desk.told(diary.OF_DIARY)
    some = [
        s for s in diary.speakers(told.chains, desk.today)
        if desk.matches(s.entry.get("name"), s.entry.get("topics"), s.entry.get("languages"))
    ]  # fmt: skip
    serving = sum(not s.ended for s in some)
    untrained = sum(not s.ended and not s.hours for s in some)
    shown, pager = desk.page_of(some, "speakers")
    new = desk.new("lecturer", Label("登记宣讲员", "Enter a speaker"))
    table = Table(
        Label("宣讲员", "Speakers"),
        (
            Column(Label("姓名", "Name"), phone="lead"),
            Column(words.UNIT),
            Column(Label("能讲", "Topics")),
            Column(Label("语言", "Languages")),
            Column(Label("近一年培训", "Training of a year"), numeric=True, unit=Label("学时", "hours")),
            Column(Label("讲过", "Held"), numeric=True, unit=Label("场", "talks")),
            Column(Label("已排", "To come"), numeric=True, unit=Label("场", "talks")),
            ACT,
            Column(Label("更正", "Correct"), phone="act", hide_label=True),
        ),
        tuple(_speaker(desk, told, s) for s in shown),
        (Label(f"在任 {serving} 人", f"{serving} in service"), pager.span),
        pager,
        Empty(Label("还没有宣讲员。", "No speaker is entered yet."), new),
        id="speaker-list",
    )
    says = Label(
        "讲过、已排的场次只算在日程里排过的。", "Talks held and to come are those that were planned here."
    )
    return show(
        request,
        Board(
            desk.title(Label("宣讲员", "Speakers")),
            Label(f"在任 {serving} 人，其中近一年没有培训的 {untrained} 人",
                  f"{serving} in service, {untrained} of them without training in a year"),
            (desk.search("speakers", Label("姓名、主题、语言", "Name, topic, language")),
             Section("list", Label("宣讲员", "Speakers"), table, says=(says,))),
            buttons=new, notices=desk.saved(), tabs=desk.tabs("speakers"),
        ),
    )  # fmt: skip


def _speaker(desk: Desk, told: Told, one: Speaker) -> Row:
    entry, unit = one.entry, told.unit(one.entry)
    name = str(entry.get("name") or "—")
    train: Cell | str = Cell(part=Word("barred", Label("已停止", "Ended")))
    if not one.ended:
        label = Label("培训", "Training")
        train = desk.act(unit, "lecturer_training", label, name, to=str(entry.id))
    last = one.trainings[-1] if one.trainings else None
    said = Label(f"上次 {last.happened_on}", f"last {last.happened_on}") if last else ""
    return Row(
        (
            Cell(name, sub=str(entry.get("post") or "")),
            desk.name(unit),
            str(entry.get("topics") or "—"),
            str(entry.get("languages") or "—"),
            Cell(words.number(one.hours), sub=said),
            words.number(one.held),
            words.number(one.coming),
            train,
            desk.mend(unit, entry, name),
        ),
        id=f"speaker-{entry.id}",
    )


@shows("outreach")
def targets(request: HttpRequest) -> HttpResponse:
    """Schools and firms with their last talk, the never reached on top."""
    desk = Desk(request)
    told = desk.told(diary.OF_DIARY)
    since = date(desk.today.year, 1, 1)
    every = coverage.of_targets(told.chains, since, desk.today)
    some = [
        (entry, reached)
        for entry, reached in every
        if desk.matches(entry.get("name"), desk.place(told, entry))
    ]
    never = sum(reached.last is None for _, reached in some)
    some = desk.ordered(some, {
        "people": lambda pair: pair[0].get("people"), "last": lambda pair: pair[1].last,
        "audience": lambda pair: pair[1].audience,
    })  # fmt: skip
    shown, pager = desk.page_of(some, "targets")
    new = desk.new("outreach_target", Label("登记学校、企业", "Enter a school or firm"))
    rows = []
    for entry, reached in shown:
        unit, name = told.unit(entry), str(entry.get("name") or "—")
        last: Cell | str = reached.last.isoformat() if reached.last else ""
        if reached.last is None:
            last = Cell(part=Word("gap", Label("没有去过", "Never")))
        label = Label("安排", "Plan")
        rows.append(
            Row(
                (
                    name, words.choice(entry, "sort"), desk.name(told.place(entry)),
                    words.number(entry.get("people")), last, words.number(reached.events),
                    words.number(reached.audience),
                    desk.act(unit, "talk_planned", label, name, target=str(entry.id)),
                    desk.mend(unit, entry, name),
                ),
                id=f"target-{entry.id}",
            )
        )  # fmt: skip
    table = Table(
        Label("学校、企业", "Schools and firms"),
        (
            Column(NAME, phone="lead"),
            Column(SORT),
            Column(words.PLACE),
            desk.head(Column(Label("人数", "People"), numeric=True), "people", "targets"),
            desk.head(Column(Label("上次去", "Last talk"), phone="bare"), "last", "targets"),
            Column(Label("今年", "This year"), numeric=True, unit=Label("场", "talks")),
            Column(Label("今年受众", "Audience"), numeric=True, unit=Label("人次", "person-times")),
            ACT,
            Column(Label("更正", "Correct"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(some)} 家，没有去过的在前", f"{len(some)}, the never reached first"), pager.span),
        pager,
        Empty(Label("还没有登记学校、企业。", "No school or firm is entered yet."), new),
        id="target-list",
    )
    return show(
        request,
        Board(
            desk.title(Label("学校、企业", "Schools and firms")),
            Label(f"{len(some)} 家中 {never} 家从来没有去过", f"{never} of {len(some)} were never reached"),
            (desk.search("targets", Label("名称、地点", "Name, place")),
             Section("list", Label("名单", "The list"), table)),
            buttons=new, notices=desk.saved(), tabs=desk.tabs("targets"),
        ),
    )  # fmt: skip


STORES: Final = frozenset({"volunteer_group", "outreach_material", "material_given"})


@shows("outreach")
def stores(request: HttpRequest) -> HttpResponse:
    """Volunteer groups, and what is printed and what is left of it."""
    desk = Desk(request)
    told = desk.told(STORES)
    groups = [g for g in told.chains.of("volunteer_group") if not over(g, desk.today)]
    groups.sort(key=lambda g: told.unit(g).code)
    shown, pager = desk.page_of(groups, "stores")
    members = sum(n for g in groups if isinstance(n := g.get("members"), int))
    group_rows = tuple(
        Row(
            (
                str(g.get("name") or "—"), words.choice(g, "sort"), desk.name(told.place(g)),
                words.number(g.get("members")), g.happened_on.isoformat(),
                desk.mend(told.unit(g), g, str(g.get("name"))),
            ),
            id=f"group-{g.id}",
        )
        for g in shown
    )  # fmt: skip
    new_group = desk.new("volunteer_group", Label("登记队伍", "Enter a group"))
    new_material = desk.new("outreach_material", Label("登记资料", "Enter material"), "plain")
    stock = diary.stocks(told.chains)
    material_rows = []
    for one in stock:
        entry, unit, name = one.entry, told.unit(one.entry), str(one.entry.get("title") or "—")
        label = Label("发放", "Give out")
        short = Cell(part=Word("late", Label(f"多发 {-one.left:,}", f"{-one.left:,} more than there were")))
        material_rows.append(
            Row(
                (
                    name, words.choice(entry, "form"), desk.name(unit), words.number(entry.get("copies")),
                    words.number(one.given), words.number(one.left) if one.left >= 0 else short,
                    desk.act(unit, "material_given", label, name, to=str(entry.id)),
                    desk.mend(unit, entry, name),
                ),
                id=f"material-{entry.id}",
            )
        )  # fmt: skip
    group_table = Table(
        Label("志愿队伍", "Volunteer groups"),
        (
            Column(NAME, phone="lead"),
            Column(SORT),
            Column(words.PLACE),
            Column(Label("人数", "Members"), numeric=True),
            Column(Label("成立", "Since")),
            ACT,
        ),
        group_rows,
        (
            Label(f"{len(groups)} 支，{members:,} 人", f"{len(groups)} groups, {members:,} members"),
            pager.span,
        ),
        pager,
        Empty(Label("还没有登记志愿队伍。", "No group is entered yet."), new_group),
        id="group-list",
    )
    material_table = Table(
        Label("宣传资料", "Materials"),
        (
            Column(NAME, phone="lead"),
            Column(SORT),
            Column(words.UNIT),
            Column(Label("数量", "Copies"), numeric=True),
            Column(Label("已发", "Given out"), numeric=True),
            Column(Label("结存", "Left"), numeric=True),
            ACT,
            Column(Label("更正", "Correct"), phone="act", hide_label=True),
        ),
        tuple(material_rows),
        (Label(f"{len(stock)} 种", f"{len(stock)} sorts"),),
        empty=Empty(Label("还没有登记宣传资料。", "No material is entered yet."), new_material),
        id="material-list",
    )
    return show(
        request,
        Board(
            desk.title(Label("队伍、资料", "Groups and materials")),
            Label(f"志愿队伍 {len(groups)} 支 {members:,} 人 · 资料 {len(stock)} 种",
                  f"{len(groups)} groups of {members:,} · {len(stock)} sorts of material"),
            (Section("groups", Label("志愿队伍", "Volunteer groups"), group_table),
             Section("materials", Label("宣传资料", "Materials"), material_table)),
            buttons=(*new_group, *new_material), notices=desk.saved(), tabs=desk.tabs("stores"),
        ),
    )  # fmt: skip
