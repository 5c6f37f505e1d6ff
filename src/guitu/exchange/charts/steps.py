"""A cohort over the months since it began: how many are still kept, and, always beside it, how many were
lost.

Kept stands from below, lost hangs from above, what is between them ended in another way or cannot be told
yet; the three always make up everybody who began. A value holds until the next time it was looked at: a
step, not a slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guitu.exchange.charts.chart import Canvas, Chart, Rows
from guitu.exchange.charts.look import Json, Look, Size
from guitu.kernel.labels import Label

HEIGHTS: Final[dict[Size, int]] = {"wide": 280, "narrow": 240, "page": 240}

MONTH: Final = Label("月", "Month")
KEPT: Final = Label("保持", "Kept")
LOST: Final = Label("失联", "Lost")
OTHER: Final = Label("其他或未到期", "Otherwise, or not yet due")
WHOLE: Final = Label("起始人数", "Began")
AXIS: Final = Label("起算后月数", "Months since the beginning")


@dataclass(frozen=True, slots=True)
class Step:
    """How a cohort stands `month` months on: shares of everybody who began (0–1) and how they are written.
    None where hidden or not known yet, as the words say."""

    month: int
    kept: float | None
    lost: float | None
    kept_shown: str
    lost_shown: str
    other_shown: str
    whole_shown: str


def steps(
    cohort: Sequence[Step],
    *,
    title: str = "",
    subtitle: str = "",
    note: str = "",
    kept: str = "",
    lost: str = "",
    english: bool = False,
    look: Look = "light",
    size: Size = "wide",
) -> Chart:
    """The picture; `kept` and `lost` name the two (`操守保持`, `失联`) where the ordinary words do not
    fit."""
    kept = kept or _in(KEPT, english)
    lost = lost or _in(LOST, english)
    height = HEIGHTS[size]
    canvas = Canvas(title, subtitle, note, look, size, left=56, right=16, bottom=50, over=28)
    if size == "narrow":
        canvas.right = 8
    months = [0, *(s.month for s in cohort)]
    last = max(months[-1], 1)
    width = canvas.plot
    x: Json = {
        "field": "m", "type": "quantitative", "scale": {"domain": [0, last], "nice": False},
        "axis": {
            "values": months, "title": _in(AXIS, english), "grid": False, "labelOverlap": False,
            "labelPadding": 6, "titlePadding": 8, "titleAnchor": "start", "tickSize": 4, "format": "d",
        },
    }  # fmt: skip
    y: Json = {
        "field": "v", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False},
        "axis": {
            "values": [0, 0.25, 0.5, 0.75, 1], "format": "%", "title": None, "domain": False, "ticks": False,
        },
    }  # fmt: skip
    kept_known = _held([(0, 1.0), *((s.month, s.kept) for s in cohort)], last)
    lost_known = _held([(0, 0.0), *((s.month, s.lost) for s in cohort)], last)
    palette = canvas.palette
    area: Json = {"type": "area", "interpolate": "step-after", "fill": palette.sunk}
    hanging = [{"m": m, "v": 1 - v, "top": 1} for m, v in lost_known]
    canvas.layers.append(
        {
            "data": {"values": hanging},
            "mark": area | {"line": {"stroke": palette.ink_2, "strokeDash": [5, 3], "strokeWidth": 1.75}},
            "encoding": {"x": x, "y": y, "y2": {"field": "top"}},
        }
    )
    canvas.layers.append(
        {
            "data": {"values": [{"m": m, "v": v} for m, v in kept_known]},
            "mark": {"type": "line", "interpolate": "step-after", "stroke": palette.act, "strokeWidth": 2.5},
            "encoding": {"x": x, "y": y},
        }
    )
    dots = [{"m": s.month, "v": s.kept} for s in cohort if s.kept is not None]
    canvas.layers.append(
        {
            "data": {"values": dots},
            "mark": {"type": "point", "filled": True, "size": 60, "fill": palette.act, "opacity": 1},
            "encoding": {"x": x, "y": y},
        }
    )
    _label(canvas, cohort, kept, lost, height, width, last)
    return canvas.draw(height, _table(cohort, kept, lost, english), _sentence(cohort, kept, lost, english))


def _label(
    canvas: Canvas, cohort: Sequence[Step], kept: str, lost: str, height: int, width: int, last: int
) -> None:
    """The share at each month it was looked at: the lost in a row above, the kept under their line. What has
    no room is left to the table; the last month is always written, with the words."""
    at_kept: list[Json] = []
    at_lost: list[Json] = []
    free = width + 1000.0
    for one in reversed(cohort):
        x = one.month / last * width
        if x + 40 > free:
            continue
        free = x
        if one.kept is not None:
            at_kept.append({"x": x, "y": (1 - one.kept) * height + 15, "t": _short(one.kept_shown)})
        if one.lost is not None:
            at_lost.append({"x": x, "y": -16, "t": _short(one.lost_shown)})
    palette = canvas.palette
    ends = cohort[-1].month / last * width if cohort else 0
    for values, word, look in (
        (at_kept, f"{kept} ", {"fill": palette.act, "fontWeight": 600}),
        (at_lost, "", {"fill": palette.ink}),
    ):
        canvas.text([v | {"x": v["x"] + 4} for v in values if v["x"] != ends], align="left", **look)  # type: ignore[operator]
        canvas.text([v | {"t": f"{word}{v['t']}"} for v in values if v["x"] == ends], align="right", **look)
    canvas.text([{"x": -8, "y": -16, "t": lost}], align="right", fill=palette.ink)


def _held(known: Sequence[tuple[int, float | None]], last: int) -> list[tuple[int, float]]:
    """Points up to the first that is not known; the last one is drawn on to the right end if it is there."""
    out: list[tuple[int, float]] = []
    for month, value in known:
        if value is None:
            break
        out.append((month, value))
    return out


def _short(shown: str) -> str:
    """`80.0%` of `80.0%（80/100）`."""
    return shown.split("（")[0].split(" (")[0]


def _table(cohort: Sequence[Step], kept: str, lost: str, english: bool) -> Rows:
    return Rows(
        (_in(MONTH, english), kept, lost, _in(OTHER, english), _in(WHOLE, english)),
        tuple((str(s.month), s.kept_shown, s.lost_shown, s.other_shown, s.whole_shown) for s in cohort),
        (True, True, True, True, True),
    )


def _sentence(cohort: Sequence[Step], kept: str, lost: str, english: bool) -> str:
    if english:
        said = "; ".join(f"month {s.month}: {kept} {s.kept_shown}, {lost} {s.lost_shown}" for s in cohort)
        return f"Cohort curve. {said}"
    said = "；".join(f"第{s.month}个月{kept} {s.kept_shown}，{lost} {s.lost_shown}" for s in cohort)
    return f"同期人群曲线。{said}"


def _in(label: Label, english: bool) -> str:
    return label.en if english else label.zh
