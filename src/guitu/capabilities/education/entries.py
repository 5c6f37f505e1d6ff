"""One person's course, examination, certificate: three facts, for whoever counts must not take one for
another.

A person may hold several certificates, and may have been trained before a campaign began.
"""

from typing import Final

from guitu.casefile import Ask, Choice, Kind
from guitu.kernel.labels import Label

TEACHES: Final = (
    "teacher",
    "brigade_officer",
    "centre_head",
    "town_office",
    "village_worker",
    "county_supervisor",
)

COURSE: Final = Ask(
    name="course",
    label=Label("类别", "Sort of course"),
    type="choice",
    required=True,
    choices=(
        Choice("vocational", Label("职业技能", "Vocational skill")),
        Choice("school", Label("学历教育（职教班）", "School education (vocational class)")),
        Choice("literacy", Label("文化教育", "General education")),
        Choice("other", Label("其他", "Something else")),
    ),
)
NAME: Final = Ask(name="subject", label=Label("课程或者工种", "Subject or trade"))

KINDS: Final = (
    Kind(
        name="training_enrolled",
        label=Label("参加培训", "Training begun"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=TEACHES,
        day=Label("开班日期", "Day it began"),
        summary=Label("参加培训：{course}", "Training begun: {course}"),
        fields=(COURSE, NAME),
    ),
    Kind(
        name="training_exam",
        label=Label("培训考试", "Examination"),
        compartment="support",
        recorded_by=TEACHES,
        day=Label("考试日期", "Day of the examination"),
        summary=Label("考试：{course}，{result}", "Examination: {course}, {result}"),
        fields=(
            COURSE,
            NAME,
            Ask(
                name="result",
                label=Label("结果", "Result"),
                type="choice",
                required=True,
                choices=(
                    Choice("passed", Label("合格", "Passed")),
                    Choice("failed", Label("不合格", "Failed")),
                    Choice("absent", Label("缺考", "Absent")),
                ),
            ),
        ),
    ),
    Kind(
        name="training_certificate",
        label=Label("取得证书", "Certificate"),
        compartment="support",
        recorded_by=TEACHES,
        day=Label("发证日期", "Day issued"),
        summary=Label("取得证书：{course}", "Certificate: {course}"),
        fields=(COURSE, NAME),
    ),
)
