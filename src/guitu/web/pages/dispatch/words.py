"""The words of dispatch, where its pages are, and how a task is said."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels.tasks import Task, Terms
from guitu.store import unitfiles
from guitu.store.units import Unit, tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word, days_word
from guitu.web.inside.area import Area

ROOT: Final = "/dispatch/"
TITLE: Final = Label("调度", "Dispatch")
PARTS: Final = (
    ("", Label("看板", "Board")),
    ("tasks", Label("事项", "Tasks")),
    ("meetings", Label("会议", "Meetings")),
    ("campaigns", Label("专项行动", "Campaigns")),
)
NOBODY: Final = "—"
ACT: Final = Label("登记", "Record")
UNIT: Final = Label("单位", "Unit")


def address(part: str = "", unit: str = "", **more: str) -> str:
    """A page of an area."""
    path = f"{ROOT}{part}/" if part else ROOT
    asked = {name: value for name, value in {"unit": unit, **more}.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def task_at(task: Task, way: str = "") -> str:
    """Where one task is, or one thing done with it."""
    return f"{ROOT}tasks/{task.at}/{task.id}/{way and way + '/'}"


def tabs(here: str, unit: str) -> Tabs:
    """The pages of an area."""
    return Tabs(tuple(Tab(label, address(part, unit), part == here) for part, label in PARTS), TITLE)


def crumbs(area: Area, *more: Crumb) -> Crumbs:
    """The way down from the board."""
    return Crumbs((Crumb(TITLE, address("", area.code)), *more))


def area_of(request: HttpRequest, code: str = "") -> Area:
    """The request as one about an area whose own file the reader reads; else 404."""
    area = Area(request, code)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(area.unit.code)
    return area


def name_of(code: str) -> str:
    """A unit's name; its code where there is none, and a dash for nothing."""
    unit = tree().get(code)
    return unit.name if unit else code or NOBODY


def choice(entry: Entry, name: str) -> Text:
    """The words of a chosen answer."""
    found = kinds()[entry.kind].ask(name).choice(entry.get(name))
    return found.label if found else NOBODY


def state_word(task: Task, on: date, terms: Terms, *, mine: bool = True) -> Word:
    """How a task stands, as a shape and a word. Its owner is reminded when its day is near."""
    state = task.state(on)
    if state == "done":
        return Word("done", Label("已办结", "Closed"))
    if state == "dropped":
        return Word("barred", Label("不再办理", "Dropped"))
    late = task.days_late(on)
    if late:
        return Word("late", days_word(-late))
    if task.near(on, terms) and task.due is not None:
        return Word("today" if mine else "open", days_word((task.due - on).days))
    if task.due is None:
        return Word("open", Label("没有期限", "No day set"))
    return Word("open", days_word((task.due - on).days))


WAYS: Final = {
    "none": Label("还没有报办理情况", "Nothing reported yet"),
    "going": Label("正在办理", "Going on"),
    "stuck": Label("有困难，请协调", "Stuck: help is asked for"),
    "claimed": Label("已报完成，待核验", "Said to be done, to be looked at"),
}


def task_table(
    area: Area, some: tuple[Task, ...], terms: dict[str, Terms], caption: Label, name: str, nothing: Text,
    *, counts: tuple[Text, ...] = (),
) -> Table:  # fmt: skip
    """Tasks as a list. `terms` by the code of the unit that decided."""
    rows = tuple(_row(area, task, terms[task.at]) for task in some)
    from guitu.web.components.empty.component import Empty

    return Table(
        caption,
        (
            Column(Label("事项", "What"), phone="lead"),
            Column(Label("责任单位", "Whose")),
            Column(Label("议定", "Decided")),
            Column(Label("期限", "By when")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("办理情况", "How far"), phone="bare"),
            Column(ACT, phone="act", hide_label=True),
        ),
        rows,
        counts or (Label(f"共 {len(rows)} 件", f"{len(rows)} in all"),),
        empty=None if rows else Empty(nothing),
        id=name,
        hide_caption=True,
    )


def _row(area: Area, task: Task, terms: Terms) -> Row:
    text = str(task.entry.get("text") or NOBODY)
    person = str(task.entry.get("person") or "")
    act: Cell | str = ""
    if task.open(area.today):
        what = _next(area, task)
        if what is not None:
            act = Cell(part=Button(what[0], href=task_at(task, what[1]), look="small", describes=text[:40]))
    return Row(
        (
            Cell(text if len(text) <= 60 else f"{text[:60]}…", task_at(task)),
            Cell(name_of(task.owner), sub=person),
            Cell(task.entry.happened_on.isoformat(), sub=name_of(task.at)),
            task.due.isoformat() if task.due else NOBODY,
            Cell(part=state_word(task, area.today, terms, mine=task.owner == area.home.code)),
            WAYS[task.way] if task.open(area.today) else "",
            act,
        ),
        id=f"task-{task.id}",
    )


def _next(area: Area, task: Task) -> tuple[Label, str] | None:
    """What the reader's own office does next with it: its owner reports, whoever decided it closes it."""
    if task.owner == area.home.code and (report := may_report(area, task)) is not None:
        return report
    return may_close(area, task) if task.at == area.home.code else None


def owner_of(area: Area, task: Task) -> Unit | None:
    """The unit whose task it is, where it lies in the reader's area."""
    owner = tree().get(task.owner)
    return owner if owner is not None and tree().within(owner, area.home) else None


def may_report(area: Area, task: Task) -> tuple[Label, str] | None:
    """Reporting on it, where that is the reader's: words and way. Whoever decided it closes it instead."""
    owner = owner_of(area, task)
    if owner is None or task.way == "claimed" or not area.may("action_report", owner):
        return None
    if task.at == owner.code and may_close(area, task) is not None:
        return None
    return Label("报办理情况", "Report"), "report"


def may_close(area: Area, task: Task) -> tuple[Label, str] | None:
    """Closing it, where that is the reader's."""
    at = tree().get(task.at)
    if at is None or not tree().within(at, area.home) or not area.may("action_closed", at):
        return None
    return Label("办结", "Close"), "close"
