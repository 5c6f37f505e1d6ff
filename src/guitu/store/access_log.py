"""Who looked at what: every opening, hit, number shown, print and export is noted here before it is shown.

The log is append-only and digest-chained (`store/readings`). It holds no name of a person in a file, no
number, no typed text: only accounts, posts, file numbers, words from closed lists and reasons of the access
table. What cannot be noted is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from django.db import DatabaseError, InterfaceError

from guitu.kernel.labels import Label
from guitu.store.engine import StoreUnavailable
from guitu.store.readings.seen import readings_of_file, readings_of_user, short_form
from guitu.store.readings.unusual import unusual

__all__ = [
    "EFFECT", "IN_LISTS", "LABELS", "NO_REASON", "UNWRITTEN", "WHATS", "LogUnavailable", "Reading", "What",
    "note", "readings_of_file", "readings_of_user", "short_form", "unusual",
]  # fmt: skip

What = Literal[
    "open",
    "hit",
    "list",
    "number",
    "print",
    "export",
    "break_glass",
    "record",
    "own",
    "copy",
    "refused",
    "sign_in",
    "admin",
]
WHATS: Final[tuple[What, ...]] = get_args(What)

LABELS: Final[dict[str, Label]] = {
    "open": Label("查看", "Opened"),
    "hit": Label("查找命中", "Found in a search"),
    "list": Label("列表中看到", "Seen in a list"),
    "number": Label("显示证件号", "Number shown"),
    "print": Label("打印", "Printed"),
    "export": Label("导出", "Taken along"),
    "break_glass": Label("应急查阅", "Break-glass"),
    "record": Label("登记", "Recorded"),
    "own": Label("本人查阅", "By the person"),
    "copy": Label("复制件", "A copy"),
    "refused": Label("被拒绝", "Refused"),
    "sign_in": Label("登录", "Signed in"),
    "admin": Label("管理", "Administration"),
}
"""What was done, in words."""

IN_LISTS: Final = frozenset({"hit", "list"})
"""Showing somebody in a list or among what a search found: noted with the person once a day."""

NO_REASON: Final = Label("—", "—")
"""Where nothing had to be allowed."""

EFFECT: Final = "effect"
"""The detail of looking, while typing, at what an entry would change: noted with the file once a day, for
the form was opened before and each key pressed would be a row."""

_DETAIL: Final = re.compile(r"[A-Za-z0-9 _.:/=+,-]{0,200}")
_NUMBER: Final = re.compile(r"[0-9]{15}")


class LogUnavailable(StoreUnavailable):
    """The log cannot be written now, and so nothing is shown."""


UNWRITTEN: Final = Label(
    "查阅记录现在写不进去，所以没有打开。请稍后再试。",
    "The access log cannot be written now, so nothing was opened. Try again in a moment.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Who saw what, and why it was allowed.

    `who` is the account, `role` and `unit` (a code) the post it acts in; `files` the numbers of the files
    shown, `compartments` which parts of them; `why` the decision's reason; `purpose` one of the access
    table's; `source` where from: an address, or "cli". `detail` is one short word of the program's own in
    ASCII (a tab, a ledger's name, an entry's id): typed text is refused (ValueError). `outside` says that
    the reader's unit was not in the line of those responsible for the file at that moment.
    """

    who: str
    role: str
    unit: str
    what: What
    files: tuple[int, ...] = ()
    compartments: tuple[str, ...] = ()
    why: Label = NO_REASON
    purpose: str = "casework"
    source: str = "cli"
    detail: str = ""
    outside: bool = False

    def __post_init__(self) -> None:
        if not _DETAIL.fullmatch(self.detail) or _NUMBER.search(self.detail):
            raise ValueError(f"a reading's detail is a word of the program's own, not “{self.detail}”")


def note(reading: Reading, now: datetime) -> None:
    """Write a reading into the log. Raises LogUnavailable (a StoreUnavailable) if it cannot be written: then
    nothing may be shown."""
    from guitu.store.readings import write

    try:
        write.write(reading, now)
    except (DatabaseError, InterfaceError) as problem:
        raise LogUnavailable(UNWRITTEN) from problem
