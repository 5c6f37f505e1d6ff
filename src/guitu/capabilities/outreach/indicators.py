"""Talks and events for the public. An audience is person-times, never persons."""

from typing import Final

from guitu.indicators import All, Events, Indicator, Is, Not, Sum
from guitu.kernel.labels import Label

TALK: Final = All(Is("form", "talk"), Is("given_by", "lecturers"))

INDICATORS: Final = (
    Indicator(
        key="outreach.talks",
        label=Label("宣讲", "Talks"),
        unit="event",
        definition=Label(
            "期间内场所宣讲团举办的宣讲场次。", "Talks given by lecturers of the centres in the period."
        ),
        value=Events(of="outreach_event", where=TALK),
    ),
    Indicator(
        key="outreach.audience",
        label=Label("宣讲受众", "Audience of the talks"),
        unit="person_time",
        definition=Label(
            "期间内场所宣讲团宣讲的受众人次，同一人听几次计几次。",
            "Attendances at talks by lecturers of the centres in the period; who came twice is counted"
            " twice.",
        ),
        value=Sum(of="outreach_event", field="audience", where=TALK),
        breakdowns=("counted",),
    ),
    Indicator(
        key="outreach.events",
        label=Label("禁毒宣传活动", "Outreach events"),
        unit="event",
        definition=Label(
            "期间内各种宣传活动的场次，宣讲也在内。",
            "Outreach events of every form in the period, talks among them.",
        ),
        value=Events(of="outreach_event"),
        breakdowns=("form", "given_by"),
    ),
    Indicator(
        key="outreach.events_audience",
        label=Label("宣传活动受众", "Audience of outreach events"),
        unit="person_time",
        definition=Label(
            "期间内各种宣传活动的受众人次，网络浏览数不计。",
            "Attendances at outreach events in the period; online views are left out.",
        ),
        value=Sum(of="outreach_event", field="audience", where=Not(Is("counted", "views"))),
        breakdowns=("form", "given_by", "counted"),
    ),
    Indicator(
        key="outreach.views",
        label=Label("网络浏览", "Online views"),
        unit="person_time",
        definition=Label("期间内网络宣传的浏览数。", "Online views of outreach in the period."),
        value=Sum(of="outreach_event", field="audience", where=Is("counted", "views")),
    ),
)
