"""`guitu staff person` and `guitu staff family`: the account by which a person reads their own file, and by
which a family member reads what the person consents to."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from guitu.cli.main import say
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

if TYPE_CHECKING:
    from guitu.store.personal import Given
    from guitu.store.read import FileView

Tasks = argparse._SubParsersAction


def add_tasks(tasks: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the two tasks."""
    person = _task(
        tasks,
        "person",
        Label("给本人一个账号，查看自己的事项", "give the person of a file an account for their own page"),
    )
    person.set_defaults(run=give_person)
    family = _task(
        tasks,
        "family",
        Label("按本人的同意，给家属一个账号", "give a family member an account, by the person's consent"),
    )
    family.add_argument(
        "--consent",
        default="",
        help=say(Label("同意的编号（有几项时写明）", "the number of the consent, where there are several")),
    )
    family.set_defaults(run=give_family)


def _task(
    tasks: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: Label
) -> argparse.ArgumentParser:
    task = tasks.add_parser(name, help=say(about), description=say(about))
    task.add_argument("case", help=say(Label("档案编号", "the file's number")))
    task.add_argument(
        "--account",
        default="",
        help=say(Label("账号名；不写则自取", "the account's name; made up without")),
    )
    return task


def give_person(options: argparse.Namespace) -> int:
    """Make the person's account; a second one is refused."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import personal

    return _give(options.case, lambda view: personal.give_access(view, options.account))


def give_family(options: argparse.Namespace) -> int:
    """Make the account of a family member whom the person has named."""
    from guitu.cli.opening import open_store

    open_store()
    from guitu.store import clock, personal

    def make(view: FileView) -> Given:
        today = clock.office_day(datetime.now(UTC))
        standing = personal.consents(view, today)
        wanted = options.consent.upper()
        found = [e for e in standing if not wanted or e.id.hex[-6:].upper() == wanted]
        if not found:
            raise GuituError(
                Label(
                    "本人没有同意家属查看，或者同意已经结束",
                    "the person has not consented, or no longer does",
                )
            )
        if len(found) > 1:
            numbers = " ".join(e.id.hex[-6:].upper() for e in found)
            raise GuituError(
                Label(
                    f"有几项同意，请用 --consent 写明一项：{numbers}",
                    f"there are several consents; name one with --consent: {numbers}",
                )
            )
        return personal.give_family(view, found[0].id, options.account)

    return _give(options.case, make)


def _give(case: str, make: Callable[[FileView], Given]) -> int:
    """Make the account and print its one-time password, this once."""
    from guitu.cli.one_time import tell
    from guitu.store import read
    from guitu.store.access_log import Reading, note

    view = read.opened(case)
    if view is None or view.about != "person":
        raise GuituError(Label(f"没有档案“{case}”", f"there is no file “{case}”"))
    given = make(view)
    note(Reading("—", "", "", "admin", (view.no,), detail=f"account {given.username}"), datetime.now(UTC))
    print(say(Label(f"账号 {given.username} 已就绪。", f"The account {given.username} is ready.")))
    tell(given.password)
    return 0
