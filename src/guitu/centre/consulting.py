"""Remote consultations as the entries of a file tell them: what was asked, how far it is, until when a
hospital may read what is shared, and what became of what it advised. No clock: days and moments are given.

Only `remote_…` entries say how far a consultation is; what is shared is named by the request and is read as
it counts now: an entry corrected since is shown corrected, one withdrawn is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

REQUEST: Final = "remote_request"
CONSENT: Final = "remote_consent"
KINDS: Final = frozenset(
    {
        CONSENT, REQUEST, "remote_withdrawn", "remote_answer", "remote_call", "remote_opinion",
        "remote_prescription", "remote_taken_over", "remote_closed",
    }
)  # fmt: skip
"""Every step of a consultation."""

SHAREABLE: Final = (
    "health_condition", "chronic_plan", "allergy", "prescription", "encounter", "vitals", "lab_result",
    "ciwa_ar", "withdrawal_score", "referral_back",
)  # fmt: skip
"""What may be shown to a hospital, in the order in which it is offered. Nothing of a restricted condition:
whoever treats that is told by the doctor in person (艾滋病防治条例 39)."""

OFFERED_FOR: Final = timedelta(days=90)
"""So far back entries are offered for sharing, beside allergies, conditions and medicines in force."""

OPEN_FOR: Final = timedelta(days=14)
"""So long after the request a hospital may read and advise; then it lapses. Our own caution: no law sets
it."""

CONSENT_FOR: Final = timedelta(days=30)
"""So old a consent may be when something is asked on it. Our own caution too."""

OF_AGE: Final = 18

State = Literal["asked", "accepted", "advised", "declined", "withdrawn", "closed", "lapsed"]

STATES: Final[dict[State, Label]] = {
    "asked": Label("等医院答复", "Waiting for the hospital"),
    "accepted": Label("已接收，等会诊", "Accepted, to be held"),
    "advised": Label("已有意见，等所内处理", "Advised, for the centre to settle"),
    "declined": Label("医院谢绝", "Declined"),
    "withdrawn": Label("已撤回", "Withdrawn"),
    "closed": Label("已结束", "Closed"),
    "lapsed": Label("过期未结束", "Lapsed"),
}
RUNNING: Final = frozenset[State]({"asked", "accepted", "advised"})
"""States in which the hospital may still do something."""


@dataclass(frozen=True, slots=True)
class Advised:
    """A prescription that the hospital advises, and what became of it: `taken` is the entry that settled
    it."""

    entry: Entry
    taken: Entry | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step and when it was recorded. `waited` is how long after the step before."""

    kind: str
    label: Label
    at: datetime
    waited: timedelta


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation. `consent` is the consent it stands on; `standing` whether that still holds."""

    request: Entry
    consent: Entry | None
    standing: bool
    answers: tuple[Entry, ...] = ()
    calls: tuple[Entry, ...] = ()
    opinions: tuple[Entry, ...] = ()
    advised: tuple[Advised, ...] = ()
    ended: Entry | None = None

    @property
    def id(self) -> UUID:
        """The request's id, by which all steps name it."""
        return self.request.id

    @property
    def hospital(self) -> str:
        """The code of the hospital's unit."""
        return str(self.request.get("hospital") or "")

    @property
    def code(self) -> str:
        """What the person is called where the name is not told: eight characters of the request's own
        dice."""
        return f"RC-{self.request.id.hex[-8:].upper()}"

    @property
    def named(self) -> bool:
        """Whether the hospital may be told the name."""
        return self.consent is not None and self.consent.get("named") == "yes"

    @property
    def video(self) -> bool:
        """Whether the person consents to video."""
        return self.consent is not None and self.consent.get("video") == "yes"

    @property
    def answer(self) -> Entry | None:
        """What the hospital answered last."""
        return self.answers[-1] if self.answers else None

    @property
    def taken_by(self) -> str:
        """The account of the doctor who accepted last, "" for none."""
        last = self.answer
        return last.author if last is not None and last.get("answer") == "accepted" else ""

    @property
    def shares(self) -> tuple[UUID, ...]:
        """The entries that the request shows."""
        found = []
        for word in str(self.request.get("shares") or "").split():
            try:
                found.append(UUID(word))
            except ValueError:
                continue
        return tuple(found)

    @property
    def last_day(self) -> date:
        """The last day on which the hospital may read and advise."""
        return self.request.happened_on + OPEN_FOR

    def state(self, on: date) -> State:
        """How far it is on that day."""
        if self.ended is not None:
            return "withdrawn" if self.ended.kind == "remote_withdrawn" else "closed"
        last = self.answer
        if last is not None and last.get("answer") == "declined":
            return "declined"
        if on > self.last_day:
            return "lapsed"
        if last is None:
            return "asked"
        return "advised" if self.opinions else "accepted"

    def open(self, on: date) -> bool:
        """Whether the hospital may still do something."""
        return self.state(on) in RUNNING

    @property
    def unsettled(self) -> tuple[Advised, ...]:
        """What the hospital would prescribe and nobody has taken over or declined."""
        return tuple(one for one in self.advised if one.taken is None)

    def steps(self) -> tuple[Step, ...]:
        """What was done, in the order in which it was recorded, with how long each step took."""
        some = [(self.request, Label("请求", "Asked"))]
        for entry in self.answers:
            said = (
                Label("接收", "Accepted") if entry.get("answer") == "accepted" else Label("谢绝", "Declined")
            )
            some.append((entry, said))
        some += [(e, Label("通话", "Call")) for e in self.calls]
        some += [(e, Label("意见", "Opinion")) for e in self.opinions]
        for one in self.advised:
            some.append((one.entry, Label("处方意见", "Prescription advised")))
            if one.taken is not None:
                took = one.taken.get("taken") == "yes"
                said = Label("接手处方", "Taken over") if took else Label("不接手处方", "Not taken over")
                some.append((one.taken, said))
        if self.ended is not None:
            gone = self.ended.kind == "remote_withdrawn"
            some.append((self.ended, Label("撤回", "Withdrawn") if gone else Label("结束", "Closed")))
        some.sort(key=lambda pair: pair[0].recorded_at)
        before = some[0][0].recorded_at
        found = []
        for entry, label in some:
            found.append(Step(entry.kind, label, entry.recorded_at, entry.recorded_at - before))
            before = entry.recorded_at
        return tuple(found)


