"""Help in the fictional province: who needs what and how far it came, jobs, a farm and a park, guidance
stations, and a campaign of follow-up that is under way.

Laid over histories that are written, like requests: nothing before the file exists, after a death, or on the
day the province is looked at. Where units lie is invented: a grid of the right size, no survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.home import campaign as rules
from guitu.home import plan as plans
from guitu.home.help import LINES
from guitu.kernel.days import add_months
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate import reminding
from guitu.simulate.accounts import DEMO_COUNTY, DEMO_TOWN, author
from guitu.store import engine, unitfiles
from guitu.store.apart import unit_file_id
from guitu.store.home import followups
from guitu.store.units import tree
from guitu.visiting.making import make

PROVINCE: Final = "46"
NEEDS: Final = 0.11
JOBS: Final = 0.05
STAYS: Final = 0.05
TRIED: Final = 0.5
"""Shares of the files with a need, a job, a stay in the farm; and of the campaign's people tried so far."""
BEGAN: Final = 25
LASTS: Final = 60
"""Days since the campaign began, and how long it runs."""
SOLUTIONS: Final = 10
TOWN_CODE: Final = 9
"""So long is a town's code; a village's is longer."""
_OFFICES: Final = {
    "work": "县就业服务中心",
    "housing": "镇村镇建设办",
    "school": "县职业技术学校",
    "medical": "县人民医院",
    "maintenance": "县药物维持治疗门诊",
    "family": "县妇联",
    "legal_aid": "县法律援助中心",
    "allowance": "镇民政办",
    "other": "镇政府",
}
_GIVEN: Final = {
    "work": "到示范包装厂上班",
    "housing": "住处修缮完毕",
    "school": "进电工班学习",
    "medical": "胃病在治",
    "maintenance": "按时服药",
    "family": "与家人和好，回家住",
    "legal_aid": "指派了律师",
    "allowance": "领到低保",
    "other": "已办",
}
_RESULTS: Final = ("reached", "no_answer", "lost", "refused", "moved", "in_custody")
_WEIGHTS: Final = (66, 16, 6, 5, 5, 2)


def _id(day: date, of: str) -> UUID:
    """An id that follows from what it is for."""
    at = datetime.combine(day, time(9), CHINA)
    return uuid7(int(at.timestamp() * 1000), sha256(of.encode()).digest()[:10])


def farm(today: date) -> UUID:
    """The farm's entry."""
    return _id(today - timedelta(days=700), "recovery_place/farm")


def firm(today: date) -> UUID:
    """The employer's entry."""
    return _id(today - timedelta(days=600), "employer/packing")


# ── people ────────────────────────────────────────────────────────────────────────────────────────


class _Pen:
    """Writes into one file after what is there."""

    def __init__(self, entries: Sequence[Entry], rng: Random, today: date) -> None:
        held = [e for e in entries if e.kind == "responsible_unit"] or list(entries[:1])
        self.file, self.rng, self.today = entries[0].file, rng, today
        self.author, self.unit = held[-1].author, held[-1].unit
        self.made: list[Entry] = []

    def add(self, day: date, kind: str, **fields: Value) -> UUID | None:
        """One more entry; None if its day has not come."""
        if day >= self.today:
            return None
        at = datetime.combine(day, time(15, self.rng.randrange(60)), CHINA)
        identifier = uuid7(int(at.timestamp() * 1000), self.rng.randbytes(10))
        said = {name: value for name, value in fields.items() if value != ""}
        self.made.append(
            Entry(
                id=identifier, file=self.file, kind=kind, happened_on=day, recorded_at=at,
                version=kinds()[kind].version, author=self.author, unit=self.unit, fields=said,
            )
        )  # fmt: skip
        return identifier


