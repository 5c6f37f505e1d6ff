"""A survey as it was planned: whom the frame holds, in which strata, which questions are asked, and what a
favourable answer is.

A question asks one thing. Whoever asks of safety and of satisfaction in one breath cannot say afterwards what
was answered; such a wording is refused, and no result ever joins two questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

PLANNED: Final = "survey_planned"
CLOSED: Final = "survey_closed"

MOST_STRATA: Final = 40
MOST_QUESTIONS: Final = 8
MOST_PEOPLE: Final = 100_000_000

NO_ANSWER: Final = 0
"""What stands where somebody did not want to answer, or could not say: no valid answer of that question."""


class BadDesign(GuituError):
    """A frame or a questionnaire that cannot be used; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers of one sort of question, the best first; `topic` is what it is about. How many of them are
    favourable, the survey says."""

    name: str
    label: Label
    topic: str
    answers: tuple[Label, ...]
    wording: Label | None = None


SCALES: Final[Mapping[str, Scale]] = {
    scale.name: scale
    for scale in (
        Scale(
            "safety",
            Label("安全感（五档）", "Feeling safe (five steps)"),
            "safety",
            (
                Label("很安全", "Very safe"),
                Label("比较安全", "Rather safe"),
                Label("一般", "Neither safe nor unsafe"),
                Label("不太安全", "Rather unsafe"),
                Label("很不安全", "Very unsafe"),
            ),
            Label("您觉得住的地方安全吗？", "Do you feel safe where you live?"),
        ),
        Scale(
            "satisfaction",
            Label("满意度（五档）", "Satisfied (five steps)"),
            "satisfaction",
            (
                Label("很满意", "Very satisfied"),
                Label("比较满意", "Rather satisfied"),
                Label("一般", "Neither"),
                Label("不太满意", "Rather dissatisfied"),
                Label("很不满意", "Very dissatisfied"),
            ),
            Label("您对当地的禁毒工作满意吗？", "Are you satisfied with the anti-drug work here?"),
        ),
        Scale(
            "agreement",
            Label("是否同意（五档）", "Agree (five steps)"),
            "other",
            (
                Label("很同意", "Strongly agree"),
                Label("比较同意", "Rather agree"),
                Label("一般", "Neither"),
                Label("不太同意", "Rather disagree"),
                Label("很不同意", "Strongly disagree"),
            ),
        ),
        Scale("yes_no", Label("是、否", "Yes or no"), "other", (Label("是", "Yes"), Label("否", "No"))),
    )
}

TOPICS: Final[Mapping[str, Label]] = {
    "safety": Label("安全感", "Feeling safe"),
    "satisfaction": Label("满意度", "Satisfied"),
    "other": Label("其他", "Another question"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its scale and its words."""

    scale: Scale
    wording: Label

    @property
    def line(self) -> str:
        """As it is kept: one line."""
        return f"{self.scale.name}|{self.wording.zh}|{self.wording.en}"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the frame that is drawn from on its own: its name, and how many people are in it."""

    name: str
    size: int

    @property
    def line(self) -> str:
        """As it is kept: one line."""
        return f"{self.name}|{self.size}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One survey as it stands. `method` is how those asked were found: `random`, drawn from the frame with
    equal chances inside each stratum; `everyone`, all of the frame; `reached`, whoever could be asked.
    `favourable`: so many of the first answers of a five-step scale count as favourable. `closed` is the day
    from which nothing is taken in."""

    id: str
    unit: str
    title: str
    wave: str
    method: str
    favourable: int
    frame: str
    opens: date
    closes: date
    strata: tuple[Stratum, ...]
    questions: tuple[Question, ...]
    asked_by: str = ""
    closed: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether answers are taken on that day."""
        return self.closed is None and self.opens <= day <= self.closes

    def is_favourable(self, question: int, answer: int) -> bool:
        """Whether an answer (1 is the first of the scale) counts as favourable."""
        scale = self.questions[question].scale
        return 1 <= answer <= (self.favourable if len(scale.answers) > 2 else 1)

    def in_words(self, question: int) -> Label:
        """The answers that count as favourable."""
        scale = self.questions[question].scale
        some = scale.answers[: self.favourable if len(scale.answers) > 2 else 1]
        return Label("、".join(a.zh for a in some), ", ".join(a.en for a in some))


# ── reading and writing ───────────────────────────────────────────────────────────────────────────

_CELLS: Final = re.compile(r"\s*[|｜,，\t]\s*")
_SIZE: Final = re.compile(r"(.*\S)\s+([0-9,]+)\s*人?")


def strata_of(text: str) -> tuple[Stratum, ...]:
    """The strata in a text of lines “name, number of people”. Raises BadDesign with the line."""
    found: list[Stratum] = []
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [c for c in _CELLS.split(unicodedata.normalize("NFKC", line.strip()), 1) if c]
        if len(cells) == 1 and (apart := _SIZE.fullmatch(cells[0])):
            cells = [apart[1], apart[2]]
        digits = cells[1].replace(",", "").removesuffix("人").strip() if len(cells) == 2 else ""
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
            raise BadDesign(
                Label(
                    f"第 {n} 行应为“层的名称，人数”，如“城区，12000”",
                    f"line {n} should be “name, number of people”, such as “town, 12000”",
                )
            )
        name, size = cells[0], int(digits)
        if not 1 <= size <= MOST_PEOPLE:
            raise BadDesign(
                Label(f"第 {n} 行的人数应至少为 1", f"line {n}: there must be at least one person")
            )
        if len(name) > 60:
            raise BadDesign(Label(f"第 {n} 行的名称过长", f"line {n}: the name is too long"))
        if any(one.name == name for one in found):
            raise BadDesign(Label(f"第 {n} 行的层“{name}”已经有了", f"line {n}: “{name}” stands twice"))
        found.append(Stratum(name, size))
    if not found:
        raise BadDesign(
            Label(
                "请写明抽样框：每行一层，名称和人数；不分层的写一行",
                "say what the frame holds: one stratum a line, its name and how many people",
            )
        )
    if len(found) > MOST_STRATA:
        raise BadDesign(Label(f"最多 {MOST_STRATA} 层", f"there are {MOST_STRATA} strata at most"))
    return tuple(found)


def questions_of(text: str) -> tuple[Question, ...]:
    """The questions in lines as they are kept. Raises BadDesign with the line."""
    found: list[Question] = []
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [c.strip() for c in line.split("|")]
        if len(cells) not in (2, 3) or cells[0] not in SCALES or not cells[1]:
            raise BadDesign(
                Label(f"第 {n} 问应为“答案类型|问题”", f"question {n} should be “kind of answers|question”")
            )
        found.append(question(cells[0], cells[1], cells[2] if len(cells) == 3 else "", n))
    _usable(found)
    return tuple(found)


def question(scale: str, zh: str, en: str, n: int) -> Question:
    """A question of that scale in those words. Raises BadDesign where it asks two things at once."""
    if "|" in zh or "|" in en or "\n" in zh or "\n" in en:
        raise BadDesign(Label(f"第 {n} 问中不能有“|”", f"question {n} must not hold “|”"))
    if joined(zh):
        raise BadDesign(
            Label(
                f"第 {n} 问同时问了安全和满意，请分成两问：两个问题不能合成一个数",
                f"question {n} asks of safety and satisfaction at once: ask them apart, for two questions are"
                " never one figure",
            )
        )
    return Question(SCALES[scale], Label(zh, en or zh))


def joined(wording: str) -> bool:
    """Whether a wording asks of safety and of satisfaction at once."""
    return "安全" in wording and "满意" in wording


def _usable(found: Sequence[Question]) -> None:
    if not found:
        raise BadDesign(Label("请至少写一个问题", "ask at least one question"))
    if len(found) > MOST_QUESTIONS:
        raise BadDesign(Label(f"最多 {MOST_QUESTIONS} 问", f"there are {MOST_QUESTIONS} questions at most"))
    for topic in ("safety", "satisfaction"):
        if sum(one.scale.topic == topic for one in found) > 1:
            label = TOPICS[topic]
            raise BadDesign(
                Label(
                    f"“{label.zh}”只能有一问：否则不知道公布的是哪一个",
                    f"“{label.en}” can be asked once only: else nobody knows which was published",
                )
            )


def kept(lines: Sequence[Stratum] | Sequence[Question]) -> str:
    """Strata or questions as they are kept: one a line."""
    return "\n".join(one.line for one in lines)


def check_strata(text: str) -> Label | None:
    """What is wrong with kept strata; None if nothing is."""
    try:
        strata_of(text)
    except BadDesign as wrong:
        return wrong.label
    return None


def check_questions(text: str) -> Label | None:
    """What is wrong with kept questions; None if nothing is."""
    try:
        questions_of(text)
    except BadDesign as wrong:
        return wrong.label
    return None


def survey_of(entry: Entry, identifier: str, unit: str, closed: date | None = None) -> Survey | None:
    """The survey that an entry planned; None where the entry cannot be read as one."""

    def said(name: str) -> str:
        return str(entry.get(name) or "")

    closes = entry.get("closes")
    if not isinstance(closes, date):
        return None
    try:
        return Survey(
            id=identifier,
            unit=unit,
            title=said("title"),
            wave=said("wave"),
            method=said("method"),
            favourable=int(said("favourable") or 2),
            frame=said("frame"),
            opens=entry.happened_on,
            closes=closes,
            strata=strata_of(said("strata")),
            questions=questions_of(said("questions")),
            asked_by=said("asked_by"),
            closed=closed,
        )
    except (BadDesign, ValueError):
        return None
