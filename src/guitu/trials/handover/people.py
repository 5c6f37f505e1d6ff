"""The invented people of the trial, and what the officers of both sites do with them. The dice are handed
in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.exchange.phone.reading import Attachment, handed_source
from guitu.home.handover.baton import Baton
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.store.units import NewUnit

TODAY: Final = date(2026, 11, 23)
CENTRE, POLICE = "46J01", "469023P01"
VILLAGES: Final = tuple(f"469024{100 + t}{200 + v}" for t in range(3) for v in range(4))
UNITS: Final = (
    NewUnit("46", "示例省", "province"),
    NewUnit("469023", "示例县", "county", "46"),
    NewUnit("469023P01", "示例县公安强戒所", "police_centre", "469023"),
    NewUnit("46J01", "示范强制隔离戒毒所", "justice_centre", "46"),
    NewUnit("46J0101", "一大队", "brigade", "46J01"),
    NewUnit("469024", "邻县", "county", "46"),
    *(NewUnit(f"469024{100 + t}", f"第{t + 1}镇", "town", "469024") for t in range(3)),
    *(NewUnit(code, f"{code[-6:]}村", "village", code[:9]) for code in VILLAGES),
)
"""The same tree on both sites: the centre's is where the first works, the next county's the second's."""
SITES: Final = {"sender": ("469023", "46J01"), "receiver": ("469024",)}
_FIRST: Final = datetime(2026, 1, 1, 8, tzinfo=CHINA)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Pen:
    """Writes entries of one file; ids and moments come from the dice and the moment given."""

    def __init__(self, file: UUID, rng: Random, at: datetime, unit: str = CENTRE) -> None:
        self.file, self.rng, self.at, self.unit = file, rng, at, unit

    def entry(
        self, kind: str, on: date, *, corrects: UUID | None = None, unit: str = "", source: str = "",
        **fields: Value,
    ) -> Entry:  # fmt: skip
        """One entry, recorded some milliseconds after the one before."""
        self.at += timedelta(milliseconds=3)
        return Entry(
            id=uuid7(round(self.at.timestamp() * 1000), self.rng.randbytes(10)), file=self.file, kind=kind,
            version=kinds()[kind].version, happened_on=on, recorded_at=self.at, author="trial",
            unit=unit or self.unit, fields=fields, corrects=corrects, source=source,
        )  # fmt: skip


def releases(people: int, seed: int) -> Iterator[tuple[Entry, ...]]:
    """The file of each person up to the day: two years in custody, which end now."""
    for n in range(people):
        rng = Random(f"{seed}/{n}")
        file = uuid7(round(_FIRST.timestamp() * 1000) + n, rng.randbytes(10))
        pen = Pen(file, rng, _FIRST + timedelta(seconds=n))
        born = date(1970 + n % 30, 1 + n % 12, 1 + n % 28)
        leaves = TODAY - timedelta(days=rng.randrange(1, 9))
        decided = leaves.replace(year=leaves.year - 2) + timedelta(days=1)
        police = decided + timedelta(days=1)
        moved = police + timedelta(days=120)
        found = [
            pen.entry("person", decided, name=f"示例{n:06d}", sex="male", birth=born,
                      id_number=_number(born, n)),
            pen.entry("order", decided, measure="compulsory_isolation", document_no=f"示例〔{n}〕号",
                      printed_end=leaves),
            pen.entry("served", decided),
            pen.entry("family_notified", decided, source=_handed(n, decided)),
            pen.entry("admission", police, place="police_centre", centre=POLICE, unit=POLICE),
            pen.entry("transfer", moved, place="justice_centre", centre=CENTRE),
            pen.entry("assessment", leaves - timedelta(days=40), stage="before_expiry", physiological="pass",
                      recovery="pass", conduct="pass", social="good"),
            pen.entry("release_notice", leaves - timedelta(days=5)),
        ]  # fmt: skip
        yield tuple(found)


def papers(n: int) -> tuple[bytes, ...]:
    """What was handed in with one entry of every third person: one PDF, or two."""
    return tuple(b"%%PDF-1.4 %d %d %%%%EOF" % (n, place) for place in range((0, 1, 2)[n % 3]))


def papers_by_digest(people: int) -> dict[str, bytes]:
    """All of them."""
    return {hashlib.sha256(one).hexdigest(): one for n in range(people) for one in papers(n)}


def _handed(n: int, on: date) -> str:
    named = tuple(Attachment("paper", hashlib.sha256(one).hexdigest(), len(one)) for one in papers(n))
    return handed_source("窗口", on, named) if named else ""


def next_step(site: str, baton: Baton | None, released: bool, pen: Pen, rng: Random) -> list[Entry]:
    """What this site's officers write next of somebody; often nothing yet."""
    if rng.random() < 0.35:
        return []
    if site == "sender":
        return _sending(baton, released, pen, rng)
    return _receiving(baton, pen, rng)


def _sending(baton: Baton | None, released: bool, pen: Pen, rng: Random) -> list[Entry]:
    written = []
    if baton is None or baton.state in ("prepared", "refused", "overtaken"):
        to = rng.choice(VILLAGES)
        if baton is None and rng.random() < 0.5:
            return [pen.entry("handover_prepared", TODAY, to_unit=to)]
        written.append(pen.entry("handover_sent", TODAY, to_unit=to))
    elif baton.state in ("sent", "opened") and baton.sent is not None and rng.random() < 0.06:
        written.append(pen.entry("void", TODAY, corrects=baton.sent.id, reason="发错单位"))
    if not released and rng.random() < 0.7:
        written.append(pen.entry("release", TODAY))
        written.append(pen.entry("order", TODAY, measure="community_recovery", months=36))
        written.append(pen.entry("served", TODAY))
    return written


def _receiving(baton: Baton | None, pen: Pen, rng: Random) -> list[Entry]:
    if baton is None:
        return []
    pen.unit = baton.receiver
    if baton.state == "sent":
        return [pen.entry("handover_opened", TODAY)]
    if baton.state == "opened":
        if rng.random() < 0.12:
            return [pen.entry("handover_refused", TODAY, reason="not_here", note="不在本村")]
        return [pen.entry("handover_accepted", TODAY, complete=rng.choice(("yes", "no")))]
    if baton.state == "accepted":
        kind = rng.choice(("first_contact", "reporting_in"))
        return [pen.entry(kind, TODAY, **({"how": "visit"} if kind == "first_contact" else {}))]
    return []


def _number(born: date, n: int) -> str:
    body = f"98{n // 1000 % 10000:04d}{born:%Y%m%d}{n % 1000:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]
