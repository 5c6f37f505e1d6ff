"""Accounts whose password stands on a sign-in page exist in demonstrations only."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, time
from pathlib import Path

import pytest
from django.test import Client

from guitu.cli import demo
from guitu.kernel.errors import GuituError
from guitu.kernel.zone import CHINA
from guitu.simulate import demo as made
from guitu.simulate.demo import add_accounts
from guitu.store import staff
from tests.conftest import TODAY
from tests.web.signing import sign_in

DEMO_PASSWORD = "guitu-demo"


@pytest.fixture
def demo_store(places: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from guitu.kernel.labels import Label
    from guitu.simulate.accounts import Account

    one = Account("town", "town_office", "469023100", "李晓梅", Label("镇", "Town"))
    monkeypatch.setattr(made, "accounts", lambda: (one,))
    add_accounts(DEMO_PASSWORD)


@pytest.mark.usefixtures("demo_store")
def test_a_demonstrations_accounts_are_marked_and_stop_a_real_start(settings: object) -> None:
    assert staff.demo_accounts() == ["town"]
    with pytest.raises(GuituError, match=r"1 demonstration accounts \(such as town\)"):
        staff.refuse_demo()
    settings.DEMO = True  # type: ignore[attr-defined]
    staff.refuse_demo()


@pytest.mark.usefixtures("demo_store")
def test_a_demonstrations_account_signs_in_to_demonstrations_only(settings: object) -> None:
    assert sign_in(Client(), "town", DEMO_PASSWORD).status_code == 422
    settings.DEMO = True  # type: ignore[attr-defined]
    assert sign_in(Client(), "town", DEMO_PASSWORD).status_code == 302


def test_the_demonstrations_password_is_nobodys_elsewhere(places: object, settings: object) -> None:
    fault = staff.fault_of(DEMO_PASSWORD)
    assert fault is not None
    assert "太常见" in fault.zh
    settings.DEMO = True  # type: ignore[attr-defined]
    assert staff.fault_of(DEMO_PASSWORD) is None


def test_a_store_with_real_accounts_is_not_opened_as_a_demonstration(places: object) -> None:
    staff.add("town", "a-real-password", "李晓梅", [("town_office", "469023100")])
    demo.see_that_it_is_a_demo(Path("somewhere"))  # every name is a demonstration's: of an earlier edition
    assert staff.demo_accounts() == ["town"]


def test_a_store_with_other_accounts_is_no_demonstration(places: object) -> None:
    staff.add("li.xm", "a-real-password", "李晓梅", [("town_office", "469023100")])
    with pytest.raises(GuituError, match="is not a demonstration's"):
        demo.see_that_it_is_a_demo(Path("somewhere"))
    assert staff.demo_accounts() == []


def test_neither_guitu_serve_nor_another_server_starts_on_a_demonstrations_store(
    lasting_places: object, environment: dict[str, str]
) -> None:
    staff.add("town", DEMO_PASSWORD, "李晓梅", [("town_office", "469023100")])
    staff.mark_demo(["town"])
    environment.pop("GUITU_DEMO", None)
    for command in (
        [sys.executable, "-m", "guitu.cli.main", "--lang", "en", "serve", "--port", "8799"],
        [sys.executable, "-c", "import guitu.web.wsgi"],
    ):
        ran = subprocess.run(
            command, env=environment, text=True, capture_output=True, timeout=60, check=False
        )
        assert ran.returncode != 0
        assert "This store holds 1 demonstration accounts (such as town)" in ran.stderr


def test_a_demonstration_can_be_made_soon_after_midnight(db: None) -> None:
    now = datetime.combine(TODAY, time(0, 30), CHINA)  # the gate takes nothing that is recorded later
    assert made.furnish(20, today=TODAY, now=now, password=DEMO_PASSWORD) > 0
