"""The kinds as forms that a phone can show, and which of them may be recorded away from the office."""

from __future__ import annotations

from typing import Any, Final

from guitu.access import Actor, Target, decide
from guitu.casefile import Ask, Kind
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store.placing import ACCEPTED, PLACED_BY, SENT

AT_THE_OFFICE: Final = frozenset({"order", "served", "release", "death", "custody"})
"""What rules read as the beginning, the serving and the end of measures is recorded where the papers are."""

OFFICE_KINDS: Final = frozenset(
    {
        "person", "monitoring_ended", "end_notice", ACCEPTED, SENT, *PLACED_BY,
        "handover_prepared", "handover_opened", "handover_refused", "handover_urged",
    }
)  # fmt: skip
"""Who somebody is, who answers for them and until when: never by a phone that may be days behind."""

Json = dict[str, Any]


def offline(kind: Kind) -> bool:
    """Whether a phone may record it."""
    concern = kind.read_as.concern if kind.read_as else ""
    return not (
        kind.act
        or kind.own_page
        or kind.countersigned
        or kind.answers
        or kind.touches_liberty
        or concern in AT_THE_OFFICE
        or kind.name in OFFICE_KINDS
        or "person" in kind.recorded_by
        or any(ask.internal and ask.required for ask in kind.fields)
    )


def recorded_by(actor: Actor, path: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds that this actor may record in its own area, by name."""
    return tuple(
        kind
        for kind in sorted(kinds().values(), key=lambda k: k.name)
        if not kind.act
        and decide(
            actor, "record", Target(path, kind.recorded_by, kind.label, compartment=kind.compartment)
        ).allowed
    )


def form(kind: Kind) -> Json:
    """One kind as a form."""
    told: Json = {
        "t": "form",
        "kind": kind.name,
        "version": kind.version,
        "about": kind.about,
        "label": said(kind.label),
        "day": said(kind.day),
        "offline": offline(kind),
        "fields": [_field(ask) for ask in kind.fields if not ask.internal],
    }
    if kind.help:
        told["help"] = said(kind.help)
    if kind.summary:
        told["summary"] = said(kind.summary)
    return told


def _field(ask: Ask) -> Json:
    told: Json = {"name": ask.name, "label": said(ask.label), "type": ask.type}
    if ask.required:
        told["required"] = True
    if ask.help:
        told["help"] = said(ask.help)
    if ask.choices:
        told["choices"] = [{"value": c.value, "label": said(c.label)} for c in ask.choices]
    if ask.only_when:
        told["only_when"] = {name: list(values) for name, values in ask.only_when.items()}
    for name in ("least", "most"):
        if (bound := getattr(ask, name)) is not None:
            told[name] = bound
    if ask.usual:
        told["usual"] = list(ask.usual)
    if ask.type == "decimal":
        told["places"] = ask.places
    if ask.clock:
        told["clock"] = True
    if ask.unit:
        told["unit"] = said(ask.unit)
    return told


def said(label: Label) -> Json:
    """A sentence in both languages."""
    return {"zh": label.zh, "en": label.en}
