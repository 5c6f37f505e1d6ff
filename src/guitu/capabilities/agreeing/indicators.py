"""How many community measures have a working group, a plan and an agreement that tells of rights."""

from typing import Final

from guitu.indicators import All, Condition, Events, Exists, Indicator, Is, Ratio, Stock
from guitu.kernel.labels import Label

COMMUNITY: Final = Is("measure", "community_treatment", "community_recovery")
RUNNING: Final = All(COMMUNITY, Is("state", "in_force", "suspended"))


def _share(key: str, label: Label, zh: str, en: str, has: Condition, cites: str) -> Indicator:
    return Indicator(
        key=f"agreeing.{key}",
        label=label,
        unit="percent",
        definition=Label(
            f"期末正在执行社区戒毒、社区康复的人员中，{zh}的占比。",
            f"Of those under community treatment or recovery at the end of the period, the share {en}.",
        ),
        value=Ratio(
            over=Stock(of="measures", where=All(RUNNING, has)), under=Stock(of="measures", where=RUNNING)
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        where_counted="home",
        cites=(cites,),
    )


INDICATORS: Final = (
    _share(
        "group_rate",
        Label("有工作小组", "With a working group"),
        "登记了工作小组",
        "with a working group",
        Exists(of="working_group", most=0),
        "戒毒条例#17",
    ),
    _share(
        "plan_rate",
        Label("有戒毒康复计划", "With a plan"),
        "有戒毒康复计划",
        "with a plan of recovery",
        Exists(of="recovery_plan", most=0),
        "戒毒条例#15",
    ),
    _share(
        "rights_rate",
        Label("协议写明并告知权利", "Told their rights in the agreement"),
        "协议写明内容且权利已当面告知",
        "whose agreement is written down and who were told their rights",
        Exists(of="agreement_terms", where=Is("rights", "yes"), most=0),
        "戒毒条例#16",
    ),
    Indicator(
        key="agreeing.reports",
        label=Label("向公安机关报告", "Reported to the police"),
        unit="event",
        definition=Label("期间内向公安机关报告的次数。", "Reports to the police in the period."),
        value=Events(of="breach_report"),
        breakdowns=("what",),
        cites=("戒毒条例#21",),
    ),
)
