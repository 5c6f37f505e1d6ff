"""Hand-overs: the board of what is under way, and one person's hand-over with its steps and its package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.exchange.handover.held import Note
from guitu.home.handover import baton as steps
from guitu.home.handover.baton import Baton, Occasion, State
from guitu.home.handover.clocks import Terms, clocks, late, level
from guitu.home.handover.materials import MATERIALS, package
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.home.handover import Line
from guitu.web.component import State as Shown
from guitu.web.components.button.component import Button
from guitu.web.components.filters.component import Filters
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tabs
from guitu.web.inside.shown import Board
from guitu.web.pages.handover import build, held, person, words
from guitu.web.pages.handover.build import Asked
from guitu.web.pages.handover.person import Known


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """Every hand-over that concerns the reader's unit, or a part of them."""

    lead: Label
    tabs: Tabs
    filters: Filters
    table: Table
    held: Button | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = words.TITLE


@dataclass(frozen=True, slots=True)
class Press:
    """The press by which a receiver says that the package was seen: where it goes, and the entry's id."""

    action: str
    id: str

    @property
    def button(self) -> Button:
        """What is pressed."""
        return Button(Label("打开材料", "Open the package"), look="primary")


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person's hand-over."""

    TEMPLATE: ClassVar = "person"

    identity: Identity
    lead: Label
    responsible: Label
    steps: Table | None
    back: Button
    package: Table | None = None
    law: Table | None = None
    duties: Table | None = None
    earlier: Table | None = None
    acts: tuple[Button, ...] = ()
    press: Press | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = words.TITLE

    @property
    def parts(self) -> tuple[Table, ...]:
        """The tables, from top to bottom."""
        every = (self.steps, self.package, self.law, self.duties, self.earlier)
        return tuple(part for part in every if part is not None)


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_ON: Final = date(2026, 11, 23)
_NAMES: Final = {"46J01": "示范强制隔离戒毒所", "469023100200": "东坡村", "469023P01": "示例县公安强戒所",
                 "469024100": "邻镇", "469023100": "河东镇"}  # fmt: skip
_CASE: Final = "469023-2026-00012"


def _name(code: str) -> str:
    return _NAMES.get(code, code)


def _entry(n: int, kind: str, day: int, unit: str, **fields: Value) -> Entry:
    on = _ON - timedelta(days=day)
    return Entry(
        id=UUID(int=n), file=UUID(int=9), kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 10, n, tzinfo=CHINA), author="lin", unit=unit,
        fields=fields,
    )  # fmt: skip


_CENTRE: Final = "46J01"
_TO: Final = "469023100200"
_PREPARED: Final = _entry(1, "handover_prepared", 9, _CENTRE, to_unit=_TO)
_SENT: Final = _entry(2, "handover_sent", 6, _CENTRE, to_unit=_TO)
_OPENED: Final = _entry(3, "handover_opened", 5, _TO)
_ACCEPTED: Final = _entry(4, "handover_accepted", 4, _TO, complete="yes")
_MET: Final = _entry(5, "reporting_in", 2, _TO)
_BACK: Final = _entry(6, "handover_refused", 2, _TO, reason="not_here", note="户籍在此，本人常住县城。")
_URGED: Final = _entry(7, "handover_urged", 1, _CENTRE, whom="receiver")


def _baton(state: State) -> Baton:
    """A release in each state."""
    made: dict[State, Baton] = {
        "due": Baton(_CENTRE, "", "due"),
        "prepared": Baton(_CENTRE, _TO, "prepared", prepared=_PREPARED),
        "sent": Baton(_CENTRE, _TO, "sent", prepared=_PREPARED, sent=_SENT, urged=(_URGED,)),
        "opened": Baton(_CENTRE, _TO, "opened", prepared=_PREPARED, sent=_SENT, opened=_OPENED),
        "refused": Baton(_CENTRE, _TO, "refused", sent=_SENT, opened=_OPENED, refused=_BACK),
        "accepted": Baton(_CENTRE, _TO, "accepted", sent=_SENT, opened=_OPENED, accepted=_ACCEPTED),
        "contacted": Baton(_CENTRE, _TO, "contacted", sent=_SENT, opened=_OPENED, accepted=_ACCEPTED,
                           contact=_MET),
    }  # fmt: skip
    return made[state]


