"""Finds the unit that words in a ledger name: 福山镇 敦茶村 is 敦茶村委会 under 福山镇 in the tree. And who
answers for a person in the community, which is what those words say; and which unit keeps which ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from guitu.casefile import Entry
from guitu.exchange.ledgers.cells import squeeze
from guitu.exchange.ledgers.drafts import Place, Places
from guitu.exchange.ledgers.ledger import Ledger
from guitu.exchange.ledgers.settle import Answering
from guitu.kernel.labels import Label
from guitu.store.placing import ACCEPTED, REFUSED, SENT, named
from guitu.store.units import LEVEL_LABELS, Tree, Unit

CENTRES: Final = ("justice_centre", "police_centre")
_COMMUNITY: Final = re.compile(r"(?:社区)?(?:居民委员会|居委会|社区)$")
_VILLAGE: Final = re.compile(r"(?:村民委员会|村委会|村)$")
_COMMITTEE: Final = re.compile(r"(?:居民|村民)委员会$")


_NAMING: Final = frozenset({"responsible_unit", "change_of_place"})


def keeper(ledger: Ledger, unit: Unit, units: Tree) -> Unit | None:
    """The unit whose ledger it is: the one that asks, or the centre that its brigade belongs to."""
    for above in reversed(units.ancestors(unit)):
        if not ledger.kept_by or above.level in ledger.kept_by:
            return above
        if above.level in CENTRES:
            break  # a centre answers for nobody in the land around it
    return None


def kept_in(ledger: Ledger, unit: Unit, units: Tree) -> bool:
    """Whether a unit has such a ledger, its own or those of units under it."""
    below = units.subtree(unit) if ledger.kept_by else ()
    return keeper(ledger, unit, units) is not None or any(one.level in ledger.kept_by for one in below)


def kept_by(ledger: Ledger) -> Label:
    """The kinds of unit that keep a ledger, for a sentence."""
    labels = [LEVEL_LABELS[level] for level in ledger.kept_by]
    return Label("、".join(x.zh for x in labels), ", ".join(x.en for x in labels))


def answering(counted: Iterable[Entry]) -> Answering | None:
    """Who answers for a person in the community: as last named, moved to, or accepted from a hand-over.
    That a centre has the person is another matter."""
    now: Answering | None = None
    waiting = ""
    for entry in counted:
        if entry.kind == SENT:
            waiting = named(entry)
        elif entry.kind == REFUSED:
            waiting = ""
        elif entry.kind == ACCEPTED and waiting:
            now, waiting = Answering(waiting, "", entry.happened_on), ""
        elif entry.kind in _NAMING and (unit := named(entry)):
            waiting = "" if now is None or unit != now.unit else waiting
            now = Answering(unit, str(entry.get("worker") or ""), entry.happened_on)
    return now


class Naming:
    """What a ledger of `here` calls the towns under it: by name, and where that is not enough to find one
    again, after the names of those above it."""

    def __init__(self, tree: Tree, here: Unit) -> None:
        self._tree, self._here = tree, here
        towns = [unit for unit in tree.subtree(here) if unit.level == "town"]
        self._times = Counter(name for unit in towns for name in self._names(unit))

    def __call__(self, town: Unit) -> str:
        """The name of one."""
        return next((name for name in self._names(town) if self._times[name] == 1), town.name)

    def _names(self, town: Unit) -> list[str]:
        """临城镇, 临高县临城镇, and so on up to the unit whose ledger it is."""
        below = [unit.name for unit in self._tree.ancestors(town) if unit.depth > self._here.depth]
        return ["".join(below[at:]) for at in reversed(range(len(below)))]


def finder(tree: Tree, here: Unit) -> Places:
    """A function that finds units under `here` (or `here` itself) by their words, wide to narrow."""
    known: dict[tuple[str, ...], Place] = {}

    def find(words: tuple[str, ...]) -> Place:
        if words not in known:
            known[words] = _find(tree, here, words)
        return known[words]

    return find


def _find(tree: Tree, here: Unit, words: tuple[str, ...]) -> Place:
    """The narrowest unit found, and what was left unfound."""
    place = here
    above = tree.ancestors(here)
    for at, word in enumerate(words):
        named = _named(word, [place, *_below(tree, place)])
        if len(named) > 1 and at + 1 < len(words):  # two towns of one name: the one that has the village
            after = words[at + 1]
            named = [unit for unit in named if len(_named(after, [unit, *_below(tree, unit)])) == 1]
        if not named and place is here and _named(word, above):
            continue  # a village's own ledger names its town: that leads no further down
        if len(named) != 1:
            return Place(place.code, place.name, "".join(words[at:]))
        place = named[0]
    return Place(place.code, place.name)


def _below(tree: Tree, place: Unit) -> list[Unit]:
    """Everything under a unit, nearest first: a county's ledger names towns, a province's counties."""
    return tree.subtree(place)[1:]


def _named(word: str, units: Iterable[Unit]) -> list[Unit]:
    """The unit of that name, or several that are equally near: as it stands, else without what kind of
    committee it is, else with the names of those above it before it (临高县临城镇)."""
    wanted = squeeze(word)
    there = list(units)
    for form in (lambda text: text, _short, _bare):
        if found := [unit for unit in there if form(squeeze(unit.name)) == form(wanted)]:
            return [unit for unit in found if unit.depth == found[0].depth]
    found = []
    for wide in there:
        rest = wanted.removeprefix(squeeze(wide.name))
        if rest and rest != wanted:
            found += _named(rest, [unit for unit in there if wide.code in unit.path and unit is not wide])
    return list({unit.code: unit for unit in found}.values())


def _short(name: str) -> str:
    """长安村民委员会, 长安村委会, 长安村: the village. 城北社区居民委员会, 城北社区: the community."""
    if _COMMUNITY.search(name):
        return _COMMUNITY.sub("社区", name)
    return _VILLAGE.sub("村", name) if _VILLAGE.search(name) else name


def _bare(name: str) -> str:
    """Only the name: 长安."""
    return _VILLAGE.sub("", _COMMUNITY.sub("", _COMMITTEE.sub("", name))) or name
