"""A pack from the store: what it tells besides counts, drafting, fixing, and making it once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from guitu.access import Actor
from guitu.exchange.packs import analysis, content, papers, periods
from guitu.exchange.packs.build import SECTIONS, Task, build
from guitu.exchange.packs.changes import Changed, changed, same_numbers
from guitu.exchange.packs.content import KINDS, Pack
from guitu.exchange.packs.counting import Counter
from guitu.exchange.packs.protecting import Elsewhere, nowhere
from guitu.indicators import Period, Place
from guitu.indicators.board import NoBoard
from guitu.indicators.disclosure import Mark
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import actions, pack_since, packs
from guitu.store.clock import office_day
from guitu.store.packs import Content, Fixed
from guitu.store.units import Unit, tree

DRAFT: Final = "（草稿）"
"""In place of a number while nothing is fixed."""

NOT_FOR: Final = frozenset({"village", "team", "brigade"})
"""Levels too small for packs: nearly all of their figures would be hidden."""


class NotReady(GuituError):
    """A pack of this period, or of this unit, is not made yet."""


def see_that_it_may(unit: Unit, period: Period, now: datetime) -> None:
    """Raises NotReady for a period that has not come so far, and for a unit too small for packs."""
    if unit.level in NOT_FOR:
        raise NotReady(
            Label(
                f"“{unit.name}”这一级不单独出月报；由上级单位汇总。",
                f"{unit.name} has no packs of its own; the unit above puts them together.",
            )
        )
    ready = periods.ready_from(period)
    if office_day(now) < ready:
        raise NotReady(
            Label(
                f"{period.label.zh}的{KINDS[period.kind].zh}自 {ready.isoformat()} 起可生成。",
                f"the {KINDS[period.kind].en.lower()} of {period.label.en} is available from"
                f" {ready.isoformat()} on.",
            )
        )


STEPS: Final = SECTIONS + len(papers.PAPERS)
"""Into how many steps putting a pack together falls: its sections, then its papers."""
Progress = Callable[[int], None]
"""Told how many steps are done."""


def _nobody(_done: int) -> None:
    """Nobody asks how far it is."""


def draft(
    unit: Unit, period: Period, counter: Counter, now: datetime, *, number: str = DRAFT, replaces: str = "",
    why: str = "", progress: Progress = _nobody,
) -> Pack:  # fmt: skip
    """The pack as it would be fixed now. Raises NotReady."""
    see_that_it_may(unit, period, now)
    place = _place(unit, counter)
    task = Task(
        place, period, number, office_day(now), _last_closing(unit, period), _actions(unit, period),
        replaces=replaces, why=why, elsewhere=_elsewhere(counter),
    )  # fmt: skip
    made = build(task, counter, counted=progress)
    if office_day(now) <= period.last:
        early = Label(
            f"本报于期末（{period.last.isoformat()}）之前生成，之后的记录不在内",
            f"it is made before the period ends on {period.last.isoformat()}: later entries are not in it",
        )
        made = replace(made, missing=(*made.missing, early))
    return made


def fix(
    unit: Unit, period: Period, counter: Counter, *, actor: Actor, now: datetime,
    corrects: UUID | None = None, why: str = "", progress: Progress = _nobody,
    identifier: UUID | None = None,
) -> Fixed:  # fmt: skip
    """Fix the pack of a period, under that id where one is given. Raises NotReady, and PackRefused and
    NotAllowed as the store does."""
    see_that_it_may(unit, period, now)

    def make(number: str, replaces: str) -> Content:
        pack = draft(
            unit, period, counter, now, number=number, replaces=replaces, why=why, progress=progress
        )  # fmt: skip
        return papers.to_fix(pack, lambda n: progress(SECTIONS + n))

    return packs.fix(
        unit, period.kind, period.first, period.last, make, actor=actor, now=now, replaces=corrects, why=why,
        identifier=identifier,
    )  # fmt: skip


def opened(fixed: Fixed) -> Pack:
    """What was fixed. Raises PackRefused if it is not what the chain says."""
    return content.read(packs.content(fixed))


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What making it once more gives: for each paper whether it has the very same bytes (None: it could not
    be made then or now), what the papers were made with then and now, and the figures that a recount as of
    the same entry gives otherwise (None: not counted, for the reason `not_counted`)."""

    papers: dict[str, bool | None]
    then: str
    now: str
    otherwise: tuple[str, ...] | None = None
    not_counted: Label | None = None


