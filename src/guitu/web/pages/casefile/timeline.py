"""What happened, newest first by the day it happened. Corrected and withdrawn entries stay, struck out."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from guitu.casefile import CaseFile, Entry, Kind
from guitu.casefile.file import VOID
from guitu.casefile.second import MOVED, second_of
from guitu.exchange.handover.peers import HEARD
from guitu.exchange.phone.reading import CAME, HANDED, attachments_in
from guitu.exchange.phone.reading import SOURCE as PHONE
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from guitu.kernel.zone import CHINA
from guitu.store.guards import by_person
from guitu.store.levels.reorganising import NEVER_RENAMED, Former
from guitu.store.units import Tree
from guitu.web.component import Text
from guitu.web.components.empty.component import Empty
from guitu.web.components.filters.component import Chip, Filters, Group
from guitu.web.components.pager.component import SIZES, Pager
from guitu.web.components.timeline.component import Fact, TimelineCard
from guitu.web.then import with_then

Standing = Literal["counts", "corrected", "withdrawn", "correction", "withdrawal"]
PERSON: Final = Label("本人", "The person")
MASKED: Final = frozenset({"identity_number", "phone"})


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of the history. `total` counts what the filter holds, `everything` the whole file.

    `asked_for` says that only this part was fetched: its heading takes the focus and says what was found.
    """

    cards: tuple[TimelineCard, ...]
    total: int
    everything: int
    pager: Pager
    filters: Filters | None = None
    empty: Empty | None = None
    asked_for: bool = False

    @property
    def rows(self) -> SafeString:
        """All cards."""
        return mark_safe("".join(card.html() for card in self.cards))

    @property
    def found(self) -> Label:
        """What is said when another part of the history has been fetched."""
        return Label(
            f"经历 {self.total} 条，{self.pager.span.zh}", f"{self.total} entries, {self.pager.span.en}"
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What the cards need beside the entries: kinds, units, names of accounts, what may be corrected, and the
    case numbers of files merged into this one; what units were called before."""

    kinds: Registry[Kind]
    tree: Tree
    staff: Mapping[str, str]
    correctable: frozenset[str] = frozenset()
    correct_path: str = ""
    elsewhere: Mapping[UUID, str] = field(default_factory=dict)
    former: Former = NEVER_RENAMED

    def unit(self, code: str, on: date) -> Text:
        """A unit's name, with the one of that day where it was another; its code where it is not known."""
        unit = self.tree.get(code)
        return with_then(unit.name, self.former.on(code, on)) if unit else code

    def author(self, entry: Entry) -> str:
        """Who wrote it: the person's name if the account is known, else nothing but the unit is shown."""
        return self.staff.get(entry.author, "")

    def source(self, entry: Entry) -> Text:
        """Where it comes from: another file, a second officer's approval, a ledger's row."""
        told: list[Label] = []
        if (number := self.elsewhere.get(entry.file)) is not None:
            told.append(Label(f"来自档案 {number}", f"from file {number}"))
        if second := second_of(entry.source):
            name = self.staff.get(second) or second
            told.append(Label(f"复核：{name}", f"approved by {name}"))
        elif entry.source.startswith(MOVED):
            told.append(Label("自另一份档案移入", "moved here from another file"))
        elif entry.source.startswith(PHONE):
            count = len(attachments_in(entry.source))
            zh, en = (f"，图片 {count} 张", f", {count} pictures") if count else ("", "")
            told.append(Label(f"手机登记{zh}", f"recorded on a phone{en}"))
        elif entry.source.startswith(HANDED):
            how, count = entry.source.split(" ")[0][len(HANDED) :], len(attachments_in(entry.source))
            told.append(Label(f"{how}，材料 {count} 份", f"{how}, {count} papers"))
        elif entry.source.startswith(CAME):
            peer, count = entry.source.split(" ")[0][len(CAME) :], len(attachments_in(entry.source))
            zh, en = (f"，材料 {count} 份", f", {count} papers") if count else ("", "")
            told.append(Label(f"由系统 {peer} 移交{zh}", f"handed over by the system {peer}{en}"))
        elif entry.source.partition(" ")[0] == HEARD:
            told.append(Label("两个系统交换时收到", "received when the two systems exchanged"))
        elif entry.source:
            told.append(Label(entry.source, entry.source))
        if not told:
            return ""
        return Label(" · ".join(t.zh for t in told), " · ".join(t.en for t in told))


class Places:
    """Where each entry of a file is shown: on this page, or on the page of the history that holds it."""

    def __init__(self, path: str, here: frozenset[UUID], query: str = "") -> None:
        self.path, self.here, self.query = path, here, query

    def href(self, entry: UUID) -> str:
        """The address of an entry."""
        if entry in self.here:
            return f"#{anchor(entry)}"
        more = f"&{self.query}" if self.query else ""
        return f"{self.path}?entry={entry}{more}#{anchor(entry)}"


def anchor(entry: UUID) -> str:
    """Where an entry stands on its page."""
    return f"e-{entry.hex}"


def _day(entry: Entry) -> date:
    """The office's day on which an entry was written."""
    return entry.recorded_at.astimezone(CHINA).date()


def masked(value: str) -> str:
    """A number as it is shown: 110***********1234, 186****1402."""
    return value if len(value) < 8 else f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"


def sentence(entry: Entry, reading: Reading) -> Label:
    """The declared summary with every answer in words; units by name. A clause about nothing is left out."""
    kind = reading.kinds[entry.kind]
    if kind.summary is None:
        return kind.label
    zh: dict[str, str] = {}
    en: dict[str, str] = {}
    for ask in kind.fields:
        value = entry.get(ask.name)
        if value is None:
            continue
        if ask.type == "unit":
            told = reading.unit(str(value), entry.happened_on)
            zh[ask.name], en[ask.name] = (told.zh, told.en) if isinstance(told, Label) else (told, told)
        else:
            zh[ask.name], en[ask.name] = ask.show(value, "zh"), ask.show(value, "en")
    return Label(_filled(kind.summary.zh, "，", zh), _filled(kind.summary.en, ", ", en))


def _filled(summary: str, comma: str, shown: Mapping[str, str]) -> str:
    """The clauses whose answers are there; the first one always, with — where it has none."""
    kept = []
    for n, (clause, names) in enumerate(_clauses(summary, comma)):
        if n == 0 or not names or any(name in shown for name in names):
            kept.append(clause.format(**{name: shown.get(name, "—") for name in names}))
    return comma.join(kept).strip()


@cache
def _clauses(summary: str, comma: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A summary cut at its commas, each clause with the answers it tells."""
    return tuple(
        (clause, tuple(name for _, name, _, _ in string.Formatter().parse(clause) if name))
        for clause in summary.split(comma)
    )


@cache
def _said(summary: Label | None) -> frozenset[str]:
    """The answers that a kind's summary already tells."""
    if summary is None:
        return frozenset()
    return frozenset(name for _, name, _, _ in string.Formatter().parse(summary.zh) if name)


def newest_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """By the day it happened, then by when it was recorded, newest first."""
    return sorted(entries, key=lambda e: (e.happened_on, e.recorded_at, e.id.int), reverse=True)


def timeline(
    file: CaseFile,
    reading: Reading,
    path: str,
    *,
    known_at: datetime | None = None,
    kind: str = "",
    page: int = 1,
    size: int = SIZES[0],
    entry: UUID | None = None,
    query: tuple[tuple[str, str], ...] = (),
    asked_for: bool = False,
    empty: Empty | None = None,
) -> tuple[Timeline, Places]:
    """One page of a file's history as known at a moment, and where its entries are.

    `kind` shows only that kind; `entry` chooses the page that holds it. `query` is what addresses carry on.
    """
    known = file.known(known_at)
    ordered = newest_first(known)
    counts = Counter(e.kind for e in ordered)
    chosen = kind if kind in counts else ""
    shown = [e for e in ordered if e.kind == chosen] if chosen else ordered
    if entry is not None:
        page = next((n for n, e in enumerate(shown) if e.id == entry), 0) // size + 1
    narrowed = (*query, ("kind", chosen)) if chosen else query
    pager = Pager(page, size, len(shown), narrowed, path)
    if not 1 <= page <= pager.pages:
        pager = Pager(1 if page < 1 else pager.pages, size, len(shown), narrowed, path)
    here = shown[(pager.number - 1) * size : pager.number * size]
    places = Places(path, frozenset(e.id for e in here), urlencode(query))
    cards = _Cards(file, known, known_at, reading, places)
    return Timeline(
        cards=tuple(
            cards.card(e, n > 0 and here[n - 1].happened_on == e.happened_on) for n, e in enumerate(here)
        ),
        total=len(shown),
        everything=len(known),
        pager=pager,
        filters=_filters(counts, chosen, reading, path, query),
        empty=None if known else empty,
        asked_for=asked_for,
    ), places


def _filters(
    counts: Counter[str], chosen: str, reading: Reading, path: str, query: tuple[tuple[str, str], ...]
) -> Filters | None:
    if len(counts) < 2:
        return None
    whole = f"{path}?{urlencode(query)}" if query else path
    chips = [Chip(Label("全部", "All"), whole, counts.total(), not chosen)]
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        href = f"{path}?{urlencode((*query, ('kind', name)))}"
        chips.append(Chip(reading.kinds[name].label, href, count, name == chosen))
    label = Label("按记录类型筛选", "Filter by kind of entry")
    return Filters((Group(Label("记录类型", "Kind"), tuple(chips)),), name=label)


class _Cards:
    """Makes the cards of one file."""

    def __init__(
        self, file: CaseFile, known: tuple[Entry, ...], at: datetime | None, reading: Reading, places: Places
    ) -> None:
        self.reading, self.places = reading, places
        self.status = file.status(at)
        self.by_id = {e.id: e for e in known}
        self.voids = {e.corrects: e for e in known if e.kind == VOID and e.corrects}

    def card(self, entry: Entry, again: bool) -> TimelineCard:
        """One entry: what it says, what became of it, and where to correct it."""
        reading, kind = self.reading, self.reading.kinds[entry.kind]
        standing, reason, other, href = self._became(entry)
        own = by_person(entry, kind)
        mendable = entry.id not in self.status and entry.kind in reading.correctable and entry.kind != VOID
        return TimelineCard(
            id=anchor(entry.id),
            kind=kind.label,
            sentence=sentence(entry, reading),
            happened_on=entry.happened_on,
            recorded_at=entry.recorded_at,
            author=reading.author(entry),
            unit=PERSON if own else reading.unit(entry.unit, _day(entry)) if entry.unit else entry.author,
            facts=_facts(entry, kind, reading, self.by_id),
            standing=standing,
            reason=reason,
            other=other,
            other_href=href,
            correct_href=reading.correct_path.format(id=entry.id) if mendable and not own else "",
            source=reading.source(entry),
            again=again,
        )

    def _became(self, entry: Entry) -> tuple[Standing, str, Text, str]:
        """How the entry stands, the reason given, and the entry to see for it."""
        if entry.id in self.status:
            by, standing = self._by(entry)
            day = _day(by)
            who = self.reading.author(by) or (self.reading.unit(by.unit, day) if by.unit else by.author)
            both = who if isinstance(who, Label) else Label(who, who)
            told = Label(f"{day} {both.zh}".strip(), f"{day} {both.en}".strip())
            reason = by.reason or str(by.get("reason") or "")
            return standing, reason, told, self.places.href(by.id)
        undone = self.by_id.get(entry.corrects) if entry.corrects else None
        if undone is None:
            return "counts", "", "", ""
        label = self.reading.kinds[undone.kind].label
        what = Label(f"{undone.happened_on} {label.zh}", f"{label.en} of {undone.happened_on}")
        # a withdrawal's own sentence says why
        return (
            ("withdrawal" if entry.kind == VOID else "correction"),
            entry.reason,
            what,
            self.places.href(undone.id),
        )

    def _by(self, entry: Entry) -> tuple[Entry, Standing]:
        """What took the place of an entry that no longer counts, or withdrew it or what it corrected."""
        first, now = entry, self.status[entry.id]
        while (now is None or now.id == entry.id) and entry.id not in self.voids:
            above = self.by_id.get(first.corrects) if first.corrects else None
            if above is None:
                break
            first, now = above, self.status.get(above.id)
            if first.id in self.voids:
                return self.voids[first.id], "withdrawn"
        if now is not None and now.id != entry.id:
            return now, "corrected"
        return self.voids.get(first.id, entry), "withdrawn"


def _facts(entry: Entry, kind: Kind, reading: Reading, by_id: Mapping[UUID, Entry]) -> tuple[Fact, ...]:
    """The answers that the sentence has not told. An id of another entry here is told as what that one is."""
    said = _said(kind.summary)
    facts: list[Fact] = []
    for ask in kind.fields:
        value = entry.get(ask.name)
        if value is None or ask.name in said or ask.internal or ask.close:
            continue
        if ask.type == "unit":
            facts.append(Fact(ask.label, reading.unit(str(value), entry.happened_on)))
        elif (other := _other(value, by_id)) is not None:
            label = reading.kinds[other.kind].label
            day = other.happened_on
            facts.append(Fact(ask.label, Label(f"{day} {label.zh}", f"{label.en} of {day}")))
        elif ask.type in MASKED:
            facts.append(Fact(ask.label, masked(str(value))))
        elif isinstance(value, date):
            facts.append(Fact(ask.label, value.isoformat()))
        else:
            unit, zh, en = ask.unit, ask.show(value, "zh"), ask.show(value, "en")
            facts.append(
                Fact(ask.label, Label(f"{zh} {unit.zh}", f"{en} {unit.en}") if unit else Label(zh, en))
            )
    return tuple(facts)


def _other(value: object, by_id: Mapping[UUID, Entry]) -> Entry | None:
    """The entry of this file whose id an answer is, if it is one."""
    if not isinstance(value, str) or len(value) != 36:
        return None
    try:
        return by_id.get(UUID(value))
    except ValueError:
        return None
