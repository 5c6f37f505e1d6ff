"""The forms of the acts about a record, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404, QueryDict

from guitu.access import ACTS, Actor
from guitu.casefile import CaseFile, Entry, records
from guitu.compose import kinds
from guitu.kernel.citations import Citation
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import acting, read
from guitu.store.acts import erase, identity_error, seal, split
from guitu.store.read import FileView
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.pages.casefile.opened import open_whole, sees_of
from guitu.web.pages.proposals import told
from guitu.web.pages.record import day
from guitu.web.pages.records.page import ProposeAct, Tick
from guitu.web.who import Who

REASON: Final = "reason"
ENTRIES: Final = "entries"
HIDDEN: Final = "hidden"
"""What is ticked for all the entries that the reader does not see."""
OTHER: Final = "other"
LONGEST: Final = 1000
NEEDED: Final = Label("请填写理由", "State the reason")

_SEALS: Final = ("public_security", "minor")
"""Bases that an officer chooses; the third comes with the correction of an error."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, kept exactly."""

    words: Mapping[str, str]
    entries: tuple[str, ...] = ()

    def one(self, name: str) -> str:
        """One answer, without the blanks around it."""
        return self.words.get(name, "").strip()


NAMES: Final[dict[str, tuple[str, ...]]] = {
    "seal": ("basis", "note"),
    "unseal": ("note",),
    "erase": ("why",),
    "merge": (OTHER,),
    "split": (OTHER,),
    "identity_error": ("found_on", "found", "right", "told", "then"),
}


def typed(act: str, data: QueryDict) -> Typed:
    """The answers of an act's form."""
    words = {name: data.get(name, "")[:LONGEST] for name in (*NAMES[act], REASON)}
    return Typed(words, tuple(one[:40] for one in data.getlist(ENTRIES)[:500]))


def why_not(act: str, view: FileView, now: datetime) -> Label | None:
    """Why an act cannot be proposed now, or None."""
    counted = view.case_file.counted()
    nobody = Actor("", ())
    try:
        match act:
            case "seal":
                seal.DOING.check({"basis": _SEALS[0]}, view.id, nobody, now)
            case "unseal":
                if records.sealing(counted) is None:
                    return Label("没有封存", "it is not sealed")
            case "erase":
                erase.DOING.check({}, view.id, nobody, now)
            case "split":
                if not view.joined:
                    return Label("没有合并", "nothing is merged into it")
            case "identity_error":
                if not identity_error.movable(view):
                    return Label("没有可更正的记录", "there is nothing to correct")
            case "merge":
                acting.not_merged(view)
    except GuituError as refused:
        return refused.label
    return None


def payload(
    act: str, view: FileView, typed: Typed, today: date, reader: Who
) -> tuple[dict[str, Any], dict[str, Label]]:
    """What is proposed, and what is missing or wrong by the name of its box."""
    found: dict[str, Any] = {}
    faults: dict[str, Label] = {}
    match act:
        case "seal":
            found = {"basis": typed.one("basis"), "note": typed.one("note")}
            if found["basis"] not in _SEALS:
                faults["basis"] = Label("请选择依据", "Choose the basis")
        case "unseal":
            found = {"note": typed.one(REASON)}
        case "erase":
            found = {"why": typed.one("why")}
            if found["why"] not in told.WHY:
                faults["why"] = Label("请选择为何销毁", "Choose why it is erased")
        case "merge" | "split":
            other = _other(act, view, typed, reader)
            if other is None:
                faults[OTHER] = Label("没有这份档案，请核对编号", "There is no such file; check the number")
            else:
                found = {"other": str(other.id)}
            if act == "split":
                found["move"] = _entries(_since(view), typed, sees_of(view, reader))
        case "identity_error":
            found, faults = _error(view, typed, today, reader)
    if not typed.one(REASON):
        faults[REASON] = NEEDED
    return found, faults


