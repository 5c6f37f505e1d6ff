"""Reading that an auditor should look at, by a few declared rules. Each says why it speaks; none is a score,
none counts against anybody by itself, and what cannot be known is not guessed.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock, engine
from guitu.store.readings import database
from guitu.store.readings.seen import AHEAD_MS, DAY_MS, numbers, posts_by_no
from guitu.store.readings.stretches import rows_between
from guitu.store.readings.ties import ties
from guitu.store.units import Unit, tree

NEIGHBOUR: Final = Label("读者住在{home}，岗位不在那里", "the reader lives in {home} and holds no post there")

FOLLOWS: Final = timedelta(days=7)
"""Within so many days an entry of the reader's own shows what the reading was for."""

OPENED: Final = ("open", "number", "print", "break_glass")
"""Looking into one file, unlike meeting it in a list."""
_OPENED: Final = ", ".join(repr(what) for what in OPENED)

NIGHT_BEGINS: Final = 22 * 3_600_000
NIGHT_ENDS: Final = 6 * 3_600_000
"""Milliseconds after midnight."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, what it is called, what it looks for, and from which setting it takes its number
    (0: the rule is off)."""

    name: str
    label: Label
    looks_for: Label
    setting: str = ""
    otherwise: int = 0

    @property
    def limit(self) -> int:
        """The number that the office has set, or the usual one."""
        text = os.environ.get(self.setting, "") if self.setting else ""
        if text and not text.isdigit():
            raise GuituError(
                Label(
                    f"{self.setting} 应为整数，现为“{text}”", f"{self.setting} must be a number, not “{text}”"
                )
            )
        return int(text) if text else self.otherwise


RULES: Final = (
    Rule(
        "own_file",
        Label("看自己的档案", "One’s own file"),
        Label(
            "账号持有人的身份号码与档案中的相同（guitu readings tie 告知后才能知道）",
            "the holder’s identity number is the file’s (known only if told with guitu readings tie)",
        ),
    ),
    Rule(
        "neighbour",
        Label("看同村人的档案", "A neighbour’s file"),
        Label(
            "读者住在责任单位所在的村，而岗位不在该村（住处须由本单位告知）",
            "the reader lives where the file’s unit is and holds no post there (if the office told where)",
        ),
    ),
    Rule(
        "break_glass",
        Label("应急查阅", "Break-glass"),
        Label("每一次应急查阅", "every opening in an emergency"),
    ),
    Rule(
        "outside",
        Label("无分管关系", "Without responsibility"),
        Label(
            "读者的单位当时不在责任单位及其上级之列，且七日内没有在该档案登记过",
            "the reader’s unit was not in the line of those responsible at that time,"
            " and the reader recorded nothing in the file within seven days",
        ),
    ),
    Rule(
        "many_readers",
        Label("多人看同一档案", "Many readers of one file"),
        Label("所选时段内打开同一档案的账号达到此数", "so many accounts opened the same file in the period"),
        "GUITU_UNUSUAL_READERS",
        8,
    ),
    Rule(
        "many_files",
        Label("一日看很多档案", "Many files in a day"),
        Label("一个账号一日内打开的档案达到此数", "one account opened so many files in one day"),
        "GUITU_UNUSUAL_FILES",
        80,
    ),
    Rule(
        "refused",
        Label("试图打开不该看的档案", "Tried what is not allowed"),
        Label(
            "一个账号一日内试图打开辖区外档案的次数达到此数",
            "one account tried so often in one day to open files outside its area",
        ),
        "GUITU_UNUSUAL_REFUSED",
        3,
    ),
    Rule(
        "at_night",
        Label("夜间查阅", "At night"),
        Label(
            "22 时至次日 6 时打开档案的次数达到此数；默认关闭，因为有些岗位值夜班",
            "opened files so often between 22:00 and 6:00; off unless set, for some posts work at night",
        ),
        "GUITU_UNUSUAL_NIGHT",
        0,
    ),
)


@dataclass(slots=True)
class Unusual:
    """What one account did on one day with one file (0: with many), and every rule that speaks, each with
    its sentence."""

    who: str
    role: str
    unit: str
    day: date
    file: int
    at: datetime
    times: int = 0
    why: list[tuple[str, Label]] = field(default_factory=list)


