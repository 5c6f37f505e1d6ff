"""The gate, the wards and the way out, as the demonstration tells them: what was done on admission, who lies
where, what is ready for whoever leaves soon. Some of it is still to be done, or there would be nothing to
show."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from guitu.centre.way_out import ITEMS, PAPERS
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import Add, Stay
from guitu.simulate.isolation import Isolation
from guitu.simulate.life import Life

LATELY: Final = timedelta(days=45)
"""Admissions so long ago are told step by step; of earlier ones only what is still needed later."""
SOON: Final = timedelta(days=60)
"""How long before somebody leaves their things begin to be made ready."""

BEDS: Final = 6
_ORDINARY: Final = ("一区", "二区")
_ITEMS: Final = (
    "手机一部（关机），身份证一张，皮带一条",
    "外衣两件，手表一块，身份证一张",
    "身份证一张，银行卡一张，钥匙一串",
)
_FINDINGS: Final = ("未见明显异常", "血压偏高，复测", "皮肤有陈旧瘢痕", "心率略快，观察")
_CODES: Final = (
    ("I10", "高血压", "treatment"), ("E11.9", "2型糖尿病", "treatment"),
    ("B18.1", "慢性乙型肝炎", "treatment"), ("K29.5", "慢性胃炎", "none"),
    ("G47.0", "失眠", "none"), ("F15.2", "兴奋剂依赖综合征", "treatment"),
    ("I50.9", "心力衰竭", "danger"), ("I69.3", "脑梗死后遗症", "dependent"),
)  # fmt: skip
_CODE_WEIGHTS: Final = (26, 12, 14, 16, 16, 10, 3, 3)


def of_stay(stay: Stay) -> None:
    """One person's admission, conditions, bed and release package."""
    _admitted(stay)
    _conditions(stay)
    _bed(stay)
    _leaving(stay)


def of_coming(pen: Life, made: Isolation) -> None:
    """Somebody whom the police centre has handed over and who is brought in a few days."""
    assert made.transferred is not None
    day = pen.today - pen.days(1, 3)
    if day > made.admitted:
        pen.add(day, "handover_sent", "intake_officer", pen.home.police_centre, to_unit=made.centre)


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """The wards and rooms of every brigade that has people who are told of."""
    brigades = sorted({stay.brigade for stay in stays})
    for brigade in brigades:
        sex = next(stay.sex for stay in stays if stay.brigade == brigade)
        opened = today - timedelta(days=900)
        for ward, purpose, rooms in layout(brigade, stays):
            add(
                brigade,
                opened,
                "ward",
                "brigade_officer",
                "",
                ward=ward,
                sex=sex,
                purpose=purpose,
                minors="no",
            )
            for room, beds in rooms:
                add(brigade, opened, "room", "brigade_officer", "", ward=ward, room=room, beds=beds)


