"""A page's form filled in by a program: its view is asked as if somebody had sent it. What it answered says
where it led to, or what is wrong at which box."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from guitu.access import may_see_page
from guitu.casefile import Kind
from guitu.kernel.labels import Label
from guitu.web.accounts.tokens import Refused
from guitu.web.api.calling import NOT_THE_POST, NOT_THERE, said
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.taking.collecting import Taken
from guitu.web.who import Who

CONFIRM: Final = Label(
    "这一项须在页面上先证明是本人操作。", "This takes a proof of presence: do it on its page."
)
REFUSED: Final = Label("页面没有收下。", "The page did not take it.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a page answered to a form that was filled in: its status, where it led to, and the page itself
    where it is one with faults."""

    status: int
    location: str
    page: object

    def refusal(self) -> Refused:
        """Why nothing was recorded, each fault at its box. Raises Http404 where the page is not there."""
        if self.status == 404:
            raise Http404
        if self.location.startswith(reverse("confirm")):
            return Refused(403, "own_page", CONFIRM)
        return _refusal(self.page, self.status)


def through(
    request: HttpRequest, reader: Who, kind: Kind, name: str, args: tuple[Any, ...],
    boxes: Mapping[str, str | list[str]], source: str,
) -> Answered:  # fmt: skip
    """Fill in the form at that address. Raises Refused where the page is not open to the reader's post."""
    try:
        path = reverse(name, args=args)
        match = resolve(path)
    except (NoReverseMatch, Resolver404):
        raise Refused(404, "not_there", NOT_THERE) from None
    if not may_see_page(reader.actor, match.func.guitu_page).allowed:
        raise Refused(403, "not_allowed", NOT_THE_POST.fill(scope=kind.label))
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "POST", path, path
    asked.GET = QueryDict()  # type: ignore[assignment]
    sent = QueryDict(mutable=True)
    for box, value in boxes.items():
        sent.setlist(box, value if isinstance(value, list) else [value])
    asked.POST = sent  # type: ignore[assignment]
    asked.guitu_taken = taken = Taken(leaves=False)  # type: ignore[attr-defined]
    asked.guitu_source = source  # type: ignore[attr-defined]
    response = match.func(asked, *match.args, **match.kwargs)
    return Answered(response.status_code, response.headers.get("Location", ""), taken.refused)


def _refusal(page: object, status: int) -> Refused:
    """What a page said is wrong, each fault at its box; else what it tells above everything else."""
    summary = getattr(page, "summary", None)
    found = summary.faults if isinstance(summary, ErrorSummary) else ()
    if not found:
        told = [n.text for n in getattr(page, "notices", ()) if n.kind in ("barred", "gap", "fault")]
        found = tuple(Fault(text) for text in told[:1])
    faults = [
        {
            "field": fault.box.removeprefix("f-"),
            "said": said(fault.text if isinstance(fault.text, Label) else Label(fault.text, fault.text)),
        }
        for fault in found
    ]
    first = found[0].text if found else REFUSED
    label = first if isinstance(first, Label) else Label(first, first)
    known = status if status in (403, 409, 422, 503) else 422
    return Refused(known, "faults" if faults else "contradiction", label, faults=faults)
