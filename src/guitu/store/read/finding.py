"""Finding people: by any part of the name, pinyin, initials, case number or identity number, inside one
unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, Final, TypeVar
from uuid import UUID

from guitu.store import engine, names
from guitu.store.engine import Row
from guitu.store.keys import provider
from guitu.store.models import NEVER
from guitu.store.names import reading
from guitu.store.read import asked
from guitu.store.shown import shown
from guitu.store.units import Tree, Unit, tree

Thing = TypeVar("Thing")

SHOWN: Final = 20
TOO_MANY: Final = 50
FEW_FILES: Final = 6000
"""Up to so many people under a unit, looking at each of them is quicker than walking a common word."""
ROUGHLY: Final = 300.0
"""Seconds for which the number of people under a large unit is near enough."""
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
    no: int = 0
    """The file's number, by which the access log knows it."""


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

_LINE: Final = (
    "f.id, f.case_no, p.sealed, s.sex, s.measure, s.state, s.ends_on,"
    f" s.open_n, s.overdue_n, s.findings, s.rights, s.unit, s.worker, {_NEXT}"
)
_LINES: Final = (
    f"SELECT {_LINE}, s.file FROM ({{}}) s"
    " JOIN store_casefile f ON f.no = s.file JOIN store_person p ON p.file = s.file"
)
"""People as lines. What stands in the braces chooses rows of store_casestatus."""

_MET: Final = (
    f"SELECT {_LINE}, w.file FROM ({{}}) w"
    " LEFT JOIN store_casestatus s ON s.file = w.file AND w.place <= {}"
    " LEFT JOIN store_casefile f ON f.no = s.file LEFT JOIN store_person p ON p.file = s.file"
    " ORDER BY w.place"
)
"""Files in the order of their places, the first of them as lines: a search shows fewer than it finds."""


def search(unit: str, text: str, *, limit: int = SHOWN, sort: str = "") -> SearchResult:
    """The people under the unit whom these words find. Words typed apart are read as one (wang xiao ming); if
    that finds nobody, each of them must match.

    A whole identity number finds exactly that person, through its blind index. `sort` is one of SORTS, as
    for `people`; more people than TOO_MANY are not sorted. Raises UnknownUnit.
    """
    units = tree()
    here = units.find(unit)
    found, words = _matching(here, text)
    sorts = sort.strip("-") in SORTS and len(found) <= TOO_MANY
    first = list(found) if sorts else list(found)[:limit]
    known = found | _rows([no for no in first if found[no] is None])
    lines = [_line(row, units) for no in first if (row := known.get(no)) is not None]
    right = [line for line in lines if _is_found(line, words)]
    number = len(found) - (len(lines) - len(right))
    if sorts:
        right = by_key(right, sort)[:limit]
    return SearchResult(tuple(right), min(number, TOO_MANY), number > TOO_MANY)


def found_among(people: Iterable[PersonLine], unit: str, text: str) -> frozenset[int]:
    """Whom of these people under the unit such a search finds, by the numbers of their files."""
    some = tuple(people)
    if case_no := _case_no(text):
        return frozenset(line.no for line in some if line.case_no.startswith(case_no))
    if _id_number(text):
        return frozenset(line.no for line in search(unit, text).rows) & {line.no for line in some}
    words = _words(text)
    if not words:
        return frozenset()
    found = frozenset(line.no for line in some if _is_found(line, [names.normalised(text)]))
    return found or frozenset(line.no for line in some if _is_found(line, words))


def _is_found(line: PersonLine, words: Sequence[str]) -> bool:
    """Whether these words find the person: what stands for a word may, once in some thousands, stand for
    another."""
    mine = _words_of(line.name, line.id_tail)
    return all(any(known.startswith(word) for known in mine) for word in words)


_words_of: Final = lru_cache(maxsize=4096)(names.keys)


Found = dict[int, Row | None]
"""Numbers of at most TOO_MANY + 1 files in the order in which they are shown, with their lines so far as they
were read along."""


