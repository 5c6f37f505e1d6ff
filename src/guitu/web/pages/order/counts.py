"""What a rule counts against somebody, with the evidence: every entry that counts, every one that a good
reason takes out, and what was handed in about it. The same is shown to the officer and to the person; who
recorded it stands there as an office, never by name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.casefile.traced import Traced
from guitu.compose import kinds
from guitu.exchange.phone.reading import attachments_in
from guitu.kernel.days import add_days
from guitu.kernel.labels import Label
from guitu.pathway.counters import Counter
from guitu.store.units import Tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses

_OPEN: Final = re.compile(r"[，；,;] ?[^，；：,;:]+[：:] ?—")
ABOUT: Final = frozenset({"evidence", "account_given"})
NOT_LOOKED_AT: Final = Word("open", Label("还没有看", "Not yet looked at"))
PAPERS: Final = {
    "photo": Label("照片 {n}", "Photo {n}"),
    "signature": Label("签名 {n}", "Signature {n}"),
    "paper": Label("文件 {n}（PDF）", "Document {n} (PDF)"),
}
COUNTED: Final = Word("gap", Label("算入", "Counts"))
EXCUSED: Final = Word("done", Label("有正当理由，不算", "Excused, does not count"))
IN_PART: Final = Word("gap", Label("部分有正当理由，其余算入", "Excused in part, the rest counts"))
LIMITS: Final = {
    "at_least": Label("达到 {n} 才是条文所说的", "the law speaks of {n} or more"),
    "more_than": Label("超过 {n} 才是条文所说的", "the law speaks of more than {n}"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing handed in about an entry: what it is, what it shows, in words."""

    what: Label
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """What the person says to an entry: the day, what paper there is, their words, the papers to look at, and
    what became of it: the answer's reasons and the office that gave it. `act` is where it is answered, or
    where the excuse that follows from an accepted one is recorded; for the office alone."""

    day: Text
    what: Text
    text: str
    word: Word
    papers: tuple[tuple[Label, str], ...] = ()
    answer: str = ""
    office: str = ""
    act: Button | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Where the papers of an account are looked at (the address before its id), and for the office, whose
    file it is and which kinds the reader may record."""

    papers: str
    case_no: str = ""
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a count. `id` is its anchor; `why` the reason that excuses it."""

    id: str
    day: Text
    what: Label
    word: Word
    office: str
    why: Text = ""
    evidence: tuple[Evidence, ...] = ()
    accounts: tuple[Account, ...] = ()
    explain: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One count: how far it has come, what the rule speaks of, its articles, every entry."""

    says: Label
    number: str
    limit: Label
    reached: bool
    cites: tuple[Label, ...]
    items: tuple[Item, ...]


def counts(
    found: Sequence[Counter], entries: Iterable[Entry], units: Tree, links: Links
) -> tuple[Count, ...]:
    """Every count, also those that are nought: nobody learns of one only when it is full. `entries` are all
    of the file: evidence and accounts stay with an entry that was corrected since."""
    traced = Traced(entries)
    return tuple(_count(one, traced, units, links) for one in found)


def heading(says: Label) -> Label:
    """What a rule counts, as the beginning of a line."""
    return Label(says.zh, says.en[:1].upper() + says.en[1:])


def what(entry: Entry) -> Label:
    """What an entry says, without the questions that it leaves open."""
    kind = kinds()[entry.kind]
    return Label(*(_OPEN.sub("", kind.sentence(entry, language)) for language in ("zh", "en")))


def _count(one: Counter, traced: Traced, units: Tree, links: Links) -> Count:
    entries = sorted((*one.counted, *one.excused), key=lambda e: e.happened_on)
    words = {e.id: EXCUSED for e in one.excused} | {e.id: IN_PART for e in one.in_part}
    return Count(
        heading(one.says),
        str(one.number),
        LIMITS[one.word].fill(n=one.limit),
        one.reached,
        tuple(c.label for c in one.cites),
        tuple(_item(e, words.get(e.id, COUNTED), traced, units, links) for e in entries),
    )


def _item(entry: Entry, word: Word, traced: Traced, units: Tree, links: Links) -> Item:
    unit, counted = units.get(entry.unit), traced.counted
    own = traced.first(entry.id)
    about = [e for e in counted if e.kind in ABOUT and traced.first(e.get("entry")) == own]
    why: Text = ""
    if word is not COUNTED and (ground := _excuse(entry, counted)) is not None:
        label = kinds()["excuse"]
        why = Label(label.sentence(ground), label.sentence(ground, "en"))
    day = entry.happened_on
    return Item(
        f"e-{entry.id}",
        Label(day_word(day), day_word(day, "en")),
        what(entry),
        word,
        unit.name if unit else "",
        why,
        tuple(_evidence(e) for e in about if e.kind == "evidence"),
        tuple(
            _account(e, entry, word is EXCUSED, traced, units, links)
            for e in about
            if e.kind == "account_given"
        ),
        _explain(entry, links),
    )


def _explain(entry: Entry, links: Links) -> str:
    """Where the person says why, or where an office writes down what they say."""
    if not links.case_no:
        return f"/mine/ask/explain/?entry={entry.id}"
    if "account_given" not in links.may:
        return ""
    return f"{addresses.requests(links.case_no, 'explain')}?entry={entry.id}"


def _account(
    account: Entry, about: Entry, excused: bool, traced: Traced, units: Tree, links: Links
) -> Account:
    kind, day = kinds()["account_given"], account.happened_on
    sort = kind.ask("sort")
    own = traced.first(account.id)
    answers = (e for e in traced.counted if e.kind == "account_answer" and traced.first(e.get("to")) == own)
    answer = next(answers, None)
    unit = units.get(answer.unit) if answer is not None else None
    return Account(
        Label(day_word(day), day_word(day, "en")),
        Label(sort.show(account.get("sort")), sort.show(account.get("sort"), "en")),
        str(account.get("text") or ""),
        _word(answer),
        tuple(
            (PAPERS[one.what].fill(n=n), f"{links.papers}{account.id}/{one.sha256}/")
            for n, one in enumerate(attachments_in(account.source), 1)
        ),
        str(answer.get("text") or "") if answer is not None else "",
        unit.name if unit is not None else "",
        _act(account, answer, about, excused, links),
    )


def _word(answer: Entry | None) -> Word:
    if answer is None:
        return NOT_LOOKED_AT
    label = kinds()["account_answer"].ask("outcome").choice(answer.get("outcome"))
    return Word(
        "done" if answer.get("outcome") == "accepted" else "gap",
        label.label if label else Label("已答复", "Answered"),
    )


def _act(account: Entry, answer: Entry | None, about: Entry, excused: bool, links: Links) -> Button | None:
    """What the office does next with it: answer it; or where it was accepted, record the excuse that
    follows."""
    if answer is None and "account_answer" in links.may:
        href = addresses.record(links.case_no, "account_answer", (("to", str(account.id)), ("from", "order")))
        return Button(Label("答复", "Answer"), href=href, look="small")
    accepted = answer is not None and answer.get("outcome") == "accepted"
    if accepted and not excused and "excuse" in links.may:
        first, length = about.happened_on, about.get("days")
        last = add_days(first, length - 1) if isinstance(length, int) else first
        known = (
            ("of", about.kind),
            ("happened_on", first.isoformat()),
            ("until", last.isoformat()),
            ("from", "order"),
        )
        label = Label("登记正当理由", "Record the excuse")
        return Button(label, href=addresses.record(links.case_no, "excuse", known), look="small")
    return None


def _excuse(entry: Entry, counted: Sequence[Entry]) -> Entry | None:
    """The excuse that goes with an entry, for its words: which one takes it out the rules have said."""
    found = [e for e in counted if e.kind == "excuse" and e.get("of") == entry.kind]
    return min(found, key=lambda e: abs((e.happened_on - entry.happened_on).days), default=None)


def _evidence(entry: Entry) -> Evidence:
    kind = kinds()["evidence"]
    sort, says = kind.ask("sort"), kind.ask("says")
    return Evidence(
        Label(
            f"{sort.show(entry.get('sort'))}：{says.show(entry.get('says'))}",
            f"{sort.show(entry.get('sort'), 'en')}: {says.show(entry.get('says'), 'en').lower()}",
        ),
        str(entry.get("text") or ""),
    )
