"""What a password must be, and which ones an account had.

At least ten characters, not one of the common ones, nothing of the account's own, none of the last five. No
signs are prescribed and nothing is asked online: length and being unlike others are what guessing has to pay
for. Nor does a password grow old by itself unless an office must have it so (GUITU_PASSWORD_DAYS): whoever
has to change one without reason changes its last figure.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.clock import milliseconds
from guitu.store.models import PasswordUsed

LAST: Final = 5
"""So many passwords of an account are not chosen again, the present one among them."""

OWN_AT_LEAST: Final = 3
"""A name of fewer characters may stand in a password by chance."""

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of one-time passwords: none that is taken for another when it is read out."""

TOO_COMMON: Final = Label(
    "这个密码太常见，容易被猜到；请换一个。", "This password is too common; choose another."
)
WEAK: Final = {
    "password_too_short": Label(
        "密码至少 {min_length} 个字符。", "A password has at least {min_length} characters."
    ),
    "password_too_common": TOO_COMMON,
}
"""What the validators of the settings find, in our words."""

OF_ONES_OWN: Final = Label(
    "密码里不要有账号、姓名或单位代码；请换一个。",
    "A password must not hold the account, the name or the unit's code; choose another.",
)
USED_BEFORE: Final = Label(
    "最近用过的 5 个密码不能再用；请换一个。",
    "None of the last 5 passwords may be used again; choose another.",
)


def fault_of(password: str, user: User | None = None) -> Label | None:
    """What is wrong with a password that somebody chose, or None."""
    try:
        validate_password(password, user)
    except ValidationError as found:
        first = found.error_list[0]
        own = WEAK.get(first.code or "")
        return own.fill(**(first.params or {})) if own else Label(first.message, first.message)
    if password == settings.DEMO_PASSWORD and not settings.DEMO:
        return TOO_COMMON
    if user is None:
        return None
    if _holds_own(password, user):
        return OF_ONES_OWN
    return USED_BEFORE if _used_before(password, user) else None


def keep(user: User) -> None:
    """Remember the password that the account has just been given by its holder, and forget the oldest."""
    PasswordUsed.objects.create(user=user, digest=user.password, set_ms=milliseconds(timezone.now()))
    old = PasswordUsed.objects.filter(user=user).order_by("-id").values_list("id", flat=True)[LAST:]
    PasswordUsed.objects.filter(id__in=list(old)).delete()


def days() -> int:
    """After how many days a password must be changed; 0, never. Raises GuituError for what is no number."""
    text = os.environ.get("GUITU_PASSWORD_DAYS", "0")
    if not text.isdigit():
        raise GuituError(
            Label(
                f"GUITU_PASSWORD_DAYS 应是天数，现为“{text}”。",
                f"GUITU_PASSWORD_DAYS must be a number of days, not “{text}”.",
            )
        )
    return int(text)


def too_old(user: User, now: datetime) -> bool:
    """Whether the office makes people change passwords and this one is due."""
    most = days()
    if not most:
        return False
    found = engine.row("SELECT max(set_ms) FROM store_passwordused WHERE user_id = %s", [user.pk])
    since = found[0] if found and found[0] is not None else milliseconds(user.date_joined)
    return milliseconds(now) - since > most * 86_400_000


def one_time_password() -> str:
    """A new one, in three groups of five to be read out: some 74 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def _holds_own(password: str, user: User) -> bool:
    codes = engine.rows(
        "SELECT n.code FROM store_staffpost p JOIN store_unit n ON n.no = p.unit WHERE p.user_id = %s",
        [user.pk],
    )
    names = (user.username, f"{user.last_name}{user.first_name}", *(code for (code,) in codes))
    typed = password.casefold()
    return any(len(name) >= OWN_AT_LEAST and name.casefold() in typed for name in names)


def _used_before(password: str, user: User) -> bool:
    used = PasswordUsed.objects.filter(user=user).values_list("digest", flat=True)
    return any(check_password(password, digest) for digest in {user.password, *used})
