"""Courses, examinations and certificates: persons, not certificates, and never divided by those admitted.

From enrolment to work (`learning.*`): of the same persons at every step, those who are lost stand beside
the others.
"""

from typing import Final

from guitu.indicators import (
    All,
    Events,
    Exists,
    Indicator,
    Is,
    People,
    Present,
    Ratio,
    Rows,
    Sum,
    Survival,
)
from guitu.kernel.labels import Label

CERTIFIED: Final = Exists(of="training_certificate", in_period=True)
SAT: Final = Is("result", "passed", "failed")
LEARNS: Final = Is("course", "vocational", "school")
"""A class that is run with a school or a trade."""
AT_WORK: Final = All(Is("result", "reached"), Is("at_work", "yes"))


def _began(*later: Exists) -> People:
    """Persons who began such a class in the period and for whom these followed, however late."""
    return People(of="training_enrolled", where=All(LEARNS, *later))


SAT_LATER: Final = Exists(of="training_exam", where=SAT, least=0)
CERTIFIED_LATER: Final = Exists(of="training_certificate", least=0)
PLACED_LATER: Final = Exists(of="job_placement", least=0)


def _retained(at: int) -> Indicator:
    return Indicator(
        key=f"learning.retained_{at}_rate",
        label=Label(f"就业满{at}个月仍在岗", f"Still at work {at} months on"),
        unit="percent",
        definition=Label(
            f"期间内经帮扶上岗、此前参加过职业技能或者学历班的全部人员中，满{at}个月时此前三个月内回访确认在岗的占比；"
            "离岗的、失联的、没有人回访的都在分母里，还没有到期的不在。",
            f"Of everybody helped into work in the period after a vocational or school class, the"
            " share found at"
            f" work by a follow-up in the three months before {at} months had passed. Those who"
            " left, the lost"
            " and those nobody asked are in the denominator; those for whom it is too early are not.",
        ),
        value=Survival(
            start=Rows(of="job_placement", where=Exists(of="training_enrolled", where=LEARNS, most=0)),
            kept=(Rows(of="follow_up", where=AT_WORK),),
            failed=(Rows(of="job_placement", where=Present("left_on"), day="left_on"),),
            ended=(Rows(of="death"),),
            months=(1, 3, 6, 12),
            at=at,
        ),
        plausible=(0, 100),
    )


