"""Why a line of a partner is not taken, or not given: a closed list. What is kept of it is the place and the
code, never what stood there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label

REASONS: Final[dict[str, Label]] = {
    "no_code": Label("对方没有这个词的代码", "the partner has no code for our word"),
    "code_unknown": Label("映射里没有这个代码", "the mapping does not know this code"),
    "head_missing": Label("文件没有这一列", "the file lacks this column"),
    "record_unknown": Label("映射里没有这种记录", "the mapping knows no such record"),
    "message_missing": Label("没有流水号，无法认出重复", "no message number: it could come twice"),
    "message_twice": Label("同一文件里流水号重复", "the message number stands twice in the file"),
    "person_missing": Label("没有写明是谁", "it does not say of whom"),
    "person_unknown": Label("本单位没有这个人的档案", "no such person in this unit"),
    "name_differs": Label("编号和姓名不是同一个人", "number and name are not the same person"),
    "date_missing": Label("没有日期", "there is no day"),
    "date_unreadable": Label("日期读不出", "the day cannot be read"),
    "date_in_future": Label("日期在以后", "the day is yet to come"),
    "answer_wrong": Label("答案缺少或者不符合要求", "an answer is missing or not allowed"),
    "not_accepted": Label("档案现在不接受这种记录", "the file does not take such an entry now"),
    "not_final": Label("对方还没有定稿，或者已撤回", "the partner has not finished it, or took it back"),
    "resource_not_taken": Label("映射不收这种资源", "the mapping does not take this resource"),
    "not_covered": Label("这里没有对应的记录", "there is no entry here that says this"),
    "unit_unknown": Label("计量单位不是约定的", "not the agreed unit of measure"),
    "no_reading": Label("没有写明正常还是异常", "it does not say whether this is normal"),
    "no_reason": Label("没有写明因何就诊、怎样判断", "no reason for the encounter, or no diagnosis"),
    "no_time": Label("没有写明几点", "there is no time of day"),
}

MOST_KEPT: Final = 200
"""Refused lines of which an exchange keeps place and code; of more, only how many there are."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that is not taken: its row or path, its column or element, and the code of the reason."""

    where: str
    column: str
    code: str

    @property
    def label(self) -> Label:
        """The reason in words."""
        return REASONS[self.code]


def kept(refused: Iterable[Refusal]) -> str:
    """What an exchange keeps of its refusals, a line each."""
    some = list(refused)
    lines = [f"{r.where}\t{r.column}\t{r.code}" for r in some[:MOST_KEPT]]
    if len(some) > MOST_KEPT:
        lines.append(f"+{len(some) - MOST_KEPT}\t\t")
    return "\n".join(lines)


def read_kept(text: str) -> tuple[Refusal, ...]:
    """The refusals that an exchange has kept; what is not known any more is left out."""
    found = []
    for line in text.splitlines():
        where, _, rest = line.partition("\t")
        column, _, code = rest.partition("\t")
        if code in REASONS:
            found.append(Refusal(where, column, code))
    return tuple(found)
