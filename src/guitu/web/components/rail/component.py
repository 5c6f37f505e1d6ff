"""The way home on one strip: a person's measures to the scale of time, stages as ticks, today as a line,
duties as marks below, each leading to its why. Beside it the same as a list, for phones and screen readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.model import Assessment, Duty, DutyState, Finding, Measure, Span
from guitu.policy import names
from guitu.web.component import State, Text
from guitu.web.components.duty.component import row_id
from guitu.web.components.rail.geometry import Bar, Drawing, Mark, draw
from guitu.web.components.word.component import WORDS, Word, word_of

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
    """A stage or an interruption, in the list."""

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


def rail_of(assessment: Assessment, *, id: str = "rail") -> Rail:
    """The rail of an assessment. A person without any measure has none: show an empty state instead."""
    drawing = draw(assessment, words=24)
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
            Label("今天", "Today"),
            drawing.today_x,
            1.1,
            "start" if left else "end",
            assessment.on.isoformat(),
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


def _dates(bar: Bar) -> Text:
    measure = bar.measure
    if measure.starts_on is None:
        return names().states["awaiting_report"]
    since = measure.starts_on.isoformat()
    until = measure.ended_on or measure.ends_on
    return (
        f"{since} ～ {until.isoformat()}"
        if until
        else Label(f"{since} 起，期满未定", f"from {since}, end not known")
    )


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
    until = measure.ended_on or measure.ends_on
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
        stages=tuple(Stage(s.label, s.since, s.until) for s in measure.spans),
        duties=tuple((word_of(d, assessment.on), d.label, "#" + row_id(d)) for d in waiting),
        done=sum(d.state == "done" for d in mine),
    )


_ON: Final = date(2026, 11, 23)
_DAYS: Final = Because(Label("期限", "Term"), on=_ON, cites=(Citation("禁毒法", "33"),))


def _id(n: int) -> UUID:
    return UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + n)


def _duty(
    name: str, zh: str, en: str, state: DutyState, due: date, order: int, done: date | None = None
) -> Duty:
    return Duty(name, Label(zh, en), "person", state, None, due, "urine_test", _DAYS, _id(order), done)


def _tests(first: date, months: int, order: int) -> tuple[Duty, ...]:
    days = [
        date(first.year + (first.month - 1 + m) // 12, (first.month - 1 + m) % 12 + 1, 20)
        for m in range(months)
    ]
    return tuple(_duty("routine_test", "检测", "Urine test", "done", d, order, d) for d in days)


def long_way() -> Assessment:
    """From voluntary treatment through a centre to community rehabilitation; for the gallery."""
    isolation = Measure(
        "compulsory_isolation",
        Label("强制隔离戒毒", "Compulsory isolation treatment"),
        "ended",
        _id(2),
        date(2023, 4, 12),
        date(2023, 4, 12),
        date(2025, 4, 11),
        date(2025, 4, 11),
        _DAYS,
        (
            Span("place", Label("公安所", "Police centre"), date(2023, 4, 12), date(2023, 9, 1)),
            Span("zone", Label("适应区", "Adaptation"), date(2023, 9, 1), date(2024, 2, 1)),
            Span("zone", Label("巩固区", "Consolidation"), date(2024, 2, 1), date(2025, 1, 10)),
            Span("zone", Label("回归区", "Return"), date(2025, 1, 10), date(2025, 4, 12)),
        ),
        date(2025, 4, 12),
        "release",
    )
    recovery = Measure(
        "community_recovery",
        Label("社区康复", "Community rehabilitation"),
        "in_force",
        _id(3),
        date(2025, 4, 10),
        date(2025, 4, 20),
        date(2028, 5, 4),
        None,
        _DAYS,
        (
            Span(
                "suspension",
                Label("中止", "Suspended"),
                date(2025, 9, 1),
                date(2025, 11, 1),
            ),
        ),
    )
    voluntary = Measure(
        "voluntary",
        Label("自愿戒毒", "Voluntary treatment"),
        "ended",
        _id(1),
        date(2022, 9, 5),
        date(2022, 9, 5),
        date(2022, 12, 4),
        None,
        _DAYS,
        (),
        date(2022, 12, 5),
        "expiry",
    )
    duties = (
        *_tests(date(2025, 5, 20), 16, 3),
        _duty("routine_test", "检测", "Urine test", "overdue", date(2026, 11, 20), 3),
        _duty("visit", "家访", "Home visit", "open", _ON, 3),
        _duty("routine_test", "检测", "Urine test", "open", date(2027, 1, 20), 3),
        _duty("notify_town_of_end", "期满告知", "Notify of the end", "open", date(2028, 5, 11), 3),
    )
    return Assessment(_ON, None, recovery, (voluntary, isolation, recovery), duties)


def waiting_to_report() -> Assessment:
    """Served three weeks ago and not yet reported in."""
    order = Measure(
        "community_treatment",
        Label("社区戒毒", "Community treatment"),
        "awaiting_report",
        _id(1),
        date(2026, 11, 1),
        None,
        None,
        None,
        None,
    )
    late = _duty("report_in", "报到", "Report in", "overdue", date(2026, 11, 19), 1)
    finding = Finding("deemed_refusal", Label("视为拒绝接受社区戒毒", "Deemed refusal"), _ON, _DAYS, _id(1))
    return Assessment(_ON, None, order, (order,), (late,), (finding,))


def suspended_now() -> Assessment:
    """In detention at the moment, with an unknown number of days to come."""
    order = Measure(
        "community_treatment",
        Label("社区戒毒", "Community treatment"),
        "suspended",
        _id(1),
        date(2025, 3, 1),
        date(2025, 3, 6),
        date(2028, 3, 20),
        date(2028, 3, 20),
        _DAYS,
        (Span("suspension", Label("中止", "Suspended"), date(2026, 9, 1), None),),
    )
    return Assessment(
        _ON, datetime(2026, 11, 23, 10).astimezone(), order, (order,), _tests(date(2025, 4, 20), 15, 1)
    )


STATES: Final = (
    State("long_way", Label("多项措施", "Several measures"), rail_of(long_way(), id="rail-1")),
    State("waiting", Label("等待报到", "Awaiting report"), rail_of(waiting_to_report(), id="rail-2")),
    State("suspended", Label("中止", "Suspended"), rail_of(suspended_now(), id="rail-3")),
)
