"""The words of surveys, their questions in a form, and where their pages are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

from guitu.compose import kinds
from guitu.kernel.labels import Label, many, spanned
from guitu.levels.surveys.estimate import WHY, Estimate
from guitu.levels.surveys.questionnaire import NO_ANSWER, PLANNED, Question, Survey
from guitu.web.component import Text
from guitu.web.components.field.component import Field, Option
from guitu.web.components.table.component import Cell, Column, Row, Table

ROOT: Final = "/surveys/"
ANSWER: Final = "/answer/"
TITLE: Final = Label("问卷调查", "Surveys")
DASH: Final = "—"
SILENT: Final = Label("不回答、说不清", "No answer, or cannot say")
APART: Final = Label(
    "每一问单独成数。安全感和满意度是两问，任何地方都不合并。",
    "Every question is a figure of its own. Feeling safe and being satisfied are two questions and are never"
    " put together.",
)
ASSUMED: Final = Label(
    "误差只说明随机抽取带来的不确定；没有回答的人被当作与同层回答的人一样，实际未必。",
    "The margin tells the uncertainty of drawing at random only; those who did not answer are"
    " taken to be like"
    " those of their stratum who did, which may not be so.",
)
FORMULA: Final = Label(
    "按分层随机抽样计算：每份回答的权数为该层人数除以该层有效回答数；置信水平 95%，区间用 Wilson 方法。",
    "Worked out as a stratified random sample: an answer weighs the people of its stratum over the valid"
    " answers there; 95% confidence, interval by Wilson's method.",
)


def address(survey: Survey | str = "", part: str = "", **query: str) -> str:
    """A page of one survey; without one, the list."""
    identifier = survey if isinstance(survey, str) else survey.id
    path = f"{ROOT}{identifier}/" if identifier else ROOT
    path += f"{part}/" if part else ""
    pairs = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def state(survey: Survey, today: date) -> Label:
    """How far it is."""
    if survey.closed:
        return Label(f"{survey.closed} 结束", f"closed {survey.closed}")
    if today < survey.opens:
        return Label("还没开始", "not begun")
    if today > survey.closes:
        return Label("已截止，待结束", "over, to be closed")
    return Label("正在收答卷", "taking answers")


def _of(field: str, value: str) -> Label:
    found = kinds()[PLANNED].ask(field).choice(value)
    return found.label if found else Label(DASH, DASH)


def wave(survey: Survey) -> Label:
    """Before, after or regular."""
    return _of("wave", survey.wave)


def method(survey: Survey) -> Label:
    """How those asked are found."""
    return _of("method", survey.method)


def share(part: int, whole: int) -> Text:
    """87.5%（35/40）; a dash where there is nobody."""
    if not whole:
        return DASH
    percent = f"{100 * part / whole:.1f}%"
    return Label(f"{percent}（{part:,}/{whole:,}）", f"{percent} ({part:,}/{whole:,})")


def box(n: int, question: Question, value: str = "", error: Text = "") -> Field:
    """One question as it is answered."""
    options = [Option(str(at), label) for at, label in enumerate(question.scale.answers, 1)]
    return Field(
        f"q{n}",
        Label(f"{n}．{question.wording.zh}", f"{n}. {question.wording.en}"),
        "choice",
        value,
        error=error,
        options=(*options, Option(str(NO_ANSWER), SILENT)),
    )


def boxes(survey: Survey, typed: Mapping[str, str], faults: Mapping[str, Label]) -> tuple[Field, ...]:
    """All questions, with what was chosen."""
    return tuple(
        box(n, question, typed.get(f"q{n}", ""), faults.get(f"q{n}", ""))
        for n, question in enumerate(survey.questions, 1)
    )


def chosen(survey: Survey, typed: Mapping[str, str]) -> tuple[tuple[int, ...], dict[str, Label]]:
    """The answers, and what is wrong with them by box."""
    found, faults = [], {}
    for n, question in enumerate(survey.questions, 1):
        text = typed.get(f"q{n}", "")
        if len(text) == 1 and text.isascii() and text.isdigit() and int(text) <= len(question.scale.answers):
            found.append(int(text))
        else:
            found.append(NO_ANSWER)
            faults[f"q{n}"] = Label(
                f"第 {n} 问请选一项；不想回答的选“{SILENT.zh}”",
                f"choose an answer to question {n}; if you would rather not, choose “{SILENT.en}”",
            )
    return tuple(found), faults


# ── results ───────────────────────────────────────────────────────────────────────────────────────


def percent(value: float | None) -> str:
    """A share as it is printed."""
    return DASH if value is None else f"{100 * value:.2f}%"


def points(value: float | None) -> Text:
    """A margin of error."""
    return DASH if value is None else Label(f"±{100 * value:.2f} 个百分点", f"±{100 * value:.2f} points")


def results(survey: Survey, found: Sequence[Estimate]) -> Table:
    """Every question on a line of its own."""
    rows = []
    for n, (question, one) in enumerate(zip(survey.questions, found, strict=True)):
        why: Text = WHY[one.why] if one.why else ""
        few = one.why == "few"
        counted: Text = Label("不足 10", "under 10") if few and one.valid else f"{one.valid:,}"
        between = DASH if one.low is None else spanned(percent(one.low), percent(one.high))
        rows.append(
            Row(
                (
                    Cell(question.wording, sub=Label(
                        f"肯定：{survey.in_words(n).zh}", f"favourable: {survey.in_words(n).en}"
                    )),
                    counted,
                    DASH if few else f"{one.favourable:,}",
                    percent(one.plain),
                    Cell(percent(one.share), sub=why, strong=one.share is not None),
                    points(one.margin),
                    between,
                )
            )
        )  # fmt: skip
    return Table(
        Label("每一问的结果", "Results, question by question"),
        (
            Column(Label("问题", "Question"), phone="lead"),
            Column(Label("有效回答", "Valid answers"), numeric=True),
            Column(Label("其中肯定", "Favourable"), numeric=True),
            Column(Label("回答者中的比例", "Share of those who answered"), numeric=True),
            Column(Label("加权比例", "Weighted share"), numeric=True),
            Column(Label("抽样误差", "Margin of error"), numeric=True),
            Column(Label("95% 区间", "95% interval"), numeric=True),
        ),
        tuple(rows),
        (Label(f"{len(rows)} 问", many(len(rows), "question")),),
        id="results-list",
        hide_caption=True,
    )
