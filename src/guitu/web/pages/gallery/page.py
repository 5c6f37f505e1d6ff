"""Every component and every page in every named state: what page makers choose from and what axe walks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from guitu.kernel.labels import Label
from guitu.web.component import State, catalogue


@dataclass(frozen=True, slots=True)
class Shelf:
    """One component folder with its states."""

    name: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """All shelves, or one of them; `names` leads to each, `pages` to the states of whole pages."""

    shelves: tuple[Shelf, ...]
    names: tuple[str, ...]
    chosen: str = ""
    pages: tuple[Shelf, ...] = ()
    title: Label = Label("组件陈列", "Component gallery")  # noqa: RUF009 - Label is frozen


def gallery(chosen: str, pages: Mapping[str, tuple[State, ...]]) -> Gallery:
    """The gallery, perhaps of one component only; an unknown name gives no shelf."""
    everything = {name: states for name, states in catalogue().items() if name != "frame"}
    shelves = tuple(Shelf(n, s) for n, s in everything.items() if chosen in ("", n))
    whole = () if chosen else tuple(Shelf(n, s) for n, s in pages.items() if s and n != "gallery")
    return Gallery(shelves, tuple(everything), chosen, whole)


STATES: Final = (State("one", Label("一个组件", "One component"), Gallery((), ("word",))),)