def layout(brigade: str, stays: tuple[Stay, ...]) -> tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]:
    """The wards of a brigade: two ordinary ones with a bed for everybody and some to spare, one for arrivals,
    one for the sick, one for isolation."""
    here = sum(1 for stay in stays if stay.brigade == brigade and stay.until is None)
    rooms = max(3, -(-(here + 8) // (BEDS * len(_ORDINARY))))
    wards = [
        (ward, "ordinary", tuple((f"{place}{n:02d}", BEDS) for n in range(1, rooms + 1)))
        for place, ward in enumerate(_ORDINARY, 1)
    ]
    wards.append(("入所区", "entry", (("301", BEDS), ("302", BEDS))))
    wards.append(("病残区", "illness", (("401", 4), ("402", 4), ("403", 4))))
    wards.append(("隔离区", "isolation", (("901", 1), ("902", 1))))
    return tuple(wards)


# ── admission ─────────────────────────────────────────────────────────────────────────────────────


def _admitted(stay: Stay) -> None:
    life, centre, day = stay.life, stay.centre, stay.transferred
    rng = stay.rng
    officer, doctor = ("intake_officer", centre), ("doctor", centre)
    female = stay.sex == "female"
    kept = "yes" if rng.random() < 0.8 else "no"
    fields: dict[str, str | int] = {
        "searched_by": "female" if female else "male",
        "anything": kept,
        "person_signed": "yes",
    }
    if kept == "yes":
        fields |= {"items": rng.choice(_ITEMS), "money": rng.randrange(0, 60) * 10}
    life.add(day, "belongings_kept", *officer, **fields)
    told = day + (timedelta() if rng.random() < 0.9 else timedelta(days=1))
    life.add(told, "rights_told", *officer, written="yes", talk="yes", person_signed="yes")
    if day < stay.today - max(LATELY, timedelta(days=stay.days if stay.whole else 0)):
        return
    life.add(day, "delivery", *officer, brought_by="示范公安强制隔离戒毒所", decision_seen="yes")
    life.add(
        day, "identity_check", *officer, by=rng.choice(("card", "card", "household", "police")), result="same"
    )
    if rng.random() < 0.85:
        check: dict[str, str] = {
            "result": rng.choice(("ordinary", "ordinary", "treat")),
            "findings": rng.choice(_FINDINGS),
        }
        if female:
            check |= {"pregnant": "no", "nursing": "no"}
        life.add(day, "intake_check", *doctor, **check)
    if rng.random() < 0.85:
        injured = rng.random() < 0.15
        more = {"where": "左前臂擦伤约两厘米，已结痂", "told": "抓捕前摔倒"} if injured else {}
        life.add(
            day, "injury_record", *officer, injured="yes" if injured else "no", police_signed="yes",
            person_signed="yes", **more,
        )  # fmt: skip
    if rng.random() < 0.75:
        life.add(day + life.days(1, 4), "family_letter", *officer, how="letter", recipient="母亲")
    if rng.random() < 0.7:
        sole = rng.random() < 0.1
        if sole:
            life.add(
                day, "sole_carer", *officer, sole="yes", who="女儿，七岁", settled="yes",
                arranged="由外祖母照料，已告知镇政府",
            )  # fmt: skip
        else:
            life.add(day, "sole_carer", *officer, sole="no")


# ── conditions and beds ───────────────────────────────────────────────────────────────────────────


def conditions(stay: Stay) -> tuple[tuple[str, str, str], ...]:
    """The conditions of a person: code, words, effect. The same however often they are asked for."""
    rng = Random(f"conditions/{stay.life.person.id_number}")
    if rng.random() < 0.45:
        return ()
    found = {rng.choices(_CODES, _CODE_WEIGHTS)[0] for _ in range(1 + (rng.random() < 0.25))}
    return tuple(sorted(found))


def isolated(stay: Stay) -> bool:
    """Whether a doctor advises isolation now: a few of those who came lately."""
    rng = Random(f"isolated/{stay.life.person.id_number}")
    return stay.until is None and stay.today - stay.transferred < timedelta(days=200) and rng.random() < 0.03


def _conditions(stay: Stay) -> None:
    day = stay.transferred + timedelta(days=1)
    for code, words, effect in conditions(stay):
        stay.life.add(
            day, "health_condition", "doctor", stay.centre, effect=effect, disability="no", code=code,
            diagnosis=words,
        )  # fmt: skip
    officer = ("brigade_officer", stay.brigade)
    named = staff_name("doctor", stay.centre)
    if isolated(stay):
        start = max(stay.transferred, stay.today - timedelta(days=4))
        stay.life.add(
            start, "placement_advice", *officer, advice="isolation", until=stay.today + timedelta(days=6),
            doctor=named,
        )  # fmt: skip
    elif any(effect in ("dependent", "danger") for _, _, effect in conditions(stay)):
        stay.life.add(day, "placement_advice", *officer, advice="illness", doctor=named)


def _bed(stay: Stay) -> None:
    """Everybody has a bed of their own but a few who came yesterday. Beds are given in the order in which
    people are told of; whoever left has given theirs back before."""
    life, day = stay.life, stay.transferred
    if stay.whole:
        _moved(stay)
    if stay.until is not None:
        return
    officer = ("brigade_officer", stay.brigade)
    ill = any(effect in ("dependent", "danger") for _, _, effect in conditions(stay))
    if isolated(stay):
        ward, why, since = "隔离区", "isolation", max(day, stay.today - timedelta(days=4))
    elif ill:
        ward, why, since = "病残区", "illness", day + timedelta(days=1)
    elif stay.today - day <= timedelta(days=14):
        ward, why, since = "入所区", "entry", day
    else:
        ward = _ORDINARY[stay.count(stay.brigade) % len(_ORDINARY)]
        why, since = "zone", day + timedelta(days=15)
    if stay.today - day <= timedelta(days=2) or stay.rng.random() < 0.012:
        return  # who came yesterday, and one or two who have been overlooked
    room, bed = next_bed(stay, ward)
    if bed:
        life.add(since, "bed_placed", *officer, unit=stay.brigade, ward=ward, room=room, bed=bed, why=why)


def _moved(stay: Stay) -> None:
    """Where somebody lay before: the ward for arrivals, an ordinary one, another room once a term. Nobody
    lies there now, so it does not matter who else did."""
    rng = Random(f"moved/{stay.life.person.id_number}")
    officer = ("brigade_officer", stay.brigade)
    day, last = stay.transferred, stay.until or stay.today - timedelta(days=20)
    ward, why = "入所区", "entry"
    while day < last:
        floor, beds, rooms = _PLACES[ward]
        stay.life.add(
            day, "bed_placed", *officer, unit=stay.brigade, ward=ward,
            room=f"{floor}{rng.randint(1, rooms):02d}", bed=rng.randint(1, beds), why=why,
        )  # fmt: skip
        day += timedelta(days=15 if why == "entry" else rng.randint(90, 240))
        ward, why = rng.choice(_ORDINARY), "zone"


_PLACES: Final = {
    "一区": (1, BEDS, 9), "二区": (2, BEDS, 9), "入所区": (3, BEDS, 2), "病残区": (4, 4, 3),
    "隔离区": (9, 1, 2),
}  # fmt: skip
"""Of each ward the floor its rooms are numbered by, the beds of a room, and how many rooms there may be."""


def next_bed(stay: Stay, ward: str) -> tuple[str, int]:
    """The next free bed of a ward in this making of the province; bed 0 where there is none."""
    n = stay.count(f"{stay.brigade} {ward}")
    floor, beds, rooms = _PLACES[ward]
    room = (n - 1) // beds + 1
    return (f"{floor}{room:02d}", (n - 1) % beds + 1) if room <= rooms else ("", 0)


# ── the way out ───────────────────────────────────────────────────────────────────────────────────


def _leaving(stay: Stay) -> None:
    """What is made ready for whoever leaves within two months, or left lately: more, the nearer the day."""
    left = stay.until is not None
    ends = stay.until or stay.ends
    if not left and ends > stay.today + SOON:
        return
    rng, life, centre = stay.rng, stay.life, stay.centre
    near = 1.0 if left else 1 - max(0, (ends - stay.today).days) / (SOON.days + 15)
    offices = {
        "medication": ("doctor", centre),
        "appointments": ("doctor", centre),
        "certificates": ("teacher", centre),
    }
    for item in ITEMS:
        if rng.random() > near * 0.95:
            continue
        role, unit = offices.get(item, ("brigade_officer", stay.brigade))
        day = min(ends - life.days(2, 20), stay.today - timedelta(days=1))
        state = rng.choice(("ready", "ready", "ready", "not_needed", "under_way" if not left else "ready"))
        life.add(max(day, stay.transferred), "leaving_item", role, unit, item=item, state=state)
    if not left:
        return
    for number, paper in enumerate(PAPERS, 1):
        if rng.random() < 0.93:
            life.add(
                ends - timedelta(days=1), "paper_made", "intake_officer", centre, paper=paper,
                number=f"示范强戒解字〔{ends.year}〕{rng.randrange(1, 400)}号" if number == 1 else "",
                template="default", digest="",
            )  # fmt: skip
    life.add(ends, "belongings_returned", "intake_officer", centre, complete="yes", to="person")
