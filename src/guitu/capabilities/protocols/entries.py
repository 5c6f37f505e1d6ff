"""Consent and its withdrawal, the contraindication screen, sessions of VR and TMS, what devices wrote."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, Value
from guitu.kernel.labels import Label

TREATS: Final = ("doctor", "nurse", "counsellor")

METHOD: Final = Ask(
    name="method",
    label=Label("方法", "Method"),
    type="choice",
    required=True,
    choices=(
        Choice("vr", Label("虚拟现实（VR）", "Virtual reality (VR)")),
        Choice("tms", Label("经颅磁刺激（TMS）", "Magnetic stimulation (TMS)")),
    ),
)

CONTRAINDICATIONS: Final = (
    ("epilepsy", "癫痫或抽搐史（本人）", "Epilepsy or seizures (own history)"),
    (
        "implant",
        "植入电子装置（起搏器、人工耳蜗、刺激器、药泵）",
        "Implanted device (pacemaker, cochlear, stimulator, pump)",
    ),
    ("metal", "头部有金属（口腔除外）", "Metal in the head (not in the mouth)"),
    ("head_injury", "颅脑外伤或手术、颅内压增高", "Head injury or surgery, raised intracranial pressure"),
    ("pregnancy", "怀孕或可能怀孕", "Pregnant, or may be"),
    (
        "seizure_risk",
        "正在戒断或使用降低抽搐阈值的药物",
        "In withdrawal, or on medicine that lowers the seizure threshold",
    ),
    ("psychosis", "目前有精神病性症状", "Psychotic symptoms now"),
    ("heart", "不稳定的心脏病", "Unstable heart disease"),
    ("light_seizure", "光敏性癫痫、严重眩晕", "Photosensitive epilepsy, severe vertigo"),
)
"""What is asked before either method. Which of them stops which method: `centre.protocols.STOPS`."""

SCREEN_ANSWERS: Final = (
    Choice("no", Label("无", "No")),
    Choice("yes", Label("有", "Yes")),
    Choice("unknown", Label("不清楚", "Not known")),
)


def _rating(name: str, zh: str, en: str, *, required: bool = False) -> Ask:
    return Ask(
        name=name, label=Label(zh, en), type="whole", required=required, least=0, most=100, close=True,
        sealed=True, unit=Label("（0–100）", "(0–100)"),
    )  # fmt: skip


ENDED: Final = Ask(
    name="ended",
    label=Label("怎样结束", "How it ended"),
    type="choice",
    required=True,
    choices=(
        Choice("completed", Label("做完", "Completed")),
        Choice("stopped", Label("中途停止", "Stopped")),
    ),
)
STOP_REASON: Final = Ask(
    name="stop_reason",
    label=Label("为什么停止", "Why it was stopped"),
    type="choice",
    required=True,
    only_when={"ended": ("stopped",)},
    choices=(
        Choice("request", Label("本人要求", "The person asked")),
        Choice("craving", Label("渴求上升", "Craving rose")),
        Choice("distress", Label("痛苦、害怕", "Distress or fear")),
        Choice("adverse", Label("不良反应", "Adverse event")),
        Choice("technical", Label("设备原因", "The device")),
        Choice("limit", Label("时间到上限", "The time was up")),
    ),
)
ADVERSE: Final = Ask(
    name="adverse",
    label=Label("不良反应", "Adverse event"),
    type="choice",
    required=True,
    choices=(
        Choice("none", Label("没有", "None")),
        Choice("headache", Label("头痛", "Headache")),
        Choice("dizziness", Label("头晕、恶心", "Dizziness or nausea")),
        Choice("insomnia", Label("失眠", "Insomnia")),
        Choice("panic", Label("惊恐", "Panic")),
        Choice("seizure", Label("抽搐", "Seizure")),
        Choice("other", Label("其他", "Other")),
    ),
)

RATINGS: Final = (
    _rating("craving_before", "之前的渴求", "Craving before", required=True),
    _rating("craving_after", "之后的渴求", "Craving after"),
    _rating("distress_before", "之前的痛苦", "Distress before"),
    _rating("distress_after", "之后的痛苦", "Distress after"),
)
AFTER: Final = (
    ENDED,
    STOP_REASON,
    ADVERSE,
    Ask(
        name="aftercare_by",
        label=Label("事后看望人", "Seen afterwards by"),
        of_others=True,
        help=Label(
            "渴求或痛苦上升、中途停止、有不良反应的，结束后由专人当面看望，写明姓名。",
            "After a rise in craving or distress, a stop or an adverse event a named person sees the"
            " person afterwards.",
        ),
    ),
    Ask(name="operator", label=Label("操作人", "Operator"), required=True, of_others=True),
    Ask(name="note", label=Label("记录", "Note"), type="long_text", sealed=True, close=True),
)
MINUTES: Final = Ask(
    name="minutes",
    label=Label("时长", "Length"),
    type="whole",
    required=True,
    least=1,
    most=120,
    unit=Label("分钟", "minutes"),
)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 did not ask about scenes; what it asked means the same."""
    return fields


