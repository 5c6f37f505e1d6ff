"""How assessments go: in time, signed by two, objected to, and what came of it."""

from __future__ import annotations

from typing import Final

from guitu.indicators import All, Events, Indicator, Is, Ratio, Within
from guitu.kernel.labels import Label

BEFORE_EXPIRY: Final = Is("name", "assess_before_expiry")

INDICATORS: Final = (
    Indicator(
        key="assessments.before_expiry_rate",
        label=Label("期满前诊断评估按期率", "Assessed before expiry"),
        unit="percent",
        definition=Label(
            "最迟日期在期间内的期满前诊断评估中，按期作出的比例；免办的（提前离所、死亡）不计。",
            "Of the assessments before expiry whose last day lay in the period, the share made by then; those"
            " waived (left earlier, died) are left out.",
        ),
        value=Ratio(
            over=Events(of="duties", where=All(BEFORE_EXPIRY, Within("done_on", "due", least=0)), day="due"),
            under=Events(
                of="duties", where=All(BEFORE_EXPIRY, Is("state", "open", "overdue", "done")), day="due"
            ),
        ),
        plausible=(0, 100),
        cites=("禁毒法#47",),
    ),
    Indicator(
        key="assessments.made",
        label=Label("诊断评估", "Assessments"),
        unit="event",
        definition=Label("期间内作出的诊断评估。", "Assessments made in the period."),
        value=Events(of="assessment"),
        breakdowns=("stage",),
        cites=("戒毒条例#35",),
    ),
    Indicator(
        key="assessments.signed",
        label=Label("两人签字的评估表", "Sheets with two signatures"),
        unit="event",
        definition=Label(
            "期间内由两人签同一内容的诊断评估表；从纸质补录的评估没有评估表。",
            "Sheets of the period that two signed in the same words; assessments taken over from paper have"
            " none.",
        ),
        value=Events(of="assessment_sheet"),
        breakdowns=("stage",),
        cites=("戒毒条例#45",),
    ),
    Indicator(
        key="assessments.objections",
        label=Label("对评估的异议", "Objections to assessments"),
        unit="event",
        definition=Label("期间内本人提出的异议。", "Objections raised in the period."),
        value=Events(of="assessment_objection"),
    ),
    Indicator(
        key="assessments.rechecks",
        label=Label("异议复核", "Re-checks"),
        unit="event",
        definition=Label(
            "期间内由原评估以外的人作出的异议复核，按结果分列。",
            "Re-checks of the period by others than the first panel, by outcome.",
        ),
        value=Events(of="assessment_recheck"),
        breakdowns=("outcome",),
    ),
    Indicator(
        key="assessments.changed_rate",
        label=Label("异议复核改变率", "Re-checks that changed the assessment"),
        unit="percent",
        definition=Label(
            "期间内的异议复核中，改变原评估的比例。高低都不说明好坏，只供查看。",
            "Of the re-checks of the period, the share that changed the assessment. Neither high nor low is"
            " good by itself.",
        ),
        value=Ratio(
            over=Events(of="assessment_recheck", where=Is("outcome", "changed")),
            under=Events(of="assessment_recheck"),
        ),
        plausible=(0, 100),
    ),
)
