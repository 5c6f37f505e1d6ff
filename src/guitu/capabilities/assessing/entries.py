"""Assessment in four domains, the opinion sent to the deciding organ, and its decision."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

PASS_FAIL: Final = (Choice("pass", Label("合格", "Pass")), Choice("fail", Label("不合格", "Fail")))

EARLY: Final = Choice("early_release", Label("提前解除", "Early release"))
EXTENSION: Final = Choice("extension", Label("延长期限", "Extension"))
CHANGE: Final = Choice("change_to_community", Label("变更为社区戒毒", "Change to community treatment"))

KINDS: Final = (
    Kind(
        name="assessment",
        label=Label("诊断评估", "Assessment"),
        compartment="legal",
        read_as=ReadAs("custody", 40),
        cites=("戒毒条例#33", "戒毒条例#35", "禁毒法#47"),
        recorded_by=("assessment_panel", "centre_head", "intake_officer"),
        day=Label("评估日期", "Day assessed"),
        summary=Label("诊断评估（{stage}）", "Assessment ({stage})"),
        touches_liberty=True,
        fields=(
            Ask(
                name="stage",
                label=Label("阶段", "Stage"),
                type="choice",
                required=True,
                choices=(
                    Choice("intake", Label("入所调查评估", "Intake")),
                    Choice("physiological", Label("生理脱毒评价", "Physiological")),
                    Choice("one_year", Label("一年后综合评估", "One year")),
                    Choice("before_expiry", Label("期满前综合评估", "Before expiry")),
                ),
            ),
            Ask(
                name="physiological",
                label=Label("生理脱毒", "Physiological"),
                type="choice",
                choices=PASS_FAIL,
            ),
            Ask(name="recovery", label=Label("身心康复", "Recovery"), type="choice", choices=PASS_FAIL),
            Ask(name="conduct", label=Label("行为表现", "Conduct"), type="choice", choices=PASS_FAIL),
            Ask(
                name="social",
                label=Label("社会环境与适应能力", "Social setting"),
                type="choice",
                choices=(Choice("good", Label("良好", "Good")), Choice("fair", Label("一般", "Fair"))),
            ),
        ),
    ),
    Kind(
        name="opinion",
        label=Label("意见", "Opinion"),
        compartment="legal",
        read_as=ReadAs("custody", 42),
        cites=("戒毒条例#31", "戒毒条例#33"),
        recorded_by=("assessment_panel", "centre_head", "intake_officer", "county_supervisor"),
        day=Label("决定机关收到日期", "Day the deciding organ received it"),
        summary=Label("提出{proposes}意见", "Opinion: {proposes}"),
        touches_liberty=True,
        fields=(
            Ask(
                name="proposes",
                label=Label("建议", "Proposes"),
                type="choice",
                required=True,
                choices=(EARLY, EXTENSION, CHANGE),
            ),
        ),
    ),
    Kind(
        name="decision",
        label=Label("变更决定", "Decision"),
        compartment="legal",
        read_as=ReadAs("custody", 44),
        cites=("戒毒条例#31", "戒毒条例#33"),
        recorded_by=("centre_head", "intake_officer", "county_supervisor"),
        day=Label("决定日期", "Day decided"),
        summary=Label("决定：{effect}", "Decided: {effect}"),
        touches_liberty=True,
        countersigned=True,
        frees_when={"effect": ("early_release", "change_to_community")},
        fields=(
            Ask(
                name="effect",
                label=Label("决定内容", "Effect"),
                type="choice",
                required=True,
                choices=(EARLY, EXTENSION, CHANGE, Choice("refused", Label("不予批准", "Refused"))),
            ),
            Ask(
                name="months",
                label=Label("延长月数", "Months of extension"),
                type="whole",
                unit=Label("个月", "months"),
                least=1,
                most=36,
                only_when={"effect": ("extension",)},
            ),
            Ask(
                name="takes_effect_on",
                label=Label("生效日期", "Takes effect on"),
                type="day",
                only_when={"effect": ("early_release", "change_to_community", "extension")},
            ),
        ),
    ),
    Kind(
        name="decision_served",
        label=Label("变更决定送达", "Decision served"),
        compartment="legal",
        read_as=ReadAs("file", 45),
        cites=("戒毒条例#33",),
        recorded_by=("centre_head", "intake_officer", "county_supervisor"),
        day=Label("送达日期", "Day served"),
        summary=Label("送达：{effect}", "Served: {effect}"),
        fields=(
            Ask(
                name="effect",
                label=Label("决定内容", "Effect"),
                type="choice",
                required=True,
                choices=(EARLY, EXTENSION),
            ),
        ),
    ),
    Kind(
        name="decision_notified",
        label=Label("通知变更决定", "Decision told to family and others"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 46),
        cites=("戒毒条例#33",),
        recorded_by=("centre_head", "intake_officer", "county_supervisor"),
        day=Label("通知日期", "Day told"),
        fields=(
            Ask(
                name="to",
                label=Label("所指的送达", "The service meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
        ),
    ),
)
