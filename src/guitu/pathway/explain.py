"""An assessment told in sentences: what stands, since when, by which sum, under which article, because of
which entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.kind import day_word
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.pathway.kinds import agreed
from guitu.pathway.model import Assessment, Duty, Finding, Measure
from guitu.pathway.steps import AGREED
from guitu.policy import Names, Policy


class Explainer:
    """Tells one person's assessment in one language. `kinds` gives the words for the entries."""

    def __init__(
        self, file: CaseFile, answer: Assessment, policy: Policy, kinds: Mapping[str, Kind], language: str
    ) -> None:
        self.answer = answer
        self.names: Names = policy.names
        self.instruments = policy.instruments
        self.kinds = kinds
        self.language = language
        self.entries: dict[UUID, Entry] = {entry.id: entry for entry in file.entries}

    def say(self, zh: str, en: str) -> str:
        """One of two texts."""
        return en if self.language.startswith("en") else zh

    def lines(self) -> Iterator[str]:
        """The whole answer, line by line."""
        answer = self.answer
        on = day_word(answer.on, self.language)
        known = ""
        if answer.known_at is not None:
            at = answer.known_at.isoformat(timespec="minutes")
            known = self.say(f"，按 {at} 所知", f", as known at {at}")
        if answer.current is None:
            yield self.say(f"{on}{known}：没有任何决定。", f"{on}{known}: there is no order.")
        else:
            yield self.say(
                f"{on}{known}：{self._standing(answer.current)}",
                f"{on}{known}: {self._standing(answer.current)}",
            )
        for reason in answer.not_covered:
            yield ""
            yield self.say("没有规则可依：", "Not covered: ") + reason.label.say(self.language)
            yield from self._reason(reason)
        for measure in answer.measures:
            yield ""
            yield from self._measure(measure)
        loose = [finding for finding in answer.findings if finding.measure is None]
        if loose:
            yield ""
            yield self.say("记录本身的提示", "Findings about the record")
            for finding in loose:
                yield from self._finding(finding)
        if answer.notes:
            yield ""
            yield self.say("说明", "Notes")
            for note in answer.notes:
                yield f"  · {note.say(self.language)}"
        yield ""
        if answer.next_change_on is None:
            yield self.say(
                "没有新记录时，这个答案不再变化。", "With nothing new recorded this answer no longer changes."
            )
        else:
            day = day_word(answer.next_change_on, self.language)
            yield self.say(
                f"没有新记录时，这个答案最早在 {day} 变化。",
                f"With nothing new recorded this answer changes on {day} at the earliest.",
            )

    # ── a measure and what belongs to it ──────────────────────────────────────────────────────────

    def _standing(self, measure: Measure) -> str:
        state = self.names.states[measure.state].say(self.language)
        name = measure.label.say(self.language)
        if measure.state == "ended" and measure.ended_on is not None:
            how = self.names.endings[measure.ended_by].say(self.language)
            return self.say(
                f"{name}，{state}（{measure.ended_on} 起，{how}）",
                f"{name}, {state} from {measure.ended_on} ({how})",
            )
        if measure.ends_on is None:
            return self.say(f"{name}，{state}", f"{name}, {state}")
        rough = self.say("（推算）", " (provisional)") if measure.provisional else ""
        return self.say(
            f"{name}，{state}，最后一日 {measure.ends_on}{rough}",
            f"{name}, {state}, last day {measure.ends_on}{rough}",
        )

    def _measure(self, measure: Measure) -> Iterator[str]:
        yield f"■ {self._standing(measure)}"
        if measure.term is not None:
            yield self.say("  期限：", "  Term: ") + measure.term.label.say(self.language)
            yield from self._reason(measure.term)
        for span in measure.spans:
            until = str(span.until) if span.until is not None else self.say("至今", "now")
            yield f"  · {span.label.say(self.language)} {span.since} → {until}"
        duties = [duty for duty in self.answer.duties if duty.measure == measure.order]
        if duties:
            yield self.say("  应办事项", "  Duties")
            for duty in duties:
                yield from self._duty(duty)
        findings = [finding for finding in self.answer.findings if finding.measure == measure.order]
        if findings:
            yield self.say("  提示", "  Findings")
            for finding in findings:
                yield from self._finding(finding)

    def _duty(self, duty: Duty) -> Iterator[str]:
        state = self.names.duty_states[duty.state].say(self.language)
        who = self.say("机关", "authority") if duty.owed_by == "authority" else self.say("本人", "person")
        due = self.say(f"{duty.due} 前", f"by {duty.due}") if duty.due else self.say("及时", "promptly")
        mark = "☑" if duty.state == "done" else "□"
        yield self.say(
            f"  {mark} {duty.label.zh}（{who}）：{due}，{state}",
            f"  {mark} {duty.label.en} ({who}): {due}, {state}",
        )
        yield f"      {duty.because.label.say(self.language)}"
        yield from self._reason(duty.because)

    def _finding(self, finding: Finding) -> Iterator[str]:
        mark = "‼" if finding.rights else "!"
        yield self.say(
            f"  {mark} {finding.label.zh}（自 {finding.since}）",
            f"  {mark} {finding.label.en} (since {finding.since})",
        )
        yield f"      {finding.because.label.say(self.language)}"
        yield from self._reason(finding.because)

    def _reason(self, because: Because) -> Iterator[str]:
        for step in because.steps:
            yield f"      ＝ {step.say(self.language)}"
        if because.cites:
            articles = self.say("；", "; ").join(self._cited(cite) for cite in because.cites)
            yield self.say("      依据 ", "      under ") + articles + self._status(because)
        entries = [self.entries[i] for i in because.entries if i in self.entries]
        if entries:
            listed = self.say("、", ", ").join(self._entry(entry) for entry in sorted(entries, key=_day))
            yield self.say("      凭记录 ", "      from ") + listed

    def _cited(self, cite: Citation) -> str:
        instrument = self.instruments.get(cite.instrument)
        if instrument is None or not self.language.startswith("en"):
            return cite.label.zh if instrument is None else cite.label.say(self.language)
        return cite.label.en.replace(cite.instrument, f"{instrument.title.en} ({cite.instrument})", 1)

    def _status(self, because: Because) -> str:
        if because.status == "verified":
            return ""
        words = {
            "inferred": Label("（推定）", " (inferred)"),
            "recalled": Label("（未核实）", " (not verified)"),
        }
        return words[because.status].say(self.language)

    def _entry(self, entry: Entry) -> str:
        kind = self.kinds.get(entry.kind)
        if agreed(entry):
            word = AGREED.say(self.language)
        else:
            word = kind.label.say(self.language) if kind is not None else entry.kind
        return f"{entry.happened_on} {word}"


