"""What a prescription says, whoever writes it: the centre's doctor, or a hospital's who is consulted."""

from typing import Final

from guitu.casefile import Ask, Choice
from guitu.kernel.labels import Label

ROUTES: Final = (
    Choice("oral", Label("口服", "By mouth")),
    Choice("sublingual", Label("舌下", "Under the tongue")),
    Choice("muscle", Label("肌内注射", "Into a muscle")),
    Choice("vein", Label("静脉", "Into a vein")),
    Choice("skin_under", Label("皮下注射", "Under the skin")),
    Choice("inhaled", Label("吸入", "Inhaled")),
    Choice("outside", Label("外用", "On the skin, eye or ear")),
)
OFTEN: Final = (
    Choice("once", Label("每日一次（早）", "Once a day (morning)"), ledger=("qd", "每日一次")),
    Choice(
        "twice", Label("每日两次（早、晚）", "Twice a day (morning, evening)"), ledger=("bid", "每日两次")
    ),
    Choice("three", Label("每日三次", "Three times a day"), ledger=("tid", "每日三次")),
    Choice("four", Label("每日四次", "Four times a day"), ledger=("qid", "每日四次")),
    Choice("night", Label("睡前", "At bedtime"), ledger=("qn", "睡前")),
    Choice("needed", Label("必要时", "When needed"), ledger=("prn", "必要时")),
)

PRESCRIBED: Final = (
    Ask(name="drug", label=Label("药名（按处方写法）", "Drug, as the office writes it"), required=True),
    Ask(
        name="dose",
        label=Label("每次用量", "Dose"),
        type="decimal",
        required=True,
        least=0,
        most=10_000,
        places=3,
    ),
    Ask(name="dose_unit", label=Label("单位（片、毫克……）", "Unit (tablet, mg …)"), required=True),
    Ask(name="route", label=Label("用法", "Route"), type="choice", required=True, choices=ROUTES),
    Ask(name="often", label=Label("次数", "How often"), type="choice", required=True, choices=OFTEN),
    Ask(name="until", label=Label("用到哪天（含）", "Last day"), type="day"),
    Ask(name="note", label=Label("嘱咐", "Note"), type="long_text"),
)
