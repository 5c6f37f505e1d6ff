"""Money for the work, and rewards by whom they went to. Who was rewarded stands nowhere here: among them are
people who reported somebody. A reward takes two officers (`access.ACTS`); an informant is a code."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label
from guitu.levels import informant, shapes
from guitu.levels.asking import BY_SYSTEM, degrees, to

KEEPS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head", "statistician")
REWARDS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head")
PURPOSES: Final = (
    Choice("staff", Label("人员", "Staff")),
    Choice("treatment", Label("戒治、医疗", "Treatment")),
    Choice("support", Label("帮扶", "Support")),
    Choice("publicity", Label("宣传", "Outreach")),
    Choice("building", Label("场所建设", "Buildings")),
    Choice("equipment", Label("装备、信息化", "Equipment")),
    Choice("other", Label("其他", "Something else")),
)
LEVELS: Final = (
    Choice("third", Label("三等", "Third class")),
    Choice("second", Label("二等", "Second class")),
    Choice("first", Label("一等", "First class")),
    Choice("commended", Label("嘉奖", "Commended")),
    Choice("other", Label("其他", "Something else")),
)


def _yuan(*, required: bool, only_when: Mapping[str, tuple[str, ...]] | None = None, least: int = 0) -> Ask:
    return Ask(
        name="amount", label=Label("金额", "Amount"), type="whole", unit=Label("元", "yuan"), least=least,
        most=2_000_000_000, required=required, only_when=only_when or {},
    )  # fmt: skip


def _choice(name: str, label: Label, choices: tuple[Choice, ...], **more: object) -> Ask:
    return Ask(name=name, label=label, type="choice", choices=choices, **{"required": True, **more})  # type: ignore[arg-type]


def _as_before(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """The second version only asks more."""
    return fields


_PURPOSE: Final = _choice("purpose", Label("用途", "Purpose"), PURPOSES)
_YEAR: Final = Ask(
    name="year", label=Label("预算年度", "Budget year"), type="whole", least=2000, most=2100, required=True,
    usual=(2015, 2035),
)  # fmt: skip
_PAPER: Final = Ask(
    name="document_no", label=Label("文号", "Number of the paper"), check=shapes.a_document, plain=True
)

KINDS: Final = (
    Kind(
        name="budget_line",
        label=Label("预算安排", "Budget line"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("下达日期", "Day set"),
        summary=Label(
            "{year} 年{purpose}预算{sort} {amount} 元", "{year} budget, {purpose}: {sort} {amount}"
        ),
        fields=(
            _YEAR,
            _PURPOSE,
            _choice(
                "sort",
                Label("安排", "What was done"),
                (
                    Choice("set", Label("下达", "Set")),
                    Choice("added", Label("追加", "Added")),
                    Choice("cut", Label("核减", "Cut")),
                ),
            ),
            _yuan(required=True),
            _PAPER,
        ),
    ),
    Kind(
        name="grant",
        label=Label("专项资金", "Grant"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("到账或者拨付日期", "Day received or passed on"),
        summary=Label("{sort}专项资金 {amount} 元：{purpose}", "Grant {sort}: {amount} yuan, {purpose}"),
        fields=(
            _choice(
                "sort",
                Label("收还是拨", "In or out"),
                (
                    Choice("received", Label("收到", "received")),
                    Choice("given", Label("拨付", "passed on")),
                ),
            ),
            _YEAR,
            _PURPOSE,
            _yuan(required=True),
            Ask(
                name="given_to",
                label=Label("拨给哪个单位", "Passed on to"),
                type="unit",
                only_when={"sort": ("given",)},
            ),
            _PAPER,
        ),
    ),
    Kind(
        name="spending",
        label=Label("经费支出", "Money spent"),
        about="unit",
        compartment=WORK,
        recorded_by=KEEPS,
        day=Label("支出日期", "Day spent"),
        summary=Label("支出 {amount} 元：{purpose}", "{amount} yuan spent on {purpose}"),
        fields=(_yuan(required=True), _PURPOSE),
    ),
    Kind(
        name="reward",
        label=Label("奖励", "Reward"),
        about="unit",
        compartment=WORK,
        version=2,
        upgrade=_as_before,
        act="reward",
        own_page=True,
        nameless=True,
        recorded_by=REWARDS,
        day=Label("奖励日期", "Day given"),
        summary=Label("{sort}：{given_to} {awards} 个", "{sort}: {awards}, {given_to}"),
        help=Label("不写姓名。由第二人复核后记入。", "No names. A second officer approves it first."),
        fields=(
            _choice(
                "sort",
                Label("种类", "Sort"),
                (
                    Choice("money", Label("奖金", "Money")),
                    Choice("praise", Label("表彰", "Commendation")),
                    Choice("merit", Label("记功", "Merit")),
                ),
            ),
            _choice(
                "given_to",
                Label("奖给", "Given to"),
                (
                    Choice("unit", Label("单位", "Units")),
                    Choice("officer", Label("干警", "Officers")),
                    Choice("public", Label("群众", "Members of the public")),
                ),
                help=Label(
                    "举报人的奖励另行办理：只有编号，没有姓名。",
                    "A reward to an informant goes another way: a code, and no name.",
                ),
            ),
            _choice(
                "level",
                Label("记功等次", "Class of merit"),
                LEVELS,
                required=False,
                only_when={"sort": ("merit",)},
            ),
            Ask(
                name="awards",
                label=Label("名（个）数", "How many"),
                type="whole",
                least=1,
                most=1_000_000,
                required=True,
            ),
            _yuan(required=False),
            _PAPER,
        ),
    ),
    Kind(
        name=informant.REWARD,
        label=Label("举报奖励", "Reward to an informant"),
        about="unit",
        compartment=WORK,
        act="informant_reward",
        own_page=True,
        nameless=True,
        recorded_by=REWARDS,
        day=Label("批准日期", "Day approved"),
        summary=Label("举报奖励 {code}：{amount} 元", "Reward {code}: {amount} yuan"),
        help=Label(
            "没有写姓名的地方：只有编号、金额和领取口令的摘要。",
            "There is no room for a name: a code, the amount, and the digest of a phrase.",
        ),
        fields=(
            Ask(
                name="code",
                label=Label("编号", "Code"),
                required=True,
                plain=True,
                check=informant.a_code,
                help=BY_SYSTEM,
            ),
            Ask(
                name="digest",
                label=Label("口令摘要", "Digest of the phrase"),
                required=True,
                internal=True,
                plain=True,
                check=shapes.a_digest,
            ),
            _yuan(required=True, least=1),
            _choice(
                "ground",
                Label("因为什么", "What for"),
                (
                    Choice("reported", Label("提供线索", "A report")),
                    Choice("verified", Label("线索查实", "A report that proved true")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
        ),
    ),
    Kind(
        name=informant.ENDED,
        label=Label("举报奖励领取", "Reward collected"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        nameless=True,
        recorded_by=REWARDS,
        day=Label("日期", "Day"),
        summary=Label("举报奖励{outcome}", "Reward to an informant {outcome}"),
        fields=(
            to(Label("哪一份奖励", "Which reward")),
            _choice(
                "outcome",
                Label("结果", "Outcome"),
                (
                    Choice("collected", Label("已领取", "collected")),
                    Choice("cancelled", Label("已取消", "cancelled")),
                ),
            ),
            _yuan(required=True, only_when={"outcome": ("collected",)}),
            _choice(
                "why",
                Label("取消原因", "Why it is cancelled"),
                (
                    Choice("unclaimed", Label("一直没有人领取", "Nobody came for it")),
                    Choice("phrase_lost", Label("口令遗失，另行奖励", "The phrase is lost; granted anew")),
                    Choice("mistaken", Label("办理有误", "Granted by mistake")),
                ),
                only_when={"outcome": ("cancelled",)},
            ),
        ),
    ),
    Kind(
        name="equipment",
        label=Label("装备车辆", "Equipment"),
        about="unit",
        compartment=WORK,
        recorded_by=REWARDS,
        day=Label("配备日期", "Day it came"),
        summary=Label("{sort}：{name}，{pieces} 件", "{sort}: {name}, {pieces}"),
        help=Label(
            "报废、调出时更正本条，填撤出日期。", "When it goes, correct this entry and give the day."
        ),
        fields=(
            _choice(
                "sort",
                Label("种类", "Sort"),
                (
                    Choice("vehicle", Label("车辆", "Vehicle")),
                    Choice("boat", Label("船艇", "Boat")),
                    Choice("testing", Label("检测设备", "For testing")),
                    Choice("medical", Label("医疗设备", "Medical")),
                    Choice("computer", Label("信息化设备", "Computers")),
                    Choice("protective", Label("防护用品", "Protective")),
                    Choice("outreach", Label("宣传设备", "For outreach")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(name="name", label=Label("名称型号", "Name and model"), required=True),
            Ask(
                name="number",
                label=Label("资产编号或者车牌", "Asset number or plate"),
            ),
            Ask(
                name="pieces",
                label=Label("件数", "Pieces"),
                type="whole",
                least=1,
                most=100_000,
                required=True,
            ),
            Ask(
                name="value", label=Label("原值", "Cost"), type="whole", unit=Label("元", "yuan"), least=0,
                most=2_000_000_000,
            ),
            Ask(
                name="check_every", label=Label("多久检查一次", "Checked every"), type="whole",
                unit=Label("个月", "months"), least=1, most=120,
            ),
            Ask(name="until", label=Label("撤出日期", "Day it went"), type="day"),
        ),
    ),
    Kind(
        name="equipment_check",
        label=Label("装备检查", "Equipment checked"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        nameless=True,
        recorded_by=REWARDS,
        day=Label("检查日期", "Day checked"),
        summary=Label("装备检查：{state}", "Equipment checked: {state}"),
        fields=(
            to(Label("哪一件", "Which")),
            _choice(
                "state",
                Label("状况", "State"),
                (
                    Choice("good", Label("完好", "In order")),
                    Choice("mend", Label("需维修", "To be mended")),
                    Choice("out", Label("停用", "Out of use")),
                ),
            ),
            Ask(
                name="mend_by",
                label=Label("维修期限", "To be mended by"),
                type="day",
                only_when={"state": ("mend",)},
            ),
            Ask(
                name="reading",
                label=Label("里程或者使用小时", "Kilometres or hours"),
                type="whole",
                least=0,
                most=10_000_000,
            ),
        ),
    ),
    Kind(
        name="service_place",
        label=Label("服务地点", "Place of service"),
        about="unit",
        compartment=WORK,
        recorded_by=("guidance_station", *REWARDS),
        day=Label("开设日期", "Day opened"),
        summary=Label("{sort}：{name}", "{sort}: {name}"),
        help=Label(
            "对外公开的地点、服务和时间；停办时更正本条，填停办日期。",
            "Where it is, what it offers and when: for the public. When it closes, correct this entry.",
        ),
        fields=(
            _choice(
                "sort",
                Label("种类", "Sort"),
                (
                    Choice("station", Label("社戒社康指导站", "Guidance station")),
                    Choice("custody_clinic", Label("公安监管门诊部", "Police-custody clinic")),
                    Choice("maintenance", Label("药物维持治疗门诊", "Maintenance clinic")),
                    Choice("voluntary", Label("自愿戒毒医疗机构", "Voluntary treatment")),
                    Choice("counselling", Label("心理咨询点", "Counselling")),
                    Choice("legal_aid", Label("法律援助点", "Legal aid")),
                    Choice("testing", Label("检测点", "Testing point")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="address", label=Label("地址", "Address"), required=True),
            Ask(
                name="services",
                label=Label("提供的服务", "What it offers"),
                type="long_text",
                required=True,
            ),
            Ask(
                name="hours",
                label=Label("开放时间", "Hours"),
                required=True,
                help=Label("例如：周一至周五 8:30–17:30", "For example: Mon–Fri 8:30–17:30"),
            ),
            Ask(name="phone", label=Label("公开电话", "Public telephone"), type="phone"),
            Ask(
                name="anonymous",
                label=Label("可以不报姓名", "May be visited without a name"),
                type="choice",
                choices=(
                    Choice("yes", Label("可以", "Yes")),
                    Choice("no", Label("不可以", "No")),
                ),
            ),
            degrees("lat", Label("纬度", "Latitude"), 90),
            degrees("lon", Label("经度", "Longitude"), 180),
            Ask(name="until", label=Label("停办日期", "Day it closed"), type="day"),
        ),
    ),
)  # fmt: skip
