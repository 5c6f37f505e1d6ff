"""Leading groups, places on a watch list and model places: stocks at the end of a period."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="organisation.leading_groups",
        label=Label("禁毒工作领导小组", "Leading groups"),
        unit="team",
        definition=Label(
            "期末设有的领导小组，计在设立的单位。", "Leading groups that stand at the end of the period."
        ),
        value=Stock(of="leading_group", count="rows", since="day", until="until"),
    ),
    Indicator(
        key="organisation.watched_places",
        label=Label("重点关注地区", "Places on a watch list"),
        unit="unit",
        definition=Label(
            "期末仍在国家、省或县重点关注名单上的地方，按每种名单最近一次登记；一地在两种名单上计两次。",
            "Listings of places that stand at the end of the period, by the last entry of each list; a place"
            " on two lists counts twice.",
        ),
        value=Stock(
            of="watch_status", where=Is("status", "listed"), count="rows", since="day", latest=True,
            latest_by="which",
        ),
    ),
    Indicator(
        key="organisation.models_named",
        label=Label("认定的示范单位", "Model places named"),
        unit="unit",
        definition=Label(
            "期间内认定的示范社区、学校、站所；撤销的另见登记。",
            "Communities, schools and stations named a model in the period; withdrawals are told apart.",
        ),
        value=Events(of="model_judged", where=Is("outcome", "granted")),
    ),
    Indicator(
        key="organisation.models_withdrawn",
        label=Label("撤销的示范单位", "Model names withdrawn"),
        unit="unit",
        definition=Label(
            "期间内撤销示范称号的次数。", "How often the name of a model was withdrawn in the period."
        ),
        value=Events(of="model_judged", where=Is("outcome", "withdrawn")),
    ),
)  # fmt: skip
