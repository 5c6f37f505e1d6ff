"""Which people the reader asked for, read from the address, and the addresses of everything near it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from guitu.policy import names
from guitu.store import read
from guitu.store.units import Tree, Unit, tree
from guitu.web.components.pager.component import SIZES
from guitu.web.pages.today.choices import address, home_of, on_caseload, size_of, unit_in_area, whole
from guitu.web.who import Who

RECENT: Final = ""
CURRENT: Final = "current"
ALL: Final = "all"
LISTS: Final = (RECENT, CURRENT, ALL)
LONGEST: Final = 100
"""A search of more characters is cut."""

People = tuple[tuple[read.PersonLine, ...], int]


@dataclass(frozen=True, slots=True)
class Choices:
    """Either a search (`q`), or a list: recent ones, those under a measure now, or all, with filters.

    `found` is the token under which the session keeps what was searched for, where it may not stand in an
    address: then it stands there instead."""

    home: Unit
    unit: Unit
    units: Tree
    q: str = ""
    found: str = ""
    list: str = RECENT
    measure: str = ""
    state: str = ""
    rights: bool = False
    overdue: bool = False
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]
    caseload: bool = False

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The choices as they stand in the address, without page and size."""
        return self.pairs()

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The same with some choices changed."""
        now = changes.get
        unit = now("unit", self.unit)
        found = (
            ("q", "" if self.found else now("q", self.q)),
            ("found", now("found", self.found)),
            ("list", now("list", self.list)),
            ("unit", unit.code if unit.no != self.home.no else ""),  # type: ignore[attr-defined]
            ("measure", now("measure", self.measure)),
            ("state", now("state", self.state)),
            ("rights", "1" if now("rights", self.rights) else ""),
            ("overdue", "1" if now("overdue", self.overdue) else ""),
            ("sort", now("sort", self.sort)),
        )
        return tuple(pair for pair in found if pair[1])  # type: ignore[misc]

    @property
    def filtered(self) -> bool:
        """Whether a list was narrowed by anything."""
        return bool(self.measure or self.state or self.rights or self.overdue or self.unit.no != self.home.no)

    def href(self, path: str = "/people/", **changes: object) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(path, self.pairs(**changes), self.size)

    def people(self, total: int | None = None) -> People:
        """One page of the list these choices ask for, and how long it is (`total`, if that is known)."""
        return read.people(
            self.unit.code,
            measure=self.measure,
            state=self.state,
            rights=self.rights,
            overdue=self.overdue,
            current=self.list == CURRENT,
            sort=self.sort,
            total=total,
            page=self.page,
            size=self.size,
        )


def words_of(asked: QueryDict) -> str:
    """What is searched for."""
    return " ".join(asked.get("q", "").split())[:LONGEST]


def tells_who(text: str) -> bool:
    """Whether a text may be an identity or telephone number, or the better part of one. A case number is
    neither."""
    return bool(_NUMBER.search(re.sub(r"(?<=\d)[ -](?=\d)", "", text))) and not is_case_number(text)


def is_case_number(text: str) -> bool:
    """Whether a text is written like a case number."""
    return bool(_CASE.fullmatch(text))


_NUMBER: Final = re.compile(r"\d{7}")
_CASE: Final = re.compile(r"[0-9A-Za-z]{3,12}-\d{4}-\d{1,9}")


def choices_of(asked: QueryDict, reader: Who, *, kept: str = "", found: str = "") -> Choices:
    """The choices in an address; `kept` is what was searched for under the token `found`. What is not
    understood is left out; a unit outside the area is a 404."""
    units = tree()
    home = home_of(reader, units)
    code = asked.get("unit", "")
    wanted = asked.get("list", "")
    words = names()
    measure, state, sort = (asked.get(name, "") for name in ("measure", "state", "sort"))
    chosen = Choices(
        home=home,
        unit=unit_in_area(reader, code, units) if code else home,
        units=units,
        q=kept or words_of(asked),
        found=found if kept else "",
        list=wanted if wanted in LISTS else RECENT,
        measure=measure if measure in words.measures else "",
        state=state if state in words.states else "",
        rights=asked.get("rights") == "1",
        overdue=asked.get("overdue") == "1",
        sort=sort if sort.removeprefix("-") in read.SORTS and sort != f"-{read.NUMBER}" else "",
        page=whole(asked.get("page"), 1),
        size=size_of(asked),
    )
    if on_caseload(reader, home, units):  # whose people stand in no list but Today
        return replace(chosen, list=RECENT, caseload=True, unit=home, measure="", state="", rights=False,
                       overdue=False)  # fmt: skip
    return replace(chosen, list=ALL) if chosen.filtered and chosen.list == RECENT else chosen
