"""What is planned for a brigade's day of work and who is able stand apart from what was worked: an exception
is an entry of the person, everybody else worked as planned. `work_day`, the counts, belongs to `safety`."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

BRIGADE: Final = ("brigade_officer", "centre_head")
ART: Final = ("禁毒法#43", "司法行政机关强制隔离戒毒工作规定#43")


def _hours(name: str, label: Label, most: int, *, required: bool = True) -> Ask:
    return Ask(
        name=name, label=label, type="decimal", places=2, unit=Label("小时", "hours"), least=0, most=most,
        required=required,
    )  # fmt: skip


KINDS: Final = (
    Kind(
        name="work_plan",
        label=Label("劳动安排", "Plan of work"),
        about="unit",
        compartment=WORK,
        own_page=True,
        cites=ART,
        recorded_by=BRIGADE,
        day=Label("制定日期", "Day it was made"),
        summary=Label("{on} 劳动 {hours} 小时：{what}", "{on}: {hours} hours of work, {what}"),
        help=Label(
            "一天一条。每天不超过六小时，每周不超过五天，法定节假日不安排：超过的存不下来。",
            "One a day. Six hours a day and five days a week at most, none on a statutory holiday: what goes"
            " beyond cannot be saved.",
        ),
        fields=(
            Ask(name="on", label=Label("劳动日期", "Day of work"), type="day", required=True),
            _hours("hours", Label("每人劳动时间", "Hours for each"), 24),
            Ask(name="what", label=Label("劳动内容", "What work"), required=True),
            Ask(
                name="safety",
                label=Label("已做安全教育、备好防护用品", "Safety training given, gear ready"),
                type="choice",
                choices=YES_NO,
                required=True,
            ),
            Ask(
                name="not_holiday",
                label=Label("已查明不是法定节假日", "Checked: no statutory holiday"),
                type="choice",
                choices=YES_NO,
                help=Label(
                    "当年放假安排尚未收录时才问",
                    "Asked only for a year whose holidays are not known here",
                ),
            ),
        ),
    ),
    Kind(
        name="work_fitness",
        label=Label("劳动能力意见", "Fit for work"),
        compartment="support",
        cites=ART,
        recorded_by=("doctor",),
        day=Label("检查日期", "Day seen"),
        summary=Label("{fit}，至 {until}", "{fit}, until {until}"),
        help=Label(
            "只写能不能劳动，不写病名；大队看得到。",
            "Whether the person can work, and no diagnosis: the brigade reads this.",
        ),
        fields=(
            Ask(
                name="fit",
                label=Label("意见", "Opinion"),
                type="choice",
                required=True,
                choices=(
                    Choice("full", Label("可以劳动", "Fit")),
                    Choice("light", Label("只做轻活", "Light work only")),
                    Choice("none", Label("不能劳动", "Not fit")),
                ),
            ),
            Ask(
                name="most_hours",
                label=Label("每天不超过", "A day at most"),
                type="decimal",
                places=1,
                unit=Label("小时", "hours"),
                least=0,
                most=6,
                only_when={"fit": ("light",)},
            ),
            Ask(name="until", label=Label("有效至", "Until"), type="day"),
        ),
    ),
    Kind(
        name="work_exception",
        label=Label("劳动例外", "Worked otherwise than planned"),
        compartment="custody",
        cites=ART,
        recorded_by=BRIGADE,
        day=Label("劳动日期", "Day of work"),
        summary=Label("{hours} 小时：{why}", "{hours} hours: {why}"),
        help=Label(
            "按安排劳动的不登记。实际超过六小时的如实登记：会计入不合规。",
            "Who worked as planned gets no entry. More than six hours are recorded as they were, and count as"
            " against the rule.",
        ),
        fields=(
            _hours("hours", Label("实际劳动", "Hours worked"), 24),
            Ask(
                name="why",
                label=Label("原因", "Why"),
                type="choice",
                required=True,
                choices=(
                    Choice("unwell", Label("身体不适", "Unwell")),
                    Choice("visit", Label("会见、外出", "Visit or leave")),
                    Choice("class", Label("上课、康复训练、治疗", "Class, training or treatment")),
                    Choice("refused", Label("本人不参加", "Did not take part")),
                    Choice("longer", Label("超时", "Longer than planned")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
        ),
    ),
    Kind(
        name="work_rate",
        label=Label("劳动报酬标准", "Rate of pay"),
        about="unit",
        compartment=WORK,
        cites=("禁毒法#43",),
        recorded_by=("centre_head",),
        day=Label("起算日期", "From"),
        summary=Label("每小时 {rate} 元", "{rate} yuan an hour"),
        help=Label(
            "法律只说应当支付，标准由本所定；写明依据。",
            "The law says only that work is paid; the rate is the centre's: say on what it rests.",
        ),
        fields=(
            Ask(
                name="rate",
                label=Label("每小时", "An hour"),
                type="decimal",
                places=2,
                unit=Label("元", "yuan"),
                least=0,
                most=1000,
                required=True,
            ),
            Ask(name="basis", label=Label("依据", "On what it rests"), required=True),
        ),
    ),
    Kind(
        name="work_pay",
        label=Label("劳动报酬", "Pay for work"),
        compartment="support",
        cites=("禁毒法#43",),
        recorded_by=BRIGADE,
        day=Label("入账日期", "Day it was paid in"),
        summary=Label(
            "{month} 起一个月：{days} 天，{hours} 小时，{amount} 元",
            "Month from {month}: {days} days, {hours} hours, {amount} yuan",
        ),
        fields=(
            Ask(
                name="month", label=Label("月份（首日）", "Month (its first day)"), type="day", required=True
            ),
            Ask(
                name="days",
                label=Label("劳动天数", "Days worked"),
                type="whole",
                unit=Label("天", "days"),
                least=0,
                most=31,
                required=True,
            ),
            _hours("hours", Label("劳动时间", "Hours worked"), 744),
            Ask(
                name="rate",
                label=Label("标准", "Rate"),
                type="decimal",
                places=2,
                unit=Label("元/小时", "yuan an hour"),
                least=0,
                most=1000,
                required=True,
            ),
            Ask(
                name="amount",
                label=Label("金额", "Amount"),
                type="decimal",
                places=2,
                unit=Label("元", "yuan"),
                least=0,
                most=1_000_000,
                required=True,
            ),
        ),
    ),
)
