"""Conditions that are known to nobody but doctors, and their reporting.

The names of these kinds say nothing of what they hold, because names stand in the open. No list, tally,
snapshot or general assessment reads them (`casefile.kind.APART`); what a month had of them is written into
the centre's own file as numbers, without anybody.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs, time_of_day
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

DOCTOR: Final = ("doctor",)
SECRET: Final = ("艾滋病防治条例#39", "传染病防治法#16")


def _people(name: str, label: Label) -> Ask:
    return Ask(
        name=name, label=label, type="whole", unit=Label("例", "cases"), least=0, most=10_000, required=True
    )


KINDS: Final = (
    Kind(
        name="restricted_condition",
        label=Label("特别保密病情", "Restricted condition"),
        compartment="medical_restricted",
        read_as=ReadAs("file", 92),
        cites=SECRET,
        recorded_by=DOCTOR,
        day=Label("发现日期", "Day found"),
        fields=(
            time_of_day(Label("发现时间", "Time found")),
            Ask(
                name="what",
                label=Label("病种", "Which"),
                type="choice",
                required=True,
                choices=(
                    Choice("hiv", Label("艾滋病病毒感染／艾滋病", "HIV / AIDS")),
                    Choice("tb", Label("结核", "Tuberculosis")),
                    Choice("hepatitis_b", Label("乙型肝炎", "Hepatitis B")),
                    Choice("hepatitis_c", Label("丙型肝炎", "Hepatitis C")),
                    Choice("syphilis", Label("梅毒", "Syphilis")),
                    Choice("other", Label("其他", "Another")),
                ),
            ),
            Ask(
                name="state",
                label=Label("情况", "How sure"),
                type="choice",
                required=True,
                choices=(
                    Choice("suspected", Label("疑似", "Suspected")),
                    Choice("confirmed", Label("确诊", "Confirmed")),
                ),
            ),
            Ask(
                name="report",
                label=Label("报告时限", "To be reported within"),
                type="choice",
                required=True,
                help=Label(
                    "艾滋病、病毒性肝炎属乙类，二十四小时。",
                    "HIV and viral hepatitis are class B: 24 hours.",
                ),
                choices=(
                    Choice("day", Label("24 小时（乙类、丙类）", "24 hours (classes B and C)")),
                    Choice(
                        "two_hours", Label("2 小时（甲类等）", "2 hours (class A and what is treated alike)")
                    ),
                    Choice("known", Label("已报告过，不再报", "Reported before: not again")),
                ),
            ),
            Ask(name="findings", label=Label("检查和依据", "Tests and grounds"), type="long_text"),
            Ask(name="plan", label=Label("治疗和隔离", "Treatment and isolation"), type="long_text"),
            Ask(
                name="told",
                label=Label("是否已告知本人", "Has the person been told"),
                type="choice",
                choices=(
                    Choice("yes", Label("已告知", "Told")),
                    Choice("not_yet", Label("还没有", "Not yet")),
                ),
            ),
        ),
    ),
    Kind(
        name="restricted_report",
        label=Label("特别保密病情上报", "Report of a restricted condition"),
        compartment="medical_restricted",
        read_as=ReadAs("file", 93),
        cites=("传染病防治法#45",),
        recorded_by=DOCTOR,
        answers="to",
        day=Label("上报日期", "Day reported"),
        fields=(
            Ask(
                name="to",
                label=Label("上报哪一条", "Which condition"),
                required=True,
                plain=True,  # the id of an entry: it tells nothing
                help=Label("由系统填写", "Filled in by the system"),
            ),
            time_of_day(Label("上报时间", "Time reported")),
            Ask(name="number", label=Label("报告卡编号", "Number of the report")),
        ),
    ),
    Kind(
        name="infectious_month",
        label=Label("传染病报告月计", "Month’s infectious reports"),
        about="unit",
        compartment=WORK,
        cites=("传染病防治法#45",),
        recorded_by=("centre_head",),
        day=Label("该月最后一天", "Last day of the month"),
        summary=Label("应报 {found} 例，按时 {in_time} 例", "{found} to report, {in_time} in time"),
        help=Label(
            "数字由医生在“特别保密”页上取得，只写数，不写人。",
            "The doctor reads the numbers off the restricted page: numbers only, nobody's name.",
        ),
        fields=(
            _people("found", Label("应报告", "To be reported")),
            _people("in_time", Label("其中按时报告", "Of these in time")),
        ),
    ),
)
