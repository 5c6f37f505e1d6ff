"""What the reader asked of Today, read from the address, and the addresses of everything near it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args
from urllib.parse import quote_plus

from django.http import Http404, QueryDict

from guitu import access
from guitu.policy import names
from guitu.store import read
from guitu.store.read.today import Bucket
from guitu.store.units import Tree, Unit, tree
from guitu.web.components.pager.component import SIZES
from guitu.web.who import Who

MINE: Final = "mine"
MOST_PAGES: Final = 99_999
LONGEST_NUMBER: Final = 9
"""Digits of a number in an address that are read: a longer one is beyond every bound."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Which duties: of which unit (the reader's own or one below), whose, of what sort, due when."""

    home: Unit
    unit: Unit
    units: Tree
    me: str
    mine: bool = False
    due: Bucket | None = None
    duty: str = ""
    worker: str = ""
    page: int = 1
    size: int = SIZES[0]

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The choices as they stand in the address, without page and size."""
        return self.pairs()

    def pairs(self, **changes: object) -> tuple[tuple[str, str], ...]:
        """The same with some choices changed."""
        now = changes.get
        unit = now("unit", self.unit)
        found = (
            ("scope", MINE if now("mine", self.mine) else ""),
            ("due", now("due", self.due) or ""),
            ("duty", now("duty", self.duty)),
            ("unit", unit.code if unit.no != self.home.no else ""),  # type: ignore[attr-defined]
            ("worker", now("worker", self.worker)),
        )
        return tuple(pair for pair in found if pair[1])  # type: ignore[misc]

    @property
    def narrowed(self) -> bool:
        """Whether anything but the scope was chosen."""
        return bool(self.due or self.duty or self.worker or self.unit.no != self.home.no)

    @property
    def wanted_worker(self) -> str:
        """Whose duties: the reader's own, a named worker's, or everybody's."""
        return self.me if self.mine else self.worker

    def href(self, path: str = "/", **changes: object) -> str:
        """The address with some choices changed; the page starts again from the first."""
        return address(path, self.pairs(**changes), self.size)

    def list(self, day: object) -> read.Today:
        """The page of duties these choices ask for."""
        return read.today(
            self.unit.code,
            day,  # type: ignore[arg-type]
            duty=self.duty,
            worker=self.wanted_worker,
            bucket=self.due,
            page=self.page,
            size=self.size,
            me="" if self.narrowed else self.me,
        )

    def total(self, day: date) -> int:
        """How many duties these choices have."""
        return read.total(self.unit.code, day, duty=self.duty, worker=self.wanted_worker, bucket=self.due)


def address(path: str, pairs: Iterable[tuple[str, str]], size: int) -> str:
    """The address of a list: its choices, and its size where that is not the usual one. A page has dozens."""
    query = "&".join([f"{k}={v if v.isalnum() and v.isascii() else quote_plus(v)}" for k, v in pairs])
    if size != SIZES[0]:
        query = f"{query}&size={size}" if query else f"size={size}"
    return f"{path}?{query}" if query else path


def home_of(reader: Who, units: Tree) -> Unit:
    """The unit of the post the reader acts in."""
    assert reader.post is not None, "the middleware opens no page without a post"
    return units.find(reader.post.unit)


def on_caseload(reader: Who, home: Unit, units: Tree) -> bool:
    """Whether the reader has no area but a caseload: a worker whose post has units under it."""
    assert reader.post is not None
    return "unit" not in access.role(reader.post.role).reach and bool(units.children(home))


def unit_in_area(reader: Who, code: str, units: Tree) -> Unit:
    """The unit of that code, if it lies in the reader's area; else it is not there (404)."""
    unit = units.get(code)
    if unit is None or not access.decide(reader.actor, "list", access.Target(unit.path)).allowed:
        raise Http404(code)
    return unit


def whole(text: str | None, least: int, most: int = MOST_PAGES) -> int:
    """A number from an address, between two bounds; the least where it is none."""
    if not text or not text.isascii() or not text.isdigit():
        return least
    return max(least, min(most, int(text[:LONGEST_NUMBER])))


def size_of(asked: QueryDict) -> int:
    """How many rows a page has."""
    size = whole(asked.get("size"), 0)
    return size if size in SIZES else SIZES[0]


def choices_of(asked: QueryDict, reader: Who) -> Choices:
    """The choices in an address. What is not understood is left out; a unit outside the area is a 404."""
    units = tree()
    home = home_of(reader, units)
    code = asked.get("unit", "")
    due = asked.get("due", "")
    duty = asked.get("duty", "")
    return Choices(
        home=home,
        unit=unit_in_area(reader, code, units) if code else home,
        units=units,
        me=reader.name,
        mine=asked.get("scope") == MINE or on_caseload(reader, home, units),
        due=due if due in get_args(Bucket) else None,  # type: ignore[arg-type]
        duty=duty if duty in names().duties else "",
        worker=asked.get("worker", "")[:200],
        page=whole(asked.get("page"), 1),
        size=size_of(asked),
    )
