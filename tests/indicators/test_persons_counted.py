"""Indicators over people's files, each on a few files by hand with the answer beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from guitu.capabilities.orders.indicators import RIGHTS
from guitu.indicators import Period
from guitu.indicators.counting import rounded, share
from guitu.policy import all_rules
from tests.indicators.small import CENTRE, COUNTY, PROVINCE, TOWN, VILLAGE, Small, day

D = Decimal


# ── taken in ──────────────────────────────────────────────────────────────────────────────────────


def taken_in() -> Small:
    """Four people admitted, one of them twice; three come over from the police, one of them between justice
    centres before; and what illnesses were recorded."""
    small = Small()
    small.person(1, 2, 3, 4, 5)
    for person in (1, 2, 3, 4):
        small.entry("admission", person, "02-01", CENTRE, place="police_centre")
    small.entry("admission", 1, "11-01", CENTRE, place="police_centre")
    small.entry("admission", 5, "2024-12-31", CENTRE, place="police_centre")
    small.entry("transfer", 1, "05-01", CENTRE, place="justice_centre", from_place="police_centre")
    small.entry("transfer", 2, "05-02", CENTRE, place="justice_centre")
    small.entry("transfer", 2, "09-02", CENTRE, place="justice_centre", from_place="justice_centre")
    small.entry("transfer", 5, "05-03", CENTRE, place="justice_centre", from_place="justice_centre")
    small.entry("transfer", 3, "05-04", CENTRE, place="police_centre")
    small.entry("health_condition", 1, "02-03", CENTRE, effect="treatment")
    small.entry("health_condition", 1, "02-04", CENTRE, effect="danger")
    small.entry("health_condition", 2, "2024-01-01", CENTRE, effect="none", disability="yes")
    small.entry("health_condition", 3, "02-02", CENTRE, effect="none", disability="no")
    small.entry("health_condition", 4, "03-04", CENTRE, effect="dependent")  # 31 days after the admission
    return small


def test_admissions_count_persons_and_not_how_often_they_came() -> None:
    small = taken_in()
    assert small.value("admissions.all") == 4
    assert small.value("admissions.all_change") == D("300.00")  # 4 after 1
    assert small.value("admissions.all", CENTRE) == 4
    assert small.value("admissions.all", COUNTY) == 0  # recorded at the centre, which is the province's


def test_a_transfer_from_another_justice_centre_is_none_from_the_police() -> None:
    assert taken_in().value("admissions.transferred") == 2


def test_sick_or_disabled_follows_from_coded_conditions_known_within_thirty_days() -> None:
    small = taken_in()
    assert small.value("admissions.sick_or_disabled") == 2
    assert small.value("admissions.sick_or_disabled_share") == D("50.00")
    assert small.value("admissions.transferred_sick_or_disabled") == 2


# ── courses ───────────────────────────────────────────────────────────────────────────────────────


def test_the_certificate_rate_counts_persons_and_never_certificates() -> None:
    small = Small()
    small.person(1, 2, 3)
    for person in (1, 1, 2, 3):
        small.entry("training_enrolled", person, "03-01", course="vocational")
    small.entry("training_exam", 1, "06-01", course="vocational", result="passed")
    small.entry("training_exam", 2, "06-01", course="vocational", result="failed")
    small.entry("training_exam", 3, "06-01", course="vocational", result="absent")
    for _ in range(3):
        small.entry("training_certificate", 1, "07-01", course="vocational")
    small.entry("training_certificate", 2, "2024-07-01", course="other")  # before the period
    assert small.value("training.persons") == 3
    assert small.value("training.enrolments") == 4
    assert small.value("training.certificates") == 3
    assert small.value("training.certified") == 1
    assert small.value("training.certificate_rate") == D("33.33")
    assert small.value("training.certificate_rate_of_examined") == D("50.00")


def test_11350_trained_and_10659_certified_are_93_91_per_cent_although_fewer_were_admitted() -> None:
    small = Small()
    people = range(1, 11351)
    small.rows["training_enrolled"] = [
        {"person": p, "day": day("03-01"), "recorded": 0, "at": TOWN, "seq": p, "course": "vocational"}
        for p in people
    ]
    small.rows["training_certificate"] = [
        {"person": p, "day": day("07-01"), "recorded": 0, "at": TOWN, "seq": 20000 + p, "course": "other"}
        for p in (10659,)
    ]
    # the referee asks person by person: the share itself is worked out from both counts
    assert small.value("training.persons") == 11350
    found = small.figure("training.certificate_rate")
    assert (found.over, found.under) == (1, 11350)
    assert rounded(share(10659, 11350, 100) or 0, 2) == D("93.91")
    assert rounded(share(10658, 11350, 100) or 0, 2) != D("93.91")
    assert rounded(share(10660, 11350, 100) or 0, 2) != D("93.91")


# ── following up ──────────────────────────────────────────────────────────────────────────────────


def released() -> Small:
    """Five people who left a centre, on the same day a year and a half before the data end; what is known of
    each: reached and tested negative, lost, relapsed, died, never looked for."""
    small = Small(on="2026-11-23")
    small.person(1, 2, 3, 4, 5)
    for person in (1, 2, 3, 4, 5):
        small.entry("order", person, "2023-01-10", measure="compulsory_isolation")
        small.worked_out(
            "measures", person, measure="compulsory_isolation", state="ended", ordered_on="2023-01-10",
            starts_on="2023-01-10", ended_on="2025-01-10", left_on="2025-01-10",
        )  # fmt: skip
    small.entry("follow_up", 1, "04-01", mode="visit", result="reached")
    small.entry("follow_up", 1, "12-20", mode="phone", result="reached")
    small.entry("urine_test", 1, "03-01", outcome="taken", result="negative")
    small.entry("urine_test", 1, "12-01", outcome="taken", result="negative")
    small.entry("follow_up", 2, "04-02", mode="phone", result="no_answer")
    small.entry("follow_up", 2, "08-02", mode="visit", result="lost")
    small.entry("urine_test", 3, "02-01", outcome="taken", result="negative")
    small.entry("urine_test", 3, "10-01", outcome="taken", result="negative")
    small.entry("relapse", 3, "11-01")
    small.entry("follow_up", 4, "05-01", mode="phone", result="died")
    small.entry("death", 4, "03-01")
    return small


def test_follow_up_counts_who_was_spoken_to_and_keeps_the_lost_in_the_denominator() -> None:
    small = released()
    assert small.value("releases.people") == 5
    assert small.value("followup.persons") == 1
    assert small.value("followup.attempts") == 5
    found = small.figure("followup.reach_rate")
    assert (found.over, found.under, found.value) == (1, 5, D("20"))
    assert small.value("followup.lost") == 1
    assert small.value("followup.died") == 1
    assert small.value("followup.refused") == 0
    assert small.value("followup.moved") == 0
    assert small.value("deaths.people") == 1
    by = {f.by[0][1]: f.value for f in small.figures("followup.attempts", by=("result",))}
    assert by == {"reached": 2, "no_answer": 1, "lost": 1, "died": 1}


def test_a_cohort_says_what_became_of_everybody_and_never_drops_the_lost() -> None:
    found = released().figure("followup.kept_rate")
    assert {k: v for k, v in found.parts.items() if k.startswith("12.")} == {
        "12.kept": 1, "12.lost": 3, "12.failed": 0, "12.censored": 1,
    }  # fmt: skip
    assert found.value == D("25")  # of the 4 of whom it can be known; 3 was last seen before the three months


def test_abstinence_is_a_negative_test_and_no_relapse_over_everybody_released() -> None:
    small = released()
    found = small.figure("recovery.abstinent_12_rate")
    assert {k: v for k, v in found.parts.items() if k.startswith("12.")} == {
        "12.kept": 1, "12.lost": 2, "12.failed": 1, "12.censored": 1,
    }  # fmt: skip
    assert found.value == D("25")
    assert small.value("recovery.abstinent_6_rate") == D("50.00")  # at six months number 3 still was
    later = small.figure("recovery.abstinent_24_rate")
    assert later.value is None  # nobody's two years have passed: not known is not abstinent
    assert small.figure("recovery.abstinent_36_rate").value is None


def test_quit_takes_two_negative_tests_half_a_year_apart_and_nothing_against_it() -> None:
    small = released()
    assert small.value("recovery.quit") == 1
    found = small.figure("recovery.quit_rate")
    assert (found.over, found.under, found.value) == (1, 5, D("20"))
    assert small.value("recovery.lost") == 1
    small.entry("urine_test", 1, "12-22", outcome="taken", result="positive", confirmed="no")
    assert small.value("recovery.quit") == 1  # what no laboratory confirmed moves nothing
    small.entry("urine_test", 1, "12-23", outcome="refused")
    assert small.value("recovery.quit") == 0


def test_two_negative_tests_182_days_apart_are_not_enough() -> None:
    for second, quit_ in (("07-02", 0), ("07-03", 1)):
        small = Small()
        small.person(1)
        small.entry("urine_test", 1, "01-01", outcome="taken", result="negative")
        small.entry("urine_test", 1, second, outcome="taken", result="negative")
        assert small.value("recovery.quit") == quit_, second


# ── help ──────────────────────────────────────────────────────────────────────────────────────────


def test_services_jobs_and_recovery_places() -> None:
    small = Small()
    small.person(1, 2)
    small.entry("service", 1, "03-01", line="care")
    small.entry("service", 1, "04-01", line="work")
    small.entry("service", 2, "2024-04-01", line="work")
    small.entry("job_placement", 1, "04-10", how="employer", left_on=day("06-01"))
    small.entry("job_placement", 1, "06-02", how="recovery_place")
    small.entry("job_placement", 2, "06-02", how="employer", left_on=day("12-31"))
    small.entry("recovery_place_stay", 1, "06-02", voluntary="yes", wage=2000)
    small.entry("recovery_place_stay", 2, "07-02", voluntary="no", left_on=day("08-01"))
    assert small.value("support.services") == 2
    assert small.value("support.persons") == 1
    assert small.value("support.jobs") == 2
    assert small.value("support.jobs_held") == 1  # the day left is no day at work
    assert small.value("recovery_place.residents") == 1  # without a voluntary contract nobody was taken in
    assert small.value("recovery_place.present") == 1
    assert small.value("recovery_place.voluntary_rate") == D("50.00")


def test_an_agreement_without_a_service_is_paper() -> None:
    small = Small()
    small.person(1, 2, 3, 4)
    for person in (1, 2, 3, 4):
        small.worked_out(
            "measures", person, measure="community_treatment", state="running", starts_on="2024-03-01",
            ended_on="2026-03-01" if person < 4 else "2025-06-01",
        )  # fmt: skip
    for person in (1, 2):
        small.entry("agreement", person, "2024-03-05")
    for person in (1, 3):
        small.entry("service", person, "09-01", line="care")
    small.entry("service", 2, "2024-09-01", line="care")
    found = small.figure("community.execution_rate")
    assert (found.over, found.under) == (1, 3)
    assert small.value("community.execution_rate") == D("33.33")


# ── orders, measures, duties, findings ────────────────────────────────────────────────────────────


def test_orders_and_measures_count_persons() -> None:
    small = Small()
    small.person(1, 2, 3, sex="female")
    small.entry("order", 1, "02-01", measure="community_treatment")
    small.entry("order", 1, "08-01", measure="community_recovery", months=36)
    small.entry("order", 2, "03-01", measure="compulsory_isolation")
    small.entry("order", 3, "2024-03-01", measure="voluntary", months=6)
    small.worked_out("measures", 1, measure="community_treatment", state="running", starts_on="02-01",
                     ended_on="08-01", ended_by="completed")  # fmt: skip
    small.worked_out("measures", 1, measure="community_recovery", state="running", starts_on="08-01")
    small.worked_out("measures", 2, measure="compulsory_isolation", state="running", starts_on="03-01")
    small.worked_out("measures", 3, measure="voluntary", state="ended", starts_on="2024-03-01",
                     ended_on="2024-09-01")  # fmt: skip
    assert small.value("community.orders") == 1
    assert small.value("orders.people") == 2
    assert small.value("orders.people_change") == D("100.00")
    assert small.value("measures.in_force") == 2
    assert small.value("measures.in_force_change") is None  # nothing a year before to compare with
    assert small.value("measures.began") == 2
    assert small.value("measures.ended") == 1
    by = {f.by[0][1]: f.value for f in small.figures("measures.in_force", by=("measure",))}
    assert by == {"community_recovery": 1, "compulsory_isolation": 1}


def owed() -> Small:
    """Five duties to report: done on the last day, a day late, open and past, not due yet, waived."""
    small = Small()
    small.person(1, 2, 3, 4, 5)
    for person, state, opens, due, done in (
        (1, "done", "03-01", "03-16", "03-16"),
        (2, "done", "03-01", "03-16", "03-17"),
        (3, "overdue", "03-01", "03-16", None),
        (4, "open", "12-20", "2026-01-04", None),
        (5, "waived", "03-01", "03-16", None),
    ):
        small.worked_out("duties", person, name="report_in", owed_by="person", state=state, opens_on=opens,
                         due=due, done_on=done)  # fmt: skip
    return small


def test_reporting_on_the_last_day_is_in_time_and_whoever_never_came_is_in_the_denominator() -> None:
    small = owed()
    found = small.figure("community.reported_rate")
    assert (found.over, found.under) == (1, 3)
    assert small.value("community.reported_rate") == D("33.33")
    median = small.figure("community.days_to_report")
    assert median.value == D("15.5")
    assert median.parts["open"] == 2


def test_a_duty_is_overdue_from_the_day_after_its_last() -> None:
    small = owed()
    assert small.value("duties.due") == 3
    assert small.value("duties.on_time_rate") == D("33.33")
    assert small.value("duties.overdue") == 1
    longest = small.figure("duties.longest")
    assert (longest.value, longest.parts["values"], longest.parts["open"]) == (D("16"), 2, 2)
    assert small.value("duties.overdue_people") == 1
    found = small.figure("duties.overdue_rate")
    assert (found.over, found.under) == (1, 2)
    assert small.value("duties.overdue", period=Period.day(day("03-16"))) == 0
    assert small.value("duties.overdue", period=Period.day(day("03-17"))) == 1


def test_findings_about_rights_are_those_that_the_rules_mark() -> None:
    marked = {
        version.word.name
        for rule in all_rules()
        for version in rule.versions
        if getattr(version.word, "rights", False)
    }
    assert marked == set(RIGHTS)
    small = Small()
    small.person(1, 2)
    small.worked_out("findings", 1, name="held_past_term", since="05-01")
    small.worked_out("findings", 1, name="transfer_overdue", since="05-01")
    small.worked_out("findings", 2, name="reported_late", since="05-01")
    assert small.value("findings.persons") == 2
    assert small.value("findings.rights") == 1


# ── tests and hand-over ───────────────────────────────────────────────────────────────────────────


def test_a_positive_that_no_laboratory_confirmed_is_no_positive() -> None:
    small = Small()
    small.person(1, 2, 3, 4)
    small.entry("urine_test", 1, "03-01", outcome="taken", result="positive", confirmed="yes")
    small.entry("urine_test", 1, "04-01", outcome="taken", result="positive", confirmed="yes")
    small.entry("urine_test", 2, "03-01", outcome="taken", result="positive", confirmed="no")
    small.entry("urine_test", 3, "03-01", outcome="evaded")
    small.entry("urine_test", 4, "03-01", outcome="excused")
    small.worked_out("duties", 1, name="routine_test", state="done", due="03-01", done_on="03-01")
    small.worked_out("duties", 2, name="routine_test", state="waived", due="03-01")
    assert small.value("tests.taken") == 3
    assert small.value("tests.people") == 2
    assert small.value("tests.positive") == 1
    assert small.value("tests.positive_rate") == D("50.00")
    assert small.value("tests.taken_rate") == D("75.00")
    assert small.value("tests.avoided") == 1
    assert small.value("tests.due") == 1


def test_tests_besides_the_draw_are_counted_apart_and_their_decisions_too() -> None:
    small = Small()
    small.person(1, 2)
    small.entry("extra_test", 1, "03-01", for_day=date(2026, 3, 2), reason="back", text="x")
    small.entry("extra_test", 2, "03-01", for_day=date(2026, 3, 2), reason="sign", text="x")
    small.entry("urine_test", 1, "03-02", outcome="taken", result="negative", occasion="extra")
    small.entry("urine_test", 2, "03-02", outcome="refused", occasion="extra")
    small.entry("urine_test", 1, "03-20", outcome="taken", result="negative", occasion="routine")
    small.entry("urine_test", 2, "03-20", outcome="taken", result="negative")
    assert small.value("tests.extra") == 1
    assert small.value("tests.extra_asked") == 2
    assert small.value("tests.taken") == 3


def test_sent_is_not_accepted_and_accepted_is_not_complete() -> None:
    small = Small()
    small.person(1, 2, 3, 4, 5)
    for person in (1, 2, 3, 4, 5):
        small.worked_out("measures", person, measure="compulsory_isolation", starts_on="2023-01-10",
                         ended_on="03-10", left_on="03-10")  # fmt: skip
        if person < 5:
            small.entry("handover_sent", person, "03-08", CENTRE, to_unit="469023100")
    small.entry("handover_accepted", 1, "03-13", complete="yes")  # the third day after
    small.entry("handover_accepted", 2, "03-14", complete="yes")  # the fourth
    small.entry("handover_accepted", 3, "03-09", complete="no")
    found = small.figure("handover.acknowledged_rate")
    assert (found.over, found.under) == (1, 5)
    assert small.value("handover.sent") == 4
    assert small.value("handover.accepted") == 3
    assert small.value("handover.accepted_in_3_days_rate") == D("25.00")
    median = small.figure("handover.days_to_accept")
    assert (median.value, median.parts["open"]) == (5, 1)


def test_a_figure_of_a_person_is_counted_where_the_person_lived_then() -> None:
    small = Small()
    small.person(1)
    small.moves(1, CENTRE, "06-01")
    small.worked_out("measures", 1, measure="community_treatment", state="running", starts_on="02-01")
    assert small.value("measures.began", VILLAGE) == 1
    assert small.value("measures.in_force", VILLAGE) == 0
    assert small.value("measures.in_force", CENTRE) == 1
    assert small.value("measures.in_force", PROVINCE) == 1
