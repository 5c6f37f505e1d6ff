"""What a rule counts against somebody, with the evidence: every entry that counts, every one that a good
reason takes out, and what was handed in about it. The same is shown to the officer and to the person; who
recorded it stands there as an office, never by name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.pathway.counters import Counter
from guitu.store.units import Tree
from guitu.web.component import Text
from guitu.web.components.word.component import Word

COUNTED: Final = Word("gap", Label("算入", "Counts"))
EXCUSED: Final = Word("done", Label("有正当理由，不算", "Excused, does not count"))
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
class Item:
    """One entry of a count. `id` is its anchor; `why` the reason that excuses it."""

    id: str
    day: Text
    what: Label
    word: Word
    office: str
    why: Text = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """One count: how far it has come, what the rule speaks of, its articles, every entry."""

    says: Label
    number: str
    limit: Label
    reached: bool
    cites: tuple[Label, ...]
    items: tuple[Item, ...]


def counts(found: Sequence[Counter], counted: Sequence[Entry], units: Tree) -> tuple[Count, ...]:
    """Every count, also those that are nought: nobody learns of one only when it is full."""
    return tuple(_count(one, counted, units) for one in found)


def _count(one: Counter, counted: Sequence[Entry], units: Tree) -> Count:
    entries = sorted((*one.counted, *one.excused), key=lambda e: e.happened_on)
    excused = {e.id for e in one.excused}
    return Count(
        one.says,
        str(one.number),
        LIMITS[one.word].fill(n=one.limit),
        one.reached,
        tuple(c.label for c in one.cites),
        tuple(_item(e, e.id in excused, counted, units) for e in entries),
    )


def _item(entry: Entry, excused: bool, counted: Sequence[Entry], units: Tree) -> Item:
    kind, unit = kinds()[entry.kind], units.get(entry.unit)
    why: Text = ""
    if excused and (ground := _excuse(entry, counted)) is not None:
        label = kinds()["excuse"]
        why = Label(label.sentence(ground), label.sentence(ground, "en"))
    day = entry.happened_on
    return Item(
        f"e-{entry.id}",
        Label(day_word(day), day_word(day, "en")),
        Label(kind.sentence(entry), kind.sentence(entry, "en")),
        EXCUSED if excused else COUNTED,
        unit.name if unit else "",
        why,
        tuple(_evidence(e) for e in counted if e.kind == "evidence" and e.get("entry") == str(entry.id)),
    )


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
