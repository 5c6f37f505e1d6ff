"""A kind of entry, declared once. Form, messages, timeline, ledger column, schema and access derive from
it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from guitu.casefile.entry import Entry, Value
from guitu.casefile.fields import TYPED, Ask, FieldFault, check_value
from guitu.kernel.citations import Citation
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label

Compartment = Literal["identity", "legal", "custody", "medical", "medical_restricted", "support", "work"]

COMPARTMENTS: Final[dict[str, Label]] = {
    "identity": Label("身份信息", "Identity"),
    "legal": Label("法律文书", "Legal"),
    "custody": Label("场所管理", "Custody"),
    "medical": Label("医疗", "Medical"),
    "medical_restricted": Label("特别保密医疗", "Restricted medical"),
    "support": Label("帮扶", "Support"),
}
"""The compartments of a person's file."""

WORK: Final = "work"
"""The compartment of a unit's own file: what it did, and nothing of any one person."""

ALL_COMPARTMENTS: Final[dict[str, Label]] = {**COMPARTMENTS, WORK: Label("单位工作", "Unit's work")}


CLOSED: Final = frozenset({"identity", "medical", "medical_restricted"})
"""Compartments of which every answer is encrypted at rest."""

APART: Final = frozenset({"medical_restricted"})
"""Compartments of which nothing is known outside them: no list, tally, snapshot or general assessment reads
their entries, and every answer is encrypted even where a rule reads it. What rules say of them is worked out
on the page of those who may read the compartment, and nowhere else."""


REASONS: Final = (
    Label("录错", "Typed wrongly"),
    Label("重复", "Recorded twice"),
    Label("日期有误", "Wrong day"),
    Label("数量有误", "Wrong number"),
    Label("不属于本单位", "Of another unit"),
)
"""All that may be said for correcting or withdrawing an entry of a nameless kind, in the Chinese words."""

