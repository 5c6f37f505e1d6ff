"""One person's file opened for training: who it is, and what the reader may record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from guitu.centre import exercise
from guitu.compose import kinds
from guitu.store.centre.training import Trainee, trainees
from guitu.web.inside.asked import Inside, inside
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_file
from guitu.web.pages.training.words import (
    person_at,
)


@dataclass(frozen=True)
class One:
    """The reader at work in a centre, with one person's file open."""

    asked: Inside
    opened: Opened
    trainee: Trainee

    @property
    def name(self) -> str:
        """The person's name."""
        return self.trainee.person.name

    @property
    def at(self) -> str:
        """Where the person's training is."""
        return person_at(self.opened.case_no)

    @property
    def age(self) -> int | None:
        """Whole years today; None where the day of birth is not known."""
        birth, today = self.trainee.person.identity.get("birth"), self.asked.today
        if not isinstance(birth, date):
            return None
        return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))

    def may(self, kind: str) -> bool:
        """Whether the reader may record such an entry."""
        return self.opened.may_record(self.asked.actor, kinds()[kind]).allowed


def open_one(request: HttpRequest, case: str, what: str) -> One:
    asked = inside(request)
    if asked is None:
        raise Http404(case)
    opened = open_file(case, asked.reader)
    noted_file(request, opened, detail=what)
    people = trainees(asked.persons([opened.view.no], exercise.KINDS))
    if not people:
        raise Http404(case)
    return One(asked, opened, people[0])
