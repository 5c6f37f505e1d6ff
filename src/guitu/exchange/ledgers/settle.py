"""What a row says against what the file already says: nothing new, something new, or a contradiction. Pure.

Facts are told apart by what makes them one: an order by its document, an admission, reporting or agreement
by the order it follows, a test and a health record by its day. The same fact with other content is never
written over: the row is held, and whoever knows corrects the file or the ledger. A fact of which the ledger
knows more than the file is completed by a correcting entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guitu.casefile import Entry, Value
from guitu.compose import kind
from guitu.exchange.ledgers.cells import document_key, name_key, squeeze
from guitu.exchange.ledgers.drafts import Draft
from guitu.exchange.ledgers.fault import Fault
from guitu.exchange.ledgers.ledger import DAY
from guitu.kernel.labels import Label

CONTRADICTS: Final = Label(
    "{column}与档案不同：档案中“{what}”的{asked}是“{there}”。档案有误请在档案里更正，台账有误请改台账。",
    "{column} is not what the file says: “{what}” has {asked} {there}. "
    "Correct the file if it is wrong, else correct the ledger.",
)
UNSEEN: Final = Label(
    "{column}与档案中“{what}”的{asked}不同；您没有查阅这一项的权限，请与有权查阅的人核对。",
    "{column} is not what the file says as {asked} of “{what}”, which you may not read; "
    "ask somebody who may to compare the two.",
)
GONE_ON: Final = Fault(
    "contradiction",
    Label(
        "{column}与档案现在的不同；这一行与早先导入的台账相同，没有改动。确已改回的，请在档案里登记。",
        "{column} is not what the file says now. This row is as in an earlier ledger and changes nothing; "
        "if it was changed back, record that in the file.",
    ),
    warning=True,
)
COMPLETED: Final = Label("据台账补录：{fields}", "completed from a ledger: {fields}")

AFTER_ORDER: Final = frozenset({"admission", "reporting_in", "agreement"})
"""Kinds of which an order has one: a second on another day contradicts, unless the person has moved."""

BY_DAY: Final = frozenset({"urine_test", "intake_health"})
STATES: Final = frozenset({"person", "responsible_unit"})
"""Kinds that say how things stand: the newest counts, so a change is a new entry and no contradiction."""

IN_NUMBER: Final = ("sex", "birth")
"""What stands in the identity number: with the number it is said already."""

_COMPARED: Final = {("order", "document_no"): document_key, ("person", "name"): name_key}

FIXED: Final = ("sex", "birth", "id_number")
"""What of a person does not change."""


@dataclass(frozen=True, slots=True)
class New:
    """To be written: the draft itself, or more than it says. `corrects` is the entry that it completes."""

    draft: Draft
    fields: Mapping[str, Value]
    day: date
    corrects: Entry | None = None
    reason: Label | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a person in the community: the unit's code, the worker named with it, since when."""

    unit: str
    worker: str
    since: date


Settled = New | dict[str, Fault] | None
"""None: the file says so already. A dict: contradictions by column key."""


def settle(
    draft: Draft, counted: Sequence[Entry], order: Draft | None, answering: Answering | None = None
) -> Settled:
    """What to do about a draft, given the entries that count. `order` is the row's own order, if any;
    `answering` who answers for the person now, who need not be the one whom an entry named last."""
    there = [e for e in counted if e.kind == draft.kind]
    if answering is not None and draft.kind == "responsible_unit" and "unit" in draft.here:
        # no place named, nobody moved
        draft = draft._replace(fields={**draft.fields, "unit": answering.unit})
    if (
        draft.kind == "responsible_unit"
        and answering is not None
        and draft.fields.get("unit") == answering.unit
    ):
        worker = draft.fields.get("worker")
        if worker is None or _equal(draft.kind, "worker", answering.worker, worker):
            return None
        return New(draft, draft.fields, max(draft.day, answering.since))
    if draft.kind in STATES:
        return _state(draft, there)
    if draft.kind == "remark":
        said = {squeeze(line) for e in there for line in str(e.get("text") or "").splitlines()}
        lines = str(draft.fields["text"]).splitlines()
        return None if all(squeeze(line) in said for line in lines) else _as_drafted(draft)
    if draft.kind in BY_DAY and any(_says_it_all(draft, e) for e in there if _same_matter(draft, e)):
        return None
    if draft.kind == "admission" and any(_came_by_transfer(draft, e) for e in counted):
        return None
    same = _same_fact(draft, there, counted, order)
    if same is None:
        return _as_drafted(draft)
    faults = {}
    if same.happened_on != draft.day:
        day = kind(same.kind).day
        faults[draft.columns[DAY]] = _contradiction(same, day, same.happened_on.isoformat())
    missing: dict[str, Value] = {}
    for name, value in draft.fields.items():
        known = same.get(name)
        if known is None:
            missing[name] = value
        elif name not in draft.here and not _equal(draft.kind, name, known, value):
            ask = kind(same.kind).ask(name)
            shown = Label(ask.show(known), ask.show(known, "en"))
            faults[draft.columns.get(name, draft.columns[DAY])] = _contradiction(same, ask.label, shown)
    if faults:
        return faults
    if not missing:
        return None
    asks = [kind(draft.kind).ask(name).label for name in missing]
    names = Label("、".join(a.zh for a in asks), ", ".join(a.en for a in asks))
    reason = COMPLETED.fill(fields=names)
    return New(draft, {**same.fields, **missing}, same.happened_on, corrects=same, reason=reason)


