"""What has to be ready when somebody leaves a centre, and how much of it is.

The list is ours; of what the law asks each line names the article (戒毒条例 art. 34: three days' notice, the
certificate, the family told). What is missing is said, never scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from guitu.casefile import Entry
from guitu.kernel.labels import Label

ITEMS: Final[Mapping[str, Label]] = {
    "identity_papers": Label("身份证件", "Identity papers"),
    "medication": Label("带出药品和用药单", "Medicines and how to take them"),
    "appointments": Label("出所后的就诊预约", "Medical appointments afterwards"),
    "certificates": Label("技能、学历证书", "Certificates of skills and schooling"),
    "work": Label("就业去向", "Work"),
    "housing": Label("住所", "Somewhere to live"),
    "family": Label("家属已知出所日期", "The family knows the day"),
    "transport": Label("接回或路费", "Fetched, or the fare home"),
}
"""What is made ready by word of whoever looks after it; `leaving_item` records it."""

PAPERS: Final[Mapping[str, Label]] = {
    "certificate": Label("解除强制隔离戒毒证明书", "Certificate of release"),
    "organ_notice": Label("解除前通知书（决定机关）", "Notice to the deciding organ"),
    "family_notice": Label("解除通知书（家属）", "Notice to the family"),
    "handover_letter": Label("出所衔接函", "Hand-over letter"),
}
"""The papers of a release."""
OPINION: Final = "opinion"
TEMPLATES: Final[Mapping[str, Label]] = {
    **PAPERS,
    OPINION: Label("诊断评估意见书", "Opinion after an assessment"),
}
"""The papers that are made from a template which the office may edit."""

State = Literal["done", "missing", "late", "not_needed", "hidden"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the list. `kind` and `answers` are what records it; `says` what is known of it; `cites`
    why it must be."""

    name: str
    label: Label
    state: State
    kind: str
    answers: tuple[tuple[str, str], ...] = ()
    says: Label | None = None
    due: date | None = None
    cites: tuple[str, ...] = ()
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """All that somebody takes along. `required` names the lines without which it is not complete."""

    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is not there."""
        return tuple(line for line in self.lines if line.state in ("missing", "late"))

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that this reader may see."""
        return not self.missing


def package(
    counted: Sequence[Entry],
    since: date,
    ends: date | None,
    on: date,
    *,
    centre: str,
    sees: frozenset[str],
) -> Package:
    """The release package of somebody who came to `centre` (its code) on `since` and leaves on `ends`, as of
    `on`. `sees` are the compartments that the reader sees; a line of another one is there and says nothing.
    """
    here = [entry for entry in counted if entry.happened_on >= since]
    lines = [
        _notice(here, ends, on),
        _single(
            here, "assessment", "assessment", Label("期满前诊断评估", "Assessment before expiry"),
            where=("stage", "before_expiry"), cites=("禁毒法#47",),
        ),
        *(_paper(here, name, label) for name, label in PAPERS.items()),
        _belongings(here) if "custody" in sees else _hidden("belongings", _BELONGINGS, "belongings_returned"),
        *(_item(here, name, label) for name, label in ITEMS.items()),
        _handed(here, centre),
    ]  # fmt: skip
    return Package(tuple(lines))


_BELONGINGS: Final = Label("返还代管物品", "Belongings returned")


def _hidden(name: str, label: Label, kind: str) -> Line:
    return Line(name, label, "hidden", kind)


def _latest(here: Sequence[Entry], kind: str, where: tuple[str, str] | None = None) -> Entry | None:
    found = [e for e in here if e.kind == kind and (where is None or e.get(where[0]) == where[1])]
    return max(found, key=lambda e: (e.happened_on, e.recorded_at), default=None)


def _day(entry: Entry) -> Label:
    day = entry.happened_on.isoformat()
    return Label(day, day)


def _single(
    here: Sequence[Entry], name: str, kind: str, label: Label, *,
    where: tuple[str, str] | None = None, cites: tuple[str, ...] = (),
) -> Line:  # fmt: skip
    entry = _latest(here, kind, where)
    answers = (where,) if where else ()
    if entry is None:
        return Line(name, label, "missing", kind, answers, cites=cites)
    return Line(name, label, "done", kind, answers, _day(entry), cites=cites, entry=entry.id)


def _notice(here: Sequence[Entry], ends: date | None, on: date) -> Line:
    """Three days before: the day is the rule's; here only whether there is one."""
    line = _single(
        here, "release_notice", "release_notice", Label("解除三日前通知决定机关", "Three days' notice"),
        cites=("戒毒条例#34",),
    )  # fmt: skip
    if line.state == "done" or ends is None:
        return line
    due = date.fromordinal(ends.toordinal() - 3)
    state: State = "late" if due < on else "missing"
    return Line(line.name, line.label, state, line.kind, due=due, cites=line.cites)


def _paper(here: Sequence[Entry], name: str, label: Label) -> Line:
    line = _single(here, name, "paper_made", label, where=("paper", name))
    cites = ("戒毒条例#34",) if name != "handover_letter" else ()
    return Line(line.name, line.label, line.state, line.kind, line.answers, line.says, cites=cites,
                entry=line.entry)  # fmt: skip


def _belongings(here: Sequence[Entry]) -> Line:
    kept = _latest(here, "belongings_kept")
    back = _latest(here, "belongings_returned")
    if back is not None:
        whole = back.get("complete") == "yes"
        says = _day(back) if whole else Label("没有全部返还", "Not all of them")
        return Line("belongings", _BELONGINGS, "done" if whole else "missing", "belongings_returned",
                    says=says, cites=("戒毒条例#28",), entry=back.id)  # fmt: skip
    if kept is not None and kept.get("anything") == "no":
        return Line("belongings", _BELONGINGS, "not_needed", "belongings_returned",
                    says=Label("入所时没有代管物品", "Nothing was kept"))  # fmt: skip
    return Line("belongings", _BELONGINGS, "missing", "belongings_returned", cites=("戒毒条例#28",))


def _item(here: Sequence[Entry], name: str, label: Label) -> Line:
    entry = _latest(here, "leaving_item", ("item", name))
    answers = (("item", name),)
    if entry is None:
        return Line(name, label, "missing", "leaving_item", answers)
    states: dict[str, State] = {"ready": "done", "not_needed": "not_needed"}
    state = states.get(str(entry.get("state")), "missing")
    says = _day(entry) if state != "missing" else Label("办理中", "Under way")
    return Line(name, label, state, "leaving_item", answers, says, entry=entry.id)


def _handed(here: Sequence[Entry], centre: str) -> Line:
    """Sent by the centre to somebody outside it, and accepted there."""
    label = Label("移交乡镇（街道）", "Handed over to the town")
    away = [e for e in here if e.kind == "handover_sent" and not str(e.get("to_unit")).startswith(centre)]
    accepted, sent = _latest(here, "handover_accepted"), _latest(away, "handover_sent")
    if sent is None:
        return Line("handover", label, "missing", "handover_sent", cites=("戒毒条例#34",))
    if accepted is not None and accepted.happened_on >= sent.happened_on:
        return Line("handover", label, "done", "handover_sent", says=_day(accepted), entry=accepted.id)
    return Line("handover", label, "missing", "handover_sent",
                says=Label("已发出，待接收", "Sent, not yet accepted"), entry=sent.id)  # fmt: skip
