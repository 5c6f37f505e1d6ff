"""`guitu explain` on a file of the store: by case number or id, on a day, as known then."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from guitu.cli.main import main
from guitu.store import gate
from guitu.store.read.files import file_view
from tests.store.writing import CLERK, Pen


@pytest.fixture(autouse=True)
def _chinese_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's `--lang` holds for its process; here for one test."""
    monkeypatch.setenv("GUITU_LANG", "zh")


@pytest.fixture
def case_no(places: Any, now: datetime) -> str:
    """A person ordered into community treatment and served on 4 January 2024."""
    pen = Pen(1)
    gate.record_many(pen.on_community_treatment(served="2024-01-04"), actor=CLERK, now=now)
    view = file_view(pen.file)
    assert view is not None
    return view.case_no


def test_a_stored_file_is_explained_under_the_rules_of_its_province(
    case_no: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", case_no, "--on", "2024-01-20"]) == 0
    told = capsys.readouterr().out
    assert "社区戒毒，待报到" in told
    assert "视为拒绝" in told
    assert "送达 2024-01-04 ＋ 15天 → 2024-01-19" in told


def test_as_known_before_anything_was_recorded_there_was_no_order(
    case_no: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", case_no, "--on", "2024-01-20", "--known-at", "2024-01-20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["measure"] is None
    assert told["known_at"].startswith("2024-01-20")


@pytest.mark.parametrize(
    "arguments", [["explain"], ["explain", "X-404"], ["explain", "X-404", "--file", "a.cases.yaml"]]
)
def test_a_case_that_is_not_named_or_not_there_is_one_sentence(
    places: Any, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_policy_can_be_checked_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", "--on", "2026-11-24", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    assert main(["policy", "check", "--on", "2028-01-01"]) == 1
    assert "已超过一年" in capsys.readouterr().out
    assert main(["policy", "list", "--region", "33", "--on", "2026-11-24", "--json"]) == 0
    rules = {rule["rule"]: rule for rule in json.loads(capsys.readouterr().out)["rules"]}
    assert rules["LOC-ZJ37"]["applied"]
    assert not rules["COM-3"]["applied"]
    assert rules["MOJ-OUT"]["status"] == "recalled"
    assert main(["policy", "list", "--region", "浙江"]) == 2
