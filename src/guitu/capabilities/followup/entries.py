"""One attempt to reach somebody after a measure. One that failed is as much an entry as one that reached
them: without it the lost would drop out of every figure."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.kernel.labels import Label

FOLLOWS: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "brigade_officer",
    "counsellor",
    "centre_head",
)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 did not ask about work; what it asked means the same."""
    return fields


KINDS: Final = (
    Kind(
        name="follow_up",
        version=2,
        upgrade=_as_it_was,
        label=Label("回访", "Follow-up"),
        compartment="support",
        recorded_by=FOLLOWS,
        day=Label("回访日期", "Day of the attempt"),
        summary=Label("回访（{mode}）：{result}", "Follow-up ({mode}): {result}"),
        help=Label(
            "没有联系上的也要登记，一次一条。", "Record the attempts that failed too, one entry for each."
        ),
        fields=(
            Ask(
                name="mode",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("visit", Label("上门", "Visit")),
                    Choice("phone", Label("电话", "Telephone")),
                    Choice("video", Label("视频", "Video call")),
                    Choice("message", Label("信息", "Message")),
                    Choice("through_others", Label("通过他人", "Through others")),
                ),
            ),
            Ask(
                name="result",
                label=Label("结果", "What came of it"),
                type="choice",
                required=True,
                choices=(
                    Choice("reached", Label("联系到本人", "The person was spoken to")),
                    Choice("no_answer", Label("未联系上", "No answer")),
                    Choice("lost", Label("失去联系", "Lost: nobody knows where they are")),
                    Choice("refused", Label("拒绝回访", "Refused")),
                    Choice("moved", Label("迁往外地", "Moved away")),
                    Choice("in_custody", Label("在羁押或者戒毒场所", "In custody")),
                    Choice("died", Label("已死亡", "Has died")),
                ),
            ),
            Ask(
                name="at_work",
                label=Label("是否在岗", "At work"),
                type="choice",
                only_when={"result": ("reached",)},
                choices=(
                    Choice("yes", Label("在岗", "At work")),
                    Choice("no", Label("不在岗", "Not at work")),
                    Choice("unknown", Label("没有问到", "Not asked")),
                ),
            ),
            Ask(name="note", label=Label("情况", "How they are"), type="long_text", sealed=True),
        ),
    ),
)
