"""Screening with an instrument, the look after somebody that follows on the same day, counselling, groups,
crisis plans, summaries and referral. A score is worked out from the answers and stands nowhere."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

COUNSELS: Final = ("counsellor", "doctor", "centre_head")
SCREENS: Final = (*COUNSELS, "nurse")
SEES_TO: Final = (*SCREENS, "brigade_officer")
"""Who may look after somebody on the spot: whoever of the staff is there, by name."""

TO: Final = Ask(
    name="to",
    label=Label("所回应的记录", "Entry answered"),
    required=True,
    plain=True,  # the id of an entry: it tells nothing, and lists are worked out by it
    help=Label("由系统填写", "Filled in by the system"),
)
NOTE: Final = Ask(
    name="note",
    label=Label("记录", "Note"),
    type="long_text",
    sealed=True,
    close=True,
    help=Label("只在心理中心的页面上显示", "Shown on the psychology centre's pages only"),
)


def _who(name: str, zh: str, en: str) -> Ask:
    """A named member of staff."""
    return Ask(name=name, label=Label(zh, en), required=True, of_others=True)


KINDS: Final = (
    Kind(
        name="screening",
        label=Label("心理筛查", "Screening"),
        compartment="support",
        read_as=ReadAs("file", 60),
        cites=("精神卫生法#18",),
        recorded_by=SCREENS,
        own_page=True,
        day=Label("填写日期", "Day filled in"),
        summary=Label("心理筛查（结果不影响解除）", "Screening (its result never bears on release)"),
        help=Label(
            "答案加密保存，得分由答案算出。结果不影响解除、奖惩和分区。",
            "The answers are sealed and the score is worked out from them. It bears on no release, reward or"
            " zone.",
        ),
        fields=(
            Ask(name="instrument", label=Label("量表", "Instrument"), required=True, plain=True, close=True),
            Ask(
                name="instrument_version",
                label=Label("量表版本", "Version"),
                type="whole",
                required=True,
                least=1,
                close=True,
            ),
            Ask(
                name="answers",
                label=Label("答案", "Answers"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
                close=True,
            ),
            Ask(
                name="administered_by",
                label=Label("施测人", "Administered by"),
                required=True,
                of_others=True,
            ),
            Ask(
                name="way",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("self", Label("本人填写", "By the person")),
                    Choice("read_aloud", Label("由他人念题", "Read aloud")),
                    Choice("staff", Label("工作人员评定", "Rated by staff")),
                    Choice("paper", Label("由纸质答卷录入", "Typed from a sheet")),
                ),
            ),
            Ask(
                name="alert",
                label=Label("今天需要有人看望", "Somebody is needed today"),
                type="choice",
                required=True,
                choices=YES_NO,
                help=Label("由答案得出", "Follows from the answers"),
            ),
        ),
    ),
    Kind(
        name="safety_check",
        label=Label("当天看望", "Seen on the same day"),
        compartment="support",
        answers="to",
        read_as=ReadAs("file", 61),
        cites=("精神卫生法#18",),
        recorded_by=SEES_TO,
        day=Label("看望日期", "Day seen"),
        summary=Label("当天看望：{outcome}", "Seen on the same day: {outcome}"),
        help=Label(
            "当面看望，问清楚。写的是您本人做的事；系统不代替判断。",
            "See the person and ask. What you write is what you did; no system judges in your place.",
        ),
        fields=(
            TO,
            _who("seen_by", "看望人姓名", "Seen by (name)"),
            Ask(
                name="outcome",
                label=Label("看望之后", "After that"),
                type="choice",
                required=True,
                choices=(
                    Choice("safe", Label("目前安全，已约下次谈话", "Safe for now, next talk agreed")),
                    Choice(
                        "stayed_with", Label("有人陪着，已订危机计划", "Somebody stays; crisis plan made")
                    ),
                    Choice("psychiatrist", Label("已请精神科医生", "A psychiatrist was called")),
                    Choice("hospital", Label("已送医院", "Taken to hospital")),
                ),
            ),
            NOTE,
        ),
    ),
    Kind(
        name="counselling",
        label=Label("心理咨询", "Counselling"),
        compartment="support",
        cites=("精神卫生法#18", "精神卫生法#23"),
        recorded_by=COUNSELS,
        day=Label("咨询日期", "Day of the session"),
        summary=Label("心理咨询：{mode}", "Counselling: {mode}"),
        help=Label(
            "心理咨询师不作精神障碍的诊断和治疗；怀疑有病的，登记“转介精神科”。",
            "A counsellor neither diagnoses nor treats mental disorder; record a referral to a psychiatrist.",
        ),
        fields=(
            Ask(
                name="mode",
                label=Label("形式", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("individual", Label("个别", "Individual")),
                    Choice("family", Label("家庭", "With the family")),
                    Choice("remote", Label("远程", "Remote")),
                ),
            ),
            Ask(
                name="reason",
                label=Label("缘由", "Why"),
                type="choice",
                choices=(
                    Choice("planned", Label("约定的", "Agreed before")),
                    Choice("asked", Label("本人要求", "The person asked")),
                    Choice("alert", Label("筛查提示", "After a screening")),
                    Choice("referred", Label("他人转来", "Sent by others")),
                ),
            ),
            Ask(
                name="minutes",
                label=Label("时长", "Length"),
                type="whole",
                least=1,
                most=300,
                unit=Label("分钟", "minutes"),
            ),
            Ask(name="next_on", label=Label("下次约定", "Next session"), type="day"),
            NOTE,
        ),
    ),
    Kind(
        name="crisis_plan",
        label=Label("危机计划", "Crisis plan"),
        compartment="support",
        cites=("精神卫生法#18",),
        recorded_by=COUNSELS,
        day=Label("订立或复核日期", "Day made or reviewed"),
        summary=Label("危机计划：{state}，下次复核 {review_on}", "Crisis plan: {state}, review {review_on}"),
        help=Label(
            "和本人一起订。每次复核再记一条，新的取代旧的。",
            "Made with the person. Each review is a new entry, which takes the place of the old one.",
        ),
        fields=(
            Ask(
                name="state",
                label=Label("状态", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("active", Label("执行中", "In force")),
                    Choice("ended", Label("不再需要", "No longer needed")),
                ),
            ),
            Ask(
                name="named_staff",
                label=Label("负责人姓名", "Named member of staff"),
                required=True,
                only_when={"state": ("active",)},
                of_others=True,
            ),
            Ask(
                name="review_on",
                label=Label("下次复核", "Review on"),
                type="day",
                required=True,
                only_when={"state": ("active",)},
            ),
            Ask(
                name="agreed",
                label=Label("是否和本人一起订", "Made with the person"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="signs", label=Label("预兆", "Warning signs"), type="long_text", sealed=True, close=True
            ),
            Ask(
                name="helps",
                label=Label("自己能做的", "What I can do myself"),
                type="long_text",
                sealed=True,
                close=True,
            ),
            Ask(
                name="contacts",
                label=Label("可以找谁", "Whom to turn to"),
                type="long_text",
                sealed=True,
                close=True,
                of_others=True,
            ),
            Ask(
                name="steps",
                label=Label("工作人员的步骤", "Steps for staff"),
                type="long_text",
                sealed=True,
                close=True,
            ),
        ),
    ),
    Kind(
        name="psychology_summary",
        label=Label("心理档案小结", "Psychological summary"),
        compartment="support",
        recorded_by=COUNSELS,
        day=Label("小结日期", "Day"),
        summary=Label("心理档案小结", "Psychological summary"),
        fields=(
            Ask(
                name="text",
                label=Label("小结", "Summary"),
                type="long_text",
                required=True,
                sealed=True,
                close=True,
            ),
            Ask(name="plan", label=Label("下一步", "What next"), type="long_text", sealed=True, close=True),
        ),
    ),
    Kind(
        name="psychiatric_referral",
        label=Label("转介精神科", "Referral to a psychiatrist"),
        compartment="support",
        cites=("精神卫生法#23",),
        recorded_by=(*COUNSELS, "nurse"),
        day=Label("转介日期", "Day referred"),
        summary=Label("转介精神科：{urgency}", "Referral to a psychiatrist: {urgency}"),
        fields=(
            Ask(
                name="urgency",
                label=Label("缓急", "How soon"),
                type="choice",
                required=True,
                choices=(
                    Choice("today", Label("今天", "Today")),
                    Choice("week", Label("一周之内", "Within a week")),
                    Choice("routine", Label("一般", "Routine")),
                ),
            ),
            Ask(
                name="why",
                label=Label("所见（不写诊断）", "What was seen (no diagnosis)"),
                type="long_text",
                required=True,
                sealed=True,
                close=True,
            ),
        ),
    ),
    Kind(
        name="group_counselling",
        label=Label("团体辅导", "Group session"),
        about="unit",
        compartment="work",
        recorded_by=("counsellor", "centre_head", "brigade_officer"),
        day=Label("日期", "Day"),
        summary=Label("团体辅导：{topic}，到 {present} 人", "Group session: {topic}, {present} present"),
        help=Label(
            "只记人数。有人没来，另在其本人档案里记“未参加团体辅导”。",
            "Numbers only. Who did not come has an entry of their own in their file.",
        ),
        fields=(
            Ask(
                name="topic",
                label=Label("主题", "Topic"),
                type="choice",
                required=True,
                choices=(
                    Choice("motivation", Label("戒毒动机", "Motivation")),
                    Choice("craving", Label("应对渴求", "Coping with craving")),
                    Choice("refusal", Label("拒绝技巧", "Refusal skills")),
                    Choice("emotion", Label("情绪管理", "Emotions")),
                    Choice("family", Label("家庭关系", "Family")),
                    Choice("return", Label("回归准备", "Going home")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="invited",
                label=Label("应到", "Invited"),
                type="whole",
                required=True,
                least=1,
                unit=Label("人", "persons"),
            ),
            Ask(
                name="present",
                label=Label("实到", "Present"),
                type="whole",
                required=True,
                least=0,
                unit=Label("人", "persons"),
            ),
            Ask(
                name="minutes",
                label=Label("时长", "Length"),
                type="whole",
                least=1,
                most=300,
                unit=Label("分钟", "minutes"),
            ),
        ),
    ),
    Kind(
        name="group_missed",
        label=Label("未参加团体辅导", "Group session missed"),
        compartment="support",
        recorded_by=(*COUNSELS, "brigade_officer"),
        day=Label("日期", "Day"),
        summary=Label("未参加团体辅导：{why}", "Group session missed: {why}"),
        fields=(
            Ask(
                name="why",
                label=Label("原因", "Why"),
                type="choice",
                required=True,
                choices=(
                    Choice("refused", Label("本人不愿意", "Did not wish to")),
                    Choice("ill", Label("生病", "Ill")),
                    Choice("elsewhere", Label("另有安排", "Something else planned")),
                    Choice("unknown", Label("不清楚", "Not known")),
                ),
            ),
        ),
    ),
    Kind(
        name="instrument_supplied",
        label=Label("自备量表", "Instrument supplied"),
        about="unit",
        compartment="work",
        recorded_by=("centre_head", "counsellor"),
        own_page=True,
        day=Label("启用日期", "Day taken into use"),
        summary=Label(
            "自备量表：{key} 第 {instrument_version} 版", "Instrument: {key}, version {instrument_version}"
        ),
        fields=(
            Ask(name="key", label=Label("代号", "Key"), required=True),
            Ask(
                name="instrument_version",
                label=Label("版本", "Version"),
                type="whole",
                required=True,
                least=1,
            ),
            Ask(name="right", label=Label("使用依据", "Right to use it"), required=True),
            *(
                Ask(
                    name=f"part_{n}",
                    label=Label(f"内容 {n}", f"Content {n}"),
                    type="long_text",
                    sealed=True,
                    required=n == 1,
                    internal=True,
                )
                for n in range(1, 11)
            ),
        ),
    ),
)
