"""What happened in a centre, counted by class; who was in it stands in that person's file and not here.

The six classes are those of 六无. A near miss is an entry of its own: whoever rewards only zeros gets zeros.
Hazards, drills and the tasks of a risk meeting are facts of the place: none of them names a resident.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.casefile.fields import YES_NO
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

SIX: Final = (
    Choice("escape", Label("脱逃", "Escape")),
    Choice("unnatural_death", Label("非正常死亡", "Unnatural death")),
    Choice("crime", Label("所内案件", "Crime in the centre")),
    Choice("production_accident", Label("重大安全生产事故", "Major production-safety accident")),
    Choice("drugs_inside", Label("毒品流入", "Drugs brought in")),
    Choice("epidemic", Label("重大疫情", "Major epidemic")),
)
"""The six classes of 六无."""

SEES: Final = (
    "brigade_officer", "counsellor", "teacher", "coach", "duty_planner", "centre_head",
    "provincial_supervisor",
)  # fmt: skip
"""Whoever works in a centre and finds something may write it down."""
CLOSES: Final = ("brigade_officer", "centre_head")

NO_NAMES: Final = Label("不写戒毒人员姓名。", "Name no resident.")


def _people(name: str, label: Label) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=0, most=100_000, required=True
    )


def _to(label: Label) -> Ask:
    return Ask(
        name="to", label=label, required=True, plain=True, help=Label("由系统填写", "Filled in by the system")
    )


def _at(label: Label) -> Ask:
    return Ask(
        name="told_at",
        label=label,
        type="whole",
        least=0,
        most=2359,
        clock=True,
        required=True,
        help=Label("四位数，如 1405", "Four digits, 1405 for five past two"),
    )


KINDS: Final = (
    Kind(
        name="incident",
        label=Label("场所事件", "Incident"),
        about="unit",
        compartment=WORK,
        recorded_by=("brigade_officer", "centre_head", "provincial_supervisor"),
        day=Label("发生日期", "Day it happened"),
        summary=Label("{what}：{sort}", "{what}: {sort}"),
        help=Label("不写姓名。险些发生的也要登记。", "No names. What nearly happened is recorded too."),
        fields=(
            Ask(
                name="sort",
                label=Label("类别", "Class"),
                type="choice",
                required=True,
                choices=(*SIX, Choice("other", Label("其他", "Something else"))),
            ),
            Ask(
                name="what",
                label=Label("是否发生", "Did it happen"),
                type="choice",
                required=True,
                choices=(
                    Choice("happened", Label("已发生", "It happened")),
                    Choice("near_miss", Label("险些发生", "Near miss")),
                ),
            ),
            Ask(name="note", label=Label("经过", "What happened"), type="long_text"),
        ),
    ),
    Kind(
        name="incident_reported",
        label=Label("事件报告", "Incident reported"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=("brigade_officer", "centre_head", "provincial_supervisor"),
        day=Label("报告日期", "Day reported"),
        summary=Label("报告{to_whom}", "Reported to: {to_whom}"),
        help=Label(
            "写已经作出的报告。死亡和脱逃还须在本人档案里登记，那里有法定的报告事项。",
            "A report that was made. A death and an escape are recorded in the person's file too: the reports"
            " the law asks for stand there.",
        ),
        fields=(
            _to(Label("所指的事件", "The incident meant")),
            Ask(
                name="to_whom",
                label=Label("报告给", "Reported to"),
                type="choice",
                required=True,
                choices=(
                    Choice("superior", Label("主管机关", "Superior organ")),
                    Choice("police", Label("公安机关", "Police")),
                    Choice("procuratorate", Label("人民检察院", "Procuratorate")),
                    Choice("health", Label("疾控、卫生部门", "Health authority")),
                    Choice("emergency", Label("应急、消防部门", "Emergency and fire services")),
                    Choice("other", Label("其他", "Somebody else")),
                ),
            ),
            _at(Label("报告时刻", "Time of the report")),
            Ask(name="by", label=Label("报告人", "Reported by"), required=True),
            Ask(name="note", label=Label("方式、回执", "How, and the receipt")),
        ),
    ),
    Kind(
        name="hazard",
        label=Label("隐患", "Hazard"),
        about="unit",
        compartment=WORK,
        recorded_by=SEES,
        day=Label("发现日期", "Day found"),
        summary=Label("隐患：{sort}，{due_on} 前整改", "Hazard: {sort}, to be removed by {due_on}"),
        help=Label("写什么、在哪里。不写戒毒人员姓名。", "What, and where. Name no resident."),
        fields=(
            Ask(
                name="sort",
                label=Label("类别", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("fire", Label("消防", "Fire")),
                    Choice("power", Label("用电、用气", "Electricity and gas")),
                    Choice("building", Label("房屋设施", "Building and fittings")),
                    Choice("perimeter", Label("门禁、围墙、监控", "Doors, walls, cameras")),
                    Choice("objects", Label("违禁、危险物品", "Forbidden or dangerous things")),
                    Choice("food", Label("食品、饮水", "Food and water")),
                    Choice("workshop", Label("劳动场所", "Workplaces")),
                    Choice("vehicles", Label("车辆", "Vehicles")),
                    Choice("rules", Label("制度没有落实", "A rule not kept")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(name="place", label=Label("地点", "Where"), required=True),
            Ask(name="what", label=Label("情况", "What is wrong"), type="long_text", required=True),
            Ask(
                name="found_by",
                label=Label("怎么发现的", "How it was found"),
                type="choice",
                required=True,
                choices=(
                    Choice("patrol", Label("巡查", "On patrol")),
                    Choice("search", Label("安全检查", "Safety inspection")),
                    Choice("drill", Label("演练", "In a drill")),
                    Choice("meeting", Label("研判", "In a risk meeting")),
                    Choice("incident", Label("事件之后", "After an incident")),
                    Choice("told", Label("有人反映", "Somebody said so")),
                ),
            ),
            Ask(
                name="meanwhile",
                label=Label("整改前怎么防", "What protects until then"),
                type="long_text",
            ),
            Ask(
                name="owner",
                label=Label("责任人", "Whose it is"),
                required=True,
                of_others=True,
                plain=True,
                help=Label("工作人员的姓名", "A member of staff, by name"),
            ),
            Ask(name="due_on", label=Label("整改期限", "By when"), type="day", required=True),
        ),
    ),
    Kind(
        name="hazard_moved",
        label=Label("隐患延期", "Hazard postponed"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=CLOSES,
        day=Label("决定日期", "Day decided"),
        summary=Label("隐患延期到 {due_on}", "Hazard postponed to {due_on}"),
        help=Label("原来的期限仍看得到。", "The day set first stays visible."),
        fields=(
            _to(Label("所指的隐患", "The hazard meant")),
            Ask(name="due_on", label=Label("新的期限", "New day"), type="day", required=True),
            Ask(name="why", label=Label("为什么", "Why"), type="long_text", required=True),
            Ask(
                name="meanwhile",
                label=Label("在此之前怎么防", "What protects until then"),
                type="long_text",
                required=True,
            ),
        ),
    ),
    Kind(
        name="hazard_closed",
        label=Label("隐患销号", "Hazard removed"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=CLOSES,
        day=Label("复核日期", "Day checked"),
        summary=Label("隐患已整改", "Hazard removed"),
        help=Label(
            "由责任人以外的人到现场看过，才销号。",
            "Somebody other than whose it was has gone and looked.",
        ),
        fields=(
            _to(Label("所指的隐患", "The hazard meant")),
            Ask(name="done", label=Label("做了什么", "What was done"), type="long_text", required=True),
            Ask(name="checked_by", label=Label("复核人", "Checked by"), required=True, of_others=True),
        ),
    ),
    Kind(
        name="drill",
        label=Label("演练", "Drill"),
        about="unit",
        compartment=WORK,
        recorded_by=CLOSES,
        day=Label("演练日期", "Day of the drill"),
        summary=Label("演练：{sort}，{staff} 人", "Drill: {sort}, {staff} of staff"),
        help=NO_NAMES,
        fields=(
            Ask(
                name="sort",
                label=Label("内容", "What for"),
                type="choice",
                required=True,
                choices=(
                    Choice("fire", Label("消防疏散", "Fire and evacuation")),
                    Choice("escape", Label("防脱逃", "Escape")),
                    Choice("disturbance", Label("防冲突、闹事", "Fights and disturbance")),
                    Choice("self_harm", Label("自伤自杀救治", "Self-harm")),
                    Choice("medical", Label("突发疾病急救", "Medical emergency")),
                    Choice("epidemic", Label("疫情处置", "Epidemic")),
                    Choice("disaster", Label("台风、洪水、地震", "Storm, flood, earthquake")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="announced",
                label=Label("事先通知", "Announced before"),
                type="choice",
                required=True,
                choices=YES_NO,
            ),
            _people("staff", Label("参加的工作人员", "Staff who took part")),
            _people("residents", Label("参加的戒毒人员", "Residents who took part")),
            Ask(
                name="minutes",
                label=Label("用时", "Length"),
                type="whole",
                required=True,
                least=1,
                most=1440,
                unit=Label("分钟", "minutes"),
            ),
            Ask(
                name="lessons",
                label=Label("发现的问题和教训", "What went wrong, what was learnt"),
                type="long_text",
                required=True,
                help=Label(
                    "没有发现问题的，写怎么知道没有。",
                    "If nothing went wrong: how it is known.",
                ),
            ),
            Ask(name="again_on", label=Label("下次演练", "Next drill"), type="day"),
        ),
    ),
    Kind(
        name="meeting_task",
        label=Label("研判事项", "Task of a risk meeting"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=("centre_head",),
        day=Label("议定日期", "Day decided"),
        summary=Label("研判事项，{due_on} 前办结", "Task of a risk meeting, by {due_on}"),
        help=Label(
            "写做什么、做到什么程度。涉及某一个人的，写在本人档案里。",
            "What, and how far. What concerns one resident stands in that person's file.",
        ),
        fields=(
            Ask(
                name="meeting",
                label=Label("哪次研判", "Which meeting"),
                required=True,
                plain=True,
                internal=True,
            ),
            Ask(name="what", label=Label("事项", "What is to be done"), type="long_text", required=True),
            Ask(
                name="owner",
                label=Label("责任人", "Whose it is"),
                required=True,
                of_others=True,
                plain=True,
                help=Label("工作人员的姓名", "A member of staff, by name"),
            ),
            Ask(name="due_on", label=Label("期限", "By when"), type="day", required=True),
        ),
    ),
    Kind(
        name="meeting_task_done",
        label=Label("研判事项办结", "Task of a risk meeting closed"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=CLOSES,
        day=Label("办结日期", "Day closed"),
        summary=Label("研判事项{outcome}", "Task of a risk meeting: {outcome}"),
        fields=(
            _to(Label("所指的事项", "The task meant")),
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("done", Label("已办结", "Done")),
                    Choice("dropped", Label("不再办理", "No longer pursued")),
                ),
            ),
            Ask(
                name="how",
                label=Label("怎么办的，或者为什么不办", "What was done, or why not"),
                type="long_text",
                required=True,
            ),
        ),
    ),
    Kind(
        name="work_day",
        label=Label("劳动日登记", "Day of work"),
        about="unit",
        compartment=WORK,
        cites=("司法行政机关强制隔离戒毒工作规定#43",),
        recorded_by=("brigade_officer", "centre_head"),
        day=Label("日期", "Day"),
        summary=Label(
            "劳动 {worked} 人，其中不超过六小时 {within} 人", "{worked} worked, {within} within six hours"
        ),
        fields=(
            _people("worked", Label("参加劳动人数", "People who worked")),
            _people("within", Label("其中不超过六小时", "Of these within six hours")),
        ),
    ),
)
