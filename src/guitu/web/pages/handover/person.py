"""One person's hand-over: the steps with their days, the package, what the law says, the next act. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.compose import kinds
from guitu.home.handover import baton as steps
from guitu.home.handover.baton import Baton, Occasion
from guitu.home.handover.clocks import Clock, Level
from guitu.home.handover.materials import Line
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.pathway.model import Duty
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word, word_of
from guitu.web.pages.casefile import addresses
from guitu.web.pages.handover import words
from guitu.web.pages.handover.build import Names

FROM: Final = (("from", "handover"),)
STEPS: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("步骤", "Step"), phone="lead"),
    Column(Label("办理", "Done")),
    Column(Label("期限", "Due")),
    Column(Label("依据", "Basis"), phone="line"),
)
PACKAGE: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("材料", "Material"), phone="lead"),
    Column(Label("已知", "Known"), phone="bare"),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
DUTIES: Final = (
    Column(Label("状态", "State"), phone="bare"),
    Column(Label("应办", "Duty"), phone="lead"),
    Column(Label("期限", "Due")),
    Column(Label("依据", "Basis")),
)
EARLIER: Final = (
    Column(Label("结果", "Outcome"), phone="bare"),
    Column(Label("从 → 到", "From → to"), phone="lead"),
    Column(Label("日期", "Day")),
)
FOUND: Final = {
    "there": Word("done", Label("有", "There")),
    "missing": Word("gap", Label("缺", "Missing")),
    "hidden": Word("barred", Label("不可见", "Not seen here")),
    "not_needed": Word("done", Label("不需要", "Not needed")),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person's hand-over, and of who looks at it. `may` are the kinds the reader may
    record; `authors` names behind accounts. `about` is the occasion. `meets` says that an entry of the
    reader's unit counts as made at the new place, `owes` that the step waited for is its own; `none` that
    nobody has to hand the person over."""

    case_no: str
    baton: Baton
    earlier: tuple[Baton, ...]
    clocks: tuple[Clock, ...]
    level: Level
    package: tuple[Line, ...]
    duties: tuple[Duty, ...]
    may: frozenset[str]
    names: Names
    authors: Mapping[str, str]
    show: Callable[[Entry], bool]
    about: Occasion = "release"
    meets: bool = True
    owes: bool = False
    none: bool = False


def lead(known: Known, late: int) -> Label:
    """The page's first line: where it is, and what is waited for."""
    baton = known.baton
    if known.none:
        return Label("没有在办的移交", "No hand-over is under way")
    to_zh = known.names(baton.receiver) if baton.receiver else words.NOBODY.zh
    to_en = known.names(baton.receiver) if baton.receiver else words.NOBODY.en
    state, waits = words.state(baton), words.awaited(baton, known.about)
    zh, en = f"移交给{to_zh}：{state.zh}，{waits.zh}", f"To {to_en}: {state.en}, {waits.en}"
    if late:
        zh, en = f"{zh}，逾期 {late} 天", f"{en}, {late} days late"
    up = words.raised(known.level, baton)
    return Label(f"{zh} · {up.zh}", f"{en} · {up.en}") if up else Label(zh, en)


def responsible(known: Known) -> Label:
    """Who answers for the person now."""
    baton = known.baton
    code = baton.receiver if baton.holder == "receiver" else baton.sender
    name = known.names(code)
    if baton.over or known.none:
        return Label(f"现由{name}负责。", f"{name} answers for the person.")
    if baton.holder == "receiver":
        return Label(
            f"已由{name}接收并负责，各项期限连续计算。",
            f"{name} has accepted and answers for the person; every term runs on.",
        )
    return Label(
        f"接收之前由{name}负责；各项期限连续计算，应办事项在接收时随人转移。",
        f"Until it is accepted {name} answers for the person; every term runs on, and the duties move with"
        " the person on acceptance.",
    )


