"""Makes lines and figures of units. What a post does not need to see as lists has no links; what may not
be told to those who see figures only is hidden (`told`)."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from django.http import QueryDict

from guitu import access
from guitu.kernel.labels import Label
from guitu.kernel.lately import Lately
from guitu.policy import names
from guitu.store import names as search_words
from guitu.store import read
from guitu.store.read import desk
from guitu.store.read.units import lines_of
from guitu.store.units import LEVEL_LABELS, Tree, Unit, tree
from guitu.web.components.crumbs.component import Crumb, Crumbs
from guitu.web.components.notice.component import Notice
from guitu.web.components.pager.component import paged
from guitu.web.components.word.component import Word
from guitu.web.pages.today.choices import size_of, whole
from guitu.web.pages.units.nodes import Count, Node
from guitu.web.pages.units.page import DUE, LATE, PEOPLE, VACANT, Branch
from guitu.web.pages.units.told import NO_MEASURE, Told, tell
from guitu.web.who import Who

DIVISIONS: Final = ("province", "prefecture", "county", "town", "village")
FOUND: Final = 30
"""So many units a search shows."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What of a unit this reader sees: lists behind the figures, or the figures alone that are told."""

    home: Unit
    told: Told | None = None

    @classmethod
    def of(cls, reader: Who) -> Reader:
        """For an account in its post."""
        assert reader.post is not None
        home = tree().find(reader.post.unit)
        lists = access.may_see_page(reader.actor, "people").allowed
        return cls(home, None if lists else _told(home))

    def people(self, label: Label, unit: Unit, n: int, href: str) -> Count:
        """How many people a unit has. To those who see figures only, as many as the marks were made for."""
        if self.told is None:
            return Count(label, n, href)
        return Count(label, self.told.total(unit.no), mark=self.told.marks.get(unit.no, ""))

    def duties(self, label: Label, unit: Unit, n: int, href: str, *, late: bool = False) -> Count:
        """How many duties a unit has: hidden with its people."""
        if self.told is None:
            return Count(label, n, href, late=late)
        return Count(label, n, mark="also" if unit.no in self.told.marks else "", late=late)


_tellings: Final = Lately[Hashable, Told](8)


def _told(home: Unit) -> Told:
    """What is told of all under a unit; worked out again when the tree or a count has changed."""
    units, people = tree(), read.people_under(home)
    key = (units.edition, home.no, tuple((no, *some.items()) for no, some in people.items()))
    found = _tellings.get(key)
    if found is None:
        below = {unit.no: [child.no for child in units.children(unit)] for unit in units.subtree(home)}
        named = names().measures
        found = tell(home.no, below, {no: _named(some, named) for no, some in people.items()})
        _tellings.keep(key, found)
    return found


