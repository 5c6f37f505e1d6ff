"""`guitu staff`: accounts and the posts they hold. A password given here lets its holder set their own.

What administrators do on the page Accounts can be done here too, by whoever may use this computer; the access
log says so.
"""

from __future__ import annotations

import argparse
import sys

from guitu.cli import staff_person, staff_signin
from guitu.cli.main import language, say
from guitu.cli.one_time import tell
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its tasks."""
    about = Label(
        "账号与岗位：新增、管理员、重设密码、解锁、会话、单点登录",
        "accounts and posts: add, administrators, passwords, locks, sessions, single sign-on",
    )
    staff = subparsers.add_parser("staff", help=say(about), description=say(about))
    tasks = staff.add_subparsers(metavar=say(Label("做什么", "TASK")), required=True)
    about = Label(
        "新增账号并给一个岗位；已有的账号再给一个岗位",
        "make an account with a post, or give one another post",
    )
    adding = tasks.add_parser("add", help=say(about), description=say(about))
    adding.add_argument("username", help=say(Label("账号", "the account's name")))
    adding.add_argument(
        "--role", required=True, help=say(Label("角色，如 town_office", "a role, such as town_office"))
    )
    adding.add_argument("--unit", required=True, help=say(Label("单位代码", "a unit's code")))
    adding.add_argument("--name", default="", help=say(Label("姓名", "the person's name")))
    adding.add_argument(
        "--password-stdin",
        action="store_true",
        help=say(
            Label(
                "从标准输入读取一次性密码；不写则自动生成",
                "read the one-time password from standard input; one is made without it",
            )
        ),
    )
    adding.set_defaults(run=add)
    about = Label("给账号一个新的一次性密码", "give an account a new one-time password")
    reset = tasks.add_parser("password", help=say(about), description=say(about))
    reset.add_argument("username", help=say(Label("账号", "the account's name")))
    reset.set_defaults(run=give_password)
    about = Label("列出账号、角色和单位", "list accounts, roles and units")
    tasks.add_parser("list", help=say(about), description=say(about)).set_defaults(run=show)
    staff_signin.add_tasks(tasks)
    staff_person.add_tasks(tasks)


def add(options: argparse.Namespace) -> int:
    """Make the account; a new one gets a one-time password."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import staff

    new = not staff.exists(options.username)
    made = staff.one_time_password() if new and not options.password_stdin else ""
    password = (made or _given()) if new else None
    held = [(options.role, options.unit)]
    staff.add(options.username, password, options.name, held, one_time=new)
    print(say(Label(f"账号 {options.username} 已就绪。", f"The account {options.username} is ready.")))
    if made:
        tell(made)
    return 0


def give_password(options: argparse.Namespace) -> int:
    """Give the account a new one-time password."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import staff

    made = staff.one_time_password()
    staff.give_password(options.username, made)
    tell(made)
    return 0


def show(options: argparse.Namespace) -> int:
    """Print every post."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import staff

    for username, name, held in staff.everybody():
        print(
            f"{username:<16} {name}  {held.role.label.say(language())}  {held.unit.name} ({held.unit.code})"
        )
    return 0


def _given() -> str:
    """The password on standard input."""
    from guitu.store.staff import fault_of

    password = sys.stdin.readline().rstrip("\n")
    if fault := fault_of(password):
        raise GuituError(fault)
    return password
