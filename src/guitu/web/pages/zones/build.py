"""Makes the page of the zones from a board. What is said of lengths is the centre's own plan, never law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from guitu.casefile import Entry
from guitu.centre.zones import NAMES, Zone
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.centre.zone_board import DAYS, NOWHERE, Board, Part, Placed
from guitu.store.read import PersonLine
from guitu.store.units import tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.components.table.component import Cell, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses
from guitu.web.pages.today.choices import address
from guitu.web.pages.zones.page import (
    FLOW_COLUMNS,
    PEOPLE,
    UNPLANNED,
    Lane,
    Person,
    ZonesPage,
    tabs,
)

PATH: Final = "/zones/"
IN_A_LANE: Final = 25
PARTS: Final[Mapping[Part, Label]] = {
    "long": Label("超过本所时限", "Beyond the centre's length"),
    "unexplained": Label("其中没有说明", "of these not explained"),
    "ready": Label("可以流转", "Ready to move"),
    "short": Label("不满最短天数", "Below the shortest"),
}
UNPLACED: Final = Label("未分区", "In no zone")


class Asked:
    """What the reader asked to see."""

    def __init__(
        self, unit: str, zone: str, part: Part, *, board: bool, page: int, size: int = SIZES[0]
    ) -> None:
        self.unit, self.zone, self.part, self.board = unit, zone, part, board
        self.page, self.size = page, size

    def pairs(self, **changes: str) -> tuple[tuple[str, str], ...]:
        """The choices of the address, some changed."""
        now = {
            "unit": self.unit, "zone": self.zone, "part": self.part if self.part != "all" else "",
            "view": "board" if self.board else "",
        } | changes  # fmt: skip
        return tuple((k, v) for k, v in now.items() if v)

    def href(self, **changes: str) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(PATH, self.pairs(**changes), self.size)


def page(
    board: Board,
    asked: Asked,
    shown: Iterable[tuple[Placed, PersonLine]],
    reviews: Mapping[UUID, Entry],
    may: frozenset[str],
    setting: str,
) -> ZonesPage:
    """The page. `shown` are the people that are named on it, `reviews` their reviews opened, `may` the kinds
    that the reader records here; `setting` is where the plan is recorded, if the reader may."""
    long, unexplained = (len(board.those(part=p)) for p in ("long", "unexplained"))
    lead = Label(f"在所 {len(board.people)} 人", f"{len(board.people)} people")
    if board.plan.since is not None:
        lead = Label(
            f"{lead.zh} · 超过本所时限 {long} 人，其中 {unexplained} 人没有说明",
            f"{lead.en} · {long} beyond the centre's length, {unexplained} of them not explained",
        )
    pairs = list(shown)
    return ZonesPage(
        board.unit.name,
        lead,
        _flow(board, asked),
        tabs(asked.board, asked.href(view=""), asked.href(view="board")),
        _filters(board, asked),
        None if asked.board else _table(board, asked, pairs, reviews, may),
        _lanes(board, asked, pairs) if asked.board else (),
        _notices(board, setting),
        tuple((z.label, z.criteria) for z in board.plan.zones if z.criteria),
    )


def listed(board: Board, asked: Asked) -> tuple[Placed, ...]:
    """The people that are named on the page that is asked for."""
    if not asked.board:
        return tuple(_page_of(board, asked)[0])
    names = [asked.zone] if asked.zone else board.names
    return tuple(p for name in names for p in board.those(name, asked.part)[:IN_A_LANE])


def _page_of(board: Board, asked: Asked) -> tuple[Sequence[Placed], Pager]:
    return paged(board.those(asked.zone, asked.part), asked.page, asked.size, asked.pairs(), PATH)


def _notices(board: Board, setting: str) -> tuple[Notice, ...]:
    if board.plan.since is None:
        act = (Button(Label("设置四区", "Set up the zones"), href=setting),) if setting else ()
        return (Notice("info", UNPLANNED, actions=act),)
    basis = board.plan.basis
    since = board.plan.since.isoformat()
    text = Label(f"按本所 {since} 起的四区设置", f"By the centre's plan in force from {since}")
    if basis:
        text = Label(f"{text.zh}（{basis}）", f"{text.en} ({basis})")
    act = (Button(Label("改设置", "Change it"), href=setting, look="link"),) if setting else ()
    return (
        Notice(
            "info", text, Label("时限是本所的，不是法律规定。", "Lengths are the centre's, not law."), act
        ),
    )


def length(zone: Zone) -> Label:
    """A zone's lengths in words."""
    low, high = zone.shortest, zone.longest
    if low is not None and high is not None:
        return Label(f"{low}–{high} 天", f"{low}–{high} days")
    if low is not None:
        return Label(f"至少 {low} 天", f"at least {low} days")
    if high is not None:
        return Label(f"至多 {high} 天", f"at most {high} days")
    return Label("没有设置", "Not set")


