"""What a partner hospital's doctor may do with a remote consultation. Pure.

Such a doctor comes to no case file, by no area and no emergency. A request of the centre's doctor, with the
person's consent, shares some entries with one hospital; this decides what of it that hospital's doctors may
see and do, and until when. What the centre's own staff may is asked of `decide`, as about any entry of the
file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from guitu.access import articles
from guitu.access.people import Actor
from guitu.kernel.labels import Label
from guitu.kernel.reasons import Decision

HOSPITAL: Final = "hospital_doctor"

ConsultAct = Literal["list", "answer", "read", "advise"]
"""`list`: that there is a request, with its times. `answer`: read the question and take it or not. `read`:
read what is shared. `advise`: write into the file what came of it."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation as far as access needs to know it. `hospital` is the code of the hospital's unit,
    `taken_by` the account that accepted it, "" while nobody has; `open` says that it has neither ended nor
    lapsed; `consented` that the person's consent stands."""

    hospital: str
    taken_by: str = ""
    open: bool = True
    consented: bool = True


_NOT_HERE: Final = Decision(
    False, Label("请求不是发给本医院的", "the request was not sent to this hospital"), articles.SECRET
)
_ENDED: Final = Decision(
    False,
    Label("会诊已结束，不能再看", "the consultation is over and no longer open"),
    articles.WITHIN_POWERS,
)
_NO_CONSENT: Final = Decision(
    False, Label("本人没有同意，或者已撤回", "the person does not consent"), articles.CONSENT
)
_NOT_TAKEN: Final = Decision(
    False, Label("先接收请求，才能看给出的资料", "accept the request first"), articles.WITHIN_POWERS
)
_OTHER: Final = Decision(
    False, Label("由另一位医生接收", "another doctor has accepted it"), articles.WITHIN_POWERS
)
_ASKED: Final = Decision(
    True, Label("请求发给本医院", "the request was sent to this hospital"), articles.CONSENT
)
_SHARED: Final = Decision(
    True, Label("经本人同意、由请求给出", "shared by the request, with consent"), articles.CONSENT
)


def may_consult(actor: Actor, act: ConsultAct, what: Consulted) -> Decision:
    """Whether this doctor may do that with this consultation. The post must be at that very hospital: an area
    above it opens nothing."""
    if not any(post.role == HOSPITAL and post.unit == what.hospital for post in actor.posts):
        return _NOT_HERE
    if act == "list":
        return _ASKED
    if not what.open:
        return _ENDED
    if not what.consented:
        return _NO_CONSENT
    if act == "answer":
        return _ASKED
    if not what.taken_by:
        return _NOT_TAKEN
    return _SHARED if what.taken_by == actor.name else _OTHER
