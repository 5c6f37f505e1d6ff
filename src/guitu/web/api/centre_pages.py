"""Sheets, recorded through their pages like the other kinds of a unit's file (`own_pages`): of a centre the
day of a brigade, classes and training, patrol, and what is kept against infection; of any unit checklists.

Where a sheet has a line for each person, only the exceptions are sent, one a line: `case number=what`. Whom
the page would not list is not taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from guitu.casefile import Entry, Kind
from guitu.casefile.protocol import Receipt
from guitu.centre import classes, exercise, times
from guitu.centre import roll as rolling
from guitu.kernel.labels import Label
from guitu.store import read, unitfiles
from guitu.store.centre import brigade, learning, rolls, safety
from guitu.store.centre.stays import centre_of
from guitu.store.centre.training import trainees
from guitu.store.levels import checklists
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THERE, id_in, see_today, told_faults
from guitu.web.api.through import through
from guitu.web.inside.asked import Inside, derived
from guitu.web.noted import noted
from guitu.web.pages.epidemic.entries import BOXES as COUNTED
from guitu.web.pages.epidemic.words import SORTS
from guitu.web.who import Who

Fields = Mapping[str, str]
Boxes = dict[str, str | list[str]]

DAY: Final = "happened_on"
NOT_SENT: Final = Label("“{name}”由页面得出，不填。", "“{name}” is worked out by the page: leave it out.")
MISSING: Final = Label("缺少“{name}”。", "“{name}” is missing.")
WHERE: Final = Label(
    "这一项登记在办理人岗位所在单位的档案里：{code}",
    "This is recorded in the file of the unit in which the post works: {code}",
)
FILLED: Final = Label("这一期的表已经填过。", "The sheet of this period is there already.")
WALKED: Final = Label(
    "巡查要走到一处、扫一处，时间由页面当时记下；一次填报等于登记没有走过的巡查。",
    "Walked from checkpoint to checkpoint, each scanned there and timed by its page: sent in one call, a"
    " round nobody walked could stand recorded.",
)
"""Why a round of a patrol stays a page."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: who sends what about which unit, and the day it is about."""

    request: HttpRequest
    reader: Who
    unit: Unit
    sent: Fields
    on: date

    @property
    def inside(self) -> Inside:
        """The same as the pages of a centre see it."""
        return Inside(self.request, self.reader, self.unit, clock.now())


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a kind: the name of its address and what stands in that; what may be `sent` and what has to
    be (`must`); `rows` fills in a box for each line of the answer named `row`. `today`: the page writes
    today's day only. `home` says in whose file the page writes, where its address does not. `stored` gives
    the id that the entry has, where that is not the one sent, and `same` says whether the entry of that id
    says what is sent: then its page is not asked. `shapes` are answers that are no question of the kind."""

    name: str
    args: Callable[[Call, str], tuple[Any, ...]]
    sent: tuple[str, ...]
    must: tuple[str, ...]
    today: bool = False
    home: Callable[[Who], Unit | None] | None = None
    rows: Callable[[Call], Boxes] | None = None
    row: str = ""
    stored: Callable[[Call, UUID], UUID] | None = None
    same: Callable[[Call, UUID], bool] | None = None
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


# ── where a page writes ───────────────────────────────────────────────────────────────────────────


def _nothing(_call: Call, _kind: str) -> tuple[Any, ...]:
    return ()


def _code(call: Call, _kind: str) -> tuple[Any, ...]:
    return (call.unit.code,)


def _kind_only(_call: Call, kind: str) -> tuple[Any, ...]:
    return (kind,)


def _code_and_kind(call: Call, kind: str) -> tuple[Any, ...]:
    return (call.unit.code, kind)


def _named(name: str) -> Callable[[Call, str], tuple[Any, ...]]:
    """The page of what is named by its id in that answer."""

    def args(call: Call, _kind: str) -> tuple[Any, ...]:
        return (id_in(call.sent, name),)

    return args


def _post(reader: Who) -> Unit | None:
    return tree().find(reader.post.unit) if reader.post else None


def _centre(reader: Who) -> Unit | None:
    unit = _post(reader)
    return centre_of(unit) if unit is not None else None


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────


def _wrong(name: str, said: Label) -> Refused:
    return Refused(422, "faults", said, faults=told_faults({name: said}))


def _lines(text: str, name: str, known: Mapping[str, int], may: frozenset[str]) -> dict[str, str]:
    """What is said of whom, by case number. Raises Refused for a line about nobody of the list, for a word
    that does not exist, and for two lines about one person."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        case, _, what = (part.strip() for part in line.partition("="))
        case = case.upper()
        if case not in known:
            raise _wrong(name, Label(f"名单上没有“{case[:40]}”", f"“{case[:40]}” is not on the list"))
        if what not in may:
            words = ", ".join(sorted(may))
            raise _wrong(
                name, Label(f"“{line[:60]}”读不出来：{words}", f"“{line[:60]}” cannot be read: {words}")
            )
        if case in found:
            raise _wrong(name, Label(f"“{case[:40]}”写了两次", f"“{case[:40]}” is there twice"))
        found[case] = what
    return found


