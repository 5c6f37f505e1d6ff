"""The two questions: who has seen this person, and what has this account seen.

Both are answered along an index that begins with the file or with the account's posts, so that they do not
grow with the log. Writing is answered from the entries, which are the record of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.readings import database

DAY_MS: Final = 86_400_000
AHEAD_MS: Final = 8 * 3_600_000
"""China's clock is so far ahead of UTC: a day begins at its midnight, not at Greenwich's."""

EVER_MS: Final = 4_102_444_800_000
"""The year 2100: after every reading."""

SIZE: Final = 20

Post = tuple[str, str]
"""Role and unit (a code)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reading. `files` are those that the index holds with it, `shown` how many were shown."""

    strand: int
    n: int
    at: datetime
    who: str
    role: str
    unit: str
    what: str
    outside: bool
    files: tuple[int, ...]
    shown: int
    compartments: tuple[str, ...]
    why: Label
    purpose: str
    source: str
    detail: str


@dataclass(slots=True)
class PersonDay:
    """What one account saw of one file on one day: how often what, between when. `outside` says that its
    unit was not in the line of those responsible, at one of these readings at least."""

    who: str
    days: int
    first_ms: int
    last_ms: int
    posts: list[Post] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    outside: bool = False

    @property
    def day(self) -> date:
        """The day; `days` counts it since 1970."""
        return _day(self.days)

    @property
    def first(self) -> datetime:
        """The first of them."""
        return clock.moment(self.first_ms)

    @property
    def last(self) -> datetime:
        """The last of them."""
        return clock.moment(self.last_ms)


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Who has seen a file, newest day first: one page of `groups`, and figures over all of them: how
    often it was seen, how many entries were made. `by_what` and `by_unit` count before anything was
    narrowed."""

    groups: tuple[PersonDay, ...]
    total: int
    readings: int
    entries: int
    readers: int
    outside: int
    page: int
    by_what: dict[str, int] = field(default_factory=dict)
    by_unit: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an account has seen, newest first: one page of lines, and how many there are."""

    lines: tuple[Line, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True)
class Short:
    """For the person: on this day somebody in this post of this unit (a code) saw the file, so often."""

    day: date
    role: str
    unit: str
    counts: dict[str, int]


def readings_of_file(
    file_no: int,
    since: datetime,
    until: datetime,
    page: int = 1,
    *,
    size: int = SIZE,
    what: str = "",
    units: Iterable[str] | None = None,
) -> SeenBy:
    """Who has seen the file between two moments (the later one not included), by account and day. `what`
    narrows to one sort, `units` to readers of these units. Entries that were made count as `record`."""
    found: dict[tuple[str, int], PersonDay] = {}
    by_what: Counter[str] = Counter()
    by_unit: Counter[str] = Counter()
    wanted = None if units is None else frozenset(units)
    for who, role, unit, day, sort, times, first, last, outside in (
        *_read_by(file_no, since, until),
        *_written_by(file_no, since, until),
    ):
        by_what[sort] += times
        by_unit[unit] += times
        if (what and sort != what) or (wanted is not None and unit not in wanted):
            continue
        group = found.get((who, day))
        if group is None:
            group = found[who, day] = PersonDay(who, day, first, last)
        elif first < group.first_ms:
            group.first_ms = first
        if last > group.last_ms:
            group.last_ms = last
        if role and (role, unit) not in group.posts:
            group.posts.append((role, unit))
        group.counts[sort] = group.counts.get(sort, 0) + times
        group.outside = group.outside or outside
    groups = sorted(found.values(), key=lambda g: (g.days, g.last_ms, g.who), reverse=True)
    page = max(1, min(page, -(-len(groups) // size)))
    made = sum(g.counts.get("record", 0) for g in groups)
    return SeenBy(
        tuple(groups[(page - 1) * size : page * size]),
        len(groups),
        sum(sum(g.counts.values()) for g in groups) - made,
        made,
        len({g.who for g in groups}),
        sum(g.outside for g in groups),
        page,
        dict(by_what),
        dict(by_unit),
    )


Counted = tuple[str, str, str, int, str, int, int, int, bool]
"""Account, role, unit, day since 1970, sort, how often, from when, until when, outside."""


def _read_by(file_no: int, since: datetime, until: datetime) -> list[Counted]:
    found = database.rows(
        f"SELECT post, (at_ms + {AHEAD_MS}) / {DAY_MS} AS day, what, count(*), min(at_ms), max(at_ms),"
        " max(CASE WHEN outside THEN 1 ELSE 0 END) FROM store_readingfile"
        " WHERE file = %s AND at_ms >= %s AND at_ms < %s AND what NOT IN ('record', 'admin')"
        " GROUP BY 1, 2, 3",
        [file_no, clock.milliseconds(since), clock.milliseconds(until)],
    )
    posts = posts_by_no({r[0] for r in found})
    return [
        (*posts[no], day, what, n, first, last, bool(outside))
        for no, day, what, n, first, last, outside in found
    ]


@engine.house()
def _written_by(file_no: int, since: datetime, until: datetime) -> list[Counted]:
    found = engine.rows(
        f"SELECT author, unit, (stored_ms + {AHEAD_MS}) / {DAY_MS}, count(*), min(stored_ms), max(stored_ms)"
        " FROM store_entry WHERE file = %s AND stored_ms >= %s AND stored_ms < %s GROUP BY 1, 2, 3",
        [file_no, clock.milliseconds(since), clock.milliseconds(until)],
    )
    return [(who, "", unit, day, "record", n, first, last, False) for who, unit, day, n, first, last in found]


def _day(days: int) -> date:
    return date(1970, 1, 1) + timedelta(days=days)


def posts_by_no(numbers: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Account, role and unit of posts by their numbers in the log."""
    found = database.rows_for(
        "SELECT no, who, role, unit FROM store_readingpost WHERE no IN ({})", sorted(numbers)
    )
    return {no: (who, role, unit) for no, who, role, unit in found}


