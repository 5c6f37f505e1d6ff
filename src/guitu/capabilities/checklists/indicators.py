"""Checklists filled in, and how much of them was done."""

from typing import Final

from guitu.indicators import Events, Indicator, Ratio, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="checklists.filled",
        label=Label("填写的检查表", "Checklists filled in"),
        unit="event",
        definition=Label("期间内填写的检查表份数。", "Sheets of checklists filled in during the period."),
        value=Events(of="checklist_filled"),
    ),
    Indicator(
        key="checklists.done_rate",
        label=Label("检查事项做到率", "Checklist items done"),
        unit="percent",
        definition=Label(
            "期间内所填各类检查表的全部事项中做到的占比；没有填的表不在其中。",
            "Of all items of checklists of any sort filled in during the period, the share done; lists not"
            " filled in are not among them.",
        ),
        value=Ratio(
            over=Sum(of="checklist_filled", field="done"), under=Sum(of="checklist_filled", field="asked")
        ),
        plausible=(0, 100),
        note=Label("没有填的表见“清单”页的空缺。", "Lists not filled in are shown as gaps on the page 清单."),
    ),
)
