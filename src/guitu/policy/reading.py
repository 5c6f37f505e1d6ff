"""Instruments, names and rules read from their YAML files into the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from guitu.kernel.citations import Citation
from guitu.kernel.errors import DeclarationError, unknown_key
from guitu.kernel.labels import Label
from guitu.policy.model import FILE, MARKS, MEASURES, STATUSES, Instrument, Names, Rule, Version
from guitu.policy.schema import Section, fault, load_yaml, read_all, read_label
from guitu.policy.words import WORDS, read_word

HERE: Final = Path(__file__).parent


def place(path: Path) -> str:
    """A file's place as shown in messages: below the policy folder, if it is there."""
    return str(path.relative_to(HERE)) if path.is_relative_to(HERE) else str(path)


def read_names(path: Path) -> Names:
    """The labels of measures, states, duties, findings, spans and endings."""
    section = Section(load_yaml(path.read_text(encoding="utf-8"), place(path)), place(path))
    parts: dict[str, dict[str, Label]] = {}
    for part in (name for name in Names.__dataclass_fields__ if name != "entries"):
        inner = section.section(part)
        parts[part] = {key: inner.label(key) for key in inner.written()}
    section.close()
    return Names(**parts)


def read_instrument(path: Path) -> Instrument:
    """One instrument from its file."""
    section = Section(load_yaml(path.read_text(encoding="utf-8"), place(path)), place(path))
    instrument = Instrument(
        key=section.text("key"),
        title=section.label("title"),
        issuer=section.label("issuer"),
        adopted=section.day("adopted", None),
        in_force_from=section.day("in_force_from", None),
        in_force_until=section.day("in_force_until", None),
        articles=section.whole("articles", None),
        seen=section.word("seen", ("whole", "part", "not_seen")),
        region=section.text("region", ""),
        note=section.label("note", None),
    )
    section.close()
    if (instrument.articles is not None) != (instrument.seen == "whole"):
        raise fault(
            place(path),
            "看过全文的要写条数，没看过全文的不写",
            "state the number of articles when the whole text was seen, and only then",
        )
    return instrument


def read_rules(path: Path, names: Names) -> tuple[Rule, ...]:
    """The rules of one file, in the order written."""
    where = place(path)
    value = load_yaml(path.read_text(encoding="utf-8"), where)
    if not isinstance(value, list):
        raise fault(
            where,
            "规则文件应为列表，每条以“- id:”开头",
            "a rule file is a list; begin each rule with “- id:”",
        )
    return read_all(value, where, lambda v, w: _rule(v, names, w))


def _rule(value: Any, names: Names, where: str) -> Rule:
    section = Section(value, where)
    name = section.text("id")
    section.where = f"{where} {name}"
    measures = section.items("measures")
    if measures == ["all"]:
        measures = list(MEASURES)
    for measure in measures:
        if measure not in MEASURES and measures != [FILE]:
            raise unknown_key(str(measure), (*MEASURES, "all", FILE), where=f"{section.where}.measures")
    rule = Rule(
        id=name,
        label=section.label("label"),
        measures=tuple(measures),
        mark=section.word("mark", MARKS),
        region=section.text("region", ""),
        preset=section.text("preset", ""),
        replaces=section.text("replaces", ""),
        needed=section.truth("needed", False),
        own_number=section.truth("own_number", False),
        note=section.label("note", None),
        versions=read_all(
            section.items("versions"), f"{section.where}.versions", lambda v, w: _version(v, names, w)
        ),
        source=where,
    )
    section.close()
    _sensible(rule, section.where)
    return rule


def _version(value: Any, names: Names, where: str) -> Version:
    section = Section(value, where)
    try:
        cites = tuple(Citation.parse(str(text)) for text in section.items("cites"))
    except DeclarationError as wrong:
        raise DeclarationError(wrong.label, where=where) from None
    used = [word for word in WORDS if section.has(word)]
    unevaluated = section.label("unevaluated", None)
    if len(used) + (unevaluated is not None) != 1:
        stray = [k for k in section.written() if k not in (*WORDS, *_VERSION_KEYS)]
        if stray and not used:
            raise unknown_key(stray[0], (*WORDS, *_VERSION_KEYS), where=where)
        raise fault(
            where,
            "每个版本恰好写一个规则词（" + "、".join(WORDS) + "），或者写 unevaluated 说明原因",
            "each version takes exactly one rule word ("
            + ", ".join(WORDS)
            + "), or “unevaluated” with the reason",
        )
    version = Version(
        in_force_from=section.day("in_force_from"),
        in_force_until=section.day("in_force_until", None),
        cites=cites,
        status=section.word("status", STATUSES),
        last_checked=section.day("last_checked"),
        says=section.label("says"),
        word=read_word(used[0], section.raw(used[0]), names, where) if used else None,
        unevaluated=unevaluated,
    )
    section.close()
    if not version.cites:
        raise fault(where, "没有引用任何条文", "no article is cited")
    return version


_VERSION_KEYS: Final = (
    "in_force_from",
    "in_force_until",
    "cites",
    "status",
    "last_checked",
    "says",
    "unevaluated",
)


def _sensible(rule: Rule, where: str) -> None:
    """Versions follow one another; a local rule names its region by digits."""
    previous = None
    for version in rule.versions:
        if version.in_force_until is not None and version.in_force_until < version.in_force_from:
            raise fault(where, "失效日早于生效日", "in force until a day before it begins")
        if previous is not None and (
            previous.in_force_until is None or previous.in_force_until >= version.in_force_from
        ):
            raise fault(where, "版本之间日期重叠", "two versions overlap in time")
        previous = version
    if rule.region and not rule.region.isdigit():
        raise fault(
            where,
            f"地区“{rule.region}”应为行政区划代码前缀，如“33”",
            f"region “{rule.region}” should be a division code prefix such as “33”",
        )
    if rule.needed and any(v.status != "inferred" for v in rule.versions):
        raise fault(
            where, "只有推定（inferred）的规则才写 needed", "only an inferred rule may be marked as needed"
        )


__all__ = ["HERE", "place", "read_instrument", "read_label", "read_names", "read_rules"]
