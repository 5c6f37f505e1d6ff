"""Choosing a unit by typing part of its name: those nearest to the reader's own first."""

from __future__ import annotations

from typing import Final

from guitu.kernel.labels import Label
from guitu.store.units import Tree, Unit, tree
from guitu.web import clock
from guitu.web.components.field.component import Option

SHOWN: Final = 8


def words(unit: Unit, units: Tree | None = None) -> str:
    """A unit as a reader knows it: 示例县 河西镇 东坡村, without the province."""
    above = (units or tree()).ancestors(unit)
    return " ".join(u.name for u in (above[1:] or above))


def words_of(code: str) -> str:
    """The same for a code; the code itself where no unit has it."""
    unit = tree().get(code)
    return words(unit) if unit else code


def matching(text: str, near: Unit | None) -> list[Unit]:
    """Units whose code this is, or whose name holds the last of these words and that are not closed, nearest
    to `near` first."""
    units = tree()
    if exact := units.get(text.strip()):
        return [exact]
    *above, last = text.split() or [""]
    today = clock.today()
    if not last:
        return []
    found = [
        u
        for u in units.by_no.values()
        if last in u.name and not (u.active_until and u.active_until < today)
        and all(part in words(u, units) for part in above)
    ]  # fmt: skip
    return sorted(found, key=lambda u: (u.name != last, -_shared(u, near), u.depth, u.code))


def _shared(unit: Unit, near: Unit | None) -> int:
    """How many levels two units have in common."""
    if near is None:
        return 0
    return sum(1 for a, b in zip(unit.at, near.at, strict=True) if a is not None and a == b)


def options(found: list[Unit]) -> tuple[Option, ...]:
    """The first few as answers to choose."""
    units = tree()
    return tuple(Option(u.code, words(u, units)) for u in found[:SHOWN])


def understood(
    chosen: str, before: str, text: str, near: Unit | None
) -> tuple[str, Label | None, tuple[Option, ...]]:
    """What a picker's boxes say together: the code, or a sentence and the units to choose from.

    `chosen` is the pressed answer, `before` the one the form came with, `text` what stands in the search box.
    """
    text = " ".join(text.split())
    if chosen and (chosen != before or text in ("", words_of(chosen))):
        return chosen, None, ()
    if not text:
        return "", None, ()
    found = matching(text, near)
    exact = [u for u in found if text in (u.code, u.name, words(u))]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0].code, None, ()
    if not found:
        sentence = Label(f"没有找到单位“{text}”，请换个写法再找", f"no unit “{text}”: try another spelling")
        return "", sentence, ()
    sentence = Label(
        f"有 {len(found)} 个单位叫“{text}”，请选一个", f"{len(found)} units match “{text}”: choose one"
    )
    return "", sentence, options(found)