WAYS: Final = ("headset", "screen", "text")
_OF_A_SCENE: Final[Mapping[str, tuple[str, ...]]] = {"way": WAYS}
SCENE: Final = (
    Ask(
        name="way",
        label=Label("场景怎样进行", "How the scene was shown"),
        type="choice",
        help=Label("用本系统的场景时填写。", "Where a scene of this system was used."),
        choices=(
            Choice("headset", Label("头戴设备", "Headset")),
            Choice("screen", Label("屏幕", "Screen")),
            Choice("text", Label("照文字", "As text")),
        ),
    ),
    Ask(
        name="scene_pack",
        label=Label("场景包代号", "Key of the scene pack"),
        required=True,
        only_when=_OF_A_SCENE,
    ),
    Ask(
        name="scene_version",
        label=Label("场景包版本", "Version of the pack"),
        type="whole",
        required=True,
        only_when=_OF_A_SCENE,
        least=1,
    ),
    Ask(name="began", label=Label("开始（时:分）", "Began (hh:mm)"), only_when=_OF_A_SCENE),
    Ask(name="finished", label=Label("结束（时:分）", "Ended (hh:mm)"), only_when=_OF_A_SCENE),
    Ask(
        name="steps_done",
        label=Label("做完的步骤", "Steps done"),
        only_when=_OF_A_SCENE,
        help=Label(
            "步骤的代号，用逗号隔开；选了哪句话不留。",
            "Their keys with commas; what was chosen in them is not kept.",
        ),
    ),
    Ask(
        name="steps_of",
        label=Label("步骤共几步", "Steps there are"),
        type="whole",
        only_when=_OF_A_SCENE,
        least=1,
        most=40,
    ),
    Ask(
        name="breaks",
        label=Label("中间歇了几次", "Breaks"),
        type="whole",
        only_when=_OF_A_SCENE,
        least=0,
        most=60,
    ),
)
"""How a scene of this system went: which pack and version, when, which steps. Nothing scores the person."""

