"""Makes the pages of packs from what the store and the pack itself say. Decides nothing: what may be done
says `store.packs.why_not`, what is shown and hidden the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from guitu.access import Actor
from guitu.access.packs import may
from guitu.exchange.packs.changes import Changed
from guitu.exchange.packs.content import KINDS, Amount, ByUnit, Line, Pack
from guitu.exchange.packs.flow import MOVED_OUT, NEW
from guitu.exchange.packs.papers import PAPERS
from guitu.exchange.packs.words import NOTHING, hidden, is_share, number, unit_word
from guitu.indicators import Period
from guitu.kernel.labels import Label
from guitu.store import packs
from guitu.store.pack_since import Since
from guitu.store.packs import STATES, Fixed, What
from guitu.store.units import Unit
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.packs.decided import actions
from guitu.web.pages.packs.shown import AS_TODAY, Correcting, Names, PackPage, Part, Step, Term
from guitu.web.templating import moment
from guitu.web.then import now, with_then

WORDS: Final = {
    "fixed": "today",
    "checked": "today",
    "signed": "today",
    "submitted": "done",
    "returned": "gap",
    "replaced": "barred",
}
"""How a pack's state looks."""

ACTS: Final[dict[What, Label]] = {
    "checked": Label("核对无误", "Check: it is right"),
    "signed": Label("审签", "Sign"),
    "submitted": Label("报送", "Submit"),
}
DONE: Final[dict[What, Label]] = {
    "checked": Label("已核对", "Checked"),
    "signed": Label("已审签", "Signed"),
    "submitted": Label("已报送", "Submitted"),
    "returned": Label("已退回", "Returned"),
}
_NEXT: Final[dict[str, What]] = {"fixed": "checked", "checked": "signed", "signed": "submitted"}
_WAITS: Final = {
    "fixed": Label("等核对。", "Waits to be checked."),
    "checked": Label("等负责人审签。", "Waits for a head of the office to sign."),
    "signed": Label("等报送。", "Waits to be submitted."),
}
_PAPER: Final = {
    "word": Label("下载 Word", "Word"),
    "pdf": Label("下载 PDF", "PDF"),
    "excel": Label("下载 Excel 附表", "Excel annex"),
}


def word_of(fixed: Fixed) -> Word:
    """A pack's state in a word."""
    kind = WORDS[fixed.state]
    return Word("open" if kind == "today" else kind, STATES[fixed.state])


def page_of(
    fixed: Fixed,
    pack: Pack,
    actor: Actor,
    since: Since,
    offices: Mapping[str, str],
    *,
    changed: Sequence[Changed] | None = None,
    reason: str = "",
    error: Label | None = None,
    summary: ErrorSummary | None = None,
    notices: tuple[Notice, ...] = (),
    names: Names = AS_TODAY,
) -> PackPage:
    """One pack for this reader; `offices`: the names of the units whose people did its steps, by code."""
    following = _NEXT.get(fixed.state)
    stops = packs.why_not(fixed, following, actor) if following else None
    buttons: tuple[Button, ...] = ()
    waits: Text = ""
    if following is not None:
        if stops is None:
            buttons = (Button(ACTS[following], look="primary", name="what", value=following),)
        else:
            told = _WAITS[fixed.state]
            waits = Label(f"{told.zh}{stops.zh}", f"{told.en} {stops.en}")
    returns = packs.why_not(fixed, "returned", actor) is None
    return PackPage(
        unit=with_then(fixed.unit.name, names.then),
        period=pack.period.label,
        kind=Label("更正报", "Correction") if fixed.replaces else KINDS[fixed.kind],
        number=fixed.number,
        word=word_of(fixed),
        crumbs=_crumbs(fixed.unit, pack.period),
        steps=_steps(fixed, len(pack.checks), offices, can=stops is None),
        flow=_flow(pack),
        adds_up=pack.flow.adds_up,
        parts=tuple(_parts(pack, names)),
        papers=tuple(
            Button(_PAPER[p.name], href=f"/packs/{fixed.id}/paper.{p.suffix}") for p in PAPERS.values()
        ),
        action=f"/packs/{fixed.id}/",
        foot=_foot(fixed, pack),
        buttons=buttons,
        waits_for=waits,
        reason=_reason(reason, error) if returns else None,
        back=Button(Label("退回", "Return"), name="what", value="returned") if returns else None,
        correcting=_correcting(fixed, actor, reason, error),
        checks=tuple(Notice("fault" if check.blocks else "gap", check.label) for check in pack.checks),
        changes=_changes(fixed, since, changed),
        changed=_changed(changed) if changed else None,
        notices=notices,
        summary=summary,
    )


