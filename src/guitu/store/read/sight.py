"""What one reader sees of one file: the answers of access, worked out once for a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from guitu import access
from guitu.access import COMPARTMENTS, Actor, Target
from guitu.access.people import house
from guitu.access.target import BREAK_GLASS
from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.compose import kinds
from guitu.kernel.reasons import Decision
from guitu.store.units import Tree, path_in

_NONE: Final = Tree(-1, ())


@dataclass(frozen=True, slots=True)
class Sight:
    """`open` are the compartments the reader sees whole. `narrow`: nothing but what the reader's unit
    recorded while it held the file. `read_only`: nothing may be written. `receiving`: the file was sent to
    the reader's unit and is not accepted yet. `emergency`: it is read for a stated reason."""

    actor: Actor
    target: Target
    decision: Decision
    open: frozenset[str]
    narrow: bool = False
    read_only: bool = False
    receiving: bool = False
    emergency: bool = False
    units: Tree = field(default=_NONE, compare=False, repr=False)

    def shows(self, compartment: str, unit: str, author: str) -> bool:
        """Whether an entry of that compartment, recorded by that unit and account, may be seen."""
        if compartment in self.open:
            return True
        if author != self.actor.name and not self.target.former:
            return False
        return _sees(self.actor, self.target, compartment, path_in(unit, self.units), author)


def shown(sight: Sight, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those entries of a file that may be seen."""
    every = tuple(entries)
    by_id = {e.id: e for e in every}
    return tuple(e for e in every if sight.shows(compartment_of(e, by_id), e.unit, e.author))


def identity_seen(sight: Sight, entries: Iterable[Entry], identity: Mapping[str, Any]) -> dict[str, Any]:
    """Who the person is, as far as the reader may know it: `identity`, or, of somebody whom the reader's unit
    held before, what that unit itself (or the reader) recorded of it. `entries` are those of the file."""
    if "identity" in sight.open:
        return dict(identity)
    own = [e for e in shown(sight, entries) if e.kind in ("person", VOID)]
    said = [e for e in CaseFile(own[0].file, tuple(own)).counted() if e.kind == "person"] if own else []
    return dict(said[-1].fields) if said else {}


def compartment_of(entry: Entry, by_id: Mapping[UUID, Entry]) -> str:
    """The compartment of an entry; of a withdrawal, that of what it withdraws."""
    first: Entry | None = entry
    while first is not None and first.kind == VOID and first.corrects:
        first = by_id.get(first.corrects)
    return kinds()[(first or entry).kind].compartment


@lru_cache(maxsize=8192)
def _sees(actor: Actor, target: Target, compartment: str, recorded: tuple[str, ...], author: str) -> bool:
    """Whether the actor sees what that unit and account recorded: the same for most entries of a file."""
    return access.sees(actor, replace(target, compartment=compartment), recorded, author).allowed


@lru_cache(maxsize=4096)
def seen_by(actor: Actor, target: Target, units: Tree) -> Sight:
    """What this actor sees of a file that is like this for them."""
    decision = access.decide(actor, "open", target)
    if not decision.allowed:
        return Sight(actor, target, decision, frozenset())
    opened = access.compartments(actor, target)
    found = [one for post in actor.posts if (one := access.standings(actor, post, target))]
    ways = {way for one in found for way in one}
    return Sight(
        actor,
        target,
        decision,
        frozenset(name for name, answer in opened.items() if answer.allowed),
        narrow=bool(found) and all(access.is_narrow(one) for one in found),
        read_only=not actor.is_house and all(access.is_read_only(one) for one in found),
        receiving="receiving" in ways and not ways & {"inside", "custody"},
        emergency=BREAK_GLASS in target.grants,
        units=units,
    )


EVERYTHING: Final = Sight(
    house(), Target(), access.decide(house(), "open", Target()), frozenset(COMPARTMENTS)
)
"""The sight of the house itself."""
