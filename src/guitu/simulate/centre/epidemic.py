"""Against infection, as the demonstration tells it: a screening and some days apart for who came lately,
counts at the entrance, three supplies of which one runs short, one checklist of invented items.

How many days apart, and every item, are this demonstration's own: no article gives them.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.kernel.ids import uuid7
from guitu.simulate.centre import DAYS, LATELY, Add, Stay

_APART: Final = 7
_LIST: Final = "示例检查表（事项由本单位填写）"
_ITEMS: Final = ("示例事项甲", "示例事项乙", "示例事项丙", "示例事项丁")
_SUPPLIES: Final = (
    ("医用口罩", "只", 30, 9000, 220),
    ("消毒液", "升", 30, 90, 3),
    ("抗原检测试剂", "份", 20, 400, 6),
)


def dice(stay: Stay, what: str) -> Random:
    """This person's dice for one thing."""
    return Random(f"epidemic/{stay.centre}/{stay.name}/{stay.born}/{stay.transferred}/{what}")


def of_stay(stay: Stay) -> None:
    """Who came within the last weeks: screened, kept apart for some days, checked on each."""
    came, today, add = stay.transferred, stay.today, stay.life.add
    if came < today - timedelta(days=LATELY):
        _contact(stay)
        return
    if dice(stay, "screened").random() < 0.9:
        add(came, "entry_screening", "nurse", stay.centre, occasion="arrival", time=1030,
            temperature=f"{dice(stay, 'heat').gauss(36.5, 0.2):.1f}", symptoms="no", exposure="no",
            outcome="observe")  # fmt: skip
    _apart(stay, came, "arrival", late=dice(stay, "late").random() < 0.2)


def _contact(stay: Stay) -> None:
    """A few of the others shared a room with somebody ill; of one or two the day was let slip."""
    thrown = dice(stay, "contact").random()
    if thrown < 0.06:
        late = thrown < 0.02
        _apart(stay, stay.today - timedelta(days=9 if late else 4), "contact", late=late)


def _apart(stay: Stay, first: date, ground: str, *, late: bool) -> None:
    add, today = stay.life.add, stay.today
    if not stay.inside(first):
        return
    until = first + timedelta(days=_APART - 1)
    add(first, "health_observation", "intake_officer", stay.centre, ground=ground, until=until,
        place=f"观察区 {dice(stay, 'room').randint(101, 112)}", told="yes",
        reason="示例：新收人员先观察" if ground == "arrival" else "示例：同室有人发热")  # fmt: skip
    ends = until + timedelta(days=4 if late else 0)
    day = first
    while day <= ends and day < today and stay.inside(day):
        rng = dice(stay, f"check/{day}")
        if rng.random() < 0.93:
            unwell = rng.random() < 0.03
            add(day, "observation_check", "nurse", stay.centre, time=900,
                temperature=f"{rng.gauss(37.9 if unwell else 36.5, 0.2):.1f}",
                symptoms="yes" if unwell else "no", **({"which": "咽痛"} if unwell else {}),
                advice="may_end" if day >= until else "go_on")  # fmt: skip
        day += timedelta(days=1)
    if ends < today and stay.inside(ends):
        add(ends, "health_observation_end", "intake_officer", stay.centre, outcome="back")


def of_centre(centre: str, stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """The centre's own file."""
    if not stays:
        return
    rng = Random(f"epidemic/{centre}")
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        for sort, usual in (("staff", 60), ("visitor", 14), ("other", 5)):
            came = max(0, round(rng.gauss(usual, usual / 6)))
            refused = int(sort != "staff" and rng.random() < 0.06)
            missed = int(rng.random() < 0.05)
            add(centre, day, "entry_counted", "centre_head", sort=sort, came=came,
                screened=max(0, came + refused - missed), turned_away=refused)  # fmt: skip
    add(centre, today - timedelta(days=40), "epidemic_case", "centre_head", disease="流行性感冒", people=2,
        sort="staff", found="entry", origin="outside", reported=today - timedelta(days=40))  # fmt: skip
    _supplies(centre, today, rng, add)
    _lists(centre, today, rng, add)


def own_id(centre: str, name: str) -> UUID:
    """What sheets and movements refer to; the same each time."""
    return uuid7(1_767_225_600_000, Random(f"epidemic/{centre}/{name}").randbytes(10))


def _supplies(centre: str, today: date, rng: Random, add: Add) -> None:
    first = today - timedelta(days=DAYS)
    for n, (name, measure, keep, stock, a_day) in enumerate(_SUPPLIES):
        identity = str(own_id(centre, name))
        add(centre, first, "epidemic_supply", "centre_head", name=name, measure=measure, keep_days=keep,
            own_id=identity)  # fmt: skip
        add(centre, first + timedelta(days=1), "supply_moved", "centre_head", supply=identity, name=name,
            way="count", amount=str(stock))  # fmt: skip
        for back in range(DAYS - 3, 0, -7):
            used = max(1, round(rng.gauss(a_day * 7, a_day)))
            day = today - timedelta(days=back)
            add(centre, day, "supply_moved", "centre_head", supply=identity, name=name, way="out",
                amount=str(used))  # fmt: skip
        if n == 0:
            add(centre, today - timedelta(days=5), "supply_moved", "centre_head", supply=identity, name=name,
                way="in", amount="4000")  # fmt: skip


def _lists(centre: str, today: date, rng: Random, add: Add) -> None:
    identity = str(own_id(centre, _LIST))
    first = today - timedelta(days=DAYS)
    add(centre, first, "checklist", "centre_head", name=_LIST, every="day", items="\n".join(_ITEMS),
        from_day=first, own_id=identity)  # fmt: skip
    for back in range(DAYS - 1, 0, -1):
        if rng.random() < 0.06:
            continue
        day = today - timedelta(days=back)
        missed = [item for item in _ITEMS if rng.random() < 0.04]
        add(centre, day, "checklist_filled", "centre_head", checklist=identity, name=_LIST, period=day,
            asked=len(_ITEMS), done=len(_ITEMS) - len(missed),
            **({"gaps": "\n".join(missed)} if missed else {}))  # fmt: skip
