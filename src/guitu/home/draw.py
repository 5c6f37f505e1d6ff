"""On which day of a period somebody is tested: drawn by a seed that was sealed before, so that nobody chooses
the day, nobody knows it beforehand, and anybody can work it out again afterwards.

1. Before a month begins the office publishes a *commitment*: the SM3 digest of a secret seed and of what the
   draw is for.
2. In the month each person's period that begins there gets its day from that seed alone (`day_of`).
3. Afterwards the seed is *revealed*. Whoever has the list of lots works every day out again, and sees that
   the seed is the one that was committed to (`check`).

Everybody has exactly one day in each period of the preset, so that of two people who began together none has
ever been tested more than once more than the other. What this cannot hide: after the day has come the rest of
the period is free, and on its last day whoever was not drawn yet knows it. An office that wants more tests
unannounced; the preset says how many periods there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from guitu.casefile.chain import sm3
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

SCHEME: Final = "guitu-draw-1"
SEED_BYTES: Final = 32
_BLOCK: Final = 64
_LOT: Final = 10
_WORD: Final = 1 << 64
_WEEKEND: Final = 5
MOST_LOTS: Final = 1_000_000


class BadDraw(GuituError):
    """A list of a draw that cannot be read."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a draw is for: a unit (its code) and the days in which the periods begin. `weekends` says whether
    Saturdays and Sundays may be drawn; a period that has no other days is drawn from all of them."""

    unit: str
    first: date
    last: date
    weekends: bool = True

    def words(self) -> str:
        """The terms as they are digested."""
        free = "all" if self.weekends else "weekdays"
        return f"{SCHEME}|{self.unit}|{self.first.isoformat()}|{self.last.isoformat()}|{free}"


@dataclass(frozen=True, slots=True)
class Window:
    """One period of one lot: the day lies in it, both ends included."""

    lot: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Drawn:
    """A period and the day that was said to be drawn for it."""

    window: Window
    day: date


class Keyed:
    """HMAC-SM3 (RFC 2104) under a seed."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, seed: bytes) -> None:
        key = seed.ljust(_BLOCK, b"\0")
        self._inner = bytes(b ^ 0x36 for b in key)
        self._outer = bytes(b ^ 0x5C for b in key)

    def of(self, data: bytes) -> bytes:
        """The 32-byte code of `data`."""
        return sm3(self._outer + sm3(self._inner + data))


def commitment(terms: Terms, seed: bytes) -> str:
    """What is published beforehand: 64 hexadecimal digits."""
    if len(seed) != SEED_BYTES:
        raise BadDraw(Label("种子应为 32 字节", "a seed has 32 bytes"))
    return sm3(f"{terms.words()}|{seed.hex()}".encode()).hex()


def lot_of(seed: bytes | Keyed, case_no: str) -> str:
    """Under what number somebody stands in a draw: it tells nothing of them without the seed, and once the
    seed is known they can work their own out."""
    keyed = seed if isinstance(seed, Keyed) else Keyed(seed)
    return keyed.of(f"lot|{case_no}".encode())[:_LOT].hex()


def days_of(window: Window, *, weekends: bool) -> tuple[date, ...]:
    """The days that may be drawn."""
    every = tuple(window.first + timedelta(days=n) for n in range((window.last - window.first).days + 1))
    return every if weekends else tuple(d for d in every if d.weekday() < _WEEKEND) or every


def day_of(seed: bytes | Keyed, window: Window, *, weekends: bool = True) -> date:
    """The day that is drawn. Every day has the same chance: numbers beyond the last whole multiple are thrown
    away and drawn again."""
    keyed = seed if isinstance(seed, Keyed) else Keyed(seed)
    words = f"day|{window.lot}|{window.first.isoformat()}|{window.last.isoformat()}"
    length = (window.last - window.first).days + 1
    if length < 1:
        first, last = window.first, window.last
        raise BadDraw(Label(f"{first} 至 {last} 没有一天", f"there is no day from {first} to {last}"))
    if weekends:
        return window.first + timedelta(days=_below(keyed, words, length))
    days = days_of(window, weekends=False)
    return days[_below(keyed, words, len(days))]


def _below(keyed: Keyed, words: str, n: int) -> int:
    limit = _WORD - _WORD % n
    turn = 0
    while True:
        code = keyed.of(f"{words}|{turn}".encode())
        number = int.from_bytes(code[:8], "big")
        if number < limit:
            return number % n
        turn += 1


# ── kept with the seed ────────────────────────────────────────────────────────────────────────────

KEPT: Final = tuple(f"lots_{n}" for n in range(1, 13))
"""The answers in which the lots of a draw are kept, piece by piece: a text has an end."""
_NOBODY: Final = "-"
_DAYS: Final = 3
_EACH: Final = 2 * _LOT + 2 * _DAYS


def packed(windows: Iterable[Window], since: date) -> str:
    """Periods as they are kept when a seed is revealed: of each its lot, how many days after `since` it
    begins and for how many days it lasts. Their days follow from the seed."""
    text = "".join(
        f"{w.lot}{(w.first - since).days:0{_DAYS}}{(w.last - w.first).days:0{_DAYS}}"
        for w in sorted(windows, key=lambda w: (w.lot, w.first))
    )
    return text or _NOBODY


def unpacked(text: str, since: date) -> tuple[Window, ...]:
    """The periods that were kept."""
    found = []
    for at in range(0, len(text.removeprefix(_NOBODY)), _EACH):
        lot, rest = text[at : at + 2 * _LOT], text[at + 2 * _LOT : at + _EACH]
        first = since + timedelta(days=int(rest[:_DAYS]))
        found.append(Window(lot, first, first + timedelta(days=int(rest[_DAYS:]))))
    return tuple(found)


