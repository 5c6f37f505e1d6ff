"""The rules in force for a region, with the presets an office turned on: national rules, with local ones
laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from guitu.casefile import Kind
from guitu.kernel.days import add_days
from guitu.kernel.errors import DeclarationError, machine_reason, nearest
from guitu.kernel.labels import Label
from guitu.policy.model import Instrument, Names, RightWithin, Rule, Standing, Version, Within
from guitu.policy.reading import HERE, read_instrument, read_names, read_rules

MOST_OWN_DAYS: Final = 365
"""The longest term that an office may set for itself with a preset."""
TRANSFER_CEILING_MONTHS: Final = 12
"""戒毒条例 art. 27: no provincial plan may keep anybody longer than this in a police centre."""


@dataclass(frozen=True, eq=False)
class Policy:
    """The rules for one region. `rules` holds every rule that belongs here, applied or not; `applied` the
    ones that drive answers; `kinds` the declared kinds of the entries they are applied to."""

    region: str
    presets: tuple[str, ...]
    rules: Mapping[str, Rule]
    applied: tuple[Rule, ...]
    instruments: Mapping[str, Instrument]
    names: Names
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def applied_to(self, kinds: Mapping[str, Kind]) -> Policy:
        """The same rules for entries of these kinds, which also give their names."""
        words = MappingProxyType({name: kind.label for name, kind in kinds.items()})
        return replace(self, kinds=kinds, names=replace(self.names, entries=words))

    def status(self, rule: str, on: date) -> Standing:
        """Whether the rule of that id is in force on a day, not yet, repealed, or not known here at all."""
        found = self.rules.get(rule)
        return "unknown" if found is None else found.standing(on)

    def rule(self, name: str) -> Rule:
        """The rule of that id; an unknown one is an error that names the nearest."""
        try:
            return self.rules[name]
        except KeyError:
            guess = nearest(name, self.rules)
            hint_zh, hint_en = (f"，是不是“{guess}”？", f"; did you mean “{guess}”?") if guess else ("", "")
            raise DeclarationError(
                Label(f"没有规则“{name}”{hint_zh}", f"there is no rule “{name}”{hint_en}")
            ) from None


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument that may be cited, by key."""
    found: dict[str, Instrument] = {}
    for path in sorted((HERE / "instruments").glob("*.yaml")):
        instrument = read_instrument(path)
        if instrument.key in found:
            raise DeclarationError(
                Label(f"法规“{instrument.key}”写了两次", f"instrument “{instrument.key}” is there twice"),
                where=path.name,
            )
        found[instrument.key] = instrument
    return MappingProxyType(found)


@cache
def names() -> Names:
    """The labels of everything an answer names."""
    return read_names(HERE / "names.yaml")


