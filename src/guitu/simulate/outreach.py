"""Outreach of the fictional province: speakers, requests, plans, events, channels, groups, and a public site.

Schools and firms are invented like everybody else. What the site says of the law stands in articles that were
read for the rules of this house.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.kernel.days import add_months
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate import names, site_texts
from guitu.simulate.accounts import DEMO_COUNTY, DEMO_TOWN, author
from guitu.store.apart import unit_file_id
from guitu.store.units import Unit, tree

PROVINCE: Final = "46"
REACHED: Final = 0.55
"""What part of the towns were ever reached."""
TOPICS: Final = (
    ("健康人生，绿色无毒", "A healthy life without drugs"), ("认识新型毒品", "New drugs"),
    ("家人能做什么", "What a family can do"), ("青少年怎样拒绝", "How the young can refuse"),
)  # fmt: skip
SCHOOLS: Final = (("示范小学", "school", 620), ("示范初级中学", "school", 1180),
                  ("示范职业学校", "school", 900), ("示范种养企业", "firm", 140))  # fmt: skip


class _Files:
    """Entries by unit, each with an id that follows from its day and place in the file."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.files: dict[str, list[Entry]] = {}

    def add(self, unit: str, role: str, days: int, kind: str, **fields: Value) -> UUID:
        """An entry of so many days ago; its id."""
        on = self.today - timedelta(days=days)
        at = datetime.combine(on, time(16, 20), CHINA)
        mine = self.files.setdefault(unit, [])
        dice = Random(f"outreach/{unit}/{kind}/{len(mine)}/{on}")
        made = Entry(
            id=uuid7(int(at.timestamp() * 1000), dice.randbytes(10)), file=unit_file_id(unit), kind=kind,
            happened_on=on, recorded_at=at, version=kinds()[kind].version, author=author(role, unit),
            unit=unit, fields=fields,
        )  # fmt: skip
        mine.append(made)
        return made.id


def of_units(today: date) -> Iterator[list[Entry]]:
    """What stands in units' own files, one file after another."""
    made = _Files(today)
    speakers = _speakers(made)
    counties = sorted((u for u in tree().by_no.values() if u.level == "county"), key=lambda u: u.code)
    for county in counties:
        _county(made, county)
    targets = _targets(made, counties)
    _requests_and_plans(made, speakers, targets)
    _channels(made)
    _stores(made)
    _site(made)
    for entries in made.files.values():
        yield sorted(entries, key=lambda e: e.recorded_at)


def _speakers(made: _Files) -> list[UUID]:
    found = []
    for n, languages in enumerate(("普通话、海南话", "普通话", "普通话、黎语", "普通话、海南话", "普通话")):
        dice = Random(f"speaker/{n}")
        name, _ = names.name(dice, "female" if n % 2 else "male")
        who = made.add(
            PROVINCE, "outreach", 900 - 90 * n, "lecturer", name=name, post="示例宣讲团",
            topics="、".join(zh for zh, _ in TOPICS[n % 2 : n % 2 + 2]), languages=languages,
        )  # fmt: skip
        found.append(who)
        for ago in (420, 160) if n != 3 else ():
            made.add(PROVINCE, "outreach", ago - n, "lecturer_training", to=str(who), topic="讲法和最新知识",
                     hours=6 + n, result="passed" if n % 2 else "attended")  # fmt: skip
    return found


def _county(made: _Files, county: Unit) -> None:
    """Events of a county's towns. Some of them nobody ever went to."""
    dice = Random(f"outreach/{county.code}")
    for town in (u for u in tree().children(county) if u.level == "town"):
        demo = town.code == DEMO_TOWN
        if not demo and dice.random() > REACHED:
            continue
        villages = tree().children(town)
        for _ in range(14 if demo else dice.randint(1, 4)):
            place = dice.choice(villages).code if villages and dice.random() < 0.8 else town.code
            form = dice.choices(("talk", "exhibition", "show", "broadcast"), (6, 3, 1, 1))[0]
            counted = dice.choices(("headcount", "signed", "estimate"), (4, 3, 3))[0]
            fields: dict[str, Value] = {
                "form": form, "given_by": "office", "topic": dice.choice(TOPICS)[0], "place": place,
                "held_for": "village", "audience": dice.randint(18, 160), "counted": counted,
                "leaflets": dice.randint(20, 150),
            }  # fmt: skip
            made.add(town.code, "town_office", dice.randint(3, 560), "outreach_event", **fields)
        if demo or dice.random() < 0.2:
            sort, name = dice.choice((("mothers", "妈妈训教团"), ("elders", "老年广播站")))
            made.add(town.code, "town_office", 500, "volunteer_group", name=f"{town.name}{name}", sort=sort,
                     members=dice.randint(6, 24), place=town.code)  # fmt: skip