def posts_of_account(username: str) -> list[Post]:
    """Role and unit of every post in which the account has read anything."""
    return [
        (role, unit)
        for role, unit in database.rows(
            "SELECT role, unit FROM store_readingpost WHERE who = %s ORDER BY no", [username]
        )
    ]


def posts_of(username: str, units: Iterable[str] | None = None) -> list[int]:
    """The numbers of an account's posts in the log; only those in these units, if any are named."""
    found = database.rows("SELECT no, unit FROM store_readingpost WHERE who = %s ORDER BY no", [username])
    wanted = None if units is None else frozenset(units)
    return [no for no, unit in found if wanted is None or unit in wanted]


_LINE: Final = (
    "r.strand, r.n, r.at_ms, p.who, p.role, p.unit, r.what, r.outside, r.files, r.shown, r.compartments,"
    " w.zh, w.en, r.purpose, r.source, r.detail"
)
_JOINED: Final = (
    " JOIN store_readingpost p ON p.no = r.post JOIN store_readingwhy w ON w.no = r.why"
    " ORDER BY r.at_ms DESC, r.strand DESC, r.n DESC"
)


def lines_of_file(file_no: int, who: str, day: date) -> tuple[Line, ...]:
    """Every reading of a file by one account on one day, newest first."""
    begin = clock.milliseconds(clock.midnight(day))
    posts = posts_of(who)
    if not posts:
        return ()
    found = database.rows(
        f"SELECT {_LINE} FROM store_readingfile f"
        " JOIN store_reading r ON r.strand = f.strand AND r.n = f.n"
        " JOIN store_readingpost p ON p.no = r.post JOIN store_readingwhy w ON w.no = r.why"
        f" WHERE f.file = %s AND f.at_ms >= %s AND f.at_ms < %s AND f.post IN ({engine.marks(len(posts))})"
        " ORDER BY r.at_ms DESC, r.strand DESC, r.n DESC",
        [file_no, begin, begin + DAY_MS, *posts],
    )
    return tuple(map(_line, found))


