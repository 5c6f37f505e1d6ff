"""Closed duty: batches, and person-times of officers."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="closed_duty.batches",
        label=Label("封闭执勤批次", "Batches on closed duty"),
        unit="batch",
        definition=Label(
            "期间内开始封闭执勤的批次；隔离备勤和居家备勤的不计。",
            "Batches that began closed duty in the period; isolation and standby are left out.",
        ),
        value=Events(of="closed_duty", where=Is("phase", "duty")),
    ),
    Indicator(
        key="closed_duty.person_times",
        label=Label("封闭执勤人次", "Person-times on closed duty"),
        unit="person_time",
        definition=Label(
            "期间内开始封闭执勤各批的人次合计，同一人参加几批计几次。",
            "Officers of the batches that began closed duty in the period; who served in two is counted"
            " twice.",
        ),
        value=Sum(of="closed_duty", field="officers", where=Is("phase", "duty")),
    ),
)
