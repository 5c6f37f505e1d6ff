"""A panel's assessment: one member writes the sheet, a second one signs the same words; then the sheet, the
legal result and, for a re-check, its outcome are appended together.

The payload: `on`, the answers of `assessment_sheet` under `fields`, `digest` of all of it, `corrects` (a
sheet that it corrects) and, among the answers, `objection` (one that it re-checks). What the second approves
is the payload as it was proposed, which nobody can change; that its digest is that of its words is asked
again when it is signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from guitu.access import Actor
from guitu.casefile import Entry, Value
from guitu.centre import sheets
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import acting, clock
from guitu.store.acts import Doing, Payload
from guitu.store.proposals import CannotPropose, Proposal
from guitu.store.read import FileView

SHEET: Final = "assessment_sheet"
RESULT: Final = "assessment"
RECHECK: Final = "assessment_recheck"


def payload_of(
    file: UUID,
    on: date,
    fields: Mapping[str, Value],
    *,
    corrects: UUID | None = None,
    objection: UUID | None = None,
) -> dict[str, Any]:
    """What is proposed, with the digest that both sign."""
    kept = {name: str(value) for name, value in fields.items() if value not in (None, "")}
    kept.pop("digest", None)
    if objection is not None:
        kept["objection"] = str(objection)
    return {
        "on": on.isoformat(),
        "fields": kept,
        "corrects": str(corrects) if corrects else None,
        "digest": sheets.sheet_digest(file, on, kept, corrects),
    }


def corrects_of(payload: Payload) -> UUID | None:
    """The sheet that is corrected, if any."""
    return UUID(payload["corrects"]) if payload.get("corrects") else None


def _check(payload: Payload, file: UUID | None, actor: Actor, now: datetime) -> None:
    found = acting.view(file)
    acting.not_merged(found)
    _may_be_written(payload, found, now)
    _others_than_the_first(payload, found, actor.name)


def _may_be_written(payload: Payload, found: FileView, now: datetime) -> None:
    fields: dict[str, Value] = dict(payload["fields"])
    on = date.fromisoformat(payload["on"])
    if payload["digest"] != sheets.sheet_digest(found.id, on, fields, corrects_of(payload)):
        raise CannotPropose(
            Label("评估表的内容与签字摘要不符。", "The sheet is not what its digest was made of.")
        )
    faults = kinds()[SHEET].faults(fields)
    if faults:
        raise faults[0]
    lacking = sheets.missing(fields)
    if lacking:
        name, said = lacking[0]
        label = kinds()[SHEET].ask(name).label
        raise CannotPropose(Label(f"{label.zh}：{said.zh}。", f"{label.en}: {said.en}."))
    today = clock.office_day(now)
    if on > today:
        raise CannotPropose(Label("评估日期不能晚于今天。", "The day assessed cannot be after today."))
    current = acting.standing(found, now).current
    if current is None or current.name != "compulsory_isolation" or current.state == "ended":
        raise CannotPropose(
            Label(
                "诊断评估只对正在执行强制隔离戒毒的人员作出。",
                "Assessments are of people under compulsory isolation.",
            )
        )
    named = corrects_of(payload)
    if named is not None and _standing(found, named, SHEET) is None:
        raise CannotPropose(
            Label(
                "要更正的评估表不在，或者已经更正。",
                "That sheet is gone or corrected already.",
            )
        )
    if fields.get("objection"):
        _objected(payload, found)


def _objected(payload: Payload, found: FileView) -> tuple[Entry, Entry]:
    """The objection that is re-checked, and the sheet it is about."""
    objection = _standing(found, UUID(payload["fields"]["objection"]), "assessment_objection")
    sheet = objection and sheets.now_of(found.case_file, UUID(str(objection.get("to"))))
    answered = objection and any(
        e.kind == RECHECK and e.get("to") == str(objection.id) for e in found.case_file.counted()
    )
    if objection is None or sheet is None or answered:
        raise CannotPropose(
            Label(
                "要复核的异议不在，或者已经答复。",
                "That objection is gone or answered already.",
            )
        )
    if payload["fields"].get("stage") != sheet.get("stage"):
        raise CannotPropose(Label("复核的阶段应与原评估相同。", "A re-check is of the same stage."))
    return objection, sheet


def _others_than_the_first(payload: Payload, found: FileView, account: str) -> None:
    """A re-check is made by others than the first panel."""
    if not payload["fields"].get("objection"):
        return
    _, sheet = _objected(payload, found)
    if not sheets.may_recheck(sheet, account):
        raise CannotPropose(
            Label(
                "在原评估上签字的人不能参加复核。",
                "Whoever signed the first assessment takes no part in its re-check.",
            )
        )


def _standing(found: FileView, identifier: UUID, kind: str) -> Entry | None:
    """The entry of that id as it counts now."""
    return next((e for e in found.case_file.counted() if e.id == identifier and e.kind == kind), None)


def _perform(proposal: Proposal, second: Actor, now: datetime) -> object:
    assert proposal.file is not None
    payload = proposal.payload
    found = acting.open_file(proposal.file)
    _may_be_written(payload, found, now)
    _others_than_the_first(payload, found, second.name)
    on = date.fromisoformat(payload["on"])
    fields: dict[str, Value] = dict(payload["fields"])
    old_sheet, old_result = _replaced(payload, found)
    writing = acting.Writing(proposal, second, now)
    sheet = writing.made(
        found.id, SHEET, {**fields, "digest": payload["digest"]}, on, corrects=corrects_of(payload)
    )
    results = {name: fields[name] for name in sheets.RESULTS if fields.get(name)}
    result = writing.made(
        found.id, RESULT, results, on, corrects=old_result.id if old_result is not None else None
    )
    entries = [sheet, result]
    if fields.get("objection"):
        same = old_sheet is not None and all(
            old_sheet.get(name) == fields.get(name) for name in sheets.RESULTS
        )
        outcome = "upheld" if same else "changed"
        entries.append(writing.entry(found.id, RECHECK, to=str(fields["objection"]), outcome=outcome))
    writing.append(entries)
    return None


def _replaced(payload: Payload, found: FileView) -> tuple[Entry | None, Entry | None]:
    """The sheet and the result that this one takes the place of: of a correction and of a re-check."""
    named = corrects_of(payload)
    sheet = _standing(found, named, SHEET) if named is not None else None
    if sheet is None and payload["fields"].get("objection"):
        _, sheet = _objected(payload, found)
    if sheet is None:
        return None, None
    by = sheets.proposal_of(sheet)
    result = next(
        (e for e in found.case_file.counted() if e.kind == RESULT and by and sheets.proposal_of(e) == by),
        None,
    )
    return sheet, result


def _compartment(_payload: Payload) -> str:
    return kinds()[SHEET].compartment


DOING: Final = Doing(_perform, check=_check, compartment=_compartment)