INDICATORS: Final = (
    Indicator(
        key="training.persons",
        label=Label("培训人员", "Persons trained"),
        unit="person",
        definition=Label(
            "期间内开班参加培训的人数，同一人参加几个班只计一次。",
            "Persons who began a course in the period, each once however many they took.",
        ),
        value=People(of="training_enrolled"),
        breakdowns=("sex", "age_band", "course"),
        note=Label(
            "包括期间以前入所的人，所以可以多于期间内收治的人数。",
            "It includes people admitted before the period, so it may exceed those admitted in it.",
        ),
    ),
    Indicator(
        key="training.enrolments",
        label=Label("培训人次", "Enrolments"),
        unit="person_time",
        definition=Label(
            "期间内开班参加培训的人次。", "Courses begun in the period, each person's each course counted."
        ),
        value=Events(of="training_enrolled"),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="training.certificates",
        label=Label("发证", "Certificates"),
        unit="entry",
        definition=Label(
            "期间内取得的证书，一人可有几张。",
            "Certificates issued in the period; a person may have several.",
        ),
        value=Events(of="training_certificate"),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="training.certified",
        label=Label("获证人员", "Persons certified"),
        unit="person",
        definition=Label(
            "期间内取得证书的人数，同一人只计一次。",
            "Persons who were issued a certificate in the period, each once.",
        ),
        value=People(of="training_certificate"),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="training.certificate_rate",
        label=Label("获证率", "Certificate rate"),
        unit="percent",
        definition=Label(
            "期间内参加培训的人数中，期间内至少取得一张证书的人数占比；按人计，不按证书张数计。",
            "Of the persons who began a course in the period, the share with at least one certificate in"
            " it; persons"
            " are counted, never certificates.",
        ),
        value=Ratio(
            over=People(of="training_enrolled", where=CERTIFIED), under=People(of="training_enrolled")
        ),
        breakdowns=("sex", "age_band", "course"),
        plausible=(0, 100),
    ),
    Indicator(
        key="training.certificate_rate_of_examined",
        label=Label("参考人员获证率", "Certificate rate of those examined"),
        unit="percent",
        definition=Label(
            "期间内参加过考试的人数中，期间内至少取得一张证书的人数占比；缺考的不在分母里。",
            "Of the persons who sat an examination in the period, the share with at least one certificate"
            " in it;"
            " whoever was absent is not in the denominator.",
        ),
        value=Ratio(
            over=People(of="training_exam", where=All(SAT, CERTIFIED)),
            under=People(of="training_exam", where=SAT),
        ),
        breakdowns=("sex", "age_band", "course"),
        plausible=(0, 100),
    ),
    Indicator(
        key="learning.enrolled",
        label=Label("职业技能和学历班学员", "Began a vocational or school class"),
        unit="person",
        definition=Label(
            "期间内开班参加职业技能或者学历班的人数。",
            "Persons who began a vocational or school class in the period.",
        ),
        value=_began(),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="learning.examined",
        label=Label("其中参加过考试", "Of these, examined"),
        unit="person",
        definition=Label(
            "期间内开班的学员中，此后参加过考试的人数；缺考的不算。",
            "Of those who began in the period, persons who later sat an examination; absence is no sitting.",
        ),
        value=_began(SAT_LATER),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="learning.certified",
        label=Label("其中取得证书", "Of these, certified"),
        unit="person",
        definition=Label(
            "期间内开班的学员中，此后取得证书的人数。",
            "Of those who began in the period, persons who later were issued a certificate.",
        ),
        value=_began(CERTIFIED_LATER),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="learning.placed",
        label=Label("其中就业", "Of these, helped into work"),
        unit="person",
        definition=Label(
            "期间内开班的学员中，此后经帮扶上岗的人数，不论由哪里登记。",
            "Of those who began in the period, persons later helped into work, whoever recorded it.",
        ),
        value=_began(PLACED_LATER),
        breakdowns=("sex", "age_band", "course"),
    ),
    Indicator(
        key="learning.certified_of_enrolled_rate",
        label=Label("学员获证率（按开班）", "Certified, of those who began"),
        unit="percent",
        definition=Label(
            "期间内开班的学员中，此后至少取得一张证书的占比；按人计，中途离班的也在分母里。",
            "Of the persons who began in the period, the share with at least one certificate since; those who"
            " left are in the denominator.",
        ),
        value=Ratio(over=_began(CERTIFIED_LATER), under=_began()),
        plausible=(0, 100),
    ),
    Indicator(
        key="learning.certified_of_examined_rate",
        label=Label("学员获证率（按参考）", "Certified, of those examined"),
        unit="percent",
        definition=Label(
            "期间内开班、此后参加过考试的学员中，取得证书的占比。",
            "Of the persons who began in the period and later sat an examination, the share with"
            " a certificate.",
        ),
        value=Ratio(over=_began(SAT_LATER, CERTIFIED_LATER), under=_began(SAT_LATER)),
        plausible=(0, 100),
    ),
    Indicator(
        key="learning.placed_rate",
        label=Label("学员就业率", "Helped into work, of those who began"),
        unit="percent",
        definition=Label(
            "期间内开班的学员中，此后经帮扶上岗的占比。",
            "Of the persons who began in the period, the share later helped into work.",
        ),
        value=Ratio(over=_began(PLACED_LATER), under=_began()),
        plausible=(0, 100),
    ),
    *(_retained(at) for at in (1, 3, 6, 12)),
    Indicator(
        key="learning.classes",
        label=Label("上课", "Classes held"),
        unit="event",
        definition=Label("期间内点过名的课。", "Classes for which a register was filled in, in the period."),
        value=Events(of="class_held"),
        breakdowns=("sort",),
    ),
    Indicator(
        key="learning.attendance_rate",
        label=Label("到课率", "Attendance"),
        unit="percent",
        definition=Label(
            "期间内实到人次除以应到人次；因故缺课的也在分母里。",
            "Attendances over those on the lists, in the period; the excused are in the denominator.",
        ),
        value=Ratio(over=Sum(of="class_held", field="present"), under=Sum(of="class_held", field="enrolled")),
        plausible=(0, 100),
    ),
    Indicator(
        key="learning.unexcused",
        label=Label("无故缺课", "Classes missed for no reason"),
        unit="person_time",
        definition=Label("期间内无故缺课的人次。", "Absences for no reason in the period."),
        value=Events(of="class_absence", where=Is("why", "unexcused")),
        breakdowns=("sex", "age_band", "sort"),
    ),
    Indicator(
        key="learning.entry_education",
        label=Label("入所教育开始", "Entry education begun"),
        unit="person",
        definition=Label("期间内开始入所教育的人数。", "Persons whose entry education began in the period."),
        value=People(of="entry_education_begun"),
        breakdowns=("sex", "age_band"),
    ),
    Indicator(
        key="learning.entry_education_rate",
        label=Label("入所教育满一个月率", "Entry education of at least a month"),
        unit="percent",
        definition=Label(
            "期间内开始入所教育的人中，此后至少 28 天才结束的占比；还没有结束的也在分母里。",
            "Of the persons whose entry education began in the period, the share for whom it"
            " ended 28 days later at"
            " the soonest; those for whom it goes on are in the denominator.",
        ),
        value=Ratio(
            over=People(of="entry_education_begun", where=Exists(of="entry_education_done", least=28)),
            under=People(of="entry_education_begun"),
        ),
        plausible=(0, 100),
        note=Label(
            "一个月短则 28 天，此处按 28 天计；每个人是否满一个月看“应办事项”。",
            "A month has 28 days at the least, which is counted here; whether somebody’s was a"
            " month, the duty says.",
        ),
        cites=("司法行政机关强制隔离戒毒工作规定#45",),
    ),
)
