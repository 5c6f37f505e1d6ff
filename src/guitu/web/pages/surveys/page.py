"""Who is asked what, how many have answered, and what can be said of everybody? The pages have the shapes of
`guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from guitu.kernel.labels import Label, spanned
from guitu.levels.surveys.estimate import Tally, estimate
from guitu.levels.surveys.questionnaire import SCALES, Question, Stratum, Survey
from guitu.store.levels.surveys import Counted
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.shown import Board, Form, Section
from guitu.web.pages.surveys import answering, keeping, one, view, words

__all__ = ["STATES", "Board", "Form"]

_ID: Final = "0193a000-0000-7000-8000-000000000001"


def example() -> Survey:
    """A survey of a fictional county."""
    safety, satisfied = SCALES["safety"], SCALES["satisfaction"]
    assert safety.wording
    assert satisfied.wording
    return Survey(
        id=_ID,
        unit="469023",
        title="2026 年禁毒工作群众调查",
        wave="regular",
        method="random",
        favourable=2,
        frame="示例：2025 年末户册",
        opens=date(2026, 11, 1),
        closes=date(2026, 12, 15),
        strata=(Stratum("县城", 42_000), Stratum("乡镇", 88_000)),
        questions=(Question(safety, safety.wording), Question(satisfied, satisfied.wording)),
    )


_COUNTED: Final = Counted((600, 800), (402, 511), (402, 511), (60, 148))


def _sections(survey: Survey) -> tuple[Section, ...]:
    return one.facts(survey, "示例县"), one.frame(survey, _COUNTED), one.asked(survey)


def _running() -> Board:
    survey = example()
    return Board(
        Label(f"{survey.title} · 示例县", f"{survey.title} · 示例县"),
        Label("正在收答卷 · 答卷 1,121 份", "taking answers · 1,121 answers"),
        _sections(survey),
        Crumbs((Crumb(words.TITLE, "#"), Crumb(survey.title))),
        (Button(Label("纸质问卷", "On paper"), "#", "small"),),
        (Notice("fresh", one.SAVED["planned"]),),
    )


def _closed() -> Board:
    survey = replace(example(), closed=date(2026, 12, 16))
    found = (
        estimate(survey.strata, (Tally(455, 431), Tally(640, 589)), "random"),
        estimate(survey.strata, (Tally(448, 402), Tally(633, 580)), "random"),
    )
    return Board(
        Label(f"{survey.title} · 示例县", f"{survey.title} · 示例县"),
        Label("2026-12-16 结束 · 答卷 1,121 份", "closed 2026-12-16 · 1,121 answers"),
        (*_sections(survey)[:2], one.came_to(survey, found)),
        Crumbs((Crumb(words.TITLE, "#"), Crumb(survey.title))),
    )


def _few() -> Board:
    survey = replace(example(), closed=date(2026, 12, 16))
    found = (
        estimate(survey.strata, (Tally(5, 4), Tally(2, 2)), "random"),
        estimate(survey.strata, (Tally(30, 27), Tally(0, 0)), "random"),
    )
    return Board(
        survey.title, Label("答卷很少", "Few answers"), (one.came_to(survey, found),),
        Crumbs((Crumb(words.TITLE, "#"), Crumb(survey.title))),
    )  # fmt: skip


def _list() -> Board:
    survey = example()
    table = Table(
        Label("调查", "Surveys"),
        (
            Column(Label("名称", "Name"), phone="lead"),
            Column(Label("由谁调查", "Asked by")),
            Column(Label("时间", "Days")),
            Column(Label("答卷", "Answers"), numeric=True),
            Column(Label("进展", "How far")),
        ),
        (
            Row(
                (
                    Cell(survey.title, "#", sub=Label("例行", "Regular")),
                    "示例县",
                    spanned("2026-11-01", "2026-12-15"),
                    "1,121",
                    Label("正在收答卷", "taking answers"),
                )
            ),
        ),
        (Label("1 次", "1 survey"),),
        id="surveys",
    )
    return Board(
        Label("问卷调查 · 示例县", "Surveys · 示例县"),
        Label("正在收答卷的 1 次", "1 taking answers"),
        (Section("all", Label("全部", "All"), table),),
        buttons=(Button(Label("新建调查", "Plan a survey"), "#", "primary"),),
    )


def _none() -> Board:
    empty = Empty(
        Label(
            "还没有调查。由统计员、县级或者省级主管新建：写明抽样框、各层人数和问题。",
            "There is no survey yet. A statistician, a county or the province plans one: its"
            " frame, the people"
            " of each stratum, the questions.",
        )
    )
    return Board(
        Label("问卷调查 · 示例县", "Surveys · 示例县"),
        Label("正在收答卷的 0 次", "0 taking answers"),
        (Section("all", Label("全部", "All"), empty=empty),),
    )


def _joined() -> Form:
    typed = view.first(date(2026, 11, 23)) | {"title": "示例", "q1_zh": "您对治安的安全感、满意度如何？"}
    _, _, faults = view.read(typed, date(2026, 11, 23))
    return view.form_of(Label("示例县", "示例县"), typed, faults, _ID)


STATES: Final = (
    State("list", Label("全部调查", "All surveys"), _list),
    State("none", Label("还没有", "None yet"), _none),
    State("new", Label("新建", "A new one"),
          lambda: view.form_of(Label("示例县", "示例县"), view.first(date(2026, 11, 23)), {}, _ID)),
    State("joined", Label("两问合成一问", "Two questions in one"), _joined),
    State("running", Label("正在收答卷", "Taking answers"), _running),
    State("closed", Label("已结束", "Closed"), _closed),
    State("few", Label("答卷太少", "Too few answers"), _few),
    State("paper", Label("录纸质答卷", "Typing paper in"),
          lambda: keeping.paper_form(example(), "示例县", {}, {})),
    State("printed", Label("纸质问卷", "On paper"), lambda: one.paper_of(example(), "示例县")),
    State("codes", Label("答题码", "Codes"),
          lambda: keeping.codes_page(example(), "县城", ("ABCD-EFGH-JKMN-PQRS", "2345-6789-ABCD-EFGH"))),
    State("code", Label("输入答题码", "Typing a code"), answering.code_form),
    State("used", Label("答题码用过", "A used code"),
          lambda: answering.code_form("ABCD", Label("这个答题码已经用过，每码只答一次。",
                                                    "this code was used: each answers once."))),
    State("questions", Label("作答", "Answering"),
          lambda: answering.questions(example(), "示例县", "X", {}, {})),
    State("thanks", Label("交卷", "Answered"), lambda: answering.thanks(example())),
)  # fmt: skip
