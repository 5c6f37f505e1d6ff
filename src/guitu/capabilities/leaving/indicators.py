"""Whether whoever leaves has everything with them on that day. What is made out later does not count."""

from typing import Final

from guitu.indicators import All, Events, Exists, Indicator, Is, Present, Ratio
from guitu.kernel.labels import Label

LEFT: Final = All(Is("measure", "compulsory_isolation"), Present("left_on"))
"""Rows of `measures` for people who have left a centre for good; the day is `left_on`."""
BEFORE: Final = 90
"""Days before the release from which a paper or a return belongs to it."""

COMPLETE: Final = All(
    LEFT,
    Exists(of="paper_made", where=Is("paper", "certificate"), least=-BEFORE, most=0),
    Exists(of="belongings_returned", where=Is("complete", "yes"), least=-BEFORE, most=0),
    Exists(of="handover_sent", least=-BEFORE, most=0),
)

INDICATORS: Final = (
    Indicator(
        key="leaving.complete_rate",
        label=Label("出所材料齐全率", "Complete package on release"),
        unit="percent",
        definition=Label(
            "期间内出所的人次中，出所当日已出具证明书、已全部返还代管物品、已发出移交的占比。",
            "Of the releases in the period, the share for whom, on that day, the certificate was made out,"
            " everything kept was returned, and the hand-over was sent.",
        ),
        value=Ratio(
            over=Events(of="measures", where=COMPLETE, day="left_on"),
            under=Events(of="measures", where=LEFT, day="left_on"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("戒毒条例#34",),
        note=Label(
            "入所时没有代管物品的，也要登记返还（没有可返还的）才算齐全。",
            "Who had nothing kept counts once the return is recorded as complete.",
        ),
    ),
    Indicator(
        key="leaving.papers",
        label=Label("出具文书", "Papers made out"),
        unit="entry",
        definition=Label("期间内出具的出所文书。", "Papers of releases made out in the period."),
        value=Events(of="paper_made"),
        breakdowns=("paper",),
    ),
)
