"""The store's commands, run as an office runs them: in another process, on an empty folder and on a full
one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from guitu.store import gate
from tests.store.tampering import tamper
from tests.store.writing import CLERK, Pen

pytestmark = pytest.mark.slow


def guitu(environment: dict[str, str], *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in another process."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "guitu.cli.main", *arguments],
        env={**environment, "PYTHONPATH": "src"},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """An environment whose data folder does not exist yet."""
    kept = {k: v for k, v in os.environ.items() if k not in {"GUITU_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "GUITU_HOME": str(tmp_path / "office")}


def test_a_command_that_finds_no_store_makes_an_empty_one(fresh: dict[str, str], tmp_path: Path) -> None:
    ran = guitu(fresh, "verify", "--json")
    assert ran.returncode == 0, ran.stderr
    told = {"files": 0, "entries": 0, "roots": 0, "readings": 0}
    assert json.loads(ran.stdout) == {**told, "good": True, "broken": [], "log_broken": []}
    assert "已新建空的数据库" in ran.stderr
    assert (tmp_path / "office" / "guitu.sqlite3").exists()
    assert guitu(fresh, "verify").stdout == "0 份档案，0 条记录，0 条查阅记录，0 个每日签名根：未发现改动\n"


def test_a_centre_and_its_brigade_are_added_below_what_their_codes_begin_with(fresh: dict[str, str]) -> None:
    guitu(fresh, "units", "--add-province", "46")
    added = guitu(fresh, "units", "--add", "46J01", "示范强制隔离戒毒所", "justice_centre")
    assert (added.returncode, added.stdout) == (0, "已增加示范强制隔离戒毒所。\n")
    assert guitu(fresh, "units", "--add", "46J0101", "一大队", "brigade").returncode == 0
    shown = guitu(fresh, "units", "46J01").stdout.splitlines()
    assert [line.split()[:2] for line in shown] == [["46J01", "示范强制隔离戒毒所"], ["46J0101", "一大队"]]
    again = guitu(fresh, "units", "--add", "46J0101", "一大队", "brigade")
    assert (again.returncode, again.stdout) == (0, "一大队已经有了。\n")
    for wrong, said in {
        ("46J01", "别的名字", "justice_centre"): "代码“46J01”已是示范强制隔离戒毒所（强制隔离戒毒所）",
        ("46J02", "二所", "prison"): "没有“prison”这种单位",
        ("46J0201", "一大队", "brigade"): "大队的上级应是强制隔离戒毒所、公安强制隔离戒毒所",
        ("99J01", "外省戒毒所", "justice_centre"): "没有代码为“99J01”的单位",
        ("46-J03", "三所", "justice_centre"): "单位代码用 3 至 32 位数字和大写字母",
        ("46J03", " ", "justice_centre"): "名称不能为空",
    }.items():  # fmt: skip
        refused = guitu(fresh, "units", "--add", *wrong)
        assert refused.returncode == 2, wrong
        assert said in refused.stderr, refused.stderr
        assert "Traceback" not in refused.stderr
    assert len(guitu(fresh, "units", "46J01").stdout.splitlines()) == 2


def test_a_second_province_comes_down_to_its_counties_and_its_towns_from_a_list(
    fresh: dict[str, str], tmp_path: Path
) -> None:
    guitu(fresh, "units", "--add-province", "46")
    added = guitu(fresh, "units", "--add-province", "33")
    assert "102" in added.stdout
    assert "--places" in added.stdout
    assert "--places" not in guitu(fresh, "units", "--add-province", "46").stdout
    file = tmp_path / "places.csv"
    file.write_text("code,name\n330106001001,甲社区\n330106001,北山街道\n", encoding="utf-8-sig")
    assert "2" in guitu(fresh, "units", "--places", str(file)).stdout
    assert "北山街道" in guitu(fresh, "units", "330106").stdout
    assert "甲社区" in guitu(fresh, "units", "330106001").stdout
    for content, word in (
        ("code,name\n339906001,某镇\n", "339906"), ("code,name\n3301,\n", "2"), ("", "没有地方"),
    ):  # fmt: skip
        file.write_text(content, encoding="utf-8")
        refused = guitu(fresh, "units", "--places", str(file))
        assert refused.returncode == 2
        assert word in refused.stderr
        assert "Traceback" not in refused.stderr
    assert guitu(fresh, "units", "--places", str(tmp_path / "none.csv")).returncode == 2


def test_a_province_accounts_and_today_from_the_command_line(fresh: dict[str, str]) -> None:
    assert "3570" in guitu(fresh, "units", "--add-province", "46").stdout
    missing = guitu(fresh, "--lang", "en", "units", "--add-province", "99")
    assert missing.returncode == 2
    assert "there is no province with the code “99”" in missing.stderr
    assert "Traceback" not in missing.stderr
    added = guitu(
        fresh, "staff", "add", "lili", "--role", "town_office", "--unit", "469023100", "--name", "李丽",
        "--password-stdin", stdin="long-enough-1\n",
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert "金江镇 (469023100)" in guitu(fresh, "staff", "list").stdout
    short = guitu(
        fresh, "staff", "add", "li", "--role", "town_office", "--unit", "46", "--password-stdin", stdin="x\n"
    )
    assert (short.returncode, short.stderr) == (2, "密码至少 10 个字符。\n")
    made = guitu(fresh, "staff", "add", "wang", "--role", "town_office", "--unit", "469023100")
    given = guitu(fresh, "staff", "password", "wang")
    told = [re.search(r"一次性密码：(\S+)　", ran.stdout) for ran in (made, given)]
    assert all(told)
    assert told[0][1] != told[1][1]
    nobody = guitu(fresh, "staff", "password", "nobody")
    assert (nobody.returncode, nobody.stderr) == (2, "没有账号“nobody”。\n")
    listed = guitu(fresh, "today", "--on", "2026-11-23", "--json")
    assert json.loads(listed.stdout)["counts"] == {"late": 0, "today": 0, "week": 0}
    wrong = guitu(fresh, "today", "--on", "23.11.2026")
    assert wrong.returncode == 2
    assert "“23.11.2026”不是日期" in wrong.stderr


def test_an_address_that_is_none_is_one_sentence(fresh: dict[str, str]) -> None:
    ran = guitu({**fresh, "GUITU_DATABASE_URL": "mysql://x"}, "verify")
    assert ran.returncode == 2
    assert ran.stderr.startswith("GUITU_DATABASE_URL 应写成")
    away = guitu({**fresh, "GUITU_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "verify")
    assert away.returncode == 2
    assert away.stderr.startswith("数据库暂时不可用")
    assert "Traceback" not in away.stderr


def test_verify_names_the_row_and_exits_with_one(
    lasting_places: object, environment: dict[str, str], now: datetime
) -> None:
    pen = Pen(1)
    gate.record_many([pen.person(), pen.entry("remark", "2026-01-01", text="x")], actor=CLERK, now=now)
    assert guitu(environment, "verify").returncode == 0
    tamper("UPDATE store_entry SET author = 'x' WHERE n = 2")
    ran = guitu(environment, "--lang", "en", "verify")
    assert ran.returncode == 1
    first, last = ran.stdout.splitlines()
    assert first.startswith("✕ file 469023-2026-00001, entry 2 (")
    assert last.endswith("1 do not fit")
    told = json.loads(guitu(environment, "verify", "--json").stdout)
    assert [(b["fault"], b["n"]) for b in told["broken"]] == [("altered", 2)]


def test_today_rebuild_and_refresh_work_on_a_store_in_use(
    lasting_places: object, environment: dict[str, str], now: datetime
) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-08"), actor=CLERK, now=now)
    ran = guitu(environment, "today", "--on", "2026-11-24")
    assert ran.returncode == 0, ran.stderr
    assert "▲ 逾期 1" in ran.stdout
    assert "王小明" in ran.stdout
    assert guitu(environment, "rebuild", "--on", "2026-11-24").stdout == "已重新推算 1 人。\n"
    first = guitu(environment, "refresh", "--on", "2026-11-24").stdout
    assert "已签署 2026-11-24 的根，含 1 份档案" in first
    assert "已签署" not in guitu(environment, "refresh", "--on", "2026-11-24").stdout
    assert guitu(environment, "migrate").stdout == "表结构已是最新。\n"


def test_the_snapshot_is_brought_up_to_date_and_says_what_it_did(
    lasting_places: object, environment: dict[str, str], now: datetime
) -> None:
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2026-11-08"), actor=CLERK, now=now)
    told = json.loads(guitu(environment, "snapshot", "--full", "--json").stdout)
    assert (told["new"], told["people"], told["read_by_rules"]) == (4, 1, 3)
    gate.record(pen.entry("urine_test", "2026-11-09", outcome="refused"), actor=CLERK, now=now)
    ran = guitu(environment, "--lang", "en", "snapshot")
    assert ran.returncode == 0, ran.stderr
    assert "1 new, 1 people" in ran.stdout
    assert "王小明" not in ran.stdout
    assert "（按要求重新生成）" in guitu(environment, "snapshot", "--full").stdout


def test_handing_over_from_the_command_line_says_what_is_wrong_and_when_nothing_is_owed(
    fresh: dict[str, str], tmp_path: Path
) -> None:
    guitu(fresh, "units", "--add-province", "46")
    wrong = guitu(fresh, "--lang", "en", "handover", "card", "--name", "haikou", "--units", "4601", "999999")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "there is no unit with code “999999”" in wrong.stderr
    own = guitu(fresh, "handover", "card", "--name", "haikou", "--units", "4601")
    assert own.returncode == 0, own.stderr
    mine = tmp_path / "mine.json"
    mine.write_text(own.stdout, encoding="utf-8")
    itself = guitu(fresh, "--lang", "en", "handover", "peer", str(mine))
    assert itself.returncode == 2
    assert "This is the card of this system itself" in itself.stderr
    other = json.loads(own.stdout) | {"name": "sanya", "units": ["4602", "999999"], "sign": "A" * 43 + "="}
    theirs = tmp_path / "theirs.json"
    theirs.write_text(json.dumps(other), encoding="utf-8")
    added = guitu(fresh, "--lang", "en", "handover", "peer", str(theirs))
    assert added.returncode == 0, added.stderr
    assert "units on the card that are not known here: 999999" in added.stdout
    nothing = guitu(fresh, "--lang", "en", "handover", "write", "sanya", str(tmp_path / "out"))
    assert nothing.returncode == 0
    assert nothing.stdout == "nothing is owed to “sanya”; no file was written.\n"
    assert not (tmp_path / "out").exists()
    both = guitu(fresh, "--lang", "en", "handover", "read", str(mine), str(theirs))
    assert both.returncode == 2
    assert both.stderr.count("It is damaged, or no bundle") == 2  # one keeps nothing from the next
    none = guitu(fresh, "--lang", "en", "handover", "read", str(tmp_path / "out" / "*"))
    assert none.returncode == 2
    assert "there is no such file" in none.stderr
