"""One attempt to reach somebody after a measure. One that failed is as much an entry as one that reached
them: without it the lost would drop out of every figure.

A campaign and its plan stand in the file of the unit that runs it. The plan says how many people of which
village are called or visited by which station on which day; who they are is worked out of their own files, so
that somebody who moves is on the list of where they live now (`guitu.home.plan`)."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.home.help import LINES
from guitu.kernel.labels import Label

FOLLOWS: Final = (
    "town_office",
    "village_worker",
    "guidance_station",
    "county_supervisor",
    "intake_officer",
    "brigade_officer",
    "counsellor",
    "centre_head",
)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 did not ask about work, version 2 not what else stands on the sheet; what they asked means
    the same."""
    return fields


RUNS: Final = ("county_supervisor", "provincial_supervisor")


def _asked(name: str, label: Label, *choices: Choice) -> Ask:
    """A question of the sheet, asked only of those who were reached; nobody need answer."""
    return Ask(
        name=name, label=label, type="choice", only_when={"result": ("reached",)},
        choices=(*choices, Choice("unknown", Label("没有问到、不愿说", "Not asked, or not said"))),
    )  # fmt: skip


def _number(name: str, label: Label, unit: Label, least: int, most: int, usual: int) -> Ask:
    """A number of a campaign; without one the house's own."""
    return Ask(
        name=name, label=label, type="whole", unit=unit, least=least, most=most,
        help=Label(f"不填按 {usual}", f"{usual} if left empty"),
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="follow_up",
        version=3,
        upgrade=_as_it_was,
        label=Label("回访", "Follow-up"),
        compartment="support",
        recorded_by=FOLLOWS,
        day=Label("回访日期", "Day of the attempt"),
        summary=Label("回访（{mode}）：{result}", "Follow-up ({mode}): {result}"),
        help=Label(
            "没有联系上的也要登记，一次一条。", "Record the attempts that failed too, one entry for each."
        ),
        fields=(
            Ask(
                name="mode",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("visit", Label("上门", "Visit")),
                    Choice("phone", Label("电话", "Telephone")),
                    Choice("video", Label("视频", "Video call")),
                    Choice("message", Label("信息", "Message")),
                    Choice("through_others", Label("通过他人", "Through others")),
                ),
            ),
            Ask(
                name="result",
                label=Label("结果", "What came of it"),
                type="choice",
                required=True,
                choices=(
                    Choice("reached", Label("联系到本人", "The person was spoken to")),
                    Choice("no_answer", Label("未联系上", "No answer")),
                    Choice("lost", Label("失去联系", "Lost: nobody knows where they are")),
                    Choice("refused", Label("拒绝回访", "Refused")),
                    Choice("moved", Label("迁往外地", "Moved away")),
                    Choice("in_custody", Label("在羁押或者戒毒场所", "In custody")),
                    Choice("died", Label("已死亡", "Has died")),
                ),
            ),
            Ask(
                name="at_work",
                label=Label("是否在岗", "At work"),
                type="choice",
                only_when={"result": ("reached",)},
                choices=(
                    Choice("yes", Label("在岗", "At work")),
                    Choice("no", Label("不在岗", "Not at work")),
                    Choice("unknown", Label("没有问到", "Not asked")),
                ),
            ),
            _asked(
                "housing",
                Label("住处", "Where they live"),
                Choice("own", Label("自有或与家人同住", "Own home or with family")),
                Choice("rented", Label("租房", "Rented")),
                Choice("given", Label("单位或场所提供", "Given with work or by a place")),
                Choice("none", Label("没有固定住处", "No fixed abode")),
            ),
            _asked("family_contact", Label("与家人有来往", "In touch with family"), *YES_NO),
            _asked(
                "care",
                Label("看病、服药", "Medical care"),
                Choice("none_needed", Label("不需要", "None needed")),
                Choice("has", Label("需要，有", "Needed, and there")),
                Choice("lacks", Label("需要，没有", "Needed, and not there")),
            ),
            _asked(
                "met",
                Label("出所时有人接", "Met on the day of release"),
                *YES_NO,
            ),
            Ask(
                name="wants",
                label=Label("最需要的帮助", "Help wanted most"),
                type="choice",
                only_when={"result": ("reached",)},
                choices=(
                    *(Choice(value, label) for value, label in LINES.items()),
                    Choice("nothing", Label("不需要", "None")),
                ),
                help=Label(
                    "选了的会成为一项帮扶需求，不必另登。",
                    "What is chosen becomes a need to be met; it is not written down again.",
                ),
            ),
            Ask(name="note", label=Label("情况", "How they are"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="follow_up_campaign",
        label=Label("回访行动", "Follow-up campaign"),
        about="unit",
        compartment=WORK,
        recorded_by=RUNS,
        day=Label("决定日期", "Day decided"),
        summary=Label("{name}：{cohort}，{first} 至 {last}", "{name}: {cohort}, {first} to {last}"),
        help=Label(
            "回访的是哪些人由下面几项定下，期间不再增减；失去联系的、拒绝的都在分母里。只有档案移交出去的，"
            "不再算在移出的单位。",
            "Who is followed up these answers settle, and nobody is added or dropped meanwhile: the lost and"
            " those who refuse are in the denominator. Only whose file is handed over no longer counts for"
            " the unit that gave it.",
        ),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="first", label=Label("开始日期", "First day"), type="day", required=True),
            Ask(name="last", label=Label("结束日期", "Last day"), type="day", required=True),
            Ask(
                name="cohort",
                label=Label("回访谁", "Whom"),
                type="choice",
                required=True,
                choices=(
                    Choice("released", Label("解除强制隔离戒毒的人", "Released from compulsory isolation")),
                    Choice("community", Label("决定社区戒毒、社区康复的人", "Under a community order")),
                ),
            ),
            Ask(name="since", label=Label("从哪一天起", "From the day"), type="day", required=True),
            Ask(
                name="until",
                label=Label("到哪一天止", "To the day"),
                type="day",
                required=True,
                help=Label("按解除或者决定的日期", "by the day of release, or of the order"),
            ),
            _number("attempts", Label("每人最多联系", "Attempts for each"), Label("次", "times"), 1, 12, 3),
            _number("gap", Label("两次之间至少", "Between two of them"), Label("天", "days"), 1, 60, 7),
            _number(
                "visit_from", Label("从第几次起上门", "A visit from attempt"), Label("次", "th"), 1, 12, 3
            ),
            _number(
                "calls", Label("每站每天电话", "Calls a station and day"), Label("人", "people"), 1, 500, 40
            ),
            _number("teams", Label("每站上门小组", "Teams of a station"), Label("组", "teams"), 1, 20, 1),
            _number("minutes", Label("小组每天工作", "A team's day"), Label("分钟", "minutes"), 60, 720, 420),
            _number("visit", Label("每次上门", "A visit takes"), Label("分钟", "minutes"), 5, 240, 30),
            _number("speed", Label("路上速度", "Speed on the road"), Label("公里/小时", "km/h"), 3, 120, 30),
            _number(
                "detour",
                Label("路程比直线远", "Roads are longer than the straight line by"),
                Label("%", "%"),
                0,
                300,
                30,
            ),
            _number(
                "reserve",
                Label("留给再次联系", "Kept for further attempts"),
                Label("%", "%"),
                0,
                80,
                30,
            ),
        ),
    ),
    Kind(
        name="follow_up_plan",
        label=Label("回访安排", "Plan of a follow-up campaign"),
        about="unit",
        compartment=WORK,
        answers="campaign",
        own_page=True,
        recorded_by=RUNS,
        day=Label("制定日期", "Day it was made"),
        summary=Label(
            "{station} {week} 一周，{way} {people} 人", "{station}, week of {week}: {way}, {people}"
        ),
        fields=(
            Ask(name="campaign", label=Label("回访行动", "Campaign"), required=True, plain=True),
            Ask(
                name="number",
                label=Label("第几次安排", "Number of the plan"),
                type="whole",
                least=1,
                most=10_000,
                required=True,
                help=Label("以最大的为准", "The highest counts"),
            ),
            Ask(name="station", label=Label("指导站", "Station"), type="unit", required=True),
            Ask(name="week", label=Label("哪一周（周一）", "Week (its Monday)"), type="day", required=True),
            Ask(
                name="way",
                label=Label("方式", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("phone", Label("电话", "Telephone")),
                    Choice("visit", Label("上门", "Visit")),
                ),
            ),
            Ask(
                name="people",
                label=Label("人数", "People"),
                type="whole",
                unit=Label("人", "people"),
                least=0,
                most=100_000,
                required=True,
            ),
            Ask(
                name="days",
                label=Label("每天的路线", "Each day's round"),
                type="long_text",
                required=True,
                plain=True,
                help=Label("日期、单位代码*人数，按先后", "Day, then codes of places*people, in order"),
            ),
        ),
    ),
)
