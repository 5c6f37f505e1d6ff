"""Campaigns: what runs, what is to be reached, how far it is, and the tasks given for it. Also how an office
is reminded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.access.figures import may_see_figures, sees_small_figures
from guitu.compose import indicators
from guitu.indicators import Period
from guitu.kernel.labels import Label, many, spanned
from guitu.levels import tasks as task_rules
from guitu.levels.campaigns import Campaign
from guitu.store.levels import meetings as store
from guitu.store.levels import reading
from guitu.store.levels import tasks as task_store
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Option
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.inside.unit_form import UnitForm
from guitu.web.page import show, shows
from guitu.web.pages.dispatch import words
from guitu.web.pages.dispatch.figures import Reached, reached
from guitu.web.pages.dispatch.view import terms_by, way_down
from guitu.web.pages.dispatch.words import address, area_of
from guitu.web.pages.record.form import Answers

HEADING: Final = Label("专项行动", "Campaigns")
STAGES: Final = {
    "ahead": Word("open", Label("未开始", "Not begun")),
    "running": Word("today", Label("进行中", "Running")),
    "over": Word("done", Label("已结束", "Over")),
}


def at(one: Campaign, way: str = "") -> str:
    """Where one campaign is."""
    return f"{words.ROOT}campaigns/{one.at}/{one.id}/{way and way + '/'}"


@shows("dispatch")
def listing(request: HttpRequest) -> HttpResponse:
    """The unit's campaigns, and those it takes part in."""
    area = area_of(request)
    own, over = store.campaigns(area.unit)
    running = [c for c in (*own, *over) if c.stage(area.today) == "running"]
    buttons: tuple[Button, ...] = ()
    if area.may("campaign"):
        label = Label("部署专项行动", "Order a campaign")
        buttons = (Button(label, address("campaigns/new", area.code), "primary"),)
    sections = [Section("own", Label("本单位部署的", "Ordered by this unit"), _table(area, own, "own-list"))]
    if over:
        heading = Label("上级部署、本单位参加的", "Ordered above, with this unit in it")
        sections.append(Section("over", heading, _table(area, over, "over-list")))
    page = Board(
        area.title(HEADING),
        Label(f"进行中 {len(running)} 次", f"{len(running)} running"),
        tuple(sections),
        crumbs=way_down(area, "campaigns"),
        buttons=buttons,
        notices=area.saved(),
        tabs=words.tabs("campaigns", area.code),
    )
    return show(request, page)


def _table(area: Area, some: tuple[Campaign, ...], name: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell(one.name, at(one) if area.reads(one.at) else ""),
                words.name_of(one.at),
                spanned(one.first, one.last),
                str(len(one.targets)),
                Cell(part=STAGES[one.stage(area.today)]),
            )
        )
        for one in some
    )
    return Table(
        HEADING,
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("部署单位", "Ordered by")),
            Column(Label("起止", "From, until")),
            Column(Label("目标", "Targets"), numeric=True),
            Column(Label("阶段", "Stage"), phone="bare"),
        ),
        rows,
        (Label(f"共 {len(rows)} 次", f"{len(rows)} in all"),),
        empty=None if rows else Empty(Label("还没有部署过专项行动。", "No campaign was ordered yet.")),
        id=name,
        hide_caption=True,
    )


def _in_order(answers: Answers) -> Answers:
    first, last = answers.fields.get("first"), answers.fields.get("last")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return answers.with_fault("last", Label("最后一天早于第一天", "It ends before it begins"))
    return answers


@shows("dispatch")
def new(request: HttpRequest) -> HttpResponse:
    """A new campaign. Its days lie in the past or to come."""
    area = area_of(request)
    return UnitForm(
        "campaign", area.unit, address("campaigns/new", area.code), address("campaigns", area.code),
        title=Label("部署专项行动", "Order a campaign"),
        check=_in_order,
        crumbs=words.crumbs(area, Crumb(HEADING, address("campaigns", area.code))),
    ).answer(area)  # fmt: skip


def _found(request: HttpRequest, code: str, identifier: UUID) -> tuple[Area, Campaign]:
    area = area_of(request, code)
    found = store.campaign(area.unit, identifier)
    if found is None:
        raise Http404(str(identifier))
    return area, found


