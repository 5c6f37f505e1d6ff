"""Allergies, prescriptions and their end, doses, and the list for the way out.

A dose is about one prescription, one day and one round: its id follows from these three, so that the store
itself refuses a second one (`centre.medication.dose_id`). What would tell of a restricted condition has
kinds of its own, given by the doctor: the nurses' round does not hold it.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, time_of_day
from guitu.centre.prescribing import PRESCRIBED
from guitu.kernel.labels import Label

OF: Final = Ask(
    name="prescription",
    label=Label("处方", "Prescription"),
    required=True,
    internal=True,
    plain=True,  # the id of an entry: it tells nothing
)
ENDED: Final = (
    OF,
    Ask(name="drug", label=Label("药名", "Drug")),
    Ask(name="why", label=Label("停药原因", "Why it is stopped"), type="long_text", required=True),
)
DOSE: Final = (
    OF,
    Ask(name="drug", label=Label("药名", "Drug")),
    Ask(name="round", label=Label("第几次发药", "Round"), type="whole", least=0, most=4, required=True),
    time_of_day(Label("时间", "Time")),
    Ask(
        name="outcome",
        label=Label("结果", "Outcome"),
        type="choice",
        required=True,
        plain=True,  # what the share of doses given is counted by; nothing of which medicine
        choices=(
            Choice("given", Label("已服", "Given")),
            Choice("refused", Label("拒服", "Refused")),
            Choice("held", Label("暂缓", "Held")),
        ),
    ),
    Ask(
        name="why",
        label=Label("原因", "Why"),
        type="long_text",
        required=True,
        only_when={"outcome": ("refused", "held")},
    ),
)

KINDS: Final = (
    Kind(
        name="allergy",
        label=Label("过敏", "Allergy"),
        compartment="medical",
        recorded_by=("doctor", "nurse"),
        day=Label("登记日期", "Day recorded"),
        help=Label("没有过敏的也登一条。", "Record one also where there is none."),
        fields=(
            Ask(
                name="known",
                label=Label("有无药物过敏", "Any allergy to drugs"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("有", "Yes")),
                    Choice("none", Label("本人说没有", "None, as told")),
                ),
            ),
            Ask(
                name="substance",
                label=Label("对什么过敏", "To what"),
                required=True,
                only_when={"known": ("yes",)},
            ),
            Ask(
                name="reaction",
                label=Label("反应", "Reaction"),
                type="long_text",
                only_when={"known": ("yes",)},
            ),
        ),
    ),
    Kind(
        name="prescription",
        label=Label("处方", "Prescription"),
        compartment="medical",
        cites=("禁毒法#45",),
        recorded_by=("doctor",),
        day=Label("第一天", "First day"),
        fields=PRESCRIBED,
    ),
    Kind(
        name="prescription_end",
        label=Label("停药", "Prescription stopped"),
        compartment="medical",
        recorded_by=("doctor",),
        own_page=True,
        day=Label("自何日起停", "Stopped from"),
        fields=ENDED,
    ),
    Kind(
        name="dose",
        label=Label("发药", "Dose"),
        compartment="medical",
        recorded_by=("doctor", "nurse"),
        own_page=True,
        day=Label("日期", "Day"),
        fields=DOSE,
    ),
    Kind(
        name="restricted_prescription",
        label=Label("特别保密处方", "Restricted prescription"),
        compartment="medical_restricted",
        cites=("艾滋病防治条例#39", "传染病防治法#16"),
        recorded_by=("doctor",),
        day=Label("第一天", "First day"),
        help=Label(
            "由医生自己发药：护士的发药单上没有这一项。",
            "The doctor gives it: it is not on the nurses' round.",
        ),
        fields=PRESCRIBED,
    ),
    Kind(
        name="restricted_prescription_end",
        label=Label("特别保密处方停药", "Restricted prescription stopped"),
        compartment="medical_restricted",
        recorded_by=("doctor",),
        own_page=True,
        day=Label("自何日起停", "Stopped from"),
        fields=ENDED,
    ),
    Kind(
        name="restricted_dose",
        label=Label("特别保密发药", "Restricted dose"),
        compartment="medical_restricted",
        recorded_by=("doctor",),
        own_page=True,
        day=Label("日期", "Day"),
        fields=DOSE,
    ),
    Kind(
        name="release_medication",
        label=Label("出所带药", "Medication at release"),
        compartment="medical",
        recorded_by=("doctor",),
        day=Label("开具日期", "Day written"),
        fields=(
            Ask(
                name="list",
                label=Label("药品、用法、数量", "Drugs, use, amounts"),
                type="long_text",
                required=True,
            ),
            Ask(
                name="days",
                label=Label("够用几天", "Days it lasts"),
                type="whole",
                unit=Label("天", "days"),
                least=0,
                most=90,
            ),
            Ask(name="go_to", label=Label("之后到哪里取药", "Where to get more"), type="long_text"),
        ),
    ),
)
