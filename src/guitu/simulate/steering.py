"""How the fictional province is steered: leading groups, meetings with tasks in every state, a campaign that
runs, checklists handed down, a model programme, a listing that is over. Names, items and criteria are
invented and say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.kernel.days import add_months
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate.accounts import DEMO_CENTRE, DEMO_COUNTY, DEMO_TOWN, author, staff_name
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit, tree

PROVINCE: Final = "46"
SET_UP: Final = 1100
"""Days since the leading groups were set up."""
MEETINGS: Final = 11
"""Months back that had a meeting of the county; of one it was not held."""
LEFT_OUT: Final = 4
_TASKS: Final = (
    # who, decided, due, report (days ago, how far, what), closed (days ago, how, evidence)
    (0, 41, 20, (26, "done", "协议 12 份已扫描入档"), (22, "done", "抽查 3 份，属实")),
    (1, 41, 9, (12, "stuck", "两村村干部换届，人手不够"), None),
    (2, 41, 3, (5, "going", "已核对 40 户，还有 9 户"), None),
    (0, 12, -2, (3, "done", "帮扶台账已更新，附清单 1 份"), None),
    (3, 12, -9, None, None),
    (4, 70, 30, None, (28, "dropped", "事项并入本月重点工作")),
    (5, 12, 16, None, None),
)
_WHAT: Final = (
    "补齐社区戒毒协议文书", "核对出所衔接名单", "入户核对联系方式", "更新帮扶台账", "落实检测场所",
    "整理上季度走访记录", "报送检测试剂库存",
)  # fmt: skip
_ITEMS: Final = ("示例事项甲", "示例事项乙", "示例事项丙", "示例事项丁")
_CRITERIA: Final = ("示例标准一（由本单位填写）", "示例标准二", "示例标准三")


class _Files:
    """What stands in which unit's file."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.files: dict[str, list[Entry]] = {}

    def add(self, unit: str, role: str, days: int, kind: str, by: str = "", /, **fields: Value) -> UUID:
        """Something of so many days ago, written by whoever holds that role in that unit or `by`."""
        on = self.today - timedelta(days=days)
        there = self.files.setdefault(unit, [])
        minute = len(there) % 400
        at = datetime.combine(on, time(8), CHINA) + timedelta(minutes=minute)
        of = f"steering/{unit}/{kind}/{len(there)}"
        made = Entry(
            id=uuid7(int(at.timestamp() * 1000), sha256(of.encode()).digest()[:10]),
            file=unit_file_id(unit), kind=kind, happened_on=on, recorded_at=at,
            version=kinds()[kind].version, author=author(role, by or unit), unit=by or unit,
            fields=fields,
        )  # fmt: skip
        there.append(made)
        return made.id


def of_units(today: date) -> Iterator[list[Entry]]:
    """What stands in units' own files, one file after another."""
    made, units = _Files(today), tree()
    county = units.get(DEMO_COUNTY)
    if county is None:
        return
    towns = [u for u in units.children(county) if u.level == "town"]
    _groups(made, county, towns)
    _staff(made)
    _meetings(made, towns)
    _campaign(made, towns)
    _lists(made, towns)
    _models(made, towns)
    made.add(DEMO_COUNTY, "county_supervisor", 2400, "watch_status", which="province", status="listed",
             by="示例", note="示例：虚构的一次列入")  # fmt: skip
    made.add(DEMO_COUNTY, "county_supervisor", 1800, "watch_status", which="province", status="removed",
             by="示例")  # fmt: skip
    made.add(DEMO_TOWN, "county_supervisor", 2900, "unit_change", DEMO_COUNTY, what="renamed",
             before="示例镇（虚构的旧名）")  # fmt: skip
    for entries in made.files.values():
        yield sorted(entries, key=lambda e: e.recorded_at)


