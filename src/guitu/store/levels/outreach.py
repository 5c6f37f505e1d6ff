"""Outreach of an area, out of the files of its units, and photos of events. The caller asks access about the
page and the unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.levels.outreach.chains import Chains
from guitu.levels.outreach.photos import Photo, cleaned
from guitu.store import attachments, excerpts, unitfiles
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree


class Told:
    """The entries of some kinds in the files of an area, settled; and whose file each of them stands in."""

    def __init__(self, units: Iterable[Unit], kinds: Collection[str]) -> None:
        self._units = {file_of(unit.code): unit for unit in units}
        found = excerpts.of_ids(self._units, kinds, unseal=excerpts.EVERY)
        self.chains = Chains(e for one in found.values() for e in one.case_file.entries)

    def unit(self, entry: Entry) -> Unit:
        """The unit in whose file an entry stands."""
        return self._units[entry.file]

    def place(self, entry: Entry) -> Unit:
        """Where something was: the place that the entry names, else the unit in whose file it stands."""
        said = entry.get("place")
        named = tree().get(str(said)) if said else None
        return named or self.unit(entry)


def told(unit: Unit, kinds: Collection[str]) -> Told:
    """What a unit and all below it recorded of these kinds."""
    return Told(tree().subtree(unit), kinds)


def keep_photo(
    entry: Entry, photo: Photo, *, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Record a photo of an event and keep its picture, sealed like the file. Raises like the gate."""
    unitfiles.record(entry, actor=actor, now=now)
    attachments.keep(entry, str(entry.get("caption") or ""), str(entry.get("digest")), photo.content, now)


def photo_of(entry: Entry) -> Photo | None:
    """The picture of a photo's entry; None where it is not there. Whether the reader may see it is the
    caller's to decide."""
    content = _opened(entry)
    return cleaned(content) if content is not None else None


def _opened(entry: Entry) -> bytes | None:
    """A corrected photo has its picture with the entry that first brought it."""
    digest = str(entry.get("digest"))
    at: Entry | None = entry
    seen: set[UUID] = set()
    file = None
    while at is not None and at.id not in seen:
        seen.add(at.id)
        if (content := attachments.opened(at, digest)) is not None:
            return content
        if at.corrects is None:
            return None
        if file is None:
            found = excerpts.of_file(entry.file, {"outreach_photo"}, unseal=excerpts.EVERY)
            file = {e.id: e for e in found.case_file.entries} if found else {}
        at = file.get(at.corrects)
    return None
