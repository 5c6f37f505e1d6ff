"""Ledgers: what is refused and why, where each fault is shown, who may, and what can be taken away."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guitu.exchange.ledgers.workbook import MOST_BYTES
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import kept, view
from guitu.web.pages.ledgers.preview import masked
from tests.web.recording import html, signed_in, text
from tests.web.sending import COMMUNITY, ROSTER, TODAY, batch_at, entries, import_, send, sent

pytestmark = pytest.mark.usefixtures("lasting_places", "in_june_2020")

PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 99


@pytest.fixture
def in_june_2020(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The day on which the fixtures are to be checked; uploads in a folder of their own."""
    monkeypatch.setenv("GUITU_TODAY", TODAY)
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path)


@pytest.fixture
def intake() -> Client:
    """The intake officer of the centre."""
    return signed_in("intake", "intake_officer", "46J01")


@pytest.fixture
def county() -> Client:
    """The county's anti-drug office."""
    return signed_in("county", "county_supervisor", "469023")


def expected(path: Path, sheet: str, severity: str) -> list[dict]:
    problems = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))["problems"]
    return [p for p in problems if p["sheet"] == sheet and p["severity"] == severity]


def row_of(page: str, number: int) -> str:
    found = re.search(rf'<tr id="r{number}".*?</tr>', page, re.DOTALL)
    assert found, f"row {number} is not on the page"
    return found[0]


def workbook_with_macros() -> bytes:
    data = io.BytesIO(ROSTER.read_bytes())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO(ROSTER.read_bytes())
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<row/>" * 12_000_000)
    return data.getvalue()


REFUSED = {
    "empty": (lambda: b"", "文件是空的", "The file is empty"),
    "broken": (lambda: ROSTER.read_bytes()[:5000], "文件已损坏", "The file is damaged"),
    "a picture": (lambda: PICTURE, "不是表格文件，而是图片", "not a spreadsheet but a picture"),
    "macros": (workbook_with_macros, "文件含有宏", "The file holds macros"),
    "a bomb": (bomb, "与台账的大小不相称", "out of all proportion"),
    "no ledger": (lambda: "菜名,价格\n面条,8\n".encode(), "没有认识的台账", "No ledger was found"),
    "too large": (lambda: b"x" * (MOST_BYTES + 1), "有 21 MB，超过 20 MB", "21 MB, more than the limit"),
    "far too large": (lambda: b"x" * (34 << 20), "有 34 MB，超过 20 MB", "34 MB, more than the limit"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_that_cannot_be_a_ledger_is_one_sentence_and_nothing_is_kept(
    intake: Client, case: str, language: str
) -> None:
    make, zh, en = REFUSED[case]
    intake.cookies["guitu_view"] = f"{language}.normal.normal.normal"
    answer = send(intake, make())
    assert answer.status_code == 422
    page = html(answer)
    assert (zh if language == "zh-hans" else en) in page
    assert 'href="#f-file"' in page
    assert "Traceback" not in page
    assert ImportBatch.objects.count() == 0
    assert not any(kept._folder().glob("*/*")), "something was kept"
    assert entries() == 0


def test_sending_nothing_asks_for_a_file(intake: Client) -> None:
    answer = intake.post("/ledgers/")
    assert answer.status_code == 422
    assert "请先选择一个文件" in html(answer)


def test_a_roster_of_a_centre_is_refused_from_a_county(county: Client) -> None:
    answer = send(county, ROSTER.read_bytes())
    assert answer.status_code == 422
    assert "应由强制隔离戒毒所、公安强制隔离戒毒所导入，示例县不是" in text(answer)


def test_a_centre_takes_in_no_roster_of_the_community_and_so_answers_for_nobody_there(intake: Client) -> None:
    answer = send(intake, COMMUNITY.read_bytes())
    assert answer.status_code == 422
    assert "应由省级、地市级、县级、乡镇（街道）、村（社区）导入，" in text(answer)
    assert "不是；请换一个单位" in text(answer)
    assert entries() == 0


def test_a_form_without_its_token_takes_no_file() -> None:
    strict = signed_in("strict", "intake_officer", "46J01", enforce_csrf_checks=True)
    answer = send(strict, ROSTER.read_bytes())
    assert answer.status_code == 403
    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "who"), [(ROSTER, "intake"), (COMMUNITY, "county")], ids=["roster", "community"]
)
def test_every_fault_is_shown_in_its_row_and_column(
    path: Path, who: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)
    address = sent(client, path)
    said = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    for no, sheet in enumerate(said["sheets"]):
        for severity, show, mark in (("error", "fault", "✕"), ("warning", "warning", "◇")):
            page = html(client.get(address, {"sheet": no, "show": show, "size": 100}))
            wanted = expected(path, sheet["sheet"], severity)
            for problem in wanted:
                row = row_of(page, problem["row"])
                head = rf'data-label="[A-Z]+ {re.escape(problem["column"])}"'
                cell = re.search(head + ">(.*?)</td>", row, re.DOTALL)
                assert cell, (problem, row)
                assert "cell-said" in cell[1], problem
                assert mark in cell[1], problem
            assert page.count('<tr id="r') == len({p["row"] for p in wanted})


