"""Where everything on the rail goes: a pure function from an assessment to places on a strip 100 wide.

Across is time, to scale, in hundredths of the strip. Down is in lines of text: large type moves it all.
Words are placed by guessing their width on a strip of STRIP pixels; on a narrower one the list is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment, Duty, Measure, Span

STRIP: Final = 960
WIDE, NARROW = 16.0, 8.6
MARK: Final = 2.6
"""Two marks nearer than this (24 px on the strip) do not share a line."""
SMALL_MARK: Final = 1.1
"""The same for what is done, which is drawn small and never moved aside."""
MOST_MARK_LINES: Final = 3

PieceLook = Literal["past", "planned", "hollow", "away", "waiting"]
STAGES: Final = frozenset({"zone", "place"})
"""Spans that are stages of a measure."""
NOT_COUNTED: Final = frozenset({"suspension", "escape"})
"""Spans that stop the term. Every other interruption leaves it running."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: days past, still planned, not counted, spent elsewhere, or waiting to report."""

    look: PieceLook
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A point on the strip with words: a new stage, or the beginning of a year. `line` keeps words apart."""

    x: float
    label: Label
    line: int = 0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: its pieces, a cap where it has ended, its stages, and where its name stands."""

    measure: Measure
    track: int
    x: float
    end: float
    pieces: tuple[Piece, ...]
    stages: tuple[Tick, ...]
    capped: bool
    open_ended: bool
    name_x: float
    name_at_end: bool
    name_line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One duty, or several of the same look that lie too close to tell apart."""

    x: float
    line: int
    look: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed. `tracks`, `name_lines`, `stage_lines` and `mark_lines` say how tall each band is."""

    first: date
    last: date
    on: date
    today_x: float
    bars: tuple[Bar, ...]
    years: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    tracks: int
    name_lines: int
    stage_lines: int
    mark_lines: int


class Scale:
    """Days to hundredths of the strip."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._days = max(1, (last - first).days)

    def x(self, day: date) -> float:
        """Where a day begins, kept on the strip."""
        return round(min(100.0, max(0.0, (day - self.first).days / self._days * 100)), 2)


def width_of(text: str) -> float:
    """About how wide a text is, in hundredths of the strip."""
    return sum(WIDE if ord(c) > 0x2E80 else NARROW for c in text) / STRIP * 100


def draw(assessment: Assessment, *, words: int = 0, language: str = "zh") -> Drawing:
    """Place an assessment, with room for its words in that language. `words` says how many more characters of
    date follow a measure's name."""
    on = assessment.on
    scale = _scale(assessment)
    bars = _bars(assessment.measures, on, scale, words, language)
    marks = _marks(assessment.duties, on, scale)
    return Drawing(
        first=scale.first,
        last=scale.last,
        on=on,
        today_x=scale.x(on),
        bars=bars,
        years=_years(scale),
        marks=marks,
        tracks=1 + max((b.track for b in bars), default=0),
        name_lines=1 + max((b.name_line for b in bars), default=0),
        stage_lines=1 + max((t.line for b in bars for t in b.stages if t.shown), default=-1),
        mark_lines=1 + max((m.line for m in marks), default=-1),
    )


def begins(measure: Measure) -> date:
    """The first day drawn: of the term, or of the order while nobody has reported in."""
    return measure.starts_on or measure.ordered_on


def finishes(measure: Measure, on: date) -> date:
    """The first day after what is drawn of a measure."""
    if measure.ended_on is not None:
        return measure.ended_on
    if measure.starts_on is None:
        return max(on, begins(measure)) + timedelta(days=1)
    if measure.ends_on is not None:
        return max(measure.ends_on, begins(measure)) + timedelta(days=1)
    return max(on, begins(measure)) + timedelta(days=90)


