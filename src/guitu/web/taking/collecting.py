"""The lists of a page, from the page's own view. The view runs as it does for a reader who looks: it decides,
notes and narrows; only its page is not written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from guitu.web.components.table.component import Table
from guitu.web.taking.offered import narrowed
from guitu.web.taking.words import Head, heads, tables, values

MOST: int = 20_000
"""Rows of one file; a longer list is narrowed first."""

LARGE: int = 100
"""Rows of one asking, where the page lets its reader choose."""

Pairs = Sequence[tuple[str, str]]


class TooLong(Exception):
    """A list of more than MOST rows. `rows` says how many."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        super().__init__(str(rows))


class Answered(Exception):
    """The view gave no page: it led elsewhere, or refused. `response` is what it said."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


@dataclass(slots=True)
class Taken:
    """What stands in a request whose page is collected: the page, once it is there; whether what it shows
    leaves the house (and is noted so) or is only counted. A page of another status than 200, such as a form
    with faults, is `refused`."""

    leaves: bool
    page: object = None
    refused: object = None


def taken_of(request: HttpRequest) -> Taken | None:
    """Where `show` puts the page of such a request; None for one that is looked at."""
    return getattr(request, "guitu_taken", None)


@dataclass(frozen=True)
class Source:
    """A page's view with its arguments, asked at `path`."""

    request: HttpRequest
    view: Callable[..., HttpResponse]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    path: str

    def page(self, pairs: Pairs, *, leaves: bool) -> object:
        """The page at these choices. Raises Answered where the view has none."""
        query = urlencode(pairs)
        asked = copy(self.request)
        asked.method = "GET"
        asked.path = asked.path_info = self.path
        asked.META = {**self.request.META, "QUERY_STRING": query, "PATH_INFO": self.path}
        asked.GET = QueryDict(query)  # type: ignore[assignment]
        asked.guitu_taken = taken = Taken(leaves)  # type: ignore[attr-defined]
        response = self.view(asked, *self.arguments, **self.named)
        if taken.page is None:
            raise Answered(response)
        return taken.page

    def list(self, pairs: Pairs, list_id: str, *, leaves: bool) -> Table:
        """One list of that page; 404 where it has none of that id."""
        found = list(tables(self.page(pairs, leaves=leaves)))
        table = next((t for t in found if t.id == list_id), None)
        if table is None and not list_id and found:
            table = found[0]
        if table is None:
            raise Http404(list_id)
        return table


@dataclass(frozen=True)
class Lines:
    """One list from its first row to its last, as its address narrows it."""

    source: Source
    list_id: str
    pairs: tuple[tuple[str, str], ...]
    total: int
    caption: object

    def written(self) -> tuple[tuple[Head, ...], Iterator[tuple[str, ...]]]:
        """Heads and rows, asked for page by page while they are read, and noted as taken along."""
        first = self.source.list(self.pairs, self.list_id, leaves=True)
        some = heads(first)
        return some, self._rows(first, some)

    def _rows(self, first: Table, some: tuple[Head, ...]) -> Iterator[tuple[str, ...]]:
        given, table, number = 0, first, 1
        while True:
            for row in values(table, some):
                given += 1
                if given > MOST:
                    raise TooLong(given)
                yield row
            pager = table.pager
            if pager is None or not table.rows or number >= pager.pages:
                return
            number += 1
            pairs = tuple(parse_qsl(urlsplit(pager.href(number)).query))
            table = self.source.list(pairs, self.list_id, leaves=True)


def lines_of(source: Source, query: str, list_id: str) -> Lines:
    """The list that this query narrows, counted. Raises TooLong; Answered where the view has no page."""
    pairs = (*narrowed(f"?{query}"), ("size", str(LARGE)))
    table = source.list(pairs, list_id, leaves=False)
    total = table.pager.total if table.pager is not None else len(table.rows)
    if total > MOST:
        raise TooLong(total)
    return Lines(source, list_id, pairs, max(total, len(table.rows)), table.caption)
