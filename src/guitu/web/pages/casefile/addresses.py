"""The addresses of one file's pages, in one place: other pages lead here too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from guitu.compose import kinds
from guitu.pathway.model import Duty
from guitu.policy import Policy
from guitu.policy.model import Before, Every, Within

Query = Iterable[tuple[str, str]]


def _with(path: str, query: Query) -> str:
    pairs = tuple(query)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def file(case_no: str, query: Query = ()) -> str:
    """The whole file in short."""
    return _with(f"/files/{case_no}/", query)


def duties(case_no: str, query: Query = ()) -> str:
    """Every duty, done ones too."""
    return _with(f"/files/{case_no}/duties/", query)


def measures(case_no: str, query: Query = ()) -> str:
    """Every measure with its sum."""
    return _with(f"/files/{case_no}/measures/", query)


def history(case_no: str, query: Query = ()) -> str:
    """Every entry."""
    return _with(f"/files/{case_no}/history/", query)


def pictures(case_no: str) -> str:
    """Photos and signatures that came with entries."""
    return f"/files/{case_no}/pictures/"


def printed(case_no: str) -> str:
    """Where the browser tells that a page of the file is being printed."""
    return f"/files/{case_no}/printed/"


def readings(case_no: str) -> str:
    """Who has read the file."""
    return f"/people/{case_no}/readings/"


def number(case_no: str) -> str:
    """Where the identity number is asked for in full."""
    return f"/files/{case_no}/number/"


def record(case_no: str, kind: str = "", query: Query = ()) -> str:
    """Recording an entry of a kind; without one, choosing the kind."""
    return _with(f"/files/{case_no}/record/{kind}/" if kind else f"/files/{case_no}/record/", query)


def correct(case_no: str, entry: UUID | str) -> str:
    """Correcting an entry."""
    return f"/files/{case_no}/entries/{entry}/correct/"


def withdraw(case_no: str, entry: UUID | str, query: Query = ()) -> str:
    """Withdrawing an entry."""
    return _with(f"/files/{case_no}/entries/{entry}/withdraw/", query)


RETURNS = {"gate": "/gate/{}/", "wards": "/wards/{}/", "way_out": "/way-out/{}/",
           "epidemic": "/epidemic/people/{}/", "contact": "/contact/{}/", "order": "/order/{}/",
           "help": "/help/people/{}/", "handover": "/handover/{}/"}  # fmt: skip
"""Pages of one person from which entries are recorded, and to which saving leads back (`?from=`)."""


def back_to(page: str, case_no: str, query: Query = ()) -> str:
    """One of those pages, of this person."""
    return _with(RETURNS[page].format(case_no), query)


LISTS = re.compile(r"/(?:follow-ups/[0-9a-f-]{36}/week|contact/ended)/(?:\?[\w=&%.-]*)?")
"""Lists to whose very page saving leads back (`?from=list&row=` its address)."""


def back_to_list(where: str, query: Query) -> str:
    """That page of a list, told what was recorded from it."""
    return f"{where}{'&' if '?' in where else '?'}{urlencode(tuple(query))}"


def draft(account: str, case_no: str, kind: str, corrects: UUID | None = None) -> str:
    """The name under which a browser keeps what is typed into a form until it is saved."""
    return f"{account}:{case_no}:{kind}" + (f":{corrects}" if corrects else "")


def by_two(case_no: str, kind: str, about: UUID | None) -> str:
    """Where two people do what nobody records alone, begun from what it answers; nothing for other kinds."""
    if kind != "assessment_recheck" or about is None:
        return ""
    return _with(f"/assessments/{case_no}/new/", (("objection", str(about)),))


def record_duty(case_no: str, duty: Duty, policy: Policy, query: Query = ()) -> str:
    """Recording what does a duty, with the answers that its rule already knows (an assessment's stage …)."""
    if way := by_two(case_no, duty.record, duty.measure):
        return way
    known = (*answers(duty.record, duty.because.rule, policy), *named(duty.record, duty.measure))
    return record(case_no, duty.record, (*known, *query))


def named(kind: str, request: UUID | None) -> tuple[tuple[str, str], ...]:
    """For a kind that answers a request: which one. A duty to answer names it in place of a measure."""
    declared = kinds()[kind]
    return ((declared.answers, str(request)),) if declared.answers and request else ()


def requests(case_no: str, what: str = "") -> str:
    """What the person asked for; with a word of its forms, writing down another for them."""
    return f"/people/{case_no}/requests/" + (f"{what}/" if what else "")


def own_access(case_no: str) -> str:
    """Handing the person the way to their own page."""
    return f"/people/{case_no}/access/"


def sheet(case_no: str) -> str:
    """The sheet that the person keeps."""
    return f"/people/{case_no}/sheet/"


def answers(kind: str, rule: str, policy: Policy) -> tuple[tuple[str, str], ...]:
    """The answers that an entry of this kind must have to do the duty of this rule."""
    found = policy.rules.get(rule)
    for version in reversed(found.versions if found else ()):
        if isinstance(version.word, Within | Before | Every):
            for pick in version.word.done_by:
                if pick.kind == kind:
                    return tuple(
                        (name, next(iter(values))) for name, values in pick.where if len(values) == 1
                    )
    return ()
