"""Meetings held."""

from typing import Final

from guitu.indicators import Events, Indicator
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="dispatch.meetings",
        label=Label("调度会议", "Meetings held"),
        unit="event",
        definition=Label(
            "期间内召开的月调度、季小结、年总结和安全研判会议。",
            "Monthly, quarterly, yearly and risk meetings held in the period.",
        ),
        value=Events(of="meeting"),
        breakdowns=("sort",),
    ),
)