KINDS: Final = (
    Kind(
        name="protocol_consent",
        label=Label("辅助治疗同意", "Consent to adjunct treatment"),
        compartment="support",
        cites=("精神卫生法#18",),
        recorded_by=TREATS,
        day=Label("同意日期", "Day of consent"),
        summary=Label("{method}：本人同意（{voluntary}）", "{method}: consent ({voluntary})"),
        help=Label(
            "自愿参加，随时可以停止，拒绝不影响任何评估、奖惩和解除。",
            "Taking part is free and may end at any time; refusing bears on no assessment or release.",
        ),
        fields=(
            METHOD,
            Ask(
                name="voluntary",
                label=Label("是否自愿、已听懂", "Freely given and understood"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(name="explained_by", label=Label("说明人", "Explained by"), required=True, of_others=True),
        ),
    ),
    Kind(
        name="protocol_screen",
        label=Label("禁忌症筛查", "Contraindication screen"),
        compartment="support",
        recorded_by=("doctor", "nurse"),
        day=Label("筛查日期", "Day screened"),
        summary=Label(
            "{method}禁忌症筛查：可以进行 {cleared}", "{method}, contraindications: clear {cleared}"
        ),
        help=Label(
            "“不清楚”按“有”处理，先弄清楚。经颅磁刺激由医生签名。",
            "“Not known” stops like “yes” until it is known. For magnetic stimulation a doctor signs.",
        ),
        fields=(
            METHOD,
            *(
                Ask(
                    name=name,
                    label=Label(zh, en),
                    type="choice",
                    required=True,
                    choices=SCREEN_ANSWERS,
                    sealed=True,
                    close=True,
                )
                for name, zh, en in CONTRAINDICATIONS
            ),
            Ask(
                name="cleared", label=Label("可以进行", "Clear"), type="choice", required=True, choices=YES_NO
            ),
            Ask(
                name="doctor",
                label=Label("医生姓名", "Doctor"),
                required=True,
                only_when={"method": ("tms",)},
                of_others=True,
            ),
        ),
    ),
    Kind(
        name="vr_session",
        version=2,
        upgrade=_as_it_was,
        label=Label("VR 治疗", "VR session"),
        compartment="support",
        recorded_by=TREATS,
        day=Label("日期", "Day"),
        summary=Label("VR 治疗：{phase}，{ended}", "VR session: {phase}, {ended}"),
        fields=(
            Ask(name="scene_set", label=Label("场景包", "Scene set")),
            Ask(
                name="phase",
                label=Label("阶段", "Phase"),
                type="choice",
                required=True,
                choices=(
                    Choice("relax", Label("放松", "Relaxation")),
                    Choice("refusal", Label("拒绝技巧", "Refusal skills")),
                    Choice("exposure", Label("诱发（暴露）", "Cue exposure")),
                    Choice("counter", Label("对抗条件", "Counter-conditioning")),
                    Choice("family", Label("回归家庭", "Back to the family")),
                ),
            ),
            Ask(
                name="substance",
                label=Label("相关毒品", "Substance"),
                type="choice",
                sealed=True,
                close=True,
                only_when={"phase": ("exposure", "counter", "refusal")},
                choices=(
                    Choice("meth", Label("冰毒", "Methamphetamine")),
                    Choice("heroin", Label("海洛因", "Heroin")),
                    Choice("other", Label("其他", "Other")),
                ),
            ),
            Ask(name="session_no", label=Label("第几次", "Session number"), type="whole", least=1, most=60),
            MINUTES,
            *RATINGS,
            *AFTER,
            *SCENE,
        ),
    ),
    Kind(
        name="tms_session",
        label=Label("TMS 治疗", "TMS session"),
        compartment="support",
        recorded_by=("doctor", "nurse"),
        day=Label("日期", "Day"),
        summary=Label("TMS 治疗：{pattern}，{ended}", "TMS session: {pattern}, {ended}"),
        fields=(
            Ask(name="indication", label=Label("适应症", "Indication"), sealed=True, close=True),
            Ask(
                name="motor_threshold",
                label=Label("运动阈值（最大输出的百分比）", "Motor threshold (of maximum output)"),
                type="whole",
                required=True,
                least=10,
                most=100,
                unit=Label("%", "%"),
                close=True,
            ),
            Ask(
                name="intensity",
                label=Label("强度（运动阈值的百分比）", "Intensity (of motor threshold)"),
                type="whole",
                required=True,
                least=10,
                most=130,
                unit=Label("%", "%"),
                close=True,
            ),
            Ask(
                name="pattern",
                label=Label("模式", "Pattern"),
                type="choice",
                required=True,
                choices=(
                    Choice("high", Label("高频", "High frequency")),
                    Choice("low", Label("低频", "Low frequency")),
                    Choice("itbs", Label("间歇 θ 爆发（iTBS）", "Intermittent theta burst (iTBS)")),
                    Choice("ctbs", Label("连续 θ 爆发（cTBS）", "Continuous theta burst (cTBS)")),
                ),
            ),
            Ask(
                name="frequency",
                label=Label("频率", "Frequency"),
                type="decimal",
                required=True,
                least=0,
                most=50,
                unit=Label("Hz", "Hz"),
            ),
            Ask(
                name="pulses",
                label=Label("脉冲数", "Pulses"),
                type="whole",
                required=True,
                least=1,
                most=6000,
            ),
            Ask(
                name="target",
                label=Label("靶点", "Target"),
                type="choice",
                required=True,
                choices=(
                    Choice("left_dlpfc", Label("左背外侧前额叶", "Left DLPFC")),
                    Choice("right_dlpfc", Label("右背外侧前额叶", "Right DLPFC")),
                    Choice("other", Label("其他", "Other")),
                ),
            ),
            Ask(
                name="coil",
                label=Label("线圈", "Coil"),
                type="choice",
                choices=(
                    Choice("figure8", Label("8 字形", "Figure of eight")),
                    Choice("circular", Label("圆形", "Circular")),
                    Choice("other", Label("其他", "Other")),
                ),
            ),
            Ask(name="session_no", label=Label("第几次", "Session number"), type="whole", least=1, most=60),
            MINUTES,
            *RATINGS,
            *AFTER,
        ),
    ),
    Kind(
        name="device_series",
        label=Label("设备记录", "Device record"),
        compartment="support",
        recorded_by=TREATS,
        answers="to",
        own_page=True,
        day=Label("记录日期", "Day recorded"),
        summary=Label("导入一段设备记录", "A device record taken in"),
        fields=(
            Ask(name="to", label=Label("所属治疗", "Session"), required=True, plain=True),
            Ask(
                name="step",
                label=Label("每点间隔", "Step"),
                type="decimal",
                required=True,
                places=4,
                least=0,
                unit=Label("秒", "seconds"),
                close=True,
            ),
            Ask(
                name="heart",
                label=Label("心率（次/分）", "Heart rate (per minute)"),
                type="long_text",
                sealed=True,
                close=True,
                to_person=True,
            ),
            Ask(
                name="conductance",
                label=Label("皮肤电导（µS）", "Skin conductance (µS)"),
                type="long_text",
                sealed=True,
                close=True,
                to_person=True,
            ),
            Ask(
                name="rows",
                label=Label("原始行数", "Rows in the file"),
                type="whole",
                required=True,
                least=1,
                close=True,
            ),
            Ask(name="gaps", label=Label("缺口", "Gaps"), type="whole", required=True, least=0, close=True),
            Ask(name="digest", label=Label("文件摘要", "Digest of the file"), close=True),
        ),
    ),
    Kind(
        name="protocol_withdrawn",
        label=Label("撤回辅助治疗同意", "Consent withdrawn"),
        compartment="support",
        recorded_by=(*TREATS, "centre_head", "brigade_officer"),
        day=Label("撤回日期", "Day withdrawn"),
        summary=Label("{method}：本人撤回同意", "{method}: consent withdrawn"),
        help=Label("无须理由，立即生效。", "No reason is needed, and it takes effect at once."),
        fields=(METHOD,),
    ),
)
