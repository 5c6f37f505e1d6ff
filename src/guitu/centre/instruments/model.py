"""An instrument as a small frozen model: items, scales, bands, and the answers that need somebody today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from guitu.kernel.errors import unknown_key
from guitu.kernel.labels import Label

Mode = Literal["bundled", "score_only", "user_supplied"]
MODES: Final[dict[Mode, Label]] = {
    "bundled": Label("题目随系统提供", "Items are bundled"),
    "score_only": Label("只计分，不含题目", "Scoring only, no item texts"),
    "user_supplied": Label("使用单位自备", "Supplied by the office"),
}
"""`bundled`: the texts may be reproduced and stand in the house. `score_only`: the office holds the paper and
the right to use it, and types the answers. `user_supplied`: it brought the whole instrument."""

FilledBy = Literal["self", "staff"]
FILLED_BY: Final[dict[FilledBy, Label]] = {
    "self": Label("本人填写", "Filled in by the person"),
    "staff": Label("工作人员评定", "Rated by staff"),
}

Translation = Literal["own", "published", "none"]
TRANSLATIONS: Final[dict[Translation, Label]] = {
    "own": Label(
        "中文题目为本系统自译，未经效度检验；得分只作前后比较和谈话的参考。",
        "The Chinese wording is our own translation and was not validated: use it to compare before and after"
        " and to begin a talk.",
    ),
    "published": Label("中文题目为已发表的译本。", "The Chinese wording is a published translation."),
    "none": Label("本系统不含题目原文。", "No item texts stand in this system."),
}
"""How the Chinese wording came to be; said wherever the items are shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the digit that is written down, the points it counts, and its words ("" for the digits
    between two that have words, as on a rating scale)."""

    answer: int
    points: Decimal
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `text` is None where the licence does not let it stand here. `only_when` names an earlier
    item and the answers for which this one is asked; otherwise it is not missing."""

    key: str
    text: Label | None
    options: tuple[Option, ...]
    only_when: tuple[str, frozenset[int]] | None = None
    stem: Label | None = None

    def option(self, answer: int) -> Option | None:
        """The option with that digit, or None."""
        return next((o for o in self.options if o.answer == answer), None)

    def asked(self, answers: Mapping[str, int]) -> bool:
        """Whether it is asked, given the other answers."""
        return self.only_when is None or answers.get(self.only_when[0]) in self.only_when[1]

    @property
    def least(self) -> int:
        """The lowest digit."""
        return min(o.answer for o in self.options)

    @property
    def most(self) -> int:
        """The highest digit."""
        return max(o.answer for o in self.options)


@dataclass(frozen=True, slots=True)
class Band:
    """What a source calls a range of a scale: both ends included."""

    least: Decimal
    most: Decimal
    label: Label


@dataclass(frozen=True, slots=True)
class Scale:
    """A total or a subscale over `items`.

    `how`: `sum` of points, `mean` of the answered points, or `count` of the items with at least `counts_from`
    points. `times` multiplies the result (SDS: 1.25) and `places` rounds it, `down` or to the nearest. At
    most `missing` items may be left out; then a sum is scaled up from the items answered."""

    key: str
    label: Label
    items: tuple[str, ...]
    how: Literal["sum", "mean", "count"] = "sum"
    times: Decimal = Decimal(1)
    places: int = 0
    down: bool = False
    missing: int = 0
    counts_from: Decimal = Decimal(1)
    bands: tuple[Band, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)

    def band(self, value: Decimal) -> Band | None:
        """The band that holds the value, or None."""
        return next((b for b in self.bands if b.least <= value <= b.most), None)


@dataclass(frozen=True, slots=True)
class Test:
    """Part of a rule: `count` of `items` answered with at least `answer`, or a scale `at_least` so much or
    `more_than` so much."""

    items: tuple[str, ...] = ()
    answer: int = 1
    count: int = 1
    scale: str = ""
    at_least: Decimal | None = None
    more_than: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """What is pointed out when `all_of` and one of `any_of` hold. `today`: a named person looks after this
    person on the same day."""

    key: str
    label: Label
    all_of: tuple[Test, ...] = ()
    any_of: tuple[Test, ...] = ()
    today: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A result that is no sum: the first of an instrument's levels that holds is the answer."""

    key: str
    label: Label
    any_of: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One version of an instrument. `scales` begins with the one that is shown first. `higher` says what a
    higher score means. `cautions` are said wherever a score is shown."""

    key: str
    version: int
    label: Label
    measures: Label
    window: Label
    mode: Mode
    filled_by: FilledBy
    higher: Literal["worse", "better"]
    translation: Translation
    licence: Label
    credit: str
    sources: tuple[str, ...]
    last_checked: date
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    flags: tuple[Flag, ...] = ()
    levels: tuple[Level, ...] = ()
    cautions: tuple[Label, ...] = ()
    _by_key: dict[str, Item] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_key.update((item.key, item) for item in self.items)

    @property
    def name(self) -> str:
        """Key and version: scores of two names are never drawn as one line."""
        return f"{self.key}@{self.version}"

    @property
    def has_texts(self) -> bool:
        """Whether every question can be shown in words."""
        return all(item.text is not None for item in self.items)

    @property
    def watches(self) -> bool:
        """Whether an answer of it may ask for somebody on the same day."""
        return any(flag.today for flag in self.flags)

    def item(self, key: str) -> Item:
        """The item of that key; an unknown one is an error that names the nearest."""
        try:
            return self._by_key[key]
        except KeyError:
            raise unknown_key(key, self._by_key, where=self.key) from None

    def scale(self, key: str) -> Scale:
        """The scale of that key; an unknown one is an error that names the nearest."""
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise unknown_key(key, [s.key for s in self.scales], where=self.key)


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale's result. `value` is None when too many answers are missing."""

    scale: Scale
    value: Decimal | None
    answered: int
    filled_up: bool = False

    @property
    def band(self) -> Band | None:
        """What the source calls it."""
        return self.scale.band(self.value) if self.value is not None else None


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one set of answers. `missing` are the items that were asked and not answered."""

    instrument: Instrument
    scales: tuple[ScaleScore, ...]
    missing: tuple[str, ...]
    flags: tuple[Flag, ...]
    level: Level | None

    @property
    def first(self) -> ScaleScore | None:
        """The scale that is shown first."""
        return self.scales[0] if self.scales else None

    @property
    def total(self) -> Decimal | None:
        """Its value."""
        return self.scales[0].value if self.scales else None

    @property
    def alerts(self) -> tuple[Flag, ...]:
        """What asks for somebody today."""
        return tuple(flag for flag in self.flags if flag.today)

    def of(self, key: str) -> ScaleScore:
        """The result of one scale."""
        for one in self.scales:
            if one.scale.key == key:
                return one
        raise unknown_key(key, [s.scale.key for s in self.scales], where=self.instrument.key)
