"""How often somebody was tested: drawn and asked for besides, side by side against the preset. The same for
the officer and for the person; who decided an extra test stands there as an office, never by name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guitu.casefile import Entry
from guitu.casefile.kind import day_word
from guitu.home.extra import REASONS, Burden, Extra, burden, extras
from guitu.kernel.labels import Label
from guitu.pathway.model import Assessment
from guitu.store.units import Tree
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.word.component import Word
from guitu.web.pages.casefile import addresses

WORDS: Final = {
    "ahead": Word("open", Label("还没到日子", "Its day lies ahead")),
    "open": Word("open", Label("还没有检测", "Not tested yet")),
    "done": Word("done", Label("已检测", "Tested")),
    "not_taken": Word("gap", Label("没有检测", "Not taken")),
}
MORE: Final = Label(
    "加测已经比定期检测多，请核对每一次的理由", "More extra tests than the preset asks for: check each reason"
)
NO_PRESET: Final = Label("本单位没有选用检测频次", "the office has chosen no preset")


@dataclass(frozen=True, slots=True)
class ExtraShown:
    """One extra test: when it was decided and by which office, for which day, why, and what came of it.
    `act` is where the test is recorded; for the office alone."""

    id: str
    said: Label
    reason: Label
    text: str
    office: str
    word: Word
    act: Button | None = None


@dataclass(frozen=True, slots=True)
class BurdenShown:
    """Both figures side by side, whether the extra ones outweigh, and each extra test."""

    drawn: Label
    extra: Label
    more: Text
    extras: tuple[ExtraShown, ...]


def shown(
    counted: Sequence[Entry], answer: Assessment, on: date, units: Tree, case_no: str = "",
    may: frozenset[str] = frozenset(),
) -> BurdenShown | None:  # fmt: skip
    """Of the measure that runs, or of the last one. None where nobody is in a community measure and nothing
    was asked for. With `case_no` for the office, which records what is in `may`."""
    current = answer.current
    some = extras(counted, on)
    if current is None or (current.name not in _COMMUNITY and not some):
        return None
    taken = {e.id for e in counted if e.get("outcome") == "taken"}
    duties = [(d.name, d.done_by in taken) for d in answer.duties if d.measure == current.order]
    found = burden(counted, duties, current.ordered_on, on)
    return BurdenShown(
        _drawn(found),
        Label(
            f"加测：决定 {found.asked} 次，已检 {found.taken} 次",
            f"Extra: {found.asked} asked for, {found.taken} tested",
        ),
        MORE if found.more else "",
        tuple(_one(one, units, case_no, may) for one in some),
    )


_COMMUNITY: Final = ("community_treatment", "community_recovery")


def _drawn(found: Burden) -> Label:
    if found.due is None:
        return Label(f"定期或者抽签：{NO_PRESET.zh}", f"Routine or drawn: {NO_PRESET.en}")
    return Label(
        f"定期或者抽签：按频次到今天 {found.due} 次，已检 {found.drawn} 次",
        f"Routine or drawn: {found.due} by the preset so far, {found.drawn} tested",
    )


def _one(one: Extra, units: Tree, case_no: str, may: frozenset[str]) -> ExtraShown:
    asked, unit = one.asked, units.get(one.asked.unit)
    day, decided = asked.get("for_day"), asked.happened_on
    for_day = day if isinstance(day, date) else decided
    act = None
    if case_no and one.state == "open" and "urine_test" in may:
        href = addresses.record(case_no, "urine_test", (("occasion", "extra"), ("from", "order")))
        label = Label("登记加测", "Record the test")
        act = Button(label, href=href, look="small", describes=for_day.isoformat())
    return ExtraShown(
        f"x-{asked.id}",
        Label(
            f"{day_word(for_day)}加测，{day_word(decided)}决定",
            f"extra test on {day_word(for_day, 'en')}, decided on {day_word(decided, 'en')}",
        ),
        REASONS.get(str(asked.get("reason")), REASONS["other"]),
        str(asked.get("text") or ""),
        unit.name if unit is not None else "",
        WORDS[one.state],
        act,
    )
