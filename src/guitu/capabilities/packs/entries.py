"""What stands in a unit's own file: packs that were fixed, their way to the office above, and what was
decided and what came of it. The content of a pack lies beside the chain; its digest stands in it."""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

PREPARES: Final = (
    "statistician",
    "guidance_station",
    "town_office",
    "centre_head",
    "county_supervisor",
    "provincial_supervisor",
)


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Actions of before were told in less."""
    return fields


TO: Final = Ask(name="to", label=Label("哪一份", "Which one"), required=True, internal=True, plain=True)

KINDS: Final = (
    Kind(
        name="pack_fixed",
        label=Label("月报定稿", "Pack fixed"),
        about="unit",
        compartment=WORK,
        recorded_by=PREPARES,
        day=Label("定稿日期", "Day fixed"),
        summary=Label("{pack} {number} 定稿", "{pack} {number} fixed"),
        fields=(
            Ask(
                name="pack",
                label=Label("种类", "Sort"),
                type="choice",
                required=True,
                choices=(
                    Choice("month", Label("月调度", "Monthly dispatch")),
                    Choice("quarter", Label("季小结", "Quarterly summary")),
                    Choice("year", Label("年总结", "Annual report")),
                ),
            ),
            Ask(name="about", label=Label("单位", "Unit"), type="unit", required=True),
            Ask(name="first", label=Label("期间自", "From"), type="day", required=True),
            Ask(name="last", label=Label("期间至", "Until"), type="day", required=True),
            Ask(name="number", label=Label("编号", "Number"), required=True, plain=True),
            Ask(
                name="counted", label=Label("记录序号", "Entries counted up to"), type="whole", required=True
            ),
            Ask(name="known", label=Label("数据截至", "Known at"), required=True, plain=True),
            Ask(name="policy", label=Label("规则摘要", "Digest of the rules"), plain=True),
            Ask(name="digest", label=Label("内容摘要", "Digest of the content"), required=True, plain=True),
            Ask(name="word", label=Label("Word 摘要", "Digest of the Word file"), plain=True),
            Ask(name="pdf", label=Label("PDF 摘要", "Digest of the PDF file"), plain=True),
            Ask(name="excel", label=Label("Excel 摘要", "Digest of the Excel file"), plain=True),
            Ask(name="made_with", label=Label("制作版本", "Made with"), plain=True),
            Ask(name="breaks", label=Label("不相符处", "Breaks"), type="whole", least=0),
            Ask(name="replaces", label=Label("更正哪一份", "Corrects"), internal=True, plain=True),
            Ask(name="why", label=Label("更正原因", "Why it is corrected"), type="long_text", sealed=True),
        ),
    ),
    Kind(
        name="pack_step",
        label=Label("月报办理", "Pack handled"),
        about="unit",
        compartment=WORK,
        answers="to",
        recorded_by=PREPARES,
        day=Label("办理日期", "Day handled"),
        summary=Label("月报{what}", "Pack: {what}"),
        fields=(
            TO,
            Ask(
                name="what",
                label=Label("办理", "What was done"),
                type="choice",
                required=True,
                choices=(
                    Choice("checked", Label("核对", "Checked")),
                    Choice("signed", Label("审签", "Signed")),
                    Choice("submitted", Label("报送", "Submitted")),
                    Choice("returned", Label("退回", "Returned")),
                ),
            ),
            Ask(name="role", label=Label("岗位", "Post"), required=True, plain=True),
            Ask(
                name="reason",
                label=Label("退回原因", "Why it is returned"),
                type="long_text",
                sealed=True,
                required=True,
                only_when={"what": ("returned",)},
            ),
        ),
    ),
    Kind(
        name="action_decided",
        label=Label("议定事项", "Action decided"),
        version=2,
        about="unit",
        compartment=WORK,
        recorded_by=PREPARES,
        day=Label("议定日期", "Day decided"),
        summary=Label("议定事项，由{owner}办理", "Action for {owner}"),
        help=Label("不写人员姓名。", "Name no person under a measure."),
        upgrade=_as_it_was,
        fields=(
            Ask(name="about", label=Label("议定单位", "Decided at"), type="unit", required=True),
            Ask(
                name="text",
                label=Label("事项", "What is to be done"),
                type="long_text",
                required=True,
                sealed=True,
                help=Label("写做什么、做到什么程度，不写人员姓名。", "What, and how far; no names."),
            ),
            Ask(name="owner", label=Label("责任单位", "Whose it is"), type="unit", required=True),
            Ask(name="due", label=Label("期限", "By when"), type="day"),
            Ask(
                name="person",
                label=Label("责任人", "Who answers for it"),
                of_others=True,
                help=Label("工作人员的姓名和职务", "A member of staff: name and office"),
            ),
            Ask(name="meeting", label=Label("哪次会议", "Which meeting"), internal=True, plain=True),
            Ask(name="campaign", label=Label("哪次行动", "Which campaign"), internal=True, plain=True),
        ),
    ),
    Kind(
        name="action_closed",
        label=Label("事项办结", "Action closed"),
        about="unit",
        compartment=WORK,
        answers="to",
        recorded_by=PREPARES,
        day=Label("办结日期", "Day closed"),
        summary=Label("议定事项{outcome}", "Action {outcome}"),
        fields=(
            TO,
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
                name="evidence",
                label=Label("凭什么说办结了", "Evidence"),
                type="long_text",
                required=True,
                sealed=True,
                help=Label(
                    "写文书、台账或者数字，不写人员姓名。", "A paper, a ledger or a figure; no names."
                ),
            ),
        ),
    ),
)
