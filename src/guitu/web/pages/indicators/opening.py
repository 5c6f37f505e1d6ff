"""Opening a figure: from the number to the files and entries behind it, for those whose work needs them.

Who is listed is decided file by file, as in every other list, and noted like one. What a figure counted in an
area may by now be another unit's file: it is counted here and named there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from guitu import access
from guitu.access.compartments import reads
from guitu.compose import kinds
from guitu.indicators import Condition, Exists, Indicator, Period, Ratio, Survival, members
from guitu.indicators.conditions import walk
from guitu.indicators.measures import HORIZONS, OUTCOMES, counts, tables
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store import read
from guitu.store.read import PersonLine
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.notice.component import Notice
from guitu.web.components.table.component import Cell, Column, Table
from guitu.web.noted import noted_list
from guitu.web.page import show, shows
from guitu.web.pages.casefile import addresses
from guitu.web.pages.indicators.choices import Choices, choices_of
from guitu.web.pages.indicators.page import Behind
from guitu.web.pages.indicators.sheet import Sheet, day_of
from guitu.web.pages.people import lines
from guitu.web.who import Who, who

MOST: Final = 200
"""So many files a list behind a figure shows."""

WORDS: Final = {
    "over": Label("分子", "numerator"),
    "under": Label("分母", "denominator"),
}


def may_open(reader: Who, chosen: Choices) -> bool:
    """Whether this reader's work needs lists of people of that unit at all."""
    return (
        access.may_see_page(reader.actor, "people").allowed
        and access.decide(reader.actor, "find", access.Target(chosen.unit.path)).allowed
    )


def reads_all(reader: Who, indicator: Indicator) -> bool:
    """Whether this reader's role reads every compartment that the figure is counted from: who is on a list
    tells what it was made of."""
    assert reader.post is not None
    role = reader.post.role
    return all(reads(role, kinds()[name].compartment) for name in kinds_behind(indicator))


def kinds_behind(indicator: Indicator) -> frozenset[str]:
    """Every kind of entry that the figure counts or asks after."""
    found = set(tables(indicator.value))
    for condition in conditions(indicator.value):
        found.update(one.of for one in walk(condition) if isinstance(one, Exists))
    return frozenset(name for name in found if name in kinds())


def conditions(value: object) -> list[Condition]:
    """The conditions of a measure and of all it is made of."""
    where = getattr(value, "where", None)
    found = [where] if where is not None else []
    for name in ("over", "under", "start", "kept", "failed", "ended", "then"):
        inner = getattr(value, name, None)
        for one in inner if isinstance(inner, tuple) else (inner,):
            if one is not None:
                found += conditions(one)
    return found


def opens(reader: Who, chosen: Choices, indicator: Indicator, sheet: Sheet) -> tuple[Button, ...]:
    """The lists behind the figure of the unit, part by part; none where nobody is behind it or for readers
    who need none."""
    if not (may_open(reader, chosen) and about_people(indicator) and reads_all(reader, indicator)):
        return ()
    row = sheet.rows.get((indicator.key, chosen.unit.no, chosen.period.kind, chosen.period.first))
    if row is None or not (row.over or row.under):
        return ()
    path = f"/indicators/{indicator.key}/behind/"
    return tuple(
        Button(label, href=chosen.href(f"{path}{part}/", view="table", by=""), look="link")
        for part, label in parts_of(indicator)
    )


def about_people(indicator: Indicator) -> bool:
    """Whether rows about people are behind it."""
    from guitu.compose import tables as known

    return any(known()[name].owner == "person" for name in tables(indicator.value))


def parts_of(indicator: Indicator) -> tuple[tuple[str, Label], ...]:
    """The parts whose files can be listed, with the words of the link."""
    value = indicator.value
    if isinstance(value, Ratio):
        return tuple((part, Label(f"{w.zh}名单", f"List of the {w.en}")) for part, w in WORDS.items())
    if isinstance(value, Survival):
        return tuple(
            (f"{value.at}.{name}", Label(f"{w.zh}名单", f"List: {w.en.lower()}"))
            for name, w in OUTCOMES.items()
        )
    return (("over", Label("名单", "List of files")),) if counts(value) else ()


