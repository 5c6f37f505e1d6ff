"""`guitu staff person` and `guitu staff family`."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import date, datetime

import pytest

from guitu.cli import opening, staff_person
from guitu.kernel.errors import GuituError
from guitu.store import gate, personal, read, staff
from guitu.store.units import NewUnit
from tests.store.writing import CLERK, Pen
from tests.web.own import file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pen(places: tuple[NewUnit, ...], monkeypatch: pytest.MonkeyPatch) -> Pen:
    monkeypatch.setattr(opening, "open_store", lambda: None)
    return Pen(1)


def test_a_person_gets_an_account_and_a_password_that_is_used_once(
    pen: Pen, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    case_no = file_of(pen, now)
    assert staff_person.give_person(Namespace(case=case_no, account="")) == 0
    said = capsys.readouterr().out
    username = re.search(r"my-[a-z0-9]{6}", said)
    password = re.search(r"[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}", said)
    assert username is not None
    assert password is not None
    user = staff.find(username[0])
    assert user.check_password(password[0])
    assert staff.must_set_own(user)
    with pytest.raises(personal.AlreadyGiven):
        staff_person.give_person(Namespace(case=case_no, account="another"))


def test_a_file_that_is_not_there_is_named(pen: Pen) -> None:
    with pytest.raises(GuituError, match="no file"):
        staff_person.give_person(Namespace(case="469023-2026-99999", account=""))


def test_a_family_gets_an_account_only_by_a_consent_that_stands(
    pen: Pen, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    case_no = file_of(pen, now)
    asked = Namespace(case=case_no, account="mother", consent="")
    with pytest.raises(GuituError, match="has not consented"):
        staff_person.give_family(asked)
    fields = {"who": "赵母", "relation": "母亲", "parts": "term", "until": date(2099, 1, 1)}
    gate.record(pen.entry("family_consent", "2026-11-20", **fields), actor=CLERK, now=now)  # type: ignore[arg-type]
    assert staff_person.give_family(asked) == 0
    assert "mother" in capsys.readouterr().out
    tie = personal.tie_of("mother")
    view = read.opened(case_no)
    assert tie is not None
    assert view is not None
    assert (tie.file, tie.consent is not None) == (view.no, True)
    assert personal.own_file("mother") is None  # a relative's account is not the person's
