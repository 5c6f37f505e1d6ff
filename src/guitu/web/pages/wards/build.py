"""From wards, people and places to what the pages show. Pure: no request, no query, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from guitu.casefile import Entry
from guitu.centre import beds
from guitu.centre.beds import ADVICE, PURPOSES, Place, Resident, Ward
from guitu.compose import kinds
from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.store.centre.placements import taken
from guitu.web.component import Text, said
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field, Option, field_of
from guitu.web.components.table.component import Cell, Column, Row, Table
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses

SEXES: Final = {"male": Label("男", "Men"), "female": Label("女", "Women")}
OVERVIEW: Final = (
    Column(Label("病区", "Ward"), phone="lead"),
    Column(Label("单位", "Unit"), phone="bare"),
    Column(Label("收住", "For"), phone="bare"),
    Column(Label("用途", "Purpose"), phone="bare"),
    Column(Label("床位", "Beds"), numeric=True),
    Column(Label("在住", "Taken"), numeric=True),
    Column(Label("空床", "Free"), numeric=True),
)
ROOMS: Final = (
    Column(Label("房间", "Room"), phone="lead"),
    Column(Label("床位", "Beds"), numeric=True),
    Column(Label("空床", "Free"), numeric=True),
    Column(Label("谁住在这里，为什么", "Who lies here, and why"), phone="bare"),
)
NO_BED: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("性别", "Sex"), phone="bare"),
    Column(Label("单位", "Unit"), phone="bare"),
    Column(Label("医生意见", "Doctor's advice")),
    Column(Label("操作", "Act"), phone="act", hide_label=True),
)
WHY: Final = {choice.value: choice.label for choice in kinds()["bed_placed"].ask("why").choices}
EMPTY: Final = Label("空", "Empty")
SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True)
class Lying:
    """Somebody of the list: who, where, and what a placement looks at. `unit` is the name of the unit that
    answers for them."""

    name: str
    case_no: str
    who: Resident
    place: Place | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a room."""

    name: str
    href: str
    said: Label


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in one room, as the table shows them."""

    people: tuple[Person, ...]

    def html(self) -> SafeString:
        """A name and a few words for each; a room with nobody in it says so."""
        if not self.people:
            return SafeString(f'<span class="quiet">{said(EMPTY)}</span>')
        lines = [
            f'<li><a href="{escape(one.href)}">{escape(one.name)}</a>'
            f' <span class="meta">{said(one.said)}</span></li>'
            for one in self.people
        ]
        return SafeString(f'<ul class="lying">{"".join(lines)}</ul>')


@dataclass(frozen=True, slots=True)
class WardShown:
    """One ward: what it is for, and its rooms."""

    id: str
    heading: Label
    rooms: Table
    notes: tuple[Label, ...] = ()


def ward_words(ward: Ward) -> Label:
    """What a ward is for, in words."""
    sex, purpose = SEXES.get(ward.sex), PURPOSES.get(ward.purpose)
    zh = "、".join(one.zh for one in (sex, purpose) if one)
    en = ", ".join(one.en.lower() for one in (sex, purpose) if one)
    if ward.minors:
        zh, en = f"{zh}、未成年人", f"{en}, minors"
    return Label(zh, en)


def overview(wards: Mapping[str, Sequence[Ward]], names: Mapping[str, str], lying: Sequence[Lying]) -> Table:
    """All wards of the centre with what is free in them; the name of one leads to its rooms."""
    places = [one.place for one in lying]
    rows = []
    for code, some in wards.items():
        for ward in some:
            inside = sum(taken(places, ward).values())
            free = ward.beds - inside
            rows.append(
                Row(
                    (
                        Cell(ward.name, f"/wards/?unit={code}#{anchor(ward)}"),
                        names.get(code, code),
                        SEXES.get(ward.sex, ward.sex),
                        PURPOSES.get(ward.purpose, Label(ward.purpose, ward.purpose)),
                        str(ward.beds),
                        str(inside),
                        _free(free),
                    ),
                )
            )  # fmt: skip
    beds_all = sum(ward.beds for some in wards.values() for ward in some)
    inside_all = sum(1 for place in places if place is not None)
    counts = (
        Label(f"床位 {beds_all} 张", f"{beds_all} beds"),
        Label(f"在住 {inside_all} 人", f"{inside_all} people"),
        Label(f"无床位 {len(lying) - inside_all} 人", f"{len(lying) - inside_all} without a bed"),
    )
    return Table(Label("各病区", "Wards"), OVERVIEW, tuple(rows), counts, id="overview")


def _free(free: int) -> Cell:
    """How many beds are free, or how many people are too many."""
    if free >= 0:
        return Cell(str(free))
    return Cell(part=Word("gap", Label(f"超 {-free}", f"{-free} over")))


def anchor(ward: Ward) -> str:
    """The anchor of a ward on its unit's page."""
    return f"w-{ward.name}"


