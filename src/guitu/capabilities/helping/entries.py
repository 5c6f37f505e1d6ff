"""A need, where somebody was sent with it, what came of that, what was delivered, and whether it lasted.

A need that the person asked for themselves (`help_request`) or named when followed up (`follow_up`, `wants`)
is not written down again: what follows names that entry.
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.home.help import LINES
from guitu.kernel.labels import Label

HELPS: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "brigade_officer",
    "counsellor",
    "centre_head",
)
ARTICLES: Final = ("戒毒条例#18",)
CHOICES: Final = tuple(Choice(value, label) for value, label in LINES.items())


def _to(label: Label) -> Ask:
    return Ask(
        name="to",
        label=label,
        required=True,
        plain=True,
        help=Label("由系统填写", "Filled in by the system"),
    )


NEED: Final = _to(Label("所指的需求", "The need meant"))

KINDS: Final = (
    Kind(
        name="help_need",
        label=Label("帮扶需求", "Need"),
        compartment="support",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("了解日期", "Day it was known"),
        summary=Label("需求：{line}", "Need: {line}"),
        help=Label(
            "写本人需要什么，不写单位打算怎么管。本人自己提过的，不必再登。",
            "What the person needs, not how an office means to manage them. What they asked for themselves"
            " need not be written again.",
        ),
        fields=(
            Ask(name="line", label=Label("哪方面", "Of what"), type="choice", required=True, choices=CHOICES),
            Ask(
                name="found",
                label=Label("怎样了解到", "How it came to be known"),
                type="choice",
                choices=(
                    Choice("person", Label("本人说的", "The person said so")),
                    Choice("family", Label("家属说的", "The family said so")),
                    Choice("visit", Label("走访看到", "Seen on a visit")),
                    Choice("handover", Label("出所衔接材料", "Hand-over papers")),
                    Choice("other", Label("其他", "Otherwise")),
                ),
            ),
            Ask(
                name="wish",
                label=Label("本人的想法", "What the person wishes"),
                type="long_text",
                sealed=True,
                to_person=True,
            ),
        ),
    ),
    Kind(
        name="help_referral",
        label=Label("转介", "Referral"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("转介日期", "Day referred"),
        summary=Label("转介：{office}，{reply_by} 前答复", "Referred to: {office}, answer by {reply_by}"),
        help=Label(
            "只告诉对方办这件事要用的；戒毒经历不在其中，除非本人同意。",
            "Tell the other office what this one matter needs; that somebody was in rehabilitation is not"
            " part of it, unless the person agrees.",
        ),
        fields=(
            NEED,
            Ask(name="office", label=Label("转介给", "Referred to"), required=True),
            Ask(
                name="agreed",
                label=Label("本人同意转介", "The person agrees"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(name="reply_by", label=Label("约定答复日期", "Answer agreed by"), type="day"),
        ),
    ),
    Kind(
        name="help_referral_result",
        label=Label("转介结果", "Result of a referral"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("答复日期", "Day answered"),
        summary=Label("转介结果：{outcome}", "Referral: {outcome}"),
        fields=(
            _to(Label("所指的转介", "The referral meant")),
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("accepted", Label("已接收", "Taken on")),
                    Choice("waiting", Label("排队等候", "On a waiting list")),
                    Choice("refused", Label("未接收", "Not taken on")),
                    Choice("not_gone", Label("本人没有去", "The person did not go")),
                ),
            ),
            Ask(
                name="why",
                label=Label("理由", "Why"),
                type="long_text",
                sealed=True,
                to_person=True,
                only_when={"outcome": ("refused", "waiting", "not_gone")},
            ),
        ),
    ),
    Kind(
        name="help_delivered",
        label=Label("帮扶落实", "Help delivered"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("落实日期", "First day of it"),
        summary=Label("落实：{what}", "Delivered: {what}"),
        help=Label(
            "本人真正得到了才登记；开了会、发了函不算。",
            "Only what the person really received: a meeting held or a letter sent is none.",
        ),
        fields=(
            NEED,
            Ask(name="what", label=Label("得到了什么", "What was received"), required=True),
            Ask(name="by", label=Label("由谁提供", "Given by")),
        ),
    ),
    Kind(
        name="help_lasting",
        label=Label("帮扶复核", "Did it last"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("复核日期", "Day asked"),
        summary=Label("还在：{lasts}", "Still there: {lasts}"),
        fields=(
            _to(Label("所指的落实", "The help meant")),
            Ask(
                name="lasts",
                label=Label("还在不在", "Is it still there"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("还在", "Yes")),
                    Choice("no", Label("已中断", "No")),
                    Choice("done", Label("已办完，不再需要", "Done with, no longer needed")),
                    Choice("unknown", Label("没有问到", "Not asked")),
                ),
            ),
            Ask(
                name="why",
                label=Label("为什么中断", "Why it ended"),
                type="long_text",
                sealed=True,
                to_person=True,
                only_when={"lasts": ("no",)},
            ),
        ),
    ),
    Kind(
        name="help_closed",
        label=Label("需求了结", "Need closed"),
        compartment="support",
        answers="to",
        cites=ARTICLES,
        recorded_by=HELPS,
        day=Label("了结日期", "Day closed"),
        summary=Label("需求了结：{outcome}", "Need closed: {outcome}"),
        fields=(
            NEED,
            Ask(
                name="outcome",
                label=Label("怎样了结", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("met", Label("已满足", "Met")),
                    Choice("withdrawn", Label("本人不再需要", "No longer wanted by the person")),
                    Choice("impossible", Label("办不了", "Cannot be done")),
                ),
            ),
            Ask(
                name="why",
                label=Label("理由", "Why"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
                only_when={"outcome": ("impossible",)},
                help=Label("本人看得到", "The person reads this"),
            ),
        ),
    ),
)