def pieces(text: str, longest: int) -> tuple[str, ...]:
    """What was packed, cut between periods into pieces of at most that many characters."""
    size = longest // _EACH * _EACH
    return tuple(text[at : at + size] for at in range(0, len(text), size))


# ── checking afterwards ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draw as it is handed to whoever wants to check it: terms, what was committed to and when, the seed,
    and every lot's periods with the day drawn. `worked_out` is the day by whose records the lots were worked
    out; None where they were kept when the seed was revealed."""

    terms: Terms
    commitment: str
    committed_at: datetime
    seed: str
    lots: tuple[Drawn, ...]
    worked_out: date | None = None

    def json(self) -> str:
        """The sheet as a file."""
        told: dict[str, Any] = {
            "scheme": SCHEME,
            "unit": self.terms.unit,
            "first": self.terms.first.isoformat(),
            "last": self.terms.last.isoformat(),
            "weekends": self.terms.weekends,
            "commitment": self.commitment,
            "committed_at": self.committed_at.isoformat(),
            "seed": self.seed,
            "worked_out": self.worked_out.isoformat() if self.worked_out else None,
            "lots": [
                {
                    "lot": one.window.lot,
                    "first": one.window.first.isoformat(),
                    "last": one.window.last.isoformat(),
                    "day": one.day.isoformat(),
                }
                for one in self.lots
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a draw: where (a lot, or nothing for the whole) and what, in one sentence."""

    code: str
    label: Label
    lot: str = ""


def read_sheet(text: str) -> Sheet:
    """A sheet from its file. Raises BadDraw with one sentence."""
    try:
        told = json.loads(text)
        if told["scheme"] != SCHEME:
            raise BadDraw(Label(f"不认识的抽签办法“{told['scheme']}”", f"unknown scheme “{told['scheme']}”"))
        if not isinstance(told["weekends"], bool) or len(told["lots"]) > MOST_LOTS:
            raise ValueError("weekends")
        terms = Terms(
            str(told["unit"]),
            date.fromisoformat(told["first"]),
            date.fromisoformat(told["last"]),
            told["weekends"],
        )
        lots = tuple(_drawn(one) for one in told["lots"])
        return Sheet(
            terms,
            str(told["commitment"]),
            datetime.fromisoformat(told["committed_at"]),
            str(told["seed"]),
            lots,
            date.fromisoformat(told["worked_out"]) if told.get("worked_out") else None,
        )
    except BadDraw:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        raise BadDraw(
            Label("这不是一份抽签核验表，或者已损坏", "this is no sheet of a draw, or it is damaged")
        ) from problem


def _drawn(one: Mapping[str, str]) -> Drawn:
    first, last = date.fromisoformat(one["first"]), date.fromisoformat(one["last"])
    return Drawn(Window(str(one["lot"]), first, last), date.fromisoformat(one["day"]))


def check(sheet: Sheet, *, case_no: str = "") -> tuple[Fault, ...]:
    """Everything that is wrong with a draw; nothing if every day is the one that the sealed seed gives. With
    a case number also whether that person's lot is in it."""
    terms = sheet.terms
    try:
        seed = bytes.fromhex(sheet.seed)
        promised = commitment(terms, seed)
    except (ValueError, BadDraw):
        return (
            Fault(
                "seed_unreadable", Label("种子不是 64 位十六进制数", "the seed is not 64 hexadecimal digits")
            ),
        )
    found: list[Fault] = []
    if promised != sheet.commitment.lower():
        found.append(
            Fault(
                "other_seed",
                Label(
                    "种子与事先公布的承诺不符：事后换过种子，或者范围改过",
                    "the seed is not the one that was committed to: it, or what the draw is for, was changed"
                    " afterwards",
                ),
            )
        )
    if sheet.committed_at.date() >= terms.first:
        found.append(
            Fault(
                "too_late",
                Label(
                    f"承诺是 {sheet.committed_at.date()} 公布的，不在 {terms.first} 之前",
                    f"the commitment was published on {sheet.committed_at.date()}, not before {terms.first}",
                ),
            )
        )
    found += _lots(sheet, Keyed(seed))
    if case_no:
        lot = lot_of(seed, case_no)
        if not any(one.window.lot == lot for one in sheet.lots):
            found.append(
                Fault("not_in_it", Label("这份档案不在这次抽签里", "this file is not in the draw"), lot)
            )
    return tuple(found)


def _lots(sheet: Sheet, keyed: Keyed) -> Iterable[Fault]:
    terms, seen = sheet.terms, dict[str, list[Window]]()
    for one in sheet.lots:
        window = one.window
        if not terms.first <= window.first <= terms.last or window.last < window.first:
            yield Fault(
                "outside",
                Label(
                    f"周期 {window.first} 不在本次范围内", f"the period of {window.first} is not of this draw"
                ),
                window.lot,
            )
            continue
        if any(window.first <= w.last and w.first <= window.last for w in seen.get(window.lot, ())):
            yield Fault(
                "twice",
                Label("同一签号同一时段抽了两次", "one lot was drawn twice for the same days"),
                window.lot,
            )
        seen.setdefault(window.lot, []).append(window)
        right = day_of(keyed, window, weekends=terms.weekends)
        if right != one.day:
            yield Fault(
                "other_day",
                Label(f"应为 {right}，表上写 {one.day}", f"it should be {right}; the sheet says {one.day}"),
                window.lot,
            )
