"""Timetable and roll stand in the brigade's own file, with counts and nobody's name. Whoever was present gets
no entry; who was not, or was late or unwell, gets one in the own file."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

BRIGADE: Final = ("brigade_officer", "centre_head")
SLOTS_HELP: Final = Label(
    "每行一段：起止时间、活动类别、内容，如“07:00-07:30 用餐 早餐”",
    "One line each: from–to, the class of activity, the words, such as “07:00-07:30 meals Breakfast”",
)
_AT: Final = Label("点名时间", "Time of the roll")
_AT_HELP: Final = Label("如 06:40", "such as 06:40")

MARKS: Final = (
    Choice("late", Label("迟到", "Late")),
    Choice("unwell", Label("身体不适", "Unwell")),
    Choice("refused", Label("不应答", "Does not answer")),
    Choice("elsewhere", Label("另有安排，不在位", "Elsewhere, arranged")),
    Choice("missing", Label("不在位，原因不明", "Missing")),
    Choice("found", Label("已找到", "Found")),
)
"""What a roll may note of somebody. Late, unwell and without an answer one is there all the same."""


def _people(name: str, label: Label, *, required: bool = True) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=0, most=10_000,
        required=required,
    )  # fmt: skip


def _slots(name: str, label: Label, *, required: bool = False) -> Ask:
    return Ask(name=name, label=label, type="long_text", required=required, help=SLOTS_HELP)


KINDS: Final = (
    Kind(
        name="timetable",
        label=Label("一日生活规范", "Timetable of the day"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=("禁毒法#43", "司法行政机关强制隔离戒毒工作规定#43"),
        recorded_by=BRIGADE,
        day=Label("制定日期", "Day it was drawn up"),
        summary=Label(
            "自 {from_day} 起执行，工作日劳动 {work_minutes} 分钟，点名 {rolls} 次",
            "From {from_day}: {work_minutes} minutes of work on working days, {rolls} rolls",
        ),
        help=Label(
            "新的一版从所写的日期起代替旧的；旧的留存。劳动时间超过上限的存不下来。",
            "A new version takes the old one's place from its day; the old one stays. More work than the"
            " ceilings allow cannot be saved.",
        ),
        fields=(
            Ask(name="from_day", label=Label("从哪天起执行", "In force from"), type="day", required=True),
            _slots("workdays", Label("工作日", "Working days"), required=True),
            _slots("rest_days", Label("周六、周日", "Saturdays and Sundays")),
            _slots("holidays", Label("法定节假日", "Statutory holidays")),
            Ask(
                name="work_minutes",
                label=Label("工作日劳动", "Work on working days"),
                type="whole",
                unit=Label("分钟", "minutes"),
                least=0,
                most=1440,
                help=Label("按所列时段合计", "summed from the lines"),
            ),
            Ask(
                name="rolls",
                label=Label("工作日点名", "Rolls on working days"),
                type="whole",
                unit=Label("次", "times"),
                least=0,
                most=48,
            ),
        ),
    ),
    Kind(
        name="roll_call",
        label=Label("点名", "Roll"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=BRIGADE,
        day=Label("点名日期", "Day of the roll"),
        summary=Label(
            "{at} 点名：应到 {people}，实到 {present}，已登记外出 {out}，不明 {missing}",
            "Roll at {at}: {people} on the list, {present} there, {out} out, {missing} missing",
        ),
        fields=(
            Ask(name="at", label=_AT, required=True, help=_AT_HELP),
            Ask(
                name="scheduled",
                label=Label("是否规范所列", "In the timetable"),
                type="choice",
                choices=YES_NO,
                required=True,
            ),
            Ask(
                name="due",
                label=Label("自上次点名以来应点", "Rolls due since the last"),
                type="whole",
                unit=Label("次", "times"),
                least=0,
                most=500,
                required=True,
                help=Label(
                    "含本次；漏点的在下一次登记时计入。",
                    "This one included; one that was left out is counted with the next.",
                ),
            ),
            _people("people", Label("应到", "On the list")),
            _people("present", Label("实到", "Present")),
            _people("out", Label("已登记外出", "Out, as recorded")),
            _people("elsewhere", Label("另有安排，不在位", "Elsewhere, arranged")),
            _people("missing", Label("不在位，原因不明", "Missing")),
            _people("late", Label("迟到", "Late")),
            _people("unwell", Label("身体不适", "Unwell")),
            _people("refused", Label("不应答", "Without an answer")),
        ),
    ),
    Kind(
        name="roll_exception",
        label=Label("点名情况", "Noted at a roll"),
        compartment="custody",
        recorded_by=(*BRIGADE, "intake_officer"),
        day=Label("点名日期", "Day of the roll"),
        summary=Label("{at} 点名：{what}", "Roll at {at}: {what}"),
        help=Label(
            "只登记例外；按时在位的不登记。不在位不等于脱逃：是否脱逃由人认定，另行登记。",
            "Exceptions only: who was there gets no entry. Missing is not escaped: whether it is one a person"
            " decides, in an entry of its own.",
        ),
        fields=(
            Ask(name="at", label=_AT, required=True, plain=True, help=_AT_HELP),
            Ask(name="what", label=Label("情况", "What"), type="choice", required=True, choices=MARKS),
            Ask(name="roll", label=Label("所属点名", "The roll"), internal=True, plain=True),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="conduct_note",
        label=Label("行为表现记录", "Note of conduct"),
        compartment="custody",
        recorded_by=(*BRIGADE, "intake_officer"),
        day=Label("发生日期", "Day it happened"),
        summary=Label("{sort}：{what}（本人：{objects}）", "{sort}: {what} (the person: {objects})"),
        help=Label(
            "写事实，不写评价。本人的话照原话写；本人看得到这条记录，也可以提出异议。诊断评估的行为表现以此为据"
            "。",
            "Facts, no verdicts. The person's words as they were said; the person reads this and may object."
            " The conduct part of an assessment draws on it.",
        ),
        fields=(
            Ask(
                name="sort",
                label=Label("类别", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("praise", Label("表扬", "Praise")),
                    Choice("reward", Label("奖励", "Reward")),
                    Choice("reminder", Label("提醒", "Reminder")),
                    Choice("warning", Label("批评教育", "Criticism")),
                ),
            ),
            Ask(
                name="what",
                label=Label("事实", "What happened"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(
                name="reason",
                label=Label("理由", "Reason"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(
                name="answer",
                label=Label("本人的话", "The person's words"),
                type="long_text",
                sealed=True,
                to_person=True,
            ),
            Ask(
                name="objects",
                label=Label("本人意见", "The person"),
                type="choice",
                required=True,
                choices=(
                    Choice("agrees", Label("无异议", "Does not object")),
                    Choice("objects", Label("有异议", "Objects")),
                    Choice("not_told", Label("尚未告知", "Has not been told yet")),
                ),
            ),
        ),
    ),
    Kind(
        name="conduct_review",
        label=Label("复核行为表现记录", "Note of conduct reviewed"),
        compartment="custody",
        answers="to",
        recorded_by=("centre_head", "intake_officer"),
        day=Label("复核日期", "Day reviewed"),
        summary=Label("复核：{outcome}", "Reviewed: {outcome}"),
        fields=(
            Ask(
                name="to",
                label=Label("所复核的记录", "The note"),
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
                    Choice("stands", Label("维持", "It stands")),
                    Choice("changed", Label("更正", "It is corrected")),
                    Choice("withdrawn", Label("撤销", "It is withdrawn")),
                ),
            ),
            Ask(
                name="text",
                label=Label("理由", "Reasons"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
        ),
    ),
)
