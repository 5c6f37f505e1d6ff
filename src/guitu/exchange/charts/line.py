"""One figure over time, for one place or a few: direct labels, gaps where nothing is known or shown, and a
break where the definition changed. What two definitions counted is never joined by a line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guitu.exchange.charts.chart import Canvas, Chart, Rows, apart, widest
from guitu.exchange.charts.look import SMALL, Json, Look, Size
from guitu.exchange.charts.scale import axis_of, plain
from guitu.kernel.labels import Label

MOST: Final = 4
"""Lines in one picture; more cannot be told apart without colour."""

HEIGHTS: Final[dict[Size, int]] = {"wide": 260, "narrow": 220, "page": 220}

DASHES: Final[tuple[list[int], ...]] = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3])
MARKS: Final = ("circle", "square", "triangle-up", "diamond")

PERIOD: Final = Label("期间", "Period")
CHANGED: Final = Label("口径改为第 {n} 版", "Definition {n} from here")


@dataclass(frozen=True, slots=True)
class Point:
    """A period's value as a number and as it is written. None: nothing known (`shown` says `—`), or hidden
    (`shown` says so). `version` is of the definition it was counted by."""

    at: str
    value: float | None
    shown: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Series:
    """A place's (or a year's) points in order. All series of a picture name the same periods."""

    name: str
    points: tuple[Point, ...]


def line(
    series: Sequence[Series],
    *,
    title: str = "",
    subtitle: str = "",
    note: str = "",
    unit: str = "",
    from_zero: bool = False,
    english: bool = False,
    look: Look = "light",
    size: Size = "wide",
) -> Chart:
    """The picture of these series; `unit` (`%`, `人`) stands at the axis. Raises ValueError for more than
    MOST series or none, which is the caller's error."""
    if not 0 < len(series) <= MOST:
        raise ValueError(f"1–{MOST} series, not {len(series)}")
    periods = [p.at for p in series[0].points]
    known = [p.value for s in series for p in s.points if p.value is not None]
    low, high, marked = axis_of(known, from_zero=from_zero or not known)
    height = HEIGHTS[size]
    ends = [_end(s) for s in series]
    canvas = Canvas(title, subtitle, note, look, size)
    canvas.left = widest([_marked(v, unit) for v in marked], SMALL) + 10
    canvas.right = min(
        max(widest([words for _, words in ends], SMALL), widest(periods, SMALL) / 2) + 14, canvas.whole * 0.36
    )
    canvas.bottom = 34
    last = max(len(periods) - 1, 1)
    x: Json = {
        "field": "i", "type": "quantitative", "scale": {"domain": [0, last], "nice": False, "zero": False},
        "axis": _periods_axis(periods, canvas.plot),
    }  # fmt: skip
    y: Json = {
        "field": "v", "type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {
            "values": marked, "title": None, "grid": True, "domain": False, "ticks": False,
            "labelExpr": _labels(marked, [_marked(v, unit) for v in marked]),
        },
    }  # fmt: skip

    def height_of(value: float) -> float:
        return height * (high - value) / (high - low)

    changes = _changes(series)
    canvas.over = 18 if changes else 4
    step = canvas.plot / last
    for at, _ in changes:
        canvas.layers.append(
            {
                "data": {"values": [{"x": (at - 0.5) * step, "y": -16, "y2": height}]},
                "mark": {"type": "rule", "stroke": canvas.palette.edge, "strokeDash": [3, 3]},
                "encoding": {
                    "x": {"field": "x", "type": "quantitative", "scale": None},
                    "y": {"field": "y", "type": "quantitative", "scale": None},
                    "y2": {"field": "y2"},
                },
            }
        )
    for n, one in enumerate(series):
        values = [
            {"i": i, "v": p.value, "part": part}
            for i, p, part in _parts(one.points)
        ]  # fmt: skip
        ink = canvas.palette.act if n == 0 else canvas.palette.ink_2
        canvas.layers.append(
            {
                "data": {"values": values},
                "mark": {
                    "type": "line", "stroke": ink, "strokeWidth": 2.5 if n == 0 else 1.75,
                    "strokeDash": DASHES[n], "clip": False,
                    "point": {
                        "shape": MARKS[n], "size": 44 if len(periods) <= 24 else 20, "opacity": 1,
                        "fill": ink if n % 2 == 0 else canvas.palette.paper, "stroke": ink,
                    },
                },
                "encoding": {"x": x, "y": y, "detail": {"field": "part", "type": "nominal"}},
            }
        )  # fmt: skip
    hidden = [
        {"x": i * step, "y": height - 10, "t": "※"}
        for i, p in enumerate(series[0].points)
        if p.value is None and p.shown.startswith("※")
    ]
    canvas.text(hidden, align="center")
    named = [(n, point, words) for n, (point, words) in enumerate(ends) if point is not None]
    heights = apart([height_of(p.value or 0) for _, p, _ in named], SMALL + 5, 8, height - 8)
    at_end = [
        {"x": canvas.plot + 10, "y": y_at, "t": words}
        for y_at, (_, _, words) in zip(heights, named, strict=True)
    ]
    canvas.text(at_end[:1], fontWeight=600, fill=canvas.palette.act)
    canvas.text(at_end[1:], fill=canvas.palette.ink_2)
    for at, version in changes:
        left = (at - 0.5) * step
        words: Json = {"x": left, "y": -9, "t": _in(CHANGED, english).format(n=version)}
        canvas.text([words], fill=canvas.palette.ink_2, align="right" if left > canvas.plot / 2 else "left")
    return canvas.draw(height, _table(series, english), _sentence(series, english))