def every_line_of_file(
    file_no: int, since: datetime, until: datetime, *, what: str = "", most: int
) -> tuple[Line, ...]:
    """Every reading of a file between two moments, newest first, at most so many."""
    where = " AND f.what = %s" if what else ""
    found = database.rows(
        f"SELECT {_LINE} FROM (SELECT f.strand, f.n, f.at_ms FROM store_readingfile f"
        f" WHERE f.file = %s AND f.at_ms >= %s AND f.at_ms < %s{where} ORDER BY f.at_ms DESC LIMIT {most}) f"
        " JOIN store_reading r ON r.strand = f.strand AND r.n = f.n" + _JOINED,
        [file_no, clock.milliseconds(since), clock.milliseconds(until), *([what] if what else [])],
    )
    return tuple(map(_line, found))


def readings_of_user(
    username: str,
    since: datetime,
    until: datetime,
    page: int = 1,
    *,
    size: int = SIZE,
    what: str = "",
    units: Iterable[str] | None = None,
) -> Seen:
    """What the account has seen between two moments, in the posts it held in these units (in all of them
    without any named), narrowed to one sort by `what`."""
    posts = posts_of(username, units)
    where = " AND what = %s" if what else ""
    values = [clock.milliseconds(since), clock.milliseconds(until), *([what] if what else [])]
    total = 0
    for post in posts:
        found = database.row(
            "SELECT count(*) FROM store_reading WHERE post = %s AND at_ms >= %s AND at_ms < %s" + where,
            [post, *values],
        )
        total += found[0] if found else 0
    page = max(1, min(page, -(-total // size)))
    return Seen(_lines(posts, where, values, size, (page - 1) * size), total, page)


def _lines(
    posts: Sequence[int], where: str, values: Sequence[object], size: int, skip: int
) -> tuple[Line, ...]:
    """Each post's newest rows along its index, then the newest of all of them."""
    if not posts:
        return ()
    some = " UNION ALL ".join(
        "SELECT * FROM (SELECT * FROM store_reading WHERE post = %s AND at_ms >= %s AND at_ms < %s"
        f"{where} ORDER BY at_ms DESC LIMIT {skip + size}) x"
        for _ in posts
    )
    chosen = f"SELECT * FROM ({some}) y ORDER BY at_ms DESC, strand DESC, n DESC LIMIT {size} OFFSET {skip}"
    asked = [value for post in posts for value in (post, *values)]
    return tuple(map(_line, database.rows(f"SELECT {_LINE} FROM ({chosen}) r {_JOINED}", asked)))


def _line(r: engine.Row) -> Line:
    return Line(
        r[0], r[1], clock.moment(r[2]), r[3], r[4], r[5], r[6], bool(r[7]), numbers(r[8]), r[9],
        tuple(r[10].split(",")) if r[10] else (), Label(r[11], r[12]), r[13], r[14], r[15],
    )  # fmt: skip


def numbers(text: str) -> tuple[int, ...]:
    """The files of a reading."""
    return tuple(map(int, text.split(","))) if text else ()


def short_form(file_no: int, since: datetime, until: datetime | None = None) -> tuple[Short, ...]:
    """Who has seen the file, for the person whose it is: by day, role and unit, without anybody's name. What
    the person opened themselves is not in it, nor is who looked at this log or was refused."""
    found: dict[tuple[int, str, str], Counter[str]] = {}
    for _who, role, unit, day, what, n, _first, _last, _outside in _read_by(
        file_no, since, until or clock.moment(EVER_MS)
    ):
        if what not in ("own", "refused"):
            found.setdefault((day, role, unit), Counter())[what] += n
    return tuple(
        Short(_day(day), role, unit, dict(counts))
        for (day, role, unit), counts in sorted(found.items(), key=lambda item: item[0], reverse=True)
    )


@engine.house()
def case_numbers(files: Iterable[int]) -> dict[int, str]:
    """The case numbers of files by their numbers."""
    return dict(
        engine.rows_for("SELECT no, case_no FROM store_casefile WHERE no IN ({})", sorted(set(files)))
    )
