"""Equipment with its checks, and places that offer a service with their hours."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label
from guitu.levels.ground import stands
from guitu.store import unitfiles
from guitu.store.levels.work import Work, below, work
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import asking, choice, holds, page_of, search
from guitu.web.inside.shown import Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.resources import words
from guitu.web.pages.resources.view import looked_at

HOLD = words.OFFICES | {"village", "guidance_station"}


def checked(found: Work) -> dict[str, Entry]:
    """By what was checked, its last check."""
    last: dict[str, Entry] = {}
    for entry in found.of("equipment_check"):  # the newest first
        last.setdefault(found.first(entry.get("to")), entry)
    return last


def due(entry: Entry, last: Entry | None) -> date | None:
    """By when something is to be checked again; None where no interval is set."""
    every = entry.get("check_every")
    if not isinstance(every, int):
        return None
    return add_months(last.happened_on if last else entry.happened_on, every)


def _state(entry: Entry, last: Entry | None, on: date) -> Word:
    if last is not None and last.get("state") == "out":
        return Word("barred", Label("停用", "Out of use"))
    if last is not None and last.get("state") == "mend":
        by = last.get("mend_by")
        late = isinstance(by, date) and by < on
        return Word(
            "late" if late else "open",
            Label("维修逾期" if late else "待维修", "Repair overdue" if late else "To be mended"),
        )
    next_ = due(entry, last)
    if next_ is not None and next_ < on:
        return Word("late", Label("检查逾期", "Check overdue"))
    return Word("done", Label("在用", "In use"))


@shows("resources")
def equipment(request: HttpRequest) -> HttpResponse:
    """The list of equipment and vehicles."""
    area = looked_at(request)
    found = work(below(area.unit, HOLD), {"equipment", "equipment_check"})
    last = checked(found)
    sort = area.asked("sort")
    every = [e for e in found.of("equipment") if stands(e, area.today)]
    some = [
        e
        for e in every
        if sort in ("", e.get("sort")) and holds(area, e.get("name"), e.get("number"), found.unit(e).name)
    ]
    states = {e.id: _state(e, last.get(found.first(e.id)), area.today) for e in every}
    some.sort(key=lambda e: (states[e.id].kind != "late", str(e.get("sort")), str(e.get("name"))))
    path = f"{words.ROOT}equipment/"
    shown, pager = page_of(area, some, path, "q", "sort")
    rows = tuple(_thing(area, found, e, last.get(found.first(e.id)), states[e.id]) for e in shown)
    late = sum(word.kind == "late" for word in states.values())
    pieces = sum(n for e in every if isinstance(n := e.get("pieces"), int))
    empty = None
    if not rows:
        empty = Empty(
            Label("没有符合条件的装备。", "Nothing fits.")
            if area.asked("q") or sort
            else Label("还没有登记装备车辆。", "No equipment is on record yet."),
            words.PART.button(area, "equipment", Label("登记装备", "Register equipment")),
        )
    table = Table(
        Label("装备车辆", "Equipment"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("种类", "Sort")),
            Column(Label("单位", "Unit")),
            Column(Label("件数", "Pieces"), numeric=True),
            Column(Label("上次检查", "Last check")),
            Column(Label("下次检查", "Next check")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        rows,
        (Label(f"共 {len(some)} 条", f"{len(some)} in all"), Label("要办的在前", "what needs work first")),
        pager,
        id="equipment-list",
    )
    look = asking(
        area, path, search(area, Label("名称、编号或者单位", "Name, number or unit")),
        choice(area, "sort", Label("种类", "Sort"), words.options("equipment", "sort")),
    )  # fmt: skip
    page = Board(
        area.title(Label("装备车辆", "Equipment")),
        Label(
            f"在用 {pieces} 件，检查、维修逾期 {late} 条",
            f"{pieces} pieces, {late} checks or repairs overdue",
        ),
        (
            Section("look", Label("查找", "Find"), ask=look, on_paper=False),
            Section("equipment", Label("装备车辆", "Equipment"), table if rows else None, empty=empty),
        ),
        buttons=words.PART.button(area, "equipment", Label("登记装备", "Register equipment"), "primary"),
        notices=area.saved(),
        tabs=words.tabs("equipment", area.code, area.opens),
    )
    return show(request, page)


def _thing(area: Area, found: Work, entry: Entry, last: Entry | None, state: Word) -> Row:
    unit = found.unit(entry)
    may = unitfiles.may_record(area.actor, kinds()["equipment_check"], unit).allowed
    check = f"{words.PART.record(unit.code, 'equipment_check')}?to={entry.id}" if may else ""
    correct = f"/units/{unit.code}/file/correct/{entry.id}/" if may and area.opens("unit_record") else ""
    next_ = due(entry, last)
    reading = last.get("reading") if last is not None else None
    return Row(
        (
            Cell(str(entry.get("name")), correct, sub=str(entry.get("number") or "")),
            words.choice(entry, "sort"),
            unit.name,
            str(entry.get("pieces")),
            Cell(
                str(last.happened_on) if last else "—", sub=f"{reading:,}" if isinstance(reading, int) else ""
            ),
            str(next_) if next_ else "—",
            Cell(part=state),
            Cell(Label("登记检查", "Record a check") if check else "", check),
        )
    )


@shows("resources")
def places(request: HttpRequest) -> HttpResponse:
    """The places that offer a service."""
    area = looked_at(request)
    found = work(below(area.unit, HOLD), {"service_place"})
    sort = area.asked("sort")
    every = [e for e in found.of("service_place") if stands(e, area.today)]
    some = [
        e
        for e in every
        if sort in ("", e.get("sort"))
        and holds(area, e.get("name"), e.get("address"), e.get("services"), found.unit(e).name)
    ]
    some.sort(key=lambda e: (str(e.get("sort")), found.unit(e).code, str(e.get("name"))))
    path = f"{words.ROOT}places/"
    shown, pager = page_of(area, some, path, "q", "sort")
    rows = []
    for entry in shown:
        unit = found.unit(entry)
        may = (
            area.opens("unit_record")
            and unitfiles.may_record(area.actor, kinds()["service_place"], unit).allowed
        )
        href = f"/units/{unit.code}/file/correct/{entry.id}/" if may else ""
        anonymous = Label("可以不报姓名", "no name needed") if entry.get("anonymous") == "yes" else ""
        rows.append(
            Row(
                (
                    Cell(str(entry.get("name")), href, sub=words.choice(entry, "sort")),
                    Cell(str(entry.get("address")), sub=unit.name),
                    Cell(str(entry.get("services")), sub=anonymous),
                    str(entry.get("hours")),
                    str(entry.get("phone") or "—"),
                )
            )
        )
    clinics = sum(e.get("sort") == "custody_clinic" for e in every)
    empty = None
    if not rows:
        empty = Empty(
            Label("没有符合条件的服务地点。", "No place fits.")
            if area.asked("q") or sort
            else Label("还没有登记服务地点。", "No place of service is on record yet."),
            words.PART.button(area, "service_place", Label("登记服务地点", "Register a place")),
        )
    table = Table(
        Label("服务地点", "Places of service"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("地址", "Address")),
            Column(Label("服务", "Services")),
            Column(Label("时间", "Hours")),
            Column(Label("电话", "Telephone")),
        ),
        tuple(rows),
        (Label(f"共 {len(some)} 处", f"{len(some)} in all"),),
        pager,
        id="place-list",
    )
    look = asking(
        area, path, search(area, Label("名称、地址或者服务", "Name, address or service")),
        choice(area, "sort", Label("种类", "Sort"), words.options("service_place", "sort")),
    )  # fmt: skip
    buttons: tuple[Button, ...] = words.PART.button(
        area, "service_place", Label("登记服务地点", "Register a place"), "primary"
    )
    page = Board(
        area.title(Label("服务地点", "Places of service")),
        Label(
            f"{len(every)} 处，其中公安监管门诊部 {clinics} 处",
            f"{len(every)} places, {clinics} of them police-custody clinics",
        ),
        (
            Section("look", Label("查找", "Find"), ask=look, on_paper=False),
            Section("places", Label("服务地点", "Places of service"), table if rows else None, empty=empty),
        ),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("places", area.code, area.opens),
    )
    return show(request, page)
