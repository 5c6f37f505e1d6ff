"""How often doctors saw people, and how many were seen."""

from typing import Final

from guitu.indicators import Events, Indicator, People
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="medical.encounters",
        label=Label("诊疗人次", "Encounters"),
        unit="person_time",
        definition=Label("期间内医生诊疗的人次。", "Encounters with a doctor in the period, each counted."),
        value=Events(of="encounter"),
        breakdowns=("sex", "age_band", "form"),
        cites=("禁毒法#45",),
    ),
    Indicator(
        key="medical.people_seen",
        label=Label("诊疗人数", "Persons seen by a doctor"),
        unit="person",
        definition=Label(
            "期间内医生诊疗过的人数，同一人只计一次。", "Persons seen by a doctor in the period, each once."
        ),
        value=People(of="encounter"),
        breakdowns=("sex", "age_band"),
    ),
)
