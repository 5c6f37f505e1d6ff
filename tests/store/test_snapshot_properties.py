"""Whatever is recorded, corrected, merged, parted and erased, and however often the snapshot is brought up to
date in between: it is the one that is written anew, and the one that reading every file whole gives."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guitu.casefile import Entry
from guitu.store import erasure, gate
from guitu.store.snapshot import merge
from tests.conftest import NOW
from tests.store.snapshots import contents, referee, run
from tests.store.test_merge_properties import EVENTS, undone
from tests.store.test_records import HOUSE, two_people
from tests.store.writing import CLERK, OTHER_VILLAGE, TOWN, VILLAGE, WEST_VILLAGE, Pen

pytestmark = pytest.mark.usefixtures("places")

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=10,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PLACING = (
    ("responsible_unit", {"unit": OTHER_VILLAGE}),
    ("responsible_unit", {"unit": VILLAGE}),
    ("change_of_place", {"to_unit": WEST_VILLAGE}),
    ("handover_sent", {"to_unit": WEST_VILLAGE}),
    ("handover_accepted", {}),
    ("record_sealed", {"basis": "minor"}),
    ("person", {"name": "王小明", "sex": "male", "birth": date(2004, 5, 6)}),
    ("help_request", {"need": "work", "text": "记"}),
)
OPENS, ADDS, CORRECTS, VOIDS, TAKES, MERGES, PARTS, ERASES = range(8)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            (
                OPENS,
                OPENS,
                ADDS,
                ADDS,
                ADDS,
                ADDS,
                CORRECTS,
                VOIDS,
                VOIDS,
                TAKES,
                TAKES,
                MERGES,
                PARTS,
                ERASES,
            )
        ),
        st.integers(0, 9),
        st.sampled_from((*EVENTS, *PLACING)),
        st.integers(0, 2400),
    ),
    min_size=3,
    max_size=25,
)


class Office:
    """Does what the steps say, as far as it can be done."""

    def __init__(self) -> None:
        self.pens: list[Pen] = []
        self.entries: dict[int, list[Entry]] = {}
        self.merged: dict[int, int] = {}
        self.erased: set[int] = set()
        self.hours = 0

    def does(self, what: int, which: int, event: tuple[str, dict], days: int) -> None:
        """One step."""
        self.hours += 1
        if what == OPENS:
            pen = Pen(len(self.pens) + 1, unit=(TOWN, VILLAGE)[which % 2])
            self.pens.append(pen)
            self.entries[pen.place] = []
            self._record(pen, pen.person())
            return
        if not self.pens:
            return
        pen = self.pens[which % len(self.pens)]
        if what == ADDS:
            self._record(pen, pen.entry(event[0], self._day(days), **event[1]))
        elif what in (CORRECTS, VOIDS) and self.entries[pen.place]:
            target = self.entries[pen.place][days % len(self.entries[pen.place])]
            if target.kind == "person":
                return
            kind = target.kind if what == CORRECTS and target.kind != "void" else "void"
            fields = dict(target.fields) if kind == target.kind else {"reason": "误登"}
            self._record(pen, pen.entry(kind, self._day(days), corrects=target.id, **fields))
        elif what == MERGES:
            self._two(pen, self.pens[days % len(self.pens)])
        elif what == PARTS and pen.place in self.merged:
            into = self.pens[self.merged.pop(pen.place) - 1]
            two_people("split", {"other": str(pen.file)}, into.file, NOW + timedelta(hours=self.hours))
        elif what == ERASES and pen.place not in {*self.merged, *self.merged.values(), *self.erased}:
            self.erased.add(pen.place)
            erasure.erase(pen.file, actor=CLERK, reason="依申请", now=NOW + timedelta(hours=self.hours))

    def _record(self, pen: Pen, entry: Entry) -> None:
        if pen.place in self.erased:
            return
        gate.record_many([entry], actor=HOUSE, now=NOW + timedelta(hours=self.hours))
        self.entries[pen.place].append(entry)

    def _two(self, away: Pen, into: Pen) -> None:
        taken = {*self.merged, *self.merged.values(), *self.erased}
        if away is into or away.place in taken or into.place in {*self.merged, *self.erased}:
            return
        two_people("merge", {"other": str(away.file)}, into.file, NOW + timedelta(hours=self.hours))
        self.merged[away.place] = into.place

    def _day(self, days: int) -> str:
        return (date(2020, 1, 2) + timedelta(days=days)).isoformat()


@FEW
@given(steps, st.integers(1, 40))
def test_brought_up_to_date_it_is_what_is_written_anew(
    monkeypatch: pytest.MonkeyPatch, done: list, at_once: int
) -> None:
    with undone(), tempfile.TemporaryDirectory() as folder, monkeypatch.context() as patch:
        patch.setattr("guitu.store.guards.lifetime", lambda *_: None)
        patch.setattr("guitu.store.snapshot.source.SQLITE_AT_ONCE", 7)
        patch.setattr("guitu.store.snapshot.take.BUFFERED", 9)
        patch.setattr(merge, "PER_PART", 8)
        patch.setattr(merge, "TOGETHER", 3)
        kept, office = Path(folder) / "kept", Office()
        for what, which, event, days in done:
            if what == TAKES:
                run(kept, at_once=at_once)
            else:
                office.does(what, which, event, days)
        grown = contents(run(kept).snapshot)
        assert grown == contents(run(Path(folder) / "anew", at_once=at_once).snapshot)
        assert grown == contents(run(kept, full=True).snapshot)
        if not office.erased:
            whole = contents(referee(Path(folder) / "referee"), without=("opened",))
            assert {
                n: [{k: v for k, v in r.items() if k != "opened"} for r in rows] for n, rows in grown.items()
            } == {**whole}