def plan(wards: Sequence[Ward], lying: Sequence[Lying], today: date) -> tuple[WardShown, ...]:
    """The wards of one unit, room by room: who lies where and why."""
    shown = []
    for number, ward in enumerate(wards, 1):
        mine = [
            one for one in lying if one.place and (one.place.unit, one.place.ward) == (ward.unit, ward.name)
        ]
        rows, known = [], {room.name for room in ward.rooms}
        for room in ward.rooms:
            inside = [one for one in mine if one.place and one.place.room == room.name]
            inside.sort(key=lambda one: (one.place.bed or 99, one.case_no) if one.place else (99, ""))
            free = room.beds - len(inside)
            rows.append(
                Row(
                    (
                        Cell(room.name, strong=True),
                        str(room.beds),
                        _free(free),
                        Cell(part=People(tuple(_person(one) for one in inside))),
                    )
                )
            )  # fmt: skip
        notes = [*_against(ward, mine, today)]
        lost = [one.name for one in mine if one.place and one.place.room not in known]
        if lost:
            notes.append(
                Label(f"所住房间已停用：{'、'.join(lost)}", f"Their room is closed: {', '.join(lost)}")
            )
        words = ward_words(ward)
        shown.append(
            WardShown(
                anchor(ward),
                Label(f"{ward.name}（{words.zh}）", f"{ward.name} ({words.en})"),
                Table(
                    Label(f"{ward.name}的房间", f"Rooms of {ward.name}"), ROOMS, tuple(rows),
                    id=f"rooms-{number}", hide_caption=True,
                ),
                tuple(notes),
            )
        )  # fmt: skip
    return tuple(shown)


def _against(ward: Ward, mine: Sequence[Lying], today: date) -> Iterable[Label]:
    """Who lies where something speaks against it: after a birthday, new advice, a changed ward."""
    for one in mine:
        for objection in beds.objections(one.who, ward, today):
            yield Label(f"{one.name}：{objection.says.zh}", f"{one.name}: {objection.says.en}")


def _person(one: Lying) -> Person:
    assert one.place is not None
    why = WHY.get(one.place.why)
    bed = f"{one.place.bed} 床" if one.place.bed is not None else "未定床号"
    bed_en = f"bed {one.place.bed}" if one.place.bed is not None else "no bed named"
    since = one.place.since.isoformat()
    said = Label(
        "，".join(part for part in (bed, why.zh if why else "", f"{since} 起") if part),
        ", ".join(part for part in (bed_en, why.en.lower() if why else "", f"since {since}") if part),
    )
    return Person(one.name, addresses.back_to("wards", one.case_no), said)


def no_bed(lying: Sequence[Lying]) -> Table | None:
    """Who has no bed."""
    without = [one for one in lying if one.place is None]
    if not without:
        return None
    rows = tuple(
        Row(
            (
                Cell(one.name, addresses.back_to("wards", one.case_no), sub=one.case_no),
                SEXES.get(one.who.sex, "—"),
                one.unit or "—",
                ADVICE.get(one.who.advice, "—"),
                Cell(
                    part=Button(
                        Label("安排", "Give a bed"), addresses.back_to("wards", one.case_no), "small",
                        describes=one.name,
                    )
                ),
            )
        )
        for one in without
    )  # fmt: skip
    counts = (Label(f"共 {len(without)} 人", f"{len(without)} people"),)
    return Table(Label("没有床位的人", "People without a bed"), NO_BED, rows, counts, id="no-bed")


# ── giving a bed ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Free:
    """What may be chosen: beds as answers, and how many beds are barred, by the reason."""

    options: tuple[Option, ...]
    barred: tuple[Label, ...]