def _crumbs(unit: Unit, period: Period) -> Crumbs:
    asked = urlencode({"kind": period.kind, "period": period.text})
    return Crumbs((Crumb(Label("月报", "Returns"), f"/packs/?{asked}"), Crumb(unit.name)))


def _steps(fixed: Fixed, checks: int, offices: Mapping[str, str], *, can: bool) -> tuple[Step, ...]:
    """The four steps with how far each is."""
    found = [
        Step(
            "①",
            Label("自动汇总", "Put together"),
            Word("done", Label("已完成", "Done")),
            _who(fixed.by, fixed.office, fixed.at, offices),
        )
    ]
    names: tuple[tuple[str, What, Label], ...] = (
        ("②", "checked", Label("核对差异", "Check differences")),
        ("③", "signed", Label("负责人审签", "Sign")),
        ("④", "submitted", Label("报送", "Submit")),
    )
    back = fixed.steps[-1] if fixed.steps and fixed.steps[-1].what == "returned" else None
    following = _NEXT.get(fixed.state)
    for mark, what, label in names:
        step = next((s for s in reversed(fixed.steps) if s.what == what), None)
        if step is not None:
            word, by = Word("done", Label("已完成", "Done")), _who(step.by, step.office, step.at, offices)
        elif what == following:
            problem = what == "submitted" and bool(fixed.breaks)
            if problem or (what == "checked" and checks):
                word = Word("gap", Label(f"有问题 {checks}", f"{checks} to look at"))
            elif can:
                word = Word("today", Label("等您办", "Yours now"))
            else:
                word = Word("open", Label("进行中", "Under way"))
            by = ""
        elif back is not None or fixed.replaced_by is not None:
            word, by = Word("barred", Label("不可开始", "Cannot start")), ""
        else:
            word, by = Word("open", Label("未开始", "Not started")), ""
        found.append(Step(mark, label, word, by))
    if back is not None:
        found.append(
            Step(
                "↩",
                Label("退回", "Returned"),
                Word("gap", Label("已退回", "Returned")),
                _who(back.by, back.office, back.at, offices),
                back.reason,
            )
        )
    return tuple(found)


def _who(name: str, office: str, at: datetime, offices: Mapping[str, str]) -> Text:
    return f"{name} · {offices.get(office, office)} · {moment(at)}"


def shown(amount: Amount | None, unit: str, threshold: int) -> Label:
    """An amount on the page: as in the papers, in both languages."""
    if amount is None or (not amount.value and not amount.hidden):
        return Label(NOTHING, NOTHING)
    if amount.hidden:
        return hidden(amount, threshold)
    value = amount.number
    assert value is not None
    text = number(value, unit)
    if not is_share(unit):
        return Label(text, text)
    text += unit_word(unit).zh
    if amount.over is None or amount.under is None:
        return Label(text, text)
    part = f"{amount.over:,}/{amount.under:,}"
    return Label(f"{text}（{part}）", f"{text} ({part})")


def _flow(pack: Pack) -> tuple[Term, ...]:
    flow = pack.flow

    def term(sign: str, label: Label, amount: Amount, key: str, period: Period) -> Term:
        text = shown(amount, "person", pack.threshold).zh
        asked = urlencode({"unit": pack.unit.code, "period": period.text})
        return Term(sign, label, text, f"/indicators/{key}/?{asked}" if key else "")

    now = pack.period
    return (
        term("", Label("期初在册", "Opening"), flow.opening, "measures.in_force", now.before()),
        *(term("＋", m.label, m.amount, "measures.began" * (m.name == NEW), now) for m in flow.into),
        *(term("－", m.label, m.amount, "measures.ended" * (m.name != MOVED_OUT), now) for m in flow.out),
        term("＝", Label("期末在册", "Closing"), flow.closing, "measures.in_force", now),
    )


