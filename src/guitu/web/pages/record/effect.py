"""What recording an entry will do: two assessments compared, before it and with it. Nothing is written.

The same lines are shown before saving (登记后会) and after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guitu.access import Holders
from guitu.casefile.traced import Traced
from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment, Duty, Finding, Measure
from guitu.web.components.word.component import WORDS
from guitu.web.pages.casefile.words import ending_label, state_label


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `kind` is a word of the house (done, open, late, right, gap); a plain fact has none."""

    text: Label
    kind: str = ""

    @property
    def shape(self) -> str:
        """The shape before the words; a dash for a plain fact."""
        return WORDS[self.kind][0] if self.kind else "·"


NOTHING = Line(
    Label(
        "只记入经历；期限、应办事项和提示都不变。",
        "It goes into the history; no term, duty or finding changes.",
    )
)


def changes(before: Assessment, after: Assessment, traced: Traced | None = None) -> tuple[Line, ...]:
    """What differs, most important first: duties done, measures and terms, findings, new duties. `traced` are
    the entries with the one to be recorded: an order that it corrects stays the same measure."""
    if traced is not None:
        before, after = _traced(before, traced), _traced(after, traced)
    duties = list(_duties(before.duties, after.duties))
    found = (
        *(line for line in duties if line.kind == "done"),
        *_measures(before, after),
        *_findings(before.findings, after.findings),
        *(line for line in duties if line.kind != "done"),
        *_not_covered(before, after),
    )
    return found or (NOTHING,)


def _traced(some: Assessment, traced: Traced) -> Assessment:
    """With the order of each measure as it was first recorded."""

    def first(order: UUID | None) -> UUID | None:
        return None if order is None else UUID(traced.first(order))

    return some._replace(
        measures=tuple(m._replace(order=UUID(traced.first(m.order))) for m in some.measures),
        duties=tuple(d._replace(measure=first(d.measure)) for d in some.duties),
        findings=tuple(f._replace(measure=first(f.measure)) for f in some.findings),
    )


def moves(before: Holders, after: Holders, name: Callable[[str], str]) -> tuple[Line, ...]:
    """Who answers for the person from then on, or is waited for, where that changes."""
    if after.unit != before.unit:
        now = name(after.unit)
        return (Line(Label(f"改由{now}负责", f"{now} answers for the person from now on")),)
    if after.receiving == before.receiving:
        return ()
    if after.receiving:
        to = name(after.receiving)
        return (Line(Label(
            f"等{to}接收；接收之前负责的单位不变",
            f"{to} is to accept it; until then the unit that answers for the person stays the same",
        )),)  # fmt: skip
    from_ = name(before.receiving)
    return (Line(Label(
        f"不再等{from_}接收；负责的单位不变",
        f"{from_} is not waited for any more; the unit that answers for the person stays the same",
    )),)  # fmt: skip


def _day(value: date | None) -> str:
    return value.isoformat() if value else "—"


# duties

_OWING = ("open", "overdue")


def _duties(before: tuple[Duty, ...], after: tuple[Duty, ...]) -> Iterator[Line]:
    then, now = _grouped(before), _grouped(after)
    for key in {**then, **now}:
        for old, new in _paired(then.get(key, []), now.get(key, [])):
            line = _duty(old, new, then.get(key, []))
            if line is not None:
                yield line


def _grouped(duties: tuple[Duty, ...]) -> dict[tuple[str, UUID | None], list[Duty]]:
    groups: dict[tuple[str, UUID | None], list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.name, duty.measure].append(duty)
    return groups


def _paired(old: list[Duty], new: list[Duty]) -> Iterator[tuple[Duty | None, Duty | None]]:
    """The same duty before and after: first by its day, then in order."""
    left = list(new)
    unmatched: list[Duty] = []
    for duty in old:
        twin = next((d for d in left if d.due == duty.due and d.opens_on == duty.opens_on), None)
        if twin is None:
            unmatched.append(duty)
        else:
            left.remove(twin)
            yield duty, twin
    for number in range(max(len(unmatched), len(left))):
        yield (
            unmatched[number] if number < len(unmatched) else None,
            left[number] if number < len(left) else None,
        )


