"""Packs: put together and fixed, taken from step to step, read with their papers, and why a figure is another
one since. As on the pages: `store.packs` says what may be done now, `access.packs` who may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Status

from guitu.access.packs import may
from guitu.compose import kinds
from guitu.exchange.packs import analysis, making, papers
from guitu.exchange.packs.content import KINDS, Amount, ByUnit, Pack
from guitu.indicators import Period
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import pack_since, packs
from guitu.store.packs import STATES, Fixed, What
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, Bearer, reader_of
from guitu.web.api.pack_schemas import (
    AskedChanges,
    AskedMaking,
    AskedPacks,
    Changes,
    NewPack,
    NewStep,
    PackMaking,
    PackOut,
    Packs,
    PackWhole,
    Signing,
)
from guitu.web.api.routes import router
from guitu.web.api.words import FAULTS, after, cursor_of, label
from guitu.web.fresh import fresh_id
from guitu.web.noted import noted
from guitu.web.pages.packs import work

TAG: Final = "packs"
WAIT: Final = 1.0
"""Seconds a call waits for a pack before it answers that it is being put together."""

OTHER: Final = Label("这个编号已用于另一份报表或另一步。", "This id is of another pack or step already.")
DOING: Final = Label(
    "这一期正在由别人汇总；做完后再看。", "Somebody else is putting this period together; look again later."
)
INTERRUPTED: Final = Label(
    "汇总被中断了，没有写入任何内容；请用同一编号再发一次。",
    "It was interrupted and nothing was written: send it again under the same id.",
)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


@router.get(
    "/packs", response={200: Packs, **FAULTS}, auth=Bearer("packs"), url_name="api_packs",
    operation_id="listPacks", tags=[TAG],
    summary="已定稿的报表 / Packs that were fixed",
)  # fmt: skip
def pack_list(request: HttpRequest, asked: Query[AskedPacks]) -> dict[str, Any]:
    """Packs of a unit, the latest period first."""
    reader = reader_of(request)
    assert reader.post is not None
    unit = _unit(request, asked.unit or reader.post.unit)
    some = [unit, *(tree().children(unit) if asked.below == "true" else ())]
    found = packs.of_units([u for u in some if may(reader.actor, "read", u.path).allowed])
    chosen = [p for p in found if asked.kind in (None, p.kind)]
    noted(request, "list", (), detail=f"api packs {unit.code}")
    start = after("k", asked.cursor)
    end = start + asked.limit
    return {
        "items": [_pack(p) for p in chosen[start:end]],
        "next": cursor_of("k", end) if end < len(chosen) else None,
        "total": len(chosen),
    }


@router.get(
    "/packs/making", response={200: PackMaking, **FAULTS}, auth=Bearer("packs"), url_name="api_pack_making",
    operation_id="packProgress", tags=[TAG],
    summary="报表汇总到哪一步 / How far a pack is being put together",
)  # fmt: skip
def pack_making(request: HttpRequest, asked: Query[AskedMaking]) -> dict[str, Any]:
    """What was last begun for a period of a unit, while that is remembered (a day)."""
    unit, period = _unit(request, asked.unit), _period(asked.period)
    noted(request, "list", (), detail=f"api pack making {unit.code} {period.text}")
    return _making(work.job_of(unit, period))


@router.get(
    "/packs/{pack}", response={200: PackWhole, **FAULTS}, auth=Bearer("packs"), url_name="api_pack",
    operation_id="readPack", tags=[TAG],
    summary="一份报表 / One pack",
)  # fmt: skip
def pack_one(request: HttpRequest, pack: Path[UUID]) -> dict[str, Any]:
    """One pack, how far it is, and what it holds, small figures hidden as on its page."""
    fixed = _fixed(request, pack)
    noted(request, "list", (), detail=f"api pack {fixed.number}")
    return {**_pack(fixed), **_whole(making.opened(fixed))}


@router.get(
    "/packs/{pack}/changes", response={200: Changes, **FAULTS}, auth=Bearer("packs"),
    url_name="api_pack_changes", operation_id="explainPack", tags=[TAG],
    summary="定稿之后为什么变了 / Why its figures changed since",
)  # fmt: skip
def pack_changes(request: HttpRequest, pack: Path[UUID], asked: Query[AskedChanges]) -> dict[str, Any]:
    """What came after it was counted, and every figure that counts otherwise today, with the reasons. The
    pack itself stays as it was fixed."""
    fixed = _fixed(request, pack)
    noted(request, "list", (), detail=f"api pack recount {fixed.number}")
    came = pack_since.since(fixed.unit, fixed.seq, fixed.last)
    changed = None
    if asked.count == "true":
        try:
            with analysis.counter() as counting:
                changed = making.why_changed(fixed, counting)
        except GuituError as none:
            raise Refused(404, "no_figures", none.label) from none
    names = sorted({*came.late, *came.corrected, *came.withdrawn})
    return {
        "came": [
            {
                "kind": name, "label": label(kinds()[name].label), "late": came.late.get(name, 0),
                "corrected": came.corrected.get(name, 0), "withdrawn": came.withdrawn.get(name, 0),
            }
            for name in names
        ],
        "changed": None if changed is None else [
            {
                "key": c.key, "label": label(c.label), "unit": c.unit, "was": _amount(c.was),
                "now": _amount(c.now, hidden=c.was.hidden), "because": [label(b.label) for b in c.causes],
            }
            for c in changed
        ],
    }  # fmt: skip


_PAPER: Final = {
    "responses": {
        200: {
            "description": "The paper",
            "content": {
                p.mime: {"schema": {"type": "string", "format": "binary"}} for p in papers.PAPERS.values()
            },
        }
    }
}


@router.get(
    "/packs/{pack}/papers/{paper}", response={**FAULTS}, auth=Bearer("packs", "export"),
    url_name="api_pack_paper",
    operation_id="downloadPack", tags=[TAG],
    summary="报表的文件 / A paper of a pack", openapi_extra=_PAPER,
)  # fmt: skip
def pack_paper(
    request: HttpRequest, pack: Path[UUID], paper: Path[Literal["word", "pdf", "excel"]]
) -> HttpResponse:
    """A paper made of what was fixed, byte for byte the same each time."""
    fixed = _fixed(request, pack)
    chosen = papers.PAPERS[paper]
    noted(request, "export", (), detail=f"api pack {fixed.number} {chosen.suffix}")
    made = HttpResponse(papers.paper(making.opened(fixed), chosen.name), content_type=chosen.mime)
    made.headers["Content-Disposition"] = f'attachment; filename="{fixed.number}.{chosen.suffix}"'
    return made


# ── fixing, and the way ───────────────────────────────────────────────────────────────────────────


@router.post(
    "/packs", response={201: PackOut, 200: PackOut, 202: PackMaking, **FAULTS}, auth=Bearer("packs_prepare"),
    url_name="api_packs", operation_id="fixPack", tags=[TAG],
    summary="汇总并定稿 / Put together and fix",
)  # fmt: skip
def pack_fix(request: HttpRequest, sent: NewPack) -> Status[dict[str, Any]]:
    """Put the pack of a month, quarter or year together from the records and fix it. What takes longer is
    answered with 202: send the same again, or ask how far it is."""
    reader, now = reader_of(request), clock.now()
    unit, period = _unit(request, sent.unit), _period(sent.period)
    there = packs.find(UUID(sent.id)) if sent.id else None
    if there is not None:
        asked = (unit.no, period.kind, period.first, sent.corrects, sent.why.strip())
        if (there.unit.no, there.kind, there.first, there.replaces, there.why) != asked:
            raise Refused(409, "other_content", OTHER)
        return Status(200, _pack(there))
    identifier = UUID(sent.id) if sent.id else fresh_id(now)
    decision = may(reader.actor, "prepare", unit.path)
    if not decision.allowed:
        raise Refused(403, "not_allowed", decision.reason)
    noted(request, "list", (), detail=f"api pack made {unit.code}")
    job = work.job_of(unit, period)
    if job is None or job.beat is None:
        _see_that_it_may(unit, period, sent, now)
        thread = work.begin(
            unit, period, actor=reader.actor, now=now, corrects=sent.corrects, why=sent.why.strip(),
            identifier=identifier,
        )  # fmt: skip
        if thread is not None:
            thread.join(WAIT)
        job = work.job_of(unit, period)
    if job is None or job.id != identifier:
        raise Refused(409, "state", DOING)
    if job.said is not None:
        raise Refused(409, "state", job.said)
    made = packs.find(identifier)
    return Status(201, _pack(made)) if made is not None else Status(202, _making(job))


def _see_that_it_may(unit: Unit, period: Period, sent: NewPack, now: datetime) -> None:
    try:
        making.see_that_it_may(unit, period, now)
        packs.plan(
            unit, period.kind, period.first, period.last, replaces=sent.corrects, why=sent.why.strip()
        )  # fmt: skip
    except GuituError as refused:
        raise Refused(409, "state", refused.label) from refused


@router.post(
    "/packs/{pack}/steps", response={200: PackOut, 201: PackOut, **FAULTS}, auth=Bearer("packs_prepare"),
    url_name="api_pack_steps", operation_id="stepPack", tags=[TAG],
    summary="核对、报送、退回 / Check, submit, return",
)  # fmt: skip
def pack_step(request: HttpRequest, pack: Path[UUID], sent: NewStep) -> Status[dict[str, Any]]:
    """Take a pack a step further, or back."""
    return _step(request, pack, sent.what, sent.id, sent.reason)


@router.post(
    "/packs/{pack}/signature", response={200: PackOut, 201: PackOut, **FAULTS}, auth=Bearer("packs_sign"),
    url_name="api_pack_signature", operation_id="signPack", tags=[TAG],
    summary="审签 / Sign",
)  # fmt: skip
def pack_sign(request: HttpRequest, pack: Path[UUID], sent: Signing) -> Status[dict[str, Any]]:
    """Sign what somebody else has checked, as who answers for the unit."""
    return _step(request, pack, "signed", sent.id, "")


def _step(
    request: HttpRequest, identifier: UUID, what: What, sent: str | None, reason: str
) -> Status[dict[str, Any]]:
    fixed, reader, now = _fixed(request, identifier), reader_of(request), clock.now()
    own = UUID(sent) if sent else fresh_id(now)
    there = next((step for step in fixed.steps if step.id == own), None)
    if there is not None:
        if (there.what, there.reason) != (what, reason.strip()):
            raise Refused(409, "other_content", OTHER)
        return Status(200, _pack(fixed))
    decision = may(reader.actor, packs.act_of(fixed, what), fixed.unit.path)
    if not decision.allowed:
        raise Refused(403, "not_allowed", decision.reason)
    noted(request, "list", (), detail=f"api pack {what} {fixed.number}")
    try:
        packs.step(fixed, what, actor=reader.actor, now=now, reason=reason, identifier=own)
    except packs.PackRefused as refused:
        raise Refused(409, "state", refused.label) from refused
    current = packs.find(fixed.id)
    assert current is not None, "packs are never deleted"
    return Status(201, _pack(current))


# ── as answers say it ─────────────────────────────────────────────────────────────────────────────


def _unit(request: HttpRequest, code: str) -> Unit:
    unit = tree().get(code)
    if unit is None or not may(reader_of(request).actor, "read", unit.path).allowed:
        raise Refused(404, "not_there", NOT_THERE)
    return unit


def _period(text: str) -> Period:
    try:
        period = Period.parse(text)
    except (GuituError, ValueError):
        period = None
    if period is None or period.kind not in KINDS or not 1900 <= period.first.year <= 9990:
        raise Refused(404, "not_there", NOT_THERE)
    return period


def _fixed(request: HttpRequest, identifier: UUID) -> Fixed:
    found = packs.find(identifier)
    if found is None or not may(reader_of(request).actor, "read", found.unit.path).allowed:
        raise Refused(404, "not_there", NOT_THERE)
    return found


def _pack(pack: Fixed) -> dict[str, Any]:
    return {
        "id": pack.id,
        "number": pack.number,
        "unit": {"code": pack.unit.code, "name": pack.unit.name},
        "kind": pack.kind,
        "period": Period.span(pack.first, pack.last).text,
        "first": pack.first,
        "last": pack.last,
        "state": pack.state,
        "state_label": label(STATES[pack.state]),
        "fixed_by": pack.by,
        "fixed_at": pack.at,
        "digest": pack.digest,
        "replaces": pack.replaces,
        "replaced_by": pack.replaced_by,
        "why": pack.why,
        "papers": list(pack.papers),
        "steps": [
            {"what": s.what, "by": s.by, "office": s.office, "at": s.at, "reason": s.reason}
            for s in pack.steps
        ],
    }


def _making(job: work.Job | None) -> dict[str, Any]:
    beat = job.beat if job is not None else None
    state = "none" if job is None else "interrupted" if job.state == "running" and beat is None else job.state
    said = job.said if job is not None else None
    return {
        "state": state,
        "done": beat.done if beat else 0,
        "total": beat.total if beat else making.STEPS,
        "id": (job.pack or job.id) if job is not None else None,
        "said": label(said) if said else label(INTERRUPTED) if state == "interrupted" else None,
    }


def _amount(amount: Amount, *, hidden: bool = False) -> dict[str, Any]:
    """An amount: of a hidden one nothing but that. `hidden`: its fellow is, and the two would tell."""
    if amount.hidden or hidden:
        return {
            "value": None, "numerator": None, "denominator": None,
            "hidden": "few" if amount.hidden and not amount.along else "along",
        }  # fmt: skip
    value = amount.number
    return {
        "value": None if value is None else float(value),
        "numerator": amount.over,
        "denominator": amount.under,
        "hidden": "",
    }


def _whole(pack: Pack) -> dict[str, Any]:
    flow = pack.flow
    moves = [
        ("opening", Label("期初在册", "Opening"), flow.opening),
        *((f"in.{m.name}", m.label, m.amount) for m in flow.into),
        *((f"out.{m.name}", m.label, m.amount) for m in flow.out),
        ("closing", Label("期末在册", "Closing"), flow.closing),
    ]
    return {
        "counted_to": pack.seq,
        "known_at": pack.known_at,
        "flow": [{"name": n, "label": label(said), "amount": _amount(a)} for n, said, a in moves],
        "lines": [
            {
                "key": line.key, "version": line.version, "label": label(line.label), "unit": line.unit,
                "now": _amount(line.now), "before": _maybe(line.before),
                "year_before": _maybe(line.year_before),
            }
            for line in pack.lines
        ],
        "below": _table(pack.below),
        "overdue": _table(pack.overdue),
        "checks": [{"said": label(c.label), "blocks": c.blocks} for c in pack.checks],
        "missing": [label(said) for said in pack.missing],
    }  # fmt: skip


def _maybe(amount: Amount | None) -> dict[str, Any] | None:
    return None if amount is None else _amount(amount)


def _table(table: ByUnit) -> Mapping[str, Any]:
    def amounts(some: Iterable[Amount]) -> list[dict[str, Any]]:
        return [_amount(a) for a in some]

    return {
        "columns": [column.name for column in table.columns],
        "rows": [
            {"unit": {"code": row.code, "name": row.name}, "amounts": amounts(row.amounts)}
            for row in table.rows
        ],
        "total": amounts(table.total),
    }
