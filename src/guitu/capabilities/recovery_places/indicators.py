"""Who left recovery places, and by whose will. That people leave is no failure: that nobody ever does would
be one."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="recovery_place.left",
        label=Label("离开康复场所人次", "Left a recovery place"),
        unit="person_time",
        definition=Label(
            "期间内离开戒毒康复场所的人次，按怎样离开分。",
            "Times somebody left a recovery place in the period, by how.",
        ),
        value=Events(of="recovery_place_left"),
        breakdowns=("sex", "age_band", "how"),
        cites=("禁毒法#49", "戒毒条例#41"),
    ),
    Indicator(
        key="recovery_place.own_wish_rate",
        label=Label("按本人意愿离开占比", "Left by their own wish"),
        unit="percent",
        definition=Label(
            "期间内离开康复场所的人次中，本人要离开或者找到工作的占比。",
            "Of the times somebody left in the period, the share by own wish or because work was found.",
        ),
        value=Ratio(
            over=Events(of="recovery_place_left", where=Is("how", "own_wish", "work_found")),
            under=Events(of="recovery_place_left"),
        ),
        plausible=(0, 100),
        cites=("禁毒法#49", "戒毒条例#41"),
    ),
)
