"""Entries as a phone shows them, and what a colleague recorded of the same event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guitu.access import Actor
from guitu.casefile import Entry, Kind
from guitu.compose import kinds
from guitu.exchange.phone.forms import said
from guitu.home.same_event import Difference, differences, is_event, of_entry
from guitu.kernel.labels import Label
from guitu.store import engine, read
from guitu.store.read.files import FileView
from guitu.store.read.sight import Sight, compartment_of, seen_by
from guitu.store.read.targets import target_of
from guitu.store.staff import staff_names
from guitu.store.units import tree

Json = dict[str, Any]


def sentence(entry: Entry) -> Json:
    """The timeline's words for an entry."""
    kind = kinds()[entry.kind]
    return {"zh": kind.sentence(entry), "en": kind.sentence(entry, "en")}


def entry_told(entry: Entry, known: Mapping[str, str]) -> Json:
    """An entry in one line; `known` are the names behind accounts."""
    unit = tree().get(entry.unit)
    return {
        "id": str(entry.id),
        "kind": entry.kind,
        "on": entry.happened_on.isoformat(),
        "by": known.get(entry.author, entry.author),
        "office": unit.name if unit else entry.unit,
        "said": sentence(entry),
    }


def beside(entry: Entry, kind: Kind, actor: Actor, now: datetime) -> list[Json]:
    """What colleagues recorded of the same event and this entry does not say, as far as the actor may see
    it. One small query where nobody did."""
    if kind.about != "person" or not is_event(kind):
        return []
    with engine.house():
        other = engine.row(
            "SELECT 1 FROM store_entry e JOIN store_casefile f ON f.no = e.file WHERE f.id = %s"
            " AND e.kind = %s AND e.author <> %s LIMIT 1",
            [engine.key(entry.file), entry.kind, entry.author],
        )
    view = read.file_view(entry.file) if other is not None else None
    if view is None:
        return []
    sight = seen_by(actor, target_of(view, actor, now), tree())
    found = of_entry(seen_differences(view, sight), entry.id)
    return [_told(one, entry) for one in found]


def seen_differences(view: FileView, sight: Sight) -> tuple[Difference, ...]:
    """The unsettled differences of a file of which the reader may see both sides."""
    by_id = {e.id: e for e in view.entries}
    return tuple(
        d
        for d in differences(view.case_file, kinds())
        if all(sight.shows(compartment_of(e, by_id), e.unit, e.author) for e in (d.first, d.second))
    )


def _told(one: Difference, entry: Entry) -> Json:
    other = one.other_than(entry.id)
    mine = one.second if other is one.first else one.first
    return {
        **entry_told(other, staff_names([other.author])),
        "mine": str(mine.id),
        "differs": _differs(one, mine=mine, theirs=other),
    }


def sides(one: Difference, known: Mapping[str, str]) -> Json:
    """Both accounts of an event, and what differs: for whoever wrote either of them, or neither."""
    return {
        "one": entry_told(one.first, known),
        "other": entry_told(one.second, known),
        "differs": _differs(one, one=one.first, other=one.second),
    }


def _differs(difference: Difference, **of: Entry) -> list[Json]:
    """The questions that the two answer differently, with what each says under the name it has here."""
    asked = map(kinds()[difference.first.kind].ask, difference.fields)
    return [
        {
            "field": ask.name,
            "label": said(ask.label),
            **{
                who: {"zh": ask.show(e.get(ask.name)), "en": ask.show(e.get(ask.name), "en")}
                for who, e in of.items()
            },
        }
        for ask in asked
    ]


def label_told(label: Label | None) -> Json | None:
    """A sentence, or nothing."""
    return said(label) if label is not None else None
