"""People as rows of a list: where they stand, who answers for them, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Final

from guitu.home.contact import Contact
from guitu.kernel.labels import Label
from guitu.policy import names
from guitu.store.read import PersonLine
from guitu.web.components.table.component import Cell, Column, Row
from guitu.web.components.word.component import Word, days_word
from guitu.web.pages.casefile import addresses

SEX: Final = {"male": Label("男", "Male"), "female": Label("女", "Female")}
NOTHING: Final = Word("done", Label("没有应办", "Nothing due"))
HIDDEN: Final = Word("hidden", Label("已遮挡", "Screened"))
SOON: Final = 7
"""Days before which a duty's day is named in words."""

COLUMNS: Final = (
    Column(Label("姓名", "Name"), phone="lead"),
    Column(Label("档案号", "Case number"), phone="hide"),
    Column(Label("性别", "Sex"), phone="bare"),
    Column(Label("出生年", "Born"), numeric=True, phone="bare"),
    Column(Label("证件号", "ID number"), phone="bare"),
    Column(Label("现措施", "Measure now"), phone="bare"),
    Column(Label("期满", "Last day"), phone="hide"),
    Column(Label("责任单位", "Responsible unit"), phone="bare"),
    Column(Label("下次事项", "Next duty"), phone="bare"),
)
SORTED_BY: Final = ("name", "number", "", "", "", "", "ends", "", "due")
"""What pressing each head sorts by."""


def masked(name: str) -> str:
    """A name for the counter: the first character, the rest hidden."""
    return name[:1] + "＊" * min(2, max(1, len(name) - 1)) if name else "＊"


TOLD: Final = frozenset({"lost", "trying", "moved", "held", "died"})
"""Where somebody stands that a list of people says of them; of everybody else it says nothing."""


def row(line: PersonLine, day: date, *, screened: bool = False, contact: Contact | None = None) -> Row:
    """One person."""
    told = contact.label if contact is not None and contact.state in TOLD and not screened else ""
    name = masked(line.name) if screened else line.name or line.case_no
    return Row(
        (
            Cell(name, addresses.file(line.case_no), sub=told),
            line.case_no,
            SEX.get(line.sex, "—"),
            str(line.birth_year or "—"),
            f"…{line.id_tail}" if line.id_tail else "—",
            Cell(part=HIDDEN) if screened else measure(line.measure, line.state),
            "※" if screened else line.ends_on.isoformat() if line.ends_on else "—",
            line.unit_name or "—",
            Cell(part=next_word(line, day, screened=screened)),
        ),
        line.case_no,
    )


def rows(
    lines: Iterable[PersonLine],
    day: date,
    *,
    screened: bool = False,
    contacts: Mapping[int, Contact] | None = None,
) -> tuple[Row, ...]:
    """Everybody, in the order given; `contacts` by the numbers of their files."""
    known = contacts or {}
    return tuple(row(line, day, screened=screened, contact=known.get(line.no)) for line in lines)


@cache
def measure(name: str, state: str) -> Label:
    """Under which measure, and how it stands unless it simply runs."""
    if not name:
        return Label("没有措施", "No measure")
    words = names()
    label = words.measures[name]
    if state in ("", "in_force"):
        return label
    how = words.states[state]
    return Label(f"{label.zh} · {how.zh}", f"{label.en} · {how.en.lower()}")


def next_word(line: PersonLine, day: date, *, screened: bool = False) -> Word:
    """What comes next for the person: a right at risk before anything else, then the next duty's day."""
    if line.rights:
        found = next((n for n in line.findings if n in names().findings), "")
        return Word("right") if screened or not found else Word("right", names().findings[found])
    if not line.next_duty:
        return NOTHING
    return _next(
        line.next_duty, (line.next_due - day).days if line.next_due else None, line.next_due, screened
    )


@lru_cache(maxsize=4096)
def _next(duty: str, days: int | None, due: date | None, screened: bool) -> Word:
    kind, when = _when(days, due)
    label = names().duties.get(duty)
    if screened or label is None:
        return Word(kind, when)
    return Word(kind, Label(f"{label.zh} {when.zh}", f"{label.en}, {when.en[:1].lower()}{when.en[1:]}"))


def _when(days: int | None, due: date | None) -> tuple[str, Label]:
    if days is None or due is None:
        return "today", Label("尽快", "Promptly")
    if days > SOON:
        return "open", Label(due.isoformat(), due.isoformat())
    return "late" if days < 0 else "open" if days else "today", days_word(days)
