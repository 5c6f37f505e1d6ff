"""Files opened lately, kept unsealed in this process's memory for as long as their chains stand as they did.

Opening one again asks the database one thing: whether its chain, its unit, its keys and what waits about it
are what they were. Nothing is kept on disk or between processes, and nothing about a reader is kept here: who
may see what is asked anew at every request. Files are kept apart by the compartments of the scope they were
read under (`guitu.store.scope`), for what is not opened is not in them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from guitu.kernel.lately import Lately
from guitu.store import engine
from guitu.store.casefiles import FILE, Held, keys_of, keys_read
from guitu.store.keys import provider
from guitu.store.read import asked
from guitu.store.read.files import FileView, view_of
from guitu.store.scope import Scope, wanted
from guitu.store.sealing import FileKeys
from guitu.store.units import tree

MOST: Final = 256
"""Files kept by one process, a few hundred kilobytes each at most; the one opened longest ago goes first."""

Stamp = tuple[Any, ...]

_WAITING: Final = "(SELECT count(*) FROM store_proposal p WHERE p.file = f.no AND p.state = 'proposed')"
_ROW: Final = f"SELECT {', '.join(f'f.{c}' for c in FILE)}, {_WAITING}, {{keys}} FROM store_casefile f WHERE"

Key = tuple[UUID, Scope]

_kept: Final = Lately[Key, tuple[Stamp, FileView]](MOST)


def opened(what: str) -> FileView | None:
    """The file with this case number or id as it stands now, or None. One query where nothing about it has
    changed since this process opened it last: then it is the same object, with what was worked out from it.
    """
    where, value = "f.case_no = %s", what.strip().upper()
    with suppress(ValueError):
        where, value = "f.id = %s", UUID(what).hex
    row = asked.row(f"{_ROW.format(keys=keys_of('f.no'))} {where}", [value])
    if row is None:
        return None
    no, identifier, about, case_no, opened_ms, n, head, unit, waiting, keys = row
    identifier, head = engine.uuid_of(identifier), bytes(head)
    stamp = (no, n, head, unit, waiting, keys, tree())
    key = identifier, replace(wanted(), units=(), files=())
    found = _kept.get(key)
    if found is not None and found[0] == stamp and _joined_as_they_were(found[1]):
        return _shown(found[1])
    view = view_of(
        Held(
            no, identifier, about, case_no, opened_ms, n, head, unit,
            FileKeys(identifier, provider(), keys_read(keys)),
        ),
        keys=False,
    )  # fmt: skip
    view = replace(view, waiting=waiting)
    if all(receipt.n <= n for receipt in view.receipts.values()):  # else somebody has just added one
        _kept.keep(key, (stamp, view))
    return _shown(view)


def _shown(view: FileView) -> FileView | None:
    """The file itself, or the one that it is merged into."""
    return view if view.into is None else opened(str(view.into))


def _joined_as_they_were(view: FileView) -> bool:
    """Whether the files merged into this one still stand as they did when it was read."""
    if not view.joined:
        return True
    now = engine.rows_for(
        "SELECT f.no, f.n, (SELECT count(*) FROM store_filekey k WHERE k.file = f.no)"
        " FROM store_casefile f WHERE f.no IN ({})",
        [f.no for f in view.joined],
    )
    return {(f.no, f.n, len(f.keys.known)) for f in view.joined} == set(now)


@engine.house()
def looked_up(what: str) -> FileView | None:
    """The same file whole, whoever asks: for what must be known of it before it can be decided who may see
    what. Whoever calls this shows nothing of it undecided."""
    return opened(what)


def forget(file: UUID | None = None) -> None:
    """Keep nothing, or nothing of one file."""
    _kept.forget(None if file is None else lambda key: key[0] == file)
