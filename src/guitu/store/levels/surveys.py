"""Surveys as they stand, their codes and their answers.

The plan and the end of a survey are entries of the file of the unit that asks. Answers are nobody's: they
stand in a table of their own, without the code, without a time finer than the day, in no order. The house
reads them; who may see what comes of them, the page decides.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from guitu.casefile.chain import sm3
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.levels.surveys.estimate import Tally
from guitu.levels.surveys.questionnaire import CLOSED, NO_ANSWER, PLANNED, Survey, survey_of
from guitu.store import engine, excerpts
from guitu.store.levels.found import units_with
from guitu.store.unitfiles import file_of
from guitu.store.units import Unit, tree

KINDS: Final = frozenset({PLANNED, CLOSED})
LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Of a code: none that is taken for another when read from paper."""
LONG: Final = 16
MOST_AT_ONCE: Final = 5_000
_ID_BITS: Final = 62


class NotTaken(GuituError):
    """A code or an answer that is not taken in, in one sentence."""


@dataclass(frozen=True, slots=True)
class Open:
    """What a code opens: the survey, the unit that asks, and the stratum the code was drawn for."""

    survey: Survey
    unit: Unit
    stratum: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many codes were issued and used, and how many answers came on the web and on paper, by stratum."""

    issued: tuple[int, ...]
    used: tuple[int, ...]
    web: tuple[int, ...]
    paper: tuple[int, ...]

    @property
    def answered(self) -> tuple[int, ...]:
        """Answers by stratum, however they came."""
        return tuple(a + b for a, b in zip(self.web, self.paper, strict=True))


# ── the surveys ───────────────────────────────────────────────────────────────────────────────────


@engine.house()
def surveys(within: Unit) -> tuple[tuple[Survey, Unit], ...]:
    """The surveys of a unit and of those below it, the latest first."""
    found = [(survey, unit) for unit in units_with("survey_planned", within) for survey in of_unit(unit)]
    return tuple(sorted(found, key=lambda pair: (pair[0].opens, pair[0].id), reverse=True))


@engine.house()
def of_unit(unit: Unit) -> tuple[Survey, ...]:
    """The surveys of one unit, in the order of their days."""
    excerpt = excerpts.of_file(file_of(unit.code), KINDS, unseal=KINDS)
    if excerpt is None:
        return ()
    closed = {str(e.get("survey")): e.happened_on for e in excerpt.counted if e.kind == CLOSED}
    made = (
        survey_of(e, str(e.id), unit.code, closed.get(str(e.id)))
        for e in excerpt.counted
        if e.kind == PLANNED
    )
    return tuple(survey for survey in made if survey is not None)


def one(within: Unit, identifier: UUID) -> tuple[Survey, Unit] | None:
    """A survey of that id, of a unit at or below another."""
    return next((pair for pair in surveys(within) if pair[0].id == str(identifier)), None)


# ── codes ─────────────────────────────────────────────────────────────────────────────────────────


def plain(code: str) -> str:
    """A code as it was issued, however it was typed."""
    return "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())


def _digest(code: str) -> str:
    return sm3(b"guitu survey code 1 " + code.encode()).hex()


@engine.house()
def issue(survey: Survey, unit: Unit, stratum: int, count: int) -> tuple[str, ...]:
    """New codes for a stratum. They are told here and nowhere else: only their digests are kept. Raises
    NotTaken."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise NotTaken(
            Label(f"一次发 1 到 {MOST_AT_ONCE} 个", f"between 1 and {MOST_AT_ONCE} codes are issued at once")
        )
    room = survey.strata[stratum].size - counted(survey).issued[stratum]
    if count > room:
        raise NotTaken(
            Label(
                f"这一层共 {survey.strata[stratum].size} 人，只能再发 {room} 个",
                f"the stratum has {survey.strata[stratum].size} people: {room} more can be issued",
            )
        )
    codes = tuple("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(count))
    rows = sorted((_digest(code), UUID(survey.id), unit.code, stratum, False) for code in codes)
    with engine.writing():
        engine.insert(
            "store_surveycode",
            ("digest", "survey", "unit", "stratum", "used"),
            [(digest, _key(s), u, n, used) for digest, s, u, n, used in rows],
        )
    return tuple("-".join(code[at : at + 4] for at in range(0, LONG, 4)) for code in codes)


@engine.house()
def opened(code: str, today: date) -> Open:
    """What a code opens today. Raises NotTaken."""
    row = engine.row(
        "SELECT survey, unit, stratum, used FROM store_surveycode WHERE digest = %s", [_digest(plain(code))]
    )
    if row is None:
        raise NotTaken(
            Label(
                "没有这个答题码，请照纸条核对；调查已经结束的，答题码也不再有效。",
                "there is no such code: check it against your slip. Codes end with their survey.",
            )
        )
    if row[3]:
        raise NotTaken(Label("这个答题码已经用过，每码只答一次。", "this code was used: each answers once."))
    unit = tree().get(row[1])
    identifier = str(engine.uuid_of(row[0]))
    survey = next((s for s in of_unit(unit) if s.id == identifier), None) if unit else None
    if unit is None or survey is None or not survey.open_on(today):
        raise NotTaken(
            Label("这次调查现在不收答卷。", "this survey takes no answers now.")
            if survey is None
            else Label(
                f"这次调查从 {survey.opens} 到 {survey.closes} 收答卷。",
                f"this survey takes answers from {survey.opens} to {survey.closes}.",
            )
        )
    return Open(survey, unit, row[2])


# ── answers ───────────────────────────────────────────────────────────────────────────────────────


@engine.house()
def answer(code: str, answers: Sequence[int], today: date) -> None:
    """Take in one answer for a code, which is used then. What is kept of the answer has no code. Raises
    NotTaken."""
    found = opened(code, today)
    with engine.writing():
        done = engine.execute(
            "UPDATE store_surveycode SET used = %s WHERE digest = %s AND used = %s",
            [True, _digest(plain(code)), False],
        )
        if done != 1:
            raise NotTaken(
                Label("这个答题码已经用过，每码只答一次。", "this code was used: each answers once.")
            )
        _add(found.survey, [(found.stratum, today, answers, None)])


@engine.house()
def paper(
    survey: Survey, stratum: int, sheet: int, answers: Sequence[int], today: date, *, again: bool = False
) -> None:
    """Take in one paper questionnaire by the number printed on it; `again` puts another in the place of what
    was typed before. Raises NotTaken where the number is there already."""
    try:
        with engine.writing():
            if again:
                engine.execute(
                    "DELETE FROM store_surveyanswer WHERE survey = %s AND sheet = %s",
                    [_key(UUID(survey.id)), sheet],
                )
            _add(survey, [(stratum, today, answers, sheet)])
    except IntegrityError:
        raise NotTaken(
            Label(
                f"第 {sheet} 号答卷已经录过。录错了要改的，选“改正”。",
                f"sheet {sheet} was entered before. To mend it, choose “put it right”.",
            )
        ) from None


@engine.house()
def take_in(survey: Survey, some: Iterable[tuple[int, date, Sequence[int], int | None]]) -> int:
    """Many answers at once: stratum, day, answers, number of the sheet (None on the web)."""
    rows = list(some)
    with engine.writing():
        _add(survey, rows)
    return len(rows)


def _add(survey: Survey, some: Sequence[tuple[int, date, Sequence[int], int | None]]) -> None:
    for _, _, answers, _ in some:
        assert len(answers) == len(survey.questions), "one answer for each question"
    rows = [
        (
            1 + secrets.randbits(_ID_BITS),
            _key(UUID(survey.id)),
            stratum,
            day.isoformat(),
            "".join(map(str, answers)),
            sheet,
        )
        for stratum, day, answers, sheet in some
    ]
    engine.insert("store_surveyanswer", ("id", "survey", "stratum", "day", "answers", "sheet"), sorted(rows))


@engine.house()
def end(survey: Survey) -> None:
    """Forget the codes of a survey that has ended: from then on nobody can tell who had one."""
    with engine.writing():
        engine.execute("DELETE FROM store_surveycode WHERE survey = %s", [_key(UUID(survey.id))])


# ── what came in ──────────────────────────────────────────────────────────────────────────────────


@engine.house()
def counted(survey: Survey) -> Counted:
    """How many codes and answers there are."""
    key, many = _key(UUID(survey.id)), len(survey.strata)
    issued, used, web, on_paper = ([0] * many for _ in range(4))
    for stratum, was_used, n in engine.rows(
        "SELECT stratum, used, count(*) FROM store_surveycode WHERE survey = %s GROUP BY stratum, used", [key]
    ):
        issued[stratum] += n
        used[stratum] += n if was_used else 0
    for stratum, is_paper, n in engine.rows(
        "SELECT stratum, CASE WHEN sheet IS NULL THEN 0 ELSE 1 END, count(*) FROM store_surveyanswer"
        " WHERE survey = %s GROUP BY 1, 2",
        [key],
    ):
        (on_paper if is_paper else web)[stratum] += n
    return Counted(tuple(issued), tuple(used), tuple(web), tuple(on_paper))


@engine.house()
def patterns(survey: Survey) -> dict[tuple[int, str], int]:
    """How often each set of answers was given, by stratum."""
    rows = engine.rows(
        "SELECT stratum, answers, count(*) FROM store_surveyanswer WHERE survey = %s GROUP BY 1, 2",
        [_key(UUID(survey.id))],
    )
    return {(stratum, answers): n for stratum, answers, n in rows}


def tallies(survey: Survey, given: dict[tuple[int, str], int], question: int) -> tuple[Tally, ...]:
    """Of one question the valid and the favourable answers, stratum by stratum."""
    valid, favourable = Counter[int](), Counter[int]()
    for (stratum, answers), n in given.items():
        said = int(answers[question])
        if said != NO_ANSWER:
            valid[stratum] += n
            favourable[stratum] += n if survey.is_favourable(question, said) else 0
    return tuple(Tally(valid[at], favourable[at]) for at in range(len(survey.strata)))


def answers_to(survey: Survey, given: dict[tuple[int, str], int], question: int) -> Counter[int]:
    """How often each answer of a question was given; 0 is none."""
    found = Counter[int]()
    for (_, answers), n in given.items():
        found[int(answers[question])] += n
    return found


def _key(identifier: UUID) -> str:
    return engine.key(identifier)
