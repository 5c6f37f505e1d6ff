"""The lines that a partner is given: of each person what the mapping names and nothing else, in the partner's
own words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.exchange.partners.mapping import Column, Partner
from guitu.exchange.partners.refusing import Refusal
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label
from guitu.store.home import contacts
from guitu.store.home.contacts import Reached
from guitu.store.read import lines_of_files
from guitu.store.units import Tree, Unit

DEMO: Final = "GUITU_DEMO_IDS"


class NotGiven(GuituError):
    """This mapping gives nobody away, and why."""


@dataclass(frozen=True, slots=True)
class Given:
    """One person's line: its words, or why there are none. `no` is the number of the file."""

    no: int
    words: tuple[str, ...]
    refusal: Refusal | None = None


def may_give(partner: Partner) -> None:
    """Raises NotGiven where the mapping gives no lists: none are declared, it is an example, or it names no
    basis."""
    if partner.form != "table" or partner.gives is None:
        raise NotGiven(Label("这个映射不送出名单。", "This mapping gives no lists."))
    demo = os.environ.get(DEMO) == "1"
    if partner.example and not demo:
        raise NotGiven(
            Label(
                "这是示例映射，不送出真实名单；请按双方约定写自己的映射，放到数据文件夹的 partners/ 中。",
                "This is an example and gives nobody away: write your own mapping as agreed, into partners/"
                " of the data folder.",
            )
        )
    if not partner.cites and not demo:
        raise NotGiven(
            Label(
                "映射没有写明依据（cites），不送出名单。",
                "The mapping names no basis (cites): no list is given.",
            )
        )


def people(partner: Partner, unit: Unit) -> tuple[contacts.PersonLine, ...]:
    """Whom the list is about: everybody under the unit in these measures now. Raises NotGiven."""
    return lines_of_files(_numbers(partner, unit))


def how_many(partner: Partner, unit: Unit) -> int:
    """How many that are; nobody is opened for it. Raises NotGiven."""
    return len(_numbers(partner, unit))


def _numbers(partner: Partner, unit: Unit) -> tuple[int, ...]:
    may_give(partner)
    assert partner.gives is not None
    return contacts.numbers(unit, partner.gives.measures)


def given(partner: Partner, some: Iterable[Reached], units: Tree) -> Iterator[Given]:
    """Each person's line, in the order of the columns."""
    assert partner.gives is not None
    columns = partner.gives.columns
    for one in some:
        words: list[str] = []
        refusal = None
        for column in columns:
            word = _word(column, one, units)
            if word is None:
                refusal = Refusal(one.line.case_no, column.head, "no_code")
                break
            words.append(word)
        yield Given(one.no, () if refusal else tuple(words), refusal)


def _word(column: Column, one: Reached, units: Tree) -> str | None:
    """The partner's word for a fact; None where it has no code for ours."""
    word = _fact(column.fact, one, units)
    if not column.codes or not word:
        return word
    return column.codes.get(word, column.otherwise)


def _fact(name: str, one: Reached, units: Tree) -> str:
    line = one.line
    if name == "unit_code":
        return line.unit
    if name == "unit_name":
        unit = units.get(line.unit)
        return unit.name if unit else ""
    if name == "contact":
        return one.contact.state
    value = getattr(line, name)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
