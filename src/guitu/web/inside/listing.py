"""What the lists of the three levels share: a search box, a choice of what is shown, pages of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar
from urllib.parse import urlencode

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.field.component import Field, Option
from guitu.web.components.pager.component import SIZES, Pager, paged
from guitu.web.inside.area import Area
from guitu.web.inside.shown import Ask
from guitu.web.pages.today.choices import size_of, whole

T = TypeVar("T")
LOOK: Final = Button(Label("查找", "Find"), look="small")


def asking(area: Area, path: str, *fields: Field) -> Ask:
    """The questions above a list; they stand in its address."""
    hidden = (("unit", area.code),) if area.code else ()
    return Ask(path, fields, LOOK, hidden, method="get")


def search(area: Area, label: Label) -> Field:
    """A box for a word."""
    return Field("q", label, "text", value=area.asked("q")[:60], optional=True)


def choice(area: Area, name: str, label: Label, options: Iterable[tuple[str, Text]]) -> Field:
    """A choice of what is shown; nothing chosen shows all."""
    every = Option("", Label("全部", "All"))
    some = tuple(Option(value, said) for value, said in options)
    chosen = area.asked(name)
    return Field(
        name, label, "choice", value=chosen if chosen in {o.value for o in some} else "",
        options=(every, *some), optional=True,
    )  # fmt: skip


def page_of(area: Area, rows: Sequence[T], path: str, *names: str) -> tuple[Sequence[T], Pager | None]:
    """The rows of the page that is asked for, as many as are asked for, and the way to the others. What is
    asked for of another list (`part_of`) is no page of this one."""
    query = tuple((n, area.asked(n)) for n in ("unit", *names) if area.asked(n))
    number, each = _asked(area)
    some, pager = paged(rows, 1 if area.asked("list") else number, each, query, path)
    return some, pager if pager.total > SIZES[0] else None


def part_of(area: Area, rows: Sequence[T], path: str, list_id: str) -> tuple[Sequence[T], Pager]:
    """The same for one list of several on a page: its pages are its own, and lead to where it stands."""
    number, each = _asked(area)
    number = number if area.asked("list") == list_id else 1
    query = tuple(pair for pair in (("unit", area.code), ("list", list_id)) if pair[1])
    some, pager = paged(rows, number, each, query, path)
    return some, replace(pager, anchor=list_id)


def _asked(area: Area) -> tuple[int, int]:
    """The page that is asked for, and how many rows one has."""
    return whole(area.asked("page"), 1), size_of(area.request.GET)


def address(path: str, **query: str) -> str:
    """An address with what is not empty of a query."""
    some = {k: v for k, v in query.items() if v}
    return f"{path}?{urlencode(some)}" if some else path


def yuan(amount: int) -> str:
    """1,500,000."""
    return f"{amount:,}"


def holds(area: Area, *words: object) -> bool:
    """Whether one of these words holds what was searched for; everything does if nothing was."""
    wanted = area.asked("q").casefold()
    return not wanted or any(wanted in str(word).casefold() for word in words if word)
