"""What is done with a survey while it runs: issuing codes, typing paper in, closing it. Entries go through
the one gate; answers and codes are nobody's and go to their own tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from guitu.casefile import Entry, Value
from guitu.casefile.protocol import DifferentContent
from guitu.kernel.labels import Label, many
from guitu.levels.surveys.estimate import Estimate, estimate
from guitu.levels.surveys.questionnaire import CLOSED, Survey
from guitu.store import unitfiles
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NotAccepted, NotAllowed
from guitu.store.levels import surveys as kept
from guitu.store.units import Unit
from guitu.web.component import say
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.asked import derived
from guitu.web.inside.shown import Board, Form, Section
from guitu.web.page import show, shows
from guitu.web.pages.surveys import words
from guitu.web.pages.surveys.one import opened, page
from guitu.web.taking.writing import harmless

ACROSS: Final = 4
"""Codes in a line on paper."""
MOST_SHEET: Final = 9_999_999


def _mine(request: HttpRequest, survey: UUID) -> tuple[Area, Survey, Unit]:
    """The survey, for who may run it; 404 for others and once it is closed."""
    area, found, unit = opened(request, survey)
    if not area.may(CLOSED, unit) or found.closed is not None:
        raise Http404(str(survey))
    return area, found, unit


# ── codes ─────────────────────────────────────────────────────────────────────────────────────────


@require_POST
@shows("surveys")
def codes(request: HttpRequest, survey: UUID) -> HttpResponse:
    """New codes, shown this once."""
    area, found, unit = _mine(request, survey)
    stratum, count = area.asked("stratum"), area.asked("count")
    faults = []
    if not _whole(stratum) or int(stratum) >= len(found.strata):
        faults.append(Fault(Label("请选哪一层", "Choose a stratum"), "f-stratum"))
    if not _whole(count):
        faults.append(Fault(Label("请填写发多少个", "Enter how many"), "f-count"))
    issued: tuple[str, ...] = ()
    if not faults:
        try:
            issued = kept.issue(found, unit, int(stratum), int(count))
        except (kept.NotTaken, StoreUnavailable) as wrong:
            faults.append(Fault(wrong.label, "f-count"))
    if faults:
        board = page(area, found, unit, summary=ErrorSummary(tuple(faults)), typed=count[:10])
        return show(request, board, status=422)
    name = found.strata[int(stratum)].name
    if area.asked("how") == "csv":
        return _csv(issued, name)
    return show(request, codes_page(found, name, issued))


def codes_page(survey: Survey, stratum: str, issued: tuple[str, ...]) -> Board:
    """The codes to print and cut apart."""
    lines = [issued[at : at + ACROSS] for at in range(0, len(issued), ACROSS)]
    table = Table(
        Label(f"{stratum}的答题码", f"Codes of {stratum}"),
        tuple(
            Column(Label(f"第 {n} 列", f"Column {n}"), phone="bare", hide_label=True)
            for n in range(1, ACROSS + 1)
        ),
        tuple(Row((*line, *[""] * (ACROSS - len(line)))) for line in lines),
        (Label(f"{len(issued)} 个", many(len(issued), "code")),),
        id="codes-list",
    )
    return Board(
        Label(f"答题码 · {survey.title}", f"Codes · {survey.title}"),
        Label(f"在 {words.ANSWER} 输入，每码答一次", f"Typed at {words.ANSWER}; each answers once"),
        (Section("codes", Label(stratum, stratum), table),),
        Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(survey.title, words.address(survey)),
                Crumb(Label("答题码", "Codes")))),
        (Button(Label("打印", "Print"), extra={"data-print": True, "type": "button"}),
         Button(Label("回到调查", "Back to the survey"), words.address(survey), "link")),
        (Notice("gap", Label("只显示这一次，离开后无法再看到。",
                             "Shown this once: after you leave they cannot be seen again.")),),
    )  # fmt: skip


def _csv(issued: tuple[str, ...], stratum: str) -> HttpResponse:
    stream = io.StringIO(newline="")
    out = csv.writer(stream)
    out.writerow((say(Label("层", "Stratum")), say(Label("答题码", "Code"))))
    out.writerows((harmless(stratum), code) for code in issued)
    response = HttpResponse(stream.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="survey-codes.csv"'
    response["Cache-Control"] = "no-store"
    return response


# ── paper ─────────────────────────────────────────────────────────────────────────────────────────


@shows("surveys")
def paper(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Typing in what was filled in on paper."""
    area, found, unit = _mine(request, survey)
    if request.method != "POST":
        saved = (Notice("fresh", Label("已录入，接着录下一份。", "Entered. Next one.")),) if area.asked(
            "saved"
        ) else ()  # fmt: skip
        return show(request, paper_form(found, unit.name, {"stratum": area.asked("stratum")}, {}, saved))
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    answers, faults = words.chosen(found, typed)
    sheet, stratum = typed.get("sheet", ""), typed.get("stratum", "")
    if not _whole(sheet) or not 1 <= int(sheet) <= MOST_SHEET:
        faults["sheet"] = Label("请填写纸上印的编号", "Enter the number printed on it")
    if not _whole(stratum) or int(stratum) >= len(found.strata):
        faults["stratum"] = Label("请选哪一层", "Choose a stratum")
    if not found.opens <= area.today:
        faults[""] = Label("调查还没开始", "the survey has not begun")
    if not faults:
        try:
            again = typed.get("again") == "yes"
            kept.paper(found, int(stratum), int(sheet), answers, area.today, again=again)
        except (kept.NotTaken, StoreUnavailable) as wrong:
            faults["sheet"] = wrong.label
    if faults:
        return show(request, paper_form(found, unit.name, typed, faults), status=422)
    return HttpResponseRedirect(words.address(found, "paper", saved="yes", stratum=stratum))


