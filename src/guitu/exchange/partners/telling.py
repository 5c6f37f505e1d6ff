"""One person's file for a partner: which compartments may be told, and the bundle."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from guitu.casefile.kind import APART
from guitu.compose import kinds
from guitu.exchange.fhir.clinical import Json
from guitu.exchange.fhir.person import Person, person_bundle
from guitu.exchange.partners.mapping import Partner
from guitu.exchange.partners.outgoing import NotGiven
from guitu.exchange.partners.proposing import consents
from guitu.kernel.labels import Label
from guitu.store.read import FileView
from guitu.store.read.sight import Sight, identity_seen, shown


@dataclass(frozen=True, slots=True)
class Told:
    """What is told and the compartments it is of."""

    bundle: Json
    compartments: tuple[str, ...]

    @property
    def resources(self) -> int:
        """How many resources the bundle holds."""
        return len(self.bundle["entry"])


def may_tell(
    partner: Partner, view: FileView, sees: Collection[str], now: datetime, wanted: Collection[str] = ()
) -> tuple[str, ...]:
    """The compartments of this file that the partner may be told by a reader who `sees` these: what the
    mapping gives, what the person consents to where it asks for that, and what was wanted. Raises NotGiven
    where that is nothing."""
    if partner.form != "fhir" or partner.gives is None:
        raise NotGiven(Label("这个映射不送出个人资料。", "This mapping gives no person’s data."))
    allowed = [c for c in partner.gives.compartments if c not in APART]
    if partner.gives.consent:
        agreed = consents(view, partner, now)
        if not agreed:
            raise NotGiven(
                Label(
                    f"本人没有同意提供给“{partner.label.zh}”，或者同意已到期、已撤回；请先登记“同意提供给合作单位”。",
                    f"There is no standing consent to tell “{partner.label.en}”: record one first.",
                )
            )
        allowed = [c for c in allowed if c in agreed]
    found = tuple(c for c in allowed if c in sees and (not wanted or c in wanted))
    if not found:
        raise NotGiven(Label("没有可以提供的资料分区。", "There is no compartment that may be told."))
    return found


def tell(
    partner: Partner, view: FileView, sight: Sight, compartments: tuple[str, ...], now: datetime
) -> Told:
    """The bundle. Whoever calls has asked `may_tell` and notes that it leaves."""
    seen = {e.id for e in shown(sight, view.entries)}
    entries = tuple(
        e for e in view.case_file.counted() if e.id in seen and kinds()[e.kind].compartment in compartments
    )
    identity = identity_seen(sight, view.entries, view.identity) if "identity" in compartments else {}
    born = identity.get("birth")
    person = Person(
        file=view.id,
        case_no=view.case_no,
        entries=entries,
        compartments=frozenset(compartments),
        unit=view.unit.name if view.unit else "—",
        purpose=partner.name,
        name=str(identity.get("name") or ""),
        sex=str(identity.get("sex") or ""),
        birth=born if isinstance(born, date) else None,
    )
    return Told(person_bundle(person, now), compartments)
