"""The rail as HTML. Written here and not in a template: a long history has hundreds of small shapes, and a
page a hundredth of a second."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label, spanned
from guitu.web.component import render, said, say

if TYPE_CHECKING:
    from guitu.web.components.rail.component import Box, Dot, Rail, Stop, Stroke, Words

IN_ORDER: Final = Label("措施经过", "Measures in order")
END_UNKNOWN: Final = Label("{first} 起，期满未定", "from {first}, end not known")
UNTIL_NOW: Final = Label("至今", "now")
DONE: Final = Label("✓ 已办 {n} 项", "✓ {n} done")
HIDDEN: Final = 'aria-hidden="true" focusable="false"'


def figure(rail: Rail) -> SafeString:
    """Strip, key and list. The strip is for eyes and pointers; the list says the same to everybody."""
    return mark_safe(f'<figure class="rail" id="{rail.id}">{strip(rail)}{key(rail)}{listing(rail)}</figure>')


def strip(rail: Rail) -> str:
    """The drawing: bars and strokes first, then words, then the marks that can be pressed."""
    hatch = f"{rail.id}-hatch"
    parts = [
        f'<svg class="rail-strip" width="100%" height="{rail.height}em" {HIDDEN}><defs>'
        f'<pattern id="{hatch}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/>'
        '<path class="hatch-line" d="M0 0v7"/></pattern></defs>'
        f'<line class="rail-axis" x1="0" x2="100%" y1="{rail.axis}em" y2="{rail.axis}em"/>'
    ]
    parts += (_box(box, hatch) for box in rail.boxes)
    parts += (_stroke(stroke) for stroke in (*rail.strokes, rail.today))
    parts += (_words(words) for words in (*rail.words, rail.today_words))
    parts += (_dot(dot) for dot in rail.dots)
    return "".join(parts) + "</svg>"


def _box(box: Box, hatch: str) -> str:
    fill = f' fill="url(#{hatch})"' if box.look == "planned" else ""
    place = f'x="{box.x}%" y="{box.y}em" width="{box.width}%" height="{box.height}em"'
    return f'<rect class="rail-{box.look}" {place}{fill}/>'


def _stroke(stroke: Stroke) -> str:
    place = f'x1="{stroke.x}%" x2="{stroke.x}%" y1="{stroke.y}em" y2="{stroke.y2}em"'
    return f'<line class="rail-{stroke.look}-line" {place}/>'


def _words(words: Words) -> str:
    place = f'x="{words.x}%" y="{words.y}em" text-anchor="{words.anchor}"'
    first = f'<tspan class="{words.look}"{_aside(words)}>{said(words.text)}</tspan>'
    detail = f'<tspan class="detail" dx=".6em">{said(words.detail)}</tspan>' if words.detail else ""
    return f'<text class="rail-words" {place}>{first}{detail}</text>'


def _aside(words: Words) -> str:
    if words.look != "today":
        return ""
    return ' dx=".5em"' if words.anchor == "start" else ' dx="-.5em"'


def _dot(dot: Dot) -> str:
    radius = 7 if dot.look == "done" else 12
    return (
        f'<a href="{escape(dot.href)}" tabindex="-1" class="rail-dot {dot.look}">'
        f"<title>{said(dot.title)}</title>"
        f'<circle class="rail-hit" cx="{dot.x}%" cy="{dot.cy}em" r="{radius}"/>'
        f'<text x="{dot.x}%" y="{dot.y}em" text-anchor="middle"><tspan>{dot.shape}</tspan></text></a>'
    )


def key(rail: Rail) -> str:
    """What each look of a bar means: only the looks that are there. For eyes, as the bars are."""
    return (
        '<div class="rail-key" aria-hidden="true">'
        + "".join(_look(rail, *one) for one in rail.key)
        + "</div>"
    )


def _look(rail: Rail, look: str, meaning: Label) -> str:
    fill = f' fill="url(#{rail.id}-hatch)"' if look == "planned" else ""
    y, height = (7, 6) if look == "away" else (1, 12)
    swatch = f'<rect class="rail-{look}" x="1" y="{y}" width="26" height="{height}"{fill}/>'
    return f'<span><svg width="28" height="14" {HIDDEN}>{swatch}</svg>{said(meaning)}</span>'


def listing(rail: Rail) -> str:
    """The same in words, measure by measure."""
    stops = "".join(_stop(stop) for stop in rail.stops)
    return f'<ol class="rail-list" aria-label="{said(IN_ORDER)}">{stops}</ol>'


def _stop(stop: Stop) -> str:
    return "".join(_stop_parts(stop))


def _stop_parts(stop: Stop) -> Iterator[str]:
    yield '<li class="now" aria-current="step">' if stop.now else "<li>"
    since, until = _day(stop.since), f"{_day(stop.until)} {said(stop.until_word)}" if stop.until else ""
    yield (
        f'<p class="rail-stop"><strong>{said(stop.label)}</strong> '
        f'<span class="rail-span">{_between(since, until)}</span>'
    )
    if stop.now:
        yield f' <span class="rail-state">{said(stop.state)}</span>'
    yield "</p>"
    if stop.stages:
        yield '<ul class="rail-stages">'
        for stage in stop.stages:
            until = stage.until.isoformat() if stage.until else said(UNTIL_NOW)
            span = f'<span class="rail-span">{_between(stage.since.isoformat(), until)}</span>'
            yield f"<li>{said(stage.label)} {span}</li>"
        yield "</ul>"
    if stop.duties or stop.done:
        yield '<p class="rail-duties">'
        for word, label, href in stop.duties:
            yield f'<span class="rail-duty">{render(word)} <a href="{escape(href)}">{said(label)}</a></span>'
        if stop.done:
            yield f'<span class="meta">{said(DONE.fill(n=stop.done))}</span>'
        yield "</p>"
    yield "</li>"


def _between(first: str, last: str) -> str:
    return say(spanned(first, last) if last else END_UNKNOWN.fill(first=first))


def _day(day: object) -> str:
    return f'<time datetime="{day}">{day}</time>'
