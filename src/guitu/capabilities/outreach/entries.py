"""Outreach from the request to the photo: events, speakers, requests, plans, places to reach, materials,
channels, groups. Audiences are person-times: who comes twice is counted twice, and nobody in
them is named."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.casefile.fields import YES_NO, time_of_day
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

HOSTS: Final = (
    "outreach",
    "teacher",
    "centre_head",
    "guidance_station",
    "village_worker",
    "town_office",
    "county_supervisor",
    "provincial_supervisor",
)
"""Who holds events for the public, and writes down what goes with them."""

SORTS: Final = (
    Choice("school", Label("学校", "School"), ledger=("学校",)),
    Choice("firm", Label("企业", "Firm"), ledger=("企业", "单位")),
    Choice("village", Label("村（社区）", "Village"), ledger=("村", "社区")),
    Choice("office", Label("机关、团体", "Public body"), ledger=("机关",)),
    Choice("other", Label("其他", "Somewhere else"), ledger=("其他",)),
)
"""Who asks for a talk, and whom one is held for."""


def linked(name: str, label: Label, *, required: bool = False) -> Ask:
    """The id of another entry, chosen on the page and never typed."""
    return Ask(name=name, label=label, required=required, internal=True, plain=True)


def people(name: str, label: Label, zh: str = "人", en: str = "people", most: int = 1_000_000) -> Ask:
    """How many."""
    return Ask(name=name, label=label, type="whole", unit=Label(zh, en), least=0, most=most)


TO: Final = linked("to", Label("哪一条", "Which one"), required=True)
PLACE: Final = Ask(
    name="place",
    label=Label("在哪个乡镇、村", "In which town or village"),
    type="unit",
    help=Label("填到村（社区）最好：覆盖情况按它统计。", "The village, if possible: coverage is by this."),
)
UNTIL: Final = Ask(name="until", label=Label("停止日期", "Day it ended"), type="day")


def _same(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 asked nothing of place, venue and leaflets: they stay unknown."""
    return fields


EVENT: Final = Kind(
    name="outreach_event",
    label=Label("宣传活动", "Outreach event"),
    version=2,
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("活动日期", "Day of the event"),
    summary=Label("{form}，{given_by}，受众 {audience} 人次", "{form}, {given_by}, audience {audience}"),
    upgrade=_same,
    fields=(
        Ask(
            name="form",
            label=Label("形式", "Form"),
            type="choice",
            required=True,
            choices=(
                Choice("talk", Label("宣讲", "Talk")),
                Choice("show", Label("文艺演出", "Show")),
                Choice("exhibition", Label("展览、咨询", "Exhibition or stand")),
                Choice("walk", Label("徒步等群众活动", "Walk or other mass event")),
                Choice("broadcast", Label("广播", "Broadcast")),
                Choice("online", Label("网络", "Online")),
                Choice("open_day", Label("场所开放日", "Open day")),
                Choice("other", Label("其他", "Something else")),
            ),
        ),
        Ask(
            name="given_by",
            label=Label("由谁举办", "Given by"),
            type="choice",
            required=True,
            choices=(
                Choice("lecturers", Label("场所宣讲团", "Lecturers of a centre")),
                Choice("office", Label("禁毒办、村（社区）", "An office")),
                Choice("school", Label("学校", "A school")),
                Choice("volunteers", Label("志愿者队伍", "Volunteers")),
                Choice("other", Label("其他", "Somebody else")),
            ),
        ),
        Ask(
            name="audience",
            label=Label("受众", "Audience"),
            type="whole",
            unit=Label("人次", "person-times"),
            least=0,
            most=100_000_000,
        ),
        Ask(
            name="counted",
            label=Label("怎样计数", "How it was counted"),
            type="choice",
            choices=(
                Choice("headcount", Label("逐人清点", "Head by head")),
                Choice("signed", Label("签到", "Sign-in sheet")),
                Choice("estimate", Label("估计", "Estimate")),
                Choice("views", Label("网络浏览数", "Online views")),
            ),
        ),
        Ask(name="topic", label=Label("主题", "Topic")),
        PLACE,
        Ask(name="held_for", label=Label("讲给谁", "Held for"), type="choice", choices=SORTS),
        Ask(name="venue", label=Label("场地", "Venue"), help=Label("如：大礼堂", "Such as: the main hall")),
        Ask(name="speaker", label=Label("宣讲员", "Speaker"), of_others=True),
        people("leaflets", Label("发放资料", "Leaflets given out"), "份", "copies", 10_000_000),
        linked("target", Label("宣讲对象", "Whom it reached")),
        linked("plan", Label("哪一次安排", "Which plan")),
    ),
)

