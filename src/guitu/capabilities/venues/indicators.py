"""Venues, their inspections and closures, as the offices recorded them; what the police publish about venues
is another figure (`police.venues_closed`)."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio, Stock
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="venues.registered",
        label=Label("登记场所", "Venues on record"),
        unit="venue",
        definition=Label("期末登记在册的场所。", "Venues on record at the end of the period."),
        value=Stock(of="venue", count="rows", since="day", until="until"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="venues.inspections",
        label=Label("场所检查", "Inspections of venues"),
        unit="event",
        definition=Label(
            "期间内禁毒办、镇村和多部门联合检查场所的次数。",
            "Inspections by offices, towns, villages and several together in the period.",
        ),
        value=Events(of="venue_inspection"),
        breakdowns=("by", "result"),
    ),
    Indicator(
        key="venues.in_order",
        label=Label("检查合格率", "Found in order"),
        unit="percent",
        definition=Label(
            "期间内没有问题的场所检查次数，除以全部检查次数。",
            "Inspections of the period that found a venue in order, divided by all.",
        ),
        value=Ratio(
            over=Events(of="venue_inspection", where=Is("result", "in_order")),
            under=Events(of="venue_inspection"),
        ),
        plausible=(0, 100),
    ),
    Indicator(
        key="venues.closed",
        label=Label("关停场所", "Venues closed"),
        unit="event",
        definition=Label(
            "期间内登记的停业整顿、关闭、吊销许可；公安机关公布的关停数是另一个指标。",
            "Suspensions, closures and licences withdrawn as recorded in the period; what the police publish"
            " is another figure.",
        ),
        value=Events(of="venue_closure"),
        breakdowns=("sort", "ordered_by"),
    ),
)
