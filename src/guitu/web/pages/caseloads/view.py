"""Collects caseloads: of a town worker by worker, above it office by office. Decides nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guitu.home import caseload
from guitu.store.home import caseloads as store
from guitu.store.units import Unit, tree
from guitu.web import clock
from guitu.web.noted import noted
from guitu.web.page import show, shows
from guitu.web.pages.caseloads import build
from guitu.web.pages.caseloads.page import CaseloadsPage
from guitu.web.pages.today.choices import home_of, unit_in_area
from guitu.web.who import who


@shows("caseloads")
def caseloads(request: HttpRequest) -> HttpResponse:
    """The reader's unit, or one below it."""
    reader = who(request)
    assert reader is not None
    units = tree()
    home = home_of(reader, units)
    asked = request.GET.get("unit", "")
    unit = unit_in_area(reader, asked, units) if asked else home
    given = request.GET.get("norm", "")
    norm = int(given) if given.isdigit() else caseload.NORM
    if norm not in caseload.NORMS:
        raise Http404(given)
    noted(request, "list", (), detail=f"caseloads {unit.code}")
    return show(request, page_of(unit, home, norm))


def page_of(unit: Unit, home: Unit, norm: int) -> CaseloadsPage:
    """A town with its workers; a unit above with those below it."""
    below = [one for one in tree().children(unit) if one.level in build.AREAS]
    if unit.level in ("town", "village") or not below:
        return build.town(unit, home, norm, store.of_town(unit))
    return build.offices(unit, home, norm, store.of_offices(unit, below, clock.today()))
