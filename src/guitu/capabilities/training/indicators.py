"""Rehabilitation training: who was tested, who is cleared, what was held. No figure compares one person
with another."""

from typing import Final

from guitu.indicators import Events, Exists, Indicator, Is, People, Ratio, Stock, Sum
from guitu.kernel.labels import Label

CLEARED: Final = Is("conclusion", "cleared", "limited")

INDICATORS: Final = (
    Indicator(
        key="fitness.tested",
        label=Label("体能测试人数", "Persons tested for fitness"),
        unit="person",
        definition=Label(
            "期间内至少测试过一次体能的人数。", "Persons tested for fitness at least once in the period."
        ),
        value=People(of="fitness_test"),
        breakdowns=("sex", "age_band", "occasion"),
    ),
    Indicator(
        key="fitness.tested_again",
        label=Label("有前后测的人数", "Tested before and again"),
        unit="person",
        definition=Label(
            "期间内测试过、至少 28 天以前也测试过的人数。",
            "Persons tested in the period who had been tested at least 28 days before.",
        ),
        value=People(of="fitness_test", where=Exists(of="fitness_test", most=-28)),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="fitness.cleared",
        label=Label("有训练许可", "Clearance given and not run out"),
        unit="person",
        definition=Label(
            "期末训练许可没有到期的人数，按登记的有效期计；因停训失效的仍计在内。",
            "Persons with a clearance that had not run out at the end of the period, by its last"
            " day; one that a"
            " stop sign ended still counts.",
        ),
        value=Stock(of="training_clearance", where=CLEARED, since="day", until="until"),
        breakdowns=("sex", "age_band", "conclusion"),
    ),
    Indicator(
        key="fitness.prescribed",
        label=Label("有运动处方", "With an exercise prescription"),
        unit="person",
        definition=Label(
            "期间内开过运动处方的人数。", "Persons given an exercise prescription in the period."
        ),
        value=People(of="exercise_prescription"),
        breakdowns=("sex", "age_band", "form"),
    ),
    Indicator(
        key="fitness.sessions",
        label=Label("集体训练", "Training sessions of groups"),
        unit="event",
        definition=Label("期间内集体训练的次数。", "Training sessions of groups in the period."),
        value=Events(of="training_session"),
    ),
    Indicator(
        key="fitness.attendance_rate",
        label=Label("训练到场率", "Attendance at training"),
        unit="percent",
        definition=Label(
            "期间内实到人次除以应到人次。", "Attendances over those on the lists, in the period."
        ),
        value=Ratio(
            over=Sum(of="training_session", field="present"),
            under=Sum(of="training_session", field="expected"),
        ),
        plausible=(0, 100),
    ),
    Indicator(
        key="fitness.stops",
        label=Label("停训体征", "Stop signs at training"),
        unit="event",
        definition=Label("期间内训练中出现停训体征的次数。", "Stop signs at training in the period."),
        value=Events(of="training_stop"),
        breakdowns=("sex", "age_band"),
    ),
)
