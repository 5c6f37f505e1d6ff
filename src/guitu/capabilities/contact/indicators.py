"""Visits held and refused, and leave from which people came back in time."""

from typing import Final

from guitu.indicators import Events, Indicator, Is, Ratio, Sum
from guitu.kernel.labels import Label

ART: Final = ("禁毒法#46",)

INDICATORS: Final = (
    Indicator(
        key="contact.visits",
        label=Label("会见", "Visits"),
        unit="event",
        definition=Label("期间内已进行的会见。", "Visits held in the period."),
        value=Events(of="visit", where=Is("outcome", "held")),
        cites=ART,
    ),
    Indicator(
        key="contact.visits_refused",
        label=Label("未准许的会见", "Visits refused"),
        unit="percent",
        definition=Label(
            "期间内已会见和未准许的会见中，未准许的占比。",
            "Of the visits of the period that were held or refused, the share refused.",
        ),
        value=Ratio(
            over=Events(of="visit", where=Is("outcome", "refused")),
            under=Events(of="visit", where=Is("outcome", "held", "refused")),
        ),
        plausible=(0, 100),
        cites=ART,
    ),
    Indicator(
        key="contact.calls",
        label=Label("通话", "Calls"),
        unit="event",
        definition=Label("期间内登记的亲情通话。", "Calls recorded in the period."),
        value=Events(of="call"),
    ),
    Indicator(
        key="contact.leave_back_in_time",
        label=Label("外出探视按时返回率", "Back from leave in time"),
        unit="percent",
        definition=Label(
            "期间内登记返回的外出探视中，按时返回的占比；没有外出的不计。",
            "Of the leave to see relatives whose end was recorded in the period, the share back in time;"
            " leave"
            " not taken is left out.",
        ),
        value=Ratio(
            over=Events(of="home_leave_back", where=Is("outcome", "in_time")),
            under=Events(of="home_leave_back", where=Is("outcome", "in_time", "late")),
        ),
        plausible=(0, 100),
        cites=ART,
    ),
    Indicator(
        key="contact.box_papers",
        label=Label("意见箱来件", "Papers from complaints boxes"),
        unit="entry",
        definition=Label("期间内开箱取出的份数合计。", "Papers taken from the boxes in the period."),
        value=Sum(of="box_opened", field="papers"),
    ),
)
