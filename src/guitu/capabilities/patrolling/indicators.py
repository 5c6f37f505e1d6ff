"""Rounds walked, what they found, and sections of the coast."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Not, Ratio, Stock, Sum
from guitu.kernel.labels import Label

INDICATORS: Final = (
    Indicator(
        key="rounds.held",
        label=Label("巡防", "Rounds"),
        unit="event",
        definition=Label(
            "期间内护村队、岸段责任单位等巡防的次数。",
            "Rounds by village patrols and units of coast sections in the period.",
        ),
        value=Events(of="place_round"),
        breakdowns=("by", "found"),
    ),
    Indicator(
        key="rounds.places",
        label=Label("巡防到过的地点", "Places passed on rounds"),
        unit="event",
        definition=Label(
            "期间内各次巡防到过的登记地点处次，同一处到几次计几次。",
            "Registered places passed on the rounds of the period; a place passed twice counts twice.",
        ),
        value=Sum(of="place_round", field="places"),
        breakdowns=("by",),
    ),
    Indicator(
        key="rounds.reported",
        label=Label("发现报告率", "Findings reported"),
        unit="percent",
        definition=Label(
            "期间内已报告公安机关的巡防次数，除以发现了异常（设施损坏除外）的巡防次数。",
            "Rounds of the period whose finding was reported to the police, divided by rounds that found"
            " something (damage left out).",
        ),
        value=Ratio(
            over=Events(of="place_round", where=Is("reported", "yes")),
            under=Events(of="place_round", where=Not(Is("found", "nothing", "damage"))),
        ),
        plausible=(0, 100),
    ),
    Indicator(
        key="coast.sections",
        label=Label("岸段", "Coast sections"),
        unit="unit",
        definition=Label(
            "期末划定的岸段，每段有两名负责人。",
            "Coast sections at the end of the period, each with two responsible heads.",
        ),
        value=Stock(of="coast_section", count="rows", since="day", until="until"),
    ),
)
