"""What a password must be: long, unlike others, nothing of the account's own, none of the last five."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from guitu.kernel.errors import GuituError
from guitu.store import passwords, staff
from guitu.store.models import PasswordUsed


@pytest.fixture
def li(places: object) -> User:
    staff.add("li.xm", "the-first-of-all", "李晓梅梅", [("town_office", "469023100")])
    return User.objects.get(username="li.xm")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("nine-char", "至少 10 个字符"),
        ("1234567890", "太常见"),
        ("hello-LI.XM-hello", "不要有账号、姓名"),
        ("密码是李晓梅梅呀对吧对", "不要有账号、姓名"),
        ("code-469023100-code", "不要有账号、姓名"),
        ("the-first-of-all", "最近用过的 5 个"),
    ],
)
def test_a_poor_password_is_refused_in_words(li: User, password: str, said: str) -> None:
    fault = staff.fault_of(password, li)
    assert fault is not None
    assert said in fault.zh


def test_a_long_one_without_any_signs_is_good(li: User) -> None:
    assert staff.fault_of("four quite ordinary words", li) is None


def test_the_last_five_are_not_chosen_again_and_the_sixth_may_be(li: User) -> None:
    for number in range(4):
        staff.set_own(li, f"another-secret-{number}")
    assert staff.fault_of("the-first-of-all", li) == passwords.USED_BEFORE
    staff.set_own(li, "another-secret-4")
    assert staff.fault_of("the-first-of-all", li) is None
    assert PasswordUsed.objects.filter(user=li).count() == passwords.LAST


def test_the_present_password_counts_also_where_no_history_was_kept(li: User) -> None:
    PasswordUsed.objects.all().delete()
    assert staff.fault_of("the-first-of-all", li) == passwords.USED_BEFORE


def test_passwords_grow_old_only_where_an_office_says_so(li: User, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now(UTC) + timedelta(days=91)
    assert not passwords.too_old(li, later)
    monkeypatch.setenv("GUITU_PASSWORD_DAYS", "90")
    assert passwords.too_old(li, later)
    assert not passwords.too_old(li, later - timedelta(days=2))
    monkeypatch.setenv("GUITU_PASSWORD_DAYS", "a quarter")
    with pytest.raises(GuituError, match="must be a number of days"):
        passwords.too_old(li, later)
