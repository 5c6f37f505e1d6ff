"""Who came, called or wrote, and who went out to see relatives. Of a letter nothing is noted but that it was
looked through for drugs: what it says is nobody's business (禁毒法 art. 46)."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

BRIGADE: Final = ("brigade_officer", "centre_head", "intake_officer")
RELATIONS: Final = (
    Choice("spouse", Label("配偶", "Spouse")),
    Choice("parent", Label("父母", "Parent")),
    Choice("child", Label("子女", "Child")),
    Choice("grandparent", Label("祖父母、外祖父母", "Grandparent")),
    Choice("kin", Label("其他亲属", "Another relative")),
    Choice("employer", Label("所在单位", "Employer")),
    Choice("school", Label("就读学校", "School")),
    Choice("other", Label("其他", "Somebody else")),
)
VISITOR: Final = Ask(
    name="visitor", label=Label("会见人", "Visitor"), required=True, sealed=True, of_others=True
)
RELATION: Final = Ask(
    name="relation", label=Label("与本人关系", "Relation"), type="choice", required=True, choices=RELATIONS
)
MINUTES: Final = Ask(
    name="minutes", label=Label("时长", "Length"), type="whole", unit=Label("分钟", "minutes"), least=1,
    most=600,
)  # fmt: skip


def _one_of_two(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, required=True, of_others=True)


KINDS: Final = (
    Kind(
        name="visit_booked",
        label=Label("预约会见", "Visit booked"),
        compartment="custody",
        cites=("禁毒法#46",),
        recorded_by=BRIGADE,
        day=Label("预约日期", "Day booked"),
        summary=Label("约定 {on} {at}，{relation}", "For {on}, {at}: {relation}"),
        fields=(
            Ask(name="on", label=Label("会见日期", "Day of the visit"), type="day", required=True),
            Ask(
                name="at",
                label=Label("时间", "Time"),
                plain=True,
                required=True,
                help=Label("如 14:30", "such as 14:30"),
            ),
            VISITOR,
            RELATION,
        ),
    ),
    Kind(
        name="visit",
        label=Label("会见", "Visit"),
        compartment="custody",
        cites=("禁毒法#46",),
        recorded_by=BRIGADE,
        day=Label("会见日期", "Day of the visit"),
        summary=Label("会见：{relation}，{outcome}", "Visit: {relation}, {outcome}"),
        fields=(
            VISITOR,
            RELATION,
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("held", Label("已会见", "Held")),
                    Choice("refused", Label("未准许", "Refused")),
                    Choice("not_come", Label("未到", "Did not come")),
                    Choice("declined", Label("本人不愿见", "The person did not want it")),
                ),
            ),
            Ask(
                name="identity_checked",
                label=Label("已核对会见人身份", "Visitor's identity checked"),
                type="choice",
                required=True,
                choices=YES_NO,
                only_when={"outcome": ("held", "refused")},
            ),
            Ask(
                name="reason",
                label=Label("不准许的理由", "Why refused"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
                only_when={"outcome": ("refused",)},
                help=Label("本人看得到", "The person reads this"),
            ),
            Ask(
                name="minutes",
                label=MINUTES.label,
                type="whole",
                unit=MINUTES.unit,
                least=1,
                most=600,
                required=True,
                only_when={"outcome": ("held",)},
            ),
        ),
    ),
    Kind(
        name="call",
        label=Label("通话", "Call"),
        compartment="custody",
        recorded_by=BRIGADE,
        day=Label("通话日期", "Day of the call"),
        summary=Label("通话：{relation}，{minutes} 分钟", "Call: {relation}, {minutes} minutes"),
        help=Label("不记通话内容。", "Nothing of what is said is noted."),
        fields=(
            Ask(
                name="with_whom", label=Label("对方", "With whom"), required=True, sealed=True, of_others=True
            ),
            RELATION,
            MINUTES,
        ),
    ),
    Kind(
        name="letter",
        label=Label("信件、物品", "Letter or parcel"),
        compartment="custody",
        cites=("禁毒法#46",),
        recorded_by=BRIGADE,
        day=Label("收寄日期", "Day it came or went"),
        summary=Label("{way}，检查：{found}", "{way}; looked through: {found}"),
        help=Label(
            "只检查是否夹带毒品，由两人进行；不看、不记信的内容。",
            "Looked through for drugs only, by two; what it says is neither read nor noted.",
        ),
        fields=(
            Ask(
                name="way",
                label=Label("收或寄", "In or out"),
                type="choice",
                required=True,
                choices=(Choice("in", Label("收到", "Received")), Choice("out", Label("寄出", "Sent"))),
            ),
            _one_of_two("checked_1", Label("检查人一", "First who checked")),
            _one_of_two("checked_2", Label("检查人二", "Second who checked")),
            Ask(
                name="found",
                label=Label("检查结果", "Found"),
                type="choice",
                required=True,
                choices=(
                    Choice("nothing", Label("未发现毒品，已交本人或寄出", "No drugs; handed over or sent")),
                    Choice("drugs", Label("发现疑似毒品，已扣下", "Suspected drugs; kept back")),
                ),
            ),
        ),
    ),
    Kind(
        name="home_leave",
        label=Label("外出探视", "Leave to see relatives"),
        compartment="custody",
        cites=("禁毒法#46",),
        recorded_by=("brigade_officer", "centre_head"),
        countersigned=True,
        day=Label("提出日期", "Day asked for"),
        summary=Label(
            "{going} 外出，应于 {back_by} 返回：{relation}", "Out {going}, back by {back_by}: {relation}"
        ),
        help=Label(
            "配偶、直系亲属；由另一人批准后才算数。天数由本所定，法律没有写明。",
            "To a spouse or lineal relative; it counts once a second officer has approved. How long is"
            " the centre's to say: no"
            " article was found that does.",
        ),
        fields=(
            Ask(name="going", label=Label("离所日期", "Day of going"), type="day", required=True),
            Ask(name="back_by", label=Label("应返回日期", "Back by"), type="day", required=True),
            Ask(
                name="relation",
                label=Label("探视谁", "To see whom"),
                type="choice",
                required=True,
                choices=RELATIONS[:4],
            ),
            Ask(
                name="cause",
                label=Label("事由", "Why"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
            ),
            Ask(name="place", label=Label("去处", "Where"), sealed=True),
            Ask(name="asked_by", label=Label("提出人", "Asked for by"), sealed=True, of_others=True),
        ),
    ),
    Kind(
        name="home_leave_back",
        label=Label("外出返回", "Back from leave"),
        compartment="custody",
        cites=("禁毒法#46",),
        recorded_by=BRIGADE,
        day=Label("返回日期", "Day back"),
        summary=Label("外出返回：{outcome}", "Back from leave: {outcome}"),
        fields=(
            Ask(
                name="outcome",
                label=Label("情况", "How"),
                type="choice",
                required=True,
                choices=(
                    Choice("in_time", Label("按时返回", "In time")),
                    Choice("late", Label("逾期返回", "Late")),
                    Choice("not_gone", Label("没有外出", "Did not go")),
                ),
            ),
            Ask(name="note", label=Label("说明", "Note"), type="long_text", sealed=True, to_person=True),
        ),
    ),
    Kind(
        name="box_opened",
        label=Label("开启意见箱", "Complaints box opened"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=("公安机关强制隔离戒毒所管理办法#22",),
        recorded_by=("centre_head",),
        day=Label("开箱日期", "Day opened"),
        summary=Label(
            "开箱：{papers} 份，未署名 {unsigned} 份", "Opened: {papers} papers, {unsigned} without a name"
        ),
        help=Label(
            "两人一同开箱；只写份数，不写内容和姓名。保存后逐份登记为投诉，直接到受理单位。",
            "Two open it together; numbers only, neither names nor words. Once saved, each paper is"
            " registered as a complaint and goes straight to whoever receives it.",
        ),
        fields=(
            _one_of_two("opener_1", Label("开箱人一", "First to open")),
            _one_of_two("opener_2", Label("开箱人二", "Second to open")),
            Ask(
                name="papers",
                label=Label("份数", "Papers"),
                type="whole",
                least=0,
                most=1000,
                required=True,
                unit=Label("份", "papers"),
            ),
            Ask(
                name="unsigned",
                label=Label("其中未署名", "Of these without a name"),
                type="whole",
                least=0,
                most=1000,
                unit=Label("份", "papers"),
                help=Label(
                    "未署名的原件转送上级，不进任何人的档案",
                    "Those go on paper to the supervisor, into nobody's file",
                ),
            ),
            Ask(
                name="registered",
                label=Label("已登记为投诉", "Registered as complaints"),
                type="whole",
                least=0,
                most=1000,
                unit=Label("份", "papers"),
                internal=True,
            ),
        ),
    ),
)
