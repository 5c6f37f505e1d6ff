"""The tasks of `guitu staff` about signing in: administrators, locks, sessions, second factors, single
sign-on, closing an account."""

from __future__ import annotations

import argparse
import getpass
from typing import Any

from guitu.cli.main import say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

KINDS = {"system": "system_admin", "security": "security_admin", "audit": "audit_admin"}
"""The three administrators, kept apart: one account is never two of them."""


def add_tasks(tasks: argparse._SubParsersAction[Any]) -> None:
    """Declare the tasks."""
    about = Label("设立系统、安全或审计管理员（三员分立）", "make a system, security or audit administrator")
    admin = _task(tasks, "admin", about, make_admin)
    admin.add_argument(
        "--kind",
        choices=tuple(KINDS),
        default="system",
        help=say(Label("哪一员，默认 system", "which of the three; system without it")),
    )
    admin.add_argument(
        "--unit",
        help=say(Label("单位代码，默认最上级单位", "a unit's code; the topmost unit without it")),
    )
    admin.add_argument("--name", default="", help=say(Label("姓名", "the person's name")))
    admin.add_argument(
        "--another",
        action="store_true",
        help=say(Label("已有一位时再设一位", "one more where there is one already")),
    )
    about = Label("解除登录失败造成的锁定", "end the pause after failed sign-ins")
    _task(tasks, "unlock", about, unlock)
    about = Label("列出或结束账号在各处的登录", "list or end an account's sessions")
    sessions = _task(tasks, "sessions", about, show_sessions)
    sessions.add_argument("--end", action="store_true", help=say(Label("全部结束", "end them all")))
    about = Label(
        "移除账号的第二步验证，由本人重新设置", "remove an account's second factor, to be set up anew"
    )
    _task(tasks, "factor", about, reset_factor)
    about = Label(
        "关联单点登录的身份；不写身份则取消", "link to an identity at the single sign-on; none unlinks"
    )
    linking = _task(tasks, "link", about, link)
    linking.add_argument(
        "subject", nargs="?", default="", help=say(Label("统一认证中的身份", "who it is at the provider"))
    )
    _task(tasks, "close", Label("停用账号", "close an account"), close)
    _task(tasks, "open", Label("启用已停用的账号", "open a closed account again"), reopen)


