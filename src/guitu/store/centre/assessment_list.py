"""Whom a centre has to assess, and what is left to do with assessments: the second signature, the copy, the
re-check of an objection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from guitu.centre import assessing
from guitu.centre.assessing import Settings, Stage
from guitu.store.centre import plans
from guitu.store.centre.stays import Resident, centre_of, residents, waiting
from guitu.store.centre.worked import Worked
from guitu.store.units import Unit

What = Literal["late", "due", "open", "sign", "copy", "recheck"]
WHATS: Final[tuple[What, ...]] = ("late", "due", "sign", "recheck", "copy", "open")
"""In the order in which they are shown. `late` and `due` have a day, `open` has none or one further off."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do for one person. `due` is None where no day is set; `by_law` says that the day is the
    law's own; `about` is the sheet, objection or proposal it is about."""

    resident: Resident
    what: What
    stage: Stage | None
    due: date | None
    by_law: bool = False
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything to do in a unit, with the centre's settings."""

    unit: Unit
    centre: Unit | None
    on: date
    settings: Settings
    lines: tuple[Line, ...]

    def those(self, what: str = "", stage: str = "") -> tuple[Line, ...]:
        """The lines of one sort and one stage; all without."""
        return tuple(
            x for x in self.lines if (not what or x.what == what) and (not stage or x.stage == stage)
        )


def worklist(unit: Unit, on: date) -> Worklist:
    """What is to do in a unit. The caller has asked access about the page and the unit."""
    centre = centre_of(unit)
    settings = plans.settings(centre, on)
    signing = waiting(unit)
    here = residents(unit)

    def made() -> Worklist:
        lines = [line for one in here for line in _lines_of(one, settings, on, signing.get(one.no))]
        lines.sort(key=lambda x: (WHATS.index(x.what), x.due or date.max, x.resident.no))
        return Worklist(unit, centre, on, settings, tuple(lines))

    return _lists.of(unit.no, here, (unit, centre, on, settings, signing), made)


_lists: Final[Worked[Worklist]] = Worked(64)
_lines: Final[Worked[tuple[Line, ...]]] = Worked()


def _lines_of(one: Resident, settings: Settings, on: date, proposal: UUID | None) -> tuple[Line, ...]:
    same, equal = (one,), (settings, on, proposal)
    return _lines.of(one.no, same, equal, lambda: tuple(_of(one, settings, on, proposal)))


def _of(one: Resident, settings: Settings, on: date, proposal: UUID | None) -> Iterator[Line]:
    facts = assessing.facts_of(one.entries, one.ends_on)
    if facts is None:
        return
    if proposal is not None:
        yield Line(one, "sign", None, None, about=proposal)
    stages = assessing.stages(facts, settings, on)
    last = max((n for n, s in enumerate(stages) if s.state == "done"), default=-1)
    for n, stage in enumerate(stages):
        if stage.state in ("late", "due") or (stage.state == "open" and n > last):
            yield Line(one, stage.state, stage.stage, stage.due, stage.by_law)  # type: ignore[arg-type]
    yield from _after(one, facts.ordered, settings, on)


def _after(one: Resident, ordered: date, settings: Settings, on: date) -> Iterator[Line]:
    """What follows a sheet: the copy, and the re-check of objections."""
    for sheet in one.entries:
        if sheet.kind != "assessment_sheet" or sheet.happened_on < ordered:
            continue
        stage: Stage = str(sheet.get("stage"))  # type: ignore[assignment]
        if assessing.copy_given(one.entries, sheet) is None:
            yield Line(one, "copy", stage, None, about=sheet.id)
    for said in assessing.objections(one.entries, settings):
        if said.answer is None and said.entry.happened_on >= ordered:
            yield Line(one, "recheck", None, said.due, about=said.entry.id)
