"""One person's course, examination, certificate: three facts, for whoever counts must not take one for
another. A person may hold several certificates, and may have been trained before a campaign began.

What a class does as a class (a course opened, its weekly hours, one class held) stands in the centre's
own file, with numbers and no names; in a person's file stands only what is said about that one person.
Somebody who was present gets no entry for it.
"""

from collections.abc import Mapping
from typing import Final

from guitu.casefile import Ask, Choice, Kind, ReadAs, Value
from guitu.casefile.kind import WORK
from guitu.kernel.labels import Label

TEACHES: Final = (
    "teacher",
    "brigade_officer",
    "centre_head",
    "town_office",
    "village_worker",
    "county_supervisor",
)
IN_CENTRE: Final = ("teacher", "brigade_officer", "centre_head")
PLANS: Final = ("teacher", "centre_head")


def _as_it_was(fields: Mapping[str, Value]) -> Mapping[str, Value]:
    """Version 1 asked less; what it asked means the same."""
    return fields


COURSE_ID: Final = Ask(
    name="course_id",
    label=Label("哪个教学班", "Which class"),
    internal=True,
    plain=True,
    help=Label(
        "本所的教学班；空着是所外或者以前的课程。", "A class of the centre; empty for a course outside it."
    ),
)
OF_COURSE: Final = Ask(
    name="course_id", label=Label("哪个教学班", "Which class"), required=True, internal=True, plain=True
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
SORT: Final = Ask(
    name="sort",
    label=Label("类别", "Sort"),
    type="choice",
    required=True,
    choices=(
        Choice("entry", Label("入所教育", "Entry education")),
        Choice("law", Label("法律常识", "Law")),
        Choice("culture", Label("文化（扫盲）", "General education and literacy")),
        Choice("psychology", Label("心理健康", "Psychology")),
        Choice("family", Label("家庭关系", "Family")),
        Choice("vocational", Label("职业技能", "Vocational skill")),
        Choice("school", Label("学历教育（职教班）", "School education (vocational class)")),
    ),
)
NAME: Final = Ask(name="subject", label=Label("课程或者工种", "Subject or trade"))
RESULT: Final = Ask(
    name="result",
    label=Label("结果", "Result"),
    type="choice",
    required=True,
    choices=(
        Choice("passed", Label("合格", "Passed")),
        Choice("failed", Label("不合格", "Failed")),
        Choice("absent", Label("缺考", "Absent")),
    ),
)
SCORE: Final = Ask(
    name="score",
    label=Label("分数", "Marks"),
    type="decimal",
    unit=Label("分", "marks"),
    least=0,
    most=1000,
    places=1,
)
SITTING: Final = Ask(
    name="sitting",
    label=Label("第几次", "Sitting"),
    type="choice",
    choices=(Choice("first", Label("首考", "First")), Choice("resit", Label("补考", "Re-sit"))),
)
WHY_ABSENT: Final = (
    Choice("ill", Label("生病", "Ill")),
    Choice("care", Label("就医", "Medical care")),
    Choice("visit", Label("会见", "A visit")),
    Choice("leave", Label("请假", "Leave")),
    Choice("other", Label("其他安排", "Other arrangement")),
    Choice("unexcused", Label("无故缺课", "No reason")),
)
"""Why somebody was not in class. All but the last are excused."""

TRAINING: Final = (
    Kind(
        name="training_enrolled",
        version=2,
        upgrade=_as_it_was,
        label=Label("参加培训", "Training begun"),
        compartment="support",
        cites=("戒毒条例#18",),
        recorded_by=TEACHES,
        day=Label("开班日期", "Day it began"),
        summary=Label("参加培训：{course}", "Training begun: {course}"),
        fields=(COURSE, NAME, COURSE_ID),
    ),
    Kind(
        name="training_exam",
        version=2,
        upgrade=_as_it_was,
        label=Label("培训考试", "Examination"),
        compartment="support",
        recorded_by=TEACHES,
        day=Label("考试日期", "Day of the examination"),
        summary=Label("考试：{course}，{result}", "Examination: {course}, {result}"),
        fields=(COURSE, NAME, RESULT, SCORE, SITTING, COURSE_ID),
    ),
    Kind(
        name="training_certificate",
        version=2,
        upgrade=_as_it_was,
        label=Label("取得证书", "Certificate"),
        compartment="support",
        recorded_by=TEACHES,
        day=Label("发证日期", "Day issued"),
        summary=Label("取得证书：{course}", "Certificate: {course}"),
        fields=(
            COURSE,
            NAME,
            Ask(
                name="school",
                label=Label("发证学校或者机构", "School or body that issued it"),
                help=Label(
                    "证书上写的是学校，不写戒毒所。",
                    "The certificate bears the school, never the centre.",
                ),
            ),
            Ask(name="number", label=Label("证书编号", "Number of the certificate")),
            Ask(name="level", label=Label("等级或者学历", "Grade or degree")),
            COURSE_ID,
        ),
    ),
)

PERSONS: Final = (
    Kind(
        name="entry_education_begun",
        label=Label("入所教育开始", "Entry education begun"),
        compartment="support",
        read_as=ReadAs("custody", 36),
        cites=("司法行政机关强制隔离戒毒工作规定#45",),
        recorded_by=(*IN_CENTRE, "intake_officer"),
        day=Label("开始日期", "Day it began"),
    ),
    Kind(
        name="entry_education_done",
        label=Label("入所教育结束", "Entry education ended"),
        compartment="support",
        read_as=ReadAs("custody", 38),
        cites=("司法行政机关强制隔离戒毒工作规定#45",),
        recorded_by=(*IN_CENTRE, "intake_officer"),
        day=Label("结束日期", "Day it ended"),
        summary=Label("入所教育结束，考核{result}", "Entry education ended, {result}"),
        fields=(
            Ask(
                name="result",
                label=Label("考核", "Test"),
                type="choice",
                choices=(
                    Choice("passed", Label("合格", "passed")),
                    Choice("failed", Label("不合格", "failed")),
                    Choice("not_held", Label("没有考核", "no test held")),
                ),
            ),
            Ask(
                name="hours",
                label=Label("学时", "Hours"),
                type="whole",
                unit=Label("学时", "hours"),
                least=0,
                most=1000,
            ),
        ),
    ),
    Kind(
        name="literacy_level",
        label=Label("文化程度测定", "Level of schooling"),
        compartment="support",
        recorded_by=(*IN_CENTRE, "intake_officer"),
        day=Label("测定日期", "Day found"),
        summary=Label("文化程度：{level}（{occasion}）", "Schooling: {level} ({occasion})"),
        fields=(
            Ask(
                name="level",
                label=Label("程度", "Level"),
                type="choice",
                required=True,
                choices=(
                    Choice("none", Label("不识字", "Cannot read")),
                    Choice("some", Label("识字不多", "Reads a little")),
                    Choice("primary", Label("小学", "Primary school")),
                    Choice("junior", Label("初中", "Junior secondary")),
                    Choice("senior", Label("高中、中专", "Senior secondary")),
                    Choice("higher", Label("大专以上", "Higher")),
                ),
            ),
            Ask(
                name="occasion",
                label=Label("时机", "Occasion"),
                type="choice",
                required=True,
                choices=(
                    Choice("entry", Label("入所", "On entry")),
                    Choice("later", Label("在所期间", "Later")),
                ),
            ),
            Ask(
                name="how",
                label=Label("怎样得知", "How it is known"),
                type="choice",
                choices=(
                    Choice("test", Label("测试", "A test")),
                    Choice("paper", Label("学历证书", "A school paper")),
                    Choice("told", Label("本人自述", "The person said so")),
                ),
            ),
        ),
    ),
    Kind(
        name="course_enrolled",
        label=Label("编入教学班", "Put into a class"),
        compartment="support",
        recorded_by=IN_CENTRE,
        day=Label("编班日期", "From"),
        summary=Label("编入教学班：{sort}，{subject}", "Put into a class: {sort}, {subject}"),
        help=Label(
            "职业技能和学历教育登记“参加培训”。", "Vocational and school classes are “training begun”."
        ),
        fields=(SORT, NAME, COURSE_ID),
    ),
    Kind(
        name="course_left",
        label=Label("离开教学班", "Left a class"),
        compartment="support",
        recorded_by=IN_CENTRE,
        day=Label("最后一日", "Last day"),
        summary=Label("离开教学班：{sort}，{why}", "Left a class: {sort}, {why}"),
        fields=(
            SORT,
            Ask(
                name="why",
                label=Label("原因", "Why"),
                type="choice",
                required=True,
                choices=(
                    Choice("completed", Label("学完", "Completed it")),
                    Choice("released", Label("解除出所", "Released")),
                    Choice("moved", Label("转走", "Moved elsewhere")),
                    Choice("health", Label("身体原因", "For health")),
                    Choice("withdrew", Label("本人退出", "Withdrew")),
                    Choice("other", Label("其他", "Something else")),
                ),
            ),
            COURSE_ID,
        ),
    ),
    Kind(
        name="class_absence",
        label=Label("缺课", "Absent from class"),
        compartment="support",
        recorded_by=IN_CENTRE,
        day=Label("上课日期", "Day of the class"),
        summary=Label("缺课：{sort}，{why}", "Absent from class: {sort}, {why}"),
        help=Label("到课的不登记。", "Nothing is recorded for those who were there."),
        fields=(
            SORT,
            Ask(name="why", label=Label("原因", "Why"), type="choice", required=True, choices=WHY_ABSENT),
            Ask(name="starts", label=Label("上课时间", "Time of the class"), plain=True),
            COURSE_ID,
        ),
    ),
    Kind(
        name="course_exam",
        label=Label("课程考核", "Course test"),
        compartment="support",
        recorded_by=IN_CENTRE,
        day=Label("考核日期", "Day of the test"),
        summary=Label("课程考核：{sort}，{result}", "Course test: {sort}, {result}"),
        fields=(SORT, NAME, RESULT, SCORE, SITTING, COURSE_ID),
    ),
)

ROOM: Final = Ask(name="room", label=Label("教室", "Room"), plain=True)
TEACHER: Final = Ask(name="teacher", label=Label("任课教员", "Teacher"))
STARTS: Final = Ask(
    name="starts",
    label=Label("开始时间", "Begins"),
    required=True,
    plain=True,
    help=Label("例如 08:30", "For example 08:30"),
)


def _number(name: str, zh: str, en: str, *, required: bool = False) -> Ask:
    return Ask(
        name=name,
        label=Label(zh, en),
        type="whole",
        unit=Label("人", "persons"),
        least=0,
        most=10_000,
        required=required,
    )


UNITS: Final = (
    Kind(
        name="course",
        own_page=True,
        label=Label("教学班", "Class"),
        about="unit",
        compartment=WORK,
        recorded_by=PLANS,
        day=Label("登记日期", "Day recorded"),
        summary=Label("教学班：{title}（{sort}）", "Class: {title} ({sort})"),
        fields=(
            Ask(name="title", label=Label("班名", "Name of the class"), required=True, plain=True),
            SORT,
            Ask(name="first", label=Label("开班日期", "First day"), type="day", required=True),
            Ask(
                name="hours",
                label=Label("总学时", "Hours in all"),
                type="whole",
                unit=Label("学时", "hours"),
                least=1,
                most=5000,
            ),
            TEACHER,
            Ask(
                name="school",
                label=Label("合作学校", "School it is run with"),
                plain=True,
                help=Label(
                    "职教班必填；证书上写的是这所学校。",
                    "Needed for a vocational class; it stands on the certificates.",
                ),
            ),
            Ask(
                name="capacity",
                label=Label("名额", "Places"),
                type="whole",
                unit=Label("人", "persons"),
                least=1,
                most=1000,
            ),
            ROOM,
            Ask(name="until", label=Label("结束日期", "Last day"), type="day"),
            Ask(
                name="course_id",
                label=Label("教学班编号", "Identifier of the class"),
                internal=True,
                plain=True,
                help=Label("从别处带来的班才有。", "Only of a class that was brought from elsewhere."),
            ),
        ),
    ),
    Kind(
        name="course_slot",
        own_page=True,
        label=Label("课程表", "Weekly class"),
        about="unit",
        compartment=WORK,
        recorded_by=PLANS,
        day=Label("登记日期", "Day recorded"),
        summary=Label("{weekday} {starts}–{ends}", "{weekday} {starts}–{ends}"),
        fields=(
            OF_COURSE,
            Ask(
                name="weekday",
                label=Label("星期", "Day of the week"),
                type="choice",
                required=True,
                choices=(
                    Choice("mon", Label("周一", "Monday")),
                    Choice("tue", Label("周二", "Tuesday")),
                    Choice("wed", Label("周三", "Wednesday")),
                    Choice("thu", Label("周四", "Thursday")),
                    Choice("fri", Label("周五", "Friday")),
                    Choice("sat", Label("周六", "Saturday")),
                    Choice("sun", Label("周日", "Sunday")),
                ),
            ),
            STARTS,
            Ask(
                name="ends",
                label=Label("结束时间", "Ends"),
                required=True,
                plain=True,
                help=Label("例如 10:10", "For example 10:10"),
            ),
            ROOM,
            TEACHER,
            Ask(name="since", label=Label("自", "From"), type="day"),
            Ask(name="until", label=Label("至", "Until"), type="day"),
        ),
    ),
    Kind(
        name="class_held",
        own_page=True,
        label=Label("上课", "Class held"),
        about="unit",
        compartment=WORK,
        recorded_by=PLANS,
        day=Label("上课日期", "Day of the class"),
        summary=Label("{sort}：应到 {enrolled}，实到 {present}", "{sort}: {present} of {enrolled} present"),
        help=Label("只记人数，不记姓名。", "Numbers only, no names."),
        fields=(
            OF_COURSE,
            SORT,
            STARTS,
            Ask(
                name="minutes",
                label=Label("时长", "Length"),
                type="whole",
                unit=Label("分钟", "minutes"),
                least=1,
                most=600,
                required=True,
            ),
            _number("enrolled", "应到", "On the list", required=True),
            _number("present", "实到", "Present", required=True),
            _number("excused", "因故缺课", "Excused"),
            _number("unexcused", "无故缺课", "No reason"),
            Ask(name="topic", label=Label("内容", "Topic")),
        ),
    ),
)

KINDS: Final = (*TRAINING, *PERSONS, *UNITS)
