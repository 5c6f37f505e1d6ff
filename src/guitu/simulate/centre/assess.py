"""Assessments, as the demonstration tells them: most are signed by two with their reasons and evidence, a few
stand from paper alone, copies are given, some object, and others than the first panel look again. The first
centre has set days and checklists (invented); the women's has set none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.casefile.second import SECOND
from guitu.centre import evidence, sheets
from guitu.centre.assessing import DOMAINS
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.simulate.accounts import staff_name
from guitu.simulate.centre import Add, Stay
from guitu.simulate.centre.zones import Writer, merged

PLANNED: Final = "46J01"
ON_PAPER: Final = 0.12
"""Share of results that stand without a sheet, as those taken over from paper do."""
REASONS: Final = {
    "physiological": {"pass": "入所以来检测均为阴性，没有戒断症状。", "fail": "近期检测尚未转阴，继续治疗。"},
    "recovery": {"pass": "体能训练达标，心理测评平稳。", "fail": "训练未达标，咨询师建议继续。"},
    "conduct": {"pass": "遵守作息，参加教育和劳动。", "fail": "有违反作息规定的记录，经教育后改进。"},
    "social": {"good": "家属按时探视，愿意接纳，有住处。", "fair": "家属联系较少，就业意向未落实。"},
}
LISTS: Final = {
    "physiological": "近三次检测结果\n是否仍用药",
    "recovery": "体能测评\n心理咨询次数",
    "conduct": "一日生活规范\n奖惩记录",
    "social": "家属联系\n住处和就业意向",
}


def of_centre(centre: str, _stays: tuple[Stay, ...], today: date, add: Add) -> None:
    """The centre's own days and checklists."""
    if centre != PLANNED:
        return
    lists: dict[str, Value] = {f"{name}_list": text for name, text in LISTS.items()}
    add(
        centre, today - timedelta(days=500), "assessment_plan", "centre_head", physiological_days=30,
        one_year_days=30, before_expiry_lead=30, objection_days=5, recheck_days=10, **lists,
        basis="示例：本所规定（虚构，未核实）",
    )  # fmt: skip


def of_file(stay: Stay, file: UUID, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The sheets behind the results of this file, copies, objections and re-checks."""
    rng = Random(f"assess/{file.hex}")
    pen = Writer(stay, file, rng)
    kept: list[Entry] = []
    told: list[Entry | None] = []
    for entry in entries:
        ours = entry.kind == "assessment" and entry.unit == stay.centre and entry.corrects is None
        if not ours or rng.random() < ON_PAPER:
            kept.append(entry)
            continue
        source = _source(pen, entry, "panel-2")
        sheet = _sheet(stay, pen, entry, entries, source)
        kept.append(replace(entry, source=source) if sheet is not None else entry)
        told.append(sheet)
        if sheet is not None:
            told += _after(stay, pen, rng, kept[-1], sheet)
    return merged(kept, told)


def _source(pen: Writer, entry: Entry, second: str) -> str:
    proposal = uuid7(int(entry.recorded_at.timestamp() * 1000) - 60_000, pen.rng.randbytes(10))
    account = second if pen.stay.centre == PLANNED else f"{second}.{pen.stay.centre}"
    return f"{SECOND}{account} {proposal}"


def _sheet(
    stay: Stay, pen: Writer, result: Entry, entries: tuple[Entry, ...], source: str, **more: Value
) -> Entry | None:
    on = result.happened_on
    drawn = evidence.drawn((e for e in entries if e.kind != "void"), kinds(), stay.ordered, on)
    fields: dict[str, Value] = {"stage": result.get("stage"), "members": staff_name("doctor", stay.centre)}
    for name in DOMAINS:
        value = result.get(name)
        if value is not None:
            fields |= {name: value, f"{name}_reason": REASONS[name][str(value)]}
    fields["evidence"] = sheets.written_evidence(
        {name: [e.id for e in some[:8]] for name, some in drawn.items() if fields.get(name)}
    )
    fields |= more
    fields = {k: v for k, v in fields.items() if v not in (None, "")}
    fields["digest"] = sheets.sheet_digest(pen.file, on, fields)
    return pen.entry(
        on, "assessment_sheet", "assessment_panel", stay.centre, by=result.author, source=source,
        at=result.recorded_at, **fields,
    )  # fmt: skip


def _after(stay: Stay, pen: Writer, rng: Random, result: Entry, sheet: Entry) -> list[Entry | None]:
    """The copy; of some an objection, and of most of those a re-check by two others."""
    day = max(sheet.happened_on, sheet.recorded_at.date()) + stay.life.days(1, 3)
    panel = ("assessment_panel", stay.centre)
    receipt = "signed" if rng.random() < 0.94 else "refused"
    given = pen.entry(day, "assessment_copy", *panel, to=str(sheet.id), receipt=receipt, told="yes")
    if given is None or result.get("stage") == "intake" or rng.random() > 0.09:
        return [given]
    said_on = day + timedelta(days=2)
    text = "行为表现一项与实际不符，请核实。"
    said = pen.entry(
        said_on, "assessment_objection", "brigade_officer", stay.brigade, to=str(sheet.id), text=text
    )
    if said is None or said_on > stay.today - timedelta(days=9):
        return [given, said]
    later = replace(result, happened_on=said_on + timedelta(days=5))
    again = pen.entry(
        later.happened_on, "assessment", "centre_head", stay.centre, corrects=result.id, **dict(result.fields)
    )
    if again is None:
        return [given, said]
    source = _source(pen, again, "intake")
    again = replace(again, source=source, reason="异议复核")
    second = _sheet(stay, pen, again, (), source, objection=str(said.id))
    outcome = pen.entry(
        later.happened_on, "assessment_recheck", "centre_head", stay.centre, source=source,
        at=again.recorded_at, to=str(said.id), outcome="upheld",
    )  # fmt: skip
    return [given, said, second, again, outcome]
