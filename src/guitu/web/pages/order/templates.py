"""The town's own wording of the agreement: taken along, changed in Word, brought back; each version kept."""

from __future__ import annotations

from typing import Final, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from guitu.home.papers import FIELDS, TEMPLATES
from guitu.kernel.labels import Label
from guitu.store.home.draws import office_of
from guitu.store.units import tree
from guitu.web.components.button.component import Button
from guitu.web.page import shows
from guitu.web.pages.ledgers.upload import InMemory
from guitu.web.pages.today.choices import home_of, unit_in_area
from guitu.web.pages.way_out.templates import Desk, brought, page_of, taken
from guitu.web.who import who

HEADING: Final = Label("协议书可用的位置", "Places that an agreement may use")
NOT_MINE: Final = Label("模板由乡镇禁毒办更换", "Templates are changed by the town office")


def desk_of(request: HttpRequest) -> Desk:
    """The templates of the reader's town; of a county, those of the town that is asked for."""
    reader = who(request)
    assert reader is not None, "the middleware opens this page to nobody who has not signed in"
    home, code = home_of(reader, tree()), request.GET.get("unit", "")
    unit = unit_in_area(reader, code, tree()) if code else home
    office = office_of(unit)
    if office is None:
        raise Http404(unit.code)
    back = Button(Label("回到社区执行", "Back to community orders"), href="/order/", look="link")
    return Desk(
        reader, office, TEMPLATES, "/order/templates/", tuple(FIELDS.items()), HEADING, back, NOT_MINE
    )


@shows("order_templates")
def templates(request: HttpRequest) -> HttpResponse:
    """All templates, with what may stand in them."""
    return page_of(request, desk_of(request))


@csrf_exempt  # the handlers must be set before anything reads the form; `_bring` checks the token
@shows("order_templates")
def take(request: HttpRequest, paper: str) -> HttpResponse:
    """Take a template along; or bring one."""
    if paper not in TEMPLATES:
        raise Http404(paper)
    if request.method == "POST":
        request.upload_handlers = [InMemory(request)]
        return cast(HttpResponse, _bring(request, paper))
    return taken(desk_of(request), paper)


@csrf_protect
def _bring(request: HttpRequest, paper: str) -> HttpResponse:
    return brought(request, desk_of(request), paper)
