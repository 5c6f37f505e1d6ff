"""How far the hand-over of the person's file has come, told to the person: offices and days, no names, and
nothing that was written between offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.home.handover import baton as steps
from guitu.home.handover.baton import Baton
from guitu.home.handover.clocks import Clock, Terms, clocks, owed
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.home import handover
from guitu.store.read import FileView
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.mine.page import Basis, Item, Moving

SHOWN_FOR: Final = timedelta(days=30)
"""So long after it is over the page still tells of it."""
HEADING: Final = Label("我的档案交到哪里了", "Where my file has got to")
HOUSE: Final = Label(
    "法律没有写天数，这是本系统定的天数。晚了不是您的责任。",
    "The law gives no days; these are this system’s. That it is late is not your doing.",
)
BACK: Final = {
    "not_here": Label("对方认为您不住在那里", "the other office says that you do not live there"),
    "incomplete": Label("材料不全", "papers are missing"),
    "wrong_unit": Label("应当交给别的单位", "it belongs to another office"),
    "known": Label("对方已有您的档案", "the other office has a file of yours already"),
}
WAITS: Final = {
    "due": Label("原单位还没有开始办", "Your office has not begun it yet"),
    "prepared": Label("原单位正在准备", "Your office is preparing it"),
    "sent": Label("已发出，等对方打开", "Sent; the other office has still to open it"),
    "opened": Label("对方已打开，等对方接收", "Opened; the other office has still to accept it"),
    "refused": Label("被退回，原单位要重新办", "Sent back; your office has to do it again"),
    "accepted": Label("对方已接收，会与您联系", "Accepted; they will get in touch with you"),
    "contacted": Label("已办完", "Done"),
    "overtaken": Label("已另行安排", "Settled otherwise"),
}


def moving(view: FileView, on: date) -> Moving | None:
    """The hand-over that is under way, or was over lately; None where there is none."""
    if not any(e.kind in (steps.PREPARED, steps.SENT) for e in view.entries):
        return None
    units = tree()
    found = steps.current(view.case_file.counted(), handover.within(units))
    if found is None or (found.over and _since(found, on) > SHOWN_FOR):
        return None
    about = handover.occasion_of(found, units, None, on)
    terms = handover.terms(units.get(found.sender), on)

    def name(code: str) -> str:
        unit = units.get(code)
        return unit.name if unit is not None else "—"

    return told(found, clocks(found, about, terms), on, name)


def told(baton: Baton, every: tuple[Clock, ...], on: date, name: Callable[[str], str]) -> Moving:
    """The same from what was worked out."""
    to = name(baton.receiver) if baton.receiver else ""
    answers = to if baton.holder == "receiver" else name(baton.sender)
    waits = WAITS[baton.state]
    lead = Label(f"交给{to}：{waits.zh}", f"To {to}: {waits.en}") if to else waits
    who = Label(f"现在由{answers}负责。有事找他们。", f"{answers} answers for you now. Turn to them.")
    return Moving(HEADING, lead, who, tuple(_steps(baton, every, on)))


def _steps(baton: Baton, every: tuple[Clock, ...], on: date) -> Iterator[Item]:
    made: tuple[tuple[Label, Entry | None], ...] = (
        (Label("准备", "Prepared"), baton.prepared),
        (Label("发出", "Sent"), baton.sent),
        (Label("对方打开", "Opened there"), baton.opened),
        (Label("退回", "Sent back"), baton.refused if baton.state == "refused" else None),
        (Label("对方接收", "Accepted there"), baton.accepted),
        (Label("第一次联系", "First contact"), baton.contact),
    )
    for label, entry in made:
        if entry is not None:
            why: Text = ""
            if entry.kind == steps.REFUSED:
                why = BACK.get(str(entry.get("reason")), "")
            yield Item(_on(label, entry.happened_on), why, Word("done"))
    clock = owed(baton, every)
    if clock is not None and clock.due is not None:
        days = clock.late(on)
        word = Word("late", days_word(-days)) if days else Word("open", days_word((clock.due - on).days))
        by = Label(f"最迟 {day_word(clock.due)}", f"by {day_word(clock.due, 'en')}")
        label = {"send": Label("发出", "Send it"), "accept": Label("对方接收", "Accept it"),
                 "contact": Label("与您联系", "Get in touch with you")}[clock.name]  # fmt: skip
        yield Item(label, by, word, Basis(HOUSE) if clock.house else None)


def _on(label: Label, day: date) -> Label:
    return Label(f"{label.zh}：{day_word(day)}", f"{label.en}: {day_word(day, 'en')}")


def _since(baton: Baton, on: date) -> timedelta:
    last = baton.placed or baton.last
    return on - last.happened_on if last is not None else timedelta(0)


def example(on: date) -> Moving:
    """A hand-over that waits too long, for the gallery."""

    def entry(kind: str, days: int) -> Entry:
        day = on - timedelta(days=days)
        at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
        return Entry(id=UUID(int=days), file=UUID(int=7), kind=kind, happened_on=day, recorded_at=at)

    baton = Baton("1", "2", "opened", sent=entry(steps.SENT, 7), opened=entry(steps.OPENED, 6))
    names = {"1": "河东镇", "2": "邻镇"}
    return told(baton, clocks(baton, "move", Terms()), on, lambda code: names[code])
