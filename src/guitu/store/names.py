"""What a person is found by: the name, its pinyin and its initials, from any character or syllable on.

A name becomes a few search words; whoever types the beginning of one of them finds the person. 王小明 gives
王小明 小明 明 · wangxiaoming xiaoming ming · wxm xm. Surnames are read as surnames (曾 zeng, 单 shan, 尉迟
yuchi).
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

LONGEST_KEY: Final = 32
MOST_SYLLABLES: Final = 10

SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "纪": "ji", "曲": "qu", "燕": "yan", "宁": "ning", "应": "ying", "石": "shi",
    "种": "chong", "秘": "bi", "折": "she", "黑": "he", "乐": "yue", "员": "yun", "覃": "qin", "晟": "cheng",
    "缪": "miao", "卜": "bu", "召": "shao", "尹": "yin", "洗": "xian", "冼": "xian", "逄": "pang", "繁": "po",
    "哈": "ha", "车": "che", "葛": "ge", "翟": "zhai", "隗": "wei", "宓": "mi", "尧": "yao", "教": "jiao",
    "令狐": "linghu", "尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "长孙": "zhangsun", "单于": "chanyu",
    "宰父": "zaifu", "公冶": "gongye", "欧阳": "ouyang", "司马": "sima", "诸葛": "zhuge", "上官": "shangguan",
    "皇甫": "huangfu", "夏侯": "xiahou", "东方": "dongfang", "慕容": "murong", "司徒": "situ",
    "呼延": "huyan",
    "端木": "duanmu", "独孤": "dugu", "南宫": "nangong", "百里": "baili", "东郭": "dongguo", "闻人": "wenren",
    "公孙": "gongsun", "申屠": "shentu", "太叔": "taishu", "轩辕": "xuanyuan", "钟离": "zhongli",
    "宇文": "yuwen", "鲜于": "xianyu", "司空": "sikong", "赫连": "helian", "拓跋": "tuoba", "第五": "diwu",
}  # fmt: skip
"""Surnames whose reading is not the character's usual one, and surnames of two characters, run together.

Source: readings of surnames in 现代汉语词典; single characters also stand here where the library's first
reading of them is another."""

_TWO: Final = {
    "linghu": ("ling", "hu"), "yuchi": ("yu", "chi"), "moqi": ("mo", "qi"), "tantai": ("tan", "tai"),
    "zhangsun": ("zhang", "sun"), "chanyu": ("chan", "yu"), "zaifu": ("zai", "fu"), "gongye": ("gong", "ye"),
    "ouyang": ("ou", "yang"), "sima": ("si", "ma"), "zhuge": ("zhu", "ge"), "shangguan": ("shang", "guan"),
    "huangfu": ("huang", "fu"), "xiahou": ("xia", "hou"), "dongfang": ("dong", "fang"),
    "murong": ("mu", "rong"), "situ": ("si", "tu"), "huyan": ("hu", "yan"), "duanmu": ("duan", "mu"),
    "dugu": ("du", "gu"), "nangong": ("nan", "gong"), "baili": ("bai", "li"), "dongguo": ("dong", "guo"),
    "wenren": ("wen", "ren"), "gongsun": ("gong", "sun"), "shentu": ("shen", "tu"), "taishu": ("tai", "shu"),
    "xuanyuan": ("xuan", "yuan"), "zhongli": ("zhong", "li"), "yuwen": ("yu", "wen"),
    "xianyu": ("xian", "yu"),
    "sikong": ("si", "kong"), "helian": ("he", "lian"), "tuoba": ("tuo", "ba"), "diwu": ("di", "wu"),
}  # fmt: skip

_NOISE: Final = re.compile(r"[\s·•・.．,，'’\-_]+")


def normalised(text: str) -> str:
    """The text as it is compared: full-width letters made narrow, small letters, no blanks or dots."""
    if text.isascii() and text.isalnum():  # nothing to narrow or take out
        return text.casefold()
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def normalised_id(number: str) -> str:
    """An identity number as it is compared: narrow digits, capital X, no blanks."""
    if number.isascii() and number.isalnum():
        return number.upper()
    return _NOISE.sub("", unicodedata.normalize("NFKC", number)).upper()


_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def eighteen(number: str) -> str:
    """An identity number of fifteen digits in its form of eighteen (GB 11643): the century put in, the check
    digit added. Empty for anything else."""
    if len(number) != 15 or not number.isdigit():
        return ""
    body = f"{number[:6]}19{number[6:]}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


@cache
def _reading(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # names are read character by character
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(character, style=Style.NORMAL, errors="default", v_to_u=False)
    return str(read[0]).replace("ü", "v").casefold()


def syllables(name: str) -> list[str]:
    """The pinyin of a normalised name, one syllable to a Chinese character; other letters stay together."""
    if name[:2] in SURNAMES:
        found, rest = list(_TWO[SURNAMES[name[:2]]]), name[2:]
    elif name[:1] in SURNAMES:
        found, rest = [SURNAMES[name[0]]], name[1:]
    else:
        found, rest = [], name
    found.extend(_reading(c) if _is_chinese(c) else c for c in rest)
    return found


@lru_cache(maxsize=20_000)
def reading(name: str) -> tuple[str, ...]:
    """What names are sorted by: their syllables one after another, then the name itself."""
    plain = normalised(name)
    return (*syllables(plain), plain)


def _is_chinese(character: str) -> bool:
    return character >= "\u3400"


def keys(name: str, id_tail: str = "") -> tuple[str, ...]:
    """The search words of a person, sorted and each once: from every character, syllable and initial on."""
    plain = normalised(name)[:LONGEST_KEY]
    found = {plain[i:] for i in range(min(len(plain), MOST_SYLLABLES))}
    if plain and _is_chinese(max(plain)):
        read = syllables(plain)[:MOST_SYLLABLES]
        initials = "".join(s[:1] for s in read)
        found.update("".join(read[i:])[:LONGEST_KEY] for i in range(len(read)))
        found.update(initials[i:] for i in range(len(initials) - 1))
    if id_tail:
        found.add(normalised(id_tail))
    found.discard("")
    return tuple(sorted(found))
