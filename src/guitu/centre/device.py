"""Heart rate and skin conductance as a device wrote them into a CSV file: checked, then thinned out.

Columns are found by their headings, with their units: a time in seconds (or hh:mm:ss), heart rate per minute,
conductance in microsiemens. Every fault is named with the row of the file. What is kept is the mean of each
stretch; a stretch in which the device wrote nothing stays empty and is drawn as a gap.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from guitu.kernel.labels import Label

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 60_000
MOST_FAULTS: Final = 20
POINTS: Final = 240
"""How many points are kept of a session: enough to see its course on a page."""
GAP: Final = 3.0
"""A pause of more than so many usual steps is a gap."""

_TIME: Final = re.compile(r"^(time|t|seconds?|elapsed|时间|秒|时刻)(?![a-z])", re.I)
_SIGNALS: Final = {
    "heart": re.compile(r"(heart|hr(?![a-z])|pulse|心率|脉搏)", re.I),
    "conductance": re.compile(r"(gsr|eda|scl|conductance|皮电|皮肤电)", re.I),
}
_UNITS: Final = {
    "time": {"s": 1.0, "sec": 1.0, "秒": 1.0, "ms": 0.001, "毫秒": 0.001, "min": 60.0, "分": 60.0},
    "heart": {"bpm": 1.0, "次/分": 1.0, "/min": 1.0, "hz": 60.0},
    "conductance": {"us": 1.0, "µs": 1.0, "μs": 1.0, "微西": 1.0, "ms": 1000.0, "ns": 0.001},
}
_RANGE: Final = {"heart": (25.0, 240.0), "conductance": (0.0, 100.0)}
_NAMES: Final = {
    "time": Label("时间", "time"),
    "heart": Label("心率", "heart rate"),
    "conductance": Label("皮肤电导", "skin conductance"),
}
_CLOCK: Final = re.compile(r"^(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the file. `row` is the row of the file (the heading is 1), None for all of it; one
    that is `fatal` keeps the file out, others are told and go in."""

    row: int | None
    label: Label
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """A pause: the row after which it lies, and its length in seconds."""

    row: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Series:
    """What was read. `step` is the seconds between points; a signal that the file has not is empty."""

    step: float
    heart: tuple[float | None, ...]
    conductance: tuple[float | None, ...]
    rows: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A file's series, or none, and every fault found."""

    series: Series | None
    faults: tuple[Fault, ...]


def read(raw: bytes) -> Read:
    """Read a device's file. Never raises: what is wrong with it stands in `faults`."""
    if len(raw) > MOST_BYTES:
        return _only(
            Label("文件超过 2 MB，请截取这一次治疗", "the file is over 2 MB: cut out this one session")
        )
    text = _text(raw)
    if text is None:
        return _only(
            Label(
                "不是文本文件（应为 UTF-8 或 GB18030 的 CSV）", "not a text file (a CSV in UTF-8 or GB18030)"
            )
        )
    try:
        table = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    except csv.Error:
        return _only(Label("不是可读的 CSV", "not a readable CSV"))
    if len(table) < 2:
        return _only(Label("文件里没有数据行", "the file has no rows of data"))
    if len(table) > MOST_ROWS:
        return _only(
            Label(f"超过 {MOST_ROWS} 行，请截取这一次治疗", f"over {MOST_ROWS} rows: cut out this session")
        )
    columns, faults = _columns(table[0])
    if faults:
        return Read(None, tuple(faults))
    return _read_rows(table, columns)


def _only(label: Label) -> Read:
    return Read(None, (Fault(None, label),))


def _text(raw: bytes) -> str | None:
    if b"\0" in raw:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


# ── columns ───────────────────────────────────────────────────────────────────────────────────────

Columns = dict[str, tuple[int, float]]
"""By what it holds: the column's place, and what its numbers are multiplied with."""


def _columns(head: Sequence[str]) -> tuple[Columns, list[Fault]]:
    found: Columns = {}
    faults: list[Fault] = []
    for place, cell in enumerate(head):
        name = cell.strip()
        what = "time" if _TIME.match(name) else next((w for w, p in _SIGNALS.items() if p.search(name)), None)
        if what is None or what in found:
            continue
        unit = _unit(name)
        if unit and unit.casefold() not in _UNITS[what]:
            known = "、".join(_UNITS[what])
            faults.append(
                Fault(
                    1,
                    Label(
                        f"“{name}”的单位“{unit}”不认识，可用：{known}",
                        f"the unit “{unit}” of “{name}” is not known; use {known.replace('、', ', ')}",
                    ),
                )
            )
        found[what] = (place, _UNITS[what].get(unit.casefold(), 1.0) if unit else 1.0)
    if "time" not in found:
        faults.append(
            Fault(1, Label("没有时间列（表头写“时间(s)”）", "no column of time (head it “time(s)”)"))
        )
    if not {"heart", "conductance"} & found.keys():
        faults.append(
            Fault(
                1,
                Label(
                    "没有心率列（“心率(bpm)”）也没有皮肤电列（“皮肤电导(uS)”）",
                    "neither a column of heart rate (“heart rate(bpm)”) nor of conductance (“GSR(uS)”)",
                ),
            )
        )
    return found, faults


