"""What is wrong with the rules as written: citations that lead nowhere, rules nobody has looked at for a
year, overlays of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from guitu.kernel.citations import Citation
from guitu.kernel.days import add_months
from guitu.kernel.errors import DeclarationError, nearest
from guitu.kernel.labels import Label
from guitu.policy.load import TRANSFER_CEILING_MONTHS, all_rules, instruments, transfer_months
from guitu.policy.model import DoneLate, Instrument, Overdue, Rule, Version
from guitu.policy.uses import conditions_of

MONTHS_UNTIL_STALE: Final = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one rule. `code` says of which sort."""

    code: Literal["schema", "citation", "status", "stale", "overlay", "ceiling", "reference"]
    rule: str
    where: str
    label: Label


def check(on: date) -> list[Problem]:
    """Every problem of the house's rules as of a day; empty when all is well. A file that cannot be read
    is one problem."""
    try:
        return list(check_rules(all_rules(), instruments(), on))
    except DeclarationError as wrong:
        return [Problem("schema", "", wrong.where, wrong.label)]


def check_rules(rules: Iterable[Rule], known: Mapping[str, Instrument], on: date) -> Iterator[Problem]:
    """The problems of these rules, in their order."""
    every = tuple(rules)
    by_id = {rule.id: rule for rule in every}
    for rule in every:
        for version in rule.versions:
            yield from _citations(rule, version, known)
            yield from _status(rule, version)
            yield from _references(rule, version, by_id)
            if add_months(version.last_checked, MONTHS_UNTIL_STALE) < on:
                yield Problem(
                    "stale",
                    rule.id,
                    rule.source,
                    Label(
                        f"上次核对是 {version.last_checked}，已超过一年，请对照现行文本核对",
                        f"last checked on {version.last_checked}, over a year ago; "
                        "compare it with the text in force",
                    ),
                )
        yield from _overlay(rule, by_id)


def _citations(rule: Rule, version: Version, known: Mapping[str, Instrument]) -> Iterator[Problem]:
    for cite in version.cites:
        wrong = citation_fault(cite, known)
        if wrong is not None:
            yield Problem("citation", rule.id, rule.source, wrong)


def citation_fault(cite: Citation, known: Mapping[str, Instrument]) -> Label | None:
    """What is wrong with a citation: its instrument is not registered, or has no such article."""
    instrument = known.get(cite.instrument)
    if instrument is None:
        guess = nearest(cite.instrument, known)
        return Label(
            f"引用了未登记的法规“{cite.instrument}”" + (f"，是不是“{guess}”？" if guess else ""),
            f"cites an unknown instrument “{cite.instrument}”"
            + (f"; did you mean “{guess}”?" if guess else ""),
        )
    if not _article_exists(cite, instrument):
        return Label(
            f"《{cite.instrument}》共 {instrument.articles} 条，没有第{cite.article}条",
            f"{cite.instrument} has {instrument.articles} articles; none is number {cite.article}",
        )
    return None


def _article_exists(cite: Citation, instrument: Instrument) -> bool:
    if cite.article == "?" or instrument.articles is None:
        return True
    return 1 <= int(cite.article.split("-")[0]) <= instrument.articles


def _status(rule: Rule, version: Version) -> Iterator[Problem]:
    if version.status != "verified":
        return
    if rule.mark != "P":
        yield Problem(
            "status",
            rule.id,
            rule.source,
            Label(
                f"标记为 {rule.mark} 的规则不能是 verified", f"a rule marked {rule.mark} cannot be verified"
            ),
        )
    if any(cite.article == "?" for cite in version.cites):
        yield Problem(
            "status",
            rule.id,
            rule.source,
            Label(
                "没有看到条文号的规则不能是 verified",
                "a rule whose article number was not seen cannot be verified",
            ),
        )


def _references(rule: Rule, version: Version, by_id: Mapping[str, Rule]) -> Iterator[Problem]:
    if version.word is None:
        return
    for condition in conditions_of(version.word):
        if isinstance(condition, Overdue | DoneLate):
            for name in condition.rules:
                if name not in by_id:
                    yield _unknown_rule("reference", rule, name, by_id)


def _unknown_rule(
    code: Literal["reference", "overlay"], rule: Rule, name: str, by_id: Mapping[str, Rule]
) -> Problem:
    guess = nearest(name, by_id)
    return Problem(
        code,
        rule.id,
        rule.source,
        Label(
            f"提到的规则“{name}”不存在" + (f"，是不是“{guess}”？" if guess else ""),
            f"names a rule “{name}” that does not exist" + (f"; did you mean “{guess}”?" if guess else ""),
        ),
    )


def _overlay(rule: Rule, by_id: Mapping[str, Rule]) -> Iterator[Problem]:
    if not rule.replaces:
        return
    base = by_id.get(rule.replaces)
    if base is None:
        yield _unknown_rule("overlay", rule, rule.replaces, by_id)
        return
    if not rule.region and not rule.preset:
        yield Problem(
            "overlay",
            rule.id,
            rule.source,
            Label("只有地方规则或预设才能代替别的规则", "only a local rule or a preset may replace another"),
        )
    months = transfer_months(rule)
    if months is not None and months > TRANSFER_CEILING_MONTHS:
        yield Problem(
            "ceiling",
            rule.id,
            rule.source,
            Label(
                f"在公安所不得超过 {TRANSFER_CEILING_MONTHS} 个月（戒毒条例第27条），此处为 {months} 个月",
                f"at most {TRANSFER_CEILING_MONTHS} months there (戒毒条例 art. 27); this says {months}",
            ),
        )
