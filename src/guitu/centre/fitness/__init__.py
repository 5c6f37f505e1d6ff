"""Fitness tests as data: what is measured, in which unit, which way is better, and what a hand may have
mistyped.

A battery is a YAML file: those of the house stand in `batteries/`, an office's own are handed in by the
caller. There are no scores: raw values are compared with the same person's earlier ones, never with
other people's. A band (of the body mass index) is a published one and says where it was seen.

Results are kept as text, one line an item in the order of the battery: `grip=38.5`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from guitu.casefile import CaseFile, Entry
from guitu.casefile.fields import read_decimal
from guitu.kernel.errors import DeclarationError, nearest
from guitu.kernel.labels import Label

HERE: Final = Path(__file__).parent / "batteries"
Better = Literal["more", "less", "none"]
_BETTER: Final = ("more", "less", "none")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is measured. `least` and `most` bound what is plausible: outside them it is asked
    once more."""

    name: str
    label: Label
    unit: Label | None
    places: int
    least: Decimal
    most: Decimal
    better: Better
    help: Label | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A published name for values below `below`; None for all the rest."""

    below: Decimal | None
    label: Label


@dataclass(frozen=True, slots=True)
class Derived:
    """What is worked out of two items: weight by height squared, the body mass index."""

    name: str
    label: Label
    unit: Label
    places: int
    better: Better
    of: tuple[str, str]
    bands: tuple[Band, ...]
    source: Label

    def value(self, results: Mapping[str, Decimal]) -> Decimal | None:
        """kg/m², rounded half up; None where an item is missing."""
        exact = self._exact(results)
        if exact is None:
            return None
        return exact.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)

    def band(self, results: Mapping[str, Decimal]) -> Label | None:
        """The published name for the value, by what it is before it is rounded."""
        exact = self._exact(results)
        if exact is None:
            return None
        return next((b.label for b in self.bands if b.below is None or exact < b.below), None)

    def _exact(self, results: Mapping[str, Decimal]) -> Decimal | None:
        weight, height = (results.get(name) for name in self.of)
        if weight is None or height is None or height <= 0:
            return None
        metres = height / 100
        return weight / (metres * metres)


@dataclass(frozen=True, slots=True)
class Battery:
    """Items in the order in which they are tested."""

    name: str
    version: int
    label: Label
    source: Label
    items: tuple[Item, ...]
    derived: tuple[Derived, ...] = ()

    @property
    def key(self) -> str:
        """How an entry names it."""
        return f"{self.name}@{self.version}"

    def item(self, name: str) -> Item | None:
        """The item of that name."""
        return next((item for item in self.items if item.name == name), None)


def read_battery(data: Any, where: str) -> Battery:
    """A battery from the value of its YAML file. Raises DeclarationError, which says what is wrong where."""
    try:
        items = tuple(_item(one, f"{where}.items[{n}]") for n, one in enumerate(data["items"], 1))
        derived = tuple(
            _derived(one, f"{where}.derived[{n}]") for n, one in enumerate(data.get("derived", ()), 1)
        )
        battery = Battery(
            str(data["name"]),
            int(data["version"]),
            _label(data["label"]),
            _label(data["source"]),
            items,
            derived,
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise DeclarationError(
            Label(f"测试方案写得不对：{wrong}", f"the battery is not written rightly: {wrong}"), where=where
        ) from None
    if stray := set(data) - {"name", "version", "label", "source", "items", "derived"}:
        raise _unknown(min(stray), ("name", "version", "label", "source", "items", "derived"), where)
    names = [item.name for item in items]
    if twice := next((n for n in names if names.count(n) > 1), ""):
        raise DeclarationError(
            Label(f"项目“{twice}”写了两次", f"the item “{twice}” is written twice"), where=where
        )
    for one in derived:
        for name in one.of:
            if name not in names:
                raise _unknown(name, names, f"{where}.{one.name}")
    return battery


_ITEM: Final = ("name", "label", "unit", "places", "plausible", "better", "help")


def _item(one: Mapping[str, Any], where: str) -> Item:
    if stray := set(one) - set(_ITEM):
        raise _unknown(min(stray), _ITEM, where)
    least, most = (Decimal(str(bound)) for bound in one["plausible"])
    if least >= most or one["better"] not in _BETTER:
        raise ValueError(f"{one['name']}: plausible {least}–{most}, better {one['better']}")
    return Item(
        one["name"],
        _label(one["label"]),
        _label(one["unit"]) if "unit" in one else None,
        int(one["places"]),
        least,
        most,
        one["better"],
        _label(one["help"]) if "help" in one else None,
    )


def _derived(one: Mapping[str, Any], where: str) -> Derived:
    known = ("name", "label", "unit", "places", "better", "of", "bands", "source")
    if stray := set(one) - set(known):
        raise _unknown(min(stray), known, where)
    first, second = one["of"]
    bands = tuple(
        Band(Decimal(str(b["below"])) if "below" in b else None, _label(b["label"]))
        for b in one.get("bands", ())
    )
    return Derived(
        one["name"],
        _label(one["label"]),
        _label(one["unit"]),
        int(one["places"]),
        one["better"],
        (first, second),
        bands,
        _label(one["source"]),
    )


def _label(value: Mapping[str, str]) -> Label:
    return Label(value["zh"], value["en"])


def _unknown(name: str, known: Iterable[str], where: str) -> DeclarationError:
    guess = nearest(name, known)
    return DeclarationError(
        Label(
            f"不认识“{name}”" + (f"，是不是“{guess}”？" if guess else ""),
            f"“{name}” is not known" + (f"; did you mean “{guess}”?" if guess else ""),
        ),
        where=where,
    )


def read_files(folder: Path) -> tuple[Battery, ...]:
    """The batteries of a folder, by the names of their files. Raises DeclarationError."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            raise DeclarationError(
                Label("不是可读的 YAML 文件", "this is no YAML file that can be read"), where=path.name
            ) from None
        found.append(read_battery(data, path.name))
    return tuple(found)