def _unit(name: str) -> str:
    """The unit in a heading: `心率(bpm)`, `GSR [uS]`, `time_s`."""
    inside = re.search(r"[(（\[]\s*([^)）\]]+?)\s*[)）\]]", name)
    if inside:
        return inside[1]
    tail = re.search(r"_(bpm|us|µs|s|ms|sec|min|hz|ns)$", name, re.I)
    return tail[1] if tail else ""


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Point:
    row: int
    at: float
    values: dict[str, float]


def _read_rows(table: Sequence[Sequence[str]], columns: Columns) -> Read:
    faults: list[Fault] = []
    points: list[_Point] = []
    for row, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        point = _point(row, cells, columns, faults)
        if point is None:
            continue
        if points and point.at <= points[-1].at:
            faults.append(Fault(row, Label("时间没有往后走", "the time does not go forward")))
        else:
            points.append(point)
        if sum(f.fatal for f in faults) >= MOST_FAULTS:
            faults.append(
                Fault(row, Label("问题太多，其余没有再查", "too many faults: the rest was not looked at"))
            )
            break
    if len(points) < 2 and not any(f.fatal for f in faults):
        faults.append(Fault(None, Label("可用的数据不足两行", "fewer than two rows can be used")))
    if any(f.fatal for f in faults):
        return Read(None, tuple(faults))
    gaps = tuple(_gaps(points))
    faults += [
        Fault(
            gap.row,
            Label(f"之后有 {gap.seconds:.1f} 秒没有数据", f"no data for {gap.seconds:.1f} seconds after it"),
            fatal=False,
        )
        for gap in gaps
    ]
    return Read(_thinned(points, columns, gaps), tuple(faults))


def _point(row: int, cells: Sequence[str], columns: Columns, faults: list[Fault]) -> _Point | None:
    """One row; an empty cell is a signal that was not there, a wrong one is a fault."""
    at: float | None = None
    values: dict[str, float] = {}
    for what, (place, times) in columns.items():
        cell = cells[place].strip() if place < len(cells) else ""
        if not cell and what != "time":
            continue
        number = _seconds(cell) if what == "time" else _number(cell)
        if number is None:
            name = _NAMES[what]
            faults.append(
                Fault(row, Label(f"{name.zh}“{cell}”不是数", f"the {name.en} “{cell}” is not a number"))
            )
            return None
        if what == "time":
            at = number if ":" in cell else number * times
            continue
        low, high = _RANGE[what]
        value = number * times
        if not low <= value <= high:
            name = _NAMES[what]
            faults.append(
                Fault(
                    row,
                    Label(
                        f"{name.zh} {value:g} 超出 {low:g}–{high:g}，这一点不用",
                        f"the {name.en} {value:g} is outside {low:g} to {high:g}: not used",
                    ),
                    fatal=False,
                )
            )
            continue
        values[what] = value
    return None if at is None else _Point(row, at, values)


def _number(cell: str) -> float | None:
    try:
        found = float(cell)
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None  # neither infinite nor “nan”


def _seconds(cell: str) -> float | None:
    clock = _CLOCK.match(cell)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3] or 0)
    return _number(cell)


def _gaps(points: Sequence[_Point]) -> Iterator[Gap]:
    steps = [b.at - a.at for a, b in pairwise(points)]
    usual = median(steps)
    for point, step in zip(points, steps, strict=False):
        if step > GAP * usual:
            yield Gap(point.row, step)


def _thinned(points: Sequence[_Point], columns: Columns, gaps: tuple[Gap, ...]) -> Series:
    first, length = points[0].at, points[-1].at - points[0].at
    usual = median(b.at - a.at for a, b in pairwise(points))
    step = max(usual, length / POINTS)
    places = int(length / step) + 1

    def signal(what: str) -> tuple[float | None, ...]:
        if what not in columns:
            return ()
        bins: list[list[float]] = [[] for _ in range(places)]
        for point in points:
            if what in point.values:
                bins[min(int((point.at - first) / step + 1e-9), places - 1)].append(point.values[what])
        return tuple(sum(some) / len(some) if some else None for some in bins)

    return Series(step, signal("heart"), signal("conductance"), len(points), gaps)


# ── as it is kept ─────────────────────────────────────────────────────────────────────────────────


def kept(values: Sequence[float | None], places: int) -> str:
    """A signal as text: `72.5,,73.0`, nothing where there was nothing."""
    return ",".join("" if value is None else f"{value:.{places}f}" for value in values)


def from_kept(text: str) -> tuple[float | None, ...]:
    """What `kept` wrote."""
    return tuple(float(part) if part else None for part in text.split(",")) if text else ()
