"""By what a board of a whole centre knows that nothing has happened there: one short sign of every file it
can have been made of. The same sign on the same day is the same store, as far as these files go.

A board of two thousand people asks thousands of things of which nothing has changed since a minute ago; their
sign is four questions, and the database sends four short lists for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Final, TypeVar, cast

from guitu.kernel.lately import Lately
from guitu.kernel.zone import CHINA
from guitu.store import clock, engine
from guitu.store.apart import unit_file_id
from guitu.store.read import asked
from guitu.store.scope import wanted
from guitu.store.units import Unit, tree

T = TypeVar("T")
Sign = tuple[object, ...]

_HERE: Final = "file || ':' || n || ':' || last_ms || ':' || coalesce(CAST(recheck_on AS TEXT), '')"
"""What is worked out of a file is worked out anew only when it has grown or its `recheck_on` has come."""
_BESIDE: Final = "a.file || ':' || s.n || ':' || a.how"


def sign(unit: Unit, now: datetime) -> Sign:
    """A sign of these files, and of nothing else: those of everybody for whom `unit` or one below it answers,
    those sent to them and not accepted yet, those that they had and in which something was recorded since
    yesterday, and the own files of these units and the ones above. It is another one as soon as an entry was
    added to one of them, a duty was worked out anew, a key was destroyed, or the tree of units was changed.

    Not in it: proposals, rosters, accounts. Raises StoreUnavailable as every question does.
    """
    key = unit.no, wanted(), tree().edition, clock.office_day(now)
    quick = _quick(now)
    if quick is not None and (known := _signs.get(key)) is not None and known[0] == quick:
        return known[1]
    made = _sign(unit, now)
    if quick is not None:
        _signs.keep(key, (quick, made))
    return made


MOST: Final = 512
_signs: Final = Lately[Hashable, tuple[Sign, Sign]](MOST)


def once(unit: Unit, now: datetime, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` answers about the centre of `unit`, made anew only where the sign of its files is another
    one. `key` says what is asked, and holds everything else that the answer depends on."""
    whole = key, unit.no, sign(unit, now)
    known = _answers.get(whole)
    if known is None:
        known = (make(),)
        _answers.keep(whole, known)
    return cast(T, known[0])


_answers: Final = Lately[Hashable, tuple[object]](MOST)


def _quick(now: datetime) -> Sign | None:
    """What is the same as long as nothing at all was written to the whole store, where that can be told: on
    SQLite one writes after the other, so the last entry's number tells. On PostgreSQL a number may become
    visible after a later one."""
    if engine.is_postgresql():
        return None
    return engine.row(
        "SELECT (SELECT max(seq) FROM store_entry), (SELECT max(id) FROM store_keydestroyed),"
        " (SELECT count(*) FROM store_casestatus WHERE recheck_on <= %s)",
        [clock.office_day(now).isoformat()],
    )


def _sign(unit: Unit, now: datetime) -> Sign:
    units = tree()
    joined = "string_agg({}, ',')" if engine.is_postgresql() else "group_concat({}, ',')"
    here = asked.row(
        f"SELECT {joined.format(_HERE)} FROM store_casestatus WHERE {unit.column} = %s", [unit.no]
    )
    midnight = datetime.combine(clock.office_day(now), time(), CHINA)
    since = clock.milliseconds(midnight - timedelta(days=1))
    beside = asked.row(
        f"SELECT {joined.format(_BESIDE)} FROM store_filearea a"
        " JOIN store_unitabove u ON u.unit = a.unit JOIN store_casestatus s ON s.file = a.file"
        " WHERE u.above = %s AND (a.how <> %s OR s.last_ms >= %s)",
        [unit.no, "former", since],
    )
    own = [engine.key(unit_file_id(one.code)) for one in (*units.ancestors(unit), *units.subtree(unit))]
    works = engine.rows_for("SELECT no, n FROM store_casefile WHERE id IN ({}) ORDER BY no", own)
    destroyed = asked.row("SELECT max(id) FROM store_keydestroyed")
    return unit.no, units.edition, _short(here), _short(beside), tuple(works), destroyed


def _short(row: engine.Row | None) -> bytes:
    return sha256(str(row[0] if row else "").encode()).digest()


def forget() -> None:
    """Keep nothing: for tests that make stores anew."""
    _signs.forget()
    _answers.forget()
