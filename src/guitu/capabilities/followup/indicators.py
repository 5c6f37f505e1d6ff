"""Following up: who was reached, who was lost, and what became of everybody. The lost are in every
denominator.

戒断 has no printed definition; ours is `QUIT`. It asks for evidence twice, half a year apart, and for nothing
against it in the period; whoever was not found is not counted as having quit.
"""

from typing import Final

from guitu.indicators import (
    All,
    Any_,
    Condition,
    Events,
    Exists,
    Indicator,
    Is,
    Not,
    People,
    Present,
    Ratio,
    Rows,
    Stock,
    Survival,
)
from guitu.kernel.labels import Label

LEFT_CUSTODY: Final = All(Is("measure", "compulsory_isolation"), Present("left_on"))
"""Rows of `measures` for people who have left a centre for good; the day is `left_on`."""
TAKEN: Final = Is("outcome", "taken")
NEGATIVE: Final = All(TAKEN, Is("result", "negative"))
CONFIRMED: Final = All(TAKEN, Is("result", "positive"), Is("confirmed", "yes"))
"""A positive that a laboratory confirmed; another one moves nothing."""
AVOIDED: Final = Is("outcome", "evaded", "refused")
REACHED: Final = Is("result", "reached")
RELEASED: Final = Rows(of="measures", where=LEFT_CUSTODY, day="left_on")

QUIT_DAYS: Final = 183
"""Half a year: how far apart the two negative tests must be at least."""

QUIT: Final = All(
    NEGATIVE,
    Exists(of="urine_test", where=NEGATIVE, most=-QUIT_DAYS),
    Not(Exists(of="urine_test", where=Any_(CONFIRMED, AVOIDED), in_period=True)),
    Not(Exists(of="relapse", in_period=True)),
    Not(Exists(of="follow_up", where=Is("result", "lost"), in_period=True)),
)
"""A test of the period that shows somebody to have quit."""

EVER_ORDERED: Final = Stock(of="order", since="day")
"""Everybody for whom a measure was ever ordered up to the end of the period."""


def _ever_released(*conditions: Condition) -> Stock:
    """Everybody who had left a centre by the end of the period, under these conditions."""
    left = Exists(of="measures", where=LEFT_CUSTODY, day="left_on", most=0)
    return Stock(of="order", where=All(Is("measure", "compulsory_isolation"), left, *conditions), since="day")


