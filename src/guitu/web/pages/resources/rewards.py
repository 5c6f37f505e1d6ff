"""Rewards: what was given, what waits for a second officer, and what informants have not collected yet. They
are kept apart: units, officers and the public on one side, informants, of whom there is only a code, on
the other."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.levels import informant
from guitu.store import proposals, unitfiles
from guitu.store.levels import rewards as store
from guitu.store.levels.work import Work, below, work
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.inside.area import Area
from guitu.web.inside.listing import asking, choice, page_of, yuan
from guitu.web.inside.recording import places
from guitu.web.inside.shown import Ask, Board, Section
from guitu.web.page import show, shows
from guitu.web.pages.resources import words
from guitu.web.pages.resources.view import looked_at

KINDS: Final = frozenset({"reward", *informant.KINDS})
NEW: Final = f"{words.ROOT}rewards/new/"
INFORMANT: Final = f"{words.ROOT}informants/new/"
COLLECT: Final = f"{words.ROOT}informants/collect/"
PROPOSED: Final = Label(
    "已提交第二人复核，通过后记入。", "Put before a second officer; it is recorded once approved."
)


def of_area(area: Area) -> Work:
    """The rewards of the area."""
    return work(below(area.unit, words.OFFICES), KINDS)


@shows("resources_rewards")
def rewards(request: HttpRequest) -> HttpResponse:
    """The page."""
    area = looked_at(request)
    found = of_area(area)
    given = found.of("reward")
    this = [e for e in given if e.happened_on.year == area.today.year]
    paid = sum(n for e in this if e.get("sort") == "money" and isinstance(n := e.get("amount"), int))
    open_ = [e for e in found.of(informant.REWARD) if informant.ended(e, found.of(informant.ENDED)) is None]
    waits = store.waiting(area.unit, area.now)
    lead = Label(
        f"今年奖励 {len(this)} 次，奖金 {yuan(paid)} 元；待复核 {len(waits)} 件；"
        f"举报奖励待领取 {len(open_)} 份",
        f"{len(this)} rewards this year, {yuan(paid)} yuan in money; {len(waits)} waiting; {len(open_)} for"
        f" informants not collected",
    )
    buttons: tuple[Button, ...] = ()
    if places(area, kinds()["reward"], words.OFFICES):
        unit = f"?unit={area.code}" if area.code else ""
        buttons = (
            Button(Label("提出奖励", "Propose a reward"), f"{NEW}{unit}", "primary"),
            Button(Label("提出举报奖励", "Propose a reward to an informant"), f"{INFORMANT}{unit}"),
            Button(Label("凭口令领取", "Collect with a phrase"), f"{COLLECT}{unit}"),
        )
    notices = area.saved()
    if area.asked("proposed"):
        notices = (Notice("fresh", PROPOSED),)
    page = Board(
        area.title(Label("奖励", "Rewards")),
        lead,
        (
            _waiting(area, waits),
            Section("look", Label("查找", "Find"), ask=_look(area), on_paper=False),
            _given(area, found, given),
            _informants(area, found),
        ),
        buttons=buttons,
        notices=notices,
        tabs=words.tabs("rewards", area.code, area.opens),
    )
    return show(request, page)


def _waiting(area: Area, waits: tuple[proposals.Proposal, ...]) -> Section:
    heading = Label("待第二人复核", "Waiting for a second officer")
    if not waits:
        return Section("waiting", heading, empty=Empty(Label("没有。", "None.")), says=(words.NO_NAMES,))
    rows = []
    for one in waits:
        mine = one.username == area.actor.name
        sees = area.opens("proposals") and (mine or proposals.may_approve(one, area.actor).allowed)
        unit = store.unit_of(one)
        fields = one.payload["fields"]
        of = fields.get("code") or _said(one.payload["kind"], "given_to", fields.get("given_to"))
        rows.append(
            Row(
                (
                    Cell(one.act.label, f"/proposals/{one.id}/" if sees else ""),
                    unit.name if unit else "—",
                    of,
                    yuan(fields["amount"]) if isinstance(fields.get("amount"), int) else "—",
                    str(one.payload["on"]),
                    Cell(
                        part=Word(
                            "today",
                            Label("我提出的", "Proposed by me") if mine else Label("待复核", "Waiting"),
                        )
                    ),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("事项", "Act"), phone="lead"),
            Column(Label("单位", "Unit")),
            Column(Label("奖给", "For")),
            Column(Label("金额", "Amount"), numeric=True, unit=Label("元", "yuan")),
            Column(Label("日期", "Day")),
            Column(Label("状态", "State"), phone="bare"),
        ),
        tuple(rows),
        id="waiting-list",
        hide_caption=True,
    )
    return Section("waiting", heading, table, says=(words.NO_NAMES,))


def _said(kind: str, name: str, value: object) -> Label | str:
    found = kinds()[kind].ask(name).choice(value)  # type: ignore[arg-type]
    return found.label if found else "—"


def _given(area: Area, found: Work, given: tuple[Entry, ...]) -> Section:
    heading = Label("已奖励", "Given")
    to = area.asked("to")
    some = [e for e in given if to in ("", e.get("given_to"))]
    if not some:
        return Section("given", heading, empty=Empty(Label("没有。", "None.")))
    shown, pager = page_of(area, some, f"{words.ROOT}rewards/", "to")
    rows = []
    for entry in shown:
        unit = found.unit(entry)
        may = unitfiles.may_record(area.actor, kinds()["reward"], unit).allowed
        href = f"{NEW}?unit={unit.code}&corrects={entry.id}" if may else ""
        level = words.choice(entry, "level") if entry.get("level") else ""
        amount = entry.get("amount")
        rows.append(
            Row(
                (
                    str(entry.happened_on),
                    unit.name,
                    Cell(words.choice(entry, "sort"), sub=level),
                    words.choice(entry, "given_to"),
                    str(entry.get("awards")),
                    yuan(amount) if isinstance(amount, int) else "—",
                    Cell(Label("更正", "Correct") if href else "", href),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("日期", "Day"), phone="lead"),
            Column(Label("单位", "Unit")),
            Column(Label("种类", "Sort")),
            Column(Label("奖给", "Given to")),
            Column(Label("名（个）数", "How many"), numeric=True),
            Column(Label("金额", "Amount"), numeric=True, unit=Label("元", "yuan")),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(some)} 次", f"{len(some)} in all"),),
        pager,
        id="given-list",
        hide_caption=True,
    )
    return Section("given", heading, table)


def _look(area: Area) -> Ask:
    to = choice(area, "to", Label("奖给", "Given to"), words.options("reward", "given_to"))
    return asking(area, f"{words.ROOT}rewards/", to)


def _informants(area: Area, found: Work) -> Section:
    heading = Label("举报奖励", "Rewards to informants")
    says = Label(
        "只有编号。谁是举报人，本系统不知道，也没有地方写。口令只在提出时显示一次，系统只留摘要。",
        "A code is all there is. Who informed, the system does not know and has no room for. The phrase is"
        " shown once, when the reward is proposed; only its digest is kept.",
    )
    every = found.of(informant.REWARD)
    if not every:
        return Section("informants", heading, empty=Empty(Label("没有。", "None.")), says=(says,))
    ends = found.of(informant.ENDED)
    rows = []
    for entry in every[:100]:
        end, unit = informant.ended(entry, ends), found.unit(entry)
        may = end is None and unitfiles.may_record(area.actor, kinds()[informant.ENDED], unit).allowed
        href = f"{words.ROOT}informants/{unit.code}/{entry.id}/cancel/" if may else ""
        rows.append(
            Row(
                (
                    str(entry.get("code")),
                    unit.name,
                    words.choice(entry, "ground"),
                    yuan(int(str(entry.get("amount")))),
                    str(entry.happened_on),
                    Cell(part=_state(end), sub=str(end.happened_on) if end else ""),
                    Cell(Label("取消", "Cancel") if href else "", href),
                )
            )
        )
    table = Table(
        heading,
        (
            Column(Label("编号", "Code"), phone="lead"),
            Column(Label("单位", "Unit")),
            Column(Label("因为什么", "What for")),
            Column(Label("金额", "Amount"), numeric=True, unit=Label("元", "yuan")),
            Column(Label("批准", "Approved")),
            Column(Label("状态", "State"), phone="bare"),
            Column(Label("办理", "Act"), phone="act", hide_label=True),
        ),
        tuple(rows),
        (Label(f"共 {len(every)} 份", f"{len(every)} in all"),),
        id="informant-list",
        hide_caption=True,
    )
    return Section("informants", heading, table, says=(says,))


def _state(end: Entry | None) -> Word:
    if end is None:
        return Word("open", Label("待领取", "Not collected"))
    if end.get("outcome") == "collected":
        return Word("done", Label("已领取", "Collected"))
    return Word("barred", Label("已取消", "Cancelled"))
