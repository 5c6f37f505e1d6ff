"""What happened in a centre, counted by class; who was in it stands in that person's file and not here.

The six classes are those of 六无. A near miss is an entry of its own: whoever rewards only zeros gets zeros.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
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


def _people(name: str, label: Label) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("人", "people"), least=0, most=100_000, required=True
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
