"""How many tests were due, taken and positive. A positive on the spot that no laboratory confirmed is no
positive."""

from typing import Final

from guitu.indicators import All, Events, Indicator, Is, Not, People, Ratio
from guitu.kernel.labels import Label

TAKEN: Final = Is("outcome", "taken")
NEGATIVE: Final = All(TAKEN, Is("result", "negative"))
CONFIRMED: Final = All(TAKEN, Is("result", "positive"), Is("confirmed", "yes"))
AVOIDED: Final = Is("outcome", "evaded", "refused")
ROUTINE: Final = All(Is("name", "routine_test"), Not(Is("state", "waived")))

INDICATORS: Final = (
    Indicator(
        key="tests.taken",
        label=Label("检测次数", "Tests taken"),
        unit="person_time",
        definition=Label("期间内实际检测的人次。", "Tests taken in the period, each counted."),
        value=Events(of="urine_test", where=TAKEN),
        breakdowns=("sex", "age_band", "result"),
        cites=("戒毒条例#19",),
    ),
    Indicator(
        key="tests.people",
        label=Label("检测人数", "Persons tested"),
        unit="person",
        definition=Label("期间内检测过的人数，同一人只计一次。", "Persons tested in the period, each once."),
        value=People(of="urine_test", where=TAKEN),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="tests.taken_rate",
        label=Label("检测完成率", "Share of tests taken"),
        unit="percent",
        definition=Label(
            "期间内应检测的记录中实际检测的占比，经批准免检的不计，逃避和拒检的计入分母。",
            "Of the tests recorded in the period, excused ones left out, the share that was taken; those"
            " evaded or"
            " refused are in the denominator.",
        ),
        value=Ratio(
            over=Events(of="urine_test", where=TAKEN),
            under=Events(of="urine_test", where=Is("outcome", "taken", "evaded", "refused")),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("禁毒法#32",),
    ),
    Indicator(
        key="tests.extra",
        label=Label("加测人次", "Extra tests"),
        unit="person_time",
        definition=Label(
            "期间内抽签以外、经登记理由的加测中实际检测的人次；也算在检测次数里。",
            "Of the tests taken in the period those besides the draw, which were asked for with a reason;"
            " they are"
            " counted among the tests taken too.",
        ),
        value=Events(of="urine_test", where=All(TAKEN, Is("occasion", "extra"))),
        breakdowns=("sex", "age_band", "result"),
        cites=("戒毒条例#19",),
    ),
    Indicator(
        key="tests.extra_asked",
        label=Label("加测决定", "Extra tests asked for"),
        unit="person_time",
        definition=Label(
            "期间内登记的加测决定，按理由分列。", "Decisions to test besides the draw, by their reasons."
        ),
        value=Events(of="extra_test"),
        breakdowns=("sex", "age_band", "reason"),
        cites=("戒毒条例#19",),
    ),
    Indicator(
        key="tests.due",
        label=Label("到期应检", "Routine tests due"),
        unit="duty",
        definition=Label(
            "期限在期间内届满的定期检测，免办的不计。",
            "Routine tests whose last day lay in the period, those waived left out.",
        ),
        value=Events(of="duties", where=ROUTINE, day="due"),
        where_counted="home",
    ),
    Indicator(
        key="tests.positive",
        label=Label("经实验室确认的阳性", "Positives confirmed by a laboratory"),
        unit="person",
        definition=Label(
            "期间内检测阳性且经实验室确认的人数，同一人只计一次；未经确认的不计。",
            "Persons with a positive test in the period that a laboratory confirmed, each once;"
            " unconfirmed ones"
            " are not counted.",
        ),
        value=People(of="urine_test", where=CONFIRMED),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="tests.positive_rate",
        label=Label("确认阳性率", "Confirmed positive rate"),
        unit="percent",
        definition=Label(
            "期间内检测过的人中，有经实验室确认阳性的占比。",
            "Of the persons tested in the period, the share with a positive that a laboratory confirmed.",
        ),
        value=Ratio(
            over=People(of="urine_test", where=CONFIRMED), under=People(of="urine_test", where=TAKEN)
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 30),
    ),
    Indicator(
        key="tests.avoided",
        label=Label("逃避、拒绝检测", "Tests evaded or refused"),
        unit="person_time",
        definition=Label(
            "期间内逃避或者拒绝检测的人次。", "Tests evaded or refused in the period, each counted."
        ),
        value=Events(of="urine_test", where=AVOIDED),
        breakdowns=("sex", "age_band", "outcome"),
        cites=("戒毒条例#20",),
    ),
)
