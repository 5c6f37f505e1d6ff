"""Words and tables of the page of messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from guitu.home.messages import TEXTS, WHATS, Setting, composed, masked
from guitu.home.messages import Due as Reminder
from guitu.kernel.labels import Label, many, spanned
from guitu.store.home.messages import NOT_ASKED, Gone, Waiting
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.field.component import Field
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Ask, Fact, Section
from guitu.web.pages.casefile import addresses
from guitu.web.pages.today.choices import address

T = TypeVar("T")
TITLE: Final = Label("短信提醒", "Messages")
ROOT: Final = "/messages/"
SEND: Final = "/messages/send/"
FEW: Final = 12
"""So many lines are looked through quicker than searched."""
AT_ONCE: Final = 200
"""Messages that one press sends at the most: a gateway may take its time."""
VIEWS: Final[Mapping[str, Label]] = {
    "": Label("可发送", "Can go"),
    "cannot": Label("不能发送", "Cannot go"),
    "sent": Label("近 30 天已发", "Sent in 30 days"),
}
OFFICE: Final = Label("责任单位", "Responsible unit")
NAME: Final = Column(Label("姓名", "Name"), phone="lead")
WHAT: Final = Column(Label("提醒什么", "Of what"))
WHEN: Final = Column(Label("哪一天", "Day"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address: which list, whose name, which page, which unit ("": the reader's own), how
    many on a page."""

    view: str = ""
    name: str = ""
    page: int = 1
    unit: str = ""
    size: int = SIZES[0]

    def href(self, view: str) -> str:
        """The address of one of the lists, from its first page."""
        return address(ROOT, self._pairs(view), self.size)

    def page_of(self, rows: Sequence[T]) -> tuple[Sequence[T], Pager]:
        """The page of the list that is looked at, and the way to the others."""
        return paged(rows, self.page, self.size, self._pairs(self.view), ROOT)

    def _pairs(self, view: str) -> tuple[tuple[str, str], ...]:
        return tuple(p for p in (("view", view), ("q", self.name), ("unit", self.unit)) if p[1])


def lead(due: Sequence[Waiting], quiet: bool) -> Label:
    """What can go now, in one line."""
    go = sum(one.why_not is None for one in due)
    cannot = len(due) - go
    later = Label("，现在不是发送时间", ", not at this hour") if quiet and go else Label("；", ";")
    return Label(
        f"可发送 {go} 条{later.zh.removesuffix('；')}；不能发送 {cannot} 条",
        f"{go} can go{later.en.removesuffix(';')}; {cannot} cannot",
    )


def tabs(asked: Asked, due: Sequence[Waiting], sent: int) -> Tabs:
    """The three lists."""
    go = sum(one.why_not is None for one in due)
    counts = {"": go, "cannot": len(due) - go, "sent": sent}
    return Tabs(
        tuple(Tab(label, asked.href(v), v == asked.view, counts[v]) for v, label in VIEWS.items()),
        TITLE,
    )


def search(asked: Asked) -> Section:
    """Looking for somebody in the list."""
    hidden = tuple(pair for pair in (("view", asked.view), ("unit", asked.unit)) if pair[1])
    field = Field("q", Label("姓名或档案编号", "Name or case number"), value=asked.name, optional=True)
    ask = Ask(ROOT, (field,), Button(Label("查找", "Find")), hidden, method="get")
    return Section("find", Label("查找", "Find"), ask=ask, on_paper=False)


def list_of(asked: Asked, rows: Sequence[Waiting] | Sequence[Gone]) -> Section:
    """The list that is looked at, a page of it."""
    heading = VIEWS[asked.view]
    if not rows:
        return Section("list", heading, empty=nothing(asked))
    some, pager = asked.page_of(rows)
    last = {"": Column(Label("内容", "Words")), "cannot": Column(Label("为什么", "Why not")),
            "sent": Column(Label("情况", "State"))}[asked.view]  # fmt: skip
    columns: tuple[Column, ...] = (NAME, WHAT, WHEN, last)
    if asked.view == "cannot":
        columns = (*columns, Column(Label("办理", "Act"), phone="act", hide_label=True))
    made = tuple(_gone(one) if isinstance(one, Gone) else _waiting(one) for one in some)
    counts = (Label(f"共 {len(rows)} 条", many(len(rows), "message")), *pager.spans)
    table = Table(heading, columns, made, counts, pager, id="messages-list", hide_caption=True)
    return Section("list", heading, table)


def nothing(asked: Asked) -> Empty:
    """An empty list, with what to do next."""
    if asked.name:
        return Empty(
            Label("没有找到。", "Nobody was found."), (Button(Label("看全部", "Show all"), asked_all(asked)),)
        )
    if asked.view == "sent":
        return Empty(Label("近 30 天没有发过短信。", "No message was sent in 30 days."))
    if asked.view == "cannot":
        return Empty(Label("没有发不出去的。", "There is none that cannot go."))
    return Empty(
        Label(
            "这几天没有要提醒的。登记“约定见面”或者“通知检测”，并问过本人是否同意，到时会列在这里。",
            "Nothing is due. Record a visit that was agreed or an appointment, and what the person says about"
            " messages; it stands here when its day comes.",
        )
    )


