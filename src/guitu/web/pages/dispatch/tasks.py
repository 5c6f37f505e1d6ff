"""Tasks: the list with its filters, one task with what was reported, and what is done with it: decided, moved
to another day, reported on, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels import tasks as rules
from guitu.levels.tasks import Task
from guitu.store.levels import tasks as store
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.inside.unit_form import UnitForm
from guitu.web.page import show, shows
from guitu.web.pages.dispatch import words
from guitu.web.pages.dispatch.view import terms_by, way_down
from guitu.web.pages.dispatch.words import address, area_of, task_at
from guitu.web.pages.record.form import Answers
from guitu.web.pages.today.choices import whole

SHOWS: Final = {
    "open": Label("没有办结的", "Open"),
    "late": Label("逾期的", "Overdue"),
    "stuck": Label("有困难的", "Stuck"),
    "check": Label("待核验的", "To look at"),
    "own": Label("要本单位办的", "For this unit to do"),
    "given": Label("本单位议定的", "Decided by this unit"),
    "closed": Label("已了结的", "Closed"),
    "all": Label("全部", "All"),
}
SIZE: Final = 20
MOST_OWNERS: Final = 400
"""So many units below are offered as owners; beyond, only those directly below."""


@shows("dispatch")
def listing(request: HttpRequest) -> HttpResponse:
    """Tasks of a unit and those below it."""
    area = area_of(request)
    found = store.of_unit(area.unit)
    wanted = area.asked("show") if area.asked("show") in SHOWS else "open"
    q = area.asked("q")[:60]
    every = _shown(area, found, wanted)
    if q:
        every = [t for t in every if q in _searched(t)]
    page_no = whole(request.GET.get("page"), 1)
    pager = Pager(
        min(page_no, max(1, -(-len(every) // SIZE))), SIZE, len(every),
        tuple((n, v) for n, v in (("unit", area.code), ("show", wanted), ("q", q)) if v),
        address("tasks"), fixed=True,
    )  # fmt: skip
    rows = tuple(every[pager.first - 1 if pager.first else 0 : pager.last])
    table = words.task_table(
        area, rows, terms_by(found, rows), Label("事项", "Tasks"), "task-list",
        Label("没有这样的事项。", "No such task."),
        counts=(Label(f"共 {len(every)} 件", f"{len(every)} in all"), SHOWS[wanted], pager.span),
    )  # fmt: skip
    table = replace(table, pager=pager if pager.pages > 1 else None)
    buttons = ()
    if area.may("action_decided"):
        label = Label("议定一件事", "Decide a task")
        buttons = (Button(label, address("tasks/new", area.code), "primary"),)
    late = sum(bool(t.days_late(area.today)) for t in _shown(area, found, "open"))
    page = Board(
        area.title(Label("事项", "Tasks")),
        Label(
            f"没有办结的 {len(_shown(area, found, 'open'))} 件，其中逾期 {late} 件",
            f"{len(_shown(area, found, 'open'))} open, {late} of them overdue",
        ),
        (
            Section("find", Label("筛选", "Filter"), ask=_filter(area, wanted, q), on_paper=False),
            Section("tasks", Label("事项", "Tasks"), table),
        ),
        crumbs=way_down(area, "tasks"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("tasks", area.code),
    )
    return show(request, page)


def _shown(area: Area, found: store.Tasks, wanted: str) -> list[Task]:
    on = area.today
    every = {t.id: t for t in (*found.own, *found.given, *found.below)}
    if wanted in ("closed", "all"):
        over = [t for t in every.values() if t.closed is not None and not t.open(on)]
        still = [] if wanted == "closed" else list(rules.most_pressing(every.values(), on))
        return still + sorted(over, key=lambda t: t.closed.happened_on if t.closed else on, reverse=True)
    some = {"own": found.own, "given": found.given}.get(wanted, tuple(every.values()))
    still = rules.most_pressing(some, on)
    if wanted == "late":
        still = tuple(t for t in still if t.days_late(on))
    if wanted in ("stuck", "check"):
        way = "stuck" if wanted == "stuck" else "claimed"
        still = tuple(t for t in still if t.way == way)
    return list(still)


def _searched(task: Task) -> str:
    return " ".join(
        (str(task.entry.get("text")), words.name_of(task.owner), words.name_of(task.at),
         str(task.entry.get("person") or ""))
    )  # fmt: skip


def _filter(area: Area, wanted: str, q: str) -> Ask:
    options = tuple(Option(name, label) for name, label in SHOWS.items())
    return Ask(
        address("tasks"),
        (
            Field("show", Label("看哪些", "Show"), "choice", wanted, options=options),
            Field("q", Label("事项或单位里有", "Words of the task or unit"), value=q, optional=True),
        ),
        Button(Label("筛选", "Filter")),
        (("unit", area.code),) if area.code else (),
        method="get",
    )


# ── one task ──────────────────────────────────────────────────────────────────────────────────────


def _found(request: HttpRequest, code: str, identifier: UUID) -> tuple[Area, Task, Unit]:
    """A task and the unit that decided it. One that an office above decided is there for its owner."""
    area = area_of(request)
    at = tree().get(code)
    task = store.one(at, identifier) if at is not None else None
    if at is None or task is None:
        raise Http404(str(identifier))
    if not area.reads(code) and words.owner_of(area, task) is None:
        raise Http404(str(identifier))
    return area, task, at


def _crumbs(area: Area) -> words.Crumbs:
    return words.crumbs(area, Crumb(Label("事项", "Tasks"), address("tasks")))


def _facts(area: Area, task: Task) -> tuple[Fact, ...]:
    due = task.due.isoformat() if task.due else words.NOBODY
    by = Label(due, due)
    if task.first_due:
        by = Label(f"{due}（原定 {task.first_due}）", f"{due} (at first {task.first_due})")
    facts = [
        Fact(Label("事项", "What"), str(task.entry.get("text") or words.NOBODY)),
        Fact(Label("责任单位", "Whose"), words.name_of(task.owner)),
        Fact(Label("责任人", "Who answers for it"), str(task.entry.get("person") or words.NOBODY)),
        Fact(
            Label("议定", "Decided"),
            f"{task.entry.happened_on} {words.name_of(task.at)}",
        ),
        Fact(Label("期限", "By when"), by),
    ]  # fmt: skip
    if task.entry.get("meeting") and area.reads(task.at):
        href = f"{words.ROOT}meetings/{task.at}/{task.entry.get('meeting')}/"
        facts.append(Fact(Label("议定的会议", "Meeting"), Label("看会议", "See the meeting"), href))
    if task.entry.get("campaign") and area.reads(task.at):
        href = f"{words.ROOT}campaigns/{task.at}/{task.entry.get('campaign')}/"
        facts.append(Fact(Label("专项行动", "Campaign"), Label("看行动", "See the campaign"), href))
    if task.closed is not None:
        facts += [
            Fact(
                Label("了结", "Closed"),
                Label(
                    f"{task.closed.happened_on} {_outcome(task, 'zh')}",
                    f"{task.closed.happened_on} {_outcome(task, 'en')}",
                ),
            ),
            Fact(Label("凭什么说", "Evidence"), str(task.closed.get("evidence") or words.NOBODY)),
        ]
    return tuple(facts)


def _outcome(task: Task, language: str) -> str:
    assert task.closed is not None
    return kinds()["action_closed"].ask("outcome").show(task.closed.get("outcome"), language)


@shows("dispatch")
def one(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One task."""
    area, task, _ = _found(request, code, identifier)
    on = area.today
    terms = store.of_unit(tree().find(task.at)).terms_of(task.at) if area.reads(task.at) else rules.HOUSE
    buttons = []
    if task.open(on):
        report, close = words.may_report(area, task), words.may_close(area, task)
        looks = ["primary", "plain"]
        if close is not None:
            buttons.append(Button(close[0], task_at(task, close[1]), looks.pop(0)))
        if report is not None:
            buttons.append(Button(report[0], task_at(task, report[1]), looks.pop(0)))
        if close is not None:
            buttons.append(Button(Label("改期限、事项", "Change it"), task_at(task, "change"), "small"))
    word = words.state_word(task, on, terms, mine=task.owner == area.home.code)
    said = word.text if isinstance(word.text, Label) else Label(str(word.text), str(word.text))
    way = words.WAYS[task.way]
    lead = Label(f"{said.zh}　{way.zh}", f"{said.en} · {way.en}") if task.open(on) else said
    page = Board(
        Label("事项", "Task"),
        lead,
        (
            Section("task", Label("事项", "Task"), facts=_facts(area, task)),
            Section("reports", Label("办理情况", "Reports"), _reports(task)),
        ),
        crumbs=_crumbs(area),
        buttons=tuple(buttons),
        notices=area.saved(),
    )
    return show(request, page)


