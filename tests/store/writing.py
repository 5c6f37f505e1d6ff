"""Short ways to write entries in tests: invented people, fixed times, ids that count up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from guitu.access import Actor, Post
from guitu.casefile import Entry, Value
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA

TOWN = "469023100"
VILLAGE = "469023100200"
OTHER_VILLAGE = "469023100201"
WEST_VILLAGE = "469023101200"
NEXT_COUNTY = "469024"
CENTRE = "46J01"

CLERK = Actor("clerk", (Post("town_office", TOWN),))
COUNTY = Actor("chief", (Post("county_supervisor", "469023"),))

_START = datetime(2026, 1, 1, 8, 0, tzinfo=CHINA)
_MS = int(_START.timestamp() * 1000)


def number(n: int) -> UUID:
    """The nth id: always the same, in order of n."""
    return uuid7(_MS + n, n.to_bytes(10, "big"))


def day(text: str) -> date:
    """A day written as text."""
    return date.fromisoformat(text)


def id_number(born: date, serial: int) -> str:
    """An invented identity number (prefix 98) with a right check digit (GB 11643)."""
    body = f"98{serial // 1000:04d}{born:%Y%m%d}{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


class Pen:
    """Writes entries into one file, with ids from `first` on. What it writes is not yet recorded."""

    def __init__(self, file: int, *, author: str = "clerk", unit: str = TOWN) -> None:
        self.file = number(1_000_000 + file)
        self.place = file
        self.next = file * 1000
        self.author = author
        self.unit = unit

    def entry(
        self, kind: str, happened_on: str, *, corrects: UUID | None = None, source: str = "", **fields: Value
    ) -> Entry:
        """One entry, recorded a minute after the one before it."""
        self.next += 1
        return Entry(
            id=number(self.next),
            file=self.file,
            kind=kind,
            happened_on=day(happened_on),
            recorded_at=_START + timedelta(minutes=self.next % 1000),
            author=self.author,
            unit=self.unit,
            fields=fields,
            corrects=corrects,
            source=source,
        )

    def person(self, name: str = "王小明", born: str = "1990-03-05", **more: Value) -> Entry:
        """Who the person is."""
        fields: dict[str, Value] = {
            "name": name,
            "sex": "male",
            "birth": day(born),
            "id_number": id_number(day(born), self.place),
            **more,
        }
        return self.entry("person", "2025-01-02", **fields)

    def held_by(self, unit: str, on: str = "2025-01-02", worker: str = "李专干") -> Entry:
        """Who answers for the person from a day on."""
        return self.entry("responsible_unit", on, unit=unit, worker=worker)

    def on_community_treatment(
        self, *, name: str = "王小明", unit: str = VILLAGE, served: str
    ) -> list[Entry]:
        """A person ordered into community treatment who has not reported yet."""
        return [
            self.person(name),
            self.held_by(unit),
            self.entry("order", served, measure="community_treatment", document_no="示例〔2026〕1号"),
            self.entry("served", served),
        ]
