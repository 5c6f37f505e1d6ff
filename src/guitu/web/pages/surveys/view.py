"""The surveys of the reader's area; and planning a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.casefile import Value
from guitu.compose import kinds
from guitu.kernel.labels import Label, many, spanned
from guitu.levels.surveys import questionnaire
from guitu.levels.surveys.estimate import sample_size
from guitu.levels.surveys.questionnaire import PLANNED, SCALES, BadDesign, Question, Survey
from guitu.store import unitfiles
from guitu.store.levels import surveys as kept
from guitu.store.units import Unit
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Form, Section
from guitu.web.inside.written import refusal
from guitu.web.page import show, shows
from guitu.web.pages.record import day as days
from guitu.web.pages.surveys import words
from guitu.web.pages.today.choices import whole

ROWS: Final = 5
"""Questions that the form has room for."""
PLAIN: Final = ("title", "wave", "closes", "method", "frame", "strata", "favourable", "asked_by")


@shows("surveys")
def surveys(request: HttpRequest) -> HttpResponse:
    """The list."""
    area = Area(request)
    found = kept.surveys(area.unit)
    asked = area.asked("q")[:40]
    if asked:
        found = tuple((s, u) for s, u in found if asked in s.title or asked in u.name)
    running = sum(survey.open_on(area.today) for survey, _ in found)
    new: tuple[Button, ...] = ()
    if area.may(PLANNED):
        new = (Button(Label("新建调查", "Plan a survey"), "/surveys/new/", "primary"),)
    return show(request, board(area, found, running, new, asked))


def board(
    area: Area, found: tuple[tuple[Survey, Unit], ...], running: int, new: tuple[Button, ...], asked: str
) -> Board:
    """The page of these surveys."""
    empty = None
    if not found:
        empty = (
            Empty(Label(f"没有名称含“{asked}”的调查。", f"No survey has “{asked}” in its name."))
            if asked
            else Empty(
                Label(
                    "还没有调查。由统计员、县级或者省级主管新建：写明抽样框、各层人数和问题。",
                    "There is no survey yet. A statistician, a county or the province plans one: its frame,"
                    " the people of each stratum, the questions.",
                )
            )
        )
    pager = pager_of(area, found, asked)
    shown = found[pager.first - 1 : pager.last] if found else ()
    table = Table(
        Label("调查", "Surveys"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("由谁调查", "Asked by")),
            Column(Label("时间", "Days")),
            Column(Label("答卷", "Answers"), numeric=True),
            Column(Label("进展", "How far")),
        ),
        tuple(_row(area, survey, unit) for survey, unit in shown),
        (Label(f"{len(found)} 次", many(len(found), "survey")), Label("最近的在前", "the latest first")),
        pager if pager.pages > 1 else None,
        id="surveys",
    )
    sections = [Section("all", Label("全部", "All"), table if found else None, empty=empty)]
    if len(found) > 5 or asked:
        sections.insert(0, search(asked))
    return Board(
        area.title(words.TITLE),
        Label(f"正在收答卷的 {running} 次", f"{running} taking answers"),
        tuple(sections),
        buttons=new,
    )


def pager_of(area: Area, found: tuple[tuple[Survey, Unit], ...], asked: str) -> Pager:
    """The page of the list that is asked for; the last where there are fewer."""
    size = whole(area.asked("size"), SIZES[0])
    query = tuple((n, v) for n, v in (("q", asked), ("unit", area.code)) if v)
    pager = Pager(1, size if size in SIZES else SIZES[0], len(found), query, words.ROOT)
    return replace(pager, number=min(max(1, whole(area.asked("page"), 1)), pager.pages))


def search(asked: str) -> Section:
    """A box to find a survey by its name."""
    box = Field("q", Label("名称或者单位", "Name or unit"), value=asked, optional=True)
    return Section(
        "search",
        Label("查找", "Find"),
        ask=Ask(words.ROOT, (box,), Button(Label("查找", "Find")), method="get"),
        on_paper=False,
    )


def _row(area: Area, survey: Survey, unit: Unit) -> Row:
    answered = sum(kept.counted(survey).answered)
    return Row(
        (
            Cell(survey.title, words.address(survey), sub=words.wave(survey)),
            unit.name,
            spanned(survey.opens, survey.closes),
            f"{answered:,}",
            words.state(survey, area.today),
        )
    )


# ── a new one ─────────────────────────────────────────────────────────────────────────────────────


@shows("surveys")
def new(request: HttpRequest) -> HttpResponse:
    """The form of a survey; and planning it."""
    area = Area(request)
    if not area.may(PLANNED):
        raise Http404(PLANNED)
    if request.method != "POST":
        return show(request, form(area, first(area.today), {}, str(area.new_id())))
    typed = {name: str(value) for name, value in request.POST.items()}
    identifier = area.identifier()
    opens, fields, faults = read(typed, area.today)
    if faults or opens is None:
        return show(request, form(area, typed, faults, str(identifier)), status=422)
    entry = unitfiles.new_entry(
        area.unit.code, PLANNED, opens, fields, now=area.now, author=area.actor.name, office=area.home.code,
        identifier=identifier,
    )  # fmt: skip
    if wrong := refusal(entry, actor=area.actor, now=area.now):
        return show(request, form(area, typed, {"": wrong}, str(identifier)), status=422)
    return HttpResponseRedirect(words.address(str(identifier), planned="yes"))


def first(today: date) -> dict[str, str]:
    """What stands in an empty form: the two questions everybody asks, apart."""
    found = {"opens": today.isoformat(), "favourable": "2", "method": "random", "wave": "regular"}
    for n, name in enumerate(("safety", "satisfaction"), 1):
        wording = SCALES[name].wording
        assert wording is not None
        found |= {f"q{n}_scale": name, f"q{n}_zh": wording.zh, f"q{n}_en": wording.en}
    return found


def read(typed: Mapping[str, str], today: date) -> tuple[date | None, dict[str, Value], dict[str, Label]]:
    """The first day, the fields of the entry, and what is wrong by box."""
    faults: dict[str, Label] = {}
    kind = kinds()[PLANNED]
    fields: dict[str, Value] = {}
    for name in PLAIN:
        text = typed.get(name, "").strip()
        if not text:
            continue
        fields[name] = text
        if kind.ask(name).type == "day":
            found = days.read(text, today)
            if isinstance(found, Label):
                faults[name] = found
            fields[name] = found if isinstance(found, date) else text
    opens = days.read(typed.get("opens", ""), today)
    if not isinstance(opens, date):
        faults["opens"] = opens or Label("请填写开始日期", "Enter the first day")
    closes = fields.get("closes")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        faults["closes"] = Label("截止日期不能早于开始日期", "the last day cannot be before the first")
    try:
        fields["strata"] = questionnaire.kept(
            questionnaire.strata_of(str(fields.get("strata", "")).replace("\r", ""))
        )
    except BadDesign as wrong:
        faults["strata"] = wrong.label
    questions = _questions(typed, faults)
    if questions:
        fields["questions"] = questionnaire.kept(questions)
        if wrong_questions := questionnaire.check_questions(str(fields["questions"])):
            faults.setdefault("q1_zh", wrong_questions)
    elif not any(name.startswith("q") for name in faults):
        faults["q1_zh"] = Label("请至少写一个问题", "ask at least one question")
    for fault in kind.faults(fields):
        faults.setdefault(fault.field, fault.label)
    return (opens if isinstance(opens, date) else None), fields, faults


def _questions(typed: Mapping[str, str], faults: dict[str, Label]) -> list[Question]:
    found = []
    for n in range(1, ROWS + 1):
        scale, zh = typed.get(f"q{n}_scale", ""), typed.get(f"q{n}_zh", "").strip()
        en = typed.get(f"q{n}_en", "").strip()
        if not zh:
            continue
        if scale not in SCALES:
            faults[f"q{n}_scale"] = Label(f"请选第 {n} 问的答案类型", f"choose the answers of question {n}")
            continue
        if len(zh) > 200 or len(en) > 200:
            faults[f"q{n}_zh"] = Label(f"第 {n} 问最多 200 字", f"question {n} has 200 characters at most")
            continue
        try:
            found.append(questionnaire.question(scale, zh, en, n))
        except BadDesign as wrong:
            faults[f"q{n}_zh"] = wrong.label
    return found


def form(area: Area, typed: Mapping[str, str], faults: Mapping[str, Label], identifier: str) -> Form:
    """The form with what was typed."""
    return form_of(Label(area.unit.name, area.unit.name), typed, faults, identifier)


def form_of(unit: Label, typed: Mapping[str, str], faults: Mapping[str, Label], identifier: str) -> Form:
    """The same, for the unit of that name."""
    kind = kinds()[PLANNED]

    def asked(name: str) -> Field:
        return field_of(kind.ask(name), typed.get(name, ""), faults.get(name, ""))

    opens = Field(
        "opens", kind.day, "day", typed.get("opens", ""), hint=days.HINT, error=faults.get("opens", "")
    )
    fields = [asked("title"), asked("wave"), opens, *(asked(name) for name in PLAIN[2:])]
    scales = tuple(Option(name, scale.label) for name, scale in SCALES.items())
    for n in range(1, ROWS + 1):
        fields += [
            Field(
                f"q{n}_scale", Label(f"第 {n} 问：答案类型", f"Question {n}: its answers"), "choice",
                typed.get(f"q{n}_scale", ""), optional=n > 1, options=scales,
                error=faults.get(f"q{n}_scale", ""),
            ),
            Field(
                f"q{n}_zh", Label(f"第 {n} 问：问题", f"Question {n}: in Chinese"),
                value=typed.get(f"q{n}_zh", ""), optional=n > 1, error=faults.get(f"q{n}_zh", ""),
            ),
            Field(
                f"q{n}_en", Label(f"第 {n} 问：英文", f"Question {n}: in English"),
                value=typed.get(f"q{n}_en", ""), optional=True,
            ),
        ]  # fmt: skip
    boxes = {field.name for field in fields}
    summary = ErrorSummary(
        tuple(Fault(text, f"f-{name}" if name in boxes else "") for name, text in faults.items())
    )
    return Form(
        Label("新建调查", "Plan a survey"),
        Label(
            f"{unit.zh} · 答卷不记名：不登录、不留地址，只记到哪一天；不设写字的问题，免得认出是谁。",
            f"{unit.en} · Answers are anonymous: no sign-in, no address, only the day; there are"
            " no questions to"
            " be answered in writing, for writing tells who somebody is.",
        ),
        "/surveys/new/",
        tuple(fields),
        (("id", identifier),),
        Button(Label("保存计划", "Save the plan"), look="primary"),
        Button(Label("取消", "Cancel"), words.ROOT, "link"),
        Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(Label("新建", "New")))),
        summary if faults else None,
        facts=(),
    )


def needed(survey: Survey) -> int:
    """How many valid answers a simple random sample of the frame needs for ±3 points."""
    return sample_size(sum(s.size for s in survey.strata), 0.03)
