"""The words of these pages, and where they are."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.crumbs.component import Crumb, Crumbs

ROOT: Final = "/epidemic/"
TITLE: Final = Label("防疫", "Infection control")
SAVE: Final = Label("保存", "Save")
CANCEL: Final = Label("取消", "Cancel")


def choices(kind: str, name: str) -> dict[str, Label]:
    """The answers that a kind declares for one question, in their words."""
    return {choice.value: choice.label for choice in kinds()[kind].ask(name).choices}


GROUNDS: Final = choices("health_observation", "ground")
ADVICE: Final = choices("observation_check", "advice")
OUTCOMES: Final = choices("health_observation_end", "outcome")
SORTS: Final = choices("entry_counted", "sort")
WAYS: Final = choices("supply_moved", "way")
EVERY: Final = choices("checklist", "every")
WHO: Final = choices("epidemic_case", "sort")
FOUND: Final = choices("epidemic_case", "found")
ORIGIN: Final = choices("epidemic_case", "origin")


def crumbs(*more: Crumb) -> Crumbs:
    """The way down from the day."""
    return Crumbs((Crumb(TITLE, ROOT), *more))


def person_at(case: str) -> str:
    """Where one person's observation is."""
    return f"{ROOT}people/{case}/"


def supply_at(supply: UUID) -> str:
    """Where one supply is."""
    return f"{ROOT}supplies/{supply}/"


def list_at(checklist: UUID) -> str:
    """Where one checklist is."""
    return f"{ROOT}lists/{checklist}/"


def change_at(entry: UUID) -> str:
    """Where a supply, a list or a case is put right."""
    return f"{ROOT}change/{entry}/"
