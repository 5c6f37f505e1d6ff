"""Why the rules say so: article, sum line by line, the entries that counted. Folded until asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.citations import Citation
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Because
from guitu.web.component import State, Text, colon, said

BASIS: Final = Label("依据", "Basis")
WHY: Final = Label("为什么？", "Why?")

STATUSES: Final[dict[str, Label]] = {
    "inferred": Label("条文未明言，系推定", "inferred: the article does not say it outright"),
    "recalled": Label("尚未核对原文", "not yet checked against the text"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An entry that counted: its words, and where it stands in the file."""

    text: Text
    href: str = ""

    @property
    def line(self) -> str:
        """The entry as a list item."""
        words = said(self.text)
        return f'<li><a href="{escape(self.href)}">{words}</a></li>' if self.href else f"<li>{words}</li>"


@dataclass(frozen=True, slots=True)
class Why:
    """What is shown under 依据 or 为什么？ ."""

    sentence: Text
    cites: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()
    rule: str = ""
    status: Text = ""
    asks: bool = False
    open: bool = False

    def html(self, about: Text = "") -> SafeString:
        """A folded line: the first article beside it, and under it everything that counted. What it is
        `about` is for those who hear several one after the other."""
        first = ""
        if self.cites and not self.asks:
            first = f' <span class="why-cite">{said(self.cites[0])}</span>'
        body = [f"<p>{said(self.sentence)}</p>"]
        if self.cites:
            body.append(f'<p class="why-cites">{"".join(f"<span>{said(c)}</span> " for c in self.cites)}</p>')
        if self.steps:
            body.append(f'<ol class="why-steps">{"".join(f"<li>{said(s)}</li>" for s in self.steps)}</ol>')
        if self.sources:
            body.append(f'<ul class="why-sources">{"".join(s.line for s in self.sources)}</ul>')
        if self.status:
            body.append(f'<p class="meta">◇ {said(self.status)}</p>')
        return mark_safe(
            f'<details class="why"{" open" if self.open else ""}>'
            f"<summary>{said(WHY if self.asks else BASIS)}{_about(about)}{first}</summary>"
            f'<div class="why-body">{"".join(body)}</div></details>'
        )


def _about(text: Text) -> str:
    return f'<span class="hidden">{colon()}{said(text)}</span>' if text else ""


def why_of(
    because: Because,
    *,
    source: Callable[[UUID], Source] | None = None,
    asks: bool = False,
    open: bool = False,
) -> Why:
    """The reasons of an answer. `source` finds an entry's words; `asks` heads it 为什么？ instead of 依据."""
    return Why(
        sentence=because.label,
        cites=tuple(c.label for c in because.cites),
        steps=because.steps,
        sources=tuple(source(e) for e in because.entries) if source else (),
        rule=because.rule,
        status=STATUSES.get(because.status, ""),
        asks=asks,
        open=open,
    )


_BECAUSE: Final = Because(
    Label(
        "拒绝或者逃避检测 3 次以上，为严重违反", "Three or more tests refused or evaded are a serious breach"
    ),
    on=date(2026, 11, 23),
    cites=(Citation("戒毒条例", "20"), Citation("禁毒法", "38")),
    steps=(
        Label(
            "2026-03-01 逃避、2026-04-01 拒检、2026-05-06 逃避：共 3 次",
            "evaded 2026-03-01, refused 2026-04-01, evaded 2026-05-06: 3 times",
        ),
        Label("3 次 ≥ 3 次（“以上”含本数）", "3 ≥ 3 (“or more” includes the number)"),
    ),
    rule="serious_breach_tests",
)
_SOURCES: Final = (Source(Label("2026-05-06 检测：逃避", "2026-05-06 Urine test: evaded"), "#"),)

STATES: Final = (
    State("folded", Label("收起", "Folded"), why_of(_BECAUSE)),
    State(
        "open",
        Label("展开", "Open"),
        Why(
            _BECAUSE.label,
            tuple(c.label for c in _BECAUSE.cites),
            _BECAUSE.steps,
            _SOURCES,
            "serious_breach_tests",
            asks=True,
            open=True,
        ),
    ),
    State(
        "inferred",
        Label("推定", "Inferred"),
        Why(_BECAUSE.label, (_BECAUSE.cites[0].label,), status=STATUSES["inferred"], open=True),
    ),
)
