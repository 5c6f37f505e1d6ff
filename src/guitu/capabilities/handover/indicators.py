"""Whether whoever leaves is handed over: accepted by the receiver, in time and complete. Sent is not done."""

from typing import Final

from guitu.indicators import All, Events, Exists, Indicator, Is, Median, Present, Ratio, Rows
from guitu.kernel.labels import Label

LEFT_CUSTODY: Final = All(Is("measure", "compulsory_isolation"), Present("left_on"))
"""Rows of `measures` for people who have left a centre for good; the day is `left_on`."""
WITHIN: Final = 3
"""Days after the release by which a complete hand-over must be accepted."""
BEFORE: Final = 90
"""Days before the release from which an acceptance belongs to it."""

COMPLETE: Final = Exists(of="handover_accepted", where=Is("complete", "yes"), least=-BEFORE, most=WITHIN)

INDICATORS: Final = (
    Indicator(
        key="handover.acknowledged_rate",
        label=Label("出所对接率", "Hand-over rate"),
        unit="percent",
        definition=Label(
            "期间内出所的人次中，接收单位至出所后三日内已接收且材料齐全的占比；只移交未接收的不算。",
            "Of the releases from a centre in the period, the share that the receiver had accepted, with a"
            " complete package, within three days after; sent is not accepted.",
        ),
        value=Ratio(
            over=Events(of="measures", where=All(LEFT_CUSTODY, COMPLETE), day="left_on"),
            under=Events(of="measures", where=LEFT_CUSTODY, day="left_on"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#34",),
        where_counted="home",
        note=Label(
            "出所时尚未移交的，计在场所，不计在家乡；三日是本指标的口径，法律没有规定天数。",
            "Who had not been handed over when leaving counts at the centre and not at home; three days"
            " is this"
            " indicator's own term, the law gives none.",
        ),
    ),
    Indicator(
        key="handover.sent",
        label=Label("移交", "Handed over"),
        unit="entry",
        definition=Label("期间内发出的移交。", "Hand-overs sent in the period."),
        value=Events(of="handover_sent"),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="handover.accepted",
        label=Label("接收", "Accepted"),
        unit="entry",
        definition=Label("期间内接收的移交。", "Hand-overs accepted in the period."),
        value=Events(of="handover_accepted"),
        breakdowns=("sex", "age_band", "complete"),
    ),
    Indicator(
        key="handover.accepted_in_3_days_rate",
        label=Label("移交三日内接收率", "Accepted within three days"),
        unit="percent",
        definition=Label(
            "期间内发出的移交中，三日内被接收的占比。",
            "Of the hand-overs sent in the period, the share accepted within three days.",
        ),
        value=Ratio(
            over=Events(of="handover_sent", where=Exists(of="handover_accepted", least=0, most=WITHIN)),
            under=Events(of="handover_sent"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
    ),
    Indicator(
        key="handover.days_to_accept",
        label=Label("移交至接收天数中位数", "Median days until accepted"),
        unit="day",
        definition=Label(
            "期间内发出的移交，到接收为止的天数的中位数；尚未接收的另列。",
            "The median days until hand-overs sent in the period were accepted; those not yet accepted"
            " are shown"
            " apart.",
        ),
        value=Median(of="handover_sent", then=Rows(of="handover_accepted")),
        plausible=(0, 365),
    ),
)
