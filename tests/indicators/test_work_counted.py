"""Indicators over units' own files and over what others published, each with the answer beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from guitu import compose
from guitu.indicators import Period
from tests.indicators.small import CENTRE, COUNTY, PROVINCE, TOWN, VILLAGE, YEAR, Small, day

D = Decimal
LAST_YEAR = Period.year(2024)


def test_an_audience_is_person_times_and_online_views_are_none() -> None:
    small = Small()
    small.work("outreach_event", "03-01", CENTRE, form="talk", given_by="lecturers", audience=500,
               counted="headcount")  # fmt: skip
    small.work("outreach_event", "03-02", CENTRE, form="talk", given_by="lecturers", audience=500)
    small.work("outreach_event", "03-03", TOWN, form="talk", given_by="office", audience=40)
    small.work("outreach_event", "03-04", TOWN, form="online", given_by="office", audience=90000,
               counted="views")  # fmt: skip
    small.work("outreach_event", "2024-03-04", TOWN, form="walk", given_by="office")
    assert small.value("outreach.talks") == 2
    assert small.value("outreach.audience") == 1000
    assert small.value("outreach.events") == 4
    assert small.value("outreach.events", COUNTY) == 2
    assert small.value("outreach.events_audience") == 1040
    assert small.value("outreach.views") == 90000


def test_bodies_and_teams_are_stocks_of_a_day() -> None:
    small = Small()
    small.work("body", "2017-01-01", TOWN, level="town")
    small.work("body", "2017-01-01", TOWN, level="town", until=day("12-31"))
    small.work("body", "2017-01-01", VILLAGE, level="village")
    small.work("patrol_team", "2017-06-01", VILLAGE, members=12)
    small.work("patrol_team", "2017-06-01", TOWN, members=9, until=day("2024-06-01"))
    assert small.value("units.town_bodies", period=LAST_YEAR) == 2
    assert small.value("units.town_bodies") == 1
    assert small.value("units.village_bodies") == 1
    assert small.value("teams.village_patrol") == 1
    assert small.value("teams.village_patrol_members") == 12
    assert small.value("teams.village_patrol", period=Period.day(day("2024-05-31"))) == 2
    assert small.value("stations.guidance") == 1
    assert small.value("stations.guidance", TOWN) == 0


def test_of_staffing_the_last_entry_of_each_unit_and_post_counts() -> None:
    small = Small()
    small.person(1, 2, 3)
    small.work("staffing", "2024-01-01", TOWN, post="community_worker", in_post=3)
    small.work("staffing", "05-01", TOWN, post="community_worker", in_post=1)
    small.work("staffing", "06-01", TOWN, post="town_staff", in_post=9)
    small.work("staffing", "05-01", VILLAGE, post="community_worker", in_post=1)
    for person in (1, 2, 3):
        small.worked_out("measures", person, measure="community_treatment", starts_on="02-01")
    assert small.value("staff.community_workers") == 2
    assert small.value("staff.community_workers", period=LAST_YEAR) == 3
    found = small.figure("staff.people_per_worker")
    assert (found.over, found.under, found.value) == (3, 2, D("1.5"))


def test_the_six_classes_are_counted_one_by_one_with_near_misses_and_others_apart() -> None:
    small = Small()
    small.work("incident", "03-01", CENTRE, sort="escape", what="near_miss")
    small.work("incident", "04-01", CENTRE, sort="drugs_inside", what="happened")
    small.work("incident", "05-01", CENTRE, sort="other", what="happened")
    assert small.value("safety.six_no") == 1
    assert small.value("safety.near_misses") == 1
    classes = ("escape", "unnatural_death", "crime", "production_accident", "drugs_inside", "epidemic")
    assert [small.value(f"safety.{one}") for one in classes] == [0, 0, 0, 0, 1, 0]


def test_hours_of_work_are_counted_by_person_days() -> None:
    small = Small()
    small.work("work_day", "03-01", CENTRE, worked=30, within=30)
    small.work("work_day", "03-02", CENTRE, worked=30, within=24)
    assert small.value("work.hours_compliance") == D("90.00")
    small.work("work_day", "03-03", CENTRE, worked=30, within=99)
    assert {w.code for w in small.figure("work.hours_compliance").warnings} == {"over_whole", "implausible"}


def test_standby_is_no_closed_duty() -> None:
    small = Small()
    small.work("closed_duty", "01-27", CENTRE, phase="duty", officers=211, until=day("02-09"))
    small.work("closed_duty", "02-10", CENTRE, phase="duty", officers=211, longest=90)
    small.work("closed_duty", "02-10", CENTRE, phase="isolation", officers=211)
    small.work("closed_duty", "02-24", CENTRE, phase="home", officers=211)
    assert small.value("closed_duty.batches") == 2
    assert small.value("closed_duty.person_times") == 422


def test_money_and_rewards_are_kept_apart_by_kind() -> None:
    small = Small()
    small.work("spending", "03-01", COUNTY, amount=1_500_000_000, purpose="staff")
    small.work("spending", "04-01", COUNTY, amount=1_500_000_000, purpose="building")
    small.work("reward", "05-01", COUNTY, sort="money", given_to="public", awards=3, amount=30_000)
    small.work("reward", "05-01", COUNTY, sort="money", given_to="unit", awards=1, amount=50_000)
    small.work("reward", "05-01", COUNTY, sort="merit", given_to="officer", awards=5)
    assert small.value("funds.spent") == 3_000_000_000
    assert small.value("rewards.paid") == 80_000
    assert small.value("rewards.recipients") == 9
    by = {f.by[0][1]: f.value for f in small.figures("rewards.recipients", by=("given_to",))}
    assert by == {"public": 3, "unit": 1, "officer": 5}


def test_two_questions_are_never_one_figure() -> None:
    small = Small()
    for question, wave, sample, favourable in (
        ("safety", "before", 1000, 885),
        ("safety", "after", 9000, 8719),
        ("safety", "after", 1000, 968),
        ("satisfaction", "after", 1000, 500),
    ):
        small.work("survey_result", "05-01", COUNTY, question=question, wave=wave, sample=sample,
                   favourable=favourable)  # fmt: skip
    assert small.value("survey.safety_before") == D("88.50")
    assert small.value("survey.safety_after") == D("96.87")
    assert small.value("survey.satisfaction_after") == D("50.00")
    assert small.value("survey.satisfaction_before") is None
    assert small.figure("survey.safety_after").under == 10000


def published(small: Small, series: str, value: str, **more: str) -> None:
    small.work("published_figure", "2026-02-01", COUNTY, series=series, value=value, first=YEAR.first,
               last=YEAR.last, source="公报", **more)  # fmt: skip


def test_a_published_figure_is_what_was_printed_and_prints_that_differ_both_stay() -> None:
    small = Small()
    published(small, "police.seized_kg", "79.159")
    published(small, "police.criminal_cases_change", "-29.68", printed_in="text")
    published(small, "police.criminal_cases_change", "-9.68", printed_in="box")
    published(small, "registered.new", "41")
    published(small, "registered.new", "42", replaces="yes")
    assert small.value("police.seized_kg", COUNTY) == D("79.159")
    change = small.figure("police.criminal_cases_change", COUNTY)
    assert change.value == D("-29.68")
    assert [w.code for w in change.warnings] == ["conflict"]
    assert "9.68" in change.warnings[0].label.zh
    new = small.figure("registered.new", COUNTY)
    assert (new.value, new.warnings) == (42, ())
    assert small.value("registered.new", PROVINCE) is None  # the county's figure is not the province's
    assert small.value("registered.new", COUNTY, LAST_YEAR) is None


def test_a_rate_printed_in_per_cent_where_per_mille_is_meant_is_a_warning() -> None:
    small = Small()
    published(small, "registered.rate", "3.21", printed_unit="percent")
    assert small.figure("registered.rate", COUNTY).warnings == ()
    taken_at_its_word = Small()
    published(taken_at_its_word, "registered.rate", "32.1")  # 3.21% is 32.1‰
    (warning,) = taken_at_its_word.figure("registered.rate", COUNTY).warnings
    assert warning.code == "implausible"
    assert "32.10‰" in warning.label.zh


def test_every_series_has_its_indicator_in_its_own_unit_and_is_never_counted_from_persons() -> None:
    series = compose.kinds()["published_figure"].ask("series").choices
    for choice in series:
        indicator = compose.indicators()[choice.value]
        assert indicator.imported
        assert indicator.counting.symbol.zh in choice.label.zh or indicator.unit == "event"
        assert indicator.breakdowns == ()


def test_meetings_are_counted_whatever_they_were_for() -> None:
    small = Small()
    small.work("meeting", "03-01", COUNTY, sort="month")
    small.work("meeting", "03-31", COUNTY, sort="quarter")
    assert small.value("dispatch.meetings") == 2


def test_every_indicator_has_a_test_with_an_answer() -> None:
    here = Path(__file__).parent
    said = "".join(p.read_text(encoding="utf-8") for p in sorted(here.glob("test_*_counted.py")))
    classes = {f"safety.{one}" for one in ("escape", "unnatural_death", "crime", "production_accident",
                                           "drugs_inside", "epidemic")}  # fmt: skip
    series = {choice.value for choice in compose.kinds()["published_figure"].ask("series").choices}
    unsaid = {key for key in compose.indicators() if f'"{key}"' not in said} - classes - series
    assert unsaid == set()


def test_a_weighted_share_leaves_out_surveys_without_weights() -> None:
    small = Small()
    for question, sample, favourable, more in (
        ("safety", 200, 140, {"population": 1000, "estimated": 660}),
        ("safety", 100, 100, {}),
        ("satisfaction", 50, 40, {"population": 400, "estimated": 332}),
    ):
        small.work("survey_result", "05-01", COUNTY, question=question, wave="regular", sample=sample,
                   favourable=favourable, **more)  # fmt: skip
    assert small.value("survey.safety_weighted") == D("66.00")
    assert small.value("survey.satisfaction_weighted") == D("83.00")
