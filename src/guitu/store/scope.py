"""The second lock: which rows the database itself gives to whoever asks, whatever the question says.

On PostgreSQL row-level security (migration 0010) reads three settings of the session:

guitu.units          numbers of units, divided by commas: everything under them; `*` is the house
guitu.compartments   compartments whose keys may be taken, and whose entries may be seen
guitu.files          numbers of single files besides: one's own, those opened by a grant

Unset means nothing at all. The house is what works for everybody and decides by itself: commands, migrations,
the gate while it writes and projects, looking up whose an identity number is. A request of the web begins
as nobody and becomes the post that its session says.

On SQLite the same scope is kept and hides by compartment what is read of a file; its file has no roles of its
own, so there the lock is the application's only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Final

EVERYTHING: Final = "*"


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be read. `everything` is the house's; the rest is empty then."""

    units: tuple[int, ...] = ()
    compartments: tuple[str, ...] = ()
    files: tuple[int, ...] = ()
    everything: bool = False

    def opens(self, compartment: str) -> bool:
        """Whether what is kept in that compartment may be read."""
        return self.everything or compartment in self.compartments


HOUSE: Final = Scope(everything=True)
NOBODY: Final = Scope()

SET_COLUMNS: Final = (
    "set_config('guitu.units', %s, false), set_config('guitu.compartments', %s, false),"
    " set_config('guitu.files', %s, false)"
)
"""What puts the three settings of `settings_of` on a session, as columns of a query that is made anyway."""

_default: Scope = NOBODY
_wanted: ContextVar[Scope | None] = ContextVar("scope", default=None)


def settings_of(scope: Scope) -> tuple[str, str, str]:
    """The values of the three settings: units, compartments, files."""
    if scope.everything:
        return EVERYTHING, EVERYTHING, ""
    return ",".join(map(str, scope.units)), ",".join(scope.compartments), ",".join(map(str, scope.files))


def wanted() -> Scope:
    """The scope of whoever asks now."""
    return _wanted.get() or _default


def be_the_house() -> None:
    """From now on this process works as the house where nobody else is said: a command, never a server."""
    global _default
    _default = HOUSE


def be_nobody() -> None:
    """From now on this process may read nothing unless somebody is said: a server."""
    global _default
    _default = NOBODY


@contextmanager
def within(new: Scope) -> Iterator[None]:
    """Inside, this is the scope; afterwards the one before."""
    token = _wanted.set(new)
    try:
        yield
    finally:
        _wanted.reset(token)


def scope(
    units: Sequence[int], compartments: Iterable[str], files: Sequence[int] = ()
) -> AbstractContextManager[None]:
    """Inside, only what stands under these units (their numbers) or in these files (their numbers) can be
    read, and of it only these compartments. Used as `with engine.scope([7], ["legal"]):`."""
    return within(Scope(tuple(units), tuple(compartments), tuple(files)))


def house() -> AbstractContextManager[None]:
    """Inside, everything can be read and written. Used as `with engine.house():`, by whoever decides in the
    application who may see what comes of it."""
    return within(HOUSE)


def enter(new: Scope) -> None:
    """From here on this is the scope: until the `within` around this ends, which is a request's."""
    _wanted.set(new)


def admit(files: Collection[int] = (), compartments: Collection[str] = ()) -> None:
    """Open these single files, or compartments, too for the rest of the request: after a decision that allows
    it (one's own file, a grant in an emergency)."""
    now = wanted()
    if now.everything:
        return
    enter(
        replace(
            now,
            files=(*now.files, *(f for f in files if f not in now.files)),
            compartments=(*now.compartments, *(c for c in compartments if c not in now.compartments)),
        )
    )
