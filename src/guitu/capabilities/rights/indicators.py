"""Complaints, counted where they are received: a unit does not find those about it in its own figures."""

from typing import Final

from guitu.indicators import Events, Indicator
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="rights.complaints",
        label=Label("收到的投诉", "Complaints received"),
        unit="case",
        definition=Label(
            "期间内提出的投诉，由受理单位计；转送的，转出、转入的单位各计一次。",
            "Complaints lodged in the period, counted at the unit that received them; one that was forwarded"
            " counts at both.",
        ),
        value=Events(of="complaint"),
        note=Label(
            "不计在被投诉单位：它不能从自己的数字里看出有人投诉。投诉少不等于没有问题，也可能是不敢或不会投诉。",
            "Not counted at the unit complained of, which must not learn of them from its own figures. Few"
            " complaints need not mean that all is well: people may be afraid, or not know how.",
        ),
    ),
)
