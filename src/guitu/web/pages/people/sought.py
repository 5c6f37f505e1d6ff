"""Finding somebody in a list of another page, by what People finds them by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from guitu.kernel.labels import Label
from guitu.store import read
from guitu.web.components.button.component import Button
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip
from guitu.web.found import FOUND, found_file, keep
from guitu.web.pages.people.choices import tells_who, words_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sought:
    """The words; and the token under which the session keeps them, where they may not stand in an address.
    `sent` says that they have just been typed: the reader is led to the list's address."""

    q: str = ""
    found: str = ""
    sent: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Sought:
        """What is sought in this request."""
        posted = request.method == "POST"
        q = words_of(request.POST if posted else request.GET)
        if tells_who(q):
            return cls(q, keep(request, q), sent=True)
        token = "" if posted or q else request.GET.get(FOUND, "")[:80]
        kept = found_file(request, token) if token else ""
        return cls(q or kept, token if kept else "", sent=posted)

    @property
    def pairs(self) -> dict[str, str]:
        """How it stands in an address."""
        return {FOUND: self.found} if self.found else {"q": self.q} if self.q else {}

    def chips(self, without: str) -> tuple[Chip, ...]:
        """The words among what a list is narrowed by; pressed, they lead to the list `without` them."""
        return (Chip(Label(f"“{self.q}”", f"“{self.q}”"), without),) if self.q else ()

    def among(self, some: Sequence[T], line: Callable[[T], read.PersonLine], unit: str) -> Sequence[T]:
        """Those of a list under the unit whom it finds, each with the person's `line`; all where nothing is
        sought."""
        if not self.q:
            return some
        found = read.found_among(map(line, some), unit, self.q)
        return [one for one in some if line(one).no in found]


NOTHING: Final = Sought()


def nobody(sought: Sought) -> Empty:
    """That nobody in the list fits; and where everybody is sought, whichever list they stand in."""
    if not sought.q:
        return Empty(Label("没有符合条件的人。", "Nobody fits."))
    return Empty(
        Label(f"这份名单里没有“{sought.q}”。", f"Nobody in this list is found by “{sought.q}”."),
        (Button(Label("在全部人员里找", "Search all people"), href=f"/people/?{urlencode(sought.pairs)}"),),
    )
