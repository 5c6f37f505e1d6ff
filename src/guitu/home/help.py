"""Needs and what became of them, worked out of one person's entries: known → referred → taken on → delivered
→ did it last.

A need begins with `help_need`, with the person's own `help_request`, or with what somebody wanted most when
followed up (`follow_up`, `wants`). What follows names that entry by its id. A day counts from when it
happened; nothing here knows today but by `on`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.centre.safety import Traced
from guitu.kernel.days import add_months
from guitu.kernel.labels import Label

LINES: Final[Mapping[str, Label]] = {
    "work": Label("工作", "Work"),
    "housing": Label("住房", "Housing"),
    "school": Label("上学、培训", "School or training"),
    "medical": Label("看病", "Medical care"),
    "maintenance": Label("药物维持治疗", "Maintenance treatment"),
    "family": Label("家庭", "Family"),
    "legal_aid": Label("法律援助", "Legal aid"),
    "allowance": Label("低保、救助", "Allowance"),
    "other": Label("其他", "Something else"),
}
"""What help there is: 戒毒条例 art. 18 names counselling, training, schooling, work and medical aid."""

Stage = Literal[
    "known", "referred", "waiting", "taken_on", "refused", "delivered", "ended", "lasted", "closed"
]

STAGES: Final[Mapping[str, Label]] = {
    "known": Label("待转介、办理", "Nothing begun"),
    "referred": Label("已转介，等答复", "Referred, no answer yet"),
    "waiting": Label("排队等候", "On a waiting list"),
    "taken_on": Label("对方已接收", "Taken on"),
    "refused": Label("对方未接收", "Not taken on"),
    "delivered": Label("已落实，待复核", "Delivered, to be asked after"),
    "ended": Label("落实后中断", "Delivered, and ended"),
    "lasted": Label("已落实且还在", "Delivered, and lasts"),
    "closed": Label("已了结", "Closed"),
}
OPEN: Final = frozenset({"known", "referred", "waiting", "taken_on", "refused", "ended"})
"""Stages in which somebody still has nothing."""

KINDS: Final = frozenset(
    {
        "help_need", "help_request", "help_answer", "follow_up", "help_referral", "help_referral_result",
        "help_delivered", "help_lasting", "help_closed",
    }
)  # fmt: skip
"""What a file's needs are worked out of."""

LASTS_AFTER: Final = 3
"""Months after which help that was delivered is asked after. The house's own; no article says when."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need. `id` is that of its first entry, whatever was corrected since. `steps` are all entries
    about it, in their order; `referral` and `delivery` the latest of them that count; `ask_on` the day on
    which somebody asks whether it lasted, None where nobody need."""

    id: str
    line: str
    first: Entry
    stage: Stage
    steps: tuple[Entry, ...]
    referral: Entry | None
    delivery: Entry | None
    ask_on: date | None

    @property
    def open(self) -> bool:
        """Whether the person still has nothing."""
        return self.stage in OPEN

    @property
    def since(self) -> date:
        """Since when it is known."""
        return self.first.happened_on

    @property
    def only_said(self) -> bool:
        """Whether somebody answered that it is done, and nothing says what the person received."""
        given = any(e.kind == "help_answer" and e.get("outcome") == "given" for e in self.steps)
        return given and self.open and self.delivery is None

    def late(self, on: date) -> str:
        """What is late about it: `answer` (the other office has not answered by the day agreed), `asking`
        (nobody has asked whether it lasted), or nothing."""
        if self.stage == "referred" and self.referral is not None:
            agreed = self.referral.get("reply_by")
            if isinstance(agreed, date) and agreed < on:
                return "answer"
        if self.stage == "delivered" and self.ask_on is not None and self.ask_on < on:
            return "asking"
        return ""


def needs(entries: Iterable[Entry], on: date) -> tuple[Need, ...]:
    """A person's needs as of a day, the oldest first. `entries` are those of the file, with what was
    corrected or withdrawn."""
    traced = Traced(entries)
    counted = [e for e in traced.counted if e.kind in KINDS and e.happened_on <= on]
    answering: dict[str, list[Entry]] = {}
    for entry in counted:
        if entry.kind != "help_request" and (to := entry.get("to")):
            answering.setdefault(traced.first(to), []).append(entry)
    found = [_need(e, line, answering, traced) for e in counted if (line := line_of(e))]
    return tuple(sorted(found, key=lambda n: (n.since, n.id)))


