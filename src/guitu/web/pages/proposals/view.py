"""Collects proposals and hands decisions on. Who may decide is the access table's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guitu import access
from guitu.access import Actor
from guitu.kernel.citations import Citation
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store import clock as store_clock
from guitu.store import proposals as store
from guitu.store import read
from guitu.store.acts.export import good_until
from guitu.store.acts.identity_error import KIND
from guitu.store.acts.record import entry_of
from guitu.store.engine import StoreUnavailable
from guitu.store.proposals import AlreadyDecided, NotYours, Proposal
from guitu.store.read import proposals as lists
from guitu.store.staff import staff_names
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import Pager
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.faults import NeedsBasis, NeedsLeave
from guitu.web.noted import LISTED, noted
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import open_file, sees_of
from guitu.web.pages.proposals import told
from guitu.web.pages.proposals.page import (
    COLUMNS,
    REASON,
    Happened,
    ProposalPage,
    ProposalsPage,
    Told,
)
from guitu.web.pages.record import drafts
from guitu.web.pages.record.effect import Line
from guitu.web.who import Who, who

TABS: Final[dict[lists.Which, Label]] = {
    "waiting": Label("待我复核", "Waiting for me"),
    "mine": Label("我提出的", "Proposed by me"),
    "decided": Label("已办结", "Decided"),
}
NOTHING: Final[dict[lists.Which, Label]] = {
    "waiting": Label(
        "没有等您复核的事项。限制或变更人身自由的记录、封存、合并和批量导出，由第二人在此复核。",
        "Nothing waits for you. What restricts liberty, sealing, merging and bulk export is decided here by a"
        " second officer.",
    ),
    "mine": Label("您没有提出过须复核的事项。", "You have proposed nothing."),
    "decided": Label("还没有办结的事项。", "Nothing has been decided yet."),
}
WORDS: Final = {
    "proposed": "today",
    "approved": "done",
    "refused": "barred",
    "withdrawn": "barred",
    "expired": "barred",
}
STEPS: Final = {
    "proposed": Label("提出", "Proposed"),
    "approved": Label("通过", "Approved"),
    "refused": Label("退回", "Refused"),
    "withdrawn": Label("撤回", "Withdrawn"),
    "expired": Label("过期未办", "Expired"),
    "used": Label("已下载", "Downloaded"),
}
LATE: Final = Label("下载期限已过，请重新提出。", "The time to download is over; propose it again.")
LONGEST: Final = 1000
BACK: Final = Button(Label("回到待复核", "Back to the list"), href="/proposals/", look="link")


def _reader(request: HttpRequest) -> Who:
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    return reader


@shows("proposals")
def proposals(request: HttpRequest) -> HttpResponse:
    """One of the three lists."""
    reader = _reader(request)
    which: lists.Which = next((name for name in TABS if name == request.GET.get("list")), "waiting")
    text = request.GET.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = lists.lines(which, reader.actor, clock.now(), page=page)
    shown = [line.proposal.file_no for line in found.lines if line.proposal.file_no is not None]
    noted(request, "list", shown, LISTED, detail="proposals")
    counts = {"waiting": found.waiting, "mine": found.mine, "decided": found.decided}
    names = staff_names({line.proposal.username for line in found.lines})
    total = counts[which]
    table = Table(
        TABS[which],
        COLUMNS,
        tuple(_row(line, names) for line in found.lines),
        (Label(f"共 {total} 件", f"{total} in all"),),
        Pager(page, lists.SIZE, total, (("list", which),), "/proposals/", fixed=True)
        if total > lists.SIZE
        else None,
        None if found.lines else Empty(NOTHING[which]),
    )
    tabs = Tabs(
        tuple(Tab(label, f"?list={name}", name == which, counts[name]) for name, label in TABS.items()),
        Label("待复核", "Proposals"),
    )
    summary = (
        Label(f"有 {found.waiting} 件等您复核。", f"{found.waiting} waiting for you.")
        if found.waiting
        else Label("没有等您复核的事项。", "Nothing waits for you.")
    )
    return show(request, ProposalsPage(summary, tabs, table, _just(request, reader)))


def _row(line: lists.Line, names: Mapping[str, str]) -> Row:
    proposal = line.proposal
    person = Cell("—")
    if proposal.case_no:
        person = Cell(line.name or proposal.case_no, sub=proposal.case_no if line.name else "")
    return Row(
        (
            Cell(told.act_label(proposal), reverse("proposal", args=[proposal.id]), strong=True),
            person,
            Cell(told.proposer(proposal.username, names), sub=_post(proposal.role, proposal.office)),
            _moment(proposal.at),
            Cell(part=_word(proposal)),
        )
    )


def _word(proposal: Proposal) -> Word:
    return Word(WORDS[proposal.state], store.STATES[proposal.state])


def _post(role: str, office: str) -> Label:
    unit = store.tree().get(office)
    place = f" · {unit.name}" if unit else ""
    label = access.ROLES[role].label if role in access.ROLES else Label("系统", "The service")
    return Label(f"{label.zh}{place}", f"{label.en}{place}")


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _just(request: HttpRequest, reader: Who) -> tuple[Notice, ...]:
    """What was decided a moment ago."""
    try:
        proposal = store.find(UUID(request.GET.get("done", "")))
    except ValueError:
        return ()
    if proposal is None or proposal.decided is None or not _sees(proposal, reader.actor):
        return ()
    what, word = told.act_label(proposal), store.STATES[proposal.state]
    return (Notice("fresh", Label(f"{word.zh}：{what.zh}", f"{word.en}: {what.en}")),)


def _sees(proposal: Proposal, actor: Actor) -> bool:
    """Whether a proposal is anything to this reader: their own, or one of those they may decide."""
    return proposal.username == actor.name or store.may_approve(proposal, actor).allowed


@shows("proposals")
def one(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """One proposal; and deciding it."""
    reader = _reader(request)
    found = store.find(proposal)
    if found is None or not _sees(found, reader.actor):
        raise Http404(str(proposal))
    if found.file_no is not None:
        parts = {found.compartment or "identity", "identity"}
        noted(request, "open", (found.file_no,), sorted(parts), detail="proposal", area=found.area)
    if request.method != "POST":
        late = LATE if "late" in request.GET else None
        return show(request, _page(found, reader, fault=late), status=410 if late else 200)
    typed = request.POST.get(REASON, "")[:LONGEST]
    decision = request.POST.get("decision", "")
    now = clock.now()
    try:
        if decision == "withdraw":
            store.withdraw(proposal, actor=reader.actor, reason=typed, now=now)
        elif decision in ("approve", "refuse"):
            store.decide_proposal(
                proposal, actor=reader.actor, approve=decision == "approve", reason=typed, now=now
            )
        else:
            return show(request, _page(found, reader), status=422)
    except NotYours as refused:
        return show(request, _page(found, reader, fault=refused.label, typed=typed), status=403)
    except AlreadyDecided as refused:
        again = store.find(proposal) or found
        return show(request, _page(again, reader, fault=refused.label, typed=typed), status=409)
    except StoreUnavailable as refused:
        return show(request, _page(found, reader, fault=refused.label, typed=typed), status=503)
    except GuituError as refused:
        return show(request, _page(found, reader, fault=refused.label, typed=typed), status=422)
    return HttpResponseRedirect(f"{reverse('proposals')}?done={proposal}")


def _page(proposal: Proposal, reader: Who, *, fault: Label | None = None, typed: str = "") -> ProposalPage:
    actor, now = reader.actor, clock.now()
    waits = proposal.state == "proposed" and proposal.until >= now
    decides = waits and store.may_approve(proposal, actor).allowed
    reason = None
    if decides:
        reason = Field(
            REASON,
            Label("说明", "Your words"),
            "long_text",
            value=typed,
            hint=Label("退回时必填；通过时选填。", "Needed to refuse; optional to approve."),
            error=fault or "",
            optional=True,
        )
        if proposal.act.reasons:
            options = (
                Option("", Label("不说明", "Nothing")),
                *(Option(r.zh, r) for r in proposal.act.reasons),
            )
            reason = replace(reason, kind="choice", options=options)
    person = _person(proposal, actor)
    return ProposalPage(
        act=told.act_label(proposal),
        case_no=proposal.case_no,
        word=_word(proposal),
        told=told.told(proposal, entries_seen(proposal, reader)),
        effects=_effects(proposal, reader) if waits else (),
        effects_heading=Label("通过后会", "Passing it will"),
        steps=steps_of(proposal),
        action=reverse("proposal", args=[proposal.id]),
        back=BACK,
        person=person,
        why=told.why(proposal),
        sides=_sides(proposal),
        cites=tuple(Citation.parse(text).label for text in proposal.act.cites),
        reason=reason,
        buttons=_buttons(proposal, actor, now, waits=waits, decides=decides),
        waits_for=_waits_for(proposal) if waits and not decides else "",
        summary=ErrorSummary((Fault(fault, f"f-{REASON}" if decides else ""),)) if fault else None,
    )


def entries_seen(proposal: Proposal, reader: Who) -> told.Sees:
    """Which entries of the proposal's file this reader sees."""
    view = read.file_view(proposal.file) if proposal.file else None
    return sees_of(view, reader) if view else lambda _entry: False