def _scale(assessment: Assessment) -> Scale:
    days = [assessment.on]
    for measure in assessment.measures:
        days += [begins(measure), finishes(measure, assessment.on)]
    for duty in assessment.duties:
        if duty.state in ("open", "overdue") and duty.due is not None:
            days.append(duty.due)
    first, last = min(days), max(days)
    short = 365 - (last - first).days
    if short > 0:  # room for the dates in words, most of it ahead
        first, last = first - timedelta(days=short // 4), last + timedelta(days=short - short // 4)
    margin = max(10, (last - first).days // 40)
    return Scale(first - timedelta(days=margin), last + timedelta(days=margin))


def _bars(measures: Sequence[Measure], on: date, scale: Scale, words: int, language: str) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    tracks: list[date] = []
    names: list[float] = []
    for measure in sorted(measures, key=begins):
        start, end = begins(measure), finishes(measure, on)
        track = next((i for i, free in enumerate(tracks) if free <= start), len(tracks))
        tracks[track : track + 1] = [end]
        x = scale.x(start)
        width = width_of(measure.label.say(language)) + words * NARROW / STRIP * 100 + 1
        at_end = x + width > 100
        left = max(0.0, 100 - width) if at_end else x
        line = next((i for i, free in enumerate(names) if free <= left), len(names))
        names[line : line + 1] = [left + width]
        bars.append(
            Bar(
                measure=measure,
                track=track,
                x=x,
                end=scale.x(end),
                pieces=_pieces(measure, start, end, on, scale),
                stages=_stages(measure.spans, scale, language),
                capped=measure.ended_on is not None,
                open_ended=measure.ended_on is None and measure.ends_on is None,
                name_x=100.0 if at_end else x,
                name_at_end=at_end,
                name_line=line,
            )
        )
    return tuple(bars)


def _pieces(measure: Measure, start: date, end: date, on: date, scale: Scale) -> tuple[Piece, ...]:
    """Cut a bar at today and round every interruption, in order of time and without overlaps."""
    if measure.state == "awaiting_report" or measure.starts_on is None:
        return (_piece("waiting", start, max(end, on), scale),)
    pauses = sorted((s for s in measure.spans if s.what not in STAGES), key=lambda s: s.since)
    now = min(max(on, start), end)
    cuts: list[tuple[date, date, PieceLook]] = []
    at = start
    for pause in pauses:
        since = max(pause.since, at)
        until = min(pause.until or max(now, since), end)
        if until <= since:
            continue
        cuts += [(at, since, "past"), (since, until, "hollow" if pause.what in NOT_COUNTED else "away")]
        at = until
    cuts.append((at, end, "past"))
    pieces: list[Piece] = []
    for since, until, look in cuts:
        if look == "past" and since < now < until:
            pieces += [_piece("past", since, now, scale), _piece("planned", now, until, scale)]
        elif until > since:
            pieces.append(_piece("planned" if look == "past" and since >= now else look, since, until, scale))
    return tuple(p for p in pieces if p.width > 0)


def _piece(look: PieceLook, since: date, until: date, scale: Scale) -> Piece:
    x = scale.x(since)
    return Piece(look, x, round(scale.x(until) - x, 2))


def _stages(spans: Sequence[Span], scale: Scale, language: str) -> tuple[Tick, ...]:
    """Ticks where stages begin. Places have a line of words and zones another; where there is one sort only,
    it has both. Words that find no room are left to the list."""
    stages = sorted((s for s in spans if s.what in STAGES), key=lambda s: s.since)
    sorts = {s.what for s in stages}
    free = [0.0, 0.0]
    ticks: list[Tick] = []
    for span in stages:
        x = scale.x(span.since)
        width = width_of(span.label.say(language)) * 0.875 + 1
        own = (0, 1) if len(sorts) == 1 else (0,) if span.what == "place" else (1,)
        line = next((i for i in own if free[i] <= x and x + width <= 100), None)
        if line is not None:
            free[line] = x + width
        ticks.append(Tick(x, span.label, line or 0, shown=line is not None))
    return tuple(ticks)


def _years(scale: Scale) -> tuple[Tick, ...]:
    """The beginning of each year; of each quarter where the strip is shorter than two years."""
    quarterly = (scale.last - scale.first).days < 730
    ticks: list[Tick] = []
    free = -1.0
    for year in range(scale.first.year, scale.last.year + 1):
        for month in (1, 4, 7, 10) if quarterly else (1,):
            day = date(year, month, 1)
            if not scale.first <= day <= scale.last:
                continue
            text = f"{year}-{month:02d}" if quarterly else str(year)
            x = scale.x(day)
            fits = free <= x and x + width_of(text) <= 100
            if fits:
                free = x + width_of(text) + 1
            ticks.append(Tick(x, Label(text, text), shown=fits))
    return tuple(ticks)


def look_of(duty: Duty, on: date) -> str:
    """Which shape a duty has on the rail."""
    if duty.state == "done":
        return "done"
    if duty.state == "overdue":
        return "late"
    return "today" if duty.due == on else "open"


def _marks(duties: Sequence[Duty], on: date, scale: Scale) -> tuple[Mark, ...]:
    """Duties at the day they are due (done ones at the day they were done), each clear of its neighbours.

    What is finished stands small on the first line; several that fall together become one mark.
    """
    placed: list[tuple[float, str, list[Duty]]] = []
    for duty in sorted(duties, key=lambda d: (_day(d, on), d.name)):
        if duty.state == "waived":
            continue
        x, look = scale.x(_day(duty, on)), look_of(duty, on)
        apart = SMALL_MARK if look == "done" else 0.3
        near = next((p for p in reversed(placed) if p[1] == look and x - p[0] < apart), None)
        if near is not None:
            near[2].append(duty)
        else:
            placed.append((x, look, [duty]))
    lines = [-MARK] * MOST_MARK_LINES
    marks: list[Mark] = []
    for x, look, together in placed:
        apart = MARK if look != "done" else SMALL_MARK
        line = next((i for i, last in enumerate(lines) if x - last >= apart), MOST_MARK_LINES - 1)
        line = 0 if look == "done" else line
        lines[line] = x
        marks.append(Mark(x, line, look, tuple(together)))
    return tuple(marks)


def _day(duty: Duty, on: date) -> date:
    return (duty.done_on if duty.state == "done" else None) or duty.due or max(duty.opens_on or on, on)
