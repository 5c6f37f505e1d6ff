"""Is what was printed true, by our records? Here are the states in which gallery and tests show the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from guitu.compose import indicators
from guitu.indicators import Period
from guitu.indicators.disclosure import Mark
from guitu.indicators.targets import Target
from guitu.kernel.labels import Label
from guitu.store.levels.scoreboard import Counted, Edition, Line, Ours, Printed, lines
from guitu.store.units import Unit
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.inside.shown import Board
from guitu.web.pages.scoreboard import acts, public, view

__all__ = ["STATES", "Board"]

_UNIT: Final = Unit(
    1, "469023", "示例县", "county", None, 2, ("46", "469023"), (1, None, None, None, None), None, None
)
_PERIOD: Final = Period.year(2025)
_ID: Final = "0193a000-0000-7000-8000-000000000001"


def _line(
    n: int, key: str, label: str, value: str, ours: Ours | None, mark: Mark = "", **more: object
) -> Line:
    identifier = UUID(int=n)
    target = Target(
        key=key, label=label, scope="469023", value=Decimal(value), unit=indicators()[key].unit,
        period=_PERIOD, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    one = Printed(identifier, _UNIT, target, _PERIOD, date(2026, 2, 1), "示例：年度公报")
    made = Counted(date(2026, 11, 22), 0, {identifier: ours} if ours else {})
    return lines([one], made, {identifier: mark} if mark else {})[0]


def _ours(value: str, over: str = "", under: str = "") -> Ours:
    return Ours(Decimal(value), Decimal(over) if over else None, Decimal(under) if under else None, version=1)


def example() -> tuple[Line, ...]:
    """Every result there is."""
    return (
        _line(1, "outreach.talks", "宣讲", "145", _ours("145")),
        _line(2, "outreach.events", "禁毒宣传活动", "2600", _ours("2634"), exact=False),
        _line(3, "training.certificate_rate", "获证率", "93.91", _ours("92.5", "370", "400")),
        _line(4, "support.jobs", "帮扶就业", "7", None, "small"),
        _line(5, "registered.rate", "现有吸毒人员占人口比", "3.21", _ours("3.21"), printed_unit="percent",
              imported=True),
        _line(6, "police.criminal_cases_change", "刑事类案件同比", "-29.68", _ours("-29.68"),
              conflict=Decimal("-9.68"), imported=True),
        _line(7, "recovery.quit", "戒断", "4250", None),
    )  # fmt: skip


def _records(line: Line) -> tuple[Button, ...]:
    label = line.printed.target.label
    return (Button(Label("指标", "Indicator"), "#", "small", describes=label),
            Button(Label("单位档案", "Unit's file"), "#", "small", describes=label))  # fmt: skip


def _internal() -> Board:
    made = Counted(date(2026, 11, 22), 0, {})
    return view.board(Label("公布数据 · 示例县", "Scoreboard · 示例县"), example(), made, _records)


def _none() -> Board:
    return view.board(Label("公布数据 · 示例县", "Scoreboard · 示例县"), (), None, _records)


def _public() -> Board:
    edition = Edition(_ID, _UNIT, date(2026, 11, 23), date(2026, 11, 22), example())
    return public.board(edition, (edition,))


STATES: Final = (
    State("internal", Label("内部", "Internal"), _internal),
    State("none", Label("还没有", "None yet"), _none),
    State("public", Label("公开", "Public"), _public),
    State("unpublished", Label("还没有公布", "Nothing published"), lambda: public.board(None, ())),
    State("import", Label("导入", "Import"), lambda: acts.import_page("示例县", _ID)),
    State(
        "refused",
        Label("不能导入", "Cannot be imported"),
        lambda: acts.import_page(
            "示例县", _ID, "", "[[figure]]\nkey = \"outreach.talk\"", {"day": "2026-02-01"},
            {"text": Label("targets, figure 1 (outreach.talk)：缺少 label",
                           "targets, figure 1 (outreach.talk): label is missing")},
        ),
    ),
)  # fmt: skip
