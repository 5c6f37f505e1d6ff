"""What is proposed, in words: the answers of an entry, two files side by side, a list to be taken along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.file import VOID
from guitu.casefile.kind import COMPARTMENTS
from guitu.centre import sheets
from guitu.compose import kinds
from guitu.exchange.ledgers.declared import ledgers
from guitu.exchange.partners.mapping import partners
from guitu.exchange.partners.proposing import REASON as SENT
from guitu.kernel.labels import Label
from guitu.store import read
from guitu.store.acts import assess
from guitu.store.acts.record import entry_of
from guitu.store.proposals import Proposal
from guitu.store.read import FileView
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.timeline import MASKED, masked
from guitu.web.pages.proposals.page import Side, Told
from guitu.web.taking.answering import list_label

COMPARED: Final = ("name", "sex", "birth", "id_number", "household_place", "phone")
"""What is compared of two files of one person."""

GONE: Final = Told(Label("内容", "What"), Label("随档案一并销毁", "Erased with the file"))

THEN: Final = {
    "seal": Label("封存", "Seal it"),
    "erase": Label("封存，并另行提出销毁", "Seal it, and propose its erasure"),
}

WHY: Final = {
    "retention": Label("保存期限届满", "Its term of retention is over"),
    "identity_error": Label("错列人员", "Listed in error"),
    "asked": Label("本人请求删除", "The person asks for it"),
}

PARTNER: Final = frozenset({"partner_entry", "partner_care"})
"""Acts by which an officer takes over what a partner sent."""

BY_PARTNER: Final = "partner:"
"""How the account begins under which a partner proposes."""

WHAT: Final = {
    "people": Label("人员名单", "List of people"),
    "ledger": Label("台账", "Ledger"),
    "list": Label("页面上的清单", "A list on a page"),
    "partner": Label("送给合作单位的名单", "A list for a partner"),
}


def proposer(username: str, names: Mapping[str, str]) -> Text:
    """Who an account is; a partner by its own name."""
    if username.startswith(BY_PARTNER):
        whose = partners().get(username.removeprefix(BY_PARTNER))
        return whose.label if whose else username
    return names.get(username, username)


def why(proposal: Proposal) -> Text:
    """Why it is proposed: in the proposer's own words, and in both languages where the product said it."""
    sent = proposal.payload or {}
    partner = partners().get(str(sent.get("partner", "")))
    if partner is not None:
        said = SENT.fill(partner=partner.label, message=sent.get("message", ""))
        if said.zh == proposal.reason:
            return said
    return proposal.reason


def act_label(proposal: Proposal) -> Label:
    """What is proposed, in a few words: 登记：决定, 作废：决定, 封存记录."""
    if proposal.act.name in PARTNER and proposal.payload:
        kind = kinds()[proposal.payload["kind"]].label
        return Label(f"采纳：{kind.zh}", f"Take over: {kind.en}")
    if proposal.act.name != "record" or not proposal.payload:
        return proposal.act.label
    kind = kinds()[proposal.payload["kind"]].label
    if proposal.payload["kind"] == VOID:
        return Label("作废一条记录", "Withdraw an entry")
    if proposal.payload["corrects"]:
        return Label(f"更正：{kind.zh}", f"Correct: {kind.en}")
    return Label(f"登记：{kind.zh}", f"Record: {kind.en}")


Sees = Callable[[Entry], bool]
"""Whether the reader may see an entry."""


