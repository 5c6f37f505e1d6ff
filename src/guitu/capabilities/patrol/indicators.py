"""Rounds walked of those planned, and checkpoints reached of those on the way."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="patrol.rounds_held",
        label=Label("巡查率", "Rounds walked of those due"),
        unit="percent",
        definition=Label(
            "期间内按计划巡查的次数，除以应巡次数；漏掉的一次在下一次登记时计入应巡。",
            "Planned rounds walked in the period, divided by those due; one left out counts as due with the"
            " next that is recorded.",
        ),
        value=Ratio(
            over=Events(of="patrol_round", where=Is("planned", "yes")),
            under=Sum(of="patrol_round", field="due"),
        ),
        plausible=(0, 100),
    ),
    Indicator(
        key="patrol.points_reached",
        label=Label("到点率", "Checkpoints reached"),
        unit="percent",
        definition=Label(
            "期间内各次巡查已到的巡查点，除以应到的。手输巡查码的也计。",
            "Checkpoints reached in the rounds of the period, divided by those on the way; codes typed by"
            " hand among them.",
        ),
        value=Ratio(
            over=Sum(of="patrol_round", field="visited"), under=Sum(of="patrol_round", field="points")
        ),
        plausible=(0, 100),
    ),
)
