"""One restraint is a beginning, the head's approval, what was seen at each look, and its end.

The law gives one reason and no length: what it must not be is forgotten. Officers' looks stand in the
compartment of custody, medics' looks in the medical one.
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs, time_of_day
from guitu.kernel.labels import Label

CITES: Final = ("禁毒法#44", "司法行政机关强制隔离戒毒工作规定#40")
OFFICERS: Final = ("brigade_officer", "centre_head")


def _look(danger: Label) -> tuple[Ask, ...]:
    return (
        time_of_day(Label("查看时间", "Time looked")),
        Ask(
            name="state",
            label=Label("本人状态", "How the person is"),
            type="choice",
            required=True,
            choices=(
                Choice("calm", Label("平静", "Calm")),
                Choice("restless", Label("不安", "Restless")),
                Choice("in_pain", Label("不适，已叫医生", "Unwell; a doctor is called")),
            ),
        ),
        Ask(name="danger", label=danger, type="choice", required=True, choices=YES_NO),
        Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
    )


_STILL: Final = Label("自伤危险是否还在（不在的立即解除）", "Is the danger still there (if not, end it now)")

KINDS: Final = (
    Kind(
        name="restraint",
        label=Label("保护性约束", "Protective restraint"),
        compartment="custody",
        read_as=ReadAs("custody", 34),
        cites=CITES,
        recorded_by=OFFICERS,
        day=Label("开始日期", "Day begun"),
        summary=Label("开始保护性约束", "Protective restraint begun"),
        help=Label(
            "只为防止自伤自残，不得作为惩罚。法律没有规定时长，危险消除立即解除。",
            "Only to prevent self-harm, never as a punishment. The law sets no length: it ends"
            " when the danger does.",
        ),
        touches_liberty=True,
        fields=(
            time_of_day(Label("开始时间", "Time begun")),
            Ask(
                name="reason",
                label=Label("理由", "Reason"),
                type="choice",
                required=True,
                choices=(Choice("self_harm", Label("可能自伤、自残", "Danger of self-harm")),),
            ),
            Ask(name="means", label=Label("方式", "Means"), required=True, sealed=True),
            Ask(
                name="medic",
                label=Label("医护是否在场", "A medic is present"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="note",
                label=Label("情况说明", "What happened"),
                type="long_text",
                sealed=True,
                required=True,
            ),
        ),
    ),
    Kind(
        name="restraint_approval",
        label=Label("批准保护性约束", "Restraint approved"),
        compartment="custody",
        cites=CITES,
        recorded_by=("centre_head",),
        day=Label("批准日期", "Day decided"),
        summary=Label("保护性约束：{approved}", "Protective restraint: {approved}"),
        fields=(
            time_of_day(Label("时间", "Time")),
            Ask(
                name="approved",
                label=Label("是否批准", "Approved"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("批准", "Approved")),
                    Choice("no", Label("不批准，立即解除", "Refused: end it now")),
                ),
            ),
        ),
    ),
    Kind(
        name="restraint_check",
        label=Label("约束中查看", "Look at the restrained"),
        compartment="custody",
        cites=CITES,
        recorded_by=OFFICERS,
        day=Label("日期", "Day"),
        fields=_look(_STILL),
    ),
    Kind(
        name="restraint_medical_check",
        label=Label("约束中医护查看", "Medics’ look at the restrained"),
        compartment="medical",
        cites=CITES,
        recorded_by=("doctor", "nurse"),
        day=Label("日期", "Day"),
        fields=_look(_STILL),
    ),
    Kind(
        name="restraint_end",
        label=Label("解除保护性约束", "Restraint ended"),
        compartment="custody",
        read_as=ReadAs("custody", 36),
        cites=CITES,
        recorded_by=OFFICERS,
        day=Label("解除日期", "Day ended"),
        summary=Label("解除保护性约束", "Protective restraint ended"),
        fields=(
            time_of_day(Label("解除时间", "Time ended")),
            Ask(
                name="minutes",
                label=Label("共约束多少分钟", "Minutes in all"),
                type="whole",
                required=True,
                unit=Label("分钟", "minutes"),
                least=0,
                most=100_000,
                usual=(1, 720),
            ),
            Ask(
                name="note", label=Label("身体检查和说明", "Body check, note"), type="long_text", sealed=True
            ),
        ),
    ),
)
