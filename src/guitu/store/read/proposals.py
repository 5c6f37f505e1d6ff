"""What waits for a second officer, what one proposed oneself, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from guitu.access import ACTS, Actor
from guitu.store import clock, engine
from guitu.store.proposals import COLUMNS, Proposal, opened
from guitu.store.read import asked
from guitu.store.shown import shown
from guitu.store.units import tree

Which = Literal["waiting", "mine", "decided"]
SIZE: Final = 20

_FROM: Final = (
    " FROM store_proposal p LEFT JOIN store_casefile f ON f.no = p.file"
    " JOIN store_unit u ON u.no = coalesce(f.unit, p.unit)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in a list, and the name of the person it is about (empty for none, or a sealed file)."""

    proposal: Proposal
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how many each list holds."""

    lines: tuple[Line, ...]
    waiting: int
    mine: int
    decided: int


def _approves(actor: Actor) -> tuple[str, ...]:
    """The acts that the actor's roles may approve."""
    held = {post.role for post in actor.posts}
    return tuple(act.name for act in ACTS.values() if not held.isdisjoint(act.approved_by))


def _where(which: Which, actor: Actor, now: datetime) -> tuple[str, list[Any]]:
    """The condition of a list. What is listed as waiting is what this officer may decide."""
    if which == "mine":
        return "p.username = %s", [actor.name]
    acts = _approves(actor)
    unit = tree().get(actor.posts[0].unit) if actor.posts else None
    if not acts or unit is None:
        return "1 = 0", []
    area = f"u.{unit.column} = %s AND p.act IN ({engine.marks(len(acts))})"
    values: list[Any] = [unit.no, *acts]
    if which == "waiting":
        return (
            f"p.state = 'proposed' AND p.username <> %s AND p.until_ms >= %s AND {area}",
            [actor.name, clock.milliseconds(now), *values],
        )
    return f"NOT (p.state = 'proposed') AND {area}", values


@engine.house()
def count_waiting(actor: Actor, now: datetime) -> int:
    """How many proposals this officer may decide. One query; none for a role that approves nothing."""
    if not _approves(actor):
        return 0
    where, values = _where("waiting", actor, now)
    found = asked.row(f"SELECT count(*){_FROM} WHERE {where}", values)
    return int(found[0]) if found else 0


@engine.house()
def lines(which: Which, actor: Actor, now: datetime, *, page: int = 1) -> Found:
    """One page of a list: what waits by how long it has waited, else the newest first."""
    counts: dict[str, int] = {}
    for name in ("waiting", "mine", "decided"):
        where, values = _where(name, actor, now)  # type: ignore[arg-type]
        found = asked.row(f"SELECT count(*){_FROM} WHERE {where}", values)
        counts[name] = int(found[0]) if found else 0
    where, values = _where(which, actor, now)
    order = "p.at_ms" if which == "waiting" else "p.at_ms DESC"
    rows = asked.rows(
        f"SELECT {', '.join(f'p.{c}' for c in COLUMNS)}{_FROM} WHERE {where}"
        f" ORDER BY {order}, p.id LIMIT {SIZE} OFFSET {SIZE * (max(1, page) - 1)}",
        values,
    )
    return Found(_named(opened(rows)), **counts)


def about(file_no: int) -> tuple[Proposal, ...]:
    """What waits about one file. As the house only where there is anything to unseal."""
    rows = asked.rows(
        f"SELECT {', '.join(COLUMNS)} FROM store_proposal WHERE file = %s AND state = 'proposed'"
        " ORDER BY at_ms",
        [file_no],
    )
    if not rows:
        return ()
    with engine.house():
        return tuple(opened(rows))


def _named(found: Sequence[Proposal]) -> tuple[Line, ...]:
    names = {
        file: shown(sealed).name
        for file, sealed in engine.rows_for(
            "SELECT file, sealed FROM store_person WHERE file IN ({})",
            {p.file_no for p in found if p.file_no is not None},
        )
    }
    return tuple(Line(p, names.get(p.file_no, "")) for p in found)