def _groups(made: _Files, county: Unit, towns: Sequence[Unit]) -> None:
    units = tree()
    everywhere = [(county, "county_supervisor", "县"), *((t, "town_office", "镇") for t in towns[:-1])]
    everywhere += [(v, "village_worker", "村") for v in units.children(units.find(DEMO_TOWN))[:6]]
    for n, (unit, role, word) in enumerate(everywhere):
        group = made.add(unit.code, role, SET_UP - n, "leading_group", name=f"{unit.name}禁毒工作领导小组",
                         duties="统筹本辖区禁毒工作，定期研究，逐项督办。")  # fmt: skip
        offices = (("head", f"{word}主要负责人"), ("deputy", f"{word}分管负责人"), ("office", "办公室负责人"))
        for m, (part, office) in enumerate(offices):
            if word == "镇" and n % 5 == 3 and part == "head":
                continue  # one town's group has lost its head
            more: dict[str, Value] = {"area": towns[(n + m) % len(towns)].code} if word == "县" and m else {}
            made.add(unit.code, role, SET_UP - n, "group_member", to=str(group), part=part,
                     name=staff_name(f"group/{part}", unit.code), office=office, **more)  # fmt: skip


def _staff(made: _Files) -> None:
    name, county = staff_name("town_office", DEMO_TOWN), staff_name("county_supervisor", DEMO_COUNTY)
    made.add(DEMO_TOWN, "town_office", 700, "staff_duty", name=name, duty="档案、台账、文书")
    made.add(DEMO_COUNTY, "county_supervisor", 600, "staff_duty", name=county, duty="督办、月调度")
    for unit, role, who, sort, what, gone in (
        (DEMO_TOWN, "town_office", name, "social_work", "助理社会工作师（示例）", 40),
        (DEMO_TOWN, "town_office", name, "training", "岗位培训（示例）", 500),
        (DEMO_COUNTY, "county_supervisor", county, "law", "法律职业资格（示例）", 0),
    ):
        until: dict[str, Value] = {"until": made.today + timedelta(days=gone)} if gone else {}
        made.add(unit, role, 650, "staff_qualification", name=who, sort=sort, what=what, given_by="示例单位",
                 **until)  # fmt: skip


def _meetings(made: _Files, towns: Sequence[Unit]) -> None:
    chief = f"{staff_name('group/head', DEMO_COUNTY)}（县主要负责人）"
    last: UUID | None = None
    for back in range(MEETINGS, 0, -1):
        if back == LEFT_OUT:
            continue
        day = add_months(made.today.replace(day=1), 1 - back) + timedelta(days=4)
        days = (made.today - day).days
        if days < 0:
            continue
        last = made.add(DEMO_COUNTY, "county_supervisor", days, "meeting", sort="month", chaired_by=chief,
                        people=14 + back % 5, minutes="示例：通报上月情况，逐项过未办结事项。")  # fmt: skip
    made.add(DEMO_COUNTY, "county_supervisor", 45, "meeting", sort="quarter", chaired_by=chief, people=22)
    made.add(PROVINCE, "provincial_supervisor", 50, "meeting", sort="quarter", people=31)
    for n, town in enumerate(towns):
        for back in range(4):
            if (n + back) % 4:
                made.add(town.code, "town_office", 9 + 30 * back, "meeting", sort="month", people=8)
    for what, (whose, decided, due, report, closed) in zip(_WHAT, _TASKS, strict=True):
        town = towns[whose % len(towns)] if whose else tree().find(DEMO_TOWN)
        more: dict[str, Value] = {"meeting": str(last)} if decided == 12 and last is not None else {}
        task = made.add(DEMO_COUNTY, "county_supervisor", decided, "action_decided", about=DEMO_COUNTY,
                        text=what, owner=town.code, due=made.today - timedelta(days=due),
                        person=f"{staff_name('town_office', town.code)}（镇禁毒办）", **more)  # fmt: skip
        if report is not None:
            days, how, text = report
            made.add(town.code, "town_office", days, "action_report", to=str(task), how=how, text=text)
        if closed is not None:
            days, how, text = closed
            made.add(DEMO_COUNTY, "county_supervisor", days, "action_closed", to=str(task), outcome=how,
                     evidence=text)  # fmt: skip
    villages = tree().children(tree().find(DEMO_TOWN))
    for n, village in enumerate(villages[:4]):
        made.add(DEMO_TOWN, "town_office", 20, "action_decided", about=DEMO_TOWN, owner=village.code,
                 text="补登记本月走访", due=made.today - timedelta(days=(15, 3, -1, -12)[n]))  # fmt: skip
    made.add(PROVINCE, "provincial_supervisor", 50, "action_decided", about=PROVINCE, owner=DEMO_COUNTY,
             text="上报上季度安置帮扶情况", due=made.today + timedelta(days=2))  # fmt: skip
    made.add(PROVINCE, "provincial_supervisor", 50, "action_decided", about=PROVINCE, owner=DEMO_CENTRE,
             text="核对近三个月出所衔接材料", due=made.today + timedelta(days=6))  # fmt: skip


