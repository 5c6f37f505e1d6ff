"""Writing the snapshot from the database: what is new since the last one, or everything.

A run reads the entries above the last snapshot's number up to the present one (`source.settled`), writes
them as new parts, and works out anew the few people of whom that changed more than rows. Whoever was
erased since loses every row, in files that go at once; whoever was merged or separated is written again
under the key of the file that shows them. The manifest is replaced last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guitu.casefile import columns as declared
from guitu.casefile.snapshot import NoSnapshot, Snapshot, manifest_of
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import engine
from guitu.store.snapshot import arrow, merge, people, source
from guitu.store.snapshot.derived import Facts
from guitu.store.snapshot.folder import BASE, Draft, locked
from guitu.store.snapshot.gather import Chunk, Gathered, Known, named_units
from guitu.store.snapshot.keys import People, secret
from guitu.store.snapshot.rows import Builder, Found
from guitu.store.snapshot.source import Horizon
from guitu.store.units import Tree, tree

AT_ONCE: Final = 500_000
"""Entries that are read and sorted at a time."""
BUFFERED: Final = 250_000
"""Rows of one table that are held back until a part is worth a file."""

Progress = Callable[[int, int], None]
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run did: up to which entry; how many are new; how many people were worked out whole; how
    many rows were removed; how many entries others are still writing; why everything was written anew,
    if it was."""

    snapshot: Snapshot
    new: int
    whole: int
    dropped: int
    waiting: int
    anew: Label | None


@engine.house()
def take(
    folder: Path,
    *,
    now_ms: int,
    full: bool = False,
    at_once: int = AT_ONCE,
    progress: Progress | None = None,
) -> Taken:
    """Bring the snapshot in `folder` up to the entries there are now. Raises Busy if another run is at it."""
    with locked(folder):
        return _Run(folder, now_ms, at_once, progress).run(full)


