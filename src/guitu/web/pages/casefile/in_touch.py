"""What the file says of contact: that somebody is lost, not reached, away or held, since when and after
what."""

from __future__ import annotations

from datetime import date
from typing import Final

from guitu.access import may_see_page
from guitu.home.contact import contact_of
from guitu.kernel.labels import Label
from guitu.pathway.kinds import COMMUNITY
from guitu.web.components.button.component import Button
from guitu.web.components.notice.component import Notice
from guitu.web.pages.casefile import addresses
from guitu.web.pages.casefile.opened import Opened
from guitu.web.pages.contact.build import told

TOLD: Final = frozenset({"lost", "trying", "moved", "held", "died"})


def notices(opened: Opened, measure: str, on: date, recordable: frozenset[str]) -> tuple[Notice, ...]:
    """One line while somebody in a community measure is not in touch; nothing while they are."""
    if measure not in COMMUNITY or opened.sight.narrow:
        return ()
    stands = contact_of(opened.shown.counted(), on)
    if stands.state not in TOLD:
        return ()
    acts = []
    if "contact_attempt" in recordable and stands.state != "died":
        href = addresses.record(opened.case_no, "contact_attempt")
        acts.append(Button(Label("登记联系", "Record an attempt"), href=href, look="small"))
    if may_see_page(opened.sight.actor, "contact").allowed:
        href = addresses.back_to("contact", opened.case_no)
        acts.append(Button(Label("联系经过", "Attempts"), href=href, look="link"))
    return (Notice("gap" if stands.open else "info", stands.label, told(stands, on), tuple(acts)),)
