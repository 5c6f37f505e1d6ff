"""Positives that went through their chain: sealed in two, told to the person, looked at by a laboratory."""

from typing import Final

from guitu.indicators import All, Events, Indicator, Is
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="samples.sealed",
        label=Label("留样封存", "Samples sealed"),
        unit="event",
        definition=Label("期间内封存 A、B 样本的次数。", "Samples sealed in two in the period."),
        value=Events(of="sample_sealed"),
        cites=("吸毒检测程序规定#8",),
    ),
    Indicator(
        key="samples.refuted",
        label=Label("实验室推翻的现场阳性", "Positives refuted by a laboratory"),
        unit="event",
        definition=Label(
            "期间内收到的实验室报告（含复检）中结果为阴性的份数。",
            "Reports of laboratories received in the period, re-tests too, that were negative.",
        ),
        value=Events(of="lab_report", where=Is("result", "negative")),
    ),
    Indicator(
        key="samples.broken",
        label=Label("封口破损的交接", "Handed on with a broken seal"),
        unit="event",
        definition=Label(
            "期间内样本交接时封口破损的次数。", "Samples handed on in the period with a broken seal."
        ),
        value=Events(of="sample_moved", where=All(Is("seal", "broken"))),
    ),
)