def table(known: Known, on: date) -> Table | None:
    """The five steps: who made them, when, by when; None where nobody has to make any."""
    baton = known.baton
    if known.none:
        return None
    made = {
        "prepared": baton.prepared, "sent": baton.sent, "opened": baton.opened, "accepted": baton.accepted,
        "contacted": baton.contact,
    }  # fmt: skip
    by_name = {clock.name: clock for clock in known.clocks}
    clocks = {"sent": "send", "accepted": "accept", "contacted": "contact"}
    rows = []
    waiting = baton.state in ("sent", "opened", "accepted", "contacted")
    for name, label in _LABELS.items():
        entry = made[name]
        if entry is not None and not waiting and name == "opened":
            entry = None
        clock = by_name.get(clocks.get(name, ""))
        resend = baton.state == "refused" and name == "sent"
        if name == "contacted" and known.about == "to_justice":
            label = ARRIVED
        rows.append(_step(name, label, None if resend else entry, clock, on, known))
    if baton.refused is not None:
        rows.insert(2, _refusal(baton.refused, known))
    rows += [_aside(one, Label("催办", "Urged"), known) for one in baton.urged if known.show(one)]
    between = Label("跨系统", "Between systems")
    last = {one.get("digest"): one for one in baton.exchanged}
    rows += [
        _aside(one, between, known, over=last[one.get("digest")] is not one)
        for one in baton.exchanged
        if known.show(one)
    ]
    return Table(Label("步骤", "Steps"), STEPS, tuple(rows), id="steps")


_LABELS: Final = {
    "prepared": Label("准备：写明交给谁", "Prepare: say to whom"),
    "sent": Label("发送档案", "Send the file"),
    "opened": Label("对方打开", "Opened there"),
    "accepted": Label("对方接收", "Accepted there"),
    "contacted": Label("首次联系本人", "First contact with the person"),
}


ARRIVED: Final = Label("本人转所", "The person is transferred")


def _step(name: str, label: Label, entry: Entry | None, clock: Clock | None, on: date, known: Known) -> Row:
    word: Word | None
    if entry is not None:
        word = Word("done")
    elif known.baton.over:
        word = Word("barred", Label("不再要求", "No longer required"))
    else:
        word = words.deadline(clock, on) if clock is not None else None
        word = word or Word("open", Label("待办", "To do"))
    due = clock.due.isoformat() if clock is not None and clock.due else "—"
    sub: Text = ""
    if clock is not None and clock.done is not None and (days := clock.late(on)):
        sub = Label(f"晚 {days} 天", f"{days} days late")
    basis = words.cited(clock) if clock is not None else ""
    return Row((Cell(part=word), label, _made(entry, known), Cell(due, sub=sub), basis), f"step-{name}")


def _made(entry: Entry | None, known: Known) -> Cell:
    """Who made a step, and when."""
    if entry is None:
        return Cell("—")
    said: Text = entry.happened_on.isoformat()
    who = known.authors.get(entry.author, "")
    where = known.names(entry.unit)
    if entry.kind in steps.STEPS:
        return Cell(said, sub=f"{where} {who}".strip())
    kind = kinds()[entry.kind].label
    return Cell(said, sub=Label(f"{kind.zh}，{where} {who}".strip(), f"{kind.en}, {where} {who}".strip()))


def _refusal(entry: Entry, known: Known) -> Row:
    choice = kinds()[entry.kind].ask("reason").choice(entry.get("reason"))
    why = choice.label if choice else Label("—", "—")
    note = str(entry.get("note") or "") if known.show(entry) else ""
    label = Cell(Label(f"退回：{why.zh}", f"Sent back: {why.en}"), sub=note)
    return Row((Cell(part=Word("gap", Label("已退回", "Sent back"))), label, _made(entry, known), "—", ""),
               "step-refused")  # fmt: skip


def _aside(entry: Entry, label: Label, known: Known, *, over: bool = False) -> Row:
    """What happened beside the steps; only where the reader sees such entries. `over`: of the same something
    else was said since."""
    kind = kinds()[entry.kind]
    told = Label(kind.sentence(entry), kind.sentence(entry, "en"))
    held = entry.kind == steps.EXCHANGED and entry.get("state") == "held"
    word = "barred" if over else "gap" if held else "done"
    why = str(entry.get("reason") or "") if entry.kind == steps.EXCHANGED else ""
    return Row(
        (
            Cell(part=Word(word, label)),
            Cell(told, sub=why),
            _made(entry, known),
            "—",
            "",
        ),
        f"step-{entry.id}",
    )


def package(known: Known) -> Table:
    """What goes along: there, missing, or not for this reader to see."""
    lines = known.package
    there = sum(1 for line in lines if line.found in ("there", "not_needed"))
    gaps = sum(1 for line in lines if line.found == "missing")
    counts = (
        Label(f"有 {there} 项", f"{there} there"), Label(f"缺 {gaps} 项", f"{gaps} missing"),
    )  # fmt: skip
    rows = tuple(_material(line, known) for line in lines)
    return Table(Label("移交材料", "Package"), PACKAGE, rows, counts, id="package")