def with_help(entries: tuple[Entry, ...], seed: str, today: date) -> tuple[Entry, ...]:
    """The entries of a life, and in some lives what was needed and done."""
    if not entries or any(e.kind == "death" for e in entries):
        return entries
    rng = Random(f"help/{seed}")
    home = next((e for e in reversed(entries) if e.kind in ("reporting_in", "release")), None)
    if home is None:
        return entries
    pen = _Pen(entries, rng, today)
    if not pen.unit.isdigit() or len(pen.unit) < TOWN_CODE:  # no town answers for them yet
        return entries
    first = max(home.happened_on, today - timedelta(days=420))
    if rng.random() < NEEDS:
        _need(pen, first + timedelta(days=rng.randint(3, 120)))
    if rng.random() < JOBS:
        _job(pen, first + timedelta(days=rng.randint(5, 60)))
    if rng.random() < STAYS and pen.unit.startswith(DEMO_COUNTY):
        _stay(pen, first + timedelta(days=rng.randint(1, 200)))
    _followed(pen, entries)
    if not pen.made:
        return entries
    return tuple(sorted((*entries, *pen.made), key=lambda e: e.recorded_at))


def _need(pen: _Pen, day: date) -> None:
    rng = pen.rng
    line = rng.choice(tuple(LINES))
    need = pen.add(day, "help_need", line=line, found=rng.choice(("person", "family", "visit", "handover")))
    if need is None or rng.random() < 0.15:
        return
    at = day + timedelta(days=rng.randint(1, 12))
    sent = pen.add(
        at, "help_referral", to=str(need), office=_OFFICES[line], agreed="yes",
        reply_by=at + timedelta(days=15),
    )  # fmt: skip
    if sent is None or rng.random() < 0.12:
        return
    at += timedelta(days=rng.randint(2, 20))
    outcome = rng.choices(("accepted", "waiting", "refused", "not_gone"), (78, 9, 8, 5))[0]
    pen.add(at, "help_referral_result", to=str(sent), outcome=outcome)
    if outcome != "accepted" or rng.random() < 0.15:
        return
    at += timedelta(days=rng.randint(3, 30))
    given = pen.add(at, "help_delivered", to=str(need), what=_GIVEN[line], by=_OFFICES[line])
    if given is not None and rng.random() < 0.75:
        lasts = rng.choices(("yes", "no", "done"), (6, 2, 2))[0]
        pen.add(add_months(at, 3) + timedelta(days=rng.randint(0, 10)), "help_lasting", to=str(given),
                lasts=lasts)  # fmt: skip


def _job(pen: _Pen, day: date) -> None:
    rng = pen.rng
    near = pen.unit.startswith(DEMO_COUNTY) and rng.random() < 0.5
    how = "employer" if near else rng.choice(("employer", "self_employed", "public_post"))
    placed = pen.add(
        day, "job_placement", how=how, employer=str(firm(pen.today)) if near else "",
        contract=rng.choice(("yes", "yes", "no")),
    )  # fmt: skip
    if placed is None:
        return
    for months in (1, 3, 6, 12):
        asked = add_months(day, months) + timedelta(days=rng.randint(0, 12))
        if rng.random() < 0.15:
            continue
        still = rng.choices(("yes", "no", "unknown"), (86, 9, 5))[0]
        more: dict[str, Value] = (
            {"left_on": asked - timedelta(days=rng.randint(1, 25))} if still == "no" else {}
        )
        pen.add(asked, "job_check", to=str(placed), still=still, **more)
        if still == "no":
            return


