"""What the medical centre wrote about one person: allergies, prescriptions and their rounds, numbers and
scales, encounters, a restraint now and then, care notes, and for a few what only doctors may know."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from guitu.centre.medication import ROUNDS_OF, dose_id
from guitu.centre.settings import Settings
from guitu.centre.times import clock_of, moment_of
from guitu.kernel.ids import uuid7
from guitu.simulate.centre import told_days

if TYPE_CHECKING:
    from guitu.simulate.centre import Add, Stay

ROUNDS: Final = Settings().rounds
TOLD: Final = 10
"""Days of doses that are told of, of those that the person was inside."""
_CHRONIC: Final = (
    ("高血压", "氨氯地平片", "1", "片", "once", "每周测血压两次，低盐饮食", "每月复诊"),
    ("2 型糖尿病", "二甲双胍片", "1", "片", "twice", "每周测血糖，病号饭", "每月复诊"),
    ("慢性胃炎", "奥美拉唑肠溶胶囊", "1", "粒", "once", "避免空腹服其他药", "两月复诊"),
    ("失眠", "右佐匹克隆片", "1", "片", "night", "先行睡眠卫生指导，短期使用", "两周复诊"),
)
_SHORT: Final = (
    (
        "感冒，咽痛",
        "咽部充血，扁桃体不大",
        "上呼吸道感染",
        "多饮水，观察体温",
        "对乙酰氨基酚片",
        "1",
        "片",
        "needed",
    ),
    ("牙痛三天", "右下磨牙龋坏", "龋病", "止痛，联系口腔科", "布洛芬缓释胶囊", "1", "粒", "twice"),
    ("皮肤瘙痒", "双下肢散在丘疹", "湿疹", "外用药，避免搔抓", "炉甘石洗剂", "1", "次", "three"),
    (
        "腰痛，劳动后加重",
        "局部压痛，活动可",
        "腰肌劳损",
        "休息三天，不安排重体力劳动",
        "双氯芬酸钠缓释片",
        "1",
        "片",
        "once",
    ),
)
_ALLERGIES: Final = ("青霉素", "磺胺", "头孢")
_CALLS: Final = ("胸口闷，走路喘", "昨晚没睡着，头晕", "牙疼", "肚子不舒服，拉肚子", "伤口发红")


def of_stay(stay: Stay) -> None:
    """One person's medical entries. Often-recorded things only for the last days."""
    rng = stay.rng
    doctor = ("doctor", stay.centre)
    add = stay.life.add
    arrived = stay.transferred
    last = (stay.until or stay.today) - timedelta(days=1)
    known = rng.random() < 0.12
    allergy = rng.choice(_ALLERGIES)
    if known:
        add(arrived, "allergy", *doctor, known="yes", substance=allergy, reaction="皮疹")
    elif rng.random() < 0.9:
        add(arrived, "allergy", *doctor, known="none")
    written: list[Rx] = []
    _arrival(stay, rng)
    if rng.random() < 0.3:
        condition, drug, dose, unit, often, plan, _ = rng.choice(_CHRONIC)
        first = arrived + timedelta(days=2)
        add(
            first,
            "chronic_plan",
            *doctor,
            condition=condition,
            plan=plan,
            state="open",
            again_on=_soon(stay, rng),
        )
        written.append(_prescribe(stay, first, None, drug, dose, unit, often))
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        day = arrived + timedelta(days=rng.randrange(3, max(4, (last - arrived).days)))
        _seen(stay, day, rng, written)
    for one in written:
        _doses(stay, rng, one)
    if stay.until is None:
        _lately(stay, rng, written, allergy if known else "")
    elif written and rng.random() < 0.8:
        add(
            stay.until - timedelta(days=1),
            "release_medication",
            *doctor,
            list="\n".join(
                f"{name} 每次一次量，按原用法" for name in dict.fromkeys(one.drug for one in written)
            ),
            days=7,
            go_to="凭用药卡到户籍地乡镇卫生院",
        )
    for first, back in stay.treated:
        _outside(stay, first, back)


def _soon(stay: Stay, rng: Random) -> date:
    return stay.today + timedelta(days=rng.randrange(-3, 25))


def _arrival(stay: Stay, rng: Random) -> None:
    """The first days: numbers, a withdrawal scale."""
    nurse = ("nurse", stay.centre)
    for n in range(3):
        day = stay.transferred + timedelta(days=n)
        stay.life.add(day, "vitals", *nurse, **_numbers(rng, 830 + n))
    if rng.random() < 0.25:
        score = rng.randrange(4, 22)
        for n in range(3):
            day = stay.transferred + timedelta(days=n)
            stay.life.add(
                day, "withdrawal_score", *nurse, time=900, scale="cows", score=max(0, score - 5 * n)
            )


