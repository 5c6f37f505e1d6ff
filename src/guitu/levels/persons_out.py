"""Whether a sheet of figures holds anybody: numbers of identity cards or telephones, columns about a person,
a column of names, or one row for each person. Such a sheet is refused whole, and nothing of it is
repeated."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label

HEADS: Final = (
    "姓名", "名字", "身份证", "公民身份", "证件号", "证件类型", "性别", "出生", "年龄", "民族",
    "籍贯", "户籍", "住址", "现住", "家庭地址", "手机", "电话", "联系方式", "绰号", "别名",
    "曾用名", "案犯", "嫌疑人姓名", "人员编号", "档案编号", "微信", "车牌", "文化程度", "婚姻",
    "职业", "照片", "亲属", "本人", "name", "surname", "idnumber", "identity", "passport", "sex",
    "gender", "birth", "age", "phone", "mobile", "address", "suspect name",
)  # fmt: skip
"""Words of headings that are about one person. Words of Latin letters must be the whole heading."""
_IDENTITY: Final = re.compile(
    r"(?<!\d)(?:\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dX]|\d{15})(?![\dX])", re.I
)
_MOBILE: Final = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_PASSPORT: Final = re.compile(r"(?<![A-Z0-9])[EGHM][A-Z]?\d{8}(?!\d)")
_BLANKS: Final = re.compile(r"[\s\-—–'‘’`\"“”　]+")
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤符吉羊麦冼"
)
_NAME: Final = re.compile(r"[㐀-鿿]{2,3}|[㐀-鿿]某{1,2}|[㐀-鿿]{1,6}·[㐀-鿿]{1,8}")
_OFFICES: Final = frozenset("报网局厅委院刊社处科办")
"""How a short word for an office or a paper ends: 周报, 高院."""
ENOUGH: Final = 2
"""So many cells of one column that look like names make it a column of names; so many rows of one person each
make a list of persons."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where somebody stands in a sheet: the spreadsheet's own row number, the heading of the column, and what
    betrays it. What stood there is not repeated."""

    row: int
    column: str
    what: Label

    @property
    def says(self) -> Label:
        """The one sentence with which the sheet is refused."""
        return Label(
            f"整个文件没有收下：第 {self.row} 行“{self.column}”{self.what.zh}。公安数据只收公布的汇总数，"
            "不收任何个人的行。",
            f"The file was refused whole: row {self.row}, “{self.column}”, {self.what.en}. Police figures"
            " come as published aggregates only, and no row about a person is taken.",
        )


def squeezed(text: str) -> str:
    """A word without blanks and dashes, full-width made half-width, in small letters."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def head_of_a_person(text: str) -> bool:
    """Whether a heading is about one person."""
    plain = squeezed(text)
    return any(plain == word.replace(" ", "") if word.isascii() else word in plain for word in HEADS)


def number_of_a_person(text: str) -> Label | None:
    """What number of somebody a cell holds, or None."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if _IDENTITY.search(plain):
        return Label("有证件号", "holds an identity number")
    if _MOBILE.search(plain):
        return Label("有手机号", "holds a telephone number")
    if _PASSPORT.search(plain):
        return Label("有护照号", "holds a passport number")
    return None


def nobody(text: str) -> Label | None:
    """The fault of a text that holds somebody's number, for questions that are to hold nobody."""
    if number_of_a_person(text) is None:
        return None
    return Label(
        "这里不写任何人的证件号、电话号码。", "No number of anybody's card or telephone stands here."
    )


def like_a_name(text: str) -> bool:
    """Whether a cell looks like the name of somebody."""
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    if plain[-1:] in _OFFICES:
        return False
    return bool(_NAME.fullmatch(plain)) and ("·" in plain or "某" in plain or plain[0] in _SURNAMES)


def persons_in(
    heads: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], known: Mapping[int, frozenset[str]]
) -> Found | None:
    """The first place where somebody stands; None in a sheet of figures. `heads` are the headings of the
    columns, `rows` the rows below with their numbers, `known` by column the words that are expected there and
    are nobody's name."""
    for at, head in enumerate(heads):
        if head_of_a_person(head):
            return Found(1, head or _letter(at), Label("这一栏写的是个人", "is a column about persons"))
    named: Counter[int] = Counter()
    for number, cells in rows:
        for at, cell in enumerate(cells):
            column = heads[at] if at < len(heads) and heads[at] else _letter(at)
            if (what := number_of_a_person(cell)) is not None:
                return Found(number, column, what)
            if cell not in known.get(at, frozenset()) and like_a_name(cell):
                named[at] += 1
                if named[at] >= ENOUGH:
                    return Found(number, column, Label("像是人名", "looks like names"))
    return None


def one_row_each(rows: Iterable[tuple[int, tuple[object, ...], str, str]]) -> Found | None:
    """Whether some rows are one person each: several of one series, place and period whose value is 1.
    `rows` are a row's number, what it is of, its value, and the heading of the value."""
    seen: Counter[tuple[object, ...]] = Counter()
    for number, of, value, column in rows:
        if value.strip().rstrip("人") in {"1", "1.0", "一"}:
            seen[of] += 1
            if seen[of] >= ENOUGH:
                return Found(number, column, Label("一行一人", "is one row for each person"))
    return None


def _letter(at: int) -> str:
    """A column's letter, as spreadsheets have it."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