def _buttons(
    proposal: Proposal, actor: Actor, now: datetime, *, waits: bool, decides: bool
) -> tuple[Button, ...]:
    if decides:
        return (
            Button(Label("通过", "Approve"), look="grave", name="decision", value="approve"),
            Button(Label("退回并说明", "Refuse, and say why"), name="decision", value="refuse"),
        )
    if waits and proposal.username == actor.name:
        return (Button(Label("撤回", "Withdraw"), name="decision", value="withdraw"),)
    if proposal.act.name == "identity_error" and proposal.state == "approved":
        return _certificate(proposal)
    until = good_until(proposal)
    if proposal.act.name == "export" and proposal.username == actor.name and until and now <= until:
        at = _moment(until)
        label = Label(f"下载（{at} 前有效）", f"Download (until {at})")
        href = reverse("proposal_download", args=[proposal.id])
        return (Button(label, look="primary", extra={"formaction": href}),)
    return ()


def _certificate(proposal: Proposal) -> tuple[Button, ...]:
    """Where the certificate of a correction is, for whoever may hand it out."""
    view = read.file_view(proposal.file) if proposal.file else None
    made = next(
        (e for e in view.entries if e.kind == KIND and e.source.endswith(str(proposal.id))), None
    ) if view else None  # fmt: skip
    if made is None:
        return ()
    href = reverse("certificate", args=[proposal.case_no, made.id])
    return (Button(Label("下载更正证明", "Download the certificate"), href=href, look="primary"),)


