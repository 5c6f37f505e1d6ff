"""Who was taken in, and who came over from the police."""

from typing import Final

from guitu.indicators import All, Change, Indicator, Is, Not, People
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="admissions.all",
        label=Label("收戒人员", "Persons admitted"),
        unit="person",
        definition=Label(
            "期间内入所的人数，按登记入所的场所统计，同一人只计一次。",
            "Persons admitted to a centre in the period, counted where it was recorded, each once.",
        ),
        value=People(of="admission"),
        breakdowns=("sex", "age_band", "place"),
        cites=("戒毒条例#27", "戒毒条例#28"),
    ),
    Indicator(
        key="admissions.all_change",
        label=Label("收戒人员同比", "Persons admitted, on the year before"),
        unit="percent",
        definition=Label(
            "期间内入所的人数，比上年同期增减的百分比。",
            "By how many per cent the persons admitted are more or fewer than in the same period a year"
            " earlier.",
        ),
        value=Change(of="admissions.all"),
    ),
    Indicator(
        key="admissions.transferred",
        label=Label("收治公安机关转送戒毒人员", "Persons transferred in from the police"),
        unit="person",
        definition=Label(
            "期间内由公安机关强制隔离戒毒所转入司法行政场所的人数，同一人只计一次；"
            "司法行政场所之间转所的不计。",
            "Persons transferred from a police centre to a justice centre in the period, each once; moves"
            " between"
            " justice centres are left out.",
        ),
        value=People(
            of="transfer", where=All(Is("place", "justice_centre"), Not(Is("from_place", "justice_centre")))
        ),
        breakdowns=("sex", "age_band"),
        cites=("戒毒条例#27",),
    ),
)