def _abstinent(key: str, at: int, zh: str, en: str) -> Indicator:
    return Indicator(
        key=key,
        label=Label(f"出所{zh}操守保持率", f"Abstinent {en} after release"),
        unit="percent",
        definition=Label(
            f"期间内出所的全部人员中，满{zh}时此前六个月内有阴性检测、且未复吸或确认阳性的占比；"
            f"失联的计入分母。",
            f"Of everybody who left a centre in the period, the share with a negative test in the six months"
            f" before {en} had passed and neither relapse nor confirmed positive; the lost are in the"
            f" denominator.",
        ),
        value=Survival(
            start=RELEASED,
            kept=(Rows(of="urine_test", where=NEGATIVE),),
            failed=(Rows(of="relapse"), Rows(of="urine_test", where=CONFIRMED)),
            ended=(Rows(of="death"),),
            months=(6, 12, 24, 36),
            window=6,
            at=at,
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
    )


INDICATORS: Final = (
    Indicator(
        key="followup.persons",
        label=Label("回访到的人数", "Persons spoken to"),
        unit="person",
        definition=Label(
            "期间内回访联系到本人的人数，同一人只计一次；未联系上的不计。",
            "Persons who were spoken to in a follow-up in the period, each once; attempts that failed are not"
            " counted.",
        ),
        value=People(of="follow_up", where=REACHED),
        breakdowns=("sex", "age_band"),
        note=Label(
            "包括期间以前出所的人，所以可以多于期间内收治的人数。",
            "It includes people released before the period, so it may exceed those admitted in it.",
        ),
    ),
    Indicator(
        key="followup.attempts",
        label=Label("回访人次", "Follow-up attempts"),
        unit="person_time",
        definition=Label(
            "期间内回访的次数，联系上和未联系上的都计；可按结果和方式分。",
            "Attempts at a follow-up in the period, those that failed too; by result and by mode.",
        ),
        value=Events(of="follow_up"),
        breakdowns=("sex", "age_band", "result", "mode"),
    ),
    Indicator(
        key="followup.reach_rate",
        label=Label("回访率", "Follow-up reach"),
        unit="percent",
        definition=Label(
            "至期末出所的全部人员中，期间内联系到本人的占比；失联、拒绝、迁出、死亡的都在分母里。",
            "Of everybody who had left a centre by the end of the period, the share spoken to in the"
            " period; the"
            " lost, those who refused, moved or died are all in the denominator.",
        ),
        value=Ratio(
            over=_ever_released(Exists(of="follow_up", where=REACHED, in_period=True)),
            under=_ever_released(),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
    ),
    *(
        Indicator(
            key=f"followup.{result}",
            label=label,
            unit="person",
            definition=Label(
                f"期间内回访结果为“{label.zh}”的人数，同一人只计一次。",
                f"Persons with the follow-up result “{label.en}” in the period, each once.",
            ),
            value=People(of="follow_up", where=Is("result", result)),
            breakdowns=("sex", "age_band"),
        )
        for result, label in (
            ("lost", Label("失去联系", "Lost")),
            ("refused", Label("拒绝回访", "Refused")),
            ("moved", Label("迁往外地", "Moved away")),
            ("died", Label("回访得知死亡", "Found to have died")),
        )
    ),
    Indicator(
        key="followup.kept_rate",
        label=Label("出所一年保持联系率", "Still in touch a year after release"),
        unit="percent",
        definition=Label(
            "期间内出所的全部人员中，满一年时此前三个月内有报到、检测、服务或者联系到本人的占比；"
            "失联的计入分母。",
            "Of everybody who left a centre in the period, the share who in the three months before a"
            " year had"
            " passed reported, were tested, served or spoken to; the lost are in the denominator.",
        ),
        value=Survival(
            start=RELEASED,
            kept=(
                Rows(of="follow_up", where=REACHED),
                Rows(of="urine_test", where=TAKEN),
                Rows(of="service"),
                Rows(of="reporting_in"),
            ),
            ended=(Rows(of="death"),),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
    ),
    _abstinent("recovery.abstinent_6_rate", 6, "六个月", "six months"),
    _abstinent("recovery.abstinent_12_rate", 12, "一年", "one year"),
    _abstinent("recovery.abstinent_24_rate", 24, "两年", "two years"),
    _abstinent("recovery.abstinent_36_rate", 36, "三年", "three years"),
    Indicator(
        key="recovery.quit",
        label=Label("戒断", "Quit"),
        unit="person",
        definition=Label(
            "期间内检测阴性、至少半年以前也有一次阴性检测，且期间内无确认阳性、无复吸、不逃避不拒检、"
            "未失去联系的人数。",
            "Persons with a negative test in the period and another at least half a year before it, and"
            " in the"
            " period no confirmed positive, no relapse, no test evaded or refused, and not lost.",
        ),
        value=People(of="urine_test", where=QUIT),
        breakdowns=("sex", "age_band"),
        where_counted="home",
        note=Label(
            "原文没有定义，这是本系统的口径；与“三年未复吸”不同，不能与之相比。须与戒断率和失联人数一并看。",
            "The print gives no definition; this is ours. It is not “three years without relapse”. Read"
            " it with the"
            " rate and with the lost.",
        ),
    ),
    Indicator(
        key="recovery.quit_rate",
        label=Label("戒断率", "Quit rate"),
        unit="percent",
        definition=Label(
            "至期末曾被决定戒毒措施的全部人员中，期间内戒断的占比；失联的、没有检测的都在分母里。",
            "Of everybody for whom a measure was ever ordered by the end of the period, the share that"
            " quit in it;"
            " the lost and the untested are in the denominator.",
        ),
        value=Ratio(over=People(of="urine_test", where=QUIT), under=EVER_ORDERED),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
    ),
    Indicator(
        key="recovery.lost",
        label=Label("戒断统计中失去联系的", "Of these lost"),
        unit="person",
        definition=Label(
            "至期末曾被决定戒毒措施的全部人员中，期间内回访失去联系的人数。",
            "Of everybody for whom a measure was ever ordered by the end of the period, those found lost"
            " in it.",
        ),
        value=Stock(
            of="order", where=Exists(of="follow_up", where=Is("result", "lost"), in_period=True), since="day"
        ),
        breakdowns=("sex", "age_band"),
        where_counted="home",
    ),
)
