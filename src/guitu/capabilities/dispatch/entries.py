"""That a meeting was held. What was decided stands with the pack it dealt with."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="meeting",
        label=Label("调度会议", "Meeting"),
        about="unit",
        compartment=WORK,
        recorded_by=("town_office", "county_supervisor", "provincial_supervisor", "centre_head"),
        day=Label("会议日期", "Day of the meeting"),
        summary=Label("{sort}", "{sort}"),
        fields=(
            Ask(
                name="sort",
                label=Label("会议", "Which"),
                type="choice",
                required=True,
                choices=(
                    Choice("month", Label("月调度", "Monthly dispatch")),
                    Choice("quarter", Label("季小结", "Quarterly summary")),
                    Choice("year", Label("年总结", "Yearly review")),
                    Choice("risk", Label("安全研判", "Safety risk meeting")),
                ),
            ),
            Ask(
                name="people",
                label=Label("参加人数", "People present"),
                type="whole",
                least=1,
                most=1000,
                only_when={"sort": ("risk",)},
            ),
            Ask(
                name="weighed",
                label=Label("研判的情况", "What was weighed"),
                type="long_text",
                only_when={"sort": ("risk",)},
                help=Label(
                    "写场所的情况，不写戒毒人员姓名；某一个人的，写在本人档案里。",
                    "How the place stands, and no resident's name: what concerns one person stands in that"
                    " file.",
                ),
            ),
        ),
    ),
)
