"""One checklist: what it asks, which periods were filled in, what was not done; and filling it in."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.kernel.labels import Label
from guitu.levels.checklists import Checklist
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.days import with_weekday
from guitu.web.inside.asked import ID
from guitu.web.inside.shown import NUMBER, Board, Box, Fact, Line, Section, Sheet
from guitu.web.page import show, shows
from guitu.web.pages.epidemic.desk import Desk, work_desk
from guitu.web.pages.epidemic.words import CANCEL, EVERY, ROOT, SAVE, change_at, crumbs, list_at

KIND: Final = "checklist_filled"
SHOWN: Final = 30
MOST_NOTE: Final = 1000
EMPTY: Final = "empty"
NOTHING: Final = Label("都没有做到", "Nothing was done")


def _one(request: HttpRequest, identifier: UUID) -> tuple[Desk, Checklist]:
    desk = work_desk(request, str(identifier))
    found = next((c for c in desk.stores.lists if c.id == identifier), None)
    if found is None:
        raise Http404(str(identifier))
    return desk, found


@shows("epidemic")
def checklist(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One list, its items, its sheets and its gaps."""
    desk, one = _one(request, identifier)
    on = desk.asked.today
    acts = []
    if one.owed(on) and desk.may(KIND):
        acts.append(Button(Label("填表", "Fill in"), href=f"{list_at(one.id)}fill/", look="primary"))
    if desk.may("checklist"):
        acts.append(Button(Label("改名称、事项", "Change it"), href=change_at(one.entry.id), look="small"))
    missed = one.missed(on)
    return show(
        request,
        Board(
            one.name,
            Label(
                f"{EVERY[one.every].zh}一张，{len(one.items)} 项；以前 {len(missed)} 次没有填",
                f"{EVERY[one.every].en}, {len(one.items)} items; {len(missed)} times not filled in before",
            ),
            (
                Section(
                    "items",
                    Label("事项", "Items"),
                    facts=tuple(Fact(str(n), item) for n, item in enumerate(one.items, 1)),
                    says=(
                        Label(
                            f"事项由本单位写。{one.first} 起用{f'，到 {one.last} 止' if one.last else ''}。",
                            f"The items are the office’s own. In use from {one.first}"
                            f"{f' until {one.last}' if one.last else ''}.",
                        ),
                    ),
                ),
                Section("sheets", Label("填表情况", "Sheets"), _sheets(one, missed, desk)),
            ),
            crumbs(Crumb(one.name)),
            tuple(acts),
            desk.saved(),
        ),
    )


def _sheets(one: Checklist, missed: tuple[date, ...], desk: Desk) -> Table:
    """Sheets and gaps, latest first; a gap can still be filled in."""
    lines: list[tuple[date, Row]] = []
    for sheet in one.sheets[:SHOWN]:
        gaps = Label("、".join(sheet.gaps), "; ".join(sheet.gaps)) if sheet.gaps else "—"
        word = Word("gap" if sheet.gaps else "done", f"{sheet.done}/{sheet.asked}")
        note = str(sheet.entry.get("note") or "")
        lines.append(
            (sheet.period, Row((with_weekday(sheet.period), Cell(part=word), Cell(gaps, sub=note), "")))
        )
    for period in missed:
        act: Cell | str = ""
        if desk.may(KIND):
            act = Cell(
                part=Button(
                    Label("补填", "Fill in"), href=f"{list_at(one.id)}fill/?on={period}", look="small",
                    describes=period.isoformat(),
                )
            )  # fmt: skip
        word = Word("gap", Label("没有填", "Not filled in"))
        lines.append((period, Row((with_weekday(period), Cell(part=word), "—", act))))
    rows = tuple(row for _, row in sorted(lines, key=lambda line: line[0], reverse=True))
    return Table(
        Label("填表情况", "Sheets"),
        (
            Column(Label("日期（每周的为周一）", "Day, or the week’s Monday"), phone="lead"),
            Column(Label("做到", "Done"), phone="bare"),
            Column(Label("没有做到的", "Not done")),
            Column(Label("登记", "Record"), phone="act", hide_label=True),
        ),
        rows,
        empty=None if rows else Empty(Label("还没有填过。", "It has not been filled in yet.")),
        id="sheets-list",
        hide_caption=True,
    )


@shows("epidemic")
def fill(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One tick a line; what is not ticked is a gap."""
    desk, one = _one(request, identifier)
    asked = desk.asked
    period = one.period(asked.on)
    if not desk.may(KIND) or period > asked.today or one.sheet(period) is not None or not (
        one.runs(period) or one.runs(asked.on)
    ):  # fmt: skip
        return HttpResponseRedirect(list_at(one.id))
    entry_id = asked.identifier()
    note = asked.asked.get("note", "").strip()[:MOST_NOTE]
    summary: ErrorSummary | None = None
    if request.method == "POST":
        done = [n for n in range(len(one.items)) if request.POST.get(f"i{n}")]
        gaps = [item for n, item in enumerate(one.items) if n not in done]
        if not done and request.POST.get(EMPTY) != "yes":
            summary = ErrorSummary(
                (
                    Fault(
                        Label(
                            "一项也没有勾。确实一项都没有做到的，请勾“都没有做到”。",
                            "Nothing is ticked. If nothing was done, tick “nothing was done”.",
                        ),
                        f"f-{EMPTY}",
                    ),
                )
            )
        else:
            fields = {
                "checklist": str(one.id), "name": one.name, "period": period, "asked": len(one.items),
                "done": len(done), "gaps": "\n".join(gaps), "note": note,
                "use": "epidemic", "version_id": str(one.entry.id),
            }  # fmt: skip
            summary = asked.record([asked.work_entry(KIND, asked.today, fields, entry_id)])
            if summary is None:
                return HttpResponseRedirect(f"{ROOT}?saved={KIND}#lists")
    return show(request, _sheet(desk, one, period, entry_id, note, summary), status=422 if summary else 200)


def _sheet(
    desk: Desk, one: Checklist, period: date, entry_id: UUID, note: str, summary: ErrorSummary | None
) -> Sheet:
    sent = desk.asked.request.POST
    return Sheet(
        Label(f"填检查表：{one.name}", f"Checklist: {one.name}"),
        Label(f"{period}，做到的打勾，没有勾的就是空缺", f"{period}: tick what was done; the rest is a gap"),
        f"{list_at(one.id)}fill/",
        (NUMBER, Label("事项", "Item"), Label("做到", "Done")),
        (
            *(
                Line(str(n + 1), item, "", (_tick(f"i{n}", Label(f"做到：{item}", f"Done: {item}"), sent),))
                for n, item in enumerate(one.items)
            ),
            *(
                (
                    Line(
                        "",
                        NOTHING,
                        "",
                        (_tick(EMPTY, NOTHING, sent),),
                    ),
                )
                if summary
                else ()
            ),
        ),
        ((ID, str(entry_id)), ("on", period.isoformat())),
        Button(SAVE, look="primary"),
        Button(CANCEL, href=list_at(one.id), look="link"),
        Label(f"{len(one.items)} 项", f"{len(one.items)} items"),
        crumbs(Crumb(one.name, list_at(one.id)), Crumb(Label("填表", "Fill in"))),
        (),
        summary,
        foot=(Field("note", Label("说明", "Note"), "long_text", value=note, optional=True),),
    )


def _tick(name: str, label: Label, sent: dict[str, str]) -> Box:  # type: ignore[type-arg]
    return Box(name, label, "tick", "yes" if sent.get(name) else "")
