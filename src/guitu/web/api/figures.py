"""Indicators: definitions, and figures as they may leave the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, Field, StringConstraints

from guitu.access.figures import may_see_figures
from guitu.compose import indicators
from guitu.indicators import Indicator, Period
from guitu.indicators.board import Board, NoBoard
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.figure_marks import board
from guitu.store.units import Unit, tree
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, Code, Said, Sent, UnitRef, label
from guitu.web.pages.indicators.definition import definition_of
from guitu.web.pages.indicators.numbers import Shown
from guitu.web.pages.indicators.sheet import groups_of, sheet_of

TAG: Final = "figures"

Key = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9_.]+$")]
PERIOD: Final = r"^(\d{4}-\d{2}|\d{4}Q[1-4]|\d{4})$"


class IndicatorOut(BaseModel):
    """What an indicator counts."""

    key: str
    label: Said
    unit: str
    version: int
    definition: Said
    breakdowns: list[str]
    cites: list[str]
    imported: bool
    plausible: list[str | None] | None


class LineOut(BaseModel):
    """One line of a definition: what it says, in words."""

    label: Said
    text: Said


class Explained(IndicatorOut):
    """The same, line by line as its page says it."""

    lines: list[LineOut]


class FigureOut(BaseModel):
    """A figure. `hidden` says why it is not shown: few (fewer than ten people) or along (it would give a
    small one away). `value` is null where it is hidden, was not counted, or nothing was there to divide."""

    unit: UnitRef
    period: str
    group: str
    value: float | None
    numerator: float | None
    denominator: float | None
    hidden: str
    version: int


class Figures(BaseModel):
    """The figures of an indicator; `made` is when they were worked out, and `day` for which day."""

    key: str
    made: datetime
    day: date
    items: list[FigureOut]


class AskedFigures(Sent):
    """Of which unit and period; `below` adds the units directly below, `by` splits by a breakdown."""

    unit: Code | None = None
    period: Annotated[str, StringConstraints(pattern=PERIOD)] = Field(description="2026-10, 2026Q3 or 2026")
    below: Literal["true", "false"] = "false"
    by: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")] = ""


@router.get(
    "/indicators", response={200: list[IndicatorOut], **FAULTS}, auth=Bearer("indicators"),
    url_name="api_indicators", operation_id="listIndicators", tags=[TAG],
    summary="全部指标 / Everything that is counted",
)  # fmt: skip
def every(request: HttpRequest) -> list[dict[str, Any]]:
    """Every indicator with its definition."""
    return [_told(one) for _, one in sorted(indicators().items())]


@router.get(
    "/indicators/{key}", response={200: Explained, **FAULTS}, auth=Bearer("indicators"),
    url_name="api_indicator", operation_id="explainIndicator", tags=[TAG],
    summary="一个指标的口径 / What an indicator counts",
)  # fmt: skip
def explain(request: HttpRequest, key: Path[Key]) -> dict[str, Any]:
    """The definition, line by line."""
    one = _indicator(key)
    lines = [{"label": label(line.label), "text": label(line.text)} for line in definition_of(one).lines]
    return {**_told(one), "lines": lines}


@router.get(
    "/indicators/{key}/values", response={200: Figures, **FAULTS}, auth=Bearer("indicators"),
    url_name="api_values", operation_id="readFigures", tags=[TAG],
    summary="一个指标的数 / The figures of an indicator",
)  # fmt: skip
def values(request: HttpRequest, key: Path[Key], asked: Query[AskedFigures]) -> dict[str, Any]:
    """Figures as they may leave the office: small ones are hidden, with whatever would give them away."""
    one, reader = _indicator(key), reader_of(request)
    assert reader.post is not None
    unit = tree().get(asked.unit or reader.post.unit)
    if unit is None or not may_see_figures(reader.actor, unit.path, unit.level).allowed:
        raise Refused(404, "not_there", NOT_THERE)
    try:
        period = Period.parse(asked.period)
    except (GuituError, ValueError):
        raise Refused(404, "not_there", NOT_THERE) from None
    if asked.by and asked.by not in one.breakdowns:
        raise Refused(404, "not_there", Label("不能这样分组。", "It is not split by that."))
    made = _board()
    below = [
        u for u in tree().children(unit) if may_see_figures(reader.actor, u.path, u.level).allowed
    ] if asked.below == "true" else []  # fmt: skip
    sheet = sheet_of(made, [key], unit, below, period.kind, period.first, period.first, exact=False)
    items = [_figure(u, period, "", sheet.shown(key, u, period)) for u in (unit, *below)]
    if asked.by:
        groups = groups_of(made, key, unit, period, asked.by, exact=False)
        items += [_figure(unit, period, group, shown) for group, shown in sorted(groups.items())]
    return {
        "key": key,
        "made": datetime.fromtimestamp(made.made_ms / 1000).astimezone(),
        "day": date.fromisoformat(made.day),
        "items": items,
    }


def _board() -> Board:
    try:
        return board()
    except NoBoard as none:
        raise Refused(404, "no_figures", none.label) from none


def _indicator(key: str) -> Indicator:
    found = indicators().get(key)
    if found is None:
        raise Refused(404, "not_there", NOT_THERE)
    return found


def _told(one: Indicator) -> dict[str, Any]:
    bounds = [None if b is None else str(b) for b in one.plausible] if one.plausible else None
    return {
        "key": one.key,
        "label": label(one.label),
        "unit": one.unit,
        "version": one.version,
        "definition": label(one.definition),
        "breakdowns": list(one.breakdowns),
        "cites": list(one.cites),
        "imported": one.imported,
        "plausible": bounds,
    }


def _figure(unit: Unit, period: Period, group: str, shown: Shown) -> dict[str, Any]:
    known = shown.known
    return {
        "unit": {"code": unit.code, "name": unit.name},
        "period": period.text,
        "group": group,
        "value": shown.value if known else None,
        "numerator": shown.over if known else None,
        "denominator": shown.under if known else None,
        "hidden": shown.mark,
        "version": shown.version,
    }
