"""The panel's sheet, signed by two; the copy for the resident, the objection and its answer, the written
opinion; and a centre's own days and checklists.

A sheet is written by one member of the panel and signed by a second one, who signs the very same words: both
stand under one digest. It is the act of two people `assess`, so nobody records one alone
(docs/decisions/0031). What nobody has read in a law (how many days for an objection, how long before the
expiry) is the centre's own to set and unset by default.
"""

from __future__ import annotations

from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

PANEL: Final = ("assessment_panel", "centre_head", "intake_officer")
"""Who may write the legal result, and so a sheet."""
WRITES_DOWN: Final = ("assessment_panel", "centre_head", "intake_officer", "brigade_officer", "counsellor",
                      "teacher", "doctor", "nurse")  # fmt: skip
STAGES: Final = (
    Choice("intake", Label("入所调查评估", "Intake")),
    Choice("physiological", Label("生理脱毒评价", "Physiological")),
    Choice("one_year", Label("一年后综合评估", "One year")),
    Choice("before_expiry", Label("期满前综合评估", "Before expiry")),
)
PASS_FAIL: Final = (Choice("pass", Label("合格", "Pass")), Choice("fail", Label("不合格", "Fail")))
GOOD_FAIR: Final = (Choice("good", Label("良好", "Good")), Choice("fair", Label("一般", "Fair")))
DOMAINS: Final = (
    ("physiological", Label("生理脱毒", "Physiological"), PASS_FAIL),
    ("recovery", Label("身心康复", "Recovery"), PASS_FAIL),
    ("conduct", Label("行为表现", "Conduct"), PASS_FAIL),
    ("social", Label("社会环境与适应能力", "Social setting"), GOOD_FAIR),
)
"""Names, labels and choices of the four domains: those of `assessment`; a test holds them to it."""

SHEET: Final = Ask(
    name="to",
    label=Label("所指的评估表", "The sheet meant"),
    required=True,
    plain=True,  # the id of an entry tells nothing
    help=Label("由系统填写", "Filled in by the system"),
)


def _domain(name: str, label: Label, choices: tuple[Choice, ...]) -> tuple[Ask, Ask]:
    reason = Ask(
        name=f"{name}_reason",
        label=Label(f"{label.zh}的理由", f"{label.en}: reasons"),
        type="long_text",
        sealed=True,
        to_person=True,
        help=Label("本人会看到这段话", "The person reads this"),
    )
    return Ask(name=name, label=label, type="choice", choices=choices), reason


def _days(name: str, label: Label, hint: Label) -> Ask:
    return Ask(name=name, label=label, type="whole", unit=Label("天", "days"), least=1, most=365, help=hint)


