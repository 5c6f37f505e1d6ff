"""Ledgers over the API: whose fault it is when a file is not checked or a ledger not made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest

from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.keys import KeyUnusable
from guitu.web.api import ledgers as api_ledgers
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import work
from tests.web.calling import Program


def fails(fault: Exception) -> Callable[..., NoReturn]:
    def failing(*_args: object, **_more: object) -> NoReturn:
        raise fault

    return failing


@pytest.mark.parametrize(
    ("fault", "status", "code", "said"),
    [
        (ZeroDivisionError(), 500, "broken", work.NOT_CHECKED),
        (
            KeyUnusable(Label("没有主密钥。", "No master key.")),
            500,
            "broken",
            Label("没有主密钥。", "No master key."),
        ),
        (engine.taken(), 503, "unavailable", engine.taken().label),
    ],
)
def test_a_fault_of_ours_is_not_told_to_a_program_as_its_own(
    lasting_places: object,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    status: int,
    code: str,
    said: Label,
) -> None:
    program = Program()
    monkeypatch.setattr(work, "import_workbook", fails(fault))
    answer = program.calls.post(
        "/api/v1/ledgers/batches?file_name=x.csv", b"a,b", "application/octet-stream", headers=program.headers
    )
    assert answer.status_code == status
    assert answer.json() == {"code": code, "said": {"zh": said.zh, "en": said.en}, "faults": []}
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(engine.taken(), 503, "unavailable"), (KeyUnusable(Label("没有。", "None.")), 500, "broken")],
)
def test_a_ledger_that_we_cannot_make_is_not_one_that_may_not_be_had(
    lasting_places: object, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, code: str
) -> None:
    program = Program()
    monkeypatch.setattr(api_ledgers, "export_ledger", fails(fault))
    assert program.get("ledgers/community_roster/export", status)["code"] == code
    monkeypatch.undo()
    assert program.get("ledgers/community_roster/export", 403, unit="469024")["code"] == "not_allowed"