ROLL_WORDS: Final = frozenset(rolling.LABELS)
ABSENCES: Final = frozenset(classes.REASONS)
SESSION_WORDS: Final = frozenset({"excused", "unexcused", "less", "stopped"})


def _called(call: Call) -> Boxes:
    """The roll: its marks, and the list as it stands if it is the list that was called. Else the page says
    that it changed."""
    members = brigade.members(call.reader.actor, call.unit, call.on, ())
    known = {m.line.case_no: m.no for m in members}
    same = Counter(call.sent.get("list", "").upper().split()) == Counter(list(known))
    marked = _lines(call.sent.get("marks", ""), "marks", known, ROLL_WORDS) if same else {}
    listed = "-".join(str(m.no) for m in members)
    return {"list": listed if same else "", **{f"p{known[case]}": what for case, what in marked.items()}}


def _absent(call: Call) -> Boxes:
    """The register of a class: who was absent, and why."""
    known = learning.catalogue(call.unit)
    slot = next((s for s in known.slots if s.id == id_in(call.sent, "slot")), None)
    if slot is None or slot.course not in known.courses:
        raise Refused(404, "not_there", NOT_THERE)
    asked = call.inside
    people = learning.members(
        known.courses[slot.course], asked.actor, asked.now, call.on, granted=asked.reader.granted
    )
    numbers = {m.person.case_no: m.person.no for m in people}
    absent = _lines(call.sent.get("absent", ""), "absent", numbers, ABSENCES)
    return {"absent": "", "on": call.on.isoformat(), **{f"p{numbers[c]}": why for c, why in absent.items()}}


def _trained(call: Call) -> Boxes:
    """A session: who did not train as planned, and how hard it was for whom said so."""
    asked = call.inside
    group = asked.brigade(call.sent.get("group", ""))
    if group is None:
        raise Refused(404, "not_there", NOT_THERE)
    people = [t for t in trainees(asked.residents(exercise.KINDS, group)) if t.cleared(call.on)]
    numbers = {t.person.case_no: t.person.no for t in people}
    what = _lines(call.sent.get("marks", ""), "marks", numbers, SESSION_WORDS)
    said = call.sent.get("exertion", "")
    hard = _lines(said, "exertion", numbers, frozenset(map(str, range(6, 21))))
    return {
        "brigade": group.code,
        **{f"p{numbers[case]}": value for case, value in what.items()},
        **{f"e{numbers[case]}": value for case, value in hard.items()},
    }


def _counts(call: Call) -> Boxes:
    """The counts of one sort of people; the page has a row for each."""
    sort = call.sent.get("sort", "")
    if sort not in SORTS:
        raise _wrong("sort", Label(f"没有“{sort[:20]}”这一类", f"there is no sort “{sort[:20]}”"))
    return {f"{sort}_{box}": call.sent.get(box, "") for box in COUNTED}


def _list(call: Call, _kind: str) -> tuple[Any, ...]:
    """A checklist: the unit whose it is (the same one where none is named), and its id."""
    return (call.sent.get("at") or call.unit.code, id_in(call.sent, "checklist"))


def _ticked(call: Call) -> Boxes:
    """What was done, item by item in the words of the list: a number would tick another item of a version
    that asks otherwise."""
    wanted = id_in(call.sent, "checklist")
    made = next((one.list for one in checklists.to_fill(call.unit) if one.list.id == wanted), None)
    if made is None:
        raise Refused(404, "not_there", NOT_THERE)
    period = made.period(call.on)
    items = made.version(period).items
    boxes: Boxes = {}
    for line in filter(None, map(str.strip, call.sent.get("ticked", "").splitlines())):
        if line not in items:
            raise _wrong("ticked", Label(f"这张表没有“{line[:60]}”", f"“{line[:60]}” is not on this list"))
        boxes[f"i{items.index(line)}"] = "yes"
    if made.sheet(period) is not None:
        raise Refused(409, "other_content", FILLED)
    return boxes or {"empty": "yes"}


def _way(call: Call) -> Boxes:
    """A plan of rounds: the checkpoints on the way, by their codes."""
    hanging = set(safety.hanging(call.unit))
    points = call.sent.get("points", "").upper().split()
    for code in points:
        if code not in hanging:
            raise _wrong("points", Label(f"没有“{code[:20]}”这个巡查码", f"there is no code “{code[:20]}”"))
    return {f"p{code}": "yes" for code in points}


