"""What lists are narrowed by, with how many rows each choice gives: units below, workers, measures, staff."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guitu.access import Role, role
from guitu.store import engine
from guitu.store.keys import provider
from guitu.store.models import NEVER
from guitu.store.names import normalised_id
from guitu.store.read import asked
from guitu.store.read.today import WEEK
from guitu.store.units import Unit, tree


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A post and who holds it."""

    unit: int
    role: Role
    username: str
    name: str


def duties_under(units: Sequence[Unit], day: date, *, duty: str = "") -> dict[int, int]:
    """How many duties late, due on `day` or within a week stand under each of these units, by number; those
    that have none are left out."""
    where, more = "", []
    if duty:
        where, more = " AND duty = %s", [duty]
    found = engine.rows_for(
        "SELECT unit, sum(n) FROM store_dutytally"
        f" WHERE (due_key <= %s OR due_key = %s){where} AND unit IN ({{}}) GROUP BY unit",
        [unit.no for unit in units],
        [(day + WEEK).isoformat(), NEVER, *more],
    )
    return {no: int(n) for no, n in found if n}


def workers(unit: Unit, day: date) -> dict[str, int]:
    """The workers with duties under the unit up to a week from `day`, and how many each. Looks at every such
    duty: for a unit that has some hundreds of them."""
    return {
        worker: int(n)
        for worker, n in asked.rows(
            f"SELECT worker, count(*) FROM store_duty WHERE {unit.column} = %s"
            " AND (due_key <= %s OR due_key = %s) AND worker <> '' GROUP BY worker ORDER BY worker",
            [unit.no, (day + WEEK).isoformat(), NEVER],
        )
    }


Tally = dict[tuple[str, str], int]
"""How many people, by measure and state."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit's lists hold: how many people stand under each measure and state (both empty: none), how
    many of them have a right at risk, and how many something overdue; `recent` whether the account has worked
    on any file."""

    tally: Tally
    rights: Tally
    overdue: Tally
    recent: bool

    @property
    def key(self) -> Hashable:
        """Everything that was answered, to compare by."""
        return *(tuple(one.items()) for one in (self.tally, self.rights, self.overdue)), self.recent


def standing(unit: Unit, username: str) -> Standing:
    """The figures about a unit's lists, in one query."""
    found = {
        (measure, state): (n, rights, overdue)
        for measure, state, n, rights, overdue in asked.rows(
            "SELECT measure, state, n, rights, overdue FROM store_filetally WHERE unit = %s AND n > 0"
            " UNION ALL SELECT '#', 'recent', count(*), 0, 0 FROM (SELECT 1 FROM store_recentfile"
            ' WHERE "user" = %s LIMIT 1) recent',
            [unit.no, username],
        )
    }
    recent = found.pop(("#", "recent"))[0]
    people, rights, overdue = ({key: row[i] for key, row in found.items()} for i in range(3))
    return Standing(people, rights, overdue, bool(recent))


def staff_at(units: Sequence[Unit]) -> tuple[StaffLine, ...]:
    """Who holds which post in these units, in the order in which posts were given."""
    found = engine.rows_for(
        "SELECT p.unit, p.role, u.username, u.first_name, u.last_name, p.id FROM store_staffpost p"
        " JOIN auth_user u ON u.id = p.user_id WHERE u.is_active"
        " AND p.role NOT IN ('person', 'family') AND p.unit IN ({})",
        [unit.no for unit in units],
    )
    return tuple(
        StaffLine(no, role(name), username, f"{last}{first}" or username)
        for no, name, username, first, last, _ in sorted(found, key=lambda r: r[5])
    )


def staffed(units: Sequence[Unit]) -> frozenset[int]:
    """Which of these units have anybody in post, by number."""
    return frozenset(line.unit for line in staff_at(units))


@dataclass(frozen=True, slots=True)
class Holder:
    """The file that an identity number belongs to, and the codes of its unit and those above."""

    file: UUID
    case_no: str
    area: tuple[str, ...]
    no: int = 0


@engine.house()
def holder_of_number(number: str) -> Holder | None:
    """Whose an identity number is, anywhere in the store; None if nobody's. The caller decides what of it may
    be shown."""
    found = asked.row(
        "SELECT f.id, f.case_no, f.unit, f.no FROM store_person p LEFT JOIN store_merged m ON m.file = p.file"
        " LEFT JOIN store_casefile i ON i.id = m.into_id"
        " JOIN store_casefile f ON f.no = coalesce(i.no, p.file)"
        " WHERE p.id_blind = %s",
        [provider().blind(normalised_id(number))],
    )
    if found is None:
        return None
    unit = tree().by_no.get(found[2])
    return Holder(engine.uuid_of(found[0]), found[1], unit.path if unit else (), found[3])
