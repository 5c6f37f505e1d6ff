"""Admission, transfer, zones, medical leave, escape and recapture."""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs
from guitu.kernel.labels import Label

CENTRE: Final = ("intake_officer", "brigade_officer", "centre_head")

PLACES: Final = (
    Choice("police_centre", Label("公安强制隔离戒毒所", "Police centre"), ledger=("公安所",)),
    Choice("justice_centre", Label("司法行政强制隔离戒毒所", "Justice centre"), ledger=("司法所",)),
)

PLACE: Final = Ask(name="place", label=Label("场所", "Place"), type="choice", choices=PLACES, required=True)
FROM_PLACE: Final = Ask(
    name="from_place",
    label=Label("从何处转来", "Where from"),
    type="choice",
    choices=PLACES,
    help=Label(
        "由另一司法行政场所转来的，不计入公安机关转送。",
        "From another justice centre: not a transfer by the police.",
    ),
)
CENTRE_UNIT: Final = Ask(name="centre", label=Label("戒毒所", "Centre"), type="unit")

KINDS: Final = (
    Kind(
        name="admission",
        label=Label("入所", "Admission"),
        compartment="custody",
        read_as=ReadAs("custody", 20),
        cites=("戒毒条例#27", "戒毒条例#28"),
        recorded_by=CENTRE,
        day=Label("入所日期", "Day admitted"),
        day_ledger=(
            "入所日期",
            "收治日期",
            "入所时间",
            "收治时间",
            "收戒日期",
            "收戒时间",
            "入所年月日",
            "收治入所日期",
        ),
        summary=Label("入所：{place}", "Admitted: {place}"),
        fields=(PLACE, CENTRE_UNIT),
    ),
    Kind(
        name="transfer",
        label=Label("转所", "Transfer"),
        compartment="custody",
        read_as=ReadAs("custody", 22),
        cites=("戒毒条例#27",),
        recorded_by=CENTRE,
        day=Label("转所日期", "Day transferred"),
        day_ledger=("转所日期",),
        summary=Label("转至{place}", "Transferred: {place}"),
        fields=(PLACE, CENTRE_UNIT, FROM_PLACE),
    ),
    Kind(
        name="zone_move",
        label=Label("分区流转", "Zone move"),
        compartment="custody",
        read_as=ReadAs("custody", 24),
        recorded_by=CENTRE,
        day=Label("流转日期", "Day moved"),
        summary=Label("转入{zone}", "Moved to {zone}"),
        fields=(
            Ask(
                name="zone",
                label=Label("分区", "Zone"),
                type="choice",
                required=True,
                choices=(
                    Choice("detox", Label("生理脱毒区", "Detoxification zone")),
                    Choice("adaptation", Label("教育适应区", "Adaptation zone")),
                    Choice("consolidation", Label("康复巩固区", "Consolidation zone")),
                    Choice("return", Label("回归指导区", "Return zone")),
                ),
            ),
        ),
    ),
    Kind(
        name="medical_leave",
        label=Label("所外就医", "Medical leave"),
        compartment="medical",
        read_as=ReadAs("custody", 26),
        cites=("戒毒条例#31",),
        recorded_by=(*CENTRE, "doctor"),
        day=Label("开始日期", "From"),
    ),
    Kind(
        name="medical_leave_end",
        label=Label("所外就医结束", "Medical leave ended"),
        compartment="medical",
        read_as=ReadAs("custody", 28),
        cites=("戒毒条例#31",),
        recorded_by=(*CENTRE, "doctor"),
        day=Label("结束日期", "Day it ended"),
    ),
    Kind(
        name="escape",
        label=Label("脱逃", "Escape"),
        compartment="custody",
        read_as=ReadAs("custody", 30),
        cites=("戒毒条例#32",),
        recorded_by=CENTRE,
        day=Label("脱逃日期", "Day of escape"),
        touches_liberty=True,
    ),
    Kind(
        name="escape_reported",
        label=Label("脱逃通知公安机关", "Escape reported to the police"),
        compartment="custody",
        read_as=ReadAs("custody", 31),
        cites=("戒毒条例#32",),
        recorded_by=CENTRE,
        day=Label("通知日期", "Day reported"),
    ),
    Kind(
        name="transition_done",
        label=Label("过渡管理结束", "Transitional management ended"),
        compartment="custody",
        read_as=ReadAs("custody", 25),
        cites=("公安机关强制隔离戒毒所管理办法#20",),
        recorded_by=CENTRE,
        day=Label("结束日期", "Day it ended"),
    ),
    Kind(
        name="death_reported",
        label=Label("死亡报告", "Death reported"),
        compartment="legal",
        answers="to",
        read_as=ReadAs("file", 91),
        recorded_by=CENTRE,
        day=Label("报告日期", "Day reported"),
        summary=Label("死亡报告：{to_whom}", "Death reported: {to_whom}"),
        fields=(
            Ask(
                name="to",
                label=Label("所指的死亡记录", "The death meant"),
                required=True,
                plain=True,
                help=Label("由系统填写", "Filled in by the system"),
            ),
            Ask(
                name="to_whom",
                label=Label("报告给", "Reported to"),
                type="choice",
                required=True,
                choices=(
                    Choice("superior", Label("主管机关", "Superior organ")),
                    Choice("family", Label("家属", "Family")),
                    Choice("deciding_organ", Label("决定机关", "Deciding organ")),
                    Choice("procuratorate", Label("人民检察院", "Procuratorate")),
                ),
            ),
        ),
    ),
    Kind(
        name="recaptured",
        label=Label("追回", "Recaptured"),
        compartment="custody",
        read_as=ReadAs("custody", 32),
        cites=("戒毒条例#32",),
        recorded_by=CENTRE,
        day=Label("追回日期", "Day recaptured"),
    ),
    Kind(
        name="exempt",
        label=Label("不适用情形", "Exempting ground"),
        compartment="medical",
        read_as=ReadAs("file", 16),
        cites=("禁毒法#39", "戒毒条例#26"),
        recorded_by=(*CENTRE, "doctor", "town_office", "county_supervisor"),
        day=Label("发现日期", "Day found"),
        touches_liberty=True,
        summary=Label("不适用强制隔离戒毒：{ground}", "Compulsory isolation does not apply: {ground}"),
        fields=(
            Ask(
                name="ground",
                label=Label("情形", "Ground"),
                type="choice",
                required=True,
                choices=(
                    Choice("pregnant", Label("怀孕", "Pregnant")),
                    Choice("nursing", Label("正在哺乳自己不满一周岁婴儿", "Nursing her own child under one")),
                    Choice("under_16", Label("不满十六周岁", "Under sixteen")),
                ),
            ),
        ),
    ),
)
