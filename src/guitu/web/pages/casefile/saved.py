"""What is said after saving: the receipt, and what the entry changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from guitu.casefile.file import VOID
from guitu.casefile.traced import Traced
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway.model import Assessment
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.record.drafts import with_moves
from guitu.web.pages.record.effect import Line, changes
from guitu.web.who import Who


def saved_notice(opened: Opened, assessment: Assessment, entry: UUID) -> Notice | None:
    """The notice for an entry just saved; None for an id that is not in this file."""
    saved = opened.entry(entry)
    receipt = opened.view.receipts.get(entry)
    if saved is None or receipt is None or not opened.shows(saved):
        return None
    before = opened.assessed_with(
        tuple(e for e in opened.view.entries if e.id != entry), assessment.on, assessment.known_at
    )
    at = receipt.stored_at.astimezone(CHINA)
    about = opened.entry(saved.corrects) if saved.kind == VOID and saved.corrects else None
    kind = kinds()[(about or saved).kind].label
    verb = Label("已保存", "Saved")
    if saved.kind == VOID:
        verb = Label("已作废", "Withdrawn")
    elif saved.corrects is not None:
        verb = Label("已更正", "Corrected")
    text = Label(
        f"{verb.zh}：{kind.zh} · {at:%Y-%m-%d %H:%M} · 回执 {receipt.short}",
        f"{verb.en}: {kind.en} · {at:%Y-%m-%d %H:%M} · receipt {receipt.short}",
    )
    again = Button(Label("再登一条", "Record another"), href=addresses.record(opened.case_no), look="small")
    traced = Traced(opened.view.entries) if saved.corrects else None
    found = changes(before, assessment, traced)
    return Notice("fresh", text, told(with_moves(opened, saved, found)), (again,))


def receipt(request: HttpRequest, reader: Who, on: date) -> Notice | None:
    """On a list: the receipt of what was recorded, or put before a second officer, from it without script."""
    with suppress(ValueError):
        return proposed_notice(UUID(request.GET.get("proposed", "")))
    case, entry = request.GET.get("recorded", ""), request.GET.get("entry", "")
    try:
        identifier = UUID(entry)
    except ValueError:
        return None
    opened = open_whole(case, reader)
    noted_file(request, opened, detail="receipt")
    return saved_notice(opened, opened.assessed(on), identifier)


def proposed_notice(proposal: UUID) -> Notice:
    """The notice for what was just put before a second officer."""
    look = Button(Label("查看", "Look at it"), href=f"/proposals/{proposal}/", look="small")
    return Notice(
        "fresh",
        Label("已提交，等待第二人复核。", "Submitted; it waits for a second officer."),
        Label("复核通过以前，档案没有变化。", "Until it is approved nothing in the file has changed."),
        (look,),
    )


def told(lines: tuple[Line, ...]) -> Label:
    """Changes as one sentence."""
    zh = "；".join(line.text.zh.rstrip("。") for line in lines)
    en = "; ".join(line.text.en.rstrip(".") for line in lines)
    return Label(f"{zh}。", f"{en}.")
