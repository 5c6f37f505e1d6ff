"""Remote consultations as a file tells them, and what a hospital's doctor may do with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guitu.access import ROLES, Actor, Post, Target, decide, kept_apart
from guitu.access.consulting import ConsultAct, Consulted, may_consult
from guitu.casefile import Entry, Value
from guitu.centre import consulting
from guitu.centre.consulting import Consultation, consent_now, consultations, offered, refused
from tests.store.writing import Pen, day

ON = date(2026, 11, 23)


class File:
    """One file with one consultation, step by step."""

    def __init__(self, **consent: Value) -> None:
        self.pen = Pen(7)
        self.entries: list[Entry] = []
        self.consent = self.add("remote_consent", "2026-11-20", **{"answer": "yes", "named": "no", **consent})
        self.request = self.add(
            "remote_request", "2026-11-20", hospital="46H01", consent=str(self.consent.id)
        )

    def add(self, kind: str, on: str = "2026-11-20", **fields: Value) -> Entry:
        entry = self.pen.entry(kind, on, **fields)
        self.entries.append(entry)
        return entry

    def step(self, kind: str, **fields: Value) -> Entry:
        return self.add(kind, to=str(self.request.id), **fields)

    @property
    def one(self) -> Consultation:
        return consultations(self.entries)[0]


def test_a_consultation_goes_from_asked_over_accepted_and_advised_to_closed() -> None:
    file = File()
    assert file.one.state(ON) == "asked"
    file.step("remote_answer", answer="accepted")
    assert file.one.state(ON) == "accepted"
    file.step("remote_opinion", opinion="休息")
    assert file.one.state(ON) == "advised"
    file.step("remote_closed", outcome="treated")
    assert file.one.state(ON) == "closed"
    assert not file.one.open(ON)


def test_declined_it_is_over_and_accepted_by_a_colleague_it_goes_on() -> None:
    file = File()
    file.step("remote_answer", answer="declined", why="无此专科")
    assert file.one.state(ON) == "declined"
    file.step("remote_answer", answer="accepted")
    assert file.one.state(ON) == "accepted"


def test_it_lapses_after_its_last_day_and_not_on_it() -> None:
    file = File()
    last = day("2026-11-20") + consulting.OPEN_FOR
    assert file.one.open(last)
    assert file.one.state(last + timedelta(days=1)) == "lapsed"


def test_a_later_refusal_takes_the_consent_from_a_running_consultation() -> None:
    file = File()
    assert file.one.standing
    file.add("remote_consent", "2026-11-21", answer="no")
    assert not file.one.standing


@pytest.mark.parametrize(
    ("said", "on", "holds"),
    [
        ((("yes", "2026-11-20"),), "2026-11-23", True),
        ((("yes", "2026-11-20"), ("no", "2026-11-21")), "2026-11-23", False),
        ((("no", "2026-11-20"), ("yes", "2026-11-21")), "2026-11-23", True),
        ((("yes", "2026-10-24"),), "2026-11-23", True),
        ((("yes", "2026-10-23"),), "2026-11-23", False),
        ((), "2026-11-23", False),
    ],
)
def test_a_consent_counts_while_it_is_the_last_word_and_thirty_days_old_at_most(
    said: tuple[tuple[str, str], ...], on: str, holds: bool
) -> None:
    pen = Pen(8)
    entries = [pen.entry("remote_consent", when, answer=answer) for answer, when in said]
    assert (consent_now(entries, day(on)) is not None) == holds
    assert (refused(pen.entry("remote_request", on), entries) is None) == holds


def test_a_consent_taken_back_with_a_request_is_none_for_the_next() -> None:
    file = File()
    file.step("remote_withdrawn", why="consent")
    assert consent_now(file.entries, ON) is None
    other = File()
    other.step("remote_withdrawn", why="needless")
    assert consent_now(other.entries, ON) is not None


def test_what_was_advised_is_unsettled_until_somebody_says_what_becomes_of_it() -> None:
    file = File()
    first, second = (file.step("remote_prescription", drug=name) for name in ("甲", "乙"))
    file.add("remote_taken_over", to=str(first.id), taken="yes")
    assert [one.entry.id for one in file.one.unsettled] == [second.id]


def test_each_step_tells_how_long_after_the_one_before() -> None:
    file = File()
    file.step("remote_answer", answer="accepted")
    file.step("remote_call", how="video")
    steps = file.one.steps()
    assert [s.kind for s in steps] == ["remote_request", "remote_answer", "remote_call"]
    assert [s.waited for s in steps] == [timedelta(0), timedelta(minutes=1), timedelta(minutes=1)]


def test_nothing_restricted_and_nothing_old_is_offered_for_sharing() -> None:
    pen = Pen(9)
    entries = [
        pen.entry("restricted_condition", "2026-11-20", what="hiv"),
        pen.entry("vitals", "2026-01-01", pulse=70),
        pen.entry("allergy", "2025-01-01", known="yes"),
        pen.entry("prescription", "2025-06-01", drug="甲"),
        pen.entry("prescription", "2025-06-01", drug="乙", until=date(2025, 7, 1)),
        pen.entry("vitals", "2026-11-20", pulse=70),
    ]
    assert [e.get("drug") or e.kind for e in offered(entries, ON)] == ["allergy", "甲", "vitals"]


def test_the_code_tells_nothing_but_the_requests_own_dice() -> None:
    assert File().one.code.startswith("RC-")
    assert len(File().one.code) == 11


# ── access ────────────────────────────────────────────────────────────────────────────────────────

LI = Actor("li", (Post("hospital_doctor", "46H01"),))
ACTS: tuple[ConsultAct, ...] = ("list", "answer", "read", "advise")


def allowed(actor: Actor, what: Consulted) -> set[str]:
    return {act for act in ACTS if may_consult(actor, act, what).allowed}


def test_a_hospitals_doctor_may_as_much_as_the_consultation_says() -> None:
    asked = Consulted("46H01")
    assert allowed(LI, asked) == {"list", "answer"}
    assert allowed(LI, replace(asked, taken_by="li")) == set(ACTS)
    assert allowed(LI, replace(asked, taken_by="wang")) == {"list", "answer"}
    assert allowed(LI, replace(asked, taken_by="li", open=False)) == {"list"}
    assert allowed(LI, replace(asked, taken_by="li", consented=False)) == {"list"}


@pytest.mark.parametrize(
    "post", [Post("hospital_doctor", "46"), Post("hospital_doctor", "46H02"), Post("doctor", "46H01")]
)
def test_a_post_elsewhere_above_or_of_another_role_may_nothing(post: Post) -> None:
    assert allowed(Actor("li", (post,)), Consulted("46H01", "li")) == set()


def test_the_role_opens_no_file_from_anywhere() -> None:
    for area in ((), ("46", "46H01"), ("46", "46J01")):
        for compartment in ("", "identity", "medical"):
            for action in ("find", "open", "read", "record", "list", "export", "break_glass"):
                target = Target(area, ("hospital_doctor",), compartment=compartment)
                assert not decide(LI, action, target).allowed, (area, compartment, action)  # type: ignore[arg-type]


def test_no_administrator_is_a_hospitals_doctor_too() -> None:
    assert kept_apart(["system_admin", "hospital_doctor"]) is not None
    assert kept_apart(["doctor", "hospital_doctor"]) is None
    assert ROLES["hospital_doctor"].reach == frozenset()
