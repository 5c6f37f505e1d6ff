"""What a verification finds wrong, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from guitu.kernel.labels import Label

Fault = Literal["altered", "missing", "reordered", "order", "head", "no_file", "root", "pack"]

UNREADABLE: Final = (TypeError, ValueError, AttributeError, OverflowError, AssertionError)
"""What reading something raises that the store never wrote: SQLite takes anything into any column."""

SENTENCES: Final[dict[Fault, Label]] = {
    "altered": Label(
        "档案 {case_no} 第 {n} 条（{id}）已被改动", "file {case_no}, entry {n} ({id}) was altered"
    ),
    "missing": Label("档案 {case_no} 缺少第 {n} 条", "file {case_no}: entry {n} is missing"),
    "reordered": Label(
        "档案 {case_no} 第 {n} 条（{id}）被移动过，原为第 {was} 条",
        "file {case_no}, entry {n} ({id}) was moved; it was entry {was}",
    ),
    "order": Label(
        "档案 {case_no} 第 {n} 条（{id}）的入库次序被改动",
        "file {case_no}, entry {n} ({id}): the order in which it was stored was altered",
    ),
    "head": Label(
        "档案 {case_no} 的末端摘要与第 {n} 条不符", "file {case_no}: its head does not fit entry {n}"
    ),
    "no_file": Label(
        "第 {n} 条（{id}）所属的档案 {case_no} 不存在", "entry {n} ({id}) belongs to no file ({case_no})"
    ),
    "root": Label("{case_no} 的签名根不符：{what}", "the signed root of {case_no} does not fit: {what}"),
    "pack": Label("月报 {case_no}：{what}", "pack {case_no}: {what}"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing wrong with one file (or one daily root; then `case_no` is its day; or one pack, and its
    number)."""

    fault: Fault
    case_no: str
    n: int
    id: UUID | None
    label: Label


def raw(value: Any) -> bytes:
    """The bytes of a column of bytes, whatever was put there."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else repr(value).encode()


def broken_root(day: str, what: Label) -> Broken:
    """A daily root that does not fit."""
    return Broken("root", day, 0, None, SENTENCES["root"].fill(case_no=day, what=what))


def broken_pack(number: str, id: UUID, what: Label) -> Broken:
    """A pack that is not what was fixed."""
    return Broken("pack", number, 0, id, SENTENCES["pack"].fill(case_no=number, what=what))