def _targets(made: _Files, counties: list[Unit]) -> list[tuple[UUID, str, str]]:
    """Schools and firms of the province's list: id, name, town."""
    found = []
    for county in counties:
        dice = Random(f"targets/{county.code}")
        towns = [u for u in tree().children(county) if u.level == "town"]
        for name, sort, people in SCHOOLS if towns else ():
            town, full = dice.choice(towns).code, county.name + name
            made_id = made.add(PROVINCE, "outreach", 700, "outreach_target", name=full, sort=sort, place=town,
                               people=people + dice.randint(-60, 60))  # fmt: skip
            found.append((made_id, full, town))
            if dice.random() < 0.6:
                made.add(
                    PROVINCE, "outreach", dice.randint(10, 600), "outreach_event", form="talk",
                    given_by="lecturers", topic=dice.choice(TOPICS)[0], place=town, held_for=sort,
                    venue=full, target=str(made_id), audience=dice.randint(60, 480), counted="headcount",
                    leaflets=dice.randint(50, 400),
                )  # fmt: skip
    return found


def _requests_and_plans(made: _Files, speakers: list[UUID], targets: list[tuple[UUID, str, str]]) -> None:
    """Requests that wait, and plans: some to come, one of yesterday that nobody wrote down."""
    dice, today = Random("plans"), made.today
    some = dice.sample(targets, 10)
    for n, (target, name, town) in enumerate(some):
        topic, english = TOPICS[n % len(TOPICS)]
        asked = made.add(
            PROVINCE, "outreach", 6 + 3 * n, "talk_request", asked_by=name,
            sort="firm" if "企业" in name else "school", place=town,
            wanted_on=today + timedelta(days=10 + 4 * n), audience=200 + 10 * n, topic=topic,
            contact="示例联系人", phone=f"1980000{n:04d}", target=str(target),
        )  # fmt: skip
        if n < 3:
            continue
        if n == 3:
            made.add(PROVINCE, "outreach", 3, "talk_request_declined", to=str(asked),
                     reason="与考试冲突，对方同意改到下学期再申请。")  # fmt: skip
            continue
        when = today + timedelta(days=(-1, 2, 5, 9, 16, 30)[n - 4])
        made.add(
            PROVINCE, "outreach", 4, "talk_planned", planned_on=when, time=(930, 1500)[n % 2], topic=topic,
            topic_en=english, place=town, venue=name, lecturer=str(speakers[n % len(speakers)]),
            target=str(target), request=str(asked), public="yes" if n % 2 else "no",
        )  # fmt: skip
    county = [u for u in tree().children(tree().find(DEMO_COUNTY)) if u.level == "town"]
    for n, town in enumerate(county[:3]):
        made.add(
            PROVINCE, "outreach", 2, "talk_planned", planned_on=today + timedelta(days=7 * n + 3), time=1000,
            topic=TOPICS[n][0], topic_en=TOPICS[n][1], place=town.code, venue="文化广场", public="yes",
        )  # fmt: skip


def _channels(made: _Files) -> None:
    month = made.today.replace(day=1)
    for channel, sort, views in (("示例公众号", "wechat", 21_000), ("示例直播间", "live", 8_000),
                                 ("示例专题网站", "site", 3_200)):  # fmt: skip
        dice = Random(f"channel/{sort}")
        for back in range(12, 0, -1):
            first, last = add_months(month, -back), add_months(month, 1 - back) - timedelta(days=1)
            seen = views + dice.randint(-views // 4, views // 3)
            made.add(
                PROVINCE, "outreach", (made.today - last).days, "channel_reach", channel=channel, sort=sort,
                first=first, views=seen, shares=seen // 40, followers=views // 3 + (12 - back) * 90,
            )  # fmt: skip


def _stores(made: _Files) -> None:
    for title, form, copies, out in (("认识新型毒品折页", "leaflet", 20_000, 12_600),
                                     ("家庭帮教手册", "booklet", 3_000, 1_150),
                                     ("宣讲挂图", "poster", 400, 260)):  # fmt: skip
        what = made.add(PROVINCE, "outreach", 380, "outreach_material", title=title, form=form, copies=copies)
        for n in range(4):
            made.add(PROVINCE, "outreach", 300 - 70 * n, "material_given", to=str(what), copies=out // 4,
                     where="各县禁毒办")  # fmt: skip


def _site(made: _Files) -> None:
    made.add(PROVINCE, "outreach", 40, "site_about", **site_texts.ABOUT)
    for ago, fields in site_texts.ARTICLES:
        made.add(PROVINCE, "outreach", ago, "site_article", **fields)
    for fields in site_texts.PLACES:
        made.add(PROVINCE, "outreach", 30, "site_help_place", **fields)
    for fields in site_texts.QUESTIONS:
        made.add(PROVINCE, "outreach", 30, "site_quiz", **fields)
