"""The two entries of a draw, in the file of the town that carries it out: a commitment before the month
begins, the seed once every day has come. Nobody types either: the page makes them."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Kind
from guitu.casefile.kind import WORK
from guitu.home.draw import KEPT
from guitu.kernel.labels import Label

OFFICES: Final = ("town_office", "county_supervisor")


def _plain(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, required=True, plain=True)


KINDS: Final = (
    Kind(
        name="draw_committed",
        label=Label("公布抽签承诺", "Draw committed to"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=OFFICES,
        day=Label("公布日期", "Day published"),
        summary=Label("抽签承诺：{first} 至 {last}", "Draw committed to: {first} to {last}"),
        help=Label(
            "种子由系统产生，公布之前没有人看得到；事后揭示，任何人可以核验。",
            "The seed is made by the service; nobody sees it before it is revealed, and then anybody can"
            " check.",
        ),
        fields=(
            Ask(
                name="first", label=Label("周期起始日自", "Periods beginning from"), type="day", required=True
            ),
            Ask(name="last", label=Label("至", "to"), type="day", required=True),
            Ask(
                name="weekends",
                label=Label("周末也可以抽到", "Weekends may be drawn"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            _plain("commitment", Label("承诺（SM3）", "Commitment (SM3)")),
        ),
    ),
    Kind(
        name="draw_revealed",
        label=Label("揭示抽签种子", "Seed revealed"),
        about="unit",
        compartment=WORK,
        own_page=True,
        answers="to",
        recorded_by=OFFICES,
        day=Label("揭示日期", "Day revealed"),
        fields=(
            _plain("to", Label("所揭示的承诺", "Commitment")),
            _plain("seed", Label("种子", "Seed")),
            *(
                Ask(name=name, label=Label("签号和周期", "Lots"), type="long_text", internal=True)
                for name in KEPT
            ),
        ),
    ),
)
