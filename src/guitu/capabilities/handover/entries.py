"""Sent, and accepted by whom it was sent to."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Kind
from guitu.kernel.labels import Label

SENDERS: Final = ("intake_officer", "centre_head", "town_office", "county_supervisor")
RECEIVERS: Final = (*SENDERS, "village_worker")

KINDS: Final = (
    Kind(
        name="handover_sent",
        label=Label("移交", "Handed over"),
        compartment="legal",
        cites=("戒毒条例#22", "戒毒条例#27", "戒毒条例#34"),
        recorded_by=SENDERS,
        day=Label("移交日期", "Day sent"),
        summary=Label("移交给{to_unit}，待接收", "Sent to {to_unit}, to be accepted"),
        help=Label(
            "对方接收之前，仍由本单位负责；接收之后，本单位只能查看自己登记的内容。",
            "Until it is accepted your unit answers for the person; afterwards it reads only what it recorded"
            " itself.",
        ),
        fields=(
            Ask(name="to_unit", label=Label("移交给", "Sent to"), type="unit", required=True),
            Ask(name="note", label=Label("移交说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="handover_accepted",
        label=Label("接收", "Hand-over accepted"),
        compartment="legal",
        cites=("戒毒条例#22", "戒毒条例#27", "戒毒条例#34"),
        recorded_by=RECEIVERS,
        day=Label("接收日期", "Day accepted"),
        summary=Label("接收移交", "Hand-over accepted"),
        help=Label(
            "接收之日起由本单位负责。", "From the day it is accepted your unit answers for the person."
        ),
        fields=(
            Ask(
                name="complete",
                label=Label("移交材料是否齐全", "Is the package complete"),
                type="choice",
                choices=YES_NO,
            ),
        ),
    ),
)
