"""The roll: who is out by what their files say, marks typed by initials or number, and what it adds up to.

Everybody counts as present who is not marked and not out. Typed marks: initials or pinyin and a key (wxm1),
or a number in the list, a point or a blank, and a key (35.4). Nothing here asks the time or reads a store.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile.entry import Entry
from guitu.kernel.labels import Label

MARKS: Final[dict[str, str]] = {
    "1": "late", "2": "unwell", "3": "refused", "4": "elsewhere", "5": "missing", "6": "here",
}  # fmt: skip
"""The key for each mark."""
LABELS: Final[dict[str, Label]] = {
    "late": Label("迟到", "late"),
    "unwell": Label("身体不适", "unwell"),
    "refused": Label("不应答", "no answer"),
    "elsewhere": Label("另有安排", "elsewhere, arranged"),
    "missing": Label("不明", "missing"),
    "here": Label("在这里", "here after all"),
}
ABSENT: Final = frozenset({"elsewhere", "missing"})
"""Marks of somebody who is not there."""
HERE: Final = "here"
"""The mark of somebody who is there although they are recorded as out or expected elsewhere: counted, and
nothing is noted in the file."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the list: the number in it, and what they are found by (normalised: initials, pinyin)."""

    no: int
    file: int
    keys: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Out:
    """Why somebody is out: the kind of the open entry, since when, and until when if that is known."""

    kind: str
    since: date
    until: date | None = None

    def late(self, on: date) -> bool:
        """Whether they should have been back before that day."""
        return self.until is not None and on > self.until


ENDS: Final[dict[str, tuple[str, ...]]] = {
    "medical_leave": ("medical_leave_end",),
    "home_leave": ("home_leave_back",),
    "escape": ("recaptured",),
    "detained": ("freed",),
    "imprisoned": ("freed",),
}
"""The kinds by whose entries somebody is out, and the kinds that end it."""
OUT_LABELS: Final[dict[str, Label]] = {
    "medical_leave": Label("所外就医", "Medical leave"),
    "home_leave": Label("外出探视", "Leave to see relatives"),
    "escape": Label("脱逃", "Escaped"),
    "detained": Label("拘留、逮捕", "Detained"),
    "imprisoned": Label("收监执行", "Imprisoned"),
}
READ: Final = frozenset({*ENDS, *(end for ends in ENDS.values() for end in ends), "roll_exception", "void"})
"""The kinds that this reads."""


def out_of(counted: Iterable[Entry], on: date) -> Out | None:
    """Why somebody is out on a day, by the entries that count; None for whoever is in. Leave to see relatives
    counts from the day of going."""
    open_: dict[str, Out] = {}
    for entry in sorted(counted, key=_order):
        if entry.kind in ENDS:
            going, back = entry.get("going"), entry.get("back_by")
            since = going if isinstance(going, date) else entry.happened_on
            if since <= on:
                open_[entry.kind] = Out(entry.kind, since, back if isinstance(back, date) else None)
        for kind, ends in ENDS.items():
            if entry.kind in ends and entry.happened_on <= on:
                open_.pop(kind, None)
    return min(open_.values(), key=lambda out: out.since, default=None)


def missing_since(counted: Iterable[Entry]) -> Entry | None:
    """The entry by which somebody is missing: the last that says so, unless a later one says that they were
    found, or the escape was recorded."""
    last: Entry | None = None
    for entry in sorted(counted, key=_order):
        if entry.kind == "roll_exception":
            last = entry if entry.get("what") == "missing" else None
        elif entry.kind in ENDS or entry.kind == "recaptured":
            last = None
    return last


def _order(entry: Entry) -> tuple[date, float]:
    return entry.happened_on, entry.recorded_at.timestamp()


# ── what is typed ─────────────────────────────────────────────────────────────────────────────────

_TOKEN: Final = re.compile(
    r"(?P<no>\d{1,4})(?:[.\-*/]|\s+)(?P<nkey>[1-9])(?![\d.])|(?P<word>[^\W\d]+)\s*(?P<key>[1-9])(?!\d)"
)


