"""Opening one person's file for a page: found by its number, inside the reader's area, under its law.

Outside the area the file is not there (404): a reader learns nothing from an address.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from guitu import access
from guitu.access import Actor
from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.second import second_of
from guitu.compose import kinds
from guitu.kernel.reasons import Decision
from guitu.pathway import assess
from guitu.pathway.model import Assessment
from guitu.policy import Policy
from guitu.store import engine, read
from guitu.store.read import FileView, rules

MOST_KEPT: Final = 12
"""Things worked out of one file that are remembered with it: a few days, posts and languages."""


@dataclass(frozen=True)
class Opened:
    """A file that this reader may see. `counted` are the entries that count now."""

    view: FileView
    counted: tuple[Entry, ...]

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
        return access.decide(actor, "record", access.Target(self.view.area, kind.recorded_by, kind.label))


@lru_cache(maxsize=2048)
def recordable(actor: Actor, area: tuple[str, ...]) -> frozenset[str]:
    """The kinds that this reader may record about a person for whom these units answer."""
    return frozenset(
        kind.name
        for kind in kinds().values()
        if kind.about == "person"
        and not kind.act
        and access.decide(actor, "record", access.Target(area, kind.recorded_by, kind.label)).allowed
    )


def keep(known: dict[Hashable, Any], key: Hashable, value: object) -> None:
    """Remember something worked out of a file; what was remembered before goes when it becomes much."""
    if len(known) >= MOST_KEPT:
        known.clear()
    known[key] = value


def open_file(case: str, actor: Actor) -> Opened:
    """The file with that case number or id; Http404 if there is none, or none in the reader's area."""
    view = read.opened(case)
    if view is None or view.about != "person":
        raise Http404(case)
    if not access.decide(actor, "read", access.Target(view.area)).allowed:
        raise Http404(case)
    return Opened(view, view.case_file.counted())


def staff_names(accounts: Collection[str]) -> dict[str, str]:
    """The names behind accounts that exist."""
    return {
        username: f"{last}{first}"
        for username, first, last in engine.rows_for(
            "SELECT username, first_name, last_name FROM auth_user WHERE username IN ({})", sorted(accounts)
        )
        if first or last
    }
