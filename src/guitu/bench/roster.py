"""A large roster as a workbook: one sheet, one header row, eighteen columns, lawful rows of invented people.

A plain layout, because the peer needs its header in the first row; faults are planted on every thousandth
row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from guitu.kernel.days import last_day
from guitu.simulate import names
from guitu.store.divisions import load_province

COLUMNS = (
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "出生年月日",
    "民族",
    "户籍地",
    "文化程度",
    "决定书文号",
    "决定机关",
    "决定日期",
    "期限起",
    "期限止",
    "入所日期",
    "吸食毒品种类",
    "患病情况",
    "家属电话",
    "备注",
)
ON = date(2026, 11, 23)
_DRUGS = ("海洛因", "冰毒", "麻古", "氯胺酮", "大麻", "合成大麻素")
_ILL = ("无", "高血压", "乙肝", "糖尿病", "肺结核", "")
_WAYS = ("%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日")


def faults(rows: int) -> int:
    """How many rows of the workbook have a fault."""
    return rows // 1000


def write(path: Path, rows: int, seed: int = 3) -> None:
    """Write the workbook. Every thousandth row has a check digit that is wrong."""
    rng = Random(seed)
    counties = [d.code for d in load_province("46") if d.level == "county"]
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, COLUMNS)
    for number in range(1, rows + 1):
        person = names.person(rng, number, counties[number % len(counties)], ON)
        decided = ON - timedelta(days=rng.randrange(200, 700))
        admitted = decided + timedelta(days=rng.randrange(1, 150))
        identity = person.id_number
        if number % 1000 == 0:
            identity = identity[:-1] + ("0" if identity[-1] != "0" else "1")
        way = _WAYS[number % len(_WAYS)]
        sheet.write_row(
            number,
            0,
            (
                number,
                person.name,
                "男" if person.sex == "male" else "女",
                identity,
                person.born.strftime(way),
                person.ethnicity,
                "澄迈县金江镇",
                person.education,
                f"示公（禁）强戒决字〔{decided.year}〕第{number:06d}号",
                "示例县公安局",
                decided.strftime(way),
                decided.strftime(way),
                last_day(decided, 24).strftime(way),
                admitted.strftime(way),
                rng.choice(_DRUGS),
                rng.choice(_ILL),
                person.family_phone,
                "",
            ),
        )
    book.close()