def _parts(pack: Pack, names: Names) -> Iterable[Part]:
    """The sections under the equation: as the report has them."""
    for n, group in enumerate(pack.groups):
        yield Part(f"figures-{n}", group.label, _figures(pack, group.lines, f"f{n}"))
    if pack.below.rows:
        yield Part("below", Label("分单位情况", "By unit"), _by_unit(pack, pack.below, "u", names))
    overdue = Label("逾期事项（按单位，不列姓名）", "Overdue, by unit, without names")
    if pack.overdue.rows:
        yield Part("overdue", overdue, _by_unit(pack, pack.overdue, "o", names))
    else:
        yield Part("overdue", overdue, says=(Label("期末没有逾期事项。", "Nothing was overdue at the end."),))
    yield Part("findings", Label("权利与提示", "Rights and findings"), _findings(pack))
    yield Part("quality", Label("数据质量", "Data quality"), _quality(pack), says=tuple(pack.missing))
    yield Part(
        "decided",
        Label("上次议定事项", "Decided last time"),
        actions(pack),
        () if pack.actions else (Label("上次没有议定事项。", "Nothing was decided last time."),),
        "/dispatch/tasks/",
        Label("登记议定事项", "Record what is decided"),
    )


def _figures(pack: Pack, lines: Sequence[Line], id: str) -> Table:
    period = pack.period
    heads = (
        Column(Label("指标", "Figure"), phone="lead"),
        Column(Label("单位", "Unit"), phone="bare"),
        Column(period.label, numeric=True),
        Column(period.before().label, numeric=True),
        Column(period.year_before().label, numeric=True),
        Column(Label("口径", "Definition")),
    )
    asked = urlencode({"unit": pack.unit.code, "period": period.text})
    rows = tuple(
        Row(
            (
                Cell(line.label, href=f"/indicators/{line.key}/?{asked}"),
                unit_word(line.unit),
                Cell(shown(line.now, line.unit, pack.threshold), strong=True),
                shown(line.before, line.unit, pack.threshold),
                shown(line.year_before, line.unit, pack.threshold),
                Cell(Label(f"第 {line.version} 版", f"version {line.version}"), sub=line.definition),
            )
        )
        for line in lines
    )
    return Table(Label("指标", "Figures"), heads, rows, id=id, hide_caption=True)


def _by_unit(pack: Pack, table: ByUnit, id: str, names: Names) -> Table:
    heads = (
        Column(Label("单位", "Unit"), phone="lead"),
        *(Column(c.label, numeric=True, unit=unit_word(c.unit)) for c in table.columns),
    )
    rows = [
        Row(
            (
                Cell(row.name, sub=now(names.today.get(row.code, ""))),
                *(shown(a, c.unit, pack.threshold) for a, c in zip(row.amounts, table.columns, strict=True)),
            )
        )
        for row in table.rows
    ]
    if table.total:
        rows.append(
            Row(
                (
                    Cell(Label("合计", "Total"), strong=True),
                    *(
                        shown(a, c.unit, pack.threshold)
                        for a, c in zip(table.total, table.columns, strict=True)
                    ),
                )
            )
        )
    return Table(Label("按单位", "By unit"), heads, tuple(rows), id=id, hide_caption=True)


def _findings(pack: Pack) -> Table | None:
    if not pack.findings:
        return None
    heads = (
        Column(Label("提示", "Finding"), phone="lead"),
        Column(Label("类别", "Sort"), phone="bare"),
        Column(Label("人数", "Persons"), numeric=True, unit=unit_word("person")),
    )
    rows = tuple(
        Row(
            (
                row.label,
                Cell(part=Word("right")) if row.rights else Label("提示", "Finding"),
                shown(row.amount, "person", pack.threshold),
            )
        )
        for row in pack.findings
    )
    return Table(Label("提示", "Findings"), heads, rows, id="t-findings", hide_caption=True)


def _quality(pack: Pack) -> Table | None:
    if not pack.quality:
        return None
    heads = (Column(Label("项目", "What"), phone="lead"), Column(Label("条数", "Entries"), numeric=True))
    rows = tuple(
        Row((row.label, Cell(shown(row.amount, row.unit, pack.threshold), sub=row.note or "")))
        for row in pack.quality
    )
    return Table(Label("数据质量", "Data quality"), heads, rows, id="t-quality", hide_caption=True)