def _reports(task: Task) -> Table:
    rows = tuple(
        Row(
            (
                e.happened_on.isoformat(),
                words.choice(e, "how"),
                Cell(str(e.get("text") or words.NOBODY), sub=words.name_of(e.unit)),
            )
        )
        for e in reversed(task.reports)
    )
    return Table(
        Label("办理情况", "Reports"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("办到哪一步", "How far")),
            Column(Label("做了什么、凭什么说", "What was done, and by what it is known"), phone="bare"),
        ),
        rows,
        empty=None if rows else Empty(Label("责任单位还没有报办理情况。", "Its owner has not reported yet.")),
        id="report-list",
        hide_caption=True,
    )


# ── deciding, reporting, closing, changing ────────────────────────────────────────────────────────


def owners(unit: Unit) -> tuple[Option, ...]:
    """Whose a task may be: the unit itself and those below it."""
    below = [u for u in tree().subtree(unit) if u.level not in ("brigade", "hospital")]
    if len(below) > MOST_OWNERS:
        below = [u for u in below if u.depth <= unit.depth + 1]
    return tuple(
        Option(u.code, u.name if u.depth <= unit.depth + 1 else f"{_town(u)} {u.name}") for u in below
    )


def _town(unit: Unit) -> str:
    return tree().by_no[unit.parent].name if unit.parent is not None else ""


