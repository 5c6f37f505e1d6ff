"""The psychology centre, as the demonstration tells it: screenings, who was seen on the same day, talks,
 crisis plans, a few courses of VR and of TMS, group sessions.

Answers are drawn so that most people answer little, a few much, and time helps a little. Nothing real is
meant by it.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import sin
from random import Random
from typing import Final

from guitu.centre import device, protocols
from guitu.centre.instruments import Instrument, digits, instrument, score
from guitu.centre.scenes import house_packs
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import DAYS, Add, Stay, told_days
from guitu.simulate.life import stamp

_EVERY: Final = (75, 120)
"""Days between two screenings."""
_TOPICS: Final = ("motivation", "craving", "refusal", "emotion", "family", "return")
_TALKS: Final = (
    "谈到家里来信，情绪平稳。",
    "睡得不好，练习放松呼吸。",
    "说起回家以后的打算，想学修车。",
    "和同屋有口角，一起想了别的说法。",
)
_PLAN: Final = {
    "signs": "连着几夜睡不着，不愿说话，把东西送人。",
    "helps": "写信，打球，找同屋说话，做放松呼吸。",
    "contacts": "心理咨询师、值班民警、母亲。",
    "steps": "当天当面谈话；看到以前有人陪着；需要时请精神科医生。",
}


def of_stay(stay: Stay) -> None:
    """One person's screenings and what followed."""
    rng = stay.rng
    burden = rng.betavariate(1.4, 4.0)  # how much somebody answers, 0 to 1
    watched = _screenings(stay, burden)
    _talks(stay, burden)
    if watched or burden > 0.62:
        _plan(stay)
    if rng.random() < 0.12:
        _course(stay, "vr")
    elif rng.random() < 0.05:
        _course(stay, "tms")


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """Group sessions of each brigade, once a week."""
    rng = Random(f"groups/{centre}/{len(stays)}")
    for brigade in sorted({stay.brigade for stay in stays}):
        here = [stay for stay in stays if stay.brigade == brigade]
        for back in range(3, max(DAYS * 2, told_days(here)), 7):
            day = today - timedelta(days=back)
            able = sum(stay.inside(day) for stay in here)
            if able < 4:
                continue
            invited = min(12, able)
            add(
                brigade, day, "group_counselling", "brigade_officer", topic=rng.choice(_TOPICS),
                invited=invited, present=invited - (rng.random() < 0.4), minutes=60,
            )  # fmt: skip


def _answers(rng: Random, one: Instrument, burden: float) -> dict[str, int]:
    """Answers of somebody with that burden; thoughts of self-harm are rare, and rarer without one."""
    found: dict[str, int] = {}
    for item in one.items:
        if not item.asked(found):
            continue
        options = sorted(item.options, key=lambda o: o.points, reverse=one.higher == "better")
        place = min(int(max(0.0, rng.gauss(burden, 0.18)) * len(options)), len(options) - 1)
        if one.key == "phq9" and item.key == "q9":
            place = int(rng.random() < 0.04 + burden * 0.1)
        found[item.key] = options[place].answer
    return found


def _screenings(stay: Stay, burden: float) -> bool:
    """PHQ-9 and GAD-7 in the first days and then again; whether one of them asked for somebody."""
    rng = stay.rng
    day = stay.transferred + timedelta(days=rng.randint(2, 12))
    watched = False
    while day < stay.today and day <= (stay.until or stay.today):
        if stay.inside(day):
            for key in ("phq9", "gad7"):
                watched |= _screened(stay, day, key, burden)
            if rng.random() < 0.3:
                _screened(stay, day, "rand36", burden)
        burden *= rng.uniform(0.75, 1.02)
        day += timedelta(days=rng.randint(*_EVERY))
    yesterday = stay.today - timedelta(days=1)
    if rng.random() < 0.03 and stay.inside(yesterday):
        watched |= _screened(stay, yesterday, "phq9", 0.5, worried=True)
    return watched


def _screened(stay: Stay, day: date, key: str, burden: float, *, worried: bool = False) -> bool:
    """One sheet filled in, and whoever it asked for; whether it asked for somebody."""
    rng, centre = stay.rng, stay.centre
    one = instrument(key)
    answers = _answers(rng, one, burden)
    if worried:  # and nobody came yet: there has to be something to show
        answers["q9"] = 1
    alert = bool(score(one, answers).alerts)
    counsellor = staff_name("counsellor", centre)
    identifier = stamp(rng, day.toordinal(), stay.today.toordinal() - 1, 7)[1]
    said = stay.life.say(
        identifier, day, "screening", "counsellor", centre, instrument=key, instrument_version=one.version,
        answers=digits(one, answers), administered_by=counsellor,
        way="self" if one.filled_by == "self" else "staff", alert="yes" if alert else "no",
    )  # fmt: skip
    recent = stay.today - day <= timedelta(days=3)
    waits = worried or (recent and rng.random() < 0.6)  # a few of the last days
    if said and alert and not waits:
        stay.life.add(
            day if rng.random() < 0.93 else day + timedelta(days=1), "safety_check", "counsellor", centre,
            to=str(identifier), seen_by=counsellor, outcome=rng.choice(("safe", "safe", "stayed_with")),
            note="当面谈过，没有计划和办法，约了下次谈话。",
        )  # fmt: skip
    return alert


