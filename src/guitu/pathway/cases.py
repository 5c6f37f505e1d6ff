"""Worked cases: short histories with the answer expected on a day, readable by a caseworker and run
against the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry, Kind, Value
from guitu.casefile.fields import Ask
from guitu.kernel.errors import DeclarationError, machine_reason, unknown_key
from guitu.kernel.ids import uuid7
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.assess import assess
from guitu.pathway.model import Assessment, Duty, Remedy
from guitu.pathway.remedies import remedies
from guitu.policy import Names, Policy
from guitu.policy.schema import Section, fault, load_yaml

NOON: Final = time(12)
COLUMNS: Final = ("day", "entry", "fields", "recorded", "id", "corrects")
_DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_UNSAID: Final = object()


@dataclass(frozen=True, slots=True)
class DutyExpected:
    """A duty that must be in the answer; only what is written is compared."""

    duty: str
    due: object = _UNSAID
    state: str = ""
    done_on: object = _UNSAID

    def met_by(self, duty: Duty) -> bool:
        """Whether a duty of the answer is this one."""
        return (
            duty.name == self.duty
            and (self.due is _UNSAID or duty.due == self.due)
            and (not self.state or duty.state == self.state)
            and (self.done_on is _UNSAID or duty.done_on == self.done_on)
        )

    def __str__(self) -> str:
        due = "" if self.due is _UNSAID else f" due {self.due}"
        done = "" if self.done_on is _UNSAID else f" done {self.done_on}"
        return f"{self.duty}{due}{done} {self.state}".rstrip()


@dataclass(frozen=True, slots=True)
class RemedyExpected:
    """A right that must be in the answer; only what is written is compared."""

    remedy: str
    until: object = _UNSAID
    state: str = ""

    def met_by(self, remedy: Remedy) -> bool:
        """Whether a right of the answer is this one."""
        return (
            remedy.name == self.remedy
            and (self.until is _UNSAID or remedy.until == self.until)
            and (not self.state or remedy.state == self.state)
        )

    def __str__(self) -> str:
        until = "" if self.until is _UNSAID else f" until {self.until}"
        return f"{self.remedy}{until} {self.state}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a case expects. What is not written is not compared."""

    measure: object = _UNSAID
    state: object = _UNSAID
    starts_on: object = _UNSAID
    ends_on: object = _UNSAID
    ended_by: object = _UNSAID
    findings: tuple[str, ...] = ()
    no_findings: tuple[str, ...] = ()
    duties: tuple[DutyExpected, ...] = ()
    no_duties: tuple[str, ...] = ()
    not_covered: bool | None = None
    remedies: tuple[RemedyExpected, ...] = ()
    no_remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """One worked case as read from its file."""

    name: str
    file: CaseFile
    on: date
    known_at: datetime | None
    region: str
    presets: tuple[str, ...]
    expected: Expected
    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met: what was expected, what came, and the reason the answer gives."""

    case: str
    source: str
    expectation: str
    expected: str
    got: str
    why: Label


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def read_cases(path: Path, kinds: Mapping[str, Kind], names: Names) -> list[WorkedCase]:
    """The cases of a file. Raises DeclarationError, one sentence with file, case and row or key, when it
    cannot be read."""
    where = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        why = machine_reason(wrong)
        raise fault(where, f"打不开文件：{why.zh}", f"cannot open the file: {why.en}") from None
    except UnicodeDecodeError:
        raise fault(where, "不是 UTF-8 文本，请另存为 UTF-8", "not UTF-8 text; save it as UTF-8") from None
    value = load_yaml(text, where)
    if not isinstance(value, list):
        raise fault(
            where, "应为案例列表，每例以“- name:”开头", "expected a list of cases; begin each with “- name:”"
        )
    return [_case(item, place, kinds, names, where) for place, item in enumerate(value, start=1)]


def _case(value: Any, place: int, kinds: Mapping[str, Kind], names: Names, file: str) -> WorkedCase:
    section = Section(value, f"{file}, case {place}")
    name = str(section.raw("name"))
    section.where = f"{file}, “{name}”"
    section.raw("cites", "")
    region = section.raw("region", "")
    case = WorkedCase(
        name=name,
        region=str(region),
        presets=tuple(str(p) for p in section.items("presets", [])),
        file=_table(section.text("casefile"), kinds, section.where),
        on=section.day("day"),
        known_at=_known_at(section.raw("known_at", None), section.where),
        expected=_expected(section, names),
        source=file,
    )
    section.close()
    return case


def _known_at(value: Any, where: str) -> datetime | None:
    """A moment; a day alone means up to its end."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=CHINA)
    if isinstance(value, date):
        return datetime.combine(value, time.max, CHINA)
    raise fault(f"{where}, known_at", f"“{value}”应为日期或时刻", f"“{value}” should be a day or a moment")


