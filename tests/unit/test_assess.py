"""What an assessment says beyond the dates of worked cases: reasons, notes, spans, how long it stays true."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from guitu import compose, policy
from guitu.casefile import CaseFile, Entry, Value
from guitu.kernel.zone import CHINA
from guitu.pathway import Assessment, Duty, Finding, assess
from guitu.pathway.conditions import Scene, judge_of
from guitu.pathway.explain import explain
from guitu.pathway.history import read
from guitu.pathway.plan import plan_of
from guitu.policy.model import AllOf, Pick, Recorded

NATIONAL = compose.policy("")
FILE = UUID(int=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(number: int, happened: str, kind: str, recorded: str = "", **fields: Value) -> Entry:
    """One entry, recorded the day it happened unless said otherwise."""
    moment = datetime.fromisoformat(f"{recorded or happened}T10:00:00").replace(tzinfo=CHINA)
    return Entry(
        id=UUID(int=100 + number),
        file=FILE,
        kind=kind,
        happened_on=day(happened),
        recorded_at=moment + timedelta(seconds=number),
        fields=fields,
    )


def file(*rows: tuple[str, str] | tuple[str, str, dict[str, Value]]) -> CaseFile:
    """A case file from rows of day, kind and fields."""
    return CaseFile(
        FILE,
        tuple(at(n, r[0], r[1], **(r[2] if len(r) > 2 else {})) for n, r in enumerate(rows)),
    )


COMMUNITY = (
    ("2024-01-03", "order", {"measure": "community_treatment"}),
    ("2024-01-04", "served"),
    ("2024-01-08", "reporting_in"),
)
ISOLATION = (
    ("2022-03-10", "order", {"measure": "compulsory_isolation"}),
    ("2022-03-10", "served"),
    ("2022-03-11", "family_notified"),
    ("2022-03-14", "admission", {"place": "police_centre"}),
    ("2022-08-15", "transfer", {"place": "justice_centre"}),
)


def ask(case: CaseFile, on: str, rules: policy.Policy = NATIONAL) -> Assessment:
    return assess(case, rules, day(on))


def duty(answer: Assessment, name: str) -> Duty:
    (found,) = [each for each in answer.duties if each.name == name]
    return found


def finding(answer: Assessment, name: str) -> Finding:
    (found,) = [each for each in answer.findings if each.name == name]
    return found


def names(answer: Assessment) -> set[str]:
    return {each.name for each in answer.findings}


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────


def test_a_term_shows_its_sum_its_articles_and_the_entries_it_rests_on() -> None:
    case = file(*COMMUNITY, ("2024-05-10", "detained"), ("2024-05-25", "freed"))
    answer = ask(case, "2024-08-01")
    assert answer.current is not None
    term = answer.current.term
    assert term is not None
    assert [step.zh for step in term.steps] == [
        "报到 2024-01-08 ＋ 3年 → 2027-01-07（首日计入）",
        "拘留逮捕 2024-05-10 至 2024-05-25（不含）15 天 → 2027-01-22",
    ]
    assert {str(cite) for cite in term.cites} >= {"戒毒条例#14", "禁毒法#33", "戒毒条例#24"}
    assert set(term.entries) == {case.entries[i].id for i in (0, 2, 3, 4)}


def test_a_duty_moved_by_a_holiday_says_so_and_cites_the_article_on_holidays() -> None:
    answer = ask(
        file(("2024-09-17", "order", {"measure": "community_treatment"}), ("2024-09-18", "served")),
        "2024-09-20",
    )
    report = duty(answer, "report_in")
    assert report.due == day("2024-10-08")
    assert "2024-10-03 为休息日，顺延至 2024-10-08" in [step.zh for step in report.because.steps]
    assert "公安机关办理行政案件程序规定#35" in {str(cite) for cite in report.because.cites}


def test_a_duty_done_late_says_that_it_was_late() -> None:
    answer = ask(file(*ISOLATION[:2], ("2022-03-15", "family_notified")), "2022-04-01")
    told = duty(answer, "notify_family")
    assert (told.state, told.due, told.done_on) == ("done", day("2022-03-11"), day("2022-03-15"))
    assert told.because.steps[-1].en == "done on 2022-03-15 (late)"


def test_a_serious_breach_names_the_three_entries_and_begins_with_the_third() -> None:
    refused = {"outcome": "refused"}
    case = file(
        *COMMUNITY,
        ("2024-03-01", "urine_test", refused),
        ("2024-04-01", "urine_test", {"outcome": "taken", "result": "negative"}),
        ("2024-05-01", "urine_test", refused),
        ("2024-06-01", "urine_test", refused),
    )
    breach = finding(ask(case, "2024-07-01"), "serious_breach")
    assert breach.since == day("2024-06-01")
    assert {case.entries[i].id for i in (3, 5, 6)} <= set(breach.because.entries)
    assert case.entries[4].id not in breach.because.entries
    assert "3以上" in breach.because.steps[0].zh


def test_days_away_count_as_they_pass_and_the_thirty_first_is_the_breach() -> None:
    case = file(
        *COMMUNITY,
        ("2024-03-01", "absence", {"authorised": "no", "days": 20}),
        ("2024-06-01", "absence", {"authorised": "no", "days": 20}),
    )
    assert "serious_breach" not in names(ask(case, "2024-06-10"))
    assert ask(case, "2024-06-05").next_change_on == day("2024-06-11")
    assert finding(ask(case, "2024-06-11"), "serious_breach").since == day("2024-06-11")


def test_an_excuse_without_a_last_day_covers_the_latest_missed_test_before_it() -> None:
    refused = {"outcome": "evaded"}
    case = file(
        *COMMUNITY,
        ("2024-03-01", "urine_test", refused),
        ("2024-04-01", "urine_test", refused),
        ("2024-04-03", "excuse", {"of": "urine_test"}),
        ("2024-05-01", "urine_test", refused),
    )
    assert "serious_breach" not in names(ask(case, "2024-07-01"))


# ── what is inferred, unknown or not covered is named ────────────────────────────────────────────


def test_an_answer_that_rests_on_an_inferred_rule_names_it() -> None:
    answer = ask(file(*ISOLATION), "2022-09-01")
    assert any("CNT-4" in note.zh for note in answer.notes)
    assert answer.current is not None
    assert answer.current.term is not None
    assert answer.current.term.status == "inferred"


def test_a_printed_end_needs_no_inferred_counting() -> None:
    printed: dict[str, Value] = {"measure": "compulsory_isolation", "printed_end": day("2024-03-10")}
    answer = ask(file(("2022-03-10", "order", printed), *ISOLATION[1:]), "2022-09-01")
    assert answer.ends_on == day("2024-03-10")
    assert finding(answer, "printed_end_differs").since == day("2022-03-10")


def test_a_year_without_published_holidays_is_named() -> None:
    answer = ask(
        file(("2031-09-16", "order", {"measure": "community_treatment"}), ("2031-09-17", "served")),
        "2031-09-20",
    )
    assert duty(answer, "report_in").due == day("2031-10-02")
    assert any("2031年" in note.zh for note in answer.notes)


def test_an_order_from_before_the_rule_is_not_covered_and_says_why() -> None:
    answer = ask(
        file(
            ("2010-03-01", "order", {"measure": "community_treatment"}),
            ("2010-03-05", "reporting_in"),
        ),
        "2010-06-01",
    )
    assert answer.ends_on is None
    assert any("尚未生效" in reason.label.zh for reason in answer.not_covered)


def test_an_extension_that_states_no_months_changes_nothing_and_is_not_covered() -> None:
    answer = ask(file(*ISOLATION, ("2024-01-10", "decision", {"effect": "extension"})), "2024-02-01")
    assert answer.ends_on == day("2024-03-09")
    assert any("月数" in reason.label.zh for reason in answer.not_covered)


# ── terms that move ──────────────────────────────────────────────────────────────────────────────


def test_while_an_escape_lasts_the_end_is_provisional_and_moves_with_each_day() -> None:
    case = file(*ISOLATION, ("2023-01-10", "escape"))
    answer = ask(case, "2023-01-20")
    assert answer.current is not None
    assert (answer.state, answer.current.provisional) == ("suspended", True)
    assert answer.ends_on == day("2024-03-19")
    assert answer.next_change_on == day("2023-01-21")
    assert any("推算" in note.zh for note in answer.notes)
    assert ask(case, "2023-01-21").ends_on == day("2024-03-20")


def test_detention_does_not_stop_compulsory_isolation_and_is_shown() -> None:
    answer = ask(file(*ISOLATION, ("2023-01-10", "detained"), ("2023-02-10", "freed")), "2023-03-01")
    assert answer.current is not None
    assert answer.ends_on == day("2024-03-09")
    assert answer.state == "in_force"
    custody = [span for span in answer.current.spans if span.what == "custody"]
    assert [(span.since, span.until) for span in custody] == [(day("2023-01-10"), day("2023-02-10"))]


def test_places_and_zones_are_stretches_one_after_another() -> None:
    answer = ask(
        file(
            *ISOLATION,
            ("2022-03-14", "zone_move", {"zone": "detox"}),
            ("2022-04-14", "zone_move", {"zone": "adaptation"}),
        ),
        "2022-10-01",
    )
    assert answer.current is not None
    spans = {(s.what, s.label.en): (s.since, s.until) for s in answer.current.spans}
    assert spans[("place", "Police centre")] == (day("2022-03-14"), day("2022-08-15"))
    assert spans[("place", "Justice centre")] == (day("2022-08-15"), None)
    assert spans[("zone", "Detoxification zone")] == (day("2022-03-14"), day("2022-04-14"))


def test_somebody_who_reports_to_a_town_is_out_of_the_centre_whatever_paper_is_missing() -> None:
    case = file(
        *ISOLATION,
        ("2024-03-05", "order", {"measure": "community_recovery", "months": 24}),
        ("2024-03-12", "reporting_in"),
    )
    held = ask(case, "2024-03-11")
    assert "held_past_term" in names(held)
    home = ask(case, "2024-03-12")
    assert (home.measure, home.state) == ("community_recovery", "in_force")
    assert "held_past_term" not in names(home)
    assert duty(home, "release").state == "waived"


def test_a_late_release_is_remembered_for_the_two_years_in_which_it_may_be_claimed() -> None:
    case = file(*ISOLATION, ("2024-03-12", "release"))
    assert "held_past_term" not in names(ask(case, "2024-03-12"))
    late = finding(ask(case, "2024-03-12"), "released_late")
    assert late.rights
    assert any("晚 3 天" in step.zh for step in late.because.steps)
    assert "released_late" in names(ask(case, "2026-03-11"))
    assert "released_late" not in names(ask(case, "2026-03-12"))


def test_a_recovery_order_made_before_release_waits_behind_the_isolation() -> None:
    case = file(*ISOLATION, ("2024-03-01", "order", {"measure": "community_recovery", "months": 36}))
    assert ask(case, "2024-03-05").measure == "compulsory_isolation"
    assert "overlapping_orders" not in names(ask(case, "2024-03-05"))


# ── records that cannot be right ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "rows",
    [
        (*ISOLATION[:1], ("2022-03-12", "release"), ("2022-03-14", "admission", {"place": "police_centre"})),
        (*COMMUNITY, ("2024-05-01", "freed")),
        (*ISOLATION, ("2022-09-01", "recaptured")),
        (*ISOLATION, ("2022-09-01", "medical_leave_end")),
        (("2024-01-08", "reporting_in"),),
        (("2024-01-08", "opinion", {"proposes": "extension"}),),
        (("2024-01-08", "change_of_place"),),
        (("2024-01-08", "served"),),
        (("2024-01-08", "release"),),
        (*COMMUNITY, ("2024-05-01", "death"), ("2024-06-01", "urine_test", {"outcome": "refused"})),
        (("2024-01-01", "person", {"birth": date(2024, 1, 5)}), *COMMUNITY),
        (*ISOLATION, ("2023-06-01", "release"), ("2023-07-01", "escape")),
        (*ISOLATION, ("2024-04-01", "decision", {"effect": "early_release"})),
    ],
)
def test_entries_that_cannot_be_so_are_pointed_out_with_their_day(
    rows: tuple[tuple[str, str] | tuple[str, str, dict[str, Value]], ...],
) -> None:
    answer = ask(file(*rows), "2025-01-01")
    odd = [each for each in answer.findings if each.name == "out_of_order"]
    assert odd
    assert all(each.because.entries and each.because.steps for each in odd)


def test_two_open_orders_of_one_measure_are_pointed_out_as_a_matter_of_rights() -> None:
    answer = ask(file(*COMMUNITY, ("2024-06-01", "order", {"measure": "community_treatment"})), "2024-07-01")
    overlap = finding(answer, "overlapping_orders")
    assert overlap.since == day("2024-06-01")
    assert overlap.rights
    assert len(overlap.because.entries) == 2
    assert answer.state == "in_force"


def test_an_extension_decided_after_expiry_revives_nothing() -> None:
    case = file(*ISOLATION, ("2024-03-20", "decision", {"effect": "extension", "months": 6}))
    answer = ask(case, "2024-03-21")
    assert (answer.state, answer.ends_on) == ("ended", day("2024-03-09"))
    assert {"extension_after_expiry", "held_past_term"} <= names(answer)


# ── how long an answer stays true ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("on", "change"),
    [
        ("2024-01-04", "2024-01-08"),  # the reporting that is already recorded
        ("2024-01-08", "2027-01-08"),  # the day after the last day
        ("2027-01-08", "2027-01-15"),  # the town should have been told
        ("2027-01-15", "2030-01-08"),  # three years on, nobody may be followed any longer
        ("2030-01-08", None),
    ],
)
def test_the_answer_names_the_next_day_on_which_it_may_change(on: str, change: str | None) -> None:
    answer = ask(file(*COMMUNITY, ("2024-01-08", "agreement")), on)
    assert answer.next_change_on == (day(change) if change else None)


def test_what_the_office_knew_then_is_told_from_what_it_knows_now() -> None:
    case = CaseFile(
        FILE,
        (
            at(0, "2024-01-03", "order", measure="community_treatment"),
            at(1, "2024-01-04", "served"),
            at(2, "2024-01-10", "reporting_in", recorded="2024-03-01"),
        ),
    )
    on = day("2024-02-01")
    then = assess(case, NATIONAL, on, datetime(2024, 2, 1, 18, tzinfo=CHINA))
    assert "deemed_refusal" in {f.name for f in then.findings}
    now = assess(case, NATIONAL, on, datetime(2024, 3, 2, tzinfo=CHINA))
    assert not now.findings
    assert (now.state, now.ends_on) == ("in_force", day("2027-01-09"))


# ── what an office or a province chooses ─────────────────────────────────────────────────────────


def test_routine_tests_are_due_once_a_month_where_the_office_turned_them_on() -> None:
    case = file(*COMMUNITY, ("2024-01-20", "urine_test", {"outcome": "taken", "result": "negative"}))
    assert not [d for d in ask(case, "2024-02-20").duties if d.name == "routine_test"]
    answer = ask(case, "2024-03-08", compose.policy("", ("FRQ-A",)))
    tests = [(d.opens_on, d.due, d.state) for d in answer.duties if d.name == "routine_test"]
    assert tests == [
        (day("2024-01-08"), day("2024-02-07"), "done"),
        (day("2024-02-08"), day("2024-03-07"), "overdue"),
        (day("2024-03-08"), day("2024-04-07"), "open"),
    ]
    assert answer.next_change_on == day("2024-04-08")


def test_the_other_preset_has_twenty_eight_tests_in_three_years() -> None:
    rules = compose.policy("", ("FRQ-B",))
    answer = ask(file(*COMMUNITY), "2027-01-07", rules)
    tests = [d for d in answer.duties if d.name == "routine_test"]
    assert len(tests) == 28
    assert tests[0].due == day("2024-01-22")
    assert tests[-1].due == day("2027-01-07")


def test_in_zhejiang_two_days_are_due_and_only_fifteen_make_a_refusal() -> None:
    rules = compose.policy("33")
    case = file(*COMMUNITY[:2])
    late = ask(case, "2024-01-09", rules)
    assert (duty(late, "report_in").due, duty(late, "report_in").state) == (day("2024-01-08"), "overdue")
    assert "deemed_refusal" not in names(late)
    assert finding(ask(case, "2024-01-20", rules), "deemed_refusal").since == day("2024-01-20")


# ── told in sentences ────────────────────────────────────────────────────────────────────────────


def test_the_explanation_lists_standing_sum_article_and_entries_in_both_languages() -> None:
    case = file(*ISOLATION)
    answer = ask(case, "2024-03-11")
    zh = "\n".join(explain(case, answer, NATIONAL, compose.kinds(), "zh"))
    for words in ("2024年3月11日", "决定 2022-03-10 ＋ 2年 → 2024-03-09", "《禁毒法》第47条", "超期未解除"):
        assert words in zh
    assert "2022-03-10 决定" in zh
    en = "\n".join(explain(case, answer, NATIONAL, compose.kinds(), "en"))
    for words in (
        "11 March 2024",
        "Anti-Drug Law (禁毒法) art. 47",
        "Held past the term",
        "inferred rule CNT-4",
    ):
        assert words in en


def test_voluntary_treatment_rests_on_an_agreement_and_not_on_an_order() -> None:
    signed = ("2024-03-01", "order", {"measure": "voluntary", "months": 6})
    again = ("2024-05-01", "order", {"measure": "voluntary", "printed_end": day("2024-09-30")})
    case = file(signed, again)
    answer = ask(case, "2024-05-02")
    zh = "\n".join(explain(case, answer, NATIONAL, compose.kinds(), "zh"))
    assert "自愿戒毒协议 2024-03-01 ＋ 6个月 → 2024-08-31" in zh
    assert "协议载明期满日 2024-09-30，以协议为准" in zh
    assert "2024-05-01 签订自愿戒毒协议时，2024-03-01 的自愿戒毒协议尚未结束" in zh
    assert "凭记录 2024-03-01 自愿戒毒协议" in zh
    assert "决定" not in zh.replace("决定重叠", "")
    en = "\n".join(explain(case, answer, NATIONAL, compose.kinds(), "en"))
    assert "Voluntary agreement 2024-03-01 + 6 months" in en
    assert "from 2024-03-01 Voluntary agreement" in en
    assert "the order" not in en


def test_days_in_prison_are_told_where_they_move_the_last_day_in_a_police_centre() -> None:
    inside = (*ISOLATION[:4], ("2022-05-10", "imprisoned"))
    held = duty(ask(file(*inside), "2022-12-01"), "transfer_to_justice")
    assert "服刑" in held.because.steps[-2].zh + held.because.steps[-1].zh
    freed = duty(ask(file(*inside, ("2022-06-09", "freed")), "2022-10-14"), "transfer_to_justice")
    assert (freed.due, freed.state) == (day("2022-10-14"), "open")
    assert freed.because.steps[-1].en.endswith("do not count (our reading) → 2022-10-14")


def test_a_file_without_an_order_says_so() -> None:
    empty = CaseFile(FILE, ())
    answer = ask(empty, "2024-01-01")
    assert answer.current is None
    assert explain(empty, answer, NATIONAL, compose.kinds(), "en")[0] == "1 January 2024: there is no order."


def test_conditions_that_must_all_hold_begin_with_the_last_and_count_each_entry_once() -> None:
    case = file(*ISOLATION, ("2022-09-01", "escape"), ("2022-10-01", "recaptured"))
    history = read(case.standing(), plan_of(NATIONAL), day("2023-01-01"))
    scene = Scene(history.courses[0], history, {})
    escaped, back = Recorded(Pick("escape"), 0), Recorded(Pick("recaptured"), 0)
    hit = judge_of(AllOf((escaped, back, back)))(scene)
    assert hit is not None
    assert hit.since == day("2022-10-01")
    assert [e.kind for e in hit.entries] == ["escape", "recaptured"]
    assert judge_of(AllOf((escaped, Recorded(Pick("death"), 0))))(scene) is None


def test_the_reasons_of_an_absence_lead_to_the_day_it_became_too_long() -> None:
    away = ("2024-03-01", "absence", {"authorised": "no", "days": 40})
    excuse = ("2024-03-11", "excuse", {"of": "absence", "until": day("2024-03-15")})
    (found,) = assess(file(*COMMUNITY, away, excuse), NATIONAL, day("2024-06-01")).findings
    assert found.since == day("2024-04-05")
    assert [step.zh for step in found.because.steps][2:] == [
        "有正当理由的日子不算（推定）：2024-03-11 至 2024-03-15",
        "第 31 日是 2024-04-05",
    ]


def test_an_excuse_that_puts_off_a_day_stands_in_the_sum_and_is_named() -> None:
    excuse = ("2024-01-10", "excuse", {"of": "report_in", "until": day("2024-02-02")})
    answer = assess(file(*COMMUNITY[:2], excuse), NATIONAL, day("2024-03-01"))
    (found,) = answer.findings
    assert found.since == day("2024-02-03")
    assert found.because.steps[-1].zh == "有登记的正当理由，延至 2024-02-02"
    (duty,) = (duty for duty in answer.duties if duty.name == "report_in")
    assert len(duty.because.entries) == 2


def test_who_is_held_elsewhere_when_the_term_ends_is_said_beside_the_missing_release() -> None:
    prison = (*ISOLATION, ("2023-12-01", "imprisoned"))
    (held,) = (
        f for f in assess(file(*prison), NATIONAL, day("2024-04-01")).findings if f.name == "held_past_term"
    )
    assert "此后没有释放记录" in held.because.steps[-1].zh
    freed = assess(file(*prison, ("2024-03-20", "freed")), NATIONAL, day("2024-04-01"))
    assert freed.current is not None
    assert [s.until for s in freed.current.spans if s.what == "custody"] == [day("2024-03-20")]


def test_a_measure_that_a_decision_began_says_the_day_it_took_effect() -> None:
    change = {"effect": "change_to_community", "takes_effect_on": day("2022-12-15")}
    answer = assess(file(*ISOLATION, ("2022-12-09", "decision", change)), NATIONAL, day("2023-01-01"))
    assert answer.current is not None
    assert answer.current.term is not None
    assert answer.current.term.steps[0].zh.startswith("变更决定生效 2022-12-15 ＋ 3年")
