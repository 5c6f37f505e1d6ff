"""A made-up pack, for the gallery and for looking at the papers. Nobody's figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from guitu.exchange.packs.content import (
    Action,
    Amount,
    ByUnit,
    Check,
    Column,
    FindingRow,
    Flow,
    Group,
    Line,
    Move,
    Pack,
    Place,
    Point,
    QualityRow,
    Trend,
    UnitRow,
)
from guitu.kernel.labels import Label


def _n(value: int, *, hidden: bool = False) -> Amount:
    return Amount(str(value), n=value, hidden=hidden)


def _small(value: int) -> Amount:
    """As disclosure control leaves it in this example."""
    return Amount(str(value), n=value, hidden=value < 10 or value == 41, along=value == 41)


def _rate(value: str, over: int, under: int) -> Amount:
    return Amount(value, over, under, under)


_CURRENT: Final = Label("期末在册人员", "Current files at the end")
_SEEN: Final = Label("按期见面率", "Seen on time")
_NAMES: Final = (
    ("469023100", "河西镇", 128, 3), ("469023101", "东坡镇", 96, 0), ("469023102", "南园镇", 74, 12),
    ("469023103", "北山镇", 41, 2), ("469023104", "新桥镇", 7, 1),
)  # fmt: skip
_MONTHS: Final = (318, 321, 325, 330, 328, 333, 336, 340, 338, 341, 343, 346)

MONTH: Final = Pack(
    "month",
    date(2026, 10, 1),
    date(2026, 10, 31),
    Place("469023", "示例县", "county"),
    "469023-2026-10-1",
    date(2026, 11, 2),
    184_201,
    "2026-11-02T06:00:00+08:00",
    date(2026, 11, 2),
    "5f0c1be27d4a9a3c",
    Flow(
        _n(343),
        (
            Move("new", Label("新接", "New"), _n(14)),
            Move("moved_in", Label("迁入", "Moved in"), _n(6, hidden=True)),
        ),
        (
            Move("released", Label("解除", "Released"), _n(12)),
            Move("moved_out", Label("迁出", "Moved out"), _n(5, hidden=True)),
        ),
        _n(346),
        _n(341),
    ),
    (
        Group(
            Label("社区戒毒社区康复", "Community treatment and rehabilitation"),
            (
                Line("files.current", 1, _CURRENT, "person",
                     Label("期末仍在执行措施的人员", "Persons under a measure at the end"),
                     _n(346), _n(343), _n(318)),
                Line("contacts.on_time", 2, _SEEN, "percent",
                     Label("本期应见面的人次中按期见面的比例", "Of contacts due, those held in time"),
                     _rate("91.23", 312, 342), _rate("87.5", 294, 336), _rate("84.91", 270, 318),
                     (Label("2026年起不计请假。", "Leave is not counted from 2026 on."),)),
                Line("relapse.rate", 1, Label("复吸率", "Relapse rate"), "permille",
                     Label("本期认定复吸人数与期末在册人数之比", "Relapses over current files"),
                     _rate("8.67", 3, 346), _rate("5.83", 2, 343), None),
            ),
        ),
        Group(
            Label("移交与接收", "Hand-over"),
            (
                Line("handover.sent", 1, Label("移交人数", "Handed over"), "person",
                     Label("本期发出移交的人数", "Persons sent on"), _n(21), _n(21), _n(19)),
                Line("handover.late", 1, Label("逾期未接收", "Not received in time"), "person",
                     Label("超过期限仍未接收的人数", "Persons not received in time"),
                     _n(4, hidden=True), _n(0), _n(11)),
            ),
        ),
    ),
    (
        Trend("files.current", 1, _CURRENT, "person",
              tuple(Point(f"{2025 + (n + 10) // 12}-{(n + 10) % 12 + 1:02}", _n(v))
                    for n, v in enumerate(_MONTHS))),
    ),
    ByUnit(
        (Column("files.current", _CURRENT, "person", 1), Column("contacts.on_time", _SEEN, "percent", 2)),
        tuple(
            UnitRow(code, name, (_small(v), _rate(f"{90 - n}.5", v - 8, v)
                                 if v > 50 else Amount("80", 8, 10, 10, hidden=True, along=True)))
            for n, (code, name, v, _) in enumerate(_NAMES)
        ),
        (_n(346), _rate("91.23", 312, 342)),
    ),
    ByUnit(
        (
            Column("total", Label("合计", "Total"), "duty"),
            Column("test", Label("检测", "Test"), "duty"),
            Column("visit", Label("走访", "Visit"), "duty"),
        ),
        tuple(UnitRow(code, name, (_n(v), _n(v // 2), _n(v - v // 2))) for code, name, _, v in _NAMES),
        (_n(18), _n(7), _n(11)),
    ),
    (
        FindingRow("held_too_long", Label("到期未解除", "Not released at the end"), True, _n(2)),
        FindingRow("no_answer", Label("投诉逾期未答复", "Complaint not answered in time"), True, _n(0)),
        FindingRow("no_contact", Label("超过 30 天未见面", "No contact for 30 days"), False, _n(11)),
    ),
    (
        QualityRow("late", Label("逾 3 日补录", "Recorded more than 3 days late"), _n(17)),
        QualityRow("corrected", Label("本期更正、作废", "Corrected or withdrawn"), _n(6)),
        QualityRow("held", Label("台账退回待补", "Held ledger rows"), _n(3), "entry",
                   Label("河西镇 10 月花名册。", "October roster of Hexi.")),
    ),
    (
        Action("a1", date(2026, 10, 9), "核查北山镇三个月未见面人员，逐人说明去向", "北山镇",
               date(2026, 10, 25), "done", date(2026, 10, 23), "已逐人见面，两人迁出"),
        Action("a2", date(2026, 10, 9), "补齐新桥镇社区戒毒协议文书", "新桥镇", date(2026, 10, 31), "late"),
    ),
    (
        Check("opening", Label("期初 343 与上期报告期末 341 不同：之后补录 3 条、作废 1 条。",
                               "The opening, 343, differs from the last closing, 341.")),
    ),
)  # fmt: skip

CORRECTION: Final = replace(
    MONTH, number="469023-2026-10-2", replaces="469023-2026-10-1", why="东坡镇补录 10 月新接 2 人。"
)
