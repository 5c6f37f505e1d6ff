"""A line of Today: one duty of one person, what it rests on, and one press to record it.

Written here and not in a template: a page has up to a hundred of them and a hundredth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.web.component import Text, say
from guitu.web.components.word.component import WORDS, Word
from guitu.web.language import ENGLISH, spoken

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
    """One duty. `word` is its state, `says` the sentence of its rule and `cites` the articles. `id` and
    `case_no` are plain: letters, digits, `-` and `_`.

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

    def html(self, english: bool) -> str:
        """The whole `li`."""
        label = escape(_in(self.label, english))
        name = escape(self.name)
        about = f'<span class="hidden">：{name} {label}</span>'
        return (
            f'<li class="due" id="{self.id}"><div class="due-line">{self._what(english, name, label)}</div>'
            f"{self._basis(english, about)}{self._press(english, about)}</li>\n"
        )

    def _what(self, english: bool, name: str, label: str) -> str:
        """State, person, duty, place and day."""
        shape, usual = WORDS[self.word.kind]
        tail = ""
        if self.tail:
            ending = f'<span class="hidden">{_in(TAIL, english)}</span>…{escape(self.tail)}'
            tail = f' <span class="meta num">{ending}</span>'
        own = f' <span class="meta">{_in(OF_PERSON, english)}</span>' if self.of_person else ""
        where = f' title="{escape(self.where)}"' if self.where != self.unit else ""
        worker = f' <span class="meta">{escape(self.worker)}</span>' if self.worker else ""
        note = f'<span class="meta"> {escape(_in(self.note, english))}</span>' if self.note else ""
        return (
            f'<span class="word {self.word.kind}"><i aria-hidden="true">{shape}</i>'
            f"{escape(_in(self.word.text or usual, english))}</span>"
            f'<span class="due-who"><a href="{escape(self.href)}">{name}</a>{tail}</span>'
            f'<span class="due-what">{label}{own}</span>'
            f'<span class="due-unit"{where}>{escape(self.unit)}{worker}</span>'
            f'<span class="due-day num">{self.due or _in(PROMPTLY, english)}{note}</span>'
        )

    def _basis(self, english: bool, about: str) -> str:
        """The article, folded: its sentence at once, the sum of days when it is opened."""
        if not self.cites:
            return ""
        articles = [escape(_in(c, english)) for c in self.cites]
        says = escape(_in(self.says, english))
        return (
            f'<details class="due-why" hx-get="{escape(self.why)}" hx-trigger="toggle once"'
            f' hx-target="#{self.id}-why" hx-swap="innerHTML"><summary title="{articles[0]}：{says}">'
            f'{_in(BASIS, english)}{about}</summary><div class="why-body"><p>{says}</p><p class="why-cites">'
            + "".join(f"<span>{a}</span> " for a in articles)
            + f'</p><div id="{self.id}-why"><a href="{escape(self.href)}">{_in(SUM, english)}</a></div></div>'
            "</details>"
        )

    def _press(self, english: bool, about: str) -> str:
        """One press opens the form under the line; what it did comes back in the line's place."""
        if not self.record:
            return ""
        record = escape(self.record)
        return (
            f'<a class="button small due-do" id="{self.id}-do" data-next href="{record}" hx-get="{record}"'
            f' hx-target="#{self.id}-form" hx-swap="innerHTML">{_in(RECORD, english)}{about}</a>'
            f'<div class="due-form" id="{self.id}-form" hx-get="{escape(self.done)}"'
            ' hx-trigger="guitu:recorded" hx-target="closest li" hx-swap="outerHTML"'
            f" hx-include=\"[data-shown='{self.case_no}']\"></div>"
            f'<input type="hidden" name="shown" value="{self.id}" data-shown="{self.case_no}">'
        )


def _in(text: Text, english: bool) -> str:
    """Like `say`, with the language already known: there are a thousand words on a page."""
    if isinstance(text, Label):
        return text.en if english else text.zh
    return text


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
        english = spoken() == ENGLISH
        return mark_safe("".join(row.html(english) for row in self.rows))
