"""The tree of units: where work happens, from province to village, with centres and stations in it.

The whole tree (some thousands of units) is kept in memory and read again when the table's edition has
changed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.kernel.errors import GuituError, nearest
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.apart import unit_file_id
from guitu.store.divisions import Division, load_outline, load_province, provinces

DEEPEST: Final = 5

LEVEL_LABELS: Final[Mapping[str, Label]] = {
    "province": Label("省级", "Province"),
    "prefecture": Label("地市级", "Prefecture"),
    "county": Label("县级", "County"),
    "town": Label("乡镇（街道）", "Town"),
    "village": Label("村（社区）", "Village"),
    "justice_centre": Label("强制隔离戒毒所", "Rehabilitation centre"),
    "brigade": Label("大队", "Brigade"),
    "police_centre": Label("公安强制隔离戒毒所", "Police centre"),
    "guidance_station": Label("社戒社康指导站", "Guidance station"),
    "hospital": Label("协作医院", "Partner hospital"),
    "team": Label("工作队", "Team"),
}

At = tuple[int | None, int | None, int | None, int | None, int | None]
NOWHERE: Final[At] = (None, None, None, None, None)

_EDITION: Final = "units"
EDITION: Final = f"(SELECT last FROM store_counter WHERE name = '{_EDITION}')"
"""The edition of the table, for those who read it along with something else and tell `looked`."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added. `parent` is a code that is already there or earlier in the same list."""

    code: str
    name: str
    level: str
    parent: str | None = None
    active_from: date | None = None
    active_until: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in the tree. `path` holds the codes and `at` the numbers of its ancestors and itself."""

    no: int
    code: str
    name: str
    level: str
    parent: int | None
    depth: int
    path: tuple[str, ...]
    at: At
    active_from: date | None
    active_until: date | None

    def at_work(self, day: date) -> bool:
        """Whether the unit is at work on a day: opened, and not closed yet."""
        opened = self.active_from is None or self.active_from <= day
        return opened and (self.active_until is None or self.active_until >= day)

    @property
    def column(self) -> str:
        """The column in which everything under this unit carries its number."""
        return f"at{self.depth}"


class UnknownUnit(GuituError):
    """No unit has this code."""


class Tree:
    """All units by code and number, as of one edition of the table."""

    def __init__(self, edition: int, units: Iterable[Unit]) -> None:
        self.edition = edition
        self.by_no = {unit.no: unit for unit in units}
        self.by_code = {unit.code: unit for unit in self.by_no.values()}
        self._files: dict[UUID, Unit] | None = None
        self._children: dict[int | None, list[Unit]] = {}
        for unit in sorted(self.by_no.values(), key=lambda u: u.code):
            self._children.setdefault(unit.parent, []).append(unit)

    def __len__(self) -> int:
        return len(self.by_no)

    def find(self, code: str) -> Unit:
        """The unit of that code, or UnknownUnit naming the nearest code."""
        unit = self.by_code.get(code)
        if unit is None:
            guess = nearest(code, self.by_code) if len(code) < 40 else None
            hint = (
                Label(f"，是不是“{guess}”？", f"; did you mean “{guess}”?")
                if guess
                else Label("；用 guitu units 查看现有单位。", "; see guitu units for those there are.")
            )
            raise UnknownUnit(
                Label(f"没有代码为“{code}”的单位{hint.zh}", f"there is no unit with code “{code}”{hint.en}")
            )
        return unit

    def get(self, code: str) -> Unit | None:
        """The unit of that code, or None."""
        return self.by_code.get(code)

    def children(self, unit: Unit | None) -> list[Unit]:
        """The units directly below (the provinces, for None), by code."""
        return self._children.get(unit.no if unit else None, [])

    def whose(self, file: UUID) -> Unit | None:
        """The unit whose own file this is, or None for any other file."""
        if self._files is None:
            self._files = {unit_file_id(unit.code): unit for unit in self.by_no.values()}
        return self._files.get(file)

    def ancestors(self, unit: Unit) -> list[Unit]:
        """From the province down to the unit itself."""
        return [self.by_no[no] for no in unit.at if no is not None]

    def within(self, unit: Unit, above: Unit) -> bool:
        """Whether `unit` is `above` or under it."""
        return unit.at[above.depth - 1] == above.no

    def subtree(self, unit: Unit) -> list[Unit]:
        """The unit and everything below it, parents before children."""
        found = [unit]
        for below in found:
            found.extend(self.children(below))
        return found


def path_in(code: str, units: Tree) -> tuple[str, ...]:
    """The codes of a unit and all above it; () where there is none."""
    unit = units.get(code) if code else None
    return unit.path if unit else ()


_kept: Tree = Tree(-1, ())
_seen: ContextVar[list[Tree] | None] = ContextVar("tree of this request", default=None)


def tree() -> Tree:
    """The present tree. One small query tells whether the one in memory is still good."""
    seen = _seen.get()
    if seen:
        return seen[0]
    found = engine.row(f"SELECT {EDITION}")
    return looked(found[0] if found else None)


def looked(edition: int | None) -> Tree:
    """The tree of that EDITION, which the caller has just read along with something else."""
    global _kept
    seen = _seen.get()
    if seen:
        return seen[0]
    if _kept.edition != edition or not edition:
        _kept = Tree(edition or 0, _read())
    if seen is not None:
        seen.append(_kept)
    return _kept


@contextmanager
def steady() -> Iterator[None]:
    """Within it `tree()` looks at the database once: one answer to one request speaks of one tree."""
    token = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(token)


def _read() -> list[Unit]:
    found = engine.rows(
        "SELECT no, code, name, level, parent, depth, path, at1, at2, at3, at4, at5,"
        " active_from, active_until FROM store_unit"
    )
    return [
        Unit(r[0], r[1], r[2], r[3], r[4], r[5], tuple(r[6].split("/")), tuple(r[7:12]),
             engine.day_of(r[12]), engine.day_of(r[13]))
        for r in found
    ]  # fmt: skip


def add(new: Iterable[NewUnit]) -> int:
    """Add units that are not there yet; how many were added. A unit deeper than five levels is refused."""
    with engine.writing():
        _new_edition()
        have = {unit.code: unit for unit in _read()}
        number = max((unit.no for unit in have.values()), default=0)
        rows = []
        for one in new:
            if one.code in have:
                continue
            above = have.get(one.parent) if one.parent else None
            if one.parent and above is None:
                raise UnknownUnit(
                    Label(
                        f"单位“{one.name}”的上级“{one.parent}”不存在",
                        f"the unit above “{one.name}”, “{one.parent}”, does not exist",
                    )
                )
            number += 1
            unit = _placed(one, number, above)
            have[one.code] = unit
            rows.append(
                (unit.no, unit.code, unit.name, unit.level, unit.parent, unit.depth, "/".join(unit.path),
                 *unit.at, _text(unit.active_from), _text(unit.active_until))
            )  # fmt: skip
        engine.insert(
            "store_unit",
            ("no", "code", "name", "level", "parent", "depth", "path", "at1", "at2", "at3", "at4", "at5",
             "active_from", "active_until"),
            rows,
        )  # fmt: skip
        above = [(no, row[0]) for row in rows for no in row[7:12] if no is not None]
        engine.insert("store_unitabove", ("above", "unit"), above)
        if engine.is_postgresql() and rows:
            engine.rows(
                "SELECT setval(pg_get_serial_sequence('store_unit', 'no'), (SELECT max(no) FROM store_unit))"
            )
    return len(rows)


def rename(unit: Unit, name: str) -> None:
    """Give a unit another name. Its code, and so everything recorded in it, stays what it is."""
    _alter(unit, "name", name)


def bound(unit: Unit, until: date | None) -> None:
    """Say which is a unit's last day at work; None opens it again."""
    _alter(unit, "active_until", _text(until))