def free_beds(
    who: Resident, wards: Iterable[Ward], others: Sequence[Place | None], names: Mapping[str, str], on: date
) -> Free:
    """The free beds into which somebody may be put, those that need the head's reason marked."""
    options: list[Option] = []
    barred: dict[Label, int] = {}
    for ward in wards:
        objections = beds.objections(who, ward, on)
        lying = taken(others, ward)
        for room in ward.rooms:
            unnamed = lying.get((room.name, None), 0)
            full = sum(n for (name, _), n in lying.items() if name == room.name) >= room.beds
            for bed in range(1, room.beds + 1):
                if full or lying.get((room.name, bed)) or unnamed >= room.beds:
                    continue
                if objections and objections[0].barred:
                    said = objections[0].says
                    barred[said] = barred.get(said, 0) + 1
                    continue
                options.append(
                    Option(
                        value_of(ward, room.name, bed), _bed_words(ward, room.name, bed, objections, names)
                    )
                )
    told = tuple(
        Label(f"{n} 张空床不可选：{said.zh}", f"{n} free beds are barred: {said.en}")
        for said, n in barred.items()
    )
    return Free(tuple(options), told)


def value_of(ward: Ward, room: str, bed: int) -> str:
    """A bed as the value of an answer."""
    return SEPARATOR.join((ward.unit, ward.name, room, str(bed)))


def read_value(text: str) -> tuple[str, str, str, int] | None:
    """The bed that such a value names; None for anything else."""
    parts = text.split(SEPARATOR)
    if len(parts) != 4 or not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) < 4):
        return None
    return parts[0], parts[1], parts[2], int(parts[3])


def _bed_words(
    ward: Ward, room: str, bed: int, objections: Sequence[beds.Objection], names: Mapping[str, str]
) -> Label:
    words = ward_words(ward)
    unit = names.get(ward.unit, "")
    zh, en = (
        f"{unit} {ward.name} {room} {bed} 床（{words.zh}）",
        f"{unit} {ward.name} {room} bed {bed} ({words.en})",
    )
    if objections:
        zh, en = f"{zh}，须所领导理由", f"{en}, needs the head's reason"
    return Label(zh.strip(), en.strip())


def fields(
    free: Free, typed: Mapping[str, str], faults: Mapping[str, Label], *, head: bool
) -> tuple[Field, ...]:
    """The form: which bed, why, from when, and the head's reason for whoever may give one."""
    kind = kinds()["bed_placed"]
    made = [
        Field(
            "place", Label("床位", "Bed"), "choice", typed.get("place", ""), options=free.options,
            error=faults.get("place", ""),
        ),
        field_of(kind.ask("why"), typed.get("why", ""), faults.get("why", "")),
        Field(
            "happened_on", kind.day, "day", typed.get("happened_on", ""),
            error=faults.get("happened_on", ""),
        ),
    ]  # fmt: skip
    if head:
        made.append(
            field_of(kind.ask("head_reason"), typed.get("head_reason", ""), faults.get("head_reason", ""))
        )
    return tuple(made)


HISTORY: Final = (
    Column(Label("起", "From"), phone="lead"),
    Column(Label("床位", "Bed")),
    Column(Label("原因", "Why")),
)


def history(counted: Sequence[Entry]) -> Table | None:
    """Where somebody has lain, the latest first."""
    placed = sorted(
        (e for e in counted if e.kind == "bed_placed"),
        key=lambda e: (e.happened_on, e.recorded_at),
        reverse=True,
    )
    if not placed:
        return None
    rows = []
    for entry in placed:
        place = beds.place_in(entry)
        why: Text = WHY.get(place.why, "—")
        rows.append(
            Row((place.since.isoformat(), place.said, Cell(why, sub=str(entry.get("head_reason") or ""))))
        )
    return Table(Label("住过的床位", "Beds so far"), HISTORY, tuple(rows), id="history")


def objection_words(objections: Sequence[beds.Objection]) -> tuple[Label, ...]:
    """What speaks against a placement, with the articles."""
    found = []
    for objection in objections:
        cites = [Citation.parse(text).label for text in objection.cites]
        zh, en = "、".join(c.zh for c in cites), ", ".join(c.en for c in cites)
        found.append(
            Label(
                f"{objection.says.zh}（{zh}）" if zh else objection.says.zh,
                f"{objection.says.en} ({en})" if en else objection.says.en,
            )
        )
    return tuple(found)