def gone_on(draft: Draft, counted: Sequence[Entry], now: Answering | None) -> list[str]:
    """In which fields a draft that the file has taken in before says otherwise than the file says now. It may
    be an old ledger or a change back: nobody can tell, so nothing is changed."""
    there: Mapping[str, Value] = {}
    if draft.kind == "person":
        newest = next((e for e in reversed(counted) if e.kind == draft.kind), None)
        there = {n: newest.get(n) for n in draft.fields if n not in IN_NUMBER} if newest else {}
    elif draft.kind == "responsible_unit" and now is not None:
        there = {"unit": now.unit}
        if draft.fields.get("unit") == now.unit:
            there = {"worker": now.worker}
    return [
        name
        for name, known in there.items()
        if name in draft.fields
        and name not in draft.here
        and not _equal(draft.kind, name, known, draft.fields[name])
    ]


def _came_by_transfer(draft: Draft, entry: Entry) -> bool:
    """A centre's roster calls admission what the file calls a transfer to that centre."""
    same_place = entry.get("place") == draft.fields.get("place")
    return entry.kind == "transfer" and entry.happened_on == draft.day and same_place


def _same_matter(draft: Draft, entry: Entry) -> bool:
    """A health record is the same whatever day it was made; a test is of its day."""
    return draft.kind != "urine_test" or entry.happened_on == draft.day


def _says_it_all(draft: Draft, entry: Entry) -> bool:
    return all(_equal(draft.kind, name, entry.get(name), value) for name, value in draft.fields.items())


def _as_drafted(draft: Draft) -> New:
    return New(draft, draft.fields, draft.day)


def _contradiction(entry: Entry, asked: Label, there: object) -> Fault:
    says = {"what": kind(entry.kind).label, "asked": asked, "there": there, "entry": entry.id}
    return Fault("contradiction", CONTRADICTS, says)


def as_seen(faults: Mapping[str, Fault], seen: Iterable[Entry]) -> dict[str, Fault]:
    """The contradictions as somebody may be told of them who sees only these entries of the file."""
    ids = {e.id for e in seen}
    return {
        key: fault if fault.values["entry"] in ids else Fault(fault.code, UNSEEN, fault.values)
        for key, fault in faults.items()
    }


def _equal(kind_name: str, field: str, known: Value, value: Value) -> bool:
    if isinstance(known, str) and isinstance(value, str):
        same: Any = _COMPARED.get((kind_name, field), squeeze)
        return bool(same(known) == same(value))
    return known == value


def _same_fact(
    draft: Draft, there: Sequence[Entry], counted: Sequence[Entry], order: Draft | None
) -> Entry | None:
    """The entry that tells the same fact as the draft, if there is one."""
    if draft.kind == "order":
        return _same_order(draft, there)
    if draft.kind in BY_DAY:
        return next((e for e in there if e.happened_on == draft.day), None)
    exact = [e for e in there if e.happened_on == draft.day]
    if exact or draft.kind not in AFTER_ORDER or order is None:
        return exact[0] if exact else None
    orders = sorted(e.happened_on for e in counted if e.kind == "order" and e.happened_on > order.day)
    until = orders[0] if orders else date.max
    of_this_order = [e for e in there if order.day <= e.happened_on < until]
    if draft.kind == "admission":  # a centre's own roster: an admission elsewhere is another fact
        of_this_order = [e for e in of_this_order if e.get("place") == draft.fields.get("place")]
    moves = [e.happened_on for e in counted if e.kind in ("change_of_place", "transfer", "recaptured")]
    for entry in of_this_order:
        first, last = sorted((entry.happened_on, draft.day))
        if not any(first <= moved <= last for moved in moves):
            return entry
    return None


def _same_order(draft: Draft, there: Sequence[Entry]) -> Entry | None:
    number = draft.fields.get("document_no")
    for entry in there:
        known = entry.get("document_no")
        if known and number and document_key(str(known)) == document_key(str(number)):
            return entry
    measure = draft.fields.get("measure")
    same = [e for e in there if e.happened_on == draft.day and e.get("measure") == measure]
    # Nobody is put under one measure twice on one day: another number is a mistake in one of the two.
    return next((e for e in same if not e.get("document_no")), same[0] if same else None)


def _state(draft: Draft, there: Sequence[Entry]) -> Settled:
    """A person's particulars, or who answers for them: written if the newest says otherwise."""
    if not there:
        return _as_drafted(draft)
    newest = there[-1]
    if draft.kind == "person":
        for name in FIXED:
            known = newest.get(name)
            if known is not None and name in draft.fields and known != draft.fields[name]:
                ask = kind("person").ask(name)
                column = draft.columns.get(name, draft.columns.get("id_number", "person.id_number"))
                return {column: _contradiction(newest, ask.label, ask.show(known))}
    said = {n: v for n, v in draft.fields.items() if n not in draft.here or newest.get(n) is None}
    if draft.kind == "person" and newest.get("id_number") == draft.fields.get("id_number"):
        said = {n: v for n, v in said.items() if n not in IN_NUMBER or newest.get(n) is not None}
    if all(_equal(draft.kind, name, newest.get(name), value) for name, value in said.items()):
        return None
    fields = {**newest.fields, **said} if draft.kind == "person" else {**draft.fields, **said}
    return New(draft, fields, max(draft.day, newest.happened_on))
