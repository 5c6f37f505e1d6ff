"""The long part of an import, away from the request: looking at a file, recording it, saying how far it is.

A thread does it, so that whoever sent the file may leave (`web.background`). The database knows the state of
every batch. One that has not been heard of for a while is shown as interrupted, and is simply started again,
because the import finds what is there already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from guitu.access import Actor, Post
from guitu.exchange.ledgers import held_workbook
from guitu.exchange.ledgers.importing import ImportResult, import_workbook
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store import engine
from guitu.store.keys import KeyUnusable
from guitu.web import background, clock
from guitu.web.background import Beat
from guitu.web.language import ENGLISH, speaking, spoken
from guitu.web.models import ImportBatch
from guitu.web.pages.ledgers import preview, undo
from guitu.web.pages.ledgers.kept import FILE, HELD, Kept

RUNNING: Final = ("checking", "importing", "undoing")
CAN_START: Final = ("checked", "stopped", "importing")

GONE: Final = Label(
    "上传的文件已按规定删除（保留 24 小时）；请重新上传，已导入的不会重复。",
    "The uploaded file has been deleted, as it is after 24 hours; send it again: nothing goes in twice.",
)
BROKEN: Final = Label(
    "系统出了差错，这一步没有做完；已导入的表不受影响，请按“继续”再试。",
    "Something went wrong before this was finished; sheets that are in are safe."
    " Press Continue to try again.",
)
NOT_CHECKED: Final = Label(
    "系统出了差错，没有核对完，什么都没有写入。请再上传一次；仍不行请告诉系统管理员。",
    "Something went wrong on our side before the file was checked; nothing was written."
    " Send it again, and tell the administrator if it happens again.",
)

_log = logging.getLogger("guitu.ledgers")


def look(batch: ImportBatch) -> threading.Thread:
    """Start looking at a file that was just uploaded: check it, also against the files, and write nothing."""
    return _start(batch, _look)


def begin(batch: ImportBatch) -> threading.Thread | None:
    """Start the import of a batch that was checked, or was interrupted; None if somebody else just did."""
    run = {"from": engine.last_seq(), "upto": None, "at_ms": 0, "on": clock.today().isoformat()}
    now = clock.now()
    earlier = [{**one, "upto": one["upto"] or run["from"]} for one in batch.runs]
    runs = [*earlier, run]
    changed = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, runs=batch.runs).update(
        state="importing", runs=runs, started_at=batch.started_at or now, refusal=None
    )
    if not changed:
        return None
    batch.refresh_from_db()
    return _start(batch, _record)


def take_back(batch: ImportBatch, actor: Actor, name: str) -> threading.Thread | None:
    """Start to withdraw everything that a batch wrote; None if somebody else just did."""
    if not ImportBatch.objects.filter(pk=batch.pk, state=batch.state).update(state="undoing", refusal=None):
        return None
    batch.refresh_from_db()

    def work(batch: ImportBatch, pulse: _Pulse) -> dict[str, Any]:
        entries = undo.written_by(batch)
        pulse.at(0, len(entries))
        undo.undo(
            batch, entries, actor=actor, now=clock.now(), on=clock.today(),
            progress=lambda done: pulse.at(done, len(entries)),
        )  # fmt: skip
        return {"state": "undone", "undone_at": clock.now(), "undone_by": name}

    return _start(batch, work)


def beat_of(batch: ImportBatch) -> Beat | None:
    """The last sign of life; None if there is none, or it is too long ago."""
    return background.beat_of(_key(batch))


def actor_of(batch: ImportBatch) -> Actor:
    """Whoever sent the file, in the post they sent it from."""
    return Actor(batch.username, (Post(batch.role, batch.unit),))


def _start(batch: ImportBatch, work: Callable[[ImportBatch, _Pulse], dict[str, Any]]) -> threading.Thread:
    pulse = _Pulse(batch)
    pulse.beat()
    language = spoken()  # of whoever presses: the workbook of held rows is theirs to mend

    def run() -> None:
        with speaking(language):
            _run(batch, work, pulse)

    return background.begin(run, f"ledger {batch.pk}")


@engine.house()  # of its own thread; what the sender may touch, the import asks for each file
def _run(batch: ImportBatch, work: Callable[[ImportBatch, _Pulse], dict[str, Any]], pulse: _Pulse) -> None:
    pulse.start()
    try:
        changes = work(batch, pulse)
    except GuituError as fault:
        changes = _failed(batch, fault.label, fault.where, status_of(fault))
    except Exception:
        _log.exception("batch %s", batch.pk)
        changes = _failed(batch, NOT_CHECKED if batch.state == "checking" else BROKEN, "", 500)
    try:
        ImportBatch.objects.filter(pk=batch.pk).update(**changes)
    finally:
        pulse.stop()


def status_of(fault: GuituError) -> int:
    """Whose fault it is, as HTTP says it: the file's, that nothing can be written now, or otherwise ours."""
    if isinstance(fault, engine.StoreUnavailable):
        return 503
    return 500 if isinstance(fault, KeyUnusable) else 422