def _table(text: str, kinds: Mapping[str, Kind], where: str) -> CaseFile:
    """The case file written as a table with a header row."""
    rows = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not rows:
        return CaseFile(_file_id())
    header = [cell.strip() for cell in rows[0].split("|")]
    for column in header:
        if column not in COLUMNS:
            raise unknown_key(column, COLUMNS, where=f"{where}, casefile")
    for column in ("day", "entry"):
        if column not in header:
            raise fault(f"{where}, casefile", f"缺少“{column}”列", f"the column “{column}” is missing")
    drafts = [
        _row(dict(zip(header, cells, strict=False)), place, kinds, f"{where}, casefile row {place}")
        for place, line in enumerate(rows[1:], start=1)
        if (cells := _cells(line, len(header), f"{where}, casefile row {place}"))
    ]
    ids = {label: entry.id for label, _, entry in drafts if label}
    entries = []
    for place, (_, corrects, made) in enumerate(drafts, start=1):
        if corrects and corrects not in ids:
            raise unknown_key(corrects, ids, where=f"{where}, casefile row {place}, corrects")
        entry = _answering(made, kinds[made.kind], ids, f"{where}, casefile row {place}")
        entries.append(entry if not corrects else _correcting(entry, ids[corrects]))
    return CaseFile(_file_id(), tuple(entries))


def _file_id() -> UUID:
    return UUID(int=0)


def _correcting(entry: Entry, corrected: UUID) -> Entry:
    return Entry(
        id=entry.id,
        file=entry.file,
        kind=entry.kind,
        happened_on=entry.happened_on,
        recorded_at=entry.recorded_at,
        fields=entry.fields,
        corrects=corrected,
    )


def _answering(entry: Entry, kind: Kind, ids: Mapping[str, UUID], where: str) -> Entry:
    """An answer, which in a table names the request by the label of its row."""
    label = entry.get(kind.answers) if kind.answers else None
    if label is None:
        return entry
    if label not in ids:
        raise unknown_key(str(label), ids, where=f"{where}, {kind.answers}")
    return replace(entry, fields={**entry.fields, kind.answers: str(ids[str(label)])})


def _cells(line: str, columns: int, where: str) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    while len(cells) > columns and not cells[-1]:
        cells.pop()
    if len(cells) > columns:
        raise fault(
            where,
            f"有 {len(cells)} 格，表头只有 {columns} 列",
            f"has {len(cells)} cells; the header has {columns} columns",
        )
    return cells


def _row(
    cells: Mapping[str, str], place: int, kinds: Mapping[str, Kind], where: str
) -> tuple[str, str, Entry]:
    """One row: its label, the label of the row it corrects, and the entry."""
    happened = _day(cells["day"], f"{where}, day")
    name = cells.get("entry", "")
    if name not in kinds:
        raise unknown_key(name, kinds, where=f"{where}, entry")
    written = cells.get("recorded", "")
    recorded = _day(written, f"{where}, recorded") if written else happened
    moment = datetime.combine(recorded, NOON, CHINA) + timedelta(seconds=place)
    entry = Entry(
        id=uuid7(int(moment.timestamp() * 1000) if moment.year >= 1970 else place, place.to_bytes(10, "big")),
        file=_file_id(),
        kind=name,
        happened_on=happened,
        recorded_at=moment,
        fields=_fields(cells.get("fields", ""), kinds[name], f"{where}, fields"),
    )
    return cells.get("id", ""), cells.get("corrects", ""), entry


def _day(text: str, where: str) -> date:
    if not _DAY.match(text):
        raise fault(where, f"“{text}”应写成 2024-01-08 的样子", f"write “{text}” like 2024-01-08")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fault(where, f"没有 {text} 这一天", f"there is no day {text}") from None


def _fields(text: str, kind: Kind, where: str) -> dict[str, Value]:
    """Fields written `name=value name=value`; a word without = belongs to the value before it."""
    fields: dict[str, str] = {}
    last = ""
    for word in text.split():
        name, equals, value = word.partition("=")
        if equals:
            fields[name] = value
            last = name
        elif last:
            fields[last] += f" {word}"
        else:
            raise fault(where, f"“{word}”应写成 字段=值", f"write “{word}” as field=value")
    typed: dict[str, Value] = {}
    for name, value in fields.items():
        try:
            ask = kind.ask(name)
        except DeclarationError as wrong:
            raise DeclarationError(wrong.label, where=where) from None
        typed[name] = _typed(ask, value, f"{where}, {name}")
    return typed


def _typed(ask: Ask, value: str, where: str) -> Value:
    match ask.type:
        case "day":
            return _day(value, where)
        case "whole":
            try:
                return int(value)
            except ValueError:
                raise fault(where, f"“{value}”应为整数", f"“{value}” should be a whole number") from None
        case "choice":
            choices = [choice.value for choice in ask.choices]
            if value not in choices:
                raise unknown_key(value, choices, where=where)
    return value


