"""Surveys in the fictional province: one of the province that is closed, with its results, and one of a
county that takes answers. Answers are thrown: they are nobody's here either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from guitu.access import house
from guitu.casefile import Entry, Value
from guitu.compose import kinds
from guitu.kernel.ids import uuid7
from guitu.kernel.zone import CHINA
from guitu.levels.surveys.estimate import estimate
from guitu.levels.surveys.questionnaire import CLOSED, PLANNED, SCALES, kept, question
from guitu.simulate.accounts import DEMO_COUNTY, author
from guitu.store import unitfiles
from guitu.store.apart import unit_file_id
from guitu.store.levels import surveys
from guitu.store.units import tree

PROVINCE: Final = "46"
_STRATA: Final = (("城区", 410_000, 520), ("乡镇驻地", 260_000, 330), ("农村", 980_000, 940))
_RUNNING: Final = (("县城", 62_000, 214), ("各镇", 171_000, 388))
_SAFE: Final = (0.44, 0.41, 0.10, 0.03, 0.01, 0.01)
_PLEASED: Final = (0.36, 0.43, 0.14, 0.04, 0.01, 0.02)


def furnish(today: date, now: datetime) -> int:
    """Write them; how many answers they have. Nothing where the province is not there."""
    if tree().get(PROVINCE) is None or tree().get(DEMO_COUNTY) is None:
        return 0
    answers = 0
    first = today - timedelta(days=150)
    over = _planned(
        PROVINCE, "provincial_supervisor", first, 30, "示例：全省上半年群众调查", "after", _STRATA
    )
    running = _planned(
        DEMO_COUNTY,
        "county_supervisor",
        today - timedelta(days=12),
        40,
        "示例：县禁毒工作群众调查",
        "regular",
        _RUNNING,
    )
    unitfiles.record_many([over], actor=house(), now=now)
    unitfiles.record_many([running], actor=house(), now=now)
    for entry, strata, unit in ((over, _STRATA, PROVINCE), (running, _RUNNING, DEMO_COUNTY)):
        survey = next(s for s in surveys.of_unit(tree().find(unit)) if s.id == str(entry.id))
        answers += surveys.take_in(survey, _answers(str(entry.id), survey.opens, strata))
    unitfiles.record_many(_closing(over, first + timedelta(days=33)), actor=house(), now=now)
    return answers


def _planned(
    unit: str,
    role: str,
    opens: date,
    days: int,
    title: str,
    wave: str,
    strata: Sequence[tuple[str, int, int]],
) -> Entry:
    asked = []
    for n, name in enumerate(("safety", "satisfaction"), 1):
        wording = SCALES[name].wording
        assert wording is not None
        asked.append(question(name, wording.zh, wording.en, n))
    asked.append(
        question("yes_no", "您知道从哪里可以得到戒毒帮助吗？", "Do you know where help can be found?", 3)
    )
    return _entry(
        unit, role, PLANNED, opens,
        title=title, wave=wave, closes=opens + timedelta(days=days), method="random",
        frame="示例：上年末户册", strata="\n".join(f"{name}|{size}" for name, size, _ in strata),
        favourable="2", questions=kept(asked), asked_by="own",
    )  # fmt: skip


def _closing(planned: Entry, day: date) -> list[Entry]:
    survey = next(s for s in surveys.of_unit(tree().find(PROVINCE)) if s.id == str(planned.id))
    given = surveys.patterns(survey)
    answered = sum(given.values())
    found = [
        _entry(
            PROVINCE, "provincial_supervisor", CLOSED, day, survey=survey.id, issued=2600, answered=answered
        )
    ]
    for n, asked in enumerate(survey.questions):
        one = estimate(survey.strata, surveys.tallies(survey, given, n), survey.method)
        assert one.share is not None, "the demonstration's survey has answers"
        assert one.margin is not None, "and was drawn at random"
        found.append(
            _entry(
                PROVINCE,
                "provincial_supervisor",
                "survey_result",
                day,
                question=asked.scale.topic,
                wave=survey.wave,
                sample=one.valid,
                favourable=one.favourable,
                anonymous="yes",
                wording=asked.wording.zh,
                method=survey.method,
                asked_by="own",
                population=sum(s.size for s in survey.strata),
                share=f"{100 * one.share:.2f}",
                estimated=round(one.share * sum(s.size for s in survey.strata)),
                margin=f"{100 * one.margin:.2f}",
                survey=survey.id,
            )
        )
    return found


def _answers(
    seed: str, opens: date, strata: Sequence[tuple[str, int, int]]
) -> Iterator[tuple[int, date, tuple[int, ...], int | None]]:
    rng, sheet = Random(f"survey/{seed}"), 0
    for at, (_, _, many) in enumerate(strata):
        for _ in range(many):
            on_paper = rng.random() < 0.2
            sheet += on_paper
            said = (_thrown(rng, _SAFE), _thrown(rng, _PLEASED), 1 if rng.random() < 0.63 + at * 0.05 else 2)
            yield at, opens + timedelta(days=rng.randrange(10)), said, sheet if on_paper else None


def _thrown(rng: Random, shares: Sequence[float]) -> int:
    """An answer from 1 on; 0, no answer, where the dice fall beyond the scale."""
    dice, upto = rng.random(), 0.0
    for at, share in enumerate(shares, 1):
        upto += share
        if dice < upto:
            return at if at < len(shares) else 0
    return 0


def _entry(unit: str, role: str, kind: str, day: date, **fields: Value) -> Entry:
    at = datetime.combine(day, time(10, 0), CHINA)
    rng = Random(f"{unit}/{kind}/{day}/{fields.get('question', '')}")
    identifier: UUID = uuid7(int(at.timestamp() * 1000), rng.randbytes(10))
    return Entry(
        id=identifier, file=unit_file_id(unit), kind=kind, happened_on=day, recorded_at=at,
        author=author(role, unit), unit=unit, fields=fields, version=kinds()[kind].version,
    )  # fmt: skip
