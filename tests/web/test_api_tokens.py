"""Tokens of the API: made by their account, prepared by an administrator who never holds the secret, and over
when anything they stand on is."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guitu.store import engine, staff
from guitu.web.accounts import tokens
from tests.web.calling import TOWN, Program, account
from tests.web.desk import TODAY, busy
from tests.web.recording import confirm, signed_in


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUITU_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GUITU_DEMO_IDS", "1")


@pytest.fixture
def people(places: object, now: datetime) -> None:
    busy(now, 10)


def test_a_token_ends_by_its_day_with_the_password_and_the_account(
    people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program()
    program.get("token")
    later = tokens.ticks() + 31 * 86_400
    with monkeypatch.context() as patch:
        patch.setattr(tokens, "ticks", lambda: later)
        assert program.get("token", 401)["code"] == "unknown_token"
    user = User.objects.get(username="li")
    before = user.password
    user.set_password("another-long-password")
    user.save()
    program.get("token", 401)
    User.objects.filter(pk=user.pk).update(password=before)
    program.get("token")
    staff.let_in("li", active=False)
    assert program.get("token", 403)["code"] == "closed"
    staff.let_in("li", active=True)
    assert tokens.end(program.id, user.pk)
    program.get("token", 401)


def test_the_secret_is_nowhere_in_the_database(places: object) -> None:
    program = Program()
    secret = program.token.removeprefix(tokens.PREFIX).partition("_")[2]  # it may hold that sign itself
    assert len(secret) > 40
    row = engine.row("SELECT * FROM store_apitoken")
    assert row is not None
    assert not any(secret in str(value) or secret.encode() == value for value in row)


def test_the_account_makes_a_token_on_its_page_and_ends_it(people: None) -> None:
    browser = signed_in("town9", "town_office", TOWN)
    confirm(browser)
    page = browser.get("/account/tokens/new/").content.decode()
    assert 'name="people"' in page
    wrong = browser.post("/account/tokens/new/", {"name": "数据平台", "days": "0", "people": "yes"})
    assert wrong.status_code == 422
    assert "数据平台" in wrong.content.decode()
    made = browser.post("/account/tokens/new/", {"name": "数据平台", "days": "30", "people": "yes"})
    text = made.content.decode()
    token = text[text.index(tokens.PREFIX) :].split("<")[0].strip()
    calls = Client()
    assert calls.get("/api/v1/people", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    line = tokens.of_account(User.objects.get(username="town9").pk)[0]
    browser.post("/account/tokens/end/", {"id": str(line.id)})
    assert calls.get("/api/v1/people", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_an_administrator_prepares_a_token_and_never_sees_its_secret(people: None) -> None:
    holder = account("town8", "town_office", TOWN)
    admin = signed_in("sys", "system_admin", "46")
    confirm(admin)
    sent = {"account": "town8", "name": "平台", "days": "30", "people": "yes"}
    assert admin.post("/accounts/tokens/new/", {**sent, "account": "nobody"}).status_code == 422
    made = admin.post("/accounts/tokens/new/", sent)
    assert made.status_code == 302
    shown = admin.get("/accounts/tokens/").content.decode() + made.content.decode()
    assert not re.search(r"guitu_[0-9a-f]{32}_", shown)
    line = tokens.of_account(holder.user_id)[0]
    assert line.stands(tokens.now()) == "offered"
    text = tokens.collect(holder, line.id)
    headers = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/people", headers=headers).status_code == 200
    with pytest.raises(tokens.NotMade):
        tokens.collect(holder, line.id)
    admin.post("/accounts/tokens/end/", {"id": str(line.id)})
    assert Client().get("/api/v1/people", headers=headers).status_code == 401


def test_nobody_ends_a_strangers_token(people: None) -> None:
    program = Program()
    browser = signed_in("stranger", "town_office", TOWN)
    browser.post("/account/tokens/end/", {"id": str(program.id)})
    program.get("token")
