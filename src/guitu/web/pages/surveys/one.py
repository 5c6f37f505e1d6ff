"""One survey: whom it asks, how many answered, and, once it is closed, what every question came to. And the
questionnaire on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from guitu.kernel.labels import Label, many, spanned
from guitu.levels.surveys.estimate import Estimate, estimate, weights
from guitu.levels.surveys.questionnaire import CLOSED, Survey
from guitu.store.levels import surveys as kept
from guitu.store.levels.surveys import Counted
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.surveys import words
from guitu.web.pages.surveys.view import needed

SAVED = {
    "planned": Label("已保存。下一步：发答题码，或者印纸质问卷。", "Saved. Next: issue codes, or print it."),
    "closed": Label(
        "已结束，答题码作废，各问的结果已登记。",
        "Closed. Its codes are gone, and each question's result is recorded.",
    ),
    "sheet": Label("已录入一份纸质答卷。", "One paper questionnaire was entered."),
}


def opened(request: HttpRequest, survey: UUID) -> tuple[Area, Survey, Unit]:
    """The survey; 404 where it is not of the reader's area."""
    area = Area(request)
    found = kept.one(area.home, survey)
    if found is None:
        raise Http404(str(survey))
    return area, *found


@shows("surveys")
def one(request: HttpRequest, survey: UUID) -> HttpResponse:
    """The page."""
    area, found, unit = opened(request, survey)
    notices = tuple(Notice("fresh", text) for name, text in SAVED.items() if area.asked(name))
    return show(request, page(area, found, unit, notices=notices))


def page(
    area: Area,
    survey: Survey,
    unit: Unit,
    *,
    notices: tuple[Notice, ...] = (),
    summary: ErrorSummary | None = None,
    typed: str = "",
) -> Board:
    """The page of this survey for this reader."""
    counted = kept.counted(survey)
    may = area.may(CLOSED, unit) and survey.closed is None
    sections = [facts(survey, unit.name), frame(survey, counted)]
    if survey.closed:
        given = kept.patterns(survey)
        found = tuple(
            estimate(survey.strata, kept.tallies(survey, given, n), survey.method)
            for n in range(len(survey.questions))
        )
        sections += [came_to(survey, found), *_spread(survey, given, found)]
    else:
        sections.append(
            Section(
                "results",
                Label("结果", "Results"),
                empty=Empty(
                    Label(
                        "结束以后才显示：边收边看，会让人在合意的时候停下来。",
                        "Shown once it is closed: who watches the result come in stops when it pleases.",
                    )
                ),
            )
        )
        sections.append(asked(survey))
    if may:
        sections += acts(survey, area, typed)
    return Board(
        Label(f"{survey.title} · {unit.name}", f"{survey.title} · {unit.name}"),
        Label(
            f"{words.state(survey, area.today).zh} · 答卷 {sum(counted.answered):,} 份",
            f"{words.state(survey, area.today).en} · {many(sum(counted.answered), 'answer')}",
        ),
        tuple(sections),
        Crumbs((Crumb(words.TITLE, words.ROOT), Crumb(survey.title))),
        (Button(Label("纸质问卷", "On paper"), words.address(survey, "printed"), "small"),),
        notices,
        summary,
    )


def facts(survey: Survey, unit: str) -> Section:
    """Whom it asks and how."""
    people = sum(s.size for s in survey.strata)
    some = [
        Fact(Label("由谁调查", "Asked by"), unit),
        Fact(Label("第几次", "Which survey"), words.wave(survey)),
        Fact(Label("时间", "Days"), spanned(survey.opens, survey.closes)),
        Fact(
            Label("抽样框", "Frame"), Label(f"{survey.frame}，{people:,} 人", f"{survey.frame}, {people:,}")
        ),
        Fact(Label("怎样找到被调查的人", "How those asked are found"), words.method(survey)),
    ]
    if survey.method == "random" and not survey.closed:
        some.append(
            Fact(
                Label("要多少份", "How many are needed"),
                Label(
                    f"不分层的话，误差 ±3 个百分点要 {needed(survey):,} 份有效回答",
                    f"without strata, {needed(survey):,} valid answers for ±3 points",
                ),
            )
        )
    return Section("plan", Label("计划", "Plan"), facts=tuple(some))


