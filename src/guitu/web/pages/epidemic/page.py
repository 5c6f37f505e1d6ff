"""Who must be seen to today so that nothing comes in? The states of these pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Final
from uuid import UUID

from guitu.casefile import Entry, Value
from guitu.centre import imported, observation, supplies
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.levels import checklists
from guitu.store.centre.epidemic import Flow, Stores, Unscreened, Watched
from guitu.web.component import State
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.inside.shown import NUMBER, Board, Box, Line, Sheet
from guitu.web.pages.epidemic import build, build_stores
from guitu.web.pages.epidemic.words import CANCEL, SAVE, SORTS, TITLE, crumbs

_ON: Final = date(2026, 11, 23)
_FILE: Final = UUID(int=5)


def _entry(n: int, kind: str, back: int, **fields: Value) -> Entry:
    on = _ON - timedelta(days=back)
    return Entry(
        id=UUID(int=n), file=_FILE, kind=kind, happened_on=on,
        recorded_at=datetime(on.year, on.month, on.day, 9, n % 60, tzinfo=CHINA), author="lin", unit="46J01",
        fields=fields,
    )  # fmt: skip


def _person(n: int, name: str) -> SimpleNamespace:
    return SimpleNamespace(no=n, name=name, case_no=f"46J01-2026-0000{n}")


def _watched(n: int, name: str, *entries: Entry) -> Watched:
    now = observation.running(entries)
    assert now is not None
    return Watched(_person(n, name), now, medical=True)  # type: ignore[arg-type]


_BEGUN: Final = _entry(
    1,
    "health_observation",
    6,
    ground="arrival",
    place="观察区 102",
    until=_ON - timedelta(days=1),
    told="yes",
)
_FRESH: Final = _entry(
    2, "health_observation", 1, ground="back", place="观察区 103", until=_ON + timedelta(days=2), told="yes"
)
_CHECK: Final = _entry(3, "observation_check", 0, temperature="36.6", symptoms="no", advice="go_on")
_FLOW: Final = Flow(
    (_watched(1, "符某某", _BEGUN), _watched(2, "王某某", _FRESH, _CHECK)),
    (Unscreened(_person(3, "陈某某"), _entry(4, "transfer", 2)),),  # type: ignore[arg-type]
)
_MASKS: Final = _entry(10, "epidemic_supply", 60, name="口罩", measure="只", keep_days=30)
_SUITS: Final = _entry(11, "epidemic_supply", 60, name="防护服", measure="套", keep_days=30)
_MOVED: Final = (
    _entry(12, "supply_moved", 50, supply=str(_MASKS.id), name="口罩", way="count", amount="4000"),
    _entry(13, "supply_moved", 7, supply=str(_MASKS.id), name="口罩", way="out", amount="3000"),
    _entry(14, "supply_moved", 40, supply=str(_SUITS.id), name="防护服", way="in", amount="60"),
)
_LIST: Final = _entry(
    20,
    "checklist",
    3,
    name="示例检查表",
    every="day",
    items="示例事项甲\n示例事项乙",
    from_day=_ON - timedelta(days=3),
)
_COUNTS: Final = (
    _entry(30, "entry_counted", 1, sort="staff", came=62, screened=62, turned_away=0),
    _entry(31, "entry_counted", 1, sort="visitor", came=18, screened=18, turned_away=1),
)
_CASES: Final = (
    _entry(40, "epidemic_case", 20, disease="流行性感冒", people=2, sort="staff", found="entry",
           origin="outside", reported=_ON - timedelta(days=20)),
    _entry(41, "epidemic_case", 5, disease="流行性感冒", people=1, sort="resident", found="inside",
           origin="unknown"),
)  # fmt: skip
_FULL: Final = Stores(
    supplies.supplies((_MASKS, _SUITS, *_MOVED), _ON),
    checklists.checklists((_LIST,)),
    _COUNTS,
    imported.cases(_CASES, _ON.replace(month=1, day=1), _ON),
)
_NOTHING: Final = Stores((), (), (), imported.cases((), _ON, _ON))
_MAY: Final = frozenset(build.KINDS)


def _day(flow: Flow, stores: Stores | None, may: frozenset[str], *, medical: bool = True) -> Board:
    sections = build.people(flow, _ON, may, medical=medical)
    if stores is not None:
        sections += build_stores.sections(stores, _ON, may)
    return Board(TITLE, build.lead(flow, stores, _ON, medical=medical), sections)


def _sheet(error: Label | None = None) -> Sheet:
    return Sheet(
        Label("登记进所人次", "Others coming in"),
        Label("只登人次，不登姓名。", "Counts only, nobody’s name."),
        "#",
        (NUMBER, Label("哪类人", "Who"), Label("进所人次", "Came in")),
        tuple(
            Line(
                str(n),
                label,
                "",
                (
                    Box(
                        f"{sort}_came",
                        Label(f"进所人次：{label.zh}", f"Came in: {label.en}"),
                        value="多" if error and n == 1 else "",
                        error=error if error and n == 1 else "",
                    ),
                ),
            )
            for n, (sort, label) in enumerate(SORTS.items(), 1)
        ),
        (),
        Button(SAVE, look="primary"),
        Button(CANCEL, href="#", look="link"),
        Label("三类人", "Three sorts"),
        crumbs(),
        summary=ErrorSummary((Fault(error, "f-staff_came"),)) if error else None,
    )


STATES: Final = (
    State("day", Label("有人过期、有物资短缺", "Somebody over their day, supplies short"),
          _day(_FLOW, _FULL, _MAY)),
    State("quiet", Label("什么也没有", "Nothing at all"), _day(Flow((), ()), _NOTHING, _MAY)),
    State(
        "brigade",
        Label("大队民警：只看本大队的人", "A brigade officer: the brigade’s people only"),
        _day(
            replace(_FLOW, unscreened=None), None,
            frozenset({"health_observation", "health_observation_end"}), medical=False,
        ),
    ),
    State("entries", Label("登记进所人次", "Counting who came in"), _sheet()),
    State(
        "wrong",
        Label("人次有误", "A wrong count"),
        _sheet(Label("工作人员，进所人次：“多”不是人次", "Staff, came in: “多” is no count")),
    ),
)  # fmt: skip