def known_part(indicator: Indicator, part: str) -> Label:
    """The words of a part; a page that is not there for any other."""
    if isinstance(indicator.value, Survival):
        month, _, name = part.partition(".")
        followed = {*HORIZONS, *indicator.value.months}
        if month.isdigit() and int(month) in followed and name in OUTCOMES:
            word = OUTCOMES[name]
            return Label(f"第 {month} 个月 · {word.zh}", f"month {month}, {word.en.lower()}")
        raise Http404(part)
    if isinstance(indicator.value, Ratio) and part in WORDS:
        return WORDS[part]
    if part == "over" and counts(indicator.value):
        return Label("名单", "files")
    raise Http404(part)


@shows("indicators")
def behind(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """The files behind one part of a figure."""
    from guitu.web.pages.indicators.view import board_or_none, indicator_of, of_period

    reader, indicator = who(request), indicator_of(key)
    assert reader is not None, "the middleware opens no list to nobody"
    made, _ = board_or_none()
    chosen = choices_of(request.GET, reader, day_of(made) if made else clock.today())
    label = known_part(indicator, part)
    if not (may_open(reader, chosen) and about_people(indicator) and reads_all(reader, indicator)):
        raise Http404(key)
    back = chosen.href(f"/indicators/{key}/", view="table", by="")
    title = Label(f"{indicator.label.zh}：{label.zh}", f"{indicator.label.en}: {label.en}")
    figure = Label(
        f"{chosen.unit.name} · {chosen.period.label.zh}", f"{chosen.unit.name} · {chosen.period.label.en}"
    )
    try:
        found = people_behind(of_period(indicator, chosen), chosen, chosen.period, part)
    except GuituError as fault:
        return show(request, Behind(title, fault.label, back, figure, None, empty=Empty(fault.label)))
    shown, elsewhere = listed(reader, found)
    noted_list(request, "list", shown[:MOST], chosen.unit, f"indicator {key} {part} {chosen.period.text}")
    return show(request, page_of(title, back, figure, indicator, shown, elsewhere, len(found)))


def people_behind(indicator: Indicator, chosen: Choices, period: Period, part: str) -> list[int]:
    """File numbers behind a part, the entries counted from the analysis snapshot. Raises a GuituError where
    there is none."""
    from guitu.store.analysis import source
    from guitu.store.snapshot.keys import files_of

    with source() as rows:
        place = next((p for p in rows.places() if p.no == chosen.unit.no), None)
        if place is None:
            return []
        keys = {person for person, _ in members(indicator, rows, place, period, part) if person}
    return sorted(files_of(keys).values())


def listed(reader: Who, files: Sequence[int]) -> tuple[tuple[PersonLine, ...], int]:
    """Those of these files that this reader may see in a list, and how many are elsewhere now."""
    units = tree()
    shown = []
    for line in read.lines_of_files(files):
        unit = units.get(line.unit)
        target = access.Target(unit.path if unit else (), worker=line.worker)
        if unit is not None and access.decide(reader.actor, "find", target).allowed:
            shown.append(line)
    return tuple(shown), len(files) - len(shown)


SEE: Final = Label("看记录", "See entries")
COLUMNS: Final = (*lines.COLUMNS, Column(Label("记录", "Entries"), phone="act"))


def page_of(
    title: Label,
    back: str,
    figure: Label,
    indicator: Indicator,
    shown: tuple[PersonLine, ...],
    elsewhere: int,
    total: int,
) -> Behind:
    """The list as a page."""
    day = clock.today()
    kind = next((name for name in tables(indicator.value) if name in kinds()), "")
    rows = tuple(
        type(row)((*row.cells, Cell(part=_see(line, kind))), row.id)
        for line in shown[:MOST]
        for row in lines.rows([line], day)
    )
    said = Label(f"共 {total:,} 人，列出 {len(rows):,} 人", f"{total:,} people, {len(rows):,} listed")
    notices = []
    if elsewhere:
        notices.append(
            Notice(
                "info",
                Label(
                    f"另有 {elsewhere:,} 人的档案现由其他单位负责或不对您开放，计数而不列名。",
                    f"The files of {elsewhere:,} more are another unit's now, or not open to you: they are"
                    " counted, not named.",
                ),
            )
        )
    empty = Empty(Label("名单为空。", "The list is empty.")) if not rows else None
    table = Table(title, COLUMNS, rows, (said,)) if rows else None
    return Behind(title, said, back, figure, table, tuple(notices), empty)


def _see(line: PersonLine, kind: str) -> Button:
    return Button(SEE, href=entries_of(line, kind), look="small", describes=line.name or line.case_no)


def entries_of(line: PersonLine, kind: str) -> str:
    """The entries of that kind in the file's history."""
    return addresses.history(line.case_no, (("kind", kind),) if kind else ())