def _campaign(made: _Files, towns: Sequence[Unit]) -> None:
    push = made.add(
        DEMO_COUNTY, "county_supervisor", 30, "campaign", name="示例宣传行动（第二轮）",
        first=made.today - timedelta(days=24), last=made.today + timedelta(days=20),
        purpose="每个乡镇讲到，每所学校讲到。",
    )  # fmt: skip
    for key, number in (("outreach.talks", "20"), ("dispatch.tasks_closed", "1")):
        made.add(DEMO_COUNTY, "county_supervisor", 30, "campaign_target", to=str(push), indicator=key,
                 way="least", number=number)  # fmt: skip
    made.add(DEMO_COUNTY, "county_supervisor", 24, "action_decided", about=DEMO_COUNTY, owner=towns[0].code,
             text="本镇每个村讲一次", due=made.today + timedelta(days=15), campaign=str(push))  # fmt: skip
    made.add(PROVINCE, "provincial_supervisor", 400, "campaign", name="示例专项行动（第一轮）",
             first=made.today - timedelta(days=390), last=made.today - timedelta(days=200))  # fmt: skip


def _lists(made: _Files, towns: Sequence[Unit]) -> None:
    first = add_months(made.today.replace(day=1), -5)
    id = made.add(
        DEMO_COUNTY, "county_supervisor", (made.today - first).days, "checklist",
        name="示例月度清单（事项由本单位填写）", use="community", who="town", every="month",
        items="\n".join(_ITEMS[:3]), proof="yes", from_day=first,
    )  # fmt: skip
    second = add_months(first, 3)
    made.add(
        DEMO_COUNTY, "county_supervisor", (made.today - second).days, "checklist",
        name="示例月度清单（事项由本单位填写）", use="community", who="town", every="month",
        items="\n".join(_ITEMS), proof="yes", from_day=second, own_id=str(id),
    )  # fmt: skip
    for n, town in enumerate(towns):
        rng = Random(f"lists/{town.code}")
        for month in range(6):
            period = add_months(first, month)
            if (n + month) % 6 == 5 or (month == 5 and n % 3):
                continue
            asked = 3 if period < second else 4
            done = asked - (rng.random() < 0.3)
            day = min(add_months(period, 1) - timedelta(days=3), made.today)
            made.add(
                town.code, "town_office", (made.today - day).days, "checklist_filled", checklist=str(id),
                name="示例月度清单", use="community", period=period, asked=asked, done=done,
                proof="台账和照片（示例）", **({"gaps": _ITEMS[asked - 1]} if done < asked else {}),
            )  # fmt: skip
    made.add(
        PROVINCE, "provincial_supervisor", 60, "checklist", name="示例季度清单（事项由本单位填写）",
        use="other", who="county", every="quarter", items="\n".join(_ITEMS[:2]), proof="no",
        from_day=made.today - timedelta(days=60),
    )  # fmt: skip


def _models(made: _Files, towns: Sequence[Unit]) -> None:
    programme = made.add(
        DEMO_COUNTY, "county_supervisor", 420, "model_programme", name="示例无毒社区创建", sort="community",
        criteria="\n".join(_CRITERIA),
    )  # fmt: skip
    schools = made.add(
        DEMO_COUNTY, "county_supervisor", 300, "model_programme", name="示例禁毒示范学校", sort="school",
        criteria="\n".join(_CRITERIA[:2]),
    )  # fmt: skip
    for of, town, place, outcomes in (
        (programme, DEMO_TOWN, "示例一社区", ("visited", "granted")),
        (programme, towns[1].code, "示例二社区", ("visited",)),
        (programme, towns[2].code, "示例三社区", ()),
        (schools, DEMO_TOWN, "示例中学", ("visited", "granted")),
        (schools, towns[3 % len(towns)].code, "示例小学", ("visited", "granted", "withdrawn")),
    ):
        made.add(town, "town_office", 250, "model_applied", programme=str(of), place=place)
        for n, outcome in enumerate(outcomes):
            full = len(_CRITERIA) if of == programme else 2
            met = full - (outcome in ("visited", "withdrawn"))
            made.add(town, "county_supervisor", 200 - 60 * n, "model_judged", DEMO_COUNTY, programme=str(of),
                     place=place, outcome=outcome, met=met)  # fmt: skip
