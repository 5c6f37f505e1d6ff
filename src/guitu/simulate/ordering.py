"""What is agreed, planned and looked at again in community measures of the fictional province, and what
becomes of positive tests: laid over a history that is written. And the draws of the demonstration's towns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.home.draw import Terms
from guitu.kernel.days import add_months
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate.accounts import DEMO_COUNTY, DEMO_TOWN, author, staff_name
from guitu.simulate.reaching import COMMUNITY
from guitu.store import gate, unitfiles
from guitu.store.home import draws
from guitu.store.units import Unit, tree

_TOLD: Final = 0.4
"""Of so many people in a community measure it is told what was agreed and planned."""
_SINCE: Final = timedelta(days=400)
"""How long ago the agreement may lie of which it is told."""
_HELP: Final = (
    "四月参加电工培训\n协助申请低保",
    "介绍到镇合作社务工",
    "每月一次心理咨询\n协助就医",
    "协助办理孩子入学",
    "联系县技工学校",
)
_MEASURES: Final = ("每月到村委会见面一次\n家访每季度一次", "每两周电话一次\n每月见面一次", "每月家访一次")
_GOALS: Final = ("找到稳定的工作，和家人住在一起", "学一门手艺", "身体恢复，能照顾老人", "把欠的钱还清")
_STEPS: Final = (
    "先参加培训\n三个月内联系用工单位",
    "每周参加一次小组\n月底去县医院复查",
    "开春前修好房子\n报名春季班",
)
_WELL: Final = ("按计划进行，状态不错。", "培训已完成，正在找工作。", "身体有些不适，先看病。")
_SERIOUS: Final = 3
_EVIDENCE: Final = (
    ("notice", "unclear", "电话通知三次，均未接通。"),
    ("medical", "for", "县医院门诊病历，当日发热就诊。"),
    ("statement", "against", "本人说当天不想来。"),
    ("work", "for", "工地证明，当日赶工期不能离岗。"),
)
_BODIES: Final = ("示例县疾控检测中心", "示例省法医检测中心")


@dataclass(slots=True)
class _Pen:
    """Writes into one file after what is there, as the office that answers for the person."""

    entries: Sequence[Entry]
    rng: Random
    today: date
    author: str
    unit: str
    made: list[Entry]
    after: datetime = datetime(2000, 1, 1, tzinfo=CHINA)
    """Nothing is recorded before that: what it names was written then."""

    def add(self, day: date, kind: str, **fields: Value) -> Entry | None:
        """One more entry; nothing if its day has not come."""
        if day >= self.today:
            return None
        at = datetime.combine(day, time(16, self.rng.randrange(20) + len(self.made) % 40), CHINA)
        at = max(at, self.after + timedelta(minutes=1 + len(self.made)))
        if at.date() >= self.today:
            return None
        entry = Entry(
            id=uuid7(int(at.timestamp() * 1000), self.rng.randbytes(10)),
            file=self.entries[0].file,
            kind=kind,
            happened_on=day,
            recorded_at=at,
            author=self.author,
            unit=self.unit,
            fields=fields,
        )
        self.made.append(entry)
        return entry


def with_order(entries: tuple[Entry, ...], seed: str, today: date) -> tuple[Entry, ...]:
    """The entries of a life, and of some in a community measure what was agreed, planned and found out."""
    orders = [e for e in entries if e.kind == "order"]
    held = [e for e in entries if e.kind == "responsible_unit"]
    if not orders or not held or orders[-1].get("measure") not in COMMUNITY:
        return entries
    rng = Random(f"order/{seed}")
    pen = _Pen(entries, rng, today, held[-1].author, held[-1].unit, [])
    after = [e for e in entries if e.happened_on >= orders[-1].happened_on]
    ended = any(e.kind in ("death", "end_notice", "record_sealed", "admission", "imprisoned") for e in after)
    signed = next((e for e in after if e.kind == "agreement" and e.unit == held[-1].unit), None)
    if signed is not None and not ended and rng.random() < _TOLD and today - signed.happened_on < _SINCE:
        _agreed(pen, signed.happened_on)
    if not ended:
        withdrawn = {e.corrects for e in entries if e.corrects is not None}
        tests = [e for e in after if e.kind == "urine_test" and e.id not in withdrawn]
        for test in tests:
            if test.get("result") == "positive":
                _sealed(pen, test)
        _avoided(pen, [e for e in tests if e.get("outcome") in ("evaded", "refused")])
        _appointed(pen, [e for e in tests if e.get("outcome") == "taken"][-1:])
    if not pen.made:
        return entries
    return tuple(sorted((*entries, *pen.made), key=lambda e: e.recorded_at))


def _agreed(pen: _Pen, day: date) -> None:
    rng = pen.rng
    pen.add(
        day,
        "agreement_terms",
        rights="yes" if rng.random() < 0.9 else "no",
        help=rng.choice(_HELP),
        measures=rng.choice(_MEASURES),
    )
    members: dict[str, Value] = {
        "worker": staff_name("village_worker", pen.unit),
        "police": "社区民警某某",
        "medic": "村医某某",
        "family": "家属某某",
    }
    if rng.random() < 0.7:
        members["volunteer"] = "志愿者某某"
    pen.add(day + timedelta(days=rng.randrange(10)), "working_group", **members)
    planned = day + timedelta(days=5 + rng.randrange(20))
    first = planned + timedelta(days=90)
    made = pen.add(
        planned,
        "recovery_plan",
        goals=rng.choice(_GOALS),
        steps=rng.choice(_STEPS),
        with_person="yes",
        review_on=first,
    )
    late = rng.random() < 0.25
    while made is not None and first + timedelta(days=3) < pen.today and not late:
        there = "yes" if rng.random() < 0.8 else "no"
        following = first + timedelta(days=90)
        made = pen.add(
            first + timedelta(days=rng.randrange(3)),
            "plan_review",
            outcome="goes_on",
            text=rng.choice(_WELL),
            person_there=there,
            next_on=following,
        )
        first, late = following, rng.random() < 0.2


def _sealed(pen: _Pen, test: Entry) -> None:
    """The samples of a positive; of most the laboratory says that there is nothing."""
    rng, day, known = pen.rng, test.happened_on, str(test.id)
    pen.after = test.recorded_at
    number = rng.randrange(1000, 9999)
    pen.add(
        day,
        "sample_sealed",
        test=known,
        specimen="urine",
        a_no=f"A-{number}",
        b_no=f"B-{number}",
        taker_1=str(test.get("tester_1") or "检测员甲"),
        taker_2=str(test.get("tester_2") or "检测员乙"),
        taker_sex="male",
        told="yes",
        signed="yes" if rng.random() < 0.9 else "refused",
        kept_at="镇禁毒办冷柜",
    )
    if rng.random() < 0.25 and test.get("confirmed") != "yes":
        return
    pen.add(
        day + timedelta(days=2),
        "sample_moved",
        test=known,
        which="a",
        why="laboratory",
        from_whom=str(test.get("tester_1") or "检测员甲"),
        to_whom="收样员某某",
        to_place=_BODIES[0],
        seal="whole",
    )
    result = "positive" if test.get("confirmed") == "yes" else "negative"
    report = pen.add(
        day + timedelta(days=4),
        "lab_report",
        test=known,
        stage="laboratory",
        which="a",
        body=_BODIES[0],
        result=result,
        document_no=f"示检〔{day.year}〕{number}号",
    )
    if report is not None and rng.random() < 0.9:
        pen.add(day + timedelta(days=5), "lab_result_told", test=known, stage="laboratory", signed="yes")


def _avoided(pen: _Pen, tests: Sequence[Entry]) -> None:
    """What was handed in about tests that were evaded or refused; and of three, in some cases, the report."""
    rng = pen.rng
    for test in tests:
        if rng.random() < 0.5:
            pen.after = test.recorded_at
            sort, says, text = rng.choice(_EVIDENCE)
            pen.add(
                test.happened_on + timedelta(days=1 + rng.randrange(4)),
                "evidence",
                entry=str(test.id),
                sort=sort,
                says=says,
                text=text,
            )
    if len(tests) >= _SERIOUS and rng.random() < 0.8:
        pen.after = tests[-1].recorded_at
        reasons = "三次以上逃避、拒绝检测，已逐次核对证据。"
        pen.add(
            tests[-1].happened_on,
            "breach_report",
            what="serious_breach",
            to_whom="示例派出所",
            reasons=reasons,
            heard="yes",
        )


def _appointed(pen: _Pen, tests: Sequence[Entry]) -> None:
    """That somebody was told of a test, on its own day."""
    for test in tests:
        if pen.rng.random() < _TOLD:
            pen.after = datetime(2000, 1, 1, tzinfo=CHINA)
            day = test.happened_on
            pen.add(day, "test_told", for_day=day, time=1500, place="村委会", how="phone")


# ── the draws of towns ────────────────────────────────────────────────────────────────────────────


def furnish_draws(today: date, now: datetime) -> int:
    """The towns of the demonstration's county have committed to draws for some months; of the town that
    visitors see, what lies wholly behind is revealed. How many entries were written."""
    county = tree().get(DEMO_COUNTY)
    towns = [u for u in tree().subtree(county) if u.level == draws.OFFICE] if county is not None else []
    entries = [entry for town in towns for entry in _committed(town, today)]
    gate.record_many(entries, actor=house(), now=now)
    shown = tree().get(DEMO_TOWN)
    revealed = list(_revealed(shown, today, now)) if shown is not None else []
    gate.record_many(revealed, actor=house(), now=now)
    return len(entries) + len(revealed)


def _committed(town: Unit, today: date) -> Iterator[Entry]:
    this = today.replace(day=1)
    for back in range(7, -1, -1):
        first = add_months(this, -back)
        month = draws.month(first)
        terms = Terms(town.code, month.first, month.last, weekends=False)
        told = datetime.combine(first - timedelta(days=4), time(9, 30), CHINA)
        fields: dict[str, Value] = {
            "first": terms.first,
            "last": terms.last,
            "weekends": "no",
            "commitment": draws.promised(terms),
        }
        yield unitfiles.new_entry(
            town.code, draws.COMMITTED, told.date(), fields, now=told, author=author("town_office", town.code)
        )


def _revealed(town: Unit, today: date, now: datetime) -> Iterator[Entry]:
    for one in draws.draws(town):
        if draws.may_reveal(one, today):
            yield unitfiles.new_entry(
                town.code,
                draws.REVEALED,
                today - timedelta(days=1),
                draws.revealing(one, today),
                now=now - timedelta(hours=12),
                author=author("town_office", town.code),
            )
