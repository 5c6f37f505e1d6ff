"""A line of Today: one duty of one person, what it rests on, and one press to record it.

Written here and not in a template: a page has up to a hundred of them and a hundredth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from guitu.kernel.labels import Label
from guitu.web.component import Text, colon, say
from guitu.web.components.word.component import WORDS, Word
from guitu.web.language import CHINESE, ENGLISH, spoken

BASIS: Final = Label("依据", "Basis")
RECORD: Final = Label("登记", "Record")
MORE: Final = Label("更多", "More")
EXCUSE: Final = Label("说明原因", "Give reason")
REASSIGN: Final = Label("转交", "Reassign")
SUM: Final = Label("看这一天怎么算的", "How this day was worked out")
TAIL: Final = Label("证件号尾号", "ID ending")
PROMPTLY: Final = Label("尽快", "Promptly")
OF_PERSON: Final = Label("本人应办", "owed by the person")
STILL_OPEN: Final = Label("仍待办", "Still open")
_COLON: Final = {False: colon(CHINESE), True: colon(ENGLISH)}
_ENDING: Final = {
    english: f' <span class="meta num"><span class="hidden">{TAIL.en if english else TAIL.zh}</span>…'
    for english in (False, True)
}
NOT_FOUND: Final = Label("规则已更新，见档案中的依据", "The rules have changed: see the basis in the file")


@dataclass(frozen=True, eq=False)
class Law:
    """What a duty is and what it rests on: the same for everybody who has it. `says` is the sentence of its
    rule and `cites` the articles; `of_person` marks what the person owes."""

    label: Text
    cites: tuple[Label, ...] = ()
    says: Text = ""
    of_person: bool = False

    @cached_property
    def chinese(self) -> LawSaid:
        """In Chinese, as HTML."""
        return _law_said(self, False)

    @cached_property
    def english(self) -> LawSaid:
        """In English, as HTML."""
        return _law_said(self, True)


class LawSaid(NamedTuple):
    """A law in one language: its name, the cell that says it, the hover of its basis, and the basis."""

    label: str
    what: str
    hover: str
    body: str


def _law_said(law: Law, english: bool) -> LawSaid:
    label, says = escape(_in(law.label, english)), escape(_in(law.says, english))
    articles = [escape(_in(c, english)) for c in law.cites]
    own = f' <span class="meta">{_in(OF_PERSON, english)}</span>' if law.of_person else ""
    return LawSaid(
        label,
        f'<span class="due-what">{label}{own}</span>',
        f"{articles[0]}{_COLON[english]}{says}" if articles else "",
        f'<p>{says}</p><p class="why-cites">{"".join(f"<span>{a}</span> " for a in articles)}</p>',
    )


@dataclass(frozen=True, slots=True)
class DueRow:
    """One duty. `word` is its state. `id`, `case_no` and `tail` are plain: letters, digits, `-` and `_`.

    `href` opens the file, `why` fetches the sum of days, `record` the form (nothing where the reader may not
    record it) and `done` the line that takes this one's place afterwards. `more` are other things to record
    about it.
    """

    id: str
    case_no: str
    word: Word
    name: str
    href: str
    tail: str
    law: Law
    due: str
    unit: str
    where: str
    worker: str = ""
    why: str = ""
    record: str = ""
    done: str = ""
    note: Text = ""
    more: tuple[tuple[Label, str], ...] = ()

    def html(self, english: bool) -> str:
        """The whole `li`."""
        law = self.law.english if english else self.law.chinese
        name, record = escape(self.name), escape(self.record)
        about = f'<span class="hidden">{_COLON[english]}{name} {law.label}</span>'
        return (
            f'<li class="due" id="{self.id}"><div class="due-line">{self._line(english, name, law)}</div>'
            f"{self._basis(english, about, law)}"
            f"{self._press(english, about, record) if record or self.more else ''}</li>\n"
        )

    def _line(self, english: bool, name: str, law: LawSaid) -> str:
        """State, person, duty, place and day."""
        shape, usual = WORDS[self.word.kind]
        tail = f"{_ENDING[english]}{self.tail}</span>" if self.tail else ""
        where = f' title="{escape(self.where)}"' if self.where != self.unit else ""
        worker = f' <span class="meta">{escape(self.worker)}</span>' if self.worker else ""
        note = f'<span class="meta"> {escape(_in(self.note, english))}</span>' if self.note else ""
        return (
            f'<span class="word {self.word.kind}"><i aria-hidden="true">{shape}</i>'
            f"{_in(self.word.text or usual, english)}</span>"
            f'<span class="due-who"><a href="{self.href}">{name}</a>{tail}</span>{law.what}'
            f'<span class="due-unit"{where}>{escape(self.unit)}{worker}</span>'
            f'<span class="due-day num">{self.due or _in(PROMPTLY, english)}{note}</span>'
        )

    def _basis(self, english: bool, about: str, law: LawSaid) -> str:
        """The article, folded: its sentence at once, the sum of days when it is opened."""
        if not law.hover:
            return ""
        return (
            f'<details class="due-why" hx-get="{self.why}" hx-trigger="toggle once"'
            f' hx-target="find .why-sum">'
            f'<summary title="{law.hover}">{_in(BASIS, english)}{about}</summary><div class="why-body">'
            f'{law.body}<div class="why-sum"><a href="{self.href}">{_in(SUM, english)}</a></div></div>'
            "</details>"
        )

    def _press(self, english: bool, about: str, record: str) -> str:
        """One press opens a form under the line; what it did comes back in the line's place. What two people
        do has a page of its own."""
        press = more = ""
        if record:
            here = f' hx-get="{record}" hx-target="#{self.id}-form"' if record.startswith("/files/") else ""
            words = f"{_in(RECORD, english)}{about}"
            press = f'<a class="button small due-do" data-next href="{record}"{here}>{words}</a>'
        if self.more:
            links = "".join(
                f'<li><a href="{escape(href)}" hx-get="{escape(href)}">{_in(label, english)}{about}</a></li>'
                for label, href in self.more
            )
            more = (
                f'<details class="due-more" hx-target="next .due-form"><summary>{_in(MORE, english)}{about}'
                f"</summary><ul>{links}</ul></details>"
            )
        return (
            f'{press}{more}<div class="due-form" id="{self.id}-form" hx-get="{escape(self.done)}"'
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