class _Run:
    def __init__(self, folder: Path, now_ms: int, at_once: int, progress: Progress | None) -> None:
        self.folder = folder
        self.now_ms = now_ms
        self.at_once = at_once
        self.progress = progress
        self.kinds = declared.columned(kinds())
        self.tree: Tree = tree()
        self.units = {unit.code: unit.no for unit in self.tree.by_no.values()}
        self.legal = frozenset(name for name, kind in self.kinds.items() if kind.general)
        self.site = hashlib.sha256(secret()).hexdigest()[:16]
        self.builder = Builder(self.kinds, self.units, self._find)
        self.buffer: dict[str, list[pa.Table]] = {}
        self.waiting: dict[str, int] = {}

    def run(self, full: bool) -> Taken:
        manifest, anew = self._before(full)
        floor = manifest["seq"] if manifest is not None and manifest.get("site") == self.site else 0
        start = 0 if anew or manifest is None else int(manifest["seq"])
        horizon = source.settled(floor, _horizon(manifest))
        self.upto = upto = horizon.seq
        self.people = People.load()
        self.standing = people.standing()
        self.draft = Draft.of(self.folder, manifest, anew=start == 0)
        self.waiting = {} if start == 0 else dict(self.draft.told.get("waiting", {}))
        again, dropped = self._moved_and_gone()
        known = Known.of(self.draft.read("files"), self.draft.read("homes", ["person", "from_day"]))
        gathered = Gathered(known, self.legal)
        self._rows(start, upto, again, gathered)
        gathered.whole.update(self._met(start))
        facts = Facts()
        whole = self._work_out(gathered, facts)
        self._write_facts(facts, start, set(self._keys(again)))
        merge.tidy(self.draft, whole=start == 0)
        self._publish(horizon)
        return Taken(Snapshot.open(self.folder), self.new, whole, dropped, max(horizon.upto - upto, 0), anew)

    # ── what there was ────────────────────────────────────────────────────────────────────────────

    def _before(self, full: bool) -> tuple[dict[str, Any] | None, Label | None]:
        """The present manifest, and why it cannot be continued, if so."""
        try:
            manifest = manifest_of(self.folder)
        except NoSnapshot:
            there = (self.folder / "manifest.json").exists()
            return None, Label("原快照读不了", "the old one cannot be read") if there else None
        if full:
            return manifest, Label("按要求重新生成", "as asked")
        if manifest.get("shape") != declared.shape(self.kinds.values()):
            return manifest, Label("记录类型的声明有变", "the declared kinds have changed")
        if manifest.get("site") != self.site or manifest.get("mark") != self._mark(manifest["seq"]):
            return manifest, Label(
                "数据库与原快照的来源不同", "the database is not the one of the old snapshot"
            )
        return manifest, None

    def _mark(self, seq: int) -> str:
        """What tells one history of entries from another: a digest of the chain at that entry."""
        found = engine.row("SELECT digest FROM store_entry WHERE seq = %s", [seq]) if seq else None
        return hashlib.sha256(bytes(found[0])).hexdigest()[:32] if found else ""

    def _moved_and_gone(self) -> tuple[set[int], int]:
        """Remove the rows of people who were erased since, and of those who were merged or separated;
        the files of the latter, which are read again, and how many rows went."""
        of = self.people.of
        now = self.standing.shown_by
        moved = {
            int(a): int(b)
            for a, b in zip(
                of(np.array(list(now), np.int64)).tolist() if now else (),
                of(np.array(list(now.values()), np.int64)).tolist() if now else (),
                strict=True,
            )
        }
        gone = (
            set(of(np.array(sorted(self.standing.gone), np.int64)).tolist()) if self.standing.gone else set()
        )
        before = {int(a): int(b) for a, b in self.draft.told.get("moved", {}).items()}
        changed = {a for a in moved.keys() | before.keys() if moved.get(a) != before.get(a)}
        touched = changed | {m[a] for m in (moved, before) for a in changed if a in m}
        newly = gone - set(self.draft.told.get("gone", ()))
        dropped = 0
        if self.draft.tables:
            dropped = self.draft.drop(np.array(sorted(newly), np.int64), purge=True)
            dropped += self.draft.drop(np.array(sorted(touched - newly), np.int64), purge=False)
        self.draft.told |= {"moved": {str(a): b for a, b in sorted(moved.items())}, "gone": sorted(gone)}
        again = set(self.people.files(touched).values()) if self.draft.tables else set()
        return self.standing.group(again) - self.standing.gone if again else set(), dropped

    def _keys(self, files: Collection[int]) -> list[int]:
        """The keys of these files, in their order."""
        return [int(key) for key in self.people.of(np.array(list(files), np.int64))] if files else []

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────

    def _rows(self, start: int, upto: int, again: set[int], gathered: Gathered) -> None:
        """Write the new entries, and all of the files that are read again."""
        self.new = done = 0
        skipped = np.array(sorted(self.standing.gone | again), np.int64)
        for rows in source.entries(start, upto, self.at_once):
            done += rows.num_rows
            self.new += rows.num_rows
            self._take(rows, skipped, gathered)
            if self.progress is not None:
                self.progress(done, max(upto - start, done))
        for rows in source.entries_of(again, upto):
            self._take(rows, np.zeros(0, np.int64), gathered)
        for table in list(self.buffer):
            self._flush(table)

    def _take(self, rows: pa.Table, skipped: Numbers, gathered: Gathered) -> None:
        """Build the rows of one chunk."""
        if len(skipped):
            file = arrow.plain(rows.column("file"))
            rows = rows.filter(pa.array(~np.isin(file, skipped)))
        if not rows.num_rows:
            return
        raw, chunk = self._raw(rows)
        gathered.add(chunk)
        for table, built in self.builder.build(raw).items():
            pieces = self.buffer.setdefault(table, [])
            pieces.append(built)
            if sum(piece.num_rows for piece in pieces) >= BUFFERED:
                self._flush(table)

    def _flush(self, table: str) -> None:
        pieces = self.buffer.pop(table)
        rows = arrow.unify(pa.concat_tables(pieces)) if len(pieces) > 1 else pieces[0]
        self.draft.add(table, self.builder.columns(table), arrow.ordered(rows, "person", "seq"))

    def _raw(self, rows: pa.Table) -> tuple[pa.Table, Chunk]:
        """The rows as the builder takes them, and what is gathered of those of people."""
        file = arrow.plain(rows.column("file"))
        seq = arrow.plain(rows.column("seq"))
        showing = self.standing.shown(file)
        person = self.people.of(showing)
        hi, lo = source.halves(rows.column("id"))
        office, codes = source.codes(rows.column("unit"))
        numbers = np.array([self.units.get(code, -1) for code in codes], np.int64)
        at = numbers[office] if len(numbers) else np.zeros(0, np.int64)
        of_unit = self._units_of(file, at)
        corrects = rows.column("corrects").combine_chunks()
        correcting = arrow.plain(pc.greater(pc.binary_length(corrects), 0))
        day = source.day_numbers(rows.column("day"))
        recorded = arrow.plain(rows.column("recorded"))
        body = rows.column("body").combine_chunks()
        kind, words = source.codes(rows.column("kind"))
        about_unit = of_unit >= -1
        raw = pa.table(
            {
                "person": person, "seq": seq, "id_hi": hi, "id_lo": lo,
                "kind": rows.column("kind"), "version": rows.column("version"),
                "day": pa.array(day, pa.int32()), "recorded": recorded,
                "at": _numbers(at, pa.int32()),
                "corrects_seq": self._corrected(corrects, correcting, seq, person),
                "of_unit": _numbers(np.where(about_unit, of_unit, -1), pa.int32()),
                "in_spine": pa.array(~about_unit), "body": body,
            }
        )  # fmt: skip
        chunk = Chunk(
            showing, person, day.astype(np.int64), recorded, hi, lo, at, correcting, kind, list(words),
            named_units(kind, list(words), body, self.units),
        )  # fmt: skip
        return raw, chunk if not about_unit.any() else chunk.only(~about_unit)

    def _units_of(self, file: Numbers, at: Numbers) -> Numbers:
        """For entries of files about a unit its number, or -1 where it has none; -2 for those of people."""
        distinct = np.unique(file)
        if len(distinct) < 20_000:
            found = engine.rows_for(
                "SELECT no, unit FROM store_casefile WHERE about = 'unit' AND no IN ({})", distinct.tolist()
            )
        else:
            found = engine.rows("SELECT no, unit FROM store_casefile WHERE about = 'unit'")
        answer = np.full(len(file), -2, np.int64)
        for no, unit in found:
            mine = file == no
            answer[mine] = at[mine] if unit is None else unit
        return answer

    def _corrected(self, texts: pa.Array, correcting: Numbers, seq: Numbers, person: Numbers) -> pa.Array:
        """The number of the entry that each corrects, if it is smaller and the same person's."""
        if not correcting.any():
            return pa.nulls(len(seq), pa.int64())
        rows = np.flatnonzero(correcting)
        ids = [UUID(hex=text) for text in texts.take(pa.array(rows)).to_pylist()]
        found = self._find(ids)
        answer = np.zeros(len(seq), np.int64)
        for row, i in zip(rows.tolist(), ids, strict=True):
            there = found.get(i)
            if there is None or there[0] > self.upto:
                self.waiting[i.hex] = int(person[row])
            elif there[1] == person[row] and there[0] < seq[row]:
                answer[row] = there[0]
        return pa.array(answer, pa.int64(), mask=answer == 0)

    def _find(self, ids: Collection[UUID]) -> Found:
        """Entries by id, with the person who shows them."""
        rows = engine.rows_for(
            "SELECT id, seq, file FROM store_entry WHERE id IN ({})", [i.hex for i in set(ids)]
        )
        if not rows:
            return {}
        person = self.people.of(self.standing.shown(np.array([row[2] for row in rows], np.int64))).tolist()
        return {engine.uuid_of(i): (seq, key) for (i, seq, _), key in zip(rows, person, strict=True)}

    def _met(self, start: int) -> set[int]:
        """The files of entries that an earlier correction has been waiting for."""
        rows = engine.rows_for("SELECT id, seq, file FROM store_entry WHERE id IN ({})", list(self.waiting))
        met = {engine.uuid_of(i).hex: file for i, seq, file in rows if seq <= self.upto}
        for identifier in met:
            del self.waiting[identifier]
        return {self.standing.shown_by.get(file, file) for file in met.values()}

    # ── people ────────────────────────────────────────────────────────────────────────────────────

    def _work_out(self, gathered: Gathered, facts: Facts) -> int:
        """Work out whoever is new or has changed; how many were read whole."""
        new = gathered.simple()
        whole = (gathered.whole | people.simple(new, self.people, facts)) - self.standing.gone
        for done in people.whole(whole, self.upto, self.people, self.units, self.legal, facts):
            if self.progress is not None:
                self.progress(done, len(whole))
        return len(whole)

    def _write_facts(self, facts: Facts, start: int, redone: set[int]) -> None:
        """Write what was worked out. Sets of rows that were there before are not written twice."""
        for name, rows in (("fates", facts.fates), ("before_birth", facts.before_birth)):
            fresh = [row for row in rows if row[1] > start or row[0] in redone]
            table = arrow.table(declared.TABLES[name], fresh)
            self.draft.add(name, declared.TABLES[name], arrow.ordered(table, *merge.KEYS[name]))
        units = arrow.table(declared.UNITS, [_unit_row(self.tree, no) for no in sorted(self.tree.by_no)])
        same_units = self._replace("units", units)
        self._replace("staff", _staff())
        changed = np.unique(np.array([row[0] for row in facts.files], np.int64))
        if len(changed) or "homes" not in self.draft.tables:
            self._renew("homes", changed, arrow.table(declared.HOMES, facts.homes))
        if len(changed) or not same_units or "files" not in self.draft.tables:
            nowhere = (None,) * len(declared.LEVELS)
            rows = [(person, unit, *nowhere, *rest) for person, unit, *rest in facts.files]
            self._renew("files", changed, arrow.table(declared.FILES, rows), anew=not same_units)

    def _renew(self, name: str, changed: Numbers, rows: pa.Table, *, anew: bool = False) -> None:
        """Put these rows in the place of all that a table has of the changed people, if they differ; with
        `anew` in any case."""
        rows = self._ready(name, rows)
        there = self.draft.read(name)
        if there is not None and there.num_rows:
            theirs = pc.is_in(there.column("person"), value_set=pa.array(changed, pa.int64()))
            if arrow.same(self._ready(name, there.filter(theirs)), rows) and not anew:
                return
            rows = self._ready(name, pa.concat_tables([there.filter(pc.invert(theirs)), rows]))
        self.draft.replace(name, declared.TABLES[name], rows)

    def _ready(self, name: str, rows: pa.Table) -> pa.Table:
        """The rows in order, a unit's levels as the tree has them now."""
        rows = arrow.ordered(arrow.unify(rows), *merge.KEYS[name])
        return _levelled(rows, self.tree) if name == "files" else rows

    def _replace(self, name: str, rows: pa.Table) -> bool:
        """Let a small table hold these rows; whether it did already."""
        there = self.draft.read(name)
        if there is not None and arrow.same(there, rows):
            return True
        self.draft.replace(name, declared.TABLES[name], rows)
        return False

    def _publish(self, horizon: Horizon) -> None:
        for name in self.builder.tables:
            if not self.draft.tables.get(name):
                columns = self.builder.columns(name)
                self.draft.add(name, columns, arrow.table(columns, []), BASE)
        all_kinds = tuple(self.kinds.values())
        found = engine.row("SELECT stored_ms FROM store_entry WHERE seq = %s", [horizon.seq])
        spine = sum(file.rows for file in self.draft.tables["spine"])
        self.draft.publish(
            {
                "seq": horizon.seq,
                "last_ms": int(found[0]) if found else 0,
                "made_ms": self.now_ms,
                "kinds": dict(self.builder.codes),
                "words": declared.words(all_kinds),
                "shape": declared.shape(all_kinds),
                "slices": merge.slice_count(spine),
                "site": self.site,
                "mark": self._mark(horizon.seq),
                "waiting": self.waiting,
                "unsure": {"upto": horizon.upto, "writers": horizon.writers},
            }
        )


