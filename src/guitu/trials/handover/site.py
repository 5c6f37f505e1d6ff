"""One site of the trial: a process of its own with a data folder of its own, driven over a pipe.

What it is told comes as pickled tuples from the process that began it, and from nobody else. `carry` goes the
other way: the bundle that this site would send over the wire.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from traceback import format_exception
from typing import Any
from uuid import UUID


class Site:
    """What the site does when told."""

    def __init__(self, name: str, tell: Callable[[Any], None], hear: Callable[[], Any]) -> None:
        self.name, self.tell, self.hear = name, tell, hear

    def start(self) -> dict[str, Any]:
        """The store, the units and the site's own card."""
        from guitu.cli.opening import open_store

        open_store()
        from guitu.exchange.handover.peers import name_this
        from guitu.store import units
        from guitu.trials.handover.people import SITES, UNITS

        units.add([one for one in UNITS if units.tree().get(one.code) is None])
        return name_this(self.name, SITES[self.name]).as_json()

    def peer(self, card: object, url: str = "") -> None:
        """Register the other, with where it answers over HTTP."""
        from guitu.exchange.handover import add_peer

        add_peer(card, url)

    def seed(self, people: int, seed: int, now: datetime) -> int:
        """Everybody who is to be released."""
        from guitu.access import house
        from guitu.exchange.phone.reading import attachments_in
        from guitu.store import attachments, gate
        from guitu.trials.handover.people import papers_by_digest, releases

        entries = (entry for some in releases(people, seed) for entry in some)
        new = gate.record_many(entries, actor=house("trial"), now=now).new
        brought = papers_by_digest(people)
        for some in releases(people, seed):
            for entry in some:
                for one in attachments_in(entry.source):
                    attachments.keep(entry, one.what, one.sha256, brought[one.sha256], now)
        return new

    def act(self, seed: str, now: datetime) -> int:
        """A day's work of the officers here."""
        from guitu.access import house
        from guitu.store import engine, gate
        from guitu.trials.handover.people import Pen, next_step

        rng, written = Random(seed), []
        with engine.house():
            for file, counted, baton in self._batons():
                released = any(e.kind == "release" for e in counted)
                written += next_step(self.name, baton, released, Pen(file, rng, now), rng)
            latest = max((entry.recorded_at for entry in written), default=now)
            return gate.record_many(written, actor=house("trial"), now=max(now, latest)).new

    def exchange(self, now: datetime) -> tuple[int, int, int, int]:
        """Exchange with the other, over the pipe."""
        from guitu.exchange.handover import exchange, peers

        def carry(raw: bytes) -> bytes:
            from guitu.exchange.handover.link import LinkCut
            from guitu.kernel.labels import Label

            self.tell(("carry", raw))
            back: bytes | None = self.hear()
            if back is None:
                raise LinkCut(Label("断线", "cut"))
            return back

        found = exchange(peers()[0], now, carry)
        return found.sent, found.delivered, found.came, len(found.held)

    def exchange_served(self, now: datetime) -> tuple[int, int, int, int]:
        """Exchange with the other over HTTP, at the address under which it is registered."""
        from guitu.exchange.handover import exchange, peers

        found = exchange(peers()[0], now)
        return found.sent, found.delivered, found.came, len(found.held)

    def answer(self, raw: bytes, now: datetime, die: str = "") -> bytes:
        """What the other would get over the wire. `die` ends this process at a point: before anything, after
        half the files, within a transaction, or when all is done and nothing said."""
        from guitu.exchange.handover import answer

        if die:
            _prepare_to_die(die)
        found = answer(raw, now)
        if die:
            os._exit(9)
        return found

    def write(self, folder: Path, now: datetime) -> list[Path]:
        """What is owed, as files to be carried."""
        from guitu.exchange.handover import peers, write_files

        return write_files(peers()[0], folder, now)

    def read(self, path: Path, answers: Path, now: datetime) -> Path | None:
        """Take in a file that was carried here; where the answer lies."""
        from guitu.exchange.handover import read_file

        return read_file(path, answers, now)[1]

    def pending(self, now: datetime) -> int:
        """How many files, and how many lots of papers, the other has not acknowledged."""
        from guitu.exchange.handover import papers, peers, pending
        from guitu.store import engine

        with engine.house():
            return len(pending(peers()[0], now)) + len(papers.pending(peers()[0], now, ahead=True))

    def held_there(self) -> dict[str, list[str]]:
        """Of each file that the other has said it holds, the reasons, the latest last."""
        from guitu.home.handover.baton import EXCHANGED
        from guitu.store import engine, excerpts

        excerpts.forget()
        with engine.house():
            numbers = [row[0] for row in engine.rows("SELECT no FROM store_casefile WHERE about = 'person'")]
            read = excerpts.of_files(numbers, {EXCHANGED}, unseal={EXCHANGED}).values()
            return {
                one.held.id.hex: [str(e.get("reason")) for e in one.counted if e.get("state") == "held"]
                for one in read
                if any(e.get("state") == "held" for e in one.counted)
            }

    def held_here(self) -> dict[str, str]:
        """Of each file that is held here, the reason."""
        from guitu.exchange.handover import held

        return {note.file.hex: note.reason.zh for note in held.notes()}

    def papers(self) -> dict[str, list[str]]:
        """Of each file, the papers that lie here and open as what they were: their digests."""
        from hashlib import sha256

        from guitu.store import attachments, engine

        with engine.house():
            named = {
                no: engine.uuid_of(file) for no, file in engine.rows("SELECT no, id FROM store_casefile")
            }
            found: dict[str, list[str]] = {}
            for no, kept in attachments.of_files(named).items():
                file = named[no]
                opened = [attachments.opened_of(file, one.entry, one.sha256) or b"" for one in kept]
                found[file.hex] = sorted(sha256(one).hexdigest() for one in opened)
            return found

    def states(self) -> dict[str, tuple[str, str, str, tuple[tuple[str, str, str], ...], int]]:
        """Of each file: the state of its hand-over, who answers, the unit in whose lists it stands, its open
        duties with their days and units, and how many entries have the same id as another."""
        from guitu.store import engine
        from guitu.store.units import tree

        units = tree()
        with engine.house():
            duties: dict[int, list[tuple[str, str, str]]] = {}
            for no, name, due, unit in engine.rows("SELECT file, name, due_key, unit FROM store_duty"):
                duties.setdefault(no, []).append((name, str(due), units.by_no[unit].code if unit else ""))
            held = {
                engine.uuid_of(identifier): (no, units.by_no[unit].code if unit else "")
                for no, identifier, unit in engine.rows(
                    "SELECT f.no, f.id, s.unit FROM store_casefile f JOIN store_casestatus s ON s.file = f.no"
                )
            }
            double = dict(
                engine.rows("SELECT file, count(*) - count(DISTINCT id) FROM store_entry GROUP BY file")
            )
            found = {}
            for file, _, baton in self._batons():
                no, unit = held[file]
                state, holder = (baton.state, baton.holder) if baton else ("none", "sender")
                found[file.hex] = state, holder, unit, tuple(sorted(duties.get(no, ()))), double.get(no, 0)
            return found

    def verify(self) -> int:
        """How many chains are broken."""
        from guitu.store import engine
        from guitu.store.verify import verify

        with engine.house():
            return len(verify().broken)

    def _batons(self) -> list[tuple[UUID, Any, Any]]:
        from guitu.home.handover.baton import KINDS, current
        from guitu.store import engine, excerpts
        from guitu.store.home.handover import within
        from guitu.store.units import tree

        excerpts.forget()
        inside = within(tree())
        numbers = [row[0] for row in engine.rows("SELECT no FROM store_casefile WHERE about = 'person'")]
        found = excerpts.of_files(numbers, KINDS)
        return [(one.held.id, one.counted, current(one.counted, inside)) for one in found.values()]


