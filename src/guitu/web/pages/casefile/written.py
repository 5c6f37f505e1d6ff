"""A page of a file whose parts are written out once, for as long as the file, the day and the reader's rights
stay the same. It lives beside the file in this process's memory and goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from guitu.web.component import render
from guitu.web.pages.casefile.page import CaseFilePage


@dataclass(frozen=True, slots=True)
class Written:
    """A component that has been said already, in one language."""

    text: SafeString

    def html(self) -> SafeString:
        """What it says."""
        return self.text


def written(page: CaseFilePage) -> CaseFilePage:
    """The page with everything said that does not hang on the request: no form token, no receipt."""
    return replace(
        page,
        tabs=_said(page.tabs),
        term=_said(page.term),
        rail=_said(page.rail),
        terms=_all(page.terms),
        duties=_all(page.duties),
        done=_all(page.done),
        findings=_all(page.findings),
        look=replace(page.look, fields=_all(page.look.fields)),
        timeline=replace(page.timeline, cards=(Written(page.timeline.rows),)) if page.timeline else None,
    )  # fmt: skip


def _said(part: object) -> Any:
    return None if part is None else Written(render(part))


def _all(parts: Iterable[object]) -> tuple[Any, ...]:
    return tuple(Written(render(part)) for part in parts)