def _day(entry: Entry) -> tuple[date, int]:
    return entry.happened_on, entry.id.int


def explain(
    file: CaseFile, answer: Assessment, policy: Policy, kinds: Mapping[str, Kind], language: str = "zh"
) -> list[str]:
    """The assessment as lines of text in Chinese or English."""
    return list(Explainer(file, answer, policy, kinds, language).lines())


def as_data(
    answer: Assessment, language: str = "zh", shown: Collection[UUID] | None = None
) -> dict[str, Any]:
    """The assessment as plain data, for `--json`: days as text, labels in the language asked. Of the entries
    that it rests on only those in `shown` are named, if that is given."""

    def named(entry: UUID) -> bool:
        return shown is None or entry in shown

    def reason(because: Because | None) -> dict[str, Any] | None:
        if because is None:
            return None
        return {
            "says": because.label.say(language),
            "day": because.on.isoformat(),
            "cites": [str(cite) for cite in because.cites],
            "entries": [str(entry) for entry in because.entries if named(entry)],
            "steps": [step.say(language) for step in because.steps],
            "rule": because.rule,
            "status": because.status,
        }

    def day(value: date | None) -> str | None:
        return value.isoformat() if value is not None else None

    return {
        "on": answer.on.isoformat(),
        "known_at": answer.known_at.isoformat() if answer.known_at is not None else None,
        "measure": answer.measure,
        "state": answer.state,
        "ends_on": day(answer.ends_on),
        "measures": [
            {
                "name": m.name,
                "label": m.label.say(language),
                "state": m.state,
                "order": str(m.order) if named(m.order) else "",
                "ordered_on": day(m.ordered_on),
                "starts_on": day(m.starts_on),
                "ends_on": day(m.ends_on),
                "printed_end": day(m.printed_end),
                "provisional": m.provisional,
                "ended_on": day(m.ended_on),
                "ended_by": m.ended_by,
                "left_on": day(m.left_on),
                "term": reason(m.term),
                "spans": [
                    {
                        "what": s.what,
                        "label": s.label.say(language),
                        "since": day(s.since),
                        "until": day(s.until),
                    }
                    for s in m.spans
                ],
            }
            for m in answer.measures
        ],
        "duties": [
            {
                "duty": d.name,
                "label": d.label.say(language),
                "owed_by": d.owed_by,
                "state": d.state,
                "opens_on": day(d.opens_on),
                "due": day(d.due),
                "done_on": day(d.done_on),
                "measure": str(d.measure) if d.measure is not None and named(d.measure) else None,
                "because": reason(d.because),
            }
            for d in answer.duties
        ],
        "findings": [
            {
                "finding": f.name,
                "label": f.label.say(language),
                "since": day(f.since),
                "rights": f.rights,
                "measure": str(f.measure) if f.measure is not None and named(f.measure) else None,
                "because": reason(f.because),
            }
            for f in answer.findings
        ],
        "not_covered": [reason(b) for b in answer.not_covered],
        "notes": [note.say(language) for note in answer.notes],
        "next_change_on": day(answer.next_change_on),
    }
