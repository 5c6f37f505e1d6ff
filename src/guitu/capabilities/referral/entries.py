"""A referral, and what stands round 所外就医: `medical_leave` itself is declared with the other movements."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.kernel.labels import Label

LEAVE: Final = ("戒毒条例#31",)

KINDS: Final = (
    Kind(
        name="referral_out",
        label=Label("转诊", "Referral"),
        compartment="medical",
        cites=("戒毒条例#29",),
        recorded_by=("doctor",),
        day=Label("转诊日期", "Day referred"),
        fields=(
            Ask(
                name="form",
                label=Label("去向", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("emergency", Label("急诊送医", "Emergency")),
                    Choice("outpatient", Label("外院门诊", "Outpatient")),
                    Choice("inpatient", Label("外院住院", "Inpatient")),
                    Choice("remote", Label("远程会诊", "Remote consultation")),
                ),
            ),
            Ask(name="hospital", label=Label("医院和科室", "Hospital and department"), required=True),
            Ask(name="question", label=Label("转诊目的", "What is asked"), type="long_text", required=True),
            Ask(name="summary", label=Label("病情摘要", "Summary"), type="long_text"),
        ),
    ),
    Kind(
        name="referral_back",
        label=Label("转诊结果", "Result of a referral"),
        compartment="medical",
        recorded_by=("doctor",),
        day=Label("返回日期", "Day back"),
        fields=(
            Ask(
                name="result",
                label=Label("医院意见", "What the hospital says"),
                type="long_text",
                required=True,
            ),
            Ask(name="plan", label=Label("所内处理", "What the centre does"), type="long_text"),
        ),
    ),
    Kind(
        name="medical_leave_request",
        label=Label("所外就医报批", "Medical leave asked for"),
        compartment="medical",
        cites=LEAVE,
        recorded_by=("doctor", "centre_head"),
        day=Label("报批日期", "Day asked"),
        help=Label(
            "患严重疾病，不出所治疗可能危及生命的，报主管机关批准。",
            "Gravely ill, and staying might cost the life: the authority above is asked.",
        ),
        fields=(
            Ask(
                name="why", label=Label("病情和理由", "Illness and reasons"), type="long_text", required=True
            ),
            Ask(name="hospital", label=Label("医院", "Hospital"), required=True),
        ),
    ),
    Kind(
        name="medical_leave_approval",
        label=Label("所外就医批复", "Answer on medical leave"),
        compartment="medical",
        cites=LEAVE,
        recorded_by=("centre_head",),
        day=Label("批复日期", "Day answered"),
        fields=(
            Ask(
                name="approved",
                label=Label("批复", "Answer"),
                type="choice",
                required=True,
                choices=(
                    Choice("yes", Label("批准", "Approved")),
                    Choice("no", Label("不批准", "Refused")),
                ),
            ),
            Ask(name="authority", label=Label("批准机关", "Authority"), required=True),
            Ask(name="document_no", label=Label("文号", "Document no.")),
            Ask(
                name="filed_on",
                label=Label("报决定机关备案日期", "Filed with the deciding organ on"),
                type="day",
                only_when={"approved": ("yes",)},
            ),
            Ask(name="family_told_on", label=Label("告知家属日期", "Family told on"), type="day"),
        ),
    ),
    Kind(
        name="medical_leave_check",
        label=Label("所外就医随访", "Check during medical leave"),
        compartment="medical",
        cites=LEAVE,
        recorded_by=("doctor", "nurse", "centre_head"),
        day=Label("随访日期", "Day of the check"),
        fields=(
            Ask(name="state", label=Label("病情", "How the person is"), type="long_text", required=True),
            Ask(name="next_on", label=Label("下次随访", "Next check on"), type="day"),
        ),
    ),
)
