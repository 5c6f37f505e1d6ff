"""Money, rewards, equipment, patrols, venues and published figures of the fictional province, as units keep
them in their own files. Names of places are invented; nobody stands in any of it, and no firm is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.levels import informant
from guitu.simulate.accounts import DEMO_CENTRE, DEMO_COUNTY, DEMO_TOWN, author
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit, tree

PROVINCE: Final = "46"
PURPOSES: Final = (
    ("staff", 2_400_000),
    ("support", 900_000),
    ("treatment", 650_000),
    ("publicity", 260_000),
    ("equipment", 180_000),
)
"""Purposes, and what the demonstration's county sets aside for each."""
_FOUND: Final = ("nothing", "waste", "goods", "boat", "damage")
_OFTEN: Final = (90, 4, 2, 2, 2)
_PLACES: Final = (
    ("一号码头", "jetty"),
    ("东头沙滩", "beach"),
    ("停船湾", "moorings"),
    ("村口三岔路", "crossing"),
    ("旧糖厂厂房", "empty"),
    ("虾塘边防风林", "woods"),
)
_VENUES: Final = (
    ("示范歌舞厅", "singing"),
    ("示范酒吧", "bar"),
    ("示范旅馆", "lodging"),
    ("示范民宿", "lodging"),
    ("示范浴足馆", "bath"),
    ("示范网吧", "internet"),
    ("示范快递点", "parcels"),
    ("示范化工店", "chemicals"),
)
_THINGS: Final = (
    ("vehicle", "皮卡走访车", 1, 118_000, 12),
    ("testing", "尿液检测仪", 2, 36_000, 6),
    ("testing", "毛发检测设备", 1, 210_000, 12),
    ("computer", "走访手机", 12, 24_000, None),
    ("protective", "防护箱", 8, 4_000, 6),
    ("outreach", "移动宣讲屏", 1, 15_000, None),
)
_SERVICES: Final = (
    (
        "station",
        "示范社戒社康指导站",
        "示范路 1 号",
        "咨询、帮扶登记、家属课堂",
        "周一至周五 8:30–17:30",
        "yes",
    ),
    (
        "custody_clinic",
        "示范公安监管门诊部",
        "示范路 8 号",
        "入所体检、病残鉴别、急诊转送",
        "每天 24 小时",
        "no",
    ),
    (
        "maintenance",
        "示范药物维持治疗门诊",
        "健康路 3 号",
        "药物维持治疗、检测、咨询",
        "每天 7:30–16:00",
        "no",
    ),
    (
        "counselling",
        "示范心理咨询点",
        "文化路 5 号",
        "心理咨询、家庭关系咨询",
        "周二、周四 14:30–17:30",
        "yes",
    ),
    (
        "legal_aid",
        "示范法律援助点",
        "文化路 6 号",
        "法律咨询、复议和诉讼援助",
        "周一至周五 8:30–17:30",
        "yes",
    ),
)

Files = dict[str, list[Entry]]
Add = Callable[..., UUID]


def of_units(today: date) -> Iterator[list[Entry]]:
    """What stands in units' own files, one file after another."""
    files: Files = {}

    def add(unit: str, role: str, days: int, kind: str, source: str = "", /, **fields: Value) -> UUID:
        on = today - timedelta(days=days)
        at = datetime.combine(on, datetime.min.time().replace(hour=16), CHINA)
        seed = sha256(f"grounds/{unit}/{kind}/{days}/{len(files.get(unit, ()))}".encode()).digest()
        identifier = uuid7(int(at.timestamp() * 1000), seed[:10])
        entry = Entry(
            id=identifier,
            file=unit_file_id(unit),
            kind=kind,
            happened_on=on,
            recorded_at=at,
            version=kinds()[kind].version,
            author=author(role, unit),
            unit=unit,
            source=source,
            fields={k: v for k, v in fields.items() if v is not None},
        )
        files.setdefault(unit, []).append(entry)
        return identifier

    county = tree().get(DEMO_COUNTY)
    if county is None:
        return
    towns = [u for u in tree().children(county) if u.level == "town"]
    _money(add, today, towns)
    _rewards(add)
    _things(add)
    _coast(add, towns)
    _venues(add, today, towns)
    _prints(add, today)
    for some in files.values():
        yield sorted(some, key=lambda e: (e.recorded_at, e.id))


