"""Asking for a doctor, encounters, vital signs, results, withdrawal scales, plans of chronic illness, and
what staff must do for somebody.

Numbers have two bounds: beyond the one (`least`, `most`) a value is impossible and refused, beyond the other
(`usual`) it is asked about once. Times of day are four digits, 1405 for five past two. CIWA-Ar is not under
copyright; its items stand here in our own words. Of the other scales only the score is kept.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, time_of_day
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

WARD: Final = ("doctor", "nurse")


def _measured(name: str, label: Label, unit: Label, bounds: tuple[int, int], usual: tuple[int, int]) -> Ask:
    return Ask(name=name, label=label, type="whole", unit=unit, least=bounds[0], most=bounds[1], usual=usual)


def _decimal(name: str, label: Label, unit: Label, bounds: tuple[int, int], usual: tuple[int, int]) -> Ask:
    return Ask(
        name=name,
        label=label,
        type="decimal",
        unit=unit,
        least=bounds[0],
        most=bounds[1],
        usual=usual,
        places=1,
    )


_PER_MINUTE: Final = Label("次/分", "per minute")
_MMHG: Final = Label("毫米汞柱", "mmHg")

MEASURED: Final = (
    _decimal("temperature", Label("体温", "Temperature"), Label("℃", "°C"), (25, 45), (35, 38)),
    _measured("pulse", Label("脉搏", "Pulse"), _PER_MINUTE, (20, 300), (50, 120)),
    _measured("systolic", Label("收缩压", "Systolic pressure"), _MMHG, (40, 300), (85, 160)),
    _measured("diastolic", Label("舒张压", "Diastolic pressure"), _MMHG, (20, 200), (50, 100)),
    _measured("breathing", Label("呼吸", "Breathing"), _PER_MINUTE, (3, 80), (10, 26)),
    _measured("oxygen", Label("血氧饱和度", "Oxygen saturation"), Label("%", "%"), (40, 100), (93, 100)),
    _decimal("weight", Label("体重", "Weight"), Label("公斤", "kg"), (20, 300), (38, 130)),
    _decimal("glucose", Label("血糖", "Glucose"), Label("毫摩尔/升", "mmol/L"), (1, 50), (3, 16)),
)
"""What is measured at the bedside."""


def _ciwa(name: str, zh: str, en: str, most: int = 7) -> Ask:
    return Ask(name=name, label=Label(zh, en), type="whole", required=True, least=0, most=most)


CIWA_ITEMS: Final = (
    _ciwa(
        "nausea",
        "恶心、呕吐（0 无 — 7 持续恶心、频繁干呕或呕吐）",
        "Nausea and vomiting (0 none – 7 constant)",
    ),
    _ciwa("tremor", "震颤（0 无 — 7 手臂不伸也明显）", "Tremor (0 none – 7 severe, arms not extended)"),
    _ciwa("sweats", "阵发性出汗（0 看不到 — 7 大汗淋漓）", "Paroxysmal sweats (0 none – 7 drenching)"),
    _ciwa("anxiety", "焦虑（0 安宁 — 7 相当于急性惊恐）", "Anxiety (0 at ease – 7 acute panic)"),
    _ciwa(
        "agitation", "激越（0 正常活动 — 7 来回走动或不停翻动）", "Agitation (0 normal – 7 pacing, thrashing)"
    ),
    _ciwa("tactile", "触觉异常（0 无 — 7 持续幻触）", "Tactile disturbances (0 none – 7 continuous)"),
    _ciwa("auditory", "听觉异常（0 无 — 7 持续幻听）", "Auditory disturbances (0 none – 7 continuous)"),
    _ciwa("visual", "视觉异常（0 无 — 7 持续幻视）", "Visual disturbances (0 none – 7 continuous)"),
    _ciwa("headache", "头痛、头胀（0 无 — 7 极重）", "Headache, fullness (0 none – 7 extremely severe)"),
    _ciwa(
        "orientation",
        "定向与意识（0 清楚 — 4 对地点或人不清）",
        "Orientation (0 clear – 4 place or person)",
        4,
    ),
)
"""The ten items of CIWA-Ar (alcohol withdrawal only): nine of 0 to 7, orientation of 0 to 4."""

CARE: Final = (
    Choice("watch", Label("多留意，有变化立即叫医生", "Keep an eye; call the doctor at any change")),
    Choice("no_heavy_work", Label("不安排重体力劳动", "No heavy work")),
    Choice("no_work", Label("不安排劳动和训练", "No work and no training")),
    Choice("diet", Label("按病号饭供餐", "Sick diet")),
    Choice("lower_bunk", Label("睡下铺", "Lower bunk")),
    Choice("walking", Label("行走需人搀扶", "Help with walking")),
    Choice("fluids", Label("多饮水", "Plenty to drink")),
    Choice("single_room", Label("单独居住，探望前问医生", "Own room; ask the doctor before visits")),
    Choice("end_restraint", Label("约束的理由已消除，请立即解除", "No reason left to restrain: end it now")),
    Choice("other", Label("其他（见说明）", "Something else (see the note)")),
)
"""What staff must do: deeds, never an illness."""

KINDS: Final = (
    Kind(
        name="sick_call",
        label=Label("要求就诊", "Asks for a doctor"),
        compartment="medical",
        cites=("戒毒条例#29",),
        recorded_by=("brigade_officer", "nurse", "doctor", "centre_head"),
        day=Label("提出日期", "Day asked"),
        fields=(
            Ask(
                name="urgency",
                label=Label("缓急", "How soon"),
                type="choice",
                required=True,
                choices=(
                    Choice("now", Label("立即", "At once")),
                    Choice("today", Label("当天", "Today")),
                    Choice("soon", Label("近日", "In the next days")),
                ),
            ),
            Ask(
                name="says", label=Label("本人怎么说", "In their own words"), type="long_text", required=True
            ),
        ),
    ),
    Kind(
        name="encounter",
        label=Label("诊疗记录", "Encounter"),
        compartment="medical",
        cites=("禁毒法#45", "戒毒条例#29"),
        recorded_by=("doctor",),
        day=Label("诊疗日期", "Day seen"),
        fields=(
            Ask(
                name="form",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                plain=True,  # how a doctor saw somebody; nothing of why
                choices=(
                    Choice("clinic", Label("门诊", "Clinic")),
                    Choice("round", Label("巡诊", "Round")),
                    Choice("emergency", Label("急诊", "Emergency")),
                    Choice("follow_up", Label("复诊", "Follow-up")),
                ),
            ),
            Ask(name="complaint", label=Label("主诉", "Complaint"), type="long_text", required=True),
            Ask(name="findings", label=Label("检查所见", "Findings"), type="long_text"),
            Ask(name="assessment", label=Label("判断", "Assessment"), type="long_text", required=True),
            Ask(name="plan", label=Label("处理", "Plan"), type="long_text", required=True),
            Ask(name="again_on", label=Label("复诊日期", "See again on"), type="day"),
        ),
        help=Label(
            "艾滋病、结核、肝炎等写在“特别保密病情”，不写在这里。",
            "HIV, TB, hepatitis and the like stand under “restricted condition”, not here.",
        ),
    ),
    Kind(
        name="vitals",
        label=Label("生命体征", "Vital signs"),
        compartment="medical",
        cites=("戒毒条例#29",),
        recorded_by=WARD,
        day=Label("测量日期", "Day measured"),
        fields=(time_of_day(Label("测量时间", "Time measured")), *MEASURED),
    ),
    Kind(
        name="lab_result",
        label=Label("检查结果", "Result"),
        compartment="medical",
        recorded_by=WARD,
        day=Label("报告日期", "Day of the report"),
        help=Label(
            "艾滋病、结核、肝炎、梅毒的检查写在“特别保密病情”。",
            "Tests for HIV, TB, hepatitis and syphilis stand under “restricted condition”.",
        ),
        fields=(
            Ask(name="test", label=Label("检查项目", "Test"), required=True),
            Ask(name="result", label=Label("结果", "Result"), required=True),
            Ask(
                name="reading",
                label=Label("判读", "Reading"),
                type="choice",
                required=True,
                choices=(
                    Choice("normal", Label("正常", "Normal")),
                    Choice("abnormal", Label("异常", "Abnormal")),
                    Choice("critical", Label("危急", "Critical")),
                ),
            ),
        ),
    ),
    Kind(
        name="ciwa_ar",
        label=Label("酒精戒断评估（CIWA-Ar）", "Alcohol withdrawal (CIWA-Ar)"),
        compartment="medical",
        recorded_by=WARD,
        day=Label("评估日期", "Day scored"),
        help=Label("只用于酒精戒断。总分由系统相加。", "For alcohol only. The total is added up by itself."),
        fields=(time_of_day(Label("评估时间", "Time scored")), *CIWA_ITEMS),
    ),
    Kind(
        name="withdrawal_score",
        label=Label("戒断量表得分", "Withdrawal score"),
        compartment="medical",
        recorded_by=WARD,
        day=Label("评估日期", "Day scored"),
        help=Label(
            "量表原文由本单位自备，这里只登总分。",
            "The office has the scale itself; only its total is kept here.",
        ),
        fields=(
            time_of_day(Label("评估时间", "Time scored")),
            Ask(
                name="scale",
                label=Label("量表", "Scale"),
                type="choice",
                required=True,
                choices=(
                    Choice("cows", Label("阿片类戒断 COWS（0–48）", "Opioids: COWS (0–48)")),
                    Choice(
                        "stimulant",
                        Label("兴奋剂戒断（本单位所用量表）", "Stimulants: the office’s own scale"),
                    ),
                ),
            ),
            Ask(
                name="which",
                label=Label("量表名称和满分", "Which scale, and its highest score"),
                only_when={"scale": ("stimulant",)},
                required=True,
            ),
            Ask(name="score", label=Label("总分", "Total"), type="whole", required=True, least=0, most=200),
        ),
    ),
    Kind(
        name="chronic_plan",
        label=Label("慢性病管理", "Plan of a chronic illness"),
        compartment="medical",
        cites=("戒毒条例#29",),
        recorded_by=("doctor",),
        day=Label("制定日期", "Day made"),
        fields=(
            Ask(name="condition", label=Label("病情", "Condition"), required=True),
            Ask(name="plan", label=Label("管理计划", "Plan"), type="long_text", required=True),
            Ask(name="again_on", label=Label("下次随访", "Next check on"), type="day"),
            Ask(
                name="state",
                label=Label("状态", "State"),
                type="choice",
                required=True,
                choices=(
                    Choice("open", Label("管理中", "Open")),
                    Choice("closed", Label("已结束", "Closed")),
                ),
            ),
        ),
    ),
    Kind(
        name="care_note",
        label=Label("照护提示", "Care note"),
        compartment="support",
        recorded_by=("doctor",),
        day=Label("开始日期", "From"),
        summary=Label("照护提示：{need}", "Care note: {need}"),
        help=Label(
            "写工作人员要做什么，不写病名：大队和教员都看得到。",
            "What staff must do, never the illness: brigade and teachers can read it.",
        ),
        fields=(
            Ask(
                name="need", label=Label("要做什么", "What to do"), type="choice", required=True, choices=CARE
            ),
            Ask(name="say", label=Label("说明（不写病名）", "Note (no illness)")),
            Ask(name="until", label=Label("到哪天为止", "Until"), type="day"),
        ),
    ),
    Kind(
        name="medical_setting",
        label=Label("医疗中心设置", "Settings of the medical centre"),
        about="unit",
        compartment=WORK,
        recorded_by=("centre_head",),
        day=Label("自何日起", "From"),
        help=Label(
            "保护性约束的复核间隔法律没有规定，由本所规定。没有填的用默认值。",
            "The law sets no interval for reviewing a restraint: the centre does. What is left out"
            " stays as it is by default.",
        ),
        fields=(
            *(
                time_of_day(Label(f"第 {n} 次发药", f"Round {n}"), required=False, name=f"round_{n}")
                for n in (1, 2, 3, 4)
            ),
            *(
                Ask(name=name, label=label, type="whole", unit=Label("分钟", "minutes"), least=1, most=1440)
                for name, label in (
                    ("late_after", Label("过多久算迟", "Late after")),
                    ("watch_every", Label("约束中民警查看间隔", "Officers look every")),
                    ("medics_every", Label("约束中医护查看间隔", "Medics look every")),
                    ("review_every", Label("约束复核间隔", "The restraint is reviewed every")),
                )
            ),
            Ask(
                name="ciwa",
                label=Label("CIWA-Ar 分级", "Bands of CIWA-Ar"),
                type="choice",
                choices=(
                    Choice("8_15", Label("8 分起中度，15 分起重度", "Moderate from 8, severe from 15")),
                    Choice("10_19", Label("10 分起中度，19 分起重度", "Moderate from 10, severe from 19")),
                ),
                help=Label("各来源的分界不同，由本所选定。", "Sources differ; the centre chooses."),
            ),
        ),
    ),
)