def _other(act: str, view: FileView, typed: Typed, reader: Who) -> FileView | None:
    """The other file, if this reader comes to it."""
    number = typed.one(OTHER).upper()
    if act == "split":
        file = next((f.id for f in view.joined if f.case_no == number), None)
        return read.file_view(file) if file else None
    try:
        return open_whole(number, reader).view if number else None
    except Http404:
        return None


def _error(view: FileView, typed: Typed, today: date, reader: Who) -> tuple[dict[str, Any], dict[str, Label]]:
    faults: dict[str, Label] = {}
    found_on = day.read(typed.one("found_on"), today)
    if not isinstance(found_on, date):
        faults["found_on"] = found_on or Label("请填写发现日期", "Enter the day found")
    elif found_on > today:
        faults["found_on"] = Label("发现日期不能晚于今天", "The day found cannot be after today")
    if not typed.one("found"):
        faults["found"] = Label("请写明如何发现", "Say how it was found")
    if not typed.entries:
        faults[ENTRIES] = Label("请选择错列的记录", "Choose the entries made in error")
    right: FileView | None = None
    if number := typed.one("right").upper():
        try:
            right = open_whole(number, reader).view
        except Http404:
            faults["right"] = Label("没有这份档案，请核对编号", "There is no such file; check the number")
    if typed.one("then") not in identity_error.THEN:
        faults["then"] = Label("请选择档案如何处理", "Choose what becomes of the file")
    return {
        "found_on": found_on.isoformat() if isinstance(found_on, date) else "",
        "found": typed.one("found"),
        "wrong": _entries(identity_error.movable(view), typed, sees_of(view, reader)),
        "right": str(right.id) if right else "",
        "told": typed.one("told"),
        "then": typed.one("then"),
    }, faults


def page(
    act: str,
    view: FileView,
    typed: Typed,
    faults: Mapping[str, Label],
    identifier: str,
    sees: told.Sees,
) -> ProposeAct:
    """The form, with what was typed and what is wrong with it."""
    declared = ACTS[act]
    save = Label("提交第二人复核", "Submit to a second officer")
    if act == "merge":
        save = Label("下一步：并排比较", "Next: side by side")
    legend, ticks = _ticks(act, view, typed, sees)
    return ProposeAct(
        case_no=view.case_no,
        act=declared.label,
        effect=declared.effect,
        action=f"/files/{view.case_no}/records/{act}/",
        fields=(*_fields(act, view, typed, faults), _reason(typed, faults)),
        save=Button(save, look="grave", extra={"data-busy": Label("正在提交…", "Submitting…")}),
        back=Button(Label("取消", "Cancel"), href=f"/files/{view.case_no}/records/", look="link"),
        hidden=(("id", identifier),),
        legend=legend,
        ticks=ticks,
        ticks_error=faults.get(ENTRIES, ""),
        cites=tuple(Citation.parse(text).label for text in declared.cites),
    )


def compared(view: FileView, typed: Typed, payload: Mapping[str, Any], identifier: str) -> ProposeAct:
    """The two files side by side, before they are proposed to be merged."""
    other = read.file_view(UUID(payload["other"]))
    assert other is not None
    first = page("merge", view, typed, {}, identifier, lambda _entry: False)
    return replace(
        first,
        sides=told.sides(view, other),
        fields=(_reason(typed, {}),),
        hidden=(*first.hidden, (OTHER, typed.one(OTHER)), ("checked", "1")),
        save=Button(
            Label("是同一人，提交第二人复核", "The same person: submit to a second officer"), look="grave"
        ),
    )


def _reason(typed: Typed, faults: Mapping[str, Label]) -> Field:
    return Field(
        REASON, Label("理由", "Reason"), "long_text", value=typed.words.get(REASON, ""),
        error=faults.get(REASON, ""),
    )  # fmt: skip


