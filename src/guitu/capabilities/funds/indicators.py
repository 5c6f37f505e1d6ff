"""Money spent and rewards given."""

from typing import Final

from guitu.indicators import Indicator, Is, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="funds.spent",
        label=Label("禁毒工作经费", "Money spent"),
        unit="yuan",
        definition=Label("期间内支出的经费。", "Money spent in the period."),
        value=Sum(of="spending", field="amount"),
        breakdowns=("purpose",),
    ),
    Indicator(
        key="rewards.paid",
        label=Label("发放奖金", "Rewards paid"),
        unit="yuan",
        definition=Label("期间内发放的奖金。", "Money given as rewards in the period."),
        value=Sum(of="reward", field="amount", where=Is("sort", "money")),
        breakdowns=("given_to",),
    ),
    Indicator(
        key="rewards.recipients",
        label=Label("奖励名（个）数", "Rewards given"),
        unit="award",
        definition=Label(
            "期间内奖励单位、干警、群众的名（个）数合计；三者不是同一种单位，宜分开看。",
            "Rewards to units, officers and members of the public in the period; they are not alike, so"
            " look at"
            " them apart.",
        ),
        value=Sum(of="reward", field="awards"),
        breakdowns=("given_to", "sort"),
    ),
)
