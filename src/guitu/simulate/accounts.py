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
DEMO_HOSPITAL: Final = "46H01"
DEMO_POLICE_CENTRE: Final = "469023P01"


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account: who signs in, as what, for which unit, and in one sentence what for."""

    username: str
    role: str
    unit: str
    display_name: str
    purpose: Label


# username, role, unit, what for. A guidance station works for its whole county; the accounts of people and
# of a family belong to one file each and stand below.
_DEMO: Final = (
    ("province", "provincial_supervisor", "46",
     "看全省：哪里逾期，谁的权益受影响", "The whole province: what is late, whose rights are at risk"),
    ("county", "county_supervisor", DEMO_COUNTY,
     "登记决定与送达，督促各镇", "Records decisions and service, follows up with the towns"),
    ("town", "town_office", DEMO_TOWN,
     "接收报到、签订协议、导入台账", "Takes reports in, signs agreements, imports ledgers"),
    ("village", "village_worker", DEMO_VILLAGE,
     "入户、检测，登记每天的事", "Visits, tests, and what happened today"),
    ("station", "guidance_station", DEMO_COUNTY,
     "指导全县各镇的社戒社康工作", "Guides the towns of the county in community work"),
    ("centre", "centre_head", DEMO_CENTRE,
     "期限、评估、解除", "Terms, assessments, releases"),
    ("intake", "intake_officer", DEMO_CENTRE,
     "收治与出所衔接，导入名册", "Admission, hand-over on release, rosters"),
    ("brigade", "brigade_officer", DEMO_BRIGADE,
     "分区流转与日常管理", "Zones and daily life"),
    ("doctor", "doctor", DEMO_CENTRE,
     "入所健康与所外就医", "Health at admission, medical leave"),
    ("nurse", "nurse", DEMO_CENTRE,
     "所内检测", "Tests inside the centre"),
    ("counsellor", "counsellor", DEMO_CENTRE,
     "心理咨询", "Counselling"),
    ("teacher", "teacher", DEMO_CENTRE,
     "教育与职业技能", "Education and vocational skills"),
    ("coach", "coach", DEMO_CENTRE,
     "体能测试与运动处方", "Fitness tests and exercise prescriptions"),
    ("panel", "assessment_panel", DEMO_CENTRE,
     "诊断评估与意见", "Assessments and opinions"),
    ("panel-2", "assessment_panel", DEMO_CENTRE,
     "诊断评估的第二签字人", "Second signature on assessments"),
    ("police-centre", "intake_officer", DEMO_POLICE_CENTRE,
     "公安所：收治、转所", "Police centre: admission and transfer"),
    ("planner", "duty_planner", DEMO_CENTRE,
     "值班排班，不看档案", "Duty rosters; sees no files"),
    ("hospital", "hospital_doctor", DEMO_HOSPITAL,
     "远程会诊：只看请求里给出的", "Remote consultations: only what a request shares"),
    ("outreach", "outreach", "46",
     "宣讲活动，不看档案", "Outreach talks; sees no files"),
    ("statistician", "statistician", "46",
     "只看汇总数字", "Sees figures only"),
    ("inspector", "inspector", "46",
     "监督期限与权益", "Watches over terms and rights"),
    ("auditor", "auditor", "46",
     "只看谁查阅了什么", "Sees only who read what"),
    ("system-admin", "system_admin", "46",
     "系统运行，不看档案", "Keeps the service running; sees no files"),
    ("security-admin", "security_admin", "46",
     "账号与权限，不看档案", "Accounts and rights; sees no files"),
    ("audit-admin", "audit_admin", "46",
     "审计日志，不看档案", "Audit records; sees no files"),
)  # fmt: skip

_USERNAMES: Final = {(role, unit): name for name, role, unit, _, _ in _DEMO if not name.endswith("-2")}


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The demo account of a person: of the first file under `unit` whose measure is one of `measures`, in
    that state. With `family` it is a relative's, by a consent that is written for it."""

    username: str
    unit: str
    measures: tuple[str, ...]
    state: str
    purpose: Label
    family: bool = False


OWN: Final = (
    OwnAccount("me", DEMO_VILLAGE, ("community_treatment", "community_recovery"), "in_force",
               Label("在社区的本人：看日期、提请求", "A person in the community: dates, requests")),
    OwnAccount("me-centre", DEMO_CENTRE, ("compulsory_isolation",), "in_force",
               Label("在所内的本人", "A person in a centre")),
    OwnAccount("me-ended", DEMO_TOWN, ("community_treatment", "community_recovery"), "ended",
               Label("已解除的本人", "A person whose measure has ended")),
    OwnAccount("mother", DEMO_VILLAGE, ("community_treatment", "community_recovery"), "in_force",
               Label("家属：本人同意她看", "A mother, by consent"), family=True),
)  # fmt: skip
"""One for each of a few states, if the province has such a person."""


def accounts() -> tuple[Account, ...]:
    """The demo accounts, in the order in which a sign-in page should offer them."""
    return tuple(
        Account(username, role, unit, staff_name(_known_as(username, role), unit), Label(zh, en))
        for username, role, unit, zh, en in _DEMO
    )


def _known_as(username: str, role: str) -> str:
    """By what somebody is named: a second account of one role in one unit is somebody else."""
    return username if username.endswith("-2") else role


@lru_cache(maxsize=32_768)
def author(role: str, unit: str) -> str:
    """The account name of whoever holds a role in a unit: a demo account's, or "role.unit"."""
    return _USERNAMES.get((role, unit)) or f"{role}.{unit}"


@lru_cache(maxsize=16_384)
def staff_name(role: str, unit: str) -> str:
    """The invented name of whoever holds that role in that unit; the same in every province that is made."""
    rng = Random(f"staff/{role}/{unit}")
    return name(rng, "female" if rng.random() < 0.4 else "male")[0]
