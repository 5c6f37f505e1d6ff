"""One person's days under observation: since when, until when, what was seen, what to record."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.centre import observation
from guitu.centre.observation import Observation
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import with_weekday
from guitu.web.inside.shown import Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.epidemic.build import FROM, found, until_word
from guitu.web.pages.epidemic.desk import desk_of
from guitu.web.pages.epidemic.words import ADVICE, GROUNDS, OUTCOMES, TITLE, crumbs
from guitu.web.pages.gate.view import notices

ACTS = (
    ("entry_screening", Label("登记筛查", "Record a screening")),
    ("health_observation", Label("隔离观察", "Put under observation")),
    ("observation_check", Label("登记检查", "Record a check")),
    ("health_observation_end", Label("解除", "End it")),
)


@shows("epidemic")
def person(request: HttpRequest, case: str) -> HttpResponse:
    """One person."""
    desk = desk_of(request)
    if desk is None:
        raise Http404(case)
    opened = open_whole(case, desk.asked.reader)
    noted_file(request, opened, detail="epidemic")
    on = desk.asked.today
    counted = opened.shown.counted()
    every = observation.observations(counted)
    now = every[0] if every and every[0].running else None
    medical = "medical" in opened.sight.open
    name = str(opened.identity.get("name") or opened.case_no)
    sections = [Section("now", Label("现在", "Now"), facts=_facts(now, on), empty=_none(now))]
    if medical:
        sections.append(Section("checks", Label("筛查和检查", "Screenings and checks"), _checks(counted)))
    sections.append(Section("before", Label("历次隔离观察", "Every observation"), _every(every, on)))
    return show(
        request,
        Board(
            Label(f"{TITLE.zh}：{name}", f"{TITLE.en}: {name}"),
            _lead(now, on),
            tuple(sections),
            crumbs(Crumb(name)),
            _acts(opened, desk.asked.actor, running=now is not None),
            notices(request, opened, on),
        ),
    )


def _lead(now: Observation | None, on: date) -> Label:
    if now is None:
        return Label("现在不在隔离观察", "Not under observation now")
    until = now.until.isoformat() if now.until else "—"
    over = now.over(on)
    return Label(
        f"隔离观察第 {now.day(on)} 天，到 {until}" + (f"，过期 {over} 天" if over else ""),
        f"Day {now.day(on)} under observation, until {until}" + (f", {over} days over" if over else ""),
    )


def _none(now: Observation | None) -> Empty | None:
    return None if now else Empty(Label("现在不在隔离观察。", "Not under observation now."))


def _facts(now: Observation | None, on: date) -> tuple[Fact, ...]:
    if now is None:
        return ()
    facts = [
        Fact(Label("缘由", "Ground"), GROUNDS.get(now.ground, now.ground)),
        Fact(Label("地点", "Where"), now.place),
        Fact(Label("开始", "From"), with_weekday(now.began)),
        Fact(Label("观察到", "Until"), until_word(now, on).text or "—"),
        Fact(
            Label("已告知本人", "Told the person"),
            Label("是", "Yes") if now.told else Label("还没有", "Not yet"),
        ),
    ]
    if now.renewed:
        facts.append(Fact(Label("继续过", "Continued"), Label(f"{now.renewed} 次", f"{now.renewed} times")))
    if now.advice:
        facts.append(Fact(Label("医护最近的意见", "Medics’ last advice"), ADVICE[now.advice]))
    return tuple(facts)


def _checks(counted: tuple[Entry, ...]) -> Table:
    some = [e for e in counted if e.kind in (observation.CHECK, observation.SCREENING)]
    rows = []
    for entry in reversed(some):
        rows.append(
            Row(
                (
                    with_weekday(entry.happened_on),
                    kinds()[entry.kind].label,
                    Cell(found(entry) or "—", sub=str(entry.get("which") or entry.get("note") or "")),
                )
            )
        )
    return Table(
        Label("筛查和检查", "Screenings and checks"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("哪一种", "Which"), phone="bare"),
            Column(Label("情况", "Findings")),
        ),
        tuple(rows),
        empty=None if rows else Empty(Label("还没有登记。", "Nothing recorded yet.")),
        id="checks-list",
        hide_caption=True,
    )


def _every(every: tuple[Observation, ...], on: date) -> Table:
    rows = tuple(
        Row(
            (
                Label(f"{o.began} 至 {o.ended or '现在'}", f"{o.began} until {o.ended or 'now'}"),
                GROUNDS.get(o.ground, o.ground),
                str(o.day(o.ended or on)),
                OUTCOMES.get(o.outcome, o.outcome)
                if o.ended
                else Cell(part=Word("open", Label("观察中", "It lasts"))),
            )
        )
        for o in every
    )
    return Table(
        Label("历次隔离观察", "Every observation"),
        (
            Column(Label("起止", "From and until"), phone="lead"),
            Column(Label("缘由", "Ground")),
            Column(Label("天数", "Days"), numeric=True),
            Column(Label("去向", "Outcome"), phone="bare"),
        ),
        rows,
        empty=None if rows else Empty(Label("没有隔离观察过。", "Never under observation.")),
        id="every-list",
        hide_caption=True,
    )


def _acts(opened: Opened, actor: Actor, *, running: bool) -> tuple[Button, ...]:
    """What the post may record next; an end or a check only while an observation lasts."""
    made = []
    for kind, words in ACTS:
        during = kind in ("observation_check", "health_observation_end")
        if during and not running:
            continue
        if not opened.may_record(actor, kinds()[kind]).allowed:
            continue
        if kind == "health_observation" and running:
            words = Label("继续观察", "Continue it")
        href = addresses.record(opened.case_no, kind, FROM)
        made.append(Button(words, href=href, look="primary" if during and not made else "plain"))
    return tuple(made)