def asked_all(asked: Asked) -> str:
    """The same list without a name."""
    return Asked(asked.view, unit=asked.unit).href(asked.view)


def _when(due: Reminder) -> Cell:
    time = f"{due.time // 100:02d}:{due.time % 100:02d}" if due.time else ""
    return Cell(due.on.isoformat(), sub=time)


def _waiting(one: Waiting) -> Row:
    line = one.line
    name = Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.unit_name)
    first = (name, WHATS[one.due.what], _when(one.due))
    if one.why_not is None:
        return Row((*first, Cell(one.text, sub=masked(one.phone))))
    act: Cell | Text = ""
    if one.why_not is NOT_ASKED:
        href = addresses.record(line.case_no, "reminder_consent")
        button = Button(
            Label("登记意愿", "Record the wish"), href, "small", describes=line.name or line.case_no
        )
        act = Cell(part=button)
    return Row((*first, one.why_not, act))


def _gone(one: Gone) -> Row:
    line, entry = one.line, one.entry
    refused = entry.get("state") == "refused"
    word = (
        Word("gap", Label("被拒绝，请打电话", "Refused: please ring"))
        if refused
        else Word("done", Label("网关已收下", "Taken by the gateway"))
    )
    what = WHATS[str(entry.get("what"))]  # type: ignore[index]
    on = (
        f"{entry.happened_on.isoformat()} · {entry.get('reason')}"
        if refused
        else entry.happened_on.isoformat()
    )
    name = Cell(line.name or line.case_no, addresses.file(line.case_no), sub=line.unit_name)
    return Row((name, what, Cell(str(entry.get("for_day"))), Cell(part=word, sub=on)))


def setting(
    stands: Setting, code: str, whose: str, *, may: bool, gateway: Label, below: bool = False
) -> Section:
    """What the office has laid down, with its messages as they would read. `whose` setting it is; `below`
    whether offices below have their own."""
    buttons: tuple[Button, ...] = ()
    if may:
        label = (
            Label("改短信设置", "Change the setting")
            if stands.stated
            else Label("写短信设置", "Write the setting")
        )
        buttons = (Button(label, f"/units/{code}/file/record/message_setting/"),)
    heading = Label("短信设置", "Setting of messages")
    if not stands.stated and below:
        return Section("setting", heading, empty=Empty(THEIRS, buttons))
    if not stands.stated:
        text = Label(
            "还没有短信设置：写明提醒什么、几点到几点、到哪里、打哪个电话，才会发送。",
            "There is no setting yet. Nothing is sent until it says of what, between which hours, where, and"
            " which telephone.",
        )
        return Section("setting", heading, empty=Empty(text, buttons))
    which = [label for what, label in WHATS.items() if what in stands.whats]
    zh, en = "、".join(one.zh for one in which), ", ".join(one.en for one in which)
    facts = (
        Fact(Label("提醒什么", "Of what"), Label(zh or "—", en or "—")),
        Fact(Label("提前几天", "Days before"), str(stands.days_before)),
        Fact(Label("发送时间", "Hours"), spanned(_clock(stands.opens), _clock(stands.closes))),
        Fact(Label("谁的设置", "Whose"), whose),
        Fact(Label("启用日期", "In force from"), str(stands.stated)),
        Fact(Label("网关", "Gateway"), gateway),
        *(Fact(Label(f"例：{WHATS[what].zh}", f"Example: {WHATS[what].en}"), _example(what, stands))
          for what in TEXTS if what in stands.whats),
    )  # fmt: skip
    return Section("setting", heading, facts=facts, says=(NEUTRAL, NEAREST), buttons=buttons)


NEAREST: Final = Label(
    "发给某人的，按其责任单位自己的设置；没有的，按最近的上级的。",
    "What goes to somebody goes by the setting of the unit that answers for them, or else of the nearest"
    " above it.",
)
THEIRS: Final = Label(
    "本单位没有自己的短信设置。上面列出的，按各人责任单位的设置发送；责任单位和上级都没有设置的，不发送。",
    "This office has no setting of its own. What stands above goes by the setting of the unit that answers"
    " for each person; where neither that unit nor one above it has any, nothing is sent.",
)

NEUTRAL: Final = Label(
    "短信只写时间、地点和电话。含有与戒毒有关的字的，写不进设置，也发不出去。只发给写明同意的人。",
    "A message says when, where, and whom to ring. One with a word of rehabilitation can neither be written"
    " into the setting nor sent. Only those are written to who have agreed.",
)


def _example(what: str, stands: Setting) -> str:
    from datetime import date

    made = composed(Reminder(what, date(2026, 11, 25), "", 900), stands, "zh")  # type: ignore[arg-type]
    return made.text or (made.why_not.zh if made.why_not else "")


def _clock(time: int) -> str:
    return f"{time // 100:02d}:{time % 100:02d}"
