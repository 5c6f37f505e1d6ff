"""What is unusual about an entry, beside the file it goes into: asked about once before it is saved. What is
impossible the declaration itself refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from guitu.casefile import Entry, Kind
from guitu.centre.medication import allergic_to
from guitu.centre.times import clock_of
from guitu.kernel.labels import Label

PRESCRIBES: Final = frozenset({"prescription", "restricted_prescription"})
TELLS_TIME: Final = frozenset({"time", "round_1", "round_2", "round_3", "round_4"})
MANY_A_DAY: Final = frozenset(
    {
        "allergy",
        "ciwa_ar",
        "encounter",
        "lab_result",
        "prescription",
        "restricted_condition",
        "restricted_prescription",
        "restraint_approval",
        "restraint_check",
        "restraint_medical_check",
        "vitals",
        "withdrawal_score",
        "care_note",
        "referral_out",
    }
)
"""Kinds of which there are several on a day as a matter of course."""
ILLNESSES: Final = ("艾滋", "hiv", "aids", "结核", "肝炎", "梅毒", "tb ", "hepatitis", "syphilis", "tubercul")
"""Words that name an illness which nobody but doctors may know."""


def doubts(entry: Entry, kind: Kind, counted: Iterable[Entry]) -> tuple[Label, ...]:
    """One question for each thing that is unusual."""
    found = [
        Label(
            f"{ask.label.zh} {entry.get(ask.name)}{ask.unit.zh if ask.unit else ''} 不常见"
            f"（一般 {ask.usual[0]}–{ask.usual[1]}）。没有写错吗？",
            f"{ask.label.en} {entry.get(ask.name)}{' ' + ask.unit.en if ask.unit else ''} is unusual"
            f" ({ask.usual[0]}–{ask.usual[1]} is usual). Is it right?",
        )
        for ask in kind.fields
        if ask.usual is not None and ask.unusual(entry.get(ask.name))
    ]
    found += [
        Label(
            f"{ask.label.zh}“{entry.get(ask.name)}”不是一天中的时间，例如 1405。要改吗？",
            f"{ask.label.en} “{entry.get(ask.name)}” is no time of day; 1405 would be. Mend it?",
        )
        for ask in kind.fields
        if ask.name in TELLS_TIME
        and entry.get(ask.name) is not None
        and clock_of(entry.get(ask.name)) is None
    ]
    if kind.name in PRESCRIBES:
        found += _allergy(entry, counted)
    if kind.name == "vitals":
        found += _pressure(entry)
    if kind.name == "care_note":
        found += _named(entry)
    if kind.name == "help_referral" and entry.get("agreed") == "no":
        found.append(
            Label(
                "本人不同意转介。确实还是转介了吗？没有转介的，不要登记。",
                "The person does not agree to the referral. Was it made all the same? If not, do not record"
                " it.",
            )
        )
    return tuple(found)


def _allergy(entry: Entry, counted: Iterable[Entry]) -> list[Label]:
    told = [e for e in counted if e.kind == "allergy"]
    if not told:
        return [
            Label(
                "档案里没有登记过敏情况。已经问过本人了吗？",
                "Nothing is recorded about allergies. Has the person been asked?",
            )
        ]
    substances = [str(e.get("substance") or "") for e in told]
    hit = allergic_to(str(entry.get("drug") or ""), [s for s in substances if s])
    if not hit:
        return []
    return [
        Label(
            f"本人对“{hit}”过敏，处方写的是“{entry.get('drug')}”。确实要开吗？",
            f"Allergic to “{hit}”; the prescription says “{entry.get('drug')}”. Prescribe it?",
        )
    ]


def _pressure(entry: Entry) -> list[Label]:
    high, low = entry.get("systolic"), entry.get("diastolic")
    if isinstance(high, int) and isinstance(low, int) and high <= low:
        return [
            Label(
                f"收缩压 {high} 不高于舒张压 {low}。是不是写反了？",
                f"Systolic {high} is not above diastolic {low}. Are they the wrong way round?",
            )
        ]
    return []


def _named(entry: Entry) -> list[Label]:
    said = f"{str(entry.get('say') or '').casefold()} "
    if not any(word in said for word in ILLNESSES):
        return []
    return [
        Label(
            "说明里像是写了病名。照护提示大队和教员都看得到：请只写要做什么。",
            "The note seems to name an illness. Brigade and teachers read it: say only what to do.",
        )
    ]
