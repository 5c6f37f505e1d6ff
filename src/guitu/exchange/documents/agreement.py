"""The agreement of community treatment or recovery as a Word file, from a template that the office may edit:
the person's rights and the help agreed on as well as duties, each with its article. The wording that comes
with the product is ours, not an official form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from guitu.casefile.kind import day_word
from guitu.exchange.documents.papers import default_template, fill
from guitu.home.papers import AGREEMENT

__all__ = ["AGREEMENT", "Agreement", "agreement"]

NOT_AGREED: Final = "（待约定）"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the paper says. `group` are the members of the working group by what they are and their names."""

    measure: str
    office: str
    name: str
    sex: str
    born: date | None
    id_number: str
    organ: str
    order_no: str
    ordered: date | None
    starts_on: date | None
    ends_on: date | None
    help: str
    measures: str
    other: str
    group: Sequence[tuple[str, str]]
    case_no: str
    on: date


def agreement(told: Agreement, template: bytes | None, made_at: datetime) -> bytes:
    """The paper, from the office's template or the one that comes with the product. The same agreement from
    the same template is the same bytes."""
    return fill(template or default_template(AGREEMENT), _values(told), made_at, AGREEMENT)


def _day(day: date | None) -> str:
    return day_word(day) if day else ""


def _values(told: Agreement) -> dict[str, str]:
    return {
        "measure": told.measure,
        "centre": told.office,
        "name": told.name,
        "sex": told.sex,
        "birth": _day(told.born),
        "id_number": told.id_number,
        "organ": told.organ or "决定机关",
        "decision_no": told.order_no or "决定书",
        "decided_on": _day(told.ordered),
        "starts_on": _day(told.starts_on),
        "ends_on": _day(told.ends_on),
        "help": told.help or NOT_AGREED,
        "measures": told.measures or NOT_AGREED,
        "other": told.other or "无",
        "group": "；".join(f"{what}：{who}" for what, who in told.group) or NOT_AGREED,
        "number": f"档案 {told.case_no}",
        "made_on": day_word(told.on),
    }