def _numbers(rng: Random, at: int, high: bool = False) -> dict[str, int | str]:
    base = 158 if high else 118
    return {
        "time": at,
        "temperature": f"36.{rng.randrange(2, 9)}",
        "pulse": rng.randrange(64, 92),
        "systolic": base + rng.randrange(-12, 16),
        "diastolic": (96 if high else 76) + rng.randrange(-8, 9),
        "breathing": rng.randrange(14, 20),
        "oxygen": rng.randrange(95, 100),
    }


class Rx(NamedTuple):
    """A prescription as it was written."""

    id: UUID
    drug: str
    often: str
    first: date
    last: date | None


def _prescribe(
    stay: Stay,
    first: date,
    until: date | None,
    drug: str,
    dose: str,
    unit: str,
    often: str,
    kind: str = "prescription",
) -> Rx:
    at = moment_of(first, 930)
    identifier = uuid7(int(at.timestamp() * 1000), stay.rng.randbytes(10))
    stay.life.say(
        identifier,
        first,
        kind,
        "doctor",
        stay.centre,
        drug=drug,
        dose=dose,
        dose_unit=unit,
        route="outside" if "洗剂" in drug else "oral",
        often=often,
        until=until,
    )
    return Rx(identifier, drug, often, first, until)


def _doses(stay: Stay, rng: Random, one: Rx, kind: str = "dose", role: str = "nurse") -> None:
    """Every round of the last days: nearly all given, some refused, few held or forgotten."""
    days = list(stay.lately())
    for day in days if stay.whole else days[-TOLD:]:
        if day < one.first or (one.last is not None and day > one.last):
            continue
        for number in ROUNDS_OF[one.often]:
            dice = rng.random()
            if dice > 0.985:
                continue
            outcome = "refused" if dice > 0.95 else "held" if dice > 0.94 else "given"
            start = clock_of(ROUNDS[number - 1])
            assert start is not None
            at = start.hour * 100 + rng.randrange(2, 45)
            why = {"refused": "本人说不想吃，已劝", "held": "血压偏低，报告医生"}.get(outcome)
            stay.life.say(
                dose_id(one.id, day, number),
                day,
                kind,
                role,
                stay.centre,
                prescription=str(one.id),
                drug=one.drug,
                round=number,
                time=at,
                outcome=outcome,
                why=why,
            )


def _seen(stay: Stay, day: date, rng: Random, written: list[Rx]) -> None:
    if not stay.inside(day):
        return
    complaint, findings, assessment, plan, drug, dose, unit, often = rng.choice(_SHORT)
    stay.life.add(day, "sick_call", "brigade_officer", stay.brigade, urgency="today", says=complaint)
    stay.life.add(
        day,
        "encounter",
        "doctor",
        stay.centre,
        form="clinic",
        complaint=complaint,
        findings=findings,
        assessment=assessment,
        plan=plan,
        again_on=day + timedelta(days=7),
    )
    again = day + timedelta(days=7)
    if rng.random() < 0.93 and stay.inside(again):
        stay.life.add(
            again,
            "encounter",
            "doctor",
            stay.centre,
            form="follow_up",
            complaint="复诊",
            findings="好转",
            assessment="恢复",
            plan="不再用药，必要时就诊",
        )
    until = day + timedelta(days=rng.randrange(2, 7))
    written.append(_prescribe(stay, day, until, drug, dose, unit, often))
    if rng.random() < 0.4:
        abnormal = rng.random() < 0.3
        stay.life.add(
            day + timedelta(days=1),
            "lab_result",
            "nurse",
            stay.centre,
            test="血常规",
            result="白细胞 12.1" if abnormal else "未见异常",
            reading="abnormal" if abnormal else "normal",
        )
    if "腰" in complaint:
        stay.life.add(
            day,
            "care_note",
            "doctor",
            stay.centre,
            need="no_heavy_work",
            say="三天，之后复查",
            until=day + timedelta(days=3),
        )


