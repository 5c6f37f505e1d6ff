"""The small forms of one consultation. Each is one kind; its boxes carry the form's own name in front, so
that several may stand on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from guitu.casefile import Value
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.error_summary.component import ErrorSummary, Fault
from guitu.web.components.field.component import Field, field_of
from guitu.web.inside.shown import Ask
from guitu.web.pages.record import form as typed_form

ACT: Final = "act"
HIDDEN: Final = frozenset({"to", "via", "prescription", "signed"})
"""What the page fills in by itself."""


@dataclass(frozen=True)
class Typed:
    """What came back of one form: `name` says of which. `values` are the answers that could be read."""

    name: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    faults: Mapping[str, Label] = field(default_factory=dict)

    def summary(self, *loose: Label) -> ErrorSummary | None:
        """All that is wrong, with the way to each box."""
        boxes = [Fault(text, f"f-{self.name}-{box}") for box, text in self.faults.items()]
        every = (*(Fault(text) for text in loose), *boxes)
        return ErrorSummary(every) if every else None


NOTHING: Final = Typed()


def read(name: str, kind: str, data: Mapping[str, str], today: date, fixed: Mapping[str, str]) -> Typed:
    """Read what was sent for that kind under that name; `fixed` are the answers that the page gives."""
    prefix = f"{name}-"
    sent = {k.removeprefix(prefix): v for k, v in data.items() if k.startswith(prefix)}
    found = typed_form.read(kinds()[kind], {**sent, **fixed, typed_form.DAY: today.isoformat()}, today)
    return Typed(name, sent, {k: v for k, v in found.fields.items() if v is not None}, found.faults)


def fields(
    name: str,
    kind: str,
    back: Typed = NOTHING,
    given: Mapping[str, str] | None = None,
    leave_out: frozenset[str] = frozenset(),
) -> tuple[Field, ...]:
    """The questions of the kind, as typed before where this form came back; else with what is `given`."""
    declared = kinds()[kind]
    here = back if back.name == name else NOTHING
    made = []
    for ask in declared.fields:
        if ask.name in HIDDEN or ask.internal or ask.name in leave_out:
            continue
        value = here.typed.get(ask.name, "") if here is not NOTHING else (given or {}).get(ask.name, "")
        one = field_of(ask, value, here.faults.get(ask.name, ""), asks=declared.fields)
        made.append(
            replace(
                one,
                name=f"{name}-{one.name}",
                only_when=tuple((f"{name}-{other}", values) for other, values in one.only_when),
            )
        )
    return tuple(made)


def ask(
    name: str,
    kind: str,
    action: str,
    button: Label,
    identifier: str,
    back: Typed = NOTHING,
    *,
    given: Mapping[str, str] | None = None,
    says: Text = "",
    look: str = "plain",
    more: tuple[tuple[str, str], ...] = (),
    leave_out: frozenset[str] = frozenset(),
) -> Ask:
    """The form. `identifier` is the id that its entry will have."""
    return Ask(
        action,
        fields(name, kind, back, given, leave_out),
        Button(button, look=look, name=ACT, value=name),
        (("id", identifier), *more),
        says=says,
    )