def _marked(value: float, unit: str) -> str:
    return plain(value) + (unit if unit in {"%", "‰"} else "")


def _end(one: Series) -> tuple[Point | None, str]:
    """The last known point of a line, and the words at it."""
    last = next((p for p in reversed(one.points) if p.value is not None), None)
    shown = last.shown.split("（")[0].split(" (")[0] if last else "—"
    return last, f"{one.name} {shown}".strip()


def _parts(points: Sequence[Point]) -> list[tuple[int, Point, int]]:
    """The known points with the number of the unbroken stretch each belongs to."""
    out: list[tuple[int, Point, int]] = []
    part = 0
    before: Point | None = None
    for i, point in enumerate(points):
        if before is not None and (before.value is None or before.version != point.version):
            part += 1
        if point.value is not None:
            out.append((i, point, part))
        before = point
    return out


def _changes(series: Sequence[Series]) -> list[tuple[int, int]]:
    """Where a definition begins: number of the period, and of the version."""
    points = series[0].points
    return [
        (i, after.version)
        for i, (before, after) in enumerate(itertools.pairwise(points), start=1)
        if after.version != before.version
    ]


def _periods_axis(periods: Sequence[str], plot: float) -> Json:
    """As many periods named as there is room for, the last one always."""
    room = widest(periods, SMALL) + 16
    every = max(1, -(-int(len(periods) * room) // max(int(plot), 1)))
    values = sorted(range(len(periods) - 1, -1, -every))
    return {
        "values": values, "title": None, "grid": False, "labelPadding": 6, "tickSize": 4,
        "labelExpr": _labels(values, [periods[v] for v in values]), "labelOverlap": False,
        "labelBound": False, "labelFlush": False,
    }  # fmt: skip


def _labels(values: Sequence[float], words: Sequence[str]) -> str:
    """An expression that writes each marked value in its own words."""
    import json

    return f"{json.dumps(list(words), ensure_ascii=False)}[indexof({json.dumps(list(values))}, datum.value)]"


def _table(series: Sequence[Series], english: bool) -> Rows:
    head = (_in(PERIOD, english), *(s.name for s in series))
    rows = tuple((point.at, *(s.points[i].shown for s in series)) for i, point in enumerate(series[0].points))
    return Rows(head, rows, (False, *(True for _ in series)))


def _sentence(series: Sequence[Series], english: bool) -> str:
    """First and last of each line, in words."""
    said = []
    for one in series:
        known = [p for p in one.points if p.value is not None]
        if not known:
            said.append(f"{one.name}: no figure" if english else f"{one.name}：没有数")
        elif english:
            said.append(f"{one.name}: {known[0].at} {known[0].shown}, {known[-1].at} {known[-1].shown}")
        else:
            said.append(f"{one.name}：{known[0].at} 为 {known[0].shown}，{known[-1].at} 为 {known[-1].shown}")
    return ("Line over time. " if english else "趋势图。") + ("; " if english else "；").join(said)


def _in(label: Label, english: bool) -> str:
    return label.en if english else label.zh
