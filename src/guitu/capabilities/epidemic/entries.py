"""What a centre records against infection.

Of a resident: the screening on coming in, the days of observation, and what was seen on them. That
somebody is kept apart stands in the compartment of custody, because officers carry it out; what was
measured stands in the medical one. Staff and visitors are counts in the centre's own file, without names.

No article we have read says how long an observation lasts or what a checklist asks: the day until which it
lasts is the office's own word. The office's checklists against infection stand with all other checklists
(`capabilities/checklists`).
"""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, time_of_day
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

MEDICS: Final = ("doctor", "nurse")
OFFICERS: Final = ("intake_officer", "brigade_officer", "centre_head")
OFFICE: Final = ("brigade_officer", "centre_head")
APART: Final = ("公安机关强制隔离戒毒所管理办法#44",)
LAW: Final = ("传染病防治法#40",)

SORTS: Final = (
    Choice("staff", Label("工作人员", "Staff")),
    Choice("visitor", Label("会见、来访人员", "Visitors")),
    Choice("other", Label("送货、施工等", "Deliveries, works and others")),
)
GROUNDS: Final = (
    Choice("arrival", Label("新收", "New arrival")),
    Choice("back", Label("外出返回", "Back from outside")),
    Choice("contact", Label("密切接触", "Close contact")),
    Choice("medical", Label("医学原因（见医疗记录）", "Medical (see the medical record)")),
)


def _temperature() -> Ask:
    return Ask(
        name="temperature", label=Label("体温", "Temperature"), type="decimal", places=1, least=30, most=45,
        usual=(35, 38), unit=Label("℃", "°C"),
    )  # fmt: skip


def _symptoms() -> tuple[Ask, ...]:
    return (
        Ask(
            name="symptoms",
            label=Label("有没有不适", "Unwell in any way"),
            type="choice",
            required=True,
            choices=YES_NO,
        ),
        Ask(
            name="which",
            label=Label("哪里不适", "In what way"),
            type="long_text",
            only_when={"symptoms": ("yes",)},
        ),
    )


def _own_id() -> Ask:
    """What sheets and movements refer to where it is not the entry's own id: given by what brought it in."""
    return Ask(name="own_id", label=Label("编号", "Number"), internal=True, plain=True)