def _horizon(manifest: Mapping[str, Any] | None) -> Horizon | None:
    unsure = manifest.get("unsure") if manifest is not None else None
    return Horizon(0, unsure["upto"], tuple(unsure["writers"])) if unsure else None


def _numbers(values: Numbers, kind: pa.DataType) -> pa.Array:
    """Numbers with an empty place for each -1."""
    return pa.array(values, kind, mask=values < 0)


def _unit_row(units: Tree, no: int) -> tuple[Any, ...]:
    unit = units.by_no[no]
    return (
        no, unit.code, unit.name, unit.level, unit.parent, "/".join(unit.path), *unit.at, unit.active_from,
        unit.active_until,
    )  # fmt: skip


def _staff() -> pa.Table:
    rows = engine.rows(
        "SELECT p.unit, p.role, count(*) FROM store_staffpost p JOIN auth_user u ON u.id = p.user_id"
        " WHERE u.is_active GROUP BY p.unit, p.role ORDER BY p.unit, p.role"
    )
    return arrow.table(declared.STAFF, rows)


def _levelled(files: pa.Table, units: Tree) -> pa.Table:
    """The table of files with the levels of each unit as the tree has them now."""
    top = max(units.by_no, default=0)
    levels = np.full((len(declared.LEVELS), top + 2), -1, np.int64)
    for no, unit in units.by_no.items():
        levels[:, no] = [-1 if one is None else one for one in unit.at]
    unit = arrow.plain(files.column("unit").combine_chunks().fill_null(top + 1))
    for n, column in enumerate(declared.LEVELS):
        place = files.schema.get_field_index(column.name)
        files = files.set_column(place, files.schema.field(place), _numbers(levels[n][unit], pa.int32()))
    return files