def _lately(stay: Stay, rng: Random, written: list[Rx], allergy: str) -> None:
    """The last days of somebody who is inside: numbers, who waits, who is watched."""
    days = list(stay.lately())
    high = any("氨氯地平" in one.drug for one in written)
    for day in days[::7] if not high else days[::3]:
        stay.life.add(day, "vitals", "nurse", stay.centre, **_numbers(rng, 830, high))
        if any("二甲双胍" in one.drug for one in written):
            stay.life.add(
                day, "vitals", "nurse", stay.centre, time=700, glucose=f"{rng.randrange(55, 110) / 10}"
            )
    if days and days[-1] == stay.today - timedelta(days=1):
        yesterday = days[-1]
        dice = rng.random()
        if dice < 0.04:
            says = rng.choice(_CALLS)
            urgency = "now" if "胸口" in says else "today"
            stay.life.add(yesterday, "sick_call", "brigade_officer", stay.brigade, urgency=urgency, says=says)
        elif dice < 0.07:
            stay.life.add(
                yesterday,
                "lab_result",
                "nurse",
                stay.centre,
                test="肝功能",
                result="ALT 128 U/L",
                reading="abnormal",
            )
        elif dice < 0.10:
            stay.life.add(
                yesterday,
                "ciwa_ar",
                "nurse",
                stay.centre,
                time=2010,
                nausea=2,
                tremor=3,
                sweats=2,
                anxiety=3,
                agitation=2,
                tactile=0,
                auditory=0,
                visual=0,
                headache=2,
                orientation=0,
            )
        if rng.random() < 0.04:
            need = rng.choice(("watch", "diet", "lower_bunk", "fluids"))
            stay.life.add(
                yesterday,
                "care_note",
                "doctor",
                stay.centre,
                need=need,
                until=stay.today + timedelta(days=rng.randrange(2, 14)),
            )
    if len(days) > 20 and rng.random() < 0.04:
        _restrained(stay, days[rng.randrange(5, 15)], rng)
    if rng.random() < 0.05:
        _restricted(stay, days, rng)


def _restrained(stay: Stay, day: date, rng: Random) -> None:
    """A restraint that was watched, approved and ended within two hours."""
    officer, head = ("brigade_officer", stay.brigade), ("centre_head", stay.centre)
    add = stay.life.add
    lasted = rng.randrange(25, 95)
    add(
        day,
        "restraint",
        *officer,
        time=2015,
        reason="self_harm",
        means="约束带，双上肢",
        medic="yes",
        note="用头撞墙，劝阻无效",
    )
    add(day, "restraint_approval", *head, time=2020, approved="yes")
    add(day, "restraint_check", *officer, time=2030, state="restless", danger="yes")
    add(day, "restraint_medical_check", "doctor", stay.centre, time=2035, state="calm", danger="yes")
    hour, minute = divmod(20 * 60 + 15 + lasted, 60)
    add(day, "restraint_check", *officer, time=hour * 100 + minute, state="calm", danger="no")
    add(day, "restraint_end", *officer, time=hour * 100 + minute, minutes=lasted, note="平静，皮肤完好")


def _restricted(stay: Stay, days: list[date], rng: Random) -> None:
    """Known to doctors only: found, treated by the doctor, and reported or not owed."""
    if not days:
        return
    doctor = ("doctor", stay.centre)
    what = rng.choice(("hiv", "hepatitis_c", "hepatitis_b"))
    found = stay.transferred + timedelta(days=1)
    fresh = rng.random() < 0.6
    if fresh:
        found = days[-1] if rng.random() < 0.3 else rng.choice(days)
    finding = uuid7(int(moment_of(found, 1630).timestamp() * 1000), rng.randbytes(10))
    stay.life.say(
        finding,
        found,
        "restricted_condition",
        *doctor,
        time=1630,
        what=what,
        state="confirmed",
        report="day" if fresh else "known",
        plan="定点医院随访",
        told="yes",
    )
    if fresh and found != days[-1]:
        stay.life.add(found + timedelta(days=1), "restricted_report", *doctor, to=str(finding), time=905)
    if what == "hiv":
        first = stay.transferred + timedelta(days=2)
        one = _prescribe(
            stay, first, None, "抗病毒药（按定点医院处方）", "1", "片", "once", "restricted_prescription"
        )
        _doses(stay, rng, one, "restricted_dose", "doctor")


def _outside(stay: Stay, first: date, back: date | None) -> None:
    """What stood round a leave for treatment."""
    add, doctor, head = stay.life.add, ("doctor", stay.centre), ("centre_head", stay.centre)
    add(
        first - timedelta(days=2),
        "medical_leave_request",
        *doctor,
        why="病情严重，所内不具备治疗条件",
        hospital="示范省人民医院",
    )
    add(
        first - timedelta(days=1),
        "medical_leave_approval",
        *head,
        approved="yes",
        authority="示范省戒毒管理局",
        document_no="示戒医〔2026〕12号",
        filed_on=first,
        family_told_on=first,
    )
    day = first + timedelta(days=7)
    while day < (back or stay.today):
        add(day, "medical_leave_check", *doctor, state="治疗中，病情平稳", next_on=day + timedelta(days=14))
        day += timedelta(days=14)


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """What the centre laid down."""
    if not stays:
        return
    add(
        centre,
        date(today.year, 1, 1),
        "medical_setting",
        "centre_head",
        round_1=800,
        round_2=1200,
        round_3=1800,
        round_4=2100,
        late_after=60,
        watch_every=15,
        medics_every=30,
        review_every=60,
        ciwa="8_15",
    )
    month = today.replace(day=1) - timedelta(days=1)
    first = today - timedelta(days=told_days(stays))
    while True:
        add(centre, month, "infectious_month", "centre_head", found=2, in_time=2)
        month = month.replace(day=1) - timedelta(days=1)
        if month < first:
            return