def _named(people: Mapping[str, int], named: Container[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for measure, n in people.items():
        key = measure if measure in named else NO_MEASURE
        found[key] = found.get(key, 0) + n
    return found


def untold(reader: Reader, unit: Unit) -> bool:
    """Whether a unit has people who may not be told by measure."""
    told = reader.told
    if told is None:
        return False
    people = told.people.get(unit.no, {})
    return sum(people[name] for name in told.measures.get(unit.no, ())) < sum(people.values())


def address(code: str) -> str:
    """Where a unit is."""
    return f"/units/{code}/"


def counts(reader: Reader, line: read.UnitLine, due: int) -> tuple[Count, ...]:
    """The figures of a unit: people, duties within a week, those overdue. Each leads to its list."""
    unit = line.unit
    mine = unit.no == reader.home.no
    at = "" if mine else f"unit={unit.code}"
    people = f"/people/?list=current{'' if mine else f'&{at}'}"
    return (
        reader.people(PEOPLE, unit, line.people, people),
        reader.duties(DUE, unit, due, f"/?{at}" if at else "/"),
        reader.duties(LATE, unit, line.overdue, f"/?due=late{'' if mine else f'&{at}'}", late=True),
    )


def nodes(reader: Reader, lines: Iterable[read.UnitLine], day: date) -> tuple[Node, ...]:
    """The units directly below one, each with its figures and whether anybody is there."""
    lines = tuple(lines)
    due = desk.duties_under([line.unit for line in lines], day)
    return _nodes(reader, lines, due, day)


def _nodes(
    reader: Reader, lines: tuple[read.UnitLine, ...], due: dict[int, int], day: date, *, way: bool = False
) -> tuple[Node, ...]:
    staff: dict[int, int] = {}
    for one in desk.staff_at([line.unit for line in lines]):
        staff[one.unit] = staff.get(one.unit, 0) + 1
    units = tree()
    made = []
    for line in lines:
        unit = line.unit
        held = staff.get(unit.no, 0)
        made.append(
            Node(
                code=unit.code,
                name=unit.name,
                href=address(unit.code),
                level=LEVEL_LABELS.get(unit.level, unit.level),
                counts=counts(reader, line, due.get(unit.no, 0)),
                staff=Label(f"{held} 人", f"{held}"),
                word=closed(unit, day) or (None if held else VACANT),
                below=f"{address(unit.code)}below/" if line.below else "",
                where=" ".join(u.name for u in units.ancestors(unit)[reader.home.depth : -1]) if way else "",
            )
        )
    return tuple(made)


def closed(unit: Unit, day: date) -> Word | None:
    """That a unit is no longer, or not yet, at work."""
    if unit.active_until is not None and unit.active_until < day:
        return Word("barred", Label("已停用", "Closed"))
    if unit.active_from is not None and unit.active_from > day:
        return Word("barred", Label("未启用", "Not yet open"))
    return None


def closed_notice(unit: Unit, day: date) -> tuple[Notice, ...]:
    """The same in a sentence."""
    if closed(unit, day) is None:
        return ()
    if unit.active_until is not None and unit.active_until < day:
        text = Label(f"本单位已于 {unit.active_until} 停用。", f"Closed on {unit.active_until}.")
    else:
        text = Label(f"本单位自 {unit.active_from} 起启用。", f"Opens on {unit.active_from}.")
    return (Notice("barred", text),)


def branches(found: tuple[Node, ...], path: str, asked: QueryDict) -> tuple[Branch, ...]:
    """Divisions first, institutions after them, each the page of it that is asked for."""
    levels = {unit.code: unit.level for unit in map(tree().find, (n.code for n in found))}
    divisions = tuple(n for n in found if levels[n.code] in DIVISIONS)
    others = tuple(n for n in found if levels[n.code] not in DIVISIONS)
    both = (
        ("divisions", Label("下级区划", "Divisions below"), divisions),
        ("institutions", Label("机构", "Institutions"), others),
    )
    return tuple(_branch(name, label, some, path, asked) for name, label, some in both if some)


def _branch(name: str, label: Label, found: tuple[Node, ...], path: str, asked: QueryDict) -> Branch:
    number = whole(asked.get("page"), 1) if asked.get("list") == name else 1
    some, pager = paged(found, number, size_of(asked), (("list", name),), path)
    return Branch(name, label, tuple(some), replace(pager, anchor=f"branch-{name}"))


def crumbs(reader: Reader, unit: Unit) -> Crumbs | None:
    """The way down; above the reader's own unit only names. Nothing at the top."""
    way = tree().ancestors(unit)
    if len(way) == 1:
        return None
    steps = [Crumb(u.name, address(u.code) if u.depth >= reader.home.depth else "") for u in way[:-1]]
    return Crumbs((*steps, Crumb(unit.name)))


def measures(reader: Reader, view: read.UnitView) -> tuple[Count, ...]:
    """People by measure, each with its list."""
    unit = view.here.unit
    if reader.told is not None:
        marks, people = reader.told.measures.get(unit.no, {}), reader.told.people.get(unit.no, {})
        return tuple(
            Count(label, people[name], mark=marks[name])
            for name, label in names().measures.items()
            if name in marks
        )
    at = "" if unit.no == reader.home.no else f"&unit={unit.code}"
    return tuple(
        Count(label, view.measures[name], f"/people/?list=current&measure={name}{at}")
        for name, label in names().measures.items()
        if view.measures.get(name)
    )


def search(reader: Reader, text: str, day: date) -> tuple[tuple[Node, ...], int]:
    """Units in the reader's area by name, pinyin, initials or code, the highest first; and how many."""
    units = tree()
    wanted = [search_words.normalised(word) for word in text.split()]
    wanted = [word for word in wanted if word]
    words = _search_words(units)
    found = [
        unit
        for unit in units.subtree(reader.home)
        if wanted and all(any(key.startswith(word) for key in words[unit.no]) for word in wanted)
    ]
    found.sort(key=lambda u: (search_words.normalised(u.name) != "".join(wanted), u.depth, u.code))
    shown = found[:FOUND]
    due = desk.duties_under(shown, day)
    return _nodes(reader, tuple(lines_of(shown, day)), due, day, way=True), len(found)


@lru_cache(maxsize=1)
def _search_words(units: Tree) -> dict[int, tuple[str, ...]]:
    """What every unit is found by. Worked out once for each edition of the tree."""
    return {unit.no: (*search_words.keys(unit.name), unit.code.casefold()) for unit in units.by_no.values()}
