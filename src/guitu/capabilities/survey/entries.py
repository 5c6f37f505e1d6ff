"""A survey as it was planned, its end, and what one question of it came to. Two questions are two entries:
what people feel about safety and whether they are satisfied are never one figure."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label
from guitu.levels.surveys.questionnaire import CLOSED, PLANNED, TOPICS, check_questions, check_strata

ASKS: Final = ("statistician", "county_supervisor", "provincial_supervisor")

WAVES: Final = (
    Choice("before", Label("整治以前", "Before the campaign")),
    Choice("after", Label("整治以后", "After the campaign")),
    Choice("regular", Label("例行", "Regular")),
)
ASKED_BY: Final = (
    Choice("own", Label("本单位", "The unit itself")),
    Choice("statistics", Label("统计部门", "The statistical office")),
    Choice("third_party", Label("第三方", "A third party")),
)
METHODS: Final = (
    Choice("random", Label("从抽样框随机抽取", "Drawn at random from the frame")),
    Choice("everyone", Label("抽样框里的全体", "Everybody of the frame")),
    Choice("reached", Label("能找到谁就问谁（不是随机）", "Whoever could be reached (not at random)")),
)


def _people(name: str, label: Label, least: int, *, required: bool = True) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=least, most=100_000_000,
        required=required,
    )  # fmt: skip


def _points(name: str, label: Label, unit: Label) -> Ask:
    return Ask(name=name, label=label, type="decimal", unit=unit, least=0, most=100, places=2)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 asked less; what it asked means the same."""
    return fields


_PERCENT: Final = Label("%", "%")
_WAVE: Final = Ask(
    name="wave", label=Label("第几次", "Which survey"), type="choice", required=True, choices=WAVES
)
_ASKED_BY: Final = Ask(name="asked_by", label=Label("由谁调查", "Asked by"), type="choice", choices=ASKED_BY)

KINDS: Final = (
    Kind(
        name=PLANNED,
        label=Label("问卷调查计划", "Survey planned"),
        about="unit",
        compartment=WORK,
        recorded_by=ASKS,
        own_page=True,
        day=Label("开始日期", "First day"),
        summary=Label("问卷调查：{title}", "Survey: {title}"),
        fields=(
            Ask(name="title", label=Label("名称", "Name"), required=True),
            _WAVE,
            Ask(name="closes", label=Label("截止日期", "Last day"), type="day", required=True),
            Ask(
                name="method",
                label=Label("怎样找到被调查的人", "How those asked are found"),
                type="choice",
                required=True,
                choices=METHODS,
            ),
            Ask(
                name="frame",
                label=Label("抽样框从何而来", "Where the frame comes from"),
                required=True,
                help=Label(
                    "如“2025年末常住人口户册”。名册本身不录入。",
                    "Such as “household register, end of 2025”. The register itself is not entered.",
                ),
            ),
            Ask(
                name="strata",
                label=Label("各层及人数", "Strata and how many people"),
                type="long_text",
                required=True,
                check=check_strata,
                help=Label(
                    "每行一层：名称，人数。不分层的写一行。",
                    "One a line: name, number of people. One line where there are no strata.",
                ),
            ),
            Ask(
                name="favourable",
                label=Label("五档中前几档算肯定", "How many of the first of five answers are favourable"),
                type="choice",
                required=True,
                choices=(
                    Choice("2", Label("前两档", "The first two")),
                    Choice("3", Label("前三档（“一般”也算）", "The first three, the middle among them")),
                ),
            ),
            Ask(
                name="questions",
                label=Label("问题", "Questions"),
                type="long_text",
                required=True,
                check=check_questions,
            ),
            _ASKED_BY,
        ),
    ),
    Kind(
        name=CLOSED,
        label=Label("问卷调查结束", "Survey closed"),
        about="unit",
        compartment=WORK,
        recorded_by=ASKS,
        own_page=True,
        answers="survey",
        day=Label("结束日期", "Day it was closed"),
        summary=Label("问卷调查结束：收到 {answered} 份", "Survey closed: {answered} answers"),
        fields=(
            Ask(name="survey", label=Label("哪次调查", "Which survey"), required=True, internal=True),
            _people("issued", Label("发出", "Sent out"), 0),
            _people("answered", Label("收到", "Received"), 0),
        ),
    ),
    Kind(
        name="survey_result",
        version=2,
        upgrade=_as_it_was,
        label=Label("民意调查结果", "Survey result"),
        about="unit",
        compartment=WORK,
        recorded_by=ASKS,
        day=Label("调查结束日期", "Last day of the survey"),
        summary=Label(
            "{question}：{sample} 人中 {favourable} 人肯定", "{question}: {favourable} of {sample}"
        ),
        fields=(
            Ask(
                name="question",
                label=Label("问题", "Question"),
                type="choice",
                required=True,
                choices=tuple(Choice(name, label) for name, label in TOPICS.items()),
            ),
            _WAVE,
            _people("sample", Label("有效样本", "Valid answers"), 1),
            _people("favourable", Label("作肯定回答", "Favourable answers"), 0),
            _ASKED_BY,
            Ask(name="anonymous", label=Label("是否匿名", "Anonymous"), type="choice", choices=YES_NO),
            Ask(name="wording", label=Label("问题原文", "The question as asked")),
            Ask(
                name="method", label=Label("怎样找到被调查的人", "How those asked were found"), type="choice",
                choices=METHODS,
            ),
            _people("population", Label("抽样框人数", "People in the frame"), 1, required=False),
            _points("share", Label("加权比例", "Weighted share"), _PERCENT),
            _people(
                "estimated",
                Label("推及全体的肯定人数", "Favourable in the whole frame, estimated"),
                0,
                required=False,
            ),
            _points(
                "margin",
                Label("抽样误差（95%）", "Margin of error (95%)"),
                Label("个百分点", "points"),
            ),
            Ask(name="survey", label=Label("哪次调查", "Which survey"), internal=True),
        ),
    ),
)  # fmt: skip
