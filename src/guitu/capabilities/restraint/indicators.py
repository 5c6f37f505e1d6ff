"""Restraints and the minutes they lasted: a figure to be looked at, not to be praised for being zero."""

from typing import Final

from guitu.indicators import Events, Indicator, People, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="restraint.episodes",
        label=Label("保护性约束次数", "Restraints"),
        unit="event",
        definition=Label("期间内开始的保护性约束次数。", "Protective restraints begun in the period."),
        value=Events(of="restraint"),
        breakdowns=("sex", "age_band"),
        cites=("禁毒法#44", "司法行政机关强制隔离戒毒工作规定#40"),
    ),
    Indicator(
        key="restraint.people",
        label=Label("被约束人数", "Persons restrained"),
        unit="person",
        definition=Label(
            "期间内被保护性约束的人数，同一人只计一次。", "Persons restrained in the period, each once."
        ),
        value=People(of="restraint"),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="restraint.minutes",
        label=Label("保护性约束总时长", "Minutes of restraint"),
        unit="minute",
        definition=Label(
            "期间内解除的保护性约束的时长之和。",
            "The minutes of the restraints that ended in the period, together.",
        ),
        value=Sum(of="restraint_end", field="minutes"),
    ),
)