def _duty(old: Duty | None, new: Duty | None, group: list[Duty]) -> Line | None:
    was, now = old.state if old else "", new.state if new else ""
    if was in _OWING and (new is None or now in ("done", "waived")):
        assert old is not None
        due = Label(f"（应于 {_day(old.due)}）", f" (due {_day(old.due)})") if old.due else Label("。", ".")
        if now == "done":
            return Line(_say("完成应办“{label}”{due}", "Done: {label}{due}", old, due), "done")
        return Line(_say("不再要求“{label}”{due}", "No longer required: {label}{due}", old, due), "done")
    if new is None or now not in _OWING:
        return None
    if old is None and group and not any(d.due == new.due for d in group):
        return Line(_say("下一次“{label}”{due}", "Next: {label}{due}", new, _by(new)), _urgency(new))
    if was not in _OWING:
        return Line(_say("新增应办“{label}”{due}", "New duty: {label}{due}", new, _by(new)), _urgency(new))
    assert old is not None
    if old.due != new.due:
        moved = Label(
            f"由 {_day(old.due)} 改为 {_day(new.due)}", f" moves from {_day(old.due)} to {_day(new.due)}"
        )
        return Line(_say("“{label}”的期限{due}", "{label}{due}", new, moved), _urgency(new))
    return None


def _say(zh: str, en: str, duty: Duty, due: Label) -> Label:
    return Label(zh, en).fill(label=duty.label, due=due)


def _by(duty: Duty) -> Label:
    if duty.due is None:
        return Label("，尽快", ", promptly")
    if duty.state == "overdue":
        return Label(f"，应于 {_day(duty.due)}，已逾期", f", was due {_day(duty.due)}, overdue")
    return Label(f"，{_day(duty.due)} 前", f", due {_day(duty.due)}")


def _urgency(duty: Duty) -> str:
    return "late" if duty.state == "overdue" else "open"


# measures and terms


def _measures(before: Assessment, after: Assessment) -> Iterator[Line]:
    then = {m.order: m for m in before.measures}
    for measure in after.measures:
        old = then.pop(measure.order, None)
        if old is None:
            yield Line(
                Label("新措施：{label}，{state}", "New measure: {label}, {state}").fill(
                    label=measure.label, state=state_label(measure.state)
                )
            )
            old = measure if measure.ends_on is None else None
        yield from _term(old, measure)
    for gone in then.values():
        yield Line(Label("“{label}”不再计算", "{label} no longer counts").fill(label=gone.label))


def _term(old: Measure | None, new: Measure) -> Iterator[Line]:
    if old is not None and old.label != new.label:
        yield Line(Label("措施变更：{a} → {b}", "Measure: {a} → {b}").fill(a=old.label, b=new.label))
    if old is not None and old.state != new.state:
        how = ending_label(new.ended_by) if new.state == "ended" and new.ended_by else None
        shown = Label("{a} → {b}（{how}）", "{a} → {b} ({how})") if how else Label("{a} → {b}", "{a} → {b}")
        states = shown.fill(a=state_label(old.state), b=state_label(new.state), how=how or "")
        yield Line(Label("“{label}”：{states}", "{label}: {states}").fill(label=new.label, states=states))
    earlier = old.ends_on if old else None
    if new.ends_on is not None and earlier != new.ends_on:
        end = _day(new.ends_on)
        if earlier is None:
            yield Line(Label(f"期满日：{end}", f"Last day in force: {end}"))
        else:
            yield Line(
                Label(
                    f"期满日由 {_day(earlier)} 改为 {end}",
                    f"The last day moves from {_day(earlier)} to {end}",
                )
            )
    elif earlier is not None and new.ends_on is None:
        yield Line(
            Label(
                f"期满日 {_day(earlier)} 不再能推算",
                f"The last day {_day(earlier)} can no longer be computed",
            )
        )


# findings


def _findings(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Iterator[Line]:
    then = {(f.name, f.measure) for f in before}
    now = {(f.name, f.measure) for f in after}
    for finding in after:
        if (finding.name, finding.measure) not in then:
            yield Line(
                Label("出现提示“{label}”", "A finding appears: {label}").fill(label=finding.label),
                "right" if finding.rights else "gap",
            )
    for finding in before:
        if (finding.name, finding.measure) not in now:
            yield Line(
                Label("提示“{label}”撤销", "The finding “{label}” is withdrawn").fill(label=finding.label),
                "done",
            )


def _not_covered(before: Assessment, after: Assessment) -> Iterator[Line]:
    then = {b.label for b in before.not_covered}
    for because in after.not_covered:
        if because.label not in then:
            yield Line(
                Label("规则未涵盖：{label}", "Not covered by the rules: {label}").fill(label=because.label),
                "gap",
            )
