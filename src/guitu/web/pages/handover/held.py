"""Files that another system sent and this one could not take in: who sent what to whom, why it is held, and
what helps. Nothing of the person is known here; the other system sends it again until it is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse

from guitu import access
from guitu.exchange.handover import held as store
from guitu.exchange.handover.held import Note
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.store.read import lines_of_files
from guitu.store.units import Unit, tree
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.empty.component import Empty
from guitu.web.components.pager.component import SIZES, paged
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Board, Section
from guitu.web.noted import noted, noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.handover import build, words
from guitu.web.pages.people.view import findable
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.who import Who

PATH: Final = "/handover/held/"
TITLE: Final = Label("暂存的移交", "Hand-overs held")
HELPS: Final = {
    "same_person": Label(
        "同一号码在本系统已有档案。与对方核对是不是同一人；号码登记错的一方更正，再次送来时即可收下。",
        "The number has a file here already. Settle with the other whether it is one person; whoever has it"
        " wrong corrects it, and it is taken in when it comes again.",
    ),
    "unknown_kind": Label(
        "对方的版本较新。更新本系统后，再次送来时即可收下。",
        "The other system is newer. Update this one, and it is taken in when it comes again.",
    ),
    "not_given": Label(
        "请对方先登记“移交”给本系统的单位，再送来。",
        "Have the other record that it is handed over to a unit of this system, then send it.",
    ),
    "not_accepted": Label(
        "按原因处理：缺单位的先建立，时钟不准的先校准；再次送来时即可收下。",
        "Do what the reason says: make the unit that is missing, set the clock; it is taken in when it comes"
        " again.",
    ),
}


def here(reader: Who, root: Unit) -> tuple[Note, ...]:
    """What is held for units of the reader's area; what names none, for who stands above all."""
    if not access.may_see_page(reader.actor, "handover_held").allowed:
        return ()
    units = tree()

    def concerns(note: Note) -> bool:
        unit = units.get(note.unit)
        return units.within(unit, root) if unit is not None else root.depth == 1

    return tuple(note for note in store.notes() if concerns(note))


def link(reader: Who, root: Unit) -> Button | None:
    """The way from the board; None where nothing is held."""
    count = len(here(reader, root))
    label = Label(f"其他系统送来、暂存 {count} 份", f"{count} from other systems are held")
    return Button(label, PATH) if count else None


@shows("handover_held")
def held(request: HttpRequest) -> HttpResponse:
    """The list."""
    area = Area(request)
    found = here(area.reader, area.unit)
    numbers = [note.other for note in found if note.other]
    known = findable(area.reader, lines_of_files(numbers))
    if known:
        noted_list(request, "list", known, area.unit, "handover held")
    else:
        noted(request, "list", (), detail=f"handover held {area.unit.code}")
    cases = {line.no: line.case_no for line in known}
    at = whole(request.GET.get("page"), 1), size_of(request.GET)
    return show(request, board(area.unit.name, found, cases, *at))


def board(
    office: str, found: Sequence[Note], cases: dict[int, str], page: int = 1, size: int = SIZES[0]
) -> Board:
    """The page. `cases` are the numbers of files here that the reader may find."""
    some, pager = paged(found, page, size, (), PATH)
    table = Table(
        TITLE,
        (
            Column(Label("对方系统的编号", "Number there"), phone="lead"),
            Column(Label("送给", "Sent to")),
            Column(Label("为什么暂存", "Why it is held")),
            Column(Label("怎么办", "What helps")),
            Column(Label("来过", "Came")),
            Column(Label("本系统的档案", "The file here"), phone="act"),
        ),
        tuple(_row(note, cases.get(note.other, "")) for note in some),
        (Label(f"共 {len(found)} 份", f"{len(found)} files"), *pager.spans),
        pager=pager,
        id="held-list",
    )
    empty = Empty(
        Label("没有暂存的。对方送来的都收下了。", "Nothing is held: whatever came was taken in."),
        (Button(Label("回到移交", "Back to hand-overs"), build.PATH),),
    )
    return Board(
        Label(f"{TITLE.zh} · {office}", f"{TITLE.en} · {office}"),
        Label(f"等人处理 {len(found)} 份", f"{len(found)} to be looked at"),
        (
            Section(
                "all", Label("全部", "All"), table if found else None, empty=None if found else empty,
                says=(NOTHING_LOST,) if found else (),
            ),
        ),
        crumbs=Crumbs((Crumb(words.TITLE, build.PATH), Crumb(TITLE))),
    )  # fmt: skip


NOTHING_LOST: Final = Label(
    "暂存的没有写入任何档案，也没有丢：对方系统每次交换都会再送，收下之前由移交单位负责。",
    "What is held was written into no file and is not lost: the other system sends it again at every"
    " exchange, and until it is taken in the sender answers for the person.",
)


def _row(note: Note, case_no: str) -> Row:
    unit = tree().get(note.unit) if note.unit else None
    act: Cell | str = "—"
    if case_no:
        where = addresses.file(case_no)
        act = Cell(part=Button(Label("打开档案", "Open it"), where, "small", describes=case_no))
    return Row(
        (
            Cell(note.case_no or "—", sub=note.peer),
            unit.name if unit is not None else "—",
            note.reason,
            HELPS[note.code],
            Cell(
                Label(f"{note.times} 次", f"{note.times} times"),
                sub=Label(f"最近 {_day(note.last)}", f"last on {_day(note.last)}"),
            ),
            act,
        )
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
