"""Indicators by topic: the folder of the capability that declares them, in the order the work goes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from guitu.compose import indicators, topics
from guitu.indicators import Indicator, Survival
from guitu.kernel.labels import Label

TOPICS: Final = {
    "orders": Label("决定与期限", "Orders and terms"),
    "isolation": Label("强制隔离", "Compulsory isolation"),
    "admission": Label("收治", "Admission"),
    "zones": Label("四区", "Zones"),
    "daily": Label("大队日常", "Brigade's day"),
    "work": Label("劳动", "Work"),
    "contact": Label("会见通信", "Visits and calls"),
    "health": Label("健康", "Health"),
    "medical": Label("医疗", "Medicine"),
    "medication": Label("发药", "Medication"),
    "infection": Label("传染病", "Infectious disease"),
    "epidemic": Label("防疫", "Infection control"),
    "referral": Label("转诊", "Referrals"),
    "remote": Label("远程医疗", "Remote medicine"),
    "restraint": Label("保护性约束", "Restraint"),
    "psychology": Label("心理", "Psychology"),
    "protocols": Label("VR和TMS", "VR and TMS"),
    "education": Label("教育培训", "Courses"),
    "training": Label("康复训练", "Rehabilitation training"),
    "assessing": Label("诊断评估", "Assessment"),
    "panel": Label("评估小组", "Assessment panel"),
    "safety": Label("安全", "Safety"),
    "patrol": Label("所内巡查", "Patrols inside"),
    "duty": Label("执勤", "Duty"),
    "leaving": Label("出所", "Way out"),
    "handover": Label("移交", "Hand-over"),
    "community": Label("社区戒毒康复", "Community treatment"),
    "reaching": Label("联系", "Contact"),
    "agreeing": Label("协议与计划", "Agreements and plans"),
    "testing": Label("检测", "Tests"),
    "samples": Label("样本", "Samples"),
    "followup": Label("回访", "Follow-up"),
    "support": Label("帮扶服务", "Support"),
    "helping": Label("帮扶需求", "Needs and help"),
    "jobs": Label("就业", "Work found"),
    "recovery_places": Label("康复场所", "Recovery places"),
    "guidance": Label("指导站", "Guidance stations"),
    "rights": Label("权利", "Rights"),
    "dispatch": Label("调度", "Steering meetings"),
    "checklists": Label("检查表", "Checklists"),
    "organisation": Label("组织", "Organisation"),
    "bodies": Label("机构队伍", "Bodies and staff"),
    "outreach": Label("宣传", "Outreach"),
    "patrolling": Label("巡防", "Patrols"),
    "venues": Label("场所", "Venues"),
    "funds": Label("经费奖励", "Money and rewards"),
    "survey": Label("测评", "Surveys"),
    "packs": Label("报表", "Packs"),
    "published": Label("公布数据", "Published figures"),
    "records": Label("档案", "Records"),
    "identity": Label("人员", "People"),
}
"""A test asks that none is missing."""


@cache
def by_topic() -> dict[str, tuple[Indicator, ...]]:
    """Every indicator that is no cohort, by topic; topics without any are not there."""
    found: dict[str, list[Indicator]] = {}
    for topic, keys in topics().items():
        if chosen := [i for i in map(indicators().__getitem__, keys) if not isinstance(i.value, Survival)]:
            found[topic] = chosen
    order = {name: at for at, name in enumerate(TOPICS)}
    return {name: tuple(found[name]) for name in sorted(found, key=order.__getitem__)}


def label_of(topic: str) -> Label:
    """A topic in words."""
    return TOPICS[topic]


@cache
def topic_of(key: str) -> str:
    """The topic an indicator belongs to; "" for cohorts."""
    return next((topic for topic, some in by_topic().items() if any(i.key == key for i in some)), "")


@cache
def cohorts() -> tuple[tuple[Indicator, ...], ...]:
    """Every cohort that is followed, as the indicators read off it: they differ only in when they look."""
    found: dict[Survival, list[Indicator]] = {}
    for one in indicators().values():
        if isinstance(one.value, Survival):
            followed = replace(one.value, at=one.value.months[0])
            found.setdefault(followed, []).append(one)
    return tuple(map(tuple, found.values()))
