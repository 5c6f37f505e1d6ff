"""Published police figures on their pages: what stands, what contradicts it, what was replaced; and a sheet
that is refused whole when anybody stands in it."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from guitu.access import house
from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.exchange.published import template
from guitu.store import engine, unitfiles
from guitu.store.units import tree
from tests.store.writing import TOWN
from tests.web.desk import html, links, text
from tests.web.recording import hidden, signed_in

MONDAY = date(2026, 11, 23)
COUNTY = "469023"
IMPORT = "/police-figures/import/"
HEAD = [
    "指标",
    "地区代码",
    "数据起始日期",
    "数据截止日期",
    "数值",
    "原文所印单位",
    "印在何处",
    "出处",
    "公布日期",
    "更新同期以前公布的",
]
ROW = ["缴获毒品（公斤）", "", "2025-01-01", "2025-12-31", "79.159", "", "正文", "示例日报", "2026-01-20", ""]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, places: object) -> None:
    monkeypatch.setenv("GUITU_TODAY", MONDAY.isoformat())


@pytest.fixture
def county() -> Client:
    return signed_in("county", "county_supervisor", COUNTY)


def told(now: datetime, code: str, on: str, /, **fields: Any) -> Entry:
    """A figure that is entered already."""
    more = {"first": date(2025, 1, 1), "last": date(2025, 12, 31), "source": "示例日报", **fields}
    kind = "published_figure"
    entry = unitfiles.new_entry(code, kind, date.fromisoformat(on), more, now=now, author="x", office=code)
    unitfiles.record(entry, actor=house(), now=now)
    return entry


def counted(code: str = COUNTY) -> list[Entry]:
    return list(unitfiles.unit_file(tree().find(code)).counted())


def csv(*rows: list[str], name: str = "公安.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(",".join(row) for row in rows).encode("utf-8-sig"))


def xlsx(*rows: list[Any]) -> SimpleUploadedFile:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile("公安.xlsx", stream.getvalue())


def test_prints_stand_beside_each_other_until_one_is_replaced(county: Client, now: datetime) -> None:
    assert "还没有录入公布的数" in text(html(county, "/police-figures/"))
    told(now, COUNTY, "2026-01-20", series="police.order_cases_change", value="-29.68", printed_in="text")
    told(now, COUNTY, "2026-01-20", series="police.order_cases_change", value="-9.68", printed_in="box")
    said = text(html(county, "/police-figures/"))
    assert "在用 1 个，不一致 1 个，已被更新 0 个" in said
    assert "在用的是 -29.68" in said
    told(now, COUNTY, "2026-03-20", series="police.order_cases_change", value="-9.7", replaces="yes")
    said = text(html(county, "/police-figures/?state=replaced"))
    assert "在用 1 个，不一致 0 个，已被更新 2 个" in said
    assert "共 2 个" in said


def test_a_sheet_is_looked_at_and_then_entered_whole_and_once(county: Client) -> None:
    other = [*ROW[:4], "36", "", "数说、图表", "示例日报", "2026-01-20", "否"]
    other[0] = "police.suspects"
    answer = county.post(IMPORT, {"file": csv(HEAD, ROW, other)})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "没有发现个人的资料；2 个数可以录入" in text(page)
    assert counted() == []
    sent = {"unit": "", "rows": _rows(page)}
    assert county.post(f"{IMPORT}enter/", sent).status_code == 302
    assert county.post(f"{IMPORT}enter/", sent).status_code == 302  # pressed twice
    assert sorted(str(e.get("value")) for e in counted()) == ["36", "79.159"]
    assert counted()[0].get("printed_in") in ("text", "box")
    again = county.post(IMPORT, {"file": csv(HEAD, ROW, other)})
    assert "0 个数可以录入" in text(again.content.decode())


def _rows(page: str) -> str:
    from html import unescape

    return unescape(hidden(page, "rows"))


def test_a_workbook_with_numbers_and_days_is_read_like_text(county: Client) -> None:
    rows = [
        HEAD,
        ["破获毒品刑事案件", TOWN, "2025年1月1日", "2025.12.31", 31, "", "", "示例日报", "2026-1-20", ""],
    ]
    answer = county.post(IMPORT, {"file": xlsx(*rows)})
    assert answer.status_code == 200, text(answer.content.decode())
    county.post(f"{IMPORT}enter/", {"unit": "", "rows": _rows(answer.content.decode())})
    (entry,) = counted(TOWN)
    assert (entry.get("series"), entry.get("value"), entry.happened_on) == (
        "police.cases",
        "31",
        date(2026, 1, 20),
    )


def test_one_wrong_row_and_nothing_is_written(county: Client) -> None:
    bad = [*ROW]
    bad[2], bad[4], bad[8] = "2025-13-01", "许多", "2027-01-01"
    unknown = ["没有的指标", "999999", *ROW[2:]]
    answer = county.post(IMPORT, {"file": csv(HEAD, ROW, bad, unknown)})
    assert answer.status_code == 422
    said = text(answer.content.decode())
    assert "2 行有误，1 行可用" in said
    for where in ("数据起始日期", "数值", "公布日期", "指标", "地区代码"):
        assert where in said
    assert counted() == []
    for wrong, says in (
        (csv(["甲", "乙"], ["1", "2"]), "缺少这些栏"),
        (csv(HEAD), "表头下面没有数据"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4 x"), "PDF"),
        (SimpleUploadedFile("a.csv", b""), "请先选择一个文件"),
    ):
        answer = county.post(IMPORT, {"file": wrong})
        assert answer.status_code == 422
        assert says in text(answer.content.decode())


PERSONS = {
    "an identity number": csv(HEAD, [*ROW[:7], "98010119900101001X", *ROW[8:]]),
    "an identity number with blanks": csv(HEAD, [*ROW[:7], "980101 1990 0101 001X", *ROW[8:]]),
    "a telephone": csv(HEAD, [*ROW[:7], "示例日报 13800138000", *ROW[8:]]),
    "a column of names": csv([*HEAD, "姓名"], [*ROW, "王小明"]),
    "names under another heading": csv([*HEAD, "备注"], [*ROW, "王小明"], [*ROW, "符小妹"]),
    "names without a heading": csv([*HEAD, ""], [*ROW, "王小明"], [*ROW, "符小妹"]),
    "above the headings": csv(["王小明 98010119900101001X"], HEAD, ROW),
    "one row for each person": csv(
        HEAD, *[["抓获毒品犯罪嫌疑人", "", "2025-01-01", "2025-01-01", "1", *ROW[5:]] for _ in range(3)]
    ),
    "a roster": csv(["序号", "姓名", "身份证号", "案由"], ["1", "王小明", "98010119900101001X", "贩卖"]),
    "a workbook": xlsx([*HEAD, "身份证号"], [*ROW, "98010119900101001X"]),
}


@pytest.mark.parametrize("what", PERSONS)
def test_a_sheet_in_which_anybody_stands_is_refused_whole_with_one_sentence(
    what: str, county: Client
) -> None:
    file = PERSONS[what]
    file.seek(0)
    answer = county.post(IMPORT, {"file": file})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "整个文件没有收下" in page
    assert "不收任何个人的行" in page
    for never in ("王小明", "符小妹", "98010119900101001X", "13800138000"):
        assert never not in page  # what stood there is not repeated
    assert counted() == []
    assert engine.row("SELECT count(*) FROM store_entry WHERE kind = 'published_figure'") == (0,)


def test_a_confirmation_that_was_tampered_with_is_checked_like_any_other(county: Client) -> None:
    page = county.post(IMPORT, {"file": csv(HEAD, ROW)}).content.decode()
    rows = _rows(page)
    for old, new in (("示例日报", "98010119900101001X"), ("police.seized_kg", "nothing"), (COUNTY, "46")):
        assert old in rows
        answer = county.post(f"{IMPORT}enter/", {"unit": "", "rows": rows.replace(old, new)})
        assert answer.status_code == 422
    for broken in (
        "",
        "[]x",
        '[{"row":1}]',
        '{"a":1}',
        "[1]",
        '[{"row":1,"unit":"x","day":"x","fields":{}}]',
    ):
        assert county.post(f"{IMPORT}enter/", {"unit": "", "rows": broken}).status_code == 400
    assert counted() == []


def test_a_figure_typed_by_hand_names_nobody_either(county: Client) -> None:
    where = f"/police-figures/record/{COUNTY}/published_figure/"
    form = html(county, where)
    sent = {
        "id": hidden(form, "id"),
        "in": COUNTY,
        "happened_on": "2026-01-20",
        "series": "police.suspects",
        "first": "2025-01-01",
        "last": "2025-12-31",
        "value": "36",
        "source": "王某 98010119900101001X",
    }
    wrong = county.post(where, sent)
    assert wrong.status_code == 422
    assert "不写任何人" in wrong.content.decode()
    assert county.post(where, {**sent, "source": "示例日报"}).status_code == 302
    (correct,) = [h for h, w in links(html(county, "/police-figures/")) if w == "更正"]
    assert county.get(correct).status_code == 200


def test_the_template_may_be_sent_as_it_is_and_who_may_not_look(county: Client) -> None:
    data = template(kinds()["published_figure"])
    answer = county.post(IMPORT, {"file": SimpleUploadedFile("t.csv", data)})
    assert answer.status_code == 200, text(answer.content.decode())
    assert county.get(f"{IMPORT}template.csv").status_code == 200
    outreach = signed_in("talks", "outreach", "46")
    assert outreach.get("/police-figures/").status_code == 200
    assert outreach.get(IMPORT).status_code == 403
    assert signed_in("town", "town_office", TOWN).get("/police-figures/").status_code == 403
    assert county.get("/police-figures/?unit=469024").status_code == 404