def test_checking_writes_nothing_and_says_what_would_go_in(intake: Client) -> None:
    page = text(intake.get(sent(intake, ROSTER)))
    assert "115 行可以导入，15 行有误退回。还没有写入任何内容。" in page
    assert "导入可用的 115 行" in page
    assert entries() == 0


def test_numbers_are_shortened_but_where_they_are_wrong(intake: Client) -> None:
    page = html(intake.get(sent(intake, ROSTER)))
    assert "980701197808029690" in row_of(page, 55)
    assert not re.search(r"(?<!\d)98\d{15}[0-9Xx]", row_of(page, 32))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("981101198501011234", "981***********1234"),
        ("9811 0119 8501 0112 34", "981***********1234"),
        ("18612341402", "186****1402"),
        ("186 1234 1402", "186****1402"),
        ("琼公〔2019〕第00001号", "琼公〔2019〕第00001号"),
        ("2019-06-16", "2019-06-16"),
    ],
)
def test_identity_and_telephone_numbers_are_shortened_however_typed(typed: str, shown: str) -> None:
    assert masked(typed) == shown


def test_what_is_hidden_in_a_sheet_is_said_once_and_is_no_fault(intake: Client) -> None:
    book = openpyxl.load_workbook(ROSTER)
    for row in range(20, 25):
        book["花名册"].row_dimensions[row].hidden = True
    data = io.BytesIO()
    book.save(data)
    page = text(intake.get(send(intake, data.getvalue()).headers["Location"]))
    told = "“花名册”：有 5 行是隐藏或筛选掉的，也一并读入；请确认应当导入。"
    assert page.count(told) == 1
    assert "隐藏" not in text(intake.get(sent(intake, ROSTER)))


def test_the_columns_and_what_they_were_taken_for_are_told_once(intake: Client) -> None:
    page = text(intake.get(sent(intake, ROSTER)))
    assert "按“入所人员花名册”读，表头到第 4 行为止" in page
    assert "日期有这些写法" in page
    assert "人员基本信息·公民身份号码" in page


def test_the_next_fault_leads_from_row_to_row_and_round_again(intake: Client) -> None:
    address = sent(intake, ROSTER)
    rows = sorted(p["row"] for p in expected(ROSTER, "花名册", "error"))
    where, seen = address + "?show=all", []
    for _ in rows:
        found = re.search(
            r'href="(\?[^"]*at=(\d+)#r\d+)"[^>]*>(下一处有误|回到第一处)', html(intake.get(where))
        )
        assert found
        seen.append(int(found[2]))
        where = address + found[1].replace("&amp;", "&").partition("#")[0]
        row_of(html(intake.get(where)), seen[-1])
    assert seen == rows
    assert "回到第一处" in text(intake.get(where))


def test_all_columns_are_the_offices_own_in_their_order(intake: Client) -> None:
    page = html(intake.get(sent(intake, ROSTER), {"columns": "all"}))
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page.partition("<tbody>")[0])
    assert heads[:5] == ["行", "A 序号", "B 姓名", "C 性别", "D 身份证号码"]
    assert len(heads) == 19


def test_held_rows_come_back_as_a_workbook_that_can_be_sent_again(intake: Client) -> None:
    address = sent(intake, ROSTER)
    answer = intake.get(address + "held/")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert any("问题" in row for row in book.get_sheet_by_index(0).to_python())
    again = send(intake, answer.content, "退回行.xlsx")
    page = text(intake.get(again.headers["Location"]))
    assert re.search(r"(\d+) 行有误退回", page)