# ── the kinds ─────────────────────────────────────────────────────────────────────────────────────


def _shape(zh: str, en: str, most: int = 4000) -> Mapping[str, Any]:
    return {"type": "string", "maxLength": most, "title": zh, "description": en}


def _rows(zh: str, en: str, words: frozenset[str]) -> Mapping[str, Any]:
    some = ", ".join(sorted(words))
    return _shape(zh, f"{en}: one a line, case number=what; what is one of {some}")


_COURSE: Final = ("title", "sort", "first", "hours", "teacher", "school", "capacity", "room", "until")
_CASE: Final = ("disease", "people", "sort", "found", "origin")
_SLOT: Final = ("course_id", "weekday", "starts", "ends", "room", "teacher", "since", "until")

_LIST: Final = ("name", "use", "who", "every", "items", "from_day", "until", "proof", "basis")

SHEETS: Final[Mapping[str, Sheet]] = {
    "box_opened": Sheet("daily_box", _nothing, ("opener_1", "opener_2", "papers", "unsigned"),
                        ("opener_1", "opener_2", "papers"), home=_post),
    "timetable": Sheet("daily_timetable_new", _code, ("from_day", "workdays", "rest_days", "holidays"),
                       ("from_day", "workdays"), today=True),
    "work_plan": Sheet("daily_work", _code, ("on", "hours", "what", "safety", "not_holiday"),
                       ("on", "hours", "what", "safety"), today=True),
    "roll_call": Sheet("daily_roll", _code, ("at", "list", "marks", "place"), ("at", "list"), today=True,
                       rows=_called, row="marks", stored=lambda call, _: _roll(call),
                       same=lambda call, i: _same_roll(call, i), shapes={
        "list": _shape("点到的名单：档案编号，空格隔开",
                       "Whom the roll called: the case numbers of everybody on the list, with blanks"),
        "marks": _rows("例外", "Exceptions", ROLL_WORDS),
        "place": {"enum": ["work"], "title": "在劳动现场点名", "description": "Called where they work"},
    }),
    "course": Sheet("education_new", _nothing, _COURSE, ("title", "sort", "first"), home=_centre),
    "course_slot": Sheet("education_slot", _named("course_id"), _SLOT,
                         ("course_id", "weekday", "starts", "ends"), home=_centre),
    "class_held": Sheet("education_register", _named("slot"), ("slot", "absent", "topic", "why"), ("slot",),
                        home=_centre, rows=_absent, row="absent", shapes={
        "slot": _shape("哪节课（课程表记录的编号）", "Which weekly class: the id of its entry", 36),
        "absent": _rows("缺课的人", "Who was absent", ABSENCES),
        "why": _shape("已经点过名的，更正的原因", "Why a register that is there already is corrected", 200),
    }),
    "training_session": Sheet("training_session", _nothing,
                              ("group", "starts", "minutes", "content", "marks", "exertion"),
                              ("group", "starts", "minutes"), home=_centre, rows=_trained, row="marks",
                              shapes={
        "marks": _rows("没有照计划训练的人", "Who did not train as planned", SESSION_WORDS),
        "exertion": _shape("用力程度", "Exertion: one a line, case number=a whole number from 6 to 20"),
    }),
    "checkpoint": Sheet("safety_point_new", _nothing, ("name", "place", "look"), ("name",), today=True),
    "checkpoint_closed": Sheet("safety_record", _code_and_kind, ("to", "why"), ("to", "why")),
    "patrol_plan": Sheet("safety_plan", _nothing, ("name", "times", "within", "points", "state"),
                         ("name", "times", "within", "points", "state"), today=True, rows=_way, row="points"),
    "epidemic_case": Sheet("epidemic_record", _kind_only, (*_CASE, "reported", "note"), _CASE, home=_centre),
    "epidemic_supply": Sheet("epidemic_record", _kind_only, ("name", "measure", "keep_days", "dropped"),
                             ("name", "measure"), home=_centre),
    "supply_moved": Sheet("epidemic_supply", _named("supply"), ("supply", "way", "amount", "note"),
                          ("supply", "way", "amount"), home=_centre),
    "entry_counted": Sheet("epidemic_entries", _nothing, ("sort", *COUNTED), ("sort", "came"), home=_centre,
                           rows=_counts, stored=lambda call, i: derived(i, call.sent["sort"])),
    "checklist": Sheet("checklist_new", _nothing, _LIST, ("name", "use", "who", "items")),
    "checklist_filled": Sheet("checklist_fill", _list, ("checklist", "at", "ticked", "proof", "note"),
                              ("checklist",), today=True, rows=_ticked, row="ticked", shapes={
        "at": _shape("检查表是哪个单位的", "The code of the unit whose list it is; without it this unit", 32),
        "ticked": _shape("做到的事项", "What was done: one item a line, in the words of the list"),
    }),
}  # fmt: skip
"""The kinds with sheets that a program records through their pages, and how those are filled in."""


