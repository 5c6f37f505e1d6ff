"""Opening one person's file for a page: found by its number, for a reader who comes to it, under its law.

For anybody else the file is not there (404): a reader learns nothing from an address. What the reader's
compartments do not open is counted and never shown; where the person stands in law is worked out from the
whole file all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import compress
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from guitu import access
from guitu.access import COMPARTMENTS, Actor, Target
from guitu.access.articles import MINOR, SEALED
from guitu.access.compartments import ONLY_DOCTORS
from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.second import second_of
from guitu.compose import kinds
from guitu.kernel.reasons import Decision
from guitu.pathway import assess
from guitu.pathway.model import Assessment
from guitu.policy import Policy
from guitu.store import engine, read
from guitu.store.placing import BY_RECEIVER
from guitu.store.read import FileView, rules
from guitu.store.read.sight import EVERYTHING, Sight, compartment_of, identity_seen, seen_by
from guitu.store.read.targets import target_of
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.faults import NeedsBasis, NeedsLeave, Outside
from guitu.web.who import Who

MOST_KEPT: Final = 12
"""Things worked out of one file that are remembered with it: a few days, posts and languages."""


@dataclass(frozen=True)
class Opened:
    """A file that this reader may see, and what of it. `counted` are the entries that count now."""

    view: FileView
    counted: tuple[Entry, ...]
    sight: Sight = EVERYTHING

    @cached_property
    def shown(self) -> CaseFile:
        """The file with nothing in it but what the reader may see."""
        return CaseFile(self.view.id, tuple(compress(self.view.entries, self._seen)))

    @cached_property
    def hidden(self) -> tuple[tuple[str, int], ...]:
        """How many entries of which compartments the reader does not see, in the order of compartments: those
        too that the database does not give to the post at all."""
        if self.sight.narrow:  # nothing is told of what came after
            return ()
        each = zip(self.view.entries, self._seen, strict=True)
        counts = Counter(self.compartment(e) for e, seen in each if not seen)
        for kind, n in read.left_out(self.view).items():
            counts[kinds()[kind].compartment] += n
        for name in ONLY_DOCTORS:  # that there is any at all is told only to those whose work it is
            counts.pop(name, None)
        return tuple((name, counts[name]) for name in COMPARTMENTS if counts[name])

    @cached_property
    def _seen(self) -> tuple[bool, ...]:
        """Of each entry of the file whether the reader may see it."""
        return tuple(map(self.shows, self.view.entries))

    def shows(self, entry: Entry) -> bool:
        """Whether the reader may see this entry. A withdrawal is as secret as what it withdraws."""
        return self.sight.shows(self.compartment(entry), entry.unit, entry.author)

    def compartment(self, entry: Entry) -> str:
        """The compartment of an entry; of a withdrawal, that of what it withdraws."""
        return compartment_of(entry, self._by_id)

    @cached_property
    def _by_id(self) -> dict[UUID, Entry]:
        return {e.id: e for e in self.view.entries}

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Who the person is, as far as the reader may know."""
        return identity_seen(self.sight, self.view.entries, self.view.identity)

    @property
    def case_no(self) -> str:
        """The number in the file's address."""
        return self.view.case_no

    @property
    def policy(self) -> Policy:
        """The rules that apply: of the responsible unit's province, with the office's presets."""
        return rules(self.view.unit)

    def assessed(self, on: date, known_at: datetime | None = None) -> Assessment:
        """Where the person stands on a day, as known at a moment (now, without one). With everything that is
        known it is worked out once for as long as the file stays as it is."""
        if known_at is not None:
            return self.assessed_with(self.view.entries, on, known_at)
        policy = self.policy
        known, key = self.view.worked_out, ("assessed", on)
        found = known.get(key)
        if found is None or found[0] is not policy:
            found = policy, self.assessed_with(self.view.entries, on)
            keep(known, key, found)
        return found[1]  # type: ignore[no-any-return]

    def assessed_with(
        self, entries: tuple[Entry, ...], on: date, known_at: datetime | None = None
    ) -> Assessment:
        """The same with these entries in the file: what an entry not yet recorded would change."""
        return assess(CaseFile(self.view.id, entries), self.policy, on, known_at)

    @property
    def authors(self) -> frozenset[str]:
        """The accounts that wrote in it, or approved what others wrote."""
        known = self.view.worked_out
        found: frozenset[str] | None = known.get("authors")
        if found is None:
            found = frozenset(e.author for e in self.view.entries)
            found |= frozenset(filter(None, (second_of(e.source) for e in self.view.entries)))
            keep(known, "authors", found)
        return found

    def entry(self, identifier: UUID) -> Entry | None:
        """The entry of that id, whether or not it still counts."""
        return next((e for e in self.view.entries if e.id == identifier), None)

    def may_record(self, actor: Actor, kind: Kind) -> Decision:
        """Whether the reader may write an entry of this kind into this file, with the reason."""
        return may_write(actor, self.sight.target, kind)