def frame(survey: Survey, counted: Counted) -> Section:
    """The strata with how many answered."""
    answered = counted.answered
    weigh = weights(survey.strata, answered)
    rows = tuple(
        Row(
            (
                Cell(stratum.name, strong=True),
                f"{stratum.size:,}",
                f"{counted.issued[at]:,}" if not survey.closed else words.DASH,
                f"{counted.web[at]:,}",
                f"{counted.paper[at]:,}",
                words.share(answered[at], stratum.size),
                f"{weigh[at]:,.1f}" if weigh[at] else words.DASH,
            )
        )
        for at, stratum in enumerate(survey.strata)
    )
    table = Table(
        Label("各层的答卷", "Answers by stratum"),
        (
            Column(Label("层", "Stratum"), phone="lead"),
            Column(Label("人数", "People"), numeric=True),
            Column(Label("已发答题码", "Codes issued"), numeric=True),
            Column(Label("网上答卷", "On the web"), numeric=True),
            Column(Label("纸质答卷", "On paper"), numeric=True),
            Column(Label("占本层", "Of the stratum"), numeric=True),
            Column(Label("每份代表", "Each stands for"), numeric=True, unit=Label("人", "people")),
        ),
        rows,
        (Label(f"{len(rows)} 层", many(len(rows), "stratum", "strata")),),
        id="strata-list",
        hide_caption=True,
    )
    return Section("strata", Label("抽样框和答卷", "Frame and answers"), table)


def came_to(survey: Survey, found: tuple[Estimate, ...]) -> Section:
    """What every question came to."""
    says: list[Text] = [words.APART]
    if survey.method != "reached":
        says += [words.FORMULA, words.ASSUMED]
    return Section("results", Label("结果", "Results"), words.results(survey, found), says=tuple(says))


def _spread(survey: Survey, given: dict[tuple[int, str], int], found: tuple[Estimate, ...]) -> list[Section]:
    """How often each answer was given: of the questions of which enough is known."""
    sections = []
    for n, (question, one_) in enumerate(zip(survey.questions, found, strict=True)):
        if one_.why == "few":
            continue
        said = kept.answers_to(survey, given, n)
        total = sum(said.values())
        rows = tuple(
            Row((Cell(label), words.share(said[at], total)))
            for at, label in [*enumerate(question.scale.answers, 1), (0, words.SILENT)]
        )
        table = Table(
            question.wording,
            (
                Column(Label("回答", "Answer"), phone="lead"),
                Column(Label("占全部答卷", "Of all answers"), numeric=True),
            ),
            rows,
            id=f"answers-{n}",
            hide_caption=True,
        )
        sections.append(Section(f"question-{n}", question.wording, table))
    return sections


def asked(survey: Survey) -> Section:
    """The questions, before there are results."""
    rows = tuple(
        Row(
            (
                Cell(question.wording, strong=True),
                Label(
                    "、".join(a.zh for a in question.scale.answers),
                    ", ".join(a.en for a in question.scale.answers),
                ),
                survey.in_words(n),
            )
        )
        for n, question in enumerate(survey.questions)
    )
    table = Table(
        Label("问题", "Questions"),
        (
            Column(Label("问题", "Question"), phone="lead"),
            Column(Label("答案", "Answers")),
            Column(Label("算肯定", "Favourable")),
        ),
        rows,
        id="questions-list",
        hide_caption=True,
    )
    return Section("questions", Label("问题", "Questions"), table, says=(words.APART,))


