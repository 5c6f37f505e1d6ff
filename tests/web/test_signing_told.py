"""Every way in, and every way that stayed shut, is in the access log; what cannot be noted is not done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.cli import main as command
from guitu.store import access_log, engine, staff
from guitu.web.accounts import told
from tests.web.signing import PASSWORD, make, sign_in


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[access_log.Reading]:
    """What is noted, as it is noted."""
    kept: list[access_log.Reading] = []
    note = access_log.note

    def also(reading: access_log.Reading, now: datetime) -> None:
        note(reading, now)
        kept.append(reading)

    monkeypatch.setattr(told, "note", also)
    return kept


def test_signing_in_and_failing_to_are_noted_with_account_post_and_address(
    places: object, noted: list[access_log.Reading]
) -> None:
    make("li")
    client = Client(REMOTE_ADDR="192.0.2.17")
    sign_in(client, "li", "not-it")
    sign_in(client, "li")
    client.post("/sign-out/")
    assert [(r.what, r.who, r.detail) for r in noted] == [
        ("sign_in", "li", "wrong"),
        ("sign_in", "li", "signed_in"),
        ("sign_in", "li", "signed_out"),
    ]
    assert (noted[1].role, noted[1].unit, noted[1].source) == ("town_office", "469023100", "192.0.2.17")


def test_what_was_typed_as_an_unknown_account_is_not_noted(db: None, noted: list[access_log.Reading]) -> None:
    sign_in(Client(), "my-secret-password-by-mistake", "x")
    assert len(noted) == 1
    assert "secret" not in repr(noted[0])


def test_what_administrators_do_is_noted_with_the_number_of_the_account(
    places: object, noted: list[access_log.Reading]
) -> None:
    li = make("李.晓梅")  # a name that is no word of ours
    make("root", "system_admin", "46")
    client = Client()
    sign_in(client, "root")
    noted.clear()
    client.post(f"/accounts/{li.pk}/act/", {"act": "close"})
    assert command.main(["--lang", "zh", "staff", "open", "李.晓梅"]) == 0
    assert [(r.what, r.detail) for r in noted] == [
        ("admin", f"closed {li.pk}"),
        ("admin", f"opened {li.pk}"),
    ]
    assert noted[0].who == "root"
    assert noted[1].who.startswith("terminal:")


def test_where_nothing_can_be_noted_nobody_signs_in_and_nothing_is_done(
    places: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = make("li")
    make("root", "system_admin", "46")
    root = Client()
    sign_in(root, "root")

    def broken(*_: object) -> None:
        raise access_log.LogUnavailable(access_log.UNWRITTEN)

    monkeypatch.setattr(told, "note", broken)
    client = Client()
    assert sign_in(client, "li").status_code == 503
    assert client.get("/account/").status_code == 302
    assert root.post(f"/accounts/{li.pk}/act/", {"act": "close"}).status_code == 503
    assert root.post("/accounts/new/", {"username": "new", "name": ""}).status_code == 503
    assert not staff.exists("new")
    assert User.objects.get(pk=li.pk).is_active
    assert command.main(["--lang", "zh", "staff", "close", "li"]) == 2
    assert User.objects.get(pk=li.pk).is_active


def test_no_password_stands_in_the_log(places: object) -> None:
    make("li")
    sign_in(Client(), "li")
    sign_in(Client(), "li", "another-secret-word")
    found = access_log.readings_of_user(
        "li", datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC), 1
    )
    assert PASSWORD not in repr(found)
    assert "another-secret-word" not in repr(found)
    assert engine.rows("SELECT 1 FROM web_failedsignin WHERE key LIKE %s", ["%secret%"]) == []
