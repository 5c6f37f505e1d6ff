"""The legal kinds every measure shares: order, service, notices, reporting, decision, release."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.kernel.labels import Label

RECORDERS: Final = ("intake_officer", "centre_head", "town_office", "county_supervisor")
FIELD: Final = (*RECORDERS, "village_worker", "guidance_station")

MEASURES: Final = (
    Choice("voluntary", Label("自愿戒毒", "Voluntary treatment"), ledger=("自愿戒毒", "自戒")),
    Choice("community_treatment", Label("社区戒毒", "Community treatment"), ledger=("社区戒毒", "社戒")),
    Choice(
        "compulsory_isolation",
        Label("强制隔离戒毒", "Compulsory isolation"),
        ledger=("强制隔离戒毒", "强戒", "强隔"),
    ),
    Choice("community_recovery", Label("社区康复", "Community recovery"), ledger=("社区康复", "社康")),
)

NOTE: Final = Ask(name="note", label=Label("备注", "Note"), type="long_text", sealed=True, ledger=("备注",))

KINDS: Final = (
    Kind(
        name="order",
        label=Label("决定", "Order"),
        compartment="legal",
        cites=("禁毒法#33", "禁毒法#38", "禁毒法#48", "戒毒条例#13", "戒毒条例#25", "戒毒条例#37"),
        recorded_by=RECORDERS,
        day=Label("决定日期", "Day decided"),
        day_ledger=("决定日期", "责令日期", "决定时间", "责令时间"),
        touches_liberty=True,
        summary=Label("{measure}决定 {document_no}", "{measure} ordered, {document_no}"),
        fields=(
            Ask(
                name="measure",
                label=Label("措施类别", "Measure"),
                type="choice",
                choices=MEASURES,
                required=True,
                ledger=("措施类别", "措施", "戒毒措施"),
            ),
            Ask(
                name="document_no",
                label=Label("文书号", "Document number"),
                ledger=("决定书文号", "责令文书号", "文书号", "决定书编号", "文号", "责令书文号"),
            ),
            Ask(
                name="authority",
                label=Label("决定机关", "Deciding authority"),
                ledger=("决定机关", "责令机关", "决定单位"),
            ),
            Ask(
                name="months",
                label=Label("期限（月）", "Term in months"),
                type="whole",
                unit=Label("个月", "months"),
                least=1,
                most=120,
                only_when={"measure": ("voluntary", "community_recovery")},
                help=Label(
                    "社区康复决定书必须写明期限，最长三年。",
                    "A community recovery order must state its term, three years at most.",
                ),
            ),
            Ask(
                name="printed_end",
                label=Label("文书载明的期满日", "Last day printed on the order"),
                type="day",
                ledger=("期限止", "期满日期", "截止日期", "到期日期", "止期"),
            ),
            NOTE,
        ),
    ),
    Kind(
        name="served",
        label=Label("送达", "Served"),
        compartment="legal",
        cites=("戒毒条例#13", "禁毒法#40"),
        recorded_by=RECORDERS,
        day=Label("送达日期", "Day served"),
        day_ledger=("送达日期",),
    ),
    Kind(
        name="family_notified",
        label=Label("通知家属", "Family notified"),
        compartment="legal",
        cites=("禁毒法#40",),
        recorded_by=RECORDERS,
        day=Label("通知日期", "Day notified"),
        day_ledger=("通知家属日期",),
    ),
    Kind(
        name="reporting_in",
        label=Label("报到", "Reported in"),
        compartment="legal",
        cites=("戒毒条例#14", "戒毒条例#38"),
        recorded_by=FIELD,
        day=Label("报到日期", "Day reported"),
        day_ledger=("报到日期", "报到时间"),
    ),
    Kind(
        name="agreement",
        label=Label("签订协议", "Agreement signed"),
        compartment="support",
        cites=("戒毒条例#16", "戒毒条例#38"),
        recorded_by=FIELD,
        day=Label("签订日期", "Day signed"),
        day_ledger=("协议签订日期", "签订协议日期", "协议日期"),
    ),
    Kind(
        name="change_of_place",
        label=Label("变更执行地", "Change of place"),
        compartment="legal",
        cites=("戒毒条例#22",),
        recorded_by=RECORDERS,
        day=Label("变更日期", "Day of the change"),
        fields=(Ask(name="to_unit", label=Label("新执行地", "New place"), type="unit"),),
    ),
    Kind(
        name="release_notice",
        label=Label("解除前通知", "Notice before release"),
        compartment="legal",
        cites=("戒毒条例#34",),
        recorded_by=RECORDERS,
        day=Label("通知日期", "Day notified"),
    ),
    Kind(
        name="release",
        label=Label("解除", "Released"),
        compartment="legal",
        cites=("戒毒条例#23", "戒毒条例#34", "戒毒条例#40"),
        recorded_by=RECORDERS,
        day=Label("解除日期", "Day released"),
        day_ledger=("解除日期", "出所日期"),
        touches_liberty=True,
    ),
    Kind(
        name="end_notice",
        label=Label("期满告知乡镇", "Town told of the end"),
        compartment="legal",
        cites=("戒毒条例#23", "戒毒条例#40"),
        recorded_by=RECORDERS,
        day=Label("告知日期", "Day told"),
    ),
    Kind(
        name="death",
        label=Label("死亡", "Died"),
        compartment="legal",
        recorded_by=(*RECORDERS, "doctor"),
        day=Label("死亡日期", "Day of death"),
    ),
)