def marks(
    text: str, people: Sequence[Somebody], normalise: Callable[[str], str]
) -> tuple[dict[int, str], tuple[Label, ...]]:
    """The mark of each file that was typed, and a sentence for whatever cannot be told: no such number or
    initials, several of that name, no such key, what is left over. Of two marks for one person the last
    counts."""
    found: dict[int, str] = {}
    faults: list[Label] = []
    line = unicodedata.normalize("NFKC", text).replace("，", " ").replace("、", " ").replace(",", " ")
    at = 0
    for token in _TOKEN.finditer(line):
        left = line[at : token.start()].strip()
        at = token.end()
        if left:
            faults.append(_unread(left))
        key = token["nkey"] or token["key"]
        if key not in MARKS:
            keys = "、".join(f"{k} {LABELS[m].zh}" for k, m in MARKS.items())
            english = ", ".join(f"{k} {LABELS[m].en}" for k, m in MARKS.items())
            faults.append(
                Label(f"“{token[0]}”没有键 {key}：{keys}", f"“{token[0]}”: no key {key}; {english}")
            )
            continue
        who = _named(token, people, normalise)
        if isinstance(who, Label):
            faults.append(who)
        else:
            found[who.file] = MARKS[key]
    if left := line[at:].strip():
        faults.append(_unread(left))
    return found, tuple(faults)


def _unread(left: str) -> Label:
    return Label(
        f"“{left}”读不出来；写首字母加键（wxm1），或者序号、点、键（35.4）",
        f"“{left}” cannot be read: initials and a key (wxm1), or number, point, key (35.4)",
    )


def _named(
    token: re.Match[str], people: Sequence[Somebody], normalise: Callable[[str], str]
) -> Somebody | Label:
    if token["no"]:
        number = int(token["no"])
        who = next((p for p in people if p.no == number), None)
        return who or Label(f"没有 {number} 号", f"there is no number {number}")
    word = normalise(token["word"])
    exact = [p for p in people if word in p.keys]
    some = exact or [p for p in people if any(k.startswith(word) for k in p.keys)]
    if not some:
        return Label(f"“{token['word']}”没有找到人", f"“{token['word']}” finds nobody")
    if len(some) > 1:
        told = "、".join(f"{p.no} 号 {p.name}" for p in some[:6])
        english = ", ".join(f"{p.no} {p.name}" for p in some[:6])
        return Label(
            f"“{token['word']}”有 {len(some)} 人：{told}；请用序号",
            f"“{token['word']}” finds {len(some)}: {english}; use the number",
        )
    return some[0]


# ── what it adds up to ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one roll: `people` = `present` + `out` + `elsewhere` + `missing`."""

    people: int
    present: int
    out: int
    elsewhere: int
    missing: int
    late: int
    unwell: int
    refused: int


def counts(
    files: Iterable[int], out: Iterable[int], marked: Mapping[int, str], elsewhere: Iterable[int] = ()
) -> Counts:
    """The numbers for the files of a list: who is out, who is expected elsewhere in the centre, and who was
    marked. Whoever is out or elsewhere and marked all the same counts as marked."""
    every = set(files)
    said = {file: mark for file, mark in marked.items() if file in every}
    away = {file for file in out if file in every and file not in said}
    n = {mark: sum(1 for m in said.values() if m == mark) for mark in LABELS}
    n["elsewhere"] += len((every & {*elsewhere}) - said.keys() - away)
    present = len(every) - len(away) - n["elsewhere"] - n["missing"]
    return Counts(
        len(every), present, len(away), n["elsewhere"], n["missing"], n["late"], n["unwell"], n["refused"]
    )


def due_since(
    last: tuple[date, int] | None, now: tuple[date, int], due: Callable[[date], tuple[int, ...]]
) -> int:
    """How many rolls were due after the last that was recorded, up to and including the one at `now`: pairs
    of day and minute. Without a last one, those of the day. Looks back a week at most."""
    day, _ = now
    total = 0
    for back in range(8):
        on = date.fromordinal(day.toordinal() - back)
        for at in due(on):
            if (on, at) <= now and (last is None or (on, at) > last):
                total += 1
        if last is None or on <= last[0]:
            break
    return total