def _people(name: str, label: Label, help_: Label | None = None) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=0, most=100_000,
        required=True, help=help_,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="entry_screening",
        label=Label("进所防疫筛查", "Screening on coming in"),
        compartment="medical",
        cites=LAW,
        recorded_by=(*MEDICS, "intake_officer", "centre_head"),
        day=Label("筛查日期", "Day screened"),
        help=Label(
            "有疑似传染病的，医生另登“特别保密病情”，从那里起算上报时限。",
            "Where an infectious disease is suspected the doctor records a “restricted condition”: the time"
            " to report runs from there.",
        ),
        fields=(
            time_of_day(Label("筛查时间", "Time screened"), required=False),
            Ask(
                name="occasion",
                label=Label("何种进所", "Coming in from"),
                type="choice",
                required=True,
                plain=True,  # it tells no more than that the person came in
                choices=(
                    Choice("arrival", Label("新收、转入", "Arrival")),
                    Choice("back", Label("外出、就医返回", "Back from leave or hospital")),
                ),
            ),
            _temperature(),
            *_symptoms(),
            Ask(
                name="exposure",
                label=Label("来所前有无接触传染病病人", "Contact with infectious disease before"),
                type="choice",
                choices=YES_NO,
            ),
            Ask(
                name="outcome",
                label=Label("处理", "What follows"),
                type="choice",
                required=True,
                choices=(
                    Choice("inside", Label("进入大队", "Goes to the brigade")),
                    Choice("observe", Label("隔离观察", "Kept under observation")),
                    Choice("doctor", Label("请医生看", "To be seen by the doctor")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text"),
        ),
    ),
    Kind(
        name="health_observation",
        label=Label("隔离观察", "Health observation"),
        compartment="custody",
        cites=APART,
        recorded_by=OFFICERS,
        day=Label("开始日期", "From"),
        summary=Label("隔离观察：{ground}，到 {until}", "Health observation: {ground}, until {until}"),
        touches_liberty=True,
        help=Label(
            "所读到的条文没有规定天数，观察到哪天由本单位写明，并告知本人。要继续观察的，到期前再登记一条，"
            "写新的日期和理由。只为防病，不得作为处罚。",
            "No article we have read sets a number of days: the office says until when, and tells the person."
            " To go on, record another one before the day, with a new day and reason. Against infection"
            " only, never as a punishment.",
        ),
        fields=(
            Ask(
                name="ground",
                label=Label("缘由", "Ground"),
                type="choice",
                required=True,
                choices=GROUNDS,
            ),
            Ask(name="until", label=Label("观察到哪天", "Until"), type="day", required=True),
            Ask(name="place", label=Label("地点", "Where"), required=True),
            Ask(
                name="told",
                label=Label("是否已告知本人缘由和期限", "Has the person been told why and until when"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            Ask(
                name="reason",
                label=Label("理由", "Reason"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
        ),
    ),
    Kind(
        name="observation_check",
        label=Label("观察期健康检查", "Check under observation"),
        compartment="medical",
        cites=APART,
        recorded_by=MEDICS,
        day=Label("检查日期", "Day checked"),
        fields=(
            time_of_day(Label("检查时间", "Time checked"), required=False),
            _temperature(),
            *_symptoms(),
            Ask(
                name="advice",
                label=Label("意见", "Advice"),
                type="choice",
                required=True,
                choices=(
                    Choice("go_on", Label("继续观察", "Go on")),
                    Choice("may_end", Label("可以解除", "May end")),
                    Choice("hospital", Label("转诊", "To hospital")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text"),
        ),
    ),
    Kind(
        name="health_observation_end",
        label=Label("解除隔离观察", "Health observation ended"),
        compartment="custody",
        cites=APART,
        recorded_by=OFFICERS,
        day=Label("解除日期", "Day it ended"),
        summary=Label("解除隔离观察：{outcome}", "Health observation ended: {outcome}"),
        fields=(
            Ask(
                name="outcome",
                label=Label("去向", "What became of it"),
                type="choice",
                required=True,
                choices=(
                    Choice("back", Label("回大队", "Back to the brigade")),
                    Choice("hospital", Label("转诊就医", "To hospital")),
                    Choice("other", Label("其他（写说明）", "Something else (see the note)")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="entry_counted",
        label=Label("进所人次", "Others coming in"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=LAW,
        recorded_by=OFFICE,
        day=Label("日期", "Day"),
        summary=Label(
            "{sort}进所 {came} 人次，查验 {screened}，未准进入 {turned_away}",
            "{sort}: {came} came in, {screened} screened, {turned_away} turned away",
        ),
        help=Label("只登人次，不登姓名。", "Counts only, nobody’s name."),
        fields=(
            Ask(name="sort", label=Label("哪类人", "Who"), type="choice", required=True, choices=SORTS),
            _people("came", Label("进所人次", "Came in")),
            _people("screened", Label("其中查验", "Of these screened")),
            _people("turned_away", Label("未准进入", "Turned away")),
        ),
    ),
    Kind(
        name="epidemic_supply",
        label=Label("防疫物资品种", "Supply kept"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=LAW,
        recorded_by=OFFICE,
        day=Label("登记日期", "Day entered"),
        summary=Label("{name}（{measure}）", "{name} ({measure})"),
        fields=(
            Ask(name="name", label=Label("品名", "What"), required=True),
            Ask(name="measure", label=Label("计量单位", "Counted in"), required=True),
            Ask(
                name="keep_days",
                label=Label("至少够用", "To last at least"),
                type="whole",
                least=1,
                most=3650,
                unit=Label("天", "days"),
                help=Label(
                    "由本单位规定；不写就不提示短缺。", "The office’s own; without it nothing is short."
                ),
            ),
            Ask(name="dropped", label=Label("不再储备", "No longer kept"), type="choice", choices=YES_NO),
            _own_id(),
        ),
    ),
    Kind(
        name="supply_moved",
        label=Label("防疫物资出入", "Supplies in or out"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=OFFICE,
        day=Label("日期", "Day"),
        summary=Label("{name}：{way} {amount}", "{name}: {way} {amount}"),
        fields=(
            Ask(name="supply", label=Label("品种", "Supply"), required=True, internal=True, plain=True),
            Ask(name="name", label=Label("品名", "What"), required=True),
            Ask(
                name="way",
                label=Label("出入", "In or out"),
                type="choice",
                required=True,
                choices=(
                    Choice("in", Label("入库", "In")),
                    Choice("out", Label("领用", "Out")),
                    Choice("count", Label("盘点实数", "Counted")),
                ),
            ),
            Ask(
                name="amount",
                label=Label("数量", "Amount"),
                type="decimal",
                required=True,
                least=0,
                most=10_000_000,
            ),
            Ask(name="note", label=Label("说明", "Note")),
        ),
    ),
    Kind(
        name="epidemic_case",
        label=Label("疫情病例登记", "Cases of infection"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=(*LAW, "传染病防治法#47"),
        recorded_by=OFFICE,
        day=Label("发现日期", "Day found"),
        summary=Label(
            "{disease} {people} 例：{found}发现，来源{origin}",
            "{disease}, {people}: found {found}, source {origin}",
        ),
        help=Label(
            "只登例数，不登姓名。艾滋病、结核、肝炎、梅毒不在这里登记，由医生登“特别保密病情”。",
            "Numbers only, nobody’s name. HIV, TB, hepatitis and syphilis are not recorded here: the doctor"
            " has “restricted condition”.",
        ),
        fields=(
            Ask(name="disease", label=Label("病名", "Disease"), required=True),
            Ask(
                name="people",
                label=Label("例数", "Cases"),
                type="whole",
                required=True,
                least=1,
                most=10_000,
                unit=Label("例", "cases"),
            ),
            Ask(
                name="sort",
                label=Label("哪类人", "Who"),
                type="choice",
                required=True,
                choices=(Choice("resident", Label("戒毒人员", "Residents")), *SORTS),
            ),
            Ask(
                name="found",
                label=Label("在哪里发现", "Found"),
                type="choice",
                required=True,
                choices=(
                    Choice("entry", Label("入口筛查时", "at the entrance")),
                    Choice("observation", Label("隔离观察中", "under observation")),
                    Choice("inside", Label("已在所内", "inside")),
                ),
            ),
            Ask(
                name="origin",
                label=Label("来源", "Source"),
                type="choice",
                required=True,
                choices=(
                    Choice("outside", Label("所外", "outside")),
                    Choice("inside", Label("所内", "inside")),
                    Choice("unknown", Label("尚不清楚", "not known yet")),
                ),
            ),
            Ask(
                name="reported",
                label=Label("向疾控机构报告的日期", "Day reported to the disease control centre"),
                type="day",
            ),
            Ask(name="note", label=Label("经过和处置", "What happened, what was done"), type="long_text"),
        ),
    ),
)
