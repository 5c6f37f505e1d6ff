"""Doses given of those that were recorded, and refusals. What was never recorded (a round that nobody held)
is no row and so in no figure: the round's own page shows it as missed."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="medical.doses",
        label=Label("发药次数", "Doses recorded"),
        unit="person_time",
        definition=Label(
            "期间内登记的发药次数，含拒服和暂缓。",
            "Doses recorded in the period, refused and held ones among them.",
        ),
        value=Events(of="dose"),
    ),
    Indicator(
        key="medical.doses_given_share",
        label=Label("按医嘱服药率", "Share of doses given"),
        unit="percent",
        definition=Label(
            "期间内登记的发药中已服的占比，拒服和暂缓计入分母。特别保密的药品不计。",
            "Of the doses recorded in the period, the share that was given; refused and held ones"
            " are in the denominator."
            " Restricted medicines are not counted.",
        ),
        value=Ratio(over=Events(of="dose", where=Is("outcome", "given")), under=Events(of="dose")),
        plausible=(0, 100),
    ),
    Indicator(
        key="medical.doses_refused",
        label=Label("拒服次数", "Doses refused"),
        unit="person_time",
        definition=Label("期间内拒服的次数。", "Doses refused in the period."),
        value=Events(of="dose", where=Is("outcome", "refused")),
        note=Label(
            "拒服是本人的权利，应当问明原因，不作处分依据。",
            "To refuse is a person’s right: ask why; it is no ground for a sanction.",
        ),
    ),
)
