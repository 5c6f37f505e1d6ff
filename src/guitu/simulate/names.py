"""Invented people: names as a clerk would meet them, identity numbers and telephones that can be nobody's.

Names are put together from tables of surnames and characters, so a name may be borne by somebody by chance;
the identity number cannot. Rare characters and names with a middle dot are kept in on purpose: search,
sorting and printing must bear them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import gcd
from random import Random
from typing import Final

from guitu.exchange.ledgers.identity import check_digit

# Common surnames of the demo province with rough weights; the last ones are those whose reading as a surname
# differs from the usual one (曾 zēng, 单 shàn, 仇 qiú, 区 ōu, 解 xiè, 盖 gě) and two of two characters.
_SURNAMES: Final = (
    ("陈", 120), ("王", 100), ("林", 70), ("吴", 62), ("李", 60), ("符", 58), ("黄", 50), ("张", 36),
    ("周", 28), ("郑", 26), ("何", 24), ("梁", 22), ("邢", 18), ("许", 18), ("冯", 16), ("蔡", 16),
    ("韩", 14), ("谢", 14), ("杨", 14), ("刘", 14), ("唐", 12), ("韦", 12), ("羊", 10), ("麦", 10),
    ("云", 8), ("莫", 8), ("文", 8), ("卓", 7), ("吉", 7), ("高", 7), ("董", 7), ("苏", 7),
    ("邓", 6), ("胡", 6), ("罗", 6), ("叶", 5), ("钟", 5), ("朱", 5), ("徐", 5), ("陆", 4),
    ("潘", 4), ("卢", 4), ("翁", 4), ("庞", 3), ("孙", 3), ("赵", 3), ("马", 3), ("曾", 12),
    ("单", 2), ("仇", 1), ("区", 1), ("解", 1), ("盖", 1), ("覃", 2), ("欧阳", 2), ("司徒", 1),
)  # fmt: skip

_MALE: Final = "建国志文明德海军伟强勇杰涛斌峰辉鹏飞俊宇浩健平亮刚华东荣光成忠祥福贵南运昌道学才积圣开"
_FEMALE: Final = "丽英芳燕玲霞红梅秀娟萍敏静雪慧婷娜琳洁莹颖倩雯玉兰珍琴凤月春香菊莲银爱少"
_MIDDLE: Final = "亚小世家永金德文业运明春学仕传"
# Characters that old fonts, encodings and careless search stumble over (extensions A, C and E among them).
_RARE: Final = "堃喆翀犇骉㛃䶮㭎𬭎𫖯𬱖"

_DOTTED_MALE: Final = ("艾力", "吐尔逊", "玉素甫", "库尔班", "依明", "艾尼瓦尔", "买买提", "亚森")
_DOTTED_FEMALE: Final = ("阿依古丽", "帕提古丽", "热依汗", "古丽娜尔", "米娜瓦尔", "阿孜古丽")
_CLANS: Final = ("吉克", "阿的", "沙马", "海来", "曲木", "莫色")
_CLAN_GIVEN: Final = ("木呷", "伍各", "阿支", "尔古", "拉日", "阿呷")

_ETHNICITIES: Final = ("汉族", "黎族", "苗族", "壮族", "回族", "瑶族")
_ETHNICITY_WEIGHTS: Final = (800, 160, 18, 12, 6, 4)
_SCHOOLING: Final = ("初中", "小学", "高中", "中专", "大专", "本科", "文盲")
_SCHOOLING_WEIGHTS: Final = (50, 25, 9, 8, 5, 2, 1)

_SURNAME_LIST: Final = tuple(name for name, _ in _SURNAMES)
_SURNAME_CUMULATIVE: Final = tuple(
    sum(weight for _, weight in _SURNAMES[: place + 1]) for place in range(len(_SURNAMES))
)

_SERIALS: Final = 499  # serials 1…998: odd for men, even for women, so 499 of each on any day
_OLDEST, _YOUNGEST = 60, 19  # years, on the day the province is looked at


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, as the identity entry of a case file wants them."""

    name: str
    sex: str
    born: date
    id_number: str
    ethnicity: str
    education: str
    phone: str
    family_phone: str


def identity_number(county: str, born: date, serial: int) -> str:
    """A well-formed number that is nobody's: 98, the county's last four digits, birth, serial, check.

    `county` is a six-digit code; `serial` from 1 to 998, odd for men.
    """
    first_17 = f"98{county[2:6]}{born:%Y%m%d}{serial:03d}"
    return first_17 + check_digit(first_17)


def name(rng: Random, sex: str) -> tuple[str, str]:
    """A name and the ethnic group that goes with it."""
    kind = rng.random()
    if kind < 0.005:
        given = rng.choice(_DOTTED_FEMALE if sex == "female" else _DOTTED_MALE)
        father = rng.choice([other for other in _DOTTED_MALE if other != given])
        return f"{given}·{father}", "维吾尔族"
    if kind < 0.008:
        return f"{rng.choice(_CLANS)}·{rng.choice(_CLAN_GIVEN)}", "彝族"
    surname = rng.choices(_SURNAME_LIST, cum_weights=_SURNAME_CUMULATIVE)[0]
    characters = _FEMALE if sex == "female" else _MALE
    last = rng.choice(_RARE) if kind > 0.995 else rng.choice(characters)
    ethnicity = rng.choices(_ETHNICITIES, _ETHNICITY_WEIGHTS)[0]
    if kind < 0.28:
        return surname + last, ethnicity
    return surname + rng.choice(_MIDDLE + characters) + last, ethnicity


def phone(rng: Random) -> str:
    """An eleven-digit mobile number beginning with 198."""
    return f"198{rng.randrange(10**8):08d}"


def person(rng: Random, number: int, county: str, today: date, sex: str | None = None) -> Person:
    """The person with that running number, of either sex unless one is asked for.

    Two numbers never give the same identity number.

    Uniqueness needs no memory: number → (day of birth, serial) is a permutation, which holds for as many
    people as there are free numbers in one county (`most_people`).
    """
    sex = sex or ("female" if rng.random() < 0.17 else "male")
    day, serial = divmod(number * _stride(today) % most_people(today), _SERIALS)
    born = _birthdays(today)[0] + timedelta(days=day)
    full_name, ethnicity = name(rng, sex)
    return Person(
        name=full_name,
        sex=sex,
        born=born,
        id_number=identity_number(county, born, 2 * serial + (1 if sex == "male" else 2)),
        ethnicity=ethnicity,
        education=rng.choices(_SCHOOLING, _SCHOOLING_WEIGHTS)[0],
        phone=phone(rng),
        family_phone=phone(rng) if rng.random() < 0.8 else "",
    )


@lru_cache(maxsize=8)
def most_people(today: date) -> int:
    """How many people a province can have before identity numbers would repeat: more than seven million."""
    first, last = _birthdays(today)
    return ((last - first).days + 1) * _SERIALS


@lru_cache(maxsize=8)
def _stride(today: date) -> int:
    """A step without a factor in common with the number of slots: it spreads people over all birthdays."""
    step = 3_001_861
    while gcd(step, most_people(today)) != 1:
        step += 2
    return step


@lru_cache(maxsize=8)
def _birthdays(today: date) -> tuple[date, date]:
    return date(today.year - _OLDEST, 1, 1), date(today.year - _YOUNGEST, 1, 1) - timedelta(days=1)