def _line(no: int, name: str, state: State, about: Occasion = "release", *, known: bool = True) -> Line:
    baton = _baton(state)
    every = clocks(baton, about, Terms(), leaves=_ON - timedelta(days=3))
    days = late(baton, every, _ON)
    case = f"469023-2026-{no:05d}"
    return Line(
        no, case, name if known else case, known, "sent", about, baton, every, days, level(days, Terms()),
        MATERIALS[about][3:5] if state in ("due", "prepared", "sent", "opened") else (),
        _ON - timedelta(days=3),
    )  # fmt: skip


def _board(lines: tuple[Line, ...], asked: Asked = Asked()) -> HandoverPage:  # noqa: B008 - frozen
    part, pager = build.page_of(build.in_state(build.on_side(lines, asked.side), asked.state), asked)
    return HandoverPage(
        build.lead(lines), build.tabs(lines, asked), build.filters(lines, asked),
        build.table(part, pager, asked, _ON, _name),
    )  # fmt: skip


_LINES: Final = (
    _line(1, "符某某", "sent"),
    _line(2, "王某某", "due"),
    _line(3, "李某某", "opened"),
    _line(4, "陈某", "refused"),
    _line(5, "周某某", "accepted"),
    _line(6, "郑某某", "contacted", known=False),
)


def _person(state: State, *may: str, press: bool = False) -> PersonPage:
    baton = _baton(state)
    every = clocks(baton, "release", Terms(), leaves=_ON - timedelta(days=3))
    days = late(baton, every, _ON)
    seen = (_PREPARED, _entry(8, "person", 600, _CENTRE, name="符某某"), _entry(9, "order", 500, _CENTRE))
    known = Known(
        _CASE, baton, (), every, level(days, Terms()),
        package(seen, "release", frozenset({"identity", "legal"})), (), frozenset(may), _name,
        {"lin": "林某"}, lambda _: True,
    )  # fmt: skip
    return PersonPage(
        identity=Identity("符某某", (Label("男 36 岁", "Male, 36"),)),
        lead=person.lead(known, days),
        responsible=person.responsible(known),
        steps=person.table(known, _ON),
        package=person.package(known),
        acts=person.acts(known),
        press=Press("#", "1") if press else None,
        back=Button(Label("回到移交", "Back to hand-overs"), href=build.PATH, look="link"),
    )


def _held(*notes: Note) -> Board:
    return held.board("示例县", notes, {7: "469023-2026-00007"})


_CAME: Final = datetime(2026, 11, 20, 9, tzinfo=CHINA)
_SAME: Final = Note(
    "haikou", UUID(int=5), "460100-2026-00031", "", "same_person",
    Label("这个公民身份号码已属于另一份档案；请核对号码，或在那份档案里登记。",
          "This identity number already belongs to another file; check the number, or record it there."),
    _CAME, _CAME + timedelta(days=2), 3, 7,
)  # fmt: skip
_NEWER: Final = Note(
    "haikou", UUID(int=6), "460100-2026-00032", "", "unknown_kind",
    Label("本系统不认识记录类型“示例”；请更新本系统。",
          "this system does not know the kind “示例”; update it."),
    _CAME, _CAME, 1,
)  # fmt: skip

STATES: Final = (
    Shown("held", Label("有暂存的", "Some are held"), _held(_SAME, _NEWER)),
    Shown("none_held", Label("没有暂存的", "None is held"), _held()),
    Shown("board", Label("有在途移交", "Some under way"), _board(_LINES)),
    Shown("late", Label("只看逾期", "Only what is late"), _board(_LINES, Asked(state=build.LATE))),
    Shown("empty", Label("没有移交", "None"), _board(())),
    Shown("due", Label("尚未准备", "Not begun"), _person("due", steps.PREPARED, steps.SENT)),
    Shown("sent", Label("待对方打开", "Sent"), _person("sent", steps.SENT, steps.URGED)),
    Shown("receiving", Label("发给本单位", "Sent to this unit"),
          _person("sent", steps.ACCEPTED, steps.REFUSED, press=True)),
    Shown("refused", Label("被退回", "Sent back"), _person("refused", steps.PREPARED, steps.SENT)),
    Shown("accepted", Label("已接收", "Accepted"), _person("accepted", steps.CONTACT)),
    Shown("contacted", Label("已办结", "Done"), _person("contacted")),
)  # fmt: skip