def _fields(act: str, view: FileView, typed: Typed, faults: Mapping[str, Label]) -> tuple[Field, ...]:
    def asked(kind: str, name: str, **more: Any) -> Field:
        ask = kinds()[kind].ask(name)
        made = field_of(ask, typed.words.get(name, ""), faults.get(name, ""))
        return replace(made, **more) if more else made

    match act:
        case "seal":
            basis = asked("record_sealed", "basis")
            return (
                replace(basis, options=tuple(o for o in basis.options if o.value in _SEALS)),
                asked("record_sealed", "note"),
            )
        case "erase":
            options = tuple(Option(name, label) for name, label in told.WHY.items())
            return (_choice("why", Label("为何销毁", "Why"), options, typed, faults),)
        case "merge":
            label = Label("另一份档案的编号", "Case number of the other file")
            hint = Label(
                "并入本档案；两个编号以后都能找到此人", "It is merged into this one; both numbers lead here"
            )
            return (
                Field(OTHER, label, value=typed.words.get(OTHER, ""), hint=hint, error=faults.get(OTHER, "")),
            )
        case "split":
            options = tuple(Option(f.case_no, f.case_no) for f in view.joined)
            return (_choice(OTHER, Label("分出哪份档案", "Which file"), options, typed, faults),)
        case "identity_error":
            options = tuple(Option(name, label) for name, label in told.THEN.items())
            label = Label("应属的档案编号", "Case number it belongs to")
            hint = Label(
                "知道属于谁时填写；记录将移入该档案", "If it is known whose they are; they move there"
            )
            return (
                asked("identity_error", "found_on"),
                asked("identity_error", "found"),
                Field(
                    "right", label, value=typed.words.get("right", ""), hint=hint,
                    error=faults.get("right", ""), optional=True,
                ),
                asked("identity_error", "told"),
                _choice("then", Label("本档案", "This file"), options, typed, faults),
            )  # fmt: skip
    return ()


def _choice(
    name: str, label: Label, options: tuple[Option, ...], typed: Typed, faults: Mapping[str, Label]
) -> Field:
    return Field(
        name, label, "choice", value=typed.words.get(name, ""), options=options, error=faults.get(name, "")
    )


def _ticks(act: str, view: FileView, typed: Typed, sees: told.Sees) -> tuple[Label | str, tuple[Tick, ...]]:
    """The entries that may be chosen: those made in error, or those to go with the file that is split off."""
    chosen = set(typed.entries)
    if act == "identity_error":
        legend = Label("哪些记录属于错列", "Which entries were made in error")
        return legend, _tick(identity_error.movable(view), chosen, sees)
    if act == "split":
        legend = Label(
            "合并以后登记的，哪些移到分出的档案", "Which entries since then go to the file split off"
        )
        return legend, _tick(_since(view), chosen, sees)
    return "", ()


def _since(view: FileView) -> list[Entry]:
    """What was recorded in the file since others were merged into it, in the order of days."""
    seen = {e.id for f in view.joined for e in split.since(view, f.id)}
    return [e for e in CaseFile(view.id, view.entries).counted() if e.id in seen]


def _tick(entries: Sequence[Entry], chosen: set[str], sees: told.Sees) -> tuple[Tick, ...]:
    """Each entry that the reader sees, and the others together: of those nothing is told but how many."""
    ticks = [Tick(str(e.id), told.sentence(e), str(e.id) in chosen) for e in entries if sees(e)]
    hidden = len(entries) - len(ticks)
    if hidden:
        label = Label(f"※ 另有 {hidden} 条不向您显示的记录", f"※ {hidden} more that are not shown to you")
        ticks.append(Tick(HIDDEN, label, HIDDEN in chosen))
    return tuple(ticks)


def _entries(entries: Sequence[Entry], typed: Typed, sees: told.Sees) -> list[str]:
    """The entries that were chosen, those not shown as one."""
    hidden = [str(e.id) for e in entries if not sees(e)] if HIDDEN in typed.entries else []
    return [one for one in typed.entries if one != HIDDEN] + hidden