def _matching(unit: Unit, text: str) -> tuple[Found, Sequence[str]]:
    """Who is found, in the order of what stands for the word that found them (the word itself first), and the
    words."""
    if case_no := _case_no(text):
        return _under(unit, "f.case_no >= %s AND f.case_no < %s", [case_no, case_no + _LAST]), ()
    if number := _id_number(text):
        return _under(unit, "p.id_blind = %s", [provider().blind(number)]), ()
    words = _words(text)
    if not words:
        return {}, ()
    whole = [names.normalised(text)]
    if len(words) > 1 and (found := _by_words(unit, whole)):
        return found, whole
    return _by_words(unit, words), words


def _case_no(text: str) -> str:
    """The beginning of a case number, where that is what was typed; else ""."""
    return "".join(text.split()).upper() if "-" in text and any(c.isdigit() for c in text) else ""


def _id_number(text: str) -> str:
    """A whole identity number, where that is what was typed; else ""."""
    number = names.normalised_id(text)
    return number if len(number) in {15, 18} and number[:-1].isdigit() else ""


def _words(text: str) -> list[str]:
    """The words typed, the longest first."""
    return sorted({w for w in map(names.normalised, text.split()) if w}, key=lambda w: (-len(w), w))


def _by_words(unit: Unit, plain: Sequence[str]) -> Found:
    """By whichever way is quicker: along the longest word, or looking at everybody under the unit. The
    database is asked for what stands for the words."""
    words = [*map(provider().word, plain)]
    few = FEW_FILES if len(words) == 1 else FEW_FILES * 8  # with several words, few on the way match
    if _people_under(unit) <= few and _count(words[0], RARE) > RARE:
        return _look_at_each(unit, words)
    return _walk(unit, words)


def _under(unit: Unit, where: str, values: Sequence[object]) -> Found:
    """What names a file leads to it, and to the one it was merged into."""
    found = asked.rows(
        "SELECT f.no FROM store_casefile f JOIN store_person p ON p.file = f.no"
        f" JOIN store_casestatus s ON s.file = f.no WHERE {where} AND s.{unit.column} = %s"
        " UNION SELECT s.file FROM store_merged m JOIN store_casefile f ON f.no = m.file"
        " JOIN store_person p ON p.file = m.file JOIN store_casefile i ON i.id = m.into_id"
        f" JOIN store_casestatus s ON s.file = i.no WHERE {where} AND s.{unit.column} = %s"
        f" ORDER BY 1 LIMIT {TOO_MANY + 1}",
        [*values, unit.no] * 2,
    )
    return dict.fromkeys(r[0] for r in found)


def _count(word: str, most: int) -> int:
    found = asked.row(
        "SELECT count(*) FROM"
        f" (SELECT 1 FROM store_personkey WHERE key >= %s AND key < %s LIMIT {most + 1}) t",
        [word, word + _LAST],
    )
    assert found is not None
    return int(found[0])


_sizes: dict[tuple[int, int], tuple[float, int]] = {}


def _people_under(unit: Unit) -> int:
    """About how many people there are under a unit: good enough to choose a way by, so asked now and then."""
    key, now = (tree().edition, unit.no), monotonic()
    asked_at, n = _sizes.get(key, (-ROUGHLY, 0))
    if now - asked_at >= ROUGHLY or n < FEW_FILES:
        found = asked.row("SELECT coalesce(sum(n), 0) FROM store_filetally WHERE unit = %s", [unit.no])
        assert found is not None
        n = int(found[0])
        _sizes[key] = now, n
    return n


def _look_at_each(unit: Unit, words: Sequence[str]) -> Found:
    """Everybody under a unit, by their search words, read from one index."""
    like = " AND ".join([engine.holds("keys")] * len(words))
    found = engine.rows_for(
        f"SELECT file, keys FROM store_person WHERE {like} AND unit IN ({{}})",
        [below.no for below in tree().subtree(unit)],
        [f" {w}" for w in words],
    )
    ranked = sorted((next(k for k in keys.split() if k.startswith(words[0])), file) for file, keys in found)
    return dict.fromkeys(file for _, file in ranked[: TOO_MANY + 1])