def _alter(unit: Unit, column: str, value: str | None) -> None:
    with engine.writing():
        _new_edition()
        engine.execute(f"UPDATE store_unit SET {column} = %s WHERE no = %s", [value, unit.no])


def _new_edition() -> None:
    """Tell every process that its tree is old. A random number: a count could come back after a rollback."""
    if (seen := _seen.get()) is not None:
        seen.clear()
    engine.execute(
        "INSERT INTO store_counter (name, last) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        [_EDITION, secrets.randbits(62) + 1],
    )


def _placed(one: NewUnit, number: int, above: Unit | None) -> Unit:
    depth = (above.depth if above else 0) + 1
    if depth > DEEPEST:
        raise GuituError(
            Label(
                f"单位“{one.name}”在第 {depth} 层，最多 {DEEPEST} 层",
                f"the unit “{one.name}” would be at level {depth}; there are {DEEPEST} at most",
            )
        )
    at = list(above.at) if above else list(NOWHERE)
    at[depth - 1] = number
    return Unit(
        number, one.code, one.name, one.level, above.no if above else None, depth,
        (*(above.path if above else ()), one.code), tuple(at), one.active_from, one.active_until,
    )  # fmt: skip


def add_province(code: str) -> int:
    """Add the division tree of one province, from the national codes; how many units were added. Of one
    whose towns and villages are not here (`whole`), down to its counties."""
    return add_places(load_province(code) if whole(code) else load_outline(code))


