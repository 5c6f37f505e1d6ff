"""零输入 beside what it rests on: who was screened at the entrance, what was caught there, what is
unclear."""

from typing import Final

from guitu.indicators import (
    All,
    Any_,
    Events,
    Exists,
    Indicator,
    Is,
    Median,
    Missing,
    People,
    Ratio,
    Rows,
    Sum,
)
from guitu.kernel.labels import Label

OUTSIDE: Final = Is("origin", "outside")
INSIDE: Final = Is("found", "inside")
SCREENED: Final = Exists(of="entry_screening", where=Is("occasion", "arrival"), least=0, most=1)

_LISTS: Final = Any_(Missing("use"), Is("use", "epidemic"))
"""Sheets of before lists said what they are for were all against infection."""

INDICATORS: Final = (
    Indicator(
        key="epidemic.imported",
        label=Label("输入病例（“零输入”）", "Imported cases"),
        unit="person",
        definition=Label(
            "期间内登记的疫情病例中，来源在所外、进入所内以后才发现的例数；在入口筛查或者隔离观察中发现的另列为"
            "“拦截”。",
            "Cases of infection recorded in the period whose source lies outside and that were found only"
            " after coming inside; those found at the entrance or under observation are counted apart, as"
            " intercepted.",
        ),
        value=Sum(of="epidemic_case", field="people", where=All(OUTSIDE, INSIDE)),
        breakdowns=("sort",),
        beside=("epidemic.intercepted", "epidemic.unknown_source", "epidemic.others_screened"),
        note=Label(
            "原材料里的“零输入”没有给出定义，这里的定义是我们的。须与筛查率和来源不明的病例一并看：没有筛查的零，"
            "不是零。",
            "The source gives no definition of 零输入; this one is ours. Read it with the screening rate and"
            " the cases of unknown source: a zero without screening is none.",
        ),
    ),
    Indicator(
        key="epidemic.intercepted",
        label=Label("拦截病例", "Cases intercepted"),
        unit="person",
        definition=Label(
            "期间内登记的疫情病例中，来源在所外、在入口筛查或者隔离观察中发现的例数。",
            "Cases recorded in the period whose source lies outside and that were found at the entrance or"
            " under observation.",
        ),
        value=Sum(
            of="epidemic_case", field="people", where=All(OUTSIDE, Is("found", "entry", "observation"))
        ),
        breakdowns=("sort",),
    ),
    Indicator(
        key="epidemic.unknown_source",
        label=Label("来源不明的病例", "Cases of unknown source"),
        unit="person",
        definition=Label(
            "期间内登记的疫情病例中，来源尚不清楚的例数。",
            "Cases recorded in the period whose source is not known yet.",
        ),
        value=Sum(of="epidemic_case", field="people", where=Is("origin", "unknown")),
    ),
    Indicator(
        key="epidemic.arrivals_screened",
        label=Label("转入筛查率", "Arrivals screened"),
        unit="percent",
        definition=Label(
            "期间内转入的人次中，当日或者次日登记了进所防疫筛查的占比。",
            "Of the transfers in the period, the share with a screening recorded that day or the next.",
        ),
        value=Ratio(over=Events(of="transfer", where=SCREENED), under=Events(of="transfer")),
        plausible=(0, 100),
    ),
    Indicator(
        key="epidemic.others_screened",
        label=Label("外来人员查验率", "Others screened on coming in"),
        unit="percent",
        definition=Label(
            "期间内登记的工作人员、来访人员等进所人次中，经过查验的占比。",
            "Of the staff, visitors and others counted coming in during the period, the share screened.",
        ),
        value=Ratio(
            over=Sum(of="entry_counted", field="screened"), under=Sum(of="entry_counted", field="came")
        ),
        breakdowns=("sort",),
        plausible=(0, 100),
    ),
    Indicator(
        key="epidemic.observed",
        label=Label("隔离观察人数", "Persons under observation"),
        unit="person",
        definition=Label(
            "期间内开始隔离观察的人数，同一人只计一次。",
            "Persons whose health observation began in the period, each once.",
        ),
        value=People(of="health_observation"),
        breakdowns=("ground",),
    ),
    Indicator(
        key="epidemic.observation_days",
        label=Label("隔离观察天数（中位数）", "Days under observation (median)"),
        unit="day",
        definition=Label(
            "期间内开始的隔离观察，从开始到解除的天数的中位数；没有解除的另计。",
            "Of the observations begun in the period, the median of the days until they ended; those that"
            " last are told apart.",
        ),
        value=Median(of="health_observation", then=Rows(of="health_observation_end")),
    ),
    Indicator(
        key="epidemic.checklist_done",
        label=Label("检查表做到率", "Checklist items done"),
        unit="percent",
        definition=Label(
            "期间内所填防疫检查表的全部事项中做到的占比；没有填的表不在其中。",
            "Of all items of the checklists against infection filled in during the period, the share done;"
            " lists not filled in are not among them.",
        ),
        value=Ratio(
            over=Sum(of="checklist_filled", field="done", where=_LISTS),
            under=Sum(of="checklist_filled", field="asked", where=_LISTS),
        ),
        plausible=(0, 100),
        note=Label("没有填的表见“防疫”页的空缺。", "Lists not filled in are shown as gaps on the page 防疫."),
    ),
)
