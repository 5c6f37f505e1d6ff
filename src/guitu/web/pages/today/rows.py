"""A line of Today: one duty of one person, what it rests on, and one press to record it.

Written here and not in a template: a page has up to a hundred of them and a hundredth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from guitu.kernel.labels import Label
from guitu.web.component import Text, say
from guitu.web.components.word.component import WORDS, Word

BASIS: Final = Label("依据", "Basis")
RECORD: Final = Label("登记", "Record")
SUM: Final = Label("看这一天怎么算的", "How this day was worked out")
TAIL: Final = Label("证件号尾号", "ID ending")
PROMPTLY: Final = Label("尽快", "Promptly")
OF_PERSON: Final = Label("本人应办", "owed by the person")
STILL_OPEN: Final = Label("仍待办", "Still open")
NOT_FOUND: Final = Label("规则已更新，见档案中的依据", "The rules have changed: see the basis in the file")


@dataclass(frozen=True, slots=True)
class DueRow:
    """One duty. `word` is its state, `says` the sentence of its rule and `cites` the articles.

    `href` opens the file, `why` fetches the sum of days, `record` the form (nothing where the reader may not
    record it) and `done` the line that takes this one's place afterwards.
    """

    id: str
    case_no: str
    word: Word
    name: str
    href: str
    tail: str
    label: Text
    due: str
    unit: str
    where: str
    worker: str = ""
    of_person: bool = False
    cites: tuple[Label, ...] = ()
    says: Text = ""
    why: str = ""
    record: str = ""
    done: str = ""
    note: Text = ""

    def html(self) -> SafeString:
        """The whole `li`."""
        return mark_safe(f'<li class="due" id="{escape(self.id)}">{self._line()}</li>\n')

    def _line(self) -> str:
        shape, usual = WORDS[self.word.kind]
        english = (get_language() or "").startswith("en")
        label = escape(say(self.label))
        name = escape(self.name)
        out = [
            f'<div class="due-line"><span class="word {self.word.kind}"><i aria-hidden="true">{shape}</i>'
            f"{escape(say(self.word.text or usual))}</span>"
            f'<span class="due-who"><a href="{escape(self.href)}">{name}</a>'
        ]
        if self.tail:
            out.append(
                f' <span class="meta num"><span class="hidden">{say(TAIL)}</span>…{escape(self.tail)}</span>'
            )
        out.append(f'</span><span class="due-what">{label}')
        if self.of_person:
            out.append(f' <span class="meta">{say(OF_PERSON)}</span>')
        where = f' title="{escape(self.where)}"' if self.where != self.unit else ""
        worker = f' <span class="meta">{escape(self.worker)}</span>' if self.worker else ""
        out.append(f'</span><span class="due-unit"{where}>{escape(self.unit)}{worker}</span>')
        out.append(f'<span class="due-day num">{escape(self.due) or say(PROMPTLY)}')
        if self.note:
            out.append(f'<span class="meta"> {escape(say(self.note))}</span>')
        out.append("</span></div>")
        out.append(self._basis(english, name, label))
        if self.record:
            target = f"{self.id}-form"
            out.append(
                f'<a class="button small due-do" id="{escape(self.id)}-do" data-next'
                f' href="{escape(self.record)}" hx-get="{escape(self.record)}"'
                f' hx-target="#{escape(target)}" hx-swap="innerHTML">'
                f'{say(RECORD)}<span class="hidden">：{name} {label}</span></a>'
                f'<div class="due-form" id="{escape(target)}" hx-get="{escape(self.done)}"'
                ' hx-trigger="guitu:recorded" hx-target="closest li" hx-swap="outerHTML"'
                f" hx-include=\"[data-shown='{escape(self.case_no)}']\"></div>"
                f'<input type="hidden" name="shown" value="{escape(self.id)}"'
                f' data-shown="{escape(self.case_no)}">'
            )
        return "".join(out)

    def _basis(self, english: bool, name: str, label: str) -> str:
        """The article, folded: its sentence at once, the sum of days when it is opened."""
        if not self.cites:
            return ""
        articles = [escape(c.en if english else c.zh) for c in self.cites]
        says = escape(say(self.says))
        fetched = escape(f"{self.id}-why")
        return (
            f'<details class="due-why" hx-get="{escape(self.why)}" hx-trigger="toggle once"'
            f' hx-target="#{fetched}" hx-swap="innerHTML">'
            f'<summary title="{articles[0]}：{says}">{say(BASIS)}<span class="hidden">：{name} {label}</span>'
            f'</summary><div class="why-body"><p>{says}</p><p class="why-cites">'
            + "".join(f"<span>{a}</span> " for a in articles)
            + f'</p><div id="{fetched}"><a href="{escape(self.href)}">{say(SUM)}</a></div></div></details>'
        )


@dataclass(frozen=True, slots=True)
class DoneLine:
    """A duty's line once it is done: plain, in its place. `still` says that it is open all the same."""

    id: str
    name: str
    href: str
    label: Text
    text: Text
    still: Text = ""

    def html(self, *, said: Text = "", elsewhere: bool = False) -> SafeString:
        """The whole `li`. `said` is read aloud and hands the focus on; `elsewhere` puts the line in the place
        of the one with its id."""
        word = Word("gap", STILL_OPEN) if self.still else Word("done")
        swap = ' hx-swap-oob="true"' if elsewhere else ""
        still = f' <span class="meta">{escape(say(self.still))}</span>' if self.still else ""
        mark = f'<span data-say="{escape(say(said))}" data-focus-after></span>' if said else ""
        return mark_safe(
            f'<li class="due done" id="{escape(self.id)}"{swap}><div class="due-line">{word.html()}'
            f'<span class="due-who"><a href="{escape(self.href)}">{escape(self.name)}</a></span>'
            f'<span class="due-what">{escape(say(self.label))}</span>'
            f'<span class="due-said num">{escape(say(self.text))}{still}</span></div>{mark}</li>\n'
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one bucket that are on this page."""

    kind: str
    label: Label
    rows: tuple[DueRow, ...]

    @property
    def shape(self) -> str:
        """The shape of the state the group stands for."""
        return WORDS[self.kind][0]

    @property
    def body(self) -> SafeString:
        """All rows as HTML."""
        return mark_safe("".join(row.html() for row in self.rows))
