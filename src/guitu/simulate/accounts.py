"""Who works in the fictional province: demo accounts for every role, and who wrote the entries.

The demo accounts are the ones offered on the sign-in page of a training copy. All other staff exist only as
the authors of entries; nobody can sign in as them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from guitu.kernel.labels import Label
from guitu.simulate.names import name

DEMO_COUNTY: Final = "469023"
DEMO_TOWN: Final = "469023100"
DEMO_VILLAGE: Final = "469023100200"
DEMO_CENTRE: Final = "46J01"
DEMO_BRIGADE: Final = "46J0101"
DEMO_POLICE_CENTRE: Final = "469023P01"
DEMO_STATION: Final = "469023Z01"


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account: who signs in, as what, for which unit, and in one sentence what for."""

    username: str
    role: str
    unit: str
    display_name: str
    purpose: Label


_DEMO: Final = (
    (
        "province",
        "province_supervisor",
        "46",
        Label(
            "看全省：哪里逾期、哪里有人权益受影响",
            "The whole province: what is late and whose rights are at risk",
        ),
    ),
    (
        "county",
        "county_supervisor",
        DEMO_COUNTY,
        Label("登记决定与送达，督促各镇", "Records decisions and service, and follows up with the towns"),
    ),
    (
        "town",
        "town_office",
        DEMO_TOWN,
        Label("接收报到、签订协议、导入台账", "Takes reports in, signs agreements, imports ledgers"),
    ),
    (
        "village",
        "village_worker",
        DEMO_VILLAGE,
        Label("入户、检测，记录每天的事", "Visits, tests, and what happened today"),
    ),
    (
        "station",
        "guidance_station",
        DEMO_STATION,
        Label("指导各镇社戒社康工作", "Guides the towns in community work"),
    ),
    (
        "centre",
        "centre_head",
        DEMO_CENTRE,
        Label("所长：期限、评估、解除", "Head of a centre: terms, assessments, releases"),
    ),
    (
        "intake",
        "intake_officer",
        DEMO_CENTRE,
        Label("收治与出所衔接，导入名册", "Admission and hand-over on release, imports rosters"),
    ),
    (
        "brigade",
        "brigade_officer",
        DEMO_BRIGADE,
        Label("大队民警：分区流转与日常管理", "Brigade officer: zones and daily life"),
    ),
    (
        "doctor",
        "doctor",
        DEMO_CENTRE,
        Label("医生：入所健康与所外就医", "Doctor: health at admission and medical leave"),
    ),
    ("nurse", "nurse", DEMO_CENTRE, Label("护士：所内检测", "Nurse: tests inside the centre")),
    ("counsellor", "counsellor", DEMO_CENTRE, Label("心理咨询", "Counselling")),
    ("teacher", "teacher", DEMO_CENTRE, Label("教育与职业技能", "Education and vocational skills")),
    ("panel", "assessment_panel", DEMO_CENTRE, Label("诊断评估与意见", "Assessments and opinions")),
    (
        "police-centre",
        "intake_officer",
        DEMO_POLICE_CENTRE,
        Label("公安所：收治、转所", "Police centre: admission and transfer"),
    ),
    ("auditor", "auditor", "46", Label("只看谁查阅了什么", "Sees only who read what")),
)

_USERNAMES: Final = {(role, unit): username for username, role, unit, _ in _DEMO}


def accounts() -> tuple[Account, ...]:
    """The demo accounts, in the order in which a sign-in page should offer them."""
    return tuple(
        Account(username, role, unit, staff_name(role, unit), purpose)
        for username, role, unit, purpose in _DEMO
    )


def author(role: str, unit: str) -> str:
    """The account name of whoever holds a role in a unit: a demo account's, or "role.unit"."""
    return _USERNAMES.get((role, unit)) or f"{role}.{unit}"


@lru_cache(maxsize=16_384)
def staff_name(role: str, unit: str) -> str:
    """The invented name of whoever holds that role in that unit; the same in every province that is made."""
    rng = Random(f"staff/{role}/{unit}")
    return name(rng, "female" if rng.random() < 0.4 else "male")[0]