def may_write(actor: Actor, target: Target, kind: Kind) -> Decision:
    """Whether this account may write such an entry about a person to whose file it comes like this."""
    return access.decide(actor, "record", _recording(target, kind))


def _recording(target: Target, kind: Kind) -> Target:
    return replace(
        target, recorded_by=kind.recorded_by, what=kind.label, compartment=kind.compartment,
        accepts=kind.name in BY_RECEIVER,
    )  # fmt: skip


def recordable(actor: Actor, target: Target) -> frozenset[str]:
    """The kinds that this reader may record about a person to whose file they come like this."""
    caseload = any("caseload" in access.role(post.role).reach for post in actor.posts)
    worker = target.worker if caseload else ""  # else the same for all files of a unit
    return _recordable(actor, replace(target, former=(), own=False, worker=worker))


@lru_cache(maxsize=2048)
def _recordable(actor: Actor, target: Target) -> frozenset[str]:
    """Asked once for all kinds that the same posts record of the same compartment."""
    roles = {post.role for post in actor.posts}
    allowed: dict[Hashable, bool] = {}
    found = []
    for kind in kinds().values():
        if kind.about != "person" or kind.act or kind.own_page or roles.isdisjoint(kind.recorded_by):
            continue
        key = kind.recorded_by, kind.compartment, kind.name in BY_RECEIVER
        if key not in allowed:
            allowed[key] = access.decide(actor, "record", _recording(target, kind)).allowed
        if allowed[key]:
            found.append(kind.name)
    return frozenset(found)


def keep(known: dict[Hashable, Any], key: Hashable, value: object) -> None:
    """Remember something worked out of a file; what was remembered before goes when it becomes much."""
    if len(known) >= MOST_KEPT:
        known.clear()
    known[key] = value


def open_file(case: str, reader: Who) -> Opened:
    """The file with that case number or id, and what the reader may see of it; Http404 if there is none, or
    none that the reader comes to, which is noted. Raises NeedsLeave for a minor's file, NeedsBasis
    for a sealed one."""
    view = read.opened(case)
    if view is None:
        raise _not_there(case, reader)
    if view.about != "person":
        raise Http404(case)
    sight = sight_of(view, reader)
    if sight.decision.allowed:
        return Opened(view, view.case_file.counted(), sight)
    if sight.decision.cites == MINOR and access.may_see_page(reader.actor, "minor").allowed:
        raise NeedsLeave(view.case_no)
    if sight.decision.cites == SEALED and access.may_see_page(reader.actor, "sealed").allowed:
        raise NeedsBasis(view.case_no)
    raise Outside(view.no, sight.decision, view.area)


@engine.house()
def _not_there(case: str, reader: Who) -> Http404:
    """Why there is no such file for this reader: the database's own lock hides one that is outside, and that
    somebody tried to open it is to be noted all the same."""
    found = engine.row("SELECT no, unit FROM store_casefile WHERE case_no = %s", [case.strip().upper()])
    if found is None:
        return Http404(case)
    unit = tree().by_no.get(found[1]) if found[1] is not None else None
    area = unit.path if unit else ()
    return Outside(found[0], access.decide(reader.actor, "open", Target(area)), area)


def open_whole(case: str, reader: Who) -> Opened:
    """The same, but not what is left of a file that was handed over."""
    opened = open_file(case, reader)
    if opened.sight.narrow:
        raise Http404(case)
    return opened


def sight_of(view: FileView, reader: Who) -> Sight:
    """What a reader would see of a file."""
    target = target_of(view, reader.actor, clock.now(), granted=reader.granted)
    return seen_by(reader.actor, target, tree())


def sees_of(view: FileView, reader: Who) -> Callable[[Entry], bool]:
    """Whether a reader sees an entry of a file, by its compartment."""
    sight, by_id = sight_of(view, reader), {e.id: e for e in view.entries}
    return lambda entry: sight.shows(compartment_of(entry, by_id), entry.unit, entry.author)
