"""Courses, examinations and certificates: persons, not certificates, and never divided by those admitted."""

from typing import Final

from guitu.indicators import All, Events, Exists, Indicator, Is, People, Ratio
from guitu.kernel.labels import Label

CERTIFIED: Final = Exists(of="training_certificate", in_period=True)
SAT: Final = Is("result", "passed", "failed")

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
)
