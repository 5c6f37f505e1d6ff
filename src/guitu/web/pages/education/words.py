"""The words of the education pages, and where they are."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from guitu.centre.classes import Course, Slot
from guitu.centre.times import clock
from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.web.components.crumbs.component import Crumb, Crumbs

ROOT: Final = "/education/"
TITLE: Final = Label("教育", "Education")


def choices(kind: str, name: str) -> dict[str, Label]:
    """The answers that a kind declares for one question, in their words."""
    return {choice.value: choice.label for choice in kinds()[kind].ask(name).choices}


SORTS: Final = choices("course", "sort")
WHY: Final = choices("class_absence", "why")
WHY_LEFT: Final = choices("course_left", "why")
RESULTS: Final = choices("course_exam", "result")
PRESENT: Final = Label("到课", "Present")
SAVE: Final = Label("保存", "Save")
CANCEL: Final = Label("取消", "Cancel")


def crumbs(*more: Crumb) -> Crumbs:
    """The way down from the day."""
    return Crumbs((Crumb(TITLE, ROOT), *more))


def course_at(course: UUID) -> str:
    """Where one class is."""
    return f"{ROOT}courses/{course}/"


def register_at(slot: UUID, on: date) -> str:
    """Where the register of one class is."""
    return f"{ROOT}register/{slot}/?on={on}"


def course_crumb(course: Course) -> tuple[Crumb, Crumb]:
    """Classes, and this one."""
    return Crumb(Label("教学班", "Classes"), f"{ROOT}courses/"), Crumb(course.title, course_at(course.id))


def time_of(slot: Slot) -> str:
    """08:30–10:10."""
    return f"{clock(slot.starts)}–{clock(slot.ends)}"
