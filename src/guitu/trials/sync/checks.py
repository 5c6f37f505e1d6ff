"""What must hold when a schedule has come to its quiet end, worked out from what the workers did and not from
what the server thinks of it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.file import VOID
from guitu.compose import kinds
from guitu.exchange.phone.taking import WRITTEN_ANEW
from guitu.home.same_event import differences
from guitu.trials.sync.schedule import Act, Broken, Schedule
from guitu.trials.sync.server import FILES, WORKERS, stored

Json = dict[str, Any]


def nothing_is_lost(schedule: Schedule) -> Counter[str]:
    """Check everything; what was counted. Raises Broken with one sentence."""
    held = stored()
    every = {e.id: e for file in held.values() for e in file.entries}
    receipts = {i: r for file in held.values() for i, r in file.receipts.items()}
    ours = [e for e in every.values() if e.author in WORKERS]
    counted = {str(e.id) for file in held.values() for e in file.case_file.counted()}
    needless = {e.corrects for e in ours if _withdraws_a_version(e)}
    ours = [e for e in ours if e.id not in needless and not _withdraws_a_version(e)]
    told: dict[str, list[Entry]] = {}
    for one in ours:
        told.setdefault(_words(one), []).append(one)
    for act in schedule.acts.values():
        if not act.finished:
            raise Broken(f"{act.token}: a draft that was never finished")
        times = _times(told.pop(act.token, []))
        if times != 1:
            raise Broken(f"{act.token} stands {times} times on the server")
        entry = every.get(UUID(act.ids[-1]))
        if entry is None or _words(entry) != act.token or entry.happened_on.isoformat() != act.day:
            raise Broken(f"{act.token} does not stand there as it was written")
        _counts(act, counted)
    if told:
        raise Broken(f"on the server and recorded by nobody: {sorted(told)}")
    _phones_know(schedule, receipts)
    shown = _differences(schedule, held)
    return Counter(entries=len(ours), differences=shown) + schedule.faults


def nobody_stays(schedule: Schedule, gone: UUID | None) -> None:
    """A phone holds the people of its office and no others: not one who has moved away."""
    wanted = {str(file) for file in FILES if file != gone}
    for phone in schedule.phones:
        held = {one["id"] for one in schedule.engine.people(phone.name)}
        if held != wanted:
            raise Broken(f"{phone.name} holds {len(held)} people, not the {len(wanted)} of its office")


def _withdraws_a_version(entry: Entry) -> bool:
    """Whether the server wrote it, to withdraw a version that had come in beside the one written anew."""
    return entry.kind == VOID and entry.get("reason") == WRITTEN_ANEW


def _times(entries: list[Entry]) -> int:
    """How often the same is said: what corrects another says it once with it, and what is withdrawn twice is
    withdrawn."""
    ids = {e.id for e in entries}
    return len({e.corrects or e.id for e in entries if e.corrects not in ids})


def _counts(act: Act, counted: set[str]) -> None:
    """What the file counts of it: the version written last, or nothing once it was withdrawn."""
    wanted = {act.ids[-1]} if act.stands and act.kind != "void" else set()
    if counted & set(act.ids) != wanted:
        raise Broken(f"{act.token} counts as {sorted(counted & set(act.ids))}, not as {sorted(wanted)}")


def _words(entry: Entry) -> str:
    return str(entry.get("note") or entry.get("reason") or entry.id)


def _phones_know(schedule: Schedule, receipts: dict[UUID, Any]) -> None:
    """Every phone shows what it recorded as delivered, with the receipt that the server would give now."""
    for phone in schedule.phones:
        for item in schedule.engine.shown(phone.name):
            receipt = receipts.get(UUID(item["id"]))
            if item["state"] == "returned":
                raise Broken(f"{phone.name} keeps {item['id']}, which was written anew")
            if item["receipt"] is None or receipt is None:
                raise Broken(f"{phone.name} {item['id']} is {item['state']} and has no receipt")
            if item["receipt"]["digest"] != receipt.digest.hex():
                raise Broken(f"{phone.name} {item['id']} has a receipt of what was lost")


def _differences(schedule: Schedule, held: dict[UUID, Any]) -> int:
    """Every pair of different accounts of one event is shown: by the server, and on each phone; how many."""
    worker = {phone.name: phone.worker for phone in schedule.phones}
    acts = [a for a in schedule.acts.values() if a.kind != "void" and a.stands]
    wanted = {
        frozenset((one.ids[-1], other.ids[-1]))
        for one, other in combinations(acts, 2)
        if _one_event(one, other) and worker[one.phone] != worker[other.phone]
    }
    found = {
        frozenset((str(d.first.id), str(d.second.id)))
        for file in held.values()
        for d in differences(file.case_file, kinds())
    }
    if found != wanted:
        raise Broken(f"differences on the server: {len(found)}, not {len(wanted)}")
    for phone in schedule.phones:
        told = {
            frozenset(pair) for one in schedule.engine.people(phone.name) for pair in one.get("differ", ())
        }
        if told != wanted:
            raise Broken(f"differences on {phone.name}: {len(told)}, not {len(wanted)}")
        mine = {i["id"]: i["state"] for i in schedule.engine.shown(phone.name)}
        for identifier in {i for pair in wanted for i in pair} & mine.keys():
            if mine[identifier] != "conflict":
                raise Broken(f"{phone.name} shows {identifier} as {mine[identifier]}")
    return len(wanted)


def _one_event(one: Act, other: Act) -> bool:
    return (one.file, one.kind, one.day) == (other.file, other.kind, other.day)
