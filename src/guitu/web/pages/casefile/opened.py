"""Opening one person's file for a page: found by its number, inside the reader's area, under its law.

Outside the area the file is not there (404): a reader learns nothing from an address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from guitu import access
from guitu.access import Actor
from guitu.casefile import CaseFile, Entry, Kind
from guitu.kernel.reasons import Decision
from guitu.pathway import assess
from guitu.pathway.model import Assessment
from guitu.policy import Policy
from guitu.store import engine
from guitu.store.read import FileView, file_view, find_file, rules


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
        """Where the person stands on a day, as known at a moment (now, without one)."""
        return self.assessed_with(self.view.entries, on, known_at)

    def assessed_with(
        self, entries: tuple[Entry, ...], on: date, known_at: datetime | None = None
    ) -> Assessment:
        """The same with these entries in the file: what an entry not yet recorded would change."""
        return assess(CaseFile(self.view.id, entries), self.policy, on, known_at)

    def entry(self, identifier: UUID) -> Entry | None:
        """The entry of that id, whether or not it still counts."""
        return next((e for e in self.view.entries if e.id == identifier), None)

    def may_record(self, actor: Actor, kind: Kind) -> Decision:
        """Whether the reader may write an entry of this kind into this file, with the reason."""
        return access.decide(actor, "record", access.Target(self.view.area, kind.recorded_by, kind.label))


def open_file(case: str, actor: Actor) -> Opened:
    """The file with that case number or id; Http404 if there is none, or none in the reader's area."""
    found = find_file(case)
    view = file_view(found) if found else None
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
            "SELECT username, first_name, last_name FROM auth_user WHERE username IN ({})", accounts
        )
        if first or last
    }