def test_held_rows_are_told_in_the_language_of_whoever_sent_them(intake: Client) -> None:
    intake.cookies["guitu_view"] = "en.normal.normal.normal"
    address = sent(intake, ROSTER)
    for step in ("checked", "imported"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(intake.get(address + "held/").content))
        told = [str(row[-1]) for row in book.get_sheet_by_index(0).to_python()[4:]]
        assert len(told) == 15
        assert all(line.startswith("was row ") for line in told), step
        if step == "checked":
            import_(intake, address)


def test_a_batch_of_another_area_is_not_there(intake: Client, county: Client) -> None:
    address = sent(intake, ROSTER)
    for act in ("", "progress/", "held/"):
        assert county.get(address + act).status_code == 404
    for act in ("import/", "undo/"):
        assert county.post(address + act).status_code == 404
    assert "facility_roster.xlsx" not in html(county.get("/ledgers/"))
    assert county.get(f"/ledgers/{uuid4()}/").status_code == 404


def test_the_county_sees_a_towns_import_and_cannot_act_on_it(county: Client) -> None:
    town = signed_in("town", "town_office", "469023100")
    address = sent(town, COMMUNITY)
    page = text(county.get(address))
    assert "这是下级单位的导入，只能查看" in page
    assert "导入可用的" not in page
    assert county.post(address + "import/").status_code == 404
    assert "河东镇" in text(county.get("/ledgers/"))


def test_a_post_that_imports_nothing_does_not_open_the_page() -> None:
    village = signed_in("village", "village_worker", "469023100200")
    assert village.get("/ledgers/").status_code == 403


@pytest.mark.parametrize("ledger", ["facility_roster", "community_roster", "urine_tests"])
def test_a_template_is_an_empty_ledger_that_is_read_as_itself(
    intake: Client, county: Client, ledger: str
) -> None:
    sender = county if ledger == "community_roster" else intake
    answer = sender.get(f"/ledgers/template/{ledger}/")
    assert answer.status_code == 200
    again = send(sender, answer.content, "模板.xlsx")
    page = text(sender.get(again.headers["Location"]))
    assert "表里没有一行记录" in page
    assert batch_at(again.headers["Location"]).sheets[0]["ledger"] == ledger


def test_there_is_no_template_of_a_ledger_nobody_knows(intake: Client) -> None:
    assert intake.get("/ledgers/template/nothing/").status_code == 404


def test_what_was_imported_is_exported_ready_to_print_and_reads_back_as_nothing_new(
    intake: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_EXPORT_ALONE", "5000")  # who may take so many along alone is tested elsewhere
    import_(intake, sent(intake, ROSTER))
    answer = intake.get(
        "/ledgers/export/", {"ledger": "facility_roster", "unit": "46J01", "on": "2020-06-28"}
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == view.WORKBOOK
    again = send(intake, answer.content, "导出.xlsx")
    assert "没有新内容" in text(intake.get(again.headers["Location"]))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"on": "昨"}, "看不懂"),
        ({"on": ""}, "请填写日期"),
        ({"unit": "469024"}, "不能导出邻县的台账"),
        ({"ledger": "community_roster"}, "“社戒社康台账”由省级、地市级、县级、乡镇（街道）、村（社区）登记"),
        ({"unit": "nowhere"}, "没有代码为“nowhere”的单位"),
        ({"ledger": "rosters"}, "rosters"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(intake: Client, changed: dict[str, str], says: str) -> None:
    asked = {"ledger": "facility_roster", "unit": "46J01", "on": "2020-06-28"} | changed
    answer = intake.get("/ledgers/export/", asked)
    assert answer.status_code == 422
    assert says in text(answer)


def test_the_form_offers_the_ledgers_that_a_unit_has(intake: Client, county: Client) -> None:
    offered = lambda page: re.findall(r'<option value="([a-z]+_[a-z]+)"', html(page))  # noqa: E731
    assert offered(intake.get("/ledgers/")) == ["facility_roster", "urine_tests"]
    assert offered(county.get("/ledgers/")) == ["community_roster", "urine_tests"]


def test_the_list_says_what_was_imported_by_whom(intake: Client) -> None:
    assert "还没有导入过" in text(intake.get("/ledgers/"))
    import_(intake, sent(intake, ROSTER))
    page = text(intake.get("/ledgers/"))
    assert "facility_roster.xlsx" in page
    assert "入所人员花名册" in page
    assert "李晓梅" in page
    assert "已导入" in page
