"""The database: its edition, the guards inside it, and with what rights this service signs in to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.kernel.labels import Label
from guitu.store import engine

LOCAL: Final = ("", "localhost", "127.0.0.1", "::1")
ENCRYPTED: Final = ("verify-full", "verify-ca")
KEPT: Final = (
    "store_entry",
    "store_dayroot",
    "store_keydestroyed",
    "store_attachment",
    "store_pack",
    "store_papertemplate",
    "store_proposal",
    "store_proposalstep",
    "store_rosterissue",
)
"""Tables whose rows are never changed (a proposal is decided once) nor deleted."""
LOGGED: Final = (
    "store_reading",
    "store_readingfile",
    "store_readingleaf",
    "store_readingpost",
    "store_readingreview",
    "store_readingroot",
    "store_readingstrand",
    "store_readingstub",
    "store_readingwhy",
)
"""The same of the access log, which may be in a database of its own."""
ACTS: Final = ("UPDATE", "DELETE", "INSERT")
"""What a trigger of SQLite stands against: inserting, too, may replace."""
AGAINST: Final = 8 | 16 | 32
"""The same of PostgreSQL, in its numbers: DELETE, UPDATE, TRUNCATE."""
_TRIGGERS: Final = (
    "SELECT c.relname, bit_or(t.tgtype::int) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = current_schema()::regnamespace"
    " GROUP BY c.relname"
)
SKEW: Final = 60
"""Seconds by which two clocks may differ."""
LOCKED: Final = (
    "store_casefile",
    "store_entry",
    "store_filekey",
    "store_person",
    "store_casestatus",
    "store_duty",
)
"""Tables that row-level security stands over, once its migration is there."""


def is_there() -> bool:
    """Whether there is a database at all: looking at an SQLite file that is not there would make one."""
    return engine.is_postgresql() or Path(connection.settings_dict["NAME"]).is_file()


def tables() -> frozenset[str]:
    """Every table there is."""
    return frozenset(connection.introspection.table_names()) if is_there() else frozenset()


def edition() -> Iterator[Finding]:
    """Whether its tables are of this edition."""
    executor = MigrationExecutor(connection if is_there() else None)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not executor.loader.applied_migrations:
        yield bad(
            "edition",
            "unknown",
            Label("数据库还是空的", "The database is still empty"),
            Label("没有数据可查", "There is nothing to look at"),
            Label("启动一次服务，或运行 guitu migrate", "Start the service once, or run guitu migrate"),
        )
    elif waiting:
        yield bad(
            "edition",
            "grave",
            Label(
                f"表结构比程序旧（缺 {len(waiting)} 步）",
                f"The tables are older than the program ({len(waiting)} steps)",
            ),
            Label("新的保护还没有装上", "New guards are not in place yet"),
            Label("做好备份，运行 guitu migrate", "Make a backup and run guitu migrate"),
        )
    else:
        yield good("edition", "表结构与程序一致", "The tables are of this edition")


def append_only() -> Iterator[Finding]:
    """The triggers that refuse to change or delete what happened, on every table that has it: of one that was
    put in the place of another they are gone."""
    if "store_entry" not in tables():
        return
    log = next((name for name in ("readings", "default") if name in connections.settings), "default")
    bare = sorted(_unguarded(connection, KEPT) | _unguarded(connections[log], LOGGED))
    if not bare:
        yield good(
            "append_only", "数据库拒绝修改和删除记录", "The database refuses to change or delete entries"
        )
    else:
        more_zh = f"等 {len(bare)} 张表" if len(bare) > 1 else ""
        more_en = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        yield bad(
            "append_only",
            "grave",
            Label(
                f"{bare[0]} {more_zh}拒绝修改记录的触发器不见了",
                f"The triggers that refuse to change entries are gone from {bare[0]}{more_en}",
            ),
            Label("记录可以被悄悄改掉", "Entries can be changed without a trace"),
            Label(
                "查明是谁去掉的，运行 guitu verify，再从备份恢复表结构",
                "Find out who removed them, run guitu verify, and restore the tables from a backup",
            ),
        )


def _unguarded(here: Any, names: tuple[str, ...]) -> set[str]:
    """The tables of a database that lack a trigger against something; those that are not there yet do not."""
    with here.cursor() as cursor:
        there = set(names) & set(here.introspection.table_names(cursor))
        if here.vendor == "postgresql":
            cursor.execute(_TRIGGERS)
            kinds = dict(cursor.fetchall())
            return {name for name in there if kinds.get(name, 0) & AGAINST != AGAINST}
        cursor.execute("SELECT tbl_name, upper(sql) FROM sqlite_master WHERE type = 'trigger'")
        told = [(name, sql) for name, sql in cursor.fetchall() if "RAISE(ABORT" in sql]
    return {
        name
        for name in there
        if not all(any(of == name and f"BEFORE {act} ON" in sql for of, sql in told) for act in ACTS)
    }


def embedded() -> Iterator[Finding]:
    """How SQLite writes."""
    if engine.is_postgresql() or not is_there():
        return
    journal = str(engine.rows("PRAGMA journal_mode")[0][0]).lower()
    synchronous = int(engine.rows("PRAGMA synchronous")[0][0])
    if journal != "wal" or synchronous < 2:
        yield bad(
            "journal",
            "grave",
            Label(
                f"SQLite 的写入方式不安全（{journal}，synchronous={synchronous}）",
                f"SQLite writes unsafely ({journal}, synchronous={synchronous})",
            ),
            Label("断电可能丢失已经确认的记录", "A power cut may lose entries that were acknowledged"),
            Label(
                "不要在 GUITU_DATABASE_URL 之外另设选项，重启服务",
                "Set no options of your own besides GUITU_DATABASE_URL, and restart",
            ),
        )
    else:
        yield good(
            "journal", "SQLite 断电不丢记录（WAL，FULL）", "SQLite loses nothing in a power cut (WAL, FULL)"
        )


def server_login() -> Iterator[Finding]:
    """With what rights this service signs in to PostgreSQL, and how."""
    if not engine.is_postgresql():
        return
    mighty, passes, name = engine.rows(
        "SELECT rolsuper, rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user"
    )[0]
    if mighty or passes:
        yield bad(
            "server_login",
            "grave",
            Label(
                f"服务用 {name} 登录数据库，它不受行级安全约束",
                f"The service signs in as {name}, whom no row security binds",
            ),
            Label("程序里的一个漏洞就能读到全部档案", "One hole in the program reads every file"),
            Label(
                "另建一个普通用户（NOSUPERUSER NOBYPASSRLS）供服务使用",
                "Make a plain user for the service (NOSUPERUSER NOBYPASSRLS)",
            ),
        )
    else:
        yield good("server_login", f"{name} 是普通用户", f"{name} is a plain user")
    settings = connection.settings_dict
    mode = str(settings.get("OPTIONS", {}).get("sslmode", ""))
    host = str(settings.get("HOST") or "")
    if host not in LOCAL and not host.startswith("/") and mode not in ENCRYPTED:
        yield bad(
            "server_tls",
            "warning" if mode == "require" else "grave",
            Label(
                f"到数据库服务器 {host} 的连接没有核对证书（sslmode={mode or '未设'}）",
                f"The connection to the server {host} checks no certificate (sslmode={mode or 'not set'})",
            ),
            Label(
                "网络里的人可以冒充数据库，或读到经过的数据",
                "Somebody on the network can pose as it, or read along",
            ),
            Label(
                "在 GUITU_DATABASE_URL 末尾加 ?sslmode=verify-full",
                "Add ?sslmode=verify-full to GUITU_DATABASE_URL",
            ),
        )


def second_lock() -> Iterator[Finding]:
    """Row-level security, on the owner too."""
    if not engine.is_postgresql():
        return
    there = [name for name in LOCKED if name in tables()]
    rows = engine.rows_for(
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname IN ({})", there
    )
    open_ones = sorted(name for name, locked in rows if not locked)
    if open_ones:
        yield bad(
            "row_security",
            "grave",
            Label(
                f"{open_ones[0]} 等 {len(open_ones)} 张表没有强制行级安全",
                f"Row security is not forced on {open_ones[0]} and {len(open_ones) - 1} more tables",
            ),
            Label("程序的第一道锁失效时，后面没有第二道", "Behind the program's lock there is no second one"),
            Label(
                "运行 guitu migrate；已是最新时查明是谁关掉的",
                "Run guitu migrate; if nothing is waiting, find out who turned it off",
            ),
        )
    elif there:
        yield good("row_security", "各表都强制行级安全", "Row security is forced on every table")


def clocks() -> Iterator[Finding]:
    """Whether the clocks agree, with each other and with what was stored."""
    here = datetime.now(UTC)
    if engine.is_postgresql():
        there = engine.rows("SELECT extract(epoch FROM now())")[0][0]
        if abs(float(there) - here.timestamp()) > SKEW:
            yield bad(
                "clock",
                "grave",
                Label(
                    "本机和数据库服务器的时钟相差一分钟以上",
                    "This machine's clock and the server's differ by over a minute",
                ),
                Label("期限和先后次序会算错", "Terms and the order of entries are wrong"),
                Label("两台机器都用同一个时间服务器校时", "Set both by the same time server"),
            )
            return
    if "store_entry" in tables():
        last = engine.rows("SELECT max(stored_ms) FROM store_entry")[0][0]
        if last and last / 1000 > here.timestamp() + SKEW:
            yield bad(
                "clock",
                "grave",
                Label("最近的记录比现在还晚", "The newest entry was stored later than now"),
                Label(
                    "时钟曾被往回拨，记录的先后不可信",
                    "The clock went back: the order of entries cannot be trusted",
                ),
                Label(
                    "校准时钟，查明原因后再登记", "Set the clock and find the cause before anybody records"
                ),
            )
            return
    yield good("clock", "时钟一致", "The clocks agree")


CHECKS: Final[tuple[Check, ...]] = (edition, append_only, embedded, server_login, second_lock, clocks)
