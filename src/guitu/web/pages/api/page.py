"""Which programs work in my name, what may they do, and how are they told of what is new? The pages have the
shapes of `guitu.web.inside`; here are the states in which gallery and tests show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.access.scopes import SCOPES
from guitu.kernel.labels import Label
from guitu.store.webhooks import Hook
from guitu.web.accounts.tokens import WRONG_DAYS, Line, NotMade
from guitu.web.component import State
from guitu.web.pages.api import build

_AT: Final = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_IDS: Final = [UUID(int=0x0193A000_0000_4000_8000_000000000000 + n) for n in range(4)]
_POSTS: Final = {1: Label("河西镇 · 乡镇禁毒办", "河西镇 · Town anti-drug office")}
_LINES: Final = (
    Line(_IDS[0], 7, "town", "李晓梅", 1, "县数据平台", ("people", "duties"), "open", "town",
         _AT, _AT + timedelta(days=90), _AT),
    Line(_IDS[1], 7, "town", "李晓梅", 1, "检测仪", ("record",), "offered", "sysadmin",
         _AT, _AT + timedelta(days=30), None),
    Line(_IDS[2], 7, "town", "李晓梅", 1, "旧程序", ("files",), "open", "town",
         _AT - timedelta(days=99), _AT - timedelta(days=9), _AT - timedelta(days=10)),
)  # fmt: skip
_HOOKS: Final = (
    Hook(_IDS[3], 7, "town", 1, "县数据平台", "https://data.example/guitu", "asked", _AT, ""),
    Hook(_IDS[2], 7, "town", 1, "值班屏", "http://10.1.2.3:8080/notices", "stopped", _AT, "sysadmin", 0, 3),
)
_OPERATIONS: Final = (
    ("GET", "/api/v1/people", Label("辖区内人员", "People of a unit"), "people"),
    ("POST", "/api/v1/files/{case}/entries", Label("登记、更正、作废", "Record, correct"), "record"),
    ("GET", "/api/v1/token", Label("这个令牌是谁的", "What this token is"), ""),
)
_SOME: Final = tuple(SCOPES.values())[:5]

STATES: Final = (
    State("mine", Label("我的令牌", "My tokens"),
          build.own_page(_LINES, _HOOKS, _POSTS, _AT, _OPERATIONS)),
    State("none", Label("还没有", "None yet"), build.own_page((), (), {}, _AT, _OPERATIONS)),
    State("new", Label("生成", "Make one"), build.new_page(_SOME, {}, frozenset({"people"}))),
    State("new_wrong", Label("天数不对", "Days wrong"),
          build.new_page(_SOME, {"name": "县数据平台", "days": "9999"}, frozenset({"people"}),
                         fault=NotMade(WRONG_DAYS, "days"))),
    State("made", Label("已生成", "Made"), build.made_page("guitu_0193a000000040008000000000000000_example")),
    State("all", Label("管理员看到的", "For an administrator"),
          build.admin_page(_LINES, _HOOKS, _POSTS, _AT)),
    State("prepare", Label("准备", "Prepare"),
          build.new_page(tuple(SCOPES.values()), {}, frozenset(), prepared=True)),
)  # fmt: skip
