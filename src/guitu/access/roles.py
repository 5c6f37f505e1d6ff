"""The roles, a closed list. The same words stand in each kind's `recorded_by`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is at work. `reads_files` says whether the work needs case files at all; `reads_counts`
    whether it needs figures of its area."""

    name: str
    label: Label
    reads_files: bool = True
    reads_counts: bool = True


ROLES: Final = Registry(
    Label("角色", "role"),
    (
        Role("intake_officer", Label("收治民警", "Intake officer")),
        Role("brigade_officer", Label("大队民警", "Brigade officer")),
        Role("doctor", Label("医生", "Doctor")),
        Role("nurse", Label("护士", "Nurse")),
        Role("counsellor", Label("心理咨询师", "Counsellor")),
        Role("teacher", Label("教员", "Teacher")),
        Role("assessment_panel", Label("诊断评估组", "Assessment panel")),
        Role("duty_planner", Label("排班员", "Duty planner"), reads_files=False),
        Role("centre_head", Label("所领导", "Head of a centre")),
        Role("town_office", Label("乡镇禁毒办", "Town anti-drug office")),
        Role("village_worker", Label("村级专干", "Village worker")),
        Role("guidance_station", Label("社戒社康指导站", "Guidance station")),
        Role("county_supervisor", Label("县级主管", "County supervisor")),
        Role("provincial_supervisor", Label("省级主管", "Provincial supervisor")),
        Role("outreach", Label("宣讲员", "Outreach"), reads_files=False),
        Role("statistician", Label("统计员", "Statistician"), reads_files=False),
        Role("inspector", Label("检察监督", "Inspector")),
        Role("auditor", Label("审计员", "Auditor"), reads_files=False, reads_counts=False),
        Role(
            "system_admin", Label("系统管理员", "System administrator"), reads_files=False, reads_counts=False
        ),
        Role(
            "security_admin",
            Label("安全管理员", "Security administrator"),
            reads_files=False,
            reads_counts=False,
        ),
        Role(
            "audit_admin",
            Label("审计管理员", "Audit administrator"),
            reads_files=False,
            reads_counts=False,
        ),
        Role("person", Label("本人", "The person"), reads_files=False, reads_counts=False),
        Role("family", Label("家属", "Family"), reads_files=False, reads_counts=False),
    ),
)


def role(name: str) -> Role:
    """The role of that name; an unknown one is an error that suggests the nearest."""
    return ROLES[name]


def needed_by(name: str) -> tuple[str, ...]:
    """The compartments that the work of a role needs at all: the widest that anything may open to it."""
    from guitu.casefile.kind import COMPARTMENTS

    return tuple(COMPARTMENTS) if role(name).reads_files else ()
