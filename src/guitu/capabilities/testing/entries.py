"""One urine test, whether or not it was taken; and that one was asked for outside the drawn days, and why."""

from typing import Final

from guitu.casefile import YES_NO, Ask, Choice, Kind, ReadAs
from guitu.home.extra import REASONS
from guitu.kernel.labels import Label

KINDS: Final = (
    Kind(
        name="extra_test",
        label=Label("加测决定", "Extra test asked for"),
        compartment="legal",
        cites=("戒毒条例#19(2)",),
        recorded_by=("town_office", "village_worker", "county_supervisor"),
        day=Label("决定日期", "Day decided"),
        summary=Label("加测（{reason}），{for_day}", "Extra test ({reason}), {for_day}"),
        help=Label(
            "抽签以外的检测。理由写给本人看；加测单独计数，不顶替抽到的检测。",
            "A test besides the drawn days. The reason is written to the person; it is counted apart and"
            " does not"
            " stand for the drawn one.",
        ),
        fields=(
            Ask(name="for_day", label=Label("检测日期", "Day of the test"), type="day", required=True),
            Ask(
                name="reason",
                label=Label("理由", "Reason"),
                type="choice",
                required=True,
                choices=tuple(Choice(value, label) for value, label in REASONS.items()),
            ),
            Ask(
                name="text",
                label=Label("具体情况", "In words"),
                type="long_text",
                required=True,
                sealed=True,
                to_person=True,
                help=Label("本人会看到这段话", "The person reads this"),
            ),
        ),
    ),
    Kind(
        name="urine_test",
        label=Label("检测", "Urine test"),
        compartment="legal",
        read_as=ReadAs("running", 68),
        cites=("戒毒条例#19(2)", "戒毒条例#20", "禁毒法#35"),
        recorded_by=(
            "town_office",
            "village_worker",
            "guidance_station",
            "brigade_officer",
            "doctor",
            "nurse",
            "intake_officer",
            "county_supervisor",
        ),
        day=Label("检测日期", "Day of the test"),
        day_ledger=("检测日期", "检测时间", "尿检日期", "尿检时间", "采样日期", "采样时间", "检验日期"),
        summary=Label("检测：{outcome}，结果：{result}", "Test: {outcome}, result: {result}"),
        fields=(
            Ask(
                name="outcome",
                label=Label("检测情况", "Outcome"),
                type="choice",
                required=True,
                ledger=("检测情况", "尿检情况", "参检情况", "检测状态", "检验情况"),
                choices=(
                    Choice(
                        "taken",
                        Label("已检", "Taken"),
                        ledger=("已检", "已检测", "正常", "已尿检", "已参检", "按时检测", "按期检测", "已测"),
                    ),
                    Choice(
                        "excused", Label("因故未检", "Excused"), ledger=("因故未检", "请假", "免检", "因故")
                    ),
                    Choice("evaded", Label("逃避", "Evaded"), ledger=("逃避", "逃避检测", "未到")),
                    Choice("refused", Label("拒检", "Refused"), ledger=("拒检", "拒绝", "拒绝检测")),
                ),
            ),
            Ask(
                name="result",
                label=Label("检测结果", "Result"),
                type="choice",
                required=True,
                only_when={"outcome": ("taken",)},
                ledger=("检测结果", "结果", "尿检结果", "检验结果", "尿检检测结果"),
                choices=(
                    Choice(
                        "negative",
                        Label("阴性", "Negative"),
                        ledger=("阴性", "阴", "呈阴性", "-", "(-)", "阴性(-)", "阴(-)", "−", "neg"),
                    ),
                    Choice(
                        "positive",
                        Label("阳性", "Positive"),
                        ledger=("阳性", "阳", "呈阳性", "+", "(+)", "阳性(+)", "阳(+)", "pos"),
                    ),
                ),
            ),
            Ask(
                name="confirmed",
                label=Label("是否经实验室确认", "Confirmed by laboratory"),
                type="choice",
                choices=YES_NO,
                only_when={"outcome": ("taken",)},
                help=Label(
                    "现场阳性未确认前不作任何处理；填“是”要有实验室报告。",
                    "An unconfirmed positive moves nothing; “yes” takes a laboratory's report.",
                ),
            ),
            Ask(
                name="occasion",
                label=Label("场合", "Occasion"),
                type="choice",
                choices=(
                    Choice(
                        "routine",
                        Label("定期或者抽到的", "Routine or drawn"),
                    ),
                    Choice("extra", Label("加测", "Extra")),
                ),
                help=Label(
                    "加测要先登记加测决定和理由；加测不顶替抽到的检测。",
                    "An extra test takes a decision with its reason first; it does not stand for the drawn"
                    " one.",
                ),
            ),
            Ask(
                name="tester_1",
                of_others=True,
                label=Label("检测人1", "First tester"),
                ledger=(
                    "检测人1",
                    "检测人一",
                    "检测人员1",
                    "检测人员一",
                    "检测人(一)",
                    "检测人①",
                    "检测员1",
                    "检测员一",
                    "第一检测人",
                    "检测人",
                    "检测人员",
                    "检测人员签名",
                    "检测人签名",
                ),
            ),
            Ask(
                name="tester_2",
                of_others=True,
                label=Label("检测人2", "Second tester"),
                ledger=(
                    "检测人2",
                    "检测人二",
                    "检测人员2",
                    "检测人员二",
                    "检测人(二)",
                    "检测人②",
                    "检测员2",
                    "检测员二",
                    "第二检测人",
                    "见证人",
                ),
            ),
            Ask(name="note", label=Label("备注", "Note"), type="long_text", sealed=True, ledger=("备注",)),
        ),
    ),
)