def _money(add: Add, today: date, towns: list[Unit]) -> None:
    since = (today - date(today.year, 1, 1)).days
    begun = max(0, since - 20)
    for purpose, amount in PURPOSES:
        for role, unit, share in (
            ("county_supervisor", DEMO_COUNTY, 1.0),
            ("centre_head", DEMO_CENTRE, 0.8),
            *(("town_office", town.code, 0.06) for town in towns),
        ):
            dice = Random(f"money/{unit}/{purpose}")
            budget = int(amount * share) // 1000 * 1000
            line: dict[str, Any] = {"year": today.year, "purpose": purpose}
            add(unit, role, begun, "budget_line", sort="set", amount=budget, **line)
            left = int(budget * dice.uniform(0.55, 0.97))
            times = 4 if share >= 0.8 else 1
            for n in range(times):
                add(
                    unit,
                    role,
                    min(begun, 9 + n * 70 + dice.randrange(20)),
                    "spending",
                    amount=left // times // 10 * 10,
                    purpose=purpose,
                )
    grant: dict[str, Any] = {"year": today.year, "purpose": "support"}
    add(DEMO_COUNTY, "county_supervisor", min(begun, 150), "grant", sort="received", amount=400_000, **grant)
    add(
        DEMO_COUNTY,
        "county_supervisor",
        min(begun, 140),
        "grant",
        sort="given",
        amount=60_000,
        given_to=DEMO_TOWN,
        **grant,
    )
    add(
        DEMO_COUNTY,
        "county_supervisor",
        min(begun, 60),
        "budget_line",
        year=today.year,
        purpose="publicity",
        sort="added",
        amount=40_000,
    )


def _source(text: str) -> str:
    """The proposal that a reward came from: one that is long over."""
    return f"second:- {uuid7(1_700_000_000_000, sha256(text.encode()).digest()[:10])}"


def _rewards(add: Add) -> None:
    county = ("county_supervisor", "reward")
    add(
        DEMO_COUNTY,
        county[0],
        300,
        county[1],
        _source("r1"),
        sort="money",
        given_to="unit",
        awards=3,
        amount=60_000,
        document_no="示例〔2026〕11号",
    )
    add(
        DEMO_COUNTY,
        county[0],
        200,
        county[1],
        _source("r2"),
        sort="merit",
        given_to="officer",
        awards=2,
        level="third",
    )
    add(DEMO_COUNTY, county[0], 90, county[1], _source("r3"), sort="praise", given_to="public", awards=12)
    for n, (days, amount, ground, ended) in enumerate(
        (
            (260, 2000, "verified", "collected"),
            (120, 500, "reported", "collected"),
            (33, 1000, "verified", ""),
            (210, 300, "reported", "cancelled"),
        )
    ):
        dice = sha256(f"informant/{n}".encode()).digest()
        code, phrase = informant.code_of(dice[:8]), informant.phrase_of(dice[8:18])
        reward = add(
            DEMO_COUNTY,
            "county_supervisor",
            days,
            informant.REWARD,
            _source(f"i{n}"),
            code=code,
            digest=informant.digest_of(code, phrase),
            amount=amount,
            ground=ground,
        )
        if ended:
            more: dict[str, Value] = {"amount": amount} if ended == "collected" else {"why": "unclaimed"}
            add(
                DEMO_COUNTY,
                "county_supervisor",
                days - 20,
                informant.ENDED,
                to=str(reward),
                outcome=ended,
                **more,
            )


def _things(add: Add) -> None:
    for role, unit in (
        ("county_supervisor", DEMO_COUNTY),
        ("town_office", DEMO_TOWN),
        ("centre_head", DEMO_CENTRE),
    ):
        for n, (sort, name, pieces, value, every) in enumerate(_THINGS):
            it = add(
                unit,
                role,
                500 - n,
                "equipment",
                sort=sort,
                name=name,
                pieces=pieces,
                value=value,
                check_every=every,
                number=f"示例-{n + 1:03d}",
            )
            if every is not None and (n or unit != DEMO_TOWN):
                state = "mend" if n == 4 and unit == DEMO_COUNTY else "good"
                add(
                    unit,
                    role,
                    30 * every - 60,
                    "equipment_check",
                    to=str(it),
                    state=state,
                    reading=21_480 if sort == "vehicle" else None,
                )
    for n, (sort, name, address, services, hours, anonymous) in enumerate(_SERVICES):
        add(
            DEMO_COUNTY,
            "county_supervisor",
            800 - n,
            "service_place",
            sort=sort,
            name=name,
            address=address,
            services=services,
            hours=hours,
            anonymous=anonymous,
            phone="0898-00000000",
        )


