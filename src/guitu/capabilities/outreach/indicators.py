"""Talks and events for the public. An audience is person-times, never persons."""

from typing import Final

from guitu.indicators import All, Events, Indicator, Is, Not, Stock, Sum
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
    Indicator(
        key="outreach.school_talks",
        label=Label("进校园宣讲", "Talks in schools"),
        unit="event",
        definition=Label("期间内讲给学校的宣讲场次。", "Talks held for schools in the period."),
        value=Events(of="outreach_event", where=All(Is("form", "talk"), Is("held_for", "school"))),
    ),
    Indicator(
        key="outreach.leaflets",
        label=Label("发放资料", "Leaflets given out"),
        unit="copy",
        definition=Label(
            "期间内活动上发放的资料份数。", "Copies of material given out at events in the period."
        ),
        value=Sum(of="outreach_event", field="leaflets"),
    ),
    Indicator(
        key="outreach.requests",
        label=Label("宣讲申请", "Requests for talks"),
        unit="case",
        definition=Label("期间内收到的宣讲申请。", "Requests for talks received in the period."),
        value=Events(of="talk_request"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="outreach.requests_declined",
        label=Label("未安排的申请", "Requests declined"),
        unit="case",
        definition=Label(
            "期间内答复不能安排的宣讲申请。", "Requests for talks that were declined in the period."
        ),
        value=Events(of="talk_request_declined"),
    ),
    Indicator(
        key="outreach.speakers",
        label=Label("宣讲员", "Speakers"),
        unit="person",
        definition=Label("期末在任的宣讲员。", "Speakers in service at the end of the period."),
        value=Stock(of="lecturer", count="rows", since="day", until="until"),
    ),
    Indicator(
        key="outreach.training_hours",
        label=Label("宣讲员培训学时", "Hours of speakers' training"),
        unit="hour",
        definition=Label(
            "期间内宣讲员参加培训的学时，每人每次分别计。",
            "Hours of training that speakers had in the period, each of them counted.",
        ),
        value=Sum(of="lecturer_training", field="hours"),
    ),
    Indicator(
        key="outreach.channel_views",
        label=Label("网络渠道浏览", "Views of online channels"),
        unit="person_time",
        definition=Label(
            "期间内截止的各期网络渠道浏览次数合计，照平台后台的数字。",
            "Views of online channels over the counts that end in the period, as the platforms state them.",
        ),
        value=Sum(of="channel_reach", field="views"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="outreach.volunteer_groups",
        label=Label("志愿队伍", "Volunteer groups"),
        unit="team",
        definition=Label("期末的宣传志愿队伍。", "Volunteer groups at the end of the period."),
        value=Stock(of="volunteer_group", count="rows", since="day", until="until"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="outreach.volunteers",
        label=Label("志愿队伍人数", "Members of volunteer groups"),
        unit="person",
        definition=Label(
            "期末各宣传志愿队伍登记的人数合计，同一人在两队计两次。",
            "Members that volunteer groups have entered, at the end of the period; somebody in two groups"
            " counts twice.",
        ),
        value=Stock(of="volunteer_group", count="total", field="members", since="day", until="until"),
    ),
)