def in_order(counted: Iterable[Entry], came: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that count in the order in which they came in, `came`: of two steps in one moment that
    alone tells which was last. An entry that is not among those that came stands in front."""
    place = {e.id: n for n, e in enumerate(came)}
    return tuple(sorted(counted, key=lambda e: place.get(e.id, -1)))


def consultations(counted: Iterable[Entry]) -> tuple[Consultation, ...]:
    """Every consultation of a file, of its entries that count; the latest request first. Entries of one
    moment are taken in the order in which they are given (`in_order`)."""
    entries = sorted((e for e in counted if e.kind in KINDS), key=_recorded)
    found = [_consultation(e, entries) for e in entries if e.kind == REQUEST]
    return tuple(sorted(found, key=lambda c: c.request.recorded_at, reverse=True))


def _recorded(entry: Entry) -> datetime:
    return entry.recorded_at


def _consultation(request: Entry, entries: Sequence[Entry]) -> Consultation:
    own = str(request.id)
    about = [e for e in entries if e.get("to") == own]
    consent = next((e for e in entries if e.kind == CONSENT and str(e.id) == request.get("consent")), None)
    after = entries[entries.index(consent) + 1 :] if consent is not None else []
    later = [e for e in after if e.kind == CONSENT]
    standing = consent is not None and consent.get("answer") == "yes"
    standing = standing and not any(e.get("answer") == "no" for e in later)
    settled = {str(e.get("to")): e for e in entries if e.kind == "remote_taken_over"}
    ended = [e for e in about if e.kind in ("remote_withdrawn", "remote_closed")]
    return Consultation(
        request=request,
        consent=consent,
        standing=standing,
        answers=tuple(e for e in about if e.kind == "remote_answer"),
        calls=tuple(e for e in about if e.kind == "remote_call"),
        opinions=tuple(e for e in about if e.kind == "remote_opinion"),
        advised=tuple(Advised(e, settled.get(str(e.id))) for e in about if e.kind == "remote_prescription"),
        ended=ended[0] if ended else None,
    )


def consent_now(counted: Iterable[Entry], on: date) -> Entry | None:
    """The consent on which something may be asked that day: the last word, if it is yes, not too old, and not
    withdrawn with an earlier request."""
    entries = sorted((e for e in counted if e.kind in KINDS), key=_recorded)
    said = [e for e in entries if e.kind == CONSENT]
    if not said or said[-1].get("answer") != "yes" or on - said[-1].happened_on > CONSENT_FOR:
        return None
    after = entries[entries.index(said[-1]) + 1 :]
    taken_back = any(e.kind == "remote_withdrawn" and e.get("why") == "consent" for e in after)
    return None if taken_back else said[-1]


def refused(entry: Entry, counted: Sequence[Entry]) -> Label | None:
    """Why a request cannot be made: the gate asks this before it takes one."""
    if entry.kind != REQUEST or consent_now(counted, entry.happened_on) is not None:
        return None
    return Label(
        "本人没有同意（或者已撤回、已过期），不能请求远程会诊。",
        "The person has not consented, or no longer does: a remote consultation cannot be asked for.",
    )


def age_on(born: object, on: date) -> int | None:
    """Whole years on that day; None where the day of birth is not known."""
    if not isinstance(born, date):
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def needs_guardian(born: object, on: date) -> bool:
    """Whether a guardian has to consent: under age on that day."""
    age = age_on(born, on)
    return age is not None and age < OF_AGE


def offered(counted: Iterable[Entry], on: date) -> tuple[Entry, ...]:
    """The entries that may be shown to a hospital, by kind, the latest first."""
    always = {"health_condition", "chronic_plan", "allergy"}
    found = []
    for entry in counted:
        if entry.kind not in SHAREABLE:
            continue
        until = entry.get("until")
        running = entry.kind == "prescription" and not (isinstance(until, date) and until < on)
        if entry.kind in always or running or on - entry.happened_on <= OFFERED_FOR:
            found.append(entry)
    found.sort(key=lambda e: (e.happened_on, e.recorded_at), reverse=True)
    return tuple(sorted(found, key=lambda e: SHAREABLE.index(e.kind)))
