"""What the pages of hand-overs say."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.home.handover.baton import OCCASIONS, STATES, TRANSFER, Baton, Occasion
from guitu.home.handover.clocks import HOUSE, LEVELS, Clock, Level
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.web.components.word.component import Word, days_word

TITLE: Final = Label("移交", "Hand-over")
WHOSE: Final = {
    "sender": Label("移交单位", "the sender"),
    "receiver": Label("接收单位", "the receiver"),
}
NEXT: Final = {
    "due": Label("等移交单位准备", "to be prepared by the sender"),
    "prepared": Label("等移交单位发送", "to be sent by the sender"),
    "refused": Label("等移交单位处理", "to be settled by the sender"),
    "sent": Label("等接收单位打开", "to be opened by the receiver"),
    "opened": Label("等接收单位接收", "to be accepted by the receiver"),
    "accepted": Label("等首次联系", "the first contact is to be made"),
    "contacted": Label("已办结", "done"),
    "overtaken": Label("已另行安排", "settled otherwise"),
}
"""What is waited for, by state."""
ARRIVAL: Final = Label("等本人转所", "the person is to be transferred")
HELD: Final = Label("对方系统暂存，等人处理", "held by the other system, to be looked at")


def awaited(baton: Baton, about: Occasion) -> Label:
    """What is waited for: of whoever goes on to a justice centre, that they arrive there; of what another
    system could not take in, that somebody looks at it, for nobody there can open it."""
    if (baton.state, about) == ("accepted", "to_justice"):
        return ARRIVAL
    return HELD if baton.state == "sent" and _held(baton) else NEXT[baton.state]


def _held(baton: Baton) -> bool:
    sent = baton.sent
    said = [
        one.get("state") for one in baton.exchanged if sent is None or one.recorded_at >= sent.recorded_at
    ]
    return "held" in said and "delivered" not in said


NOBODY: Final = Label("未定", "not named yet")
__all__ = ["HOUSE", "OCCASIONS", "STATES"]


ARRIVED: Final = {
    TRANSFER: Label("已转所", "Transferred"),
    "admission": Label("已入所", "Admitted"),
}
"""What ends a hand-over to a centre, by the kind of the entry: there nobody makes a first contact."""


def state(baton: Baton) -> Label:
    """How far it has come: of whoever was taken to a centre, that they arrived there."""
    if baton.state == "contacted" and baton.contact is not None:
        return ARRIVED.get(baton.contact.kind, STATES["contacted"])
    return STATES[baton.state]


def stage(baton: Baton) -> Word:
    """The same as a word with a shape."""
    kind = {"contacted": "done", "overtaken": "barred", "refused": "gap"}.get(baton.state, "open")
    return Word(kind, state(baton))


def deadline(clock: Clock | None, on: date) -> Word | None:
    """How far the day of a clock is; None where there is no clock."""
    if clock is None:
        return None
    if clock.waived:
        return Word("barred", Label("不再要求", "No longer required"))
    if clock.done is not None:
        return Word("done")
    if clock.due is None:
        return Word("open", Label("尽快", "Promptly"))
    days = (clock.due - on).days
    return Word("late" if days < 0 else "today" if days == 0 else "open", days_word(days))


def cited(clock: Clock) -> Label:
    """On what the day rests: its articles, and that the number is the house's own where it is."""
    cites = [Citation.parse(text).label for text in clock.cites]
    zh, en = " ".join(c.zh for c in cites), " ".join(c.en for c in cites)
    if not clock.house:
        return Label(zh, en)
    return Label("；".join(filter(None, (zh, HOUSE.zh))), "; ".join(filter(None, (en, HOUSE.en))))


def raised(level: Level, baton: Baton) -> Label | None:
    """To whom it has been raised, and when the step waited for was urged last; None if neither."""
    zh, en = [], []
    if level in ("county", "province"):
        zh.append(LEVELS[level].zh)
        en.append(LEVELS[level].en)
    if urged := _urged(baton):
        day = urged[-1].happened_on.isoformat()
        zh.append(f"{day} 已催办")
        en.append(f"urged on {day}")
    return Label(" · ".join(zh), " · ".join(en)) if zh else None


def _urged(baton: Baton) -> list[Entry]:
    """The reminders of the step that is waited for: to whom owes it, since it is theirs. Who was urged before
    it was sent back, or sent to another, is not who is waited for."""
    steps = (baton.prepared, baton.sent, baton.refused, baton.accepted)
    since = max((step.recorded_at for step in steps if step is not None), default=None)
    return [
        one for one in baton.urged
        if one.get("whom") == baton.whose and (since is None or one.recorded_at > since)
    ]  # fmt: skip
