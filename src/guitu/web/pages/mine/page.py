"""The person's own page: how long, what must I do, what help can I get, how do I object? One column, one
page.

What it shows is worked out from the file and says no word of anybody else: offices and posts, never names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import State, Text
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.pages.order.burden import BurdenShown
from guitu.web.pages.order.counts import Count

TITLE: Final = Label("我的事项", "My matters")
"""Neutral: it stands in the browser's history and on a shared screen."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Why: the sentence of the rule, its articles, the sum. Folded, one tap away."""

    says: Text
    cites: tuple[Label, ...] = ()
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what, with its state in a word and a shape, a note, why, and what can be done about it."""

    text: Text
    note: Text = ""
    word: Word | None = None
    basis: Basis | None = None
    href: str = ""
    act: Text = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something the person asked for: its number, the day, what became of it, and the answer's own words."""

    number: str
    text: Text
    day: date
    word: Word
    note: Text = ""
    outcome: Text = ""
    answer: Text = ""
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A post that looked into the file on a day: the office and the post, no name."""

    day: date
    office: str
    post: Text
    what: Text
    times: int = 1


@dataclass(frozen=True, slots=True)
class Consent:
    """What a family member may see until a day; `to` is the entry that is taken back."""

    to: str
    who: str
    parts: Text
    until: date | None


@dataclass(frozen=True, slots=True)
class Living:
    """The stay as the person sees it. `to` is its entry, "" once they have left."""

    heading: Label
    where: str
    text: Label
    rights: Label
    to: str
    button: Label
    pay: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Moving:
    """How far the hand-over of the file has come: the state, who answers, the steps with their days."""

    heading: Label
    lead: Text
    who: Text
    steps: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was said about reminders. `to` is the consent that is taken back, "" where none stands."""

    heading: Label
    text: Text
    to: str
    button: Text = ""


@dataclass(frozen=True, slots=True)
class MinePage:
    """The whole page. `family` says that a family member looks, who sees `lead` to `owed` at most and does
    nothing. `waits` says that something the person asked for has no answer yet, or that the reader does not
    learn whether. `seen` is None where the page does not tell."""

    hello: Text
    lead: Text
    rest: Text = ""
    warn: bool = False
    basis: Basis | None = None
    path: tuple[Item, ...] = ()
    dates: tuple[Item, ...] = ()
    todo: tuple[Item, ...] = ()
    owed: tuple[Item, ...] = ()
    counts: tuple[Item, ...] = ()
    assessments: tuple[Item, ...] = ()
    pay: tuple[Item, ...] = ()
    living: Living | None = None
    moving: Moving | None = None
    reminded: Reminded | None = None
    findings: tuple[Item, ...] = ()
    asked: tuple[Asked, ...] = ()
    waits: bool = False
    rights: tuple[Item, ...] = ()
    past: tuple[Item, ...] = ()
    medicines: tuple[Item, ...] = ()
    results: tuple[Item, ...] = ()
    acts: tuple[tuple[Label, str], ...] = ()
    consents: tuple[Consent, ...] = ()
    seen: tuple[Seen, ...] | None = None
    notice: Notice | None = None
    told: tuple[Notice, ...] = ()
    office: str = ""
    phone: str = ""
    family: bool = False
    parts: str = "all"
    burden: BurdenShown | None = None
    title: Label = TITLE
    my_assessments: Label = Label("我的诊断评估", "My assessments")  # noqa: RUF009 - Label is frozen
    assessment_words: Label = Label("结论和理由", "Results and reasons")  # noqa: RUF009 - Label is frozen
    my_medicines: Label = Label("我的药", "My medicines")  # noqa: RUF009 - Label is frozen
    my_results: Label = Label("我的检查结果", "My results")  # noqa: RUF009 - Label is frozen
    my_tests: Label = Label("我的检测", "My tests")  # noqa: RUF009 - Label is frozen
    all_counts: Label = Label("逐条看依据和材料", "Every entry, with its evidence")  # noqa: RUF009 - Label is frozen

    only_answers: Label = Label(  # noqa: RUF009 - Label is frozen
        "除了答复您提出的事，目前没有欠您的事", "Nothing is owed to you but an answer to what you asked for"
    )

    @property
    def shows_duties(self) -> bool:
        """Whether the duties are for this reader."""
        return self.parts != "term"

    @property
    def shows_all(self) -> bool:
        """Whether everything that a family may see is."""
        return self.parts == "all"