def _prepare_to_die(where: str) -> None:
    from guitu.exchange.handover import taking
    from guitu.store import appending, attachments, engine

    if where == "before":
        os._exit(9)
    if where == "commit":  # written, not committed: the database has to forget it
        appending.Batch.finish = lambda _: os._exit(9)  # type: ignore[method-assign]
        keep = attachments.keep

        def kept(*some: Any) -> bool:
            with engine.writing():
                keep(*some)
                os._exit(9)

        attachments.keep = kept
    if where == "half":
        taking._taken, taking._kept = _twice(taking._taken), _twice(taking._kept)


def _twice(done: Callable[..., Any]) -> Callable[..., Any]:
    """The same, the third time of which is the end."""
    count = 0

    def some(*told: Any) -> Any:
        nonlocal count
        count += 1
        return done(*told) if count < 3 else os._exit(9)

    return some


def main() -> None:
    """Do what is told until the pipe ends."""
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may speak on the pipe

    def tell(what: Any) -> None:
        pickle.dump(what, stdout)
        stdout.flush()

    def hear() -> Any:
        return pickle.load(stdin)

    site = Site(sys.argv[1], tell, hear)
    while True:
        try:
            what, *arguments = hear()
        except EOFError:
            return
        try:
            tell(("done", getattr(site, what)(*arguments)))
        except Exception as wrong:  # whatever it is, it is told, and the site goes on
            from guitu.kernel.errors import GuituError

            if isinstance(wrong, GuituError):
                tell(("cut", f"{type(wrong).__name__}: {wrong}"))
            else:
                tell(("failed", "".join(format_exception(wrong)[-4:])))


if __name__ == "__main__":
    main()
