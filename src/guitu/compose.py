"""The one place where the pieces meet: every declared kind is found here and checked against the others."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from guitu import capabilities
from guitu.casefile import Kind
from guitu.casefile.columns import columned
from guitu.indicators import Indicator
from guitu.indicators import check as check_indicator
from guitu.indicators.tables import Table
from guitu.indicators.tables import declared as declared_tables
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label
from guitu.kernel.registry import Registry
from guitu.pathway.kinds import BY_NAME
from guitu.policy import Policy, Problem, all_rules, instruments, load, names
from guitu.policy.checking import citation_fault
from guitu.policy.load import compose as lay_over
from guitu.policy.load import drafted
from guitu.policy.uses import Use, uses


def _declared() -> Iterator[Kind]:
    for found in sorted(pkgutil.iter_modules(capabilities.__path__), key=lambda m: m.name):
        module = import_module(f"guitu.capabilities.{found.name}.entries")
        yield from module.KINDS


@cache
def kinds() -> Registry[Kind]:
    """Every kind of entry, by name. Discovered once: a new capability folder edits nothing here."""
    return Registry(Label("记录类型", "kind"), list(_declared()))


@cache
def tables() -> dict[str, Table]:
    """Every table that indicators may be counted from: one for each kind that the snapshot has, and those the
    sweep works out."""
    return declared_tables(columned(kinds()).values())


@cache
def indicator_versions() -> dict[str, tuple[Indicator, ...]]:
    """Every indicator by key, with all its versions, oldest first. Each is checked against the tables when it
    is found: a declaration that names something that is not there is an error that says where."""
    found: dict[str, list[Indicator]] = {}
    for indicator in _indicators():
        others = found.setdefault(indicator.key, [])
        if any(one.version == indicator.version for one in others):
            raise DeclarationError(
                Label(
                    f"第 {indicator.version} 版声明了两次", f"version {indicator.version} is declared twice"
                ),
                where=indicator.key,
            )
        others.append(indicator)
    for versions in found.values():
        versions.sort(key=lambda i: i.version)
        for indicator in versions:
            check_indicator(indicator, tables(), found)
    return {key: tuple(versions) for key, versions in found.items()}


def _indicators() -> Iterator[Indicator]:
    for _, declared in _by_topic():
        yield from declared


def _by_topic() -> Iterator[tuple[str, tuple[Indicator, ...]]]:
    for found in sorted(pkgutil.iter_modules(capabilities.__path__), key=lambda m: m.name):
        name = f"guitu.capabilities.{found.name}.indicators"
        if find_spec(name) is not None:
            yield found.name, import_module(name).INDICATORS


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """The keys of the indicators by topic: the folder of the capability that declares them."""
    return {name: tuple(dict.fromkeys(i.key for i in declared)) for name, declared in _by_topic()}


@cache
def indicators() -> Registry[Indicator]:
    """Every indicator by key, in its newest version. Discovered once: a new one edits nothing here."""
    newest = [versions[-1] for versions in indicator_versions().values()]
    return Registry(Label("指标", "indicator"), newest)


def policy(region: str = "", presets: Iterable[str] = ()) -> Policy:
    """The rules of a region (GB/T 2260 code or prefix), with the presets an office turned on, applied to the
    declared kinds."""
    return _to_kinds(load(region, presets))


def draft(path: Path, region: str = "", presets: Iterable[str] = ()) -> Policy:
    """The rules of a region as they would be with a draft file laid over them. Raises DeclarationError for
    a draft that cannot be read, or reads what no kind declares."""
    return _draft(path, region, tuple(sorted(set(presets))))


@cache
def _draft(path: Path, region: str, presets: tuple[str, ...]) -> Policy:
    every = drafted(path)
    for rule in every:
        for version in rule.versions:
            for use in uses(version.word) if version.word is not None else ():
                wrong = _undeclared(use)
                if wrong is not None:
                    raise DeclarationError(wrong, where=f"{path.name} {rule.id}")
    return lay_over(every, region, presets).applied_to(kinds())


@cache
def _to_kinds(rules: Policy) -> Policy:
    return rules.applied_to(kinds())


def check() -> list[Problem]:
    """Where the rules, the words of the answers and the declared kinds do not fit together; empty when
    they do."""
    return [*_rules_and_kinds(), *_words_and_kinds(), *_pathway_and_kinds(), *_kinds_and_law()]


def _rules_and_kinds() -> Iterator[Problem]:
    """Rules may read only declared kinds, fields and choices."""
    for rule in all_rules():
        for version in rule.versions:
            for use in uses(version.word) if version.word is not None else ():
                wrong = _undeclared(use)
                if wrong is not None:
                    yield Problem("reference", rule.id, rule.source, wrong)


def _undeclared(use: Use) -> Label | None:
    declared = kinds().get(use.kind)
    if declared is None:
        return kinds().unknown(use.kind).label
    if declared.read_as is None:
        return Label(
            f"评估不读“{use.kind}”，这条规则永远不会生效；请在它的声明中写明 read_as",
            f"an assessment does not read “{use.kind}”, so the rule would never speak; declare its read_as",
        )
    if not use.field:
        return None
    try:
        ask = declared.ask(use.field)
    except DeclarationError as wrong:
        return wrong.label
    choices = [choice.value for choice in ask.choices]
    if use.value and use.value not in choices:
        return unknown_key(use.value, choices, where="").label
    return None


def _words_and_kinds() -> Iterator[Problem]:
    """The words an answer uses for measures, places and zones are those of the declared kinds."""
    words = names()
    measures = {choice.value: choice.label for choice in kinds()["order"].ask("measure").choices}
    for name, label in words.measures.items():
        yield from _same_word("measures", name, label, measures.get(name))
    for kind_name, field in (("admission", "place"), ("zone_move", "zone")):
        for choice in kinds()[kind_name].ask(field).choices:
            yield from _same_word("spans", choice.value, words.spans.get(choice.value), choice.label)


def _same_word(part: str, name: str, said: Label | None, declared: Label | None) -> Iterator[Problem]:
    if said is not None and said == declared:
        return
    ours, theirs = said or _NOTHING, declared or _NOTHING
    yield Problem(
        "reference",
        "",
        f"names.yaml {part}.{name}",
        Label(
            f"词语“{name}”为“{ours.zh}”，记录类型中为“{theirs.zh}”",
            f"the word for “{name}” is “{ours.en}”; the declared kinds say “{theirs.en}”",
        ),
    )


_NOTHING = Label("—", "—")


def _pathway_and_kinds() -> Iterator[Problem]:
    """The kinds an assessment knows by name are declared, and read."""
    for name in sorted(BY_NAME):
        if name not in kinds() or kinds()[name].read_as is None:
            yield Problem(
                "reference",
                "",
                "pathway/kinds.py",
                Label(
                    f"评估所读的“{name}”没有声明，或者没有 read_as",
                    f"“{name}”, which an assessment reads, is not declared, or has no read_as",
                ),
            )


def _kinds_and_law() -> Iterator[Problem]:
    """The articles a kind stands on are there."""
    for declared in kinds().values():
        for cite in declared.citations:
            wrong = citation_fault(cite, instruments())
            if wrong is not None:
                yield Problem("citation", "", declared.name, wrong)


def kind(name: str) -> Kind:
    """The kind of that name; an unknown one is an error that suggests the nearest."""
    return kinds()[name]
