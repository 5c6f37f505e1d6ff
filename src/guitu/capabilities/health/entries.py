"""Health and drug use as told or found at admission, and conditions as a doctor codes them.

Whether somebody counts as 病残 is nobody's label: it is worked out from `health_condition` by an indicator,
whose version says by which rule (docs/decisions/0021).
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.centre import icd
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="intake_health",
        label=Label("入所健康状况", "Health at admission"),
        compartment="medical",
        cites=("戒毒条例#28", "戒毒条例#29"),
        recorded_by=("doctor", "nurse", "intake_officer", "centre_head"),
        day=Label("登记日期", "Day recorded"),
        summary=Label("登记入所健康状况", "Health at admission recorded"),
        fields=(
            Ask(
                name="drug",
                label=Label("吸食毒品种类", "Drug used"),
                sealed=True,
                ledger=(
                    "吸食毒品种类",
                    "毒品种类",
                    "滥用毒品种类",
                    "吸毒种类",
                    "吸食毒品",
                    "滥用毒品",
                    "毒品类型",
                    "主要滥用毒品",
                    "吸食种类",
                ),
            ),
            Ask(
                name="conditions",
                label=Label("患病情况", "Illness"),
                type="long_text",
                sealed=True,
                ledger=(
                    "患病情况",
                    "疾病情况",
                    "健康状况",
                    "病情",
                    "身体状况",
                    "身体健康状况",
                    "疾病史",
                    "病史",
                    "既往病史",
                    "所患疾病",
                    "基础疾病",
                ),
            ),
        ),
    ),
    Kind(
        name="health_condition",
        label=Label("病情登记", "Health condition"),
        compartment="medical",
        recorded_by=("doctor", "nurse"),
        day=Label("诊断日期", "Day diagnosed"),
        summary=Label("登记一项病情", "A condition recorded"),
        help=Label(
            "一项病情一条。艾滋病等须特别保密的，此处只填影响，不填编码和名称。",
            "One entry for each condition. For HIV and whatever else is kept specially secret, give only its"
            " effect here, neither code nor name.",
        ),
        fields=(
            Ask(
                name="effect",
                label=Label("对本人的影响", "Its effect"),
                type="choice",
                required=True,
                plain=True,  # what 病残 is counted by; it says how much care, and not which illness
                choices=(
                    Choice("none", Label("无须持续治疗", "No continuing treatment needed")),
                    Choice("treatment", Label("须持续治疗", "Continuing treatment needed")),
                    Choice("dependent", Label("生活不能自理", "Cannot look after themselves")),
                    Choice("danger", Label("可能危及生命", "May endanger life")),
                ),
            ),
            Ask(
                name="disability",
                label=Label("是否持有残疾人证", "Holds a disability certificate"),
                type="choice",
                plain=True,
                choices=YES_NO,
            ),
            Ask(
                name="code",
                label=Label("疾病编码（ICD-10）", "Code of the condition (ICD-10)"),
                sealed=True,
                check=icd.fault,
                help=Label("如 I10、E11.9、B18.1", "Such as I10, E11.9, B18.1"),
            ),
            Ask(name="diagnosis", label=Label("诊断", "Diagnosis"), type="long_text", sealed=True),
        ),
    ),
)
