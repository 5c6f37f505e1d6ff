"""Referrals to hospitals, and how many people are outside for treatment."""

from typing import Final

from guitu.indicators import Events, Indicator
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="medical.referrals",
        label=Label("转诊人次", "Referrals"),
        unit="person_time",
        definition=Label("期间内转诊的人次。", "Referrals in the period, each counted."),
        value=Events(of="referral_out"),
    ),
    Indicator(
        key="medical.leaves_begun",
        label=Label("所外就医人次", "Medical leaves begun"),
        unit="person_time",
        definition=Label("期间内开始所外就医的人次。", "Medical leaves begun in the period, each counted."),
        value=Events(of="medical_leave"),
        breakdowns=("sex", "age_band"),
        cites=("戒毒条例#31",),
    ),
)