KINDS: Final = (
    Kind(
        name="assessment_plan",
        label=Label("诊断评估设置", "Settings of assessments"),
        about="unit",
        compartment="work",
        recorded_by=("centre_head",),
        day=Label("实行日期", "In force from"),
        summary=Label("诊断评估设置", "Settings of assessments"),
        help=Label(
            "本所自己的天数和清单。国家办法关于期限的条文未见：不填就没有期限，只按法律写明的办。",
            "This centre's own days and checklists. The national articles on time were not seen: what is left"
            " empty has no day, and only what the law states holds.",
        ),
        fields=(
            _days(
                "intake_days",
                Label("入所评估：入所后", "Intake: after admission"),
                Label("自到所之日起", "From the day of arrival"),
            ),
            _days(
                "physiological_days",
                Label("生理脱毒评价：入所后", "Physiological: after admission"),
                Label("自到所之日起", "From the day of arrival"),
            ),
            _days(
                "one_year_days",
                Label("一年后评估：满一年后", "One year: after the year is over"),
                Label("法律只写满一年后可以提出意见", "The law says only that an opinion may follow"),
            ),
            _days(
                "before_expiry_lead",
                Label("期满前评估：期满前", "Before expiry: before the last day"),
                Label("不填以最后一日为限", "Left empty: the last day is the limit"),
            ),
            _days(
                "objection_days",
                Label("异议：交本人后", "Objection: after the copy is given"),
                Label("不填没有截止日", "Left empty: there is no last day"),
            ),
            _days(
                "recheck_days",
                Label("复核：提出异议后", "Re-check: after the objection"),
                Label("不填为及时", "Left empty: promptly"),
            ),
            *(
                Ask(
                    name=f"{name}_list",
                    label=Label(f"{label.zh}的清单", f"{label.en}: checklist"),
                    type="long_text",
                    help=Label("一行一条，评估时逐条对照", "One to a line, gone through at each assessment"),
                )
                for name, label, _ in DOMAINS
            ),
            Ask(
                name="basis",
                label=Label("依据（本省或本所文件）", "By which paper"),
            ),
        ),
    ),
    Kind(
        name="assessment_booklet",
        label=Label("建立评估手册", "Assessment booklet opened"),
        compartment="legal",
        read_as=ReadAs("custody", 39),
        recorded_by=PANEL,
        day=Label("建立日期", "Day opened"),
    ),
    Kind(
        name="assessment_sheet",
        label=Label("诊断评估表", "Assessment sheet"),
        compartment="legal",
        cites=("戒毒条例#33", "戒毒条例#35", "戒毒条例#45"),
        recorded_by=PANEL,
        act="assess",
        day=Label("评估日期", "Day assessed"),
        summary=Label("诊断评估表（{stage}）", "Assessment sheet ({stage})"),
        touches_liberty=True,
        fields=(
            Ask(name="stage", label=Label("阶段", "Stage"), type="choice", required=True, choices=STAGES),
            *(ask for domain in DOMAINS for ask in _domain(*domain)),
            Ask(
                name="members",
                label=Label("参加评估的其他人", "Others on the panel"),
                sealed=True,
                of_others=True,
            ),
            Ask(
                name="evidence",
                label=Label("依据的记录", "Entries it rests on"),
                type="long_text",
                plain=True,  # ids of entries, by domain
                internal=True,
            ),
            Ask(
                name="objection",
                label=Label("所复核的异议", "Objection re-checked"),
                plain=True,
                internal=True,
            ),
            Ask(name="digest", label=Label("签字摘要", "Digest signed"), plain=True, internal=True),
        ),
    ),
    Kind(
        name="assessment_copy",
        label=Label("评估表交本人", "Copy given to the resident"),
        compartment="legal",
        answers="to",
        recorded_by=WRITES_DOWN,
        day=Label("交本人日期", "Day given"),
        summary=Label("评估表交本人：{receipt}", "Copy given to the resident: {receipt}"),
        fields=(
            SHEET,
            Ask(
                name="receipt",
                label=Label("签收", "Receipt"),
                type="choice",
                required=True,
                choices=(
                    Choice("signed", Label("本人签收", "Signed by the resident")),
                    Choice("refused", Label("本人拒签，已注明", "Refused to sign; noted")),
                    Choice("read_out", Label("不识字，已宣读并按指印", "Read out, fingerprint taken")),
                ),
            ),
            Ask(
                name="told",
                label=Label("告知了异议的办法", "Told how to object"),
                type="choice",
                choices=(Choice("yes", Label("是", "Yes")), Choice("no", Label("否", "No"))),
                required=True,
            ),
        ),
    ),
    Kind(
        name="assessment_objection",
        label=Label("对评估有异议", "Objection to an assessment"),
        compartment="legal",
        read_as=ReadAs("file", 47),
        answers="to",
        recorded_by=(*WRITES_DOWN, "person"),
        day=Label("提出日期", "Day raised"),
        fields=(
            SHEET,
            Ask(
                name="text",
                label=Label("理由", "Grounds"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
        ),
    ),
    Kind(
        name="assessment_recheck",
        label=Label("异议复核结果", "Outcome of a re-check"),
        compartment="legal",
        read_as=ReadAs("file", 48),
        answers="to",
        recorded_by=PANEL,
        act="assess",
        day=Label("复核日期", "Day re-checked"),
        summary=Label("异议复核：{outcome}", "Re-check: {outcome}"),
        fields=(
            Ask(
                name="to",
                label=Label("所答复的异议", "Objection answered"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("upheld", Label("维持原评估", "The assessment stands")),
                    Choice("changed", Label("改变原评估", "The assessment is changed")),
                ),
            ),
        ),
    ),
    Kind(
        name="opinion_written",
        label=Label("意见书", "Written opinion"),
        compartment="legal",
        read_as=ReadAs("custody", 41),
        answers="to",
        cites=("禁毒法#47", "戒毒条例#31", "戒毒条例#33"),
        recorded_by=PANEL,
        day=Label("意见书日期", "Day of the opinion"),
        summary=Label("意见书：建议{proposes}", "Written opinion: {proposes}"),
        touches_liberty=True,
        fields=(
            SHEET,
            Ask(
                name="proposes",
                label=Label("建议", "Proposes"),
                type="choice",
                required=True,
                choices=(
                    Choice("early_release", Label("提前解除", "Early release")),
                    Choice("extension", Label("延长期限", "Extension")),
                    Choice("change_to_community", Label("变更为社区戒毒", "Change to community treatment")),
                ),
            ),
            Ask(
                name="months",
                label=Label("建议延长", "Months proposed"),
                type="whole",
                unit=Label("个月", "months"),
                least=1,
                most=12,
                required=True,
                only_when={"proposes": ("extension",)},
            ),
            Ask(
                name="reasons",
                label=Label("理由", "Reasons"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(name="document_no", label=Label("文号", "Document number")),
        ),
    ),
)