def _coast(add: Add, towns: list[Unit]) -> None:
    for n, town in enumerate(towns[:4]):
        dice = Random(f"coast/{town.code}")
        section = add(
            town.code,
            "town_office",
            700,
            "coast_section",
            name=f"{town.name}岸段",
            begins="示范灯塔",
            ends="示范河口",
            km=f"{dice.randint(40, 160) / 10:.1f}",
            first_unit=town.code,
            first_post="party_secretary",
            second_unit=DEMO_COUNTY,
            second_post="border_station",
            lat=f"{19.9 + n * 0.02:.4f}",
            lon=f"{109.9 + n * 0.05:.4f}",
            walk_every=7,
        )
        for back in range(3 if n else 20, 200, 9):
            add(
                town.code,
                "town_office",
                back,
                "place_round",
                by="section",
                started=1930,
                minutes=dice.randint(60, 150),
                people=dice.randint(3, 8),
                section=str(section),
                places=0,
                **_finding(dice),
            )
    for town in towns:
        for village in [u for u in tree().children(town) if u.level == "village"][:3]:
            dice = Random(f"rounds/{village.code}")
            add(village.code, "village_worker", 900, "patrol_team", members=dice.randint(8, 16))
            some = [
                add(village.code, "village_worker", 600, "round_place", name=name, sort=sort)
                for name, sort in dice.sample(_PLACES, 3)
            ]
            for back in range(dice.randint(2, 9), 170, 12):
                seen = some[: dice.choice((1, 2, 2, 3))]
                add(
                    village.code,
                    "village_worker",
                    back,
                    "place_round",
                    by="village_team",
                    started=dice.choice((2000, 2030, 2115)),
                    minutes=dice.randint(40, 110),
                    people=dice.randint(3, 6),
                    seen=" ".join(map(str, seen)),
                    places=len(seen),
                    **_finding(dice),
                )


def _finding(dice: Random) -> dict[str, Value]:
    found = dice.choices(_FOUND, _OFTEN)[0]
    if found in ("nothing", "damage"):
        return {"found": found}
    return {"found": found, "reported": "yes" if dice.random() < 0.9 else "no"}


def _venues(add: Add, today: date, towns: list[Unit]) -> None:
    for town in towns[:5]:
        dice = Random(f"venues/{town.code}")
        for name, sort in dice.sample(_VENUES, 5):
            it = str(
                add(
                    town.code,
                    "town_office",
                    650,
                    "venue",
                    sort=sort,
                    name=f"{town.name[:-1]}{name}",
                    where=f"{town.name}示范街 {dice.randint(1, 90)} 号",
                )
            )
            if dice.random() < 0.15:
                continue
            for back in (320, 190, dice.randint(10, 90)):
                result = dice.choices(("in_order", "to_mend", "suspected"), (80, 17, 3))[0]
                mend = {"mend_by": today - timedelta(days=back - 15)} if result == "to_mend" else {}
                add(
                    town.code,
                    "town_office",
                    back,
                    "venue_inspection",
                    to=it,
                    result=result,
                    by=dice.choice(("office", "joint")),
                    posted="yes",
                    trained=dice.choice(("yes", "no")),
                    **mend,
                )
            if dice.random() < 0.12:
                add(
                    town.code,
                    "town_office",
                    5,
                    "venue_closure",
                    to=it,
                    sort="suspended",
                    ordered_by="culture",
                    document_no="示例〔2026〕31号",
                    until=today + timedelta(days=25),
                )


def _prints(add: Add, today: date) -> None:
    year = today.year - 1
    of: dict[str, Any] = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    text = {"printed_in": "text", "source": "示例日报"}
    for series, value in (
        ("police.cases", "31"),
        ("police.suspects", "44"),
        ("police.seized_kg", "2.418"),
        ("police.venues_closed", "3"),
        ("registered.new", "58"),
        ("police.order_cases_change", "-12.4"),
    ):
        add(
            DEMO_COUNTY,
            "county_supervisor",
            290,
            "published_figure",
            series=series,
            value=value,
            **of,
            **text,
        )
    add(
        DEMO_COUNTY,
        "county_supervisor",
        289,
        "published_figure",
        series="police.order_cases_change",
        value="-2.4",
        printed_in="box",
        source="示例日报",
        **of,
    )
    add(
        DEMO_COUNTY,
        "county_supervisor",
        200,
        "published_figure",
        series="registered.new",
        value="56",
        printed_in="table",
        source="示例统计公报",
        replaces="yes",
        **of,
    )
