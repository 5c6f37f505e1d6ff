"""The roles, a closed list. The same words stand in each kind's `recorded_by`.

What a role reads and writes in a file is the table of `compartments`; here stands what it is, how far its
work reaches and for what purposes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry

Purpose = Literal["casework", "supervision", "inspection", "correction", "remedy", "own", "emergency"]

PURPOSES: Final[dict[Purpose, Label]] = {
    "casework": Label("办理", "Casework"),
    "supervision": Label("督导", "Supervision"),
    "inspection": Label("法律监督", "Inspection"),
    "correction": Label("更正", "Correction"),
    "remedy": Label("救济", "Remedy"),
    "own": Label("本人查阅", "One’s own file"),
    "emergency": Label("应急查阅", "Emergency"),
}
"""What a file may be looked at for; nothing else is a purpose."""

Reach = Literal["unit", "caseload", "custody", "own", "consent"]
"""How a role comes to a file: the `unit` that answers for it lies in the post's area; the file is on the
`caseload` of the account, or answered for by the very unit of the post; the person is in `custody` there; it
is one's `own`; the person has given `consent`."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is at work. `reads_files` says whether the work needs case files at all; `reads_counts`
    whether it needs figures of its area. The first of `purposes` is that of its daily work. `approves` marks
    those who answer for an area and approve what others ask for; `exports` those who take lists out of the
    house; `independent` those who watch over the offices and ask none of them for leave. `reads_shared`
    marks those who open no file and read what somebody else's request shares with them (`consulting`)."""

    name: str
    label: Label
    reads_files: bool = True
    reads_counts: bool = True
    reach: frozenset[Reach] = frozenset({"unit"})
    purposes: tuple[Purpose, ...] = ("casework",)
    approves: bool = False
    exports: bool = False
    independent: bool = False
    reads_shared: bool = False
    second_factor: bool = True

    @property
    def breaks_glass(self) -> bool:
        """Whether the work may need a file beyond its reach, in an emergency."""
        return "emergency" in self.purposes


_CENTRE: Final = frozenset[Reach]({"unit", "custody"})
_CASEWORK: Final[tuple[Purpose, ...]] = ("casework", "emergency")
_OFFICE: Final[tuple[Purpose, ...]] = ("casework", "correction", "emergency")
_HEAD: Final[tuple[Purpose, ...]] = ("casework", "supervision", "correction", "remedy", "emergency")


def _admin(name: str, label: Label) -> Role:
    return Role(name, label, reads_files=False, reads_counts=False, reach=frozenset(), purposes=())


ROLES: Final = Registry(
    Label("角色", "role"),
    (
        Role("intake_officer", Label("收治民警", "Intake officer"), reach=_CENTRE, purposes=_OFFICE,
             exports=True),
        Role("brigade_officer", Label("大队民警", "Brigade officer"), reach=_CENTRE, purposes=_CASEWORK),
        Role("doctor", Label("医生", "Doctor"), reach=_CENTRE, purposes=_CASEWORK),
        Role("nurse", Label("护士", "Nurse"), reach=_CENTRE, purposes=_CASEWORK),
        Role("counsellor", Label("心理咨询师", "Counsellor"), reach=_CENTRE, purposes=_CASEWORK),
        Role("teacher", Label("教员", "Teacher"), reach=_CENTRE, purposes=_CASEWORK),
        Role("coach", Label("康复训练教练", "Training coach"), reach=_CENTRE, purposes=_CASEWORK),
        Role("assessment_panel", Label("诊断评估组", "Assessment panel"), reach=_CENTRE,
             purposes=_CASEWORK),
        Role("duty_planner", Label("排班员", "Duty planner"), reads_files=False, purposes=()),
        Role("centre_head", Label("所领导", "Head of a centre"), reach=_CENTRE, purposes=_HEAD,
             approves=True, exports=True),
        Role("town_office", Label("乡镇禁毒办", "Town anti-drug office"), purposes=_OFFICE, exports=True),
        Role("village_worker", Label("村级专干", "Village worker"), reach=frozenset({"caseload"}),
             purposes=_CASEWORK),
        Role("guidance_station", Label("社戒社康指导站", "Guidance station"), purposes=_CASEWORK),
        Role("county_supervisor", Label("县级主管", "County supervisor"), purposes=_HEAD,
             approves=True, exports=True),
        Role("provincial_supervisor", Label("省级主管", "Provincial supervisor"),
             purposes=("supervision", "correction", "remedy", "emergency"), approves=True, exports=True),
        Role("outreach", Label("宣讲员", "Outreach"), reads_files=False, purposes=()),
        Role("statistician", Label("统计员", "Statistician"), reads_files=False, purposes=()),
        Role("inspector", Label("检察监督", "Inspector"), reach=_CENTRE, purposes=("inspection", "remedy"),
             independent=True),
        Role("hospital_doctor", Label("协作医院医生", "Partner hospital doctor"), reads_files=False,
             reads_counts=False, reach=frozenset(), purposes=(), reads_shared=True),
        Role("auditor", Label("审计员", "Auditor"), reads_files=False, reads_counts=False,
             reach=frozenset(), purposes=()),
        _admin("system_admin", Label("系统管理员", "System administrator")),
        _admin("security_admin", Label("安全管理员", "Security administrator")),
        _admin("audit_admin", Label("审计管理员", "Audit administrator")),
        Role("person", Label("本人", "The person"), reads_files=False, reads_counts=False,
             reach=frozenset({"own"}), purposes=("own",), second_factor=False),
        Role("family", Label("家属", "Family"), reads_files=False, reads_counts=False,
             reach=frozenset({"consent"}), purposes=("own",), second_factor=False),
    ),
)  # fmt: skip

ADMINISTRATORS: Final = frozenset({"system_admin", "security_admin", "audit_admin"})
"""三员: whoever keeps the service running, whoever gives rights, whoever looks after the records of both."""

OUTSIDE_STAFF: Final = frozenset({"person", "family"})
"""Who is no officer at all."""


def role(name: str) -> Role:
    """The role of that name; an unknown one is an error that suggests the nearest."""
    return ROLES[name]


def kept_apart(names: Iterable[str]) -> Label | None:
    """Why one account must not hold these roles together, or None: no two of the three administrators, no
    administrator who reads files, nobody on both sides of the counter."""
    held = set(names)
    admins = sorted(held & ADMINISTRATORS)
    if len(admins) > 1:
        first, second = ROLES[admins[0]].label, ROLES[admins[1]].label
        return Label(
            f"三员分立：同一账号不能兼任{first.zh}和{second.zh}。",
            f"administrators are kept apart: no account is both {first.en.lower()} and {second.en.lower()}.",
        )
    reading = sorted(n for n in held if ROLES[n].reads_files or ROLES[n].reads_shared)
    if admins and reading:
        first, second = ROLES[admins[0]].label, ROLES[reading[0]].label
        return Label(
            f"三员分立：{first.zh}不看档案，不能兼任{second.zh}。",
            f"administrators are kept apart: a {first.en.lower()} reads no files and cannot also be"
            f" {second.en.lower()}.",
        )
    if held & OUTSIDE_STAFF and len(held) > 1:
        return Label(
            "本人和家属的账号不能兼任其他岗位。",
            "the account of a person or a family member holds no other post.",
        )
    return None
