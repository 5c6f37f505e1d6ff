"""Who leads, who does what, what a place is called: in units' own files. The people named are staff and heads
of offices, never anybody under a measure.

What makes a place a model, and what a watch list means, the office says; no criterion is declared here.
"""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

KEEPS: Final = ("town_office", "county_supervisor", "provincial_supervisor", "centre_head")
ABOVE: Final = ("county_supervisor", "provincial_supervisor")
BELOW: Final = ("village_worker", *KEEPS)
UNTIL: Final = Ask(
    name="until",
    label=Label("到哪天止", "Until"),
    type="day",
    help=Label("这一天起不再算；还在的不填", "No longer from that day on; empty while it stands"),
)
STAFF_NAME: Final = Label("工作人员或者单位负责人的姓名", "A member of staff or the head of an office")


def _as_before(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """The second version only asks more."""
    return fields


def _note() -> Ask:
    return Ask(
        name="note", label=Label("说明", "Note"), type="long_text",
        help=Label("不写戒毒人员姓名", "No names of people under a measure"),
    )  # fmt: skip


def _paper() -> Ask:
    return Ask(name="paper", label=Label("文号", "Paper"), help=Label("没有就不填", "Leave empty if none"))


def _id(name: str, label: Label) -> Ask:
    return Ask(name=name, label=label, required=True, internal=True, plain=True)


def _name() -> Ask:
    return Ask(name="name", label=Label("姓名", "Name"), required=True, of_others=True, help=STAFF_NAME)


KINDS: Final = (
    Kind(
        name="leading_group",
        label=Label("领导小组", "Leading group"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=BELOW,
        day=Label("成立日期", "Day set up"),
        summary=Label("领导小组：{name}", "Leading group: {name}"),
        fields=(
            Ask(name="name", label=Label("名称", "Name"), required=True),
            Ask(name="duties", label=Label("职责", "Duties"), type="long_text"),
            _paper(),
            UNTIL,
        ),
    ),
    Kind(
        name="group_member",
        label=Label("领导小组成员", "Member of a leading group"),
        about="unit",
        compartment=WORK,
        answers="to",
        own_page=True,
        recorded_by=BELOW,
        day=Label("起始日期", "From"),
        summary=Label("{part}：{name}", "{part}: {name}"),
        fields=(
            _id("to", Label("哪个小组", "Which group")),
            Ask(
                name="part",
                label=Label("组内职务", "Part in the group"),
                type="choice",
                required=True,
                choices=(
                    Choice("head", Label("组长", "Head")),
                    Choice("deputy", Label("副组长", "Deputy head")),
                    Choice("member", Label("成员", "Member")),
                    Choice("office", Label("办公室主任", "Head of its office")),
                    Choice("contact", Label("联络员", "Contact")),
                ),
            ),
            _name(),
            Ask(name="office", label=Label("单位、职务", "Office held")),
            Ask(name="duties", label=Label("分工", "What they answer for"), type="long_text"),
            Ask(
                name="area",
                label=Label("包联单位", "Unit they answer for"),
                type="unit",
                help=Label("包片、包村的填", "For those who answer for a town or village"),
            ),
            UNTIL,
        ),
    ),
    Kind(
        name="staff_duty",
        label=Label("人员分工", "Duty of staff"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=KEEPS,
        day=Label("起始日期", "From"),
        summary=Label("{name}：{duty}", "{name}: {duty}"),
        fields=(
            _name(),
            Ask(name="duty", label=Label("负责什么", "What for"), required=True),
            UNTIL,
        ),
    ),
    Kind(
        name="staff_qualification",
        label=Label("人员资质", "Qualification of staff"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=KEEPS,
        day=Label("取得日期", "Day it was gained"),
        summary=Label("{name}：{sort}", "{name}: {sort}"),
        fields=(
            _name(),
            Ask(
                name="sort",
                label=Label("资质", "What it is"),
                type="choice",
                required=True,
                choices=(
                    Choice("social_work", Label("社会工作者", "Social worker")),
                    Choice("psychology", Label("心理咨询", "Counselling")),
                    Choice("medical", Label("医师、护士", "Doctor or nurse")),
                    Choice("law", Label("法律", "Law")),
                    Choice("training", Label("岗位培训", "Training for the post")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(name="what", label=Label("名称、级别", "Name and grade")),
            Ask(name="given_by", label=Label("发证单位", "Given by")),
            Ask(name="number", label=Label("证书编号", "Number of the certificate")),
            Ask(name="until", label=Label("有效期至", "Valid until"), type="day"),
        ),
    ),
    Kind(
        name="watch_status",
        label=Label("重点关注状态", "Watch-list status"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=ABOVE,
        day=Label("列入、移出日期", "Day listed or taken off"),
        summary=Label("{which}：{status}", "{which}: {status}"),
        help=Label(
            "只登记公布的结果，登在被列入的地方自己的档案里。",
            "What was announced, in the file of the place it is about.",
        ),
        fields=(
            Ask(
                name="which",
                label=Label("哪一种", "Which list"),
                type="choice",
                required=True,
                choices=(
                    Choice("national", Label("国家重点关注", "National watch list")),
                    Choice("province", Label("省级重点关注", "Provincial watch list")),
                    Choice("county", Label("县级重点关注", "County watch list")),
                ),
            ),
            Ask(
                name="status",
                label=Label("状态", "Status"),
                type="choice",
                required=True,
                choices=(
                    Choice("listed", Label("列入", "Listed")),
                    Choice("removed", Label("移出（摘帽）", "Taken off")),
                ),
            ),
            Ask(name="by", label=Label("由谁决定", "Decided by")),
            _paper(),
            _note(),
        ),
    ),
    Kind(
        name="model_programme",
        label=Label("示范创建", "Model programme"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=KEEPS,
        day=Label("部署日期", "Day it was ordered"),
        summary=Label("示范创建：{name}", "Model programme: {name}"),
        help=Label("标准由本单位写，系统不代拟。", "The criteria are the office's own."),
        fields=(
            Ask(
                name="name",
                label=Label("名称", "Name"),
                required=True,
                help=Label("例如：无毒社区、禁毒示范学校", "For example: drug-free community, model school"),
            ),
            Ask(
                name="sort",
                label=Label("对象", "Of what"),
                type="choice",
                required=True,
                choices=(
                    Choice("community", Label("社区、村", "Communities")),
                    Choice("school", Label("学校", "Schools")),
                    Choice("station", Label("指导站、工作站", "Stations")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            Ask(
                name="criteria",
                label=Label("标准", "Criteria"),
                type="long_text",
                required=True,
                help=Label("每行一条", "One a line"),
            ),
            _paper(),
            UNTIL,
        ),
    ),
    Kind(
        name="model_applied",
        label=Label("申报示范", "Applied to be a model"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=BELOW,
        day=Label("申报日期", "Day applied"),
        summary=Label("申报示范：{place}", "Applied to be a model: {place}"),
        fields=(
            _id("programme", Label("哪项创建", "Which programme")),
            Ask(
                name="place",
                label=Label("申报的社区、学校", "The community or school"),
                required=True,
            ),
            _note(),
        ),
    ),
    Kind(
        name="model_judged",
        label=Label("示范考察、认定", "Model looked at or named"),
        about="unit",
        compartment=WORK,
        own_page=True,
        recorded_by=KEEPS,
        day=Label("考察、认定日期", "Day"),
        summary=Label("{place}：{outcome}", "{place}: {outcome}"),
        fields=(
            _id("programme", Label("哪项创建", "Which programme")),
            Ask(
                name="place",
                label=Label("社区、学校", "The community or school"),
                required=True,
                internal=True,
            ),
            Ask(
                name="outcome",
                label=Label("结果", "Outcome"),
                type="choice",
                required=True,
                choices=(
                    Choice("visited", Label("实地考察", "Visited")),
                    Choice("granted", Label("认定", "Named a model")),
                    Choice("refused", Label("不予认定", "Not named")),
                    Choice("withdrawn", Label("撤销", "Name withdrawn")),
                ),
            ),
            Ask(
                name="met",
                label=Label("达到的标准", "Criteria met"),
                type="whole",
                least=0,
                most=200,
                unit=Label("条", "criteria"),
            ),
            Ask(name="gaps", label=Label("没有达到的", "Criteria not met"), type="long_text"),
            _note(),
        ),
    ),
    Kind(
        name="unit_change",
        label=Label("单位变更", "Change of a unit"),
        about="unit",
        compartment=WORK,
        version=2,
        upgrade=_as_before,
        own_page=True,
        recorded_by=ABOVE,
        day=Label("变更日期", "Day of the change"),
        summary=Label("{what}：{before}", "{what}: {before}"),
        help=Label(
            "记在变更后仍在的单位档案里；以前的记录、数字都留在原来的名下。",
            "In the file of the unit that is there afterwards; what was recorded before stays under the name"
            " of then.",
        ),
        fields=(
            Ask(
                name="what",
                label=Label("怎样变更", "What changed"),
                type="choice",
                required=True,
                choices=(
                    Choice("renamed", Label("更名", "Renamed")),
                    Choice("merged", Label("并入", "Merged into this one")),
                    Choice("split", Label("分出", "Split off from")),
                    Choice("moved", Label("改变隶属", "Put under another unit")),
                    Choice("closed", Label("停用", "Closed")),
                ),
            ),
            Ask(name="before", label=Label("原来的名称、单位", "Name or unit of before"), required=True),
            Ask(name="after", label=Label("变更后的名称", "Name afterwards")),
            Ask(name="other", label=Label("涉及的单位", "The other unit"), type="unit"),
            Ask(
                name="people",
                label=Label("随之转来的人员", "People who moved with it"),
                type="whole",
                least=0,
                unit=Label("人", "people"),
            ),
            _paper(),
            _note(),
        ),
    ),
)  # fmt: skip