def _walk(unit: Unit, words: Sequence[str]) -> Found:
    """Along the search words that begin so, keeping those who belong here, until there are enough. Most are
    met once; where one word finds the same people again and again, it is walked further."""
    first, *others = words
    like = "".join([f" AND {engine.holds('p.keys')}"] * len(others))
    join = " JOIN store_person p ON p.file = k.file" if others else ""
    values = [first, first + _LAST, unit.no, *(f" {w}" for w in others)]
    found: Found = {}
    for limit in WALKS:
        way = (
            "SELECT k.file, row_number() OVER (ORDER BY k.key, k.file) AS place FROM store_personkey k"
            f" JOIN store_casestatus s ON s.file = k.file{join} WHERE k.key >= %s AND k.key < %s"
            f" AND s.{unit.column} = %s{like} ORDER BY k.key, k.file LIMIT {limit}"
        )
        met = asked.rows(_MET.format(way, SHOWN + 4), values)
        found = {}
        for row in met:
            if row[-1] not in found and len(found) <= TOO_MANY:
                found[row[-1]] = row if row[0] is not None else None
        if len(found) > TOO_MANY or len(met) < limit:
            break
    return found


def people(
    unit: str,
    *,
    measure: str = "",
    state: str = "",
    rights: bool = False,
    overdue: bool = False,
    current: bool = False,
    sort: str = "",
    total: int | None = None,
    page: int = 1,
    size: int = SHOWN,
) -> tuple[tuple[PersonLine, ...], int]:
    """One page of the people under a unit, and how many there are. Raises UnknownUnit.

    `total` is how many, where the caller knows it already. `current` leaves out those under no measure and
    those whose measure has ended. `sort` is one of SORTS, "-" before it turns it round; without one the
    newest file comes first. A longer list than FEW_FILES is sorted by number only.
    """
    units = tree()
    here = units.find(unit)
    where, values = narrowed(measure=measure, state=state, current=current)
    where = (
        f"{here.column} = %s{where}{' AND rights' if rights else ''}{' AND overdue_n > 0' if overdue else ''}"
    )
    values = [here.no, *values]
    if total is None:
        total = how_many(here, measure=measure, state=state, rights=rights, overdue=overdue, current=current)
    if not total:
        return (), 0
    skip = (max(1, page) - 1) * size
    if sort.strip("-") in KEYS and total <= FEW_FILES:
        return _lines(_sorted(where, values, sort)[skip : skip + size], units), total
    order = "file" if sort == NUMBER else "file DESC"
    chosen = f"SELECT * FROM store_casestatus WHERE {where} ORDER BY {order} LIMIT {size} OFFSET {skip}"
    rows = asked.rows(f"{_LINES.format(chosen)} ORDER BY s.{order}", values)
    return tuple(_line(r, units) for r in rows), total


def lines_at(where: str, values: Sequence[object], order: str, size: int) -> tuple[PersonLine, ...]:
    """The first people whose status meets `where`, in that order."""
    chosen = f"SELECT * FROM store_casestatus WHERE {where} ORDER BY {order} LIMIT {size}"
    units = tree()
    return tuple(_line(r, units) for r in asked.rows(f"{_LINES.format(chosen)} ORDER BY s.{order}", values))


NUMBER: Final = "number"
KEYS: Final = {
    "name": "(SELECT p.sealed FROM store_person p WHERE p.file = s.file)",
    "ends": "s.ends_on",
    "due": f"(SELECT min(d.due_key) FROM store_duty d WHERE d.file = s.file AND d.due_key < '{NEVER}')",
}
"""What short lists are sorted by: the name as it is read, the measure's last day, the next duty's day."""
SORTS: Final = (NUMBER, *KEYS)


def by_key(lines: Iterable[PersonLine], sort: str) -> list[PersonLine]:
    """A few people in the wanted order."""
    keys = {"name": "name", "ends": "ends_on", "due": "next_due", NUMBER: "case_no"}
    name = sort.strip("-")
    pairs = [(line, getattr(line, keys[name])) for line in lines]
    return in_order(pairs, name, turned=sort.startswith("-"))


