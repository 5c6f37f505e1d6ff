"""What the snapshot says of an entry is what the case file itself says, at every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guitu import compose
from guitu.casefile import CaseFile, Entry
from guitu.casefile import columns as declared
from guitu.casefile.fates import before_birth, fates
from guitu.casefile.fields import Ask, FieldType
from guitu.casefile.file import VOID
from guitu.casefile.kind import Kind, ReadAs
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.pathway.history import read
from guitu.pathway.plan import plan_of
from guitu.store.snapshot.memory import person_of, snapshot_of
from tests.generative.histories import EXAMPLES, FILE, days, entry, wild

LEGAL = frozenset(name for name, kind in compose.kinds().items() if kind.read_as is not None)


@st.composite
def entangled(draw: st.DrawFn) -> CaseFile:
    """Entries that correct and withdraw one another in every way, arriving in any order, some of what is
    never there, some of themselves."""
    found: list[Entry] = []
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(["urine_test", "absence", VOID, VOID]))
        one = entry(number, kind, date(2024, 1, 1), draw(st.integers(0, 5)))
        about = draw(st.sampled_from([None, *range(10)]))
        found.append(replace(one, corrects=UUID(int=1000 + about) if about is not None else None))
    return CaseFile(FILE, tuple(draw(st.permutations(found))))


def counted_by_fates(file: CaseFile, at: datetime | None) -> set[UUID]:
    """As a reader of the snapshot works it out."""
    told = fates(file.entries)
    found = set()
    for one in file.entries:
        if one.kind == VOID or (at is not None and one.recorded_at > at):
            continue
        mine = [fate for fate in told if fate.entry.id == one.id and (at is None or fate.at <= at)]
        if mine[-1].counts if mine else True:
            found.add(one.id)
    return found


@EXAMPLES
@given(st.one_of(entangled(), wild()))
def test_fates_say_what_stands_at_every_moment(file: CaseFile) -> None:
    moments = {e.recorded_at for e in file.entries}
    for at in (None, *moments, *(m - timedelta(milliseconds=1) for m in moments)):
        assert counted_by_fates(file, at) == {e.id for e in file.standing(at)}


@EXAMPLES
@given(wild(), st.lists(st.tuples(days, days, st.integers(0, 400)), max_size=3), days, st.booleans())
def test_entries_before_the_birth_are_found_without_the_birth(
    file: CaseFile, stated: list[tuple[date, date, int]], on: date, late: bool
) -> None:
    people = [
        entry(800 + n, "person", day, recorded, birth=born) for n, (day, born, recorded) in enumerate(stated)
    ]
    whole = CaseFile(FILE, (*file.entries, *people))
    at = max((e.recorded_at for e in whole.entries), default=None) if late else None
    births = {e.id: born for e in people if isinstance(born := e.get("birth"), date)}
    told, _ = before_birth(whole.entries, births, LEGAL)
    standing = {e.id for e in whole.standing(at)}
    rows = [row for row in told if row.entry.id in standing]
    rows.sort(key=lambda row: (row.entry.happened_on, row.entry.recorded_at, row.entry.id.int))
    last = rows[-1].day if rows else None
    found = {e.id for e in whole.standing(at) if last and e.kind in LEGAL and e.happened_on <= min(on, last)}
    oddities = read(whole.standing(at), plan_of(compose.policy()), on).oddities
    said = [o for o in oddities if o.label.en.startswith("an entry is dated before the birth")]
    assert found == {e.id for o in said for e in o.entries}


@settings(EXAMPLES, max_examples=5)
@given(st.lists(wild(), min_size=15, max_size=15))
def test_the_spine_holds_every_answer_that_a_rule_may_read(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[CaseFile]
) -> None:
    files = [told_apart(file, n) for n, file in enumerate(drawn, 1)]
    snapshot = snapshot_of(files, tmp_path_factory.mktemp("snapshot"))
    rows = {
        (row["id_hi"] << 64) + row["id_lo"]: row
        for path in snapshot.parts("spine")
        for row in pq.read_table(path).to_pylist()
    }
    assert len(rows) == sum(len(file.entries) for file in files)
    names = {code: name for name, code in snapshot.kinds.items()}
    for one in (e for file in files for e in file.entries):
        row = rows[one.id.int]
        assert names[row["kind"]] == one.kind
        assert row["person"] == person_of(one.file)
        assert row["day"] == (one.happened_on - date(1970, 1, 1)).days
        for ask in declared.kept(compose.kind(one.kind)):
            if ask.type == "choice":
                code = row[ask.name]
                assert (snapshot.words[ask.name][code] if code is not None else None) == one.get(ask.name)
            elif ask.type == "whole":
                assert row[ask.name] == one.get(ask.name)
            elif ask.type == "day":
                told = one.get(ask.name)
                assert row[ask.name] == ((told - date(1970, 1, 1)).days if isinstance(told, date) else None)


def told_apart(file: CaseFile, number: int) -> CaseFile:
    """The same file under ids of its own."""
    ids = {e.id: UUID(int=number * 100_000 + e.id.int) for e in file.entries}
    whose = UUID(int=number)
    return CaseFile(
        whose,
        tuple(
            replace(e, id=ids[e.id], file=whose, corrects=ids.get(e.corrects) if e.corrects else None)
            for e in file.entries
        ),
    )


def test_every_field_of_every_kind_is_in_the_snapshot_or_closed() -> None:
    for kind in compose.kinds().values():
        there = {column.field for column in declared.kind_columns(kind)} - {""}
        for ask in kind.fields:
            closed = ask.name in kind.sealed_fields or ask.internal or ask.type in declared.TYPED
            assert (ask.name in there) != (closed and ask.name != kind.answers), (kind.name, ask.name)


def test_a_column_that_two_kinds_would_fill_differently_is_an_error() -> None:
    def asking(name: str, kind: FieldType) -> Kind:
        ask = Ask(name="months", label=Label("月数", "Months"), type=kind)
        return Kind(
            name=name,
            label=Label("示例", "Example"),
            compartment="legal",
            read_as=ReadAs("file", 50),
            fields=(ask,),
        )

    one, other = asking("one", "whole"), asking("other", "decimal")
    assert {c.name for c in declared.spine_columns([one])} > {"months"}
    with pytest.raises(DeclarationError, match="another type"):
        declared.spine_columns([one, other])
