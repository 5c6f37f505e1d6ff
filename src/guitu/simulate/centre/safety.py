"""The safety of a centre, as the demonstration tells it: near misses more often than incidents, hazards of
which some are late, drills, risk meetings with tasks, rounds of patrol with gaps, plans of care for a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Final

from guitu.centre import patrol
from guitu.centre.patrol import How, Passing
from guitu.kernel.zone import CHINA
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import DAYS, Add, Stay, Told

_NEAR: Final = (
    ("escape", "外墙施工留下的脚手架当晚没有拆，巡查发现后拆除。"),
    ("unnatural_death", "同室发现有人情绪异常后报告，医生当场处置。"),
    ("drugs_inside", "邮寄物品检查时发现夹带，当场扣下，移交公安机关。"),
    ("production_accident", "缝纫机漏电跳闸，无人受伤，设备停用检修。"),
    ("epidemic", "三人同时发热，隔离后检测为阴性。"),
    ("crime", "两人争执将动手，民警到场制止。"),
    ("other", "食堂燃气阀夜间没有关严，值班员闻到气味后关闭。"),
)
_HAZARDS: Final = (
    ("fire", "一大队二层楼梯", "灭火器压力不足。"),
    ("power", "习艺车间东侧", "配电箱门锁坏，箱内无隔板。"),
    ("perimeter", "北围墙三号摄像机", "夜间画面不清。"),
    ("building", "三大队洗漱间", "地砖松动，易滑倒。"),
    ("workshop", "缝纫车间", "剪刀没有逐把编号。"),
    ("objects", "会见室", "储物柜没有每日清点。"),
    ("food", "食堂冷库", "温度记录缺两天。"),
    ("rules", "夜间值班室", "交接记录没有双签。"),
    ("vehicles", "运输车", "灭火器过期。"),
)  # fmt: skip
_DONE: Final = ("已更换并登记。", "已修好，现场试过。", "已补齐，并列入每日检查。")
_DRILLS: Final = (
    ("fire", "疏散用时 4 分 10 秒，二层东门钥匙找了 40 秒：钥匙改为值班员随身。"),
    ("medical", "急救箱到位 2 分钟，氧气瓶压力不足：列入每周检查。"),
    ("escape", "对讲机有两处盲区：已列为隐患。"),
    ("disaster", "台风预案中应急照明只够 3 小时，需增加电池。"),
)
_WEIGHED: Final = (
    "节前情绪波动多，会见增加；夜间值守力量不足。",
    "高温，车间通风差；新入所人员较多。",
    "台风季，围墙和屋面需检查；外来施工人员在所内。",
    "近期邮寄物品增多，夹带风险上升。",
)
_TASKS: Final = (
    "邮寄物品改为两人开包并录像。",
    "夜间巡查增加一次，重点看楼梯间和洗漱间。",
    "全所灭火器逐具检查，贴上日期。",
    "车间刀具逐把编号，收工清点双签。",
    "新入所人员前两周由固定民警每天谈话。",
)
_POINTS: Final = (
    ("大门岗", "岗亭内侧", "登记簿\n安检门"),
    ("食堂", "后门", "燃气阀\n冷库温度\n刀具柜"),
    ("习艺车间", "配电箱旁", "总闸\n工具柜\n安全通道"),
    ("医务室", "药品库门口", "药柜锁\n氧气瓶"),
    ("北围墙", "三号摄像机下", "围墙\n照明"),
    ("宿舍楼梯", "二层楼梯口", "灭火器\n安全门"),
)
_ROUNDS: Final = (7 * 60, 13 * 60 + 30, 20 * 60, 23 * 60)
_PLAN: Final = "每日巡查"
_ABOUT: Final = (
    ("高血压三级", "头痛、视物模糊，血压超过 180/110", "立即测压，通知值班医生，备车送医。"),
    ("癫痫史", "抽搐、意识不清", "侧卧，移开硬物，计时，通知医生；超过五分钟送医。"),
    ("糖尿病，用胰岛素", "出汗、心慌、反应慢", "测血糖，低的给糖水，通知医生。"),
)


def of_stay(stay: Stay) -> None:
    """A plan of care for one in ten: made in the first weeks, reviewed every two months."""
    rng = Random(f"safety/{stay.centre}/{stay.name}/{stay.born}/{stay.transferred}")
    if rng.random() >= 0.1:
        return
    about, watch, steps = rng.choice(_ABOUT)
    day = stay.transferred + timedelta(days=rng.randint(2, 10))
    while stay.inside(day) and day < stay.today:
        review = day + timedelta(days=60)
        if review >= stay.today:
            review = max(review, stay.today + timedelta(days=rng.randint(-1, 20)))
        stay.life.add(
            day, "care_plan", "doctor", stay.centre, state="active", about=about, watch=watch, steps=steps,
            agreed="yes", named_staff=staff_name("doctor", stay.centre), review_on=review,
        )  # fmt: skip
        day = review if rng.random() < 0.9 else review + timedelta(days=5)


def of_centre(centre: str, stays: Sequence[Stay], today: date, add: Add) -> None:
    """What stands in the files of the centre and its brigades."""
    rng = Random(f"safety/{centre}")
    brigades = sorted({stay.brigade for stay in stays})
    _incidents(centre, today, rng, add)
    _hazards(centre, brigades, today, rng, add)
    for n in range(8):
        sort, lessons = _DRILLS[n % len(_DRILLS)]
        day = today - timedelta(days=12 + 46 * n + rng.randrange(8))
        add(
            centre, day, "drill", "centre_head", sort=sort, announced="yes" if n % 3 else "no",
            staff=rng.randint(12, 40), residents=rng.randint(0, 120), minutes=rng.randint(6, 45),
            lessons=lessons, again_on=day + timedelta(days=184),
        )  # fmt: skip
    _meetings(centre, brigades, today, rng, add)
    _patrol(centre, brigades, today, add)


def _incidents(centre: str, today: date, rng: Random, add: Add) -> None:
    for n in range(14):
        sort, note = rng.choice(_NEAR)
        day = today - timedelta(days=9 + 24 * n + rng.randrange(12))
        add(centre, day, "incident", "centre_head", sort=sort, what="near_miss", note=note)
    for sort, back, note in (
        ("crime", 213, "两人互殴，一人轻微伤，已送医并报公安机关。"),
        ("drugs_inside", 640, "会见后在衣物中发现可疑粉末，送检为毒品。"),
    ):
        day, name = today - timedelta(days=back), Told(f"{centre} {sort}")
        add(centre, day, "incident", "centre_head", sort=sort, what="happened", note=note, told_as=name)
        for to_whom, at in (("police", 940), ("superior", 1005)):
            add(
                centre, day + timedelta(days=1), "incident_reported", "centre_head", to=name, to_whom=to_whom,
                told_at=at, by=staff_name("centre_head", centre), note="电话，书面补报",
            )  # fmt: skip


def _hazards(centre: str, brigades: Sequence[str], today: date, rng: Random, add: Add) -> None:
    for n in range(26):
        sort, place, what = _HAZARDS[n % len(_HAZARDS)]
        unit = brigades[n % len(brigades)] if brigades and n % 3 == 0 else centre
        role = "brigade_officer" if unit != centre else "centre_head"
        day = today - timedelta(days=3 + 13 * n + rng.randrange(6))
        due, name = day + timedelta(days=rng.choice((7, 14, 30))), Told(f"{centre} hazard {n}")
        owner = staff_name(rng.choice(("duty_planner", "brigade_officer", "nurse")), unit)
        add(
            unit, day, "hazard", role, sort=sort, place=place, what=what, owner=owner, due_on=due,
            found_by=rng.choice(("patrol", "search", "search", "drill", "told")), told_as=name,
            meanwhile=rng.choice(("停用，贴封条。", "加派巡查。", "")) or None,
        )  # fmt: skip
        if n in (2, 7):
            due += timedelta(days=21)
            add(
                unit, due - timedelta(days=22), "hazard_moved", role, to=name, due_on=due,
                why="配件没有到货。", meanwhile="停用，每班查看一次。",
            )  # fmt: skip
        closed = due + timedelta(days=rng.choice((-4, -2, -1, 0, 3)))
        if n not in (3, 5) and closed < today:
            add(
                unit, max(closed, day + timedelta(days=1)), "hazard_closed", role, to=name,
                done=rng.choice(_DONE), checked_by=staff_name("centre_head", centre),
            )  # fmt: skip


def _meetings(centre: str, brigades: Sequence[str], today: date, rng: Random, add: Add) -> None:
    for n in range(12):
        day, name = today - timedelta(days=4 + 14 * n), Told(f"{centre} meeting {n}")
        add(
            centre, day, "meeting", "centre_head", sort="risk", people=rng.randint(7, 14),
            weighed=_WEIGHED[n % len(_WEIGHED)], told_as=name,
        )  # fmt: skip
        for m in range(rng.choice((1, 2, 2, 3))):
            unit = brigades[(n + m) % len(brigades)] if brigades and m else centre
            role = "brigade_officer" if unit != centre else "centre_head"
            due, task = day + timedelta(days=rng.choice((7, 14, 21))), Told(f"{centre} task {n}.{m}")
            add(
                unit, day, "meeting_task", "centre_head", centre, meeting=name, due_on=due, told_as=task,
                what=_TASKS[(n + 2 * m) % len(_TASKS)], owner=staff_name(role, unit),
            )  # fmt: skip
            done = due + timedelta(days=rng.choice((-5, -3, -1, 2)))
            if done < today and (n, m) != (2, 0):
                add(
                    unit, max(done, day + timedelta(days=1)), "meeting_task_done", role, to=task,
                    outcome="done", how=rng.choice(_DONE),
                )  # fmt: skip


def code(centre: str, name: str) -> str:
    """The code of a checkpoint of the demonstration."""
    return patrol.code_of(sha256(f"{centre}/{name}".encode()).digest())


def _patrol(centre: str, brigades: Sequence[str], today: date, add: Add) -> None:
    first = date(today.year - 1, 1, 4)
    codes = {name: code(centre, name) for name, _, _ in _POINTS}
    for name, place, look in _POINTS:
        add(centre, first, "checkpoint", "centre_head", name=name, place=place, look=look, code=codes[name])
    times = " ".join(f"{t // 60:02d}:{t % 60:02d}" for t in _ROUNDS)
    for brigade in brigades:
        add(
            brigade, first, "patrol_plan", "brigade_officer", name=_PLAN, times=times, within=30,
            points=" ".join(codes.values()), state="in_force",
        )  # fmt: skip
        due = 0
        for back in range(DAYS, 0, -1):
            day = today - timedelta(days=back)
            for at in _ROUNDS:
                due += 1
                rng = Random(f"patrol/{brigade}/{day}/{at}")
                if rng.random() >= 0.04:
                    _round(brigade, day, at, due, list(codes.items()), rng, add)
                    due = 0


def _round(
    brigade: str, day: date, at: int, due: int, way: list[tuple[str, str]], rng: Random, add: Add
) -> None:
    lost = rng.randrange(len(way)) if rng.random() < 0.06 else None
    now = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    now += timedelta(minutes=at + rng.randint(-8, 15))
    passings: list[Passing] = []
    for n, (_, its_code) in enumerate(way):
        if n != lost:
            how: How = "typed" if rng.random() < 0.03 else "scanned"
            passings.append(Passing(its_code, now, how))
        now += timedelta(seconds=rng.randint(70, 260))
    minutes = int((passings[-1].at - passings[0].at).total_seconds() // 60)
    add(
        brigade, day, "patrol_round", "brigade_officer", plan=_PLAN, planned="yes",
        planned_at=patrol.digits(at), due=due, points=len(way), visited=len(passings),
        missed=len(way) - len(passings),
        typed=sum(passing.how == "typed" for passing in passings), minutes=minutes,
        passings=patrol.kept(passings),
        left_out=way[lost][0] if lost is not None else None,
        why="处理突发情况，没有走到。" if lost is not None else None,
        note="楼梯间灯不亮，已报修。" if rng.random() < 0.02 else None,
    )  # fmt: skip