@shows("dispatch")
def one(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """One campaign: its targets and how far they are, its tasks."""
    area, campaign = _found(request, code, identifier)
    on = area.today
    traced = reading.of_one(area.unit, task_rules.KINDS)
    every = task_rules.tasks(area.unit.code, traced)
    every = task_store.of(area.unit, traced, {tree().get(t.owner) for t in every} - {None})  # type: ignore[arg-type]
    own = tuple(t for t in every if str(t.entry.get("campaign")) == campaign.id)
    still = task_rules.most_pressing(own, on)
    shown = (*still, *(t for t in own if not t.open(on)))
    terms = terms_by(task_store.of_unit(area.unit), shown)
    buttons = []
    if area.may("campaign_target"):
        buttons.append(Button(Label("加目标", "Add a target"), at(campaign, "target"), "primary"))
    if area.may("action_decided"):
        href = address("tasks/new", area.unit.code, campaign=campaign.id)
        buttons.append(Button(Label("交办事项", "Give a task"), href))
    if area.may("campaign"):
        buttons.append(Button(Label("改起止、名称", "Change it"), at(campaign, "change"), "small"))
    stage = STAGES[campaign.stage(on)].text
    assert isinstance(stage, Label)
    page = Board(
        campaign.name,
        Label(
            f"{stage.zh}，{campaign.first} 至 {campaign.last}；目标 {len(campaign.targets)} 项，"
            f"未结事项 {len(still)} 件",
            f"{stage.en}, {campaign.first} to {campaign.last}; {many(len(campaign.targets), 'target')},"
            f" {many(len(still), 'task')} open",
        ),
        (
            _targets(area, campaign),
            Section("tasks", Label("为它交办的事项", "Tasks given for it"),
                    words.task_table(area, shown, terms, Label("事项", "Tasks"), "task-list",
                                     Label("还没有交办事项。", "No task was given for it yet."))),
            Section("about", Label("说明", "About it"), facts=_about(campaign)),
        ),
        crumbs=words.crumbs(area, Crumb(HEADING, address("campaigns", area.code))),
        buttons=tuple(buttons),
        notices=area.saved(),
    )  # fmt: skip
    return show(request, page)


def _about(campaign: Campaign) -> tuple[Fact, ...]:
    said = {name: str(campaign.entry.get(name) or words.NOBODY) for name in ("purpose", "basis")}
    return (
        Fact(Label("要做到什么", "What it is for"), said["purpose"]),
        Fact(Label("出自哪份文件", "From which paper"), said["basis"]),
    )


def _targets(area: Area, campaign: Campaign) -> Section:
    heading = Label("目标和进度", "Targets, and how far")
    period = Period.span(campaign.first, min(campaign.last, max(area.today, campaign.first)))
    may = may_see_figures(area.actor, area.unit.path, area.unit.level).allowed
    exact = sees_small_figures(area.actor, area.unit.path, area.home.level)
    found: dict[str, Reached] = {}
    says: tuple[Label, ...] = ()
    if campaign.targets and may:
        found, says = reached(area.unit, period, [t.key for t in campaign.targets], exact=exact)
    rows = []
    for target in campaign.targets:
        known = indicators().get(target.key)
        got = found.get(target.key)
        figure = got.text if got is not None else Label("没有数", "no figure")
        hit = target.reached(got.value) if got is not None else None
        word = Word("open", Label("没有数", "No figure")) if hit is None else (
            Word("done", Label("已达到", "Reached")) if hit else Word("gap", Label("未达到", "Not reached"))
        )  # fmt: skip
        unit = known.counting.label if known is not None else ""
        rows.append(
            Row(
                (
                    Cell(known.label if known is not None else target.key, sub=unit),
                    Label(f"{words.choice(target.entry, 'way').say('zh')} {target.number.normalize():f}",  # type: ignore[union-attr]
                          f"{words.choice(target.entry, 'way').say('en')} {target.number.normalize():f}"),  # type: ignore[union-attr]
                    figure,
                    Cell(part=word),
                )
            )
        )  # fmt: skip
    table = Table(
        heading,
        (
            Column(Label("指标", "Indicator"), phone="lead"),
            Column(Label("目标", "Target")),
            Column(Label("本行动期间", "In this campaign"), numeric=True),
            Column(Label("进度", "How far"), phone="bare"),
        ),
        tuple(rows),
        (Label(f"期间 {period.first} 至 {period.last}", f"{period.first} to {period.last}"),),
        empty=None if rows else Empty(Label("还没有定目标。", "No target is set yet.")),
        id="target-list",
        hide_caption=True,
    )
    return Section("targets", heading, table, says=says)


@shows("dispatch")
def target(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """A further target."""
    area, campaign = _found(request, code, identifier)
    some = sorted(indicators().values(), key=lambda i: i.label.zh)
    return UnitForm(
        "campaign_target", area.unit, at(campaign, "target"), at(campaign),
        title=Label("加目标", "Add a target"),
        lead=campaign.name,
        known={"to": campaign.id},
        options={
            "indicator": tuple(
                Option(i.key, Label(f"{i.label.zh}（{unit.zh}）", f"{i.label.en} ({unit.en})"))
                for i in some
                for unit in (i.counting.label,)
            )
        },
        crumbs=words.crumbs(area, Crumb(campaign.name, at(campaign))),
    ).answer(area)  # fmt: skip


@shows("dispatch")
def change(request: HttpRequest, code: str, identifier: UUID) -> HttpResponse:
    """Other days or another name, with the reason."""
    area, campaign = _found(request, code, identifier)
    return UnitForm(
        "campaign", area.unit, at(campaign, "change"), at(campaign),
        title=Label("改起止、名称", "Change a campaign"),
        check=_in_order,
        corrects=campaign.entry,
        crumbs=words.crumbs(area, Crumb(campaign.name, at(campaign))),
    ).answer(area)  # fmt: skip


@shows("dispatch")
def terms(request: HttpRequest) -> HttpResponse:
    """When the office is reminded, and when a late task climbs."""
    area = area_of(request)
    now = task_store.of_unit(area.unit).terms_of(area.unit.code)
    made = UnitForm(
        "dispatch_terms", area.unit, address("terms", area.code), address("", area.code),
        title=Label("督办设置", "Reminders of tasks"),
        typed={"remind": str(now.remind), "climb": str(now.climb)},
        crumbs=words.crumbs(area),
    )  # fmt: skip
    return replace(made, lead=area.unit.name).answer(area)
