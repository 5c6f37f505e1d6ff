"""One supply: what moved, and moving it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.centre.supplies import Move, Supply
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.table.component import Column, Row, Table
from guitu.web.inside.asked import ID
from guitu.web.inside.shown import Ask, Board, Fact, Section
from guitu.web.page import show, shows
from guitu.web.pages.epidemic.build_stores import amount, lasts_words, supply_word
from guitu.web.pages.epidemic.desk import work_desk
from guitu.web.pages.epidemic.words import SAVE, WAYS, change_at, crumbs, supply_at
from guitu.web.pages.record import form
from guitu.web.pages.record.form import Answers

KIND = "supply_moved"
SHOWN = 60
_FILLED = frozenset({"supply", "name"})


@shows("epidemic")
def supply(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One supply; and recording a movement of it."""
    desk = work_desk(request, str(identifier))
    one = next((s for s in desk.stores.supplies if s.id == identifier), None)
    if one is None:
        raise Http404(str(identifier))
    asked, kind = desk.asked, kinds()[KIND]
    entry_id = asked.identifier()
    answers = Answers({form.DAY: asked.today.isoformat()}, asked.today)
    summary: ErrorSummary | None = None
    if request.method == "POST":
        if not desk.may(KIND):
            raise Http404(str(identifier))
        sent = {**request.POST.dict(), "supply": str(one.id), "name": one.name}
        answers = form.read(kind, sent, asked.today)
        if not answers.faults:
            assert answers.happened_on is not None
            summary = asked.record([asked.work_entry(KIND, answers.happened_on, answers.fields, entry_id)])
            if summary is None:
                return HttpResponseRedirect(f"{supply_at(one.id)}?saved={KIND}")
    ask = None
    if desk.may(KIND) and not one.dropped:
        fields = tuple(f for f in form.fields_of(kind, answers) if f.name not in _FILLED)
        ask = Ask(
            supply_at(one.id), fields, Button(SAVE, look="primary"), ((ID, str(entry_id)),),
            says=Label(f"数量以“{one.measure}”计", f"Counted in {one.measure}"),
        )  # fmt: skip
    page = Board(
        one.name,
        Label(
            f"结存 {amount(one.stock)} {one.measure}，还够用 {_said(one, 'zh')}",
            f"{amount(one.stock)} {one.measure} in store, lasting {_said(one, 'en')}",
        ),
        (
            Section(
                "now",
                Label("现在", "Now"),
                facts=(
                    Fact(Label("情况", "State"), supply_word(one).text or ""),
                    Fact(Label("每天用量", "Used a day"), amount(one.a_day)),
                    Fact(
                        Label("至少够用", "To last at least"),
                        Label(f"{one.keep_days} 天", f"{one.keep_days} days") if one.keep_days else "—",
                    ),
                ),
                buttons=(Button(Label("更正品种", "Correct it"), href=change_at(one.entry.id), look="small"),)
                if desk.may("epidemic_supply")
                else (),
            ),
            *(
                (Section("move", Label("登记出入", "Record a movement"), ask=ask, on_paper=False),)
                if ask
                else ()
            ),
            Section("moves", Label("出入", "Movements"), _moves(one)),
        ),
        crumbs(Crumb(one.name)),
        notices=desk.saved(),
        summary=summary or form.summary(kind, answers),
    )
    return show(request, page, status=422 if page.summary else 200)


def _said(one: Supply, language: str) -> str:
    words = lasts_words(one)
    return words.say(language) if isinstance(words, Label) else str(words)


def _moves(one: Supply) -> Table:
    rows = tuple(
        Row(
            (
                move.entry.happened_on.isoformat(),
                _way(one, move),
                str(move.entry.get("amount")),
                amount(move.after),
                str(move.entry.get("note") or "—"),
            )
        )
        for move in one.moves[::-1][:SHOWN]
    )
    return Table(
        Label("出入", "Movements"),
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("出入", "In or out"), phone="bare"),
            Column(Label("数量", "Amount"), numeric=True, unit=one.measure),
            Column(Label("结存", "In store"), numeric=True),
            Column(Label("说明", "Note")),
        ),
        rows,
        (Label(f"共 {len(one.moves)} 次", f"{len(one.moves)} in all"),),
        empty=None
        if rows
        else Empty(Label("还没有出入：先登记盘点实数。", "Nothing has moved: count it first.")),
        id="moves-list",
        hide_caption=True,
    )


def _way(one: Supply, move: Move) -> Label:
    words = WAYS[str(move.entry.get("way"))]
    if not move.missing:
        return words
    lost = f"{amount(move.missing)} {one.measure}"
    return Label(f"{words.zh}，比账面少 {lost}", f"{words.en}, {lost} fewer than on the books")
