"""Collects the medical centre's boards and one person's page. Decides nothing: access has answered, the core
works out what is due."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from guitu.compose import kinds
from guitu.kernel.labels import Label
from guitu.store import clock as store_clock
from guitu.store.centre import medical
from guitu.store.units import tree
from guitu.web import clock
from guitu.web.component import Text
from guitu.web.page import show, shows
from guitu.web.pages.casefile.noting import noted_file
from guitu.web.pages.casefile.opened import Opened, open_whole
from guitu.web.pages.medical import board, outside, patient, restrained, secret
from guitu.web.pages.medical.asked import Asked
from guitu.web.unchanged import while_unchanged
from guitu.web.who import Who, who

__all__ = ["away", "card", "day", "one", "picture", "restraint", "restricted"]


@shows("medical")
@while_unchanged(minutely=True)
def day(request: HttpRequest) -> HttpResponse:
    """The day of the medical centre, by role."""
    return show(request, board.page(Asked(request)))


@shows("medical_restraint")
@while_unchanged(minutely=True)
def restraint(request: HttpRequest) -> HttpResponse:
    """Who is restrained, and who was."""
    return show(request, restrained.page(Asked(request)))


@shows("medical_away")
@while_unchanged(minutely=True)
def away(request: HttpRequest) -> HttpResponse:
    """Who is outside for treatment."""
    return show(request, outside.page(Asked(request)))


@shows("medical_restricted")
@while_unchanged(minutely=True)
def restricted(request: HttpRequest) -> HttpResponse:
    """What only doctors see."""
    return show(request, secret.page(Asked(request)))


class Person:
    """One request for one person's medical page."""

    def __init__(self, request: HttpRequest, case: str) -> None:
        reader = who(request)
        assert reader is not None, "the middleware opens this page to nobody who has not signed in"
        self.reader: Who = reader
        self.opened: Opened = open_whole(case, reader)
        self.today: date = store_clock.office_day(clock.now())
        post = reader.post
        self.settings = medical.settings(tree().find(post.unit if post else ""), self.today)

    def may(self, kind: str) -> bool:
        """Whether the reader records that kind about this person."""
        return self.opened.may_record(self.reader.actor, kinds()[kind]).allowed


@shows("medical_person")
def one(request: HttpRequest, case: str) -> HttpResponse:
    """One person."""
    person = Person(request, case)
    noted_file(request, person.opened, detail="medical")
    return show(request, patient.page(person.opened, person.today, person.settings, person.may))


@shows("medical_person")
def card(request: HttpRequest, case: str) -> HttpResponse:
    """The medication card, to be printed."""
    person = Person(request, case)
    noted_file(request, person.opened, detail="medication card")
    born = person.opened.identity.get("birth")
    said: Text = Label(f"{born.year} 年生", f"born {born.year}") if isinstance(born, date) else "—"
    name = str(person.opened.identity.get("name") or "—")
    return show(request, patient.card(person.opened, person.today, person.settings, name, said))


@shows("medical_person")
def picture(request: HttpRequest, case: str, what: str) -> HttpResponse:
    """The course of some numbers as a picture."""
    person = Person(request, case)
    noted_file(request, person.opened, detail="medical")
    size = "narrow" if request.GET.get("size") == "narrow" else "wide"
    drawn = patient.chart(patient.counted(person.opened), what, size=size)
    if drawn is None:
        raise Http404(what)
    return HttpResponse(drawn.svg(), content_type="image/svg+xml")
