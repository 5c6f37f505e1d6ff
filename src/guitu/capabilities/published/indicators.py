"""Figures that others published: shown as printed, with what contradicts them. None is ever counted from
persons."""

from typing import Final

from guitu.capabilities.published.entries import SERIES
from guitu.indicators import Indicator, Published
from guitu.kernel.labels import Label

UNITS: Final = {
    "registered.rate": ("permille", (0, 15)),
    "registered.total": ("person", (0, None)),
    "registered.total_change": ("percent", (-100, 200)),
    "registered.new": ("person", (0, None)),
    "registered.new_change": ("percent", (-100, 200)),
    "police.cases": ("case", (0, None)),
    "police.suspects": ("person", (0, None)),
    "police.seized_kg": ("kg", (0, None)),
    "police.money": ("yuan", (0, None)),
    "police.venues_closed": ("venue", (0, None)),
    "police.dens": ("event", (0, None)),
    "police.users_found": ("person", (0, None)),
    "police.criminal_cases_change": ("percent", (-100, 200)),
    "police.order_cases_change": ("percent", (-100, 200)),
    "police.theft_cases_change": ("percent", (-100, 200)),
}
"""The unit of each series and what is plausible. Above 15‰ a rate was most likely printed in per cent."""


def _bare(label: Label) -> Label:
    """The label without the unit that the form shows with it."""
    return Label(label.zh.rpartition("（")[0], label.en.rpartition(" (")[0])


INDICATORS: Final = tuple(
    Indicator(
        key=choice.value,
        label=_bare(choice.label),
        unit=UNITS[choice.value][0],
        definition=Label(
            f"有关部门公布的“{_bare(choice.label).zh}”，照原文录入，不从个人记录计算；两处不一致的并列。",
            f"“{_bare(choice.label).en}” as published by others: entered as printed, never counted from"
            f" persons;"
            f" prints that differ stand side by side.",
        ),
        value=Published(series=choice.value),
        plausible=UNITS[choice.value][1],
        imported=True,
    )
    for choice in SERIES
)