def name_of(board: Board, zone: str) -> Label:
    """A zone's name at this centre."""
    return UNPLACED if zone == NOWHERE else board.plan.zone(zone).label


def _flow(board: Board, asked: Asked) -> Table:
    rows = []
    for name in (*board.names, *((NOWHERE,) if board.those(NOWHERE) else ())):
        n = len(board.those(name))
        middle = board.middles.get(name)
        flows = [board.flows[days].get(name) for days in DAYS]
        rows.append(
            Row(
                (
                    Cell(name_of(board, name), strong=True),
                    Cell(str(n), asked.href(zone=name, part="", view="")) if n else "0",
                    "—" if middle is None else str(middle),
                    length(board.plan.zone(name)) if name != NOWHERE else "—",
                    *(str(x) for f in flows for x in ((f.into, f.out, f.back) if f else ("—",) * 3)),
                )
            )
        )
    return Table(Label("各区人数与流动", "People and flow by zone"), FLOW_COLUMNS, tuple(rows), id="flow")


def _filters(board: Board, asked: Asked) -> Filters:
    zones = [
        Chip(
            name_of(board, name),
            asked.href(zone="" if asked.zone == name else name),
            len(board.those(name, asked.part)),
            here=asked.zone == name,
        )
        for name in (*board.names, *((NOWHERE,) if board.those(NOWHERE) else ()))
    ]
    parts = [
        Chip(
            label,
            asked.href(part="" if asked.part == part else part),
            len(board.those(asked.zone, part)),
            here=asked.part == part,
            kind="gap" if part == "unexplained" else "",
        )
        for part, label in PARTS.items()
    ]
    groups = [Group(Label("分区", "Zone"), tuple(zones)), Group(Label("情况", "Which"), tuple(parts))]
    below = tree().children(board.unit)
    if below:
        groups.append(
            Group(
                Label("大队", "Brigade"),
                tuple(Chip(unit.name, asked.href(unit=unit.code)) for unit in below),
                folded=True,
            )
        )
    chosen = [
        Chip(name_of(board, asked.zone), asked.href(zone=""))
        for _ in ("",) if asked.zone
    ] + [Chip(PARTS[asked.part], asked.href(part="")) for _ in ("",) if asked.part != "all"]  # fmt: skip
    clear = asked.href(zone="", part="") if chosen else ""
    return Filters(tuple(groups), tuple(chosen), clear, Label("筛选人员", "Filter people"))


def word(placed: Placed, zone: Zone) -> Word:
    """How somebody's days stand beside the centre's length."""
    here = placed.position
    if here is None:
        return Word("gap", Label("没有流转记录", "No movement recorded"))
    if here.standing == "long" and zone.longest is not None:
        over = here.days - zone.longest
        if here.explained:
            return Word("open", Label(f"超过 {over} 天，已说明", f"{over} days over, explained"))
        return Word("gap", Label(f"超过 {over} 天，没有说明", f"{over} days over, not explained"))
    if here.standing == "short" and zone.shortest is not None:
        left = zone.shortest - here.days
        return Word("open", Label(f"还差 {left} 天", f"{left} days short"))
    if here.standing == "within":
        return Word("open", Label("在时限内", "Within it"))
    return Word("open", Label("没有设置", "Not set"))


