"""Wards: who lies where and why, what is free, who has no bed; and giving one person a bed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.beds import Place, Resident, Room, Ward
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.web.component import State, Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field
from guitu.web.components.identity.component import Identity
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Table
from guitu.web.components.tabs.component import Tab, Tabs
from guitu.web.pages.wards import build
from guitu.web.pages.wards.build import Lying, WardShown


@dataclass(frozen=True, slots=True)
class WardsPage:
    """All wards in one table, then those of one unit room by room, then who has no bed."""

    lead: Text
    overview: Table | None
    tabs: Tabs | None
    wards: tuple[WardShown, ...]
    no_bed: Table | None
    acts: tuple[Button, ...] = ()
    empty: Empty | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = Label("床位", "Wards")  # noqa: RUF009 - Label is frozen

    @property
    def no_bed_heading(self) -> Label:
        """What stands above those without a bed."""
        return Label("没有床位", "Without a bed")


@dataclass(frozen=True, slots=True)
class BedPage:
    """One person's bed: where they lie, where they have lain, and giving another."""

    TEMPLATE: ClassVar = "bed"

    identity: Identity
    lead: Text
    action: str
    fields: tuple[Field, ...]
    barred: tuple[Label, ...]
    hidden: tuple[tuple[str, str], ...]
    save: Button
    back: Button
    history: Table | None
    against: tuple[Label, ...] = ()
    why_not: Text = ""
    summary: ErrorSummary | None = None
    notices: tuple[Notice, ...] = ()
    title: Label = Label("安排床位", "Give a bed")  # noqa: RUF009 - Label is frozen


# ── states ────────────────────────────────────────────────────────────────────────────────────────

_ON: Final = date(2026, 11, 23)
_UNIT: Final = "46J0101"
_WARDS: Final = (
    Ward(_UNIT, "一区", "male", "ordinary", rooms=(Room("101", 2), Room("102", 4))),
    Ward(_UNIT, "隔离区", "male", "isolation", rooms=(Room("901", 1),)),
)
_NAMES: Final = {_UNIT: "一大队"}


def _lies(name: str, room: str, bed: int | None, ward: str = "一区", advice: str = "ordinary") -> Lying:
    place = Place(_UNIT, ward, room, bed, date(2026, 10, 8), "entry") if room else None
    return Lying(
        name,
        f"46J01-2026-000{len(name)}{bed or 0}",
        Resident("male", date(1990, 1, 1), advice),
        place,
        "一大队",
    )


_LYING: Final = (
    _lies("符某某", "101", 1),
    _lies("王某某", "101", 2, advice="isolation"),
    _lies("陈某", "102", None),
    _lies("林某某某", "", None, advice="illness"),
)
_TABS: Final = Tabs(
    (Tab(Label("一大队", "First brigade"), "#", here=True), Tab(Label("二大队", "Second brigade"), "#")),
    Label("大队", "Brigades"),
)
_FREE: Final = build.free_beds(
    Resident("male", date(1990, 1, 1)), _WARDS, [one.place for one in _LYING], _NAMES, _ON
)
_HISTORY: Final = build.history(
    [
        Entry(
            id=UUID(int=3), file=UUID(int=9), kind="bed_placed", happened_on=date(2026, 10, 8),
            recorded_at=datetime(2026, 10, 8, 10, tzinfo=CHINA), author="lin", unit=_UNIT,
            fields={"unit": _UNIT, "ward": "一区", "room": "101", "bed": 1, "why": "entry"},
        )
    ]
)  # fmt: skip


def _wards(lying: tuple[Lying, ...]) -> WardsPage:
    return WardsPage(
        lead=Label(
            "一大队：床位 7 张，在住 3 人，没有床位 1 人", "First brigade: 7 beds, 3 people, 1 without a bed"
        ),
        overview=build.overview({_UNIT: _WARDS}, _NAMES, lying),
        tabs=_TABS,
        wards=build.plan(_WARDS, lying, _ON),
        no_bed=build.no_bed(lying),
        acts=(
            Button(Label("设置病区", "Set up a ward"), href="#"),
            Button(Label("设置房间床位", "Rooms and beds"), href="#"),
        ),
    )


def _bed(**more: object) -> BedPage:
    page = BedPage(
        identity=Identity("符某某", (Label("男 36 岁", "Male, 36"),)),
        lead=Label("现住 一区 101 1 床，2026-10-08 起", "Now in 一区 101 bed 1, since 2026-10-08"),
        action="#",
        fields=build.fields(_FREE, {"happened_on": "2026-11-23"}, {}, head=False),
        barred=(),
        hidden=(),
        save=Button(Label("安排床位", "Give the bed"), look="primary"),
        back=Button(Label("回到床位", "Back to the wards"), href="#", look="link"),
        history=_HISTORY,
    )
    return replace(page, **more)  # type: ignore[arg-type]


_FULL: Final = Label(
    "没有医生意见要求隔离（《禁毒法》第44条）", "No doctor advises isolation (Anti-Drug Law, art. 44)"
)

STATES: Final = (
    State("usual", Label("有人住、有人没有床位", "Some lie here, one has no bed"), _wards(_LYING)),
    State(
        "empty",
        Label("还没有设置病区", "No ward yet"),
        WardsPage(
            Label("还没有设置病区", "No ward has been set up"), None, None, (), None,
            empty=Empty(Label("先在单位档案里设置病区和房间。", "Set up wards in the unit's file first.")),
        ),
    ),
    State("bed", Label("安排床位", "Giving a bed"), _bed()),
    State(
        "refused",
        Label("不能这样安排", "Refused"),
        _bed(
            summary=ErrorSummary((Fault(_FULL, "f-place"),)),
            fields=build.fields(_FREE, {"happened_on": "2026-11-23"}, {"place": _FULL}, head=True),
            barred=(Label("4 张空床不可选：这是女病区", "4 free beds are barred: a women's ward"),),
        ),
    ),
    State(
        "against",
        Label("现住处与意见不一致，岗位不安排", "Against advice; a post that gives no beds"),
        _bed(
            against=(Label("医生意见是隔离，这不是隔离病区", "A doctor advises isolation; this is none"),),
            why_not=Label("您的岗位不安排床位", "Your post gives no beds"),
            fields=(),
        ),
    ),
)  # fmt: skip
