"""Who is under observation, who was not screened, what is short, which list is empty. Decides nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guitu.web.inside.asked import nowhere
from guitu.web.inside.shown import Board
from guitu.web.page import show, shows
from guitu.web.pages.epidemic import build, build_stores
from guitu.web.pages.epidemic.desk import desk_of
from guitu.web.pages.epidemic.words import TITLE
from guitu.web.unchanged import while_unchanged


@shows("epidemic")
@while_unchanged()
def day(request: HttpRequest) -> HttpResponse:
    """The day's page."""
    desk = desk_of(request)
    if desk is None:
        return nowhere(request, TITLE)
    asked, flow = desk.asked, desk.flow
    people = {w.person.no: w.person for w in flow.watched}
    people |= {u.person.no: u.person for u in flow.unscreened or ()}
    asked.list_noted(people.values(), "epidemic")
    on = asked.today
    may = frozenset(kind for kind in build.KINDS if desk.may(kind))
    sections = list(build.people(flow, on, may, medical=desk.medical))
    stores = desk.stores if desk.works else None
    if stores is not None:
        sections += build_stores.sections(stores, on, may)
    return show(
        request,
        Board(
            TITLE,
            build.lead(flow, stores, on, medical=desk.medical),
            tuple(sections),
            notices=desk.saved(),
        ),
    )
