"""Whether what packs hold is still what was fixed: each against the digest in its unit's chain."""

from __future__ import annotations

from guitu.store import engine, packs
from guitu.store.broken import Broken, broken_pack
from guitu.store.units import tree


@engine.house()
def verify_packs() -> list[Broken]:
    """The packs whose content was altered, or whose row is gone."""
    units = tree()
    broken: list[Broken] = []
    known = {engine.uuid_of(row[0]): row[1] for row in engine.rows("SELECT id, unit FROM store_pack")}
    with_packs = [units.by_no[no] for no in sorted(set(known.values())) if no in units.by_no]
    for pack in packs.of_units(with_packs):
        known.pop(pack.id, None)
        try:
            packs.content(pack)
        except packs.PackRefused as fault:
            broken.append(broken_pack(pack.number, pack.id, fault.label))
    for id in known:  # a row that no chain speaks of
        broken.append(broken_pack(str(id), id, packs.NOT_FIXED))
    return broken