def _failed(batch: ImportBatch, label: Label, where: str, status: int) -> dict[str, Any]:
    state = {"checking": "refused", "undoing": "done"}.get(batch.state, "stopped")
    return {"state": state, "refusal": {"zh": label.zh, "en": label.en, "where": where, "status": status}}


def _look(batch: ImportBatch, pulse: _Pulse) -> dict[str, Any]:
    kept = Kept(batch.pk)
    data, result = _through(batch, pulse, only_look=True)
    preview.write(kept, data, result)
    if any(sheet.held for sheet in result.sheets):
        kept.write(HELD, held_workbook(data, result.check))
    return {"state": "checked", "sheets": _summed(result)}


def _record(batch: ImportBatch, pulse: _Pulse) -> dict[str, Any]:
    kept = Kept(batch.pk)
    data, result = _through(batch, pulse, only_look=False)
    if any(sheet.held for sheet in result.sheets):
        kept.write(HELD, held_workbook(data, result.check))
        kept.keep_only(HELD)
    else:
        kept.delete()
    runs = [*batch.runs[:-1], {**batch.runs[-1], "upto": engine.last_seq()}]
    return {
        "state": "done", "runs": runs, "finished_at": clock.now(), "sheets": _added(batch.sheets, result)
    }  # fmt: skip


def _through(batch: ImportBatch, pulse: _Pulse, *, only_look: bool) -> tuple[bytes, ImportResult]:
    data = Kept(batch.pk).read(FILE)
    if data is None:
        raise GuituError(GONE)
    now = clock.now()
    if not only_look:
        batch.runs[-1]["at_ms"] = store_clock.milliseconds(now)
        ImportBatch.objects.filter(pk=batch.pk).update(runs=batch.runs)
    result = import_workbook(
        data,
        unit=batch.unit,
        on=clock.today(),
        actor=actor_of(batch),
        now=now,
        name=batch.file_name,
        language="en" if spoken() == ENGLISH else "zh",
        progress=pulse.sheet,
        only_look=only_look,
    )
    return data, result


def _summed(result: ImportResult) -> list[dict[str, Any]]:
    """What each sheet came to, as the batch keeps it."""
    return [
        {
            "sheet": checked.sheet,
            "ledger": checked.ledger,
            "rows": len(checked.table),
            "new": done.new,
            "there": done.there,
            "held": done.held,
            "warned": sum(
                1 for f in checked.table.faults.values() if f and all(x.warning for x in f.values())
            ),
            "entries": done.entries,
            "unplaced": [[p.left, p.name, n] for p, n in done.unplaced.items()],
        }
        for checked, done in zip(result.check.sheets, result.sheets, strict=True)
    ]


def _added(before: list[dict[str, Any]], result: ImportResult) -> list[dict[str, Any]]:
    """The same after an import. What an interrupted run had already brought in is new in this batch too."""
    summed = _summed(result)
    for was, now in zip(before, summed, strict=False):
        if was["sheet"] == now["sheet"] and now["new"] < was["new"] and now["held"] <= was["held"]:
            moved = min(was["new"] - now["new"], now["there"])
            now["new"] += moved
            now["there"] -= moved
            now["entries"] = max(now["entries"], was["entries"])
    return summed


class _Pulse(background.Pulse):
    """How many rows of each sheet are done."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(_key(batch))
        self._good = {s["sheet"]: s["new"] + s["there"] for s in batch.sheets}
        self._rows: dict[str, int] = {}
        self._of: dict[str, int] = dict(self._good)
        self.at(0, sum(self._of.values()))

    def sheet(self, name: str, done: int, total: int) -> None:
        """So many rows of this sheet are done."""
        total = self._good.get(name, total)
        self._of[name] = total
        self._rows[name] = min(done, total)
        self.at(sum(self._rows.values()), sum(self._of.values()))


def _key(batch: ImportBatch) -> str:
    return f"ledger-{batch.pk.hex}"