@cache
def own() -> tuple[Battery, ...]:
    """The batteries of the house."""
    return read_files(HERE)


def battery(key: str, more: Sequence[Battery] = ()) -> Battery | None:
    """The battery that an entry names, in its newest version if the one named is gone."""
    name = key.partition("@")[0]
    known = (*more, *own())
    exact = next((b for b in known if b.key == key), None)
    return exact or next((b for b in known if b.name == name), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed for a battery: the values, what is wrong, and what is unusual and asked once more."""

    values: Mapping[str, Decimal]
    faults: Mapping[str, Label]
    unusual: Mapping[str, Label]


def read_typed(battery: Battery, typed: Mapping[str, str]) -> Reading:
    """Values from boxes; an empty box is an item that was not tested."""
    values: dict[str, Decimal] = {}
    faults: dict[str, Label] = {}
    unusual: dict[str, Label] = {}
    for item in battery.items:
        text = typed.get(item.name, "").strip()
        if not text:
            continue
        number = read_decimal(text)
        if number is None:
            faults[item.name] = Label(
                f"{item.label.zh}“{text}”不是数字", f"{item.label.en} “{text}” is not a number"
            )
            continue
        value = Decimal(number)
        if -int(value.as_tuple().exponent) > item.places:
            faults[item.name] = Label(
                f"{item.label.zh}最多 {item.places} 位小数",
                f"{item.label.en} has {item.places} places at most",
            )
            continue
        values[item.name] = value
        if not item.least <= value <= item.most:
            unusual[item.name] = Label(
                f"{item.label.zh} {number} 不常见（一般 {item.least}–{item.most}），请核对",
                f"{item.label.en} {number} is unusual ({item.least}–{item.most} as a rule): check it",
            )
    return Reading(values, faults, unusual)


def kept(battery: Battery, values: Mapping[str, Decimal]) -> str:
    """The text of an entry's results."""
    return "\n".join(f"{item.name}={values[item.name]}" for item in battery.items if item.name in values)


def values_of(results: object) -> Mapping[str, Decimal]:
    """The values in an entry's text; a line that is none is left out."""
    return _values_in(str(results or ""))


@lru_cache(maxsize=16_384)
def _values_in(text: str) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in text.splitlines():
        name, _, said = line.partition("=")
        if (number := read_decimal(said)) is not None:
            found[name.strip()] = Decimal(number)
    return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class Tested:
    """One sitting."""

    entry: Entry
    day: date
    battery: str
    values: Mapping[str, Decimal]


def tests(entries: Iterable[Entry]) -> tuple[Tested, ...]:
    """One person's sittings, in the order of days."""
    every = tuple(entries)
    if not every:
        return ()
    return tuple(
        Tested(e, e.happened_on, str(e.get("battery") or ""), values_of(e.get("results")))
        for e in CaseFile(every[0].file, every).counted()
        if e.kind == "fitness_test"
    )


def direction(better: Better, first: Decimal, last: Decimal) -> Label:
    """What a change means for this item: better, worse, the same; for one that is neither, only the
    change."""
    if first == last:
        return Label("不变", "the same")
    if better == "none":
        return Label("有变化", "changed")
    return Label("好转", "better") if (last > first) == (better == "more") else Label("变差", "worse")


def step_index(seconds: int, pulses: tuple[int, int, int]) -> Decimal:
    """The step index: seconds of stepping × 100 ÷ (2 × the sum of three pulse counts), to one place. Raises
    ValueError where nothing was counted."""
    if seconds <= 0 or min(pulses) <= 0:
        raise ValueError("nothing was counted")
    return (Decimal(seconds) * 100 / (2 * sum(pulses))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