def _task(
    tasks: argparse._SubParsersAction[Any], name: str, about: Label, run: Any
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = tasks.add_parser(name, help=say(about), description=say(about))
    parser.add_argument("username", help=say(Label("账号", "the account's name")))
    parser.set_defaults(run=run)
    return parser


def make_admin(options: argparse.Namespace) -> int:
    """Make an administrator of one of the three kinds. The one-time password is printed once."""
    _open()
    from guitu.cli.one_time import tell
    from guitu.store import engine, staff

    role = KINDS[options.kind]
    others = [name for name in staff.holders(role) if name != options.username]
    if others and not options.another:
        raise GuituError(
            Label(
                f"已有这类管理员：{'、'.join(others)}。确要再设一位，请加 --another。",
                f"There is such an administrator: {', '.join(others)}. For one more, add --another.",
            )
        )
    unit = options.unit or _topmost()
    new = not staff.exists(options.username)
    made = staff.one_time_password() if new else None
    with engine.writing():
        staff.add(options.username, made, options.name, [(role, unit)], one_time=new)
        _note("post_given", f"{staff.find(options.username).pk} {role} {unit}")
    label = Label("{username} 已是{zh}。", "{username} is now: {en}.")
    from guitu.access import role as role_of

    words = role_of(role).label
    print(say(label.fill(username=options.username, zh=words.zh, en=words.en.lower())))
    if made:
        tell(made)
    return 0


def unlock(options: argparse.Namespace) -> int:
    """End the pause of an account."""
    _open()
    from guitu.store import staff
    from guitu.web.accounts import attempts

    _note("unlocked", str(staff.find(options.username).pk))
    done = attempts.unlock(options.username)
    print(
        say(
            Label("已解除锁定。", "It is unlocked.")
            if done
            else Label("没有锁定，也没有失败记录。", "It was not locked, and had no failures.")
        )
    )
    return 0


def show_sessions(options: argparse.Namespace) -> int:
    """Print an account's sessions, or end them."""
    _open()
    from guitu.cli.main import language
    from guitu.store import staff
    from guitu.web.accounts import opening

    user = staff.find(options.username)
    if options.end:
        _note("sessions_ended", str(user.pk))
        count = opening.end(user.pk)
        print(say(Label(f"已结束 {count} 处登录。", f"Sessions ended: {count}.")))
        return 0
    listed = opening.open_sessions(user.pk)
    if not listed:
        print(say(Label("没有在任何地方登录。", "It is signed in nowhere.")))
    for one in listed:
        words = one.device.say(language()), one.factor.say(language())
        print(f"{one.opened.astimezone():%Y-%m-%d %H:%M}  {one.address:<16} {words[0]}  {words[1]}")
    return 0


def reset_factor(options: argparse.Namespace) -> int:
    """Remove an account's second factors and end its sessions."""
    _open()
    from guitu.store import staff
    from guitu.web.accounts import factors, opening

    user = staff.find(options.username)
    _note("factor_reset", str(user.pk))
    factors.take_away(user.pk)
    opening.end(user.pk)
    print(
        say(
            Label(
                "第二步验证已移除，登录已全部退出；下次登录时由本人重新设置。",
                "The second factor is removed and all sessions are ended; its holder sets up a new one at the"
                " next sign-in.",
            )
        )
    )
    return 0


def link(options: argparse.Namespace) -> int:
    """Link an account to an identity at the single sign-on, or unlink it."""
    _open()
    from guitu.store import engine, staff
    from guitu.web.accounts import oidc

    user = staff.find(options.username)
    if not options.subject:
        _note("unlinked", str(user.pk))
        oidc.unlink(user.pk)
        print(say(Label("已取消关联。", "It is linked no more.")))
        return 0
    provider = oidc.provider()
    if provider is None:
        raise GuituError(
            Label(
                "还没有设置单点登录（GUITU_OIDC_ISSUER）。",
                "Single sign-on is not set up (GUITU_OIDC_ISSUER).",
            )
        )
    with engine.writing():
        oidc.link(user.pk, provider.issuer, options.subject)
        _note("linked", str(user.pk))
    print(say(Label("已关联。", "It is linked.")))
    return 0


def close(options: argparse.Namespace) -> int:
    """Close an account and end its sessions."""
    _open()
    from guitu.store import staff
    from guitu.web.accounts import opening

    number = staff.find(options.username).pk
    _note("closed", str(number))
    staff.let_in(options.username, active=False)
    opening.end(number)
    print(say(Label("账号已停用，登录已全部退出。", "The account is closed, and its sessions are ended.")))
    return 0


def reopen(options: argparse.Namespace) -> int:
    """Open a closed account again."""
    _open()
    from guitu.store import staff

    _note("opened", str(staff.find(options.username).pk))
    staff.let_in(options.username, active=True)
    print(say(Label("账号已启用。", "The account is open again.")))
    return 0


def _open() -> None:
    from guitu.cli.opening import open_store

    open_store()


def _note(happened: str, detail: str) -> None:
    """In the access log: who used this computer is all that a terminal knows."""
    from guitu.web.accounts.told import write

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "—"
    write(happened, who=f"terminal:{name}"[:150], source="cli", detail=detail)


def _topmost() -> str:
    """The code of the one unit that is above all others."""
    from guitu.store.units import tree

    tops = tree().children(None)
    if len(tops) == 1:
        return tops[0].code
    raise GuituError(
        Label(
            "请用 --unit 写明管理哪个单位；还没有单位时，先用 guitu units 建立。",
            "Name the unit with --unit; where there is none yet, make it first with guitu units.",
        )
    )