def _talks(stay: Stay, burden: float) -> None:
    """Talks now and then, and one agreed for these days."""
    rng, centre = stay.rng, stay.centre
    day = stay.transferred + timedelta(days=rng.randint(15, 60))
    while day < stay.today:
        if stay.inside(day):
            last = day + timedelta(days=70) > stay.today
            ahead = stay.today + timedelta(days=rng.randint(-1, 12))
            more = {"next_on": ahead} if last and rng.random() < 0.4 else {}
            stay.life.add(
                day, "counselling", "counsellor", centre, mode="individual", minutes=50,
                reason=rng.choice(("planned", "asked", "alert")), note=rng.choice(_TALKS), **more,
            )  # fmt: skip
        day += timedelta(days=int(rng.randint(60, 150) * (1.2 - burden)) + 7)


def _plan(stay: Stay) -> None:
    """A crisis plan, reviewed every month, and one in five that waits for its review."""
    rng, centre = stay.rng, stay.centre
    last = min(stay.until or stay.today, stay.today) - timedelta(days=1)
    day = last - timedelta(days=rng.randint(5, 90))
    if day <= stay.transferred or not stay.inside(day):
        return
    review = day + timedelta(days=30)
    stay.life.add(
        day, "crisis_plan", "counsellor", centre, state="active", agreed="yes", review_on=review,
        named_staff=staff_name("counsellor", centre), **_PLAN,
    )  # fmt: skip
    if review < last and rng.random() < 0.8:
        stay.life.add(
            review, "crisis_plan", "counsellor", centre, state="active", agreed="yes",
            review_on=max(review + timedelta(days=30), last + timedelta(days=rng.randint(-2, 25))),
            named_staff=staff_name("counsellor", centre), **_PLAN,
        )  # fmt: skip


def _course(stay: Stay, method: str) -> None:
    """Consent, screen, and sessions twice a week; the craving told falls a little and varies much."""
    rng, centre = stay.rng, stay.centre
    first = stay.today - timedelta(days=rng.randint(14, 40))
    if first <= stay.transferred or not stay.inside(first):
        return
    doctor, operator = staff_name("doctor", centre), staff_name("counsellor", centre)
    stay.life.add(
        first, "protocol_consent", "doctor", centre, method=method, voluntary="yes", explained_by=doctor
    )
    held = {name: "no" for names in protocols.STOPS.values() for name in names}
    if method == "tms" and rng.random() < 0.3:
        held["seizure_risk"] = "yes"
    cleared = not protocols.stopping(method, held)
    more = {"doctor": doctor} if method == "tms" else {}
    stay.life.add(
        first, "protocol_screen", "doctor", centre, method=method, cleared="yes" if cleared else "no",
        **held, **more,
    )  # fmt: skip
    level = rng.randint(35, 75)
    day = first + timedelta(days=1)
    number = 1
    while cleared and day < stay.today and number <= 8 and stay.inside(day):
        before = min(100, max(0, int(rng.gauss(level, 9))))
        after = min(100, max(0, int(rng.gauss(level - 6, 10))))
        stopped = rng.random() < 0.05
        fields: dict[str, str | int] = {
            "craving_before": before, "craving_after": after, "distress_before": rng.randint(5, 40),
            "distress_after": rng.randint(5, 40), "ended": "stopped" if stopped else "completed",
            "adverse": "none", "operator": operator, "session_no": number, "minutes": 20,
        }  # fmt: skip
        if stopped:
            fields["stop_reason"] = "request"
        if method == "vr":
            fields |= _scene(number, stopped=stopped)
            if number >= 3:
                fields["substance"] = "meth"
        else:
            fields |= {"motor_threshold": 52, "intensity": 100, "pattern": "high", "frequency": "10",
                       "pulses": 2000, "target": "left_dlpfc", "coil": "figure8"}  # fmt: skip
        if protocols.needs_aftercare(fields):
            fields["aftercare_by"] = operator
        identifier = stamp(rng, day.toordinal(), stay.today.toordinal() - 1, 9)[1]
        said = stay.life.say(identifier, day, f"{method}_session", "doctor", centre, **fields)
        if said and number == 2:
            wrote = series(rng)
            stay.life.add(
                day, "device_series", "doctor", centre, to=str(identifier), step=f"{wrote.step:.4f}",
                heart=device.kept(wrote.heart, 1), conductance=device.kept(wrote.conductance, 2),
                rows=wrote.rows, gaps=0,
            )  # fmt: skip
        level = max(5, level - rng.randint(-2, 6))
        number += 1
        day += timedelta(days=rng.randint(3, 4))


def _scene(number: int, *, stopped: bool) -> dict[str, str | int]:
    """Which scene of the house the session of that number was, and how far it went."""
    pack = house_packs()["calm_shore" if number < 3 else "on_the_way_home"]
    minutes = 4 if stopped else -(-pack.seconds // 60) + 1
    done = pack.step_keys[:2] if stopped else pack.step_keys
    return {
        "phase": pack.phase, "scene_set": pack.label.zh,
        "scene_pack": pack.key, "scene_version": pack.version, "way": "headset",
        "minutes": minutes, "began": "15:10", "finished": f"15:{10 + minutes}",
        "steps_done": ",".join(done), "steps_of": len(pack.steps), "breaks": number % 2,
    }  # fmt: skip


def series(rng: Random) -> device.Series:
    """A heart rate and a skin conductance of ten minutes, for pictures and tests."""
    points = 200
    heart = tuple(72 + 9 * sin(n / 25) + rng.gauss(0, 1.5) for n in range(points))
    skin = tuple(4 + 1.2 * sin(n / 40 + 1) + rng.gauss(0, 0.05) for n in range(points))
    return device.Series(3.0, heart, skin, 3000, ())