def paper_form(
    survey: Survey,
    unit: str,
    typed: Mapping[str, str],
    faults: Mapping[str, Label],
    notices: tuple[Notice, ...] = (),
) -> Form:
    """The form with what was typed."""
    strata = tuple(Option(str(at), s.name) for at, s in enumerate(survey.strata))
    only = "0" if len(strata) == 1 else ""
    fields = [
        Field(
            "sheet",
            Label("纸上的编号", "Number on the paper"),
            "whole",
            typed.get("sheet", ""),
            error=faults.get("sheet", ""),
            focus=True,
        ),
        Field(
            "stratum",
            Label("哪一层", "Which stratum"),
            "choice",
            typed.get("stratum", "") or only,
            options=strata,
            error=faults.get("stratum", ""),
        ),
        *words.boxes(survey, typed, faults),
        Field(
            "again",
            Label("这个编号以前录过吗", "Was this number entered before"),
            "choice",
            typed.get("again", "") or "no",
            options=(
                Option("no", Label("没有", "No")),
                Option("yes", Label("录过，改正", "Yes: put it right")),
            ),
        ),
    ]
    summary = ErrorSummary(tuple(Fault(text, f"f-{n}" if n else "") for n, text in faults.items()))
    return Form(
        Label("录入纸质答卷", "Enter a paper questionnaire"),
        Label(f"{survey.title} · {unit}", f"{survey.title} · {unit}"),
        words.address(survey, "paper"),
        tuple(fields),
        (),
        Button(Label("保存，录下一份", "Save, next one"), look="primary"),
        Button(Label("录完了", "Done"), words.address(survey), "link"),
        Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(survey.title, words.address(survey)),
                Crumb(Label("纸质答卷", "Paper")))),
        summary if faults else None,
        notices,
    )  # fmt: skip


# ── the end ───────────────────────────────────────────────────────────────────────────────────────


@require_POST
@shows("surveys")
def close(request: HttpRequest, survey: UUID) -> HttpResponse:
    """Close it: its end and the result of every question become entries, and its codes are forgotten."""
    area, found, unit = _mine(request, survey)
    try:
        unitfiles.record_many(closing(area, found, unit), actor=area.actor, now=area.now)
    except NotAllowed as wrong:
        fault = wrong.decision.reason
    except (NotAccepted, DifferentContent, StoreUnavailable) as wrong:
        fault = wrong.label
    else:
        kept.end(found)
        return HttpResponseRedirect(words.address(found, closed="yes"))
    board = page(area, found, unit, summary=ErrorSummary((Fault(fault),)))
    return show(request, board, status=422)


def closing(area: Area, survey: Survey, unit: Unit) -> list[Entry]:
    """The entries by which a survey ends. A question with too few answers has no result."""
    given, identifier = kept.patterns(survey), area.identifier()

    def entry(kind: str, fields: dict[str, Value], which: UUID) -> Entry:
        return unitfiles.new_entry(
            unit.code, kind, area.today, fields, now=area.now, author=area.actor.name, office=area.home.code,
            identifier=which,
        )  # fmt: skip

    counted = kept.counted(survey)
    entries = [
        entry(
            CLOSED,
            {"survey": survey.id, "issued": sum(counted.issued), "answered": sum(counted.answered)},
            identifier,
        )
    ]
    for n in range(len(survey.questions)):
        one = estimate(survey.strata, kept.tallies(survey, given, n), survey.method)
        if one.why != "few":
            entries.append(
                entry("survey_result", result_of(survey, n, one), derived(identifier, f"question {n}"))
            )
    return entries


def result_of(survey: Survey, n: int, one: Estimate) -> dict[str, Value]:
    """The fields of the entry that says what a question came to."""
    question = survey.questions[n]
    fields: dict[str, Value] = {
        "question": question.scale.topic,
        "wave": survey.wave,
        "sample": one.valid,
        "favourable": one.favourable,
        "anonymous": "yes",
        "wording": question.wording.zh,
        "method": survey.method,
        "population": sum(s.size for s in survey.strata),
        "survey": survey.id,
    }
    if survey.asked_by:
        fields["asked_by"] = survey.asked_by
    if one.share is not None and one.why != "not_random":
        fields["share"] = f"{100 * one.share:.2f}"
        fields["estimated"] = round(one.share * sum(s.size for s in survey.strata))
    if one.margin is not None:
        fields["margin"] = f"{100 * one.margin:.2f}"
    return fields


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
