"""Help that was given: services, work, places to live and work."""

from typing import Final

from guitu.indicators import Events, Exists, Indicator, Is, Not, People, Ratio, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="support.services",
        label=Label("帮扶服务", "Services given"),
        unit="person_time",
        definition=Label("期间内帮扶服务的人次。", "Services given in the period, each counted."),
        value=Events(of="service"),
        breakdowns=("sex", "age_band", "line"),
        cites=("戒毒条例#18",),
    ),
    Indicator(
        key="support.persons",
        label=Label("受帮扶的人数", "Persons served"),
        unit="person",
        definition=Label(
            "期间内得到帮扶服务的人数，同一人只计一次。",
            "Persons who were given a service in the period, each once.",
        ),
        value=People(of="service"),
        breakdowns=("sex", "age_band", "line"),
    ),
    Indicator(
        key="support.jobs",
        label=Label("帮扶就业", "Helped into work"),
        unit="person",
        definition=Label(
            "期间内经帮扶上岗的人数，同一人换几次工作只计一次。",
            "Persons who were helped into work in the period, each once however often they changed it.",
        ),
        value=People(of="job_placement"),
        breakdowns=("sex", "age_band", "how"),
        cites=("戒毒条例#18",),
        note=Label(
            "在戒毒康复场所工作的也计在内，不能再与入住人数相加。",
            "Work in a recovery place is included: do not add those who moved in.",
        ),
    ),
    Indicator(
        key="support.jobs_held",
        label=Label("帮扶就业在岗", "Still at that work"),
        unit="person",
        definition=Label(
            "期末仍在帮扶所得岗位上的人数。",
            "Persons still at work they were helped into, at the end of the period.",
        ),
        value=Stock(of="job_placement", since="day", until="left_on"),
        breakdowns=("sex", "age_band", "how"),
    ),
    Indicator(
        key="recovery_place.residents",
        label=Label("康复场所接收人员", "Persons taken by recovery places"),
        unit="person",
        definition=Label(
            "期间内自愿签订协议入住戒毒康复场所的人数，同一人只计一次。",
            "Persons who moved into a recovery place by a voluntary contract in the period, each once.",
        ),
        value=People(of="recovery_place_stay", where=Is("voluntary", "yes")),
        breakdowns=("sex", "age_band"),
        cites=("禁毒法#49",),
    ),
    Indicator(
        key="recovery_place.present",
        label=Label("康复场所在住", "Living in recovery places"),
        unit="person",
        definition=Label(
            "期末住在戒毒康复场所的人数。", "Persons living in a recovery place at the end of the period."
        ),
        value=Stock(
            of="recovery_place_stay",
            where=Not(Exists(of="recovery_place_left", most=0)),
            since="day",
            until="left_on",
        ),
        breakdowns=("sex", "age_band", "voluntary"),
        note=Label(
            "离开后又再入住的人不在其中；逐人的在住情况在帮扶页上。",
            "Who left and came back is not in it; person by person it stands on the pages of help.",
        ),
    ),
    Indicator(
        key="recovery_place.voluntary_rate",
        label=Label("自愿入住占比", "Moved in voluntarily"),
        unit="percent",
        definition=Label(
            "期间内入住戒毒康复场所的人次中，本人自愿签订协议的占比。",
            "Of the stays in a recovery place that began in the period, the share by a voluntary contract.",
        ),
        value=Ratio(
            over=Events(of="recovery_place_stay", where=Is("voluntary", "yes")),
            under=Events(of="recovery_place_stay"),
        ),
        plausible=(0, 100),
        cites=("禁毒法#49", "戒毒条例#41"),
    ),
)