LECTURER: Final = Kind(
    name="lecturer",
    label=Label("宣讲员", "Speaker"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("加入日期", "Since"),
    summary=Label("宣讲员", "Speaker"),
    help=Label(
        "宣讲员是工作人员或者志愿者。正在戒毒的人不登记在这里。",
        "Speakers are staff or volunteers. Nobody under a measure is entered here.",
    ),
    fields=(
        Ask(name="name", label=Label("姓名", "Name"), required=True, of_others=True),
        Ask(name="post", label=Label("单位、职务", "Unit and post")),
        Ask(name="topics", label=Label("能讲的主题", "Topics")),
        Ask(name="languages", label=Label("语言", "Languages"), help=Label("如：普通话、海南话、黎语",
                                                                          "Such as: Mandarin, Hlai")),
        UNTIL,
    ),
)  # fmt: skip

TRAINING: Final = Kind(
    name="lecturer_training",
    label=Label("宣讲员培训", "Speaker's training"),
    about="unit",
    compartment=WORK,
    answers="to",
    own_page=True,
    recorded_by=HOSTS,
    day=Label("培训日期", "Day of the training"),
    summary=Label("宣讲员培训 {hours} 学时，{result}", "Speaker's training of {hours} hours, {result}"),
    fields=(
        TO,
        Ask(name="topic", label=Label("培训内容", "What was trained"), required=True),
        Ask(name="hours", label=Label("学时", "Hours"), type="whole", least=1, most=400, required=True),
        Ask(
            name="result",
            label=Label("结果", "Result"),
            type="choice",
            required=True,
            choices=(
                Choice("attended", Label("参加", "Attended")),
                Choice("passed", Label("试讲合格", "Trial talk passed")),
                Choice("again", Label("需再培训", "To be trained again")),
            ),
        ),
    ),
)

TARGET: Final = Kind(
    name="outreach_target",
    label=Label("宣讲对象单位", "School or firm to reach"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("登记日期", "Entered on"),
    summary=Label("宣讲对象单位（{sort}）", "To be reached: {sort}"),
    fields=(
        Ask(name="name", label=Label("名称", "Name"), required=True),
        Ask(name="sort", label=Label("类别", "Sort"), type="choice", required=True, choices=SORTS),
        PLACE,
        people("people", Label("人数", "How many people")),
        UNTIL,
    ),
)

REQUEST: Final = Kind(
    name="talk_request",
    label=Label("宣讲申请", "Request for a talk"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("收到日期", "Received on"),
    summary=Label("宣讲申请（{sort}）", "Request for a talk: {sort}"),
    fields=(
        Ask(name="asked_by", label=Label("申请单位", "Who asks"), required=True),
        Ask(name="sort", label=Label("类别", "Sort"), type="choice", required=True, choices=SORTS),
        PLACE,
        Ask(name="wanted_on", label=Label("希望哪天", "Wanted on"), type="day"),
        people("audience", Label("预计人数", "Expected audience")),
        Ask(name="topic", label=Label("希望讲什么", "Topic wanted")),
        Ask(name="contact", label=Label("联系人", "Contact"), of_others=True),
        Ask(name="phone", label=Label("电话", "Telephone"), of_others=True),
        linked("target", Label("宣讲对象单位", "School or firm")),
    ),
)

DECLINED: Final = Kind(
    name="talk_request_declined",
    label=Label("申请未安排", "Request declined"),
    about="unit",
    compartment=WORK,
    answers="to",
    own_page=True,
    recorded_by=HOSTS,
    day=Label("答复日期", "Answered on"),
    summary=Label("宣讲申请未安排", "Request for a talk declined"),
    fields=(
        TO,
        Ask(name="reason", label=Label("为什么，怎样答复的", "Why, and what was answered"), type="long_text",
            required=True),
    ),
)  # fmt: skip

PLANNED: Final = Kind(
    name="talk_planned",
    label=Label("宣讲安排", "Talk planned"),
    about="unit",
    compartment=WORK,
    own_page=True,
    recorded_by=HOSTS,
    day=Label("安排日期", "Planned on"),
    summary=Label("安排在 {planned_on}", "Planned for {planned_on}"),
    fields=(
        Ask(name="planned_on", label=Label("哪天讲", "Day of the talk"), type="day", required=True),
        time_of_day(Label("几点", "Time"), required=False),
        Ask(name="topic", label=Label("主题", "Topic"), required=True),
        Ask(name="topic_en", label=Label("主题（英文）", "Topic in English")),
        PLACE,
        Ask(name="venue", label=Label("场地", "Venue"), required=True),
        linked("lecturer", Label("宣讲员", "Speaker")),
        linked("target", Label("宣讲对象单位", "School or firm")),
        linked("request", Label("哪一份申请", "Which request")),
        Ask(
            name="public",
            label=Label("登在宣传网站的活动日历上", "Shown in the public calendar"),
            type="choice",
            required=True,
            choices=YES_NO,
        ),
    ),
)

CANCELLED: Final = Kind(
    name="talk_cancelled",
    label=Label("宣讲取消", "Talk called off"),
    about="unit",
    compartment=WORK,
    answers="to",
    own_page=True,
    recorded_by=HOSTS,
    day=Label("取消日期", "Called off on"),
    summary=Label("宣讲取消", "Talk called off"),
    fields=(TO, Ask(name="reason", label=Label("为什么", "Why"), required=True)),
)

MATERIAL: Final = Kind(
    name="outreach_material",
    label=Label("宣传资料", "Outreach material"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("印制、入库日期", "Printed or received on"),
    summary=Label("宣传资料：{form} {copies} 份", "Material: {form}, {copies} copies"),
    fields=(
        Ask(name="title", label=Label("名称", "Title"), required=True),
        Ask(
            name="form",
            label=Label("种类", "Sort"),
            type="choice",
            required=True,
            choices=(
                Choice("leaflet", Label("折页、传单", "Leaflet")),
                Choice("poster", Label("挂图、海报", "Poster")),
                Choice("booklet", Label("手册", "Booklet")),
                Choice("video", Label("视频", "Video")),
                Choice("exhibit", Label("展板、模型", "Exhibit")),
                Choice("other", Label("其他", "Something else")),
            ),
        ),
        Ask(name="copies", label=Label("数量", "Copies"), type="whole", unit=Label("份", "copies"), least=1,
            most=10_000_000, required=True),
    ),
)  # fmt: skip

GIVEN: Final = Kind(
    name="material_given",
    label=Label("资料发放", "Material given out"),
    about="unit",
    compartment=WORK,
    answers="to",
    own_page=True,
    recorded_by=HOSTS,
    day=Label("发放日期", "Given out on"),
    summary=Label("发放资料 {copies} 份", "{copies} copies given out"),
    fields=(
        TO,
        Ask(name="copies", label=Label("发放数量", "Copies given out"), type="whole",
            unit=Label("份", "copies"), least=1, most=10_000_000, required=True),
        Ask(name="where", label=Label("发给谁、在哪里", "To whom, where")),
    ),
)  # fmt: skip

PHOTO: Final = Kind(
    name="outreach_photo",
    label=Label("活动照片", "Photo of an event"),
    about="unit",
    compartment=WORK,
    answers="to",
    own_page=True,
    recorded_by=HOSTS,
    day=Label("拍摄日期", "Taken on"),
    summary=Label("活动照片：{consent}", "Photo: {consent}"),
    fields=(
        TO,
        Ask(name="caption", label=Label("照片上是什么", "What it shows"), required=True,
            help=Label("不写人名。看不到照片的人靠这句话知道是什么。",
                       "No names. Who cannot see the photo reads this.")),
        Ask(name="caption_en", label=Label("照片上是什么（英文）", "What it shows, in English")),
        Ask(
            name="consent",
            label=Label("照片上的人是否同意公开", "Do those in it agree to its being public"),
            type="choice",
            required=True,
            choices=(
                Choice("written", Label("都已书面同意", "All agreed in writing")),
                Choice("nobody", Label("认不出任何人", "Nobody can be recognised")),
                Choice("none", Label("没有同意，只内部存档", "Not agreed: kept inside only")),
            ),
        ),
        linked("digest", Label("照片摘要", "Digest of the photo"), required=True),
    ),
)  # fmt: skip

CHANNEL: Final = Kind(
    name="channel_reach",
    label=Label("网络渠道数据", "Reach of an online channel"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("截止日期", "Counted up to"),
    summary=Label("{sort}，浏览 {views} 次", "{sort}, {views} views"),
    help=Label(
        "照平台后台的数字填。浏览是次数，不是人数。",
        "As the platform states it. Views are times, not people.",
    ),
    fields=(
        Ask(name="channel", label=Label("渠道", "Channel"), required=True, plain=True,
            ledger=("渠道", "账号", "channel")),
        Ask(
            name="sort",
            label=Label("类型", "Sort"),
            type="choice",
            required=True,
            ledger=("类型", "平台", "sort"),
            choices=(
                Choice("wechat", Label("公众号", "Official account"), ledger=("微信公众号", "微信")),
                Choice("live", Label("直播", "Live stream"), ledger=("网红直播", "直播间")),
                Choice("video", Label("短视频", "Short videos"), ledger=("视频号",)),
                Choice("site", Label("网站", "Website"), ledger=("专题网站", "网页")),
                Choice("other", Label("其他", "Something else"), ledger=("其它",)),
            ),
        ),
        Ask(name="first", label=Label("起始日期", "From"), type="day", required=True,
            ledger=("起始日期", "开始日期", "from")),
        Ask(name="views", label=Label("浏览次数", "Views"), type="whole", unit=Label("次", "times"), least=0,
            most=2_000_000_000, required=True, ledger=("浏览次数", "阅读量", "播放量", "views")),
        Ask(name="shares", label=Label("转发次数", "Shares"), type="whole", unit=Label("次", "times"),
            least=0, most=2_000_000_000, ledger=("转发次数", "分享", "shares")),
        Ask(name="followers", label=Label("关注人数", "Followers"), type="whole", unit=Label("人", "people"),
            least=0, most=2_000_000_000, ledger=("关注人数", "粉丝数", "followers")),
    ),
)  # fmt: skip

GROUP: Final = Kind(
    name="volunteer_group",
    label=Label("志愿队伍", "Volunteer group"),
    about="unit",
    compartment=WORK,
    recorded_by=HOSTS,
    day=Label("成立日期", "Day set up"),
    summary=Label("{sort}，{members} 人", "{sort} of {members}"),
    help=Label("只填人数，不填姓名。", "Numbers only, no names."),
    fields=(
        Ask(name="name", label=Label("名称", "Name"), required=True),
        Ask(
            name="sort",
            label=Label("类别", "Sort"),
            type="choice",
            required=True,
            choices=(
                Choice("mothers", Label("妈妈训教团", "Mothers' group")),
                Choice("elders", Label("老年广播站", "Elders' broadcast")),
                Choice("youth", Label("青年志愿者", "Young volunteers")),
                Choice("other", Label("其他", "Another group")),
            ),
        ),
        Ask(name="members", label=Label("人数", "Members"), type="whole", unit=Label("人", "people"), least=1,
            most=100_000, required=True),
        PLACE,
        UNTIL,
    ),
)  # fmt: skip

KINDS: Final = (
    EVENT, LECTURER, TRAINING, TARGET, REQUEST, DECLINED, PLANNED, CANCELLED, MATERIAL, GIVEN, PHOTO, CHANNEL,
    GROUP,
)  # fmt: skip