def _stay(pen: _Pen, day: date) -> None:
    rng = pen.rng
    pen.unit = pen.unit[:TOWN_CODE]  # a contract is the town's to write down
    pen.author = author("town_office", pen.unit)
    moved = pen.add(
        day, "recovery_place_stay", voluntary="yes", wage=rng.choice((2200, 2400, 2600)), hours="7.5",
        days_a_week=6, place=str(farm(pen.today)), told_free="yes",
        copy_given="no" if rng.random() < 0.15 else "yes", until=add_months(day, 12),
    )  # fmt: skip
    if moved is None:
        return
    gone = day + timedelta(days=rng.randint(30, 400)) if rng.random() < 0.5 else date.max
    month = add_months(day.replace(day=1), 1)
    while add_months(month, 1) < min(pen.today, gone):
        if rng.random() < 0.95:
            pay: dict[str, Value] = {
                "days": rng.randint(20, 26),
                "amount": str(rng.choice((2200, 2400, 2600))),
            }
            paid_on = add_months(month, 1) + timedelta(days=9)
            pen.add(paid_on, "recovery_place_pay", to=str(moved), month=month, **pay)
        month = add_months(month, 1)
    if gone < pen.today:
        how = rng.choice(("own_wish", "work_found", "contract_over"))
        pen.add(gone, "recovery_place_left", to=str(moved), how=how)


def _followed(pen: _Pen, entries: Iterable[Entry]) -> None:
    """Attempts of the campaign so far."""
    made, rng = campaign(pen.today), pen.rng
    if rules.belongs(entries, made) != "asked" or rng.random() > TRIED:
        return
    day = made.first + timedelta(days=rng.randint(0, BEGAN - 3))
    for number in range(made.attempts):
        day += timedelta(days=-day.weekday() % 7 if day.weekday() > 4 else 0)
        result = rng.choices(_RESULTS, _WEIGHTS)[0]
        mode = "visit" if number + 1 >= made.visit_from else "phone"
        more: dict[str, Value] = {}
        if result == "reached":
            more = {
                "at_work": rng.choices(("yes", "no", "unknown"), (55, 35, 10))[0],
                "housing": rng.choices(("own", "rented", "given", "none"), (70, 18, 8, 4))[0],
                "family_contact": rng.choices(("yes", "no"), (85, 15))[0],
                "care": rng.choices(("none_needed", "has", "lacks"), (60, 28, 12))[0],
                "met": rng.choices(("yes", "no"), (72, 28))[0],
                "wants": rng.choices(("nothing", *LINES), (60, 14, 5, 4, 5, 2, 3, 2, 4, 1))[0],
            }
        if pen.add(day, "follow_up", mode=mode, result=result, **more) is None:
            return
        if result not in rules.GOES_ON:
            return
        day += timedelta(days=made.gap + rng.randint(0, 3))


# ── units ─────────────────────────────────────────────────────────────────────────────────────────


def campaign(today: date) -> rules.Campaign:
    """The campaign that is under way."""
    first = today - timedelta(days=BEGAN)
    first -= timedelta(days=first.weekday())
    return rules.Campaign(
        _id(first - timedelta(days=20), "follow_up_campaign"),
        f"{first.year} 年度出所人员回访",
        PROVINCE,
        "released",
        add_months(first, -36),
        first - timedelta(days=1),
        first,
        first + timedelta(days=LASTS),
    )


