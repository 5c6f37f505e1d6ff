"""病残: worked out from coded conditions, by a declared rule. Nobody is given the word as a label.

No national definition is known. The rule below is ours; an office that has another gives it the next version
with its first day, and both stay readable.
"""

from typing import Final

from guitu.centre import conditions
from guitu.indicators import Any_, Condition, Exists, Indicator, Is, People, Ratio
from guitu.kernel.labels import Label

SICK_OR_DISABLED: Final[Condition] = Any_(Is("effect", *conditions.EFFECTS), Is("disability", "yes"))
"""Version 1: a condition that needs continuing treatment or care, or a disability certificate. Of one person
it is worked out by the same rule (`guitu.centre.conditions`)."""

KNOWN_BY: Final = 30
"""Days after the admission by which the condition must have been found."""

FOUND: Final = Exists(of="health_condition", where=SICK_OR_DISABLED, most=KNOWN_BY)

INDICATORS: Final = (
    Indicator(
        key="admissions.sick_or_disabled",
        label=Label("其中病残", "Of these sick or disabled"),
        unit="person",
        definition=Label(
            "期间内入所的人中，至入所后三十日内登记有须持续治疗、不能自理或可能危及生命的病情，"
            "或持残疾人证的人数。",
            "Persons admitted in the period for whom, up to thirty days later, a condition was recorded"
            " that needs"
            " continuing treatment or care or may endanger life, or a disability certificate.",
        ),
        value=People(of="admission", where=FOUND),
        breakdowns=("sex", "age_band", "place"),
        cites=("戒毒条例#28", "戒毒条例#29"),
        note=Label(
            "由逐项登记的病情按第 1 版规则推出，不是标签；各地口径不同，不宜直接相比。",
            "Worked out from coded conditions by version 1 of the rule, not a label; places define it"
            " differently.",
        ),
    ),
    Indicator(
        key="admissions.sick_or_disabled_share",
        label=Label("病残占比", "Share sick or disabled"),
        unit="percent",
        definition=Label(
            "期间内入所的人中，按第 1 版规则属病残的占比。",
            "Of the persons admitted in the period, the share that is sick or disabled by version 1 of"
            " the rule.",
        ),
        value=Ratio(over=People(of="admission", where=FOUND), under=People(of="admission")),
        breakdowns=("sex", "age_band", "place"),
        plausible=(0, 80),
    ),
    Indicator(
        key="admissions.transferred_sick_or_disabled",
        label=Label("转送人员中病残", "Transferred in, sick or disabled"),
        unit="person",
        definition=Label(
            "期间内由公安机关转送的人中，按第 1 版规则属病残的人数，同一人只计一次。",
            "Persons transferred in from the police in the period who are sick or disabled by version 1"
            " of the"
            " rule, each once.",
        ),
        value=People(of="transfer", where=FOUND),
        breakdowns=("sex", "age_band"),
    ),
)
