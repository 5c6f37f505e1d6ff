"""Calling the roll: everybody is present who is not marked. Recording who was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guitu.centre import roll as rolling
from guitu.centre import timetable
from guitu.centre.roll import LABELS, MARKS, OUT_LABELS
from guitu.centre.times import clock, minutes_of
from guitu.compose import kinds
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import names
from guitu.store.centre import brigade, rolls
from guitu.store.centre.brigade import Member
from guitu.store.centre.rolls import AlreadyHeld
from guitu.store.gate import NotAllowed
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, Option
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.fresh import source_of
from guitu.web.noted import noted_write
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.daily.day_build import HIDDEN_WHY
from guitu.web.pages.daily.desk import Desk
from guitu.web.pages.daily.shown import Line, LinesPage
from guitu.web.unchanged import while_unchanged

TYPED: Final = "marks"
PLACE: Final = "place"
WORK: Final = "work"
PRESENT: Final = Label("在位", "Present")
AWAY: Final = Label("外出", "Out")
ELSEWHERE: Final = Label("在别处", "Elsewhere")
OPTIONS: Final = (
    Option("", PRESENT),
    *(Option(name, label) for name, label in LABELS.items()),
)
KEYS: Final = tuple((key, LABELS[name]) for key, name in MARKS.items())
HINT: Final = Label(
    "只写例外，空格隔开：首字母加键 wxm1，或者序号、点、键 35.4。回车保存。",
    "Exceptions only, with blanks between: initials and key, wxm1; or number, point, key, 35.4. Enter saves.",
)


@shows("daily")
@while_unchanged(minutely=True)
def roll(request: HttpRequest, code: str) -> HttpResponse:
    """The list, and saving it."""
    desk = Desk(request, code)
    asked = request.POST if request.method == "POST" else request.GET
    at = minutes_of(asked.get("at", ""))
    at = desk.minute if at is None else at
    members = desk.members()
    where = _around(desk).elsewhere(members, at, at_work=asked_at_work(desk))
    if not desk.may("roll_call"):
        return HttpResponseRedirect(desk.href())
    if request.method != "POST":
        desk.note(members, "roll")
        return show(request, _page(desk, members, at, where))
    shown = asked.get("list", "")
    chosen = {m.no: asked.get(f"p{m.no}", "") for m in members}
    marked = {no: mark for no, mark in chosen.items() if mark in LABELS}
    typed, faults = rolling.marks(asked.get(TYPED, ""), [m.somebody for m in members], names.normalised)
    marked |= typed
    found = [Fault(text, f"f-{TYPED}") for text in faults]
    if shown != _list(members):
        found.append(
            Fault(
                Label(
                    "名单在您点名时变了，请核对后再保存。",
                    "The list changed while you called the roll: look again, then save.",
                )
            )
        )
    if found:
        desk.note(members, "roll")
        page = _page(desk, members, at, where, marked, asked.get(TYPED, ""), tuple(found))
        return show(request, page, status=422)
    try:
        rolls.save(
            desk.unit,
            desk.file,
            desk.today,
            at,
            members,
            marked,
            actor=desk.actor,
            office=desk.office,
            now=desk.now,
            elsewhere=where,
            source=source_of(request),
        )
    except AlreadyHeld as held:
        desk.note(members, "roll")
        return show(request, _held(desk, members, at, where, held), status=409)
    except NotAllowed as refused:
        return show(
            request,
            _page(desk, members, at, where, marked, asked.get(TYPED, ""), (Fault(refused.label),)),
            status=403,
        )
    except GuituError as refused:
        page = _page(desk, members, at, where, marked, asked.get(TYPED, ""), (Fault(refused.label),))
        return show(request, page, status=422)
    for member in members:
        if member.no in marked:
            noted_write(
                request, member.no, rolls.roll_id(desk.unit, desk.today, at), "roll_exception", desk.unit.path
            )
    return HttpResponseRedirect(desk.href("", saved="roll_call"))


def asked_at_work(desk: Desk) -> bool:
    """Whether the roll is called where the brigade works: then those at work are there."""
    asked = desk.request.POST if desk.request.method == "POST" else desk.request.GET
    return asked.get(PLACE) == WORK


def _around(desk: Desk) -> brigade.Around:
    version = timetable.in_force(desk.file.counted(), desk.today)
    slots = version.of(rolls.sort_of(desk.today)[0]) if version else ()
    return brigade.around(desk.unit, desk.today, slots)


def _list(members: Sequence[Member]) -> str:
    """Who stood in the list, in its order: the numbers that were typed are places in it."""
    return "-".join(str(m.no) for m in members)


def _page(
    desk: Desk,
    members: Sequence[Member],
    at: int,
    where: Mapping[int, Label],
    marked: Mapping[int, str] | None = None,
    typed: str = "",
    faults: tuple[Fault, ...] = (),
    notices: tuple[Notice, ...] = (),
) -> LinesPage:
    marked = marked or {}
    out = sum(1 for m in members if m.out)
    at_work = asked_at_work(desk)
    error: Label | str = ""
    for fault in faults:
        if fault.box and isinstance(fault.text, Label):
            error = fault.text
            break
    return LinesPage(
        desk.title(Label(f"点名 {clock(at)}", f"Roll, {clock(at)}")),
        Label(
            f"在册 {len(members)} 人，已登记外出 {out} 人，在所内别处 {len(where)} 人。"
            "没有写的：外出、在别处的照登记，其余都算在位。",
            f"{len(members)} on the list, {out} out, {len(where)} elsewhere in the centre."
            " Whoever is not named is where the records say, or else present.",
        ),
        desk.href("roll"),
        tuple(_line(m, marked.get(m.no, ""), where.get(m.no)) for m in members),
        OPTIONS,
        Button(Label("保存点名", "Save the roll"), look="primary"),
        Button(Label("取消", "Cancel"), href=desk.href(), look="link"),
        Label(f"{desk.unit.name} {len(members)} 人", f"{desk.unit.name}, {len(members)} people"),
        Label("点名情况", "At the roll"),
        (("at", clock(at)), ("list", _list(members)), *(((PLACE, WORK),) if at_work else ())),
        Field(
            TYPED, Label("例外", "Exceptions"), value=typed, hint=HINT, error=error, focus=True, optional=True
        ),
        KEYS,
        notices=notices,
        summary=ErrorSummary(faults) if faults else None,
    )


def _line(member: Member, choice: str, where: Label | None = None) -> Line:
    state, note = None, where
    if where is not None:
        state = Word("open", ELSEWHERE)
    if member.out is not None:
        state = Word("barred", AWAY)
        note = OUT_LABELS[member.why.kind] if member.why else HIDDEN_WHY
    elif member.missing is not None:
        state = Word("late", Label("不明", "Missing"))
    return Line(
        member.number,
        member.line.name,
        addresses.file(member.line.case_no),
        " ".join(member.somebody.keys),
        state,
        note or "",
        choice,
        box=str(member.no),
        usual=AWAY if member.out is not None else ELSEWHERE if where is not None else "",
    )


def _held(
    desk: Desk, members: Sequence[Member], at: int, where: Mapping[int, Label], held: AlreadyHeld
) -> LinesPage:
    acts: tuple[Button, ...] = (Button(Label("回到今日", "Back to the day"), href=desk.href(), look="small"),)
    if held.there is not None:
        correct = f"/units/{desk.unit.code}/file/correct/{held.there.id}/"
        acts = (Button(Label("更正那次点名", "Correct that roll"), href=correct, look="small"), *acts)
    notice = Notice("fault", held.label, "", acts)
    return _page(desk, members, at, where, notices=(notice,))


@shows("daily")
def found(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever a roll missed, and who of them was found."""
    desk = Desk(request, code)
    members = [m for m in desk.members() if m.missing is not None]
    if not members or not desk.may("roll_exception"):
        return HttpResponseRedirect(desk.href())
    if request.method == "POST":
        for member in members:
            if request.POST.get(f"p{member.no}") == "found":
                entry = rolls.found_again(
                    member, desk.today, desk.minute, actor=desk.actor, office=desk.office, now=desk.now
                )
                noted_write(request, member.no, entry.id, entry.kind, desk.unit.path)
        return HttpResponseRedirect(desk.href("", saved="roll_exception"))
    desk.note(members, "found")
    label = next(c.label for c in kinds()["roll_exception"].ask("what").choices if c.value == "found")
    page = LinesPage(
        desk.title(Label("已找到", "Found")),
        Label(
            "找到的人逐个选“已找到”，其他的仍为不明。",
            "Choose “found” for each who was; the others stay missing.",
        ),
        desk.href("found"),
        tuple(_line(m, "") for m in members),
        (Option("", Label("仍不明", "Still missing")), Option("found", label)),
        Button(Label("保存", "Save"), look="primary"),
        Button(Label("取消", "Cancel"), href=desk.href(), look="link"),
        Label(f"{len(members)} 人", f"{len(members)} people"),
        Label("情况", "State"),
    )
    return show(request, page)
