"""Money set aside and spent, rewards given, equipment, places of service."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Stock, Sum
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
    Indicator(
        key="funds.budget",
        label=Label("预算安排", "Budget"),
        unit="yuan",
        definition=Label(
            "期间内下达和追加的预算，核减的不扣。", "Budget set and added in the period, before what was cut."
        ),
        value=Sum(of="budget_line", field="amount", where=Is("sort", "set", "added")),
        breakdowns=("purpose",),
    ),
    Indicator(
        key="funds.budget_cut",
        label=Label("预算核减", "Budget cut"),
        unit="yuan",
        definition=Label("期间内核减的预算。", "Budget cut in the period."),
        value=Sum(of="budget_line", field="amount", where=Is("sort", "cut")),
        breakdowns=("purpose",),
    ),
    Indicator(
        key="funds.grants_given",
        label=Label("拨付专项资金", "Grants passed on"),
        unit="yuan",
        definition=Label("期间内拨付的专项资金。", "Grants passed on in the period."),
        value=Sum(of="grant", field="amount", where=Is("sort", "given")),
        breakdowns=("purpose",),
    ),
    Indicator(
        key="rewards.informants_paid",
        label=Label("领取的举报奖励", "Paid to informants"),
        unit="yuan",
        definition=Label(
            "期间内凭口令领取的举报奖励；批准了没有领取的不计。",
            "Rewards collected by informants in the period; what was approved and not collected is left out.",
        ),
        value=Sum(of="informant_reward_ended", field="amount", where=Is("outcome", "collected")),
    ),
    Indicator(
        key="rewards.informants",
        label=Label("举报奖励领取数", "Rewards collected"),
        unit="award",
        definition=Label(
            "期间内凭口令领取的举报奖励份数。", "Rewards collected by informants in the period."
        ),
        value=Events(of="informant_reward_ended", where=Is("outcome", "collected")),
    ),
    Indicator(
        key="equipment.held",
        label=Label("装备车辆", "Equipment"),
        unit="entry",
        definition=Label(
            "期末在用的装备车辆件数。", "Pieces of equipment and vehicles at the end of the period."
        ),
        value=Stock(of="equipment", count="total", field="pieces", since="day", until="until"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="service.places",
        label=Label("服务地点", "Places of service"),
        unit="unit",
        definition=Label(
            "期末开办的指导站、门诊等服务地点。",
            "Stations, clinics and other places of service at the end of the period.",
        ),
        value=Stock(of="service_place", count="rows", since="day", until="until"),
        breakdowns=("sort",),
    ),
)
