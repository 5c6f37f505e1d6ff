"""The two commands: what they print, what they refuse, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guitu.cli.main import main
from guitu.store import analysis
from tests.simulate.files import YUNNAN, asking, counted, planned
from tests.store.writing import Pen

FILE = """
[[figure]]
key = "police.criminal_cases_change"
label = "刑事案件同比"
scope = "530102"
from = 2024-01-01
until = 2024-12-31
value = -29.68
unit = "percent"
imported = true
conflict = -9.68

[[figure]]
key = "registered.rate"
label = "占人口比"
scope = "530000"
on = 2024-12-31
value = 3.21
unit = "permille"
printed_unit = "percent"
imported = true

[[figure]]
key = "outreach.talks"
label = "宣讲"
scope = "530000"
from = 2024-01-01
until = 2024-12-31
value = {talks}
unit = "event"
"""


@pytest.fixture
def checked(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of figures, and the records made to it."""
    from guitu.indicators.targets import read

    file = tmp_path / "targets.toml"
    file.write_text(FILE.format(talks=6), encoding="utf-8")
    made = planned(read(file), people=4)
    monkeypatch.setattr(analysis, "up_to_date", lambda day, now: counted(made, tmp_path / "analysis"))
    return file


def test_every_figure_stands_on_a_line_with_printed_value_ours_and_difference(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["indicators", "check", "--targets", str(checked)]) == 0
    text = capsys.readouterr().out
    lines = text.splitlines()
    talks = next(line for line in lines if line.startswith("宣讲"))
    assert talks.split()[-6:] == ["6", "次", "6", "次", "0", "一致"]
    assert "另一处印作 -9.68：两处都保留，不取舍。" in text
    assert "原文单位印作 %，应为 ‰。" in text
    assert "公布的汇总数，照录，不从人员推算。" in text
    assert lines[-1] == "共 3 个数字，准确数 3 个，其中不一致 0 个；原文自相矛盾或单位有误 2 处。"


def test_a_difference_of_an_exact_figure_is_exit_code_one(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked.write_text(FILE.format(talks=7), encoding="utf-8")
    assert main(["indicators", "check", "--targets", str(checked), "--json"]) == 1
    found = {one["key"]: one for one in json.loads(capsys.readouterr().out)}
    talks = found["outreach.talks"]
    assert (talks["printed"], talks["ours"], talks["difference"], talks["verdict"]) == (7, 6, -1, "different")
    change = found["police.criminal_cases_change"]
    assert (change["ours"], change["conflict"], change["imported"]) == (-29.68, -9.68, True)
    assert [warning["code"] for warning in change["warnings"]] == ["conflict"]
    assert found["registered.rate"]["printed_unit"] == "percent"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("outreach.talks", "outreach.talk", "outreach.talks"), ('"530000"\non', '"540000"\non', "540000")],
)
def test_what_the_file_names_and_nobody_knows_is_one_sentence(
    checked: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    checked.write_text(FILE.format(talks=6).replace(old, new), encoding="utf-8")
    assert main(["indicators", "check", "--targets", str(checked)]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_how_many_people_it_takes_is_said_without_writing(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["simulate", "--targets", str(YUNNAN), "--people", "500", "--seed", "5", "--on", "2026-11-23"]
    assert main([*arguments, "--plan-only", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["needed"] == planned(people=500).needed


def test_invented_people_do_not_go_among_real_ones(
    places: object, capsys: pytest.CaptureFixture[str]
) -> None:
    from guitu.access import house
    from guitu.store import gate
    from tests.conftest import NOW

    gate.record(Pen(1).person(), actor=house(), now=NOW)
    assert main(["simulate", "--targets", str(YUNNAN), "--people", "500", "--on", "2026-11-23"]) == 2
    assert "只写进空的库" in capsys.readouterr().err


def test_nobody_at_all_is_too_few(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--targets", str(YUNNAN), "--people", "0"]) == 2
    assert "人数" in capsys.readouterr().err


def test_targets_of_the_tests_are_read_like_any_other_file() -> None:
    (one,) = asking("admissions.all 460000 2021-01-01 2021-12-31 3 person").figures
    assert (one.codes[-1], one.exact) == ("46", True)
