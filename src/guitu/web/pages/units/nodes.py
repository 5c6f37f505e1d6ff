"""A line of the tree of units: its name, what it has open, who is there. Branches below fold and are fetched.

Figures stand at the right edge, so that they line up however deep a unit is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from guitu.indicators.disclosure import Mark
from guitu.kernel.labels import Label
from guitu.web.component import Text, say
from guitu.web.components.word.component import Word

BELOW: Final = Label("{name}的下级", "Units below {name}")
OPEN: Final = Label("打开", "Open")
STAFF: Final = Label("在岗", "In post")
SUPPRESSED: Final[Mapping[Mark, Word]] = {
    "small": Word("hidden", Label("不足10", "under 10")),
    "also": Word("hidden", Label("连带不显示", "hidden with others")),
}
"""What stands for a figure that is not told: too small, or one by which such a figure could be worked out."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure and the list that makes it; `mark` where it is not told."""

    label: Label
    n: int
    href: str = ""
    mark: Mark = ""
    late: bool = False

    def html(self, *, named: bool = False) -> str:
        """The figure, with its label for those who do not see the heads; without, where it is `named` before.
        A link has the label in it: heard among others it says what it leads to."""
        label = "" if named else f'<span class="unit-label">{say(self.label)} </span>'
        if self.mark:
            inside = f"{label}{SUPPRESSED[self.mark].html()}"
        elif self.href and self.n:
            inside = f'<a href="{escape(self.href)}">{label}{self.n:,}</a>'
        else:
            inside = f"{label}{self.n:,}"
        if self.late and self.n and not self.mark:
            inside = f'<span class="word late"><i aria-hidden="true">▲</i>{inside}</span>'
        return f'<span class="unit-count num">{inside}</span>'


@dataclass(frozen=True, slots=True)
class Node:
    """One unit. `below` fetches the branches under it; `word` says that nobody is there, or that it is
    closed."""

    code: str
    name: str
    href: str
    level: Text
    counts: tuple[Count, ...]
    staff: Text = ""
    word: Word | None = None
    below: str = ""
    where: str = ""

    def html(self) -> SafeString:
        """The whole `li`."""
        name = escape(self.name)
        where = f' <span class="meta">{escape(self.where)}</span>' if self.where else ""
        staff = str(self.word.html()) if self.word else escape(say(self.staff))
        label = "" if self.word else f'<span class="unit-label">{escape(say(STAFF))} </span>'
        out = [
            f'<li class="unit"><div class="unit-line"><span class="unit-name">'
            f'<a href="{escape(self.href)}">{name}</a>'
            f' <span class="meta">{escape(say(self.level))}</span>{where}</span><span class="unit-counts">',
            *(count.html() for count in self.counts),
            f'<span class="unit-staff">{label}{staff}</span></span></div>',
        ]
        if self.below:
            out.append(
                f'<details class="unit-below" hx-get="{escape(self.below)}" hx-trigger="toggle once"'
                ' hx-target="find ul" hx-swap="innerHTML">'
                f'<summary><span class="hidden">{say(BELOW.fill(name=name))}</span></summary>'
                f'<ul><li><a href="{escape(self.href)}">{say(OPEN)} {name}</a></li></ul></details>'
            )
        out.append("</li>\n")
        return mark_safe("".join(out))


def lines(nodes: Iterable[Node]) -> SafeString:
    """Several units, one under the other."""
    return mark_safe("".join(node.html() for node in nodes))
