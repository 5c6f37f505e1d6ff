"""The way home on one strip: a person's measures to the scale of time, stages as ticks, today as a line,
duties as marks below, each leading to its why. Beside it the same as a list, for phones and screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.safestring import SafeString

from guitu.kernel.labels import Label, spanned
from guitu.pathway.model import Assessment, Measure
from guitu.policy import names
from guitu.web.component import State, Text
from guitu.web.components.duty.component import row_id
from guitu.web.components.rail import examples, markup
from guitu.web.components.rail.geometry import Bar, Drawing, Mark, draw
from guitu.web.components.word.component import WORDS, Word, word_of
from guitu.web.language import spoken

LINE: Final = 1.5
BAR: Final = 1.5
"""Heights in lines of body text (em)."""

LOOKS: Final[dict[str, Label]] = {
    "over": Label("已结束", "ended"),
    "past": Label("已执行", "served"),
    "planned": Label("待执行", "still to serve"),
    "hollow": Label("中止、脱逃，不计期限", "suspended or escaped, not counted"),
    "away": Label("羁押、所外就医，期限照算", "in custody or on leave, counted"),
    "waiting": Label("待报到", "awaiting report"),
}
"""What each look of a bar means."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the strip; `y` and `height` in em."""

    look: str
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """A text on the strip; `anchor` is start or end."""

    text: Text
    x: float
    y: float
    anchor: str = "start"
    detail: Text = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A vertical stroke from `y` down to `y2`."""

    look: str
    x: float
    y: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A duty's mark; `href` leads to its line, and `title` says it."""

    look: str
    shape: str
    x: float
    y: float
    href: str
    title: Label

    @property
    def cy(self) -> float:
        """The middle of the mark; its text stands a little lower."""
        return round(self.y - 0.36, 2)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage or an interruption, in the list. `until` is its last day, None while it lasts."""

    label: Text
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Stop:
    """One measure, in the list."""

    label: Text
    state: Text
    since: date
    until: date | None
    until_word: Text
    now: bool
    stages: tuple[Stage, ...] = ()
    duties: tuple[tuple[Word, Text, str], ...] = ()
    done: int = 0


@dataclass(frozen=True, slots=True)
class Rail:
    """Everything placed; `id` keeps two rails on one page apart."""

    id: str
    on: date
    height: float
    today: Stroke
    today_words: Words
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    words: tuple[Words, ...]
    dots: tuple[Dot, ...]
    stops: tuple[Stop, ...]
    axis: float = 0.0
    key: tuple[tuple[str, Label], ...] = ()

    def html(self) -> SafeString:
        """Strip, key and list."""
        return markup.figure(self)


TODAY: Final = Label("今天", "Today")


def rail_of(assessment: Assessment, *, id: str = "rail", said: Text = TODAY) -> Rail:
    """The rail of an assessment, in the reader's language. Without a measure it is empty: say so instead.

    `said` names the day asked about where that is not today."""
    drawing = draw(assessment, words=24, language=spoken())
    top = LINE
    names = top + LINE * drawing.name_lines
    tracks = names + (BAR + 0.35) * drawing.tracks
    axis = tracks + 1.25 * drawing.stage_lines + 0.25
    marks = axis + LINE
    height = marks + LINE * drawing.mark_lines + 0.25
    boxes, strokes, words = _bars(drawing, top, names, tracks)
    for year in drawing.years:
        strokes.append(Stroke("year", year.x, axis, axis + 0.4))
        if year.shown:
            words.append(Words(year.label, year.x, axis + 1.15, look="year"))
    left = drawing.today_x < 88
    return Rail(
        id=id,
        on=assessment.on,
        height=round(height, 2),
        today=Stroke("today", drawing.today_x, 0.2, round(height, 2)),
        today_words=Words(
            said,
            drawing.today_x,
            1.1,
            "start" if left else "end",
            assessment.on.isoformat(),
            "today",
        ),
        boxes=tuple(boxes),
        strokes=tuple(strokes),
        words=tuple(words),
        dots=tuple(_dot(m, assessment.on, marks) for m in drawing.marks),
        stops=tuple(_stop(b.measure, assessment) for b in drawing.bars),
        axis=round(axis, 2),
        key=tuple((look, meaning) for look, meaning in LOOKS.items() if any(b.look == look for b in boxes)),
    )


def _bars(
    drawing: Drawing, top: float, names: float, tracks: float
) -> tuple[list[Box], list[Stroke], list[Words]]:
    boxes: list[Box] = []
    strokes: list[Stroke] = []
    words: list[Words] = []
    for bar in drawing.bars:
        y = round(names + (BAR + 0.35) * bar.track, 2)
        current = bar.measure.state != "ended"
        for piece in bar.pieces:
            look = "over" if piece.look == "past" and not current else piece.look
            height = BAR / 2 if look == "away" else BAR
            boxes.append(Box(look, piece.x, piece.width, round(y + BAR - height, 2), height))
        if bar.capped:
            strokes.append(Stroke("cap", bar.end, y - 0.15, y + BAR + 0.15))
        words.append(
            Words(
                bar.measure.label,
                bar.name_x,
                round(top + LINE * bar.name_line + 1.1, 2),
                "end" if bar.name_at_end else "start",
                _dates(bar),
                "now" if current else "",
            )
        )
        for tick in bar.stages:
            strokes.append(Stroke("stage", tick.x, y, tracks if tick.shown else y + BAR))
            if tick.shown:
                words.append(
                    Words(tick.label, tick.x, round(tracks + 1.25 * tick.line + 0.9, 2), look="stage")
                )
    return boxes, strokes, words


def _until(measure: Measure) -> date | None:
    """The last day shown: of an expired term its last day in force, else the day of the act that ended it."""
    return measure.ends_on if measure.ended_by == "expiry" else measure.ended_on or measure.ends_on


def _before(day: date | None) -> date | None:
    """The last day of a stretch whose first day after it is `day`."""
    return day - timedelta(days=1) if day else None


def _dates(bar: Bar) -> Text:
    measure = bar.measure
    if measure.starts_on is None:
        return names().states["awaiting_report"]
    since = measure.starts_on.isoformat()
    until = _until(measure)
    return spanned(since, until) if until else Label(f"{since} 起，期满未定", f"from {since}, end not known")


def _dot(mark: Mark, on: date, top: float) -> Dot:
    first = mark.duties[0]
    many = len(mark.duties)
    word = word_of(first, on)
    due = (first.done_on if first.state == "done" else first.due) or first.opens_on
    day = f"{due.isoformat()} " if due else ""
    said = WORDS[word.kind][1] if not isinstance(word.text, Label) else word.text
    title = Label(f"{day}{first.label.zh}：{said.zh}", f"{day}{first.label.en}: {said.en}")
    if many > 1:
        title = Label(f"{title.zh}，共 {many} 项", f"{title.en}, {many} in all")
    shape = WORDS[mark.look][0]
    return Dot(mark.look, shape, mark.x, round(top + LINE * mark.line + 1.1, 2), "#" + row_id(first), title)


def _stop(measure: Measure, assessment: Assessment) -> Stop:
    mine = [d for d in assessment.duties if d.measure == measure.order]
    waiting = [d for d in mine if d.state in ("open", "overdue")]
    until = _until(measure)
    word: Text = ""
    if measure.ended_on is not None:
        word = names().endings[measure.ended_by] if measure.ended_by else names().states["ended"]
    elif measure.ends_on is not None:
        word = Label("期满", "last day")
    return Stop(
        label=measure.label,
        state=names().states[measure.state],
        since=measure.starts_on or measure.ordered_on,
        until=until,
        until_word=word,
        now=measure is assessment.current and measure.state != "ended",
        stages=tuple(Stage(s.label, s.since, _before(s.until)) for s in measure.spans),
        duties=tuple((word_of(d, assessment.on), d.label, "#" + row_id(d)) for d in waiting),
        done=sum(d.state == "done" for d in mine),
    )


_LONG: Final = examples.long_way()

STATES: Final = (
    State("long_way", Label("多项措施", "Several measures"), rail_of(_LONG, id="rail-1")),
    State(
        "waiting", Label("等待报到", "Awaiting report"), rail_of(examples.waiting_to_report(), id="rail-2")
    ),
    State("suspended", Label("中止", "Suspended"), rail_of(examples.suspended_now(), id="rail-3")),
)
