"""The access log from the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import gate, read
from guitu.store.access_log import Reading, note
from tests.store.test_commands import guitu
from tests.store.writing import CLERK, TOWN, Pen

pytestmark = pytest.mark.slow

WHY = Label("本单位辖区内", "inside this unit's area")


@pytest.fixture
def case_no(lasting_places: object, now: datetime) -> str:
    """A file that one account has opened twice today, by the clock that commands go by."""
    pen = Pen(1)
    gate.record(pen.person(), actor=CLERK, now=now)
    view = read.file_view(pen.file)
    assert view is not None
    for _ in range(2):
        note(
            Reading("li.xm", "town_office", TOWN, "open", (view.no,), ("identity",), WHY, source="10.0.0.1"),
            datetime.now(CHINA) - timedelta(minutes=1),
        )
    return view.case_no


def test_both_questions_are_answered_and_asking_is_noted(case_no: str, environment: dict[str, str]) -> None:
    seen = json.loads(guitu(environment, "readings", "of", case_no, "--json").stdout)
    (group,) = [g for g in seen["groups"] if g["account"] == "li.xm"]
    assert (group["counts"], group["posts"]) == ({"open": 2}, [{"role": "town_office", "unit": TOWN}])
    account = json.loads(guitu(environment, "readings", "by", "li.xm", "--json").stdout)
    assert account["total"] == 2
    assert {line["why"] for line in account["readings"]} == {WHY.zh}
    assert [line["files"] for line in account["readings"]] == [[case_no]] * 2
    told = guitu(environment, "readings", "unusual", "--json")
    assert json.loads(told.stdout) == {"unusual": []}
    from guitu.store.readings import database

    asked = database.rows("SELECT detail FROM store_reading WHERE what = 'admin' ORDER BY at_ms")
    assert [r[0] for r in asked] == ["readings-of-file", "readings-of-account", "readings-unusual"]
    checked = json.loads(guitu(environment, "verify", "--json").stdout)
    assert (checked["good"], checked["readings"]) == (True, 5)


def test_a_command_that_cannot_be_done_says_so_in_one_sentence(
    case_no: str, environment: dict[str, str]
) -> None:
    for words, said in (
        (("of", "469023-2026-99999"), "没有档案"),
        (("prune", "--before", "2099-01-01"), "至少保存六个月（网络安全法第二十三条）"),
        (("tie", "nobody", "--lives-at", TOWN), "没有账号"),
        (("tie", "nobody"), "告知一项"),
    ):
        ran = guitu(environment, "readings", *words)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert said in ran.stderr
        assert ran.stderr.count("\n") == 1
