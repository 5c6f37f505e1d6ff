"""What is recorded on the pages of patrols and venues: sections and places, rounds that name them,
inspections."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.kernel.labels import Label
from guitu.levels import ground
from guitu.store.levels.work import PLACES, Work, below, work
from guitu.store.units import Unit, tree
from guitu.web.components.field.component import Field, Option
from guitu.web.inside.area import Area
from guitu.web.inside.recording import Data, Part, hidden_boxes, record
from guitu.web.inside.shown import Box, Line
from guitu.web.page import shows
from guitu.web.pages.patrols import words
from guitu.web.pages.record.form import Answers

MOST_PLACES: Final = 200
_HOMES: Final = frozenset({"county", "town"})
_EVERY: Final = frozenset(PLACES)


def near(unit: Unit) -> Work:
    """The sections and places that a round of this unit may name: its own, those above it and those below."""
    some = {u.code: u for u in (*tree().ancestors(unit), *below(unit, PLACES))}
    return work([u for u in some.values() if u.level in PLACES], {"coast_section", "round_place"})


def _there(area: Area, unit: Unit, kind: str) -> tuple[Entry, ...]:
    return tuple(e for e in near(unit).of(kind) if ground.stands(e, area.today))


def _round_boxes(area: Area, unit: Unit, fields: tuple[Field, ...], answers: Answers) -> tuple[Field, ...]:
    sections = _there(area, unit, "coast_section")
    options = (
        Option("", Label("不在岸段上", "Not along a section")),
        *(Option(str(e.id), str(e.get("name"))) for e in sections),
    )
    boxes = hidden_boxes(fields, "seen", "places")
    if not sections:
        return hidden_boxes(boxes, "section")
    return tuple(
        Field("section", f.label, "choice", answers.typed.get("section", ""), options=options, optional=True)
        if f.name == "section"
        else f
        for f in boxes
    )


def _ticked(area: Area, unit: Unit) -> tuple[Line, ...]:
    some = _there(area, unit, "round_place")[:MOST_PLACES]
    return tuple(
        Line(
            str(n),
            str(e.get("name")),
            "",
            (
                Box(
                    f"p{e.id}",
                    Label(f"到过{e.get('name')}", f"passed {e.get('name')}"),
                    "tick",
                    area.asked(f"p{e.id}"),
                ),
            ),
            words.choice(e, "sort"),
        )
        for n, e in enumerate(some, start=1)
    )


def _round_sent(area: Area, unit: Unit, _data: Data) -> dict[str, str]:
    """Which places were ticked, of those that are there; what else was sent under these names is dropped."""
    ticked = [str(e.id) for e in _there(area, unit, "round_place")[:MOST_PLACES] if area.asked(f"p{e.id}")]
    known = {str(e.id) for e in _there(area, unit, "coast_section")}
    section = area.asked("section")
    return {
        "seen": " ".join(ticked),
        "places": str(len(ticked)),
        "section": section if section in known else "",
    }


PART: Final = Part(
    words.TITLE,
    words.ROOT,
    after={
        "coast_section": "",
        "round_place": "",
        "patrol_team": "",
        "place_round": "rounds",
        "venue": "venues",
        "venue_inspection": "venues/{to}",
        "venue_closure": "venues/{to}",
        "venue_reopened": "venues/{to}",
    },
    answers={"venue_inspection": "venue", "venue_closure": "venue", "venue_reopened": "venue"},
    levels={
        "coast_section": _HOMES,
        "round_place": _EVERY,
        "patrol_team": frozenset({"village", "town"}),
        "place_round": _EVERY,
        "venue": _EVERY,
    },
    begin={"place_round": lambda area, _unit: {"by": "village_team", "section": area.asked("section")}},
    shape={"place_round": _round_boxes},
    mend={"place_round": _round_sent},
    ticked={"place_round": _ticked},
)


@shows("patrols_record")
def recorded(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The form of one kind; and what came of saving."""
    return record(Area(request, code), PART, kind)
