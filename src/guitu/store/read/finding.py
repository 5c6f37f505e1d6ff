"""Finding people: by any part of the name, pinyin, initials, case number or identity number, inside one
unit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from guitu.store import engine, names
from guitu.store.engine import Row
from guitu.store.keys import provider
from guitu.store.models import NEVER
from guitu.store.read import asked
from guitu.store.units import Tree, Unit, tree

SHOWN: Final = 20
TOO_MANY: Final = 50
FEW_FILES: Final = 6000
"""Up to so many people under a unit, looking at each of them is quicker than walking a common word."""
RARE: Final = 1500
"""Up to so many people with a word, looking at all of them is quick wherever they are."""

WALKS: Final = (TOO_MANY + 14, (TOO_MANY + 1) * 10)
"""How many search words are walked along at first, and then."""

_LAST: Final = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list. `findings` are the names of what the rules found; `next_due` the earliest day of
    an open duty."""

    file: UUID
    case_no: str
    name: str
    sex: str
    birth_year: int | None
    id_tail: str
    measure: str
    state: str
    ends_on: date | None
    open_n: int
    overdue_n: int
    findings: tuple[str, ...]
    rights: bool
    unit: str
    unit_name: str
    worker: str
    next_duty: str
    next_due: date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The first people found. `found` is exact up to 50; `too_many` says that there are more than that."""

    rows: tuple[PersonLine, ...]
    found: int
    too_many: bool


_NEXT: Final = (
    "(SELECT d.name || ' ' || d.due_key FROM store_duty d WHERE d.file = s.file"
    " ORDER BY d.due_key, d.owed, d.name LIMIT 1)"
)
"""The duty that is due first, and its day."""

_LINES: Final = (
    "SELECT f.id, f.case_no, p.name, s.sex, s.birth_year, p.id_tail, s.measure, s.state, s.ends_on,"
    f" s.open_n, s.overdue_n, s.findings, s.rights, s.unit, s.worker, {_NEXT}, s.file FROM ({{}}) s"
    " JOIN store_casefile f ON f.no = s.file JOIN store_person p ON p.file = s.file"
)
"""People as lines. What stands in the braces chooses rows of store_casestatus."""


def search(unit: str, text: str, *, limit: int = SHOWN) -> SearchResult:
    """The people under the unit whom these words find. Words typed apart are read as one (wang xiao ming); if
    that finds nobody, each of them must match.

    A whole identity number finds exactly that person, through its blind index. Raises UnknownUnit.
    """
    units = tree()
    here = units.find(unit)
    found = _matching(here, text)
    lines = _lines(found[:limit], units)
    return SearchResult(lines, min(len(found), TOO_MANY), len(found) > TOO_MANY)


def _matching(unit: Unit, text: str) -> list[int]:
    """Numbers of at most TOO_MANY + 1 files, in the order of the word that found them."""
    if "-" in text and any(c.isdigit() for c in text):
        case_no = "".join(text.split()).upper()
        return [r[0] for r in _under(unit, "f.case_no >= %s AND f.case_no < %s", [case_no, case_no + _LAST])]
    number = names.normalised_id(text)
    if len(number) in {15, 18} and number[:-1].isdigit():
        return [r[0] for r in _under(unit, "p.id_blind = %s", [provider().blind(number)])]
    words = sorted({w for w in map(names.normalised, text.split()) if w}, key=lambda w: (-len(w), w))
    if not words:
        return []
    if len(words) > 1 and (found := _by_words(unit, [names.normalised(text)])):
        return found
    return _by_words(unit, words)


def _by_words(unit: Unit, words: Sequence[str]) -> list[int]:
    """By whichever way is quicker: along the longest word, or looking at everybody under the unit."""
    few = FEW_FILES if len(words) == 1 else FEW_FILES * 8  # with several words, few on the way match
    if _people_under(unit) <= few and _count(words[0], RARE) > RARE:
        return _look_at_each(unit, words)
    return _walk(unit, words)


def _under(unit: Unit, where: str, values: Sequence[object]) -> list[Row]:
    return asked.rows(
        "SELECT f.no FROM store_casefile f JOIN store_person p ON p.file = f.no"
        " JOIN store_casestatus s ON s.file = f.no"
        f" WHERE {where} AND s.{unit.column} = %s ORDER BY f.no LIMIT {TOO_MANY + 1}",
        [*values, unit.no],
    )


def _count(word: str, most: int) -> int:
    found = asked.row(
        "SELECT count(*) FROM"
        f" (SELECT 1 FROM store_personkey WHERE key >= %s AND key < %s LIMIT {most + 1}) t",
        [word, word + _LAST],
    )
    assert found is not None
    return int(found[0])


def _people_under(unit: Unit) -> int:
    found = asked.row("SELECT coalesce(sum(n), 0) FROM store_filetally WHERE unit = %s", [unit.no])
    assert found is not None
    return int(found[0])


def _look_at_each(unit: Unit, words: Sequence[str]) -> list[int]:
    """Everybody under a unit, by their search words, read from one index."""
    like = " AND ".join(["keys LIKE %s ESCAPE '!'"] * len(words))
    found = engine.rows_for(
        f"SELECT file, keys FROM store_person WHERE {like} AND unit IN ({{}})",
        [below.no for below in tree().subtree(unit)],
        [f"% {_plain(w)}%" for w in words],
    )
    ranked = sorted((next(k for k in keys.split() if k.startswith(words[0])), file) for file, keys in found)
    return [file for _, file in ranked[: TOO_MANY + 1]]


def _walk(unit: Unit, words: Sequence[str]) -> list[int]:
    """Along the search words that begin so, keeping those who belong here, until there are enough. Most are
    met once; where one word finds the same people again and again, it is walked further."""
    first, *others = words
    like = "".join([" AND p.keys LIKE %s ESCAPE '!'"] * len(others))
    join = " JOIN store_person p ON p.file = k.file" if others else ""
    values = [first, first + _LAST, unit.no, *(f"% {_plain(w)}%" for w in others)]
    found: list[int] = []
    for limit in WALKS:
        met = asked.rows(
            f"SELECT k.file FROM store_personkey k JOIN store_casestatus s ON s.file = k.file{join}"
            f" WHERE k.key >= %s AND k.key < %s AND s.{unit.column} = %s{like}"
            f" ORDER BY k.key, k.file LIMIT {limit}",
            values,
        )
        found = list(dict.fromkeys(r[0] for r in met))[: TOO_MANY + 1]
        if len(found) > TOO_MANY or len(met) < limit:
            break
    return found


def _plain(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def people(
    unit: str,
    *,
    measure: str = "",
    state: str = "",
    rights: bool = False,
    overdue: bool = False,
    current: bool = False,
    page: int = 1,
    size: int = SHOWN,
) -> tuple[tuple[PersonLine, ...], int]:
    """One page of the people under a unit, newest file first, and how many there are. Raises UnknownUnit.

    `current` leaves out those under no measure and those whose measure has ended.
    """
    units = tree()
    here = units.find(unit)
    where, values = "", []
    for column, value in (("measure", measure), ("state", state)):
        if value:
            where += f" AND {column} = %s"
            values.append(value)
    if current:
        where += " AND state NOT IN ('', 'ended')"
    flags = f"{' AND rights' if rights else ''}{' AND overdue_n > 0' if overdue else ''}"
    table, column, count = (
        ("casestatus", here.column, "count(*)") if flags else ("filetally", "unit", "sum(n)")
    )
    counted = asked.row(
        f"SELECT {count} FROM store_{table} WHERE {column} = %s{where}{flags}", [here.no, *values]
    )
    if counted is None or not counted[0]:
        return (), 0
    chosen = (
        f"SELECT * FROM store_casestatus WHERE {here.column} = %s{where}{flags}"
        f" ORDER BY file DESC LIMIT {size} OFFSET {(max(1, page) - 1) * size}"
    )
    found = asked.rows(f"{_LINES.format(chosen)} ORDER BY s.file DESC", [here.no, *values])
    return tuple(_line(r, units) for r in found), int(counted[0])


def recent(user: str, unit: str, *, limit: int = 10) -> tuple[PersonLine, ...]:
    """The files under the unit that this account worked on last, latest first."""
    units = tree()
    here = units.find(unit)
    found = asked.rows(
        "SELECT r.file FROM store_recentfile r JOIN store_casestatus s ON s.file = r.file"
        f' WHERE r."user" = %s AND s.{here.column} = %s ORDER BY r.at_ms DESC, r.file LIMIT %s',
        [user, here.no, limit],
    )
    return _lines([r[0] for r in found], units)


def _lines(numbers: Sequence[int], units: Tree) -> tuple[PersonLine, ...]:
    """These people as lines, in the given order."""
    found: dict[int, Row] = {}
    for some in engine.in_chunks(numbers):
        marks = engine.marks(len(some))
        chosen = f"SELECT * FROM store_casestatus WHERE file IN ({marks})"
        found |= {r[-1]: r for r in asked.rows(_LINES.format(chosen), some)}
    return tuple(_line(found[no], units) for no in numbers if no in found)


def _line(r: Row, units: Tree) -> PersonLine:
    holder = units.by_no.get(r[13])
    duty, _, due = r[15].partition(" ") if r[15] else ("", "", "")
    return PersonLine(
        engine.uuid_of(r[0]), *r[1:8], engine.day_of(r[8]), r[9], r[10],
        tuple(f["name"] for f in json.loads(r[11])) if r[11] != "[]" else (), bool(r[12]),
        holder.code if holder else "", holder.name if holder else "", r[14],
        duty, date.fromisoformat(due) if due and due != NEVER else None,
    )  # fmt: skip
