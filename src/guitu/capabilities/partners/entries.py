"""A person's consent that a partner is told, and one exchange with a partner: how many lines went or came,
what was refused and why, and nobody's name."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

EXCHANGERS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head")

KINDS: Final = (
    Kind(
        name="partner_consent",
        label=Label("同意提供给合作单位", "Consent to tell a partner"),
        compartment="support",
        cites=("个人信息保护法#29",),
        recorded_by=(
            "town_office",
            "village_worker",
            "guidance_station",
            "county_supervisor",
            "intake_officer",
            "doctor",
            "nurse",
            "counsellor",
            "centre_head",
        ),
        day=Label("表示日期", "Day said"),
        summary=Label("提供给合作单位：{answer}，至 {until}", "Partner may be told: {answer}, until {until}"),
        help=Label(
            "告知本人提供给谁、提供什么、做什么用。可以不同意，也可以随时撤回（再登记一条“否”）；不同意不影响"
            "任何待遇。",
            "Say to whom, what and what for. The person may refuse, or withdraw at any time (one more entry,"
            " “no”); nothing depends on it.",
        ),
        fields=(
            Ask(name="partner", label=Label("合作单位（映射名）", "Partner (its mapping)"), required=True),
            Ask(
                name="answer",
                label=Label("是否同意", "Consents"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="parts",
                label=Label("同意提供什么", "What may be told"),
                type="choice",
                required=True,
                only_when={"answer": ("yes",)},
                choices=(
                    Choice("contact", Label("身份和帮扶", "Identity and support")),
                    Choice("care", Label("身份和医疗", "Identity and medical care")),
                    Choice("both", Label("身份、帮扶和医疗", "Identity, support and medical care")),
                ),
            ),
            Ask(
                name="until",
                label=Label("同意到哪一天为止", "Until"),
                type="day",
                required=True,
                only_when={"answer": ("yes",)},
            ),
        ),
    ),
    Kind(
        name="partner_exchange",
        label=Label("与合作单位交换", "Exchange with a partner"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=EXCHANGERS,
        day=Label("交换日期", "Day of the exchange"),
        summary=Label(
            "{way} {partner}：{lines} 行，退回 {refused} 行",
            "{way} {partner}: {lines} lines, {refused} refused",
        ),
        fields=(
            Ask(name="partner", label=Label("合作单位", "Partner"), required=True, plain=True),
            Ask(
                name="way",
                label=Label("方向", "Way"),
                type="choice",
                required=True,
                choices=(
                    Choice("out", Label("送出", "Out")),
                    Choice("in", Label("送来", "In")),
                ),
            ),
            Ask(name="lines", label=Label("行数", "Lines"), type="whole", required=True, least=0),
            Ask(name="proposed", label=Label("待采纳", "Proposed"), type="whole", least=0),
            Ask(name="known", label=Label("以前送来过", "Came before"), type="whole", least=0),
            Ask(name="refused", label=Label("退回", "Refused"), type="whole", least=0),
            Ask(
                name="reasons",
                label=Label("退回的行和原因", "Lines refused, and why"),
                type="long_text",
                help=Label("只写行号、列名和原因代码，不写内容。", "Row, column and code; no content."),
            ),
            Ask(name="digest", label=Label("文件摘要（SM3）", "Digest of the file (SM3)"), plain=True),
        ),
    ),
)
