"""The law as data: what is in force where and when, and what the check finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
import yaml

from guitu import compose, policy
from guitu.casefile import CaseFile, Entry, Kind, ReadAs
from guitu.cli.main import main
from guitu.kernel.errors import DeclarationError
from guitu.kernel.labels import Label
from guitu.kernel.zone import CHINA
from guitu.pathway import assess
from guitu.policy.checking import check_rules
from guitu.policy.load import compose as compose_policy
from guitu.policy.model import MARKS, Within
from guitu.policy.reading import read_rules

TODAY = date(2026, 11, 24)

RULE = """
- id: X-1
  label: {zh: 十日内做某事, en: Something within ten days}
  measures: community_treatment
  mark: P
  versions:
    - in_force_from: 2012-01-01
      in_force_until: 2015-12-31
      cites: [戒毒条例#14]
      status: verified
      last_checked: 2026-11-23
      says: {zh: 十日内报到, en: Report within ten days}
      duty within:
        name: report_in
        owed_by: person
        from: served
        days: 10
        done_by: reporting_in
"""


def read(tmp_path: Path, text: str) -> tuple[policy.Rule, ...]:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path, policy.names())


def test_the_rules_of_the_house_have_nothing_wrong_today() -> None:
    assert policy.check(TODAY) == []
    assert compose.check() == []


def test_a_rule_nobody_has_compared_for_over_a_year_is_reported() -> None:
    assert policy.check(date(2027, 11, 23)) == []
    assert {problem.code for problem in policy.check(date(2027, 11, 24))} == {"stale"}
    stale = policy.check(date(2027, 12, 1))
    assert {problem.code for problem in stale} == {"stale"}
    assert len(stale) == sum(len(rule.versions) for rule in policy.all_rules())


def test_every_rule_says_how_far_it_is_vouched_for_and_only_verified_ones_rest_on_the_law_itself() -> None:
    for rule in policy.all_rules():
        assert rule.mark in MARKS
        for version in rule.versions:
            assert version.cites
            if version.status == "verified":
                assert rule.mark == "P"
            if rule.mark in ("S", "S weak"):
                assert version.status == "recalled"


def test_rules_from_secondary_sources_and_from_memory_are_off_and_presets_wait_to_be_chosen() -> None:
    applied = {
        rule.id for region in ("", "31", "33", "37", "44", "50") for rule in policy.load(region).applied
    }
    off = {rule.id for rule in policy.all_rules()} - applied
    assert {"MOJ-FAMILY", "MOJ-OUT", "TST-10", "ASM-8", "FRQ-A", "FRQ-B"} <= off
    assert "FRQ-A" in {rule.id for rule in policy.load("46", ["FRQ-A"]).applied}


TABLE = {
    "COM": "3 4 5 9 10 11 12 13 14a 14b",
    "CID": "2a 2b 3a 3b 5 6 7a 7b 14a 14b 14c 15a 15b 15c 16a 16b 17 18a 18b 18c 19a 19b 20",
    "CRH": "1 2 4",
    "VOL": "4 6",
    "ASM": "6a 6b",
    "CNT": "1 4",
    "SRV": "1 2",
    "RGT": "1a 1b 1c 2a 2b 4 6",
    "PRV": "3 9",
    "LOC": "ZJ37 ZJ29 SD38 SD44 SH36a SH36b CQ29 CQ31 CQ36 CQ37",
}


@pytest.mark.parametrize(
    "rule", [f"{part}-{name}" for part, names in TABLE.items() for name in names.split()]
)
def test_every_rule_of_the_table_that_concerns_a_measure_is_there(rule: str) -> None:
    assert rule in {each.id for each in policy.all_rules()}


def test_not_yet_repealed_and_unknown_are_three_answers(tmp_path: Path) -> None:
    rules = compose_policy(read(tmp_path, RULE))
    assert rules.status("X-1", date(2011, 12, 31)) == "not_yet"
    assert rules.status("X-1", date(2012, 1, 1)) == "in_force"
    assert rules.status("X-1", date(2015, 12, 31)) == "in_force"
    assert rules.status("X-1", date(2016, 1, 1)) == "repealed"
    assert rules.status("X-2", date(2013, 1, 1)) == "unknown"
    with pytest.raises(DeclarationError, match="did you mean “X-1”"):
        rules.rule("X-11")


def test_a_local_rule_stands_in_for_the_national_one_only_while_it_is_in_force() -> None:
    zhejiang = {rule.id: rule for rule in policy.load("330100").applied}
    assert zhejiang["COM-3"].at(date(2011, 12, 31)) is not None
    assert zhejiang["COM-3"].at(date(2012, 1, 1)) is None
    assert zhejiang["LOC-ZJ37"].at(date(2012, 1, 1)) is not None
    hainan = {rule.id for rule in policy.load("46").applied}
    assert "LOC-ZJ37" not in hainan


def test_the_same_policy_is_given_each_time() -> None:
    assert policy.load("46", ["FRQ-A"]) is policy.load("46", ("FRQ-A", "FRQ-A"))


@pytest.mark.parametrize(("region", "presets"), [("海南", ()), ("46", ("FRQ-C",))])
def test_a_region_that_is_no_code_and_a_preset_that_is_none_are_refused(
    region: str, presets: tuple[str, ...]
) -> None:
    with pytest.raises(DeclarationError):
        policy.load(region, presets)


def test_two_presets_that_stand_in_for_the_same_rule_are_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for pair in (("objection-3", "reply-15"), ("reply-15", "reply-30")):
        with pytest.raises(DeclarationError, match=pair[0]):
            policy.load("", pair)
    monkeypatch.setenv("GUITU_PRESETS", "reply-15, objection-3")
    assert main(["policy", "check"]) == 2
    told = capsys.readouterr().err
    assert "预设“objection-3”和“reply-15”都代替规则 ASK-3，只能启用其中一个" in told
    assert len(told.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("done_by:", "done_bye:", "“done_by”"),
        ("duty within:", "duty witin:", "“duty within”"),
        ("name: report_in", "name: report_inn", "“report_in”"),
        ("measures: community_treatment", "measures: community_treatmant", "“community_treatment”"),
        ("owed_by: person", "owed_by: persom", "“person”"),
        ("status: verified", "status: verifed", "“verified”"),
        ("mark: P", "mark: PP", "“P”"),
        ("days: 10", "days: ten", "whole number"),
        ("days: 10", "days: 10\n        months: 1", "exactly one"),
        ("cites: [戒毒条例#14]", "cites: [戒毒条例14]", "戒毒条例#14"),
        ("cites: [戒毒条例#14]", "cites: []", "no article"),
        ("in_force_until: 2015-12-31", "in_force_until: 2011-12-31", "before it begins"),
        ("in_force_from: 2012-01-01", "in_force_from: 2012-02-30", "impossible"),
        ("mark: P", "mark: P\n  mark: S", "twice"),
        ("- id: X-1", "rules:\n- id: X-1", "list"),
        ("from: served", "from: {entry: served, take: first_after}", "“after”"),
        ("mark: P", "mark: P\n  region: 浙江", "“33”"),
        ("mark: P", "mark: P\n  needed: true", "inferred"),
    ],
)
def test_a_mistake_in_a_rule_is_one_sentence_with_its_place_and_the_nearest_word(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RULE
    with pytest.raises(DeclarationError) as caught:
        read(tmp_path, RULE.replace(old, new))
    told = caught.value.say("en")
    assert said in told
    assert "mine.yaml" in told
    assert caught.value.say("zh") != told


def problems(tmp_path: Path, text: str) -> dict[str, str]:
    rules = (*policy.all_rules(), *read(tmp_path, text))
    return {p.code: p.label.en for p in check_rules(rules, policy.instruments(), TODAY)}


def test_the_check_finds_citations_that_lead_nowhere(tmp_path: Path) -> None:
    assert (
        "did you mean “戒毒条例”"
        in problems(tmp_path, RULE.replace("戒毒条例#14", "戒毒条列#14"))["citation"]
    )
    assert "46 articles" in problems(tmp_path, RULE.replace("戒毒条例#14", "戒毒条例#47"))["citation"]


def test_the_check_finds_an_overlay_of_nothing_and_one_beyond_the_ceiling(tmp_path: Path) -> None:
    local = RULE.replace("mark: P", 'mark: P\n  region: "46"\n  replaces: COM-33')
    assert "COM-33" in problems(tmp_path, local)["overlay"]
    longer = (
        RULE.replace("mark: P", 'mark: P\n  region: "46"\n  replaces: CID-7a')
        .replace("name: report_in", "name: transfer_to_justice")
        .replace("days: 10", "months: 13")
    )
    assert "12 months" in problems(tmp_path, longer)["ceiling"]
    assert "ceiling" not in problems(tmp_path, longer.replace("months: 13", "months: 12"))


def test_the_check_finds_a_rule_that_claims_to_be_verified_and_is_not(tmp_path: Path) -> None:
    assert "RECALLED" in problems(tmp_path, RULE.replace("mark: P", "mark: RECALLED"))["status"]
    assert "not seen" in problems(tmp_path, RULE.replace("戒毒条例#14", '"戒毒条例#?"'))["status"]


def test_the_check_finds_a_finding_about_a_rule_that_does_not_exist(tmp_path: Path) -> None:
    head = RULE.split("      duty within:")[0]
    text = head + "      finding when: {name: deemed_refusal, when: {overdue: COM-33}}\n"
    assert "COM-33" in problems(tmp_path, text)["reference"]


def test_the_check_finds_a_rule_that_waits_for_what_no_assessment_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = read(tmp_path, RULE.replace("done_by: reporting_in", "done_by: remark"))
    monkeypatch.setattr(compose, "all_rules", lambda: deaf)
    (problem,) = compose.check()
    assert (problem.code, problem.rule) == ("reference", "X-1")
    assert "“remark”" in problem.label.en
    assert "read_as" in problem.label.zh


def test_yes_and_no_stay_words_in_rules() -> None:
    """YAML would read 是/否 choices `yes` and `no` as truth values."""
    path = Path(policy.__file__).parent / "rules/community_treatment/findings.yaml"
    assert yaml.safe_load("authorised: no") == {"authorised": False}
    assert "authorised: no" in path.read_text(encoding="utf-8")
    assert compose.check() == []


def test_a_province_may_allow_longer_in_the_police_centre_up_to_twelve_months(tmp_path: Path) -> None:
    text = (
        RULE.replace("mark: P", 'mark: P\n  region: "46"\n  replaces: CID-7a')
        .replace("measures: community_treatment", "measures: compulsory_isolation")
        .replace("      in_force_until: 2015-12-31\n", "")
        .replace("name: report_in", "name: transfer_to_justice")
        .replace("from: served", "from: {entry: admission, where: {place: police_centre}, take: first}")
        .replace("days: 10", "months: 9")
    )
    rules = compose_policy((*policy.all_rules(), *read(tmp_path, text)), "46")
    applied = {rule.id: rule for rule in rules.applied}
    assert "CID-7a" not in {name for name, rule in applied.items() if rule.at(TODAY) is not None}
    version = applied["X-1"].at(TODAY)
    assert version is not None
    assert isinstance(version.word, Within)
    assert version.word.months == 9


VISIT = """
- id: X-2
  label: {zh: 送达后十日内家访, en: A visit within ten days of service}
  measures: community_treatment
  mark: P
  versions:
    - in_force_from: 2012-01-01
      cites: [戒毒条例#18]
      status: verified
      last_checked: 2026-11-23
      says: {zh: 十日内家访, en: Visit within ten days}
      duty within: {name: routine_test, owed_by: authority, from: served, days: 10, done_by: home_visit}
"""


@pytest.mark.parametrize(
    ("read_as", "state"),
    [(ReadAs("running", 75), "done"), (ReadAs("custody", 75), "overdue"), (None, "overdue")],
)
def test_a_rule_reads_a_new_kind_as_its_declaration_says(
    tmp_path: Path, read_as: ReadAs | None, state: str
) -> None:
    """Served on the third, visited on the ninth: nothing but the declaration says whose visit that is."""
    visit = Kind(name="home_visit", label=Label("家访", "Home visit"), compartment="support", read_as=read_as)
    rules = compose_policy([*policy.all_rules(), *read(tmp_path, VISIT)])
    rules = rules.applied_to({**compose.kinds(), "home_visit": visit})
    happened = {
        "order": (1, {"measure": "community_treatment"}),
        "served": (3, {}),
        "reporting_in": (5, {}),
        "home_visit": (9, {}),
    }
    entries = [
        Entry(
            id=UUID(int=n),
            file=UUID(int=0),
            kind=kind,
            happened_on=date(2026, 6, n),
            recorded_at=datetime(2026, 6, n, tzinfo=CHINA),
            fields=fields,
        )
        for kind, (n, fields) in happened.items()
    ]
    answer = assess(CaseFile(UUID(int=0), tuple(entries)), rules, TODAY)
    (duty,) = [duty for duty in answer.duties if duty.because.rule == "X-2"]
    assert duty.state == state
    assert duty.done_on == (date(2026, 6, 9) if state == "done" else None)


def test_rules_without_kinds_answer_nothing_rather_than_too_little() -> None:
    with pytest.raises(DeclarationError, match="rules without kinds"):
        assess(CaseFile(UUID(int=0)), policy.load(""), TODAY)


def test_the_check_finds_a_kind_that_the_pathway_knows_and_nobody_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deaf = {**compose.kinds(), "relapse": replace(compose.kind("relapse"), read_as=None)}
    monkeypatch.setattr(compose, "kinds", lambda: deaf)
    (problem,) = [problem for problem in compose.check() if not problem.rule]
    assert (problem.code, problem.where) == ("reference", "pathway/kinds.py")
    assert "“relapse”" in problem.label.en


def test_a_rank_has_its_place_in_a_day() -> None:
    with pytest.raises(DeclarationError, match="from 0 to 99"):
        ReadAs("running", 100)