Concern = Literal["order", "served", "community", "custody", "running", "release", "file", "death"]
RANKS: Final = 100


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How an assessment reads the entries of a kind.

    `concern` says which measure they belong to: the one in the `community` or in `custody`, every one that
    is `running`, or none, only the `file`; the others are for the kinds that begin, serve and end measures.
    `rank`, below RANKS, is their place among the entries of one day: an order stands first (10) and a death
    last (90); a person leaves one measure (`release`, 50) before reporting to the next (62).
    """

    concern: Concern
    rank: int

    def __post_init__(self) -> None:
        if not 0 <= self.rank < RANKS:
            raise DeclarationError(
                Label(f"次序应在 0 到 {RANKS - 1} 之间", f"a rank is from 0 to {RANKS - 1}"),
                where=f"{self.concern} {self.rank}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A declared type of entry.

    `about` says whose file it belongs to. `day` labels `happened_on` for this kind (决定日期, 检测日期 …)
    and `day_ledger` lists the
    column headings for it. `recorded_by` names the roles that may record it. `summary` is the timeline's
    sentence with `{field}` places; without it the label alone is shown. `read_as` opens the kind to rules:
    without it no assessment looks at its entries. `countersigned` kinds restrict liberty or change it: one
    officer proposes such an entry and a second one approves it (`second.py`). `frees_when` says for which
    answers an entry sets somebody free (none asked: always): that never waits. `act` is the act of two
    people (`access.ACTS`) that alone records the kind. `answers` names the field that holds the id of the
    entry of the same file which this one answers: such an entry is written from there, never on its own.
    `own_page` kinds are recorded on a page of their own (a round, a board) and not in the form of one kind.
    `nameless` kinds have no room for a name, a number of a person or a free word: every answer is a choice, a
    number, a day, a unit or of a fixed shape, and a reason of correction is one of `REASONS`.
    `upgrade` turns the fields of the previous version into this one's; stored entries are never rewritten.
    """

    name: str
    label: Label
    compartment: Compartment
    version: int = 1
    about: Literal["person", "unit"] = "person"
    read_as: ReadAs | None = None
    cites: tuple[str, ...] = ()
    recorded_by: tuple[str, ...] = ()
    day: Label = Label("发生日期", "Day it happened")  # noqa: RUF009 - Label is frozen
    day_ledger: tuple[str, ...] = ()
    fields: tuple[Ask, ...] = ()
    help: Label | None = None
    summary: Label | None = None
    touches_liberty: bool = False
    countersigned: bool = False
    frees_when: Mapping[str, tuple[str, ...]] | None = None
    act: str = ""
    answers: str = ""
    own_page: bool = False
    nameless: bool = False
    upgrade: Callable[[Mapping[str, Value]], Mapping[str, Value]] | None = None
    sealed_fields: frozenset[str] = field(init=False, compare=False)
    """The fields that are encrypted at rest."""
    unit_fields: tuple[str, ...] = field(init=False, compare=False)
    """The fields that name a unit."""
    _by_name: dict[str, Ask] = field(default_factory=dict, repr=False, compare=False)
    _required: tuple[Ask, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.compartment not in (COMPARTMENTS if self.about == "person" else ALL_COMPARTMENTS):
            raise DeclarationError(
                Label(f"没有保密分区“{self.compartment}”", f"no compartment “{self.compartment}”"),
                where=self.name,
            )
        for text in self.cites:
            Citation.parse(text)
        for ask in self.fields:
            if ask.name in self._by_name:
                raise DeclarationError(
                    Label(f"字段“{ask.name}”声明了两次", f"field “{ask.name}” is declared twice"),
                    where=self.name,
                )
            self._by_name[ask.name] = ask
        for ask in self.fields:
            for other in ask.only_when:
                if other not in self._by_name:
                    raise unknown_key(other, self._by_name, where=f"{self.name}.{ask.name}.only_when")
        for ask in self.fields:
            if self.nameless and ask.type in TYPED and ask.check is None:
                raise DeclarationError(
                    Label(
                        f"字段“{ask.name}”可以随意填写，放不进不记姓名的类型",
                        f"“{ask.name}” takes any words, which a kind without names has no room for",
                    ),
                    where=self.name,
                )
        for name in self.frees_when or ():
            if name not in self._by_name:
                raise unknown_key(name, self._by_name, where=f"{self.name}.frees_when")
        settle = object.__setattr__  # the same for every entry of the kind, so worked out once
        settle(self, "sealed_fields", frozenset(a.name for a in self.fields if self._seals(a)))
        settle(self, "unit_fields", tuple(a.name for a in self.fields if a.type == "unit"))
        settle(self, "_required", tuple(a for a in self.fields if a.required))

    def _seals(self, ask: Ask) -> bool:
        """Whether the answer is encrypted at rest. What rules read of a medical kind (choices, days) stays in
        the open, or no list could be worked out without every file's keys."""
        closed = self.compartment in CLOSED and (self.read_as is None or self.compartment in APART)
        return ask.sealed or (not ask.plain and (ask.type in TYPED or closed))

    def ask(self, name: str) -> Ask:
        """The question of that name; an unknown one is an error that suggests the nearest."""
        try:
            return self._by_name[name]
        except KeyError:
            raise unknown_key(name, self._by_name, where=self.name) from None

    def frees(self, fields: Mapping[str, Value]) -> bool:
        """Whether an entry with these answers sets somebody free."""
        when = self.frees_when
        return when is not None and all(fields.get(name) in values for name, values in when.items())

    @property
    def general(self) -> bool:
        """Whether every assessment reads it: rules do, and it is not known to its own compartment only."""
        return self.read_as is not None and self.compartment not in APART

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The articles this kind stands on."""
        return tuple(Citation.parse(text) for text in self.cites)

    def faults(self, fields: Mapping[str, Value]) -> list[FieldFault]:
        """Everything wrong with these answers: unknown, missing, out of place, or of the wrong type; unknown
        ones first, the others in the order of the questions."""
        found: list[FieldFault] = []
        for name, value in fields.items():
            ask = self._by_name.get(name)
            if ask is None:
                found.append(
                    FieldFault(
                        name,
                        "choice_unknown",
                        Label(f"“{self.label.zh}”没有字段“{name}”", f"{self.label.en} has no field “{name}”"),
                    )
                )
            elif value is None or value == "":
                continue
            elif not ask.applies(fields):
                found.append(
                    FieldFault(
                        name,
                        "contradiction",
                        Label(
                            f"{ask.label.zh}在此情形下不应填写", f"{ask.label.en} must be empty in this case"
                        ),
                    )
                )
            elif (fault := check_value(ask, value)) is not None:
                found.append(fault)
        for ask in self._required:
            value = fields.get(ask.name)
            if (value is None or value == "") and ask.applies(fields):
                found.append(
                    FieldFault(
                        ask.name, "required_missing", Label(f"请填写{ask.label.zh}", f"Enter {ask.label.en}")
                    )
                )
        if len(found) > 1:
            order = list(self._by_name)
            found.sort(key=lambda f: order.index(f.field) if f.field in self._by_name else -1)
        return found

    def sentence(self, entry: Entry, language: str = "zh") -> str:
        """The timeline's words for an entry of this kind, from its declared summary."""
        if self.summary is None:
            return self.label.say(language)
        shown = {a.name: a.show(entry.get(a.name), language) or "—" for a in self.fields}
        return self.summary.say(language).format(**shown)


def day_word(value: date, language: str = "zh") -> str:
    """2026年11月23日 in Chinese prose, 23 November 2026 in English."""
    if language.startswith("en"):
        return f"{value.day} {value:%B %Y}"
    return f"{value.year}年{value.month}月{value.day}日"