def _sorted(where: str, values: Sequence[object], sort: str) -> list[int]:
    """The numbers of a short list's files in the wanted order."""
    name = sort.strip("-")
    found = asked.rows(f"SELECT s.file, {KEYS[name]} FROM store_casestatus s WHERE {where}", values)
    if name == "name":
        guard = provider()
        found = [(file, shown(sealed, guard).name) for file, sealed in found]
    return in_order(found, name, turned=sort.startswith("-"))


def in_order(found: Sequence[tuple[Thing, Any]], sort: str, *, turned: bool) -> list[Thing]:
    """Things by their keys: names as they are read aloud; those without a key last, whichever way round."""
    known = [(reading(key) if sort == "name" else (str(key),), thing) for thing, key in found if key]
    known.sort(key=lambda pair: pair[0], reverse=turned)
    return [*(thing for _, thing in known), *(thing for thing, key in found if not key)]


def how_many(unit: Unit, *, measure: str, state: str, rights: bool, overdue: bool, current: bool) -> int:
    """How many people a list of this unit holds, narrowed as `people` is. The tally says it, but for those
    who have both a right at risk and something overdue."""
    where, values = narrowed(measure=measure, state=state, current=current)
    table, column, count = "store_filetally", "unit", "sum(n)"
    if rights and overdue:
        table, column, count = "store_casestatus", unit.column, "count(*)"
        where += " AND rights AND overdue_n > 0"
    elif rights or overdue:
        count = "sum(rights)" if rights else "sum(overdue)"
    found = asked.row(f"SELECT {count} FROM {table} WHERE {column} = %s{where}", [unit.no, *values])
    return int(found[0] or 0) if found else 0


def narrowed(*, measure: str, state: str, current: bool) -> tuple[str, list[str]]:
    """What a list is narrowed by, as a condition and its values, for statuses and their tallies alike."""
    where, values = "", []
    for column, value in (("measure", measure), ("state", state)):
        if value:
            where += f" AND {column} = %s"
            values.append(value)
    if current:
        where += " AND state NOT IN ('', 'ended')"
    return where, values


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


def lines_of_files(numbers: Sequence[int]) -> tuple[PersonLine, ...]:
    """These files as lines, in the given order; those that the database does not give this reader are left
    out. Whether they may be listed is the caller's to decide."""
    return _lines(numbers, tree())


def _lines(numbers: Sequence[int], units: Tree) -> tuple[PersonLine, ...]:
    """These people as lines, in the given order."""
    found = _rows(numbers)
    return tuple(_line(row, units) for no in numbers if (row := found.get(no)) is not None)


def _rows(numbers: Sequence[int]) -> Found:
    found: Found = {}
    for some in engine.in_chunks(numbers):
        these, values = engine.is_any("file", some)
        chosen = f"SELECT * FROM store_casestatus WHERE {these}"
        found |= {r[-1]: r for r in asked.rows(_LINES.format(chosen), values)}
    return found


@lru_cache(maxsize=4096)
def _line(r: Row, units: Tree) -> PersonLine:
    """What a row says. The same rows are read again whenever a list is looked at."""
    identifier, case_no, sealed, sex, measure, state, ends_on, open_n, overdue_n, findings, rights, *more = r
    unit, worker, next_due = more[:3]
    holder, about = units.by_no.get(unit), shown(sealed)
    duty, _, due = next_due.partition(" ") if next_due else ("", "", "")
    return PersonLine(
        engine.uuid_of(identifier), case_no, about.name, sex, about.birth_year, about.id_tail, measure, state,
        engine.day_of(ends_on), open_n, overdue_n,
        tuple(f["name"] for f in json.loads(findings)) if findings != "[]" else (), bool(rights),
        holder.code if holder else "", holder.name if holder else "", worker,
        duty, date.fromisoformat(due) if due and due != NEVER else None, r[-1],
    )  # fmt: skip
