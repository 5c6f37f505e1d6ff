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
        ),
    ),
)
