"""Screened in time, looked after on the same day, and how much was done. Scores are counted nowhere."""

from typing import Final

from guitu.indicators import All, Events, Exists, Indicator, Is, Ratio, Sum
from guitu.kernel.labels import Label

SCREENED_IN: Final = 30
"""Days after arrival in a judicial centre. Our own choice: no source sets a number."""

ALERT: Final = Is("alert", "yes")
SAME_DAY: Final = Exists(of="safety_check", least=0, most=0)

INDICATORS: Final = (
    Indicator(
        key="psychology.screened_rate",
        label=Label("入所三十日内心理筛查率", "Screened within thirty days of arrival"),
        unit="percent",
        definition=Label(
            "期间内转入司法行政戒毒所的人次中，转入后三十日内做过心理筛查的占比。",
            "Of the arrivals in a judicial centre in the period, the share with a screening up to thirty"
            " days later.",
        ),
        value=Ratio(
            over=Events(of="transfer", where=Exists(of="screening", least=0, most=SCREENED_IN)),
            under=Events(of="transfer"),
        ),
        breakdowns=("sex", "age_band"),
        plausible=(0, 100),
        cites=("精神卫生法#18",),
        note=Label(
            "三十日是本系统的口径，法律没有规定天数；到期末不满三十日的也在分母里。",
            "Thirty days are our own definition, the law sets none; those who came less than thirty days"
            " before the end are in the denominator too.",
        ),
    ),
    Indicator(
        key="psychology.alerts",
        label=Label("筛查提示", "Screening alerts"),
        unit="event",
        definition=Label(
            "期间内有自伤、自杀回答的筛查次数。",
            "Screenings in the period with an answer about self-harm or suicide.",
        ),
        value=Events(of="screening", where=ALERT),
        breakdowns=("sex",),
    ),
    Indicator(
        key="psychology.seen_same_day_rate",
        label=Label("筛查提示当天看望率", "Alerts seen to on the same day"),
        unit="percent",
        definition=Label(
            "期间内有自伤、自杀回答的筛查中，当天登记了看望的占比。",
            "Of the screenings in the period with an answer about self-harm or suicide, the share with a"
            " look after the person recorded for the same day.",
        ),
        value=Ratio(
            over=Events(of="screening", where=All(ALERT, SAME_DAY)),
            under=Events(of="screening", where=ALERT),
        ),
        plausible=(0, 100),
        cites=("精神卫生法#18",),
    ),
    Indicator(
        key="psychology.sessions",
        label=Label("心理咨询人次", "Counselling sessions"),
        unit="person_time",
        definition=Label(
            "期间内的个别、家庭和远程心理咨询人次。",
            "Counselling sessions in the period: individual, with families, remote.",
        ),
        value=Events(of="counselling"),
        breakdowns=("sex", "mode"),
    ),
    Indicator(
        key="psychology.group_attendance",
        label=Label("团体辅导人次", "Attendance at group sessions"),
        unit="person_time",
        definition=Label(
            "期间内团体辅导的实到人次，同一人到几次计几次。",
            "Attendances at group sessions in the period; who came twice is counted twice.",
        ),
        value=Sum(of="group_counselling", field="present"),
    ),
)
