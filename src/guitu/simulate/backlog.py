"""The drawn days of the village that visitors see: some tested, some missed, some excused, one test beside
the draw, and one person whose reason with its paper nobody has looked at yet. A handful of entries, written
for people whose drawn day has come; the rest of the list stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.exchange.phone.reading import Attachment, handed_source
from guitu.home.draw import Window
from guitu.kernel.ids import uuid7
from guitu.simulate.accounts import DEMO_TOWN, DEMO_VILLAGE, author, staff_name
from guitu.store import attachments, casefiles, engine, gate
from guitu.store.home import draws
from guitu.store.home.draws import Come
from guitu.store.read import lines_of_files
from guitu.store.units import Unit, tree

PAPER: Final = b"".join(
    (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R",
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n",
        b"4 0 obj<</Length 66>>stream\n",
        b"BT /F 14 Tf 30 120 Td (Demonstration: a paper of a doctor) Tj ET  \n",
        b"endstream endobj\n",
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
        b"trailer<</Root 1 0 R>>\n%%EOF\n",
    )
)
"""A document of one page that says what it is."""


class _Pen:
    """Writes into one file, all at one moment of yesterday afternoon, a minute apart."""

    def __init__(self, come: Come, today: date, now: datetime, rng: Random) -> None:
        self.come, self.rng = come, rng
        self.file = casefiles.by_numbers([come.no])[0].id
        self.at = (now - timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)
        self.last = today - timedelta(days=1)
        self.unit = come.line.unit or DEMO_TOWN
        self.made: list[Entry] = []

    def add(self, day: date, kind: str, *, own: bool = False, source: str = "", **fields: Value) -> Entry:
        """One more entry, of the village's worker or of the person's own account."""
        at = self.at + timedelta(minutes=1 + len(self.made))
        made = Entry(
            id=uuid7(int(at.timestamp() * 1000), self.rng.randbytes(10)),
            file=self.file,
            kind=kind,
            happened_on=min(day, self.last),
            recorded_at=at,
            author=f"my-{self.file.hex[-6:]}" if own else author("village_worker", self.unit),
            unit="" if own else self.unit,
            fields=fields,
            source=source,
        )
        self.made.append(made)
        return made

    def test(self, outcome: str, **more: Value) -> Entry:
        """The test of the drawn day."""
        testers: dict[str, Value] = {
            "tester_1": staff_name("village_worker", self.unit),
            "tester_2": staff_name("town_office", DEMO_TOWN),
        }  # fmt: skip
        return self.add(self.come.day, "urine_test", outcome=outcome, occasion="routine", **testers, **more)


def furnish(today: date, now: datetime) -> int:
    """Write it; how many entries. Nothing where the office has chosen no preset: then no day is drawn."""
    village = tree().get(DEMO_VILLAGE)
    if village is None:
        return 0
    rng = Random(f"backlog/{today}")
    come = [one for one in draws.come(village, today) if one.day < today]
    if not come:
        return 0
    own = {one.no: one for one in _of_the_account(village, today)}
    own |= {one.no: one for one in come if one.no in own}
    some = [*own.values(), *(one for one in come if one.no not in own)]
    pens = [_Pen(one, today, now, rng) for one in some[: len(_SCRIPTS)]]
    papers = [paper for pen, script in zip(pens, _SCRIPTS, strict=False) for paper in script(pen)]
    entries = [entry for pen in pens for entry in pen.made]
    gate.record_many(entries, actor=house(), now=now)
    for entry in papers:
        attachments.keep(entry, "paper", hashlib.sha256(PAPER).hexdigest(), PAPER, now)
    return len(entries)


def _of_the_account(village: Unit, today: date) -> list[Come]:
    """The person whose own page visitors open, so that they see both sides of it."""
    found = engine.row(
        f"SELECT min(file) FROM store_casestatus WHERE {village.column} = %s AND state = 'in_force'"
        " AND measure IN ('community_treatment', 'community_recovery')",
        [village.no],
    )
    day = today - timedelta(days=9)
    lines = lines_of_files([found[0]]) if found and found[0] is not None else ()
    return [Come(line, Window("", day, day), day) for line in lines]


def _waiting(pen: _Pen) -> Iterator[Entry]:
    """Missed; the person has said why and handed in a paper, and nobody has looked at it yet."""
    missed = pen.test("evaded")
    named = (Attachment("paper", hashlib.sha256(PAPER).hexdigest(), len(PAPER)),)
    yield pen.add(
        pen.last, "account_given", own=True, entry=str(missed.id), sort="medical",
        text="那天发烧，在县医院打针，有门诊单。",
        source=handed_source("本人在自己的页面提交", pen.last, named),
    )  # fmt: skip


def _excused(pen: _Pen) -> Iterator[Entry]:
    """Missed, said why, accepted, and excused."""
    missed = pen.test("evaded")
    said = pen.add(
        pen.last, "account_given", own=True, entry=str(missed.id), sort="work", text="在外地工地赶工。"
    )
    pen.add(pen.last, "account_answer", to=str(said.id), outcome="accepted", text="已与工地核实，情况属实。")
    pen.add(
        missed.happened_on, "excuse", of="urine_test", until=missed.happened_on, grounds="工地赶工，已核实"
    )
    return iter(())


def _refused(pen: _Pen) -> Iterator[Entry]:
    """Missed, said why, not accepted."""
    missed = pen.test("evaded")
    said = pen.add(pen.last, "account_given", own=True, entry=str(missed.id), sort="none", text="忘记了。")
    text = "当天电话通知两次均已接听。下次请提前说明。"
    pen.add(pen.last, "account_answer", to=str(said.id), outcome="refused", text=text)
    return iter(())


def _tested(pen: _Pen) -> Iterator[Entry]:
    """Tested on the drawn day; and a test besides it, asked for with its reason."""
    pen.test("taken", result="negative")
    pen.add(
        pen.last, "extra_test", for_day=pen.last, reason="back", text="外出十二天返回，按约定返回后检测一次。"
    )
    pen.add(pen.last, "urine_test", outcome="taken", result="negative", occasion="extra")
    return iter(())


_SCRIPTS: Final = (_waiting, _tested, _excused, _refused)
