"""The gate, step by step: what an admission still lacks, who must not be admitted, and what happens instead.

The order is that of the work at the gate. A step says what records it, what is known of it, and under which
article it stands; where the law gives no day, none is made up: days come from the duties of the rules alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

SIXTEEN: Final = 16
BEFORE: Final = timedelta(days=3)
"""What was done at the gate so long before the entry of arrival belongs to it: somebody came in the night."""

State = Literal["done", "missing", "problem", "not_needed", "hidden"]

KINDS: Final = frozenset(
    {
        "delivery", "identity_check", "intake_check", "intake_health", "injury_record", "belongings_kept",
        "rights_told", "family_letter", "sole_carer", "bed_placed", "admission", "transfer", "order",
        "served", "exempt", "not_admitted", "admission_deferred", "decision", "handover_sent",
        "handover_accepted",
    }
)  # fmt: skip
"""The kinds that the steps look at."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `kind` is what records it, with `answers` known beforehand; `duty` the name of the duty that
    gives it a day where an office has turned that on."""

    name: str
    label: Label
    state: State
    kind: str
    says: Label | None = None
    cites: tuple[str, ...] = ()
    duty: str = ""
    entry: UUID | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """Somebody who is not to be admitted (`must`) or need not be, why, and how far the other way is gone."""

    must: bool
    ground: str
    why: Label
    recorded: UUID | None
    told: Entry | None
    ordered: Entry | None


@dataclass(frozen=True, slots=True)
class Coming:
    """What is known of somebody at the gate: how they stand, the steps, the exit if there is one, and the
    deferral that runs."""

    arrived: Entry | None
    steps: tuple[Step, ...]
    way_out: Exit | None
    deferred: Entry | None

    @property
    def missing(self) -> tuple[Step, ...]:
        """What is still to be done or put right."""
        return tuple(step for step in self.steps if step.state in ("missing", "problem"))


@dataclass(frozen=True, slots=True)
class _File:
    """The entries the steps are worked out from: all, and those made by this centre for this arrival."""

    every: tuple[Entry, ...]
    here: tuple[Entry, ...]
    sex: str

    def last(self, kind: str) -> Entry | None:
        found = [e for e in self.here if e.kind == kind]
        return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def coming(
    counted: Sequence[Entry],
    *,
    centre: str,
    place: str,
    arrived: Entry | None,
    sex: str,
    born: date | None,
    on: date,
    sees: frozenset[str],
) -> Coming:
    """Where somebody stands at the gate of `centre` (its code), which is a `place` (justice_centre or
    police_centre). `arrived` is the entry by which they came in, None before; `sees` the compartments the
    reader sees."""
    order = _order(counted)
    begun = arrived or order
    since = begun.happened_on - BEFORE if begun else date.min
    here = tuple(e for e in counted if e.unit.startswith(centre) and e.happened_on >= since)
    file = _File(tuple(counted), here, sex)
    steps = [
        _decision(order, counted),
        *_received(counted, centre, since),
        _plain(file, "delivery", Label("送到、见到决定书", "Brought, decision seen"), sees, "custody", _seen),
        _plain(file, "identity", Label("核对身份", "Identity checked"), sees, "custody", _same,
               kind="identity_check"),
        _health(file, sees),
        _plain(file, "injuries", Label("伤情登记，双方签字", "Injuries recorded, both sign"), sees, "medical",
               _signed_by_both, kind="injury_record"),
        _plain(file, "belongings", Label("人身检查、代管物品", "Searched, belongings kept"), sees, "custody",
               _searched, kind="belongings_kept", cites=("禁毒法#42", "戒毒条例#28")),
        _came(arrived, centre, place),
        _plain(file, "rights", Label("书面告知权利", "Rights told in writing"), sees, "legal", _written,
               kind="rights_told", duty="tell_rights"),
        _plain(file, "letter", Label("通知家属", "Letter to the family"), sees, "legal", None,
               kind="family_letter", duty="family_notice_of_admission"),
        _plain(file, "carer", Label("独自抚养赡养", "Sole carer"), sees, "legal", _settled, kind="sole_carer",
               duty="settle_dependants"),
        _plain(file, "bed", Label("安排床位", "Bed"), sees, "custody", None, kind="bed_placed",
               cites=("禁毒法#44", "戒毒条例#30")),
    ]  # fmt: skip
    return Coming(arrived, tuple(steps), way_out(file.every, sex, born, on, centre), deferral(here, arrived))


def deferral(here: Sequence[Entry], arrived: Entry | None) -> Entry | None:
    """The deferral that still runs: the last one, unless the person came in on its day or later."""
    put_off = [e for e in here if e.kind == "admission_deferred"]
    last = max(put_off, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    if last is None or (arrived is not None and arrived.happened_on >= last.happened_on):
        return None
    return last


def way_out(counted: Sequence[Entry], sex: str, born: date | None, on: date, centre: str) -> Exit | None:
    """Whether compulsory isolation does not apply to somebody (禁毒法 art. 39), and what was done instead."""
    order = _order(counted)
    since = order.happened_on if order else date.min
    told = _latest(counted, "not_admitted", since)
    instead = [
        e
        for e in counted
        if e.happened_on >= since
        and (
            (e.kind == "order" and e.get("measure") == "community_treatment")
            or (e.kind == "decision" and e.get("effect") == "change_to_community")
        )
    ]
    ordered = max(instead, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    exempt = _latest(counted, "exempt", since - timedelta(days=365) if since > date.min else since)
    if exempt is not None:
        ground = str(exempt.get("ground"))
        return Exit(ground != "under_16", ground, GROUNDS[ground], exempt.id, told, ordered)
    check = _latest([e for e in counted if e.unit.startswith(centre)], "intake_check", since)
    for ground in ("pregnant", "nursing"):
        if sex == "female" and check is not None and check.get(ground) == "yes":
            return Exit(True, ground, GROUNDS[ground], None, told, ordered)
    if born is not None and _years(born, on) < SIXTEEN:
        return Exit(False, "under_16", GROUNDS["under_16"], None, told, ordered)
    return None


GROUNDS: Final = {
    "pregnant": Label(
        "怀孕：不适用强制隔离戒毒，不得收治", "Pregnant: compulsory isolation does not apply; not admitted"
    ),
    "nursing": Label(
        "正在哺乳自己不满一周岁婴儿：不适用强制隔离戒毒，不得收治",
        "Nursing her own child under one: compulsory isolation does not apply; not admitted",
    ),
    "under_16": Label(
        "不满十六周岁：可以不适用强制隔离戒毒，由决定机关决定",
        "Under sixteen: compulsory isolation need not apply; the deciding organ decides",
    ),
}
INSTEAD: Final = Label(
    "不适用强制隔离戒毒的，由作出决定的公安机关责令社区戒毒；场所告知决定机关，由其通知乡镇（街道）和家属。",
    "Where it does not apply the police organ that decided orders community treatment; the centre tells that"
    " organ, which tells the town and the family.",
)
INSTEAD_CITES: Final = ("禁毒法#39", "戒毒条例#26")


# ── the steps ─────────────────────────────────────────────────────────────────────────────────────

Judge = Callable[[Entry, _File], tuple[State, Label | None]]


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _latest(counted: Sequence[Entry], kind: str, since: date) -> Entry | None:
    found = [e for e in counted if e.kind == kind and e.happened_on >= since]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def _order(counted: Sequence[Entry]) -> Entry | None:
    found = [e for e in counted if e.kind == "order" and e.get("measure") == "compulsory_isolation"]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def _day(entry: Entry) -> Label:
    text = entry.happened_on.isoformat()
    return Label(text, text)


def _decision(order: Entry | None, counted: Sequence[Entry]) -> Step:
    label = Label("强制隔离戒毒决定", "Decision on compulsory isolation")
    cites = ("禁毒法#38", "禁毒法#40")
    if order is None:
        return Step("decision", label, "missing", "order", cites=cites)
    number = str(order.get("document_no") or "")
    served = any(e.kind == "served" and e.happened_on >= order.happened_on for e in counted)
    zh, en = f"{order.happened_on} {number}".strip(), f"{order.happened_on} {number}".strip()
    if served:
        return Step("decision", label, "done", "order", Label(zh, en), cites, entry=order.id)
    says = Label(f"{zh}，未登记送达", f"{en}, service not recorded")
    return Step("decision", label, "problem", "served", says, cites, entry=order.id)


def _received(counted: Sequence[Entry], centre: str, since: date) -> tuple[Step, ...]:
    """Taking the file over, where it was sent here: until then the sender answers for the person."""
    sent = [e for e in counted if e.kind == "handover_sent" and str(e.get("to_unit")).startswith(centre)]
    last = max(sent, key=lambda e: (e.happened_on, e.recorded_at), default=None)
    if last is None or last.happened_on < since:
        return ()
    label = Label("接收移交的档案", "Take the file over")
    cites = ("戒毒条例#27",)
    answer = _latest(counted, "handover_accepted", last.happened_on)
    if answer is None:
        says = Label(f"{last.happened_on} 移交", f"Sent on {last.happened_on}")
        return (Step("received", label, "missing", "handover_accepted", says, cites),)
    return (Step("received", label, "done", "handover_accepted", _day(answer), cites, entry=answer.id),)


def _came(arrived: Entry | None, centre: str, place: str) -> Step:
    label = Label("收治入所", "Admitted")
    if arrived is None:
        kind = "admission" if place == "police_centre" else "transfer"
        return Step("admitted", label, "missing", kind, cites=("戒毒条例#27",),
                    answers=(("place", place), ("centre", centre)))  # fmt: skip
    return Step("admitted", label, "done", arrived.kind, _day(arrived), ("戒毒条例#27",), entry=arrived.id)


def _plain(
    file: _File,
    name: str,
    label: Label,
    sees: frozenset[str],
    compartment: str,
    judge: Judge | None,
    *,
    kind: str = "",
    cites: tuple[str, ...] = (),
    duty: str = "",
) -> Step:
    """A step that one entry does; `judge` says whether it does it well."""
    kind = kind or name
    if compartment not in sees:
        return Step(name, label, "hidden", kind, cites=cites)
    entry = file.last(kind)
    if entry is None:
        return Step(name, label, "missing", kind, cites=cites, duty=duty)
    state, says = judge(entry, file) if judge is not None else ("done", None)
    return Step(name, label, state, kind, says or _day(entry), cites, duty, entry.id)


def _seen(entry: Entry, file: _File) -> tuple[State, Label | None]:
    if entry.get("decision_seen") == "no":
        return "problem", Label("没有见到决定书", "The decision was not seen")
    return "done", None


def _same(entry: Entry, file: _File) -> tuple[State, Label | None]:
    if entry.get("result") == "differs":
        return "problem", Label("与决定书不一致", "Not who the decision names")
    if entry.get("result") == "unknown":
        return "problem", Label("身份不明，正在查清", "Identity unknown, being established")
    return "done", None


def _health(file: _File, sees: frozenset[str]) -> Step:
    label = Label("健康检查", "Health check")
    cites = ("戒毒条例#29",)
    if "medical" not in sees:
        return Step("health", label, "hidden", "intake_check", cites=cites)
    check = file.last("intake_check")
    if check is None:
        return Step("health", label, "missing", "intake_check", cites=cites)
    if check.get("result") == "hospital":
        says = Label("须送医院", "To hospital")
        return Step("health", label, "problem", "intake_check", says, cites, entry=check.id)
    return Step("health", label, "done", "intake_check", _day(check), cites, entry=check.id)


def _signed_by_both(entry: Entry, file: _File) -> tuple[State, Label | None]:
    signed = [entry.get("police_signed"), entry.get("person_signed")]
    if all(one in (None, "yes") for one in signed):
        return "done", None
    return "done", Label("有一方拒签或不能签，已注明", "One side refused or could not sign, which is noted")


def _searched(entry: Entry, file: _File) -> tuple[State, Label | None]:
    if file.sex == "female" and entry.get("searched_by") == "male":
        return "problem", Label("女性应由女工作人员检查", "A woman is searched by female staff")
    return "done", None


def _written(entry: Entry, file: _File) -> tuple[State, Label | None]:
    if entry.get("written") != "yes":
        return "problem", Label("还没有书面告知", "Not in writing yet")
    return "done", None


def _settled(entry: Entry, file: _File) -> tuple[State, Label | None]:
    if entry.get("sole") == "yes" and entry.get("settled") != "yes":
        return "problem", Label(
            "有人只靠本人照料，尚未安置", "Somebody depends on the person and is not settled"
        )
    if entry.get("sole") == "yes":
        return "done", Label("有，已安置", "Yes, and settled")
    return "done", Label("没有", "Nobody")
