"""`guitu sweep` as somebody at the server sees it, and its answers in a folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from guitu import compose, policy
from guitu.casefile import CaseFile
from guitu.casefile.snapshot import Snapshot
from guitu.kernel.errors import DeclarationError, GuituError
from guitu.pathway.sweep.comparing import compare
from guitu.pathway.sweep.counting import count
from guitu.pathway.sweep.model import compile_model
from guitu.pathway.sweep.run import sweep
from guitu.pathway.sweep.swept import NoSweep, Swept
from guitu.policy.load import compose as lay_over
from guitu.policy.model import FindingWhen, Held
from guitu.store.snapshot.memory import Place, snapshot_of
from tests.generative.histories import entry
from tests.sweep.beside import as_person

ON = date(2022, 6, 1)
DRAFT = """
- id: COM-4
  label: {zh: 两年, en: Two years}
  measures: community_treatment
  mark: P
  versions:
    - in_force_from: 2011-06-26
      cites: [戒毒条例#14]
      status: verified
      last_checked: 2026-11-23
      says: {zh: 草案, en: a draft}
      term: {runs: {from: reporting_in, months: 24, leaves_by: expiry}}
"""


def town(number: int) -> CaseFile:
    """Somebody in community treatment since 2020."""
    made = CaseFile(
        entry(0, "order", date(2020, 3, 1)).file,
        (
            replace(entry(1, "order", date(2020, 3, 1), measure="community_treatment"), unit="460100"),
            replace(entry(2, "reporting_in", date(2020, 3, 5)), unit="460100"),
        ),
    )
    return as_person(made, number)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return snapshot_of([town(n) for n in (1, 2, 3)], tmp_path / "snapshot", places=[Place("46", "province")])


def test_a_draft_law_is_set_beside_the_one_in_force(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    now = sweep(snapshot, on=ON, policies=compose.policy, engine="assess")
    then = sweep(snapshot, on=ON, policies=lambda region: compose.draft(path, region), engine="assess")
    changes = compare(now, then)
    assert changes.people == len(changes.affected) == 3
    assert changes.ends["earlier"] == 3
    assert len(changes.by_aspect["state"]) == 3
    assert changes.after.status["community_treatment", "ended"] == 3
    assert len(compare(now, now).affected) == 0


def test_a_draft_that_reads_what_nobody_records_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT.replace("{runs: {from: reporting_in, months: 24, leaves_by: expiry}}", "{}"))
    with pytest.raises(DeclarationError, match="COM-4"):
        compose.draft(path)
    with pytest.raises(DeclarationError):
        compose.draft(tmp_path / "there is none.yaml")


def test_answers_are_kept_in_a_folder_until_the_next_run(snapshot: Snapshot, tmp_path: Path) -> None:
    out = tmp_path / "answers"
    with pytest.raises(NoSweep):
        Swept.open(out)
    sweep(snapshot, on=ON, policies=compose.policy, engine="assess", out=out)
    first = Swept.open(out)
    assert count(first).status == {("community_treatment", "in_force"): 3}
    sweep(snapshot, on=date(2026, 1, 1), policies=compose.policy, engine="assess", out=out)
    second = Swept.open(out)
    assert second.on == date(2026, 1, 1)
    assert count(second).status == {("community_treatment", "ended"): 3}
    assert not any(path.exists() for path in first.parts("status"))
    assert all(path.exists() for path in second.parts("status"))


def test_the_rules_of_the_unit_s_own_province_apply(snapshot: Snapshot) -> None:
    asked: list[str] = []

    def policies(region: str) -> policy.Policy:
        asked.append(region)
        return compose.policy(region)

    sweep(snapshot, on=ON, policies=policies, engine="assess")
    assert "46" in asked


def test_only_the_units_asked_for_are_counted(snapshot: Snapshot) -> None:
    swept = sweep(snapshot, on=ON, policies=compose.policy, engine="assess")
    unit = swept.table("status")["unit"][0].as_py()
    assert count(swept, {unit}).people == 3
    assert count(swept, {unit + 1000}).people == 0


def test_a_rule_word_that_the_kernel_does_not_know_is_an_error(snapshot: Snapshot) -> None:
    held = next(
        rule
        for rule in policy.all_rules()
        if isinstance(rule.versions[-1].word, FindingWhen) and isinstance(rule.versions[-1].word.when, Held)
    )
    others = (rule for rule in policy.all_rules() if rule.id != held.id)
    rules = [*others, replace(held, versions=tuple(
        replace(v, word=replace(v.word, when=Nothing())) for v in held.versions  # type: ignore[arg-type]
    ))]  # fmt: skip
    with pytest.raises(DeclarationError, match="Nothing"):
        compile_model(lay_over(rules).applied_to(compose.kinds()), snapshot.words)


class Nothing:
    """No condition at all."""


def test_an_engine_that_there_is_not_is_named(snapshot: Snapshot) -> None:
    with pytest.raises(GuituError, match="abacus"):
        sweep(snapshot, on=ON, policies=compose.policy, engine="abacus")
