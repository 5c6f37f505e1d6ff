"""Guidance stations: which towns each covers, its visits, and advice asked and given."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.compose import kinds
from guitu.kernel.labels import Label, many
from guitu.store import unitfiles
from guitu.store.home import guidance
from guitu.store.home.guidance import Question
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import field_of
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Fact, Form, Section
from guitu.web.inside.written import refusal
from guitu.web.page import show, shows
from guitu.web.pages.help import words

LATELY = timedelta(days=365)


@shows("help")
def stations(request: HttpRequest) -> HttpResponse:
    """The page."""
    area = Area(request)
    found = guidance.covered(area.unit, area.today - LATELY, area.today)
    questions = guidance.questions(area.unit) if unitfiles.may_read(area.actor, area.unit).allowed else ()
    waiting = sum(q.given is None for q in questions)
    around = (*tree().ancestors(area.unit), *tree().subtree(area.unit))
    towns = list({u.code: u for u in around if u.level == "town"}.values())
    covered = {code for one in found for code in one.towns}
    without = [u for u in towns if u.code not in covered]
    page = Board(
        area.title(Label("社戒社康指导站", "Guidance stations")),
        Label(
            f"{len(found)} 个站，覆盖乡镇 {len(towns) - len(without)}/{len(towns)}，"
            f"等答复的问题 {waiting} 个",
            f"{many(len(found), 'station')}, {len(towns) - len(without)} of {many(len(towns), 'town')}"
            f" covered, {many(waiting, 'question')} waiting",
        ),
        (_stations(area, found), _without(without), _questions(area, questions)),
        tabs=words.tabs("stations", area.code),
        notices=area.saved(),
    )
    return show(request, page)


def _stations(area: Area, found: tuple[guidance.Covered, ...]) -> Section:
    heading = Label("指导站", "Stations")
    if not found:
        nothing = Label("这里没有指导站。", "There is no station here.")
        return Section("stations", heading, empty=Empty(nothing))
    units = tree()
    rows = []
    for one in found:
        names = [u.name for code in one.towns if (u := units.get(code))]
        seen = {str(e.get("town")) for e in one.visits}
        last = max((e.happened_on for e in one.visits), default=None)
        mine = tree().within(one.unit, area.home) and unitfiles.may_read(area.actor, one.unit).allowed
        act = f"/units/{one.unit.code}/file/" if mine else ""
        rows.append(
            Row(
                (
                    Cell(one.unit.name, act),
                    Cell(str(len(one.towns)), sub=_listed(names)),
                    f"{len(one.visits):,}",
                    f"{len(seen & set(one.towns))}/{len(one.towns)}" if one.towns else "—",
                    str(last) if last else "—",
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("指导站", "Station"), phone="lead"),
            Column(Label("覆盖乡镇", "Towns covered")),
            Column(Label("一年内下乡", "Visits in a year"), numeric=True),
            Column(Label("到过的乡镇", "Towns visited"), numeric=True),
            Column(Label("最近一次", "Last")),
        ),
        tuple(rows),
        id="station-list",
        hide_caption=True,
    )
    buttons = tuple(
        Button(kinds()[kind].label, f"/units/{one.unit.code}/file/record/{kind}/", "small")
        for one in found
        if len(found) == 1 and tree().within(one.unit, area.home)
        for kind in ("station_visit", "station_cover")
        if area.may(kind, one.unit)
    )
    return Section("stations", heading, table, buttons=buttons)


def _listed(names: list[str]) -> Label:
    return Label("、".join(names) or "—", ", ".join(names) or "—")


def _without(without: list[guidance.Unit]) -> Section:
    heading = Label("没有指导站覆盖的乡镇", "Towns that no station covers")
    if not without:
        return Section("without", heading, empty=Empty(Label("没有。", "None.")))
    names = _listed([u.name for u in without[:60]])
    more = len(without) - 60
    says = names if more <= 0 else Label(f"{names.zh} 等", f"{names.en} and {more} more")
    return Section(
        "without", heading, facts=(Fact(Label("乡镇", "Towns"), f"{len(without):,}"),), says=(says,)
    )


def _questions(area: Area, questions: tuple[Question, ...]) -> Section:
    heading = Label("请求指导", "Advice asked")
    buttons: tuple[Button, ...] = ()
    if area.may("advice_asked"):
        href = f"/units/{area.unit.code}/file/record/advice_asked/"
        buttons = (Button(Label("提一个问题", "Ask for advice"), href),)
    if not questions:
        nothing = Label("还没有人提过。", "Nobody has asked yet.")
        return Section("questions", heading, empty=Empty(nothing), buttons=buttons)
    rows = []
    for one in questions[:100]:
        href = f"{words.ROOT}stations/{one.unit.code}/{one.asked.id}/"
        state = (
            Word("done", Label("已答复", "Answered"))
            if one.given
            else Word("open", Label("等答复", "Waiting"))
        )
        rows.append(
            Row(
                (
                    Cell(str(one.asked.get("text"))[:60], href),
                    one.unit.name,
                    words.choice(one.asked, "topic"),
                    str(one.asked.happened_on),
                    Cell(part=state, sub=str(one.given.happened_on) if one.given else ""),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("问题", "Question"), phone="lead"),
            Column(Label("提出单位", "Asked by")),
            Column(Label("关于", "About")),
            Column(Label("日期", "Day")),
            Column(Label("答复", "Answer")),
        ),
        tuple(rows),
        (Label(f"共 {len(questions)} 个", f"{len(questions)} in all"),),
        id="question-list",
    )
    return Section("questions", heading, table, buttons=buttons)


@shows("help")
def answer(request: HttpRequest, code: str, question: UUID) -> HttpResponse:
    """One question, its answer, or the form to give one."""
    area = Area(request, code)
    if not unitfiles.may_read(area.actor, area.unit).allowed:
        raise Http404(code)
    found = next((q for q in guidance.questions(area.unit) if q.asked.id == question), None)
    if found is None or found.unit.code != code:
        raise Http404(str(question))
    if found.given is not None or not area.may("advice_given"):
        return show(request, _read(found))
    text = area.asked("text")
    fault: Label | None = None
    if request.method == "POST":
        if text:
            fault = _save(area, found, text)
            if fault is None:
                return HttpResponseRedirect(f"{words.address('stations')}?saved=advice_given")
        else:
            fault = Label("请填写意见", "Enter the advice")
    return show(request, _form(area, found, text, fault), status=422 if fault else 200)


def _save(area: Area, found: Question, text: str) -> Label | None:
    entry = unitfiles.new_entry(
        found.unit.code,
        "advice_given",
        area.today,
        {"to": str(found.asked.id), "text": text},
        now=area.now,
        author=area.actor.name,
        office=area.home.code,
        identifier=area.identifier(),
        source=area.source,
    )
    return refusal(entry, actor=area.actor, now=area.now)


def _facts(found: Question) -> tuple[Fact, ...]:
    return (
        Fact(Label("提出单位", "Asked by"), found.unit.name),
        Fact(Label("日期", "Day"), str(found.asked.happened_on)),
        Fact(Label("关于", "About"), words.choice(found.asked, "topic")),
        Fact(Label("问题", "Question"), str(found.asked.get("text"))),
    )


def _crumbs(found: Question) -> Crumbs:
    return Crumbs(
        (Crumb(Label("指导站", "Guidance stations"), words.address("stations")), Crumb(found.unit.name))
    )


def _read(found: Question) -> Board:
    facts = _facts(found)
    if found.given is not None:
        facts += (
            Fact(Label("答复日期", "Answered"), str(found.given.happened_on)),
            Fact(Label("意见", "Advice"), str(found.given.get("text"))),
        )
    return Board(
        Label("请求指导", "Advice asked"),
        Label(f"{found.unit.name} 的问题", f"A question of {found.unit.name}"),
        (Section("question", Label("问题和答复", "Question and answer"), facts=facts),),
        crumbs=_crumbs(found),
    )


def _form(area: Area, found: Question, text: str, fault: Label | None) -> Form:
    ask = kinds()["advice_given"].ask("text")
    return Form(
        Label("答复请求指导", "Give advice"),
        Label("不写人员姓名。", "No names of people under a measure."),
        f"{words.ROOT}stations/{found.unit.code}/{found.asked.id}/",
        (field_of(ask, text, fault or ""),),
        (("id", area.asked("id") or str(area.new_id())),),
        Button(Label("答复", "Answer"), look="primary", extra={"data-busy": Label("正在保存…", "Saving…")}),
        Button(Label("取消", "Cancel"), words.address("stations"), "link"),
        crumbs=_crumbs(found),
        summary=ErrorSummary((Fault(fault, "f-text"),)) if fault else None,
        facts=_facts(found),
    )
