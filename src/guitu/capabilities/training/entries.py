"""Fitness tests, a doctor's clearance, exercise prescriptions, training sessions and what went otherwise.

A group's session is one entry in the unit's own file, with numbers; in a person's file stands only what was
different for that one person: absent, less than the others, stopped. The doctor's findings stay in the
medical compartment: a coach sees the conclusion, the limits and the last day, never the illness.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

COACHES: Final = ("coach", "centre_head")
LEAST_RATE: Final = 30
MOST_RATE: Final = 230


def _rate(name: str, zh: str, en: str, *, required: bool = False, help_: Label | None = None) -> Ask:
    """A heart rate, within what can be counted on anybody."""
    return Ask(
        name=name,
        label=Label(zh, en),
        type="whole",
        unit=Label("次/分", "beats a minute"),
        least=LEAST_RATE,
        most=MOST_RATE,
        required=required,
        help=help_,
    )


EXERTION: Final = Ask(
    name="exertion",
    label=Label("主观用力程度（RPE 6–20）", "Perceived exertion (6–20)"),
    type="whole",
    least=6,
    most=20,
    help=Label(
        "本人说的数；6 不费力，20 竭尽全力。", "The number the person says: 6 no effort, 20 the utmost."
    ),
)

KINDS: Final = (
    Kind(
        name="fitness_test",
        own_page=True,
        label=Label("体能测试", "Fitness test"),
        compartment="support",
        recorded_by=COACHES,
        day=Label("测试日期", "Day of the test"),
        summary=Label("体能测试（{occasion}）", "Fitness test ({occasion})"),
        fields=(
            Ask(
                name="occasion",
                label=Label("时机", "Occasion"),
                type="choice",
                required=True,
                choices=(
                    Choice("entry", Label("入所", "On entry")),
                    Choice("regular", Label("定期", "Regular")),
                    Choice("return", Label("出所前", "Before release")),
                ),
            ),
            Ask(name="battery", label=Label("测试方案", "Battery"), required=True, plain=True),
            Ask(
                name="results",
                label=Label("结果", "Results"),
                type="long_text",
                required=True,
                sealed=True,
                help=Label("每项一行：项目=数值。", "One line an item: item=value."),
            ),
        ),
    ),
    Kind(
        name="training_clearance",
        label=Label("训练许可", "Clearance for training"),
        compartment="support",
        recorded_by=("doctor",),
        day=Label("检查日期", "Day of the examination"),
        summary=Label(
            "训练许可：{conclusion}，至 {until}", "Clearance for training: {conclusion}, until {until}"
        ),
        help=Label(
            "只写结论和限度，病情写在医疗记录里。",
            "Only the conclusion and its limits; the illness stays in the medical records.",
        ),
        fields=(
            Ask(
                name="conclusion",
                label=Label("结论", "Conclusion"),
                type="choice",
                required=True,
                choices=(
                    Choice("cleared", Label("可以训练", "May train")),
                    Choice("limited", Label("限度内可以训练", "May train within limits")),
                    Choice("not_cleared", Label("暂不能训练", "May not train now")),
                ),
            ),
            Ask(
                name="until",
                label=Label("有效至", "Valid until"),
                type="day",
                required=True,
                only_when={"conclusion": ("cleared", "limited")},
            ),
            Ask(
                name="highest",
                label=Label("心率上限", "Highest heart rate"),
                type="whole",
                unit=Label("次/分", "beats a minute"),
                least=LEAST_RATE,
                most=MOST_RATE,
                only_when={"conclusion": ("cleared", "limited")},
            ),
            Ask(
                name="avoid",
                label=Label("不做的动作", "What to leave out"),
                only_when={"conclusion": ("cleared", "limited")},
            ),
            Ask(name="see_again", label=Label("复查日期", "Day to be seen again"), type="day"),
        ),
    ),
    Kind(
        name="exercise_prescription",
        own_page=True,
        label=Label("运动处方", "Exercise prescription"),
        compartment="support",
        recorded_by=COACHES,
        day=Label("开始日期", "From"),
        summary=Label(
            "运动处方：{form}，目标心率 {low}–{high}",
            "Exercise prescription: {form}, heart rate {low}–{high}",
        ),
        help=Label("没有有效的训练许可，处方不生效。", "Without a clearance in force it has no effect."),
        fields=(
            Ask(
                name="form",
                label=Label("方式", "Form"),
                type="choice",
                required=True,
                choices=(
                    Choice("walking", Label("健步走", "Brisk walking")),
                    Choice("running", Label("慢跑", "Jogging")),
                    Choice("cycling", Label("功率自行车", "Exercise bicycle")),
                    Choice("exercises", Label("康复操、太极拳", "Exercises, taiji")),
                    Choice("strength", Label("力量训练", "Strength training")),
                    Choice("ball", Label("球类", "Ball games")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="formula",
                label=Label("最大心率按", "Highest heart rate by"),
                type="choice",
                required=True,
                choices=(
                    Choice("fox", Label("220 − 年龄", "220 − age")),
                    Choice(
                        "tanaka", Label("208 − 0.7 × 年龄（Tanaka 2001）", "208 − 0.7 × age (Tanaka 2001)")
                    ),
                    Choice("measured", Label("实测", "Measured")),
                ),
            ),
            _rate("highest", "最大心率", "Highest heart rate"),
            _rate("resting", "安静心率", "Resting heart rate", required=True),
            *(
                Ask(name=name, label=label, type="whole", unit=Label("%", "%"), least=20, most=90)
                for name, label in (
                    ("from_percent", Label("强度下限（心率储备）", "Intensity from (of the reserve)")),
                    ("to_percent", Label("强度上限（心率储备）", "Intensity to (of the reserve)")),
                )
            ),
            _rate("low", "目标心率下限", "Target heart rate, from", required=True),
            _rate("high", "目标心率上限", "Target heart rate, to", required=True),
            Ask(
                name="times",
                label=Label("每周次数", "Times a week"),
                type="whole",
                least=1,
                most=14,
                required=True,
            ),
            Ask(
                name="minutes",
                label=Label("每次", "Each time"),
                type="whole",
                unit=Label("分钟", "minutes"),
                least=1,
                most=300,
                required=True,
            ),
            Ask(name="until", label=Label("至", "Until"), type="day"),
            Ask(name="goal", label=Label("目标", "Goal")),
        ),
    ),
    Kind(
        name="training_exception",
        label=Label("训练情况", "Otherwise at training"),
        compartment="support",
        recorded_by=COACHES,
        day=Label("训练日期", "Day of the session"),
        summary=Label("训练：{what}", "Training: {what}"),
        help=Label("照计划训练的不登记。", "Nothing is recorded for those who trained as planned."),
        fields=(
            Ask(
                name="what",
                label=Label("情况", "What"),
                type="choice",
                required=True,
                choices=(
                    Choice("excused", Label("因故未到", "Excused")),
                    Choice("unexcused", Label("无故未到", "No reason")),
                    Choice("less", Label("减量", "Did less")),
                    Choice("stopped", Label("中途停训", "Stopped")),
                    Choice("told", Label("完成，记用力程度", "Done, with the exertion said")),
                ),
            ),
            EXERTION,
            Ask(name="starts", label=Label("开始时间", "Begins"), plain=True),
        ),
    ),
    Kind(
        name="training_stop",
        label=Label("停训体征", "Stop sign at training"),
        compartment="medical",
        recorded_by=("coach", "doctor", "nurse"),
        day=Label("发生日期", "Day"),
        summary=Label("停训体征：{sign}", "Stop sign at training: {sign}"),
        help=Label(
            "出现即停止训练并叫医生；原许可不再有效，直到医生重新检查。",
            "Stop at once and call the doctor; the clearance no longer holds until the doctor examines anew.",
        ),
        fields=(
            Ask(
                name="sign",
                label=Label("体征", "Sign"),
                type="choice",
                required=True,
                choices=(
                    Choice("chest_pain", Label("胸痛、胸闷", "Chest pain or tightness")),
                    Choice("breathless", Label("呼吸困难", "Hard to breathe")),
                    Choice("dizzy", Label("头晕、快要晕倒", "Dizzy, about to faint")),
                    Choice("palpitation", Label("心慌、心跳不齐", "Palpitations, irregular beat")),
                    Choice("nausea", Label("恶心、冷汗、面色苍白", "Nausea, cold sweat, pallor")),
                    Choice("injury", Label("受伤", "Injury")),
                    Choice("over_limit", Label("心率超过上限", "Heart rate over the limit")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            _rate("heart_rate", "当时心率", "Heart rate then"),
            Ask(name="done", label=Label("怎样处置", "What was done"), type="long_text"),
        ),
    ),
    Kind(
        name="training_session",
        own_page=True,
        label=Label("集体训练", "Training of a group"),
        about="unit",
        compartment=WORK,
        recorded_by=COACHES,
        day=Label("训练日期", "Day of the session"),
        summary=Label(
            "集体训练：应到 {expected}，实到 {present}", "Training: {present} of {expected} present"
        ),
        help=Label("只记人数，不记姓名。", "Numbers only, no names."),
        fields=(
            Ask(name="group", label=Label("哪个大队", "Which brigade"), type="unit", required=True),
            Ask(name="starts", label=Label("开始时间", "Begins"), required=True, plain=True),
            Ask(
                name="minutes",
                label=Label("时长", "Length"),
                type="whole",
                unit=Label("分钟", "minutes"),
                least=1,
                most=300,
                required=True,
            ),
            *(
                Ask(
                    name=name,
                    label=label,
                    type="whole",
                    unit=Label("人", "persons"),
                    least=0,
                    most=10_000,
                    required=name in ("expected", "present"),
                )
                for name, label in (
                    ("expected", Label("应到", "On the list")),
                    ("present", Label("实到", "Present")),
                    ("excused", Label("因故未到", "Excused")),
                    ("unexcused", Label("无故未到", "No reason")),
                    ("less", Label("减量", "Did less")),
                    ("stopped", Label("停训", "Stopped")),
                )
            ),
            Ask(name="content", label=Label("内容", "What was done")),
        ),
    ),
)