def acts(survey: Survey, area: Area, typed: str) -> list[Section]:
    """What may be done with it now."""
    strata = Field(
        "stratum",
        Label("哪一层", "Which stratum"),
        "choice",
        "0" if len(survey.strata) == 1 else "",
        options=tuple(Option(str(at), s.name) for at, s in enumerate(survey.strata)),
    )
    count = Field("count", Label("发多少个", "How many"), "whole", typed, unit=Label("个", "codes"))
    how = Field(
        "how",
        Label("怎样拿", "How to take them"),
        "choice",
        "page",
        options=(
            Option("page", Label("显示在页面上打印", "On a page, to print")),
            Option("csv", Label("下载 CSV", "As a CSV file")),
        ),
    )
    codes = Ask(
        words.address(survey, "codes"), (strata, count, how), Button(Label("发答题码", "Issue codes")),
        says=Label(
            f"每码只答一次，凭码打开 {words.ANSWER} 作答。答题码只显示这一次，系统只留摘要；"
            "答卷不记是哪个码答的。发给抽中的人时，不要登记谁拿了哪个码。",
            f"A code answers once, at {words.ANSWER}. Codes are shown this once: only digests are"
            " kept, and an"
            " answer does not say which code gave it. Do not note down who was given which.",
        ),
    )  # fmt: skip
    ending = Ask(
        words.address(survey, "close"), (), Button(Label("结束调查并登记结果", "Close and record results")),
        hidden=(("id", str(area.new_id())),),
        says=Label(
            "结束后不再收答卷，没用的答题码作废，每一问的结果各登记一条。不能再打开。",
            "No more answers are taken, unused codes are void, and each question's result becomes an entry of"
            " its own. It cannot be opened again.",
        ),
    )  # fmt: skip
    paper = Button(Label("录入纸质答卷", "Enter a paper one"), words.address(survey, "paper"))
    return [
        Section("codes", Label("答题码", "Codes"), ask=codes, on_paper=False),
        Section("paper", Label("纸质答卷", "Paper"), buttons=(paper,), on_paper=False,
                says=(Label("按纸上印的编号录入，同一编号不会录两遍。",
                            "Entered by the number printed on it; no number is entered twice."),)),
        Section("close", Label("结束", "Close"), ask=ending, on_paper=False),
    ]  # fmt: skip


@shows("surveys")
def printed(request: HttpRequest, survey: UUID) -> HttpResponse:
    """The questionnaire on paper."""
    _, found, unit = opened(request, survey)
    return show(request, paper_of(found, unit.name))


@dataclass(frozen=True, slots=True)
class Paper:
    """A blank questionnaire: what is said on top, and each question with the answers to tick."""

    TEMPLATE: ClassVar = "paper"

    title: Text
    lead: Text
    crumbs: Crumbs
    press: Button
    says: tuple[Text, ...]
    strata: tuple[str, ...]
    questions: tuple[tuple[Label, tuple[Label, ...]], ...]
    number: Label = Label("编号", "Number")  # noqa: RUF009 - Label is frozen
    stratum: Label = Label("层", "Stratum")  # noqa: RUF009 - Label is frozen


def paper_of(survey: Survey, unit: str) -> Paper:
    """A blank questionnaire of this survey."""
    return Paper(
        survey.title,
        Label(
            f"{unit}。{survey.opens} 至 {survey.closes}。不记名。",
            f"{unit}. {survey.opens} to {survey.closes}. Anonymous.",
        ),
        Crumbs(
            (
                Crumb(words.TITLE, words.ROOT),
                Crumb(survey.title, words.address(survey)),
                Crumb(Label("纸质问卷", "On paper")),
            )
        ),
        Button(Label("打印", "Print"), extra={"data-print": True, "type": "button"}),
        (
            Label(
                "不用写姓名。每一问在一个方框里打勾；不想回答的，勾最后一项。",
                "Write no name. Tick one box for each question; if you would rather not answer, the last.",
            ),
        ),
        tuple(stratum.name for stratum in survey.strata),
        tuple(
            (
                Label(f"{n}．{question.wording.zh}", f"{n}. {question.wording.en}"),
                (*question.scale.answers, words.SILENT),
            )
            for n, question in enumerate(survey.questions, 1)
        ),
    )