def told(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    """The lines of what is proposed. Of entries that the reader does not see no word is said but that they
    are there."""
    if not proposal.payload:
        return (GONE,)
    return _TELLS.get(proposal.act.name, _plain)(proposal, sees)


def _plain(_proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    return ()


def answers(kind_name: str, fields: dict[str, Any]) -> tuple[Told, ...]:
    """A kind's questions that were answered."""
    kind, units = kinds()[kind_name], tree()
    lines = []
    for ask in kind.fields:
        value = fields.get(ask.name)
        if value is None or value == "":
            continue
        choice = ask.choice(value)
        text: Text = choice.label if choice else ask.show(value)
        if ask.type == "unit" and (unit := units.get(str(value))) is not None:
            text = " ".join(u.name for u in units.ancestors(unit)[1:]) or unit.name
        elif ask.type in MASKED:
            text = masked(str(value))
        lines.append(Told(ask.label, text))
    return tuple(lines)


def _record(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    assert proposal.file is not None
    payload = proposal.payload
    entry = entry_of(payload, file=proposal.file, author=proposal.username, recorded_at=proposal.at)
    lines = [Told(kinds()[entry.kind].day, entry.happened_on.isoformat())]
    lines += answers(entry.kind, dict(entry.fields))
    if entry.corrects is not None:
        about = _entry(proposal.file, entry.corrects)
        word = Label("作废的记录", "Withdraws") if entry.kind == VOID else Label("更正的记录", "Corrects")
        if about is not None:
            lines.insert(0, Told(word, line(about, sees), _history(proposal.case_no, about.id)))
    if entry.reason:
        lines.append(Told(Label("更正原因", "Why it is corrected"), entry.reason))
    return tuple(lines)


def line(entry: Entry, sees: Sees) -> Label:
    """An entry in one line; of one that the reader does not see, its day and that it is hidden."""
    if not sees(entry):
        day = entry.happened_on.isoformat()
        return Label(f"{day} ※ 一条不向您显示的记录", f"{day} ※ an entry that is not shown to you")
    return sentence(entry)


def sentence(entry: Entry) -> Label:
    """An entry in one line."""
    kind = kinds()[entry.kind]
    day = entry.happened_on.isoformat()
    return Label(f"{day} {kind.sentence(entry)}", f"{day} {kind.sentence(entry, 'en')}")


def _history(case_no: str, entry: UUID) -> str:
    return addresses.history(case_no, (("entry", str(entry)),))


def _entry(file: UUID, identifier: UUID) -> Entry | None:
    view = read.file_view(file)
    return next((e for e in view.entries if e.id == identifier), None) if view else None


def _seal(proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    return answers("record_sealed", dict(proposal.payload))


def _unseal(proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    return answers("record_unsealed", dict(proposal.payload))


def _erase(proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    why = str(proposal.payload.get("why", ""))
    lines = [Told(Label("为何销毁", "Why"), WHY.get(why, why))]
    for name in proposal.payload.get("compartments") or ():
        lines.append(Told(Label("保密分区", "Compartment"), COMPARTMENTS[name]))
    return tuple(lines)


def _identity_error(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    assert proposal.file is not None
    payload = dict(proposal.payload)
    right = UUID(payload["right"]) if payload.get("right") else None
    view = read.file_view(right) if right else None
    fields = {**payload, "right_file": view.case_no if view else None}
    lines = [*answers("identity_error", fields)]
    mine = read.file_view(proposal.file)
    wrong = set(payload["wrong"])
    entries = [e for e in (mine.entries if mine else ()) if str(e.id) in wrong]
    lines += [Told(Label("作废", "Withdrawn"), line(e, sees)) for e in entries]
    lines.append(Told(Label("档案", "The file"), THEN[payload["then"]]))
    return tuple(lines)


def _split(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    assert proposal.file is not None
    other = UUID(proposal.payload["other"])
    view = read.file_view(other)
    lines = [Told(Label("分出的档案", "The file split off"), view.case_no if view else str(other))]
    mine = read.file_view(proposal.file)
    away = set(proposal.payload.get("move", ()))
    for entry in mine.entries if mine else ():
        if str(entry.id) in away:
            lines.append(Told(Label("移到该档案", "Moved there"), line(entry, sees)))
    return tuple(lines)


def _export(proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    payload = proposal.payload
    query = dict(payload["query"])
    lines = [Told(Label("内容", "What"), WHAT[payload["what"]])]
    unit = tree().get(str(query.get("unit", ""))) or proposal.unit
    if unit is not None:
        lines.append(Told(Label("范围", "Whose"), unit.name))
    if query.get("ledger") in ledgers():
        lines.append(Told(Label("台账", "Ledger"), ledgers()[query["ledger"]].label))
    if (whose := partners().get(str(query.get("partner", "")))) is not None:
        lines.append(Told(Label("合作单位", "Partner"), whose.label))
    if at := str(query.get("at", "")):
        lines.append(Told(Label("清单", "List"), list_label(at)))
    lines.append(Told(Label("人数", "People"), str(payload["rows"])))
    return tuple(lines)


def _partner(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    payload = proposal.payload
    whose = partners().get(str(payload["partner"]))
    label = whose.label if whose else str(payload["partner"])
    return (
        Told(Label("来自", "Sent by"), label),
        Told(Label("对方编号", "Its number"), str(payload["message"])),
        *_record(proposal, sees),
    )


def _assess(proposal: Proposal, sees: Sees) -> tuple[Told, ...]:
    """Every word that the second signs, and the entries it rests on."""
    payload = proposal.payload
    fields = dict(payload["fields"])
    lines = [Told(kinds()[assess.SHEET].day, str(payload["on"]))]
    lines += answers(assess.SHEET, {k: v for k, v in fields.items() if k not in ("evidence", "objection")})
    view = read.file_view(proposal.file) if proposal.file is not None else None
    by_id = {e.id: e for e in view.entries} if view else {}
    legal = kinds()[assess.RESULT]
    for name, ids in sheets.read_evidence(fields.get("evidence")).items():
        label = legal.ask(name).label
        said = Label(f"{label.zh}的依据", f"{label.en} rests on")
        for entry in (by_id[i] for i in ids if i in by_id):
            lines.append(Told(said, line(entry, sees), _history(proposal.case_no, entry.id)))
    corrects = assess.corrects_of(payload)
    if corrects is not None and corrects in by_id:
        word = Label("更正的评估表", "Corrects the sheet")
        lines.insert(0, Told(word, line(by_id[corrects], sees), _history(proposal.case_no, corrects)))
    if fields.get("objection"):
        objection = by_id.get(UUID(fields["objection"]))
        if objection is not None and sees(objection):
            text = str(objection.get("text") or "—")
            lines.insert(0, Told(Label("所复核的异议", "Objection re-checked"), text))
    lines.append(Told(Label("签字摘要（SM3）", "Digest signed (SM3)"), str(payload["digest"])))
    return tuple(lines)


def _reward(proposal: Proposal, _sees: Sees) -> tuple[Told, ...]:
    """A reward: whose file, which day, and its answers; of an informant the code."""
    payload = proposal.payload
    unit = tree().get(str(payload["unit"]))
    kind = kinds()[payload["kind"]]
    fields = {k: v for k, v in payload["fields"].items() if not kind.ask(k).internal}
    return (
        Told(Label("单位", "Unit"), unit.name if unit else str(payload["unit"])),
        Told(kind.day, str(payload["on"])),
        *answers(kind.name, fields),
    )


_TELLS: Final[dict[str, Callable[[Proposal, Sees], tuple[Told, ...]]]] = {
    "record": _record,
    "assess": _assess,
    "seal": _seal,
    "unseal": _unseal,
    "erase": _erase,
    "identity_error": _identity_error,
    "split": _split,
    "export": _export,
    "reward": _reward,
    "informant_reward": _reward,
    "partner_entry": _partner,
    "partner_care": _partner,
}


def sides(first: FileView, second: FileView) -> tuple[Side, Side]:
    """Two files of one person, side by side: who each says the person is, and how much it holds."""
    kind = kinds()["person"]
    shown = [(_about(first, name), _about(second, name)) for name in COMPARED]
    differs = frozenset(
        n
        for n, name in enumerate(COMPARED)
        if first.identity.get(name) and second.identity.get(name)
        and first.identity.get(name) != second.identity.get(name)
    )  # fmt: skip
    made = []
    for view, place in ((first, 0), (second, 1)):
        lines = [Told(kind.ask(name).label, pair[place]) for name, pair in zip(COMPARED, shown, strict=True)]
        orders = [e for e in CaseFile(view.id, view.entries).counted() if e.kind == "order"]
        lines.append(Told(Label("责任单位", "Responsible unit"), view.unit.name if view.unit else "—"))
        lines.append(Told(Label("记录", "Entries"), str(len(view.entries))))
        lines += [Told(Label("决定", "Order"), sentence(order)) for order in orders]
        made.append(Side(view.case_no, addresses.file(view.case_no), tuple(lines), differs))
    return made[0], made[1]


def _about(view: FileView, name: str) -> Text:
    ask = kinds()["person"].ask(name)
    value = view.identity.get(name)
    if value is None or value == "":
        return "—"
    if ask.type in MASKED:
        return masked(str(value))
    if isinstance(value, date):
        return value.isoformat()
    choice = ask.choice(value)
    return choice.label if choice else str(value)