def _material(line: Line, known: Known) -> Row:
    one = line.material
    cites = [Citation.parse(text).label for text in one.cites]
    sub = Label(" ".join(c.zh for c in cites), " ".join(c.en for c in cites)) if cites else ""
    said: Text = line.entry.happened_on.isoformat() if line.entry is not None else "—"
    act = Cell("")
    if line.found == "missing" and one.kind in known.may:
        query = (*FROM, *((one.where,) if one.where else ()))
        href = addresses.record(known.case_no, one.kind, query)
        act = Cell(part=Button(Label("登记", "Record"), href=href, look="small", describes=one.label))
    return Row((Cell(part=FOUND[line.found]), Cell(one.label, sub=sub), said, act), one.name)


def duties(known: Known, on: date) -> Table | None:
    """The open duties, which go with the person; None where there is none."""
    if not known.duties:
        return None
    rows = tuple(
        Row(
            (
                Cell(part=word_of(duty, on)),
                duty.label,
                duty.due.isoformat() if duty.due else "—",
                Label(
                    " ".join(c.label.zh for c in duty.because.cites),
                    " ".join(c.label.en for c in duty.because.cites),
                ),
            )
        )
        for duty in known.duties
    )
    counts = (Label(f"共 {len(rows)} 项", f"{len(rows)} in all"),)
    title = Label("其他随人转移的应办事项", "Other duties that move with the person")
    return Table(title, DUTIES, rows, counts, id="duties")


def earlier(known: Known) -> Table | None:
    """The hand-overs before this one; None where there was none."""
    if not known.earlier:
        return None
    rows = tuple(
        Row((Cell(part=words.stage(one)), f"{known.names(one.sender)} → {known.names(one.receiver)}",
             (last.happened_on.isoformat() if (last := one.placed or one.last) else "—")))
        for one in reversed(known.earlier)
    )  # fmt: skip
    return Table(Label("以前的移交", "Earlier hand-overs"), EARLIER, rows, id="earlier")


def acts(known: Known) -> tuple[Button, ...]:
    """What this reader may do next, the likeliest first."""
    baton, found = known.baton, []

    def press(kind: str, label: Label, *query: tuple[str, str]) -> None:
        if kind in known.may:
            look = "plain" if found else "primary"
            href = addresses.record(known.case_no, kind, (*FROM, *query))
            found.append(Button(label, href=href, look=look))

    # what was sent back for another reason than that something lacks is hardly sent there again
    back = baton.state == "refused" and baton.refused is not None and baton.refused.get("reason")
    to = (("to_unit", baton.receiver),) if baton.receiver and back in (False, "incomplete") else ()
    if baton.state in ("due", "refused"):
        press(steps.PREPARED, Label("准备移交", "Prepare"))
    if baton.state in ("due", "prepared", "refused"):
        press(steps.SENT, Label("发送", "Send"), *to)
    if baton.state == "prepared":
        press(steps.PREPARED, Label("改交其他单位", "Send it elsewhere"))
    if baton.state in ("sent", "opened"):
        press(steps.ACCEPTED, Label("接收", "Accept"))
        press(steps.REFUSED, Label("退回并说明", "Return with reason"))
        if baton.sent is not None and steps.SENT in known.may:
            href = addresses.withdraw(known.case_no, baton.sent.id, FROM)
            found.append(Button(Label("撤回", "Withdraw"), href=href))
    if baton.state == "accepted" and known.about == "to_justice":
        at = (("place", "justice_centre"), ("from_place", "police_centre"), ("centre", baton.receiver))
        press(steps.TRANSFER, Label("登记转所", "Record the transfer"), *at)
    elif baton.state == "accepted" and known.meets:
        press(steps.CONTACT, Label("登记首次联系", "Record first contact"))
    if not baton.over and baton.whose and baton.sent is not None and not known.owes:
        press(steps.URGED, Label("催办", "Nudge"), ("whom", baton.whose))
    if baton.over:
        press(steps.PREPARED, Label("准备移交", "Prepare a hand-over"))
    return tuple(found)


def every(duties_: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duties that are open or overdue."""
    return tuple(duty for duty in duties_ if duty.state in ("open", "overdue"))
