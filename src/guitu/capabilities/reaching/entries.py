"""One attempt to reach somebody, whatever came of it. Whether a person is in touch, lost, away, held or dead
is never typed: `guitu.home.contact` derives it from these and from what else is in the file."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import time_of_day
from guitu.kernel.labels import Label

REACHES: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "centre_head",
)

KINDS: Final = (
    Kind(
        name="contact_attempt",
        label=Label("联系", "Contact attempt"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=REACHES,
        day=Label("联系日期", "Day of the attempt"),
        summary=Label("联系（{how}）：{result}", "Contact ({how}): {result}"),
        help=Label(
            "没有联系上的也要登记，一次一条。是否失联由这些记录得出，不另填。",
            "Record the attempts that failed too, one entry for each. Whether somebody is lost follows"
            " from them and is typed nowhere.",
        ),
        fields=(
            Ask(
                name="how",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("visit", Label("上门", "Visit")),
                    Choice("phone", Label("电话", "Telephone")),
                    Choice("video", Label("视频", "Video call")),
                    Choice("message", Label("信息", "Message")),
                    Choice("letter", Label("信件", "Letter")),
                    Choice("office", Label("本人来访", "The person came in")),
                    Choice("through_others", Label("通过他人", "Through others")),
                ),
            ),
            time_of_day(Label("时间", "Time"), required=False),
            Ask(
                name="result",
                label=Label("结果", "What came of it"),
                type="choice",
                required=True,
                choices=(
                    Choice("reached", Label("联系到本人", "The person was spoken to")),
                    Choice("no_answer", Label("未联系上", "No answer")),
                    Choice("lost", Label("去向不明", "Nobody knows where they are")),
                    Choice("moved", Label("已离开本地", "Has moved away")),
                    Choice("in_custody", Label("被羁押或者在所", "In custody")),
                    Choice("died", Label("据告已去世", "Said to have died")),
                ),
            ),
            Ask(
                name="with_whom",
                label=Label("问了谁", "Who was asked"),
                sealed=True,
                of_others=True,
                only_when={"how": ("through_others", "visit", "phone", "message")},
                help=Label(
                    "不向邻居、用人单位透露本人戒毒的情况",
                    "Tell neighbours and employers nothing of rehabilitation",
                ),
            ),
            Ask(name="note", label=Label("情况", "How they are"), type="long_text", sealed=True),
        ),
    ),
)
