"""Writing an entry into a unit's own file from a page, through the one gate: what came of it, for every page
in the same words and with the same status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from guitu.access import Actor
from guitu.casefile import Entry
from guitu.casefile.protocol import DifferentContent
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import unitfiles
from guitu.store.engine import StoreUnavailable
from guitu.store.gate import NeedsSecond, NotAccepted, NotAllowed
from guitu.web.pages.record import drafts
from guitu.web.pages.record.form import Answers

CONFLICT: Final = 409
"""The same id was recorded with other content."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of writing. `answers` hold what is wrong, each thing at its box; `refused` is why the reader
    may not write at all; `status` is the answer's, 0 when it was written."""

    answers: Answers
    refused: Label | None = None
    status: int = 0


def write(entry: Entry, answers: Answers, *, actor: Actor, now: datetime) -> Outcome:
    """Record an entry that was made of these answers."""
    try:
        unitfiles.record(entry, actor=actor, now=now)
    except NotAccepted as wrong:
        return Outcome(drafts.placed(wrong, kinds()[entry.kind], answers), status=422)
    except NotAllowed as wrong:
        return Outcome(answers, wrong.decision.reason, 403)
    except NeedsSecond as wrong:
        return Outcome(answers, wrong.label, 403)
    except DifferentContent as wrong:
        return Outcome(answers.with_fault("", wrong.label), status=CONFLICT)
    except StoreUnavailable as wrong:
        return Outcome(answers.with_fault("", wrong.label), status=503)
    return Outcome(answers)


def refusal(entry: Entry, *, actor: Actor, now: datetime) -> Label | None:
    """Record an entry that was not made of a kind's own form; what is wrong, or None."""
    try:
        unitfiles.record(entry, actor=actor, now=now)
    except NotAllowed as wrong:
        return wrong.decision.reason
    except (NotAccepted, NeedsSecond, DifferentContent, StoreUnavailable) as wrong:
        return wrong.label
    return None
