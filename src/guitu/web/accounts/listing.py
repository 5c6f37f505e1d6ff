"""The accounts of an area, as administrators see them: a list, and one by its number.

An account belongs to the area if one of its posts does; one without a post belongs to nobody yet, and every
administrator of accounts sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from guitu.store import engine
from guitu.store.units import Unit, tree
from guitu.web.accounts import attempts
from guitu.web.who import Post, posts_in


@dataclass(frozen=True, slots=True)
class Line:
    """One account: `one_time` while it has the password it was given; `factor` if it has a second factor;
    `locked_until` is when its pause ends (seconds that really pass), after too many failures."""

    id: int
    username: str
    name: str
    active: bool
    last_login: datetime | None
    one_time: bool
    factor: bool
    posts: tuple[Post, ...] = ()
    locked_until: float | None = None


_COLUMNS: Final = (
    "u.id, u.username, u.last_name, u.first_name, u.is_active, u.last_login,"
    " EXISTS (SELECT 1 FROM store_onetimepassword o WHERE o.user_id = u.id),"
    " EXISTS (SELECT 1 FROM web_totpsecret t WHERE t.user_id = u.id)"
    " OR EXISTS (SELECT 1 FROM web_passkey k WHERE k.user_id = u.id)"
)
_IN_AREA: Final = (
    "(EXISTS (SELECT 1 FROM store_staffpost p JOIN store_unit n ON n.no = p.unit"
    " WHERE p.user_id = u.id AND n.{column} = %s)"
    " OR NOT EXISTS (SELECT 1 FROM store_staffpost p WHERE p.user_id = u.id))"
)


def found(area: Unit, words: str, page: int, size: int) -> tuple[tuple[Line, ...], int]:
    """The accounts of the area whose name, or whose holder's, holds the words; and how many there are."""
    where = _IN_AREA.format(column=area.column)
    values: list[Any] = [area.no]
    if words:
        where += (
            " AND (lower(u.username) LIKE %s ESCAPE '!' OR u.last_name || u.first_name LIKE %s ESCAPE '!')"
        )
        plain = words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values += [f"%{plain.lower()}%", f"%{plain}%"]
    counted = engine.row(f"SELECT count(*) FROM auth_user u WHERE {where}", values)
    lines = engine.rows(
        f"SELECT {_COLUMNS} FROM auth_user u WHERE {where}"
        f" ORDER BY u.username LIMIT {size} OFFSET {size * (page - 1)}",
        values,
    )
    return _with_posts(lines), counted[0] if counted else 0


def one(area: Unit, number: int) -> Line | None:
    """The account of that number if it belongs to the area."""
    where = _IN_AREA.format(column=area.column)
    lines = engine.rows(f"SELECT {_COLUMNS} FROM auth_user u WHERE u.id = %s AND {where}", [number, area.no])
    return next(iter(_with_posts(lines)), None)


def area_of(code: str) -> Unit:
    """The unit under which an administrator looks after accounts."""
    return tree().find(code)


def _with_posts(lines: Sequence[engine.Row]) -> tuple[Line, ...]:
    held: dict[int, list[engine.Row]] = {}
    for user, *post in engine.rows_for(
        "SELECT user_id, id, role, unit FROM store_staffpost WHERE user_id IN ({}) ORDER BY user_id, id",
        [line[0] for line in lines],
    ):
        held.setdefault(user, []).append(tuple(post))
    paused = attempts.pauses(line[1] for line in lines)
    return tuple(
        Line(
            number,
            username,
            f"{last}{first}",
            bool(active),
            _moment(seen),
            bool(one_time),
            bool(factor),
            posts_in(held.get(number, ())),
            paused.get(username),
        )
        for number, username, last, first, active, seen, one_time, factor in lines
    )


def _moment(value: datetime | str | None) -> datetime | None:
    """A moment as either engine gives it back: SQLite's has no zone, and is universal time."""
    if value is None:
        return None
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=UTC)
