"""Filters of a list as links: what can be chosen, how many it gives, what is chosen now."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.web.component import State, Text, say
from guitu.web.components.word.component import WORDS


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: its words, how many rows it gives (None: not counted), its address. `kind` adds a shape."""

    label: Text
    href: str
    count: int | None = None
    here: bool = False
    kind: str = ""

    @property
    def shape(self) -> str:
        """The shape of the state the chip stands for."""
        return WORDS[self.kind][0] if self.kind else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One question a list can be narrowed by. Many choices fold into a drop-down. A `named` one is seen with
    its label before it: without it the choices would be read for something else."""

    label: Text
    chips: tuple[Chip, ...]
    folded: bool = False
    named: bool = False

    @property
    def body(self) -> SafeString:
        """The choices as list items. Written here: an office has some dozens of villages to choose from."""
        plain = self.folded
        return mark_safe("".join(_item(chip, plain=plain) for chip in self.chips))


def _item(chip: Chip, *, plain: bool) -> str:
    look = "" if plain else f' class="chip{" " + chip.kind if chip.kind else ""}"'
    shape = f'<i aria-hidden="true">{chip.shape}</i>' if chip.kind and not plain else ""
    count = "" if chip.count is None else f' <span class="num">{chip.count:,}</span>'
    here = ' aria-current="true"' if chip.here else ""
    return f'<li><a{look} href="{escape(chip.href)}"{here}>{shape}{escape(say(chip.label))}{count}</a></li>'


@dataclass(frozen=True, slots=True)
class Filters:
    """All groups; `chosen` is what is in force now, each with the address without it; `clear` drops all."""

    groups: tuple[Group, ...]
    chosen: tuple[Chip, ...] = ()
    clear: str = ""
    name: Text = Label("筛选", "Filters")  # noqa: RUF009 - Label is frozen


_STATES: Final = Group(
    Label("到期", "Due"),
    (
        Chip(Label("逾期", "Overdue"), "?due=late", 3, kind="late"),
        Chip(Label("今天", "Today"), "?due=today", 6, here=True, kind="today"),
        Chip(Label("本周", "This week"), "?due=week", 14, kind="open"),
    ),
)
_VILLAGES: Final = Group(
    Label("村", "Village"),
    tuple(Chip(name, f"?village={name}", 4) for name in ("东坡村", "南园村", "北滘村")),
    folded=True,
)

STATES: Final = (
    State("plain", Label("未筛选", "Nothing chosen"), Filters((_STATES,))),
    State(
        "named",
        Label("有题", "Named"),
        Filters(
            (
                Group(
                    Label("还差", "Still lacking"),
                    (Chip(Label("报到", "Reported in"), "?step=reporting_in", 3),),
                    named=True,
                ),
            ),
            name=Label("筛选人员", "Filter people"),
        ),
    ),
    State(
        "chosen",
        Label("已筛选", "Some chosen"),
        Filters(
            (_STATES, _VILLAGES),
            (Chip(Label("检测", "Urine test"), "?"), Chip("东坡村", "?")),
            "?",
            Label("事项筛选", "Filter duties"),
        ),
    ),
)
