"""The office's side in a trial: the real gate, marks and loads over a store that is put back to a backup.

A backup is a savepoint, and restoring is rolling back to it: exactly what was stored since is gone, numbers
and counters too, and what is stored afterwards takes the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from guitu.access import Actor, Post, house
from guitu.casefile import Entry, Value
from guitu.exchange.phone import answering, giving, marks
from guitu.exchange.phone.bounds import CACHE_HOURS, KEEP_SENT_DAYS
from guitu.exchange.phone.taking import By
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.store import casefiles, engine, gate, units
from guitu.store.units import NewUnit, tree

Json = dict[str, Any]

TOWN: Final = "469023100"
VILLAGE: Final = "469023100200"
ELSEWHERE: Final = "469023101200"
"""A village of another town, whose people the workers here may not record about."""
PLACES: Final = (
    NewUnit("46", "示例省", "province"),
    NewUnit("469023", "示例县", "county", "46"),
    NewUnit(TOWN, "河东镇", "town", "469023"),
    NewUnit(VILLAGE, "东坡村", "village", TOWN),
    NewUnit("469023101", "河西镇", "town", "469023"),
    NewUnit(ELSEWHERE, "西坡村", "village", "469023101"),
)
BEGINS: Final = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
WORKERS: Final = ("li", "zhang")
PEOPLE: Final = 3


def number(n: int) -> UUID:
    """The nth id of what was there before."""
    return uuid7(int(BEGINS.timestamp() * 1000) - 10**9 + n, n.to_bytes(10, "big"))


FILES: Final = tuple(number(n) for n in range(1, PEOPLE + 1))


def prepare() -> None:
    """The places and the people that every schedule begins with."""
    units.add(PLACES)
    day = date(2026, 10, 1)
    made = []
    for n, file in enumerate(FILES):

        def entry(place: int, kind: str, n: int = n, file: UUID = file, **fields: Value) -> Entry:
            return Entry(
                id=number(1000 * (n + 1) + place),
                file=file,
                kind=kind,
                happened_on=day,
                recorded_at=BEGINS - timedelta(days=30),
                author="office",
                unit=TOWN,
                fields=fields,
            )

        made += [
            entry(1, "person", name=f"示例{'甲乙丙'[n]}", sex="male", birth=date(1990, 3, 5)),
            entry(2, "responsible_unit", unit=VILLAGE),
            entry(3, "order", measure="community_treatment", document_no="示例〔2026〕1号"),
            entry(4, "served"),
            entry(5, "reporting_in"),
        ]
    gate.record_many(made, actor=house(), now=BEGINS - timedelta(days=30))
    marks.epoch()  # older than every backup, or a restored server would be known by its having none


def actor(worker: str) -> Actor:
    """A worker of the town."""
    return Actor(worker, (Post("town_office", TOWN),))


@dataclass
class Backup:
    """A savepoint, and what the server knew of each phone's loads then."""

    savepoint: str
    loads: dict[str, tuple[int, bytes, bytes]]


@dataclass
class Server:
    """One server for one schedule. `loads` is what stands in the table of phones: the number of the last
    load, and what a phone holds after it and after the one before."""

    now: datetime = BEGINS
    loads: dict[str, tuple[int, bytes, bytes]] = field(default_factory=dict)
    backups: list[Backup] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    """Phones whose token has ended."""

    def back_up(self) -> None:
        """Take a backup."""
        self.backups.append(Backup(transaction.savepoint(), dict(self.loads)))

    def restore(self, which: int) -> None:
        """Put everything back to that backup; later ones are gone."""
        backup = self.backups[which]
        del self.backups[which + 1 :]
        transaction.savepoint_rollback(backup.savepoint)
        self.loads = dict(backup.loads)

    def answer(self, phone: str, worker: str, path: str, body: Json | None) -> Json:
        """What the server says to one call."""
        if phone in self.refuses:
            return {"failed": "sign_in"}
        with units.steady():  # as around every request
            return self._answer(phone, worker, path, body)

    def _answer(self, phone: str, worker: str, path: str, body: Json | None) -> Json:
        by = By(phone, actor(worker), self.now)
        does: dict[str, Callable[[], Json]] = {
            "/sync/push/": lambda: answering.push(body or {}, by)[0],
            "/sync/check/": lambda: answering.check(body or {}, by),
        }
        if path in does:
            return does[path]()
        return {"answer": {"lines": self._load(phone, worker, path)}}

    def _load(self, phone: str, worker: str, path: str) -> list[Json]:
        """A load, as the view gives it."""
        query = json.loads(path.partition("?")[2])
        cursor = query.get("cursor", "")
        number, _, mark = cursor.partition(" ")
        last, holds, before = self.loads.get(phone, (0, b"", b""))
        known = giving.held_then(int(number or 0), last, holds, before)
        restored = bool(mark) and marks.restored(mark, self.now)
        if restored:
            known = None
        restored = marks.restored(query.get("mark", ""), self.now) or restored
        given = giving.give(
            actor(worker), tree().find(TOWN), giving.unpacked(known or b""), now=self.now, limit=1000
        )
        number_now = giving.numbered(last)
        self.loads[phone] = (number_now, giving.packed(given.holds), known or b"")
        mark_now = marks.mark()
        mark_told = mark_now.text
        return [
            {
                "t": "hello",
                "epoch": f"{mark_now.epoch:x}",
                "full": known is None,
                "restored": restored,
                "office": {"code": TOWN},
                "keep_sent_days": KEEP_SENT_DAYS,
                "cache_hours": CACHE_HOURS,
                "total": given.total,
            },
            *(line for line in given.lines if line["t"] != "form"),  # no page here that shows one
            {
                "t": "end",
                "cursor": f"{number_now} {mark_told}",
                "more": given.more,
                "mark": mark_told,
            },
        ]

    def record(self, *entries: Entry) -> None:
        """Somebody at the office records something."""
        gate.record_many(entries, actor=house(), now=self.now)


def stored() -> dict[UUID, casefiles.Held]:
    """The files as they stand, opened, with their receipts."""
    with engine.house():
        held = casefiles.by_ids(list(FILES))
        casefiles.fill(held.values(), unseal=None, receipts=True)
    return held