def whole(code: str) -> bool:
    """Whether every place of a province is known, down to the villages."""
    return code in provinces()


def add_places(some: Iterable[Division]) -> int:
    """Add places by their national codes; how many were added. One that lies in none is refused, and then
    none is added."""
    known, new = tree(), list(some)
    there = {one.code for one in new}
    for one in new:
        if one.parent is not None and one.parent not in there and known.get(one.parent) is None:
            raise GuituError(
                Label(
                    f"{one.name}（{one.code}）的上级 {one.parent} 还没有；请先增加上级。",
                    f"{one.name} ({one.code}) lies in {one.parent}, which is not there; add that first.",
                )
            )
    return add(NewUnit(d.code, d.name, d.level, d.parent) for d in new)


OFFICES: Final[Mapping[str, frozenset[str]]] = {
    "town": frozenset({"county", "prefecture"}),
    "village": frozenset({"town"}),
    "brigade": frozenset({"justice_centre", "police_centre"}),
    **dict.fromkeys(
        ("justice_centre", "police_centre", "guidance_station", "hospital"),
        frozenset({"province", "prefecture", "county", "town"}),
    ),
}
"""What the national codes do not have and an office adds itself, and the levels that each may lie in."""
_CODE: Final = re.compile(r"[0-9A-Z]{3,32}")


def add_office(code: str, name: str, level: str) -> int:
    """Add one unit that the national codes do not have, below the unit with whose code its own begins: a
    centre, a brigade of it, a station. 1, or 0 if it is there already; what cannot be so is refused."""
    if level not in OFFICES:
        there = "、".join(f"{level}（{LEVEL_LABELS[level].zh}）" for level in OFFICES)
        raise GuituError(
            Label(
                f"没有“{level}”这种单位；可以是：{there}。",
                f"there is no unit of the kind “{level}”; it is one of {', '.join(OFFICES)}.",
            )
        )
    if not _CODE.fullmatch(code) or not name.strip():
        raise GuituError(
            Label(
                "单位代码用 3 至 32 位数字和大写字母，名称不能为空，例如 46J01 示范强制隔离戒毒所。",
                "a unit's code has 3 to 32 digits and capital letters, and it has a name:"
                " 46J01 示范强制隔离戒毒所.",
            )
        )
    known = tree()
    there_already = known.get(code)
    if there_already is not None:
        if (there_already.name, there_already.level) == (name.strip(), level):
            return 0
        raise GuituError(
            Label(
                f"代码“{code}”已是{there_already.name}（{LEVEL_LABELS[there_already.level].zh}）；请另取代码。",
                f"“{code}” is the code of {there_already.name}"
                f" ({LEVEL_LABELS[there_already.level].en}) already; choose another.",
            )
        )
    above = known.find(max((c for c in known.by_code if code.startswith(c)), key=len, default=code))
    if above.level not in OFFICES[level]:
        zh = "、".join(LEVEL_LABELS[one].zh for one in LEVEL_LABELS if one in OFFICES[level])
        en = " or ".join(LEVEL_LABELS[one].en.lower() for one in LEVEL_LABELS if one in OFFICES[level])
        raise GuituError(
            Label(
                f"代码“{code}”在{above.name}之下；{LEVEL_LABELS[level].zh}的上级应是{zh}，"
                "单位代码以上级的代码开头。",
                f"“{code}” lies in {above.name}; above a {LEVEL_LABELS[level].en.lower()} is a {en},"
                " and a unit's code begins with that of the unit above it.",
            )
        )
    return add([NewUnit(code, name.strip(), level, above.code)])


def next_number(name: str, how_many: int = 1) -> int:
    """Take the next `how_many` numbers under a name; the last of them. Others wait until this transaction
    ends."""
    found = engine.row(
        "INSERT INTO store_counter (name, last) VALUES (%s, %s)"
        " ON CONFLICT (name) DO UPDATE SET last = store_counter.last + excluded.last RETURNING last",
        [name, how_many],
    )
    assert found is not None
    return int(found[0])


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