def line_of(entry: Entry) -> str:
    """What help an entry says is needed; nothing where it says none."""
    if entry.kind == "help_need":
        return str(entry.get("line") or "other")
    if entry.kind == "help_request":
        return str(entry.get("need") or "other")
    if entry.kind == "follow_up":
        wants = str(entry.get("wants") or "")
        return wants if wants in LINES else ""
    return ""


def _need(first: Entry, line: str, answering: Mapping[str, list[Entry]], traced: Traced) -> Need:
    key = traced.first(first.id)
    steps = list(answering.get(key, ()))
    for step in tuple(steps):
        steps += answering.get(traced.first(step.id), ())
    steps.sort(key=lambda e: (e.happened_on, e.recorded_at, e.id))
    referral = _last(steps, "help_referral")
    delivery = _last(steps, "help_delivered")
    stage = _stage(steps, referral, delivery, traced)
    ask_on = add_months(delivery.happened_on, LASTS_AFTER) if delivery and stage == "delivered" else None
    return Need(key, line, first, stage, tuple(steps), referral, delivery, ask_on)


def _stage(steps: list[Entry], referral: Entry | None, delivery: Entry | None, traced: Traced) -> Stage:
    if _last(steps, "help_closed") is not None:
        return "closed"
    if delivery is not None:
        said = [
            e
            for e in steps
            if e.kind == "help_lasting" and _same(traced, e, delivery) and e.get("lasts") != "unknown"
        ]
        if not said:
            return "delivered"
        if (lasts := said[-1].get("lasts")) in ("yes", "done"):
            return "lasted" if lasts == "yes" else "closed"
        if referral is None or steps.index(referral) < steps.index(said[-1]):
            return "ended"
        # it ended, and the person was sent on after that
    if referral is None:
        answer = _last(steps, "help_answer")
        if answer is not None and answer.get("outcome") == "referred":
            return "referred"
        return "known"
    results = [e for e in steps if e.kind == "help_referral_result" and _same(traced, e, referral)]
    if not results:
        return "referred"
    outcome = str(results[-1].get("outcome"))
    return {"accepted": "taken_on", "waiting": "waiting"}.get(outcome, "refused")  # type: ignore[return-value]


def _same(traced: Traced, answer: Entry, to: Entry) -> bool:
    """Whether the one answers the other, whatever was corrected since."""
    return traced.first(answer.get("to")) == traced.first(to.id)


def _last(steps: Iterable[Entry], kind: str) -> Entry | None:
    found = None
    for entry in steps:
        if entry.kind == kind:
            found = entry
    return found


@dataclass(frozen=True, slots=True)
class Funnel:
    """How far the needs of many people came. Every need is in `known`; `lasted` and `ended` are of those
    delivered that were asked after; `unasked` of those delivered nobody has asked."""

    known: int
    referred: int
    taken_on: int
    delivered: int
    lasted: int
    ended: int
    unasked: int
    closed_without: int


def funnel(some: Iterable[Need]) -> Funnel:
    """Count them. A need that was delivered without a referral counts as delivered all the same."""
    every = list(some)
    delivered = [n for n in every if n.delivery is not None]
    asked = {n.id: _asked(n) for n in delivered}
    return Funnel(
        len(every),
        sum(n.referral is not None or n.stage == "referred" for n in every),
        sum(any(e.get("outcome") == "accepted" and e.kind == "help_referral_result" for e in n.steps)
            for n in every),
        len(delivered),
        sum(value in ("yes", "done") for value in asked.values()),
        sum(value == "no" for value in asked.values()),
        sum(value == "" for value in asked.values()),
        sum(n.stage == "closed" and n.delivery is None for n in every),
    )  # fmt: skip


def _asked(need: Need) -> str:
    if need.stage == "delivered":
        return ""
    said = [str(e.get("lasts")) for e in need.steps if e.kind == "help_lasting"]
    known = [value for value in said if value != "unknown"]
    return known[-1] if known else ""
