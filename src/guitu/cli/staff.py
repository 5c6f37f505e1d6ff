"""`guitu staff`: accounts and the posts they hold."""

from __future__ import annotations

import argparse
import getpass
import sys

from guitu.cli.main import language, say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

LEAST_CHARACTERS = 10


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its two tasks."""
    about = Label("账号与岗位：新增、列出", "accounts and posts: add and list")
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
        help=say(Label("从标准输入读取密码", "read the password from standard input")),
    )
    adding.set_defaults(run=add)
    about = Label("列出账号、角色和单位", "list accounts, roles and units")
    tasks.add_parser("list", help=say(about), description=say(about)).set_defaults(run=show)


def add(options: argparse.Namespace) -> int:
    """Make the account, asking for a password if it is new."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import staff

    password = None if staff.exists(options.username) else _password(options.password_stdin)
    staff.add(options.username, password, options.name, [(options.role, options.unit)])
    print(say(Label(f"账号 {options.username} 已就绪。", f"The account {options.username} is ready.")))
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


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass(say(Label("密码：", "Password: ")))
        if getpass.getpass(say(Label("再输一次：", "Again: "))) != password:
            raise GuituError(Label("两次输入的密码不同。", "The two passwords differ."))
    else:
        raise GuituError(
            Label("请用 --password-stdin 从标准输入给出密码。", "Give the password with --password-stdin.")
        )
    if len(password) < LEAST_CHARACTERS:
        raise GuituError(
            Label(
                f"密码至少 {LEAST_CHARACTERS} 个字符。",
                f"A password has at least {LEAST_CHARACTERS} characters.",
            )
        )
    return password
