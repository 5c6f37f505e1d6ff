"""Surveys, question by question: the share of favourable answers of one question, with its sample."""

from typing import Final

from guitu.indicators import All, Indicator, Is, Present, Ratio, Sum
from guitu.kernel.labels import Label

QUESTIONS: Final = (
    ("safety", Label("群众安全感", "Feeling safe")),
    ("satisfaction", Label("群众满意度", "Satisfied")),
)
WAVES: Final = (
    ("before", Label("（此前）", " (before)")),
    ("after", Label("（此后）", " (after)")),
)


def _share(question: str, asked: Label, wave: str, when: Label) -> Indicator:
    of = All(Is("question", question), Is("wave", wave))
    return Indicator(
        key=f"survey.{question}_{wave}",
        label=Label(asked.zh + when.zh, asked.en + when.en),
        unit="percent",
        definition=Label(
            f"期间内的调查中，对“{asked.zh}”{when.zh}一问作肯定回答的占有效样本的比例；不与别的问题合并。",
            f"Of the valid answers to the question “{asked.en}”{when.en} in surveys of the period, the"
            f" share that"
            f" is favourable; never put together with another question.",
        ),
        value=Ratio(
            over=Sum(of="survey_result", field="favourable", where=of),
            under=Sum(of="survey_result", field="sample", where=of),
        ),
        breakdowns=("asked_by", "anonymous"),
        plausible=(0, 100),
    )


def _weighted(question: str, asked: Label) -> Indicator:
    of = All(Is("question", question), Present("estimated"))
    return Indicator(
        key=f"survey.{question}_weighted",
        label=Label(f"{asked.zh}（加权）", f"{asked.en} (weighted)"),
        unit="percent",
        definition=Label(
            f"期间内随机抽样或全体调查中，对“{asked.zh}”一问作肯定回答的比例，按抽样框各层人数加权；"
            "没有加权结果的调查不计；不与别的问题合并。",
            f"Of the question “{asked.en}” in surveys of the period that were drawn at random or asked"
            " everybody, the favourable share, weighted by the people of each stratum of the frame; surveys"
            " without a weighted result are left out; never put together with another question.",
        ),
        value=Ratio(
            over=Sum(of="survey_result", field="estimated", where=of),
            under=Sum(of="survey_result", field="population", where=of),
        ),
        breakdowns=("wave", "asked_by"),
        plausible=(0, 100),
        beside=(f"survey.{question}_after",),
    )


INDICATORS: Final = tuple(
    _share(question, asked, wave, when) for question, asked in QUESTIONS for wave, when in WAVES
) + tuple(_weighted(question, asked) for question, asked in QUESTIONS)
