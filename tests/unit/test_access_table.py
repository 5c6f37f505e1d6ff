"""The table of who reads and writes what, and the decision that reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guitu import access
from guitu.access import COMPARTMENTS, ROLES, TABLE, Actor, Post, Target, Where, articles, decide, expected
from guitu.access.expected import WHERE, opens_by_emergency
from guitu.casefile import kind as casefile_kind
from guitu.compose import kinds
from guitu.policy.checking import citation_fault
from guitu.policy.load import instruments

TOWN = ("46", "469023", "469023100")
VILLAGE = (*TOWN, "469023100200")
NEXT = ("46", "469024", "469024100", "469024100200")
CENTRE = ("46", "46J01")

ABOUT: dict[Where, tuple[str, Target]] = {
    "inside": (VILLAGE[-1], Target(VILLAGE)),
    "outside": (NEXT[-1], Target(VILLAGE)),
    "custody": (CENTRE[-1], Target(VILLAGE, custody=CENTRE)),
    "receiving": (NEXT[-1], Target(VILLAGE, receiving=NEXT)),
    "former": (NEXT[-1], Target(VILLAGE, former=(CENTRE, NEXT))),
    "emergency": (NEXT[-1], Target(VILLAGE, grants=frozenset({"break_glass"}))),
    "own": (NEXT[-1], Target(VILLAGE, own=True)),
    "consent": (NEXT[-1], Target(VILLAGE, grants=frozenset({"family"}))),
}
"""A post's unit and a file for each way of coming to one; nobody's own but where it says so."""


def actor(role: str, unit: str, name: str = "somebody") -> Actor:
    return Actor(name, (Post(role, unit),))


def asked(role: str, where: Where, action: Any, **more: Any) -> access.Decision:  # type: ignore[name-defined]
    unit, target = ABOUT[where]
    if where in ("inside", "outside") and ROLES[role].reach & {"own", "consent"}:
        target = Target(VILLAGE)
    return decide(actor(role, unit), action, replace(target, **more))


def test_the_compartments_are_those_that_kinds_declare() -> None:
    assert set(COMPARTMENTS) == set(casefile_kind.COMPARTMENTS)
    assert {name: label.zh for name, label in access.decide.__globals__["LABELS"].items()} == {
        name: label.zh for name, label in casefile_kind.ALL_COMPARTMENTS.items()
    }


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_reads_and_writes_what_the_table_says_and_nothing_else(role: str, where: Where) -> None:
    for compartment in COMPARTMENTS:
        read = asked(role, where, "read", compartment=compartment)
        assert read.allowed == expected(role, compartment, where), (compartment, read.reason.zh)
        write = asked(role, where, "record", compartment=compartment, recorded_by=(role,))
        assert write.allowed == expected(role, compartment, where, "write"), (compartment, write.reason.zh)
    assert asked(role, where, "open").allowed == expected(role, "", where)


def test_whoever_records_a_kind_may_write_in_its_compartment() -> None:
    barred = {
        (kind.name, role)
        for kind in kinds().values()
        if kind.about == "person" and not kind.act  # else others decide: access.complaints, access.acts
        for role in kind.recorded_by
        if "w" not in TABLE[role][kind.compartment] and ROLES[role].reads_files
    }
    assert barred == set()


def test_restricted_medical_opens_to_doctors_and_the_person_alone_and_to_no_emergency() -> None:
    assert {r for r in ROLES if "r" in TABLE[r]["medical_restricted"]} == {"doctor", "person"}
    every = frozenset({"break_glass", *(f"break_glass:{c}" for c in COMPARTMENTS)})
    for role in ROLES:
        target = Target(VILLAGE, compartment="medical_restricted", grants=every)
        assert decide(actor(role, VILLAGE[-1]), "read", target).allowed == (role == "doctor"), role
        outside = decide(actor(role, NEXT[-1]), "read", target).allowed
        assert outside == (role == "doctor"), role


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin", "auditor"])
def test_no_administrator_and_no_auditor_reads_a_file_whatever_leave_they_hold(role: str) -> None:
    leave = frozenset({"break_glass", "minor", "sealed", "family", "break_glass:legal"})
    target = Target(VILLAGE, custody=CENTRE, receiving=VILLAGE, former=(VILLAGE,), own=True, grants=leave)
    for action in ("find", "open", "read", "reveal", "print", "export", "record", "break_glass", "approve"):
        assert not decide(actor(role, VILLAGE[-1]), action, target).allowed, action  # type: ignore[arg-type]


def test_a_worker_above_the_village_sees_a_caseload_and_not_an_area() -> None:
    target = Target(VILLAGE, worker="李晓梅")
    town = Post("village_worker", TOWN[-1])
    assert not decide(Actor("li", (town,)), "open", target).allowed
    assert decide(Actor("li", (town,), known_as="李晓梅"), "open", target).allowed
    assert decide(Actor("李晓梅", (town,)), "open", target).allowed
    assert decide(Actor("li", (town,)), "open", Target(TOWN)).allowed


def test_a_minors_file_needs_leave_from_whoever_is_staff() -> None:
    for role in ROLES:
        unit = CENTRE[-1]
        target = Target(CENTRE, minor=True, own=role == "person",
                        grants=frozenset({"family"}) if role == "family" else frozenset())  # fmt: skip
        opens = expected(role, "", "own" if role == "person" else "consent" if role == "family" else "inside")
        answer = decide(actor(role, unit), "open", target)
        assert answer.allowed == (opens and role in {"person", "family", "inspector"}), role
        if opens and not answer.allowed:
            assert answer.article == "未成年人网络保护条例#36"
            with_leave = replace(target, grants=target.grants | {"minor"})
            assert decide(actor(role, unit), "open", with_leave).allowed


def test_an_emergency_does_not_replace_the_approval_for_a_minor() -> None:
    target = Target(VILLAGE, minor=True, grants=frozenset({"break_glass"}))
    assert not decide(actor("doctor", NEXT[-1]), "open", target).allowed


def test_a_sealed_file_is_closed_to_all_but_the_person_and_who_has_leave() -> None:
    target = Target(VILLAGE, sealed=True)
    answer = decide(actor("county_supervisor", "469023"), "open", target)
    assert (answer.allowed, answer.article) == (False, "治安管理处罚法#136")
    assert decide(
        actor("county_supervisor", "469023"), "open", replace(target, grants=frozenset({"sealed"}))
    ).allowed
    assert decide(actor("person", VILLAGE[-1]), "open", replace(target, own=True)).allowed


def test_an_emergency_opens_what_the_table_lets_it_and_only_where_it_was_closed() -> None:
    for role in ROLES:
        for compartment in COMPARTMENTS:
            target = Target(VILLAGE, compartment=compartment)
            outside = decide(actor(role, NEXT[-1]), "break_glass", target).allowed
            assert outside == opens_by_emergency(role, compartment), (role, compartment)
            inside = decide(actor(role, VILLAGE[-1]), "break_glass", target).allowed
            assert inside == (outside and not expected(role, compartment, "inside")), (role, compartment)


def test_a_purpose_that_is_not_the_roles_opens_nothing() -> None:
    assert decide(actor("town_office", TOWN[-1]), "open", Target(VILLAGE), "casework").allowed
    refused = decide(actor("town_office", TOWN[-1]), "open", Target(VILLAGE), "inspection")
    assert not refused.allowed
    assert "法律监督" in refused.reason.zh
    assert decide(actor("inspector", "46"), "open", Target(VILLAGE), "inspection").allowed


def test_the_inspector_sees_places_of_custody_and_writes_nothing() -> None:
    target = Target(VILLAGE, custody=CENTRE)
    inspector = actor("inspector", CENTRE[-1])
    assert decide(inspector, "read", replace(target, compartment="custody")).allowed
    for kind in kinds().values():
        wanted = replace(target, recorded_by=kind.recorded_by, compartment=kind.compartment)
        assert not decide(inspector, "record", wanted).allowed, kind.name


def test_only_the_receiver_accepts_and_the_sender_does_not() -> None:
    kind = kinds()["handover_accepted"]
    target = Target(
        VILLAGE, kind.recorded_by, kind.label, compartment=kind.compartment, receiving=NEXT, accepts=True
    )
    assert decide(actor("town_office", NEXT[2]), "record", target).allowed
    assert not decide(actor("town_office", TOWN[-1]), "record", target).allowed
    assert not decide(actor("town_office", NEXT[2]), "record", replace(target, accepts=False)).allowed


def test_a_former_holder_sees_what_its_unit_or_account_recorded_and_nothing_else() -> None:
    target = Target(VILLAGE, former=(NEXT,), compartment="legal")
    office = actor("town_office", NEXT[2], "zhou")
    assert access.sees(office, target, NEXT, "other").allowed
    assert not access.sees(office, target, VILLAGE, "other").allowed
    assert not access.sees(office, replace(target, compartment="medical_restricted"), NEXT, "other").allowed
    assert access.sees(office, target, VILLAGE, "zhou").allowed
    stranger = actor("town_office", "469025100", "zhou")
    assert not access.sees(stranger, target, VILLAGE, "zhou").allowed


def test_a_nurse_sees_of_the_legal_papers_only_the_test_she_recorded() -> None:
    target = Target(CENTRE, compartment="legal")
    nurse = actor("nurse", CENTRE[-1], "chen")
    assert not access.sees(nurse, target, CENTRE, "somebody").allowed
    assert access.sees(nurse, target, CENTRE, "chen").allowed


def test_the_three_administrators_are_kept_apart_and_from_all_who_read_files() -> None:
    assert access.kept_apart(["system_admin", "audit_admin"])
    assert access.kept_apart(["security_admin", "doctor"])
    assert access.kept_apart(["person", "town_office"])
    assert access.kept_apart(["town_office", "county_supervisor"]) is None
    assert access.kept_apart(["security_admin"]) is None


def test_every_article_that_access_cites_is_one_that_somebody_has_read() -> None:
    assert [str(c) for c in articles.ALL if citation_fault(c, instruments()) is not None] == []


def test_every_answer_about_a_file_says_on_which_article_it_stands() -> None:
    for role in ROLES:
        for where in WHERE:
            for compartment in ("", *COMPARTMENTS):
                answer = asked(role, where, "read", compartment=compartment)
                assert answer.article, (role, where, compartment)


def test_staff_need_a_second_factor_and_the_person_does_not() -> None:
    assert {r.name for r in ROLES.values() if not r.second_factor} == {"person", "family"}
