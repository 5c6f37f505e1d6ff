"""Every worked case of the house, as `guitu cases` runs them."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from guitu import compose, policy
from guitu.cli.main import main
from guitu.pathway import assess
from guitu.pathway.cases import WorkedCase, read_cases, run_case
from guitu.policy import Policy
from guitu.policy.model import Bar, Before, Ceiling, Every, FindingWhen, Within

FILES = sorted(Path(__file__).parent.glob("*.cases.yaml"))
SECONDS_FOR_ALL = 5


def rules_of(case: WorkedCase) -> Policy:
    """The rules a case is answered by."""
    return compose.policy(case.region, case.presets)


@pytest.fixture(autouse=True)
def _chinese_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's `--lang` holds for its process; here for one test."""
    monkeypatch.setenv("GUITU_LANG", "zh")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".cases.yaml"))
def test_every_worked_case_gets_the_expected_answer(path: Path) -> None:
    cases = read_cases(path, compose.kinds(), policy.names())
    missed = [failure for case in cases for failure in run_case(case, rules_of(case))]
    told = [f"{m.case}: {m.expectation} expected {m.expected}, got {m.got} ({m.why.en})" for m in missed]
    assert cases
    assert not told, "\n".join(told)


def test_there_are_at_least_three_hundred_and_each_has_its_own_name() -> None:
    names = [case.name for path in FILES for case in read_cases(path, compose.kinds(), policy.names())]
    assert len(names) >= 300
    assert len(names) == len(set(names))


CASES_PER_RULE = 3


def test_every_rule_in_use_that_asks_or_finds_something_answers_in_several_cases() -> None:
    """A rule that no case can make speak may be dead: nobody would notice."""
    spoken: Counter[str] = Counter()
    for path in FILES:
        for case in read_cases(path, compose.kinds(), policy.names()):
            answer = assess(case.file, rules_of(case), case.on, case.known_at)
            spoken.update({each.because.rule for each in (*answer.duties, *answer.findings)})
            spoken.update({because.rule for because in answer.not_covered})
    regions = sorted({rule.region for rule in policy.all_rules()})
    used = {
        rule.id
        for region in regions
        for preset in ((), *((name,) for name in policy.preset_names()))
        for rule in policy.load(region, preset).applied
        if isinstance(rule.versions[-1].word, Within | Before | Every | FindingWhen | Bar | Ceiling)
    }
    assert not sorted(rule for rule in used if spoken[rule] < CASES_PER_RULE)


def test_the_command_runs_them_all_in_seconds_and_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.process_time()
    assert main(["cases", "--json", *map(str, FILES)]) == 0
    assert time.process_time() - begun < SECONDS_FOR_ALL
    told = json.loads(capsys.readouterr().out)
    assert told["failed"] == 0
    assert told["passed"] >= 300


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.cases.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


GOOD = """
- name: two years from the decision
  cites: 禁毒法#47
  casefile: |
    day        | entry | fields
    2021-09-08 | order | measure=compulsory_isolation
  day: 2021-09-20
  expect: {ends_on: 2023-09-07}
"""


def test_it_closes_with_how_many_passed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases", write(tmp_path, GOOD)]) == 0
    assert capsys.readouterr().out.strip().endswith("1 passed, 0 failed")


def test_a_failure_says_which_case_what_was_expected_what_came_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = GOOD.replace("2023-09-07", "2023-09-08")
    assert main(["--lang", "en", "cases", write(tmp_path, wrong)]) == 1
    out = capsys.readouterr().out
    assert "two years from the decision" in out
    assert "expected 2023-09-08, got 2023-09-07" in out
    assert "2021-09-08 + 2 years" in out
    assert out.strip().endswith("0 passed, 1 failed")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ends_on:", "ends_at:", "“ends_on”"),
        ("casefile:", "case_file:", "“casefile”"),
        ("| order |", "| ordr |", "“order”"),
        ("measure=", "mesure=", "“measure”"),
        ("=compulsory_isolation", "=compulsory", "“compulsory_isolation”"),
        ("2021-09-08 |", "2021-02-30 |", "2021-02-30"),
        ("2021-09-08 |", "8.9.2021 |", "2024-01-08"),
        ("day: 2021-09-20", "on: 2021-09-20", "“day”"),
        ("| fields", "| feilds", "“fields”"),
        ("ends_on: 2023-09-07", "findings: [held_past_therm]", "“held_past_term”"),
        ("ends_on: 2023-09-07", "duties: [{duty: relase}]", "“release”"),
        ("ends_on: 2023-09-07", "ends_on: soon", "2026-11-23"),
        ("- name: two", "- name: [two", "line"),
    ],
)
def test_a_mistake_in_a_case_file_is_one_sentence_that_names_the_place_and_the_nearest_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    assert old in GOOD
    assert main(["--lang", "en", "cases", write(tmp_path, GOOD.replace(old, new))]) == 2
    told = capsys.readouterr().err.strip()
    assert said in told
    assert "mine.cases.yaml" in told
    assert "Traceback" not in told
    assert len(told.splitlines()) == 1


def test_a_file_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "cases", "nowhere.cases.yaml"]) == 2
    assert "nowhere.cases.yaml" in capsys.readouterr().err


def test_a_row_can_correct_another_and_be_known_only_later(tmp_path: Path) -> None:
    text = """
- name: corrected later
  casefile: |
    day        | entry        | fields | recorded   | id | corrects
    2022-11-14 | order        | measure=community_treatment | | |
    2022-11-20 | reporting_in |        | 2022-11-21 | a  |
    2022-11-25 | reporting_in |        | 2023-02-01 |    | a
  day: 2023-03-01
  known_at: 2023-01-31
  expect: {ends_on: 2025-11-19}
- name: corrected, as known now
  casefile: |
    day        | entry        | fields | recorded   | id | corrects
    2022-11-14 | order        | measure=community_treatment | | |
    2022-11-20 | reporting_in |        | 2022-11-21 | a  |
    2022-11-25 | reporting_in |        | 2023-02-01 |    | a
  day: 2023-03-01
  expect: {ends_on: 2025-11-24}
"""
    assert main(["cases", write(tmp_path, text)]) == 0


def test_a_case_can_be_explained_from_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD)
    assert main(["explain", "--file", path, "--name", "two years"]) == 0
    told = capsys.readouterr().out
    assert "《禁毒法》第47条" in told
    assert "决定 2021-09-08 ＋ 2年 → 2023-09-07" in told
    assert main(["--lang", "en", "explain", "--file", path, "--name", "two years", "--on", "2023-09-08"]) == 0
    assert "Held past the term" in capsys.readouterr().out
    assert main(["--lang", "en", "explain", "--file", path, "--name", "three"]) == 2
    assert "--name" in capsys.readouterr().err