def _waits_for(proposal: Proposal) -> Label:
    roles = [access.ROLES[name].label for name in proposal.act.approved_by]
    until = proposal.until.astimezone(CHINA).date().isoformat()
    zh, en = "、".join(r.zh for r in roles), ", ".join(r.en.lower() for r in roles)
    return Label(
        f"等待另一人复核（{zh}），{until} 前有效。",
        f"Waits for another officer ({en}) until {until}.",
    )


def _person(proposal: Proposal, actor: Actor) -> Told | None:
    if proposal.file is None:
        return None
    view = read.file_view(proposal.file)
    name = str(view.identity.get("name") or "") if view else ""
    text: Text = proposal.case_no
    if name:
        text = Label(f"{name}（{proposal.case_no}）", f"{name} ({proposal.case_no})")
    return Told(Label("人员", "Person"), text, addresses.file(proposal.case_no))


def _effects(proposal: Proposal, reader: Who) -> tuple[Line, ...]:
    """What passing it does: for an entry, the two assessments compared; else as the table of acts says."""
    if proposal.act.name == "record" and proposal.file is not None and proposal.payload:
        try:
            opened = open_file(proposal.case_no, reader)
        except (Http404, NeedsLeave, NeedsBasis):
            return (Line(proposal.act.effect),)
        now = clock.now()
        entry = entry_of(proposal.payload, file=proposal.file, author=proposal.username, recorded_at=now)
        return drafts.effect(opened, entry, store_clock.office_day(now))
    return (Line(proposal.act.effect),)


def steps_of(proposal: Proposal) -> tuple[Happened, ...]:
    """What happened to it so far, from its proposal on."""
    names = staff_names({s.username for s in proposal.steps})
    return tuple(
        Happened(_moment(s.at), STEPS[s.what], _by(s, names), s.reason if s.n > 1 else "")
        for s in proposal.steps
    )


def _by(step: store.Step, names: Mapping[str, str]) -> Text:
    name, post = told.proposer(step.username, names), _post(step.role, step.office)
    if isinstance(name, Label):
        return name
    return Label(f"{name} · {post.zh}", f"{name} · {post.en}")


def _sides(proposal: Proposal) -> tuple[told.Side, ...]:
    if proposal.act.name != "merge" or proposal.file is None or not proposal.payload:
        return ()
    first, second = (read.file_view(f) for f in (proposal.file, UUID(proposal.payload["other"])))
    return told.sides(first, second) if first and second else ()