@dataclass(frozen=True, slots=True)
class AskPage:
    """A form: something the person asks for. `what` is the last word of its address; `id` is the entry's, so
    that it is sent once. `said` is what will happen with it. Without a `button` there is nothing to send."""

    TEMPLATE: ClassVar = "ask"

    what: str
    heading: Label
    fields: tuple[Field, ...]
    id: str
    button: Text
    said: tuple[Text, ...] = ()
    warning: Text = ""
    summary: ErrorSummary | None = None
    back: str = "/mine/"
    action: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    upload: bool = False
    office: str = ""
    phone: str = ""
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class CountsPage:
    """What is counted, entry by entry, with the evidence: word for word what the officer sees. `lots` are the
    person's own numbers in draws that were revealed, `positives` what came of tests that were positive."""

    TEMPLATE: ClassVar = "counts"

    counts: tuple[Count, ...]
    burden: BurdenShown | None = None
    lots: tuple[Item, ...] = ()
    positives: tuple[Item, ...] = ()
    office: str = ""
    phone: str = ""
    heading: Label = Label("在计数的，逐条看", "What is counted, entry by entry")  # noqa: RUF009 - Label is frozen
    said: tuple[Label, ...] = (
        Label(
            "您和工作人员看到的是同样的内容。只是数数；是否违反，由人决定。",
            "You see what the officer sees. It only counts; whether anything was broken, people decide.",
        ),
        Label(
            "有正当理由的不算。您可以在每一次下面说明缘由、交材料，也可以请工作人员登记，或者提出更正。",
            "What had a good reason does not count. Under each you can say why and hand in papers; an officer"
            " can write it down for you; or ask for a correction.",
        ),
    )
    my_tests: Label = Label("我的检测", "My tests")  # noqa: RUF009 - Label is frozen
    apart: Label = Label(  # noqa: RUF009 - Label is frozen
        "加测单独计数，不顶替抽到的那一天。您认为理由不对，可以提出更正，也可以投诉。",
        "Extra tests are counted apart and do not stand for the drawn day. If you think a reason is wrong,"
        " ask for"
        " a correction, or complain.",
    )
    nothing: Label = Label("没有", "None")  # noqa: RUF009 - Label is frozen
    wrong: Label = Label("我认为有错", "I think this is wrong")  # noqa: RUF009 - Label is frozen
    my_account: Label = Label("我的说明", "What I said")  # noqa: RUF009 - Label is frozen
    answered: Label = Label("答复", "Answer")  # noqa: RUF009 - Label is frozen
    explain: Label = Label("说明缘由、交材料", "Say why, hand in papers")  # noqa: RUF009 - Label is frozen
    my_positives: Label = Label("阳性的检测，后来怎样", "Positive tests and what came of them")  # noqa: RUF009 - Label is frozen
    only_confirmed: Label = Label(  # noqa: RUF009 - Label is frozen
        "现场阳性只有经实验室确认才算。没有确认的，不作任何处理。",
        "A positive on the spot counts only once a laboratory has confirmed it. Until then it moves nothing.",
    )
    my_lots: Label = Label("我的抽签", "My lots")  # noqa: RUF009 - Label is frozen
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """Why this account opens nothing now, and what to do."""

    TEMPLATE: ClassVar = "closed"

    text: Text
    why: Text = ""
    office: str = ""
    phone: str = ""
    title: Label = TITLE


@dataclass(frozen=True, slots=True)
class AwayPage:
    """What stands on the screen after leaving quickly: the day, and nothing else."""

    TEMPLATE: ClassVar = "away"

    today: date
    title: Label = field(default=Label("日历", "Calendar"))


def _states() -> tuple[State, ...]:
    from guitu.web.pages.mine import examples

    return examples.STATES


STATES: Final = _states()
