"""One centre as it is after a whole year: so many residents at once, brigades of about a hundred, and every
day of the year told of. People come and go all the time; who left has gone on to the community.

The demonstration's first centre stands for it, with as many brigades as the residents need. Men only, as that
centre is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.simulate import histories, isolation, names
from guitu.simulate.accounts import DEMO_CENTRE
from guitu.simulate.centre import Detail, roster, together
from guitu.simulate.demo import SEED, add_accounts, add_offices, add_people
from guitu.simulate.institutions import Home, build
from guitu.simulate.life import Life
from guitu.store import bulk, roots, units
from guitu.store.divisions import Division, load_province
from guitu.store.units import NewUnit

BRIGADE: Final = 100
"""People of one brigade, about."""
_NUMERALS: Final = "零一二三四五六七八九十"
_BEFORE: Final = 820
"""Days before the year in which somebody may have been ordered who is inside in it: a term, what it may
be lengthened by, and the months before the centre."""
_COURSES: Final[dict[isolation.Course, int]] = {
    "full": 76, "early_release": 15, "extension": 5, "medical_change": 4,
}  # fmt: skip
_FILES_SINCE: Final = timedelta(days=8 * 365)


@dataclass(frozen=True, slots=True)
class Year:
    """What was made: entries, people who were inside at any time, who are now, who came and who left."""

    entries: int
    people: int
    inside: int
    came: int
    left: int


def brigades(residents: int) -> tuple[str, ...]:
    """The codes of the brigades of so many residents."""
    return tuple(f"{DEMO_CENTRE}{n:02d}" for n in range(1, max(1, round(residents / BRIGADE)) + 1))


def furnish(
    residents: int,
    days: int,
    *,
    today: date,
    now: datetime,
    password: str,
    progress: Callable[[int], None] | None = None,
) -> Year:
    """Fill an empty store with the centre as of `today`; `progress` is told how many files are written."""
    divisions = load_province("46")
    add_offices()
    codes = brigades(residents)
    there = units.tree()
    units.add(NewUnit(c, _name(c), "brigade", DEMO_CENTRE) for c in codes if there.get(c) is None)
    add_accounts(password)
    detail = Detail(today, SEED, told={DEMO_CENTRE: 10 * residents}, days=days, left=days)
    files = population(residents, SEED, today, divisions, detail)
    written = bulk.load(files, now, progress=(lambda done, _: progress(done)) if progress else None)
    inside = bulk.load(detail.of_units(), now)
    roots.sign(today - timedelta(days=1))
    add_people(password, now)
    roster.furnish(today, now)
    since = today - timedelta(days=days)
    stays = detail.stays
    return Year(
        written.new + inside.new, len(stays), sum(s.until is None for s in stays),
        sum(s.transferred >= since for s in stays), sum(s.until is not None for s in stays),
    )  # fmt: skip


def population(
    residents: int, seed: int, today: date, divisions: Iterable[Division], detail: Detail
) -> Iterator[tuple[Entry, ...]]:
    """The files, until so many people are inside today; the same arguments give the same files."""
    homes = build(divisions).homes
    codes = brigades(residents)
    span = detail.days + _BEFORE
    first_ms = int(datetime.combine(today - _FILES_SINCE, time(0), CHINA).timestamp()) * 1000
    inside = number = 0
    while inside < residents:
        rng = Random(f"{seed}/one centre/{number}")
        life = _life(rng, number, rng.choice(homes), codes, today, span)
        file = uuid7(first_ms + number, rng.randbytes(10))
        written = together(life.entries(file), detail.of_person(life, number, file))
        yield detail.of_whole(file, written)
        inside += detail.here is not None and detail.here.until is None
        number += 1


def _life(rng: Random, number: int, home: Home, codes: tuple[str, ...], today: date, span: int) -> Life:
    """Somebody who was ordered into the centre at some time of the span, and what came of it."""
    home = replace(home, justice_brigades=codes)
    life = Life(rng, names.person(rng, number, home.county, today, "male"), home, today)
    start = today - timedelta(days=rng.randrange(1, span))
    histories.open_file(life, start)
    made = isolation.plan(life, start, rng.choices(tuple(_COURSES), tuple(_COURSES.values()))[0])
    isolation.write(life, made)
    if made.course == "medical_change":
        if made.decided is not None:
            life.hold(made.decided, "village_worker", home.village)
    elif made.released is not None:
        histories.recover(life, made.released, home)
    return life


def _name(code: str) -> str:
    number = int(code[-2:])
    tens, ones = divmod(number, 10)
    written = _NUMERALS[number] if number <= 10 else (
        (_NUMERALS[tens] if tens > 1 else "") + "十" + (_NUMERALS[ones] if ones else "")
    )  # fmt: skip
    return f"示范第一强制隔离戒毒所{written}大队"