def read_folder(folder: Path) -> tuple[Rule, ...]:
    """Every rule below a folder, files in order of their names; two rules with one id are an error."""
    rules: list[Rule] = []
    seen: dict[str, Rule] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for rule in read_rules(path, names()):
            if rule.id in seen:
                raise DeclarationError(
                    Label(
                        f"规则“{rule.id}”在 {seen[rule.id].source} 已有",
                        f"rule “{rule.id}” is already in {seen[rule.id].source}",
                    ),
                    where=rule.source,
                )
            seen[rule.id] = rule
            rules.append(rule)
    return tuple(rules)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the house: national, local and preset."""
    return read_folder(HERE / "rules") + read_folder(HERE / "presets")


def preset_names() -> tuple[str, ...]:
    """The presets an office may turn on."""
    return tuple(dict.fromkeys(rule.preset for rule in all_rules() if rule.preset))


def load(region: str = "", presets: Iterable[str] = ()) -> Policy:
    """The policy of a region, given by a GB/T 2260 code or prefix ("46", "460100"; empty for national rules
    only). A preset is a name, or where its rules take one a name with the office's own number of days
    (`lab-report=5`).

    Raises DeclarationError for an unknown preset, a number that is none or not taken, or a region that is no
    code."""
    return _load(region, tuple(sorted(set(presets))))


def own_number(preset: str) -> tuple[str, int | None]:
    """The name of a preset and the number of days that stands with it, None without one."""
    name, said, number = preset.partition("=")
    if not said:
        return name, None
    if not number.isdecimal() or not 1 <= int(number) <= MOST_OWN_DAYS:
        raise DeclarationError(
            Label(
                f"预设“{preset}”的天数应为 1 到 {MOST_OWN_DAYS} 的整数",
                f"the days of the preset “{preset}” must be a whole number from 1 to {MOST_OWN_DAYS}",
            )
        )
    if not any(rule.own_number for rule in all_rules() if rule.preset == name):
        raise DeclarationError(
            Label(f"预设“{name}”不能自定天数", f"the preset “{name}” takes no number of days")
        )
    return name, int(number)


@cache
def _load(region: str, presets: tuple[str, ...]) -> Policy:
    if region and not region.isdigit():
        raise DeclarationError(
            Label(
                f"地区“{region}”应为行政区划代码，如“46”",
                f"region “{region}” should be a division code such as “46”",
            )
        )
    known = preset_names()
    named = [preset.partition("=")[0] for preset in presets]
    for preset in named:
        if named.count(preset) > 1:
            raise DeclarationError(Label(f"预设“{preset}”写了两次", f"the preset “{preset}” is named twice"))
        if preset not in known:
            guess = nearest(preset, known)
            raise DeclarationError(
                Label(
                    f"没有预设“{preset}”" + (f"，是不是“{guess}”？" if guess else ""),
                    f"there is no preset “{preset}”" + (f"; did you mean “{guess}”?" if guess else ""),
                )
            )
    return compose(all_rules(), region, presets)


def drafted(path: Path) -> tuple[Rule, ...]:
    """Every rule of the house, with those of a draft in their place: a rule of the draft takes the place
    of the one
    of the same id, others are added. Raises DeclarationError, one sentence with file and key, for a file that
    cannot be read or holds no rules."""
    try:
        draft = read_rules(path, names())
    except OSError as wrong:
        why = machine_reason(wrong)
        raise DeclarationError(
            Label(f"打不开文件：{why.zh}", f"cannot open the file: {why.en}"), where=path.name
        ) from None
    except UnicodeDecodeError:
        raise DeclarationError(Label("不是 UTF-8 文本", "not UTF-8 text"), where=path.name) from None
    ids = {rule.id for rule in draft}
    return (*(rule for rule in all_rules() if rule.id not in ids), *draft)


def compose(every: Iterable[Rule], region: str = "", presets: tuple[str, ...] = ()) -> Policy:
    """A policy from rules: those of the region and the presets, a local one standing in for the national
    it replaces."""
    on = dict(map(own_number, presets))
    here = [
        _numbered(rule, on.get(rule.preset))
        for rule in every
        if region.startswith(rule.region) and (not rule.preset or rule.preset in on)
    ]
    standing_in: dict[str, list[Rule]] = {}
    for rule in here:
        if rule.replaces and rule.on:
            for other in standing_in.get(rule.replaces, ()):
                if rule.preset and other.preset and rule.preset != other.preset:
                    raise _both(other, rule)
            standing_in.setdefault(rule.replaces, []).append(rule)
    applied = tuple(
        kept
        for rule in here
        if rule.on and (kept := _outside(rule, standing_in.get(rule.id, []))) is not None
    )
    return Policy(
        region=region,
        presets=presets,
        rules=MappingProxyType({rule.id: rule for rule in here}),
        applied=applied,
        instruments=instruments(),
        names=names(),
    )


def _both(one: Rule, other: Rule) -> DeclarationError:
    return DeclarationError(
        Label(
            f"预设“{one.preset}”和“{other.preset}”都代替规则 {one.replaces}，只能启用其中一个",
            f"the presets “{one.preset}” and “{other.preset}” both replace rule {one.replaces}; "
            "turn on only one of them",
        )
    )


def _numbered(rule: Rule, own: int | None) -> Rule:
    """The rule with the office's own number of days, if it takes one and there is one."""
    if not rule.own_number:
        return rule
    versions = []
    for version in rule.versions:
        word = version.word
        if not isinstance(word, Within | RightWithin) or word.days is None:
            raise DeclarationError(
                Label("只有按天数计的期限可以自定天数", "only a term in days takes a number of one's own"),
                where=rule.source,
            )
        versions.append(replace(version, word=replace(word, days=own or word.days)))
    return replace(rule, versions=tuple(versions))


def _outside(rule: Rule, local: list[Rule]) -> Rule | None:
    """The rule for the days on which no local one stands in for it; None if there are none."""
    versions = list(rule.versions)
    for stand_in in (version for other in local for version in other.versions):
        first, last = stand_in.in_force_from, stand_in.in_force_until or date.max
        left: list[Version] = []
        for version in versions:
            until = version.in_force_until or date.max
            if until < first or version.in_force_from > last:
                left.append(version)
                continue
            if version.in_force_from < first:
                left.append(replace(version, in_force_until=add_days(first, -1)))
            if until > last:
                left.append(replace(version, in_force_from=add_days(last, 1)))
        versions = left
    return replace(rule, versions=tuple(versions)) if versions else None


def transfer_months(rule: Rule) -> int | None:
    """The months a rule allows in a police centre, if it is such a rule."""
    for version in rule.versions:
        if isinstance(version.word, Within) and version.word.name == "transfer_to_justice":
            return version.word.months
    return None