def _review(placed: Placed, board: Board, reviews: Mapping[UUID, Entry]) -> Cell | str:
    found = placed.position.review if placed.position else None
    if found is None:
        return "—"
    outcome = kinds()["zone_review"].ask("outcome").choice(found.outcome)
    said = outcome.label if outcome else Label(found.outcome, found.outcome)
    day = found.on.isoformat()
    if found.to_zone:
        to = name_of(board, found.to_zone)
        said = Label(f"{said.zh}（{to.zh}）", f"{said.en} ({to.en})")
    opened = reviews.get(found.entry) if found.entry is not None else None
    why = str(opened.get("reasons") or "") if opened is not None else ""
    return Cell(Label(f"{day} {said.zh}", f"{day} {said.en}"), sub=why)


def _act(placed: Placed, case_no: str, may: frozenset[str]) -> Cell | str:
    here = placed.position
    if here is not None and here.ready and here.review is not None and "zone_move" in may:
        query = (("zone", here.review.to_zone),) if here.review.to_zone else ()
        href = addresses.record(case_no, "zone_move", query)
        return Cell(part=Button(Label("登记流转", "Record the movement"), href=href, look="small"))
    if here is None and "zone_move" in may:
        href = addresses.record(case_no, "zone_move")
        return Cell(part=Button(Label("登记分区", "Record the zone"), href=href, look="small"))
    if here is not None and "zone_review" in may:
        href = addresses.record(case_no, "zone_review", (("from_zone", here.zone),))
        return Cell(part=Button(Label("登记评估", "Record a review"), href=href, look="small"))
    return ""


def _brigade(board: Board, line: PersonLine) -> str:
    """The brigade without the name of the centre, which stands above the page."""
    centre = board.centre.name if board.centre else ""
    return line.unit_name.removeprefix(centre) or line.unit_name or "—"


def _table(
    board: Board,
    asked: Asked,
    shown: list[tuple[Placed, PersonLine]],
    reviews: Mapping[UUID, Entry],
    may: frozenset[str],
) -> Table:
    rows = tuple(
        Row(
            (
                Cell(line.name or line.case_no, addresses.file(line.case_no)),
                name_of(board, placed.zone),
                _brigade(board, line),
                placed.position.since.isoformat() if placed.position else "—",
                str(placed.position.days) if placed.position else "—",
                Cell(part=word(placed, board.plan.zone(placed.zone))),
                _review(placed, board, reviews),
                _act(placed, line.case_no, may),
            ),
            line.case_no,
        )
        for placed, line in shown
    )
    pager = _page_of(board, asked)[1]
    total = pager.total
    counts: tuple[Text, ...] = (
        Label(f"共 {total} 人", f"{total} people"),
        Label("待办的在前，再按在区天数", "to be done first, then by days in the zone"),
        *pager.spans,
    )
    empty = Empty(Label("没有符合条件的人。", "Nobody fits.")) if not total else None
    return Table(Label("人员", "People"), PEOPLE, rows, counts, pager, empty, named_above=True)


def _lanes(board: Board, asked: Asked, shown: list[tuple[Placed, PersonLine]]) -> tuple[Lane, ...]:
    lanes = []
    for name in [asked.zone] if asked.zone else board.names:
        total = len(board.those(name, asked.part))
        some = [(p, line) for p, line in shown if p.zone == name]
        people = tuple(
            Person(
                line.name or line.case_no,
                addresses.file(line.case_no),
                Label(f"{p.position.days} 天", f"{p.position.days} days") if p.position else "",
                _stands_out(p, board.plan.zone(name)),
            )
            for p, line in some
        )
        left = total - len(people)
        more = Label(f"另有 {left} 人", f"{left} more") if left else ""
        zone = board.plan.zone(name)
        lanes.append(
            Lane(
                name if name in NAMES else NOWHERE,
                name_of(board, name),
                str(total),
                length(zone) if zone.shortest or zone.longest else "",
                people,
                more,
                asked.href(zone=name, view="") if left else "",
            )
        )
    return tuple(lanes)


def _stands_out(placed: Placed, zone: Zone) -> Word | None:
    here = placed.position
    if here is not None and here.ready:
        return Word("open", Label("可以流转", "Ready to move"))
    return word(placed, zone) if here is None or here.standing == "long" else None