def reproduce(fixed: Fixed) -> Reproduced:
    """Make the papers once more from what was fixed."""
    now = papers.digests(opened(fixed), anew=True)
    same: dict[str, bool | None] = {}
    for name in papers.PAPERS:
        was, again = fixed.papers.get(name), now.get(name)
        same[name] = None if was is None or again is None else was == again
    return Reproduced(same, fixed.made_with, papers.made_with())


def counted_again(fixed: Fixed, found: Reproduced) -> Reproduced:
    """The same, counted once more as of the same entry; or why that cannot be done now."""
    pack = opened(fixed)
    try:
        known = datetime.fromisoformat(pack.known_at)
        with analysis.counter_as_of(pack.seq, known, pack.counted_on) as counter:
            return replace(found, otherwise=same_numbers(pack, recount(pack, counter)))
    except GuituError as fault:
        return replace(found, not_counted=fault.label)


def recount(pack: Pack, counter: Counter) -> Pack:
    """The figures of a pack once more, counted by this counter; everything else as it was."""
    place = next((p for p in counter.places() if p.code == pack.unit.code), None)
    if place is None:
        raise NotReady(_no_place(pack.unit.name))
    task = Task(
        place, pack.period, pack.number, pack.made_on, threshold=pack.threshold, elsewhere=_elsewhere(counter)
    )
    return build(task, counter)


def why_changed(fixed: Fixed, counter: Counter) -> tuple[Changed, ...]:
    """Every figure that counts otherwise today, and why."""
    pack = opened(fixed)
    came = pack_since.since(fixed.unit, fixed.seq, fixed.last)
    return changed(pack, recount(pack, counter), came)


def _elsewhere(counter: Counter) -> Elsewhere:
    """The marks of this office's board: over the whole tree and every period of a year, so that what one pack
    hides no other pack gives away. Only where the board counts the same entries as the pack."""
    from guitu.store import figure_marks

    try:
        made = figure_marks.board()
    except NoBoard:
        return nowhere
    if made.seq != counter.seq:
        return nowhere
    units = tree().by_no

    def mark(key: str, unit: int, period: Period) -> Mark:
        there = key in made.versions and unit in units
        return figure_marks.mark_of(made, key, units[unit], period) if there else ""

    return mark


def _place(unit: Unit, counter: Counter) -> Place:
    place = next((p for p in counter.places() if p.code == unit.code), None)
    if place is None:
        raise NotReady(_no_place(unit.name))
    return place


def _no_place(name: str) -> Label:
    return Label(
        f"分析数据里还没有“{name}”；请运行 guitu indicators refresh。",
        f"{name} is not in the analysis data yet; run guitu indicators refresh.",
    )


def _last_closing(unit: Unit, period: Period) -> int | None:
    """What the last pack of the period before closed with."""
    before = period.before()
    last = [
        p
        for p in packs.of_units([unit])
        if (p.kind, p.first) == (before.kind, before.first) and p.state in ("submitted", "signed", "checked")
    ]
    if not last:
        return None
    closing = opened(last[0]).flow.closing
    return int(closing.value) if closing.value else None


def _actions(unit: Unit, period: Period) -> tuple[content.Action, ...]:
    return tuple(
        content.Action(
            str(a.id), a.decided_on, a.text, a.owner.name if a.owner else "—", a.due, a.state(period.last),
            a.closed_on if a.closed_on and a.closed_on <= period.last else None,
            a.evidence if a.closed_on and a.closed_on <= period.last else "",
        )
        for a in actions.of_last_time(unit, period.first, period.last)
    )  # fmt: skip
