"""Importing a ledger: what goes in, what was interrupted, what is kept, and how a batch is taken back."""

from __future__ import annotations

import os
import re
import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from python_calamine import CalamineWorkbook

from guitu.exchange.ledgers import importing
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.keys import KeyUnusable
from guitu.store.read import people
from guitu.store.shown import shown
from guitu.web import counters, limits
from guitu.web.bounds import rates_in
from guitu.web.components.progress.component import Progress
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import build, kept, view, work
from guitu.web.pages.ledgers.kept import FILE, HELD, Kept
from guitu.web.pages.ledgers.work import Beat
from tests.web.recording import html, signed_in, text
from tests.web.sending import COMMUNITY, ROSTER, TODAY, batch_at, entries, import_, send, sent, until

pytestmark = pytest.mark.usefixtures("lasting_places", "in_june_2020")


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


def test_the_good_rows_go_in_and_the_rest_can_be_downloaded(intake: Client) -> None:
    address = sent(intake, ROSTER)
    import_(intake, address)
    page = text(intake.get(address))
    assert "已导入 115 行，写入 460 条记录。" in page
    assert "15 行有误退回，没有导入" in page
    assert entries() == 460
    assert intake.get(address + "held/").status_code == 200
    assert people("46J01")[1] == 115


def test_two_sheets_go_in_from_one_file(county: Client) -> None:
    address = sent(county, COMMUNITY)
    import_(county, address)
    sheets = {s["sheet"]: (s["new"], s["held"]) for s in batch_at(address).sheets}
    assert sheets == {"社戒社康": (122, 4), "尿检": (125, 5)}


def test_the_file_is_deleted_once_it_is_in(intake: Client) -> None:
    address = sent(intake, ROSTER)
    store = Kept(batch_at(address).pk)
    assert store.has(FILE)
    import_(intake, address)
    assert not store.has(FILE)
    assert {p.name for p in store.folder.iterdir()} == {"key", HELD}


def test_what_is_kept_is_sealed(intake: Client) -> None:
    store = Kept(batch_at(sent(intake, ROSTER)).pk)
    assert store.folder.stat().st_mode & 0o777 == 0o700
    for part in store.folder.iterdir():
        assert part.stat().st_mode & 0o777 == 0o600
        data = part.read_bytes()
        assert not data.startswith(b"PK")
        assert "黄刚健".encode() not in data


def test_the_same_file_again_is_recognised_and_brings_nothing_new(intake: Client) -> None:
    import_(intake, sent(intake, ROSTER))
    before = entries()
    address = sent(intake, ROSTER)
    page = text(intake.get(address))
    assert "没有新内容可以导入：115 行已有记录，15 行有误退回。" in page
    assert "由李晓梅导入过" in page
    assert "导入可用的" not in page
    assert entries() == before


def test_pressing_import_twice_imports_once(intake: Client) -> None:
    address = sent(intake, ROSTER)
    intake.post(address + "import/")
    intake.post(address + "import/")
    until(lambda: batch_at(address).state == "done")
    assert entries() == 460
    assert len(batch_at(address).runs) == 1


def test_two_imports_at_once_are_safe(intake: Client, county: Client) -> None:
    one, other = sent(intake, ROSTER), sent(county, COMMUNITY)
    intake.post(one + "import/")
    county.post(other + "import/")
    until(lambda: {batch_at(one).state, batch_at(other).state} == {"done"})
    assert entries() == 460 + sum(s["entries"] for s in batch_at(other).sheets)