Key = tuple[str, date, int]
Opening = tuple[int, int, tuple[int, ...], str]
"""Post, moment in milliseconds, files, sort."""


def unusual(unit: str, since: datetime, until: datetime) -> tuple[Unusual, ...]:
    """What the rules find between two moments, newest first: read by somebody of this unit (a code) or below,
    or about a file for which it or a unit below is responsible. "" is everywhere. Raises UnknownUnit."""
    found = _Found(since, until)
    found.rare()
    found.refused()
    found.tied()
    found.many()
    units = tree()
    here = units.find(unit) if unit else None
    about = found.flags.values()
    inside = about if here is None else _inside(about, here)
    return tuple(sorted(inside, key=lambda u: (u.day, u.at, u.who), reverse=True))


def _inside(found: Iterable[Unusual], here: Unit) -> Iterator[Unusual]:
    units, listed = tree(), list(found)
    held = _units_of({u.file for u in listed if u.file})
    for one in listed:
        reader, holder = units.get(one.unit), units.by_no.get(held.get(one.file, 0))
        if any(place is not None and here.code in place.path for place in (reader, holder)):
            yield one


class _Found:
    """What was found so far, by account, day and file."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.span = clock.milliseconds(since), clock.milliseconds(until)
        self.flags: dict[Key, Unusual] = {}
        self.posts = posts_by_no(r[0] for r in database.rows("SELECT no FROM store_readingpost"))

    def say(self, post: int, at_ms: int, file: int, rule: str, label: Label, times: int = 1) -> None:
        """A rule speaks."""
        who, role, unit = self.posts[post]
        at = clock.moment(at_ms)
        key = who, at.date(), file
        flag = self.flags.setdefault(key, Unusual(who, role, unit, at.date(), file, at))
        flag.at, flag.times = max(flag.at, at), flag.times + times
        if all(name != rule for name, _ in flag.why):
            flag.why.append((rule, label))

    def rare(self) -> None:
        """Break-glass, and reading by somebody without responsibility that nothing followed."""
        rows = database.rows(
            "SELECT post, at_ms, files, what FROM store_reading WHERE at_ms >= %s AND at_ms < %s"
            f" AND (outside OR what IN ({_rare()})) AND (outside OR what = 'break_glass')"
            " AND what NOT IN ('own', 'record', 'admin', 'list', 'hit', 'refused') ORDER BY at_ms",
            self.span,
        )
        openings = [(post, at, file, what) for post, at, files, what in rows for file in numbers(files)]
        wrote = _wrote({file for _, _, file, _ in openings})
        for post, at_ms, file, what in openings:
            if what == "break_glass":
                label = Label("以应急查阅打开", "opened as an emergency")
                self.say(post, at_ms, file, "break_glass", label)
            elif not _followed(wrote, self.posts[post][0], file, at_ms):
                self.say(post, at_ms, file, "outside", self._outside(post, file))

    def refused(self) -> None:
        """Whoever tried again and again what they may not."""
        most = rule("refused").limit
        found = database.rows(
            f"SELECT post, (at_ms + {AHEAD_MS}) / {DAY_MS}, count(*), max(at_ms) FROM store_reading"
            f" WHERE at_ms >= %s AND at_ms < %s AND (outside OR what IN ({_rare()})) AND what = 'refused'"
            " GROUP BY 1, 2",
            self.span,
        )
        for post, _day, n, at_ms in found:
            if most and n >= most:
                label = Label(
                    f"一日内 {n} 次试图打开辖区外的档案", f"tried {n} times in one day to open files outside"
                )
                self.say(post, at_ms, 0, "refused", label, n)

    def _outside(self, post: int, file: int) -> Label:
        units = tree()
        reader = units.get(self.posts[post][2])
        holder = units.by_no.get(_units_of({file}).get(file, 0))
        return Label(
            f"读者在{_name(reader)}，档案现由{_name(holder)}负责；七日内没有登记",
            f"the reader is at {_name(reader)}, the file is now with {_name(holder)};"
            " nothing was recorded within seven days",
        )

    def tied(self) -> None:
        """One's own file, and the neighbours'."""
        by_who = defaultdict(list)
        for no, (who, _, _) in self.posts.items():
            by_who[who].append(no)
        for one in ties():
            mine = by_who.get(one.who, [])
            if not mine or not (one.own_file or one.lives_at):
                continue
            openings = self._openings(mine)
            home = tree().get(one.lives_at) if one.lives_at else None
            held = _units_of({f for _, _, files, _ in openings for f in files}) if home else {}
            for post, at_ms, files, what in openings:
                for file in files:
                    if file == one.own_file and what != "own":
                        label = Label("账号持有人就是档案中的人", "the holder of the account is the person")
                        self.say(post, at_ms, file, "own_file", label)
                    elif home and held.get(file) == home.no and self.posts[post][2] != home.code:
                        name = home.name
                        label = Label(
                            f"读者住在{name}，岗位不在那里",
                            f"the reader lives in {name} and holds no post there",
                        )
                        self.say(post, at_ms, file, "neighbour", label)

    def many(self) -> None:
        """Many readers of a file, many files in a day, and reading at night if the office wants to know."""
        readers, most, night = (rule(name).limit for name in ("many_readers", "many_files", "at_night"))
        by_file: dict[str, dict[int, int]] = defaultdict(dict)
        by_day: dict[tuple[int, int], set[str]] = defaultdict(set)
        by_night: dict[tuple[int, int], int] = defaultdict(int)
        for post, at_ms, files in rows_between("post, at_ms, files", *self.span, f"what IN ({_OPENED})"):
            day, hour = divmod(at_ms + AHEAD_MS, DAY_MS)
            for file in files.split(",") if "," in files else (files,):
                by_file[file][post] = at_ms
                by_day[post, day].add(file)
            if night and not NIGHT_ENDS <= hour < NIGHT_BEGINS:
                by_night[post, day] += 1
        for text, seen in by_file.items() if readers else ():
            if len(seen) >= readers:
                self._many_readers(int(text), seen, readers)
        for (post, day), opened in by_day.items() if most else ():
            if len(opened) >= most:
                label = Label(f"一日内打开 {len(opened)} 份档案", f"opened {len(opened)} files in one day")
                self.say(post, day * DAY_MS - AHEAD_MS, 0, "many_files", label, len(opened))
        for (post, day), n in by_night.items():
            if n >= night:
                label = Label(f"夜间打开档案 {n} 次", f"opened files {n} times at night")
                self.say(post, day * DAY_MS - AHEAD_MS, 0, "at_night", label, n)

    def _many_readers(self, file: int, seen: dict[int, int], least: int) -> None:
        n = len({self.posts[post][0] for post in seen})
        if n < least:
            return
        post = max(seen, key=lambda one: seen[one])
        label = Label(
            f"期间有 {n} 个账号打开过这份档案，最近一个如左",
            f"{n} accounts opened this file in the period; this is the latest",
        )
        self.say(post, seen[post], file, "many_readers", label, n)

    def _openings(self, posts: Iterable[int]) -> list[Opening]:
        found = database.rows_for(
            "SELECT post, at_ms, files, what FROM store_reading WHERE at_ms >= %s AND at_ms < %s"
            f" AND what IN ({_OPENED}) AND post IN ({{}})",
            sorted(posts),
            self.span,
        )
        return [(post, at, numbers(files), what) for post, at, files, what in found]


@cache
def rule(name: str) -> Rule:
    """The rule of that name."""
    return next(one for one in RULES if one.name == name)


def _rare() -> str:
    from guitu.store.readings.models import RARE

    return ", ".join(repr(what) for what in RARE)


@engine.house()
def _wrote(files: set[int]) -> dict[tuple[str, int], list[int]]:
    """When each account wrote in these files."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for who, file, at_ms in engine.rows_for(
        "SELECT author, file, stored_ms FROM store_entry WHERE file IN ({})", sorted(files)
    ):
        found[who, file].append(at_ms)
    return found


def _followed(wrote: dict[tuple[str, int], list[int]], who: str, file: int, at_ms: int) -> bool:
    until = at_ms + int(FOLLOWS.total_seconds() * 1000)
    return any(at_ms <= written <= until for written in wrote.get((who, file), ()))


@engine.house()
def _units_of(files: set[int]) -> dict[int, int]:
    return dict(
        engine.rows_for(
            "SELECT no, unit FROM store_casefile WHERE unit IS NOT NULL AND no IN ({})", sorted(files)
        )
    )


def _name(unit: Unit | None) -> str:
    return unit.name if unit else "—"