def _expected(case: Section, names: Names) -> Expected:
    section = case.section("expect")
    section.where = f"{case.where}, expect"
    written = set(section.written())

    def said(key: str, value: Any) -> object:
        return value if key in written else _UNSAID

    def listed(key: str, known: Iterable[str]) -> tuple[str, ...]:
        words = tuple(str(word) for word in section.items(key, []))
        for word in words:
            if word not in known:
                raise unknown_key(word, known, where=f"{section.where}.{key}")
        return words

    expected = Expected(
        measure=said("measure", section.word("measure", names.measures, None)),
        state=said("state", section.word("state", names.states, None)),
        starts_on=said("starts_on", section.day("starts_on", None)),
        ends_on=said("ends_on", section.day("ends_on", None)),
        ended_by=said("ended_by", section.word("ended_by", names.endings, None)),
        findings=listed("findings", names.findings),
        no_findings=listed("no_findings", names.findings),
        duties=tuple(
            _duty(item, names, f"{section.where}.duties[{place}]")
            for place, item in enumerate(section.items("duties", []), start=1)
        ),
        no_duties=listed("no_duties", names.duties),
        not_covered=section.truth("not_covered", None),
        remedies=tuple(
            _remedy(item, names, f"{section.where}.remedies[{place}]")
            for place, item in enumerate(section.items("remedies", []), start=1)
        ),
        no_remedies=listed("no_remedies", names.remedies),
    )
    section.close()
    return expected


def _duty(value: Any, names: Names, where: str) -> DutyExpected:
    section = Section(value, where)
    written = set(section.written())
    due, done_on = section.day("due", None), section.day("done_on", None)
    expected = DutyExpected(
        section.word("duty", names.duties),
        due if "due" in written else _UNSAID,
        section.word("state", names.duty_states, ""),
        done_on if "done_on" in written else _UNSAID,
    )
    section.close()
    return expected


def _remedy(value: Any, names: Names, where: str) -> RemedyExpected:
    section = Section(value, where)
    until = section.day("until", _UNSAID)
    expected = RemedyExpected(
        section.word("remedy", names.remedies),
        until,
        section.word("state", ("later", "open", "closed"), ""),
    )
    section.close()
    return expected


# ── running ───────────────────────────────────────────────────────────────────────────────────────


def run_case(case: WorkedCase, policy: Policy) -> list[Failure]:
    """What a case expected and did not get; empty when it passes. `policy` is that of its region and
    presets."""
    answer = assess(case.file, policy, case.on, case.known_at)
    expected = case.expected
    failures: list[Failure] = []

    def missed(expectation: str, wanted: object, got: object, why: Label) -> None:
        failures.append(Failure(case.name, case.source, expectation, _shown(wanted), _shown(got), why))

    for key in ("measure", "state", "ends_on"):
        wanted, got = getattr(expected, key), getattr(answer, key)
        if wanted is not _UNSAID and wanted != got:
            missed(key, wanted, got, _why_measure(answer))
    for key in ("starts_on", "ended_by"):
        wanted = getattr(expected, key)
        got = getattr(answer.current, key) if answer.current is not None else None
        if wanted is not _UNSAID and wanted != got:
            missed(key, wanted, got, _why_measure(answer))
    present = {finding.name: finding for finding in answer.findings}
    for name in expected.findings:
        if name not in present:
            missed("findings", name, ", ".join(present) or "—", _why_measure(answer))
    for name in expected.no_findings:
        if name in present:
            missed("no_findings", f"no {name}", name, _joined(present[name].because.steps))
    for duty in expected.duties:
        if not any(duty.met_by(each) for each in answer.duties):
            same = [each for each in answer.duties if each.name == duty.duty]
            got_duties = "; ".join(f"{d.name} due {d.due} {d.state}" for d in same) or "—"
            why = _joined(tuple(step for each in same for step in each.because.steps))
            missed("duties", duty, got_duties, why)
    for name in expected.no_duties:
        for each in answer.duties:
            if each.name == name and each.state in ("open", "overdue"):
                missed("no_duties", f"no {name}", f"{each.name} {each.state}", _joined(each.because.steps))
    if expected.remedies or expected.no_remedies:
        rights = remedies(case.file, policy, case.on, case.known_at)
        for right in expected.remedies:
            if not any(right.met_by(each) for each in rights):
                there = "; ".join(f"{r.name} until {r.until} {r.state}" for r in rights) or "—"
                missed("remedies", right, there, _why_measure(answer))
        for name in expected.no_remedies:
            if any(each.name == name for each in rights):
                missed("no_remedies", f"no {name}", name, _why_measure(answer))
    if expected.not_covered is not None and expected.not_covered != bool(answer.not_covered):
        missed(
            "not_covered",
            expected.not_covered,
            bool(answer.not_covered),
            _joined(tuple(reason.label for reason in answer.not_covered)),
        )
    return failures


def _shown(value: object) -> str:
    return "—" if value is None else str(value)


def _joined(lines: tuple[Label, ...]) -> Label:
    if not lines:
        return Label("没有其他理由", "no further reason")
    return Label("；".join(line.zh for line in lines), "; ".join(line.en for line in lines))


def _why_measure(answer: Assessment) -> Label:
    if answer.current is None:
        return Label("没有任何决定", "there is no order")
    reasons = answer.current.term.steps if answer.current.term is not None else ()
    return _joined((*reasons, *(reason.label for reason in answer.not_covered)))
