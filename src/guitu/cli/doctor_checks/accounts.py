"""The accounts: who could sign in that should not, or holds what one account must not hold together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User

from guitu.access import ROLES
from guitu.access.roles import ADMINISTRATORS, kept_apart
from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.cli.doctor_checks.database import tables
from guitu.kernel.labels import Label
from guitu.store import engine

DORMANT: Final = 90
"""Days without signing in."""
UNCHANGED: Final = 7
"""Days for which somebody may still have the password that an administrator made."""
NAMED: Final = 5
"""Accounts that are named; the rest is counted."""
FACTORS: Final = ("web_totpsecret", "web_passkey")


def _some(names: Sequence[str]) -> str:
    shown = "、".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} … ({len(names)})"


def _held() -> dict[str, set[str]]:
    """The roles of every account that can sign in."""
    found: dict[str, set[str]] = defaultdict(set)
    for username, role in engine.rows(
        "SELECT u.username, p.role FROM auth_user u JOIN store_staffpost p ON p.user_id = u.id"
        " WHERE u.is_active ORDER BY u.username"
    ):
        found[username].add(role)
    return dict(found)


def apart() -> Iterator[Finding]:
    """三员分立: nobody keeps the service running, gives rights and looks after the records of both."""
    if "store_staffpost" not in tables():
        return
    held = _held()
    together = [name for name, roles in held.items() if kept_apart(roles) is not None]
    if together:
        yield bad(
            "administrators",
            "grave",
            Label(
                f"{_some(together)} 兼任了应当分开的岗位", f"{_some(together)}: posts that must be kept apart"
            ),
            Label(
                "一个人就能改权限、看档案并抹去痕迹",
                "One person can give rights, read files and clear the traces",
            ),
            Label("用 guitu staff 收回其中一个岗位", "Take one of the posts away with guitu staff"),
        )
    else:
        yield good(
            "administrators", "没有账号兼任应当分开的岗位", "No account holds posts that must be apart"
        )
    missing = sorted(ADMINISTRATORS - {role for roles in held.values() for role in roles})
    if held and missing and not settings.DEMO:
        labels = [ROLES[name].label for name in missing]
        yield bad(
            "administrators_missing",
            "warning",
            Label(
                f"没有{'、'.join(x.zh for x in labels)}",
                f"Nobody is {', '.join(x.en.lower() for x in labels)}",
            ),
            Label(
                "这些职责就落在能登录服务器的人身上", "Their work falls to whoever can sign in to the server"
            ),
            Label("各给一个人，互不兼任", "Give each to one person, none to the same"),
        )


def second_factors() -> Iterator[Finding]:
    """Who opens files with a password alone."""
    there = [name for name in FACTORS if name in tables()]
    if "store_staffpost" not in tables():
        return
    if not there:
        yield bad(
            "second_factors",
            "unknown",
            Label("没有装上第二重验证", "Second factors are not installed"),
            Label("密码是唯一的门", "The password is the only door"),
            Label("更新到有第二重验证的版本", "Update to an edition that has them"),
        )
        return
    with_one = {row[0] for name in there for row in engine.rows(f"SELECT user_id FROM {name}")}
    needed = [name for name, role in ROLES.items() if role.second_factor]
    without = [
        row[0]
        for row in engine.rows_for(
            "SELECT DISTINCT u.username, u.id FROM auth_user u JOIN store_staffpost p ON p.user_id = u.id"
            " WHERE u.is_active AND p.role IN ({})",
            needed,
        )
        if row[1] not in with_one
    ]
    if without and not settings.DEMO:
        yield bad(
            "second_factors",
            "warning",
            Label(
                f"{_some(sorted(without))} 还没有第二重验证",
                f"{_some(sorted(without))}: no second factor yet",
            ),
            Label(
                "下次登录前，一个密码就够冒充他们", "Until they set one up, a password is enough to be them"
            ),
            Label(
                "请他们登录并设置；不用的账号停用",
                "Have them sign in and set it up; close accounts not in use",
            ),
        )
    else:
        yield good(
            "second_factors", "需要的账号都有第二重验证", "Everybody who needs a second factor has one"
        )


def asleep() -> Iterator[Finding]:
    """Accounts that nobody uses, and passwords that an administrator still knows."""
    if "store_staffpost" not in tables():
        return
    now = datetime.now(UTC)
    users = User.objects.filter(
        is_active=True, id__in=[row[0] for row in engine.rows("SELECT user_id FROM store_staffpost")]
    )
    dormant = [
        user.username
        for user in users
        if (user.last_login or user.date_joined) < now - timedelta(days=DORMANT)
    ]
    if dormant and not settings.DEMO:
        yield bad(
            "dormant",
            "warning",
            Label(
                f"{_some(sorted(dormant))} {DORMANT} 天没有登录",
                f"{_some(sorted(dormant))}: not signed in for {DORMANT} days",
            ),
            Label("没有人用的账号被别人用了也没有人发现", "Nobody notices when somebody else uses them"),
            Label("核对是否在岗，离岗的停用", "Check whether they still work here; close those who do not"),
        )
    given = engine.rows(
        "SELECT u.username, u.date_joined FROM store_onetimepassword o JOIN auth_user u ON u.id = o.user_id"
        " WHERE u.is_active ORDER BY u.username"
    )
    old = [name for name, joined in given if _moment(joined) < now - timedelta(days=UNCHANGED)]
    if old:
        yield bad(
            "one_time_passwords",
            "warning",
            Label(f"{_some(old)} 还用着管理员给的一次性密码", f"{_some(old)}: still the one-time password"),
            Label("给密码的人也能用它登录", "Whoever handed it out can sign in with it"),
            Label("当面另给一个，请本人当场登录", "Hand over a new one and have them sign in at once"),
        )
    if not dormant and not old:
        yield good(
            "dormant",
            "没有闲置的账号和没改的一次性密码",
            "No account is idle or still has its first password",
        )


def _moment(value: object) -> datetime:
    """A moment as either database gives it."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def known_passwords() -> Iterator[Finding]:
    """Accounts of the demonstration, with the password of the demonstration."""
    if settings.DEMO or "store_staffpost" not in tables():
        return
    from guitu.simulate.accounts import accounts

    names = [one.username for one in accounts()]
    open_ones = [
        user.username
        for user in User.objects.filter(username__in=names, is_active=True)
        if user.check_password(settings.DEMO_PASSWORD)
    ]
    if open_ones:
        yield bad(
            "demo_accounts",
            "grave",
            Label(
                f"演示账号 {_some(open_ones)} 还能用演示密码登录",
                f"Demonstration accounts still work: {_some(open_ones)}",
            ),
            Label("这个密码写在公开的文档里", "Their password stands in public documents"),
            Label(
                "换一个空的数据文件夹，不要在演示的数据上办公",
                "Take an empty data folder; do no work on a demonstration",
            ),
        )
    else:
        yield good("demo_accounts", "没有演示账号", "There is no demonstration account")


CHECKS: Final[tuple[Check, ...]] = (apart, second_factors, asleep, known_passwords)
