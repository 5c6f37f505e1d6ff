"""Meetings held, tasks decided and closed."""

from typing import Final

from guitu.indicators import Events, Indicator, Is
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
    Indicator(
        key="dispatch.tasks_decided",
        label=Label("议定事项", "Tasks decided"),
        unit="event",
        definition=Label(
            "期间内议定的事项数，计在议定的单位。",
            "Tasks decided in the period, counted where they were decided.",
        ),
        value=Events(of="action_decided"),
    ),
    Indicator(
        key="dispatch.tasks_closed",
        label=Label("办结事项", "Tasks closed as done"),
        unit="event",
        definition=Label(
            "期间内以“已办结”了结的议定事项数；不再办理的不计。",
            "Tasks closed as done in the period; those no longer pursued are not counted.",
        ),
        value=Events(of="action_closed", where=Is("outcome", "done")),
        note=Label(
            "与“议定事项”不是同一批事项，两数不相除。",
            "Not the same tasks as those decided in the period: the two are not divided.",
        ),
    ),
)