def _foot(fixed: Fixed, pack: Pack) -> tuple[Text, ...]:
    known = pack.known_at.replace("T", " ")[:16]
    return (
        Label(
            f"数据截至 {known}，记录序号 {fixed.seq:,}。"
            f"※不足{pack.threshold}：人数少，或者会使少的数被推算出来。",
            f"Counted from entries up to number {fixed.seq:,}, {known}. ※under {pack.threshold}: few people,"
            " or it would give such a count away.",
        ),
        f"SM3 {fixed.digest.upper()}",
        fixed.made_with,
    )


def _reason(value: str, error: Label | None) -> Field:
    return Field("reason", Label("退回原因", "Why it is returned"), "long_text", value, error=error or "")


def _correcting(fixed: Fixed, actor: Actor, value: str, error: Label | None) -> Correcting | None:
    if fixed.state != "submitted" or not may(actor, "prepare", fixed.unit.path).allowed:
        return None
    period = Period.span(fixed.first, fixed.last)
    return Correcting(
        Field("why", Label("更正原因", "Why it is corrected"), "long_text", value, error=error or ""),
        Button(Label("汇总更正报", "Put a correction together")),
        (
            ("unit", fixed.unit.code),
            ("kind", fixed.kind),
            ("period", period.text),
            ("corrects", str(fixed.id)),
        ),
    )


def _changes(fixed: Fixed, since: Since, changed: Sequence[Changed] | None) -> tuple[Notice, ...]:
    """What came after it was counted, and what that changes."""
    found: list[Notice] = []
    if changed is not None:
        found.append(
            Notice(
                "gap" if changed else "done",
                Label(
                    f"按现有记录重新核算：{len(changed)} 个数与定稿不同，原因见下表。",
                    f"Counted again: {len(changed)} figures differ, for the reasons below.",
                )
                if changed
                else Label(
                    "按现有记录重新核算：数字与定稿全部相同。", "Counted again: every figure is the same."
                ),
                Label(
                    "定稿的数字不改动；需要改报的，出更正报。",
                    "What was fixed stays; a correction says otherwise.",
                )
                if changed
                else "",
            )
        )
    elif since.total:
        late, corrected, withdrawn = (sum(p.values()) for p in (since.late, since.corrected, since.withdrawn))
        found.append(
            Notice(
                "gap",
                Label(
                    f"定稿之后又有属于本期的记录：补录 {late} 条，更正 {corrected} 条，作废 {withdrawn} 条。",
                    f"Since it was fixed, for this period: {late} late records, {corrected} corrections,"
                    f" {withdrawn} withdrawals.",
                ),
                actions=(
                    Button(
                        Label("逐项核对变动", "See what changes"),
                        href=f"/packs/{fixed.id}/recount/",
                        look="small",
                    ),
                ),
            )
        )
    if fixed.replaced_by is not None:
        found.append(
            Notice(
                "barred",
                Label("本报已被更正报取代。", "A correction has replaced it."),
                actions=(
                    Button(Label("看更正报", "See it"), href=f"/packs/{fixed.replaced_by}/", look="small"),
                ),
            )
        )
    if fixed.replaces is not None:
        found.append(
            Notice(
                "info",
                Label(f"更正报。原因：{fixed.why}", f"A correction. Why: {fixed.why}"),
                actions=(
                    Button(
                        Label("看原报", "See what it corrects"),
                        href=f"/packs/{fixed.replaces}/",
                        look="small",
                    ),
                ),
            )
        )
    return tuple(found)


def _changed(changed: Sequence[Changed]) -> Table:
    heads = (
        Column(Label("指标", "Figure"), phone="lead"),
        Column(Label("定稿时", "When fixed"), numeric=True),
        Column(Label("现在", "Now"), numeric=True),
        Column(Label("原因", "Why"), phone="bare"),
    )
    rows = tuple(
        Row(
            (
                one.label,
                shown(one.was, one.unit, 10),
                shown(_hidden_like(one.was, one.now), one.unit, 10),
                Label("，".join(c.label.zh for c in one.causes), ", ".join(c.label.en for c in one.causes)),
            )
        )
        for one in changed
    )
    return Table(Label("为什么变了", "Why it changed"), heads, rows, id="t-changed")


def _hidden_like(was: Amount, now: Amount) -> Amount:
    """Now is not shown where then was hidden: the two together would tell."""
    return replace(now, hidden=True, along=True) if was.hidden and now.value else now
