"""By when each step of a hand-over is owed, on what it rests, and who is told when it is late.

What the law says in days is worked out by its rules (`pathway`) and comes in as `Clock`s: three days' notice
before a release, fifteen days to report, three to six months to a justice centre. For sending, accepting and
the first contact the articles give no number of days (戒毒条例 art. 22 says that the papers are sent on; art.
34 names whom to tell): those are the house's own terms, and are said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from guitu.casefile import Entry
from guitu.home.handover.baton import Baton, Occasion
from guitu.kernel.labels import Label

SETTING: Final = "handover_setting"
Level = Literal["", "unit", "county", "province"]
LEVELS: Final[dict[Level, Label]] = {
    "": Label("未逾期", "Not late"),
    "unit": Label("本单位", "The unit itself"),
    "county": Label("报县级", "Raised to the county"),
    "province": Label("报省级", "Raised to the province"),
}
HOUSE: Final = Label("本系统口径，法律没有规定天数", "This system's own term; the law gives no days")
AT_ONCE: Final = "戒毒条例#22"


@dataclass(frozen=True, slots=True)
class Terms:
    """Days that the house lays down where the law gives none. `send` after it was prepared or sent back,
    `accept` after it was sent, `contact` after it was accepted and the person has left; `county` and
    `province` after the step was owed, when those above are told. `stated` says that an office set any."""

    send: int = 1
    accept: int = 3
    contact: int = 7
    county: int = 3
    province: int = 7
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """One day that counts. `due` None: promptly, without a day. `done` is when it was done; `cites` the
    articles; `house` says that the number of days is the house's own."""

    name: str
    label: Label
    due: date | None
    done: date | None = None
    cites: tuple[str, ...] = ()
    house: bool = False
    waived: bool = False

    def late(self, on: date) -> int:
        """Days past the due day: of what was done, by how many it was late; 0 if it was, or is, in time."""
        if self.due is None or self.waived:
            return 0
        return max(0, ((self.done or on) - self.due).days)


def terms_of(counted: Iterable[Entry], on: date) -> Terms:
    """The house's terms on that day, from the settings of a unit's own file: the last answer to each."""
    days = {"send": 1, "accept": 3, "contact": 7, "county": 3, "province": 7}
    stated = False
    given = [e for e in counted if e.kind == SETTING and e.happened_on <= on]
    for entry in sorted(given, key=lambda e: (e.happened_on, e.recorded_at)):
        stated = True
        for name in days:
            if isinstance(value := entry.get(name), int):
                days[name] = value
    return Terms(**days, stated=stated)


def clocks(
    baton: Baton, about: Occasion, terms: Terms, *, leaves: date | None = None, law: Iterable[Clock] = ()
) -> tuple[Clock, ...]:
    """Every clock of a hand-over: those of its steps, in their order, then those of the law. `leaves` is the
    day on which the person leaves the sender, where it is known and the release is not recorded yet."""
    left = baton.left.happened_on if baton.left else leaves
    sent = _day(baton.sent) if baton.state not in ("prepared", "refused", "due") else None
    accepted, contact = _day(baton.accepted), _day(baton.contact)
    law = tuple(law)
    found = [_send(baton, about, terms, left, sent, law)]
    if (from_ := _day(baton.sent)) is not None and sent is not None:
        owed = from_ + timedelta(days=terms.accept)
        found.append(Clock("accept", Label("接收", "Accept"), owed, accepted, ("戒毒条例#22",), house=True))
    if accepted is not None and about != "to_justice":
        start = max(accepted, left) if about == "release" and left is not None else accepted
        owed = start + timedelta(days=terms.contact)
        label = Label("首次联系", "First contact")
        found.append(Clock("contact", label, owed, contact, ("戒毒条例#18",), house=True))
    return (*found, *law)


def _send(
    baton: Baton, about: Occasion, terms: Terms, left: date | None, sent: date | None, law: tuple[Clock, ...]
) -> Clock:
    """The file goes at once: with a release at the latest on the day the person leaves, with a transfer that
    nobody has begun by the day that the law gives for it."""
    label = Label("发送档案", "Send the file")
    if about == "release":
        return Clock("send", label, left, sent, ("戒毒条例#34",), house=True)
    begun = _day(baton.refused if baton.state == "refused" else baton.prepared)
    due = begun + timedelta(days=terms.send) if begun is not None else sent
    cites = ("戒毒条例#27",) if about == "to_justice" else (AT_ONCE,)
    if due is None and (by := next((c for c in law if c.name == TRANSFER), None)) is not None:
        return Clock("send", label, by.due, sent, by.cites, house=False)
    return Clock("send", label, due, sent, cites, house=True)


TRANSFER: Final = "transfer_to_justice"
"""The law's clock for leaving a police centre."""
NEXT: Final = {"due": "send", "prepared": "send", "refused": "send", "sent": "accept", "opened": "accept",
               "accepted": "contact"}  # fmt: skip


def owed(baton: Baton, every: Iterable[Clock]) -> Clock | None:
    """The clock of the step that is owed now; None if nothing is."""
    name = NEXT.get(baton.state)
    return next((clock for clock in every if clock.name == name and clock.done is None), None)


def late(baton: Baton, every: Iterable[Clock], on: date) -> int:
    """By how many days the step that is owed now is late."""
    clock = owed(baton, every)
    return clock.late(on) if clock is not None else 0


def level(days: int, terms: Terms) -> Level:
    """Who is told of a step that is so many days late: the unit itself, the county, the province."""
    if days <= 0:
        return ""
    if days >= terms.province:
        return "province"
    return "county" if days >= terms.county else "unit"


def _day(entry: Entry | None) -> date | None:
    return entry.happened_on if entry is not None else None