def _later(answers: Answers) -> Answers:
    """A day to come for what is to be done."""
    due, on = answers.fields.get("due"), answers.happened_on
    if isinstance(due, date) and on is not None and due < on:
        return answers.with_fault(
            "due", Label("期限早于议定日期", "It is to be done before it was decided")
        )  # fmt: skip
    return answers


@shows("dispatch")
def new(request: HttpRequest) -> HttpResponse:
    """A new task; of a meeting or a campaign where the address names one."""
    area = area_of(request)
    known: dict[str, str | None] = {
        "about": area.unit.code,
        "meeting": _id(area.asked("meeting")),
        "campaign": _id(area.asked("campaign")),
    }
    back = address("tasks", area.code)
    if known["meeting"]:
        back = f"{words.ROOT}meetings/{area.unit.code}/{known['meeting']}/"
    elif known["campaign"]:
        back = f"{words.ROOT}campaigns/{area.unit.code}/{known['campaign']}/"
    asked = {n: v or "" for n, v in known.items() if n != "about"}
    return UnitForm(
        "action_decided", area.unit, address("tasks/new", area.code, **asked), back,
        title=Label("议定一件事", "Decide a task"),
        known=known,
        options={"owner": owners(area.unit)},
        check=_later,
        crumbs=_crumbs(area),
    ).answer(area)  # fmt: skip


def _id(text: str) -> str | None:
    """An id as it stands in an address; None where it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return None


@shows("dispatch")
def report(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """The owner says how far it is."""
    area, task, _ = _found(request, code, identifier)
    owner = words.owner_of(area, task)
    if owner is None or not task.open(area.today):
        raise Http404(str(identifier))
    return UnitForm(
        "action_report", owner, task_at(task, "report"), task_at(task),
        title=Label("报办理情况", "Report on a task"),
        known={"to": task.id},
        facts=_facts(area, task)[:5],
        crumbs=_crumbs(area),
    ).answer(area)  # fmt: skip


@shows("dispatch")
def close(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """Whoever decided it closes it, by what it is known to be done."""
    area, task, at = _found(request, code, identifier)
    if not area.reads(code) or not task.open(area.today):
        raise Http404(str(identifier))
    last = task.reports[-1] if task.reports else None
    typed = {"outcome": "done"}
    if last is not None and last.get("how") == "done":
        typed["evidence"] = str(last.get("text") or "")
    return UnitForm(
        "action_closed", at, task_at(task, "close"), task_at(task),
        title=Label("办结事项", "Close a task"),
        typed=typed,
        known={"to": task.id},
        facts=_facts(area, task)[:5],
        crumbs=_crumbs(area),
    ).answer(area)  # fmt: skip


@shows("dispatch")
def change(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """Another day, another owner, other words: with the reason; what was decided first stays readable."""
    area, task, at = _found(request, code, identifier)
    if not area.reads(code) or not task.open(area.today):
        raise Http404(str(identifier))
    kept = {n: task.entry.get(n) for n in ("about", "meeting", "campaign")}
    return UnitForm(
        "action_decided", at, task_at(task, "change"), task_at(task),
        title=Label("改期限、事项", "Change a task"),
        known=kept,
        options={"owner": owners(at)},
        check=_later,
        corrects=task.entry,
        crumbs=_crumbs(area),
    ).answer(area)  # fmt: skip