def of_units(today: date) -> Iterator[list[Entry]]:
    """What stands in units' own files, one file after another."""
    files: dict[str, list[Entry]] = {}

    def add(
        unit: str, role: str, days: int, kind: str, identifier: UUID | None = None, **fields: Value
    ) -> None:
        on = today - timedelta(days=days)
        at = datetime.combine(on, time(9, 30), CHINA)
        entry = Entry(
            id=identifier or _id(on, f"{unit}/{kind}/{len(files.get(unit, ()))}"),
            file=unit_file_id(unit), kind=kind, happened_on=on, recorded_at=at,
            version=kinds()[kind].version, author=author(role, unit), unit=unit, fields=fields,
        )  # fmt: skip
        files.setdefault(unit, []).append(entry)

    units = tree()
    made = campaign(today)
    add(
        PROVINCE, "provincial_supervisor", (today - made.first).days + 20, "follow_up_campaign", made.id,
        name=made.name, cohort=made.cohort, since=made.since, until=made.until, first=made.first,
        last=made.last,
    )  # fmt: skip
    add(DEMO_TOWN, "town_office", 60, reminding.KIND, **reminding.SETTING)
    counties = [u for u in units.by_no.values() if u.level == "county"]
    for n, county in enumerate(sorted(counties, key=lambda u: u.code)):
        dice = Random(f"position/{county.code}")
        lat, lon = 18.6 + n // 5 * 0.3, 108.9 + n % 5 * 0.4
        _lies(add, county.code, "county_supervisor", lat, lon)
        for below in units.children(county):
            if below.level == "town":
                at = lat + dice.uniform(-0.14, 0.14), lon + dice.uniform(-0.19, 0.19)
                _lies(add, below.code, "town_office", *at)
                if county.code == DEMO_COUNTY:
                    for village in units.children(below):
                        _lies(add, village.code, "village_worker", at[0] + dice.uniform(-0.05, 0.05),
                              at[1] + dice.uniform(-0.05, 0.05))  # fmt: skip
            elif below.level == followups.STATION:
                towns = [u for u in units.children(county) if u.level == "town"]
                for town in towns[: max(1, len(towns) - 1)]:
                    add(below.code, "guidance_station", 400, "station_cover", town=town.code)
                for town in dice.sample(towns, min(len(towns), 4)):
                    what = dice.choice(("training", "case", "records", "together"))
                    ago, staff = dice.randint(5, 300), dice.randint(2, 12)
                    add(
                        below.code, "guidance_station", ago, "station_visit", town=town.code, what=what,
                        staff=staff,
                    )  # fmt: skip
    rules_of_work: dict[str, Value] = {
        "most_hours": "8", "most_days": 6, "least_pay": 2010, "basis": "示例：当地公布的月最低工资",
    }  # fmt: skip
    add(
        DEMO_COUNTY, "county_supervisor", 700, "recovery_place", farm(today), name="示范康复农场",
        sort="farm", beds=24, **rules_of_work,
    )  # fmt: skip
    add(DEMO_COUNTY, "county_supervisor", 600, "employer", firm(today), name="示范包装厂", trade="making",
        places=20, wage=2800)  # fmt: skip
    add(DEMO_COUNTY, "county_supervisor", 420, "employer", name="示范种植合作社", trade="farming", places=12,
        wage=2400)  # fmt: skip
    add(
        DEMO_TOWN,
        "town_office",
        9,
        "advice_asked",
        topic="testing",
        text="外出务工的人，检测怎样衔接到务工地？",
    )
    add(DEMO_TOWN, "town_office", 60, "advice_asked", topic="help", text="本人不愿去康复农场，我们该怎么办？")
    asked = files[DEMO_TOWN][-1]
    add(DEMO_TOWN, "guidance_station", 55, "advice_given", to=str(asked.id),
        text="入住要本人自愿。不愿去就不去，改在村里安排走访和就业。")  # fmt: skip
    for entries in files.values():
        yield sorted(entries, key=lambda e: e.recorded_at)


def _lies(add, unit: str, role: str, lat: float, lon: float) -> None:  # type: ignore[no-untyped-def]
    add(unit, role, 500, "unit_position", lat=f"{lat:.4f}", lon=f"{lon:.4f}", source="示例坐标，不是实测")


def plan(today: date, now: datetime) -> int:
    """The plan of the campaign for those not tried yet; how many people it has."""
    unit = tree().get(PROVINCE)
    if unit is None:
        return 0
    with engine.house():
        found = followups.one(unit, campaign(today).id)
        if found is None:
            return 0
        wanted = followups.wanted(found, today)
    made = make(
        wanted.demands, wanted.stations, wanted.points, wanted.above, wanted.terms, solutions=SOLUTIONS
    )
    entries = [
        unitfiles.new_entry(
            PROVINCE, "follow_up_plan", today,
            {"campaign": str(found.campaign.id), "number": 1, "station": w.station, "week": w.monday,
             "way": w.way, "people": w.people, "days": w.text},
            now=now, author="province", office=PROVINCE,
        )
        for w in plans.weeks(made)
    ]  # fmt: skip
    unitfiles.record_many(entries, actor=house(), now=now)
    return made.people
