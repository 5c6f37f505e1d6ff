"""What proves that nothing was altered, and how long things are kept: daily roots, verification, access log,
retention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from guitu.cli.doctor_checks import Check, Finding, bad, good
from guitu.cli.doctor_checks.database import tables
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import engine

ROOT_DAYS: Final = 2
"""Days without a signed root while something was recorded."""
VERIFY_DAYS: Final = 31
VERIFIED: Final = "verified"
"""The file in the data folder in which `guitu verify` leaves when it ran last and how it ended."""
RETENTION: Final = "retention.yaml"
"""Where an office writes how long it keeps what."""
LOG_MONTHS: Final = 6
"""网络安全法 23 (in the numbering in force from 2026): at least so many months."""


def roots() -> Iterator[Finding]:
    """Whether each day is signed."""
    if "store_dayroot" not in tables():
        return
    last = engine.rows("SELECT max(day), max(upto_seq) FROM store_dayroot")[0]
    entries = engine.rows("SELECT max(seq), max(stored_ms) FROM store_entry")[0]
    if entries[0] is None:
        return
    stored = datetime.fromtimestamp(entries[1] / 1000, UTC).date()
    signed = engine.day_of(last[0]) if last[0] else None
    if last[1] != entries[0] and (signed is None or stored - signed > timedelta(days=ROOT_DAYS)):
        yield bad(
            "roots",
            "grave" if signed else "warning",
            Label(
                f"最近的每日签名根是 {signed or '（没有）'}",
                f"The newest signed daily root is of {signed or '(none)'}",
            ),
            Label(
                "没有签名的日子里被改了什么，事后看不出来",
                "What was altered on days without one cannot be told later",
            ),
            Label("每天运行一次 guitu refresh", "Run guitu refresh once a day"),
        )
    else:
        yield good("roots", "每日签名根没有缺", "The signed daily roots are there")


def verified() -> Iterator[Finding]:
    """Whether somebody looked at the chains lately, and what came of it."""
    path = Path(settings.HOME) / VERIFIED
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    if told is not None and not told["good"]:
        yield bad(
            "verified",
            "grave",
            Label(
                f"{told['day']} 的核对发现了改动",
                f"The verification of {told['day']} found something altered",
            ),
            Label("有人改动过记录，或者磁盘坏了", "Somebody altered entries, or a disk is failing"),
            Label(
                "停用写入，保全现场，运行 guitu verify 看是哪里",
                "Stop writing, keep everything, run guitu verify to see where",
            ),
        )
    elif told is None or datetime.now(UTC).date() - date.fromisoformat(told["day"]) > timedelta(
        days=VERIFY_DAYS
    ):
        yield bad(
            "verified",
            "warning",
            Label(
                f"没有在 {VERIFY_DAYS} 天内核对过摘要链",
                f"The chains were not verified within {VERIFY_DAYS} days",
            ),
            Label("改动只有核对时才会被发现", "An alteration is found only by verifying"),
            Label("每月运行一次 guitu verify", "Run guitu verify once a month"),
        )
    else:
        yield good(
            "verified", f"{told['day']} 核对过，没有改动", f"Verified on {told['day']}: nothing altered"
        )


def access_log() -> Iterator[Finding]:
    """Whether readings are kept for as long as the law wants."""
    if not tables():
        return
    alias = next((name for name in ("readings", "default") if name in connections.settings), "default")
    with connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor))
        if "store_reading" not in there:
            yield bad(
                "access_log",
                "unknown",
                Label("没有装上查阅记录", "The access log is not installed"),
                Label("谁看过谁的档案，没有人知道", "Nobody knows who has seen whose file"),
                Label("更新到有查阅记录的版本", "Update to an edition that has it"),
            )
            return
        cursor.execute("SELECT max(until_ms) FROM store_readingstub")
        pruned = (cursor.fetchone() or (None,))[0]
        cursor.execute("SELECT min(at_ms) FROM store_reading")
        first = (cursor.fetchone() or (None,))[0]
    limit = datetime.now(UTC) - timedelta(days=LOG_MONTHS * 30)
    if pruned and datetime.fromtimestamp(pruned / 1000, UTC) > limit:
        yield bad(
            "access_log",
            "grave",
            Label("六个月内的查阅记录被清除过", "Readings of the last six months were removed"),
            Label("法律要求日志至少保存六个月", "The law wants them kept for six months at least"),
            Label("从备份恢复，查明是谁清除的", "Restore them from a backup and find out who removed them"),
        )
    elif first is None and "store_entry" in tables() and engine.rows("SELECT 1 FROM store_entry LIMIT 1"):
        yield bad(
            "access_log",
            "warning",
            Label("查阅记录是空的", "The access log is empty"),
            Label(
                "有档案却没有人看过，多半是没有记下来",
                "There are files and nobody read one: most likely none was noted",
            ),
            Label("打开一份档案，再看“谁看过”", "Open a file and look at who has seen it"),
        )
    else:
        yield good(
            "access_log",
            "查阅记录在记，没有早于期限清除",
            "Readings are noted, and none was removed too early",
        )


def retention() -> Iterator[Finding]:
    """Whether the office has said how long it keeps what, of every category."""
    from guitu.store.retention import unset

    risk = Label("超过必要的时间仍保存，本身就是风险", "What is kept longer than needed is a risk in itself")
    mend = Label(
        "由单位按档案规定确定，写进数据文件夹里的 retention.yaml",
        "Let the office decide by its rules for records, in retention.yaml of the data folder",
    )
    try:
        left = unset(Path(settings.HOME))
    except GuituError as fault:
        yield bad("retention", "warning", fault.label, risk, mend)
        return
    if not left:
        yield good("retention", "单位写明了保存期限", "The office has said how long it keeps things")
        return
    zh, en = "、".join(c.label.zh for c in left), ", ".join(c.label.en.lower() for c in left)
    told = Label(f"没有写明保存多久：{zh}", f"It is not said how long these are kept: {en}")
    yield bad("retention", "warning", told, risk, mend)


CHECKS: Final[tuple[Check, ...]] = (roots, verified, access_log, retention)
