"""A province made to the figures of a targets file has them, counted back by the indicators; of any file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guitu import compose, pathway
from guitu.casefile import CaseFile
from guitu.indicators.comparing import compare, faults
from guitu.indicators.targets import BadTargets, Targets
from guitu.kernel.errors import GuituError
from guitu.simulate.faults import PLANTED
from guitu.simulate.targets import plan, writing
from guitu.simulate.targets.margins import Contradiction
from guitu.simulate.targets.plan import TooFew
from guitu.store.verify import verify
from tests.conftest import NOW, TODAY
from tests.simulate.files import PEOPLE, asking, counted, planned, yunnan

HAINAN = (
    "admissions.all 469024 2021-01-01 2021-12-31 14 person",
    "admissions.all 460000 2021-06-01 2021-08-31 9 person",
    "admissions.sick_or_disabled 460000 2021-01-01 2021-12-31 5 person",
    "support.jobs 469024100 2021-01-01 2022-06-30 6 person",
    "measures.in_force 469024 2022-06-30 2022-06-30 12 person",
    "recovery.quit 469024 2021-01-01 2022-06-30 7 person",
    "support.services 469024 2022-01-01 2022-06-30 31 person_time about",
    "training.certificate_rate 460000 2022-01-01 2022-06-30 66.67 percent",
    "outreach.talks 460000 2022-01-01 2022-03-31 4 event",
    "outreach.events 460000 2022-01-01 2022-12-31 11 event",
    "funds.spent 460000 2022-01-01 2022-12-31 90000 yuan",
    "funds.spent 469024 2022-01-01 2022-06-30 30000 yuan",
    "police.seized_kg 460000 2022-01-01 2022-12-31 79.159 kg",
)


@pytest.mark.parametrize("targets", [yunnan(), asking(*HAINAN)], ids=["another province", "crossing figures"])
def test_every_figure_of_a_file_is_counted_back_without_a_difference(
    tmp_path: Path, targets: Targets
) -> None:
    with counted(planned(targets, people=PEOPLE, seed=11), tmp_path) as rows:
        compared = compare(targets, compose.indicator_versions(), rows)
    assert [(c.target.key, c.target.scope, c.difference) for c in compared if c.difference != 0] == []
    assert faults(compared) == []
    assert len(compared) == len(targets.figures)


def test_a_figure_that_does_not_come_out_is_a_fault_only_if_it_was_printed_as_exact(tmp_path: Path) -> None:
    figure = "outreach.talks 460000 2022-01-01 2022-03-31 {} event"
    with counted(planned(asking(figure.format(4)), people=5), tmp_path) as rows:
        versions = compose.indicator_versions()
        (exact,) = compare(asking(figure.format(5)), versions, rows)
        (about,) = compare(asking(figure.format(5) + " about"), versions, rows)
        (none,) = compare(asking("registered.new 460000 2022-01-01 2022-12-31 7 person"), versions, rows)
    assert (exact.verdict, exact.difference, exact.at_fault) == ("different", -1, True)
    assert (about.verdict, about.difference, about.at_fault) == ("near", -1, False)
    assert (none.verdict, none.difference, none.at_fault) == ("missing", None, True)


def test_a_province_written_through_the_gate_keeps_its_chains(db: None) -> None:
    made = planned(people=PEOPLE, seed=11)
    written = writing.write(made, NOW)
    assert written.files == PEOPLE + len({one.unit for one in made.unit_entries})
    assert verify().good


def test_the_same_seed_is_the_same_province_to_the_byte_and_another_is_another() -> None:
    def province(seed: int) -> list[Any]:
        return list(writing.files(planned(seed=seed)))

    once = province(3)
    assert once == province(3)
    assert once != province(4)


def test_everybody_counts_for_nothing_but_what_the_file_says_and_obeys_the_law() -> None:
    """Whoever has no planted fault has no duty overdue on the day looked at, and no finding."""
    made = planned(people=160, seed=2)
    rules = compose.policy("53")
    late: Counter[str] = Counter()
    for file, entries, fault in writing.files(made):
        if fault or compose.kinds()[entries[0].kind].about == "unit":
            continue
        found = pathway.assess(CaseFile(file, tuple(entries)), rules, TODAY)
        late.update(duty.name for duty in found.duties if duty.state == "overdue")
        late.update(finding.name for finding in found.findings)
    assert late == {}


def test_what_is_planted_is_listed_by_file_number(db: None) -> None:
    made = planned(people=400, seed=9)
    written = writing.write(made, NOW)
    by_rates = Counter(made.faults.values())
    assert by_rates == {"without_handover_accepted": sum(by_rates.values())}
    listed = Counter(fault.fault for fault in written.faults)
    assert listed["without_handover_accepted"] == sum(by_rates.values())
    assert set(listed) - {"without_handover_accepted"} <= set(PLANTED)
    assert len(set(listed)) > 2
    assert len({fault.file for fault in written.faults}) == len(written.faults)


def test_too_few_people_are_refused_with_the_smallest_number_that_would_do() -> None:
    with pytest.raises(TooFew) as caught:
        planned(people=20)
    assert f"{caught.value.least:,}" in caught.value.say("zh")
    exactly = planned(people=caught.value.least)
    assert exactly.needed == exactly.people


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("admissions.al 460000 2021-01-01 2021-12-31 3 person", "admissions.all"),
        ("admissions.all 469999 2021-01-01 2021-12-31 3 person", "469999"),
        ("admissions.all 990000 2021-01-01 2021-12-31 3 person", "99"),
        ("admissions.all 460000 2026-01-01 2026-12-31 3 person", "2026-12-31"),
        ("handover.days_to_accept 460000 2021-01-01 2021-12-31 3 day", "中位数"),
        ("recovery.abstinent_12_rate 460000 2021-01-01 2021-12-31 30 percent", "队列"),
        ("admissions.all 460000 2021-01-01 2021-12-31 3.5 person", "整数"),
        ("training.certificate_rate 460000 2021-01-01 2021-12-31 133.3 percent", "133.3"),
        ("admissions.all 469023100 2021-01-01 2021-12-31 3 person", "还差 3"),
    ],
)
def test_a_figure_that_cannot_be_made_is_one_sentence_that_names_it(figure: str, told: str) -> None:
    with pytest.raises(GuituError) as caught:
        planned(asking(figure))
    assert told in caught.value.say("zh")


def test_figures_that_contradict_each_other_are_refused_before_anything_is_written() -> None:
    more_sick_than_taken_in = asking(
        "admissions.sick_or_disabled 469023 2021-01-01 2021-12-31 9 person",
        "admissions.all 460000 2021-01-01 2021-12-31 4 person",
    )
    with pytest.raises(GuituError):
        planned(more_sick_than_taken_in)
    with pytest.raises(Contradiction):
        planned(
            asking(
                "outreach.talks 469023 2021-01-01 2021-12-31 9 event",
                "outreach.events 460000 2021-01-01 2021-12-31 4 event",
            )
        )


def test_two_provinces_in_one_file_are_refused() -> None:
    with pytest.raises(BadTargets, match="2"):
        planned(
            asking(
                "admissions.all 460000 2021-01-01 2021-12-31 3 person",
                "admissions.all 530000 2021-01-01 2021-12-31 3 person",
            )
        )


def test_a_round_that_ended_yesterday_leaves_room_for_everybody_else() -> None:
    """No way that began in it may count, so what is left are people before it and files just opened."""
    yesterday = date(2026, 11, 22)
    figure = f"admissions.all 460000 2018-01-01 {yesterday} 5 person"
    made = planned(asking(figure), people=60)
    entries = [e for _, written, _ in writing.files(made) for e in written]
    admitted = {e.file for e in entries if e.kind == "admission" and e.happened_on >= date(2018, 1, 1)}
    assert len(admitted) == 5
    assert len({e.file for e in entries if compose.kinds()[e.kind].about == "person"}) == 60


def test_the_plan_itself_says_who_is_needed() -> None:
    assert plan.make(yunnan(), people=PEOPLE, seed=1, today=TODAY).needed <= PEOPLE