def test_progress_is_told_and_leads_to_the_result(intake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = sent(intake, ROSTER)
    going = threading.Event()
    real = importing.record_many

    def slow(*args, **kwargs):
        assert going.wait(20)
        return real(*args, **kwargs)

    monkeypatch.setattr(importing, "record_many", slow)
    intake.post(address + "import/")
    page = html(intake.get(address))
    assert "正在导入" in page
    assert "0 / 115" in page
    assert f'hx-get="{address}progress/?said=0"' in page
    assert "可以离开" in page
    part = intake.get(address + "progress/", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in html(part)
    going.set()
    until(lambda: batch_at(address).state == "done")
    after = intake.get(address + "progress/", headers={"HX-Request": "true"})
    assert after.headers["HX-Redirect"] == address


def test_what_was_interrupted_is_shown_and_goes_on_without_doubling(
    intake: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sent(intake, ROSTER)
    killed = {"from": 0, "upto": None, "at_ms": 0, "on": "2020-06-28"}
    ImportBatch.objects.update(state="importing", runs=[killed])
    page = text(intake.get(address))
    assert "被中断" in page
    assert "继续" in page
    import_(intake, address)
    assert entries() == 460
    assert "已导入 115 行" in text(intake.get(address))


def test_a_full_disk_stops_the_import_with_its_sentence_and_it_can_be_tried_again(
    intake: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sent(intake, ROSTER)
    real = importing.record_many

    def full(*_args, **_kwargs):
        from django.db import OperationalError

        raise engine.unavailable(OperationalError("database or disk is full"))

    monkeypatch.setattr(importing, "record_many", full)
    import_(intake, address)
    assert "磁盘已满" in text(intake.get(address))
    assert entries() == 0
    monkeypatch.setattr(importing, "record_many", real)
    import_(intake, address)
    assert entries() == 460


def test_a_fault_of_ours_is_a_sentence_too(
    intake: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address = sent(intake, ROSTER)
    monkeypatch.setattr(work, "import_workbook", lambda *_a, **_k: 1 / 0)
    import_(intake, address)
    assert "系统出了差错" in text(intake.get(address))
    assert "division by zero" in caplog.text


def test_a_fault_of_ours_while_looking_is_told_as_ours_and_is_no_upload(
    intake: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fresh = counters.Counters(tmp_path / "rates", "key")
    monkeypatch.setattr(limits, "_counters", lambda: fresh)
    intake.raise_request_exception = False
    with override_settings(RATES={**rates_in({}), "upload": 1}), monkeypatch.context() as broken:
        broken.setattr(work, "import_workbook", lambda *_a, **_k: 1 / 0)
        for _ in range(3):
            answer = send(intake, ROSTER.read_bytes())
            assert answer.status_code == 500
            assert "没有核对完，什么都没有写入。请再上传一次" in text(answer)
            assert "按“继续”" not in text(answer)
        broken.undo()
        assert send(intake, ROSTER.read_bytes()).status_code == 302
        assert send(intake, ROSTER.read_bytes()).status_code == 429


@pytest.mark.parametrize(
    ("fault", "status"),
    [(engine.taken(), 503), (KeyUnusable(Label("没有主密钥。", "There is no master key.")), 500)],
)
def test_that_the_store_cannot_be_asked_is_not_the_files_fault(
    intake: Client, monkeypatch: pytest.MonkeyPatch, fault: GuituError, status: int
) -> None:
    def failing(*_args: object, **_more: object) -> None:
        raise fault

    monkeypatch.setattr(work, "import_workbook", failing)
    answer = send(intake, ROSTER.read_bytes())
    assert answer.status_code == status
    assert fault.label.zh in text(answer)
    monkeypatch.setattr(view, "export_ledger", failing)
    asked = {"ledger": "facility_roster", "unit": "46J01", "on": "2020-06-28"}
    assert intake.get("/ledgers/export/", asked).status_code == status


def test_rows_that_are_left_out_have_one_name_from_the_check_to_the_end(intake: Client) -> None:
    address = sent(intake, ROSTER)
    checked = text(intake.get(address))
    import_(intake, address)
    done = text(intake.get(address))
    for page in (checked, done):
        assert "下载退回行" in page
        assert "有误行" not in page
    assert "只看退回行" in checked


def test_an_upload_that_was_not_imported_is_deleted_after_a_day(intake: Client) -> None:
    address = sent(intake, ROSTER)
    folder = Kept(batch_at(address).pk).folder
    a_day_ago = folder.stat().st_mtime - kept.KEPT_FOR - 60
    os.utime(folder, (a_day_ago, a_day_ago))
    assert "文件已删除" in text(intake.get("/ledgers/"))
    page = text(intake.get(address))
    assert "只保留 24 小时" in page
    assert "导入可用的" not in page
    assert intake.get(address + "held/").status_code == 404


def test_a_batch_is_taken_back_whole_and_nothing_is_deleted(intake: Client) -> None:
    address = sent(intake, ROSTER)
    import_(intake, address)
    assert "撤销本批" in text(intake.get(address))
    assert intake.post(address + "undo/").status_code == 302
    until(lambda: batch_at(address).state == "undone")
    assert entries() == 2 * 460
    assert people("46J01")[1] == 0
    page = text(intake.get(address))
    assert "本批已由李晓梅于" in page
    assert "撤销本批" not in page


def test_after_taking_it_back_the_same_file_can_go_in_again_and_again(intake: Client) -> None:
    for _ in range(2):
        address = sent(intake, ROSTER)
        assert "115 行可以导入" in text(intake.get(address))
        import_(intake, address)
        assert people("46J01")[1] == 115
        intake.post(address + "undo/")
        until(lambda at=address: batch_at(at).state == "undone")
        assert people("46J01")[1] == 0


def test_taking_back_leaves_what_was_there_before_as_it_was(county: Client) -> None:
    first = sent(county, COMMUNITY)
    import_(county, first)
    before = people("469023")[1]
    book = CalamineWorkbook.from_path(COMMUNITY).get_sheet_by_name("尿检").to_python()
    head, row = book[2], book[3]
    row[head.index("检测日期")] = "2020-06-27"
    table = "\n".join(",".join(str(cell) for cell in line) for line in (head, row))
    second = send(county, table.encode(), "尿检.csv").headers["Location"]
    import_(county, second)
    number = entries()
    county.post(second + "undo/")
    until(lambda: batch_at(second).state == "undone")
    assert entries() == number + 1
    assert people("469023")[1] == before
    again = send(county, table.encode(), "尿检.csv").headers["Location"]
    assert "1 行都可以导入" in text(county.get(again))
    import_(county, again)
    assert entries() == number + 2


def test_a_batch_on_which_more_was_recorded_is_not_taken_back_and_says_whose(intake: Client) -> None:
    address = sent(intake, ROSTER)
    import_(intake, address)
    case = str(engine.rows("SELECT case_no FROM store_casefile ORDER BY no")[0][0])
    name = shown(engine.rows("SELECT sealed FROM store_person ORDER BY file")[0][0]).name
    page = html(intake.get(f"/files/{case}/record/remark/"))
    identifier = re.search(r'name="id" value="([^"]+)"', page)
    assert identifier
    saved = intake.post(
        f"/files/{case}/record/remark/", {"id": identifier[1], "happened_on": "2020-06-28", "text": "已谈话"}
    )
    assert saved.status_code in (200, 302), text(saved)
    assert entries() == 461, text(saved)
    answer = intake.post(address + "undo/")
    assert answer.status_code == 409
    assert f"{name}（{case}）" in text(answer)
    assert entries() == 461
    assert batch_at(address).state == "done"


def test_after_a_day_it_can_no_longer_be_taken_back(intake: Client) -> None:
    address = sent(intake, ROSTER)
    import_(intake, address)
    finished = batch_at(address).finished_at
    assert finished
    ImportBatch.objects.update(finished_at=finished - timedelta(hours=25))
    assert "撤销本批" not in text(intake.get(address))
    intake.post(address + "undo/")
    assert entries() == 460


def test_each_quarter_is_read_aloud_once() -> None:
    def look(done: int, said: int) -> Progress:
        return build.progress(ImportBatch(id=uuid4(), state="importing"), Beat(done, 100, 5.0, 0.0), said)

    assert look(24, 0).quarter is None
    assert look(25, 0).quarter == Label("已完成 25%", "25% done")
    assert look(49, 25).quarter is None
    assert look(80, 25).quarter == Label("已完成 75%", "75% done")
    assert look(80, 25).next_look.endswith("?said=75")
