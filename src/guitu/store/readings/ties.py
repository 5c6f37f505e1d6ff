"""What the office has told of an account's holder, so that reading of one's own or of a neighbour's file can
be seen: the identity number, as its keyed digest only, and the unit where the holder lives.

Nobody is known to be a neighbour by guessing: where nothing is told here, the rule says that it does not
know.
"""

from __future__ import annotations

from dataclasses import dataclass

from guitu.store import engine
from guitu.store.keys import provider
from guitu.store.names import normalised_id


@dataclass(frozen=True, slots=True)
class Tie:
    """One account's: the file of the holder (0: none known), the unit where they live ("": not told)."""

    who: str
    own_file: int
    lives_at: str


def tie(username: str, *, identity: str = "", lives_at: str = "") -> None:
    """Tell whose an account is and where they live; what is left empty stays as it was."""
    blind = provider().blind(normalised_id(identity)) if identity else None
    with engine.writing():
        engine.execute(
            "INSERT INTO store_stafftie (username, id_blind, lives_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (username) DO UPDATE SET"
            " id_blind = coalesce(excluded.id_blind, store_stafftie.id_blind),"
            " lives_at = CASE WHEN excluded.lives_at = '' THEN store_stafftie.lives_at"
            " ELSE excluded.lives_at END",
            [username, blind, lives_at],
        )


@engine.house()
def ties() -> tuple[Tie, ...]:
    """All accounts of which anything is told."""
    return tuple(
        Tie(who, file or 0, lives_at)
        for who, file, lives_at in engine.rows(
            "SELECT t.username, p.file, t.lives_at FROM store_stafftie t"
            " LEFT JOIN store_person p ON p.id_blind = t.id_blind ORDER BY t.username"
        )
    )