# ── recording ─────────────────────────────────────────────────────────────────────────────────────


def fill_in(
    request: HttpRequest, reader: Who, unit: Unit, kind: Kind, typed: Fields, identifier: UUID, source: str
) -> Receipt:
    """Fill in the page's form; the receipt of what it recorded, marked as repeated where that was there
    before. Raises Refused with the page's own faults, Http404 where the page is not the reader's."""
    sheet, day = SHEETS[kind.name], typed[DAY]
    call = Call(request, reader, unit, typed, date.fromisoformat(day))
    home = sheet.home(reader) if sheet.home else unit
    if home is None or home.no != unit.no:
        raise Refused(422, "contradiction", WHERE.fill(code=home.code if home else "—"))
    _whole(sheet, typed)
    entry_id = sheet.stored(call, identifier) if sheet.stored else identifier
    there = unitfiles.receipt_of(unit, entry_id)
    if there is not None and sheet.same is not None and sheet.same(call, entry_id):
        return replace(there, repeated=True)
    if sheet.today:
        see_today(day)
    rows = sheet.rows(call) if sheet.rows else {}
    plain = {name: value for name, value in typed.items() if name != sheet.row}
    known = {"id": str(identifier), "unit": unit.code, "in": unit.code}
    answered = through(
        request, reader, kind, sheet.name, sheet.args(call, kind.name), {**plain, **rows, **known}, source
    )
    receipt = unitfiles.receipt_of(unit, entry_id)
    if receipt is None or (there is not None and answered.status != 302):
        raise _at_its_row(answered.refusal(), sheet, rows)
    noted(request, "record", (), detail=f"api {kind.name} {entry_id}")
    return replace(receipt, repeated=there is not None)


def _whole(sheet: Sheet, typed: Fields) -> None:
    """See that what has to be sent is there, and nothing that the page works out."""
    faults = {name: MISSING.fill(name=name) for name in sheet.must if not typed.get(name, "").strip()}
    faults |= {name: NOT_SENT.fill(name=name) for name in typed if name not in (*sheet.sent, DAY)}
    if faults:
        raise Refused(422, "faults", next(iter(faults.values())), faults=told_faults(faults))


def _at_its_row(refused: Refused, sheet: Sheet, rows: Boxes) -> Refused:
    """The same with each fault at the answer that filled in its box: that of the rows, or the one by whose
    name a row's box ends."""
    refused.more["faults"] = [
        {**fault, "field": sheet.row or fault["field"].partition("_")[2]} if fault["field"] in rows else fault
        for fault in refused.more.get("faults") or []
    ]
    return refused


def _roll(call: Call) -> UUID:
    """The id of a roll follows from the unit, the day and the time: nobody records it twice."""
    minute = times.minutes_of(call.sent.get("at", ""))
    if minute is None:
        raise _wrong("at", Label("点名时间请写成 06:40", "Write the time of the roll like 06:40"))
    return rolls.roll_id(call.unit, call.on, minute)


def _same_roll(call: Call, identifier: UUID) -> bool:
    """Whether that roll says of the same people the same as is sent: so many on its list, and of each that is
    marked the entry in their file."""
    there = unitfiles.unit_file(call.unit).entry(identifier)
    pairs = (line.partition("=") for line in call.sent.get("marks", "").splitlines())
    said = {case.strip().upper(): what.strip() for case, _, what in pairs if case.strip()}
    said = {case: what for case, what in said.items() if what != rolling.HERE}
    told = sum(_count(there, name) for name in ("late", "unwell", "refused", "missing"))
    sent = sum(what != "elsewhere" for what in said.values())
    people = len(set(call.sent.get("list", "").upper().split()))
    if there is None or people != _count(there, "people") or told != sent:
        return False
    return all(_noted(case, identifier) == what for case, what in said.items())


def _count(entry: Entry | None, name: str) -> int:
    value = entry.get(name) if entry is not None else None
    return value if isinstance(value, int) else 0


def _noted(case: str, roll: UUID) -> str:
    """What that roll noted in a file."""
    file = read.file_by_case_no(case)
    view = read.file_view(file) if file is not None else None
    entries = view.entries if view is not None else ()
    found = (e for e in entries if e.kind == "roll_exception" and e.get("roll") == str(roll))
    return next((str(e.get("what")) for e in found), "")
