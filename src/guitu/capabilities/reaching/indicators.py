"""Who is in touch and who is lost, with everybody under a community measure in the denominator: the lost
never drop out of it."""

from typing import Final

from guitu.indicators import All, Any_, Events, Exists, Indicator, Is, People, Ratio, Stock
from guitu.kernel.labels import Label

ART: Final = ("戒毒条例#18",)
REACHED: Final = Is("result", "reached")
COMMUNITY: Final = Is("measure", "community_treatment", "community_recovery")
MET: Final = Any_(
    Exists(of="contact_attempt", where=REACHED, in_period=True),
    Exists(of="follow_up", where=Is("result", "reached", "refused"), in_period=True),
    Exists(of="urine_test", where=Is("outcome", "taken", "refused"), in_period=True),
    Exists(of="reporting_in", in_period=True),
    Exists(of="agreement", in_period=True),
)
"""Seen or spoken to in the period."""


def _last(result: str, label: Label) -> Indicator:
    return Indicator(
        key=f"reaching.{result}",
        label=label,
        unit="person",
        definition=Label(
            f"至期末最近一次联系的结果为“{label.zh}”的人数；之后只要联系到本人即不再计。",
            f"Persons whose last attempt at contact by the end of the period came to “{label.en}”; whoever"
            " was"
            " reached by a later attempt is counted no more.",
        ),
        value=Stock(of="contact_attempt", where=Is("result", result), since="day", latest=True),
        breakdowns=("sex", "age_band"),
        where_counted="home",
        cites=ART,
    )


INDICATORS: Final = (
    Indicator(
        key="reaching.attempts",
        label=Label("联系次数", "Attempts at contact"),
        unit="person_time",
        definition=Label(
            "期间内登记的联系次数，没有联系上的也计。",
            "Attempts at contact recorded in the period, those that failed too.",
        ),
        value=Events(of="contact_attempt"),
        breakdowns=("sex", "age_band", "how", "result"),
        cites=ART,
    ),
    Indicator(
        key="reaching.reached",
        label=Label("联系到的人数", "Persons reached"),
        unit="person",
        definition=Label(
            "期间内经联系见到或者说上话的人数，同一人只计一次。",
            "Persons seen or spoken to by an attempt at contact in the period, each once.",
        ),
        value=People(of="contact_attempt", where=REACHED),
        breakdowns=("sex", "age_band"),
        cites=ART,
    ),
    Indicator(
        key="reaching.in_touch_rate",
        label=Label("保持联系率", "In touch"),
        unit="percent",
        definition=Label(
            "期末正在执行社区戒毒、社区康复的全部人员中，期间内联系到本人、见面检测、报到或者签订协议的占比；"
            "失联、迁出、羁押的都在分母里。",
            "Of everybody under community treatment or recovery at the end of the period, the share who in it"
            " were spoken to, tested, reported in or signed an agreement; the lost, those who moved and those"
            " detained are all in the denominator.",
        ),
        value=Ratio(
            over=Stock(of="measures", where=All(COMMUNITY, MET)),
            under=Stock(of="measures", where=COMMUNITY),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
        cites=ART,
    ),
    _last("lost", Label("去向不明", "Nobody knows where they are")),
    _last("moved", Label("已离开本地", "Has moved away")),
    _last("in_custody", Label("被羁押或者在所", "In custody")),
    _last("died", Label("据告已去世", "Said to have died")),
)
